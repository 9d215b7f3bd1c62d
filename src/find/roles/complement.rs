//! How far does an English role phrase run behind its noun?
//!
//! ```text
//! trade ministers [from 22 nations] gathered      of, from, for: a noun phrase, up to a verb, a function word, a mark
//! officials [in Washington] said                  in, at, within: only where a verb follows; else it may be the place
//! bankers [of Britain, France and Canada]         names in a list, behind a plural
//! ```

use super::{Names, Phrase, has_class, is_verb, stands};
use crate::entity::EntityKind;
use crate::find::Context;
use crate::find::organisations::country_at;
use crate::gazetteer::WordClass;
use crate::text::{Shape, TokenKind};

/// Words of one noun phrase behind a preposition, names counted as one.
const LONGEST: u32 = 6;
/// How many prepositions are followed.
const TURNS: u32 = 3;
/// Names of one list.
const LISTED: u32 = 12;

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "his", "her", "its", "their", "our", "this", "these", "those", "both", "all", "several", "other",
    "some",
];

/// A noun phrase behind a preposition.
struct Noun {
    end: u32,
    /// Holds a name or demonym.
    named: bool,
    determined: bool,
    /// Begins with "the" or "its".
    definite: bool,
    /// Words without determiners.
    words: u32,
}

/// The end of the phrase that ends at `end` without what its prepositions bring.
pub(super) fn end(cx: &Context<'_, '_>, names: &Names, end: u32, phrase: &mut Phrase) -> u32 {
    let mut end = end;
    for _ in 0..TURNS {
        let link = cx.page.word(end);
        if !matches!(link, "of" | "from" | "for" | "in" | "at" | "within" | "with") || !cx.same_sentence(end - 1, end) {
            break;
        }
        let Some(noun) = noun(cx, names, end + 1).filter(|n| belongs(cx, link, n, phrase)) else { break };
        if noun.words == 1
            && matches!(link, "of" | "for" | "from" | "at")
            && phrase.body.is_none()
            && phrase.country.is_none()
        {
            let at = noun.end.saturating_sub(1);
            let start = names.start(noun.end).unwrap_or(at);
            if names.kind(start) == Some(EntityKind::Organisation) && names.end(start) == Some(noun.end) {
                phrase.body = Some(start..noun.end);
            }
        }
        end = noun.end;
    }
    if phrase.plural { list(cx, names, end, phrase) } else { end }
}

fn belongs(cx: &Context<'_, '_>, link: &str, noun: &Noun, phrase: &Phrase) -> bool {
    let verb_follows = is_verb(cx, noun.end) && cx.same_sentence(noun.end - 1, noun.end);
    let last = cx.page.word(noun.end - 1);
    match link {
        // "accused ministers of fraud" has no article, no name and no plural.
        "of" => {
            noun.named
                || noun.determined
                || noun.words > 1
                || last.ends_with('s')
                || last == "parliament"
                || phrase.office
        }
        // "U.S. troops from Syria" says where they leave.
        "from" => !phrase.is_body,
        // "asked officials for talks"
        "for" => {
            let event = (cx.words.listed)(last) || has_class(cx, noun.end - 1, WordClass::Event);
            !event && (noun.named || noun.definite)
        }
        _ => verb_follows,
    }
}

