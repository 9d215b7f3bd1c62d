//! Does what several articles tell become one event, and nothing else?
//!
//! ```text
//! tests/cases/merge/*.toml: documents ─► events, each with the documents that tell of it
//! ```

use std::fs;
use std::path::Path;

use isnad::merge::{Event, Merger, codes};
use isnad::output::{events, json};
use isnad::{Date, Document, Input};
use toml::{Table, Value};

use crate::shared::{articles, isnad};

fn merged<'d>(documents: impl IntoIterator<Item = &'d Document<'static>>) -> Vec<Event> {
    let mut merger = Merger::new();
    documents.into_iter().for_each(|document| merger.add(document));
    merger.finish()
}

fn lines(events: &[Event]) -> Vec<String> {
    events.iter().map(events::to_line).collect()
}

fn documents(case: &Value) -> Vec<Document<'static>> {
    let documents = case["documents"].as_array().unwrap().iter().map(|document| {
        let word = |key: &str| document.get(key).and_then(Value::as_str);
        let day = word("published").map(|day| day.parse::<Date>().unwrap());
        let input = Input::new(word("text").unwrap()).id(word("id").unwrap()).published(day);
        isnad().extract(input).into_owned()
    });
    documents.collect()
}

/// `type told by a, b [modality] [date]`, as far as the case says it.
fn show(event: &Event, like: Option<&Value>) -> String {
    let mut by: Vec<&str> = event.tellings().iter().map(|telling| telling.document()).collect();
    by.sort_unstable();
    by.dedup();
    let said = |key| like.is_none_or(|like| like.get(key).is_some());
    let modality = if said("modality") { event.modality().as_str() } else { "" };
    let date = if said("date") { event.date().unwrap_or("no day") } else { "" };
    format!("{} told by {} {modality} {date}", event.kind(), by.join(", "))
}

fn want(event: &Value) -> String {
    let word = |key: &str| event.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut by: Vec<&str> = event["told_by"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    by.sort_unstable();
    format!("{} told by {} {} {}", word("type"), by.join(", "), word("modality"), word("date"))
}

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/merge");
    let mut paths: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut run, mut wrong) = (0, Vec::new());
    for path in paths {
        let table: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        for case in table["case"].as_array().unwrap() {
            run += 1;
            let documents = documents(case);
            let events = merged(&documents);
            let expected = case["events"].as_array().unwrap();
            // Only the types that the case speaks of: a meeting's article holds positions and the like as well.
            let kind = expected[0]["type"].as_str().unwrap();
            let mut left: Vec<&Event> = events.iter().filter(|event| event.kind() == kind).collect();
            let mut missing = Vec::new();
            for event in expected {
                match left.iter().position(|found| show(found, Some(event)) == want(event)) {
                    Some(at) => drop(left.remove(at)),
                    None => missing.push(want(event)),
                }
            }
            if !missing.is_empty() || !left.is_empty() {
                let left: Vec<String> = left.iter().map(|event| show(event, None)).collect();
                let why = case["why"].as_str().unwrap();
                wrong.push(format!("{why}\n    missing: {missing:?}\n    found besides: {left:?}"));
            }
            let mut backwards: Vec<_> = documents.iter().collect();
            backwards.reverse();
            assert_eq!(lines(&merged(backwards)), lines(&events), "the order of the documents shows");
        }
    }
    println!("{run} cases");
    assert!(wrong.is_empty(), "{} of {run} cases\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_was_merged_and_why_is_kept() {
    let text = |language: &str| match language {
        "en" => "John Kerry met Sergei Lavrov in Geneva on Monday.",
        _ => "التقى جون كيري سيرغي لافروف في جنيف.",
    };
    let day = Date::day(2016, 3, 14);
    let read = |id: &str| isnad().extract(Input::new(text(id)).id(id).published(day)).into_owned();
    let events = merged(&[read("en"), read("ar")]);
    let meeting = events.iter().find(|event| event.kind() == "meeting").unwrap();
    let why: Vec<String> = meeting.tellings().iter().flat_map(|telling| telling.why().to_vec()).collect();
    assert_eq!(
        why,
        [
            "participants person/john-kerry, person/sergey-lavrov",
            "on 2016-03-14, told on 2016-03-14",
            "place place/geneva"
        ]
    );
    assert_eq!(codes(&events).get(&("cameo", "040")), Some(&1), "told twice, counted once");
    let line: serde_json::Value = serde_json::from_str(&events::to_line(meeting)).unwrap();
    assert_eq!(line["tellings"].as_array().unwrap().len(), 2);
    let words = |n: usize| line["tellings"][n]["evidence"][0]["text"].as_str().unwrap();
    assert!(words(0).starts_with("التقى") && words(1).starts_with("John Kerry met"));
    let told = events::to_text(meeting);
    assert!(told.contains("the same: participants person/john-kerry"), "{told}");
}

#[test]
fn every_fact_is_told_by_exactly_one_event() {
    let documents: Vec<Document<'static>> = articles()
        .iter()
        .map(|a| isnad().extract(Input::new(a.text.clone()).id(format!("{} {}", a.language, a.name))).into_owned())
        .collect();
    let events = merged(&documents);
    let mut told: Vec<(String, usize)> = events
        .iter()
        .flat_map(|event| event.tellings().iter().map(|t| (t.document().to_owned(), t.relation())))
        .collect();
    told.sort();
    let mut facts = Vec::new();
    for document in &documents {
        let events = ["meeting", "visit", "statement"];
        for (n, _) in document.relations().iter().enumerate().filter(|(_, r)| events.contains(&r.kind())) {
            facts.push((document.id().unwrap().to_owned(), n));
        }
    }
    facts.sort();
    assert_eq!(told, facts);
    // From the wire it is the same.
    let back: Vec<Document<'static>> =
        documents.iter().map(|d| json::from_line_with_text(&json::to_line_with_text(d)).unwrap()).collect();
    assert_eq!(lines(&merged(&back)), lines(&events));
}
