//! Who met whom, who said what: one record per fact, with the words it rests on.
//!
//! ```text
//! "Kerry met Lavrov in Geneva"
//!  participant ─┘ trigger  │
//!            participant ──┘ place ─► Relation { kind: "meeting", modality: Asserted, … }
//! ```

use std::collections::BTreeMap;

use crate::entity::EntityId;
use crate::span::Span;

/// Whether a fact happened, and if not, in what way it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// It happened or is happening: "met", «التقى».
    Asserted,
    /// Arranged or decided: "will meet on Tuesday", «سيلتقي».
    Planned,
    /// One side's wish or intention: "would like to visit", «يعتزم».
    Intended,
    /// May, if, invited, called for, offered: "may meet", «قد».
    Possible,
    /// Negated, refused, cancelled: "did not meet", «لم يلتق».
    Denied,
}

impl Modality {
    /// Every modality, strongest claim first.
    pub const ALL: [Modality; 5] = [Self::Asserted, Self::Planned, Self::Intended, Self::Possible, Self::Denied];

    /// The word of the wire form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Planned => "planned",
            Modality::Intended => "intended",
            Modality::Possible => "possible",
            Modality::Denied => "denied",
        }
    }

    /// The modality for a word of the wire form, or `None`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.as_str() == word)
    }
}

/// One slot of a relation, filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    pub(crate) role: String,
    pub(crate) entity: EntityId,
    pub(crate) span: Span,
}

impl Argument {
    /// The role it plays: `participant`, `speaker`, `place`, …
    pub fn role(&self) -> &str {
        &self.role
    }

    /// Who or what fills it.
    pub fn entity(&self) -> EntityId {
        self.entity
    }

    /// The words that fill it there; they may be a name, a role or a pronoun.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// One fact of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    pub(crate) kind: String,
    pub(crate) modality: Modality,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) trigger: Span,
    pub(crate) evidence: Vec<Span>,
    pub(crate) content: Vec<Span>,
    pub(crate) date: Option<String>,
    pub(crate) reported_by: Option<EntityId>,
    pub(crate) via: Option<EntityId>,
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) rule: String,
    pub(crate) codes: Vec<(String, String)>,
    pub(crate) confidence: f32,
}

impl Relation {
    /// Its type, as its rule names it: `meeting`, `statement`, `visit`, `position`, or a type of your own rules.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Whether it happened.
    pub fn modality(&self) -> Modality {
        self.modality
    }

    /// Its filled slots, in the order of roles that its rule declares, then of the text.
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// The filled slots of one role.
    pub fn arguments_of<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Argument> + 'a {
        self.arguments.iter().filter(move |a| a.role == role)
    }

    /// The word that called the rule: "met", «التقى».
    pub fn trigger(&self) -> Span {
        self.trigger
    }

    /// The clauses that say so: one per telling, and one per copy of a repeated paragraph.
    pub fn evidence(&self) -> &[Span] {
        &self.evidence
    }

    /// Of a statement: what is said, without the cue and the outer quotation marks.
    pub fn content(&self) -> &[Span] {
        &self.content
    }

    /// Its day, month or year in ISO form, where the text gives one.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// In whose words alone it stands, if not in the article's own.
    pub fn reported_by(&self) -> Option<EntityId> {
        self.reported_by
    }

    /// The outer speaker of a layered attribution ("Reuters quoted a source as saying").
    pub fn via(&self) -> Option<EntityId> {
        self.via
    }

    /// A field of its own: `mode`, `stance`, `by`, `role`, `status`.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// All fields of its own, sorted by name.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// The id of the rule that found it.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Event codes as `(scheme, code)`: `("cameo", "040")`, `("plover", "CONSULT")`.
    pub fn codes(&self) -> &[(String, String)] {
        &self.codes
    }

    /// How sure the rule is, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        self.confidence
    }
}
