//! How do compiled rows become the bytes of a pack?
//!
//! ```text
//! Compiled ─► strings numbered · tables of numbers · automaton ─► header + sections
//! ```
//!
//! The same rows in the same order give the same bytes on every machine: nothing here depends on the order of a hash
//! map, on time or on the machine.

use std::collections::HashMap;

use super::bytes::Writer;
use super::table::{self, freeze};
use super::{HEADER, MAGIC, SECTIONS, Section, VERSION, build};
use crate::date::Date;
use crate::entity::EntityKind;
use crate::error::Error;
use crate::gazetteer::compile::{Compiled, RecordData};
use crate::gazetteer::patterns::{Entry, Meaning};
use crate::gazetteer::read::{NAME_KINDS, NameKind, ROLE_KINDS};
use crate::gazetteer::sounds::{IndexBytes, SoundRow, Sounds};
use crate::gazetteer::{Key, RoleFlags, WordClass};
use crate::text::fold::fold_str;

/// Numbers for strings, in the order in which they are first asked for.
#[derive(Default)]
struct Strings<'a> {
    numbers: HashMap<&'a str, u32>,
    text: Vec<u8>,
    ends: Writer,
}

impl<'a> Strings<'a> {
    fn number(&mut self, string: &'a str) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(string).or_insert_with(|| {
            self.text.extend_from_slice(string.as_bytes());
            self.ends.number(self.text.len() as u32);
            next
        })
    }
}

/// Whether the automaton is part of the pack, or the spellings are searched for by other means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Search {
    Packed,
    Apart,
}

/// Writes a pack.
pub(crate) fn write(compiled: &Compiled, search: Search) -> Result<Vec<u8>, Error> {
    let mut sections: [Vec<u8>; SECTIONS] = [const { Vec::new() }; SECTIONS];
    let mut strings = Strings::default();
    records(compiled, &mut strings, &mut sections);
    offices(compiled, &mut strings, &mut sections);
    words(compiled, &mut strings, &mut sections);
    patterns(compiled, search, &mut sections)?;
    if search == Search::Packed {
        // Of rows that lie over others no list can be made beforehand.
        heard(compiled, &mut sections);
    }
    let most = [compiled.records.len(), compiled.known.len()].into_iter().max().unwrap_or_default();
    if most > table::MOST || compiled.names.len() >= 1 << 29 {
        return Err(too_large("entities, names or known words"));
    }
    sections[Section::Text as usize] = strings.text;
    sections[Section::Ends as usize] = strings.ends.0;

    // The checksum and the length come last; the ends of the sections where they are known.
    let mut all = Vec::new();
    all.extend_from_slice(&MAGIC);
    all.extend_from_slice(&VERSION.to_le_bytes());
    all.resize(HEADER + SECTIONS * 4, 0);
    for (i, section) in sections.iter().enumerate() {
        all.resize(all.len().next_multiple_of(16), 0);
        all.extend_from_slice(section);
        let end = u32::try_from(all.len()).map_err(|_| too_large("bytes"))?;
        let at = HEADER + i * 4;
        all[at..at + 4].copy_from_slice(&end.to_le_bytes());
    }
    let checksum = crc32fast::hash(&all[HEADER..]);
    let length = all.len() as u64;
    all[12..16].copy_from_slice(&checksum.to_le_bytes());
    all[16..HEADER].copy_from_slice(&length.to_le_bytes());
    Ok(all)
}

fn too_large(what: &str) -> Error {
    Error::message(format!("the tables are too large for one pack: too many {what}; split them into two"))
}

fn kind(kind: EntityKind) -> u32 {
    EntityKind::ALL.iter().zip(0..).find(|(k, _)| **k == kind).map_or(0, |(_, i)| i)
}

fn place<T: PartialEq>(list: &[(&str, T)], value: &T) -> u32 {
    list.iter().zip(0..).find(|((_, v), _)| v == value).map_or(0, |(_, i)| i)
}

