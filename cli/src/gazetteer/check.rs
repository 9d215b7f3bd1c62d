//! `isnad gazetteer check`: what is wrong with tables of names?
//!
//! ```text
//! warning[G028]: `Dr` is a title and no part of the name
//!   --> own.tsv:2:1
//! ```

use std::path::PathBuf;

use clap::Args;
use isnad::curate;

use crate::Outcome;
use crate::problems::{Report, Told, number};

/// Tell all problems of all tables in one pass
///
/// Files that belong together are checked together; beside them the bundled names count as known. Exit status: 0 without
/// errors (warnings may be told), 1 with errors.
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    told: Told,
    /// Leave the bundled names and words out of account
    #[arg(long)]
    no_bundled: bool,
    /// Tables, or folders of them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Check {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let mut report = Report::new(self.told)?;
        let texts = report.texts(&self.files, "tsv")?;
        let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let isnad = match self.no_bundled {
            true => None,
            false => Some(isnad::Extractor::new().map_err(|error| format!("{error:#}"))?),
        };
        report.add(curate::check(&files, isnad.as_ref()));
        report.end(&number(files.len(), "table"))
    }
}
