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

/// What the marked names of the examples are that name no person; gazetteers would tell.
const BODIES: [&str; 15] = [
    "Hamas",
    "Interfax",
    "NATO",
    "Reuters",
    "The European Union",
    "The Kremlin",
    "the Kremlin",
    "the Security Council",
    "البيت الأبيض",
    "الكرملين",
    "حماس",
    "رويترز",
    "لكرملين",
    "مجلس الأمن",
    "وكالة تاس",
];
const LANDS: [&str; 15] = [
    "China",
    "Egypt",
    "Iran",
    "Israel",
    "Qatar",
    "Russia",
    "Sudan",
    "Turkey",
    "إسرائيل",
    "إيران",
    "الصين",
    "بريطانيا",
    "تركيا",
    "روسيا",
    "قطر",
];
const ROLES: [&str; 17] = [
    "Chancellor",
    "Foreign Minister",
    "Foreign Secretary",
    "President",
    "Prime Minister",
    "Secretary of State",
    "Secretary-General",
    "minister",
    "ministers",
    "reporters",
    "the rescuers",
    "أمينا عاما",
    "الوفد السوري",
    "رئيس الوزراء",
    "رئيسا",
    "رئيسة للوزراء",
    "وزيرا للخارجية",
];

/// Every name that an example marks, with the kind that its slots ask for.
fn names(rules: &Rules) -> Names {
    let mut uses: BTreeMap<String, Vec<SlotType>> = BTreeMap::new();
    for rule in rules.sources.iter().flat_map(|s| &s.parsed.rules) {
        let over = rule.patterns.is_empty();
        for example in &rule.examples {
            for (mark, bytes) in &example.marks {
                let all = uses.entry(example.text[bytes.clone()].to_owned()).or_default();
                rule.patterns.iter().for_each(|p| types(&p.items, mark, all));
                // A rule over slots has no pattern to say what its marks are; their names do.
                all.extend(if over && mark == "role" { Some(SlotType::Role) } else { None });
                all.extend(if over && mark == "person" { Some(SlotType::Person) } else { None });
            }
        }
    }
    let kind = |(words, uses): (String, Vec<SlotType>)| {
        let is = |t| uses.contains(&t);
        let listed = |all: &[&str]| all.contains(&words.as_str());
        let some = [SlotType::Person, SlotType::Actor, SlotType::Subject, SlotType::Role, SlotType::Organisation];
        let kind = if is(SlotType::Date) {
            (MentionKind::Date, EntityKind::Date)
        } else if listed(&LANDS) {
            (MentionKind::Name, EntityKind::Country)
        } else if listed(&BODIES) {
            (MentionKind::Name, EntityKind::Organisation)
        } else if listed(&ROLES) || words.starts_with("وزير الخارجية") {
            (MentionKind::Role, EntityKind::Person)
        } else if is(SlotType::Place) && !is(SlotType::Actor) {
            // "talks with Washington": where a side may be a place too, what examples mark is somebody.
            (MentionKind::Name, EntityKind::Place)
        } else if is(SlotType::Country) && !is(SlotType::Person) && !is(SlotType::Actor) {
            (MentionKind::Name, EntityKind::Country)
        } else if some.into_iter().any(is) {
            (MentionKind::Name, EntityKind::Person)
        } else {
            return None;
        };
        Some((words, kind))
    };
    uses.into_iter().filter_map(kind).collect()
}

/// What linking does: a person has the role that stands directly beside the name, or behind ", the".
fn link(page: &Page<'_>, slots: &mut Vec<Slot>) {
    for i in (1..slots.len()).rev() {
        let between = page.text[slots[i - 1].span.end()..slots[i].span.start()].trim();
        let is = |i: usize, kind| slots[i].kind == kind && slots[i].ty == EntityKind::Person;
        let (name, role) = if is(i, MentionKind::Name) && is(i - 1, MentionKind::Role) && between.is_empty() {
            (i, i - 1)
        } else if is(i - 1, MentionKind::Name) && is(i, MentionKind::Role) && matches!(between, "" | ", the") {
            (i - 1, i)
        } else {
            continue;
        };
        let whole = slots[i - 1].span.cover(slots[i].span);
        let tokens = slots[i - 1].tokens.start..slots[i].tokens.end;
        let clitic = slots[i - 1].clitic;
        let told = slots[role].role.clone();
        slots[name] = Slot { tokens, span: whole, clitic, role: told, ..slots[name].clone() };
        slots.remove(role);
    }
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
const FAILING: usize = 0;

#[test]
fn the_bundled_rules_keep_their_word() {
    let (rules, problems) = Rules::read(FILES);
    let mut messages: Vec<String> = problems.iter().map(|p| format!("{p:#}")).collect();
    assert!(problems.iter().all(|p| p.severity() == Severity::Warning), "{}", messages.join("\n"));
    let names = names(&rules);
    let words = TextWords::default();
    let mut scratch = Scratch { trace: Some(Trace::default()) };
    let parsed = || rules.sources.iter().flat_map(|s| &s.parsed.rules);
    let over: Vec<&str> = parsed().filter(|r| r.patterns.is_empty()).map(|r| r.id.as_str()).collect();
    let checked = check_examples(&rules, |sentence, rule| {
        let page = read(sentence, &words);
        let mut slots = slots(&page, &names);
        // Only where a rule asks for what is linked: «عين أوباما كيري وزيرا».
        if over.contains(&rule) {
            link(&page, &mut slots);
        }
        let relations = run(&rules, &Scene { page: &page, slots: &slots, coming: &[] }, &mut scratch);
        let farthest = scratch.trace.as_ref().map(|t| t.farthest(rule));
        Answer { relations, farthest }
    });
    let failing = checked.iter().filter(|p| p.code() == "R015").count();
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
