//! Do the rule files fit together?
//!
//! ```text
//! meeting.toml   <mete>            ─►  R004 no lexicon class `mete`; did you mean `meet`?
//! visit.toml     id = "meeting.met" ─► R009 `meeting.met` is the id of another rule
//! ```
//!
//! | code | what | |
//! |---|---|---|
//! | R001 | no TOML | error |
//! | R002 | unknown key | error |
//! | R003 | a key is missing, or its value is of the wrong kind | error |
//! | R004 | unknown lexicon class | error |
//! | R005 | unknown slot type | error |
//! | R006 | a pattern cannot be read | error |
//! | R007 | a pattern has no trigger and would match everything | error |
//! | R008 | `emit` names a slot that no pattern has | error |
//! | R009 | two rules have one id | error |
//! | R010 | a language has no pattern, and `only` gives no reason | warning |
//! | R011 | a code that the table does not know | error |
//! | R012 | one form in two senses of a group | warning |
//! | R013 | too few examples | warning |
//! | R014 | the marks of an example cannot be read | error |
//! | R015 | an example fails | error |
//! | R016 | no example of a rule is found by it | warning |
//! | R017 | another rule speaks on all examples of a rule | warning |
//! | R018 | `beats` names no rule | error |
//! | R019 | a sense without forms | error |
//! | R020 | unknown form | error |
//! | R021 | a word that is none of those known at its place | error |
//! | R022 | a pattern with too many alternatives | error |
//! | R023 | a class that has no such form in the pattern's language, so that nothing can match | error |
//! | R024 | a mark of an example that is no slot of its rule | error |

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::rules::Source;
use crate::rules::examples;
use crate::rules::load::{PatternDef, RuleDef};
use crate::rules::parse::{self, Item, Kind};
use crate::rules::program::{Program, Rule, Trouble};
use crate::rules::syntax::{Forms, SlotType};
use crate::rules::tree::File;
use crate::text::Language;

/// Puts all files together; every mistake of all of them is told in one pass.
pub(crate) fn compile(sources: &[Source]) -> (Program, Vec<Diagnostic>) {
    let mut program = Program::default();
    let mut files: Vec<File<'_>> = sources.iter().map(|s| File::new(&s.name, &s.text)).collect();
    for source in sources {
        program.codes.merge(&source.parsed.codes);
    }
    for (source, file) in sources.iter().zip(&mut files) {
        senses(source, file, &mut program);
    }
    let languages = languages(sources, &program);
    let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
    for (source, file) in sources.iter().zip(&mut files) {
        for rule in &source.parsed.rules {
            let number = program.rules.len() as u32;
            if ids.insert(&rule.id, number).is_some() {
                file.problem("R009", rule.at.clone(), format!("`{}` is the id of another rule", rule.id));
            }
            define(file, &mut program, rule, &languages);
        }
    }
    let mut number = 0;
    for (source, file) in sources.iter().zip(&mut files) {
        for rule in &source.parsed.rules {
            let beats = beaten(file, rule, &ids);
            if let Some(compiled) = program.rules.get_mut(number) {
                compiled.beats = beats;
            }
            number += 1;
        }
    }
    program.finish();
    (program, files.into_iter().flat_map(|f| f.problems).collect())
}

fn senses(source: &Source, file: &mut File<'_>, program: &mut Program) {
    // Where a form of a sense stood first, to tell of two senses with one form.
    let mut seen: BTreeMap<(Language2, String), Vec<u32>> = BTreeMap::new();
    for def in &source.parsed.senses {
        let number = program.lexicon.add(def.sense.clone());
        for (form, phrase, at) in &def.forms {
            let words = parse::words(phrase);
            program.lexicon.form(def.language, number, *form, &words);
            let others = seen.entry((Language2::of(def.language), words.join(" "))).or_default();
            let clash = others.iter().find(|&&other| {
                let other = &program.lexicon.senses[other as usize];
                other.name != def.sense.name
                    && other.groups.iter().any(|g| g != "context" && def.sense.groups.contains(g))
            });
            if let Some(&clash) = clash {
                let other = &program.lexicon.senses[clash as usize].name;
                let message = format!("\"{phrase}\" is a form of `{other}` too, and both are of one group");
                let d = file.diagnostic("R012", at.clone(), message).warning();
                file.problems.push(d);
            }
            if !others.contains(&number) {
                others.push(number);
            }
        }
    }
}

