//! Do the tools for those who keep the lists say what is true?

mod common;

use std::fs;

use common::{folder, out, plain, run};

const NAMES: &str = "name\tlang\tid\tkind\tflags\n\
    Ada Quill\ten\tperson/ada-quill\tname\t\n\
    Ada van Quill\ten\tperson/ada-quill\talias\t\n\
    آدا كويل\tar\tperson/ada-quill\tname\t\n\
    Ada\ten\tperson/ada-quill\tshort\t\n\
    Borvath\ten\tcountry/BVT\tname\t\n\
    بورفاث\tar\tcountry/BVT\tname\t\n\
    Borvathian\ten\tcountry/BVT\tdemonym\t\n\
    Rho\ten\tplace/rho\tname\tcase\n";
const WORDS: &str = "class\tlang\tform\tvalue\ntitle\ten\tMr\tm\ntitle\tar\tالسيد\tm\n";
const PARTS: &str = "part\tlang\tkind\nTorvald\ten\tgiven\nتورفالد\tar\tgiven\n";
const OWN: [&str; 7] =
    ["--no-bundled", "--gazetteer", "names.tsv", "--gazetteer", "words.tsv", "--gazetteer", "parts.tsv"];

fn own(test: &str) -> std::path::PathBuf {
    let folder = folder(test);
    for (name, text) in [("names.tsv", NAMES), ("words.tsv", WORDS), ("parts.tsv", PARTS)] {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn with<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<&'a str> {
    [before, &OWN, after].concat()
}

#[test]
fn stats_count_what_the_lists_say() {
    let folder = own("stats");
    let json = out(&folder, &with(&["gazetteer", "stats", "--json"], &[]));
    let (counts, measures) = json.split_at(json.find("\"load_ms\"").unwrap());
    assert_eq!(
        counts,
        "{\"person\": {\"entities\": 1, \"bilingual\": 1, \"names\": 4}, \
         \"organisation\": {\"entities\": 0, \"bilingual\": 0, \"names\": 0}, \
         \"country\": {\"entities\": 1, \"bilingual\": 1, \"names\": 3}, \
         \"place\": {\"entities\": 1, \"bilingual\": 0, \"names\": 1}, \
         \"demonym_sets\": 1, \"name_parts\": 2, \"names\": 8, "
    );
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(read["load_ms"].as_f64().is_some_and(|ms| ms >= 0.0), "{measures}");
    assert!(read["memory_mb"].is_f64() || !cfg!(target_os = "linux"), "{measures}");
    let table = out(&folder, &with(&["gazetteer", "stats"], &[]));
    assert!(table.contains("person                 1                 1         4\n"), "{table}");
    assert!(table.contains("loaded in ") && table.contains(" ms\n"), "{table}");
}

#[test]
fn unknown_lists_titled_names_that_no_list_holds() {
    let folder = own("unknown");
    let lines = concat!(
        r#"{"id": "a", "text": "Mr Ada Quill met Mr Torvald Reeves.\n\nMr Torvald Reeves left."}"#,
        "\n",
        r#"{"id": "b", "text": "غادر السيد تورفالد ريفز المدينة."}"#,
        "\n",
    );
    fs::write(folder.join("corpus.jsonl"), lines).unwrap();
    let table = plain(&out(&folder, &with(&["gazetteer", "unknown"], &["corpus.jsonl"])));
    assert_eq!(
        table,
        "English: 1 of 3 titled names have a known id (33.3 %)\n\
         Arabic: 0 of 1 titled names have a known id (0.0 %)\n\
         2 names in 2 documents are in no list:\n\n \
         times  texts  name\n     \
         2      1  Torvald Reeves\n               Mr Ada Quill met Mr Torvald Reeves.\n     \
         1      1  تورفالد ريفز\n               غادر السيد تورفالد ريفز المدينة.\n"
    );
    let json = out(&folder, &with(&["gazetteer", "unknown", "--json", "--top", "1"], &["corpus.jsonl"]));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["en"], serde_json::json!({"titled": 3, "known": 1, "share": 0.3333}));
    assert_eq!(read["unknown"][0]["name"], "Torvald Reeves");
    assert_eq!((&read["unknown"][0]["document"], read["unknown"].as_array().unwrap().len()), (&"a".into(), 1));
    let least = out(&folder, &with(&["gazetteer", "unknown", "--least", "3"], &["corpus.jsonl"]));
    assert!(least.ends_with("2 names in 2 documents are in no list; 0 of them\n"), "{least}");
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let folder = folder("gazetteer_unreadable");
    let (status, out, err) = run(&folder, &["gazetteer", "stats", "--gazetteer", "none.tsv"]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(err.starts_with("isnad: none.tsv: "), "{err}");
    fs::write(folder.join("bad.tsv"), "nmae\tlang\n").unwrap();
    let (status, _, err) = run(&folder, &["gazetteer", "stats", "--no-bundled", "--gazetteer", "bad.tsv"]);
    assert_eq!(status, Some(1));
    assert!(err.contains("error[G001]") && err.contains("did you mean `name`?"), "{err}");
}

#[test]
fn find_tells_what_matches_and_why() {
    let folder = own("find");
    let entities = "id\tsub\tcountry\trank\tidentifiers\nperson/ada-quill\t\tcountry/BVT\t9\twikidata=Q0\n";
    let offices = "person\trole\tof\tfrom\tto\nperson/ada-quill\tking\tcountry/BVT\t2001-02-03\t2004\n";
    fs::write(folder.join("entities.tsv"), entities).unwrap();
    fs::write(folder.join("offices.tsv"), offices).unwrap();
    let more = ["--gazetteer", "entities.tsv", "--gazetteer", "offices.tsv"];
    let all = [&with(&["gazetteer", "find"], &more)[..], &["ADA", "van  Quill"]].concat();
    assert_eq!(
        plain(&out(&folder, &all)),
        "ADA van  Quill   (compared as ada van quill)\n\n\
         person/ada-quill   person   Ada Quill · آدا كويل\n    \
             country         country/BVT\n    \
             rank            9\n    \
             wikidata        Q0\n    \
             office          king of country/BVT, from 2001-02-03 to 2004\n    \
             matched by      Ada van Quill, alias, names.tsv:3\n\n\
         Standing alone it is read as person/ada-quill (name).\n"
    );
    let short = plain(&out(&folder, &with(&["gazetteer", "find", "Ada"], &[])));
    assert!(short.contains("Ada, short (needs the full name, a title or an office), names.tsv:5\n"), "{short}");
    assert!(short.contains("Standing alone it is read as nothing: "), "{short}");
    let case = plain(&out(&folder, &with(&["gazetteer", "find", "Rho", "--rows", "."], &[])));
    assert!(case.contains("flag `case`: only with just these capitals, names.tsv:9"), "{case}");
}

#[test]
fn find_names_what_is_near_when_nothing_matches() {
    let folder = own("find_near");
    let (status, text, err) = run(&folder, &with(&["gazetteer", "find", "Borvat"], &[]));
    assert_eq!((status, err.as_str()), (Some(1), ""));
    assert_eq!(
        plain(&text),
        "Borvat   (compared as borvat)\n\nNothing matches the whole name.\n\nNear it:\n    \
         Borvath   country/BVT   1 letter away\n"
    );
    let (status, text, _) = run(&folder, &with(&["gazetteer", "find", "Borvath", "Quill"], &[]));
    assert_eq!(status, Some(1));
    assert!(text.contains("these names stand in it.\n\ncountry/BVT   country"), "{text}");
}

#[test]
fn check_tells_every_problem_of_every_file() {
    let folder = own("check");
    let all = |more: &[&str]| run(&folder, &[&["gazetteer", "check", "--no-bundled"], more].concat());
    let (status, text, err) = all(&["names.tsv", "words.tsv", "parts.tsv"]);
    assert_eq!((status, text.as_str(), err.as_str()), (Some(0), "3 tables: no errors, no warnings\n", ""));

    fs::write(folder.join("one.tsv"), "name\tlang\tid\tkind\nMr Ada Zoll\ten\tperson/ada-zoll\tname\n").unwrap();
    fs::write(folder.join("two.tsv"), "name\tlang\tid\nAda Zoll\ten\tpersn/ada-zoll\nآدا\ten\tperson/ada\n").unwrap();
    let (status, text, _) = all(&["--short", "one.tsv", "two.tsv", "words.tsv"]);
    assert_eq!(status, Some(1));
    assert_eq!(
        text,
        "warning: one.tsv:2:1: `Mr` is a title and no part of the name [G028]\n\
         error: two.tsv:2:13: the id `persn/ada-zoll` names no type of entity [G005]\n\
         error: two.tsv:3:1: `آ` is no Latin letter [G026]\n3 tables: 2 errors, 1 warning\n"
    );
    // A warning alone is no failure, unless one asks for that.
    assert_eq!(all(&["one.tsv", "words.tsv"]).0, Some(0));
    assert_eq!(all(&["--strict", "one.tsv", "words.tsv"]).0, Some(1));
    // What is known and left is data.
    let accepted = "code\tname\tid\tmost\twhy\nG028\tMr Ada Zoll\t\t1\tso called\nG021\t\t\t\told\n";
    fs::write(folder.join("accepted.txt"), accepted).unwrap();
    let (status, text, _) = all(&["--strict", "--accept", "accepted.txt", "one.tsv", "words.tsv"]);
    assert_eq!(status, Some(0), "{text}");
    assert_eq!(
        text,
        "accepted.txt:3: nothing needs this entry any more (G021  )\n2 tables: no errors, no warnings, 1 accepted\n"
    );
    // A folder stands for the tables in it.
    let (_, text, _) = all(&["--count", "."]);
    assert!(text.ends_with("5 tables: 2 errors, 1 warning\n"), "{text}");
}
