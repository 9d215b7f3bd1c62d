//! What went wrong while knowledge was loaded or a file was read?
//!
//! ```text
//! {}   rules/own.toml:3:8: no lexicon class `mete` [R004] (and 2 more problems)
//! {:#} the same with the line, a caret under the column and the remedy, for every problem
//! ```

use std::fmt;

use crate::diagnostic::Diagnostic;

/// The one error of this crate. It is opaque: what may be asked of it is its text and its [`Diagnostic`]s.
///
/// `{}` gives one line, `{:#}` every problem with its excerpt and remedy. Extraction itself never fails; errors come
/// from gazetteers, rules, dates and the wire form.
pub struct Error {
    inner: Box<Inner>,
}

enum Inner {
    Message(String),
    Diagnostics(Vec<Diagnostic>),
}

impl Error {
    pub(crate) fn message(text: impl Into<String>) -> Self {
        Error { inner: Box::new(Inner::Message(text.into())) }
    }

    /// An error of located problems; `diagnostics` must not be empty.
    pub(crate) fn diagnostics(diagnostics: Vec<Diagnostic>) -> Self {
        debug_assert!(!diagnostics.is_empty());
        Error { inner: Box::new(Inner::Diagnostics(diagnostics)) }
    }

    /// The located problems, in the order of file and line; empty where the error has no place in a file.
    pub fn problems(&self) -> &[Diagnostic] {
        match &*self.inner {
            Inner::Message(_) => &[],
            Inner::Diagnostics(all) => all,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.inner {
            Inner::Message(text) => f.write_str(text),
            Inner::Diagnostics(all) if f.alternate() => {
                for (i, one) in all.iter().enumerate() {
                    if i > 0 {
                        f.write_str("\n")?;
                    }
                    write!(f, "{one:#}")?;
                }
                Ok(())
            }
            Inner::Diagnostics(all) => {
                if let Some(first) = all.first() {
                    write!(f, "{first}")?;
                }
                match all.len() {
                    0 | 1 => Ok(()),
                    2 => f.write_str(" (and 1 more problem)"),
                    n => write!(f, " (and {} more problems)", n - 1),
                }
            }
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}
