//! Which bodies and places show themselves by a head-word, though no list holds them?
//!
//! ```text
//! Welsh Local Government [Association]     the head last, capitals before it
//! [Bank] of Japan · [وزارة] خارجية البحرين   the head first
//! [Ministry] of Foreign Affairs + Bahrain   ─► organisation/BHR-ministry-foreign-affairs, by grammar
//! ```

use std::collections::BTreeMap;

use super::boundary::{Hit, is_arabic_word};
use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::{NameKind, RoleKind};
use crate::gazetteer::{Head, Key, WordClass};
use crate::mention::MentionKind;
use crate::text::{CaseHabit, Shape, TokenKind};

/// A name longer than this is more likely a sentence.
const LONGEST: u32 = 9;

/// The score of an Arabic noun of no kind before one ordinary word; it needs to be said twice.
const PLAIN: u8 = 61;

/// Appends bodies and places by head-word, and the bodies that grammar derives.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    // «قناة الجزيرة»: what the words beside it show to be a name is no head-word here.
    let shown: Vec<(u32, u32)> = out
        .iter()
        .filter(|c| c.score == super::names::SHOWN_HERE && c.tokens.len() == 1)
        .map(|c| (c.tokens.start, c.clitic))
        .collect();
    for hit in cx.hits.iter().filter(|h| cx.is_live(h.tokens.start)) {
        match hit.meaning {
            Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Locative => unknown_place(cx, hit, out),
            Meaning::Head(h) if shown.binary_search(&(hit.tokens.start, hit.clitic)).is_err() => {
                by_head(cx, hit, cx.gazetteer.head(h), out);
            }
            Meaning::Role(r)
                if matches!(cx.gazetteer.role(r).kind, RoleKind::Ministry | RoleKind::Body | RoleKind::Portfolio) =>
            {
                derived(cx, hit, r, out);
            }
            _ => {}
        }
    }
    // «لجنة المسابقات»: a plain noun phrase that the text comes back to is what the body is called there.
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for c in out.iter().filter(|c| c.source == "head-word" && c.score == PLAIN) {
        *seen.entry(&cx.page.text[c.span]).or_default() += 1;
    }
    let seen: Vec<&str> = seen.into_iter().filter(|(_, n)| *n > 1).map(|(text, _)| text).collect();
    out.retain(|c| {
        !(c.source == "head-word" && c.score == PLAIN) || seen.binary_search(&&cx.page.text[c.span]).is_ok()
    });
    acronyms(cx, out);
}

fn by_head(cx: &Context<'_, '_>, hit: &Hit, head: Head<'_>, out: &mut Vec<Candidate>) {
    let mut push = |tokens: std::ops::Range<u32>, clitic: u32, score: u8| {
        out.push(Candidate::new(
            cx.page,
            tokens,
            clitic,
            MentionKind::Name,
            head.kind,
            What::Unknown,
            "head-word",
            score,
        ));
    };
    // A body that the gazetteer knows needs no guess at where its name ends.
    let known = cx.hits.at(hit.tokens.start).iter().any(|h| {
        h.tokens.len() > 1
            && h.tokens.len() > hit.tokens.len()
            && h.clitic == hit.clitic
            && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind != NameKind::Short)
    });
    if is_arabic_word(cx.page, hit.tokens.start) {
        if known {
            return;
        }
        if let Some((end, plain)) = arabic_extent(cx, hit, head.kind == EntityKind::Organisation, head.sub) {
            // «وكالة رويترز»: behind the head stands the whole name of a body already.
            let body_behind = cx.hits.at(hit.tokens.end).iter().any(|h| {
                h.tokens.end == end
                    && h.clitic == 0
                    && matches!(h.meaning, Meaning::Name(n)
                        if cx.gazetteer.record(cx.gazetteer.name(n).key).kind == EntityKind::Organisation)
            });
            if !body_behind {
                push(hit.tokens.start..end, hit.clitic, if plain { PLAIN } else { 65 });
            }
        }
        return;
    }
    let shape = |t: u32| cx.page.tokens[t as usize].shape;
    if !matches!(shape(hit.tokens.start), Shape::Capitalised | Shape::Upper) {
        return;
    }
    if head.first && matches!(cx.page.word(hit.tokens.end), "of" | "for" | "on" | "against") {
        let end = capital_run(cx, hit.tokens.end);
        if end > hit.tokens.end + 1 {
            let start = run_before(cx, hit.tokens.start);
            push(start..end, 0, 70);
            return;
        }
    }
    if head.last {
        let mut start = run_before(cx, hit.tokens.start);
        // "Senator John Tower": a place's name begins with no role.
        while head.kind == EntityKind::Place && start < hit.tokens.start && is_actor(cx, start) {
            start += 1;
        }
        if start < hit.tokens.start {
            push(start..goes_on(cx, hit.tokens.end), 0, 70);
        }
    }
}

