//! Which hits of the gazetteer are mentions of its entities?
//!
//! ```text
//! "US" (case kept) ─► country/USA        "us" ─► nothing
//! "Kerry"          ─► person/john-kerry  only where "John Kerry" or a title licenses it
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::boundary::Hit;
use super::hints::{Hints, UNIT, is_accusative, marks_agree, quoted, suits};
use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::{NameKind, RoleKind};
use crate::gazetteer::{Key, Name, WordClass};
use crate::mention::MentionKind;
use crate::text::{CaseHabit, Shape, TokenKind};

/// A place of fewer people than this whose name is also a word or a person's name needs evidence beside it.
const WELL_KNOWN_PLACE: u32 = 500_000;

/// A place of fewer people than this is less often meant by a short Arabic word than the word is.
const SMALL_PLACE: u32 = 100_000;

/// Letters of an Arabic word that is often another word than the name that it spells.
const SHORT_WORD: usize = 4;

/// Tokens, clitic and kind of a candidate.
type Place = (u32, u32, u32, MentionKind);

/// The score of a name that several bodies bear and that its form alone shows to be one.
pub(crate) const BY_FORM: u8 = 56;

/// The score of a short Arabic name of a lesser place: it needs its country in the text.
pub(crate) const AT_HOME: u8 = 58;

/// The score of a name that is a common word, where the words beside it show that it is a name.
const SHOWN: u8 = 72;

/// The same for a word of the language: it is shown for this place alone. «مدينة الخبر» makes no town of «الخبر».
pub(crate) const SHOWN_HERE: u8 = 71;

/// An office licenses the surname of its holder for the whole text where he is at least as well known as this: of a
/// lesser one any namesake may hold an office of that sort.
const KNOWN_HOLDER: u32 = 700;
/// Rank of the persons whose surnames bear each other out.
const FIRST_RANK: u32 = 900;

/// Points of a person whose full name stands in the text, against the country or place that his surname names.
const NAMED_IN_FULL: i32 = 8 * UNIT;
/// The same, where a title or office stands before the surname itself; and where the surname is a capital's name.
const TITLED: i32 = 9 * UNIT;
const NAMED_LIKE_A_CAPITAL: i32 = UNIT;

/// What one hit says of one bearer of the name.
struct Bearer {
    key: Key,
    score: u8,
    /// Vowel marks: against (`Some(false)`), for, or silent.
    marks: Option<bool>,
    /// By a surname that may stand alone.
    lone: bool,
}

/// Full names, acronyms and demonyms.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    let hints = Hints::new(cx);
    // All namesakes at one place are one candidate: linking chooses between them.
    let mut group: BTreeMap<Place, Vec<Bearer>> = BTreeMap::new();
    let mut famous: Vec<(u32, u32, Key)> = Vec::new();
    for hit in cx.hits.iter().filter(|h| cx.is_live(h.tokens.start)) {
        let Meaning::Name(index) = hit.meaning else { continue };
        let name = cx.gazetteer.name(index);
        if name.kind == NameKind::Short && !name.flags.alone {
            if is_famous(cx, hit, name) {
                famous.push((hit.tokens.start, hit.clitic, name.key));
            }
            continue;
        }
        if !written_as_a_name(cx, hit.tokens.start..hit.tokens.end, hit.clitic, name) {
            continue;
        }
        if inside_role_form(cx, hit) {
            continue;
        }
        let country = cx.gazetteer.record(name.key).kind == EntityKind::Country;
        let adjective = country
            && hit.tokens.len() == 1
            && is_caseless(cx, hit.tokens.start)
            && is_accusative(cx, hit.tokens.start);
        let kind = if name.kind == NameKind::Demonym || adjective { MentionKind::Demonym } else { MentionKind::Name };
        let score = match is_weak(cx, hit, name) && !place_evidence(cx, hit, name) {
            true if form_tells(cx, hit, name) => BY_FORM,
            true if needs_home(cx, hit, name) => AT_HOME,
            true => 50,
            false => 90,
        };
        let marks = marks_agree(cx, &hit.tokens, name.text);
        let bearers = group.entry((hit.tokens.start, hit.tokens.end, hit.clitic, kind)).or_default();
        match bearers.iter_mut().find(|b| b.key == name.key) {
            Some(held) => {
                held.score = held.score.max(score);
                held.marks = match (held.marks, marks) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (a, b) => a.or(b),
                };
            }
            None => bearers.push(Bearer { key: name.key, score, marks, lone: name.kind == NameKind::Short }),
        }
    }
    // "Kerry met Lavrov": one famous surname stands where another does; whose they are, linking asks.
    let lone = |b: &&Bearer| b.lone && cx.gazetteer.record(b.key).rank >= FIRST_RANK;
    let keys: BTreeSet<Key> =
        group.values().flatten().filter(lone).map(|b| b.key).chain(famous.iter().map(|f| f.2)).collect();
    if keys.len() > 1 {
        let whole: BTreeSet<u32> = famous.iter().map(|f| f.0).collect();
        for (t, clitic, key) in famous {
            // «ناصر العموش»: a name goes on.
            let listed =
                || group.range((t + 1, 0, 0, MentionKind::Name)..(t + 2, 0, 0, MentionKind::Name)).next().is_some();
            let part = cx.same_sentence(t, t + 1) && cx.gazetteer.part(cx.page.word(t + 1)).is_some();
            if is_caseless(cx, t) && part && !whole.contains(&(t + 1)) && !listed() {
                continue;
            }
            let place = (t, t + 1, clitic, MentionKind::Name);
            if !group.contains_key(&(t, t + 1, clitic, MentionKind::Demonym)) {
                group.entry(place).or_default().push(Bearer { key, score: 90, marks: None, lone: true });
            }
        }
    }
    // Who stands in the text under a name that is his alone.
    let sure: BTreeSet<Key> = group
        .values()
        .filter(|bearers| bearers.iter().filter(|b| b.score >= 60).count() == 1)
        .flat_map(|bearers| bearers.iter().filter(|b| b.score >= 60).map(|b| b.key))
        .collect();
    for ((start, end, clitic, kind), bearers) in group {
        out.push(candidate(cx, &hints, &sure, start..end, clitic, kind, bearers));
    }
}

