//! Which entity does each name mean?
//!
//! ```text
//! "Washington"   place/washington, place/washington-state ─► the better known, unless the text says otherwise
//! "Hugh Hill" … "Hill"                                    ─► one unknown person
//! ```

use std::collections::BTreeMap;

use super::{Draft, Linker};
use crate::entity::EntityKind;
use crate::find::{Candidate, What};
use crate::gazetteer::Key;

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

/// Entities for unknown persons and bodies, by the forms of their names.
#[derive(Default)]
pub(crate) struct Unknown {
    /// Folded full name → entity.
    full: BTreeMap<(EntityKind, String), u32>,
    /// Persons by first and last name part.
    ends: BTreeMap<(String, String), u32>,
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
            if let [first, .., last] = words[..] {
                self.ends.insert((first.to_owned(), last.to_owned()), entity);
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
            self.ends.entry((first.to_owned(), last.to_owned())).or_insert(entity);
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
        self.ends.get(&((*first).to_owned(), (*last).to_owned())).copied()
    }
}
