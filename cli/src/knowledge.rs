//! With which names and rules does a subcommand read?
//!
//! ```text
//! --gazetteer own.tsv --rules own.toml  ─►  the bundled knowledge and these files
//! --no-bundled                          ─►  these files alone
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use isnad::ExtractorBuilder;

/// The names and rules to read with.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Knowledge {
    /// A table of names of your own, beside the bundled ones
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// A rule file of your own, beside the bundled ones
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
    /// Leave the bundled names and rules out
    #[arg(long)]
    no_bundled: bool,
}

impl Knowledge {
    /// A builder with all of it.
    pub(crate) fn builder(&self) -> Result<ExtractorBuilder, String> {
        let mut builder = isnad::Extractor::builder();
        if self.no_bundled {
            builder = builder.without_bundled();
        }
        for path in &self.gazetteer {
            builder = builder.gazetteer(name(path), text(path)?);
        }
        for path in &self.rules {
            builder = builder.rules(name(path), text(path)?);
        }
        Ok(builder)
    }

    /// The extractor.
    pub(crate) fn extractor(&self) -> Result<isnad::Extractor, String> {
        self.builder()?.build().map_err(|error| format!("{error:#}"))
    }

    /// The tables of one's own, as `(name, text)`.
    pub(crate) fn tables(&self) -> Result<Vec<(String, String)>, String> {
        self.gazetteer.iter().map(|path| Ok((name(path), text(path)?))).collect()
    }
}

/// What messages call a file.
pub(crate) fn name(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// The text of a file; the error names it.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", name(path)))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        format!("{}, line {line}: not UTF-8 (byte {at})", name(path))
    })
}

/// The files that a command line names: a folder stands for every file in it that ends in `.ending`, in order.
pub(crate) fn files(paths: &[PathBuf], ending: &str) -> Result<Vec<PathBuf>, String> {
    let mut all = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = all.len();
            gather(path, ending, &mut all)?;
            if all.len() == before {
                return Err(format!("{}: no file in this folder ends in .{ending}", name(path)));
            }
            all[before..].sort();
        } else {
            all.push(path.clone());
        }
    }
    Ok(all)
}

fn gather(folder: &Path, ending: &str, all: &mut Vec<PathBuf>) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", name(folder));
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.is_dir() {
            gather(&path, ending, all)?;
        } else if path.extension().is_some_and(|e| e == ending) {
            all.push(path);
        }
    }
    Ok(())
}
