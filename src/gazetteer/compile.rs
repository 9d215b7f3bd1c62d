//! How do the rows of all files become one body of knowledge?
//!
//! ```text
//! Tables (rows) ─► Compiled { records, names, offices, roles, words, heads, known words, patterns }
//! ```
//!
//! What comes out is plain, owned data in the order of the rows; [`pack`](super::pack) gives it the form in which it is
//! asked. Rows may lie over a pack: the entities of that pack keep their keys, new ones are numbered above them, and
//! whoever is corrected is copied ([`Compiled::corrected`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::pack::{Pack, known};
use super::patterns::Patterns;
use super::read::{EntityRow, NameFlags, NameKind, RoleKind, Tables};
use super::sounds::SoundRow;
use super::{Key, RoleFlags, WordClass};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::entity::EntityKind;
use crate::text::fold::fold_str;

#[derive(Debug)]
pub(crate) struct RecordData {
    pub(crate) id: Box<str>,
    pub(crate) kind: EntityKind,
    /// What sort of place or organisation: `city`, `party`, `media`, …
    pub(crate) sub: Box<str>,
    /// The country it belongs to; a country is its own.
    pub(crate) country: Option<Key>,
    pub(crate) female: Option<bool>,
    /// Higher is better known: decides between namesakes when nothing else does.
    pub(crate) rank: u32,
    pub(crate) name_en: Option<Box<str>>,
    pub(crate) name_ar: Option<Box<str>>,
    pub(crate) identifiers: Vec<(Box<str>, Box<str>)>,
}

#[derive(Debug)]
pub(crate) struct NameData {
    pub(crate) text: Box<str>,
    pub(crate) key: Key,
    pub(crate) kind: NameKind,
    pub(crate) flags: NameFlags,
}

#[derive(Debug)]
pub(crate) struct OfficeData {
    pub(crate) person: Key,
    pub(crate) role: Box<str>,
    pub(crate) of: Key,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

#[derive(Debug)]
pub(crate) struct RoleData {
    pub(crate) id: Box<str>,
    pub(crate) kind: RoleKind,
    pub(crate) flags: RoleFlags,
    /// The one country or body whose office this form means.
    pub(crate) only: Option<Key>,
}

#[derive(Debug)]
pub(crate) struct WordData {
    pub(crate) class: WordClass,
    pub(crate) value: Box<str>,
}

#[derive(Debug)]
pub(crate) struct HeadData {
    pub(crate) kind: EntityKind,
    /// `party`, `sport`, …; empty for a noun of no kind.
    pub(crate) sub: Box<str>,
    /// Whether names follow the head («مركز …», "Ministry of …") and whether they stand before it ("… University").
    pub(crate) first: bool,
    pub(crate) last: bool,
}

/// All knowledge as the rows give it.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    /// How many entities lie beneath: the key of the first record here.
    beneath: u32,
    pub(crate) records: Vec<RecordData>,
    by_id: HashMap<Box<str>, Key>,
    /// Entities beneath with the record here that stands for each.
    pub(crate) corrected: BTreeMap<Key, u32>,
    pub(crate) names: Vec<NameData>,
    pub(crate) offices: Vec<OfficeData>,
    pub(crate) roles: Vec<RoleData>,
    /// Offices for which a country has a word of its own: few.
    pub(crate) own_words: Vec<(Key, Box<str>)>,
    pub(crate) words: Vec<WordData>,
    pub(crate) heads: Vec<HeadData>,
    /// Single words with what is known of them, as bits of [`known`]: parts of names by their folded form, function words
    /// and ordinary words that are also names as written, in lower case.
    pub(crate) known: BTreeMap<Box<str>, u32>,
    /// Rows that the reader of pages wants: class, language, form, value.
    pub(crate) text_words: Vec<[Box<str>; 4]>,
    /// How names sound, folded.
    pub(crate) sounds: Vec<SoundRow<Box<str>>>,
    pub(crate) patterns: Patterns,
    /// What lies beneath and does not hold any more.
    pub(crate) removed: Removed,
}

