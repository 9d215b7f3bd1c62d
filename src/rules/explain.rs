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
    pub(crate) explained: Vec<Explained>,
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
}

/// One line of the answer, and where its trigger stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) rule: String,
    pub(crate) pattern: String,
    pub(crate) trigger: Span,
    pub(crate) text: String,
}

/// Which side, how many items, how many tokens: the greater, the farther.
type Rank = (u32, u32, u32);

impl Trace {
    /// What became of the rules that did not speak: per trigger and rule the pattern that came farthest.
    pub(crate) fn settle(&mut self, program: &Program, page: &Page<'_>) {
        let mut best: BTreeMap<(u32, u32), (Rank, Explained)> = BTreeMap::new();
        for attempt in &self.attempts {
            let trigger = attempt.trigger.span(page);
            let words = page.text.get(trigger.range()).unwrap_or_default();
            let (number, rank, pattern, text) = match &attempt.outcome {
                Outcome::Missed(far) => {
                    let Some(variant) = program.variants.get(attempt.variant as usize) else { continue };
                    let pattern = program.rules[variant.rule as usize].patterns[variant.pattern as usize].clone();
                    let side = if far.left { &variant.left } else { &variant.right };
                    let at = side.at.get(wanted(side, far.op as usize)).cloned().unwrap_or(0..0);
                    let want = pattern.get(at).unwrap_or_default().to_owned();
                    let found = found(page, far);
                    let place = if far.left { "before it" } else { "after it" };
                    let text = format!("\"{words}\" matched; {place} wanted {want}, found {found}");
                    let moved = far.token.abs_diff(attempt.trigger.start);
                    (variant.rule, (u32::from(!far.left), far.op, moved), pattern, text)
                }
                Outcome::Lost { rule, to, why } => {
                    let (rule, to) = (*rule, &program.rules[*to as usize].id);
                    (rule, (2, 0, 0), String::new(), format!("\"{words}\" fits, but {why} {to}"))
                }
                Outcome::Empty { rule, why } => {
                    (*rule, (3, 0, 0), String::new(), format!("\"{words}\" fits, but {why}"))
                }
            };
            let id = &program.rules[number as usize].id;
            let line = Explained { rule: id.clone(), pattern, trigger, text };
            match best.entry((attempt.trigger.start, number)) {
                Entry::Occupied(mut old) if old.get().0 < rank => drop(old.insert((rank, line))),
                Entry::Occupied(_) => {}
                Entry::Vacant(new) => drop(new.insert((rank, line))),
            }
        }
        self.explained = best.into_values().map(|(_, line)| line).collect();
    }

    /// The farthest points that a rule reached, in one line.
    pub(crate) fn farthest(&self, rule: &str) -> String {
        let mut lines =
            self.explained.iter().filter(|line| line.rule == rule).map(|line| line.text.as_str()).peekable();
        if lines.peek().is_none() {
            return format!("no trigger of `{rule}` stands in the sentence");
        }
        lines.take(3).collect::<Vec<_>>().join("; ")
    }
}

/// The item that a step asks for: splits and jumps ask for what comes after them.
fn wanted(side: &crate::rules::program::Side, op: usize) -> usize {
    let mut at = op;
    while matches!(side.ops.get(at), Some(Op::Jump(_) | Op::Gap { .. })) && at + 1 < side.ops.len() {
        at += 1;
    }
    at
}

fn found(page: &Page<'_>, far: &Farthest) -> String {
    let token = if far.left { far.token.checked_sub(1) } else { Some(far.token) };
    match token.and_then(|t| page.tokens.get(t as usize).map(|_| page.raw(t))) {
        Some(word) => format!("\"{word}\""),
        None => "the end of the text".to_owned(),
    }
}
