//! How good is an answer, held against what people found?
//!
//! ```text
//! gold ──read──► sheets ─┐
//!                        ├─ pair by id ─► names · relations · linking · quotes · meetings ─► figures, slips
//! ours ──read──► sheets ─┘
//! ```
//!
//! An answer is the wire form ([`output::json`](crate::output::json)), or a [`Document`](crate::Document) in memory
//! (`Sheet::from`). What it is held against is JSON Lines too, one document a line, matched by `id`; offsets are UTF-8
//! bytes, the end exclusive. A document holds what it has been annotated for:
//!
//! | key | what | used by |
//! |---|---|---|
//! | `text` | the text; an answer may leave it out | context, and to hold offsets and words against |
//! | `mentions` | `{"start", "end", "kind", "type", "entity", "text"?}` as in the wire form | [`names`], [`linking`], [`relations`] |
//! | `entities` | without `mentions`: `{"start", "end", "type"}`, type `PER`, `LOC`, `ORG` or one of ours | [`names`] |
//! | `optional` | mentions that may be found and need not | [`relations`] |
//! | `relations` | see below, or as in the wire form | [`relations`] |
//! | `quotes` | `{"content", "source", "speech"}`: pairs of offsets or lists of pairs; `speech`: its cue is a verb of speech | [`quotes`] |
//! | `events` | `{"source", "target"}`: the words of the sides, several parted by `; ` | [`meetings`] |
//!
//! A gold relation names its arguments by keys of its own, each an entity of `mentions` or a list of them:
//!
//! ```json
//! {"type": "meeting", "participants": ["e1", "e2"], "attendees": [], "place": "e5", "modality": "asserted",
//!  "evidence": [{"start": 402, "end": 490}]}
//! ```
//!
//! | type | main arguments | further |
//! |---|---|---|
//! | meeting | `participants`, `attendees` | `place` |
//! | statement | `speaker` | `addressee`, `content` (spans), `mode` |
//! | visit | `visitor` | `destination` |
//! | position | `person` | `of`, `organisation` or `country`; `role` (text), `former` |
//!
//! All take `"optional": true` (finding it is neither right nor wrong), `accept` (other lists of main arguments that are
//! right too) and `optional_arguments`. So a line that this library wrote is a gold as well: correct it by hand.
//!
//! ```
//! use isnad::evaluate::{NameOptions, Sheet, names, pair, read};
//!
//! let gold = r#"{"id": "a", "text": "John Kerry left Cairo.", "entities": [
//!     {"start": 0, "end": 10, "type": "PER"}, {"start": 16, "end": 21, "type": "LOC"}]}"#.replace('\n', "");
//! let gold = read("gold.jsonl", &gold)?;
//!
//! let isnad = isnad::Extractor::new()?;
//! let ours = [Sheet::from(&isnad.extract(isnad::Input::new("John Kerry left Cairo.").id("a")))];
//!
//! let found = names(&pair(&gold, &ours)?, &NameOptions::default());
//! assert_eq!((found.all.right, found.all.gold), (2, 2));
//! assert_eq!(found.all.f1(), 1.0);
//! # Ok::<(), isnad::Error>(())
//! ```

mod align;
mod bands;
mod interval;
mod linking;
mod names;
mod quotes;
mod read;
mod relations;
mod sheet;
mod slip;

use std::collections::BTreeMap;
use std::ops::{Add, AddAssign};

pub use bands::{Band, Bands, bands};
pub use linking::{Linking, linking};
pub use names::{NameOptions, Names, Sure, names};
pub use quotes::{Meetings, Quotes, meetings, quotes};
pub use read::read;
pub use relations::{OfType, Relations, relations};
pub use sheet::Sheet;
pub use slip::{Fault, Slip};

use crate::error::Error;

/// How many are right, of how many of the answer and of the gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Gold items that are found.
    pub right: usize,
    /// Items of the answer.
    pub predicted: usize,
    /// Items of the gold.
    pub gold: usize,
}

