//! What stands in the text before anyone looks for names: paragraphs, folded text, tokens, sentences, quotations.
//!
//! ```text
//! text ─► fold ─► layout ─► token ─► quotation ─► sentence  ─►  Page
//! ```
//!
//! One [`Page`] holds it all; later stages read it and never change it.

use std::ops::Range;

use crate::date::Date;
use crate::span::Span;

pub(crate) mod align;
pub(crate) mod arabic;
#[cfg(test)]
mod cases;
pub(crate) mod class;
pub(crate) mod dateline;
pub(crate) mod day;
pub(crate) mod fold;
pub(crate) mod lang;
pub(crate) mod layout;
pub(crate) mod lines;
pub(crate) mod mark;
pub(crate) mod quotation;
pub(crate) mod read;
pub(crate) mod sentence;
pub(crate) mod token;
pub(crate) mod words;

/// The language of a paragraph, by script and by tell-tale letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    English,
    Arabic,
    /// Persian, Urdu, Cyrillic, … : read for names of the gazetteer in Latin or Arabic script, no rules are run.
    Other,
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ParagraphKind {
    Headline,
    Body,
    /// A line that holds only the day (and hour) of publication.
    DateLine,
    /// Navigation, share buttons, comment boxes: yields nothing.
    Furniture,
}

#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    /// Original bytes, without surrounding white space.
    pub(crate) span: Span,
    pub(crate) kind: ParagraphKind,
    pub(crate) language: Language,
    /// The earlier paragraph of which this one is a letter-for-letter copy.
    pub(crate) copy_of: Option<u32>,
    /// Every cased word is in capitals, or none is: capitals tell nothing here.
    pub(crate) case: CaseHabit,
    /// Where a dateline opens the paragraph ("WASHINGTON (Reuters) -", «المنامة - بنا:»): its original bytes,
    /// up to and with the mark that closes it. It is the paragraph's first sentence; the text proper begins after it.
    pub(crate) dateline: Option<Span>,
    pub(crate) tokens: Range<u32>,
    pub(crate) sentences: Range<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CaseHabit {
    /// Ordinary running text: a capital inside a sentence marks a name.
    Sentence,
    /// Most Words Are Capitalised, as in a headline.
    Title,
    /// ALL IN CAPITALS.
    Upper,
    /// No capital at all although there are Latin words (or but a few stray ones in a long text).
    Lower,
    /// No cased letters (Arabic).
    Caseless,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TokenKind {
    Word,
    Number,
    /// One punctuation mark or symbol; a run of the same dots or dashes is one.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Lower,
    /// First letter a capital, another one small ("Kerry", "McCain").
    Capitalised,
    /// Two or more capitals and no small letter ("USA", "U.S."), or one capital alone ("A", "J.").
    Upper,
    /// Small first, capitals later ("iPhone", "al-Qaida" is Lower-first with a capital: Mixed).
    Mixed,
    /// Arabic and other scripts without case, numbers, marks.
    Caseless,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Original bytes.
    pub(crate) span: Span,
    /// Bytes in [`Page::folded`].
    pub(crate) folded: Span,
    pub(crate) kind: TokenKind,
    pub(crate) shape: Shape,
    /// White space (or a paragraph's start) stands before it.
    pub(crate) spaced: bool,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    #[cfg_attr(not(test), expect(dead_code, reason = "what the snapshots of sentences show"))]
    pub(crate) span: Span,
    pub(crate) tokens: Range<u32>,
    pub(crate) paragraph: u32,
}

/// A stretch between quotation marks.
#[derive(Clone, Debug)]
pub(crate) struct Quotation {
    /// With its marks.
    pub(crate) outer: Span,
    /// Without them.
    pub(crate) inner: Span,
    /// The tokens inside, marks excluded.
    pub(crate) tokens: Range<u32>,
    /// 0 for an outermost quotation, 1 for one inside it, …
    pub(crate) depth: u8,
    /// Whether a closing mark was found; otherwise it ends with its paragraph.
    pub(crate) closed: bool,
    /// The index of the quotation that this one carries on (a new opening mark in the next paragraph while the
    /// former had no closing one).
    pub(crate) continues: Option<u32>,
}

/// The text, read. All indices (`tokens`, `sentences`, …) are into this page's vectors.
#[derive(Debug)]
pub(crate) struct Page<'t> {
    pub(crate) text: &'t str,
    pub(crate) folded: fold::Folded,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) quotations: Vec<Quotation>,
    /// The day of publication that a date line gives, with its original bytes.
    pub(crate) date_line: Option<(Date, Span)>,
    /// What the reader of the result ought to know: a quotation left open, a text cut at 4 GiB.
    pub(crate) warnings: Vec<String>,
}

impl<'t> Page<'t> {
    /// The folded form of a token.
    pub(crate) fn word(&self, token: u32) -> &str {
        self.tokens.get(token as usize).map_or("", |t| &self.folded.text.as_str()[t.folded])
    }

    /// The token as it was written.
    pub(crate) fn raw(&self, token: u32) -> &'t str {
        self.tokens.get(token as usize).map_or("", |t| &self.text[t.span])
    }
}
