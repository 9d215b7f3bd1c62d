//! Which relations do the clauses state?
//!
//! ```text
//! Scene (page + slots) ─► program (trigger automaton) ─► run ─► context ─► assemble ─► relations
//! ```

pub(crate) mod lexicon;
#[cfg(test)]
pub(crate) mod mock;
pub(crate) mod parse;
pub(crate) mod syntax;
pub(crate) mod tree;

use std::ops::Range;

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::span::Span;
use crate::text::Page;

/// How many a slot speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    One,
    Two,
    Many,
    Unknown,
}

/// One thing of the text that can fill a typed slot of a pattern: a mention with the words that belong to it.
///
/// "Egyptian Foreign Minister Sameh Shoukry, 62," is one slot: the person, whose `tokens` cover title, role, name and
/// apposition, while `head` is the name alone.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// All tokens it covers. Slots of a scene are sorted by start; nested ones lie wholly inside outer ones.
    pub(crate) tokens: Range<u32>,
    /// The words that fill an argument: the name (or role, or pronoun) without title, role and clitic.
    pub(crate) head: Span,
    /// Everything it covers, clitic excluded.
    pub(crate) span: Span,
    /// Folded letters of the first token that stand before it: "ب", "وال" never; empty for most.
    pub(crate) clitic: Span,
    pub(crate) kind: MentionKind,
    pub(crate) ty: EntityKind,
    /// Index of the entity in the document under construction; several for "both ministers" and plural pronouns.
    pub(crate) entities: Vec<u32>,
    pub(crate) number: Number,
    /// The role mention folded into it (or that it is): its words, the country or body it is of.
    pub(crate) role: Option<RoleOf>,
    /// Lies inside another slot ("Bahrain" in "Bahrain's Foreign Minister"): used only where a pattern asks for its
    /// very type and no outer slot fits.
    pub(crate) nested: bool,
    /// Index of the mention behind it.
    pub(crate) mention: u32,
}

/// The role part of a slot.
#[derive(Clone, Debug)]
pub(crate) struct RoleOf {
    /// The words of the role without country and demonym where they stand at its edge ("Foreign Minister").
    pub(crate) span: Span,
    /// The whole role mention.
    pub(crate) whole: Span,
    pub(crate) country: Option<u32>,
    pub(crate) organisation: Option<u32>,
    /// `former`, `acting`, `designate`, or empty for current.
    pub(crate) status: &'static str,
}

/// What the rules see of a document.
pub(crate) struct Scene<'p> {
    pub(crate) page: &'p Page<'p>,
    pub(crate) slots: &'p [Slot],
}
