//! Does the library find in the articles what a careful reader finds, and no less than before?
//!
//! ```text
//! tests/articles/en/summit.txt ───────────► Document ┐
//! tests/articles/en/summit.expected.toml ─► Expected ┴─► compare ─► tallies ─► floors.toml
//! ```
//!
//! A figure below its floor fails, with what was missed and what was extra. The complaints of all measures, those above
//! their floor too, are written to `gold.txt` in the folder that the test names.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::shared::{articles, isnad, sound};

mod compare;
mod expected;
mod floors;

#[test]
fn gold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut measured: BTreeMap<&str, compare::Tallies> = BTreeMap::new();
    for article in articles() {
        let name = format!("{}/{}", article.language, article.name);
        let Ok(toml) = fs::read_to_string(root.join(format!("{name}.expected.toml"))) else {
            panic!("{name}.txt has no gold beside it");
        };
        let gold = expected::read(&name, &toml, &article.text);
        let doc = isnad().extract(article.text.as_str());
        sound(&doc);
        compare::compare(&name, &gold, &doc, measured.entry(article.language).or_default());
    }
    assert!(!measured.is_empty(), "no article under tests/articles");

    let (mut table, mut lists) = (String::new(), String::new());
    for (language, tallies) in &measured {
        for (measure, tally) in tallies {
            let _ = writeln!(table, "{language} {measure:15} {}", floors::figures(tally));
            let _ = writeln!(lists, "\n{language} {measure}");
            tally.complaints.iter().for_each(|complaint| {
                let _ = writeln!(lists, "    {complaint}");
            });
        }
    }
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gold.txt");
    fs::write(&report, format!("{table}{lists}")).unwrap();
    println!("{table}all complaints: {}", report.display());
    let fallen = floors::hold(&measured);
    assert!(fallen.is_empty(), "\n{}", fallen.join("\n"));
}
