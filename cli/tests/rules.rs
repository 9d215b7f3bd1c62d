//! Do the tools for those who write rules say what is true?

mod common;

use std::fs;

use common::{folder, out, plain, run};

const OWN: &str = r#"[[rule]]
id = "suit.filed"
doc = "A sues B."
emit = { type = "suit", plaintiff = "a", defendant = "b" }
en = ["{a:actor+} <sue> {b:actor+}"]
only = "en: an example"
[rule.examples]
match = [{ en = "[a|Ada Quill] sued [b|Borvath]." }, { en = "[a|Borvath] sues [b|Ada Quill]." }]
qualified = [{ en = "[a|Ada Quill] did not sue [b|Borvath].", modality = "denied" }]
reject = [{ en = "Ada Quill sued for peace.", why = "nobody is sued" }, { en = "The firm sued Borvath.", why = "no actor" }]

[lexicon.en.sue]
base = ["sue"]
present = ["sues", "sue"]
past = ["sued"]

[lexicon.en.not]
groups = ["context"]
casts = "denied"
base = ["did not"]
"#;
const NAMES: &str = "name\tlang\tid\nAda Quill\ten\tperson/ada-quill\nBorvath\ten\tcountry/BVT\n";
const WITH: [&str; 5] = ["--no-bundled", "--gazetteer", "names.tsv", "--rules", "own.toml"];

fn own(test: &str) -> std::path::PathBuf {
    let folder = folder(test);
    fs::write(folder.join("own.toml"), OWN).unwrap();
    fs::write(folder.join("names.tsv"), NAMES).unwrap();
    folder
}

fn with<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<&'a str> {
    [before, &WITH, after].concat()
}

#[test]
fn check_reads_the_files_and_runs_their_examples() {
    let folder = own("rules_check");
    let sound = out(&folder, &["check", "--no-bundled", "--gazetteer", "names.tsv", "own.toml"]);
    assert_eq!(sound, "1 rule file, 1 rule, 5 examples: no errors, no warnings\n");

    let broken = OWN.replace("[a|Borvath] sues [b|Ada Quill]", "[a|Borvath] suits [b|Ada Quill]");
    fs::write(folder.join("own.toml"), broken).unwrap();
    let (status, text, _) = run(&folder, &["check", "--no-bundled", "--gazetteer", "names.tsv", "own.toml"]);
    assert_eq!(status, Some(1));
    assert!(text.starts_with("error[R015]: `suit.filed` finds nothing here\n  --> own.toml:8:"), "{text}");
    assert!(text.contains("= help: no trigger of `suit.filed` stands in the sentence"), "{text}");
    assert!(text.ends_with("1 rule file, 1 rule, 5 examples: 1 error, no warnings\n"), "{text}");

    fs::write(folder.join("own.toml"), OWN.replace("<sue>", "<seu>").replace("{b:actor+}", "{b:actr}")).unwrap();
    let (status, text, _) = run(&folder, &["check", "--no-bundled", "--short", "own.toml"]);
    assert_eq!(status, Some(1));
    assert!(text.contains("error: own.toml:5:"), "{text}");
    assert!(
        text.ends_with("1 rule file (examples are read when the errors are mended): 1 error, no warnings\n"),
        "{text}"
    );
}

#[test]
fn a_warning_fails_only_where_that_is_asked_for() {
    let folder = own("rules_strict");
    fs::write(folder.join("own.toml"), OWN.replace("only = \"en: an example\"\n", "")).unwrap();
    let all = ["check", "--no-bundled", "--gazetteer", "names.tsv", "own.toml"];
    let (status, text, _) = run(&folder, &all);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("warning[R010]"), "{text}");
    assert_eq!(run(&folder, &[&all[..], &["--strict"]].concat()).0, Some(1));
    assert_eq!(run(&folder, &[&all[..], &["--count"]].concat()).1.lines().next(), Some("R010        1"));
}

#[test]
fn explain_tells_what_was_tried_and_what_came_of_it() {
    let folder = own("rules_explain");
    let told = plain(&out(&folder, &with(&["explain"], &["Ada Quill sued Borvath. Ada Quill sued for peace."])));
    assert_eq!(
        told,
        "Ada Quill sued Borvath.\n  \
           name     Ada Quill   person/ada-quill\n  \
           name     Borvath   country/BVT\n  \
           called by sued\n    \
             won      suit.filed\n             \
                      suit (asserted)\n             \
                      plaintiff    Ada Quill   person/ada-quill\n             \
                      defendant    Borvath   country/BVT\n\n\
         Ada Quill sued for peace.\n  \
           name     Ada Quill   person/ada-quill\n  \
           called by sued\n    \
             missed   suit.filed   after it wanted {b:actor+}, found \"for\"\n\n"
    );
}

#[test]
fn explain_a_rule_points_at_the_place_where_it_stopped() {
    let folder = own("rules_why_not");
    let (status, text, err) = run(&folder, &with(&["explain", "--rule", "suit.filed"], &["Ada Quill sued for peace."]));
    assert_eq!((status, err.as_str()), (Some(1), ""));
    assert_eq!(
        plain(&text),
        "suit.filed   A sues B.\n  en  {a:actor+} <sue> {b:actor+}\n\n\
         called by sued: missed\n  after it wanted {b:actor+}, found \"for\"\n  \
         the pattern that came farthest: {a:actor+} <sue> {b:actor+}\n    \
         Ada Quill sued for peace.\n                   ^^^\n"
    );
    let (status, text, _) = run(&folder, &with(&["explain", "--rule", "suit.filed"], &["Ada Quill slept."]));
    assert_eq!(status, Some(1));
    assert!(text.ends_with("no word of the text calls it: it waits for <sue>\n"), "{text}");
    let won = out(&folder, &with(&["explain", "--rule", "suit.filed"], &["Ada Quill sued Borvath."]));
    assert!(won.contains("called by") && won.contains("suit (asserted)"), "{won}");
    let (status, text, err) = run(&folder, &with(&["explain", "--rule", "suit.field"], &["x"]));
    assert_eq!((status, text.as_str()), (Some(1), ""));
    assert_eq!(err, "isnad: no rule `suit.field`; of `suit` there are: suit.filed\n");
}

#[test]
fn coverage_tells_which_rules_spoke_and_where_one_is_missing() {
    let folder = own("rules_coverage");
    let lines =
        "{\"text\": \"Ada Quill sued Borvath.\\n\\nAda Quill sued for peace.\"}\n{\"text\": \"Nobody sued.\"}\n";
    fs::write(folder.join("corpus.jsonl"), lines).unwrap();
    let told = plain(&out(&folder, &with(&["coverage"], &["corpus.jsonl"])));
    assert_eq!(
        told,
        "2 documents, 3 sentences, 1 relations by 1 rules; 0 rules never spoke\n\n  \
           times  texts  rule\n      1      1  suit.filed\n                Ada Quill sued Borvath.\n\n\
         Verbs (and other words that call rules) in sentences without a relation, positions aside:\n      \
         2 of 3       <sue>  en\n                Ada Quill sued for peace.\n                \
         suit.filed: \"sued\" matched; after it wanted {b:actor+}, found \"for\"\n"
    );
    let json = out(&folder, &with(&["coverage", "--json"], &["corpus.jsonl"]));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&read["fired"][0]["rule"], &read["unanswered"][0]["of"]), (&"suit.filed".into(), &3.into()));
    let none = out(&folder, &with(&["coverage", "--groups", "speech"], &["corpus.jsonl"]));
    assert!(!none.contains("<sue>"), "{none}");
}
