//! `isnad report`: one page to read and look at.
//!
//! ```text
//! articles ─► extract ───────────────────────────┐
//! lines that isnad wrote, with `text` ───────────┼─► output::report ─► --out report.html
//! lines that isnad wrote + --text articles ──────┘
//! ```

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use isnad::output::json;
use isnad::output::report;
use isnad::{Date, Extractor, Input};
use serde::Deserialize;

use crate::knowledge::Knowledge;
use crate::{Outcome, complain, input, print};

/// Make one page that shows what was found, to open in any browser
///
/// FILE is read as by `isnad extract`, or holds the JSON lines that it wrote. Such lines need their text: either they
/// hold it, or --text names the articles that they were made from.
#[derive(Args)]
pub(crate) struct Report {
    /// Where to write the page; - is standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What stands at the head of the page
    #[arg(long)]
    title: Option<String>,
    /// The language in which the page itself speaks; without it, that of the first article
    #[arg(long, value_enum)]
    language: Option<Language>,
    /// The articles behind JSON lines that hold no text, found by their id
    #[arg(long, value_name = "FILE")]
    text: Vec<OsString>,
    /// The day of publication of articles that do not come with one: 2015-11-21, 2015-11 or 2015
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    #[command(flatten)]
    knowledge: Knowledge,
    /// What to show; none, or -, is standard input
    #[arg(value_name = "FILE")]
    files: Vec<OsString>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    En,
    Ar,
}

/// The page in the making, and what is needed on the way to it.
struct Maker {
    page: report::Report,
    knowledge: Knowledge,
    published: Option<Date>,
    /// Built when the first article has to be read: lines that isnad wrote need none.
    isnad: Option<Extractor>,
    texts: HashMap<String, String>,
    outcome: Outcome,
}

impl Report {
    pub(crate) fn run(self) -> Result<Outcome, String> {
        let mut page = report::Report::new();
        if let Some(title) = &self.title {
            page = page.title(title);
        }
        if let Some(language) = self.language {
            page = page.language(match language {
                Language::En => "en",
                Language::Ar => "ar",
            });
        }
        let mut maker = Maker {
            page,
            knowledge: self.knowledge,
            published: self.published,
            isnad: None,
            texts: HashMap::new(),
            outcome: Outcome::Whole,
        };
        for file in &self.text {
            maker.text(file);
        }
        let stdin = [OsString::from("-")];
        for file in if self.files.is_empty() { &stdin[..] } else { &self.files[..] } {
            if is_ours(Path::new(file)) { maker.lines(file) } else { maker.articles(file)? }
        }
        if maker.page.is_empty() {
            return Err("no article could be read, so there is no page".to_owned());
        }
        let html = maker.page.finish();
        if self.out.as_os_str() == "-" {
            print(&html)?;
        } else {
            fs::write(&self.out, html).map_err(|error| format!("{}: {error}", self.out.display()))?;
        }
        Ok(maker.outcome)
    }
}

impl Maker {
    fn problem(&mut self, problem: &dyn std::fmt::Display) {
        complain(problem);
        self.outcome = Outcome::Parts;
    }

    /// Remembers the articles of `file` by their ids.
    fn text(&mut self, file: &OsString) {
        let _ = input::read(file, &mut |article| {
            match article {
                Ok(article) => {
                    if let Some(id) = article.id {
                        self.texts.insert(id.into_owned(), article.text.into_owned());
                    }
                }
                Err(problem) => self.problem(&problem),
            }
            ControlFlow::Continue(())
        });
    }

    /// Reads the articles of `file`.
    fn articles(&mut self, file: &OsString) -> Result<(), String> {
        if self.isnad.is_none() {
            self.isnad = Some(self.knowledge.extractor()?);
        }
        let _ = input::read(file, &mut |article| {
            match (article, &self.isnad) {
                (Ok(article), Some(isnad)) => {
                    let mut input = Input::new(&*article.text).published(article.published.or(self.published));
                    if let Some(id) = &article.id {
                        input = input.id(&**id);
                    }
                    self.page.add(&isnad.extract(input));
                }
                (Err(problem), _) => self.problem(&problem),
                (Ok(_), None) => {}
            }
            ControlFlow::Continue(())
        });
        Ok(())
    }

    /// Takes the lines of `file` as they are.
    fn lines(&mut self, file: &OsString) {
        let name = Path::new(file).display().to_string();
        let from = match File::open(file) {
            Ok(from) => BufReader::new(from),
            Err(error) => return self.problem(&format!("{name}: {error}")),
        };
        for (number, line) in (1..).zip(from.lines()) {
            match line {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => {
                    if let Err(why) = self.line(&line) {
                        self.problem(&format!("{name}, line {number}: {why}"));
                    }
                }
                Err(error) => return self.problem(&format!("{name}, line {number}: {error}")),
            }
        }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let head: Head = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if head.text.is_some() {
            self.page.add(&json::from_line_with_text(line).map_err(|error| error.to_string())?);
            return Ok(());
        }
        let Some(id) = head.id else {
            return Err("the line has neither `text` nor an `id` by which to find it".to_owned());
        };
        let text = self.texts.get(&id).ok_or_else(|| {
            format!("the line does not hold its text, and no article of --text has the id `{id}`: name its file, --text FILE")
        })?;
        self.page.add(&json::from_line(text, line).map_err(|error| error.to_string())?);
        Ok(())
    }
}

/// What tells a line that isnad wrote from an article.
#[derive(Deserialize)]
struct Head {
    schema: Option<u32>,
    mentions: Option<serde::de::IgnoredAny>,
    id: Option<String>,
    text: Option<serde::de::IgnoredAny>,
}

/// Whether `path` holds lines that isnad wrote: its first line tells.
fn is_ours(path: &Path) -> bool {
    if path.extension().is_none_or(|extension| extension != "jsonl") {
        return false;
    }
    let Ok(file) = File::open(path) else { return false };
    let first = BufReader::new(file).lines().map_while(Result::ok).find(|line| !line.trim().is_empty());
    first
        .and_then(|line| serde_json::from_str::<Head>(&line).ok())
        .is_some_and(|head| head.schema.is_some() && head.mentions.is_some())
}