/// Whether a surname that does not stand alone is that of a person of the first rank, written as a name, and no word.
fn is_famous(cx: &Context<'_, '_>, hit: &Hit, name: Name<'_>) -> bool {
    let record = cx.gazetteer.record(name.key);
    let word = cx.page.word(hit.tokens.start).get(hit.clitic as usize..).unwrap_or_default();
    record.kind == EntityKind::Person
        && record.rank >= FIRST_RANK
        && hit.tokens.len() == 1
        && !name.flags.weak
        && word.chars().count() > 3
        && !is_common_word(cx, &hit.tokens, hit.clitic)
        && !(cx.words.listed)(word)
        && last_part(&record, word)
        && written_as_a_name(cx, hit.tokens.clone(), hit.clitic, name)
        && !inside_role_form(cx, hit)
}

/// Whether a word ends the usual name of a person, and so is no given name: «عبدالله» is no surname of a king's.
fn last_part(record: &crate::gazetteer::Record<'_>, word: &str) -> bool {
    [record.name_en, record.name_ar].into_iter().flatten().any(|name| {
        let folded = crate::text::fold::fold_str(name);
        let mut words = folded.rsplit(' ');
        words.next() == Some(word) && !matches!(words.next(), Some("ال" | "بن" | "al" | "bin") | None)
    })
}

