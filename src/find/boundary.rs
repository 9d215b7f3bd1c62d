//! Which occurrences are whole words, and which Arabic letters before them are legal clitics?
//!
//! ```text
//! tokens   وبالبحرين   united states of americas
//! hit      ··البحرين   united states              clitic «وب» outside; `americas` is no end of a word of the longer name
//! ```

use std::ops::Range;

use super::automaton::Automaton;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::patterns::Meaning;
use crate::text::arabic::is_letter;
use crate::text::{Page, TokenKind};

/// One meaning of one occurrence that passed the boundary test.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) tokens: Range<u32>,
    /// Folded bytes of the first token that stand before the hit: its clitics.
    pub(crate) clitic: u32,
    pub(crate) meaning: Meaning,
}

/// All hits of a page, by start.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    /// `first[t]..first[t + 1]` are the hits that start at token `t`.
    first: Vec<u32>,
    haystack: String,
    starts: Vec<u32>,
}

impl Hits {
    /// The hits that start at a token, longer ones first.
    pub(crate) fn at(&self, token: u32) -> &[Hit] {
        let t = token as usize;
        match (self.first.get(t), self.first.get(t + 1)) {
            (Some(&a), Some(&b)) => &self.all[a as usize..b as usize],
            _ => &[],
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Hit> {
        self.all.iter()
    }

    /// Searches a page.
    pub(crate) fn search(&mut self, page: &Page<'_>, automaton: &Automaton, gazetteer: &Gazetteer) {
        self.lay_out(page);
        let Hits { all, haystack, starts, .. } = self;
        all.clear();
        let mut last = 0usize; // the token in which the match ends: in one search ends only rise
        automaton.scan(gazetteer, haystack, |pattern, start, end| {
            // The search begins anew for a user's own spellings.
            if starts.get(last).is_some_and(|&at| at as usize >= end) {
                last = 0;
            }
            while last + 1 < starts.len() && (starts[last + 1] as usize) < end {
                last += 1;
            }
            if last >= page.tokens.len() || end != starts[last] as usize + page.tokens[last].folded.len() {
                return;
            }
            // "yesterday." ends a sentence: only a dot that belongs to its word ("Oct.") is part of a name.
            if page.tokens[last].kind == TokenKind::Mark && end - start > 1 && haystack.as_bytes()[end - 1] == b'.' {
                return;
            }
            let mut first = last;
            while (starts[first] as usize) > start {
                first -= 1;
            }
            let clitic = start - starts[first] as usize;
            let prefix = haystack.get(starts[first] as usize..start).unwrap_or_default();
            let after_lam = prefix.ends_with('ل');
            if clitic > 0 && !legal_clitic(prefix) {
                return;
            }
            for entry in gazetteer.meanings(pattern) {
                if entry.after_lam && !after_lam {
                    continue;
                }
                all.push(Hit { tokens: first as u32..last as u32 + 1, clitic: clitic as u32, meaning: entry.meaning });
            }
        });
        all.sort_by_key(|h| (h.tokens.start, std::cmp::Reverse(h.tokens.end), h.clitic, h.meaning));
        self.first.clear();
        self.first.resize(page.tokens.len() + 1, 0);
        for hit in &self.all {
            self.first[hit.tokens.start as usize + 1] += 1;
        }
        for i in 1..self.first.len() {
            self.first[i] += self.first[i - 1];
        }
    }

    /// The searched text: folded tokens with one space where the text had white space, and a line feed between
    /// paragraphs, so that a name may run over a wrapped line but not over a paragraph's end.
    fn lay_out(&mut self, page: &Page<'_>) {
        self.haystack.clear();
        self.starts.clear();
        let mut paragraph = u32::MAX;
        for token in &page.tokens {
            if token.paragraph != paragraph {
                self.haystack.push('\n');
                paragraph = token.paragraph;
            } else if token.spaced {
                self.haystack.push(' ');
            }
            self.starts.push(self.haystack.len() as u32);
            self.haystack.push_str(&page.folded.text[token.folded]);
        }
    }
}

/// و or ف, then ب, ك or ل: what may be glued to a noun. The ل of لل belongs to the clitic, its second ل to the name.
pub(crate) fn legal_clitic(prefix: &str) -> bool {
    let rest = prefix.strip_prefix(['و', 'ف']).unwrap_or(prefix);
    matches!(rest, "" | "ب" | "ك" | "ل")
}

/// Whether a token is a word in Arabic letters.
pub(crate) fn is_arabic_word(page: &Page<'_>, token: u32) -> bool {
    page.tokens.get(token as usize).is_some_and(|t| t.kind == TokenKind::Word)
        && page.word(token).as_bytes().first().is_some_and(|b| !b.is_ascii())
        && page.word(token).starts_with(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics() {
        for legal in ["و", "ف", "ب", "ك", "ل", "وب", "فل", "ول"] {
            assert!(legal_clitic(legal), "{legal}");
        }
        for torn in ["ا", "س", "بو", "ال", "وال", "لل", "وو"] {
            assert!(!legal_clitic(torn), "{torn}");
        }
    }
}
