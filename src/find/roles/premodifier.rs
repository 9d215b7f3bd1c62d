//! Where does the English noun phrase around a role word begin?
//!
//! ```text
//! told [European monetary] officials        back to a verb
//! the [Bank of Japan] sources               back to an article, names whole
//! some of his [senior] colleagues           and over "some of"
//! ```
//!
//! Words are taken from right to left as long as they can stand before a noun; what may as well be a verb is taken only
//! right behind an article or its like, where no verb can stand.

use super::{Names, Phrase, has_class, is_verb, stands};
use crate::entity::EntityKind;
use crate::find::Context;
use crate::find::organisations::country_at;
use crate::gazetteer::WordClass;
use crate::text::{CaseHabit, Shape, TokenKind};

/// More words than these before a noun are a clause misread.
const LONGEST: u32 = 9;

/// Begins a noun phrase and stays outside: no finite verb follows.
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "these", "those", "any", "every",
    "no", "another", "'s",
];
/// Belongs to the phrase, in front of its adjectives.
const QUANTIFIERS: &[&str] = &["other", "several", "some", "many", "most", "few", "various"];
/// After these a verb is likelier than a noun.
const BEFORE_VERBS: &[&str] = &[
    "to", "will", "would", "can", "could", "may", "might", "must", "should", "shall", "not", "did", "do", "does", "he",
    "she", "it", "they", "we", "i", "you", "who", "which", "what", "also", "and", "or", "but",
];

/// The token at which the phrase begins whose first listed word stands at `t`.
pub(super) fn start(cx: &Context<'_, '_>, names: &Names, t: u32, floor: u32, phrase: &mut Phrase) -> u32 {
    let at = adjectives(cx, names, t, floor, phrase);
    counted(cx, at, floor).unwrap_or(at)
}

fn adjectives(cx: &Context<'_, '_>, names: &Names, t: u32, floor: u32, phrase: &mut Phrase) -> u32 {
    let floor = floor.max(t.saturating_sub(LONGEST));
    let mut at = t;
    // "Bank of [Japan sources]": the piece of a name stands for all of it.
    while at > floor && names.cuts(at) {
        at -= 1;
    }
    if at < t && names.kind(at) == Some(EntityKind::Organisation) {
        phrase.body = names.end(at).map(|e| at..e);
    }
    while at > floor && cx.same_sentence(at - 1, t) {
        // "Soviet and British businessmen"
        let demonym = |t: u32| country_at(cx, t).is_some_and(|c| c.2);
        if stands(cx, at - 1, &["and", "or"]) && demonym(at) {
            match names.start(at - 1).filter(|&o| o >= floor && demonym(o)) {
                Some(o) => at = o,
                None => break,
            }
            phrase.country = None;
            continue;
        }
        let owner = if stands(cx, at - 1, &["'s"]) { at - 1 } else { at };
        if let Some(s) = names.start(owner).filter(|&s| s >= floor) {
            // A name of somebody is no adjective of an office: "Mr Blair Prime Minister".
            let kind = names.kind(s).filter(|_| names.end(s) == Some(owner));
            if kind == Some(EntityKind::Person) && owner == at && (phrase.office || !phrase.plural) {
                break;
            }
            if phrase.country.is_none() && phrase.body.is_none() {
                match country_at(cx, s).filter(|c| c.1 == owner) {
                    Some((key, ..)) => phrase.country = Some(key),
                    None if kind == Some(EntityKind::Organisation) => phrase.body = Some(s..owner),
                    None => {}
                }
            }
            at = s;
            continue;
        }
        match word_before(cx, names, at, floor, t) {
            Some(s) => at = s,
            None => break,
        }
    }
    if at == t {
        return t;
    }
    // Ran into the bound: no phrase was read but a piece of a clause.
    if at == floor && floor + LONGEST == t {
        return t;
    }
    // At the floor a sister phrase ended: "economists and money market dealers". A hyphen makes no verb.
    let edge = at.checked_sub(1).filter(|&e| at > floor && cx.same_sentence(e, t) && !stands(cx, at + 1, &["-"]));
    let doubtful = edge.is_some_and(|e| BEFORE_VERBS.contains(&&*cx.plain(e)));
    let lower = cx.page.tokens.get(at as usize).is_some_and(|k| k.shape == Shape::Lower);
    if doubtful && lower && !adjectival(cx.page.word(at)) && !QUANTIFIERS.contains(&cx.page.word(at)) {
        return at + 1;
    }
    at
}

