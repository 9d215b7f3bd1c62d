//! What does isnad know before it reads a text: entities, their names, offices, roles, words?
//!
//! ```text
//! *.tsv ─► read (rows, located problems) ─► Gazetteer (records + patterns for the automaton)
//! ```
//!
//! A [`Gazetteer`] is plain data: it answers "which entity has this id", "who held this office on that day", "what can
//! this pattern mean". Searching is the business of `find/`.

use std::collections::HashMap;

pub(crate) mod bundled;
pub(crate) mod patterns;
pub(crate) mod read;
mod stats;
mod survey;
pub(crate) mod table;

pub use stats::{Count, KINDS, Stats};
pub use survey::{Share, Survey, Unknown};

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::entity::EntityKind;
use crate::error::Error;
use crate::text::fold::fold_str;
use crate::text::words::TextWords;
use patterns::Patterns;
use read::{NameFlags, NameKind, RoleKind, Tables};

/// An entity of the gazetteer, by its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(crate) u32);

#[derive(Debug)]
pub(crate) struct Record {
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
pub(crate) struct Name {
    pub(crate) text: Box<str>,
    pub(crate) key: Key,
    pub(crate) kind: NameKind,
    pub(crate) flags: NameFlags,
}

#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) person: Key,
    pub(crate) role: Box<str>,
    pub(crate) of: Key,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

/// Gender, number and definiteness of a role form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RoleFlags {
    pub(crate) female: bool,
    pub(crate) plural: bool,
    pub(crate) dual: bool,
    pub(crate) definite: bool,
    /// A country has many of these: no body of its own can be derived from it («وفد», "embassy").
    pub(crate) many: bool,
    /// With a country it stands for that country («وفد البحرين»).
    pub(crate) country: bool,
}

#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) id: Box<str>,
    pub(crate) kind: RoleKind,
    pub(crate) flags: RoleFlags,
    /// The one country or body whose office this form means.
    pub(crate) only: Option<Key>,
}

#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) class: WordClass,
    pub(crate) value: Box<str>,
}

/// The classes of words that recognisers ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WordClass {
    Title,
    Particle,
    Month,
    Weekday,
    Day,
    Shift,
    Pronoun,
    Suffix,
    Number,
    /// "in", «مدينة»: what follows is a place.
    Locative,
    /// «قال»: whose subject is a person.
    Saying,
    /// «السابق», «بزعامة»: describes a body and is no part of its name.
    Aside,
    /// "election", "War": the capitals before it name an event.
    Event,
    /// "West", "Northern": before a place's name it makes another place.
    Direction,
}

impl WordClass {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "title" => WordClass::Title,
            "particle" => WordClass::Particle,
            "month" => WordClass::Month,
            "weekday" => WordClass::Weekday,
            "day" => WordClass::Day,
            "shift" => WordClass::Shift,
            "pronoun" => WordClass::Pronoun,
            "suffix" => WordClass::Suffix,
            "number" => WordClass::Number,
            "locative" => WordClass::Locative,
            "saying" => WordClass::Saying,
            "aside" => WordClass::Aside,
            "event" => WordClass::Event,
            "direction" => WordClass::Direction,
            _ => return None,
        })
    }
}

#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) kind: EntityKind,
    /// `party`, `sport`, …; empty for a noun of no kind.
    pub(crate) sub: Box<str>,
    /// Whether names follow the head («مركز …», "Ministry of …") and whether they stand before it ("… University").
    pub(crate) first: bool,
    pub(crate) last: bool,
}

/// What is known of a single word as a part of persons' names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) given: bool,
    pub(crate) family: bool,
    pub(crate) female: bool,
}

/// All knowledge, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    pub(crate) records: Vec<Record>,
    by_id: HashMap<Box<str>, Key>,
    pub(crate) names: Vec<Name>,
    pub(crate) offices: Vec<Office>,
    offices_by_person: HashMap<Key, Vec<u32>>,
    offices_of: HashMap<(Box<str>, Key), Vec<u32>>,
    pub(crate) roles: Vec<Role>,
    /// Offices for which a country has a word of its own: few.
    own_words: Vec<(Key, Box<str>)>,
    pub(crate) words: Vec<Word>,
    pub(crate) heads: Vec<Head>,
    parts: HashMap<Box<str>, Part>,
    /// How many of the parts stand in a list; the others are taught by persons' names.
    pub(crate) listed_parts: usize,
    /// Function words in their original spelling, lower-cased: a name never is one, begins or ends with one.
    closed: HashMap<Box<str>, ()>,
    /// Ordinary words that are also names.
    common: HashMap<Box<str>, ()>,
    pub(crate) patterns: Patterns,
    pub(crate) text_words: TextWords,
}

