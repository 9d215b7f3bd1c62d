//! Does every bundled rule find what its own examples say, and leave what they reject?
//!
//! ```text
//! { en = "[a|Kerry] met [b|Lavrov]." }  ─►  a meeting of the marked words, by the whole extractor
//! ```
//!
//! Examples that fail and are known to are listed in `tests/rules/known_failures.txt`, a line each: the rule, a tab, the
//! sentence. The list may only shrink: a line whose example passes fails until it is taken out, which
//! `ISNAD_RATCHET=1 cargo test rules` does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use isnad::bench;

use crate::shared::isnad;

const HEAD: &str = "# Examples of rules that fail: the rule, a tab, the sentence. Lines are only ever taken out.\n";

#[test]
fn examples_of_the_bundled_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/known_failures.txt");
    let listed = fs::read_to_string(&path).unwrap_or_default();
    let known: BTreeSet<String> =
        listed.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect();

    let mut failing: BTreeMap<String, String> = BTreeMap::new();
    let (mut silent, mut of_rule) = (Vec::new(), BTreeMap::<String, usize>::new());
    for failure in bench::check_rule_examples(isnad()) {
        let Some(sentence) = failure.sentence else {
            silent.push(failure.problem.to_string());
            continue;
        };
        *of_rule.entry(failure.rule.clone()).or_default() += 1;
        let help = failure.problem.remedy().map(|help| format!("\n        {help}")).unwrap_or_default();
        let doc = isnad().extract(sentence.as_str());
        let mentions: Vec<String> =
            doc.mentions().iter().map(|m| format!("{} «{}»", m.kind().as_str(), &doc[m.span()])).collect();
        let told = format!("{}\n        {sentence}{help}\n        mentions: {}", failure.problem, mentions.join(", "));
        failing.insert(format!("{}\t{sentence}", failure.rule), told);
    }
    let counts: Vec<String> = of_rule.iter().map(|(rule, n)| format!("{rule} {n}")).collect();
    println!("{} examples fail: {}", failing.len(), counts.join(", "));
    println!("{} rules that their own examples do not use:\n    {}", silent.len(), silent.join("\n    "));
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples.txt");
    fs::write(&report, failing.values().map(|told| format!("{told}\n")).collect::<String>()).unwrap();
    println!("all failures: {}", report.display());

    if env::var_os("ISNAD_RATCHET").is_some() {
        let left: String = known.iter().filter(|line| failing.contains_key(*line)).map(|l| format!("{l}\n")).collect();
        fs::write(&path, format!("{HEAD}{left}")).unwrap();
        println!("wrote tests/rules/known_failures.txt");
    } else {
        let mended: Vec<&str> = known.iter().filter(|l| !failing.contains_key(*l)).map(String::as_str).collect();
        let them = mended.join("\n    ");
        assert!(mended.is_empty(), "{} known failures pass now or are gone; take them out:\n    {them}", mended.len());
    }
    let new: Vec<&str> = failing.iter().filter(|(l, _)| !known.contains(*l)).map(|(_, told)| told.as_str()).collect();
    assert!(new.is_empty(), "{} examples fail that are not known to:\n    {}", new.len(), new.join("\n    "));
}
