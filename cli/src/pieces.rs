//! How are inputs cut into documents, in one pass and without holding more than one?
//!
//! ```text
//! a.jsonl   {"text":…}⏎  {"text":…}⏎ ─► Piece (document, cursor after it) · Piece · Piece (end of input)
//! ```
//!
//! A [`Cursor`] says how far the reading has come and what was read: whoever goes on from it later can tell whether
//! the inputs are still the same.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use isnad::digest::Digest;

use crate::input::{Problem, Raw, Reason};
use crate::sources::{Form, Source};
use crate::unpack;

/// How far the reading has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The input, by its place in the list.
    pub(crate) input: usize,
    /// Pieces handed out of it.
    pub(crate) piece: u64,
    /// Whole lines (or documents) read of it, and its plain bytes.
    pub(crate) line: u64,
    pub(crate) byte: u64,
    /// Of these bytes.
    pub(crate) digest: Digest,
}

/// One thing that stands in an input, and how far the reading has come with it.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) cursor: Cursor,
    pub(crate) what: What,
}

#[derive(Debug)]
pub(crate) enum What {
    Document(Raw),
    Problem(Problem),
    /// The input is at its end.
    End,
}

impl Piece {
    /// Bytes held by it.
    pub(crate) fn weight(&self) -> usize {
        match &self.what {
            What::Document(raw) => raw.bytes.len(),
            _ => 0,
        }
    }
}

/// The pieces of several inputs, one input after the other. Each is opened when its turn comes.
pub(crate) struct Pieces {
    sources: Vec<Source>,
    most: usize,
    cursor: Cursor,
    open: Option<Open>,
    /// Bytes taken from the disk, packed as they lie there: what a progress bar counts.
    taken: Arc<AtomicU64>,
}

struct Open {
    from: Box<dyn BufRead + Send>,
    lines: bool,
    /// Nothing more is read of it.
    over: bool,
}

