//! What is a document as it lies in an input, and what is wrong with one that is none?
//!
//! ```text
//! bna.txt        ─► Raw (all of it)  ─► Article { id: "bna.txt", text: all of it }
//! archive.jsonl  ─► Raw (one line)   ─► Article { id: "a1", … }  or  Problem { line 2, byte 61 … }
//! ```
//!
//! Cutting an input into [`Raw`] documents is [`pieces`](crate::pieces)' business and cheap; making articles of them is
//! done here, on whatever thread then reads the article.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use isnad::Date;
use serde::{Deserialize, Serialize};

use crate::pieces::{Piece, Pieces, What};
use crate::sources::{Form, sources};
use crate::{Outcome, complain};

/// A document to be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Article<'a> {
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) text: Cow<'a, str>,
    pub(crate) published: Option<Date>,
}

/// The bytes of a document, as they lie in their input.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) file: Arc<str>,
    /// The id of a document that is the whole of its input; `None` of a line, which brings its own.
    pub(crate) id: Option<Arc<str>>,
    /// Whether the bytes are a line of JSON.
    pub(crate) json: bool,
    /// The line of the first byte, counted from 1, and the place of that byte in the plain input, counted from 0.
    pub(crate) line: u64,
    pub(crate) start: u64,
    pub(crate) bytes: Vec<u8>,
}

/// Why an input, or a document of one, was passed over.
#[derive(Debug)]
pub(crate) struct Problem {
    file: Arc<str>,
    /// Line, counted from 1, and byte of the file, counted from 0.
    place: Option<(u64, u64)>,
    reason: Reason,
    what: String,
}

/// What sort of problem it is, for programs that read the error file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reason {
    /// The input cannot be opened or read on.
    Input,
    /// The bytes are no UTF-8.
    Utf8,
    /// The line is no document in JSON.
    Json,
    /// The document is longer than `--max-bytes`.
    TooLarge,
    /// A mistake of ours.
    Internal,
}

impl Problem {
    pub(crate) fn of_file(file: &str, what: impl fmt::Display) -> Self {
        Problem { file: file.into(), place: None, reason: Reason::Input, what: what.to_string() }
    }

    pub(crate) fn at(file: &Arc<str>, place: (u64, u64), reason: Reason, what: impl fmt::Display) -> Self {
        Problem { file: Arc::clone(file), place: Some(place), reason, what: what.to_string() }
    }

    /// The problem as one line of JSON, its line break with it.
    pub(crate) fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Line<'p> {
            file: &'p str,
            line: Option<u64>,
            byte: Option<u64>,
            reason: Reason,
            what: &'p str,
        }
        let (line, byte) = self.place.unzip();
        let line = Line { file: &self.file, line, byte, reason: self.reason, what: &self.what };
        serde_json::to_string(&line).expect("strings and numbers") + "\n"
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, byte)) => write!(f, "{}, line {line}, byte {byte}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// What is made of the articles and problems of an input; `Break` ends the reading.
pub(crate) type Visit<'v> = dyn FnMut(Result<Article<'_>, Problem>) -> ControlFlow<()> + 'v;

/// All of standard input, as one text.
pub(crate) fn stdin_text() -> Result<String, String> {
    let mut text = Err("standard input: nothing to read".to_owned());
    let _ = read(OsStr::new("-"), &mut |article| {
        text = article.map(|article| article.text.into_owned()).map_err(|problem| problem.to_string());
        ControlFlow::Break(())
    });
    text
}

/// The inputs of a command line; without any, standard input.
pub(crate) fn or_stdin(files: &[OsString]) -> impl Iterator<Item = &OsStr> {
    let stdin = files.is_empty().then_some(OsStr::new("-"));
    files.iter().map(OsString::as_os_str).chain(stdin)
}

/// Hands every article that `path` names (a file, a folder, a pattern, `-`) to `visit`, in order, one at a time.
pub(crate) fn read(path: &OsStr, visit: &mut Visit<'_>) -> ControlFlow<()> {
    read_raw(path, &mut |raw| match raw {
        Ok(raw) => visit(raw.article()),
        Err(problem) => visit(Err(problem)),
    })
}