/// The noun phrase that starts at a token.
fn noun(cx: &Context<'_, '_>, names: &Names, from: u32) -> Option<Noun> {
    let mut at = from;
    let mut noun = Noun { end: from, named: false, determined: false, definite: false, words: 0 };
    while DETERMINERS.contains(&cx.page.word(at)) && cx.same_sentence(from, at) && at - from < 3 {
        noun.determined = true;
        noun.definite |= stands(cx, at, &["the", "its"]);
        at += 1;
    }
    while noun.words < LONGEST && cx.same_sentence(from - 1, at) {
        let Some(token) = cx.page.tokens.get(at as usize) else { break };
        if names.is_date(at) || stands(cx, at, &["'s"]) && noun.words == 0 {
            break;
        }
        if let Some(e) = names.end(at) {
            at = e;
            noun.named = true;
            noun.words += 1;
            noun.end = at;
            continue;
        }
        match token.kind {
            TokenKind::Mark => {
                let unspaced = !token.spaced && cx.page.tokens.get(at as usize + 1).is_some_and(|k| !k.spaced);
                // "(KfW)" inside a name; at the end of the phrase it stays outside.
                let bracket = stands(cx, at, &["("]) && stands(cx, at + 2, &[")"]) && noun.words > 0;
                if stands(cx, at, &["-"]) && unspaced && noun.words > 0 {
                    at += 1;
                } else if bracket {
                    at += 3;
                } else {
                    break;
                }
                continue;
            }
            TokenKind::Number => {
                noun.words += 1;
                at += 1;
                noun.end = at;
                continue;
            }
            TokenKind::Word => {}
        }
        if stands(cx, at, &["'s"]) || has_class(cx, at, WordClass::Title) && noun.words == 0 {
            at += 1;
            continue;
        }
        let word = cx.page.word(at);
        let first = noun.words == 0;
        let number = has_class(cx, at, WordClass::Number);
        // "from 14 states": no verb follows a number either.
        let counted = at > from
            && (has_class(cx, at - 1, WordClass::Number)
                || cx.page.tokens.get(at as usize - 1).is_some_and(|k| k.kind == TokenKind::Number));
        let verbal = is_verb(cx, at) && !(first && noun.determined || counted);
        let participle =
            word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing")) && !(first && noun.determined);
        let capital = token.shape != Shape::Lower;
        // "Senator from Vermont steps off", "attorneys at the agency painstakingly review"
        let behind_name = names.start(at).is_some()
            || at > from && cx.page.tokens.get(at as usize - 1).is_some_and(|k| k.shape == Shape::Capitalised);
        if !capital
            && !first
            && (word.ends_with('s') && behind_name && !word.ends_with("ss") || word.len() > 6 && word.ends_with("ly"))
        {
            break;
        }
        if !number && (cx.is_closed(at) || verbal || participle && !capital) {
            break;
        }
        noun.named |= capital;
        noun.words += 1;
        at += 1;
        noun.end = at;
    }
    let number_alone = noun.words == 1
        && (cx.page.tokens.get(noun.end as usize - 1).is_some_and(|k| k.kind == TokenKind::Number)
            || has_class(cx, noun.end - 1, WordClass::Number));
    (noun.words > 0 && !number_alone && !cx.is_closed(noun.end - 1)).then_some(noun)
}

/// Further names of a list that begins with the name before `end`: ", France, Canada and West Germany".
fn list(cx: &Context<'_, '_>, names: &Names, end: u32, phrase: &mut Phrase) -> u32 {
    if names.start(end).is_none() || end <= phrase.core.end {
        return end;
    }
    let mut at = end;
    let mut closed = None;
    for _ in 0..LISTED {
        let mut next = at;
        let comma = stands(cx, next, &[","]);
        next += u32::from(comma);
        let and = stands(cx, next, &["and"]);
        next += u32::from(and);
        next += u32::from(stands(cx, next, &["the"]));
        let kind = names.kind(next);
        let Some(e) = names.end(next).filter(|_| (comma || and) && cx.same_sentence(end - 1, next)) else { break };
        if !matches!(kind, Some(EntityKind::Country | EntityKind::Place | EntityKind::Organisation))
            || stands(cx, e, &["'s"])
        {
            break;
        }
        at = e;
        if and {
            closed = Some(e);
            break;
        }
    }
    // Without its "and" the list may be another one; before a verb of its own the last name begins a clause.
    match closed {
        Some(e) => {
            if country_at(cx, end.saturating_sub(1)).is_some() || phrase.country.is_some() {
                phrase.country = None;
            }
            e
        }
        None => end,
    }
}
