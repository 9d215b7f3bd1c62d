//! Which entity does each name mean?
//!
//! ```text
//! "Washington"   place/washington, place/washington-state ─► the better known, unless the text says otherwise
//! "Hugh Hill" … "Hill"                                    ─► one unknown person
//! ```

use std::collections::BTreeMap;

use super::{Draft, Linker};
use crate::entity::EntityKind;
use crate::find::boundary::is_arabic_word;
use crate::find::{Candidate, What};
use crate::gazetteer::Key;
use crate::mention::MentionKind;

/// Longer Latin words in capitals are no acronyms.
const LONGEST_ACRONYM: usize = 6;

/// What the text says about countries, to decide between namesakes.
pub(crate) fn country_counts(linker: &Linker<'_, '_>, mentions: &[Candidate]) -> BTreeMap<Key, u32> {
    let mut counts = BTreeMap::new();
    for m in mentions {
        if let What::Keys(keys) = &m.what {
            for key in keys {
                let record = linker.gazetteer.record(*key);
                if record.kind == EntityKind::Country {
                    *counts.entry(*key).or_insert(0) += 1;
                }
            }
        }
    }
    counts
}

/// Of several namesakes the one whose country the text speaks of, if it is one alone.
pub(crate) fn at_home(linker: &Linker<'_, '_>, m: &Candidate, countries: &BTreeMap<Key, u32>) -> Vec<Key> {
    let What::Keys(keys) = &m.what else { return Vec::new() };
    let home = |key: &Key| linker.gazetteer.record(*key).country.is_some_and(|c| countries.contains_key(&c));
    let mut found: Vec<Key> = keys.iter().copied().filter(home).collect();
    if found.len() > 1 {
        found.clear();
    }
    found
}

/// Whether a mention is a person's name of one word.
pub(crate) fn is_short(m: &Candidate) -> bool {
    m.kind == MentionKind::Name && m.ty == EntityKind::Person && m.tokens.len() == 1
}

/// Whom the text names in full, by the name parts that may stand for the whole: "Hill" and "Hugh Hill", «كيم» and
/// «كيم جونغ أون».
#[derive(Default)]
pub(crate) struct Roster {
    /// Folded part → the mentions of full names that have it, in text order.
    by_part: BTreeMap<String, Vec<u32>>,
}

impl Roster {
    pub(crate) fn new(linker: &Linker<'_, '_>, mentions: &[Candidate]) -> Self {
        let mut roster = Roster::default();
        for (i, m) in mentions.iter().enumerate() {
            let person = m.kind == MentionKind::Name && m.ty == EntityKind::Person && m.tokens.len() > 1;
            if !person {
                continue;
            }
            let form = linker.folded(m);
            let words: Vec<&str> = form.split(' ').collect();
            let ([first, .., before, last], arabic) = (&pad(&words)[..], is_arabic_word(linker.page, m.tokens.start))
            else {
                continue;
            };
            // «فيصل بن عبدالعزيز» is never «عبدالعزيز»: that is his father.
            let father = arabic && matches!(*before, "بن" | "ابن" | "بنت") && !last.starts_with("ال");
            let mut add = |part: &str| {
                let all = roster.by_part.entry(part.to_owned()).or_default();
                if all.last() != Some(&(i as u32)) {
                    all.push(i as u32);
                }
            };
            if !father && last.chars().count() > 2 {
                add(last);
            }
            // Where the family comes first: "Kim Jong-un", "Xi Jinping".
            let part = linker.gazetteer.part(first);
            let family = part.as_ref().is_some_and(|p| p.family && !p.given)
                // «مون جيه-إن»
                || part.as_ref().is_none_or(|p| p.family || !p.given) && last.contains('-') && words.len() == 2;
            if words.len() > 1 && family {
                add(first);
            }
        }
        roster
    }

    /// The person of the text whom a short name means: whoever is named in full nearest before it, or else first after.
    pub(crate) fn bearer(&self, linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize) -> Option<u32> {
        let all = self.by_part.get(&linker.folded(&mentions[i]))?;
        let before = all.partition_point(|&at| (at as usize) < i);
        let at = before.checked_sub(1).and_then(|b| all.get(b)).or_else(|| all.first())?;
        linker.entity[*at as usize]
    }

    /// The person of the text whom a listed surname means in place of its famous bearer: one named in full, when the
    /// text has not spoken of the famous one yet, and his office does not stand before the name.
    pub(crate) fn other_bearer(
        &self,
        linker: &Linker<'_, '_>,
        mentions: &[Candidate],
        i: usize,
        key: Key,
    ) -> Option<u32> {
        let famous = linker.drafted(key);
        // "President Trump … Ivanka Trump … Trump": once the text has shown that it means the famous one, it goes on to.
        if famous.is_some() {
            return None;
        }
        let start = mentions[i].tokens.start;
        let licensed = i.checked_sub(1).and_then(|r| mentions.get(r)).is_some_and(|r| {
            matches!(&r.what, What::Role(p) if r.tokens.end == start
                && super::office::ever_held(linker.gazetteer, key, &p.role, None))
        });
        let other = self.bearer(linker, mentions, i)?;
        (!licensed).then_some(other)
    }
}

/// The words of a name of two or more with a word before the last, so that a pattern of three fits.
fn pad<'w>(words: &[&'w str]) -> Vec<&'w str> {
    match words {
        [first, last] => vec![first, "", last],
        _ => words.to_vec(),
    }
}