/// "Major League [Baseball]", "BBC Radio [1]": capitals right behind the head that nothing else explains.
fn goes_on(cx: &Context<'_, '_>, from: u32) -> u32 {
    let mut end = from;
    while end - from < 3 && end > 0 && cx.same_sentence(from - 1, end) {
        let Some(token) = cx.page.tokens.get(end as usize) else { break };
        let capital = token.kind == TokenKind::Word && token.spaced && token.shape == Shape::Capitalised;
        let sentence = cx.page.paragraphs.get(token.paragraph as usize).is_some_and(|p| p.case == CaseHabit::Sentence);
        let person = cx.gazetteer.part(cx.page.word(end)).is_some_and(|p| p.given);
        if !capital || !sentence || person || cx.is_closed(end) || !cx.hits.at(end).is_empty() {
            break;
        }
        end += 1;
    }
    end
}

/// How far capitals, with their small connectors, run on from a token.
fn capital_run(cx: &Context<'_, '_>, mut t: u32) -> u32 {
    let from = t;
    let mut end = t;
    while t < cx.len() && t - from < LONGEST && cx.same_sentence(from, t) {
        let token = cx.page.tokens[t as usize];
        let capital = token.kind == TokenKind::Word && matches!(token.shape, Shape::Capitalised | Shape::Upper);
        if capital && cx.page.word(t) != "'s" {
            // "the National Party of Australia Coalition": a country closes the name.
            if end == t && t > from && closes(cx, t, true) {
                break;
            }
            end = t + 1;
        } else if matches!(cx.page.word(t), "and" | "&") && closes(cx, t, false)
            || !matches!(cx.page.word(t), "of" | "for" | "the" | "and" | "&" | "on" | "in" | "to" | "against")
        {
            break;
        }
        t += 1;
    }
    end
}

/// How far capitals run back from a token: "Welsh Local Government" before "Association".
fn run_before(cx: &Context<'_, '_>, start: u32) -> u32 {
    let mut first = start;
    let mut t = start;
    while t > 0 && start - t < LONGEST && cx.same_sentence(t - 1, start) {
        t -= 1;
        let token = cx.page.tokens[t as usize];
        let word = cx.page.word(t);
        let hyphen = token.kind == TokenKind::Mark && !token.spaced && matches!(word, "-" | "&");
        if token.kind == TokenKind::Word && matches!(token.shape, Shape::Capitalised | Shape::Upper) {
            if cx.is_closed(t) || word == "'s" || is_title_or_day(cx, t) {
                break;
            }
            first = t;
        } else if word == "of" && t.checked_sub(1).is_some_and(|b| is_actor(cx, b)) {
            // "Member of Parliament" is a role.
            break;
        } else if matches!(word, "and" | "&") && token.spaced && closes(cx, t, false) {
            // "the Italian Republican Party and the Liberal Party": two names.
            break;
        } else if !(hyphen || (matches!(word, "and" | "&" | "of" | "for") && t > 0)) {
            break;
        }
    }
    first
}

/// Whether a name is complete right before a token: a country, or where `country` is false also a place, a body with
/// its head-word, letters alone.
fn closes(cx: &Context<'_, '_>, t: u32, country: bool) -> bool {
    (1..=5.min(t)).any(|back| {
        cx.hits.at(t - back).iter().filter(|h| h.tokens.end == t).any(|h| match h.meaning {
            Meaning::Name(n) => {
                let name = cx.gazetteer.name(n);
                let kind = cx.gazetteer.record(name.key).kind;
                !matches!(name.kind, NameKind::Demonym | NameKind::Short)
                    && !name.flags.weak
                    && match kind {
                        EntityKind::Country => true,
                        EntityKind::Place => !country,
                        EntityKind::Organisation => !country && h.tokens.len() > 1,
                        _ => false,
                    }
            }
            Meaning::Head(h) => {
                !country
                    && back == 1
                    && cx.gazetteer.head(h).last
                    && cx.gazetteer.head(h).kind == EntityKind::Organisation
            }
            _ => false,
        })
    })
}

