//! How do the rows of all files become one body of knowledge?
//!
//! ```text
//! Tables (rows) ─► Compiled { records, names, offices, roles, words, heads, parts, patterns }
//! ```
//!
//! What comes out is plain, owned data in the order of the rows; how it is kept and asked is the business of
//! [`Gazetteer`](super::Gazetteer).

use std::collections::HashMap;

use super::patterns::Patterns;
use super::read::{NameFlags, NameKind, RoleKind, Tables};
use super::sounds::Sounds;
use super::{Key, Part, RoleFlags, WordClass};
use crate::date::Date;
use crate::entity::EntityKind;
use crate::text::fold::fold_str;
use crate::text::words::TextWords;

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
    pub(crate) records: Vec<RecordData>,
    pub(crate) by_id: HashMap<Box<str>, Key>,
    pub(crate) names: Vec<NameData>,
    pub(crate) offices: Vec<OfficeData>,
    pub(crate) offices_by_person: HashMap<Key, Vec<u32>>,
    pub(crate) offices_of: HashMap<(Box<str>, Key), Vec<u32>>,
    pub(crate) roles: Vec<RoleData>,
    /// Offices for which a country has a word of its own: few.
    pub(crate) own_words: Vec<(Key, Box<str>)>,
    pub(crate) words: Vec<WordData>,
    pub(crate) heads: Vec<HeadData>,
    pub(crate) parts: HashMap<Box<str>, Part>,
    /// How many of the parts stand in a list; the others are taught by persons' names.
    pub(crate) listed_parts: u32,
    /// Function words in their original spelling, lower-cased: a name never is one, begins or ends with one.
    pub(crate) closed: HashMap<Box<str>, ()>,
    /// Ordinary words that are also names.
    pub(crate) common: HashMap<Box<str>, ()>,
    pub(crate) patterns: Patterns,
    pub(crate) text_words: TextWords,
    pub(crate) sounds: Sounds,
}