/// "the EC" for the European Community that the text names, "Commission" for the one commission in it.
pub(crate) fn short_bodies(linker: &mut Linker<'_, '_>, mentions: &[Candidate]) {
    let body = |m: &Candidate| m.kind == MentionKind::Name && m.ty == EntityKind::Organisation;
    // Initials of the long names, and their last words, with whom they mean; nobody where they mean two.
    let mut initials: BTreeMap<String, Option<u32>> = BTreeMap::new();
    let mut lasts: BTreeMap<String, Option<u32>> = BTreeMap::new();
    for (i, m) in mentions.iter().enumerate() {
        let Some(e) = linker.entity[i].filter(|_| body(m) && m.latin && m.tokens.len() > 1) else { continue };
        let capital = |t: &u32| linker.page.raw(*t).starts_with(char::is_uppercase);
        let letters: String =
            m.tokens.clone().filter(capital).filter_map(|t| linker.page.raw(t).chars().next()).collect();
        let whole = m
            .tokens
            .clone()
            .all(|t| linker.page.tokens.get(t as usize).is_none_or(|k| k.shape != crate::text::Shape::Upper));
        if letters.chars().count() > 1 && whole {
            note(&mut initials, letters, e);
        }
        note(&mut lasts, linker.page.word(m.tokens.end - 1).to_owned(), e);
    }
    for (i, m) in mentions.iter().enumerate() {
        let unknown = |e: u32| linker.drafts.get(e as usize).is_some_and(|d| !d.known);
        if !body(m) || m.tokens.len() != 1 || !linker.entity[i].is_some_and(unknown) {
            continue;
        }
        let raw = linker.page.raw(m.tokens.start).replace('.', "");
        let acronym = raw.len() > 1 && raw.len() <= LONGEST_ACRONYM && raw.chars().all(char::is_uppercase);
        let long = if acronym { initials.get(&raw) } else { lasts.get(linker.page.word(m.tokens.start)) };
        if let Some(Some(e)) = long {
            linker.entity[i] = Some(*e);
        }
    }
}

fn note(map: &mut BTreeMap<String, Option<u32>>, form: String, entity: u32) {
    map.entry(form).and_modify(|held| *held = held.filter(|e| *e == entity)).or_insert(Some(entity));
}

/// Entities for unknown persons and bodies, by the forms of their names.
#[derive(Default)]
pub(crate) struct Unknown {
    /// Folded full name → entity.
    full: BTreeMap<(EntityKind, String), u32>,
    /// Persons by first and last name part, with the part behind the first.
    ends: BTreeMap<(String, String), (u32, String)>,
    /// Persons by their last name part: the latest wins.
    last: BTreeMap<String, u32>,
}

impl Unknown {
    /// The entity of a name that no gazetteer holds; a new one where nothing before fits.
    pub(crate) fn entity(&mut self, linker: &mut Linker<'_, '_>, m: &Candidate) -> u32 {
        let form = linker.folded(m);
        if let Some(&entity) = self.full.get(&(m.ty, form.clone())) {
            return entity;
        }
        if m.ty == EntityKind::Person {
            let words: Vec<&str> = form.split(' ').collect();
            if let [only] = words[..] {
                if let Some(&entity) = self.last.get(only) {
                    return entity;
                }
            } else if let Some(entity) = self.same_person(&words) {
                self.full.insert((m.ty, form), entity);
                return entity;
            }
            let entity = linker.draft(Draft::unknown(m.ty));
            if let [.., last] = words[..] {
                self.last.insert(last.to_owned(), entity);
            }
            if let [first, ref middle @ .., last] = words[..] {
                let middle = middle.first().copied().unwrap_or_default().to_owned();
                self.ends.insert((first.to_owned(), last.to_owned()), (entity, middle));
            }
            self.full.insert((m.ty, form), entity);
            return entity;
        }
        let entity = linker.draft(Draft::unknown(m.ty));
        self.full.insert((m.ty, form), entity);
        entity
    }

    /// Remembers that a form names a known entity, so that later short forms find it.
    pub(crate) fn alias(&mut self, kind: EntityKind, form: String, entity: u32) {
        if kind == EntityKind::Person
            && let (Some((first, _)), Some((_, last))) = (form.split_once(' '), form.rsplit_once(' '))
        {
            let middle = form.split(' ').nth(1).filter(|m| *m != last).unwrap_or_default().to_owned();
            self.ends.entry((first.to_owned(), last.to_owned())).or_insert((entity, middle));
            if last.is_ascii() {
                self.last.insert(last.to_owned(), entity);
            }
        }
        self.full.entry((kind, form)).or_insert(entity);
    }

    /// From here on a form means another entity than was thought.
    pub(crate) fn rename(&mut self, kind: EntityKind, form: String, entity: u32) {
        self.full.insert((kind, form), entity);
    }

    /// A person already named whose first and last parts are these, with more or fewer between: never one whose first
    /// parts differ.
    fn same_person(&self, words: &[&str]) -> Option<u32> {
        let (first, last) = (words.first()?, words.last()?);
        let (entity, middle) = self.ends.get(&((*first).to_owned(), (*last).to_owned()))?;
        // "George P. Bush" is not "George H. W. Bush".
        let initial = |w: &str| w.strip_suffix('.').unwrap_or(w).chars().count() == 1;
        let own = words.get(1).filter(|_| words.len() > 2).copied().unwrap_or_default();
        let differ = initial(own) && !middle.is_empty() && own.chars().next() != middle.chars().next();
        (!differ).then_some(*entity)
    }
}
