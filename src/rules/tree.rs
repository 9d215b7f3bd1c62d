//! Which key and which value stands at which byte of a rule file?
//!
//! ```text
//! id = "meeting.met"      Table [ ("id" @0..2, Text "meeting.met" @5..18) ]
//! ```
//!
//! A file is turned into one small tree whose every node knows its bytes, so that all mistakes of a file can be told
//! in one pass, each with its line and column. Nothing here knows what the keys mean.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, did_you_mean};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) at: Range<usize>,
    pub(crate) node: Node,
}

#[derive(Clone, Debug)]
pub(crate) enum Node {
    Text(String),
    Flag(bool),
    Whole(i64),
    List(Vec<Value>),
    /// In the order of the file.
    Table(Vec<(Key, Value)>),
    /// Floats and dates, which no rule file has a use for; the name of the type.
    Other(&'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) at: Range<usize>,
    pub(crate) name: String,
}

impl Value {
    /// The word for what stands here: `string`, `table`, …
    pub(crate) fn what(&self) -> &'static str {
        match &self.node {
            Node::Text(_) => "a string",
            Node::Flag(_) => "a boolean",
            Node::Whole(_) => "an integer",
            Node::List(_) => "an array",
            Node::Table(_) => "a table",
            Node::Other(what) => what,
        }
    }

    /// The value as a word: strings as they are, booleans and integers written out.
    pub(crate) fn word(&self) -> Option<String> {
        match &self.node {
            Node::Text(text) => Some(text.clone()),
            Node::Flag(flag) => Some(flag.to_string()),
            Node::Whole(whole) => Some(whole.to_string()),
            _ => None,
        }
    }
}

/// One file while it is read: its name, its text, and what is wrong with it so far.
pub(crate) struct File<'s> {
    pub(crate) name: &'s str,
    pub(crate) source: &'s str,
    pub(crate) problems: Vec<Diagnostic>,
}

impl<'s> File<'s> {
    pub(crate) fn new(name: &'s str, source: &'s str) -> Self {
        File { name, source, problems: Vec::new() }
    }

    /// The top table; parts that are no TOML are reported and left out.
    pub(crate) fn read(&mut self) -> Vec<(Key, Value)> {
        let (table, errors) = DeTable::parse_recoverable(self.source);
        for error in errors {
            self.problem("R001", error.span().unwrap_or(0..0), error.message().to_owned());
        }
        entries(table.get_ref())
    }

    pub(crate) fn diagnostic(&self, code: &'static str, at: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(code, self.name, self.source, at, message)
    }

    pub(crate) fn problem(&mut self, code: &'static str, at: Range<usize>, message: impl Into<String>) {
        let d = self.diagnostic(code, at, message);
        self.problems.push(d);
    }

    pub(crate) fn problem_with_help(
        &mut self,
        code: &'static str,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let d = self.diagnostic(code, at, message).help(help);
        self.problems.push(d);
    }

    /// R002: a key nobody asks for.
    pub(crate) fn unknown_key(&mut self, key: &Key, place: &str, known: &[&str]) {
        let mut d = self.diagnostic("R002", key.at.clone(), format!("{place} has no key `{}`", key.name));
        d = match did_you_mean(&key.name, known.iter().copied()) {
            Some(near) => d.help(format!("did you mean `{near}`?")),
            None => d.help(format!("the keys are {}", listed(known))),
        };
        self.problems.push(d);
    }

    /// R003: a value of the wrong kind.
    pub(crate) fn wrong_kind(&mut self, value: &Value, wanted: &str) {
        let what = value.what();
        self.problem("R003", value.at.clone(), format!("{wanted} is wanted here, not {what}"));
    }

    pub(crate) fn text(&mut self, value: &Value) -> Option<String> {
        match &value.node {
            Node::Text(text) => Some(text.clone()),
            _ => {
                self.wrong_kind(value, "a string");
                None
            }
        }
    }

    /// A string or an array of strings.
    pub(crate) fn texts(&mut self, value: &Value) -> Vec<(String, Range<usize>)> {
        match &value.node {
            Node::Text(text) => vec![(text.clone(), value.at.clone())],
            Node::List(list) => list.iter().filter_map(|v| self.text(v).map(|text| (text, v.at.clone()))).collect(),
            _ => {
                self.wrong_kind(value, "an array of strings");
                Vec::new()
            }
        }
    }

