//! Which bearer of an ambiguous name is meant?
//!
//! ```text
//! "Georgia, Florida and Ohio"     neighbours in the list are regions of the USA   ─► place/georgia
//! "Georgia, Armenia and Iran"     neighbours are countries                        ─► country/GEO
//! «العاصمة الأردنية عمان»           a Jordanian city                                ─► place/amman
//! ```
//!
//! The policy. All bearers of a spelling are kept on the candidate: those who may stand there without evidence, and
//! those who need some (`also`: flag `weak`, or a surname). Evidence is added up, in points:
//!
//! | evidence | points |
//! |---|---|
//! | kind: country 120; person, body, capital or city of millions 60; other places 0 | 0 – 120 |
//! | how well known: twice the binary logarithm of the rank | 0 – 50 |
//! | the name needs evidence | −60 |
//! | the words beside it (`find/hints.rs`): titles, "the city of", «صحيفة», vowel marks, quotation marks | 20 a unit of weight |
//! | neighbours in a list that are of its class: country, region, city, body, person | 60 each, two at most |
//! | two neighbours or more, and none of its class | −40 |
//! | "Tripoli, Lebanon", «طرابلس اللبنانية», "the Lebanese city of Tripoli": its country stands beside it | 180, 80 from afar |
//! | the text speaks of its country; holds an office on the day | 4 each |
//! | a country of which the text speaks by other names, too | 40 |
//! | needs evidence, against a country: its own is spoken of twice or more, the rival never | 120 |
//! | a person named in full elsewhere in the text; with a title before the surname | 160; 180 |
//!
//! A surname alone never means its famous bearer: his full name, a title before the surname or his office stands in the
//! text, or the mention is that of an unknown person. One thing else is evidence enough: the surnames of two persons of
//! the first rank who held offices of different countries on the day of the article ("Kerry met Lavrov"). Two such
//! namesakes by chance are far less likely than the two themselves; two politicians of one country do not count, nor
//! does one surname without the other.
//!
//! Who needs evidence and has neither words beside it, nor a list, nor a country, does not win by being better known.
//!
//! The most points win; ties go to the better known, then to the first of the tables. Who lost is told of in
//! `Document::rejected`, with the points of both.

use std::collections::{BTreeMap, BTreeSet};

use super::{Linker, roles};
use crate::document::Rejected;
use crate::entity::EntityKind;
use crate::find::{Candidate, What};
use crate::gazetteer::{Key, Record};
use crate::mention::MentionKind;

const KIND: i32 = 60;
const WEAK: i32 = -60;
const LIST: i32 = 60;
const OUT_OF_LIST: i32 = -40;
const BESIDE: i32 = 180;
const NEAR: i32 = 80;
const CONTRAST: i32 = 120;
const SPOKEN: i32 = 40;
/// How far a list is followed to each side.
const LIST_REACH: usize = 4;
/// Rank of the persons whose surnames bear each other out.
const FIRST_RANK: u32 = 900;
const MOST_PEERS: usize = 24;
/// Countries of the text that are counted no further.
const MANY: u32 = 60;

/// What the document as a whole says, before any name is decided.
pub(crate) struct Company {
    /// How often the text speaks of a country through names that mean one thing only.
    support: BTreeMap<Key, u32>,
    /// Mentions that lie in no other one, and for each mention its place among them.
    top: Vec<usize>,
    place: Vec<Option<u32>>,
}

impl Company {
    pub(crate) fn new(linker: &Linker<'_, '_>, mentions: &[Candidate]) -> Self {
        let mut support: BTreeMap<Key, u32> = BTreeMap::new();
        for m in mentions.iter().filter(|m| m.score >= 60) {
            let country = match &m.what {
                What::Keys(keys) if m.also.is_empty() => one_country(linker, keys),
                What::Derived(id) => id
                    .strip_prefix("organisation/")
                    .and_then(|id| id.split('-').next())
                    .and_then(|code| linker.gazetteer.key(&format!("country/{code}"))),
                _ => None,
            };
            if let Some(country) = country {
                let n = support.entry(country).or_default();
                *n = (*n + 1).min(MANY);
            }
        }
        let top = roles::top_level(mentions);
        let mut place = vec![None; mentions.len()];
        for (n, &i) in top.iter().enumerate() {
            place[i] = Some(n as u32);
        }
        Company { support, top, place }
    }

    /// How often the text speaks of the country of an entity, otherwise than by names that may mean two things.
    pub(crate) fn support(&self, linker: &Linker<'_, '_>, key: Key) -> u32 {
        linker.gazetteer.record(key).country.and_then(|c| self.support.get(&c)).copied().unwrap_or(0)
    }

    /// The mention before or after in the text.
    fn neighbour(&self, i: usize, step: isize) -> Option<usize> {
        let at = self.place.get(i).copied().flatten()? as isize + step;
        self.top.get(usize::try_from(at).ok()?).copied()
    }
}

