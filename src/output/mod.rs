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
//! Event    ───► events    what many documents tell of, as JSON and as text (feature `json`)
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
pub mod events;
#[cfg(feature = "json")]
pub mod json;
pub mod ntriples;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "table")]
pub mod table;
