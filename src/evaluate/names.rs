//! Are the names found, and with the right type?
//!
//! ```text
//! gold  [Bank of Japan ORG] in [Tokyo LOC]      exact: 1 of 2
//! ours  Bank of [Japan LOC] in [Tokyo LOC]      any overlap, type right: 1 of 2
//! ```

use std::collections::BTreeSet;
use std::fmt;

use super::sheet::{Name, Stretch};
use super::slip::{Fault, Slip};
use super::{Pair, Score, ratio, row};

/// How names are compared.
#[derive(Clone, Debug)]
pub struct NameOptions {
    /// The types that count, as labels: `PER`, `LOC`, `ORG`.
    pub types: Vec<String>,
    /// The gold has no nested names: only outermost names of the answer count.
    pub flat: bool,
    /// A gold name may carry a leading و ف ب ل ك that the answer leaves outside.
    pub clitics: bool,
}

impl Default for NameOptions {
    fn default() -> Self {
        let types = ["PER", "LOC", "ORG"].map(str::to_owned).to_vec();
        NameOptions { types, flat: false, clitics: false }
    }
}

/// What [`names`] counted. Its `Display` is a table.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// For each type, in the order of the options: span and type exact.
    pub types: Vec<(String, Score)>,
    /// All types together.
    pub all: Score,
    /// Names of the answer that share a byte with a gold name of their type, and gold names with one of the answer's.
    pub near: (usize, usize),
    /// What is missed and what is extra, in the order of the documents.
    pub slips: Vec<Slip>,
    /// For each counted name of the answer whose confidence is told: it, and whether the name is right.
    pub sure: Vec<Sure>,
}

/// How sure a name was, and whether it is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Sure {
    /// From 0 to 1.
    pub confidence: f32,
    /// Whether span and type are those of the gold.
    pub right: bool,
    /// What found it.
    pub source: String,
    /// Its type: `PER`, `LOC`, `ORG`.
    pub label: String,
}

type Key<'s> = (Stretch, &'s str);

/// The names of a side that count, each place and type once.
fn counted<'s>(names: &'s [Name], options: &NameOptions) -> Vec<(Key<'s>, Option<usize>)> {
    let mut seen = BTreeSet::new();
    let mut all: Vec<(Key<'s>, Option<usize>)> = names
        .iter()
        .filter(|n| options.types.contains(&n.label))
        .filter(|n| seen.insert((n.at, &n.label)))
        .map(|n| ((n.at, n.label.as_str()), n.mark))
        .collect();
    all.sort_by_key(|(key, _)| *key);
    if options.flat {
        // Sorted by start: whatever holds a name begins at or before it, and ends the farthest of those so far, or
        // begins where it does and ends later.
        let holds = |outer: Stretch, at: Stretch| outer != at && outer.start <= at.start && at.end <= outer.end;
        let (mut widest, mut kept) = (None::<Stretch>, Vec::with_capacity(all.len()));
        for i in 0..all.len() {
            let at = all[i].0.0;
            let behind =
                all[i + 1..].iter().take_while(|next| next.0.0.start == at.start).any(|next| holds(next.0.0, at));
            if !behind && !widest.is_some_and(|outer| holds(outer, at)) {
                kept.push(all[i]);
            }
            if widest.is_none_or(|outer| at.end > outer.end) {
                widest = Some(at);
            }
        }
        all = kept;
    }
    all
}

/// Compares the names of every pair.
pub fn names(pairs: &[Pair<'_>], options: &NameOptions) -> Names {
    let mut out =
        Names { types: options.types.iter().map(|t| (t.clone(), Score::default())).collect(), ..Names::default() };
    for pair in pairs {
        let gold = counted(&pair.gold.names, options);
        let ours = counted(&pair.answer.names, options);
        let text = pair.text();
        let same = |g: Key<'_>, a: Key<'_>| {
            g == a
                || options.clitics
                    && (g.1, g.0.end) == (a.1, a.0.end)
                    && g.0.start < a.0.start
                    && text.get(g.0.start..a.0.start).is_some_and(|c| c.chars().all(|c| "وفبلك".contains(c)))
        };
        let near =
            |x: Key<'_>, all: &[(Key<'_>, Option<usize>)]| all.iter().any(|(y, _)| x.1 == y.1 && x.0.overlaps(y.0));
        out.near.0 += ours.iter().filter(|(a, _)| near(*a, &gold)).count();
        out.near.1 += gold.iter().filter(|(g, _)| near(*g, &ours)).count();
        for (label, score) in &mut out.types {
            *score += Score {
                right: gold.iter().filter(|(g, _)| g.1 == label && ours.iter().any(|(a, _)| same(*g, *a))).count(),
                predicted: ours.iter().filter(|(a, _)| a.1 == label).count(),
                gold: gold.iter().filter(|(g, _)| g.1 == label).count(),
            };
        }
        let mut slips = Vec::new();
        for (g, _) in gold.iter().filter(|(g, _)| !ours.iter().any(|(a, _)| same(*g, *a))) {
            let there =
                ours.iter().find(|(a, _)| a.0.overlaps(g.0)).map_or("nothing is found there".to_owned(), |(a, _)| {
                    format!("found there: {} {:?}", a.1, text.get(a.0.start..a.0.end).unwrap_or_default())
                });
            slips.push((g.0, Slip::new(pair, Fault::Missed, g.1.to_owned(), &[g.0], there)));
        }
        for (a, mark) in &ours {
            let right = gold.iter().any(|(g, _)| same(*g, *a));
            let mark = mark.and_then(|m| pair.answer.mentions.get(m));
            out.sure.extend(mark.and_then(|m| {
                let (source, label) = (m.source.clone(), a.1.to_owned());
                Some(Sure { confidence: m.confidence?, right, source, label })
            }));
            if !right {
                let why = mark.map(super::slip::of_mark).unwrap_or_default();
                slips.push((a.0, Slip::new(pair, Fault::Extra, a.1.to_owned(), &[a.0], why)));
            }
        }
        slips.sort_by_key(|(at, _)| *at);
        out.slips.extend(slips.into_iter().map(|(_, slip)| slip));
    }
    out.all = out.types.iter().fold(Score::default(), |sum, (_, score)| sum + *score);
    out
}

impl Names {
    /// Precision, recall and F1 where any overlap with the right type is enough.
    pub fn overlapping(&self) -> (f64, f64, f64) {
        let (p, r) = (ratio(self.near.0, self.all.predicted), ratio(self.near.1, self.all.gold));
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, score) in &self.types {
            writeln!(f, "{}", row(label, *score))?;
        }
        writeln!(f, "{}", row("all, exact span+type", self.all))?;
        let (p, r, f1) = self.overlapping();
        let name = "all, any overlap";
        writeln!(f, "{name:24} P {:5.1}  R {:5.1}  F1 {:5.1}", 100.0 * p, 100.0 * r, 100.0 * f1)
    }
}