/// The country of all bearers, if it is one.
fn one_country(linker: &Linker<'_, '_>, keys: &[Key]) -> Option<Key> {
    let first = linker.gazetteer.record(*keys.first()?).country?;
    keys.iter().all(|k| linker.gazetteer.record(*k).country == Some(first)).then_some(first)
}

/// Chooses among `keys`, which need no evidence, and those that do. Who lost goes to `rejected`.
pub(crate) fn choose(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    i: usize,
    keys: &[Key],
    company: &Company,
    rejected: &mut Vec<Rejected>,
) -> Option<Key> {
    let m = &mentions[i];
    let first = *keys.first()?;
    if keys.len() == 1 && m.also.is_empty() {
        return Some(first);
    }
    let also = m.also.iter().filter(|k| !keys.contains(k));
    let bearers: Vec<(Key, bool)> = keys.iter().map(|k| (*k, false)).chain(also.map(|k| (*k, true))).collect();
    // Evidence that is not of one bearer's own is asked for once.
    let against_country = keys.iter().any(|k| linker.gazetteer.record(*k).kind == EntityKind::Country);
    let list = match against_country || !m.also.is_empty() {
        true => list_of(linker, mentions, company, i),
        false => Vec::new(),
    };
    let beside = countries_beside(linker, mentions, company, i);
    let most = bearers.iter().map(|(k, _)| company.support(linker, *k)).max().unwrap_or(0);
    let none = bearers.iter().any(|(k, _)| company.support(linker, *k) == 0);
    let total = |(key, weak): (Key, bool)| {
        let record = linker.gazetteer.record(key);
        let support = company.support(linker, key);
        let mut sum = prior(linker, key, &record, support) + if weak { WEAK } else { 0 };
        sum += m.points.iter().filter(|(k, _)| *k == key).map(|(_, p)| p).sum::<i32>();
        if !list.is_empty() {
            let alike = list.iter().filter(|c| **c == class(&record)).count();
            sum += match alike {
                0 if list.len() >= 2 => OUT_OF_LIST,
                n => LIST * n.min(2) as i32,
            };
        }
        sum += beside.iter().filter(|b| b.suits(key, &record)).map(|b| b.points).max().unwrap_or(0);
        // Its country is spoken of, that of a rival country is not: «عمان» in a text about Jordan.
        if weak && against_country && support >= 2 && support == most && none {
            sum += CONTRAST;
        }
        sum
    };
    // Who needs evidence does not win by being better known.
    let stands = |(key, weak): (Key, bool)| {
        let record = linker.gazetteer.record(key);
        !weak
            || m.points.iter().any(|(k, p)| *k == key && *p > 0)
            || list.contains(&class(&record))
            || beside.iter().any(|b| b.suits(key, &record))
            || against_country && company.support(linker, key) >= 2 && none
    };
    let totals: Vec<(i32, Key)> =
        bearers.iter().map(|b| (if stands(*b) { total(*b) } else { i32::MIN }, b.0)).collect();
    let (best, winner) = totals
        .iter()
        .copied()
        .max_by_key(|(sum, key)| (*sum, linker.gazetteer.record(*key).rank, std::cmp::Reverse(*key)))?;
    for (sum, key) in totals.into_iter().filter(|(_, k)| *k != winner) {
        rejected.push(Rejected {
            span: m.span,
            candidate: linker.gazetteer.record(key).id.to_owned(),
            reason: match sum {
                i32::MIN => "needs evidence, and has none".to_owned(),
                _ => format!("{} has more evidence: {best} points against {sum}", linker.gazetteer.record(winner).id),
            },
        });
    }
    Some(winner)
}

/// What speaks for an entity wherever its name stands in this text.
fn prior(linker: &Linker<'_, '_>, key: Key, record: &Record<'_>, support: u32) -> i32 {
    let kind = match record.kind {
        EntityKind::Country => 2,
        EntityKind::Organisation | EntityKind::Person => 1,
        _ => i32::from(record.rank > 1_000_000 || record.sub == "capital"),
    };
    let known = 2 * (record.rank + 1).ilog2() as i32;
    let in_office = record.kind == EntityKind::Person
        && linker.published.is_some_and(|day| {
            linker
                .gazetteer
                .offices_of_person(key)
                .any(|o| o.from.is_none_or(|f| f <= day) && o.to.is_none_or(|t| day <= t))
        });
    // As much as being four times as well known: Geneva beside "US" is still the Swiss one.
    let at_home = support > 0 && record.kind != EntityKind::Country;
    let spoken = if support > 0 && record.kind == EntityKind::Country { SPOKEN } else { 0 };
    KIND * kind + known + spoken + 4 * (i32::from(at_home) + i32::from(in_office))
}