/// Rows of the pack beneath that own rows take away or stand for.
#[derive(Debug, Default)]
pub(crate) struct Removed {
    pub(crate) entities: BTreeSet<Key>,
    pub(crate) names: BTreeSet<u32>,
    pub(crate) offices: BTreeSet<u32>,
}

impl Compiled {
    /// Takes the rows in, over the entries of a pack. Rows that remove what is not there are told of.
    pub(crate) fn of(tables: &Tables<'_>, beneath: &Pack, problems: &mut Vec<Diagnostic>) -> Self {
        let mut g = Compiled { beneath: beneath.entities(), ..Compiled::default() };
        g.remove(tables, beneath, problems);
        for row in &tables.entities {
            g.entity(row, beneath);
        }
        for row in tables.entities.iter().filter(|r| !r.country.is_empty()) {
            let country = g.key_of(row.country, EntityKind::Country, beneath);
            let key = g.key_of(row.id, row.kind, beneath);
            if let Some(record) = g.record_mut(key, beneath) {
                record.country = Some(country);
            }
        }
        g.take_names(tables, beneath);
        for row in &tables.offices {
            let (Some(person), Some(of)) = (EntityKind::of_id(row.person), EntityKind::of_id(row.of)) else { continue };
            let (person, of) = (g.key_of(row.person, person, beneath), g.key_of(row.of, of, beneath));
            // The same office from the same day on, or without a day: the own row knows better.
            for i in beneath.offices_of_person(person) {
                let old = beneath.office(i);
                let undated = old.from.is_none() && old.to.is_none();
                if old.role == row.role && old.of == of && (old.from == row.from || undated) {
                    g.removed.offices.insert(i);
                }
            }
            g.offices.push(OfficeData { person, role: row.role.into(), of, from: row.from, to: row.to });
        }
        g.take_roles(tables, beneath);
        g.take_words(tables, beneath);
        for row in &tables.heads {
            let index = beneath.heads() + g.heads.len() as u32;
            g.patterns.add_head(row.head, index);
            g.heads.push(HeadData {
                kind: row.kind,
                sub: row.sub.into(),
                first: row.position != "last",
                last: row.position == "last" || row.position == "both",
            });
        }
        g.take_parts(tables);
        g.take_sounds(tables);
        g
    }

    fn entity(&mut self, row: &EntityRow<'_>, beneath: &Pack) {
        let key = self.key_of(row.id, row.kind, beneath);
        let corrects = key.0 < self.beneath;
        let Some(record) = self.record_mut(key, beneath) else { return };
        if !row.sub.is_empty() {
            record.sub = row.sub.into();
        }
        record.rank = if corrects && row.rank > 0 { row.rank } else { record.rank.max(row.rank) };
        match row.gender {
            "f" => record.female = Some(true),
            "m" => record.female = Some(false),
            _ => {}
        }
        for pair in row.identifiers.split(';').filter_map(|p| p.split_once('=')) {
            let pair: (Box<str>, Box<str>) = (pair.0.trim().into(), pair.1.trim().into());
            if corrects {
                record.identifiers.retain(|(scheme, _)| *scheme != pair.0);
            }
            if !record.identifiers.contains(&pair) {
                record.identifiers.push(pair);
            }
        }
        record.identifiers.sort();
    }

