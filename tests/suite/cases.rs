//! Does each small question of `tests/cases` get its answer?
//!
//! ```text
//! text = "the united states of americas"
//! expect = [{ text = "united states", id = "country/USA" }]   ─►  a name at 4..17 with that id
//! ```
//!
//! One test a folder; its form is told in `tests/cases/README.md`. A case that cannot pass yet carries
//! `known_failure = "reason"`, and fails as soon as it passes, so that the mark goes away.

use std::fs;
use std::ops::Range;
use std::path::Path;

use isnad::{Date, Document, Input, Mention, MentionKind};
use toml::{Table, Value};

use crate::shared::{isnad, sound};

#[test]
fn boundaries() {
    folder("boundaries", "name");
}

#[test]
fn ambiguity() {
    folder("ambiguity", "name");
}

#[test]
fn offices() {
    folder("offices", "role");
}

#[test]
fn roles() {
    folder("roles", "role");
}

#[test]
fn dates() {
    folder("dates", "date");
}

/// Runs all cases of a folder about mentions; `kind` is the kind of an `expect` that names none.
fn folder(folder: &str, kind: &str) {
    run_folder(folder, |case| case_fails(case, kind, folder == "dates"));
}

/// Runs all cases of a folder; `wrong` says what is wrong with the answer to one.
pub(crate) fn run_folder(folder: &str, wrong: impl Fn(&Value) -> Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut paths: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut complaints, mut run, mut known) = (Vec::new(), 0, 0);
    for path in paths {
        let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
        let table: Table = fs::read_to_string(&path).unwrap().parse().unwrap_or_else(|e| panic!("{name}: {e}"));
        for case in table["case"].as_array().unwrap() {
            run += 1;
            let wrong = wrong(case);
            let text = string(case, "text").unwrap_or_default();
            match (string(case, "known_failure"), wrong.is_empty()) {
                (None, false) => complaints.push(format!("{name}: {text:?}\n    {}", wrong.join("\n    "))),
                (Some(_), true) => {
                    complaints.push(format!("{name}: {text:?}\n    passes now: take known_failure away"))
                }
                (Some(_), false) => known += 1,
                (None, true) => {}
            }
        }
    }
    println!("{folder}: {run} cases, {known} of them known to fail");
    assert!(complaints.is_empty(), "{} of {run} cases\n{}", complaints.len(), complaints.join("\n"));
}

pub(crate) fn string<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What isnad reads in the text of a case, and which of its keys mean nothing.
pub(crate) fn read<'v>(case: &'v Value, fields: &[&str]) -> (Document<'v>, Vec<String>) {
    let unread = case.as_table().into_iter().flatten().filter(|(key, _)| !fields.contains(&key.as_str()));
    let wrong = unread.map(|(key, _)| format!("`{key}` means nothing in a case")).collect();
    let published = string(case, "published").map(|day| day.parse::<Date>().unwrap());
    let doc = isnad().extract(Input::new(string(case, "text").unwrap_or_default()).published(published));
    sound(&doc);
    (doc, wrong)
}

/// What is wrong with the answer to a case.
fn case_fails(case: &Value, kind: &str, only_dates: bool) -> Vec<String> {
    const FIELDS: [&str; 6] = ["text", "published", "expect", "reject", "why", "known_failure"];
    let (doc, mut wrong) = read(case, &FIELDS);
    let text = string(case, "text").unwrap_or_default();
    wrong.extend(list(case, "expect").iter().filter_map(|expect| unmet(expect, kind, &doc)));
    for word in list(case, "reject").iter().filter_map(Value::as_str) {
        let places = places(text, word);
        if places.is_empty() {
            wrong.push(format!("{word:?} is rejected and does not stand in the text"));
        }
        // "us" is a fine pronoun where it is no country.
        let lies = |m: &&Mention| match m.kind() {
            MentionKind::Pronoun => false,
            kind if only_dates => kind == MentionKind::Date,
            _ => true,
        };
        let inside = |m: &&Mention| places.iter().any(|p| p.start <= m.span().start() && m.span().end() <= p.end);
        for m in doc.mentions().iter().filter(lies).filter(inside) {
            wrong.push(format!("in {word:?} lies {}", show(&doc, m)));
        }
    }
    wrong
}

/// What is found in place of the mention that is expected, or `None` where it is there.
fn unmet(expect: &Value, kind: &str, doc: &Document<'_>) -> Option<String> {
    let (words, text) = (string(expect, "text").unwrap_or_default(), doc.text());
    let nth = expect.get("nth").and_then(Value::as_integer).unwrap_or(1);
    let kind = string(expect, "kind").unwrap_or(kind);
    let Some(place) = usize::try_from(nth - 1).ok().and_then(|i| places(text, words).into_iter().nth(i)) else {
        return Some(format!("{words:?} does not stand in the text {nth} times"));
    };
    let overlaps = |p: &Range<usize>| p.start < place.end && place.start < p.end;
    let also = string(expect, "also").map(|also| places(text, also).into_iter().filter(overlaps));
    let right: Vec<Range<usize>> = std::iter::once(place.clone()).chain(also.into_iter().flatten()).collect();
    let ids: Option<Vec<&str>> = string(expect, "id").map(|ids| ids.split('|').collect());
    let fits = |m: &Mention| {
        let id = doc.entity(m.entity()).id();
        // `unknown/person` is right for any number behind it.
        let stem = id.rsplit_once('/').map_or(id, |(stem, _)| stem);
        let known =
            ids.as_ref().is_none_or(|ids| ids.contains(&id) || id.starts_with("unknown/") && ids.contains(&stem));
        right.contains(&m.span().range()) && m.kind().as_str() == kind && known
    };
    if doc.mentions().iter().any(fits) {
        return None;
    }
    let here: Vec<String> =
        doc.mentions().iter().filter(|m| overlaps(&m.span().range())).map(|m| show(doc, m)).collect();
    let id = string(expect, "id").unwrap_or("any");
    Some(format!(
        "want a {kind} {words:?} {id}, found {}",
        if here.is_empty() { "nothing".into() } else { here.join(" + ") }
    ))
}

/// Every occurrence, also inside words.
fn places(text: &str, words: &str) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    text.match_indices(words).map(|(at, _)| at..at + words.len()).collect()
}

fn show(doc: &Document<'_>, m: &Mention) -> String {
    format!("a {} {:?} {} [{}]", m.kind().as_str(), &doc[m.span()], doc.entity(m.entity()).id(), m.source())
}
