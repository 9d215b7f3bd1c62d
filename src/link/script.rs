//! Whom does a name mean that no list holds, in a spelling or a script of its own?
//!
//! ```text
//! «وزير الخارجية الفنلندي تيمو سويني»        listed: "Timo Soini", minister-foreign-affairs of country/FIN
//!     office, country ──────┐
//!     how the name sounds ──┴─► person/timo-soini     "token, skeleton; office minister-foreign-affairs/FIN"
//! ```
//!
//! A name that sounds alike is not enough: the text has to give an office, a title or a country that fits, and one
//! person has to fit better than all others. Otherwise the name stays unknown. A listed name is never asked about.

use std::collections::{BTreeMap, BTreeSet};

use super::{Linker, names, roles};
use crate::date::Date;
use crate::entity::EntityKind;
use crate::find::boundary::is_arabic_word;
use crate::find::roles::Phrase;
use crate::find::{Candidate, What};
use crate::gazetteer::sounds::Meeting;
use crate::gazetteer::{Gazetteer, Key, Office};
use crate::hash::FastMap;
use crate::mention::MentionKind;
use crate::text::TokenKind;

/// What a mention that was linked so says it came from.
pub(crate) const SOURCE: &str = "script";

/// Years by which the lists' dates may be off: many tell only on which day somebody was in office.
const NEAR: i32 = 3;
const FAR: i32 = 12;

/// What the text says about the bearer of an unknown name.
#[derive(Debug, Default)]
struct Evidence {
    /// Roles that stand beside the name, with their countries.
    offices: Vec<(String, Option<Key>)>,
    countries: Vec<Key>,
    title: bool,
    female: bool,
}

/// How well an office or a country fits. The greater, the less the name itself has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A title, and nothing that speaks against the person.
    Title,
    /// The text speaks of the person's country.
    Spoken,
    /// The name stands with the person's country, but another office.
    Country,
    /// The name stands with the person's country, of which the person held some other office then.
    Serving,
    /// The person's office; the text does not say of which country.
    Office,
    /// The person's office and country, at another time.
    Held,
    /// The person's office and country, at that time.
    Holds,
}

impl Fit {
    /// The weight that a name needs, and how many doubtful vowels it may have.
    fn needs(self) -> (f32, u32) {
        match self {
            Fit::Holds => (4.0, 2),
            Fit::Held => (6.0, 2),
            Fit::Office => (9.0, 1),
            Fit::Serving => (8.0, 1),
            Fit::Country => (10.0, 1),
            Fit::Spoken => (11.5, 0),
            Fit::Title => (13.0, 0),
        }
    }

    /// How sure the link is, in hundredths: always below a listed name.
    fn score(self) -> u8 {
        match self {
            Fit::Holds => 76,
            Fit::Held => 72,
            Fit::Office | Fit::Serving | Fit::Country => 68,
            Fit::Spoken => 64,
            Fit::Title => 60,
        }
    }
}

/// One person that a name may mean.
struct Choice {
    key: Key,
    name: u32,
    fit: Fit,
    meeting: Meeting,
    why: String,
}

impl Choice {
    fn order(&self) -> (Fit, bool, usize, std::cmp::Reverse<u32>, std::cmp::Reverse<usize>) {
        let m = &self.meeting;
        (
            self.fit,
            m.first && m.last,
            m.met,
            std::cmp::Reverse(m.deviation),
            std::cmp::Reverse(m.left.0.min(1) + m.left.1.min(1)),
        )
    }
}

