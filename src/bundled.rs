//! Which gazetteer comes with the crate?
//!
//! ```text
//! gazetteers/**/*.tsv ─► build.rs compiles them ─► PACK: the bytes, as they lie in the program
//! ```

/// The bundled gazetteer as a pack; empty without the feature `bundled`.
#[cfg(feature = "bundled")]
pub(crate) static PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteers.pack"));

/// No knowledge is compiled in without the feature `bundled`.
#[cfg(not(feature = "bundled"))]
pub(crate) static PACK: &[u8] = &[];
