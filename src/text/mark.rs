//! Which quotation marks does a paragraph hold, and to which side does each lean?
//!
//! ```text
//! "We ‘talk,'" he said     form   either open either either
//! ^   ^     ^^             place  open   open close  close
//! ```
//!
//! The form of a mark is what it is by itself, its place what its surroundings say. They contradict each other in
//! real text; [`crate::text::quotation`] decides with what is open.

use crate::text::class::Class;
use crate::text::{Token, TokenKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Double,
    Single,
    Guillemet,
}

/// What a mark is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Open,
    Close,
    /// Straight marks, and those that stand between two letters or two blanks.
    Either,
}

/// A quotation mark of a paragraph; doubled ones take two tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    pub(crate) family: Family,
    /// What its form says.
    pub(crate) form: Side,
    /// What its surroundings say.
    pub(crate) place: Side,
}

/// The tokens of one paragraph, for its marks.
pub(crate) struct Marks<'a> {
    pub(crate) text: &'a str,
    /// The page's tokens, and which of them are the paragraph's.
    pub(crate) tokens: &'a [Token],
    pub(crate) range: std::ops::Range<usize>,
}

impl Marks<'_> {
    /// The quotation marks of the paragraph, with what form and place say of them.
    pub(crate) fn marks(&self) -> Vec<Mark> {
        let range = self.range.clone();
        let mut marks = Vec::new();
        let mut i = range.start;
        while i < range.end {
            let Some((family, form)) = self.tokens.get(i).and_then(|t| self.kind(t)) else {
                i += 1;
                continue;
            };
            let (mut end, mut family, mut form) = (i + 1, family, form);
            // Typewriters and converters double them: ``text'', ""text"".
            if let Some(next) = self.tokens.get(end).filter(|_| end < range.end)
                && !next.spaced
                && self.text[next.span] == self.text[self.tokens[i].span]
                && matches!(&self.text[next.span], "'" | "`" | "\"" | "’" | "‘")
            {
                (end, family) = (end + 1, Family::Double);
                if form == Side::Either && &self.text[next.span] == "`" {
                    form = Side::Open;
                }
            }
            marks.push(Mark { first: i, end, family, form, place: self.place(i, end, &range) });
            i = end;
        }
        marks
    }

    fn kind(&self, token: &Token) -> Option<(Family, Side)> {
        if token.kind != TokenKind::Mark {
            return None;
        }
        Some(match &self.text[token.span] {
            "\"" | "″" | "＂" => (Family::Double, Side::Either),
            "“" | "„" | "‟" => (Family::Double, Side::Open),
            "”" => (Family::Double, Side::Close),
            "'" => (Family::Single, Side::Either),
            "‘" | "‚" | "‛" | "`" | "‹" => (Family::Single, Side::Open),
            "’" | "›" => (Family::Single, Side::Close),
            "«" | "《" => (Family::Guillemet, Side::Open),
            "»" | "》" => (Family::Guillemet, Side::Close),
            _ => return None,
        })
    }

    fn is_clitic(&self, i: usize) -> bool {
        let letters = |t: &Token| self.text[t.span].chars().filter(|&c| Class::of(c) == Class::Arabic).count();
        self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() < 24 && letters(t) == 1)
    }

    /// What stands before and after: a blank outside and a word inside make the side.
    fn place(&self, first: usize, end: usize, range: &std::ops::Range<usize>) -> Side {
        let blank_before = first == range.start || self.tokens.get(first).is_some_and(|t| t.spaced);
        let blank_after = end >= range.end || self.tokens.get(end).is_some_and(|t| t.spaced);
        let mark = |i: Option<usize>, set: &str| {
            i.and_then(|i| self.tokens.get(i))
                .is_some_and(|t| t.kind == TokenKind::Mark && self.text[t.span].contains(|c| set.contains(c)))
        };
        let quote = |i: Option<usize>| mark(i, "\"'“”„‘’«»`");
        let before = first.checked_sub(1);
        // A lone letter is a clitic (و ل ب): what it leans on begins here. So does what a colon announces.
        let clitic = !blank_before && before.is_some_and(|b| self.is_clitic(b));
        if clitic || first > range.start && mark(before, ":") {
            return Side::Open;
        }
        let opener_before = blank_before || mark(before, "([{—–-/:،،؛=") || quote(before);
        let closer_after = blank_after || mark(Some(end), ".,;:!?)]}—–،؛؟…") || quote(Some(end));
        let stop_before = !blank_before && mark(before, ".,!?؟،…");
        let opens = opener_before && !blank_after && (!closer_after || quote(Some(end)));
        let closes = !blank_before && closer_after;
        if stop_before && opens {
            return Side::Either;
        }
        match (opens, closes) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            // Between two marks: a blank on one side decides.
            (true, true) if blank_before => Side::Open,
            (true, true) if blank_after => Side::Close,
            _ => Side::Either,
        }
    }
}

impl Mark {
    /// Whether it may end a quotation.
    pub(crate) fn may_close(&self) -> bool {
        match self.family {
            Family::Single => self.form != Side::Open && self.place == Side::Close,
            _ => self.form == Side::Close || self.place != Side::Open,
        }
    }
}

/// Whether the straight double marks of a paragraph, read by their place alone, make balanced brackets deeper than
/// one: then a straight mark inside a straight quotation is a nested one.
pub(crate) fn straight_marks_nest(marks: &[Mark]) -> bool {
    let (mut depth, mut deepest) = (0i32, 0);
    for mark in marks.iter().filter(|m| m.family == Family::Double && m.form == Side::Either) {
        match mark.place {
            Side::Open => depth += 1,
            Side::Close => depth -= 1,
            Side::Either => return false,
        }
        deepest = deepest.max(depth);
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && deepest > 1
}
