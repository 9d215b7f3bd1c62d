//! The stages one by one, for the benches and tests of this repository. No part of the public face.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::bundled;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::extractor::Extractor;
use crate::find::{self, Scratch};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::compile::Compiled;
use crate::gazetteer::pack::Pack;
use crate::gazetteer::pack::write::{Search, write};
use crate::text;

/// The folded text.
pub fn fold(text: &str) -> String {
    text::fold::fold_str(text)
}

/// Every spelling that the automaton searches for, folded.
pub fn names(isnad: &Extractor) -> Vec<String> {
    isnad.gazetteer().spellings()
}

/// Spellings compiled to a pack of their own, for comparing searches.
///
/// # Panics
///
/// Where one pack cannot hold them.
pub fn pack_spellings(spellings: &[String]) -> Vec<u8> {
    let mut compiled = Compiled::default();
    compiled.patterns.spellings = spellings.to_vec();
    compiled.patterns.entries = vec![Vec::new(); spellings.len()];
    write(&compiled, Search::Packed).expect("the spellings fit into one pack")
}

/// A pack's search, alone.
#[derive(Debug)]
pub struct Packed(Pack);

impl Packed {
    /// Opens a pack as [`pack_spellings`] makes it.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        Pack::open(bytes.into()).map(Packed)
    }

    /// Calls `visit(spelling, start, end)` for every occurrence.
    pub fn scan(&self, folded: &str, visit: impl FnMut(u32, usize, usize)) {
        self.0.automaton().scan(folded, visit);
    }
}

/// Loads the bundled gazetteer as every extractor does; the bytes that it holds.
pub fn load_gazetteer() -> usize {
    let pack = if cfg!(feature = "bundled") { Pack::open(Cow::Borrowed(bundled::PACK)) } else { Ok(Pack::empty()) };
    let gazetteer = pack.and_then(|pack| Gazetteer::new(pack, &[]));
    gazetteer.expect("the bundled pack is as it was built").memory()
}

/// Reads; the number of tokens.
pub fn read(isnad: &Extractor, text: &str) -> usize {
    text::read::read(text, isnad.gazetteer().text_words()).tokens.len()
}

/// Reads and finds; the number of mentions before linking.
pub fn find(isnad: &Extractor, text: &str) -> usize {
    let page = text::read::read(text, isnad.gazetteer().text_words());
    find::find(
        &page,
        isnad.automaton(),
        isnad.gazetteer(),
        &find::Words { verb: &|_| false, listed: &|_| false },
        &mut Scratch::default(),
    )
    .mentions
    .len()
}

/// An example of a rule that does not come out as it says, or a rule that its own examples do not use.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The rule whose example it is.
    pub rule: String,
    /// The sentence without its marks; none where the rule as a whole is meant.
    pub sentence: Option<String>,
    /// What is wrong, where; its help says how far the rule came.
    pub problem: Diagnostic,
}

/// Reads every example of the extractor's rules with the whole extractor.
pub fn check_rule_examples(isnad: &Extractor) -> Vec<Failure> {
    let problems = isnad.check_examples();
    // A problem knows its line and column alone; they lead back to the example.
    let mut at: HashMap<(String, usize, usize), (String, Option<String>)> = HashMap::new();
    for source in &isnad.rules().sources {
        let mut note = |span: &std::ops::Range<usize>, rule: &str, sentence: Option<&str>| {
            let d = Diagnostic::at("", &source.name, &source.text, span.clone(), "");
            at.insert((d.file, d.line, d.column), (rule.to_owned(), sentence.map(str::to_owned)));
        };
        for rule in &source.parsed.rules {
            note(&rule.at, &rule.id, None);
            rule.examples.iter().for_each(|example| note(&example.at, &rule.id, Some(&example.text)));
        }
    }
    let failure = |problem: Diagnostic| {
        let key = (problem.file.clone(), problem.line, problem.column);
        let (rule, sentence) = at.get(&key).cloned().unwrap_or_default();
        Failure { rule, sentence, problem }
    };
    problems.into_iter().map(failure).collect()
}
