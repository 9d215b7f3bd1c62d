//! Whom does a corpus name with a title that no list holds?
//!
//! ```text
//! "Finnish Foreign Minister Timo Soini", "Mr Soini"   ─►  Timo Soini, 2 times, first seen in "… Minister Timo Soini …"
//! ```
//!
//! A name after a title or a role is somebody's for sure, and somebody of public affairs most likely: the names found
//! here are the list to grow next.

use std::collections::HashMap;

use crate::document::Document;
use crate::entity::EntityKind;
use crate::extractor::{Extractor, Input, Scratch};
use crate::mention::MentionKind;
use crate::span::Span;
use crate::text::arabic::is_letter;
use crate::text::fold::fold_str;

/// How many titled names there were, and how many of them got an id that a gazetteer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Names of persons that stand after a title or a role, each time they do.
    pub titled: usize,
    /// Those with a known id.
    pub known: usize,
}

impl Share {
    /// Known of titled, from 0 to 1; of nothing, nothing.
    pub fn ratio(self) -> f64 {
        if self.titled == 0 { 0.0 } else { self.known as f64 / self.titled as f64 }
    }
}

/// A titled name that no list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    name: String,
    language: &'static str,
    count: usize,
    documents: usize,
    example: String,
    document: Option<String>,
}

impl Unknown {
    /// The name as it was first written.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `ar` for a name in Arabic letters, else `en`.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// How often it stands after a title or a role.
    pub fn count(&self) -> usize {
        self.count
    }

    /// In how many documents.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// The words around its first place, on one line.
    pub fn example(&self) -> &str {
        &self.example
    }

    /// The id of the document of its first place, if that had one.
    pub fn document(&self) -> Option<&str> {
        self.document.as_deref()
    }
}

/// Gathers the titled names of a corpus, document by document.
///
/// ```
/// let isnad = isnad::Extractor::new()?;
/// let mut survey = isnad::curate::Survey::new();
/// survey.read(&isnad, "Prime Minister Borvath Quellenmoor met US Secretary of State John Kerry.");
/// let names: Vec<&str> = survey.unknown().iter().map(|u| u.name()).collect();
/// assert_eq!(names, ["Borvath Quellenmoor"]);
/// assert_eq!(survey.share("en"), isnad::curate::Share { titled: 2, known: 1 });
/// # Ok::<(), isnad::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Survey {
    scratch: Scratch,
    english: Share,
    arabic: Share,
    documents: usize,
    /// By the folded name, so that spellings that fold to one are one.
    unknown: HashMap<String, (Unknown, usize)>,
}

/// Characters of an example on either side of the name.
const AROUND: usize = 60;

impl Survey {
    /// A survey of nothing yet.
    pub fn new() -> Self {
        Survey::default()
    }

    /// Reads one document more.
    pub fn read<'t>(&mut self, isnad: &Extractor, input: impl Into<Input<'t>>) {
        self.scratch.titled = Some(Vec::new());
        let doc = isnad.extract_with(input, &mut self.scratch);
        let mut titled = self.scratch.titled.take().unwrap_or_default();
        titled.sort_unstable();
        self.documents += 1;
        for mention in doc.mentions() {
            let person = mention.kind() == MentionKind::Name && mention.entity_kind() == EntityKind::Person;
            if !person || titled.binary_search(&mention.span()).is_err() {
                continue;
            }
            let words = &doc[mention.span()];
            let arabic = words.chars().any(is_letter);
            let share = if arabic { &mut self.arabic } else { &mut self.english };
            share.titled += 1;
            if doc.entity(mention.entity()).is_known() {
                share.known += 1;
                continue;
            }
            let fresh = || {
                let unknown = Unknown {
                    name: words.split_whitespace().collect::<Vec<_>>().join(" "),
                    language: if arabic { "ar" } else { "en" },
                    count: 0,
                    documents: 0,
                    example: around(&doc, mention.span()),
                    document: doc.id().map(str::to_owned),
                };
                (unknown, 0)
            };
            let (unknown, last) = self.unknown.entry(fold_str(words)).or_insert_with(fresh);
            unknown.count += 1;
            unknown.documents += usize::from(*last != self.documents);
            *last = self.documents;
        }
    }

    /// How many documents were read.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// The share of known ones among the titled names in `en` (Latin letters) or `ar`.
    pub fn share(&self, language: &str) -> Share {
        if language == "ar" { self.arabic } else { self.english }
    }

    /// The names that no list holds, the most frequent first, equals by name.
    pub fn unknown(&self) -> Vec<&Unknown> {
        let mut all: Vec<&Unknown> = self.unknown.values().map(|(unknown, _)| unknown).collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        all
    }
}

/// The words around a span, on one line, cut between words where it can be.
pub(crate) fn around(doc: &Document<'_>, span: Span) -> String {
    let text = doc.text();
    let before = text.get(..span.start()).unwrap_or_default();
    let after = text.get(span.end()..).unwrap_or_default();
    // A paragraph more would be another subject.
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(i, c)| i + c.len_utf8());
    let start = if start == 0 { 0 } else { before[start..].find(' ').map_or(start, |gap| start + gap + 1) };
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
    let end = if end == after.len() { end } else { after[..end].rfind(' ').unwrap_or(end) };
    let (left, right) = (if start > 0 { "… " } else { "" }, if end < after.len() { " …" } else { "" });
    let line = format!("{left}{}{}{}{right}", &before[start..], &doc[span], &after[..end]);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn isnad() -> Extractor {
        let words = "class\tlang\tform\tvalue\ntitle\ten\tMr\tm\ntitle\tar\tالسيد\tm\n";
        let names = "name\tlang\tid\nAda Quill\ten\tperson/ada-quill\n";
        let parts = "part\tlang\tkind\nTorvald\ten\tgiven\n";
        let builder = Extractor::builder().without_bundled();
        builder.gazetteer("w", words).gazetteer("n", names).gazetteer("p", parts).build().unwrap()
    }

    #[test]
    fn titled_names_are_counted_and_the_known_ones_left_out() {
        let (isnad, mut survey) = (isnad(), Survey::new());
        survey
            .read(&isnad, Input::new("Mr Ada Quill met Mr Torvald Reeves.\n\nLater Mr Torvald Reeves left.").id("one"));
        survey.read(&isnad, "Mr Torvald Reeves stayed.");
        let unknown = survey.unknown();
        let [reeves] = unknown.as_slice() else { panic!("{unknown:?}") };
        assert_eq!((reeves.name(), reeves.language()), ("Torvald Reeves", "en"));
        assert_eq!((reeves.count(), reeves.documents(), reeves.document()), (3, 2, Some("one")));
        assert_eq!(reeves.example(), "Mr Ada Quill met Mr Torvald Reeves.");
        assert_eq!(survey.share("en"), Share { titled: 4, known: 1 });
        assert_eq!(survey.share("ar"), Share::default());
    }

    #[test]
    fn an_example_is_one_line_between_words() {
        let isnad = isnad();
        let text = format!("{} Mr Ada Quill {}", "one two three ".repeat(9), "four five six ".repeat(9));
        let doc = isnad.extract(text.as_str());
        let example = around(&doc, doc.mentions()[0].span());
        assert!(example.starts_with("… ") && example.ends_with(" …") && example.contains("Ada Quill"), "{example}");
        assert!(example.chars().count() < 2 * AROUND + 20, "{example}");
    }
}
