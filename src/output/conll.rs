//! How does a document look to tools that learn or compare names: one token a line, BIO?
//!
//! ```text
//! # document = a
//! John      0   4   person/john-kerry   B-PERSON
//! Kerry     5  10   person/john-kerry   I-PERSON
//! left     11  15   _                   O
//! ```
//!
//! Columns are parted by tabs: token, first and last byte (exclusive) in the text, entity, tag; sentences by an empty
//! line. The tag stands last and the token first, as readers of the CoNLL-2003 form expect. Names and dates are tagged
//! with what they name, demonyms with `DEMONYM`; of names inside each other the outer one; roles and pronouns are no
//! names. A token ends where a name begins or ends, so that the clitic of «وكيري» is a token and the name another one:
//! bytes and tags say the same.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use crate::document::Document;
use crate::mention::{Mention, MentionKind};

/// The document, its head line with it, an empty line behind every sentence.
///
/// ```
/// let doc = isnad::Extractor::new()?.extract(isnad::Input::new("وقال كيري: لا.").id("a"));
/// let lines = isnad::output::conll::document(&doc);
/// assert!(lines.starts_with("# document = a\n"));
/// # Ok::<(), isnad::Error>(())
/// ```
pub fn document(document: &Document<'_>) -> String {
    let text = document.text();
    let mut out = format!("# document = {}\n", document.key().replace(char::is_control, " "));
    let names = outermost(document.mentions());
    let mut next = 0;
    let mut open = false;
    for (at, sentence) in text.split_sentence_bound_indices() {
        // A dot inside a name ends no sentence.
        let inside = names.get(next.max(1) - 1).is_some_and(|m| m.span().start() < at && at < m.span().end());
        if std::mem::take(&mut open) && !inside {
            out.push('\n');
        } else if inside {
            open = true;
        }
        for (offset, word) in sentence.split_word_bound_indices() {
            let (mut start, end) = (at + offset, at + offset + word.len());
            while start < end {
                while names.get(next).is_some_and(|m| m.span().end() <= start) {
                    next += 1;
                }
                let name = names.get(next).filter(|m| m.span().start() < end);
                let cut = match name {
                    Some(m) if m.span().start() > start => m.span().start(),
                    Some(m) => m.span().end().min(end),
                    None => end,
                };
                let covering = name.filter(|m| m.span().start() <= start);
                open |= line(&mut out, document, start, cut, covering.copied());
                start = cut;
            }
        }
    }
    if open {
        out.push('\n');
    }
    out
}

/// Names, demonyms and dates that lie in no other one.
fn outermost(mentions: &[Mention]) -> Vec<&Mention> {
    let mut end = 0;
    let named = |m: &&Mention| !matches!(m.kind(), MentionKind::Role | MentionKind::Pronoun);
    let mut outer = |m: &&Mention| {
        let free = m.span().start() >= end;
        end = if free { m.span().end() } else { end };
        free
    };
    mentions.iter().filter(|m| named(m) && outer(m)).collect()
}

/// Writes a token, if it is one; whether it was.
fn line(out: &mut String, document: &Document<'_>, start: usize, end: usize, name: Option<&Mention>) -> bool {
    let token = document.text().get(start..end).unwrap_or_default();
    // A direction mark clings to the tab before it, and is no token by itself.
    let token = token.trim_start_matches(blank);
    let start = end - token.len();
    if token.chars().all(|c| blank(c) || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')) {
        return false;
    }
    let (entity, tag) = match name {
        None => ("_", "O".to_owned()),
        Some(m) => {
            // The first token of a name is the first that is one: a name does not begin with a blank.
            let place = if m.span().start() == start { "B" } else { "I" };
            let kind = match m.kind() {
                MentionKind::Demonym => "DEMONYM".to_owned(),
                _ => m.entity_kind().as_str().to_ascii_uppercase(),
            };
            (document.entity(m.entity()).id(), format!("{place}-{kind}"))
        }
    };
    writeln!(out, "{token}\t{start}\t{end}\t{entity}\t{tag}").expect("writing to a string cannot fail");
    true
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}
