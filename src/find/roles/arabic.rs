//! Which Arabic words are a role phrase?
//!
//! ```text
//! [وزير] [الخارجية] [المصري]            head, portfolio, country: the nucleus comes first
//! [مستشار] [وزير الخارجية] [للشؤون …]    of whom, for what
//! ```

use super::{Found, Names, TEXT, best_role, blank, genitive, has_class, is_verb, kind_of, take};
use crate::entity::EntityKind;
use crate::find::Context;
use crate::find::boundary::Hit;
use crate::find::boundary::is_arabic_word;
use crate::find::organisations::country_at;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::RoleKind;
use crate::gazetteer::{RoleFlags, WordClass};

/// Words a role phrase may run to before the name that it belongs to.
const LONGEST: u32 = 16;

/// The phrase whose head stands at a token.
pub(super) fn phrase(cx: &Context<'_, '_>, t: u32, floor: u32, names: &Names) -> Option<Found> {
    let (tokens, clitic, mut phrase) = core(cx, t, names)?;
    if phrase.role == TEXT && !t.checked_sub(1).is_some_and(|v| cx.same_sentence(v, t) && is_verb(cx, v)) {
        return None;
    }
    let mut end = tokens.end;
    // A title or name behind the core belongs to the person who holds the role.
    if until_name(cx, t, end, names).is_none() {
        end = genitive::end(cx, names, t, end, &mut phrase);
        if names.cuts(end) {
            end = tokens.end;
        }
    }
    match genitive::counted(cx, t, floor).filter(|_| clitic == 0 && (phrase.plural || phrase.dual)) {
        Some((start, before)) => {
            phrase.definite = false;
            Some((start..end, before, phrase))
        }
        None => Some((t..end, clitic, phrase)),
    }
}

