//! Folding: no panic, and what is folded stays as it is.
#![no_main]

use isnad::bench;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let folded = bench::fold(text);
    assert_eq!(bench::fold(&folded), folded, "of {text:?}");
});