/// Gives unknown persons the ids of those whose names sound alike, where the text bears it out. What it rests on is
/// kept for each mention.
pub(crate) fn link(linker: &mut Linker<'_, '_>, mentions: &mut [Candidate]) {
    let mut unknown: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, m) in mentions.iter().enumerate() {
        if let Some(e) = linker.entity.get(i).copied().flatten()
            && m.kind == MentionKind::Name
            && m.ty == EntityKind::Person
            && m.what == What::Unknown
            && !linker.drafts[e as usize].known
        {
            unknown.entry(e).or_default().push(i);
        }
    }
    if unknown.is_empty() {
        return;
    }
    let spoken = names::country_counts(linker, mentions);
    let mut of: BTreeMap<u32, Vec<usize>> = unknown.keys().map(|e| (*e, Vec::new())).collect();
    for (i, e) in linker.entity.iter().enumerate() {
        if let Some(all) = e.and_then(|e| of.get_mut(&e)) {
            all.push(i);
        }
    }
    let mut beside: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (role, name) in &linker.beside {
        beside.entry(*name).or_default().push(*role);
    }
    for (entity, at) in unknown {
        let evidence = evidence(linker, mentions, &beside, &at);
        let Some(choice) = choose(linker, mentions, &at, &evidence, &spoken) else { continue };
        let to = match linker.drafted(choice.key) {
            Some(known) => {
                for &i in of.get(&entity).into_iter().flatten() {
                    linker.entity[i] = Some(known);
                }
                known
            }
            None => linker.make_known(entity, choice.key),
        };
        for i in at {
            let m = &mut mentions[i];
            m.source = SOURCE;
            m.score = m.score.min(choice.fit.score());
            linker.why.insert(i as u32, choice.why.clone());
            debug_assert_eq!(linker.entity[i], Some(to));
        }
    }
}

/// Words that a name may take in behind what was found of it.
const MOST_WORDS: u32 = 5;

/// Finds the rest of names that were cut short, and names behind an office that were not found at all, where somebody
/// who fits is called just so: «ريكس [تيلرسون]». Runs before any mention has an entity.
pub(crate) fn complete(linker: &mut Linker<'_, '_>, mentions: &mut Vec<Candidate>) {
    let spoken = names::country_counts(linker, mentions);
    // Names and dates that stand in the way, by their first token; persons whom nothing lists do not.
    let is_open = |m: &Candidate| m.what == What::Unknown && m.ty == EntityKind::Person;
    // A place or a surname alone gives way to the longer name that it is a part of: «لويد أوستن».
    let is_soft = |m: &Candidate| {
        m.kind == MentionKind::Name
            && match m.ty {
                EntityKind::Place => m.tokens.len() <= 2,
                EntityKind::Person => m.tokens.len() == 1,
                _ => false,
            }
    };
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let mut roles_to: BTreeMap<u32, usize> = BTreeMap::new();
    let mut roles_from: BTreeMap<u32, usize> = BTreeMap::new();
    for (i, m) in mentions.iter().enumerate() {
        if !is_open(m) && !is_soft(m) {
            let end = taken.entry(m.tokens.start).or_insert(0);
            *end = (*end).max(m.tokens.end);
        }
        if let What::Role(p) = &m.what
            && !p.plural
            && !p.dual
            && !p.is_body
        {
            let mut end = m.tokens.end;
            while linker.is_title(end) && linker.same_sentence(m.tokens.start, end) {
                end += 1;
            }
            roles_to.insert(end, i);
            roles_from.insert(m.tokens.start, i);
        }
    }
    let mut starts: BTreeMap<u32, Option<usize>> = roles_to.keys().map(|&end| (end, None)).collect();
    let mut titled: BTreeSet<u32> = BTreeSet::new();
    for (i, m) in mentions.iter().enumerate().filter(|(_, m)| m.kind == MentionKind::Name) {
        if is_open(m) {
            starts.insert(m.tokens.start, Some(i));
        } else if is_soft(m) && m.tokens.start.checked_sub(1).is_some_and(|t| linker.is_title(t)) {
            starts.entry(m.tokens.start).or_insert(None);
            titled.insert(m.tokens.start);
        }
    }
    let mut reached = 0;
    let mut grown: Vec<std::ops::Range<u32>> = Vec::new();
    for (start, found) in starts {
        // Capitals show where a Latin name ends.
        if start < reached || !is_arabic_word(linker.page, start) {
            continue;
        }
        let end = free_words(linker, &taken, start);
        let behind = linker.is_mark(end, roles::COMMA).then(|| roles_from.get(&(end + 1))).flatten();
        let mut evidence = Evidence::default();
        for r in roles_to.get(&start).into_iter().chain(behind) {
            if let What::Role(p) = &mentions[*r].what {
                evidence.title = true;
                evidence.offices.push((p.role.clone(), p.country));
                evidence.countries.extend(p.country);
                evidence.female |= p.female;
            }
        }
        let clitic = found.map_or(0, |i| mentions[i].clitic);
        let had = found.map_or(start, |i| mentions[i].tokens.end);
        evidence.title |= found.is_some_and(|i| mentions[i].source == "title")
            || start.checked_sub(1).is_some_and(|t| linker.is_title(t));
        if found.is_none() && !titled.contains(&start) && evidence.countries.is_empty() {
            continue;
        }
        let Some(end) = longest(linker, &evidence, &spoken, start, end, had, clitic) else { continue };
        reached = end;
        let (page, tokens) = (linker.page, start..end);
        grown.push(tokens.clone());
        match found {
            Some(i) => {
                let m = &mut mentions[i];
                m.span = crate::find::span_of(page, &tokens, clitic);
                m.tokens = tokens;
            }
            None => mentions.push(Candidate::new(
                page,
                tokens,
                0,
                MentionKind::Name,
                EntityKind::Person,
                What::Unknown,
                "title",
                60,
            )),
        }
    }
    if grown.is_empty() {
        return;
    }
    mentions.retain(|m| {
        let part = |g: &std::ops::Range<u32>| g.start <= m.tokens.start && m.tokens.end <= g.end && *g != m.tokens;
        let i = grown.partition_point(|g| g.start <= m.tokens.start);
        !(i > 0 && grown.get(i - 1).is_some_and(part))
    });
    // What was found as a place or a surname and is now the whole name, goes too.
    mentions.retain(|m| !(is_soft(m) && !is_open(m) && grown.contains(&m.tokens)));
    mentions.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    linker.entity = vec![None; mentions.len()];
}

