//! `isnad extract`: the entities and relations of articles, in any of the formats, from inputs of any size.
//!
//! ```text
//! sources ─► pieces ─► run (every thread) ─┬─► standard output     problems ─► standard error or --errors
//!                                          └─► --out: archive      problems ─► beside the shard
//! ```

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use isnad::output::{json, table};
use isnad::{Date, Document, Extractor, Input};

use crate::archive::{Archive, Settings};
use crate::colour::Colour;
use crate::format::Format;
use crate::input::{MOST_BYTES, Problem, Raw};
use crate::knowledge::Knowledge;
use crate::pieces::Pieces;
use crate::progress::Progress;
use crate::run::{Made, run, threads};
use crate::sources::{Form, Source, sources};
use crate::{Outcome, complain};

/// Find who met whom and who said what
///
/// A FILE whose name ends in .jsonl (or .ndjson) holds one article a line, {"id", "text", "published"?}; any other file
/// is one article. Files may be packed (.gz, .zst). A folder stands for all such files below it, a pattern in quotes
/// ("news/*.jsonl") for the files it names. Output stands in the order of the input, whatever the number of threads.
#[derive(Args)]
pub(crate) struct Extract {
    /// How to write what is found
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The day of publication of articles that do not come with one: 2015-11-21, 2015-11 or 2015
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// Write the text into each line of JSON as well, so that the line can be read without the article
    #[arg(long)]
    with_text: bool,
    /// How the documents lie in the inputs
    #[arg(long, value_enum, default_value_t = Form::Auto)]
    input: Form,
    /// Threads to work with; as many as there are cores, if not told. With 1, each article is answered before the next
    /// one is read
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Pass over documents of more bytes than this (K, M or G behind the number)
    #[arg(long, value_name = "SIZE", value_parser = size, default_value_t = MOST_BYTES as u64)]
    max_bytes: u64,
    /// Write what cannot be read to FILE, one line of JSON each, in place of standard error
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    errors: Option<PathBuf>,
    /// Write into a folder, in shards, with a manifest
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Go on with the run in the folder of --out
    #[arg(long, requires = "out")]
    resume: bool,
    /// Begin a new shard when one has this many bytes
    #[arg(long, value_name = "SIZE", value_parser = size, default_value_t = 64 << 20)]
    shard_bytes: u64,
    /// No progress bar, and no figures at the end unless --timing asks for them
    #[arg(long)]
    quiet: bool,
    /// Tell documents and megabytes a second when done, also where there is no progress bar
    #[arg(long)]
    timing: bool,
    /// Whether tables are coloured; auto asks the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// Under each relation of a table the rule that found it and the words it rests on
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    knowledge: Knowledge,
    /// What to read; none, or -, is standard input
    #[arg(value_name = "FILE")]
    files: Vec<OsString>,
}

/// What ends a run before its inputs do.
pub(crate) enum Failure {
    Output(io::Error),
    Told(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Output(error) => write!(f, "standard output: {error}"),
            Failure::Told(what) => f.write_str(what),
        }
    }
}

/// `4096`, `512K`, `64M`, `2G`.
fn size(text: &str) -> Result<u64, String> {
    let (digits, shift) = match text.as_bytes().last() {
        Some(b'k' | b'K') => (&text[..text.len() - 1], 10),
        Some(b'm' | b'M') => (&text[..text.len() - 1], 20),
        Some(b'g' | b'G') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let number = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift)).filter(|n| *n > 0);
    number.ok_or_else(|| "write a size as 4096, 512K, 64M or 2G".to_owned())
}

