//! How does knowledge lie in one stretch of bytes that can be asked without being unpacked?
//!
//! ```text
//! ┌ magic ┬ version ┬ checksum ┬ length ┐┌ section ends ┐┌ strings ┬ records ┬ names ┬ … ┬ automaton ┐
//!   8       4         4          8         4 each          tables of little-endian numbers of 32 bits
//! ```
//!
//! `build.rs` writes one from the bundled tables ([`write()`]), so that an extractor starts without reading tables; a
//! user's own tables become a small one when they are loaded. Opening checks the magic, the version, the length and the
//! checksum over everything after the header: what opens is what was written. Every access is bounded beyond that, so
//! that even a forged pack can only give nonsense.
//!
//! A table is a section with a fixed number of columns ([`Section`] says which). Strings are numbers into one list.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

pub(crate) mod automaton;
pub(crate) mod build;
pub(crate) mod bytes;
pub(crate) mod table;
pub(crate) mod write;

use super::patterns::{Entry, Meaning};
use super::read::{NAME_KINDS, NameFlags, NameKind, ROLE_KINDS, RoleKind};
use super::sounds::{Index, SoundRow};
use super::{Head, Key, Name, Office, Record, Role, RoleFlags, Word, WordClass};
use crate::date::Date;
use crate::entity::EntityKind;
use crate::error::Error;
use automaton::Automaton;
use bytes::Numbers;

/// The first bytes of a pack. A transfer that takes bytes for text changes the line end or the first byte.
pub(crate) const MAGIC: [u8; 8] = *b"\xD8isnad\r\n";
/// The form that this code reads and writes. One more with every change of a section or its columns, or of the fold,
/// on which all look-ups rest.
pub(crate) const VERSION: u32 = 2;
/// Magic, version, checksum, length.
pub(crate) const HEADER: usize = 24;

/// The sections in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// All strings, one after the other, UTF-8.
    Text,
    /// Where each string ends; the first one begins at 0.
    Ends,
    /// Entities by key: id, sub, country + 1, English name + 1, Arabic name + 1, rank, first identifier, kind and gender.
    Records,
    /// Outside identifiers: scheme, value.
    Identifiers,
    /// Slots to records by id.
    Ids,
    /// Entities of the pack beneath that this one corrects, sorted: key, record that stands for it.
    Corrected,
    /// Names: text, key, kind and flags.
    Names,
    /// Offices: person, role, of, from, to.
    Offices,
    /// Offices by person.
    ByPerson,
    /// Offices by country or body, then role.
    ByRole,
    /// Roles: id, kind and flags, only + 1.
    Roles,
    /// Offices for which a country has a word of its own: key, role.
    OwnWords,
    /// Words: class, value.
    Words,
    /// Head-words: sub, kind and position.
    Heads,
    /// Single words with what is known of them: word, bits.
    Known,
    /// Slots to `Known` by word.
    KnownSlots,
    /// Rows for the reader of pages: class, language, form, value.
    TextWords,
    /// How names sound: which table, two of its cells.
    Sounds,
    /// The names of persons by how they sound: first their number and 0, then sound, end in the next section.
    Heard,
    /// Names by their sounds.
    HeardNames,
    /// Spellings: length, shorter ending + 1, first meaning. One more row than there are spellings.
    Patterns,
    /// Meanings: one number each.
    Meanings,
    /// The automaton's codes of the frequent characters, …
    Codes,
    /// … of all others, …
    Wide,
    /// … and its nodes.
    Nodes,
}

/// How many sections there are.
pub(crate) const SECTIONS: usize = Section::Nodes as usize + 1;

/// Bits of a known word.
pub(crate) mod known {
    pub(crate) const PART: u32 = 1;
    pub(crate) const GIVEN: u32 = 2;
    pub(crate) const FAMILY: u32 = 4;
    pub(crate) const FEMALE: u32 = 8;
    pub(crate) const CLOSED: u32 = 16;
    pub(crate) const COMMON: u32 = 32;
    /// A part that a list of parts holds, and not persons' names alone.
    pub(crate) const LISTED: u32 = 64;
}

/// An opened pack.
pub(crate) struct Pack {
    bytes: Cow<'static, [u8]>,
    sections: [Range<usize>; SECTIONS],
    /// The section of strings once more, as what it is: checking it at every access would cost more than all else.
    text: Cow<'static, str>,
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pack({} bytes)", self.bytes.len())
    }
}

fn damaged(what: impl fmt::Display, remedy: &str) -> Error {
    Error::message(format!("the gazetteer pack cannot be used: {what}; {remedy}"))
}

