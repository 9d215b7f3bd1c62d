//! What was missed and what is extra, so that a person sees why?
//!
//! ```text
//! missed  a1  402..406  PER
//!         … said Mr [Kerry] on Thursday that …
//!         nothing is found there
//! ```

use std::fmt;

use super::Pair;
use super::sheet::{Fact, Mark, Sheet, Stretch};

/// Which way an answer differs from its gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The gold has it, the answer has not.
    Missed,
    /// The answer has it, the gold has not.
    Extra,
    /// Both have it, and not alike.
    Unlike,
}

impl Fault {
    /// `missed`, `extra`, `unlike`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fault::Missed => "missed",
            Fault::Extra => "extra",
            Fault::Unlike => "unlike",
        }
    }
}

/// One difference between answer and gold. Its `Display` is a few readable lines.
#[derive(Clone, Debug)]
pub struct Slip {
    /// Which way they differ.
    pub fault: Fault,
    /// The document.
    pub document: String,
    /// First and last byte of the places meant, the end exclusive; 0 and 0 where there is none.
    pub place: (usize, usize),
    /// What it is: a type of name, a relation with its arguments.
    pub what: String,
    /// The words, in brackets, in their context.
    pub words: Vec<String>,
    /// What found it, or what stands in its place.
    pub why: String,
}

/// Characters of context on either side.
const AROUND: usize = 40;
/// Longer words are cut in the middle.
const LONGEST: usize = 200;

impl Slip {
    pub(crate) fn new(pair: &Pair<'_>, fault: Fault, what: String, at: &[Stretch], why: String) -> Self {
        let place = (at.iter().map(|s| s.start).min().unwrap_or(0), at.iter().map(|s| s.end).max().unwrap_or(0));
        let words = at.iter().take(4).filter_map(|s| context(pair.text(), *s)).collect();
        Slip { fault, document: pair.gold.id().to_owned(), place, what, words, why }
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = self.place;
        writeln!(f, "{:7} {}  {start}..{end}  {}", self.fault.as_str(), self.document, self.what)?;
        for words in &self.words {
            writeln!(f, "        {words}")?;
        }
        if !self.why.is_empty() {
            writeln!(f, "        {}", self.why)?;
        }
        Ok(())
    }
}

/// The words at a place with those around them, on one line.
fn context(text: &str, at: Stretch) -> Option<String> {
    let (before, rest) = text.split_at_checked(at.start)?;
    let (words, after) = rest.split_at_checked(at.len())?;
    let back = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
    let ahead = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
    let mut words = words.to_owned();
    if words.chars().count() > LONGEST {
        let chars: Vec<char> = words.chars().collect();
        let (first, last) = (&chars[..LONGEST / 2], &chars[chars.len() - LONGEST / 2..]);
        words = first.iter().chain(&[' ', '…', ' ']).chain(last).collect();
    }
    let line = format!("…{}[{words}]{}…", before.get(back..)?, after.get(..ahead)?);
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `by title, confidence 0.93; why`.
pub(crate) fn of_mark(mark: &Mark) -> String {
    let mut out = String::new();
    if !mark.source.is_empty() {
        out += &format!("by {}", mark.source);
    }
    if let Some(confidence) = mark.confidence {
        out += &format!(", confidence {confidence:.2}");
    }
    if !mark.entity.is_empty() {
        out += &format!(", for {}", mark.entity);
    }
    if !mark.why.is_empty() {
        out += &format!("; {}", mark.why);
    }
    out.trim_start_matches(", ").to_owned()
}

/// `meeting, planned: participant John Kerry, participant Bahrain; place Washington`.
pub(crate) fn of_fact(fact: &Fact, sheet: &Sheet, text: &str) -> String {
    let mut out = format!("{}, {}", fact.kind, fact.mood);
    let mut parts: Vec<String> =
        fact.arguments.iter().map(|a| format!("{} {}", a.role, called(&a.entity, a.at, sheet, text))).collect();
    if !fact.role.is_empty() {
        parts.push(format!("role {:?}", fact.role));
    }
    if !parts.is_empty() {
        out += &format!(": {}", parts.join(", "));
    }
    out
}

/// An entity by the longest words that name it, and its id.
pub(crate) fn called(entity: &str, at: Option<Stretch>, sheet: &Sheet, text: &str) -> String {
    let own = sheet.mentions.iter().filter(|m| m.entity == entity);
    let named = own.clone().filter(|m| m.kind == "name").chain(own.filter(|m| m.kind != "name"));
    let mut best: Option<(&str, bool)> = None;
    for mark in named {
        let (s, name) = (mark.stretch(), mark.kind == "name");
        if let Some(words) = text.get(s.start..s.end)
            && best.is_none_or(|(b, was)| was == name && words.len() > b.len())
        {
            best = Some((words, name));
        }
    }
    let here = at.and_then(|s| text.get(s.start..s.end));
    match here.or(best.map(|(words, _)| words)) {
        Some(words) => format!("{words:?} ({entity})"),
        None => entity.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_their_context() {
        let at = |start, end| Stretch { start, end };
        assert_eq!(context("Yesterday\nKerry left.", at(10, 15)).unwrap(), "…Yesterday [Kerry] left.…");
        assert_eq!(context("Kerry", at(3, 9)), None);
        assert_eq!(context("«كيري»", at(1, 4)), None);
        let long = "x".repeat(500);
        let cut = context(&long, at(100, 400)).unwrap();
        assert!(cut.contains(" … ") && cut.chars().count() < 300, "{cut}");
    }
}
