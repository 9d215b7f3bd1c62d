//! In what shapes does a [`Document`](crate::Document) leave the library?
//!
//! ```text
//! Document ─┬─► json      one line of the stable wire form, and back (feature `json`)
//!           ├─► table     plain text for people and terminals    (feature `table`)
//!           ├─► report    one HTML page to read and look at      (feature `report`)
//!           ├─► csv       mentions, entities, relations, edges: for spreadsheets and graph tools
//!           ├─► conll     one token a line, BIO
//!           ├─► brat      standoff annotations
//!           └─► ntriples  linked data
//! ```
//!
//! Each of them reads a finished document through its public face. Nothing of the analysis knows them, so a further
//! one costs a file here and no change elsewhere. Those without a feature need no crate.

pub mod brat;
#[cfg(feature = "table")]
mod colour;
pub mod conll;
pub mod csv;
#[cfg(feature = "json")]
pub mod json;
pub mod ntriples;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "table")]
pub mod table;

use crate::digest::Digest;
use crate::document::Document;
use crate::entity::EntityId;

/// What a document is called where it must be called something: its id, or a digest of its text.
fn document_key(document: &Document<'_>) -> String {
    document.id().map_or_else(
        || {
            let mut digest = Digest::default();
            digest.add(document.text().as_bytes());
            format!("text-{digest}")
        },
        str::to_owned,
    )
}

/// The id of an entity where documents stand side by side: one that no gazetteer holds carries its document's key.
fn local_key(document: &Document<'_>, entity: EntityId, key: &str) -> String {
    let entity = document.entity(entity);
    if entity.is_known() { entity.id().to_owned() } else { format!("{}@{key}", entity.id()) }
}