    fn take_names(&mut self, tables: &Tables<'_>, beneath: &Pack) {
        // The names beneath of whoever has a row here, by key; nothing to look for where nothing lies beneath.
        let mut old: HashMap<Key, Vec<u32>> = HashMap::new();
        if self.beneath > 0 {
            let touched = tables.names.iter().filter_map(|row| beneath.id(row.id));
            old.extend(touched.map(|key| (Key(key), Vec::new())));
            for i in 0..beneath.names() {
                if let Some(all) = old.get_mut(&beneath.name(i).key) {
                    all.push(i);
                }
            }
        }
        let mut named: BTreeSet<(Key, bool)> = BTreeSet::new();
        for row in &tables.names {
            let key = self.key_of(row.id, row.entity_kind, beneath);
            let arabic = row.lang == "ar";
            // The first row that gives the display name counts; among own rows, whatever lies beneath.
            if row.kind == NameKind::Name
                && named.insert((key, arabic))
                && let Some(record) = self.record_mut(key, beneath)
            {
                *record.display(arabic) = Some(row.name.into());
            }
            for &i in old.get(&key).into_iter().flatten() {
                if beneath.name(i).text == row.name {
                    self.removed.names.insert(i);
                }
            }
            let index = beneath.names() + self.names.len() as u32;
            self.names.push(NameData { text: row.name.into(), key, kind: row.kind, flags: row.flags });
            self.patterns.add_name(row.name, row.kind, row.entity_kind, index);
        }
        // An entity without a display name in a language takes its first other name there.
        for row in tables.names.iter().filter(|r| matches!(r.kind, NameKind::Alias | NameKind::Official)) {
            let key = self.key_of(row.id, row.entity_kind, beneath);
            let arabic = row.lang == "ar";
            let has = |r: super::Record<'_>| if arabic { r.name_ar.is_some() } else { r.name_en.is_some() };
            if key.0 < self.beneath && !self.corrected.contains_key(&key) && has(beneath.record(key.0)) {
                continue;
            }
            if let Some(record) = self.record_mut(key, beneath) {
                record.display(arabic).get_or_insert_with(|| row.name.into());
            }
        }
    }

    fn take_roles(&mut self, tables: &Tables<'_>, beneath: &Pack) {
        for row in &tables.roles {
            let mut role = RoleData { id: row.role.into(), kind: row.kind, flags: RoleFlags::default(), only: None };
            for flag in row.flags.split(',').map(str::trim) {
                match flag {
                    "f" => role.flags.female = true,
                    "pl" => role.flags.plural = true,
                    "du" => role.flags.dual = true,
                    "def" => role.flags.definite = true,
                    "many" => role.flags.many = true,
                    "country" => role.flags.country = true,
                    "private" => role.flags.private = true,
                    _ => {
                        if let Some(id) = flag.strip_prefix("only=")
                            && let Some(kind) = EntityKind::of_id(id)
                        {
                            role.only = Some(self.key_of(id, kind, beneath));
                        }
                    }
                }
            }
            if let Some(only) = role.only
                && !self.own_words.iter().any(|(k, id)| *k == only && **id == *role.id)
            {
                self.own_words.push((only, role.id.clone()));
            }
            let index = beneath.roles() + self.roles.len() as u32;
            self.patterns.add_role(row.form, index);
            self.roles.push(role);
        }
    }

    fn take_words(&mut self, tables: &Tables<'_>, beneath: &Pack) {
        for row in &tables.words {
            let bit = match row.class {
                "closed" => known::CLOSED,
                "common" => known::COMMON,
                _ => 0,
            };
            if bit != 0 {
                *self.known.entry(row.form.to_lowercase().into()).or_default() |= bit;
            }
            if row.class != "common" {
                self.text_words.push([row.class, row.lang, row.form, row.value].map(Box::from));
            }
            if let Some(class) = WordClass::parse(row.class) {
                let index = beneath.words() + self.words.len() as u32;
                self.patterns.add_word(row.form, index);
                self.words.push(WordData { class, value: row.value.into() });
            }
        }
    }

