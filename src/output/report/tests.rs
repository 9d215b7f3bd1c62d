//! Can the page be read? What its sheet and its table of phrases promise, held without a browser.

use std::collections::BTreeMap;

use crate::output::report::{PAGE, SCRIPT, STYLE, words::Words};

/// The colours of one scheme: `--ink` and its like, as red, green, blue.
fn colours(rules: &str) -> BTreeMap<String, [f64; 3]> {
    let mut colours = BTreeMap::new();
    for declaration in rules.split([';', '{', '}']) {
        let Some((name, value)) = declaration.trim().split_once(':') else { continue };
        let (name, Some(hex)) = (name.trim(), value.trim().strip_prefix('#')) else { continue };
        if name.starts_with("--") && hex.len() == 6 {
            let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
            colours.insert(name.to_owned(), [part(0), part(2), part(4)]);
        }
    }
    colours
}

/// The contrast of WCAG 2, from 1 to 21.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|part| {
            let part = part / 255.0;
            if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (light(one), light(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `over` with `share` of `under` showing through, as `color-mix` makes it.
fn mixed(over: [f64; 3], under: [f64; 3], share: f64) -> [f64; 3] {
    [0, 1, 2].map(|i| over[i] * (1.0 - share) + under[i] * share)
}

#[test]
fn every_text_stands_out_from_its_ground_in_light_and_dark() {
    let (before, rest) = STYLE.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let dark = rest.split_once("* {").unwrap().0;
    for scheme in [before, dark] {
        let colours = colours(scheme);
        let of = |name: &str| *colours.get(&format!("--{name}")).unwrap_or_else(|| panic!("no --{name}"));
        let mut pairs = Vec::new();
        for ground in ["ground", "panel", "chip"] {
            for text in ["ink", "soft", "link", "person", "country", "place", "organisation", "date", "denied"] {
                pairs.push((format!("{text} on {ground}"), contrast(of(text), of(ground))));
            }
        }
        for ground in ["said", "said2", "lit"] {
            pairs.push((format!("ink on {ground}"), contrast(of("ink"), of(ground))));
        }
        for ground in ["ground", "said", "said2"] {
            for kind in ["person", "country", "place", "organisation", "date"] {
                // A mention under the pointer: 22 parts in a hundred of its colour.
                let tint = mixed(of(ground), of(kind), 0.22);
                pairs.push((format!("ink on {kind} on {ground}"), contrast(of("ink"), tint)));
            }
        }
        for (pair, contrast) in pairs {
            assert!(contrast >= 4.5, "{pair}: {contrast:.2}");
        }
    }
}

#[test]
fn every_phrase_that_is_asked_for_exists_and_every_place_is_filled() {
    let keys: Vec<&str> = Words::of("en").all().map(|(key, _)| key).collect();
    let script = SCRIPT.concat();
    let calls = ["say(\"", "count(\""].into_iter().flat_map(|call| script.split(call).skip(1));
    let asked = calls.filter_map(|rest| rest.split_once('"'));
    let placed = PAGE.split("{{=").skip(1).filter_map(|rest| rest.split_once("}}"));
    for (key, _) in asked.chain(placed) {
        // A key that ends in a hyphen is put together: `say("edge-" + kind)`.
        let known = keys.iter().any(|one| *one == key || (key.ends_with('-') && one.starts_with(key)));
        assert!(known, "no phrase for `{key}`");
    }
    let page = super::Report::new().finish();
    assert!(!page.contains("{{"), "a place of the template was left open");
}

#[test]
fn the_page_has_landmarks_and_every_control_a_name() {
    let page = super::Report::new().language("ar").finish();
    for landmark in [
        "<main id=\"main\"",
        "<nav aria-label=\"أقسام الصفحة\"",
        "<header class=\"top\">",
        "<footer>",
        "class=\"skip\"",
    ] {
        assert!(page.contains(landmark), "{landmark}");
    }
    for control in ["<input", "<select"] {
        for (before, _) in page.match_indices(control).map(|(at, _)| page.split_at(at)) {
            let label = before.rfind("<label>").unwrap();
            assert!(!before[label..].contains("</label>"), "a control outside of a label");
        }
    }
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\""));
}
