//! What does one article say?
//!
//! ```text
//! Document ── text (borrowed) ── mentions ── entities ── relations ── rejected candidates, warnings
//! ```

use std::borrow::Cow;
use std::ops::Index;

use crate::date::Date;
use crate::digest::Digest;
use crate::entity::{Entity, EntityId};
use crate::mention::{Mention, MentionId};
use crate::relation::Relation;
use crate::span::Span;

/// A candidate mention that lost, and why: what `explain` tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    pub(crate) span: Span,
    pub(crate) candidate: String,
    pub(crate) reason: String,
}

impl Rejected {
    /// The bytes it claimed.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The entity id (or kind of phrase) it would have been.
    pub fn candidate(&self) -> &str {
        &self.candidate
    }

    /// Why it was not taken.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// The result of one extraction: entities, mentions and relations over a text that it borrows.
///
/// A span of the document indexes it: `&doc[mention.span()]` are the words.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) id: Option<String>,
    pub(crate) language: String,
    pub(crate) published: Option<Date>,
    pub(crate) warnings: Vec<String>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) rejected: Vec<Rejected>,
}

impl<'t> Document<'t> {
    /// The text as it was handed in.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The caller's id of the document, if one was given.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// `en`, `ar`, or `und` where neither has the most letters.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The day of publication: the caller's, else the one on the article's own date line.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// What a reader of the result ought to know: a quotation left open, a text cut at 4 GiB.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Every mention, in text order, an outer one before those inside it.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Every entity, in the order of its first mention.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Every relation, in the order of its first evidence.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// Candidates that lost, in text order, with the reason.
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// The entity behind an id of this document.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// The mention behind an id of this document.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.index()]
    }

    /// What it is called where it must be called something: its id, or a digest of its text.
    pub(crate) fn key(&self) -> String {
        let digest = || {
            let mut digest = Digest::default();
            digest.add(self.text.as_bytes());
            format!("text-{digest}")
        };
        self.id.clone().unwrap_or_else(digest)
    }

    /// The id of an entity where documents stand side by side: one that no gazetteer holds carries its document's `key`.
    pub(crate) fn id_among_others(&self, entity: EntityId, key: &str) -> String {
        let entity = self.entity(entity);
        if entity.is_known() { entity.id().to_owned() } else { format!("{}@{key}", entity.id()) }
    }

    /// The same document, owning its text.
    pub fn into_owned(self) -> Document<'static> {
        Document {
            text: Cow::Owned(self.text.into_owned()),
            id: self.id,
            language: self.language,
            published: self.published,
            warnings: self.warnings,
            mentions: self.mentions,
            entities: self.entities,
            relations: self.relations,
            rejected: self.rejected,
        }
    }
}

impl Index<Span> for Document<'_> {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.text[span]
    }
}