/// One candidate for all who bear the name: the strong ones first, the others where something speaks for them.
fn candidate(
    cx: &Context<'_, '_>,
    hints: &Hints<'_>,
    sure: &BTreeSet<Key>,
    tokens: std::ops::Range<u32>,
    clitic: u32,
    kind: MentionKind,
    bearers: Vec<Bearer>,
) -> Candidate {
    let readings = hints.beside(cx, &tokens, clitic);
    let mut points: Vec<(Key, i32)> = Vec::new();
    for b in &bearers {
        let record = cx.gazetteer.record(b.key);
        let mut sum: i32 = readings.iter().filter(|(r, _)| suits(r, &record)).map(|(_, w)| w * UNIT).sum();
        sum += match b.marks {
            Some(true) => 9 * UNIT,
            Some(false) => -12 * UNIT,
            None => 0,
        };
        if record.sub == "media" && quoted(cx, &tokens) {
            sum += 8 * UNIT;
        }
        if sum != 0 {
            points.push((b.key, sum));
        }
    }
    let said = |key: Key| points.iter().find(|(k, _)| *k == key).map_or(0, |(_, p)| *p);
    let best = bearers.iter().map(|b| b.score).max().unwrap_or(0);
    let word: i32 = readings.iter().filter(|(r, _)| *r == "word").map(|(_, w)| w * UNIT).sum();
    let most = bearers.iter().map(|b| said(b.key)).max().unwrap_or(0);
    let mut refused = None;
    if word > 0 && word > most {
        refused = Some("here an ordinary word, by the words beside it".to_owned());
    } else if most < -6 * UNIT {
        refused = Some("its vowel marks make it another word".to_owned());
    }
    // Weak namesakes stand back behind a strong one, unless linking finds a reason.
    let (mut keys, mut also): (Vec<Key>, Vec<Key>) = (Vec::new(), Vec::new());
    for b in &bearers {
        if b.score == best { keys.push(b.key) } else { also.push(b.key) }
    }
    let mut score = best;
    if best < BY_FORM {
        // A common word: whom nothing near it and no other name of the text speaks for is not meant.
        let common = is_common_word(cx, &tokens, clitic);
        let shown = |k: &Key| said(*k) >= 4 * UNIT || !common && kind == MentionKind::Name && sure.contains(k);
        let body = keys.iter().all(|k| cx.gazetteer.record(*k).kind == EntityKind::Organisation);
        if keys.iter().any(shown) {
            keys.retain(shown);
            score = if common { SHOWN_HERE } else { SHOWN };
        } else if body && (common || !quoted(cx, &tokens)) {
            refused =
                refused.or_else(|| Some("a common word too, and nothing near it says that it is a name".to_owned()));
        }
    }
    let ty = keys
        .iter()
        .map(|k| cx.gazetteer.record(*k))
        .max_by_key(|r| (prior(r.kind), r.rank, std::cmp::Reverse(r.id)))
        .map_or(EntityKind::Place, |r| r.kind);
    if refused.is_some() {
        score = 0;
    }
    let lone = bearers.iter().any(|b| b.lone);
    let mut c = Candidate::new(cx.page, tokens, clitic, kind, ty, What::Keys(keys), "gazetteer", score);
    (c.also, c.points, c.refused, c.lone) = (also, points, refused, lone);
    let weight = |of: &[&str]| readings.iter().filter(|(r, _)| of.contains(r)).map(|(_, w)| *w).max().unwrap_or(0);
    let (government, city) = (weight(&["metonym"]), weight(&["city", "place", "place.capital", "place.city"]));
    c.metonym = (government != city).then_some(government > city);
    c
}

fn is_caseless(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.page.tokens.get(t as usize).is_some_and(|t| t.shape == Shape::Caseless)
}

fn is_common_word(cx: &Context<'_, '_>, tokens: &std::ops::Range<u32>, clitic: u32) -> bool {
    let word = cx.page.word(tokens.start).get(clitic as usize..).unwrap_or_default();
    tokens.len() == 1 && (cx.gazetteer.is_common(word) || cx.gazetteer.is_closed(word))
}

/// A lesser place under a short Arabic word: that is often another word.
fn short_word(cx: &Context<'_, '_>, hit: &Hit, name: Name<'_>) -> bool {
    let record = cx.gazetteer.record(name.key);
    record.kind == EntityKind::Place
        && hit.tokens.len() == 1
        && record.rank < SMALL_PLACE
        && is_caseless(cx, hit.tokens.start)
        && cx.page.word(hit.tokens.start).chars().count() <= SHORT_WORD
}

