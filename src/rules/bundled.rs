//! Which rules come with the crate?
//!
//! ```text
//! rules/**/*.toml ─► build.rs lists them ─► FILES: [(name, text), …]
//! ```

/// The bundled rule and lexicon files as `(name, text)`, sorted by name; empty without the feature `bundled`.
#[cfg(feature = "bundled")]
pub(crate) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// No rules are compiled in without the feature `bundled`.
#[cfg(not(feature = "bundled"))]
pub(crate) const FILES: &[(&str, &str)] = &[];