    fn take_sounds(&mut self, tables: &Tables<'_>) {
        let folded = |text: &str| Box::from(fold_str(text));
        let letters =
            tables.letters.iter().map(|(letters, classes)| SoundRow::Letters(folded(letters), (*classes).into()));
        let pairs = tables.pairs.iter().map(|(arabic, latin)| SoundRow::Pair(folded(arabic), folded(latin)));
        let particles =
            tables.words.iter().filter(|row| row.class == "particle" || row.class == "suffix" && row.value.is_empty());
        let particles = particles.map(|row| SoundRow::Particle(folded(row.form)));
        self.sounds.extend(letters.chain(pairs).chain(particles));
    }

    fn take_parts(&mut self, tables: &Tables<'_>) {
        for row in &tables.parts {
            let bits = self.known.entry(fold_str(row.part).into()).or_default();
            *bits |= known::PART | known::LISTED;
            *bits |= if row.kind == "family" { 0 } else { known::GIVEN };
            *bits |= if row.kind == "given" { 0 } else { known::FAMILY };
            *bits |= if matches!(row.gender, "f" | "F") { known::FEMALE } else { 0 };
        }
        // The persons of the gazetteer teach name parts too.
        let persons = tables.names.iter().filter(|n| n.entity_kind == EntityKind::Person && n.kind != NameKind::Short);
        for row in persons {
            let folded = fold_str(row.name);
            let words: Vec<&str> = folded.split([' ', '-']).collect();
            if words.len() < 2 {
                continue;
            }
            for (i, word) in words.into_iter().enumerate().filter(|(_, word)| word.chars().count() > 2) {
                let bits = self.known.entry(word.into()).or_default();
                *bits |= known::PART | if i == 0 { known::GIVEN } else { known::FAMILY };
            }
        }
    }