const AGAIN: &str = "it was cut short or changed on its way: copy it again, or compile it anew from its tables";

impl Pack {
    /// Checks a pack and makes it ready to be asked. Cost: one pass over the bytes for the checksum, one over the strings.
    pub(crate) fn open(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        let Some((magic, rest)) = bytes.split_first_chunk::<8>() else {
            return Err(damaged(format_args!("{} bytes are too few", bytes.len()), AGAIN));
        };
        if *magic != MAGIC {
            return Err(damaged(
                "it does not begin as a pack does",
                "a pack is what `isnad::gazetteer::pack` makes from tables; tables themselves are given by `gazetteer`",
            ));
        }
        let Some((version, rest)) = rest.split_first_chunk::<4>() else {
            return Err(damaged("it ends within its header", AGAIN));
        };
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(damaged(
                format_args!("its form is version {version}, and this isnad reads version {VERSION}"),
                "compile it anew from its tables with this version",
            ));
        }
        let (Some((checksum, rest)), true) = (rest.split_first_chunk::<4>(), bytes.len() >= HEADER) else {
            return Err(damaged("it ends within its header", AGAIN));
        };
        let (length, body) = rest.split_at(HEADER - 16);
        let length = length.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
        if length != bytes.len() as u64 {
            return Err(damaged(format_args!("it has {} bytes of {length}", bytes.len()), AGAIN));
        }
        if crc32fast::hash(body) != u32::from_le_bytes(*checksum) {
            return Err(damaged("its checksum does not fit", AGAIN));
        }
        Self::lay_out(bytes)
    }

    /// Finds the sections.
    fn lay_out(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        let forged = || damaged("its sections do not lie within it", AGAIN);
        let ends = Numbers::new(bytes.get(HEADER..HEADER + SECTIONS * 4).ok_or_else(forged)?);
        let mut sections = [const { 0..0 }; SECTIONS];
        let mut start = HEADER + SECTIONS * 4;
        for (section, i) in sections.iter_mut().zip(0..) {
            // Sections begin at multiples of 16, as long as the automaton's nodes are.
            start = start.next_multiple_of(16);
            let end = ends.get(i) as usize;
            if end < start || end > bytes.len() {
                return Err(forged());
            }
            *section = start..end;
            start = end;
        }
        let range = sections[Section::Text as usize].clone();
        let not_text = |_| damaged("its strings are no text", AGAIN);
        let text = match &bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(&bytes[range]).map_err(not_text)?),
            Cow::Owned(bytes) => Cow::Owned(std::str::from_utf8(&bytes[range]).map_err(not_text)?.to_owned()),
        };
        Ok(Pack { bytes, sections, text })
    }

    /// How many bytes it holds in memory.
    pub(crate) fn memory(&self) -> usize {
        let copied = if matches!(self.text, Cow::Owned(_)) { self.text.len() } else { 0 };
        self.bytes.len() + copied
    }

    fn section(&self, section: Section) -> &[u8] {
        self.bytes.get(self.sections[section as usize].clone()).unwrap_or_default()
    }

    fn numbers(&self, section: Section) -> Numbers<'_> {
        Numbers::new(self.section(section))
    }

    fn string(&self, number: u32) -> &str {
        let ends = self.numbers(Section::Ends);
        let start = if number == 0 { 0 } else { ends.get(number - 1) as usize };
        self.text.get(start..ends.get(number) as usize).unwrap_or_default()
    }

    /// A pack that holds nothing.
    pub(crate) fn empty() -> Self {
        Pack { bytes: Cow::Borrowed(&[]), sections: [const { 0..0 }; SECTIONS], text: Cow::Borrowed("") }
    }

    /// How many entities there are; so the others below.
    pub(crate) fn entities(&self) -> u32 {
        self.rows(Section::Records, 8)
    }

    pub(crate) fn names(&self) -> u32 {
        self.rows(Section::Names, 3)
    }

    pub(crate) fn offices(&self) -> u32 {
        self.rows(Section::Offices, 5)
    }

    pub(crate) fn roles(&self) -> u32 {
        self.rows(Section::Roles, 3)
    }

    pub(crate) fn words(&self) -> u32 {
        self.rows(Section::Words, 2)
    }

    pub(crate) fn heads(&self) -> u32 {
        self.rows(Section::Heads, 2)
    }

    /// How many rows of `columns` numbers a section has.
    fn rows(&self, section: Section, columns: u32) -> u32 {
        self.numbers(section).len() / columns
    }

    pub(crate) fn automaton(&self) -> Automaton<'_> {
        Automaton::new(
            self.section(Section::Codes),
            self.section(Section::Wide),
            self.section(Section::Nodes),
            self.numbers(Section::Patterns),
        )
    }

    /// The record of an id.
    pub(crate) fn id(&self, id: &str) -> Option<u32> {
        let records = self.numbers(Section::Records);
        table::find(self.numbers(Section::Ids), id, |entry| self.string(records.row::<8>(entry)[0]) == id)
    }

    pub(crate) fn record(&self, at: u32) -> Record<'_> {
        let [id, sub, country, en, ar, rank, _, bits] = self.numbers(Section::Records).row(at);
        Record {
            id: self.string(id),
            kind: kind(bits),
            sub: self.string(sub),
            country: country.checked_sub(1).map(Key),
            female: match bits >> 8 & 3 {
                1 => Some(false),
                2 => Some(true),
                _ => None,
            },
            rank,
            name_en: en.checked_sub(1).map(|s| self.string(s)),
            name_ar: ar.checked_sub(1).map(|s| self.string(s)),
        }
    }

    pub(crate) fn identifiers(&self, at: u32) -> impl Iterator<Item = (&str, &str)> {
        let first = |at: u32| self.numbers(Section::Records).row::<8>(at)[6];
        let all = self.rows(Section::Identifiers, 2);
        let end = if at + 1 < self.entities() { first(at + 1).min(all) } else { all };
        (first(at)..end).map(|i| {
            let [scheme, value] = self.numbers(Section::Identifiers).row(i);
            (self.string(scheme), self.string(value))
        })
    }

    /// The record that stands for an entity of the pack beneath.
    pub(crate) fn corrected(&self, key: Key) -> Option<u32> {
        let rows = self.numbers(Section::Corrected);
        let count = rows.len() / 2;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            match rows.row(middle) {
                [found, record] if found == key.0 => return Some(record),
                [found, _] if found < key.0 => low = middle + 1,
                _ => high = middle,
            }
        }
        None
    }

    pub(crate) fn name(&self, at: u32) -> Name<'_> {
        let [text, key, bits] = self.numbers(Section::Names).row(at);
        Name {
            text: self.string(text),
            key: Key(key),
            kind: NAME_KINDS.get(bits as usize & 255).map_or(NameKind::Alias, |(_, kind)| *kind),
            flags: NameFlags { alone: bits & 256 != 0, case: bits & 512 != 0, weak: bits & 1024 != 0 },
        }
    }

    pub(crate) fn office(&self, at: u32) -> Office<'_> {
        let [person, role, of, from, to] = self.numbers(Section::Offices).row(at);
        Office { person: Key(person), role: self.string(role), of: Key(of), from: date(from), to: date(to) }
    }

    /// The offices of a person, in the order of their rows.
    pub(crate) fn offices_of_person(&self, person: Key) -> impl Iterator<Item = u32> {
        let (list, offices) = (self.numbers(Section::ByPerson), self.numbers(Section::Offices));
        let person_of = move |i: u32| offices.row::<5>(i)[0];
        let first = list.first(0..list.len(), |i| person_of(i) < person.0);
        (first..list.len()).map(move |at| list.get(at)).take_while(move |&i| person_of(i) == person.0)
    }

    /// Who held an office, in the order of the rows.
    pub(crate) fn holders<'a>(&'a self, role: &str, of: Key) -> impl Iterator<Item = u32> + use<'a> {
        let (list, offices) = (self.numbers(Section::ByRole), self.numbers(Section::Offices));
        let side = |i: u32| {
            let [_, found, at, ..] = offices.row::<5>(i);
            (at, self.string(found)).cmp(&(of.0, role))
        };
        let first = list.first(0..list.len(), |i| side(i).is_lt());
        let end = list.first(first..list.len(), |i| side(i).is_eq());
        (first..end).map(move |at| list.get(at))
    }

    pub(crate) fn role(&self, at: u32) -> Role<'_> {
        let [id, bits, only] = self.numbers(Section::Roles).row(at);
        let bit = |i: u32| bits >> (8 + i) & 1 == 1;
        Role {
            id: self.string(id),
            kind: ROLE_KINDS.get(bits as usize & 255).map_or(RoleKind::Actor, |(_, kind)| *kind),
            flags: RoleFlags {
                female: bit(0),
                plural: bit(1),
                dual: bit(2),
                definite: bit(3),
                many: bit(4),
                country: bit(5),
                private: bit(6),
            },
            only: only.checked_sub(1).map(Key),
        }
    }

    /// Whether a country has a word of its own for an office.
    pub(crate) fn has_own_word(&self, role: &str, of: Key) -> bool {
        let rows = self.numbers(Section::OwnWords);
        (0..rows.len() / 2).map(|i| rows.row(i)).any(|[key, id]| key == of.0 && self.string(id) == role)
    }

    /// The countries that a role's forms name by themselves.
    pub(crate) fn named_by(&self, role: &str) -> impl Iterator<Item = Key> {
        let rows = self.numbers(Section::OwnWords);
        (0..rows.len() / 2)
            .map(move |i| rows.row(i))
            .filter(move |[_, id]| self.string(*id) == role)
            .map(|[key, _]| Key(key))
    }

    pub(crate) fn word(&self, at: u32) -> Word<'_> {
        let [class, value] = self.numbers(Section::Words).row(at);
        Word {
            class: WordClass::ALL.get(class as usize).map_or(WordClass::Particle, |(_, class)| *class),
            value: self.string(value),
        }
    }

    pub(crate) fn head(&self, at: u32) -> Head<'_> {
        let [sub, bits] = self.numbers(Section::Heads).row(at);
        Head { kind: kind(bits), sub: self.string(sub), first: bits & 256 != 0, last: bits & 512 != 0 }
    }

    /// What is known of a single word: bits of [`known`].
    pub(crate) fn known(&self, word: &str) -> u32 {
        let rows = self.numbers(Section::Known);
        let slots = self.numbers(Section::KnownSlots);
        table::find(slots, word, |at| self.string(rows.row::<2>(at)[0]) == word).map_or(0, |at| rows.row::<2>(at)[1])
    }

    /// All words that are known, with their bits.
    pub(crate) fn known_words(&self) -> impl Iterator<Item = (&str, u32)> {
        let rows = self.numbers(Section::Known);
        (0..rows.len() / 2).map(move |i| rows.row(i)).map(|[word, bits]| (self.string(word), bits))
    }

    /// Rows for the reader of pages: class, language, form, value.
    pub(crate) fn text_words(&self) -> impl Iterator<Item = [&str; 4]> {
        let rows = self.numbers(Section::TextWords);
        (0..rows.len() / 4).map(move |i| rows.row(i).map(|s| self.string(s)))
    }

    /// How names sound.
    pub(crate) fn sounds(&self) -> impl Iterator<Item = SoundRow<&str>> {
        let rows = self.numbers(Section::Sounds);
        (0..rows.len() / 3).map(move |i| rows.row(i)).map(|[table, one, other]| match table {
            0 => SoundRow::Letters(self.string(one), self.string(other)),
            1 => SoundRow::Pair(self.string(one), self.string(other)),
            _ => SoundRow::Particle(self.string(one)),
        })
    }

    /// The names of persons by how they sound.
    pub(crate) fn sounding(&self) -> Index<'_> {
        Index::new(self.numbers(Section::Heard), self.numbers(Section::HeardNames))
    }

    /// How many spellings there are.
    pub(crate) fn patterns(&self) -> u32 {
        self.rows(Section::Patterns, 3).saturating_sub(1)
    }

    /// The meanings of a spelling.
    pub(crate) fn meanings(&self, pattern: u32) -> impl Iterator<Item = Entry> {
        let first = |at: u32| self.numbers(Section::Patterns).row::<3>(at)[2];
        let meanings = self.numbers(Section::Meanings);
        (first(pattern)..first(pattern.saturating_add(1)).min(meanings.len())).map(move |i| {
            let bits = meanings.get(i);
            let index = bits >> 3;
            let meaning = match bits & 3 {
                0 => Meaning::Name(index),
                1 => Meaning::Role(index),
                2 => Meaning::Word(index),
                _ => Meaning::Head(index),
            };
            Entry { meaning, after_lam: bits & 4 != 0 }
        })
    }
}

fn kind(bits: u32) -> EntityKind {
    EntityKind::ALL.get(bits as usize & 255).copied().unwrap_or(EntityKind::Place)
}

/// A date as one number: year, month, day; 0 where a month or a day is not told, all bits set where there is no date.
fn date(bits: u32) -> Option<Date> {
    let part = |n: u32| Some(n as u8).filter(|n| *n != 0);
    (bits != u32::MAX).then(|| Date { year: (bits >> 16) as i16, month: part(bits >> 8 & 255), day: part(bits & 255) })
}

#[cfg(test)]
mod tests;
