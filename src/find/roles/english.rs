//! Which English words are a role phrase?
//!
//! ```text
//! [former] [British] [foreign] [secretary]      modifier, country, portfolio, head: the nucleus comes last
//! [minister] of [foreign affairs] of [Bahrain]  what it is minister of comes behind
//! ```
//!
//! What stands before and behind this core is read by `premodifier` and `complement`.

use super::{Found, Names, Phrase, TEXT, blank, complement, is_verb, kind_of, premodifier, stands, take};
use crate::find::Context;
use crate::find::boundary::Hit;
use crate::find::organisations::{country_at, role_at};
use crate::gazetteer::WordClass;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::RoleKind;
use crate::text::{CaseHabit, Shape, TokenKind};

/// How far behind "and" the head of a second noun may stand.
const REACH: u32 = 5;

/// The phrase whose first listed word stands at a token; it may begin before it, but not before `floor`.
pub(super) fn phrase(cx: &Context<'_, '_>, t: u32, floor: u32, names: &Names) -> Option<Found> {
    let first = alone(cx, t, floor, names)?;
    Some(joined(cx, first, names))
}

/// "economists and money market dealers": one phrase where nothing but "and" parts the two.
fn joined(cx: &Context<'_, '_>, first: Found, names: &Names) -> Found {
    let (tokens, _, phrase) = &first;
    let and = tokens.end;
    // Two sides that stand apart: "talks between ministers and rebels".
    let apart = tokens.start > 0
        && (stands(cx, tokens.start - 1, &["between"])
            || tokens.start > 1
                && stands(cx, tokens.start - 1, &["the"])
                && stands(cx, tokens.start - 2, &["between"]));
    if !phrase.plural || phrase.is_body || apart || !stands(cx, and, &["and", "or"]) || phrase.core.end != and {
        return first;
    }
    let from = and + 1;
    let second = (from..from + REACH)
        .take_while(|&t| cx.same_sentence(and, t) && (t == from || !cx.is_closed(t) && !is_verb(cx, t)))
        .find_map(|t| alone(cx, t, from, names));
    match second {
        Some((other, _, with))
            if other.start == from
                && with.plural
                && !with.is_body
                && (with.country.is_none() && with.body.is_none() || with.core.end < other.end) =>
        {
            let (tokens, clitic, phrase) = first;
            (tokens.start..other.end, clitic, phrase)
        }
        _ => first,
    }
}

