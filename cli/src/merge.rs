//! `isnad merge`: what many articles tell of, each event once.
//!
//! ```text
//! articles ─► extract ──────────────────┐
//! lines that isnad wrote, with `text` ──┴─► Merger ─► events, for people, as JSON Lines, or counts of codes
//! ```

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use isnad::merge::{Event, Merger, codes};
use isnad::output::{events, json};
use isnad::{Date, Document, Extractor, Input};

use crate::input::{MOST_BYTES, Problem, Raw, Reason};
use crate::knowledge::Knowledge;
use crate::pieces::Pieces;
use crate::progress::Progress;
use crate::run::{Made, run, threads};
use crate::sources::{Form, Source, sources};
use crate::{Outcome, complain, print};

/// Make one event of what several articles tell
///
/// FILE is read as by `isnad extract`, or holds lines that `isnad extract --format jsonl --with-text` wrote. Meetings,
/// visits and statements are events; what was merged, and why, stands under each.
#[derive(Args)]
pub(crate) struct Merge {
    /// How to write the events
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only events that at least N different articles tell of
    #[arg(long, value_name = "N", default_value_t = 1)]
    told_by: usize,
    /// Count the event codes, once for each event, in place of writing the events
    #[arg(long)]
    codes: bool,
    /// The day of publication of articles that do not come with one: 2015-11-21, 2015-11 or 2015
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// Threads to work with; as many as there are cores, if not told
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    knowledge: Knowledge,
    /// What to read; none, or -, is standard input
    #[arg(value_name = "FILE")]
    files: Vec<OsString>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One line of JSON for each event
    Jsonl,
}

impl Merge {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let isnad = self.knowledge.extractor()?;
        let (mut found, mut outcome) = (Vec::new(), Outcome::Whole);
        for source in sources(&self.files, Form::Auto) {
            match source {
                Ok(source) => found.push(source),
                Err(problem) => {
                    complain(&problem);
                    outcome = Outcome::Parts;
                }
            }
        }
        let total = found.iter().map(Source::size).sum::<Option<u64>>();
        let pieces = Pieces::new(found, MOST_BYTES);
        let mut progress = Progress::new(self.quiet, false, total, pieces.taken());
        let (threads, published) = (threads(self.threads), self.published);
        let mut merger = Merger::new();
        for done in run(pieces, threads, move |raw| document(&isnad, raw, published)) {
            match done.what {
                Made::Of(document, bytes) => {
                    progress.document(bytes);
                    merger.add(&document);
                }
                Made::Problem(problem) => {
                    progress.complain(&problem);
                    outcome = Outcome::Parts;
                }
                Made::End => {}
            }
        }
        progress.finish(false, threads);
        let events = merger.finish();
        if self.codes {
            print(&counts(&events))?;
            return Ok(outcome);
        }
        for event in events.iter().filter(|event| articles(event) >= self.told_by) {
            print(&match self.format {
                Format::Text => events::to_text(event) + "\n",
                Format::Jsonl => events::to_line(event) + "\n",
            })?;
        }
        Ok(outcome)
    }
}

/// A document, extracted here or read back from a line that isnad wrote.
fn document(isnad: &Extractor, raw: &Raw, published: Option<Date>) -> Result<(Document<'static>, u64), Problem> {
    if raw.json && raw.bytes.starts_with(b"{\"schema\":") {
        let document = json::from_line_with_text(raw.text()?).map_err(|error| {
            let what = format!("{error} (isnad extract --format jsonl --with-text writes lines that can be merged)");
            Problem::at(&raw.file, (raw.line, raw.start), Reason::Json, what)
        })?;
        let bytes = document.text().len() as u64;
        return Ok((document, bytes));
    }
    let article = raw.article()?;
    let bytes = article.text.len() as u64;
    let mut input = Input::new(article.text).published(article.published.or(published));
    if let Some(id) = article.id {
        input = input.id(id);
    }
    Ok((isnad.extract(input).into_owned(), bytes))
}

/// How many different documents tell of an event.
fn articles(event: &Event) -> usize {
    let mut documents: Vec<&str> = event.tellings().iter().map(|telling| telling.document()).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.len()
}

/// `scheme code events`, a table parted by tabs.
fn counts(events: &[Event]) -> String {
    let mut out = String::from("scheme\tcode\tevents\n");
    for ((scheme, code), n) in codes(events) {
        writeln!(out, "{scheme}\t{code}\t{n}").expect("writing to a string cannot fail");
    }
    out
}
