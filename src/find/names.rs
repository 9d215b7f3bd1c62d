//! Which hits of the gazetteer are mentions of its entities?
//!
//! ```text
//! "US" (case kept) ─► country/USA        "us" ─► nothing
//! "Kerry"          ─► person/john-kerry  only where "John Kerry" or a title licenses it
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::boundary::Hit;
use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::{NameKind, RoleKind};
use crate::gazetteer::{Key, Name, WordClass};
use crate::mention::MentionKind;
use crate::text::{CaseHabit, Shape};

/// A place of fewer people than this whose name is also a word or a person's name needs evidence beside it.
const WELL_KNOWN_PLACE: u32 = 500_000;

/// Tokens, clitic and kind of a candidate.
type Place = (u32, u32, u32, MentionKind);

/// The score of a name that several bodies bear and that its form alone shows to be one.
pub(crate) const BY_FORM: u8 = 56;

/// Full names, acronyms and demonyms.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    // All namesakes at one place are one candidate: linking chooses between them.
    let mut group: BTreeMap<Place, Vec<(u8, Key)>> = BTreeMap::new();
    for hit in cx.hits.iter().filter(|h| cx.is_live(h.tokens.start)) {
        let Meaning::Name(index) = hit.meaning else { continue };
        let name = cx.gazetteer.name(index);
        if name.kind == NameKind::Short && !name.flags.alone {
            continue;
        }
        if !written_as_a_name(cx, hit.tokens.start..hit.tokens.end, hit.clitic, name) {
            continue;
        }
        if inside_role_form(cx, hit) {
            continue;
        }
        let kind = if name.kind == NameKind::Demonym { MentionKind::Demonym } else { MentionKind::Name };
        let score = match is_weak(cx, hit, name) && !place_evidence(cx, hit, name) {
            true if form_tells(cx, hit, name) => BY_FORM,
            true => 50,
            false => 90,
        };
        let keys = group.entry((hit.tokens.start, hit.tokens.end, hit.clitic, kind)).or_default();
        match keys.iter_mut().find(|(_, k)| *k == name.key) {
            Some(held) => held.0 = held.0.max(score),
            None => keys.push((score, name.key)),
        }
    }
    for ((start, end, clitic, kind), keys) in group {
        let best = keys.iter().map(|(score, _)| *score).max().unwrap_or(0);
        // Weak namesakes stand back behind a strong one.
        let keys: Vec<Key> = keys.into_iter().filter(|(score, _)| *score == best).map(|(_, key)| key).collect();
        let ty = keys
            .iter()
            .map(|k| cx.gazetteer.record(*k))
            .max_by_key(|r| (prior(r.kind), r.rank, std::cmp::Reverse(r.id)))
            .map_or(EntityKind::Place, |r| r.kind);
        out.push(Candidate::new(cx.page, start..end, clitic, kind, ty, What::Keys(keys), "gazetteer", best));
    }
}

/// Whether words are only a piece of a listed role: «القائم» of «القائم بأعمال», «الحرمين الشريفين» of «خادم …».
fn inside_role_form(cx: &Context<'_, '_>, hit: &Hit) -> bool {
    // Listed roles are short: none is longer than these.
    (0..=4.min(hit.tokens.start)).any(|back| {
        cx.hits.at(hit.tokens.start - back).iter().any(|h| {
            h.tokens.end >= hit.tokens.end
                && h.tokens.len() > hit.tokens.len()
                && (hit.tokens.len() == 1 && back == 0 || h.tokens.start < hit.tokens.start && hit.tokens.len() > 1)
                && matches!(h.meaning, Meaning::Role(r) if cx.gazetteer.role(r).kind != RoleKind::Portfolio)
        })
    })
}

fn prior(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Country => 3,
        EntityKind::Organisation | EntityKind::Person => 2,
        _ => 1,
    }
}