fn is_actor(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Role(r) if cx.gazetteer.role(r).kind == RoleKind::Actor))
}

fn is_title_or_day(cx: &Context<'_, '_>, t: u32) -> bool {
    use crate::gazetteer::WordClass as W;
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Word(w) => matches!(cx.gazetteer.word(w).class, W::Title | W::Weekday | W::Month),
        Meaning::Role(r) => matches!(cx.gazetteer.role(r).kind, RoleKind::Office | RoleKind::Head),
        _ => false,
    })
}

/// How far an Arabic name runs from its head: a construct chain, adjectives that agree, «ل…» of purpose; and whether
/// it is a plain noun phrase.
fn arabic_extent(cx: &Context<'_, '_>, hit: &Hit, body: bool, sub: &str) -> Option<(u32, bool)> {
    let from = hit.tokens.start;
    let definite_head = cx.page.word(from).get(hit.clitic as usize..).is_some_and(|w| w.starts_with("ال"))
        || cx.page.word(from).get(..hit.clitic as usize).is_some_and(|w| w.ends_with('ل'));
    let feminine = cx.page.word(hit.tokens.end - 1).ends_with('ة');
    let mut t = hit.tokens.end;
    let mut end = None;
    let mut purpose = false;
    let mut bare = 0;
    while t < cx.len() && t - from < LONGEST && cx.same_sentence(from, t) {
        if !is_arabic_word(cx.page, t) || cx.is_closed(t) {
            break;
        }
        let word = cx.page.word(t);
        let definite = definite_word(word);
        if ends_body(cx, t, hit.tokens.end, end.is_some()) {
            break;
        }
        // An adjective agrees with its head; another definite noun begins the next phrase: «المحكمة العليا التدخل».
        if body && definite_head && definite && !purpose && !word.starts_with('و') {
            let female = word.ends_with('ة') || word.ends_with("يا") || word.ends_with("ري");
            if feminine && !female || !feminine && word.ends_with('ة') {
                break;
            }
        }
        // «نادي أندرليخت البلجيكي»: after a proper noun the people's name describes the whole.
        if body && !definite_head && t > hit.tokens.end && matches!(country_at(cx, t), Some((_, _, true))) {
            let before = cx.page.word(t - 1);
            if !definite_word(before) && !purpose && !super::persons::ordinary(cx, t - 1) {
                end = Some(t);
                break;
            }
        }
        // A name under a clitic begins another phrase: «تحالف … بمنطقة الشرق الأوسط».
        if cx.hits.at(t).iter().any(|h| {
            h.clitic > 0 && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind != NameKind::Short)
        }) && !purpose_word(word)
        {
            break;
        }
        // A name that the gazetteer holds ends the chain: «وزارة خارجية البحرين», «جامعة الدول العربية».
        let known = cx
            .hits
            .at(t)
            .iter()
            .filter(|h| h.clitic == 0)
            .find(|h| matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind != NameKind::Short));
        if let Some(known) = known
            && !definite_head
        {
            end = Some(known.tokens.end);
            t = known.tokens.end;
            if sub == "sport" {
                break;
            }
            continue;
        }
        if (cx.words.verb)(word) && !definite {
            break;
        }
        bare += usize::from(!definite);
        // «تحالف استراتيجي»: an indefinite head with an indefinite adjective is a common noun.
        if bare > 2 || (!definite && t == hit.tokens.end && is_adjective_like(word)) {
            break;
        }
        if definite {
            // The adjective of a definite head, or the definite end of a construct.
            end = Some(t + 1);
        } else if purpose_word(word) && !purpose && (definite_head || end.is_some()) {
            // «لمكافحة الفكر المتطرف», «للمناصحة»
            purpose = true;
            if word.starts_with("لل") {
                end = Some(t + 1);
            }
        } else if end == Some(t)
            && word.starts_with('و')
            && is_arabic_word(cx.page, t + 1)
            && definite_word(cx.page.word(t + 1))
        {
            // «… والديمقراطية وحقوق الإنسان»: one more construct in the row.
        } else if definite_head || (end.is_some() && !purpose) || (purpose && end == Some(t)) {
            break;
        }
        t += 1;
    }
    // «النادي الإنجليزي»: the head and a people's name tell which one is meant, not what it is called.
    let only_demonym = definite_head
        && hit.tokens.len() == 1
        && end.is_some_and(|e| matches!(country_at(cx, hit.tokens.end), Some((_, to, true)) if to == e));
    // «لجنة الدفاع», «مجلس الإدارة»: a noun of no kind before one ordinary word is no name.
    let plain = body
        && sub.is_empty()
        && !definite_head
        && hit.tokens.len() == 1
        && end == Some(hit.tokens.end + 1)
        && super::persons::ordinary(cx, hit.tokens.end);
    // One bare word after the head and nothing definite: the head was an ordinary noun.
    end.filter(|&e| e > hit.tokens.end && !only_demonym).map(|e| (e, plain))
}

