//! Any gazetteer file: taken or refused with located problems, never a panic; what is taken can be searched for.
#![no_main]

use isnad::Extractor;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|tsv: &str| {
    match Extractor::builder().without_bundled().gazetteer("fuzz.tsv", tsv).build() {
        // The file names itself best: every name in it stands in it.
        Ok(isnad) => drop(isnad.extract(tsv)),
        Err(error) => drop(format!("{error} {error:#}")),
    }
});
