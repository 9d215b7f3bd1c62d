//! Any text: no panic, spans inside the text and on character boundaries, and the wire form comes back.
#![no_main]

use std::sync::OnceLock;

use isnad::Extractor;
use isnad::output::json;
use libfuzzer_sys::fuzz_target;

static ISNAD: OnceLock<Extractor> = OnceLock::new();

fuzz_target!(|text: &str| {
    let isnad = ISNAD.get_or_init(|| Extractor::new().expect("the bundled knowledge loads"));
    let doc = isnad.extract(text);
    let line = json::to_line(&doc);
    // Reading back holds every offset against the text.
    let back = json::from_line(text, &line).expect("what we write we read");
    assert_eq!(json::to_line(&back), line);
    doc.rejected().iter().for_each(|rejected| assert!(text.get(rejected.span().range()).is_some()));
});