/// Whether a word describes the body, or begins the title or role of somebody else: «السابق», «بزعامة», «والدكتور».
fn ends_body(cx: &Context<'_, '_>, t: u32, first: u32, complete: bool) -> bool {
    use crate::gazetteer::WordClass as W;
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Word(w) => match cx.gazetteer.word(w).class {
            W::Aside | W::Day | W::Shift | W::Weekday => true,
            W::Title => h.clitic > 0 || complete && definite_word(cx.page.word(t)),
            _ => false,
        },
        Meaning::Role(r) => {
            let role = cx.gazetteer.role(r);
            let person = matches!(role.kind, RoleKind::Office | RoleKind::Head | RoleKind::Actor);
            let word = cx.page.word(t);
            person
                && t > first
                && !role.flags.plural
                && (h.clitic > 0 && word.starts_with('و') || complete && h.clitic == 0 && !definite_word(word))
        }
        _ => false,
    })
}

/// «استراتيجي», «إقليمية»: an indefinite adjective after an indefinite head makes no name.
fn is_adjective_like(word: &str) -> bool {
    word.ends_with('ي') || word.ends_with("ية")
}

fn definite_word(word: &str) -> bool {
    let bare = word.strip_prefix('و').unwrap_or(word);
    bare.strip_prefix("ال").is_some_and(|rest| rest.chars().count() >= 2)
}

fn purpose_word(word: &str) -> bool {
    word.strip_prefix('ل').is_some_and(|rest| rest.chars().count() >= 3)
}

/// «مدينة بغنداران»: a word of place before a word that is no other makes a place of it.
fn unknown_place(cx: &Context<'_, '_>, hit: &Hit, out: &mut Vec<Candidate>) {
    let t = hit.tokens.end;
    if after_locative(cx, t)
        && is_arabic_word(cx.page, t)
        && !cx.is_closed(t)
        && cx.gazetteer.part(cx.page.word(t)).is_none()
        && super::persons::unknown_name_word(cx.page.word(t))
        && !cx.hits.at(t).iter().any(|h| h.clitic == 0)
        && !super::persons::ordinary(cx, t)
    {
        out.push(Candidate::new(
            cx.page,
            t..t + 1,
            0,
            MentionKind::Name,
            EntityKind::Place,
            What::Unknown,
            "place word",
            64,
        ));
    }
}

/// Whether an Arabic word for a kind of place stands right before: «مدينة», not the bare «في».
pub(super) fn after_locative(cx: &Context<'_, '_>, t: u32) -> bool {
    let Some(before) = t.checked_sub(1) else { return false };
    cx.same_sentence(before, t)
        && is_arabic_word(cx.page, before)
        && !cx.is_closed(before)
        && cx.hits.at(before).iter().any(|h| {
            h.tokens.end == t
                && matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Locative)
        })
}

/// A candidate name of a body.
fn body(
    cx: &Context<'_, '_>,
    tokens: std::ops::Range<u32>,
    clitic: u32,
    what: What,
    source: &'static str,
    score: u8,
) -> Candidate {
    Candidate::new(cx.page, tokens, clitic, MentionKind::Name, EntityKind::Organisation, what, source, score)
}