fn core(cx: &Context<'_, '_>, t: u32, names: &Names) -> Option<Found> {
    let hit = best_role(cx, t)?;
    let Meaning::Role(r) = hit.meaning else { return None };
    if matches!(cx.gazetteer.role(r).kind, RoleKind::Ministry | RoleKind::Portfolio) {
        return None;
    }
    // A modifier opens a phrase only where a role follows: «نائب الرئيس», «القائم بأعمال وكيل …».
    let modifier = cx.gazetteer.role(r).kind == RoleKind::Modifier;
    if modifier
        && !cx
            .hits
            .at(hit.tokens.end)
            .iter()
            .any(|h| matches!(h.meaning, Meaning::Role(_)) && !matches!(kind_of(cx, h), RoleKind::Portfolio))
    {
        return None;
    }
    let bare = cx.page.word(t).get(hit.clitic as usize..).unwrap_or_default();
    // «برئاسة المدير العام»: he chairs it, which is no presidency of his.
    let chaired = hit.clitic > 0 && cx.gazetteer.role(r).kind == RoleKind::Body;
    let bears = |h: &Hit| {
        matches!(h.meaning, Meaning::Role(_))
            && matches!(kind_of(cx, h), RoleKind::Office | RoleKind::Head | RoleKind::Actor)
    };
    if chaired && cx.hits.at(hit.tokens.end).iter().any(|h| h.clitic == 0 && bears(h)) {
        return None;
    }
    let mut phrase = blank(t..hit.tokens.end);
    phrase.definite = bare.starts_with("ال")
        || cx.page.word(t).get(..hit.clitic as usize).is_some_and(|c| c.ends_with('ل')) && bare.starts_with('ل');
    take(cx, &mut phrase, r, true);
    let mut end = hit.tokens.end;
    let mut core_end = end;
    let mut steps = 0;
    while steps < 10 && cx.same_sentence(t, end) && end < cx.len() {
        steps += 1;
        // More of the role: «وزير» + «الخارجية», «مستشار» + «وزير», «… السابق».
        let more = cx
            .hits
            .at(end)
            .iter()
            .filter(|h| h.clitic == 0 && matches!(h.meaning, Meaning::Role(_)))
            .max_by_key(|h| (h.tokens.len(), std::cmp::Reverse(kind_of(cx, h))));
        // «سفير المملكة المتحدة»: a country's name, and «سفير المملكة» a country by its form, are no roles.
        let country = |h: &Hit| {
            country_at(cx, end).is_some_and(|(_, e, _)| e > h.tokens.end)
                || matches!(h.meaning, Meaning::Role(r) if stands_for_country(&cx.gazetteer.role(r).flags))
        };
        if let Some(h) = more.filter(|h| !country(h))
            && let Meaning::Role(r) = h.meaning
        {
            let kind = cx.gazetteer.role(r).kind;
            let definite_start = cx.page.word(end).starts_with("ال");
            // A definite role noun closes a construct («نائب الرئيس») but two definite nouns do not chain, and behind a
            // closed one the next office begins: «ولي العهد | نائب رئيس مجلس الوزراء | وزير الداخلية».
            let chains = match kind {
                RoleKind::Portfolio => true,
                RoleKind::Ministry => false,
                // «مدير المنتخب»: what is definite behind an open construct closes it and qualifies nobody.
                RoleKind::Modifier if definite_start => {
                    phrase.definite || closed(cx, t, end) || phrase.country.is_some() || phrase.body.is_some()
                }
                RoleKind::Modifier => !closed(cx, t, end),
                _ => !(definite_start && phrase.definite || closed(cx, t, end)),
            };
            if chains {
                let first = phrase.role.ends_with("vice-")
                    || modifier && phrase.core.end == hit.tokens.end && !phrase.office && phrase.role.ends_with('-');
                take(cx, &mut phrase, r, first);
                end = h.tokens.end;
                core_end = end;
                continue;
            }
        }
        let body_end = names.body_from[end as usize];
        if let Some((key, e, demonym)) = country_at(cx, end)
            && e >= body_end
        {
            // A bare place after a definite noun is no complement: «الرئيس مصر» is not said.
            if demonym || !phrase.definite || definite_role(cx, end - 1) {
                phrase.country = Some(key);
                end = e;
                continue;
            }
        }
        if body_end > end && (!phrase.definite || glued_b(cx, end)) {
            phrase.body = Some(end..body_end);
            end = body_end;
            continue;
        }
        // «للشؤون السياسية والاقتصادية»
        let word = cx.page.word(end);
        if word.starts_with("للشؤون") || (core_end == end && word.starts_with("لل") && word.chars().count() > 5)
        {
            let mut e = end + 1;
            while is_arabic_word(cx.page, e) && cx.same_sentence(t, e) && adjective(cx, e) {
                e += 1;
            }
            end = e;
            core_end = e;
            continue;
        }
        // «لدى الأمم المتحدة», «باسم الرئاسة المصرية»
        if matches!(word, "لدي" | "باسم" | "في" | "الي" | "عن") && matches!(&*cx.plain(end), "لدى" | "باسم")
        {
            let at = end + 1;
            let body = names.body_from.get(at as usize).copied().unwrap_or(0);
            let country = country_at(cx, at);
            if body > at {
                phrase.body = Some(at..body);
                end = body;
                continue;
            }
            if let Some((key, e, false)) = country {
                phrase.country.get_or_insert(key);
                end = e;
                continue;
            }
        }
        break;
    }
    // Greedy where a title or a name of two words follows: all between belongs to the role.
    if let Some(e) = until_name(cx, t, end, names)
        && e > end
    {
        if let Some(body) = (end..e).find_map(|i| {
            let b = names.body_from[i as usize];
            (b > i && b <= e).then_some(i..b)
        }) {
            if phrase.country.is_none() {
                phrase.country = (body.start..body.end).find_map(|i| country_at(cx, i).map(|c| c.0));
            }
            core_end = body.start;
            phrase.body = Some(body);
        } else {
            // «رئيس كوريا الجنوبية مون جاي إن»: the country at its edge is no word of the office.
            let country = (end..e).find_map(|i| {
                country_at(cx, i).filter(|&(_, to, demonym)| to == e && !demonym).map(|(key, ..)| (i, key))
            });
            core_end = e;
            if let Some((start, key)) = country {
                phrase.country.get_or_insert(key);
                core_end = start;
            }
        }
        end = e;
    }
    phrase.core = t..core_end.max(hit.tokens.end);
    if modifier && phrase.role.ends_with('-') {
        return None;
    }
    if phrase.is_body && phrase.country.is_some() && !phrase.many && !phrase.plural {
        return None; // grammar derives the body's name
    }
    Some((t..end, hit.clitic, phrase))
}

