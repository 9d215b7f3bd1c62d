//! Does the paragraph open with the place and the agency it was sent by, and where do they end?
//!
//! ```text
//! DUBAI, United Arab Emirates, May 4 (AP) — The …       المنامة - بنا: استقبل …
//! ───────────────────────────────────────────            ──────────────
//! ```
//!
//! An agency of the list is the strongest sign; a place in capitals before a dash is enough in English.

use crate::text::words::TextWords;
use crate::text::{CaseHabit, Shape, Token, TokenKind};

/// A dateline is no longer, in tokens.
const LONGEST: usize = 24;

/// A paragraph as far as a dateline needs it.
pub(crate) struct Opening<'a> {
    /// The folded text of the page.
    pub(crate) folded: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) words: &'a TextWords,
    pub(crate) case: CaseHabit,
    /// No other body paragraph stands before it.
    pub(crate) first: bool,
}

impl Opening<'_> {
    /// How many tokens the dateline takes, its closing mark included.
    pub(crate) fn dateline(&self) -> Option<usize> {
        let first = self.tokens.iter().find(|t| t.kind == TokenKind::Word)?;
        let cased = first.shape != Shape::Caseless;
        self.in_brackets().or_else(|| self.in_parts()).or_else(|| if cased { self.in_capitals() } else { None })
    }

    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).and_then(|t| self.folded.get(t.folded.range())).unwrap_or_default()
    }

    /// The folded text from token `from` to token `to`.
    fn words(&self, from: usize, to: usize) -> &str {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(a), Some(b)) if from < to => self.folded.get(a.folded.start()..b.folded.end()).unwrap_or_default(),
            _ => "",
        }
    }

    fn is_agency(&self, from: usize, to: usize) -> bool {
        let quote = |c: char| c.is_whitespace() || "«»\"'“”".contains(c);
        let whole = self.words(from, to).trim_matches(quote);
        let parts = || whole.split([',', '،', '/', ';', '-', '–']).map(|part| part.trim_matches(quote));
        !whole.is_empty() && (self.words.is_agency(whole) || parts().any(|part| self.words.is_agency(part)))
    }

    fn is_dash(&self, i: usize) -> bool {
        matches!(self.word(i), "-" | "--" | "---" | "–" | "—" | "––" | "——")
    }

    /// Ends the sentence, or opens what no dateline holds.
    fn is_barrier(&self, i: usize) -> bool {
        matches!(self.word(i), "." | "!" | "?" | "؟" | "؛" | ";" | "..." | "..")
    }

    /// "WASHINGTON (Reuters) -", "Bahrain Mirror (Exclusive):", «دبي، الإمارات (CNN)--», «فرانكفورت (د ب أ)».
    fn in_brackets(&self) -> Option<usize> {
        let open = (0..self.tokens.len().min(LONGEST)).find(|&i| self.word(i) == "(")?;
        let close = (open + 1..self.tokens.len().min(open + 8)).find(|&i| self.word(i) == ")")?;
        if !self.is_agency(open + 1, close) || !self.is_place(0, open) {
            return None;
        }
        let next = close + 1;
        if self.is_dash(next) || self.word(next) == ":" {
            return Some(next + 1);
        }
        // Without a closing mark only a bare place is believed: «أعلنت (واس) أن» goes on with a function word.
        let words = (0..open).filter(|&i| self.tokens[i].kind == TokenKind::Word).count();
        let bare = (1..=2).contains(&words) || (words <= 5 && (0..open).any(|i| matches!(self.word(i), "," | "،")));
        let capitals = self.tokens[..open].iter().all(|t| matches!(t.shape, Shape::Upper | Shape::Caseless));
        // An adjective with the article belongs to the agency: «وكالة (تسنيم) الإيرانية».
        let joins = |word: &str| self.words.is_closed(word) || word.starts_with("ال");
        let goes_on = self.tokens.get(next).is_none_or(|t| t.kind != TokenKind::Word || joins(self.word(next)));
        (bare && capitals && !goes_on).then_some(next)
    }

    /// The words could be a place, or the name of a paper, with a day.
    fn is_place(&self, from: usize, to: usize) -> bool {
        let mut count = 0;
        for i in from..to {
            let Some(token) = self.tokens.get(i) else { return false };
            match token.kind {
                TokenKind::Number => {}
                TokenKind::Mark
                    if matches!(self.word(i), "," | "،" | "/" | "." | "'" | "*" | "•") || self.is_dash(i) => {}
                TokenKind::Mark => return false,
                TokenKind::Word => {
                    count += 1;
                    let small = token.shape == Shape::Lower && self.case != CaseHabit::Lower;
                    if small && !self.words.is_closed(self.word(i)) && token.span.len() > 2 {
                        return false;
                    }
                }
            }
        }
        count <= if self.case == CaseHabit::Lower { 4 } else { 9 }
    }

    /// «المنامة - بنا:», «واس - الرياض:», "Bahrain Mirror:" – parts divided by dashes, one of them an agency.
    fn in_parts(&self) -> Option<usize> {
        let (mut from, mut words, mut parts) = (0, 0, 0);
        let (mut agency_part, mut end) = (None, None);
        let stop = self.tokens.len().min(LONGEST);
        for i in 0..=stop {
            let dash = self.is_dash(i) && self.spaced_dash(i);
            let colon = self.word(i) == ":";
            let over = i == self.tokens.len();
            if !(dash || colon || over || matches!(self.word(i), "،" | ",")) {
                words += usize::from(self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word));
                if self.is_barrier(i) || words > 4 {
                    break;
                }
                continue;
            }
            let is_agency = self.is_agency(from, i);
            match agency_part {
                None if is_agency => agency_part = Some(parts),
                // After the agency another part counts only if a colon closes it, and if it is short: a sentence
                // that ends in a colon may begin here.
                Some(first) if colon && words <= if first == 0 { 2 } else { 1 } => return Some(i + 1),
                _ => {}
            }
            match agency_part {
                Some(_) if colon => return if is_agency { Some(i + 1) } else { end },
                Some(part) if over && parts > 0 && (part > 0 || words <= 2) => return Some(i),
                Some(_) if dash && is_agency && (parts > 0) => end = Some(i + 1),
                Some(_) if !is_agency => break,
                None if colon || over => break,
                _ => {}
            }
            (from, words, parts) = (i + 1, 0, parts + 1);
        }
        end
    }

    /// A dash with a blank on one side at least; "Al-Thani" has none.
    fn spaced_dash(&self, i: usize) -> bool {
        let after = self.tokens.get(i + 1).is_none_or(|t| t.spaced);
        self.tokens.get(i).is_some_and(|t| t.spaced || after || t.span.len() > 1)
    }

    /// "LONDON, April 3 -", "NEW DELHI:", "new delhi:" – a place by its letters.
    fn in_capitals(&self) -> Option<usize> {
        if matches!(self.case, CaseHabit::Upper | CaseHabit::Title) {
            return None;
        }
        let lower = self.case == CaseHabit::Lower;
        let mut words = 0;
        let mut comma = false;
        for i in 0..self.tokens.len().min(12) {
            let token = self.tokens.get(i)?;
            match token.kind {
                TokenKind::Word => {
                    words += 1;
                    let upper =
                        token.shape == Shape::Upper && (token.span.len() > 2 || words > 1) && (comma || words <= 3);
                    let later = comma && token.shape == Shape::Capitalised;
                    let small = lower && token.shape == Shape::Lower && words <= 3;
                    if !(upper || later || small) {
                        return None;
                    }
                }
                TokenKind::Number if comma => {}
                TokenKind::Number => return None,
                TokenKind::Mark if self.word(i) == "," && words > 0 => comma = true,
                TokenKind::Mark if self.word(i) == "/" && words > 0 => {}
                TokenKind::Mark if self.word(i) == ":" => {
                    return (self.first && (1..=3).contains(&words) && !comma).then_some(i + 1);
                }
                TokenKind::Mark if self.is_dash(i) && self.spaced_dash(i) && token.spaced => {
                    let capital =
                        self.tokens.get(i + 1).is_some_and(|t| matches!(t.shape, Shape::Capitalised | Shape::Upper));
                    let name = self.tokens.first().is_some_and(|t| t.span.len() > 3);
                    return (!lower && words > 0 && capital && (name || comma)).then_some(i + 1);
                }
                TokenKind::Mark => return None,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::text::read::read;
    use crate::text::words::for_tests;

    fn dateline(text: &str) -> String {
        let page = read(text, &for_tests());
        page.paragraphs[0].dateline.map(|span| page.text[span].to_owned()).unwrap_or_default()
    }

    #[test]
    fn english() {
        for (text, found) in [
            ("WASHINGTON (Reuters) - The minister said so.", "WASHINGTON (Reuters) -"),
            ("BEIJING/SEOUL (Reuters) - The minister said so.", "BEIJING/SEOUL (Reuters) -"),
            (
                "DUBAI, United Arab Emirates, May 4 (AP) — The minister said so.",
                "DUBAI, United Arab Emirates, May 4 (AP) —",
            ),
            ("Bahrain Mirror (Exclusive): The minister said so.", "Bahrain Mirror (Exclusive):"),
            ("(CNN) -- The minister said so.", "(CNN) --"),
            ("LONDON, April 3 - The minister said so.", "LONDON, April 3 -"),
            ("new delhi: the minister said so on tuesday.", "new delhi:"),
            ("The minister (AP photo) said so.", ""),
            ("The Associated Press (AP) reported it.", ""),
            ("Obama: We will not go there.", ""),
            ("Kerry - who had met him - said so.", ""),
        ] {
            assert_eq!(dateline(text), found, "{text:?}");
        }
    }

    #[test]
    fn arabic() {
        for (text, found) in [
            ("المنامة - بنا: استقبل الوزير السفير.", "المنامة - بنا:"),
            ("واس - القاهرة : استقبل الوزير السفير.", "واس - القاهرة :"),
            ("دبي، الإمارات العربية المتحدة (CNN)-- استقبل الوزير السفير.", "دبي، الإمارات العربية المتحدة (CNN)--"),
            ("فرانكفورت (د ب أ) استقبل الوزير السفير.", "فرانكفورت (د ب أ)"),
            ("سالم الأحمد- سبق- الرياض: استقبل الوزير السفير.", "سالم الأحمد- سبق- الرياض:"),
            ("بوجومبورا - د.ب.أ: استقبل الوزير السفير.", "بوجومبورا - د.ب.أ:"),
            ("القاهرة - رويترز - قال الوزير: لن أذهب.", "القاهرة - رويترز -"),
            ("وقالت وكالة الأنباء السعودية (واس) إن الوزير وصل.", ""),
            ("وأعلنت (واس) أن الوزير وصل.", ""),
            ("ونقلت وكالة (تسنيم) الإيرانية ذلك.", ""),
            ("الجبير: لا حوار قبل ذلك.", ""),
        ] {
            assert_eq!(dateline(text), found, "{text:?}");
        }
    }
}
