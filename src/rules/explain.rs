//! Why did a rule find nothing here?
//!
//! ```text
//! meeting.met at "met": after <meet> wanted {b:actor+}, found "strong"
//! ```
//!
//! Noted only when asked for; reading a text without it costs nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::rules::lexicon::Reading;
use crate::rules::matcher::Farthest;
use crate::rules::program::{Op, Program};
use crate::span::Span;
use crate::text::Page;

/// What the rules tried in a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    pub(crate) attempts: Vec<Attempt>,
    /// The answer, when the run is over: per trigger and rule the pattern that came farthest.
    pub(crate) explained: Vec<Tried>,
    /// The sentences that were read.
    pub(crate) sentences: Vec<Span>,
    /// Words that could call a rule: the sense, and where it stands.
    pub(crate) cues: Vec<(u32, Span)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// Index into the program's variants; `u32::MAX` where a whole rule is meant.
    pub(crate) variant: u32,
    pub(crate) trigger: Reading,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// The pattern does not fit.
    Missed(Farthest),
    /// It fits, and another rule speaks.
    Lost { rule: u32, to: u32, why: &'static str },
    /// It fits, and nobody fills its first role.
    Empty { rule: u32, why: &'static str },
    /// It fits and speaks.
    Won { rule: u32 },
}

/// What became of a rule at a word that calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It fits and speaks: a relation rests on it.
    Won,
    /// It fits, and another rule speaks in its place.
    Lost,
    /// It fits, and yet says nothing: nobody fills its first role.
    Silent,
    /// It does not fit.
    Missed,
}

impl Fate {
    /// A word for it: `won`, `lost`, `silent`, `missed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fate::Won => "won",
            Fate::Lost => "lost",
            Fate::Silent => "silent",
            Fate::Missed => "missed",
        }
    }
}

/// One rule tried at one word: what became of it, and how far it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub(crate) rule: String,
    pub(crate) pattern: String,
    pub(crate) trigger: Span,
    pub(crate) text: String,
    pub(crate) fate: Fate,
    pub(crate) stopped: Option<Span>,
}

impl Tried {
    /// The id of the rule.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// What became of it.
    pub fn fate(&self) -> Fate {
        self.fate
    }

    /// The word that called it.
    pub fn trigger(&self) -> Span {
        self.trigger
    }

    /// Of a pattern that does not fit: the pattern that came farthest; else empty.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Of a pattern that does not fit: the word at which it stopped, empty at the end of the text.
    pub fn stopped(&self) -> Option<Span> {
        self.stopped
    }

    /// Why, in one line: `"met" matched; after it wanted {b:actor+}, found "strong"`.
    pub fn why(&self) -> &str {
        &self.text
    }
}

/// Which side, how many items, how many tokens: the greater, the farther.
type Rank = (u32, u32, u32);