    pub(crate) fn table<'v>(&mut self, value: &'v Value) -> &'v [(Key, Value)] {
        match &value.node {
            Node::Table(entries) => entries,
            _ => {
                self.wrong_kind(value, "a table");
                &[]
            }
        }
    }

    pub(crate) fn list<'v>(&mut self, value: &'v Value) -> &'v [Value] {
        match &value.node {
            Node::List(list) => list,
            _ => {
                self.wrong_kind(value, "an array");
                &[]
            }
        }
    }

    /// The bytes of the file that hold the bytes `inner` of the string `text` which stands at `at`.
    pub(crate) fn inside(&self, at: &Range<usize>, text: &str, inner: Range<usize>) -> Range<usize> {
        let raw = self.source.get(at.clone()).unwrap_or_default();
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        if raw.len() == text.len() + 2 * quotes {
            return at.start + quotes + inner.start..at.start + quotes + inner.end;
        }
        // Escapes: walk both side by side.
        let mut map = Vec::with_capacity(text.len() + 1);
        let (mut rest, mut offset) = (raw.get(quotes..).unwrap_or_default(), quotes);
        for c in text.chars() {
            map.resize(map.len() + c.len_utf8(), offset);
            let step = match rest.as_bytes() {
                [b'\\', b'u', ..] => 6,
                [b'\\', b'U', ..] => 10,
                [b'\\', b'x', ..] => 4,
                [b'\\', ..] => 2,
                _ => rest.chars().next().map_or(0, char::len_utf8),
            };
            rest = rest.get(step..).unwrap_or_default();
            offset += step;
        }
        map.push(offset);
        let find = |i: usize| at.start + map.get(i).copied().unwrap_or(offset);
        find(inner.start)..find(inner.end)
    }
}

/// `a, b and c`, each in back quotes.
pub(crate) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [most @ .., last] => {
            let most: Vec<_> = most.iter().map(|w| format!("`{w}`")).collect();
            format!("{} and `{last}`", most.join(", "))
        }
    }
}

fn entries(table: &DeTable<'_>) -> Vec<(Key, Value)> {
    let mut all: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let key = Key { at: key.span(), name: key.get_ref().to_string() };
            (key, convert(value.span(), value.get_ref()))
        })
        .collect();
    all.sort_by_key(|(key, _)| key.at.start);
    all
}

fn convert(at: Range<usize>, value: &DeValue<'_>) -> Value {
    let node = match value {
        DeValue::String(text) => Node::Text(text.to_string()),
        DeValue::Boolean(flag) => Node::Flag(*flag),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(whole) => Node::Whole(whole),
            Err(_) => Node::Other("so large an integer"),
        },
        DeValue::Array(list) => Node::List(list.iter().map(|v| convert(v.span(), v.get_ref())).collect()),
        DeValue::Table(table) => Node::Table(entries(table)),
        DeValue::Float(_) => Node::Other("a float"),
        DeValue::Datetime(_) => Node::Other("a date"),
    };
    Value { at, node }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_knows_its_bytes() {
        let source = "id = \"a\"\n[[rule]]\nen = [\"x \\\"y\\\" z\"]\n";
        let mut file = File::new("t.toml", source);
        let top = file.read();
        assert!(file.problems.is_empty());
        assert_eq!(&source[top[0].0.at.clone()], "id");
        assert_eq!(&source[top[0].1.at.clone()], "\"a\"");
        let Node::List(rules) = &top[1].1.node else { panic!() };
        let Node::Table(rule) = &rules[0].node else { panic!() };
        let (text, at) = file.texts(&rule[0].1).remove(0);
        assert_eq!(text, "x \"y\" z");
        assert_eq!(&source[file.inside(&at, &text, 6..7)], "z", "escapes are counted");
    }

    #[test]
    fn no_toml() {
        let mut file = File::new("t.toml", "id = \n x");
        file.read();
        assert!(file.problems.iter().all(|p| p.code() == "R001") && !file.problems.is_empty());
    }
}