/// Where the run of words ends that no other mention, mark or sentence breaks.
fn free_words(linker: &Linker<'_, '_>, taken: &BTreeMap<u32, u32>, start: u32) -> u32 {
    let mut end = start;
    while end < start + MOST_WORDS
        && !taken.contains_key(&end)
        && linker.same_sentence(start, end)
        && linker.page.tokens.get(end as usize).is_some_and(|t| t.kind == TokenKind::Word && (end == start || t.spaced))
    {
        end += 1;
    }
    end
}

/// The end of the longest run of words, past those found, that is the name of somebody who fits.
fn longest(
    linker: &Linker<'_, '_>,
    evidence: &Evidence,
    spoken: &BTreeMap<Key, u32>,
    start: u32,
    end: u32,
    had: u32,
    clitic: u32,
) -> Option<u32> {
    if end <= had || end < start + 2 {
        return None;
    }
    let (gazetteer, sounds, heard) = (linker.gazetteer, linker.gazetteer.sounds(), linker.gazetteer.sounding());
    let form = |to: u32| linker.folded_words(start..to, clitic);
    let near = heard.near(sounds, &sounds.sounding(&form(end)));
    let mut known = Fits { linker, evidence, spoken, of: FastMap::default() };
    let fits: Vec<_> = near
        .into_iter()
        .filter(|(_, most)| *most >= Fit::Holds.needs().0)
        .filter_map(|(n, most)| {
            let listed = gazetteer.name(n);
            let (fit, _) = known.of(listed.key)?;
            (most >= fit.needs().0).then(|| (fit, sounds.sounding(&crate::text::fold::fold_str(listed.text))))
        })
        .collect();
    if fits.is_empty() {
        return None;
    }
    (had.max(start + 1) + 1..=end).rev().find(|&to| {
        let name = sounds.sounding(&form(to));
        // A particle ends no name.
        if name.parts.len() == sounds.sounding(&form(to - 1)).parts.len() {
            return false;
        }
        fits.iter().any(|(fit, other)| {
            sounds.compare(&name, other, heard).is_some_and(|m| {
                // The last word must be the name's own.
                let whole = m.first && m.ended && (m.left.0 == 0 || *fit >= Fit::Held);
                whole && m.met > 1 && enough(&m, *fit, name.parts.len(), other.parts.len())
            })
        })
    })
}

