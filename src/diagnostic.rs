//! Where in a gazetteer or rule file is the mistake, and what mends it?
//!
//! ```text
//! error[R004]: no lexicon class `mete`
//!   --> rules/own.toml:3:8
//!    |
//!  3 | en = ["{a:actor} <mete> {b:actor}"]
//!    |                  ^^^^^^
//!    = help: did you mean `<meet>`?
//! ```

use std::fmt;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Loading stops (after all problems of the pass are gathered).
    Error,
    /// Loading goes on.
    Warning,
}

/// One problem in one file of knowledge.
///
/// `{}` is one line (`file:line:column: message [code]`), `{:#}` adds the line itself, a caret and the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) width: usize,
    pub(crate) excerpt: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Diagnostic {
    /// A problem at the bytes `start..end` of `source`, the whole text of `file`.
    pub(crate) fn at(
        code: &'static str,
        file: &str,
        source: &str,
        span: std::ops::Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let floor = |mut i: usize| {
            i = i.min(source.len());
            while !source.is_char_boundary(i) {
                i -= 1;
            }
            i
        };
        let (start, end) = (floor(span.start), floor(span.end.max(span.start)));
        let from = source[..start].rfind('\n').map_or(0, |i| i + 1);
        let to = source[start..].find('\n').map_or(source.len(), |i| start + i);
        Diagnostic {
            code,
            severity: Severity::Error,
            file: file.to_owned(),
            line: source[..start].matches('\n').count() + 1,
            column: source[from..start].chars().count() + 1,
            width: source[start..end.min(to).max(start)].chars().count().max(1),
            excerpt: source[from..to].trim_end_matches('\r').to_owned(),
            message: message.into(),
            help: None,
        }
    }

    /// The same problem with a remedy.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem as a warning.
    pub(crate) fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The stable code of this kind of problem: `G…` for gazetteers, `R…` for rules.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The file, as it was named to the loader.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column in characters, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The line as it stands in the file.
    pub fn excerpt(&self) -> &str {
        &self.excerpt
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What mends it, where that can be told.
    pub fn remedy(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        if !f.alternate() {
            return write!(f, "{}:{}:{}: {} [{}]", self.file, self.line, self.column, self.message, self.code);
        }
        let gutter = self.line.to_string().len();
        writeln!(f, "{word}[{}]: {}", self.code, self.message)?;
        writeln!(f, "{:gutter$} --> {}:{}:{}", "", self.file, self.line, self.column)?;
        writeln!(f, "{:gutter$} |", "")?;
        writeln!(f, "{} | {}", self.line, self.excerpt.replace('\t', " "))?;
        writeln!(f, "{:gutter$} | {:>column$}{}", "", "^", "^".repeat(self.width - 1), column = self.column)?;
        if let Some(help) = &self.help {
            writeln!(f, "{:gutter$} = help: {help}", "")?;
        }
        Ok(())
    }
}

/// The candidate nearest to `word`, if one is near enough to be a slip of the pen.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|c| (distance(word, c), c))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, c)| (*d, c.len(), *c))
        .map(|(_, c)| c)
}

/// Levenshtein distance in characters, a swap of neighbours counted as one.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (rows[i - 1][j - 1] + change).min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_and_excerpt() {
        let source = "id = 1\nen = [\"<mete>\"]\n";
        let d =
            Diagnostic::at("R004", "own.toml", source, 14..20, "no lexicon class `mete`").help("did you mean `meet`?");
        assert_eq!(d.to_string(), "own.toml:2:8: no lexicon class `mete` [R004]");
        let long = format!("{d:#}");
        assert!(
            long.contains("2 | en = [\"<mete>\"]") && long.contains("^^^^^^") && long.contains("help: did you mean"),
            "{long}"
        );
    }

    #[test]
    fn suggestions() {
        assert_eq!(did_you_mean("mete", ["meet", "say", "visit"]), Some("meet"));
        assert_eq!(did_you_mean("xyzzy", ["meet", "say"]), None);
    }
}