/// The start of the word before `at`, if it may stand before a noun.
fn word_before(cx: &Context<'_, '_>, names: &Names, at: u32, floor: u32, t: u32) -> Option<u32> {
    let p = at.checked_sub(1)?;
    let token = cx.page.tokens.get(p as usize)?;
    let joined = |i: u32| {
        stands(cx, i, &["-"]) && [i, i + 1].iter().all(|&k| cx.page.tokens.get(k as usize).is_some_and(|k| !k.spaced))
    };
    let free = p == 0 || !cx.same_sentence(p - 1, t);
    // Nor does a finite verb follow a number or a demonym: "Hungarian customs officials".
    let before = p.saturating_sub(1);
    let determined = !free
        && (DETERMINERS.contains(&cx.page.word(before))
            || has_class(cx, before, WordClass::Number)
            || names.start(p).is_some_and(|s| names.kind(s).is_none()));
    match token.kind {
        TokenKind::Mark => return (joined(p) && p > floor).then(|| p - 1).filter(|&s| cx.page.word(s).len() > 1),
        TokenKind::Number => {
            let year = cx.page.word(p).len() == 4;
            return (!year && !names.is_date(p)).then_some(p);
        }
        TokenKind::Word => {}
    }
    if p > floor && joined(p - 1) {
        // Both halves of "anti-government" at the next turn.
        return Some(p);
    }
    let word = cx.page.word(p);
    if QUANTIFIERS.contains(&word) || has_class(cx, p, WordClass::Number) {
        return Some(p);
    }
    if cx.is_closed(p) || names.is_date(p) || has_class(cx, p, WordClass::Title) || word.len() < 2 {
        return None;
    }
    let habit = cx.page.paragraphs.get(token.paragraph as usize)?.case;
    if token.shape != Shape::Lower && habit == CaseHabit::Title {
        return None;
    }
    // "the 2014 revolution Protesters man a barricade": a capital begins something else.
    let capital = cx.page.tokens.get(t as usize).is_some_and(|k| k.shape == Shape::Capitalised);
    if at == t && capital && token.shape == Shape::Lower && habit == CaseHabit::Sentence {
        return None;
    }
    // Behind an article, or first in the sentence, stands no finite verb; a name or demonym follows an adjective there.
    if determined {
        return (!adverb(word)).then_some(p);
    }
    let name = token.shape != Shape::Lower && habit == CaseHabit::Sentence && !free;
    if name {
        return (!is_verb(cx, p)).then_some(p);
    }
    if is_verb(cx, p) || adverb(word) || word.ends_with("ing") || plural(word) || word.ends_with("ed") && !free {
        return None;
    }
    // "want American officials": before a demonym stands an adjective or nothing.
    let edge =
        free || cx.is_closed(p - 1) || cx.page.tokens.get(p as usize - 1).is_some_and(|k| k.kind == TokenKind::Mark);
    (names.end(at).is_none() || edge || adjectival(word)).then_some(p)
}

/// The start of "some of his" before a token.
fn counted(cx: &Context<'_, '_>, at: u32, floor: u32) -> Option<u32> {
    let determiner = at.checked_sub(1).filter(|&d| DETERMINERS.contains(&cx.page.word(d)));
    let of = determiner.unwrap_or(at).checked_sub(1).filter(|&o| stands(cx, o, &["of"]))?;
    let count = of.checked_sub(1).filter(|&c| c >= floor && cx.same_sentence(c, at))?;
    if has_class(cx, count, WordClass::Number) {
        return Some(count);
    }
    if !has_class(cx, count, WordClass::Quantity) && !stands(cx, count, &["%"]) {
        return None;
    }
    // "80 % of", "two thirds of"
    let number = |n: &u32| {
        *n >= floor
            && cx.same_sentence(*n, at)
            && (cx.page.tokens.get(*n as usize).is_some_and(|k| k.kind == TokenKind::Number)
                || has_class(cx, *n, WordClass::Number))
    };
    Some(count.checked_sub(1).filter(number).unwrap_or(count))
}

/// Whether the ending makes a word an adjective rather than a verb.
fn adjectival(word: &str) -> bool {
    const ENDINGS: &[&str] =
        &["al", "ic", "ive", "ous", "ary", "ian", "ful", "ior", "able", "ible", "ent", "ant", "ern", "less"];
    word.len() > 4 && ENDINGS.iter().any(|e| word.ends_with(e))
}

fn adverb(word: &str) -> bool {
    word.len() > 6
        && word.ends_with("ly")
        && !matches!(word, "weekly" | "monthly" | "friendly" | "elderly" | "assembly")
}

/// Ends like a plural or a verb in -s.
fn plural(word: &str) -> bool {
    word.ends_with('s') && !["ss", "us", "is", "ics"].iter().any(|e| word.ends_with(e))
}
