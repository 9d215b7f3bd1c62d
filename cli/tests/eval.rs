//! Does `isnad eval` tell how good an answer is, and complain of what it cannot score?

mod common;

use std::fs;

use common::{folder, out, run};

const GOLD: &str = concat!(
    r#"{"id":"a.txt","text":"John Kerry left Cairo.","entities":[{"start":0,"end":10,"type":"PER"},"#,
    r#"{"start":11,"end":15,"type":"LOC"}]}"#,
    "\n"
);

#[test]
fn what_is_found_is_scored() {
    let folder = folder("eval");
    fs::write(folder.join("gold.jsonl"), GOLD).unwrap();
    fs::write(folder.join("a.txt"), "John Kerry left Cairo.").unwrap();
    let found = out(&folder, &["extract", "--format", "jsonl", "a.txt"]);
    fs::write(folder.join("found.jsonl"), found).unwrap();
    let told = out(&folder, &["eval", "gold.jsonl", "found.jsonl", "--errors"]);
    let want = "\
extra   a.txt  16..21  LOC
        …John Kerry left [Cairo].…
";
    assert!(told.contains(want), "{told}");
    assert!(told.contains("missed  a.txt  11..15  LOC\n        …John Kerry [left] Cairo.…\n"), "{told}");
    let figures = "\
PER                      P 100.0  R 100.0  F1 100.0   gold     1  predicted     1
LOC                      P   0.0  R   0.0  F1   0.0   gold     1  predicted     1
ORG                      P   0.0  R   0.0  F1   0.0   gold     0  predicted     0
all, exact span+type     P  50.0  R  50.0  F1  50.0   gold     2  predicted     2
all, any overlap         P  50.0  R  50.0  F1  50.0
";
    assert!(told.ends_with(figures), "{told}");
    assert_eq!(out(&folder, &["eval", "gold.jsonl", "found.jsonl", "--types", "PER"]).lines().count(), 3);
    let bands = out(&folder, &["eval", "gold.jsonl", "found.jsonl", "--bands"]);
    assert!(bands.starts_with("confidence     mean    names    right   precision\n"), "{bands}");
}

#[test]
fn what_cannot_be_scored_is_told() {
    let folder = folder("eval_bad");
    fs::write(folder.join("gold.jsonl"), GOLD).unwrap();
    fs::write(folder.join("empty.jsonl"), "").unwrap();
    fs::write(folder.join("bad.jsonl"), format!("{GOLD}{{\"id\":\"b\",\"mentions\":[{{}}]}}\n")).unwrap();
    let told = |arguments: &[&str]| {
        let (status, out, err) = run(&folder, arguments);
        assert_eq!((status, out.as_str()), (Some(1), ""), "{err}");
        err
    };
    assert_eq!(
        told(&["eval", "gold.jsonl", "empty.jsonl"]),
        "isnad: 1 document of the gold has no answer, `a.txt` the first\n"
    );
    assert_eq!(
        told(&["eval", "gold.jsonl", "bad.jsonl"]),
        "isnad: bad.jsonl:2: mentions[0] has no `start` and `end` that are whole numbers\n"
    );
    assert_eq!(
        told(&["eval", "gold.jsonl", "gold.jsonl", "--relations"]),
        "isnad: gold.jsonl: nothing in it was annotated for relations\n"
    );
    assert!(told(&["eval", "gold.jsonl", "none.jsonl"]).starts_with("isnad: none.jsonl: "));
}