fn alone(cx: &Context<'_, '_>, t: u32, floor: u32, names: &Names) -> Option<Found> {
    let mut at = t;
    let mut phrase = blank(t..t);
    let mut nucleus: Option<u32> = None;
    let mut pending: Option<u32> = None; // a portfolio waiting for its head: "Foreign" … "Minister"
    let mut portfolio_done = false;
    let mut steps = 0;
    let mut core_start = None;
    while steps < 8 && (at == t || cx.same_sentence(t, at)) {
        steps += 1;
        // A role word: nucleus, modifier or portfolio.
        if let Some(hit) = role_word(cx, at, nucleus.is_some()) {
            let Meaning::Role(r) = hit.meaning else { break };
            let role = cx.gazetteer.role(r);
            match role.kind {
                RoleKind::Modifier if nucleus.is_none() => take(cx, &mut phrase, r, false),
                RoleKind::Portfolio if nucleus.is_none() => pending = Some(r),
                RoleKind::Office | RoleKind::Head | RoleKind::Actor => {
                    // "government official": the body word was only a premodifier.
                    if nucleus.is_some() {
                        let status = phrase.status;
                        phrase = Phrase { country: phrase.country, body: phrase.body.clone(), status, ..blank(t..t) };
                    }
                    take(cx, &mut phrase, r, true);
                    if let Some(p) = pending.take() {
                        take(cx, &mut phrase, p, false);
                        portfolio_done = true;
                    }
                    nucleus = Some(at);
                }
                RoleKind::Body => {
                    if nucleus.is_none() {
                        take(cx, &mut phrase, r, true);
                        nucleus = Some(at);
                    }
                }
                _ => break,
            }
            core_start.get_or_insert(at);
            at = hit.tokens.end;
            continue;
        }
        if nucleus.is_some_and(|_| !phrase.is_body) {
            break;
        }
        // Country, demonym or body in front: "US", "Bahraini", "Bahrain's", "Bank of Japan".
        if let Some((key, end, _)) = country_at(cx, at) {
            phrase.country = Some(key);
            at = skip_possessive(cx, end);
            continue;
        }
        let body_end = names.body_from[at as usize];
        if body_end > at {
            phrase.body = Some(at..body_end);
            at = skip_possessive(cx, body_end);
            continue;
        }
        let number = cx
            .hits
            .at(at)
            .iter()
            .any(|h| matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Number));
        if number && at == t && phrase.country.is_none() {
            at += 1;
            continue;
        }
        break;
    }
    nucleus?;
    let mut end = at;
    // A phrase that ran past its nucleus into a country must end with the nucleus.
    while end > t + 1 && !ends_role(cx, end) {
        end -= 1;
    }
    let core_start = core_start.unwrap_or(t);
    phrase.core = core_start..end;
    // of-complements: "Minister of Foreign Affairs of Bahrain", "spokesman for the UN"
    let mut turns = 0;
    while turns < 3 && matches!(cx.page.word(end), "of" | "for" | "to" | "at" | "in") && cx.same_sentence(t, end) {
        turns += 1;
        let link = cx.page.word(end);
        let after = if cx.page.word(end + 1) == "the" { end + 2 } else { end + 1 };
        if !portfolio_done
            && matches!(link, "of" | "for")
            && let Some((portfolio, e)) = role_at(cx, after, RoleKind::Portfolio, false)
        {
            phrase.role = format!("{}-{portfolio}", phrase.role);
            portfolio_done = true;
            end = e;
            phrase.core = core_start..end;
            continue;
        }
        let body_end = names.body_from.get(after as usize).copied().unwrap_or(0);
        if matches!(link, "of" | "for" | "to") && body_end > after {
            phrase.body = Some(after..body_end);
            end = body_end;
            continue;
        }
        if matches!(link, "of" | "for" | "to")
            && let Some((key, e, false)) = country_at(cx, after)
            && (phrase.office || link != "to" || phrase.role.contains("ambassador"))
        {
            phrase.country = Some(key);
            end = e;
            continue;
        }
        break;
    }
    let first = cx.page.tokens.get(t as usize)?;
    let habit = cx.page.paragraphs.get(first.paragraph as usize)?.case;
    let capital = first.shape != Shape::Lower && habit == CaseHabit::Sentence;
    let begin = premodifier::start(cx, names, t, floor, &mut phrase);
    let finish = complement::end(cx, names, end, &mut phrase);
    let tokens = if names.cuts(begin) { t } else { begin }..if names.cuts(finish) { end } else { finish };
    let before = tokens.start.checked_sub(1).map(|b| cx.plain(b)).unwrap_or_default();
    phrase.definite = matches!(&*before, "the" | "his" | "her" | "its" | "their" | "our" | "this" | "that")
        || (capital && phrase.office && !matches!(&*before, "a" | "an"));
    let subject = is_verb(cx, tokens.end) && cx.same_sentence(t, tokens.end);
    if phrase.role == TEXT && !subject {
        return None;
    }
    // A body that nothing tells from others is spoken of in general: "company", but "a local company", "five unions".
    let told = tokens.start < t && !compound(cx, end) || subject && matches!(&*before, "a" | "an");
    if phrase.is_body && !phrase.definite && phrase.country.is_none() && phrase.body.is_none() && !told {
        return None;
    }
    // "met strong opposition": some bodies are one only with an article.
    let bare = !phrase.definite && phrase.country.is_none() && phrase.body.is_none();
    if bare
        && (t..end).any(|t| {
            cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Role(r) if cx.gazetteer.role(r).flags.definite))
        })
    {
        return None;
    }
    if phrase.status.is_empty() && was_once(cx, tokens.start, t) {
        phrase.status = "former";
    }
    Some((tokens, 0, phrase))
}

