//! Do the bundled rules keep their word, with names that need no gazetteer?
//!
//! ```text
//! every name that any example marks ─► a word list ─► slots in all examples ─► the rules
//! ```
//!
//! What an example marks is a mention wherever it stands, so that this test asks the rules alone; the extractor's own
//! test asks the whole way.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::rules::bundled::FILES;
use crate::rules::examples::{Answer, check_examples};
use crate::rules::explain::Trace;
use crate::rules::parse::{Item, Kind};
use crate::rules::syntax::SlotType;
use crate::rules::{Number, RoleOf, Rules, Scene, Scratch, Slot, run};
use crate::span::Span;
use crate::text::Page;
use crate::text::read::read;
use crate::text::words::TextWords;

type Names = BTreeMap<String, (MentionKind, EntityKind)>;

fn types(items: &[Item], slot: &str, out: &mut Vec<SlotType>) {
    for item in items {
        match &item.kind {
            Kind::Slot { role, types, .. } if role == slot => out.extend(types),
            Kind::Fused(_, inner) => types_of(inner, slot, out),
            Kind::Maybe(inner) => types(inner, slot, out),
            Kind::Either(branches) => branches.iter().for_each(|b| types(b, slot, out)),
            _ => {}
        }
    }
}

fn types_of(item: &Item, slot: &str, out: &mut Vec<SlotType>) {
    types(std::slice::from_ref(item), slot, out);
}

/// Every name that an example marks, with the kind that its slots ask for.
fn names(rules: &Rules) -> Names {
    let mut uses: BTreeMap<String, Vec<SlotType>> = BTreeMap::new();
    for rule in rules.sources.iter().flat_map(|s| &s.parsed.rules) {
        for example in &rule.examples {
            for (mark, bytes) in &example.marks {
                let all = uses.entry(example.text[bytes.clone()].to_owned()).or_default();
                rule.patterns.iter().for_each(|p| types(&p.items, mark, all));
            }
        }
    }
    let kind = |(words, uses): (String, Vec<SlotType>)| {
        let is = |t| uses.contains(&t);
        let kind = if is(SlotType::Date) {
            (MentionKind::Date, EntityKind::Date)
        } else if is(SlotType::Country) && !is(SlotType::Person) && (is(SlotType::Actor) || !is(SlotType::Place)) {
            (MentionKind::Name, EntityKind::Country)
        } else if is(SlotType::Place) && !is(SlotType::Actor) {
            // "talks with Washington": where a side may be a place too, what examples mark is somebody.
            (MentionKind::Name, EntityKind::Place)
        } else if is(SlotType::Organisation) {
            (MentionKind::Name, EntityKind::Organisation)
        } else if is(SlotType::Role) || (is(SlotType::Actor) && words.starts_with(|c: char| c.is_lowercase())) {
            (MentionKind::Role, EntityKind::Person)
        } else if is(SlotType::Person) || is(SlotType::Actor) || is(SlotType::Subject) {
            (MentionKind::Name, EntityKind::Person)
        } else {
            return None;
        };
        Some((words, kind))
    };
    uses.into_iter().filter_map(kind).collect()
}

