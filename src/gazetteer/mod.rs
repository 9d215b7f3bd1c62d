//! What does isnad know before it reads a text: entities, their names, offices, roles, words?
//!
//! ```text
//! *.tsv ─► read (rows, located problems) ─► compile ─► Gazetteer: record(key), name(i), holders(role, of), …
//! ```
//!
//! A [`Gazetteer`] answers "which entity has this id", "who held this office on that day", "what can this pattern
//! mean". It hands out small views that borrow ([`Record`], [`Name`], [`Office`], …); how the data lie beneath is its
//! own affair. Searching is the business of `find/`.

pub(crate) mod bundled;
pub(crate) mod compile;
pub(crate) mod look_up;
pub(crate) mod patterns;
pub(crate) mod read;
pub(crate) mod skeleton;
pub(crate) mod sounds;
mod stats;
mod survey;
pub(crate) mod table;

use std::borrow::Cow;

use once_cell::sync::OnceCell;

pub use look_up::{Held, Known, LookUp, Match, Near, Sense, rows};
pub use stats::{Count, KINDS, Stats};
pub use survey::{Share, Survey, Unknown};

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::entity::EntityKind;
use crate::error::Error;
use crate::text::fold::fold_str;
use crate::text::words::TextWords;
use compile::{Compiled, OfficeData};
use patterns::Entry;
use read::{NameFlags, NameKind, RoleKind, Tables};
use sounds::{Index, Sounds};

/// An entity of the gazetteer, by its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(crate) u32);

/// What is known of an entity. Like every view here it borrows, and copying it costs nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: EntityKind,
    /// What sort of place or organisation: `city`, `party`, `media`, …
    pub(crate) sub: &'a str,
    /// The country it belongs to; a country is its own.
    pub(crate) country: Option<Key>,
    pub(crate) female: Option<bool>,
    /// Higher is better known: decides between namesakes when nothing else does.
    pub(crate) rank: u32,
    pub(crate) name_en: Option<&'a str>,
    pub(crate) name_ar: Option<&'a str>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    pub(crate) text: &'a str,
    pub(crate) key: Key,
    pub(crate) kind: NameKind,
    pub(crate) flags: NameFlags,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Office<'a> {
    pub(crate) person: Key,
    pub(crate) role: &'a str,
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

#[derive(Clone, Copy, Debug)]
pub(crate) struct Role<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: RoleKind,
    pub(crate) flags: RoleFlags,
    /// The one country or body whose office this form means.
    pub(crate) only: Option<Key>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) class: WordClass,
    pub(crate) value: &'a str,
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