impl Compiled {
    /// Takes the rows in.
    pub(crate) fn of(tables: &Tables<'_>) -> Self {
        let mut g = Compiled::default();
        for row in &tables.entities {
            let key = g.key_of(row.id, row.kind);
            let record = &mut g.records[key.0 as usize];
            if !row.sub.is_empty() {
                record.sub = row.sub.into();
            }
            record.rank = record.rank.max(row.rank);
            match row.gender {
                "f" => record.female = Some(true),
                "m" => record.female = Some(false),
                _ => {}
            }
            for pair in row.identifiers.split(';').filter_map(|p| p.split_once('=')) {
                let pair = (Box::from(pair.0.trim()), Box::from(pair.1.trim()));
                if !record.identifiers.contains(&pair) {
                    record.identifiers.push(pair);
                }
            }
            record.identifiers.sort();
        }
        for row in tables.entities.iter().filter(|r| !r.country.is_empty()) {
            let country = g.key_of(row.country, EntityKind::Country);
            let key = g.by_id[row.id];
            g.records[key.0 as usize].country = Some(country);
        }
        for row in &tables.names {
            let key = g.key_of(row.id, row.entity_kind);
            let record = &mut g.records[key.0 as usize];
            let slot = if row.lang == "ar" { &mut record.name_ar } else { &mut record.name_en };
            if row.kind == NameKind::Name && slot.is_none() {
                *slot = Some(row.name.into());
            }
            let index = g.names.len() as u32;
            g.names.push(NameData { text: row.name.into(), key, kind: row.kind, flags: row.flags });
            g.patterns.add_name(row.name, row.kind, row.entity_kind, index);
        }
        // An entity without a display name in a language takes its first other name there.
        for row in tables.names.iter().filter(|r| matches!(r.kind, NameKind::Alias | NameKind::Official)) {
            let key = g.by_id[row.id];
            let record = &mut g.records[key.0 as usize];
            let slot = if row.lang == "ar" { &mut record.name_ar } else { &mut record.name_en };
            slot.get_or_insert_with(|| row.name.into());
        }
        for row in &tables.offices {
            let (Some(person), Some(of)) = (EntityKind::of_id(row.person), EntityKind::of_id(row.of)) else { continue };
            let (person, of) = (g.key_of(row.person, person), g.key_of(row.of, of));
            let index = g.offices.len() as u32;
            g.offices.push(OfficeData { person, role: row.role.into(), of, from: row.from, to: row.to });
            g.offices_by_person.entry(person).or_default().push(index);
            g.offices_of.entry((row.role.into(), of)).or_default().push(index);
        }
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
                    _ => {
                        if let Some(id) = flag.strip_prefix("only=")
                            && let Some(kind) = EntityKind::of_id(id)
                        {
                            role.only = Some(g.key_of(id, kind));
                        }
                    }
                }
            }
            if let Some(only) = role.only
                && !g.own_words.iter().any(|(k, id)| *k == only && **id == *role.id)
            {
                g.own_words.push((only, role.id.clone()));
            }
            let index = g.roles.len() as u32;
            g.patterns.add_role(row.form, index);
            g.roles.push(role);
        }
        for row in &tables.words {
            match row.class {
                "closed" => {
                    g.text_words.add(row.class, row.lang, row.form, row.value);
                    g.closed.insert(row.form.to_lowercase().into(), ());
                }
                "common" => {
                    g.common.insert(row.form.to_lowercase().into(), ());
                }
                _ => {
                    g.text_words.add(row.class, row.lang, row.form, row.value);
                    if let Some(class) = WordClass::parse(row.class) {
                        let index = g.words.len() as u32;
                        g.patterns.add_word(row.form, index);
                        g.words.push(WordData { class, value: row.value.into() });
                    }
                }
            }
        }
        for row in &tables.heads {
            let index = g.heads.len() as u32;
            g.patterns.add_head(row.head, index);
            g.heads.push(HeadData {
                kind: row.kind,
                sub: row.sub.into(),
                first: row.position != "last",
                last: row.position == "last" || row.position == "both",
            });
        }
        for (letters, classes) in &tables.letters {
            g.sounds.add_letters(&fold_str(letters), classes);
        }
        for (arabic, latin) in &tables.pairs {
            g.sounds.add_pair(fold_str(arabic), &fold_str(latin));
        }
        for row in
            tables.words.iter().filter(|row| row.class == "particle" || row.class == "suffix" && row.value.is_empty())
        {
            g.sounds.add_particle(fold_str(row.form));
        }
        for row in &tables.parts {
            let part = g.parts.entry(fold_str(row.part).into()).or_default();
            part.given |= row.kind != "family";
            part.family |= row.kind != "given";
            part.female |= row.gender == "f" || row.gender == "F";
        }
        g.listed_parts = g.parts.len() as u32;
        // The persons of the gazetteer teach name parts too.
        let taught: Vec<(String, bool)> = g
            .names
            .iter()
            .filter(|n| g.records[n.key.0 as usize].kind == EntityKind::Person && n.kind != NameKind::Short)
            .flat_map(|n| {
                let folded = fold_str(&n.text);
                let words: Vec<String> = folded.split([' ', '-']).map(str::to_owned).collect();
                let many = words.len() > 1;
                words
                    .into_iter()
                    .enumerate()
                    .filter(move |(_, w)| many && w.chars().count() > 2)
                    .map(|(i, w)| (w, i == 0))
            })
            .collect();
        for (word, first) in taught {
            let part = g.parts.entry(word.into()).or_default();
            part.given |= first;
            part.family |= !first;
        }
        g
    }

    fn key_of(&mut self, id: &str, kind: EntityKind) -> Key {
        if let Some(&key) = self.by_id.get(id) {
            return key;
        }
        let key = Key(self.records.len() as u32);
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
}
