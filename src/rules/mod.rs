//! Which relations do the clauses state?
//!
//! ```text
//! rules/*.toml ─► tree ─► load ─► check ─► program
//!                                            │
//! Scene (page + slots) ─► stage ─► run ──────┴─► conflict ─► assemble ─► relations
//!                                  matcher, context          content, codes
//! ```
//!
//! The rule files are the knowledge; how they are written is told in [`syntax`].

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::entity::EntityKind;
use crate::error::Error;
use crate::mention::MentionKind;
use crate::rules::load::Parsed;
use crate::rules::program::Program;
use crate::rules::tree::File;
use crate::span::Span;
use crate::text::Page;

pub(crate) mod assemble;
pub(crate) mod bundled;
pub(crate) mod check;
pub(crate) mod codes;
pub(crate) mod conflict;
pub(crate) mod content;
pub(crate) mod context;
pub(crate) mod examples;
pub(crate) mod explain;
pub(crate) mod hints;
pub(crate) mod lexicon;
pub(crate) mod load;
pub(crate) mod matcher;
#[cfg(test)]
pub(crate) mod mock;
pub(crate) mod parse;
pub(crate) mod program;
pub(crate) mod run;
pub(crate) mod stage;
pub(crate) mod syntax;
#[cfg(test)]
mod tests;
pub(crate) mod tree;

/// Rules and their lexicon, read from TOML.
///
/// A set of files can be put together with [`merge`](Rules::merge); what needs all of them (classes, ids, codes) is
/// checked when an extractor is built with them.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    sources: Vec<Arc<Source>>,
}

/// One file and what it defines.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) parsed: Parsed,
}

impl Rules {
    /// No rule at all.
    pub fn empty() -> Self {
        Rules::default()
    }

    /// The rules of this library; none without the feature `bundled`.
    pub fn bundled() -> Self {
        let sources = bundled::FILES.iter().map(|(name, text)| {
            let (source, problems) = Source::read(name, text);
            debug_assert!(problems.iter().all(|p| p.severity == Severity::Warning), "{problems:?}");
            Arc::new(source)
        });
        Rules { sources: sources.collect() }
    }

    /// The rules of several files, `(name, text)`, all problems of all of them at once.
    pub(crate) fn from_files<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let (mut rules, mut problems) = (Rules::default(), Vec::new());
        for (name, text) in files {
            let (source, found) = Source::read(name, text);
            problems.extend(found);
            rules.sources.push(Arc::new(source));
        }
        if problems.iter().any(|p| p.severity == Severity::Error) {
            return Err(Error::diagnostics(problems));
        }
        Ok(rules)
    }

    /// The rules of one file: `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// All mistakes that the file shows by itself, each with line and column.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, Error> {
        let (source, problems) = Source::read(name, text);
        if problems.iter().any(|p| p.severity == Severity::Error) {
            return Err(Error::diagnostics(problems));
        }
        Ok(Rules { sources: vec![Arc::new(source)] })
    }

    /// These rules and those.
    #[must_use]
    pub fn merge(mut self, other: Rules) -> Self {
        self.sources.extend(other.sources);
        self
    }

    /// Compiles the rules; with the program come the warnings.
    pub(crate) fn compile(&self) -> Result<(Program, Vec<Diagnostic>), Error> {
        let (program, problems) = check::compile(self);
        if problems.iter().any(|p| p.severity == Severity::Error) {
            return Err(Error::diagnostics(problems));
        }
        Ok((program, problems))
    }

    pub(crate) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().map(|source| &**source)
    }
}

impl Source {
    fn read(name: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut file = File::new(name, text);
        let parsed = load::load(&mut file);
        let problems = file.problems;
        (Source { name: name.to_owned(), text: text.to_owned(), parsed }, problems)
    }
}

/// What a run over a document may keep for the next one, and what it notes when asked.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Set it to be told what was tried.
    pub(crate) trace: Option<explain::Trace>,
}

pub(crate) use crate::rules::run::{Found, run};

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
