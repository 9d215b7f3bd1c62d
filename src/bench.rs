//! The stages one by one, for the benches and tests of this repository. No part of the public face.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::extractor::Extractor;
use crate::find::{self, Scratch};
use crate::text;

/// The folded text.
pub fn fold(text: &str) -> String {
    text::fold::fold_str(text)
}

/// Every spelling that the automaton searches for, folded.
pub fn names(isnad: &Extractor) -> Vec<String> {
    isnad.gazetteer().spellings()
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