/// "former Russian party leader", "the then-speaker", "ex-minister": whether a word within a phrase, or right before
/// it, says that the office was held once. `head` is where its first role word stands.
fn was_once(cx: &Context<'_, '_>, start: u32, head: u32) -> bool {
    let tight = |t: u32| cx.page.raw(t) == "-" && cx.page.tokens.get(t as usize).is_some_and(|k| !k.spaced);
    // A hyphen and the word before it, or a word before the phrase.
    let from = start.saturating_sub(if start.checked_sub(1).is_some_and(tight) { 2 } else { 1 });
    (from..head).rev().take_while(|&t| tight(t) || cx.page.tokens.get(t as usize).is_some_and(|k| k.kind == TokenKind::Word)).any(|t| {
        cx.same_sentence(t, head)
            && (matches!(cx.page.word(t), "then" | "ex") && tight(t + 1)
                || cx.hits.at(t).iter().any(|h| {
                    matches!(h.meaning, Meaning::Role(r) if cx.gazetteer.role(r).kind == RoleKind::Modifier && cx.gazetteer.role(r).id == "former")
                }))
    })
}

/// Whether a further noun follows, whose premodifier this one only is: "military strike".
fn compound(cx: &Context<'_, '_>, end: u32) -> bool {
    let token = cx.page.tokens.get(end as usize).filter(|_| cx.same_sentence(end - 1, end));
    token.is_some_and(|k| k.kind == TokenKind::Word && k.shape == Shape::Lower)
        && !cx.is_closed(end)
        && !is_verb(cx, end)
        && !cx.page.word(end).ends_with("ed")
}

/// A role word at a token, preferring what may follow: before the nucleus modifiers and portfolios too.
fn role_word<'h>(cx: &'h Context<'_, '_>, t: u32, nucleus: bool) -> Option<&'h Hit> {
    let hit = cx
        .hits
        .at(t)
        .iter()
        .filter(|h| match h.meaning {
            Meaning::Role(r) => {
                let role = cx.gazetteer.role(r);
                match role.kind {
                    RoleKind::Ministry => false,
                    // A portfolio counts only where its head follows.
                    RoleKind::Portfolio => !nucleus && heads_portfolio(cx, h.tokens.end),
                    RoleKind::Modifier => !nucleus && starts_phrase(cx, h.tokens.end),
                    _ => true,
                }
            }
            _ => false,
        })
        .max_by_key(|h| (h.tokens.len(), std::cmp::Reverse(kind_of(cx, h))))?;
    Some(hit)
}

fn heads_portfolio(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits
        .at(t)
        .iter()
        .any(|h| matches!(kind_of(cx, h), RoleKind::Head | RoleKind::Actor) && matches!(h.meaning, Meaning::Role(_)))
        || cx.page.tokens.get(t as usize).is_some_and(|k| k.kind == TokenKind::Word)
            && cx.hits.at(t).iter().any(|h| {
                matches!(h.meaning, Meaning::Role(_))
                    && kind_of(cx, h) == RoleKind::Portfolio
                    && heads_portfolio_once(cx, h.tokens.end)
            })
}

fn heads_portfolio_once(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Role(_)) && kind_of(cx, h) == RoleKind::Head)
}

/// A modifier counts only where a role, country or another modifier follows: "senior", "former" alone say nothing.
fn starts_phrase(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Role(_))) || country_at(cx, t).is_some()
}

fn ends_role(cx: &Context<'_, '_>, end: u32) -> bool {
    (1..=5.min(end)).any(|back| {
        cx.hits.at(end - back).iter().any(|h| {
            h.tokens.end == end
                && matches!(h.meaning, Meaning::Role(r) if !matches!(cx.gazetteer.role(r).kind, RoleKind::Modifier | RoleKind::Portfolio | RoleKind::Ministry))
        })
    })
}

fn skip_possessive(cx: &Context<'_, '_>, t: u32) -> u32 {
    if cx.page.word(t) == "'s" { t + 1 } else { t }
}
