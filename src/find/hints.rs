//! What do the words beside an ambiguous name say about which of its bearers is meant?
//!
//! ```text
//! «صحيفة الرياض»      the newspaper          hint «صحيفة»      before organisation.media
//! "Washington state"  the region             hint "state"      after  place.region
//! «قطر الدائرة»        no name: "diameter"    hint «الدائرة»    after  word               of=قطر
//! ```
//!
//! Hints are rows of the words tables (class `hint`); the column `value` reads `SIDE READING WEIGHT [of=NAME]`:
//!
//! | part | what stands there |
//! |---|---|
//! | side | `before` or `after` the name, or `near` it: in the same sentence, a few words off |
//! | reading | a kind (`place`), a kind and what sort (`place.capital`), an id, `word`: no name at all, `metonym`: a capital or country stands for its government, `city`: it does not |
//! | weight | 1 a little, 3 enough against a namesake of a better known kind, 6 enough for a name that is a common word, 9 for certain |
//! | of | the only spelling that the hint speaks of, where it does not speak of every name |
//!
//! The marks of Arabic vowels are a hint too: «عُمان» is not «عَمّان».

use std::ops::Range;

use super::{Context, boundary};
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::NameKind;
use crate::gazetteer::{Record, WordClass};
use crate::text::TokenKind;

/// Points of one unit of weight.
pub(crate) const UNIT: i32 = 20;
/// How far off a `near` hint may stand, in tokens.
const NEAR: u32 = 8;
/// Tokens that may part a hint from its name: a quotation mark, a comma, the name of a people.
const BETWEEN: u32 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    After,
    Near,
}

/// What the reading of a hint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hint<'g> {
    side: Side,
    pub(crate) reading: &'g str,
    pub(crate) weight: i32,
    of: &'g str,
}

/// All hints of a page, by start.
pub(crate) struct Hints<'g> {
    all: Vec<(Range<u32>, Hint<'g>)>,
}

/// Reads the column `value`; `None` where it says nothing.
fn parse(value: &str) -> Option<Hint<'_>> {
    let mut cells = value.split(' ').filter(|c| !c.is_empty());
    let side = match cells.next()? {
        "before" => Side::Before,
        "after" => Side::After,
        "near" => Side::Near,
        _ => return None,
    };
    let reading = cells.next()?;
    let weight = cells.next()?.parse().ok()?;
    let of = value.split_once("of=").map_or("", |(_, name)| name.trim());
    Some(Hint { side, reading, weight, of })
}