/// What a list is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Country,
    Region,
    City,
    Body,
    Person,
}

fn class(record: &Record<'_>) -> Class {
    match record.kind {
        EntityKind::Country => Class::Country,
        EntityKind::Organisation => Class::Body,
        EntityKind::Person => Class::Person,
        _ if record.sub == "city" || record.sub == "capital" || record.sub.is_empty() => Class::City,
        _ => Class::Region,
    }
}

/// The class of a mention that means one sort of thing only.
fn class_of(linker: &Linker<'_, '_>, m: &Candidate) -> Option<Class> {
    if m.kind != MentionKind::Name || m.score < 60 {
        return None;
    }
    match &m.what {
        What::Keys(keys) => {
            let first = class(&linker.gazetteer.record(*keys.first()?));
            keys.iter().all(|k| class(&linker.gazetteer.record(*k)) == first).then_some(first)
        }
        _ => None,
    }
}

/// The classes of the names with which a mention stands in one list: "A, B and C", «أ وب وج».
fn list_of(linker: &Linker<'_, '_>, mentions: &[Candidate], company: &Company, i: usize) -> Vec<Class> {
    let mut out = Vec::new();
    for step in [-1isize, 1] {
        let mut at = i;
        for _ in 0..LIST_REACH {
            let Some(next) = company.neighbour(at, step) else { break };
            let (a, b) = if step < 0 { (next, at) } else { (at, next) };
            let within = a == i && lies_within(linker, mentions, company, b)
                || b == i && lies_within(linker, mentions, company, i);
            if within || !listed_together(linker, &mentions[a], &mentions[b]) {
                break;
            }
            out.extend(class_of(linker, &mentions[next]));
            at = next;
        }
    }
    out
}

/// Whether nothing but a comma or a conjunction stands between two names.
fn listed_together(linker: &Linker<'_, '_>, a: &Candidate, b: &Candidate) -> bool {
    let gap = a.tokens.end..b.tokens.start;
    if a.kind != MentionKind::Name
        || b.kind != MentionKind::Name
        || !linker.same_sentence(a.tokens.start, b.tokens.start)
        || gap.len() > 2
    {
        return false;
    }
    let joined = b.clitic > 0 && linker.page.word(b.tokens.start).starts_with('و');
    let mut link = joined;
    for t in gap {
        match linker.page.word(t) {
            "," | "،" | "and" | "or" | "&" | ";" | "؛" | "/" | "و" | "او" => link = true,
            "the" => {}
            _ => return false,
        }
    }
    link
}

/// A country that stands beside a name.
struct Beside {
    country: Key,
    points: i32,
    /// "Toluca, Mexico": the name is that of the country or of a region, not of what lies in it.
    holds: bool,
}

impl Beside {
    fn suits(&self, key: Key, record: &Record<'_>) -> bool {
        let lies_in = record.country == Some(self.country) && record.kind != EntityKind::Person;
        match self.holds {
            true => lies_in && matches!(class(record), Class::Country | Class::Region),
            false => lies_in && key != self.country,
        }
    }
}

/// The countries that stand beside a name: "Tripoli, Lebanon", «طرابلس اللبنانية», "the Lebanese city of Tripoli".
fn countries_beside(linker: &Linker<'_, '_>, mentions: &[Candidate], company: &Company, i: usize) -> Vec<Beside> {
    let m = &mentions[i];
    let mut out = Vec::new();
    let country = |n: &Candidate| match &n.what {
        What::Keys(keys) => one_country(linker, keys),
        _ => None,
    };
    let is_country = |n: &Candidate| n.ty == EntityKind::Country && n.also.is_empty();
    let near = |n: &&Candidate| linker.same_sentence(m.tokens.start, n.tokens.start);
    if let Some(n) = company.neighbour(i, 1).map(|n| &mentions[n]).filter(near) {
        let gap = m.tokens.end..n.tokens.start;
        let comma = gap.len() == 1 && linker.is_mark(gap.start, &[",", "،", "("]);
        let follows = n.kind == MentionKind::Demonym && gap.is_empty() && n.clitic == 0
            // "Athens, Georgia": the region's country.
            || comma && (is_country(n) || is_region(linker, n));
        // «طرابلس، شمال لبنان»
        let onward = (2..=3).contains(&gap.len())
            && linker.is_mark(gap.start, &[",", "،", "("])
            && is_country(n)
            && gap.clone().skip(1).all(|t| !linker.is_mark(t, &[",", "،"]));
        if follows || onward {
            let points = if follows { BESIDE } else { NEAR };
            out.extend(country(n).map(|country| Beside { country, points, holds: false }));
        }
    }
    if let Some(n) = company.neighbour(i, -1).map(|n| &mentions[n]).filter(near) {
        let gap = n.tokens.end..m.tokens.start;
        let close = gap.is_empty() && n.kind == MentionKind::Demonym;
        // "the Lebanese city of Tripoli", "Lebanon's Tripoli"
        let afar = (1..=4).contains(&gap.len())
            && (n.kind == MentionKind::Demonym || is_country(n))
            && matches!(linker.page.word(gap.end - 1), "of" | "'s");
        if lies_within(linker, mentions, company, i) {
            out.extend(country(n).map(|country| Beside { country, points: BESIDE, holds: true }));
        } else if close || afar {
            let points = if close { BESIDE } else { NEAR };
            out.extend(country(n).map(|country| Beside { country, points, holds: false }));
        }
    }
    out
}

