//! The stages one by one, for the benches of this repository. No part of the public face.

use crate::extractor::Extractor;
use crate::find::{self, Scratch};
use crate::text;

/// The folded text.
pub fn fold(text: &str) -> String {
    text::fold::fold_str(text)
}

/// Every spelling that the automaton searches for, folded.
pub fn names(isnad: &Extractor) -> Vec<String> {
    isnad.gazetteer().patterns.spellings.clone()
}

/// Reads; the number of tokens.
pub fn read(isnad: &Extractor, text: &str) -> usize {
    text::read::read(text, &isnad.gazetteer().text_words).tokens.len()
}

/// Reads and finds; the number of mentions before linking.
pub fn find(isnad: &Extractor, text: &str) -> usize {
    let page = text::read::read(text, &isnad.gazetteer().text_words);
    find::find(&page, isnad.automaton(), isnad.gazetteer(), &|_| false, &mut Scratch::default()).mentions.len()
}