/// Counts what goes through.
struct Counted<R>(R, Arc<AtomicU64>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(to)?;
        self.1.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// How a line or a document ended.
enum Cut {
    Nothing,
    Whole,
    TooLong,
}

impl Pieces {
    /// Documents of more than `most` bytes are passed over.
    pub(crate) fn new(sources: Vec<Source>, most: usize) -> Self {
        Pieces { sources, most, cursor: Cursor::default(), open: None, taken: Arc::default() }
    }

    /// The counter of bytes taken from the disk.
    pub(crate) fn taken(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.taken)
    }

    fn open(&mut self, source: &Source) -> io::Result<Open> {
        let taken = Arc::clone(&self.taken);
        let from: Box<dyn Read + Send> = match &source.path {
            Some(path) => Box::new(Counted(File::open(path)?, taken)),
            None => Box::new(Counted(io::stdin(), taken)),
        };
        let mut from = unpack::plain(BufReader::with_capacity(1 << 16, from))?;
        let lines = match source.form {
            Form::Jsonl => true,
            Form::Text => false,
            // Only standard input comes without a name. An article does not begin with a brace.
            Form::Auto => {
                let start = from.fill_buf()?;
                let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
                start.trim_ascii_start().first() == Some(&b'{')
            }
        };
        Ok(Open { from, lines, over: false })
    }

    /// The next piece of the open input; `None` where it is at its end.
    fn piece(&mut self, open: &mut Open, source: &Source) -> Option<What> {
        while !open.over {
            let (line, start) = (self.cursor.line + 1, self.cursor.byte);
            let mut bytes = Vec::new();
            let cut =
                if open.lines { self.line(&mut open.from, &mut bytes) } else { self.rest(&mut open.from, &mut bytes) };
            // A document that is its whole input is one even where it is empty; a line is not.
            open.over = !open.lines || matches!(cut, Ok(Cut::Nothing) | Err(_));
            match cut {
                // What comes after a failed read cannot be reached: the rest of this input is lost, the others are not.
                Err(error) => return Some(What::Problem(Problem::of_file(&source.name, error))),
                Ok(Cut::TooLong) => {
                    let what = format!("longer than {} bytes (--max-bytes says how long a document may be)", self.most);
                    return Some(What::Problem(Problem::at(&source.name, (line, start), Reason::TooLarge, what)));
                }
                Ok(Cut::Nothing) if open.lines => return None,
                Ok(_) => {}
            }
            let mut start = start;
            if open.lines {
                // A byte order mark is no part of the first line's JSON.
                if line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                    bytes.drain(..3);
                    start += 3;
                }
                if bytes.last() == Some(&b'\n') {
                    bytes.pop();
                }
                if bytes.trim_ascii().is_empty() {
                    continue;
                }
            }
            let id = if open.lines { None } else { source.id.clone() };
            return Some(What::Document(Raw {
                file: Arc::clone(&source.name),
                id,
                json: open.lines,
                line,
                start,
                bytes,
            }));
        }
        None
    }

    /// One line, its line feed with it. Of a line that is too long only the bytes are counted.
    fn line(&mut self, from: &mut dyn BufRead, to: &mut Vec<u8>) -> io::Result<Cut> {
        let (mut length, mut ended) = (0, false);
        while !ended {
            let bytes = match from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                bytes => bytes?,
            };
            if bytes.is_empty() {
                break;
            }
            let end = bytes.iter().position(|b| *b == b'\n');
            ended = end.is_some();
            let bytes = &bytes[..end.map_or(bytes.len(), |end| end + 1)];
            length += bytes.len();
            if length - usize::from(ended) <= self.most {
                to.extend_from_slice(bytes);
            } else {
                *to = Vec::new();
            }
            self.cursor.digest.add(bytes);
            self.cursor.byte += bytes.len() as u64;
            let n = bytes.len();
            from.consume(n);
        }
        self.cursor.line += u64::from(length > 0);
        Ok(match length - usize::from(ended) {
            _ if length == 0 => Cut::Nothing,
            n if n > self.most => Cut::TooLong,
            _ => Cut::Whole,
        })
    }

    /// All that is left. One byte more than allowed tells that it is too long; the rest of it is not read.
    fn rest(&mut self, from: &mut dyn BufRead, to: &mut Vec<u8>) -> io::Result<Cut> {
        from.take(self.most as u64 + 1).read_to_end(to)?;
        self.cursor.digest.add(to);
        self.cursor.byte += to.len() as u64;
        self.cursor.line += 1;
        Ok(if to.len() > self.most { Cut::TooLong } else { Cut::Whole })
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let source = self.sources.get(self.cursor.input)?.clone();
        let mut open = match self.open.take() {
            Some(open) => open,
            None => match self.open(&source) {
                Ok(open) => open,
                Err(error) => {
                    self.open = Some(Open { from: Box::new(io::empty()), lines: true, over: true });
                    let what = What::Problem(Problem::of_file(&source.name, error));
                    self.cursor.piece += 1;
                    return Some(Piece { cursor: self.cursor, what });
                }
            },
        };
        match self.piece(&mut open, &source) {
            Some(what) => {
                self.open = Some(open);
                self.cursor.piece += 1;
                Some(Piece { cursor: self.cursor, what })
            }
            None => {
                let cursor = self.cursor;
                self.cursor = Cursor { input: cursor.input + 1, ..Cursor::default() };
                Some(Piece { cursor, what: What::End })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Id, text and day; or the problem.
    type Seen = Result<(Option<String>, String, Option<String>), String>;

    /// All that lies in `bytes` as JSON Lines, documents of more than `most` bytes passed over.
    fn all(bytes: &[u8], most: usize, form: Form) -> Vec<Seen> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("isnad-pieces-{}-{number}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let source = Source { path: Some(path.clone()), name: "a.jsonl".into(), id: Some("a".into()), form };
        let mut seen = Vec::new();
        for piece in Pieces::new(vec![source], most) {
            seen.push(match piece.what {
                What::Document(raw) => match raw.article() {
                    Ok(a) => Ok((a.id.map(Into::into), a.text.into_owned(), a.published.map(|d| d.to_string()))),
                    Err(problem) => Err(problem.to_string()),
                },
                What::Problem(problem) => Err(problem.to_string()),
                What::End => {
                    let mut digest = Digest::default();
                    digest.add(bytes);
                    assert!(piece.cursor.byte == bytes.len() as u64 || form == Form::Text);
                    assert!(piece.cursor.digest == digest || form == Form::Text, "the digest is of all bytes");
                    continue;
                }
            });
        }
        std::fs::remove_file(path).unwrap();
        seen
    }

    fn some(id: Option<&str>, text: &str, day: Option<&str>) -> Seen {
        Ok((id.map(str::to_owned), text.to_owned(), day.map(str::to_owned)))
    }

    #[test]
    fn keys_that_are_absent_null_or_unknown() {
        let bytes = "\u{FEFF}{\"text\":\"one\",\"title\":{\"x\":[1]}}\r\n\n  \n{\"id\":7,\"text\":\"t\\u0077o\",\"published\":null}\n\
             {\"id\":null,\"text\":\"ثلاثة\",\"published\":\"2015-11-21T08:00:00Z\"}";
        let want = [some(None, "one", None), some(Some("7"), "two", None), some(None, "ثلاثة", Some("2015-11-21"))];
        assert_eq!(all(bytes.as_bytes(), 1000, Form::Jsonl), want);
        assert_eq!(all(bytes.as_bytes(), 1000, Form::Auto), want, "it begins with a brace");
        assert_eq!(all(b"", 10, Form::Jsonl), []);
        assert_eq!(all(b"", 10, Form::Text), [some(Some("a"), "", None)], "an empty file is an empty article");
    }

    #[test]
    fn broken_lines_are_told_with_their_place_and_the_others_go_on() {
        let bytes = b"{\"text\":\"a\"}\n{\"text\":\"\xff\"}\n{\"text\":\"b\"\n{\"text\":null}\n{\"text\":\"c\",\"published\":\"soon\"}\n{\"id\":[],\"text\":\"d\"}\n[]";
        let told = all(bytes, 1000, Form::Jsonl);
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
    fn a_document_may_be_as_long_as_allowed_and_no_longer() {
        let line = b"{\"text\":\"123\"}";
        let bytes = [&line[..], b"\n{\"text\":\"1234\"}\n", line].concat();
        let why = "a.jsonl, line 2, byte 15: longer than 14 bytes (--max-bytes says how long a document may be)";
        let three = some(None, "123", None);
        assert_eq!(all(&bytes, 14, Form::Jsonl), [three.clone(), Err(why.to_owned()), three]);
        assert_eq!(all(b"12345", 5, Form::Text), [some(Some("a"), "12345", None)]);
        assert!(all(b"123456", 5, Form::Text)[0].is_err());
        // Longer than any buffer on the way.
        let long = [&vec![b'x'; 300_000][..], b"\n", line].concat();
        assert_eq!(all(&long, 1000, Form::Jsonl).len(), 2);
    }
}
