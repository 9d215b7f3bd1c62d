//! How far does an Arabic role phrase run behind its head, and what counts it before?
//!
//! ```text
//! [مفاوضو] الدول الـ12                      a construct: nouns up to the definite one that closes it, its adjectives
//! [وزراء خارجية السعودية] ومصر والإمارات     further names behind «و»
//! [وزيري دفاع] وخارجية البلدين              a further portfolio
//! [مصادر] إعلامية أميركية · [مسؤولين] من البلدين · [ممثلين] عن المجموعة
//! عدد من [المسؤولين] · 80٪ من [المشاركين]    what counts them
//! ```

use super::{Names, Phrase, has_class, is_verb, kind_of, stands};
use crate::entity::EntityKind;
use crate::find::Context;
use crate::find::boundary::{Hit, is_arabic_word};
use crate::find::organisations::country_at;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::RoleKind;
use crate::gazetteer::{Word, WordClass};
use crate::text::TokenKind;

/// Nouns of one construct before the definite one.
const CHAIN: u32 = 4;
/// Adjectives in a row, names of one list.
const ROW: u32 = 8;

/// Role ids whose heads are no construct: «مسؤول كبير», «مصدر أمني» are followed by adjectives alone.
const PLAIN: &[&str] = &[
    "official",
    "source",
    "diplomat",
    "expert",
    "analyst",
    "activist",
    "observer",
    "eyewitness",
    "soldier",
    "citizen",
];

/// The end of the phrase whose core ends at `end`; nothing of a name that follows is cut.
pub(super) fn end(cx: &Context<'_, '_>, names: &Names, t: u32, end: u32, phrase: &mut Phrase) -> u32 {
    // «الاتحاد الدولي»: a definite body and its adjectives are a name by their form, which `organisations` reads.
    // But «الوفد الحكومي اليمني» is one of many.
    if phrase.is_body && phrase.definite && !phrase.many {
        return end;
    }
    let mut at = construct(cx, names, t, end, phrase);
    for _ in 0..2 {
        match attached(cx, names, t, at, phrase) {
            Some(e) => at = e,
            None => break,
        }
    }
    at
}

/// The construct and the adjectives behind the head.
fn construct(cx: &Context<'_, '_>, names: &Names, t: u32, end: u32, phrase: &mut Phrase) -> u32 {
    let last = end - 1;
    let word = cx.page.word(last);
    let mut at = end;
    // «المتحدث باسم الرئاسة المصرية»
    if stands(cx, last, &["باسم"]) {
        return closing(cx, names, t, end).unwrap_or(end);
    }
    if phrase.definite || suffixed(word) || definite(word) || phrase.country.is_some() || phrase.body.is_some() {
        at = adjectives(cx, names, t, at, phrase);
        if phrase.plural || phrase.dual {
            at = list(cx, names, at, phrase);
        }
        return at;
    }
    // «وزيري دفاع وخارجية البلدين»
    if portfolio(cx, at, true) {
        at += 1;
    }
    let head = cx.page.word(t);
    // «مسؤولون», «مسؤولين» keep their ن: no construct.
    let full = (phrase.plural || phrase.dual)
        && end == t + 1
        && (head.ends_with("ون") || head.ends_with("ين") || head.ends_with("ان"));
    let tight = end == t + 1 && (phrase.plural || phrase.dual) && (head.ends_with('و') || head.ends_with('ي'));
    if !full && (tight || phrase.plural || phrase.dual || !PLAIN.contains(&phrase.role.as_str())) {
        let mut e = at;
        for _ in 0..=CHAIN {
            if !cx.same_sentence(t, e) {
                break;
            }
            // A person has no ministers: «وزراء خارجية دول …» only looks like a title and a name.
            if let Some(name) = names.end(e).filter(|_| !phrase.plural || names.kind(e) != Some(EntityKind::Person)) {
                if phrase.body.is_none()
                    && phrase.country.is_none()
                    && names.kind(e) == Some(EntityKind::Organisation)
                    && e == at
                {
                    phrase.body = Some(e..name);
                }
                e = adjectives(cx, names, t, name, phrase);
                return if phrase.plural || phrase.dual { list(cx, names, e, phrase) } else { e };
            }
            if !noun(cx, names, e) {
                break;
            }
            let closes = definite(cx.page.word(e)) || suffixed(cx.page.word(e));
            e += 1;
            if closes {
                return adjectives(cx, names, t, e, phrase);
            }
        }
    }
    // No definite noun closes it: adjectives that agree with an indefinite head.
    let feminine = phrase.female || head.ends_with('ة') || phrase.plural && !full && !tight;
    for _ in 0..CHAIN {
        if !cx.same_sentence(t, at) || !noun(cx, names, at) {
            break;
        }
        let word = cx.page.word(at);
        let agrees = !definite(word)
            && (modifier(cx, at)
                || word.ends_with('ي') && !tight
                || feminine && word.ends_with('ة')
                || full && (word.ends_with("ون") || word.ends_with("ين")));
        if !agrees {
            break;
        }
        at += 1;
    }
    if let Some((key, e, true)) = country_at(cx, at).filter(|_| cx.same_sentence(t, at)) {
        phrase.country.get_or_insert(key);
        at = e;
    }
    at
}