/// Bodies that grammar names: ministry × portfolio × country, body × country.
fn derived(cx: &Context<'_, '_>, hit: &Hit, role: u32, out: &mut Vec<Candidate>) {
    let first = cx.gazetteer.role(role);
    let arabic = is_arabic_word(cx.page, hit.tokens.start);
    let mut start = hit.tokens.start;
    let mut end = hit.tokens.end;
    let mut clitic = hit.clitic;
    let kind = match first.kind {
        RoleKind::Ministry => {
            if arabic {
                let Some((portfolio, e)) = role_at(cx, end, RoleKind::Portfolio, true) else { return };
                // «وزارة الأمن المدني والديمقراطية»: the portfolio goes on, so it is another one.
                let goes_on = is_arabic_word(cx.page, e)
                    && definite_word(cx.page.word(e))
                    && cx.same_sentence(end, e)
                    && !cx.hits.at(e).iter().any(|h| match h.meaning {
                        // Many a surname is an adjective: «المدني».
                        Meaning::Name(n) => cx.gazetteer.name(n).kind != NameKind::Short,
                        Meaning::Role(_) | Meaning::Word(_) => true,
                        Meaning::Head(_) => false,
                    });
                if goes_on {
                    if let Some((end, _)) = arabic_extent(cx, hit, true, "") {
                        out.push(body(cx, start..end, clitic, What::Unknown, "head-word", 65));
                    }
                    return;
                }
                end = e;
                format!("ministry-{portfolio}")
            } else if matches!(cx.page.word(end), "of" | "for") {
                let at = if cx.page.word(end + 1) == "the" { end + 2 } else { end + 1 };
                let Some((portfolio, e)) = role_at(cx, at, RoleKind::Portfolio, false) else { return };
                end = e;
                format!("ministry-{portfolio}")
            } else {
                // "Foreign Ministry"
                let Some((portfolio, s)) = role_before(cx, start, RoleKind::Portfolio) else { return };
                start = s;
                clitic = 0;
                format!("ministry-{portfolio}")
            }
        }
        // «الخارجية الألمانية»: the portfolio alone stands for the ministry where a feminine demonym follows.
        RoleKind::Portfolio if arabic => {
            let word = cx.page.word(hit.tokens.start).get(hit.clitic as usize..).unwrap_or_default();
            // The word agrees with the «وزارة» that is left out: «الخارجية», never «الإعلام».
            if hit.tokens.len() != 1
                || !word.ends_with("ية")
                || !(word.starts_with("ال") || word.starts_with('ل'))
                || after_head(cx, hit)
            {
                return;
            }
            match country_at(cx, end) {
                Some((_, e, true)) if cx.page.word(e - 1).ends_with('ة') => format!("ministry-{}", first.id),
                _ => return,
            }
        }
        RoleKind::Body if !first.flags.many && !first.flags.plural => first.id.to_string(),
        _ => return,
    };
    let mut country = None;
    if arabic {
        // «وزارة خارجية البحرين», «وزارة الداخلية البحرينية», «وزارة الخارجية في مملكة البحرين»
        if let Some((key, e, _)) = country_at(cx, end) {
            country = Some(key);
            end = e;
        }
    } else {
        if let Some((key, s)) = country_before(cx, start) {
            country = Some(key);
            start = s;
        } else if cx.page.word(end) == "of" {
            let at = if cx.page.word(end + 1) == "the" { end + 2 } else { end + 1 };
            if let Some((key, e, _)) = country_at(cx, at) {
                country = Some(key);
                end = e;
            }
        }
        let written = matches!(cx.page.tokens[hit.tokens.start as usize].shape, Shape::Capitalised | Shape::Upper);
        if !written {
            return;
        }
    }
    match country.map(|c| cx.gazetteer.record(c)).filter(|c| c.kind == EntityKind::Country) {
        Some(country) => {
            let code = country.id.strip_prefix("country/").unwrap_or(country.id);
            let id = format!("organisation/{code}-{kind}");
            out.push(body(cx, start..end, clitic, What::Derived(id), "grammar", 85));
        }
        None if first.kind == RoleKind::Ministry => {
            out.push(body(cx, start..end, clitic, What::Derived(kind), "grammar", 80))
        }
        None => {}
    }
}

/// Whether a role head or ministry word stands right before: the portfolio then belongs to it.
fn after_head(cx: &Context<'_, '_>, hit: &Hit) -> bool {
    let t = hit.tokens.start;
    (1..=3.min(t)).any(|back| {
        cx.hits.at(t - back).iter().any(|h| {
            h.tokens.end == t
                && matches!(h.meaning, Meaning::Role(r) if !matches!(cx.gazetteer.role(r).kind, RoleKind::Modifier))
        })
    })
}

