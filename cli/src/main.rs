//! `isnad`: who met whom and who said what, from the command line.
//!
//! ```text
//! isnad extract --format jsonl article.txt archive.jsonl > found.jsonl
//!       ───┬─── one file of this folder for each subcommand
//! ```
//!
//! Exit status: 0 all read, 1 something could not be read or written (the rest was), 2 the command line is wrong.

#![forbid(unsafe_code)]

mod archive;
mod check;
mod colour;
mod coverage;
mod eval;
mod explain;
mod extract;
mod format;
mod gazetteer;
mod input;
mod knowledge;
mod merge;
mod pieces;
mod problems;
mod progress;
mod report;
mod run;
mod sources;
mod unpack;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Who met whom and who said what, from English and Arabic news.
#[derive(Parser)]
#[command(name = "isnad", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::Extract),
    Merge(merge::Merge),
    Check(check::Check),
    Explain(explain::Explain),
    Coverage(coverage::Coverage),
    Eval(eval::Eval),
    /// Look after the lists of names: check, stats, find, unknown
    #[command(subcommand)]
    Gazetteer(gazetteer::Gazetteer),
    Report(report::Report),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Extract(extract) => extract.run().map_err(|failure| format!("{failure:#}")),
        Command::Merge(merge) => merge.run(),
        Command::Check(check) => check.run(),
        Command::Explain(explain) => explain.run(),
        Command::Coverage(coverage) => coverage.run(),
        Command::Eval(eval) => eval.run(),
        Command::Gazetteer(gazetteer) => gazetteer.run(),
        Command::Report(report) => report.run(),
    };
    match outcome {
        Ok(Outcome::Whole) => ExitCode::SUCCESS,
        Ok(Outcome::Parts) => ExitCode::FAILURE,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// How a subcommand that did not have to stop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was read.
    Whole,
    /// Some inputs or lines were not; each has been told on standard error.
    Parts,
}

/// Writes to standard output. A reader who has seen enough (`isnad … | head`) is no failure.
fn print(text: &str) -> Result<Outcome, String> {
    use std::io::{ErrorKind, Write as _};
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(Outcome::Whole),
    }
}

/// One line (or excerpt) on standard error. That standard error itself is closed is no reason to stop.
fn complain(problem: &dyn std::fmt::Display) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "isnad: {problem:#}");
}