/// Behind the construct: «من البلدين», «في وزارة الدفاع», «عن المجموعة», «بالخارجية», «إلى اليمن».
fn attached(cx: &Context<'_, '_>, names: &Names, t: u32, end: u32, phrase: &mut Phrase) -> Option<u32> {
    if !cx.same_sentence(t, end) {
        return None;
    }
    let next = end + 1;
    let inside = cx.same_sentence(t, next);
    let envoy = phrase.role.contains("envoy") || phrase.role.contains("ambassador");
    match &*cx.plain(end) {
        "من" if inside && !definite(cx.page.word(t)) => group(cx, names, next),
        _ if stands(cx, end, &["للشؤون", "للشئون"]) => Some(adjectives(cx, names, t, end + 1, phrase)),
        "في" if inside && actor(cx, next, &[RoleKind::Ministry, RoleKind::Body]) => group(cx, names, next),
        "في" if inside && names.kind(next) == Some(EntityKind::Organisation) => group(cx, names, next),
        "عن" if inside && (phrase.role.contains("representative") || stands(cx, end - 1, &["المسؤول", "المسؤولة"])) => {
            group(cx, names, next).or_else(|| closing(cx, names, t, next))
        }
        "إلى" | "الى" | "لدى" | "في" if inside && envoy && names.kind(next) == Some(EntityKind::Country) => {
            names.end(next)
        }
        // «السفير الروسي بواشنطن»
        word if envoy && word.starts_with('ب') => place_in(cx, end),
        "منه" | "منها" | "منهم" if phrase.plural && end == t + 1 && !definite(cx.page.word(t)) => Some(next),
        _ => {
            // «بالخارجية الألمانية»
            let glued = cx.page.word(end).starts_with("بال") && portfolio(cx, end, false);
            glued.then(|| adjectives(cx, names, t, end + 1, phrase))
        }
    }
}

/// The end of the place or country that is named behind «ب» at a token.
fn place_in(cx: &Context<'_, '_>, t: u32) -> Option<u32> {
    let place = |h: &&Hit| match h.meaning {
        Meaning::Name(n) => {
            let kind = cx.gazetteer.record(cx.gazetteer.name(n).key).kind;
            h.clitic == 2 && matches!(kind, EntityKind::Place | EntityKind::Country)
        }
        _ => false,
    };
    cx.hits.at(t).iter().filter(place).map(|h| h.tokens.end).max()
}

/// People, bodies or countries at a token: «البلدين», «المسؤولين الأميركيين», «وزارة الدفاع».
fn group(cx: &Context<'_, '_>, names: &Names, at: u32) -> Option<u32> {
    let mut blank = super::blank(at..at);
    let end = match names.end(at) {
        Some(e) if names.kind(at) != Some(EntityKind::Person) => {
            return Some(list(cx, names, adjectives(cx, names, at, e, &mut blank), &mut blank));
        }
        Some(_) => return None,
        None => at,
    };
    let kinds = [RoleKind::Ministry, RoleKind::Body, RoleKind::Actor, RoleKind::Office, RoleKind::Head];
    let both = stands(cx, end, &["البلدين", "الدولتين"]);
    if !both && !actor(cx, end, &kinds) {
        return None;
    }
    let word = cx.page.word(end);
    if definite(word) || suffixed(word) {
        return Some(adjectives(cx, names, at, end + 1, &mut blank));
    }
    closing(cx, names, at, end + 1).or(Some(end + 1))
}