/// The slots of a page: every known name, the longest first.
fn slots(page: &Page<'_>, names: &Names) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let keys: Vec<&String> = names.keys().collect();
    let mut at = 0;
    while at < page.text.len() {
        let Some(token) = page.tokens.iter().position(|t| t.span.start() <= at && at < t.span.end()) else {
            at += page.text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let inside = &page.text[page.tokens[token].span.start()..at];
        let clitic = inside.chars().all(|c| "وفبكل".contains(c)) && inside.chars().count() <= 2;
        let ends = |end: usize| page.tokens.iter().any(|t| t.span.end() == end);
        let longest = names
            .iter()
            .filter(|(name, _)| clitic && page.text[at..].starts_with(name.as_str()) && ends(at + name.len()))
            .max_by_key(|(name, _)| name.len());
        let Some((name, (kind, ty))) = longest else {
            at += page.text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let span = Span::of(at..at + name.len());
        let last = page.tokens.iter().position(|t| t.span.end() == span.end()).unwrap();
        let first = page.tokens[token].folded.start();
        let role = (*kind == MentionKind::Role).then_some(RoleOf {
            span,
            whole: span,
            country: None,
            organisation: None,
            status: "",
            office: String::new(),
            sole: false,
            vague: false,
            private: false,
        });
        slots.push(Slot {
            tokens: token as u32..last as u32 + 1,
            head: span,
            span,
            clitic: Span::of(first..first + inside.len()),
            kind: *kind,
            ty: *ty,
            entities: vec![keys.iter().position(|k| *k == name).unwrap() as u32],
            number: Number::One,
            female: None,
            role,
            nested: false,
            more_roles: Vec::new(),
        });
        at = span.end();
    }
    slots
}

/// Examples that fail today; the number may only fall.
const FAILING: usize = 7;

#[test]
fn the_bundled_rules_keep_their_word() {
    let (rules, problems) = Rules::read(FILES);
    let mut messages: Vec<String> = problems.iter().map(|p| format!("{p:#}")).collect();
    assert!(problems.iter().all(|p| p.severity() == Severity::Warning), "{}", messages.join("\n"));
    let names = names(&rules);
    let words = TextWords::default();
    let mut scratch = Scratch { trace: Some(Trace::default()) };
    let checked = check_examples(&rules, |sentence, rule| {
        let page = read(sentence, &words);
        let slots = slots(&page, &names);
        let relations = run(&rules, &Scene { page: &page, slots: &slots, coming: &[] }, &mut scratch);
        let farthest = scratch.trace.as_ref().map(|t| t.farthest(rule));
        Answer { relations, farthest }
    });
    // Positions are made where names and roles are linked; there is nothing to link here.
    let linked = |p: &&crate::diagnostic::Diagnostic| p.message().contains("position.title");
    let failing = checked.iter().filter(|p| p.code() == "R015" && !linked(p)).count();
    messages.extend(checked.iter().map(|p| format!("{p:#}")));
    println!("{}", messages.join("\n"));
    assert_eq!(failing, FAILING, "where fewer fail, lower the number");
}

/// For the eye: what the whole extractor makes of a text, as `TEXT=… cargo test -- --nocapture whole_by_hand`.
#[test]
fn whole_by_hand() {
    let Ok(text) = std::env::var("TEXT") else { return };
    let isnad = crate::extractor::Extractor::new().unwrap();
    let mut scratch = crate::extractor::Scratch::default();
    scratch.rules.trace = Some(Trace::default());
    let doc = isnad.extract_with(text.as_str(), &mut scratch);
    doc.mentions().iter().for_each(|m| println!("mention {:?} {:?} {}", m.kind(), m.entity_kind(), &doc[m.span()]));
    for r in doc.relations() {
        println!("{} {:?} {:?} {:?}", r.rule, r.modality, r.fields, &doc[r.trigger]);
        r.arguments.iter().for_each(|a| println!("   {} {}", a.role, &doc[a.span]));
        r.content.iter().for_each(|c| println!("   «{}»", &doc[*c]));
    }
    for line in scratch.rules.trace.unwrap_or_default().explained {
        println!("not {} {} :: {}", line.rule, line.pattern, line.text);
    }
}

/// For the eye: what the rules make of one sentence, as `SENTENCE=… cargo test -- --nocapture by_hand`.
#[test]
fn by_hand() {
    let Ok(sentence) = std::env::var("SENTENCE") else { return };
    let (rules, _) = Rules::read(FILES);
    let names = names(&rules);
    let page = read(&sentence, &TextWords::default());
    let slots = slots(&page, &names);
    let mut scratch = Scratch { trace: Some(Trace::default()) };
    for slot in &slots {
        println!("slot {:?} {:?} {}", slot.kind, slot.ty, &sentence[slot.span.range()]);
    }
    for r in run(&rules, &Scene { page: &page, slots: &slots, coming: &[] }, &mut scratch) {
        println!("{} {:?} {:?} {:?}", r.rule, r.modality, r.fields, &sentence[r.trigger.range()]);
        r.arguments.iter().for_each(|a| println!("   {} {}", a.role, &sentence[a.span.range()]));
        r.evidence.iter().for_each(|c| println!("   evidence {}", &sentence[c.range()]));
        r.content.iter().for_each(|c| println!("   «{}»", &sentence[c.range()]));
    }
    for line in scratch.trace.unwrap_or_default().explained {
        println!("not {} {} :: {}", line.rule, line.pattern, line.text);
    }
}
