//! `isnad report`: one page to read and look at.
//!
//! ```text
//! articles ─► extract ───────────────────────────┐
//! lines that isnad wrote, with `text` ───────────┼─► output::report ─► --out report.html
//! lines that isnad wrote + --text articles ──────┘
//! ```

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use isnad::output::json;
use isnad::output::report;
use isnad::{Date, Extractor, Input};
use serde::Deserialize;

use crate::input::{self, Article, Raw};
use crate::knowledge::Knowledge;
use crate::{Outcome, complain, print};

/// Make one page that shows what was found, to open in any browser
///
/// FILE is read as by `isnad extract` (files, folders, archives), or holds the JSON lines that it wrote. Such lines need their text: either they
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
        for file in input::or_stdin(&self.files) {
            maker.file(file)?;
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
    fn text(&mut self, file: &OsStr) {
        let _ = input::read(file, &mut |article| {
            match article {
                Ok(Article { id: Some(id), text, .. }) => drop(self.texts.insert(id.into_owned(), text.into_owned())),
                Ok(_) => {}
                Err(problem) => self.problem(&problem),
            }
            ControlFlow::Continue(())
        });
    }

    /// Adds what `file` names: articles are read, lines that isnad wrote are taken as they are.
    fn file(&mut self, file: &OsStr) -> Result<(), String> {
        let mut end = Ok(());
        let _ = input::read_raw(file, &mut |raw| {
            end = match raw {
                Ok(raw) => self.document(raw),
                Err(problem) => {
                    self.problem(&problem);
                    Ok(())
                }
            };
            if end.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        end
    }

    /// One document. The error is of a kind that ends the run: the knowledge cannot be loaded.
    fn document(&mut self, raw: &Raw) -> Result<(), String> {
        if raw.json
            && let Ok(line) = raw.text()
            && is_ours(line)
        {
            if let Err(why) = self.line(line) {
                self.problem(&format!("{}, line {}: {why}", raw.file, raw.line));
            }
            return Ok(());
        }
        match raw.article() {
            Ok(article) => self.article(&article)?,
            Err(problem) => self.problem(&problem),
        }
        Ok(())
    }

    fn article(&mut self, article: &Article<'_>) -> Result<(), String> {
        let isnad = match &self.isnad {
            Some(isnad) => isnad,
            None => self.isnad.insert(self.knowledge.extractor()?),
        };
        let mut input = Input::new(&*article.text).published(article.published.or(self.published));
        if let Some(id) = &article.id {
            input = input.id(&**id);
        }
        self.page.add(&isnad.extract(input));
        Ok(())
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

/// Whether isnad wrote `line`.
fn is_ours(line: &str) -> bool {
    serde_json::from_str::<Head>(line).is_ok_and(|head| head.schema.is_some() && head.mentions.is_some())
}
