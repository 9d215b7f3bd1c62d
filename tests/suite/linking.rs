//! Are the mentions of a text tied to whom they mean?
//!
//! ```text
//! together = ["Hugh Hill", "Hill", "the minister"]     one entity
//! apart = [["Hugh Hill", "Mary Hill"]]                 two
//! metonym = ["Washington"]  plain = ["Washington#2"]   its government, and the city
//! ```
//!
//! The form of the cases is told in `tests/cases/README.md`.

use std::fs;
use std::path::Path;

use isnad::{Date, Document, Input, Mention};
use toml::{Table, Value};

use crate::shared::{isnad, sound};

#[test]
fn linking() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/linking");
    let mut paths: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut complaints, mut run) = (Vec::new(), 0);
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
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
                _ => {}
            }
        }
    }
    assert!(complaints.is_empty(), "{} of {run} cases\n{}", complaints.len(), complaints.join("\n"));
}

/// What is wrong with the answer to a case.
fn wrong(case: &Value) -> Vec<String> {
    const FIELDS: [&str; 10] =
        ["text", "published", "together", "apart", "ids", "metonym", "plain", "speakers", "why", "known_failure"];
    let mut wrong: Vec<String> = Vec::new();
    let unread = case.as_table().into_iter().flatten().filter(|(key, _)| !FIELDS.contains(&key.as_str()));
    wrong.extend(unread.map(|(key, _)| format!("`{key}` means nothing in a case")));
    let text = string(case, "text").unwrap_or_default();
    let published = string(case, "published").map(|day| day.parse::<Date>().unwrap());
    let doc = isnad().extract(Input::new(text).published(published));
    sound(&doc);
    let entity = |words: &str, wrong: &mut Vec<String>| -> Option<String> {
        let found = mention(&doc, words).map(|m| doc.entity(m.entity()).id().to_owned());
        if found.is_none() {
            wrong.push(format!("{words:?} is no mention"));
        }
        found
    };
    let one: Vec<(&str, Option<String>)> =
        strings(case, "together").map(|words| (words, entity(words, &mut wrong))).collect();
    for pair in one.windows(2) {
        if let [(a, Some(x)), (b, Some(y))] = pair
            && x != y
        {
            wrong.push(format!("{a:?} is {x}, {b:?} is {y}"));
        }
    }
    for pair in case.get("apart").and_then(Value::as_array).into_iter().flatten() {
        let words: Vec<&str> = pair.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let ids: Vec<Option<String>> = words.iter().map(|w| entity(w, &mut wrong)).collect();
        if let [Some(x), Some(y)] = &ids[..]
            && x == y
        {
            wrong.push(format!("{words:?} are both {x}"));
        }
    }
    for (words, want) in case.get("ids").and_then(Value::as_table).into_iter().flatten() {
        if let Some(id) = entity(words, &mut wrong)
            && want.as_str() != Some(id.as_str())
            && !(id.starts_with("unknown/") && want.as_str() == id.rsplit_once('/').map(|(stem, _)| stem))
        {
            wrong.push(format!("{words:?} is {id}"));
        }
    }
    for (field, want) in [("metonym", true), ("plain", false)] {
        for words in strings(case, field) {
            match mention(&doc, words) {
                Some(m) if m.is_metonym() == want => {}
                Some(_) => wrong.push(format!("{words:?} is {}a metonym", if want { "not " } else { "" })),
                None => wrong.push(format!("{words:?} is no mention")),
            }
        }
    }
    let want: Vec<&str> = strings(case, "speakers").collect();
    let spoken = |r: &&isnad::Relation| r.kind() == "statement";
    let speaks = |r: &isnad::Relation| {
        let said: Vec<&str> =
            r.arguments().iter().filter(|a| a.role() == "speaker").map(|a| doc.entity(a.entity()).id()).collect();
        said == want
    };
    if !want.is_empty() && !doc.relations().iter().filter(spoken).any(speaks) {
        wrong.push(format!("nobody says what {want:?} say"));
    }
    wrong
}

fn string<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn strings<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The mention with these words; "words#2" is their second occurrence.
fn mention<'d>(doc: &'d Document<'_>, words: &str) -> Option<&'d Mention> {
    let (words, nth) = words.split_once('#').map_or((words, 1), |(w, n)| (w, n.parse().unwrap()));
    let start = doc.text().match_indices(words).nth(nth - 1)?.0;
    doc.mentions().iter().find(|m| m.span().range() == (start..start + words.len()))
}