/// Whether a name is an ordinary word, or a person's name, too.
fn is_weak(cx: &Context<'_, '_>, hit: &Hit, name: Name<'_>) -> bool {
    if name.flags.weak {
        return true;
    }
    let record = cx.gazetteer.record(name.key);
    let word = cx.page.word(hit.tokens.start).get(hit.clitic as usize..).unwrap_or_default();
    let one = record.kind == EntityKind::Place && hit.tokens.len() == 1;
    // Arabic has no capitals: «العالم», «المدينة» are words first, however many people live there.
    let caseless = cx.page.tokens.get(hit.tokens.start as usize).is_some_and(|t| t.shape == Shape::Caseless);
    if one && caseless && record.sub != "capital" {
        // After «لل» the article has lost its first letter.
        let common = cx.gazetteer.is_common(word)
            || hit.clitic > 0 && word.starts_with('ل') && cx.gazetteer.is_common(&format!("ا{word}"));
        if common {
            return true;
        }
    }
    one && record.rank < WELL_KNOWN_PLACE
        && record.sub != "capital"
        && (cx.gazetteer.part(word).is_some() || cx.gazetteer.is_common(word) || hit.clitic > 0)
}

/// "the Liberal Party", "the SPD": capitals in running text show a body, though several are called so.
fn form_tells(cx: &Context<'_, '_>, hit: &Hit, name: Name<'_>) -> bool {
    if cx.gazetteer.record(name.key).kind != EntityKind::Organisation || !name.text.chars().any(char::is_uppercase) {
        return false;
    }
    let habit = |t: u32| {
        let token = cx.page.tokens.get(t as usize)?;
        Some(cx.page.paragraphs.get(token.paragraph as usize)?.case)
    };
    if habit(hit.tokens.start) != Some(CaseHabit::Sentence) {
        return false;
    }
    if hit.tokens.len() == 1 {
        let (t, raw, word) = (hit.tokens.start, cx.page.raw(hit.tokens.start), cx.page.word(hit.tokens.start));
        let letters = raw.chars().count() > 1 && cx.page.tokens[t as usize].shape == Shape::Upper;
        // "the Kuomintang": a rare word with a capital that no sentence begins.
        let rare = raw.chars().count() > 4
            && !name.flags.case
            && t.checked_sub(1)
                .is_some_and(|b| cx.same_sentence(b, t) && cx.page.tokens[b as usize].shape == Shape::Lower)
            && cx.gazetteer.part(word).is_none()
            && !(cx.words.listed)(word);
        return (letters || rare) && !cx.gazetteer.is_common(word);
    }
    let capital = |t: u32| cx.page.tokens[t as usize].shape != Shape::Lower;
    capital(hit.tokens.start)
        && capital(hit.tokens.end - 1)
        && hit.tokens.clone().all(|t| capital(t) || cx.is_closed(t))
}

/// "in Franklin", «بمدينة كان»: a word of place right before makes a place of the name.
fn place_evidence(cx: &Context<'_, '_>, hit: &Hit, name: Name<'_>) -> bool {
    if !matches!(cx.gazetteer.record(name.key).kind, EntityKind::Place | EntityKind::Country) {
        return false;
    }
    let Some(before) = hit.tokens.start.checked_sub(1) else { return false };
    hit.clitic == 0
        && cx.same_sentence(before, hit.tokens.start)
        && !cx.gazetteer.is_common(cx.page.word(hit.tokens.start))
        && cx.hits.at(before).iter().any(|h| {
            h.tokens.len() == 1
                && matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Locative)
        })
}

