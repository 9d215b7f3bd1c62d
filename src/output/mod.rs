//! In what shapes does a [`Document`](crate::Document) leave the library?
//!
//! ```text
//! Document ─┬─► json    one line of the stable wire form, and back (feature `json`)
//!           ├─► table   plain text for people and terminals    (feature `table`)
//!           └─► report  one HTML page to read and look at      (feature `report`)
//! ```
//!
//! Each of them reads a finished document through its public face. Nothing of the analysis knows them, so a further
//! one costs a file here and no change elsewhere.

#[cfg(feature = "table")]
mod colour;
#[cfg(feature = "json")]
pub mod json;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "table")]
pub mod table;