/// The end of indefinite nouns that a definite one or a name closes.
fn closing(cx: &Context<'_, '_>, names: &Names, t: u32, from: u32) -> Option<u32> {
    let mut blank = super::blank(from..from);
    let mut at = from;
    for _ in 0..=CHAIN {
        if !cx.same_sentence(t, at) {
            return None;
        }
        if let Some(e) = names.end(at) {
            return Some(list(cx, names, adjectives(cx, names, t, e, &mut blank), &mut blank));
        }
        if !noun(cx, names, at) {
            return None;
        }
        let closes = definite(cx.page.word(at)) || suffixed(cx.page.word(at));
        at += 1;
        if closes {
            return Some(adjectives(cx, names, t, at, &mut blank));
        }
    }
    None
}

/// Definite adjectives in a row, demonyms among them, and the number of «الدول الـ12».
fn adjectives(cx: &Context<'_, '_>, names: &Names, t: u32, from: u32, phrase: &mut Phrase) -> u32 {
    let mut at = from;
    for _ in 0..ROW {
        if !cx.same_sentence(t, at) {
            break;
        }
        if let Some((key, e, true)) = country_at(cx, at) {
            phrase.country.get_or_insert(key);
            at = e;
            continue;
        }
        let word = cx.page.word(at);
        let number = word == "ال" && cx.page.tokens.get(at as usize + 1).is_some_and(|k| k.kind == TokenKind::Number);
        if number && cx.same_sentence(t, at + 1) {
            at += 2;
            continue;
        }
        if !is_arabic_word(cx.page, at) || !definite(word) || cx.is_closed(at) {
            break;
        }
        // «الرئيس السيسي»: a surname in the same form; «أبلغ الوزير الصحفي»: a noun.
        let nisba = ["ية", "يين", "يون", "يات"].iter().any(|e| word.ends_with(e))
            || word.ends_with('ي') && word.chars().count() > 5 && !surname(cx, names, at);
        if !(modifier(cx, at) || nisba && !actor(cx, at, &[RoleKind::Actor, RoleKind::Office, RoleKind::Body])) {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a word is known as a person's name, listed or by its form.
fn surname(cx: &Context<'_, '_>, names: &Names, t: u32) -> bool {
    names.kind(t) == Some(EntityKind::Person)
        || cx.gazetteer.part(cx.page.word(t)).is_some_and(|p| p.family)
        || cx.hits.at(t).iter().any(|h| {
            matches!(h.meaning, Meaning::Name(n)
                if cx.gazetteer.record(cx.gazetteer.name(n).key).kind == EntityKind::Person)
        })
}

/// Further names behind «و»: «ومصر والإمارات والبحرين».
fn list(cx: &Context<'_, '_>, names: &Names, end: u32, phrase: &mut Phrase) -> u32 {
    let mut at = end;
    if names.start(end).is_none() && phrase.country.is_none() {
        return end;
    }
    for _ in 0..ROW {
        let Some(e) = and_name(cx, at).filter(|_| cx.same_sentence(end - 1, at)) else { break };
        at = e;
    }
    if at > end {
        phrase.country = None;
    }
    at
}

/// The end of the country, place or body that is named behind «و» at a token.
fn and_name(cx: &Context<'_, '_>, t: u32) -> Option<u32> {
    let named = |h: &&Hit| match h.meaning {
        Meaning::Name(n) => cx.gazetteer.record(cx.gazetteer.name(n).key).kind != EntityKind::Person,
        _ => false,
    };
    let glued = cx.page.word(t).starts_with('و');
    cx.hits.at(t).iter().filter(|h| h.clitic == 2 && glued).find(named).map(|h| h.tokens.end)
}

/// Whether a word may go on a construct: no verb, no function word, no adverb in -an, nothing glued on in front.
fn noun(cx: &Context<'_, '_>, names: &Names, t: u32) -> bool {
    let word = cx.page.word(t);
    let letters = word.chars().count();
    if !is_arabic_word(cx.page, t) || cx.is_closed(t) || names.is_date(t) || has_class(cx, t, WordClass::Title) {
        return false;
    }
    if definite(word) {
        return true;
    }
    let future = (word.starts_with("سي") || word.starts_with("ست")) && letters > 4 && !word.starts_with("سيا");
    // What a clitic or the mark of a verb begins, and what ends like an adverb, goes on no construct.
    let other = word.starts_with(['و', 'ف', 'ي'])
        || word.starts_with("لل")
        || word.starts_with("بال")
        || word.starts_with('ت') && letters < 5
        || word.ends_with('ا');
    letters > 1 && !future && !other && !is_verb(cx, t)
}

fn actor(cx: &Context<'_, '_>, t: u32, kinds: &[RoleKind]) -> bool {
    cx.hits
        .at(t)
        .iter()
        .any(|h| h.clitic == 0 && matches!(h.meaning, Meaning::Role(_)) && kinds.contains(&kind_of(cx, h)))
}

fn modifier(cx: &Context<'_, '_>, t: u32) -> bool {
    actor(cx, t, &[RoleKind::Modifier]) || has_class(cx, t, WordClass::Aside)
}

/// A portfolio behind a clitic: «وخارجية» (`and`), «بالخارجية».
fn portfolio(cx: &Context<'_, '_>, t: u32, and: bool) -> bool {
    cx.page.word(t).starts_with(if and { 'و' } else { 'ب' })
        && cx.hits.at(t).iter().any(|h| {
            h.clitic == 2
                && h.tokens.len() == 1
                && matches!(h.meaning, Meaning::Role(_))
                && kind_of(cx, h) == RoleKind::Portfolio
        })
}

fn definite(word: &str) -> bool {
    word.starts_with("ال") && word.chars().count() > 4
}

/// Bears a pronoun, and is definite by it: «مستشاريه», «نظرائها».
fn suffixed(word: &str) -> bool {
    word.chars().count() > 4 && ["ه", "ها", "هم", "هما", "نا"].iter().any(|s| word.ends_with(s))
}

/// The start of «عدد من», «80٪ من», «ثلاثة أرباع» before a phrase, and the folded bytes of its clitic.
pub(super) fn counted(cx: &Context<'_, '_>, t: u32, floor: u32) -> Option<(u32, u32)> {
    let before = |t: u32| t.checked_sub(1).filter(|&b| b >= floor && cx.same_sentence(b, t));
    let p = before(t)?;
    let percent = |t: u32| stands(cx, t, &["%", "٪"]);
    let (start, clitic) = if cx.page.word(p) == "من" {
        let q = before(p)?;
        (q, quantity(cx, q, "of").or_else(|| percent(q).then_some(0))?)
    } else {
        (p, quantity(cx, p, "").or_else(|| number(cx, p))?)
    };
    // «80٪», «ثلاثة أرباع»
    if let Some(n) = before(start).filter(|_| percent(start) || stands(cx, start, &["ارباع"]))
        && let Some(clitic) = digits(cx, n).or_else(|| number(cx, n))
    {
        return Some((n, clitic));
    }
    Some((start, clitic))
}

/// The clitic before a word that counts what follows: right behind it, or (`of`) behind «من».
fn quantity(cx: &Context<'_, '_>, t: u32, value: &str) -> Option<u32> {
    word(cx, t, |w| w.class == WordClass::Quantity && w.value == value)
}

fn number(cx: &Context<'_, '_>, t: u32) -> Option<u32> {
    word(cx, t, |w| w.class == WordClass::Number)
}

fn digits(cx: &Context<'_, '_>, t: u32) -> Option<u32> {
    cx.page.tokens.get(t as usize).filter(|token| token.kind == TokenKind::Number).map(|_| 0)
}

/// The clitic before a single listed word.
fn word(cx: &Context<'_, '_>, t: u32, wanted: impl Fn(Word<'_>) -> bool) -> Option<u32> {
    let fits = |h: &&Hit| h.tokens.len() == 1 && matches!(h.meaning, Meaning::Word(w) if wanted(cx.gazetteer.word(w)));
    cx.hits.at(t).iter().find(fits).map(|h| h.clitic)
}
