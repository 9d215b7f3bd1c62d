//! What is an event, and how is it put together from its tellings?
//!
//! ```text
//! Event ── type, modality (the strongest), day (the one told most), parties, codes (once)
//!       └─ tellings: where it stands, in which words, and why it is the same
//! ```

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::document::Document;
use crate::entity::EntityId;
use crate::merge::Group;
use crate::relation::{Modality, Relation};
use crate::span::Span;

/// One meeting, visit or statement, with every article that tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) modality: Modality,
    pub(crate) date: Option<String>,
    pub(crate) first_told: Option<String>,
    pub(crate) parties: Vec<Party>,
    pub(crate) codes: Vec<(String, String)>,
    pub(crate) tellings: Vec<Telling>,
}

/// Who takes part, in which role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    pub(crate) role: String,
    pub(crate) entity: String,
    pub(crate) known: bool,
    pub(crate) name_en: Option<String>,
    pub(crate) name_ar: Option<String>,
}

/// One relation of one document that tells of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    pub(crate) document: String,
    pub(crate) language: String,
    pub(crate) published: Option<String>,
    pub(crate) relation: usize,
    pub(crate) modality: Modality,
    pub(crate) date: Option<String>,
    pub(crate) reported_by: Option<String>,
    pub(crate) trigger: Span,
    pub(crate) evidence: Vec<(Span, String)>,
    pub(crate) content: Vec<String>,
    pub(crate) rule: String,
    pub(crate) confidence: f32,
    pub(crate) why: Vec<String>,
}

impl Event {
    /// A name that changes with its tellings: `event/9f0c…`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `meeting`, `visit` or `statement`.
    pub fn kind(&self) -> &str {
        self.kind
    }

    /// The strongest of its tellings: asserted beats planned.
    pub fn modality(&self) -> Modality {
        self.modality
    }

    /// The day (or month) that most tellings name.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// The earliest day of publication among its tellings.
    pub fn first_told(&self) -> Option<&str> {
        self.first_told.as_deref()
    }

    /// Everybody that any telling names by an id that means the same everywhere, and the strangers of the first telling.
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// Event codes: those of the first telling.
    pub fn codes(&self) -> &[(String, String)] {
        &self.codes
    }

    /// Where it is told: the strongest and fullest first, the others by day of publication and document.
    pub fn tellings(&self) -> &[Telling] {
        &self.tellings
    }
}

impl Party {
    pub(super) fn of(doc: &Document<'_>, role: &str, entity: EntityId, key: &str) -> Self {
        let name = |language| doc.entity(entity).name(language).map(str::to_owned);
        Party {
            role: role.to_owned(),
            entity: doc.id_among_others(entity, key),
            known: doc.entity(entity).is_known(),
            name_en: name("en"),
            name_ar: name("ar"),
        }
    }

    /// `participant`, `speaker`, `place`, …
    pub fn role(&self) -> &str {
        &self.role
    }

    /// The id; a stranger's carries its document: `unknown/person/1@document`.
    pub fn entity(&self) -> &str {
        &self.entity
    }

    /// Whether the id means the same in every document.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Its usual name in `en` or `ar`.
    pub fn name(&self, language: &str) -> Option<&str> {
        match language {
            "en" => self.name_en.as_deref(),
            "ar" => self.name_ar.as_deref(),
            _ => None,
        }
    }
}

impl Telling {
    pub(super) fn of(doc: &Document<'_>, key: &str, number: usize, relation: &Relation) -> Self {
        Telling {
            document: key.to_owned(),
            language: doc.language().to_owned(),
            published: doc.published().map(|day| day.to_string()),
            relation: number,
            modality: relation.modality(),
            date: relation.date().map(str::to_owned),
            reported_by: relation.reported_by().map(|by| doc.id_among_others(by, key)),
            trigger: relation.trigger(),
            evidence: relation.evidence().iter().map(|span| (*span, doc[*span].to_owned())).collect(),
            content: relation.content().iter().map(|span| doc[*span].to_owned()).collect(),
            rule: relation.rule().to_owned(),
            confidence: relation.confidence(),
            why: Vec::new(),
        }
    }

    /// The document: its id, or a digest of its text.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The place of the relation in its document.
    pub fn relation(&self) -> usize {
        self.relation
    }

    /// As this telling has it.
    pub fn modality(&self) -> Modality {
        self.modality
    }

    /// The clauses that say so.
    pub fn evidence(&self) -> impl Iterator<Item = (Span, &str)> {
        self.evidence.iter().map(|(span, words)| (*span, words.as_str()))
    }

    /// Why it was taken for the same event; empty for the one that the others were held against.
    pub fn why(&self) -> &[String] {
        &self.why
    }
}

/// Puts the records of a group together.
pub(super) fn event(group: Group) -> Event {
    let mut records = group.records;
    // In the article's own words before somebody else's, then as sure and as full as can be.
    records.sort_by(|(a, _), (b, _)| {
        let key = |r: &super::Record| {
            let t = &r.telling;
            let full = std::cmp::Reverse((r.actors.len() + r.places.len(), r.words));
            (t.modality, t.reported_by.is_some(), full, t.published.clone(), t.document.clone(), r.text, t.relation)
        };
        key(a).cmp(&key(b))
    });
    if let Some(others) = records.get_mut(1..) {
        others.sort_by(|(a, _), (b, _)| {
            let key = |r: &super::Record| {
                (r.telling.published.clone(), r.telling.document.clone(), r.text, r.telling.relation)
            };
            key(a).cmp(&key(b))
        });
    }
    let kind = records.first().map_or("", |(r, _)| r.kind);
    let mut digest = Digest::default();
    let mut dates: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parties: Vec<Party> = Vec::new();
    for (i, (record, _)) in records.iter().enumerate() {
        digest.add_field(kind);
        digest.add_field(&record.telling.document);
        digest.add(&record.text.to_le_bytes());
        digest.add(&(record.telling.relation as u64).to_le_bytes());
        if let Some(date) = &record.telling.date {
            *dates.entry(date).or_insert(0) += 1;
        }
        for party in record.parties.iter().filter(|p| p.known || i == 0) {
            let there = |p: &Party| p.entity == party.entity && same_side(&p.role, &party.role);
            if !parties.iter().any(there) {
                parties.push(party.clone());
            }
        }
    }
    // The most exact, then the one told most, then the earliest.
    let date = dates.iter().max_by_key(|(date, n)| (date.len(), **n, std::cmp::Reverse(**date)));
    Event {
        id: format!("event/{digest}"),
        kind,
        modality: records.iter().map(|(r, _)| r.telling.modality).min().unwrap_or(Modality::Asserted),
        date: date.map(|(date, _)| (*date).to_owned()),
        first_told: records.iter().filter_map(|(r, _)| r.telling.published.clone()).min(),
        codes: records.first().map(|(r, _)| r.codes.clone()).unwrap_or_default(),
        parties,
        tellings: records.into_iter().map(|(r, why)| Telling { why, ..r.telling }).collect(),
    }
}

/// Whoever attends a meeting in one article takes part in it in another.
fn same_side(a: &str, b: &str) -> bool {
    a == b || [a, b].iter().all(|role| matches!(*role, "participant" | "attendee"))
}