fn evidence(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    beside: &BTreeMap<u32, Vec<u32>>,
    at: &[usize],
) -> Evidence {
    let mut evidence = Evidence::default();
    for &i in at {
        evidence.title |= mentions[i].source == "title";
        for &r in beside.get(&(i as u32)).into_iter().flatten() {
            let Some(What::Role(p)) = mentions.get(r as usize).map(|m| &m.what) else { continue };
            let p: &Phrase = p;
            let country = p.country.or_else(|| roles::body_country(linker, mentions, p));
            evidence.title = true;
            evidence.female |= p.female;
            if !evidence.offices.contains(&(p.role.clone(), country)) {
                evidence.offices.push((p.role.clone(), country));
            }
            if let Some(country) = country.filter(|c| !evidence.countries.contains(c)) {
                evidence.countries.push(country);
            }
        }
    }
    evidence
}

/// The one person who fits best; nobody where two fit equally well, or none well enough.
fn choose(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    at: &[usize],
    evidence: &Evidence,
    spoken: &BTreeMap<Key, u32>,
) -> Option<Choice> {
    // The fullest form says most.
    let form = at.iter().map(|&i| linker.folded(&mentions[i])).max_by_key(|f| (f.split(' ').count(), f.len()))?;
    let (gazetteer, sounds, heard) = (linker.gazetteer, linker.gazetteer.sounds(), linker.gazetteer.sounding());
    let name = sounds.sounding(&form);
    let mut fits = Fits { linker, evidence, spoken, of: FastMap::default() };
    let mut best: Option<Choice> = None;
    let mut tied = false;
    for (number, most) in heard.near(sounds, &name) {
        if most < Fit::Holds.needs().0 {
            continue;
        }
        let listed = gazetteer.name(number);
        let Some((fit, on)) = fits.of(listed.key) else { continue };
        if most < fit.needs().0 {
            continue;
        }
        let other = sounds.sounding(&crate::text::fold::fold_str(listed.text));
        let Some(meeting) = sounds.compare(&name, &other, heard) else { continue };
        if !enough(&meeting, fit, name.parts.len(), other.parts.len()) {
            continue;
        }
        let mut how: Vec<&str> = Vec::new();
        how.extend((meeting.by_token > 0).then_some("token"));
        how.extend((meeting.by_skeleton > 0).then_some("skeleton"));
        let why = format!("«{form}» ~ \"{}\": {}; {}", listed.text, how.join(", "), on.told(gazetteer));
        let choice = Choice { key: listed.key, name: number, fit, meeting, why };
        match &best {
            None => best = Some(choice),
            Some(held) if held.key == choice.key => {
                if (choice.order(), held.name) > (held.order(), choice.name) {
                    best = Some(choice);
                }
            }
            Some(held) if choice.order() > held.order() => {
                tied = choice.fit == held.fit && choice.fit < Fit::Held;
                best = Some(choice);
            }
            // Without the office, how well a name fits does not tell two persons apart.
            Some(held) => tied |= choice.order() == held.order() || choice.fit == held.fit && choice.fit < Fit::Held,
        }
    }
    best.filter(|_| !tied)
}

/// Whether a name meets another well enough for what the text says besides.
fn enough(meeting: &Meeting, fit: Fit, parts: usize, listed: usize) -> bool {
    let (mut weight, deviation) = fit.needs();
    if meeting.deviation > deviation {
        return false;
    }
    weight += 2.0 * meeting.deviation as f32;
    if parts == 1 || meeting.met == 1 {
        // A surname alone speaks only of who holds the office.
        return parts == 1
            && listed > 1
            && fit == Fit::Holds
            && meeting.last
            && meeting.deviation == 0
            && meeting.weight >= weight + 2.0;
    }
    let ends = meeting.first && meeting.last;
    let whole = meeting.left.0 == 0 || meeting.left.1 == 0;
    // Whoever is called otherwise is a son or a father; so is whose father is called otherwise.
    if !meeting.first || !ends && !whole || parts > 2 && listed > 2 && !meeting.second {
        return false;
    }
    // Different middles make two persons of them, unless the office says otherwise.
    if meeting.left.0 > 0 && meeting.left.1 > 0 {
        weight += 4.0;
    }
    if !ends {
        weight += 2.0;
    }
    meeting.weight >= weight
}