impl Trace {
    /// What became of the rules that did not speak: per trigger and rule the pattern that came farthest.
    pub(crate) fn settle(&mut self, program: &Program, page: &Page<'_>) {
        let mut best: BTreeMap<(u32, u32), (Rank, Tried)> = BTreeMap::new();
        for attempt in &self.attempts {
            let trigger = attempt.trigger.span(page);
            let words = page.text.get(trigger.range()).unwrap_or_default();
            let (number, rank, pattern, text, fate, stopped) = match &attempt.outcome {
                Outcome::Missed(far) => {
                    let Some(variant) = program.variants.get(attempt.variant as usize) else { continue };
                    let pattern = program.rules[variant.rule as usize].patterns[variant.pattern as usize].clone();
                    let side = if far.left { &variant.left } else { &variant.right };
                    let at = side.at.get(wanted(&pattern, side, far.op as usize)).cloned().unwrap_or(0..0);
                    let want = pattern.get(at).unwrap_or_default().to_owned();
                    let found = found(page, far);
                    let place = if far.left { "before it" } else { "after it" };
                    let text = format!("\"{words}\" matched; {place} wanted {want}, found {found}");
                    let moved = far.token.abs_diff(attempt.trigger.start);
                    let rank = (u32::from(!far.left), far.op, moved);
                    (variant.rule, rank, pattern, text, Fate::Missed, Some(stopped(page, far)))
                }
                Outcome::Lost { rule, to, why } => {
                    let (rule, to) = (*rule, &program.rules[*to as usize].id);
                    let text = format!("\"{words}\" fits, but {why} {to}");
                    (rule, (2, 0, 0), String::new(), text, Fate::Lost, None)
                }
                Outcome::Empty { rule, why } => {
                    let text = format!("\"{words}\" fits, but {why}");
                    (*rule, (4, 0, 0), String::new(), text, Fate::Silent, None)
                }
                Outcome::Won { rule } => {
                    let text = format!("\"{words}\" fits, and it speaks");
                    (*rule, (3, 0, 0), String::new(), text, Fate::Won, None)
                }
            };
            let id = &program.rules[number as usize].id;
            let line = Tried { rule: id.clone(), pattern, trigger, text, fate, stopped };
            match best.entry((attempt.trigger.start, number)) {
                Entry::Occupied(mut old) if old.get().0 < rank => drop(old.insert((rank, line))),
                Entry::Occupied(_) => {}
                Entry::Vacant(new) => drop(new.insert((rank, line))),
            }
        }
        self.explained = best.into_values().map(|(_, line)| line).collect();
        let spans = |tokens: &std::ops::Range<u32>| {
            let first = page.tokens.get(tokens.start as usize)?;
            let last = page.tokens.get(tokens.end.checked_sub(1)? as usize)?;
            Some(first.span.cover(last.span))
        };
        let read = page.paragraphs.iter().filter(|p| super::run::is_read(p)).flat_map(|p| p.sentences.clone());
        self.sentences = read.filter_map(|s| spans(&page.sentences.get(s as usize)?.tokens)).collect();
    }

    /// The farthest points that a rule reached, in one line.
    pub(crate) fn farthest(&self, rule: &str) -> String {
        let mut lines = self
            .explained
            .iter()
            .filter(|line| line.rule == rule && line.fate != Fate::Won)
            .map(|line| line.text.as_str())
            .peekable();
        if lines.peek().is_none() && !self.explained.iter().any(|line| line.rule == rule) {
            return format!("no trigger of `{rule}` stands in the sentence");
        }
        lines.take(3).collect::<Vec<_>>().join("; ")
    }
}

/// The item that a step asks for: jumps, gaps and what may be left out ask for what comes after them.
fn wanted(pattern: &str, side: &crate::rules::program::Side, op: usize) -> usize {
    let mut at = op;
    for _ in 0..side.ops.len() {
        let item = side.at.get(at).and_then(|range| pattern.get(range.clone())).unwrap_or_default();
        let optional = item.starts_with('[') || item.ends_with('?');
        let next = match side.ops.get(at) {
            Some(Op::Split(other)) if optional => usize::from(*other),
            Some(Op::Jump(to)) => usize::from(*to),
            Some(Op::Gap { .. }) => at + 1,
            _ => break,
        };
        // A pattern that ends in what may be left out cannot have failed there.
        if next >= side.ops.len() || matches!(side.ops.get(next), Some(Op::End)) {
            break;
        }
        at = next;
    }
    at
}

/// Where it stopped: the word that is not the wanted one.
fn stopped(page: &Page<'_>, far: &Farthest) -> Span {
    let token = if far.left { far.token.checked_sub(1) } else { Some(far.token) };
    match token.and_then(|t| page.tokens.get(t as usize)) {
        Some(token) => token.span,
        None if far.left => Span::default(),
        None => Span::of(page.text.len()..page.text.len()),
    }
}

fn found(page: &Page<'_>, far: &Farthest) -> String {
    let token = if far.left { far.token.checked_sub(1) } else { Some(far.token) };
    match token.and_then(|t| page.tokens.get(t as usize).map(|_| page.raw(t))) {
        Some(word) => format!("\"{word}\""),
        None => "the end of the text".to_owned(),
    }
}
