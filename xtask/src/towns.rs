//! Which places does a list know that says neither what a name is nor where it lies?
//!
//! ```text
//! awc:l:anamosa-iowa   Anamosa  أناموسا     qualified by a region we know      ──►  place/anamosa-iowa
//! awc:l:mbeya-region   Mbeya Region  إقليم مبيا   the heads of both names agree  ──►  place/mbeya-region
//! awc:l:bytom          Bytom  بيطوم          a city we have without an Arabic name  ──►  its Arabic name
//! awc:l:…              Household Hardware  معدات منزلية   sounds differ          ──►  left out
//! ```
//!
//! The list mixes places with strays, so a pair has to prove itself: both names must sound alike, letter by letter of
//! their consonants, and something must show that it is a place.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::countries::Countries;
use crate::fold::{arabic_key, key, latin_key, right_script};
use crate::sound::alike;
use crate::table::Table;

const SOURCE: &str = "arwikicats_places";

/// Words that are no place's: parts of people's names and everyday words, by language.
pub(crate) struct Words {
    pub(crate) parts: BTreeSet<(String, String)>,
    pub(crate) ordinary: BTreeSet<(String, String)>,
}

/// Arabic head-words that belong to the name; others tell what the place is, and the name is what follows.
const NATURE: [&str; 10] = ["جزيرة", "جزر", "جبل", "جبال", "نهر", "بحيرة", "بحر", "خليج", "وادي", "مضيق"];

#[derive(Default)]
struct Pair {
    en: String,
    ar: String,
    qualifier: String,
    file: String,
}

struct Known {
    id: String,
    country: String,
    arabic: bool,
}

/// Adds the places of the list to those that the other lists gave.
pub(crate) fn build(
    build: &mut Build,
    countries: &Countries,
    words: &Words,
    entities: &mut Table,
    names: &mut Table,
) -> Result<(), String> {
    let heads: Vec<(String, String, String)> = build
        .data("town_heads.tsv")?
        .into_iter()
        .map(|row| (row["en"].clone(), row["ar"].clone(), row["sub"].clone()))
        .collect();
    let mut known = known(build, entities, names);
    let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
    for row in build.sources.read(SOURCE)? {
        let pair = pairs.entry(row.id.clone()).or_default();
        pair.qualifier = row.get("qual").unwrap_or(&pair.qualifier).to_owned();
        pair.file = row.get("src").unwrap_or_default().to_owned();
        let name = row.name.replace('–', "-");
        if row.lang == "ar" { pair.ar = name } else { pair.en = name }
    }
    let mut arabic: BTreeMap<String, usize> = BTreeMap::new();
    for pair in pairs.values() {
        *arabic.entry(arabic_key(&pair.ar)).or_default() += 1;
    }
    for (source_id, pair) in &pairs {
        let rule = if pair.en.is_empty() || pair.ar.is_empty() {
            Some("one language only")
        } else if !right_script(&pair.en, "en") || !right_script(&pair.ar, "ar") || pair.en.contains(['(', ',']) {
            Some("wrong script, or a bracket or comma inside")
        } else if countries.is_country(&pair.en, "en") || countries.is_country(&pair.ar, "ar") {
            Some("name of a country")
        } else if arabic[&arabic_key(&pair.ar)] > 3 {
            Some("one Arabic name for more than three places")
        } else {
            None
        };
        if let Some(rule) = rule {
            build.counts.dropped(SOURCE, rule);
            continue;
        }
        let head = heads.iter().find(|(en, ar, _)| {
            let in_english = pair.en.split(' ').next_back() == Some(en) || pair.en.split(' ').next() == Some(en);
            in_english && pair.ar.split(' ').next() == Some(ar) && pair.en.contains(' ') && pair.ar.contains(' ')
        });
        let (bare_en, bare_ar) = match head {
            Some((en, ar, _)) => (without(&pair.en, en), without(&pair.ar, ar)),
            None => (pair.en.clone(), without(&pair.ar, "مدينة")),
        };
        if !alike(&bare_en, &bare_ar) {
            build.counts.dropped(SOURCE, "the two names do not sound alike");
            continue;
        }
        // «محافظة عدن»: the head is no part of the Arabic name, and Aden is there already.
        let keeps = head.is_none_or(|(_, ar, _)| NATURE.contains(&ar.as_str()));
        let twice = !keeps && known.get(&latin_key(&bare_en)).is_some_and(|list| list.iter().any(|known| known.arabic));
        if twice {
            build.counts.dropped(SOURCE, "region named like a place that another source has");
            continue;
        }
        let shown = if keeps { without(&pair.ar, "مدينة") } else { bare_ar.clone() };
        place(
            build,
            countries,
            words,
            entities,
            names,
            &mut known,
            source_id,
            pair,
            head.map(|(.., sub)| sub.as_str()),
            &shown,
        );
    }
    Ok(())
}