/// The role of a kind that starts at a token, longest first.
pub(crate) fn role_at(cx: &Context<'_, '_>, t: u32, kind: RoleKind, bare: bool) -> Option<(String, u32)> {
    cx.hits.at(t).iter().find_map(|h| match h.meaning {
        Meaning::Role(r) if cx.gazetteer.role(r).kind == kind && !(bare && h.clitic > 0) => {
            Some((cx.gazetteer.role(r).id.to_string(), h.tokens.end))
        }
        _ => None,
    })
}

/// The role of a kind that ends before a token: "Foreign" before "Ministry".
pub(crate) fn role_before(cx: &Context<'_, '_>, t: u32, kind: RoleKind) -> Option<(String, u32)> {
    (1..=5.min(t)).rev().find_map(|back| {
        let s = t - back;
        cx.hits.at(s).iter().find_map(|h| match h.meaning {
            Meaning::Role(r) if h.tokens.end == t && cx.same_sentence(s, t) && cx.gazetteer.role(r).kind == kind => {
                Some((cx.gazetteer.role(r).id.to_string(), s))
            }
            _ => None,
        })
    })
}

/// The country, or body of states, whose name or demonym starts at a token: key, end, whether it is a demonym.
pub(crate) fn country_at(cx: &Context<'_, '_>, t: u32) -> Option<(Key, u32, bool)> {
    best_country(cx, cx.hits.at(t).iter().filter(|h| h.clitic == 0))
        .map(|(h, key, demonym)| (key, h.tokens.end, demonym))
}

/// The country whose name or demonym ends before a token: "Bahraini", "Bahrain's", "US".
pub(crate) fn country_before(cx: &Context<'_, '_>, t: u32) -> Option<(Key, u32)> {
    let mut end = t;
    let mut possessive = false;
    if end > 0 && cx.page.word(end - 1) == "'s" {
        end -= 1;
        possessive = true;
    }
    let hits =
        (1..=5.min(end)).rev().flat_map(|back| cx.hits.at(end - back)).filter(|h| h.tokens.end == end && h.clitic == 0);
    let (hit, key, demonym) = best_country(cx, hits)?;
    let fits = cx.same_sentence(hit.tokens.start, t) && !(possessive && demonym);
    // A possessive stands outside the name of what it owns.
    fits.then_some((key, if possessive { t } else { hit.tokens.start }))
}

fn best_country<'h>(cx: &Context<'_, '_>, hits: impl Iterator<Item = &'h Hit>) -> Option<(&'h Hit, Key, bool)> {
    hits.filter_map(|h| match h.meaning {
        Meaning::Name(n) => {
            let name = cx.gazetteer.name(n);
            let record = cx.gazetteer.record(name.key);
            let upper = name.kind != NameKind::Acronym && !name.flags.case
                || h.tokens.clone().map(|t| cx.page.raw(t)).collect::<String>() == name.text.replace(' ', "");
            (record.kind == EntityKind::Country && upper).then_some((h, name.key, name.kind == NameKind::Demonym))
        }
        _ => None,
    })
    .max_by_key(|(h, key, _)| (h.tokens.len(), cx.gazetteer.record(*key).rank, std::cmp::Reverse(*key)))
}

/// "the Welsh Local Government Association (WLGA)": the letters in brackets name the body from then on.
fn acronyms(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    let mut defined: Vec<String> = Vec::new();
    let ends: Vec<u32> = out
        .iter()
        .filter(|c| c.ty == EntityKind::Organisation && c.kind == MentionKind::Name && c.tokens.len() > 1)
        .map(|c| c.tokens.end)
        .collect();
    for end in ends {
        let bracket = matches!(cx.page.raw(end), "(" | "\"" | "«" | "“");
        let Some(token) = cx.page.tokens.get(end as usize + 1) else { continue };
        if bracket
            && token.shape == Shape::Upper
            && cx.page.raw(end + 1).len() >= 2
            && matches!(cx.page.raw(end + 2), ")" | "\"" | "»" | "”")
        {
            defined.push(cx.page.raw(end + 1).to_owned());
        }
    }
    defined.sort();
    defined.dedup();
    if defined.is_empty() {
        return;
    }
    for t in (0..cx.len()).filter(|&t| cx.is_live(t)) {
        if defined.binary_search_by(|d| d.as_str().cmp(cx.page.raw(t))).is_ok() {
            out.push(Candidate::new(
                cx.page,
                t..t + 1,
                0,
                MentionKind::Name,
                EntityKind::Organisation,
                What::Unknown,
                "acronym",
                80,
            ));
        }
    }
}
