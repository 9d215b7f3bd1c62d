//! `isnad gazetteer`: for those who keep the lists of names.
//!
//! ```text
//! isnad gazetteer check own.tsv      what is wrong with it
//! isnad gazetteer stats --json       how much is known
//! isnad gazetteer find "John Kerry"  what matches, and why
//! isnad gazetteer unknown news/      whom no list holds
//! ```

mod check;
mod find;
mod stats;
mod unknown;

use clap::Subcommand;

use crate::Outcome;

#[derive(Subcommand)]
pub(crate) enum Gazetteer {
    Check(check::Check),
    Find(find::Find),
    Stats(stats::Stats),
    Unknown(unknown::Unknown),
}

impl Gazetteer {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        match self {
            Gazetteer::Check(check) => check.run(),
            Gazetteer::Find(find) => find.run(),
            Gazetteer::Stats(stats) => stats.run(),
            Gazetteer::Unknown(unknown) => unknown.run(),
        }
    }
}