/// What a fit rests on.
#[derive(Clone, Copy, Debug)]
enum On<'g> {
    Office(&'g str, Key),
    Country(Key),
    Spoken(Key),
    Title,
}

impl On<'_> {
    fn told(self, gazetteer: &Gazetteer) -> String {
        let code = |country: Key| {
            let id = gazetteer.record(country).id;
            id.split_once('/').map_or(id, |(_, code)| code)
        };
        match self {
            On::Office(role, of) => format!("office {role}/{}", code(of)),
            On::Country(country) => format!("country {}", code(country)),
            On::Spoken(country) => format!("the text speaks of {}", code(country)),
            On::Title => "a title".to_owned(),
        }
    }
}

/// How what the text says of one name fits the persons whose names are near: many have several names.
struct Fits<'a, 'l, 'p> {
    linker: &'a Linker<'l, 'p>,
    evidence: &'a Evidence,
    spoken: &'a BTreeMap<Key, u32>,
    of: FastMap<Key, Option<(Fit, On<'l>)>>,
}

impl<'l> Fits<'_, 'l, '_> {
    /// How it fits a person, and on what that rests; `None` where it speaks against it.
    fn of(&mut self, person: Key) -> Option<(Fit, On<'l>)> {
        if let Some(known) = self.of.get(&person) {
            return *known;
        }
        let fit = self.fit(person);
        self.of.insert(person, fit);
        fit
    }

    fn fit(&self, person: Key) -> Option<(Fit, On<'l>)> {
        let (gazetteer, evidence) = (self.linker.gazetteer, self.evidence);
        let record = gazetteer.record(person);
        if evidence.female && record.female == Some(false) {
            return None;
        }
        let years = |o: &Office<'_>| self.linker.published.map_or(0, |day| distance(o, day));
        let offices: Vec<Office<'_>> = gazetteer.offices_of_person(person).collect();
        let nearest = offices.iter().map(years).min().unwrap_or(0);
        if nearest > FAR {
            return None;
        }
        let mut best: Option<(Fit, On<'_>)> = None;
        for (role, country) in &evidence.offices {
            let same = |held: &str| roles::fits(held, role) || roles::fits(role, held);
            for office in offices.iter().filter(|o| same(o.role)) {
                let fit = match country {
                    Some(c) if *c == office.of && years(office) <= NEAR => Fit::Holds,
                    Some(c) if *c == office.of => Fit::Held,
                    Some(_) => continue,
                    None if years(office) <= NEAR => Fit::Office,
                    None => continue,
                };
                if best.as_ref().is_none_or(|(held, _)| *held < fit) {
                    best = Some((fit, On::Office(office.role, office.of)));
                }
            }
        }
        if best.is_some() {
            return best;
        }
        let of = |country: Key| record.country == Some(country) || offices.iter().any(|o| o.of == country);
        if !evidence.countries.is_empty() {
            let country = evidence.countries.iter().copied().find(|c| of(*c))?;
            let serving = self.linker.published.is_some()
                && offices.iter().any(|o| o.of == country && (o.from.is_some() || o.to.is_some()) && years(o) <= NEAR);
            return Some((if serving { Fit::Serving } else { Fit::Country }, On::Country(country)));
        }
        if let Some(country) = self.spoken.keys().copied().find(|c| of(*c)) {
            return Some((Fit::Spoken, On::Spoken(country)));
        }
        evidence.title.then_some((Fit::Title, On::Title))
    }
}

/// Years between a day and the time of an office.
fn distance(office: &Office<'_>, day: Date) -> i32 {
    let year = i32::from(day.year);
    let from = office.from.map_or(i32::MIN, |d| i32::from(d.year));
    let to = office.to.map_or(if office.from.is_some() { i32::MAX } else { year }, |d| i32::from(d.year));
    if year < from {
        from.saturating_sub(year)
    } else if year > to {
        year.saturating_sub(to)
    } else {
        0
    }
}
