//! Who met whom, and who said what: entities and relations from English and Arabic news.
#[doc(hidden)]
pub mod bench;
mod date;
mod diagnostic;
mod document;
mod entity;
mod error;
mod extractor;
mod find;
mod finish;
mod gazetteer;
mod link;
mod mention;
pub mod output;
mod relation;
mod rules;
mod span;
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