/// Hands every article of a command line's inputs to `work`; problems are told, and the rest goes on.
pub(crate) fn each(files: &[OsString], mut work: impl FnMut(&Article<'_>)) -> Outcome {
    let mut outcome = Outcome::Whole;
    for file in or_stdin(files) {
        let _ = read(file, &mut |article| {
            match article {
                Ok(article) => work(&article),
                Err(problem) => {
                    complain(&problem);
                    outcome = Outcome::Parts;
                }
            }
            ControlFlow::Continue(())
        });
    }
    outcome
}

/// As [`read`], before anyone has looked into the documents.
pub(crate) fn read_raw(
    path: &OsStr,
    visit: &mut dyn FnMut(Result<&Raw, Problem>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut found = Vec::new();
    for source in sources(&[OsString::from(path)], Form::Auto) {
        match source {
            Ok(source) => found.push(source),
            Err(problem) => visit(Err(problem))?,
        }
    }
    for Piece { what, .. } in Pieces::new(found, MOST_BYTES) {
        match what {
            What::Document(raw) => visit(Ok(&raw))?,
            What::Problem(problem) => visit(Err(problem))?,
            What::End => {}
        }
    }
    ControlFlow::Continue(())
}

/// The longest document that is read where the user does not say otherwise.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// A line as it stands in a file: keys that we do not know are left out of account, null is absent.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    id: Option<Id<'l>>,
    #[serde(borrow)]
    text: Option<Cow<'l, str>>,
    #[serde(borrow)]
    published: Option<Cow<'l, str>>,
}

/// Archives number their articles as often as they name them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`id` is neither a string nor a whole number")]
enum Id<'l> {
    Name(#[serde(borrow)] Cow<'l, str>),
    Number(i64),
}

impl Raw {
    /// The article in these bytes.
    pub(crate) fn article(&self) -> Result<Article<'_>, Problem> {
        let text = self.text()?;
        if self.json {
            return self.of_line(text);
        }
        Ok(Article { id: self.id.as_deref().map(Cow::Borrowed), text: text.into(), published: None })
    }

    /// The bytes as text, or the place of the first one that is not.
    pub(crate) fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(&self.bytes).map_err(|error| {
            let (before, rest) = self.bytes.split_at(error.valid_up_to());
            let line = self.line + before.iter().filter(|byte| **byte == b'\n').count() as u64;
            let byte = rest.first().copied().unwrap_or_default();
            let place = (line, self.start + before.len() as u64);
            Problem::at(&self.file, place, Reason::Utf8, format_args!("not UTF-8 (the byte is {byte:#04x})"))
        })
    }

    fn of_line<'l>(&self, line: &'l str) -> Result<Article<'l>, Problem> {
        let problem =
            |byte, what: &dyn fmt::Display| Problem::at(&self.file, (self.line, self.start + byte), Reason::Json, what);
        // Asked for by hand, since serde would take a list for a struct, its items in order.
        if !line.trim_start().starts_with('{') {
            return Err(problem(0, &"the line is no JSON object"));
        }
        let line: Line<'_> = serde_json::from_str(line).map_err(|error| {
            let byte = error.column().saturating_sub(1) as u64;
            // serde_json knows one line, and calls it the first; we have told the place already.
            let what = error.to_string();
            problem(byte, &what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what))
        })?;
        let text = line.text.ok_or_else(|| problem(0, &"the line has no `text`"))?;
        let published = line.published.map(|day| day.parse::<Date>()).transpose();
        let published = published.map_err(|error| problem(0, &format_args!("`published`: {error}")))?;
        let id = line.id.map(|id| match id {
            Id::Name(name) => name,
            Id::Number(number) => number.to_string().into(),
        });
        Ok(Article { id, text, published })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_bad_byte_in_a_text() {
        let bytes = b"one\ntwo \xe2\x80".to_vec();
        let raw = Raw { file: "a.txt".into(), id: None, json: false, line: 1, start: 0, bytes };
        let problem = raw.article().unwrap_err();
        assert_eq!(problem.to_string(), "a.txt, line 2, byte 8: not UTF-8 (the byte is 0xe2)");
        let json = "{\"file\":\"a.txt\",\"line\":2,\"byte\":8,\"reason\":\"utf8\",\"what\":\"not UTF-8 (the byte is 0xe2)\"}\n";
        assert_eq!(problem.to_json(), json);
    }
}