/// A language that can be sorted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Language2 {
    English,
    Arabic,
    Other,
}

impl Language2 {
    fn of(language: Language) -> Self {
        match language {
            Language::English => Language2::English,
            Language::Arabic => Language2::Arabic,
            Language::Other => Language2::Other,
        }
    }
}

/// The forms that a class or group has in each language.
struct Known {
    english: BTreeMap<String, Forms>,
    arabic: BTreeMap<String, Forms>,
}

fn languages(sources: &[Source], program: &Program) -> Known {
    let mut known = Known { english: BTreeMap::new(), arabic: BTreeMap::new() };
    let defs = sources.iter().flat_map(|s| &s.parsed.senses);
    for (def, sense) in defs.zip(&program.lexicon.senses) {
        let map = if def.language == Language::Arabic { &mut known.arabic } else { &mut known.english };
        for name in std::iter::once(&sense.name).chain(&sense.groups) {
            let forms = map.entry(name.clone()).or_insert(Forms::NONE);
            *forms = forms.and(sense.forms.unwrap_or(Forms::NONE));
        }
    }
    known
}

fn define(file: &mut File<'_>, program: &mut Program, rule: &RuleDef, known: &Known) {
    let number = program.rules.len() as u32;
    program.rules.push(Rule {
        id: rule.id.clone(),
        emit: rule.emit.clone(),
        codes: rule.codes.iter().map(|(scheme, code, _)| (scheme.clone(), code.clone())).collect(),
        beats: Vec::new(),
        confidence: rule.confidence,
        nested: rule.nested,
        names: Vec::new(),
        patterns: Vec::new(),
    });
    if rule.over_slot {
        program.over.push(number);
    }
    for (scheme, code, at) in &rule.codes {
        if !program.codes.knows(scheme, code) {
            let help = match program.codes.schemes.get(scheme) {
                None => format!("the schemes are {}", listed(program.codes.schemes.keys())),
                Some(codes) => match did_you_mean(code, codes.keys().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`, {}?", codes[near]),
                    None => "add it to the table in `codes.toml`".to_owned(),
                },
            };
            file.problem_with_help("R011", at.clone(), format!("no code `{code}` in the scheme `{scheme}`"), help);
        }
    }
    let mut slots: Vec<(String, SlotType)> = Vec::new();
    for pattern in &rule.patterns {
        let before = file.problems.len();
        classes(file, pattern, &pattern.items, known);
        gather(&pattern.items, &mut slots);
        if file.problems.len() > before {
            continue;
        }
        let trouble = match program.add(number, pattern) {
            Ok(()) => continue,
            Err(trouble) => trouble,
        };
        let at = pattern.at.clone();
        match trouble {
            Trouble::NoTrigger => {
                let help = "a pattern needs one `<class>` or word that is not optional";
                file.problem_with_help("R007", at, "this pattern has no trigger: it would match everything", help);
            }
            Trouble::TooMany => file.problem("R022", at, "this pattern has too many alternatives before its trigger"),
            Trouble::Clitic(inner) => {
                let at = file.inside(&at, &pattern.text, inner);
                file.problem("R006", at, "a clitic stands before a slot, a class or a word");
            }
        }
    }
    emitted(file, rule, &slots);
    for (language, word) in [(Language::English, "English"), (Language::Arabic, "Arabic")] {
        let has = rule.patterns.iter().any(|p| p.language == language);
        if !has && !rule.only && !rule.over_slot && !rule.patterns.is_empty() {
            let message = format!("`{}` has no {word} pattern", rule.id);
            let help = "write one, or say why not: `only = \"en: …\"`";
            let d = file.diagnostic("R010", rule.at.clone(), message).help(help).warning();
            file.problems.push(d);
        }
    }
    examples::check_counts(file, rule);
}

fn listed<'a>(words: impl Iterator<Item = &'a String>) -> String {
    crate::rules::tree::listed(&words.map(String::as_str).collect::<Vec<_>>())
}

/// R004 and R023: the classes of a pattern.
fn classes(file: &mut File<'_>, pattern: &PatternDef, items: &[Item], known: &Known) {
    for item in items {
        match &item.kind {
            Kind::Class { name, forms, .. } => {
                let at = file.inside(&pattern.at, &pattern.text, item.at.clone());
                let (own, other) = match pattern.language {
                    Language::Arabic => (&known.arabic, &known.english),
                    _ => (&known.english, &known.arabic),
                };
                let language = if pattern.language == Language::Arabic { "Arabic" } else { "English" };
                match own.get(name) {
                    Some(have) if have.overlaps(*forms) => {}
                    Some(_) => {
                        let message = format!("`{name}` has no such form in {language}: nothing can match");
                        file.problem("R023", at, message);
                    }
                    None if other.contains_key(name) => {
                        file.problem("R023", at, format!("`{name}` has no {language} words: nothing can match"));
                    }
                    None => {
                        let near = did_you_mean(name, own.keys().map(String::as_str));
                        let d = file.diagnostic("R004", at, format!("no lexicon class `{name}`"));
                        let d = match near {
                            Some(near) => d.help(format!("did you mean `<{near}>`?")),
                            None => d.help("classes and groups are defined in the lexicon files"),
                        };
                        file.problems.push(d);
                    }
                }
            }
            Kind::Fused(_, inner) => classes(file, pattern, std::slice::from_ref(inner), known),
            Kind::Maybe(inner) => classes(file, pattern, inner, known),
            Kind::Either(branches) => branches.iter().for_each(|b| classes(file, pattern, b, known)),
            Kind::Slot { .. } | Kind::Literal(_) | Kind::Gap { .. } | Kind::Edge | Kind::Start => {}
        }
    }
}

fn gather(items: &[Item], out: &mut Vec<(String, SlotType)>) {
    for item in items {
        match &item.kind {
            Kind::Slot { role, types, .. } => out.extend(types.iter().map(|t| (role.clone(), *t))),
            Kind::Fused(_, inner) => gather(std::slice::from_ref(inner), out),
            Kind::Maybe(inner) => gather(inner, out),
            Kind::Either(branches) => branches.iter().for_each(|b| gather(b, out)),
            _ => {}
        }
    }
}

/// What a rule over slots can name in `emit`.
const OVER: [&str; 4] = ["person", "role", "country", "organisation"];

/// R008 and R024: the slots that `emit` and the examples name.
fn emitted(file: &mut File<'_>, rule: &RuleDef, slots: &[(String, SlotType)]) {
    let mut known: Vec<&str> = slots.iter().map(|(name, _)| name.as_str()).collect();
    if rule.over_slot {
        known.extend(OVER);
    }
    known.sort_unstable();
    known.dedup();
    if rule.patterns.is_empty() && !rule.over_slot {
        return;
    }
    for (slot, at) in rule.emit.roles.iter().flat_map(|(_, slots)| slots) {
        if !known.contains(&slot.as_str()) {
            let d = file.diagnostic("R008", at.clone(), format!("no pattern of `{}` has a slot `{slot}`", rule.id));
            let d = match did_you_mean(slot, known.iter().copied()) {
                Some(near) => d.help(format!("did you mean `{near}`?")),
                None => d.help(format!("its slots are {}", crate::rules::tree::listed(&known))),
            };
            file.problems.push(d);
        }
    }
    for example in &rule.examples {
        for (mark, _) in &example.marks {
            let role = rule.emit.roles.iter().any(|(role, _)| role == mark);
            if !role && !known.contains(&mark.as_str()) {
                let message = format!("the mark `{mark}` is no slot of `{}`", rule.id);
                let help = format!("its slots are {}", crate::rules::tree::listed(&known));
                file.problem_with_help("R024", example.at.clone(), message, help);
            }
        }
    }
}

/// The numbers of the rules that a rule beats, sorted.
fn beaten(file: &mut File<'_>, rule: &RuleDef, ids: &BTreeMap<&str, u32>) -> Vec<u32> {
    let mut all = Vec::new();
    for (name, at) in &rule.beats {
        let before = all.len();
        match name.strip_suffix('*') {
            Some(family) => {
                let of_family = ids.iter().filter(|(id, _)| id.starts_with(family) && **id != rule.id);
                all.extend(of_family.map(|(_, number)| *number));
            }
            None => all.extend(ids.get(name.as_str())),
        }
        if all.len() == before {
            let d = file.diagnostic("R018", at.clone(), format!("`beats` names no rule: `{name}`"));
            let others = ids.keys().copied().filter(|id| *id != rule.id);
            let d = match did_you_mean(name, others) {
                Some(near) => d.help(format!("did you mean `{near}`?")),
                None => d,
            };
            file.problems.push(d);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
