//! Any rule file: taken or refused with located problems, never a panic; what is taken can be run.
#![no_main]

use isnad::Extractor;
use libfuzzer_sys::fuzz_target;

/// Words for patterns to ask for; a rule without any is refused early.
const LEXICON: &str = "[lexicon.en.meet]\npast = [\"met\"]\n[lexicon.ar.meet]\npast = [\"التقى\"]\n";
const NAMES: &str = "name\tlang\tid\tkind\nAda Byron\ten\tperson/ada-byron\tname\nآدا\tar\tperson/ada-byron\tname\n";

fuzz_target!(|toml: &str| {
    // Without the bundled knowledge: loading that would be all that is fuzzed.
    let builder = Extractor::builder().without_bundled().gazetteer("names.tsv", NAMES).rules("words.toml", LEXICON);
    match builder.rules("fuzz.toml", toml).build() {
        Ok(isnad) => drop(isnad.extract("Ada Byron met Ada Byron. التقى آدا.")),
        Err(error) => drop(format!("{error} {error:#}")),
    }
});