impl<'g> Hints<'g> {
    pub(crate) fn new(cx: &Context<'g, '_>) -> Self {
        let mut all: Vec<(Range<u32>, Hint<'g>)> = Vec::new();
        for hit in cx.hits.iter() {
            if let Meaning::Word(w) = hit.meaning
                && let word = cx.gazetteer.word(w)
                && word.class == WordClass::Hint
                && let Some(hint) = parse(word.value)
            {
                all.push((hit.tokens.clone(), hint));
            }
        }
        all.sort_by_key(|(t, h)| (t.start, t.end, h.reading, h.of));
        Hints { all }
    }

    /// The hints that speak of a name, each reading with its weight.
    pub(crate) fn beside(&self, cx: &Context<'_, '_>, name: &Range<u32>, clitic: u32) -> Vec<(&'g str, i32)> {
        let from = self.all.partition_point(|(t, _)| t.start + NEAR + 4 < name.start);
        let mut out: Vec<(&'g str, i32)> = Vec::new();
        for (tokens, hint) in self.all.get(from..).unwrap_or_default() {
            if tokens.start > name.end + NEAR {
                break;
            }
            let overlaps = tokens.start < name.end && name.start < tokens.end;
            if overlaps || !cx.same_sentence(tokens.start, name.start) {
                continue;
            }
            let stands = match hint.side {
                // What is glued to the name begins a phrase of its own.
                Side::Before => tokens.end <= name.start && clitic == 0 && leads(cx, tokens.end..name.start, true),
                Side::After => tokens.start >= name.end && leads(cx, name.end..tokens.start, false),
                Side::Near => tokens.end + NEAR >= name.start && tokens.start <= name.end + NEAR,
            };
            if stands && (hint.of.is_empty() || is_called(cx, name, clitic, hint.of)) {
                match out.iter_mut().find(|(r, _)| *r == hint.reading) {
                    // Two hints beside a name are more than one, but many are not many times more.
                    Some(held) => held.1 = (held.1 + 1).max(hint.weight),
                    None => out.push((hint.reading, hint.weight)),
                }
            }
        }
        out
    }
}

/// Whether nothing but quotation marks stands between a hint and its name; before a name also a comma or a people's
/// name: "the capital, Amman", «العاصمة الأردنية عمان».
fn leads(cx: &Context<'_, '_>, gap: Range<u32>, before: bool) -> bool {
    gap.len() <= BETWEEN as usize
        && gap.into_iter().all(|t| {
            matches!(cx.page.raw(t), "\"" | "«" | "»" | "“" | "”" | "'" | "‘" | "’")
                || cx.page.word(t) == "'s"
                || before && matches!(cx.page.raw(t), "," | "،" | "(")
                || before
                    && cx.hits.at(t).iter().any(|h| {
                        h.tokens.len() == 1
                            && h.clitic == 0
                            && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind == NameKind::Demonym)
                    })
        })
}

/// Whether the words of a name, without its clitic, are these (folded).
fn is_called(cx: &Context<'_, '_>, name: &Range<u32>, clitic: u32, called: &str) -> bool {
    let mut words = called.split(' ');
    name.clone().all(|t| {
        let word = cx.page.word(t);
        let word = if t == name.start { word.get(clitic as usize..).unwrap_or(word) } else { word };
        words.next() == Some(word)
    }) && words.next().is_none()
}

/// Whether a reading is that of an entity.
pub(crate) fn suits(reading: &str, record: &Record<'_>) -> bool {
    if reading.contains('/') {
        return reading == record.id;
    }
    match reading.split_once('.') {
        Some((kind, sub)) => kind == record.kind.as_str() && sub == record.sub,
        None => reading == record.kind.as_str(),
    }
}

/// Whether the vowel marks of the text are those of the name: `Some(false)` where one letter bears two different ones,
/// `Some(true)` where at least one letter bears the same, `None` where nothing can be said.
pub(crate) fn marks_agree(cx: &Context<'_, '_>, name: &Range<u32>, listed: &str) -> Option<bool> {
    if name.len() != 1 || !boundary::is_arabic_word(cx.page, name.start) {
        return None;
    }
    let (text, list) = (letters(cx.page.raw(name.start)), letters(listed));
    let from = text.len().checked_sub(list.len())?;
    let mut same = None;
    for ((a, x), (b, y)) in text.get(from..)?.iter().zip(&list) {
        if a != b {
            return None;
        }
        if !x.is_empty() && !y.is_empty() {
            // A doubled letter often lacks its vowel.
            let doubled = |m: &[char]| m.contains(&SHADDA);
            let vowel = |m: &[char]| m.iter().copied().find(|c| *c != SHADDA);
            let differ = doubled(x) != doubled(y) && vowel(x).is_some() != vowel(y).is_some()
                || matches!((vowel(x), vowel(y)), (Some(v), Some(w)) if v != w);
            if differ {
                return Some(false);
            }
            same = Some(true);
        } else if x.contains(&SHADDA) && list.iter().any(|(_, m)| !m.is_empty()) {
            // A name listed with its marks would show this one.
            return Some(false);
        }
    }
    same
}

const SHADDA: char = '\u{651}';

/// The letters of a word, each with its marks. Case endings are no part of a name.
fn letters(word: &str) -> Vec<(char, Vec<char>)> {
    let mut out: Vec<(char, Vec<char>)> = Vec::new();
    for c in word.chars().filter(|c| *c != 'ـ') {
        match out.last_mut() {
            Some((_, marks)) if crate::text::class::is_dropped(c) => marks.push(c),
            _ => out.push((crate::text::arabic::folded(c).unwrap_or(c), Vec::new())),
        }
    }
    if let Some((_, marks)) = out.last_mut() {
        marks.clear();
    }
    out
}

/// Whether an Arabic word ends like «ليبيًا», "a Libyan": what looks like a country's name is then an adjective.
pub(crate) fn is_accusative(cx: &Context<'_, '_>, token: u32) -> bool {
    let raw = cx.page.raw(token);
    let raw = raw.trim_end_matches(['ا', 'ى']);
    raw.ends_with('\u{64B}') || cx.page.raw(token).ends_with('\u{64B}')
}

/// Whether quotation marks stand close around a name: «لـ"الرياض"».
pub(crate) fn quoted(cx: &Context<'_, '_>, name: &Range<u32>) -> bool {
    let before = name.start.checked_sub(1).map(|t| cx.page.raw(t)).unwrap_or_default();
    let mark = cx.page.tokens.get(name.end as usize).is_some_and(|t| t.kind == TokenKind::Mark);
    mark && matches!(before, "\"" | "«" | "“") && matches!(cx.page.raw(name.end), "\"" | "»" | "”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let hint = parse("before place.capital 9").unwrap();
        assert_eq!((hint.side, hint.reading, hint.weight, hint.of), (Side::Before, "place.capital", 9, ""));
        assert_eq!(parse("near word 6 of=قطر").unwrap().of, "قطر");
        assert_eq!(parse("beside place 3"), None);
        assert_eq!(parse("before place"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn letters_with_their_marks() {
        assert_eq!(letters("عُمان").len(), 4);
        assert_eq!(letters("عُمان")[0].1, ['\u{64F}']);
        assert_eq!(letters("عَمّان")[1].1, [SHADDA]);
    }
}
