//! Where does each sentence end?
//!
//! ```text
//! Gen. Dempsey met him at 5 p.m. in the U.S. capital. │ "We talked." │ Then he left.
//! ```
//!
//! Tokens have already taken the dots of abbreviations and numbers to themselves; what is left are stops, and
//! abbreviations that may also end a sentence. Newlines end sentences by ending paragraphs.

use std::ops::Range;

use crate::text::class::Class;
use crate::text::quotation::Role;
use crate::text::words::{After, TextWords};
use crate::text::{CaseHabit, Shape, Token, TokenKind};

/// An attribution after a quoted question ("…?" the minister asked.) is no longer than this, in tokens.
const ATTRIBUTION: usize = 6;

/// A paragraph as far as its sentences need it.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    /// The folded text of the page.
    pub(crate) folded: &'a str,
    /// The paragraph's tokens, and what each does for quotations.
    pub(crate) tokens: &'a [Token],
    pub(crate) roles: &'a [Role],
    pub(crate) case: CaseHabit,
    pub(crate) words: &'a TextWords,
}

impl Reader<'_> {
    /// The sentences from token `from` on, as ranges of the paragraph's tokens.
    pub(crate) fn sentences(&self, from: usize) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        let (mut start, mut i) = (from, from);
        while i < self.tokens.len() {
            match self.ends_at(start, i) {
                Some(end) => {
                    all.push(start..end);
                    (start, i) = (end, end);
                }
                None => i += 1,
            }
        }
        if start < self.tokens.len() {
            all.push(start..self.tokens.len());
        }
        all
    }

    fn raw(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.text[t.span])
    }

    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.folded[t.folded])
    }

    /// One past the sentence's last token, if token `i` ends it.
    fn ends_at(&self, start: usize, i: usize) -> Option<usize> {
        let token = self.tokens.get(i)?;
        match token.kind {
            TokenKind::Mark => self.after_mark(start, i),
            TokenKind::Word if self.raw(i).ends_with('.') => self.after_abbreviation(i),
            _ => None,
        }
    }

    fn after_mark(&self, start: usize, i: usize) -> Option<usize> {
        let mark = self.raw(i);
        let (stop, dots) = match mark {
            "." | "۔" | "。" => (true, false),
            "!" | "?" | "؟" | "‼" | "⁇" | "⁈" | "⁉" => (false, false),
            "…" => (false, true),
            _ if mark.starts_with('.') => (false, true),
            _ => return None,
        };
        // "?!", "!!", "?..": the last one decides.
        let mut end = i + 1;
        while matches!(self.raw(end), "!" | "?" | "؟") || end > i + 1 && self.raw(end).starts_with('.') {
            end += 1;
        }
        let bare = end;
        end = self.closing(end);
        let Some(next) = self.tokens.get(end) else { return Some(end) };
        if stop && self.is_item_number(start, i) {
            return None;
        }
        let quoted = end > bare && self.roles.get(bare..end).is_some_and(|roles| roles.contains(&Role::Closes));
        let upright = self.starts_sentence(end);
        let arabic_next = self.class(end) == Some(Class::Arabic);
        if dots {
            // Arabic papers put two dots where others put a dash.
            return (quoted || !arabic_next).then_some(()).filter(|()| upright && next.spaced).map(|()| end);
        }
        if !stop && quoted && self.is_attribution(end) {
            return None;
        }
        if next.spaced || end > bare {
            let glued = !next.spaced && next.kind == TokenKind::Mark && self.roles.get(end) != Some(&Role::Opens);
            return (upright && !glued).then_some(end);
        }
        self.glued_stop(i, end).then_some(end)
    }

    /// Quotation marks and brackets that close behind a stop belong to the sentence that it ends.
    fn closing(&self, from: usize) -> usize {
        let mut end = from;
        while let Some(token) = self.tokens.get(end) {
            let closes = match self.roles.get(end) {
                Some(Role::Closes) => true,
                Some(Role::Opens) => false,
                _ => !token.spaced && matches!(self.raw(end), ")" | "]" | "}" | "\"" | "'" | "”" | "’" | "»"),
            };
            if !closes {
                break;
            }
            end += 1;
        }
        end
    }

    fn class(&self, i: usize) -> Option<Class> {
        self.raw(i).chars().next().map(Class::of)
    }

    /// Whether a sentence can begin with this token: with anything but a small letter or a mark that joins.
    fn starts_sentence(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return true };
        match token.kind {
            TokenKind::Mark if self.roles.get(i) == Some(&Role::Opens) || matches!(self.raw(i), "(" | "[") => {
                // "." "(he said)": what stands inside decides.
                self.tokens.get(i + 1).is_none_or(|t| t.shape != Shape::Lower || self.case == CaseHabit::Lower)
            }
            TokenKind::Mark => !matches!(self.raw(i), "," | ";" | ":" | "،" | "؛" | ")" | "]"),
            _ => token.shape != Shape::Lower || self.case == CaseHabit::Lower,
        }
    }

    /// "1. First": the number of an item.
    fn is_item_number(&self, start: usize, i: usize) -> bool {
        i == start + 1 && self.tokens.get(start).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() <= 4)
    }

    /// "…?" the minister asked.
    fn is_attribution(&self, from: usize) -> bool {
        if self.case == CaseHabit::Lower || self.tokens.get(from).is_some_and(|t| t.kind == TokenKind::Mark) {
            return self.case == CaseHabit::Lower;
        }
        let short =
            (from..self.tokens.len().min(from + ATTRIBUTION + 1)).find(|&i| matches!(self.raw(i), "." | ":" | ","));
        let over = self.tokens.len() <= from + ATTRIBUTION;
        self.class(from) != Some(Class::Arabic) && (short.is_some_and(|i| i >= from + 2) || over && short.is_none())
    }

    /// A stop without a blank after it ("process.We", «المنطقة.وقال») ends a sentence between two whole words.
    fn glued_stop(&self, i: usize, end: usize) -> bool {
        let Some((before, after)) = i.checked_sub(1).and_then(|b| self.tokens.get(b)).zip(self.tokens.get(end)) else {
            return false;
        };
        if before.kind != TokenKind::Word || after.kind != TokenKind::Word {
            // «.»: a mark of its own follows
            return self.roles.get(end) == Some(&Role::Opens);
        }
        let letters = |i: usize| self.word(i).chars().count();
        match (self.class(i - 1), self.class(end)) {
            (Some(Class::Arabic), Some(Class::Arabic)) => letters(i - 1) >= 4 && letters(end) >= 3,
            _ => before.shape == Shape::Lower && after.shape == Shape::Capitalised && letters(end) > 1,
        }
    }

    /// An abbreviation ends the sentence where a function word with a capital follows; before a name never.
    fn after_abbreviation(&self, i: usize) -> Option<usize> {
        let end = self.closing(i + 1);
        let Some(next) = self.tokens.get(end) else { return Some(end) };
        if !next.spaced || !matches!(next.shape, Shape::Capitalised | Shape::Upper) {
            let quote = self.roles.get(end) == Some(&Role::Opens)
                && self.tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Capitalised);
            let dotted = self.word(i).matches('.').count() > 1;
            return (next.spaced && quote && dotted).then_some(end);
        }
        if self.words.abbreviation(self.word(i)).is_some_and(|a| a.after != After::Anything) {
            return None;
        }
        // "John F. The": an initial between names; "plan B. The": a word before it.
        let initial = self.word(i).chars().count() == 2;
        let named = i.checked_sub(1).and_then(|b| self.tokens.get(b)).is_none_or(|t| t.shape != Shape::Lower);
        (self.words.is_closed(self.word(end)) && next.shape == Shape::Capitalised && !(initial && named)).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::read::read;
    use crate::text::words::for_tests;

    fn split(text: &str) -> String {
        let page = read(text, &for_tests());
        page.sentences.iter().map(|s| &page.text[s.span]).collect::<Vec<_>>().join(" │ ")
    }

    #[test]
    fn english() {
        for text in [
            "Gen. Dempsey met John F. Kerry at 5 p.m. in the U.S. capital. │ Then he left.",
            "It is in the U.S. │ He said so. │ It grew by 3.5 percent.",
            "\"We talked. │ We will talk again,\" he said.",
            "He said \"we go.\" │ She stayed.",
            "\"Is it so?\" the minister asked. │ \"Yes!\" he said.",
            "\"Why now?\" Kerry asked. │ Nobody knew.",
            "He paused... and went on. │ He paused... │ Then he went.",
            "He left (on Sept. 11). │ They stayed.",
            "1. First of all, he left. │ 2. He came back.",
            "Yahoo! said it would. │ Really?! │ Yes.",
            "Acme Inc. bought it. │ Dr. No lost.",
        ] {
            assert_eq!(split(&text.replace(" │ ", " ")), text);
        }
    }

    #[test]
    fn arabic() {
        for text in [
            "قال د.ناصر إنه سيعود. │ وأضاف أن اللقاء كان مهما.",
            "هل يعود؟ │ نعم! │ سيعود قريبا؛ هكذا قال.",
            "«سنمضي». │ وأضاف: «لن نعود.» │ ثم غادر.",
            "ذكرت (أ.ف.ب) أن السعر بلغ 3.5 في المئة. │ ثم ارتفع.",
            "قبل القمة.. خطوة جديدة",
            "زار موقع بيت.كوم أمس. │ ثم عاد",
        ] {
            assert_eq!(split(&text.replace(" │ ", " ")), text);
        }
        assert_eq!(split("استقر الأمن في المنطقة.وقال الوزير ذلك"), "استقر الأمن في المنطقة. │ وقال الوزير ذلك");
    }

    #[test]
    fn a_blank_was_forgotten() {
        assert_eq!(split("We encourage that process.We go on."), "We encourage that process. │ We go on.");
    }

    #[test]
    fn lower_case_text() {
        assert_eq!(
            split("new delhi: the minister met him. he left on tuesday."),
            "new delhi: │ the minister met him. │ he left on tuesday."
        );
    }
}
