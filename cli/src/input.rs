//! Which documents does a command line name?
//!
//! ```text
//! bna.txt        ─► Article { id: "bna.txt", text: all of it }
//! archive.jsonl  ─► Article { id: "a1", … }, Problem { line 2, byte 61 … }, Article { id: "a3", … }
//! - or nothing   ─► Article { id: none, text: standard input }
//! ```

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use isnad::Date;
use serde::Deserialize;

/// A document to be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Article<'a> {
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) text: Cow<'a, str>,
    pub(crate) published: Option<Date>,
}

/// Why an input, or a line of one, was passed over.
#[derive(Debug)]
pub(crate) struct Problem {
    file: String,
    /// Line, counted from 1, and byte of the file, counted from 0.
    place: Option<(u64, u64)>,
    what: String,
}

impl Problem {
    fn of_file(file: &str, what: impl fmt::Display) -> Self {
        Problem { file: file.to_owned(), place: None, what: what.to_string() }
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

/// Hands every article of `path` to `visit`, in order, one at a time.
pub(crate) fn read(path: &OsStr, visit: &mut Visit<'_>) -> ControlFlow<()> {
    if path == "-" {
        return whole("standard input", None, io::stdin().lock(), visit);
    }
    let name = path.to_string_lossy();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return visit(Err(Problem::of_file(&name, error))),
    };
    match Path::new(path).file_name() {
        _ if name.ends_with(".jsonl") => lines(&name, BufReader::new(file), visit),
        base => whole(&name, base.map(OsStr::to_string_lossy), file, visit),
    }
}

/// One document: all that `from` holds.
fn whole(name: &str, id: Option<Cow<'_, str>>, mut from: impl Read, visit: &mut Visit<'_>) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    visit(match from.read_to_end(&mut bytes) {
        Err(error) => Err(Problem::of_file(name, error)),
        Ok(_) => match utf8(name, &bytes, 1, 0) {
            Ok(text) => Ok(Article { id, text: text.into(), published: None }),
            Err(problem) => Err(problem),
        },
    })
}

/// One document a line. The file is never held whole.
fn lines(name: &str, mut from: impl BufRead, visit: &mut Visit<'_>) -> ControlFlow<()> {
    let (mut bytes, mut start) = (Vec::new(), 0);
    for number in 1.. {
        bytes.clear();
        let length = match from.read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(length) => length as u64,
            // What comes after a failed read cannot be reached: the rest of this input is lost, the others are not.
            Err(error) => return visit(Err(Problem::of_file(name, error))),
        };
        // A byte order mark is no part of the first line's JSON.
        let mark = if number == 1 && bytes.starts_with("\u{FEFF}".as_bytes()) { 3 } else { 0 };
        let line = bytes[mark..].strip_suffix(b"\n").unwrap_or(&bytes[mark..]);
        if !line.trim_ascii().is_empty() {
            let start = start + mark as u64;
            visit(utf8(name, line, number, start).and_then(|line| article(name, line, number, start)))?;
        }
        start += length;
    }
    ControlFlow::Continue(())
}

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

fn article<'l>(name: &str, line: &'l str, number: u64, start: u64) -> Result<Article<'l>, Problem> {
    let problem = |byte, what| Problem { file: name.to_owned(), place: Some((number, start + byte)), what };
    // Asked for by hand, since serde would take a list for a struct, its items in order.
    if !line.trim_start().starts_with('{') {
        return Err(problem(0, "the line is no JSON object".to_owned()));
    }
    let line: Line<'_> = serde_json::from_str(line).map_err(|error| {
        let byte = error.column().saturating_sub(1) as u64;
        // serde_json knows one line, and calls it the first; we have told the place already.
        let what = error.to_string();
        problem(byte, what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what).to_owned())
    })?;
    let text = line.text.ok_or_else(|| problem(0, "the line has no `text`".to_owned()))?;
    let published = line.published.map(|day| day.parse::<Date>()).transpose();
    let published = published.map_err(|error| problem(0, format!("`published`: {error}")))?;
    let id = line.id.map(|id| match id {
        Id::Name(name) => name,
        Id::Number(number) => number.to_string().into(),
    });
    Ok(Article { id, text, published })
}

/// The bytes as text, or the place of the first one that is not.
fn utf8<'b>(name: &str, bytes: &'b [u8], line: u64, start: u64) -> Result<&'b str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (before, rest) = bytes.split_at(error.valid_up_to());
        let line = line + before.iter().filter(|byte| **byte == b'\n').count() as u64;
        let byte = rest.first().copied().unwrap_or_default();
        let place = Some((line, start + before.len() as u64));
        Problem { file: name.to_owned(), place, what: format!("not UTF-8 (the byte is {byte:#04x})") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Id, text and day; or the problem.
    type Seen = Result<(Option<String>, String, Option<String>), String>;

    fn all(bytes: &[u8]) -> Vec<Seen> {
        let mut seen = Vec::new();
        let end = lines("a.jsonl", bytes, &mut |one| {
            seen.push(match one {
                Ok(a) => Ok((a.id.map(Cow::into_owned), a.text.into_owned(), a.published.map(|d| d.to_string()))),
                Err(problem) => Err(problem.to_string()),
            });
            ControlFlow::Continue(())
        });
        assert!(end.is_continue());
        seen
    }

    #[test]
    fn keys_that_are_absent_null_or_unknown() {
        let some = |id: Option<&str>, text: &str, day: Option<&str>| {
            Ok((id.map(str::to_owned), text.to_owned(), day.map(str::to_owned)))
        };
        assert_eq!(
            all("\u{FEFF}{\"text\":\"one\",\"title\":{\"x\":[1]}}\r\n\n  \n{\"id\":7,\"text\":\"t\\u0077o\",\"published\":null}\n\
                 {\"id\":null,\"text\":\"ثلاثة\",\"published\":\"2015-11-21T08:00:00Z\"}"
                .as_bytes()),
            [some(None, "one", None), some(Some("7"), "two", None), some(None, "ثلاثة", Some("2015-11-21"))]
        );
    }

    #[test]
    fn broken_lines_are_told_with_their_place_and_the_others_go_on() {
        let told = all(b"{\"text\":\"a\"}\n{\"text\":\"\xff\"}\n{\"text\":\"b\"\n{\"text\":null}\n{\"text\":\"c\",\"published\":\"soon\"}\n{\"id\":[],\"text\":\"d\"}\n[]");
        let told: Vec<&str> =
            told.iter().map(|one| one.as_ref().map_or_else(|e| e.as_str(), |a| a.1.as_str())).collect();
        assert_eq!(
            told,
            [
                "a",
                "a.jsonl, line 2, byte 22: not UTF-8 (the byte is 0xff)",
                "a.jsonl, line 3, byte 36: EOF while parsing an object",
                "a.jsonl, line 4, byte 38: the line has no `text`",
                "a.jsonl, line 5, byte 52: `published`: `soon` is no date; write it as 2015-11-21, 2015-11 or 2015",
                "a.jsonl, line 6, byte 91: `id` is neither a string nor a whole number",
                "a.jsonl, line 7, byte 105: the line is no JSON object",
            ]
        );
    }

    #[test]
    fn the_line_of_a_bad_byte_in_a_text() {
        let problem = utf8("a.txt", b"one\ntwo \xe2\x80", 1, 0).unwrap_err();
        assert_eq!(problem.to_string(), "a.txt, line 2, byte 8: not UTF-8 (the byte is 0xe2)");
    }
}
