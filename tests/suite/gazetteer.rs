//! What do those who keep tables of names read when something is wrong, and are our own tables in order?
//!
//! ```text
//! tests/gazetteer/bad/g026_wrong_script.tsv  ─►  the messages with line, caret and help, as a snapshot
//! gazetteers/**/*.tsv                        ─►  nothing but what tests/gazetteer/accepted.tsv lists, with a reason each
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use isnad::{Severity, curate};

use crate::shared::isnad;

fn tables(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tables(&path, all);
        } else if path.extension().is_some_and(|e| e == "tsv") {
            all.push(path);
        }
    }
    all.sort();
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_mistake_has_its_message() {
    let mut files = Vec::new();
    tables(&root("tests/gazetteer/bad"), &mut files);
    let mut all = String::new();
    let mut shown = BTreeSet::new();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let problems = curate::check(&[(&name, &text)], Some(isnad()));
        let code = name[..4].to_uppercase();
        assert!(problems.iter().any(|p| p.code() == code), "{name} shows no {code}");
        for problem in &problems {
            shown.insert(problem.code());
            writeln!(all, "{problem:#}").unwrap();
        }
    }
    assert_eq!(shown.len(), 20, "{shown:?}");
    insta::assert_snapshot!(all);
}

#[test]
fn a_sound_table_has_no_problem() {
    let own = "name\tlang\tid\tkind\tflags\nAda Quill\ten\tperson/ada-quill\tname\t\nآدا كويل\tar\tperson/ada-quill\tname\t\n\
        Quill\ten\tperson/ada-quill\tshort\t\nHope\ten\torganisation/quill-hope\tacronym\tcase\n";
    let offices = "person\trole\tof\tfrom\tto\nperson/ada-quill\tsenator\tcountry/USA\t2001\t2004-05\n";
    let files = [("names.tsv", own), ("offices.tsv", offices)];
    assert_eq!(curate::check(&files, Some(isnad())), []);
    // The office is of a country that the files alone do not hold.
    let alone: Vec<_> = curate::check(&files, None).iter().map(ToString::to_string).collect();
    assert_eq!(alone, ["offices.tsv:2:26: no table holds `country/USA` [G025]"]);
}

#[test]
fn the_bundled_tables_are_in_order() {
    let accepted = fs::read_to_string(root("tests/gazetteer/accepted.tsv")).unwrap();
    let accepted: Vec<Vec<&str>> =
        accepted.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect()).collect();
    assert!(accepted.iter().all(|row| row.len() == 5 && !row[4].is_empty()), "code, name, id, most, why");
    let mut paths = Vec::new();
    tables(&root("gazetteers"), &mut paths);
    let texts: Vec<(String, String)> =
        paths.iter().map(|p| (p.display().to_string(), fs::read_to_string(p).unwrap())).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut used = vec![0usize; accepted.len()];
    let mut fresh = String::new();
    for problem in curate::check(&files, None) {
        let cells: Vec<&str> = problem.excerpt().split('\t').collect();
        let has = |cell: &str| cell.is_empty() || cells.contains(&cell);
        let most = |row: &[&str]| row[3].parse().unwrap_or(usize::MAX);
        let fits = |row: &[&str]| row[0] == problem.code() && has(row[1]) && has(row[2]);
        match (0..accepted.len()).find(|&i| fits(&accepted[i]) && used[i] < most(&accepted[i])) {
            Some(i) => used[i] += 1,
            None => {
                let word = if problem.severity() == Severity::Error { "error" } else { "warning" };
                writeln!(fresh, "{word}: {problem}").unwrap();
            }
        }
    }
    let stale: Vec<&str> = accepted.iter().zip(&used).filter(|(_, used)| **used == 0).map(|(row, _)| row[0]).collect();
    assert!(fresh.is_empty(), "mend these or accept them with a reason in tests/gazetteer/accepted.tsv:\n{fresh}");
    // That the tables get better fails nobody's build; the entry is only to go.
    if !stale.is_empty() {
        eprintln!("tests/gazetteer/accepted.tsv: nothing needs these entries any more: {}", stale.join(", "));
    }
}