impl Score {
    /// The share of the answer that is right; 0 of nothing.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.predicted)
    }

    /// The share of the gold that is found; 0 of nothing.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

impl Add for Score {
    type Output = Score;

    fn add(self, other: Score) -> Score {
        Score {
            right: self.right + other.right,
            predicted: self.predicted + other.predicted,
            gold: self.gold + other.gold,
        }
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        *self = *self + other;
    }
}

/// A document of the gold and its answer.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'s> {
    pub(crate) gold: &'s Sheet,
    pub(crate) answer: &'s Sheet,
}

impl<'s> Pair<'s> {
    /// The text: the gold's, or the answer's where the gold has none.
    pub(crate) fn text(&self) -> &'s str {
        if self.gold.text.is_empty() { &self.answer.text } else { &self.gold.text }
    }
}

/// Pairs each document of the gold with its answer, by id and in the gold's order. Answers that the gold does not know
/// are left out of account; a document without an answer is an error, since it would count as one in which nothing is
/// found, and so is an answer to another text.
pub fn pair<'s>(gold: &'s [Sheet], answers: &'s [Sheet]) -> Result<Vec<Pair<'s>>, Error> {
    let by_id: BTreeMap<&str, &Sheet> = answers.iter().map(|sheet| (sheet.id(), sheet)).collect();
    let missing: Vec<&str> = gold.iter().map(Sheet::id).filter(|id| !by_id.contains_key(id)).collect();
    if let Some(first) = missing.first() {
        let n = missing.len();
        let (s, have) = if n == 1 { ("", "has") } else { ("s", "have") };
        return Err(Error::message(format!("{n} document{s} of the gold {have} no answer, `{first}` the first")));
    }
    gold.iter()
        .filter_map(|gold| Some(Pair { gold, answer: by_id.get(gold.id())? }))
        .map(|pair| {
            let (text, answer) = (&pair.gold.text, &pair.answer.text);
            let other = !text.is_empty() && !answer.is_empty() && text != answer;
            let outside = |s: sheet::Stretch| !text.is_empty() && text.get(s.start..s.end).is_none();
            if other || pair.answer.names.iter().any(|n| outside(n.at)) {
                let id = pair.gold.id();
                return Err(Error::message(format!("`{id}`: the answer was made from another text than the gold's")));
            }
            Ok(pair)
        })
        .collect()
}

/// What a gold was annotated for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// Names, by place and type.
    pub names: bool,
    /// Mentions with their entities.
    pub mentions: bool,
    /// Relations.
    pub relations: bool,
    /// Attributions by place alone.
    pub quotes: bool,
    /// Consultations as words.
    pub meetings: bool,
}

/// What any document of the gold was annotated for.
pub fn holds(gold: &[Sheet]) -> Holds {
    let any = |has: fn(&sheet::Holds) -> bool| gold.iter().any(|sheet| has(&sheet.holds));
    Holds {
        names: any(|h| h.names),
        mentions: any(|h| h.mentions),
        relations: any(|h| h.facts),
        quotes: any(|h| h.quotes),
        meetings: any(|h| h.consultations),
    }
}

/// A share; 0 of nothing.
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole > 0 { part as f64 / whole as f64 } else { 0.0 }
}

/// A share of a hundred, multiplied before it is divided: the last digit of a printed figure may rest on it.
pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    if whole > 0 { (100 * part) as f64 / whole as f64 } else { 0.0 }
}

/// `PER                      P  99.0  R  94.1  F1  96.4   gold   101  predicted    96`
pub(crate) fn row(name: &str, score: Score) -> String {
    let (p, r, f1) = (100.0 * score.precision(), 100.0 * score.recall(), 100.0 * score.f1());
    format!("{name:24} P {p:5.1}  R {r:5.1}  F1 {f1:5.1}   gold {:5}  predicted {:5}", score.gold, score.predicted)
}