/// Whether a word calls a country by its form: «المملكة».
fn stands_for_country(flags: &RoleFlags) -> bool {
    flags.country && !flags.many
}

/// Whether a definite noun closes the construct of the words before `end`: what follows is no part of it.
fn closed(cx: &Context<'_, '_>, t: u32, end: u32) -> bool {
    end > t + 1 && definite_role(cx, end - 1)
}

fn definite_role(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.page.word(t).starts_with("ال")
}

fn adjective(cx: &Context<'_, '_>, t: u32) -> bool {
    let word = cx.page.word(t);
    let bare = word.strip_prefix('و').unwrap_or(word);
    bare.starts_with("ال")
        && bare.chars().count() > 4
        && country_at(cx, t).is_none()
        && !cx.is_closed(t)
        && !has_class(cx, t, WordClass::Title)
        && best_role(cx, t).is_none_or(|h| matches!(kind_of(cx, h), RoleKind::Portfolio))
}

/// «بوزارة …»: the body is tied on with ب.
fn glued_b(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.page.word(t).starts_with('ب')
}

/// The token at which a title or a person's name starts, if nothing between ends a noun phrase.
fn until_name(cx: &Context<'_, '_>, from: u32, start: u32, names: &Names) -> Option<u32> {
    let mut t = start;
    // Where the next office of the same person begins.
    let mut next = None;
    while t < cx.len() && t - from < LONGEST && cx.same_sentence(from, t) {
        if names.person_from[t as usize] > t {
            return next.or(Some(t));
        }
        let title = cx.hits.at(t).iter().any(|h| {
            h.clitic == 0
                && matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Title)
                && is_arabic_word(cx.page, h.tokens.end)
                && !cx.is_closed(h.tokens.end)
        });
        if title {
            return next.or(Some(t));
        }
        if !is_arabic_word(cx.page, t) || cx.is_closed(t) {
            return None;
        }
        let word = cx.page.word(t);
        let definite =
            word.starts_with("ال") || word.starts_with("وال") || word.starts_with("لل") || word.starts_with("بال");
        // «استقبل الملك سلمان نبيل فهمي»: what no article ties to a definite noun is not its adjective; a name of one word.
        let apart = !definite && t > from && definite_role(cx, t - 1);
        if apart && names.kind(t) == Some(EntityKind::Person) {
            return next.or(Some(t));
        }
        // A verb, or an accusative that is a verb's object or an adverb: «اجتماعا», «حاليا».
        let accusative = !definite && word.ends_with('ا') && country_at(cx, t).is_none();
        if (cx.words.verb)(word) || accusative || names.is_date(t) {
            return None;
        }
        // Another person's role or title begins: «وزير الخارجية ورئيس الوزراء فلان», «وصاحب السمو الأمير».
        let other = |h: &Hit| match h.meaning {
            Meaning::Role(_) => match kind_of(cx, h) {
                RoleKind::Portfolio => false,
                RoleKind::Modifier => !definite,
                _ => true,
            },
            Meaning::Word(w) => cx.gazetteer.word(w).class == WordClass::Title,
            _ => false,
        };
        if word.starts_with('و') && cx.hits.at(t).iter().any(|h| h.clitic > 0 && other(h)) {
            return None;
        }
        if next.is_none() && closed(cx, from, t) && best_role(cx, t).is_some_and(|h| h.clitic == 0 && other(h)) {
            next = Some(t);
        }
        // «وزير الخارجية تحيات …»: it is no word of the office, and no name either.
        let body = names.body_from[t as usize];
        let glued = word.starts_with(['و', 'ل', 'ب', 'ك', 'ف']);
        if apart && !glued && body <= t && best_role(cx, t).is_none() && country_at(cx, t).is_none() {
            return None;
        }
        t = if body > t { body } else { t + 1 };
    }
    None
}
