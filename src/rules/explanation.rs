//! Which rules were tried in each sentence, and what became of them?
//!
//! ```text
//! "Kerry met strong opposition."
//!    meeting.met   missed   "met" matched; after it wanted {b:actor+}, found "strong"
//! ```

use crate::document::Document;
use crate::rules::Rules;
use crate::rules::explain::{Fate, Trace, Tried};
use crate::span::Span;
use crate::text::Language;

/// A document with what the rules tried in it: see [`Extractor::explain`](crate::Extractor::explain).
#[derive(Clone, Debug)]
pub struct Explanation<'t> {
    document: Document<'t>,
    sentences: Vec<Sentence>,
}

/// A sentence that the rules read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    span: Span,
    tried: Vec<Tried>,
}

impl Sentence {
    /// Its bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The rules that a word of it called: by word, then winners first, then by id.
    pub fn tried(&self) -> &[Tried] {
        &self.tried
    }
}

impl<'t> Explanation<'t> {
    pub(crate) fn new(document: Document<'t>, trace: Trace) -> Self {
        let mut sentences: Vec<Sentence> =
            trace.sentences.iter().map(|span| Sentence { span: *span, tried: Vec::new() }).collect();
        for tried in trace.explained {
            let i = sentences.partition_point(|s| s.span.start() <= tried.trigger.start());
            if let Some(sentence) = i.checked_sub(1).and_then(|i| sentences.get_mut(i)) {
                sentence.tried.push(tried);
            }
        }
        for sentence in &mut sentences {
            sentence.tried.sort_by(|a, b| {
                let place = |t: &Tried| (t.trigger.start(), t.fate);
                place(a).cmp(&place(b)).then_with(|| a.rule.cmp(&b.rule))
            });
        }
        Explanation { document, sentences }
    }

    /// The document, as [`Extractor::extract`](crate::Extractor::extract) gives it.
    pub fn document(&self) -> &Document<'t> {
        &self.document
    }

    /// The sentences that the rules read, in text order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// What became of one rule wherever a word called it. Where nothing is told no word did.
    pub fn of_rule<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Tried> + 'a {
        self.sentences.iter().flat_map(|s| &s.tried).filter(move |tried| tried.rule == rule)
    }

    /// The document alone.
    pub fn into_document(self) -> Document<'t> {
        self.document
    }
}

/// A rule as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About<'r> {
    /// Its id.
    pub id: &'r str,
    /// What it is for.
    pub doc: &'r str,
    /// The type of the relations that it gives.
    pub kind: &'r str,
    /// The file that it stands in.
    pub file: &'r str,
    /// Its patterns as `(language, pattern)`; none where it fires for every person with a role.
    pub patterns: Vec<(&'static str, &'r str)>,
    /// The senses (and literal words) whose forms call it.
    pub triggers: Vec<&'r str>,
    /// How many examples it carries.
    pub examples: usize,
}

impl Rules {
    /// All rules, in the order of files and rules.
    pub(crate) fn about(&self) -> Vec<About<'_>> {
        let mut triggers: Vec<Vec<&str>> = vec![Vec::new(); self.program.rules.len()];
        for (calls, sense) in self.program.calls.iter().zip(&self.program.lexicon.senses) {
            for variant in calls.iter().filter_map(|v| self.program.variants.get(*v as usize)) {
                if let Some(all) = triggers.get_mut(variant.rule as usize)
                    && !all.contains(&sense.name.as_str())
                {
                    all.push(&sense.name);
                }
            }
        }
        let rules = self.sources.iter().flat_map(|s| s.parsed.rules.iter().map(move |rule| (s, rule)));
        rules
            .zip(triggers)
            .map(|((source, rule), triggers)| About {
                id: &rule.id,
                doc: &rule.doc,
                kind: &rule.emit.kind,
                file: &source.name,
                patterns: rule
                    .patterns
                    .iter()
                    .map(|p| (if p.language == Language::Arabic { "ar" } else { "en" }, p.text.as_str()))
                    .collect(),
                triggers,
                examples: rule.examples.len(),
            })
            .collect()
    }
}

impl Fate {
    /// Whether the pattern fits, whatever came of it.
    pub fn fits(self) -> bool {
        self != Fate::Missed
    }
}
