//! Are the mentions of a text tied to whom they mean?
//!
//! ```text
//! together = ["Hugh Hill", "Hill", "the minister"]     one entity
//! apart = [["Hugh Hill", "Mary Hill"]]                 two
//! metonym = ["Washington"]  plain = ["Washington#2"]   its government, and the city
//! ```
//!
//! The form of the cases is told in `tests/cases/README.md`.

use isnad::{Document, Mention};
use toml::Value;

use crate::cases::{read, run_folder};

#[test]
fn linking() {
    run_folder("linking", wrong);
}

/// What is wrong with the answer to a case.
fn wrong(case: &Value) -> Vec<String> {
    const FIELDS: [&str; 10] =
        ["text", "published", "together", "apart", "ids", "metonym", "plain", "speakers", "why", "known_failure"];
    let (doc, mut wrong) = read(case, &FIELDS);
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

fn strings<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// The mention with these words; "words#2" is their second occurrence.
fn mention<'d>(doc: &'d Document<'_>, words: &str) -> Option<&'d Mention> {
    let (words, nth) = words.split_once('#').map_or((words, 1), |(w, n)| (w, n.parse().unwrap()));
    let start = doc.text().match_indices(words).nth(nth - 1)?.0;
    doc.mentions().iter().find(|m| m.span().range() == (start..start + words.len()))
}
