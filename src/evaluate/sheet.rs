//! What of a document is held against another one: its marks, its facts?
//!
//! ```text
//! gold line ──┐
//! our line  ──┼─► Sheet { id, text, marks, facts, quotes, consultations } ─► a score
//! Document  ──┘
//! ```
//!
//! Both sides are sheets, so that anything that can be read can stand on either side.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::entity::EntityKind;
use crate::mention::MentionKind;

/// A stretch of bytes, the end exclusive. Gold may point anywhere; it is never used to cut a text unchecked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stretch {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Stretch {
    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    pub(crate) fn overlaps(self, other: Stretch) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// One side of a comparison: a document with its marks. Read by [`read`](super::read), or made of a [`Document`].
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub(crate) id: String,
    pub(crate) text: String,
    /// `PER`, `LOC`, `ORG` and where; from `mentions` where there are any, else from typed `entities`.
    pub(crate) names: Vec<Name>,
    pub(crate) mentions: Vec<Mark>,
    /// Mentions that a gold allows and does not ask for.
    pub(crate) optional: Vec<Mark>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) consultations: Vec<Consultation>,
    /// What it was read with, an empty list among them.
    pub(crate) holds: Holds,
}

/// Which lists a line brought.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Holds {
    pub(crate) names: bool,
    pub(crate) mentions: bool,
    pub(crate) facts: bool,
    pub(crate) quotes: bool,
    pub(crate) consultations: bool,
}

/// A name, told by its type and place alone.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) at: Stretch,
    pub(crate) label: String,
    /// Which of the marks it is, if it is one.
    pub(crate) mark: Option<usize>,
}

/// A mention with its entity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mark {
    pub(crate) at: Option<Stretch>,
    pub(crate) kind: String,
    pub(crate) entity: String,
    pub(crate) source: String,
    pub(crate) why: String,
    pub(crate) confidence: Option<f32>,
}

impl Mark {
    pub(crate) fn stretch(&self) -> Stretch {
        self.at.unwrap_or(Stretch { start: 0, end: 0 })
    }
}

/// A relation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fact {
    pub(crate) kind: String,
    pub(crate) optional: bool,
    /// "intended" is read as "planned": the two are scored as one.
    pub(crate) mood: String,
    pub(crate) arguments: Vec<Filled>,
    /// Other sets of main arguments that are right too.
    pub(crate) accept: Vec<BTreeSet<String>>,
    /// Entities that may stand among the main arguments and need not.
    pub(crate) free: BTreeSet<String>,
    pub(crate) evidence: Vec<Stretch>,
    pub(crate) content: Vec<Stretch>,
    pub(crate) mode: String,
    pub(crate) role: String,
    pub(crate) former: bool,
    pub(crate) rule: String,
    pub(crate) confidence: Option<f32>,
}

/// An argument.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    pub(crate) role: String,
    pub(crate) entity: String,
    pub(crate) at: Option<Stretch>,
}

impl Fact {
    /// The entities in these roles.
    pub(crate) fn entities(&self, roles: &[&str]) -> BTreeSet<&str> {
        self.arguments.iter().filter(|a| roles.contains(&a.role.as_str())).map(|a| a.entity.as_str()).collect()
    }
}

/// Scores take planned and intended for one.
pub(crate) fn mood(modality: &str) -> String {
    match modality {
        "intended" => "planned",
        "" => "asserted",
        other => other,
    }
    .to_owned()
}

/// An attribution of a gold that gives content and source by place.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) content: Vec<Stretch>,
    pub(crate) source: Vec<Stretch>,
    /// Whether its cue is a verb of speech: only such ones must be found.
    pub(crate) speech: bool,
}

/// A consultation of a gold that gives its sides as words.
#[derive(Clone, Debug)]
pub(crate) struct Consultation {
    /// Where the words of each side stand first.
    pub(crate) sides: Vec<Stretch>,
    pub(crate) words: String,
}

impl Sheet {
    /// What the document is called.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The places of each entity.
    pub(crate) fn places(&self) -> BTreeMap<&str, Vec<Stretch>> {
        let mut places: BTreeMap<&str, Vec<Stretch>> = BTreeMap::new();
        for mark in &self.mentions {
            places.entry(&mark.entity).or_default().push(mark.stretch());
        }
        places
    }
}

/// `PER`, `LOC` and `ORG` for our types; any other word in capitals.
pub(crate) fn label(ty: &str) -> String {
    match EntityKind::parse(ty) {
        Some(EntityKind::Person) => "PER".to_owned(),
        Some(EntityKind::Country | EntityKind::Place) => "LOC".to_owned(),
        Some(EntityKind::Organisation) => "ORG".to_owned(),
        _ => match ty {
            "location" => "LOC".to_owned(),
            "organization" => "ORG".to_owned(),
            other => other.to_uppercase(),
        },
    }
}

impl From<&Document<'_>> for Sheet {
    /// A document as one side; its id is empty where it was given none.
    fn from(doc: &Document<'_>) -> Sheet {
        let id = |entity| doc.entity(entity).id().to_owned();
        let stretch = |span: crate::span::Span| Stretch { start: span.start(), end: span.end() };
        let all = |spans: &[crate::span::Span]| spans.iter().map(|s| stretch(*s)).collect::<Vec<_>>();
        let mut names = Vec::new();
        let mut mentions = Vec::with_capacity(doc.mentions().len());
        for (i, m) in doc.mentions().iter().enumerate() {
            if m.kind() == MentionKind::Name {
                names.push(Name { at: stretch(m.span()), label: label(m.entity_kind().as_str()), mark: Some(i) });
            }
            mentions.push(Mark {
                at: Some(stretch(m.span())),
                kind: m.kind().as_str().to_owned(),
                entity: id(m.entity()),
                source: m.source().to_owned(),
                why: m.why().unwrap_or_default().to_owned(),
                confidence: Some(m.confidence()),
            });
        }
        let fact = |r: &crate::relation::Relation| Fact {
            kind: r.kind().to_owned(),
            mood: mood(r.modality().as_str()),
            arguments: r
                .arguments()
                .iter()
                .map(|a| Filled { role: a.role().to_owned(), entity: id(a.entity()), at: Some(stretch(a.span())) })
                .collect(),
            evidence: all(r.evidence()),
            content: all(r.content()),
            mode: r.field("mode").unwrap_or_default().to_owned(),
            role: r.field("role").unwrap_or_default().to_owned(),
            former: r.field("status") == Some("former"),
            rule: r.rule().to_owned(),
            confidence: Some(r.confidence()),
            ..Fact::default()
        };
        Sheet {
            id: doc.id().unwrap_or_default().to_owned(),
            text: doc.text().to_owned(),
            names,
            mentions,
            facts: doc.relations().iter().map(fact).collect(),
            holds: Holds { names: true, mentions: true, facts: true, ..Holds::default() },
            ..Sheet::default()
        }
    }
}