#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) kind: EntityKind,
    /// `party`, `sport`, …; empty for a noun of no kind.
    pub(crate) sub: &'a str,
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
    data: Compiled,
    /// Made when the first name asks that no list holds.
    heard: OnceCell<Index>,
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
        Ok(Gazetteer { data: Compiled::of(&tables), heard: OnceCell::new() })
    }

    /// How names sound.
    pub(crate) fn sounds(&self) -> &Sounds {
        &self.data.sounds
    }

    /// The names of persons by how they sound.
    pub(crate) fn heard(&self) -> &Index {
        self.heard.get_or_init(|| {
            let names = (0..self.names()).filter_map(|i| {
                let name = self.name(i);
                let person = self.record(name.key).kind == EntityKind::Person && name.kind != NameKind::Short;
                person.then(|| (i, Cow::Owned(fold_str(name.text))))
            });
            Index::of(self.sounds(), names)
        })
    }

    /// The entity of an id.
    pub(crate) fn key(&self, id: &str) -> Option<Key> {
        self.data.by_id.get(id).copied()
    }

    /// How many entities there are; their keys are the numbers below.
    pub(crate) fn entities(&self) -> u32 {
        self.data.records.len() as u32
    }

    pub(crate) fn record(&self, key: Key) -> Record<'_> {
        let r = &self.data.records[key.0 as usize];
        Record {
            id: &r.id,
            kind: r.kind,
            sub: &r.sub,
            country: r.country,
            female: r.female,
            rank: r.rank,
            name_en: r.name_en.as_deref(),
            name_ar: r.name_ar.as_deref(),
        }
    }

    /// The outside identifiers of an entity as `(scheme, value)`, sorted.
    pub(crate) fn identifiers(&self, key: Key) -> impl Iterator<Item = (&str, &str)> {
        self.data.records[key.0 as usize].identifiers.iter().map(|(scheme, value)| (&**scheme, &**value))
    }

    /// How many names there are; `name` takes the numbers below.
    pub(crate) fn names(&self) -> u32 {
        self.data.names.len() as u32
    }

    pub(crate) fn name(&self, index: u32) -> Name<'_> {
        let n = &self.data.names[index as usize];
        Name { text: &n.text, key: n.key, kind: n.kind, flags: n.flags }
    }

    pub(crate) fn role(&self, index: u32) -> Role<'_> {
        let r = &self.data.roles[index as usize];
        Role { id: &r.id, kind: r.kind, flags: r.flags, only: r.only }
    }

    pub(crate) fn word(&self, index: u32) -> Word<'_> {
        let w = &self.data.words[index as usize];
        Word { class: w.class, value: &w.value }
    }

    pub(crate) fn head(&self, index: u32) -> Head<'_> {
        let h = &self.data.heads[index as usize];
        Head { kind: h.kind, sub: &h.sub, first: h.first, last: h.last }
    }

    /// What a pattern of the automaton may mean, in the order in which the meanings were read.
    pub(crate) fn meanings(&self, pattern: u32) -> impl Iterator<Item = Entry> {
        self.data.patterns.entries.get(pattern as usize).into_iter().flatten().copied()
    }

    /// The folded spellings that the automaton searches for, by pattern.
    pub(crate) fn spellings(&self) -> &[String] {
        &self.data.patterns.spellings
    }

    /// The words that reading a page rests on.
    pub(crate) fn text_words(&self) -> &TextWords {
        &self.data.text_words
    }

    /// How many words the lists hold as parts of persons' names, folded. Persons' names teach some more.
    pub(crate) fn listed_parts(&self) -> usize {
        self.data.listed_parts as usize
    }

    /// What is known of a folded word as a part of names.
    pub(crate) fn part(&self, folded: &str) -> Option<Part> {
        self.data.parts.get(folded).copied()
    }

    /// Whether a word, as written but in lower case, is a function word.
    pub(crate) fn is_closed(&self, word: &str) -> bool {
        self.data.closed.contains_key(word)
    }

    /// Whether a word, as written but in lower case, is an ordinary word that is also a name.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.data.common.contains_key(word)
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
        self.data.own_words.iter().any(|(country, id)| *country == of && **id == *role)
    }

    /// The offices a person holds or held.
    pub(crate) fn offices_of_person(&self, person: Key) -> impl Iterator<Item = Office<'_>> {
        self.data.offices_by_person.get(&person).into_iter().flatten().map(|&i| self.office(i))
    }

    /// Who held an office, all times.
    pub(crate) fn holders<'a>(&'a self, role: &str, of: Key) -> impl Iterator<Item = Office<'a>> + use<'a> {
        // One short-lived key: offices are asked for a few times per document.
        let key = (Box::from(role), of);
        self.data.offices_of.get(&key).into_iter().flatten().map(|&i| self.office(i))
    }

    /// How many offices are known; `office` takes the numbers below.
    pub(crate) fn offices(&self) -> u32 {
        self.data.offices.len() as u32
    }

    /// The office with that number.
    pub(crate) fn office(&self, index: u32) -> Office<'_> {
        let OfficeData { person, role, of, from, to } = &self.data.offices[index as usize];
        Office { person: *person, role, of: *of, from: *from, to: *to }
    }
}