    /// What the rows of `remove` tables take from the pack beneath.
    fn remove(&mut self, tables: &Tables<'_>, beneath: &Pack, problems: &mut Vec<Diagnostic>) {
        if tables.removals.is_empty() {
            return;
        }
        let mut names: HashMap<Key, Vec<u32>> = HashMap::new();
        for i in 0..beneath.names() {
            names.entry(beneath.name(i).key).or_default().push(i);
        }
        for row in &tables.removals {
            let Some(key) = beneath.id(row.id).map(Key) else {
                let ids = (0..beneath.entities()).map(|key| beneath.record(key).id);
                let problem = row.row.problem("G009", 0, format!("there is no `{}` to remove", row.id));
                problems.push(match did_you_mean(row.id, ids) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("only what the bundled gazetteer or the given pack holds can be removed"),
                });
                continue;
            };
            let all = names.get(&key).map(Vec::as_slice).unwrap_or_default();
            if row.name.is_empty() && row.role.is_empty() {
                self.removed.entities.insert(key);
                self.removed.names.extend(all);
                let held = (0..beneath.offices()).filter(|&i| {
                    let office = beneath.office(i);
                    office.person == key || office.of == key
                });
                self.removed.offices.extend(held);
                continue;
            }
            if !row.name.is_empty() {
                let before = self.removed.names.len();
                self.removed.names.extend(all.iter().filter(|&&i| beneath.name(i).text == row.name));
                if self.removed.names.len() == before {
                    let known = all.iter().map(|&i| beneath.name(i).text);
                    let problem = row.row.problem("G009", 1, format!("`{}` has no name `{}`", row.id, row.name));
                    problems.push(match did_you_mean(row.name, known.clone()) {
                        Some(near) => problem.help(format!("did you mean `{near}`?")),
                        None => problem.help(format!("its names are: {}", known.collect::<Vec<_>>().join(", "))),
                    });
                }
            }
            if !row.role.is_empty() {
                let held: Vec<u32> = beneath.offices_of_person(key).collect();
                let of = |i: u32| row.of.is_empty() || beneath.id(row.of) == Some(beneath.office(i).of.0);
                let before = self.removed.offices.len();
                self.removed.offices.extend(held.iter().filter(|&&i| beneath.office(i).role == row.role && of(i)));
                if self.removed.offices.len() == before {
                    let problem = row.row.problem("G009", 2, format!("`{}` holds no office `{}`", row.id, row.role));
                    let known = held.iter().map(|&i| beneath.office(i).role);
                    problems.push(match did_you_mean(row.role, known.clone()) {
                        Some(near) => problem.help(format!("did you mean `{near}`?")),
                        None => problem.help(format!("its offices are: {}", known.collect::<Vec<_>>().join(", "))),
                    });
                }
            }
        }
        self.rename(&names, beneath);
    }

    /// Whose display name was removed takes the next one in that script.
    fn rename(&mut self, names: &HashMap<Key, Vec<u32>>, beneath: &Pack) {
        let mut touched: BTreeSet<Key> = self.removed.names.iter().map(|&i| beneath.name(i).key).collect();
        touched.retain(|key| !self.removed.entities.contains(key));
        for key in touched {
            let record = beneath.record(key.0);
            let all = names.get(&key).map(Vec::as_slice).unwrap_or_default();
            for (arabic, display) in [(false, record.name_en), (true, record.name_ar)] {
                let is = |i: &u32| Some(beneath.name(*i).text) == display;
                if !all.iter().any(|i| is(i) && self.removed.names.contains(i)) {
                    continue;
                }
                let next = all.iter().filter(|i| !self.removed.names.contains(i)).map(|&i| beneath.name(i)).find(|n| {
                    matches!(n.kind, NameKind::Name | NameKind::Alias | NameKind::Official)
                        && n.text.starts_with(crate::text::arabic::is_letter) == arabic
                });
                let next = next.map(|n| Box::from(n.text));
                if let Some(record) = self.record_mut(key, beneath) {
                    *record.display(arabic) = next;
                }
            }
        }
    }

    /// The key of an id, which is made where nobody has it yet.
    fn key_of(&mut self, id: &str, kind: EntityKind, beneath: &Pack) -> Key {
        if let Some(key) = beneath.id(id) {
            // A row about somebody who was removed brings the id back, without what it had.
            self.removed.entities.remove(&Key(key));
            return Key(key);
        }
        if let Some(&key) = self.by_id.get(id) {
            return key;
        }
        let key = Key(self.beneath + self.records.len() as u32);
        self.by_id.insert(id.into(), key);
        let identifiers = match id.strip_prefix("country/") {
            Some(iso3) if iso3.len() == 3 => vec![("iso3".into(), iso3.into())],
            _ => Vec::new(),
        };
        let country = (kind == EntityKind::Country).then_some(key);
        self.records.push(RecordData {
            id: id.into(),
            kind,
            sub: "".into(),
            country,
            female: None,
            rank: 0,
            name_en: None,
            name_ar: None,
            identifiers,
        });
        key
    }

    /// The record of a key to write to: a copy, where it lies beneath.
    fn record_mut(&mut self, key: Key, beneath: &Pack) -> Option<&mut RecordData> {
        let at = match key.0.checked_sub(self.beneath) {
            Some(at) => at,
            None => match self.corrected.get(&key) {
                Some(&at) => at,
                None => {
                    let r = beneath.record(key.0);
                    let pair = |(scheme, value): (&str, &str)| (Box::from(scheme), Box::from(value));
                    self.records.push(RecordData {
                        id: r.id.into(),
                        kind: r.kind,
                        sub: r.sub.into(),
                        country: r.country,
                        female: r.female,
                        rank: r.rank,
                        name_en: r.name_en.map(Box::from),
                        name_ar: r.name_ar.map(Box::from),
                        identifiers: beneath.identifiers(key.0).map(pair).collect(),
                    });
                    let at = self.records.len() as u32 - 1;
                    self.corrected.insert(key, at);
                    at
                }
            },
        };
        self.records.get_mut(at as usize)
    }
}

impl RecordData {
    fn display(&mut self, arabic: bool) -> &mut Option<Box<str>> {
        if arabic { &mut self.name_ar } else { &mut self.name_en }
    }
}