/// Surnames and other short names, where the full name stands in the text or a title stands before them.
pub(crate) fn find_short(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    // The persons whose full names stand in the text, by their last name part; the earliest mention decides ties.
    let mut full: BTreeMap<Key, u32> = BTreeMap::new();
    let mut unknown: BTreeMap<String, u32> = BTreeMap::new();
    for c in out.iter().filter(|c| c.kind == MentionKind::Name && c.ty == EntityKind::Person) {
        match &c.what {
            What::Keys(keys) => {
                // A surname that may stand alone is no full name.
                keys.iter().filter(|_| c.tokens.len() > 1).for_each(|k| {
                    full.entry(*k).and_modify(|at| *at = (*at).min(c.tokens.start)).or_insert(c.tokens.start);
                });
                // "John Prescott" … "Prescott", though no list has the short name.
                let last = c.tokens.end - 1;
                if c.tokens.len() > 1 && c.score >= 60 && !super::boundary::is_arabic_word(cx.page, last) {
                    let word = cx.page.word(last);
                    if word.chars().count() > 2 && !cx.is_closed(last) && !cx.gazetteer.is_common(word) {
                        unknown.entry(word.to_owned()).or_insert(c.tokens.start);
                    }
                }
            }
            What::Unknown if c.tokens.len() > 1 => {
                let last = cx.page.word(c.tokens.end - 1);
                if last.chars().count() > 2 && !(c.latin && (cx.words.listed)(last)) {
                    unknown.entry(last.to_owned()).or_insert(c.tokens.start);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for hit in cx.hits.iter().filter(|h| cx.is_live(h.tokens.start)) {
        let Meaning::Name(index) = hit.meaning else { continue };
        let name = cx.gazetteer.name(index);
        if name.kind != NameKind::Short || !written_as_a_name(cx, hit.tokens.clone(), hit.clitic, name) {
            continue;
        }
        // «الوزير المصري» is the Egyptian minister, not one by the name of Masri.
        let demonym = || {
            cx.hits.at(hit.tokens.start).iter().any(|h| {
                h.tokens == hit.tokens
                    && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind == NameKind::Demonym)
            })
        };
        let licensed =
            full.contains_key(&name.key) || (licensed_by_title(cx, hit.tokens.start, name.key) && !demonym());
        if licensed {
            found.push((hit.tokens.clone(), hit.clitic, name.key));
        }
    }
    found.sort_by_key(|(t, c, k)| (t.start, t.end, *c, *k));
    found.dedup();
    // Whoever is named in full in the text is meant by the surname, however famous a namesake is.
    let meant: BTreeSet<(u32, u32, u32)> =
        found.iter().filter(|(_, _, k)| full.contains_key(k)).map(|(t, c, _)| (t.start, t.end, *c)).collect();
    out.retain(|c| {
        !(c.kind == MentionKind::Name
            && c.ty == EntityKind::Person
            && c.tokens.len() == 1
            && meant.contains(&(c.tokens.start, c.tokens.end, c.clitic)))
    });
    let mut i = 0;
    while i < found.len() {
        let (tokens, clitic, _) = found[i].clone();
        let mut keys = Vec::new();
        while i < found.len() && found[i].0 == tokens && found[i].1 == clitic {
            keys.push(found[i].2);
            i += 1;
        }
        // A person whose full name stands in the text comes before a namesake who only fits the title.
        if keys.iter().any(|k| full.contains_key(k)) {
            keys.retain(|k| full.contains_key(k));
        }
        out.push(Candidate::new(
            cx.page,
            tokens,
            clitic,
            MentionKind::Name,
            EntityKind::Person,
            What::Keys(keys),
            "short name",
            85,
        ));
    }
    if unknown.is_empty() {
        return;
    }
    for t in 0..cx.len() {
        if !cx.is_live(t) {
            continue;
        }
        let word = cx.page.word(t);
        let (clitic, bare) = match unknown.contains_key(word) {
            true => (0, word),
            false => match strip_one_clitic(word) {
                Some((n, rest)) if unknown.contains_key(rest) => (n, rest),
                _ => continue,
            },
        };
        let small = cx.page.tokens[t as usize].shape == Shape::Lower
            && cx.page.paragraphs[cx.page.tokens[t as usize].paragraph as usize].case != CaseHabit::Lower;
        if small || cx.is_closed(t) || bare.is_empty() {
            continue;
        }
        out.push(Candidate::new(
            cx.page,
            t..t + 1,
            clitic,
            MentionKind::Name,
            EntityKind::Person,
            What::Unknown,
            "short name",
            75,
        ));
    }
}

/// The folded bytes of one legal clitic and what follows it.
fn strip_one_clitic(word: &str) -> Option<(u32, &str)> {
    let first = word.chars().next().filter(|c| matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك'))?;
    Some((first.len_utf8() as u32, &word[first.len_utf8()..]))
}

/// "Secretary Kerry", "King Hamad", «الملك سلمان»: a title licenses a short name; an office only that of its holder.
fn licensed_by_title(cx: &Context<'_, '_>, start: u32, key: Key) -> bool {
    if start == 0 {
        return false;
    }
    // Titles and offices are short: look at the hits that end right before the name.
    for back in 1..=4.min(start) {
        for hit in cx.hits.at(start - back) {
            if hit.tokens.end != start || !cx.same_paragraph(hit.tokens.start, start) {
                continue;
            }
            match hit.meaning {
                // A bare "Mr" fits every namesake: only somebody well known is meant without a full name.
                Meaning::Word(w)
                    if cx.gazetteer.word(w).class == WordClass::Title && cx.gazetteer.record(key).rank >= 900 =>
                {
                    return true;
                }
                Meaning::Role(r) => {
                    let role = cx.gazetteer.role(r);
                    let fits = |held: &str| {
                        held == &*role.id
                            || (role.kind == RoleKind::Head && held.starts_with(&*role.id))
                            || held.ends_with(&format!("-{}", role.id))
                    };
                    if cx.gazetteer.offices_of_person(key).any(|o| fits(o.role)) {
                        return true;
                    }
                }
                _ => {}
            }
        }
    }
    false
}

/// Whether the words are written as this name must be: capitals where capitals mean something, no function word.
fn written_as_a_name(cx: &Context<'_, '_>, tokens: std::ops::Range<u32>, clitic: u32, name: Name<'_>) -> bool {
    let Some(first) = cx.page.tokens.get(tokens.start as usize) else { return false };
    let habit = cx.page.paragraphs.get(first.paragraph as usize).map_or(CaseHabit::Sentence, |p| p.case);
    let one = tokens.len() == 1;
    if one && cx.is_closed(tokens.start) && !(name.flags.case && first.shape == Shape::Upper) {
        return false;
    }
    if first.shape == Shape::Caseless {
        // A short Arabic word under a clitic is more often another word altogether.
        let letters = cx.page.word(tokens.start).get(clitic as usize..).map_or(0, |w| w.chars().count());
        return !(one && clitic > 0 && letters < 4 && name.kind != NameKind::Acronym)
            && !(one && letters < 3 && clitic == 0 && name.kind != NameKind::Acronym);
    }
    let cased = name.text.chars().any(char::is_uppercase);
    if !cased {
        return true;
    }
    if name.flags.case || (name.kind == NameKind::Acronym && one) {
        let words: String = tokens.clone().map(|t| cx.page.raw(t)).collect();
        let want: String = name.text.split_whitespace().collect();
        return words == want && (habit != CaseHabit::Upper || !cx.gazetteer.is_closed(&want.to_lowercase()));
    }
    match habit {
        CaseHabit::Lower => !(one && cx.gazetteer.is_common(cx.page.word(tokens.start))),
        CaseHabit::Upper => true,
        _ => {
            // In running text a name of one word begins with a capital, a longer one has at least one.
            tokens
                .clone()
                .any(|t| matches!(cx.page.tokens[t as usize].shape, Shape::Capitalised | Shape::Upper | Shape::Mixed))
                && (!one || first.shape != Shape::Lower)
        }
    }
}