impl Gazetteer {
    /// Reads files given as `(name, text)`. Later files add to earlier ones. All problems of all files are told at once.
    pub(crate) fn from_files(files: &[(&str, &str)]) -> Result<Self, Error> {
        let (mut tables, mut problems) = (Tables::default(), Vec::new());
        for (name, text) in files {
            tables.read(name, text, &mut problems);
        }
        if !problems.is_empty() {
            problems
                .sort_by(|a: &Diagnostic, b| (a.file(), a.line(), a.column()).cmp(&(b.file(), b.line(), b.column())));
            return Err(Error::diagnostics(problems));
        }
        Ok(Self::compile(&tables))
    }

    fn compile(tables: &Tables<'_>) -> Self {
        let mut g = Gazetteer::default();
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
            g.names.push(Name { text: row.name.into(), key, kind: row.kind, flags: row.flags });
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
            g.offices.push(Office { person, role: row.role.into(), of, from: row.from, to: row.to });
            g.offices_by_person.entry(person).or_default().push(index);
            g.offices_of.entry((row.role.into(), of)).or_default().push(index);
        }
        for row in &tables.roles {
            let mut role = Role { id: row.role.into(), kind: row.kind, flags: RoleFlags::default(), only: None };
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
                        g.words.push(Word { class, value: row.value.into() });
                    }
                }
            }
        }
        for row in &tables.heads {
            let index = g.heads.len() as u32;
            g.patterns.add_head(row.head, index);
            g.heads.push(Head {
                kind: row.kind,
                sub: row.sub.into(),
                first: row.position != "last",
                last: row.position == "last" || row.position == "both",
            });
        }
        for row in &tables.parts {
            let part = g.parts.entry(fold_str(row.part).into()).or_default();
            part.given |= row.kind != "family";
            part.family |= row.kind != "given";
            part.female |= row.gender == "f" || row.gender == "F";
        }
        g.listed_parts = g.parts.len();
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
        self.records.push(Record {
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

    /// The entity of an id.
    pub(crate) fn key(&self, id: &str) -> Option<Key> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn record(&self, key: Key) -> &Record {
        &self.records[key.0 as usize]
    }

    pub(crate) fn name(&self, index: u32) -> &Name {
        &self.names[index as usize]
    }

    pub(crate) fn role(&self, index: u32) -> &Role {
        &self.roles[index as usize]
    }

    pub(crate) fn word(&self, index: u32) -> &Word {
        &self.words[index as usize]
    }

    pub(crate) fn head(&self, index: u32) -> &Head {
        &self.heads[index as usize]
    }

    /// What is known of a folded word as a part of names.
    pub(crate) fn part(&self, folded: &str) -> Option<Part> {
        self.parts.get(folded).copied()
    }

    /// Whether a word, as written but in lower case, is a function word.
    pub(crate) fn is_closed(&self, word: &str) -> bool {
        self.closed.contains_key(word)
    }

    /// Whether a word, as written but in lower case, is an ordinary word that is also a name.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.common.contains_key(word)
    }

    /// Whether a folded Arabic word is an ordinary one, with or without what is glued to its front and its end.
    pub(crate) fn is_ordinary(&self, word: &str) -> bool {
        const ENDS: [&str; 13] = ["ا", "ه", "ها", "هم", "هما", "ين", "ون", "ات", "ان", "ة", "ية", "ي", "تين"];
        let known = |word: &str| self.is_common(word) || self.is_closed(word);
        let stem = |word: &str| {
            let long = word.chars().count() > 2;
            long && (known(word) || known(&format!("ال{word}")) || known(&format!("{word}ة")))
        };
        let bare = ["وال", "بال", "كال", "فال", "لل", "ال"].iter().find_map(|p| word.strip_prefix(p));
        let bare = bare.filter(|rest| rest.chars().count() > 2).unwrap_or(word);
        let without_and = bare.strip_prefix('و').unwrap_or(bare);
        known(word)
            || [bare, without_and]
                .iter()
                .any(|word| stem(word) || ENDS.iter().any(|e| word.strip_suffix(e).is_some_and(stem)))
    }

    /// Whether a country has a word of its own for an office: "Secretary of State".
    pub(crate) fn has_own_word(&self, role: &str, of: Key) -> bool {
        self.own_words.iter().any(|(country, id)| *country == of && **id == *role)
    }

    /// The offices a person holds or held.
    pub(crate) fn offices_of_person(&self, person: Key) -> impl Iterator<Item = &Office> {
        self.offices_by_person.get(&person).into_iter().flatten().map(|&i| &self.offices[i as usize])
    }

    /// Who held an office, all times.
    pub(crate) fn holders<'a>(&'a self, role: &str, of: Key) -> impl Iterator<Item = &'a Office> + use<'a> {
        // One short-lived key: offices are asked for a few times per document.
        let key = (Box::from(role), of);
        self.offices_of.get(&key).into_iter().flatten().map(|&i| &self.offices[i as usize])
    }
}