/// Whether a name is that of a region, even one that needs evidence: "Virginia" is a given name, too.
fn is_region(linker: &Linker<'_, '_>, m: &Candidate) -> bool {
    m.kind == MentionKind::Name
        && matches!(&m.what, What::Keys(keys)
            if keys.iter().all(|k| class(&linker.gazetteer.record(*k)) == Class::Region))
}

/// Whether the mention before is a city of that region: "Alexandria, Virginia".
pub(crate) fn follows_its_city(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    company: &Company,
    i: usize,
    region: Key,
) -> bool {
    let country = linker.gazetteer.record(region).country;
    country.is_some()
        && is_region(linker, &mentions[i])
        && lies_within(linker, mentions, company, i)
        && company.neighbour(i, -1).is_some_and(|n| {
            matches!(&mentions[n].what, What::Keys(keys)
                if keys.iter().any(|k| linker.gazetteer.record(*k).country == country))
        })
}

/// "Atlanta, Georgia": whether a city stands before the name, a comma between, and no list.
fn lies_within(linker: &Linker<'_, '_>, mentions: &[Candidate], company: &Company, i: usize) -> bool {
    let m = &mentions[i];
    company.neighbour(i, -1).map(|n| &mentions[n]).is_some_and(|n| {
        let gap = n.tokens.end..m.tokens.start;
        gap.len() == 1
            && linker.same_sentence(n.tokens.start, m.tokens.start)
            && linker.is_mark(gap.start, &[",", "،"])
            && class_of(linker, n) == Some(Class::City)
            && m.clitic == 0
            && !more_of_a_list(linker, mentions, company, i)
    })
}

/// Whether the text speaks of an office of a person, of his country or of none: "the president" licenses "Putin".
pub(crate) fn office_in_text(linker: &Linker<'_, '_>, mentions: &[Candidate], key: Key) -> bool {
    mentions.iter().take(super::REACH).any(|m| {
        matches!(&m.what, What::Role(p) if !p.role.is_empty() && linker.gazetteer.offices_of_person(key).any(|o| {
            let home = p.country.is_none() || p.country == Some(o.of) || p.country == linker.gazetteer.record(o.of).country;
            let called = o.role == p.role || o.role.starts_with(&format!("{}-", p.role));
            home && called
        }))
    })
}

/// Surnames of the text whose famous bearers bear each other out: both of the first rank, in office on the day, in
/// different countries. Where no day is known, their terms overlap.
pub(crate) fn peers(linker: &Linker<'_, '_>, mentions: &[Candidate]) -> BTreeSet<Key> {
    let mut all: BTreeSet<Key> = BTreeSet::new();
    for m in mentions.iter().filter(|m| m.lone && m.tokens.len() == 1) {
        let What::Keys(keys) = &m.what else { continue };
        let best = keys.iter().copied().max_by_key(|k| (linker.gazetteer.record(*k).rank, std::cmp::Reverse(*k)));
        all.extend(best.filter(|k| linker.gazetteer.record(*k).rank >= FIRST_RANK));
    }
    // A text with more famous surnames than this is a list of names.
    if all.len() > MOST_PEERS {
        return BTreeSet::new();
    }
    let met = |a: Key, b: Key| {
        linker.gazetteer.offices_of_person(a).any(|x| {
            linker.gazetteer.offices_of_person(b).any(|y| {
                let from = [x.from, y.from, linker.published].into_iter().flatten().max();
                let to = [x.to, y.to, linker.published].into_iter().flatten().min();
                x.of != y.of && x.from.is_some() && y.from.is_some() && (to.is_none() || from <= to)
            })
        })
    };
    all.iter().copied().filter(|&a| all.iter().any(|&b| a != b && met(a, b))).collect()
}

/// "Paris, Georgia and Ohio": what stands in a list is no "city, region".
fn more_of_a_list(linker: &Linker<'_, '_>, mentions: &[Candidate], company: &Company, i: usize) -> bool {
    company.neighbour(i, 1).is_some_and(|n| {
        listed_together(linker, &mentions[i], &mentions[n])
            && class_of(linker, &mentions[n]).is_some()
            && !linker.is_mark(mentions[i].tokens.end, &[","])
    })
}