/// Whether such a word is in no list of words, so that its country in the text is evidence enough.
fn needs_home(cx: &Context<'_, '_>, hit: &Hit, name: Name<'_>) -> bool {
    let word = cx.page.word(hit.tokens.start);
    short_word(cx, hit, name)
        && !name.flags.weak
        && hit.clitic == 0
        && cx.gazetteer.part(word).is_none()
        && !cx.gazetteer.is_ordinary(word)
        // «بردع», "by deterring": a preposition before a word.
        && !word.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل']).is_some_and(|rest| cx.gazetteer.is_ordinary(rest))
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
        && (cx.gazetteer.part(word).is_some()
            || cx.gazetteer.is_common(word)
            || hit.clitic > 0
            // «يطأ», «بردع»: a short word is too often another one.
            || short_word(cx, hit, name))
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
    // Every place where a short name could stand, and the titles and offices that stand before it.
    let mut places: Vec<(std::ops::Range<u32>, u32, Key, bool, bool)> = Vec::new();
    let mut licensed: BTreeSet<Key> = BTreeSet::new();
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
        let known = full.contains_key(&name.key);
        // A name that is a word, too, or that something is glued to, does not follow its title.
        let word = cx.page.word(hit.tokens.start).get(hit.clitic as usize..).unwrap_or_default();
        let ordinary = is_caseless(cx, hit.tokens.start) && hit.tokens.len() == 1 && cx.gazetteer.is_ordinary(word);
        let license = licensed_by_title(cx, hit.tokens.start, name.key)
            .filter(|_| !demonym() && (hit.clitic == 0 || !is_caseless(cx, hit.tokens.start)));
        if known && !after_filiation(cx, hit.tokens.start, hit.clitic)
            || !namesake(cx, &hit.tokens, hit.clitic, license)
        {
            if license == Some(License::Office) && cx.gazetteer.record(name.key).rank >= KNOWN_HOLDER {
                licensed.insert(name.key);
            }
            places.push((hit.tokens.clone(), hit.clitic, name.key, license.is_some(), ordinary));
        }
    }
    // «الملك سلمان» … «سلمان»: an office licenses its holder's name for the whole text.
    let mut found: Vec<(std::ops::Range<u32>, u32, Key)> = places
        .into_iter()
        .filter(|(_, _, key, here, ordinary)| *here || full.contains_key(key) || !ordinary && licensed.contains(key))
        .map(|(tokens, clitic, key, ..)| (tokens, clitic, key))
        .collect();
    found.sort_by_key(|(t, c, k)| (t.start, t.end, *c, *k));
    found.dedup();
    // «تركي المالكي»: a surname behind a stranger's given name is the stranger's.
    strangers(cx, out, &full);
    // Whoever is named in full in the text is meant by the surname, however famous a namesake is.
    let meant: BTreeSet<(u32, u32, u32)> = found
        .iter()
        .filter(|(_, _, k)| full.contains_key(k) || licensed.contains(k))
        .map(|(t, c, _)| (t.start, t.end, *c))
        .collect();
    out.retain(|c| {
        !(c.kind == MentionKind::Name
            && c.ty == EntityKind::Person
            && (c.tokens.len() == 1 || c.lone)
            && c.refused.is_none()
            && meant.contains(&(c.tokens.start, c.tokens.end, c.clitic)))
    });
    // The countries and places by where they stand, the first of each: a text may name a thousand.
    let mut lands: BTreeMap<(u32, u32, u32), usize> = BTreeMap::new();
    for (at, c) in out.iter().enumerate() {
        let land = matches!(c.ty, EntityKind::Country | EntityKind::Place);
        if c.latin && c.kind == MentionKind::Name && land && c.score >= 60 {
            lands.entry((c.tokens.start, c.tokens.end, c.clitic)).or_insert(at);
        }
    }
    let mut i = 0;
    while i < found.len() {
        let (tokens, clitic, _) = found[i].clone();
        let mut keys = Vec::new();
        while i < found.len() && found[i].0 == tokens && found[i].1 == clitic {
            keys.push(found[i].2);
            i += 1;
        }
        // A person whose full name stands in the text comes before a namesake who only fits the title.
        // So does one whose office does: "President Trump" beside "Ivanka Trump".
        if keys.iter().any(|k| full.contains_key(k)) {
            keys.retain(|k| full.contains_key(k) || licensed.contains(k));
        }
        // "Jordan said" where Jim Jordan is named: the person is one more bearer of the country's name.
        let namesake = lands.get(&(tokens.start, tokens.end, clitic)).and_then(|&at| out.get_mut(at));
        if let Some(c) = namesake {
            let capital = matches!(&c.what, What::Keys(keys)
                if keys.iter().any(|k| cx.gazetteer.record(*k).sub == "capital"));
            for key in keys {
                let titled = licensed_by_title(cx, c.tokens.start, key).is_some();
                let points = if titled {
                    TITLED
                } else if capital {
                    NAMED_LIKE_A_CAPITAL
                } else {
                    NAMED_IN_FULL
                };
                c.points.push((key, points));
                c.also.push(key);
            }
            continue;
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

/// What stands before a short name and licenses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum License {
    Title,
    /// The office of the bearer himself.
    Office,
}

/// "Secretary Kerry", "King Hamad", «الملك سلمان»: a title licenses a short name; an office only that of its holder.
fn licensed_by_title(cx: &Context<'_, '_>, start: u32, key: Key) -> Option<License> {
    let mut license = None;
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
                    license = Some(License::Title);
                }
                Meaning::Role(r) => {
                    let role = cx.gazetteer.role(r);
                    // «رحب الوزراء بعودة …», «تصريحات وزراء الخارجية صباح الاثنين»: several hold it, so no one's name follows.
                    if is_caseless(cx, start) && (role.flags.plural || plural_before(cx, hit)) {
                        continue;
                    }
                    let fits = |held: &str| {
                        held == role.id
                            || (role.kind == RoleKind::Head && held.starts_with(role.id))
                            || held.ends_with(&format!("-{}", role.id))
                    };
                    if cx.gazetteer.offices_of_person(key).any(|o| fits(o.role)) {
                        return Some(License::Office);
                    }
                }
                _ => {}
            }
        }
    }
    license
}