fn date(date: Option<Date>) -> u32 {
    let Some(Date { year, month, day }) = date else { return u32::MAX };
    u32::from(year as u16) << 16 | u32::from(month.unwrap_or(0)) << 8 | u32::from(day.unwrap_or(0))
}

fn records<'a>(compiled: &'a Compiled, strings: &mut Strings<'a>, sections: &mut [Vec<u8>; SECTIONS]) {
    let (mut records, mut identifiers, mut names) = (Writer::default(), Writer::default(), Writer::default());
    let optional = |strings: &mut Strings<'a>, s: &'a Option<Box<str>>| s.as_ref().map_or(0, |s| strings.number(s) + 1);
    for RecordData { id, kind: k, sub, country, female, rank, name_en, name_ar, identifiers: pairs } in
        &compiled.records
    {
        let first = (identifiers.0.len() / 8) as u32;
        for (scheme, value) in pairs {
            identifiers.row([strings.number(scheme), strings.number(value)]);
        }
        let gender = female.map_or(0, |female| if female { 2 } else { 1 });
        records.row([
            strings.number(id),
            strings.number(sub),
            country.map_or(0, |c| c.0 + 1),
            optional(strings, name_en),
            optional(strings, name_ar),
            *rank,
            first,
            kind(*k) | gender << 8,
        ]);
    }
    for name in &compiled.names {
        let f = name.flags;
        let flags = u32::from(f.alone) | u32::from(f.case) << 1 | u32::from(f.weak) << 2;
        names.row([strings.number(&name.text), name.key.0, place(NAME_KINDS, &name.kind) | flags << 8]);
    }
    let mut corrected = Writer::default();
    for (key, record) in &compiled.corrected {
        corrected.row([key.0, *record]);
    }
    sections[Section::Records as usize] = records.0;
    sections[Section::Identifiers as usize] = identifiers.0;
    sections[Section::Ids as usize] = freeze(compiled.records.iter().map(|r| &*r.id));
    sections[Section::Corrected as usize] = corrected.0;
    sections[Section::Names as usize] = names.0;
}

fn offices<'a>(compiled: &'a Compiled, strings: &mut Strings<'a>, sections: &mut [Vec<u8>; SECTIONS]) {
    let mut rows = Writer::default();
    for o in &compiled.offices {
        rows.row([o.person.0, strings.number(&o.role), o.of.0, date(o.from), date(o.to)]);
    }
    sections[Section::Offices as usize] = rows.0;
    // Stable sorts: among equals the order of the rows stays.
    let mut order: Vec<u32> = (0..compiled.offices.len() as u32).collect();
    let office = |i: u32| &compiled.offices[i as usize];
    order.sort_by_key(|&i| office(i).person);
    let mut list = Writer::default();
    order.iter().for_each(|&i| list.number(i));
    sections[Section::ByPerson as usize] = list.0;
    order.sort_unstable();
    order.sort_by(|&a, &b| (office(a).of, &office(a).role).cmp(&(office(b).of, &office(b).role)));
    let mut list = Writer::default();
    order.iter().for_each(|&i| list.number(i));
    sections[Section::ByRole as usize] = list.0;
}

