//! `isnad extract`: the entities and relations of articles, as tables or JSON Lines.
//!
//! ```text
//! input::read ─► Article ─► rendered (one document, one string) ─► standard output
//!            └─► Problem ─► standard error, exit status 1
//! ```

use std::ffi::OsString;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

use clap::{Args, ValueEnum};
use isnad::output::{json, table};
use isnad::{Date, Document, Extractor, Input};

use crate::colour::Colour;
use crate::input::{self, Article};
use crate::{Outcome, complain};

/// Find who met whom and who said what
///
/// A FILE that ends in .jsonl holds one article a line, {"id", "text", "published"?}; any other file is one article.
#[derive(Args)]
pub(crate) struct Extract {
    /// How to write what is found
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The day of publication of articles that do not come with one: 2015-11-21, 2015-11 or 2015
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// Whether tables are coloured; auto asks the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// Under each relation of a table the rule that found it and the words it rests on
    #[arg(long)]
    explain: bool,
    /// What to read; none, or -, is standard input
    #[arg(value_name = "FILE")]
    files: Vec<OsString>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Tables for people
    Table,
    /// One line of JSON for each article
    Jsonl,
}

/// What ends a run before its inputs do.
pub(crate) enum Failure {
    Knowledge(isnad::Error),
    Output(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Knowledge(error) => fmt::Display::fmt(error, f),
            Failure::Output(error) => write!(f, "standard output: {error}"),
        }
    }
}

impl Extract {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let isnad = Extractor::new().map_err(Failure::Knowledge)?;
        let stdin = [OsString::from("-")];
        let files = if self.files.is_empty() { &stdin[..] } else { &self.files[..] };
        let layout = layout().colour(self.color.of_stdout()).explain(self.explain);
        let (mut outcome, mut written) = (Outcome::Whole, Ok(()));
        for file in files {
            let end = input::read(file, &mut |article| match article {
                Ok(article) => {
                    let text = self.rendered(&isnad, layout, &article);
                    written = write(&text, io::stdout().lock());
                    if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                }
                Err(problem) => {
                    complain(&problem);
                    outcome = Outcome::Parts;
                    ControlFlow::Continue(())
                }
            });
            if end.is_break() {
                break;
            }
        }
        match written {
            // Whoever reads us has seen enough (`isnad extract … | head`): that is no failure.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(outcome),
            Err(error) => Err(Failure::Output(error)),
            Ok(()) => Ok(outcome),
        }
    }

    /// All that is written of one article. Nothing else is shared between articles but the extractor.
    fn rendered(&self, isnad: &Extractor, layout: table::Layout, article: &Article<'_>) -> String {
        let mut input = Input::new(&*article.text).published(article.published.or(self.published));
        if let Some(id) = &article.id {
            input = input.id(&**id);
        }
        let document = isnad.extract(input);
        match self.format {
            Format::Jsonl => json::to_line(&document) + "\n",
            Format::Table => tables(&document, layout),
        }
    }
}

/// A heading, the entities, the relations, an empty line.
fn tables(document: &Document<'_>, layout: table::Layout) -> String {
    let day = document.published().map(|day| format!(", published {day}")).unwrap_or_default();
    let mut out = match document.id() {
        Some(id) => format!("{id} ({}{day})\n", document.language()),
        None => format!("({}{day})\n", document.language()),
    };
    for warning in document.warnings() {
        out += &format!("warning: {warning}\n");
    }
    out + &layout.entities(document) + &layout.relations(document) + "\n"
}

/// As wide as the terminal; without one, as wide as a page, so that a file looks the same wherever it was made.
fn layout() -> table::Layout {
    let width = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    table::Layout::new().width(width.map_or(100, |(terminal_size::Width(columns), _)| columns))
}

/// In one call, and at once: a reader sees whole articles, as they are found.
fn write(text: &str, mut to: impl Write) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
}