impl Extract {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let head = self.format.head();
        if self.out.is_none() && head.is_none() {
            let what = format!("--format {} makes several files: say where with --out DIR", self.format.as_str());
            return Err(Failure::Told(what));
        }
        let isnad = self.knowledge.extractor().map_err(Failure::Told)?;
        let mut problems = Problems::to(self.errors.as_deref())?;
        let mut found = Vec::new();
        for source in sources(&self.files, self.input) {
            match source {
                Ok(source) => found.push(source),
                Err(problem) => problems.tell(&problem, None)?,
            }
        }
        let total = found.iter().map(Source::size).sum::<Option<u64>>();
        let names: Vec<String> = found.iter().map(|source| source.name.to_string()).collect();
        let mut pieces = Pieces::new(found, usize::try_from(self.max_bytes).unwrap_or(usize::MAX));
        let mut progress = Progress::new(self.quiet, self.out.is_none(), total, pieces.taken());
        let threads = threads(self.threads);
        let told = match &self.out {
            Some(folder) => {
                let settings = self.settings(&isnad);
                let mut archive =
                    Archive::open(folder, self.format.shape(), settings, names, self.resume).map_err(Failure::Told)?;
                if !archive.is_complete() {
                    archive.skip(&mut pieces).map_err(Failure::Told)?;
                    let at = |error: io::Error| Failure::Told(format!("{}: {error}", folder.display()));
                    for done in run(pieces, threads, self.work(isnad)) {
                        match done.what {
                            Made::Of(parts, bytes) => {
                                progress.document(bytes);
                                archive.document(done.cursor, &parts).map_err(at)?;
                            }
                            Made::Problem(problem) => archive.problem(done.cursor, &problem).map_err(at)?,
                            Made::End => archive.end_of_input(done.cursor),
                        }
                    }
                    archive.finish().map_err(at)?;
                }
                let (_, passed_over) = archive.counts();
                if passed_over > 0 {
                    let files = folder.join("part-*.errors.jsonl");
                    progress
                        .complain(&format_args!("{passed_over} documents could not be read: see {}", files.display()));
                }
                passed_over > 0
            }
            None => {
                let mut written = write(head.unwrap_or_default(), io::stdout().lock());
                for done in run(pieces, threads, self.work(isnad)) {
                    match done.what {
                        _ if written.is_err() => break,
                        Made::Of(parts, bytes) => {
                            progress.document(bytes);
                            written = write(&parts.concat(), io::stdout().lock());
                        }
                        Made::Problem(problem) => problems.tell(&problem, Some(&progress))?,
                        Made::End => {}
                    }
                }
                match written {
                    // Whoever reads us has seen enough (`isnad extract … | head`): that is no failure.
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
                    written => written.map_err(Failure::Output)?,
                }
                false
            }
        };
        progress.finish(self.timing, threads);
        let told = problems.finish()? || told;
        Ok(if told { Outcome::Parts } else { Outcome::Whole })
    }

    /// What is done with one article, on any thread: all that is written of it.
    fn work(&self, isnad: Extractor) -> impl Fn(&Raw) -> Result<(Vec<String>, u64), Problem> + Send + Sync + use<> {
        let (format, published, with_text) = (self.format, self.published, self.with_text);
        let layout = match self.out {
            // A file looks the same wherever it was made.
            Some(_) => table::Layout::new().width(PAGE),
            None => layout().colour(self.color.of_stdout()),
        };
        let layout = layout.explain(self.explain);
        move |raw| {
            let article = raw.article()?;
            let bytes = article.text.len() as u64;
            let mut input = Input::new(article.text).published(article.published.or(published));
            if let Some(id) = article.id {
                input = input.id(id);
            }
            let document = isnad.extract(input);
            Ok((format.render(&document, with_text, |document| tables(document, layout)), bytes))
        }
    }

    /// All that decides about the bytes we write, besides the inputs.
    fn settings(&self, isnad: &Extractor) -> Settings {
        Settings {
            isnad: env!("CARGO_PKG_VERSION").to_owned(),
            knowledge: isnad.digest(),
            schema: json::SCHEMA,
            format: self.format.as_str().to_owned(),
            input: self.input.as_str().to_owned(),
            published: self.published.map(|day| day.to_string()),
            with_text: self.with_text,
            explain: self.explain,
            max_bytes: self.max_bytes,
            shard_bytes: self.shard_bytes,
        }
    }
}

/// Where it is told that something could not be read.
struct Problems {
    file: Option<(PathBuf, BufWriter<File>)>,
    told: u64,
}

impl Problems {
    fn to(path: Option<&std::path::Path>) -> Result<Self, Failure> {
        let create = |path: &std::path::Path| match File::create(path) {
            Ok(file) => Ok((path.to_owned(), BufWriter::new(file))),
            Err(error) => Err(Failure::Told(format!("{}: {error}", path.display()))),
        };
        Ok(Problems { file: path.map(create).transpose()?, told: 0 })
    }

    fn tell(&mut self, problem: &Problem, progress: Option<&Progress>) -> Result<(), Failure> {
        self.told += 1;
        match (&mut self.file, progress) {
            (Some((path, file)), _) => file
                .write_all(problem.to_json().as_bytes())
                .map_err(|error| Failure::Told(format!("{}: {error}", path.display()))),
            (None, Some(progress)) => {
                progress.complain(problem);
                Ok(())
            }
            (None, None) => {
                complain(problem);
                Ok(())
            }
        }
    }

    /// Whether there was anything to tell.
    fn finish(self) -> Result<bool, Failure> {
        if let Some((path, mut file)) = self.file {
            file.flush().map_err(|error| Failure::Told(format!("{}: {error}", path.display())))?;
            if self.told > 0 {
                complain(&format_args!("{} could not be read: see {}", self.told, path.display()));
            }
        }
        Ok(self.told > 0)
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

/// The width of a table where there is no terminal, in columns.
const PAGE: u16 = 100;

/// As wide as the terminal; without one, as wide as a page, so that a file looks the same wherever it was made.
fn layout() -> table::Layout {
    let width = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    table::Layout::new().width(width.map_or(PAGE, |(terminal_size::Width(columns), _)| columns))
}

/// In one call, and at once: a reader sees whole articles, as they are found.
fn write(text: &str, mut to: impl Write) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
}