fn known(build: &Build, entities: &Table, names: &Table) -> BTreeMap<String, Vec<Known>> {
    let mut country: BTreeMap<&str, &str> = entities.rows().map(|row| (row[0].as_str(), row[2].as_str())).collect();
    country.extend(build.hand.entities.iter().map(|row| (row["id"].as_str(), row["country"].as_str())));
    let hand = build.hand.names.iter().map(|row| (&row["name"], &row["lang"], &row["id"]));
    let all: Vec<(&String, &String, &String)> = names
        .rows()
        .map(|row| (&row[0], &row[1], &row[2]))
        .chain(hand)
        .filter(|row| row.2.starts_with("place/"))
        .collect();
    let arabic: BTreeSet<&String> = all.iter().filter(|row| row.1 == "ar").map(|row| row.2).collect();
    let mut out: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    for (name, _, id) in all.iter().filter(|row| row.1 == "en") {
        let list = out.entry(latin_key(name)).or_default();
        if list.iter().all(|known| known.id != **id) {
            let country = country.get(id.as_str()).copied().unwrap_or_default().to_owned();
            list.push(Known { id: (*id).clone(), country, arabic: arabic.contains(id) });
        }
    }
    out
}

/// The name without its head-word at an edge; "Municipality of Nazarje" is Nazarje.
fn without(name: &str, head: &str) -> String {
    let bare = name.strip_prefix(head).or_else(|| name.strip_suffix(head)).unwrap_or(name).trim();
    bare.strip_prefix("of ").unwrap_or(bare).to_owned()
}

#[allow(clippy::too_many_arguments)] // What is known, where it goes, and the cells of a pair.
fn place(
    build: &mut Build,
    countries: &Countries,
    words: &Words,
    entities: &mut Table,
    names: &mut Table,
    known: &mut BTreeMap<String, Vec<Known>>,
    source_id: &str,
    pair: &Pair,
    sub: Option<&str>,
    bare_ar: &str,
) {
    let lies_in = match pair.qualifier.as_str() {
        "" => None,
        qualifier => countries.by_name(qualifier, "en").or_else(|| {
            let regions: BTreeSet<&str> =
                known.get(&latin_key(qualifier)).into_iter().flatten().map(|region| region.country.as_str()).collect();
            // "georgia" as a qualifier of towns is the state: the country's towns carry none.
            (regions.len() == 1).then(|| regions.into_iter().next().unwrap_or_default().to_owned())
        }),
    };
    let lies_in = if pair.qualifier == "georgia" { Some("country/USA".to_owned()) } else { lies_in };
    let ordinary = |name: &str, lang: &str| words.ordinary.contains(&(lang.to_owned(), key(name, lang)));
    let everyday =
        |name: &str, lang: &str| words.parts.contains(&(lang.to_owned(), key(name, lang))) || ordinary(name, lang);
    let namesakes = known.get_mut(&latin_key(&pair.en)).into_iter().flatten();
    let mut here: Vec<&mut Known> =
        namesakes.filter(|known| lies_in.as_ref().is_none_or(|country| *country == known.country)).collect();
    if let [one] = &mut here[..] {
        // A second Arabic spelling is taken only where the first is missing, or where nothing else bears it.
        if everyday(&pair.ar, "ar") || everyday(bare_ar, "ar") {
            build.counts.dropped(SOURCE, "Arabic name that is a part of people's names or an everyday word");
        } else if sub.is_none()
            && build.name(names, bare_ar, "ar", &one.id, if one.arabic { "alias" } else { "name" }, &[], SOURCE)
        {
            one.arabic = true;
            build.counts.took(SOURCE, "Arabic names of places that another source has");
        }
        return;
    }
    if !here.is_empty() {
        build.counts.dropped(SOURCE, "namesake of several places that another source has");
        return;
    }
    let single = !pair.en.contains([' ', '-']);
    let settlement = pair.file.ends_with("cities_full.json")
        || pair.file.ends_with("India_dd.json")
        || pair.file.ends_with("P17_PP.json");
    let rule = if sub.is_none() && pair.qualifier.is_empty() && !settlement {
        Some("no head-word, no qualifier and no list of settlements: a state of the past, or a stray")
    } else if !pair.qualifier.is_empty() && lies_in.is_none() {
        Some("qualified by a region that we do not know")
    } else if sub.is_none() && (ordinary(&pair.en, "en") || ordinary(bare_ar, "ar")) {
        Some("everyday word")
    } else if lies_in.is_none() && sub.is_none() && (everyday(&pair.en, "en") || everyday(bare_ar, "ar")) {
        Some("part of people's names or everyday word, with nothing to show the place")
    } else if lies_in.is_none() && sub.is_none() && pair.en.split(' ').any(|word| everyday(word, "en")) {
        Some("a word of the name is a part of people's names or an everyday word")
    } else {
        None
    };
    if let Some(rule) = rule {
        build.counts.dropped(SOURCE, rule);
        return;
    }
    let country = lies_in.unwrap_or_default();
    let slug = source_id.rsplit(':').next().unwrap_or_default();
    let id = build.fresh_id("place", &slug.replace('-', " "), &country, "2");
    let county = ["County", "Parish"].iter().any(|head| pair.en.ends_with(head));
    let sub = sub.unwrap_or(if county { "region" } else { "city" });
    entities.add([&id, sub, &country, "", "", "", SOURCE]);
    let weak = |name: &str, lang: &str| {
        if single || !name.contains(' ') || everyday(name, lang) || !pair.qualifier.is_empty() { "weak" } else { "" }
    };
    build.name(names, &pair.en, "en", &id, "name", &[weak(&pair.en, "en")], SOURCE);
    build.name(names, bare_ar, "ar", &id, "name", &[weak(bare_ar, "ar")], SOURCE);
    build.counts.took(SOURCE, "places");
}