fn words<'a>(compiled: &'a Compiled, strings: &mut Strings<'a>, sections: &mut [Vec<u8>; SECTIONS]) {
    let (mut roles, mut own_words, mut words) = (Writer::default(), Writer::default(), Writer::default());
    for role in &compiled.roles {
        let RoleFlags { female, plural, dual, definite, many, country, private } = role.flags;
        let flags = [female, plural, dual, definite, many, country, private];
        let flags = flags.into_iter().zip(8..).fold(0, |bits, (flag, at)| bits | u32::from(flag) << at);
        let only = role.only.map_or(0, |k| k.0 + 1);
        roles.row([strings.number(&role.id), place(ROLE_KINDS, &role.kind) | flags, only]);
    }
    for (key, role) in &compiled.own_words {
        own_words.row([key.0, strings.number(role)]);
    }
    for word in &compiled.words {
        words.row([place(WordClass::ALL, &word.class), strings.number(&word.value)]);
    }
    let (mut heads, mut known, mut text_words) = (Writer::default(), Writer::default(), Writer::default());
    for head in &compiled.heads {
        let bits = kind(head.kind) | u32::from(head.first) << 8 | u32::from(head.last) << 9;
        heads.row([strings.number(&head.sub), bits]);
    }
    for (word, bits) in &compiled.known {
        known.row([strings.number(word), *bits]);
    }
    for row in &compiled.text_words {
        text_words.row([0, 1, 2, 3].map(|i: usize| strings.number(&row[i])));
    }
    sections[Section::Roles as usize] = roles.0;
    sections[Section::OwnWords as usize] = own_words.0;
    sections[Section::Words as usize] = words.0;
    sections[Section::Heads as usize] = heads.0;
    sections[Section::Known as usize] = known.0;
    sections[Section::KnownSlots as usize] = freeze(compiled.known.keys().map(|word| &**word));
    sections[Section::TextWords as usize] = text_words.0;
    sections[Section::Sounds as usize] = sounds(compiled, strings);
}

fn sounds<'a>(compiled: &'a Compiled, strings: &mut Strings<'a>) -> Vec<u8> {
    let mut rows = Writer::default();
    for row in &compiled.sounds {
        let (table, one, other) = match row {
            SoundRow::Letters(letters, classes) => (0, letters, classes),
            SoundRow::Pair(arabic, latin) => (1, arabic, latin),
            SoundRow::Particle(particle) => (2, particle, particle),
        };
        rows.row([table, strings.number(one), strings.number(other)]);
    }
    rows.0
}

fn heard(compiled: &Compiled, sections: &mut [Vec<u8>; SECTIONS]) {
    let sounds = Sounds::of(compiled.sounds.iter().map(|row| match row {
        SoundRow::Letters(letters, classes) => SoundRow::Letters(&**letters, &**classes),
        SoundRow::Pair(arabic, latin) => SoundRow::Pair(&**arabic, &**latin),
        SoundRow::Particle(particle) => SoundRow::Particle(&**particle),
    }));
    let is_person = |key: Key| compiled.records.get(key.0 as usize).is_some_and(|r| r.kind == EntityKind::Person);
    let persons = compiled.names.iter().zip(0..).filter(|(n, _)| n.kind != NameKind::Short && is_person(n.key));
    let IndexBytes { sounds, names } = IndexBytes::of(&sounds, persons.map(|(n, i)| (i, fold_str(&n.text).into())));
    sections[Section::Heard as usize] = sounds;
    sections[Section::HeardNames as usize] = names;
}

fn patterns(compiled: &Compiled, search: Search, sections: &mut [Vec<u8>; SECTIONS]) -> Result<(), Error> {
    let patterns = &compiled.patterns;
    let built = match search {
        Search::Packed => build::build(&patterns.spellings).ok_or_else(|| too_large("spellings"))?,
        Search::Apart => build::Built::default(),
    };
    let (mut rows, mut meanings) = (Writer::default(), Writer::default());
    for (i, entries) in patterns.entries.iter().enumerate() {
        let [length, shorter] = built.patterns.get(i).copied().unwrap_or_default();
        rows.row([length, shorter, (meanings.0.len() / 4) as u32]);
        for Entry { meaning, after_lam } in entries {
            let (tag, index) = match *meaning {
                Meaning::Name(i) => (0, i),
                Meaning::Role(i) => (1, i),
                Meaning::Word(i) => (2, i),
                Meaning::Head(i) => (3, i),
            };
            meanings.number(index << 3 | u32::from(*after_lam) << 2 | tag);
        }
    }
    rows.row([0, 0, (meanings.0.len() / 4) as u32]);
    sections[Section::Patterns as usize] = rows.0;
    sections[Section::Meanings as usize] = meanings.0;
    sections[Section::Codes as usize] = built.codes;
    sections[Section::Wide as usize] = built.wide;
    sections[Section::Nodes as usize] = built.nodes;
    Ok(())
}