/// Whether a portfolio's head is in the plural: «وزراء» before «الخارجية».
fn plural_before(cx: &Context<'_, '_>, portfolio: &Hit) -> bool {
    (1..=2.min(portfolio.tokens.start)).any(|back| {
        cx.hits.at(portfolio.tokens.start - back).iter().any(|h| {
            h.tokens.end == portfolio.tokens.start
                && matches!(h.meaning, Meaning::Role(r) if cx.gazetteer.role(r).flags.plural)
        })
    })
}

/// «بن سلمان» is Salman's son.
fn after_filiation(cx: &Context<'_, '_>, start: u32, clitic: u32) -> bool {
    clitic == 0
        && start.checked_sub(1).is_some_and(|b| {
            cx.same_sentence(b, start) && matches!(cx.page.word(b), "بن" | "بنت" | "ابن" | "bin" | "ibn" | "bint")
        })
}

/// Whether a short name is but a piece of somebody's longer name: «المهندس خالد القنون», "Mr King Johnson", «بن سلمان».
fn namesake(cx: &Context<'_, '_>, tokens: &std::ops::Range<u32>, clitic: u32, license: Option<License>) -> bool {
    let next = tokens.end;
    let goes_on = cx.same_sentence(tokens.start, next)
        && cx.page.tokens.get(next as usize).is_some_and(|t| t.spaced && t.kind == TokenKind::Word)
        && !cx.is_closed(next)
        && if is_caseless(cx, tokens.start) {
            let word = cx.page.word(next);
            let ordinary = (cx.words.listed)(word) || cx.gazetteer.is_ordinary(word);
            let part = cx.gazetteer.part(word).is_some() && !ordinary;
            // «الدكتور خالد الخاطر»: behind a mere title even a word may be the family's name.
            let surname =
                word.starts_with("ال") && word.chars().count() >= 5 && (!ordinary || license == Some(License::Title));
            // «المغربي الراحل سعيد بلقولة»: nothing else is known of the word.
            let unknown = license == Some(License::Title) && !ordinary && super::persons::unknown_name_word(word);
            // «الرئيس صباح اليوم»
            let time = cx.gazetteer.is_ordinary(cx.page.word(tokens.start))
                && cx.hits.at(next).iter().any(|h| {
                    matches!(h.meaning, Meaning::Word(w)
                    if matches!(cx.gazetteer.word(w).class, WordClass::Weekday | WordClass::Day | WordClass::Shift))
                });
            time || !explained(cx, next) && (part || surname || unknown) || matches!(word, "بن" | "بنت" | "ال")
        } else {
            // "King David Award", "Mr King Johnson"
            let token = cx.page.tokens[next as usize];
            let sentence =
                cx.page.paragraphs.get(token.paragraph as usize).is_some_and(|p| p.case == CaseHabit::Sentence);
            let date = cx.hits.at(next).iter().any(|h| {
                matches!(h.meaning, Meaning::Word(w)
                    if matches!(cx.gazetteer.word(w).class, WordClass::Weekday | WordClass::Month | WordClass::Day))
            });
            sentence && token.shape == Shape::Capitalised && !date
        };
    goes_on || after_filiation(cx, tokens.start, clitic) || clitic == 0 && strange_given(cx, tokens.start).is_some()
}

/// Whether a role, a people's name, a date or a title stands at a token: none of them goes on with a name.
fn explained(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Role(_) => true,
        Meaning::Word(w) => !matches!(cx.gazetteer.word(w).class, WordClass::Particle | WordClass::Hint),
        Meaning::Name(n) => {
            let name = cx.gazetteer.name(n);
            name.kind == NameKind::Demonym || cx.gazetteer.record(name.key).kind != EntityKind::Person
        }
        Meaning::Head(_) => true,
    })
}

