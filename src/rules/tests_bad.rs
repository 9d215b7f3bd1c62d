//! What does the author of a rule file read when something is wrong?
//!
//! ```text
//! tests/rules/bad/r004_unknown_class.toml  ─►  the message with line, caret and help, as a snapshot
//! ```

use std::fmt::Write;
use std::path::Path;

use crate::rules::Rules;

const LEXICON: &str = r#"
[lexicon.en.meet]
groups = ["encounter"]
base = ["meet"]
past = ["met"]
"#;

#[test]
fn every_mistake_has_its_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/bad");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = String::new();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let codes = ("codes.toml", include_str!("../../rules/codes.toml"));
        let (_, problems) = Rules::read(&[codes, ("lexicon.toml", LEXICON), (&name, &text)]);
        let code = name[..4].to_uppercase();
        assert!(problems.iter().any(|p| p.code() == code), "{name} shows no {code}");
        // That samples are few is told of every file here; once is enough.
        for problem in problems.iter().filter(|p| p.code() == code || p.code() != "R013") {
            writeln!(all, "{problem:#}").unwrap();
        }
    }
    insta::assert_snapshot!(all);
}
