//! Who met whom, and who said what: entities and relations from English and Arabic news, with the words each answer
//! rests on.
//!
//! The crate needs no model, no network and no runtime. Names and rules are plain files that are compiled in; an
//! [`Extractor`] is built once and shared, and reading a text cannot fail.
//!
//! # Who is spoken of
//!
//! Every [`Mention`] points at bytes of your text and belongs to one [`Entity`] with a readable id, however it is
//! written: a full name, a surname, an office, a demonym, in either script.
//!
//! ```
//! let isnad = isnad::Extractor::new()?;
//! let doc = isnad.extract("US Secretary of State John Kerry left Cairo. Kerry will be in Amman on Sunday.");
//! let kerry = doc.entities().iter().find(|e| e.id() == "person/john-kerry").expect("Kerry is known");
//! let words: Vec<&str> = kerry.mentions().iter().map(|&m| &doc[doc.mention(m).span()]).collect();
//! assert_eq!(words, ["US Secretary of State", "John Kerry", "Kerry"]);
//! # Ok::<(), isnad::Error>(())
//! ```
//!
//! # What happened, and what was said
//!
//! A [`Relation`] is one fact: its type, its arguments, whether it happened ([`Modality`]), the clauses that say so and
//! the rule that found it. The Arabic verb comes first; the result has the same form.
//!
//! ```
//! let isnad = isnad::Extractor::new()?;
//! let doc = isnad.extract("لم يلتق وزير الخارجية المصري سامح شكري نظيره الروسي سيرغي لافروف في موسكو.");
//! let meeting = doc.relations().iter().find(|r| r.kind() == "meeting").expect("a meeting");
//! assert_eq!(meeting.modality(), isnad::Modality::Denied);
//! let sides: Vec<&str> = meeting.arguments_of("participant").map(|a| doc.entity(a.entity()).id()).collect();
//! assert_eq!(sides, ["person/sameh-shoukry", "person/sergey-lavrov"]);
//! # Ok::<(), isnad::Error>(())
//! ```
//!
//! # Names and rules of your own
//!
//! A table of names adds to the bundled ones; so does a rule file. Mistakes in either are told all at once, each with
//! file, line, column and remedy.
//!
//! ```
//! let isnad = isnad::Extractor::builder()
//!     .gazetteer("own.tsv", "name\tlang\tid\nMargaret Quill\ten\tperson/margaret-quill\n")
//!     .build()?;
//! let doc = isnad.extract("Margaret Quill met Ban Ki-moon in New York.");
//! assert!(doc.entities().iter().any(|e| e.id() == "person/margaret-quill"));
//!
//! let error = isnad::Extractor::builder().gazetteer("own.tsv", "nmae\tlang\tid\n").build().unwrap_err();
//! assert_eq!(error.to_string(), "own.tsv:1:1: no table begins with the column `nmae` [G001]");
//! # Ok::<(), isnad::Error>(())
//! ```
//!
//! How the crate is built inside is told in `ARCHITECTURE.md`; the manual of the rule language stands at the head of
//! `src/rules/syntax.rs`.

#[doc(hidden)]
pub mod bench;
mod bundled;
mod confidence;
pub mod curate;
mod date;
mod diagnostic;
#[doc(hidden)]
pub mod digest;
mod document;
mod entity;
mod error;
#[cfg(feature = "json")]
pub mod evaluate;
mod extractor;
mod find;
mod finish;
pub mod gazetteer;
mod hash;
mod link;
mod mention;
pub mod merge;
pub mod output;
#[cfg(feature = "parallel")]
pub mod parallel;
mod relation;
pub mod rules;
mod span;
mod steps;
mod text;

pub use crate::date::Date;
pub use crate::diagnostic::{Diagnostic, Severity};
pub use crate::document::{Document, Rejected};
pub use crate::entity::{Entity, EntityId, EntityKind};
pub use crate::error::Error;
pub use crate::extractor::{Extractor, ExtractorBuilder, Input, Scratch};
pub use crate::mention::{Mention, MentionId, MentionKind};
pub use crate::relation::{Argument, Modality, Relation};
pub use crate::span::Span;

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// So are those of the tutorial.
#[cfg(doctest)]
#[doc = include_str!("../docs/tutorial.md")]
struct Tutorial;
