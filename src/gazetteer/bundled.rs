//! Which knowledge comes with the crate?
//!
//! ```text
//! gazetteers/**/*.tsv ─► build.rs lists them ─► FILES: [(name, text), …]
//! ```

/// The bundled gazetteer files as `(name, text)`, sorted by name; empty without the feature `bundled`.
#[cfg(feature = "bundled")]
pub(crate) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/gazetteers.rs"));

/// No knowledge is compiled in without the feature `bundled`.
#[cfg(not(feature = "bundled"))]
pub(crate) const FILES: &[(&str, &str)] = &[];