/// The given name right before a surname, where one stands there: «تركي» of «تركي المالكي», "Ivanka" of "Ivanka Trump".
fn strange_given(cx: &Context<'_, '_>, start: u32) -> Option<u32> {
    let before = start.checked_sub(1)?;
    let token = cx.page.tokens.get(before as usize)?;
    let word = cx.page.word(before);
    let here = cx.same_sentence(before, start)
        && token.kind == TokenKind::Word
        && cx.page.tokens.get(start as usize).is_some_and(|t| t.spaced)
        && cx.gazetteer.part(word).is_some_and(|p| p.given)
        && !cx.is_closed(before)
        && !(cx.words.listed)(word);
    let strange = here
        && if is_caseless(cx, start) {
            // «نظام الأسد»: many given names are words.
            let demonym = cx
                .hits
                .at(before)
                .iter()
                .any(|h| matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind == NameKind::Demonym));
            let mark = before
                .checked_sub(1)
                .is_none_or(|b| !cx.same_sentence(b, before) || cx.page.tokens[b as usize].kind == TokenKind::Mark);
            (demonym && mark || !demonym && !cx.gazetteer.is_ordinary(word))
                && word.chars().count() >= 3
                && !cx.hits.at(before).iter().any(|h| match h.meaning {
                    Meaning::Role(_) => true,
                    Meaning::Word(w) => !matches!(cx.gazetteer.word(w).class, WordClass::Particle | WordClass::Hint),
                    Meaning::Name(n) => {
                        let name = cx.gazetteer.name(n);
                        // «ترامب بوتين»: a famous surname is no given name.
                        let person = cx.gazetteer.record(name.key).kind == EntityKind::Person;
                        name.kind != NameKind::Demonym
                            && h.tokens.len() == 1
                            && (name.flags.alone || !person || name.kind != NameKind::Short || is_famous(cx, h, name))
                    }
                    Meaning::Head(_) => true,
                })
        } else {
            token.shape == Shape::Capitalised
                && !cx.gazetteer.is_common(word)
                && !explained(cx, before)
                && !cx.hits.at(before).iter().any(|h| {
                    h.tokens.len() == 1
                        && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind == NameKind::Short)
                })
        };
    strange.then_some(before)
}

/// Takes famous surnames away from strangers who bear them, and gives the strangers their whole names.
fn strangers(cx: &Context<'_, '_>, out: &mut Vec<Candidate>, full: &BTreeMap<Key, u32>) {
    let mut more: Vec<(u32, u32)> = Vec::new();
    for c in out.iter_mut().filter(|c| c.lone && c.tokens.len() == 1 && c.clitic == 0 && c.refused.is_none()) {
        let Some(before) = strange_given(cx, c.tokens.start) else { continue };
        let What::Keys(keys) = &c.what else { continue };
        // His own given name, though the list has no such full form: "Don Trump".
        let own = |k: &Key| {
            full.contains_key(k) && {
                let record = cx.gazetteer.record(*k);
                let word = cx.page.word(before);
                [record.name_en, record.name_ar].into_iter().flatten().any(|n| {
                    crate::text::fold::fold_str(n)
                        .split(' ')
                        .next()
                        .is_some_and(|first| first == word || first.starts_with(word) || word.starts_with(first))
                })
            }
        };
        if keys.iter().any(own) {
            continue;
        }
        c.refused = Some("the surname of somebody else, whose given name stands before it".to_owned());
        c.score = 0;
        more.push((before, c.tokens.end));
    }
    for (start, end) in more {
        out.push(Candidate::new(
            cx.page,
            start..end,
            0,
            MentionKind::Name,
            EntityKind::Person,
            What::Unknown,
            "name parts",
            64,
        ));
    }
}

/// «أولا بأول» is no «باول»: writers leave out the hamza of an alef, but do not put one into a word that has none. At a
/// word's beginning, and behind the article, both spellings are common.
fn has_other_hamza(raw: &str, listed: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| !crate::text::class::is_dropped(*c) && *c != 'ـ').collect()
    };
    let (text, list) = (plain(raw), plain(listed));
    let Some(from) = text.len().checked_sub(list.len()) else { return false };
    let inside = |i: usize| i > 0 && !(i == 2 && list.starts_with(&['ا', 'ل']));
    text.iter().skip(from).zip(&list).enumerate().any(|(i, (a, b))| inside(i) && matches!(a, 'أ' | 'إ') && *b == 'ا')
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
        if one && has_other_hamza(cx.page.raw(tokens.start), name.text) {
            return false;
        }
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
