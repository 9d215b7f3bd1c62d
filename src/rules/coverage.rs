//! Which rules does a corpus need, and which rule does it lack?
//!
//! ```text
//! statement.that   812 times   "… Kerry said that …"
//! visit.toured     never
//! meet (verb)       31 sentences without a relation   "… were to meet behind closed doors …"
//! ```

use std::collections::BTreeMap;

use crate::curate::around;
use crate::extractor::{Extractor, Input, Scratch};
use crate::rules::explain::Trace;
use crate::text::Language;

/// How often a rule spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The id of the rule.
    pub rule: String,
    /// How many relations it gave.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// The words around its first trigger.
    pub example: String,
}

/// A word that calls rules, in sentences where none of them spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The sense of the word, as the lexicon names it.
    pub sense: String,
    /// `en` or `ar`.
    pub language: &'static str,
    /// The groups of the sense: `speech`, `encounter`, …
    pub groups: Vec<String>,
    /// How many sentences have the word and no relation but positions.
    pub count: usize,
    /// How many sentences have the word at all.
    pub of: usize,
    /// The words around the first such place.
    pub example: String,
    /// How far the rule got there that got farthest.
    pub why: Option<String>,
}

/// Gathers what the rules do with a corpus, document by document.
///
/// ```
/// let isnad = isnad::Extractor::new()?;
/// let mut coverage = isnad::rules::Coverage::new(&isnad);
/// coverage.read(&isnad, "John Kerry met Sergei Lavrov in Geneva.");
/// assert!(coverage.fired().iter().any(|fired| fired.rule.starts_with("meeting.")));
/// assert!(!coverage.silent().is_empty(), "one sentence does not wake every rule");
/// # Ok::<(), isnad::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Coverage {
    scratch: Scratch,
    documents: usize,
    sentences: usize,
    /// By rule; those that never spoke stand with none.
    rules: BTreeMap<String, (Option<Fired>, usize)>,
    /// Rules that fire for every person with a role: they answer no verb.
    over: Vec<String>,
    unanswered: BTreeMap<(String, &'static str), Unanswered>,
}

impl Coverage {
    /// Nothing read yet.
    pub fn new(isnad: &Extractor) -> Self {
        let program = &isnad.rules().program;
        let over = program.over.iter().filter_map(|i| program.rules.get(*i as usize)).map(|r| r.id.clone()).collect();
        let rules = program.rules.iter().map(|rule| (rule.id.clone(), (None, 0))).collect();
        Coverage { over, rules, ..Coverage::default() }
    }

    /// Reads one document more.
    pub fn read<'t>(&mut self, isnad: &Extractor, input: impl Into<Input<'t>>) {
        self.scratch.rules.trace = Some(Trace::default());
        let doc = isnad.extract_with(input, &mut self.scratch);
        let trace = self.scratch.rules.trace.take().unwrap_or_default();
        self.documents += 1;
        self.sentences += trace.sentences.len();
        // Sentences in which a verb was answered, by their place.
        let mut answered = vec![false; trace.sentences.len()];
        let place = |start: usize| trace.sentences.partition_point(|s| s.start() <= start).checked_sub(1);
        for relation in doc.relations() {
            let (fired, last) = self.rules.entry(relation.rule().to_owned()).or_default();
            let fired = fired.get_or_insert_with(|| Fired {
                rule: relation.rule().to_owned(),
                count: 0,
                documents: 0,
                example: around(&doc, relation.trigger()),
            });
            fired.count += 1;
            fired.documents += usize::from(*last != self.documents);
            *last = self.documents;
            if self.over.iter().any(|rule| rule == relation.rule()) {
                continue;
            }
            for span in relation.evidence().iter().chain([&relation.trigger()]) {
                let Some(first) = place(span.start()) else { continue };
                for (sentence, answered) in trace.sentences.iter().zip(&mut answered).skip(first) {
                    if sentence.start() >= span.end() {
                        break;
                    }
                    *answered = true;
                }
            }
        }
        let senses = &isnad.rules().program.lexicon.senses;
        // One sense counts once in a sentence, however often it stands there.
        let mut seen = std::collections::BTreeSet::new();
        for &(sense, span) in &trace.cues {
            let (Some(at), Some(known)) = (place(span.start()), senses.get(sense as usize)) else { continue };
            if !seen.insert((at, sense)) {
                continue;
            }
            let arabic = known.language == Some(Language::Arabic);
            let language = if arabic { "ar" } else { "en" };
            let one = self.unanswered.entry((known.name.clone(), language)).or_insert_with(|| Unanswered {
                sense: known.name.clone(),
                language,
                groups: known.groups.clone(),
                count: 0,
                of: 0,
                example: String::new(),
                why: None,
            });
            one.of += 1;
            if answered.get(at).copied().unwrap_or(true) {
                continue;
            }
            one.count += 1;
            if one.example.is_empty() {
                one.example = around(&doc, span);
                let tried = trace.explained.iter().filter(|t| t.trigger.overlaps(span));
                one.why = tried.map(|t| format!("{}: {}", t.rule, t.text)).next();
            }
        }
    }

    /// How many documents were read.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// How many sentences were read.
    pub fn sentences(&self) -> usize {
        self.sentences
    }

    /// The rules that spoke, the most frequent first.
    pub fn fired(&self) -> Vec<&Fired> {
        let mut all: Vec<&Fired> = self.rules.values().filter_map(|(fired, _)| fired.as_ref()).collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.rule.cmp(&b.rule)));
        all
    }

    /// The rules that never spoke, by id.
    pub fn silent(&self) -> Vec<&str> {
        self.rules.iter().filter(|(_, (fired, _))| fired.is_none()).map(|(rule, _)| rule.as_str()).collect()
    }

    /// The words that call rules and stood in sentences without a relation (positions aside), the most frequent first:
    /// where to write the next rule.
    pub fn unanswered(&self) -> Vec<&Unanswered> {
        let mut all: Vec<&Unanswered> = self.unanswered.values().filter(|one| one.count > 0).collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.sense, a.language).cmp(&(&b.sense, b.language))));
        all
    }
}
