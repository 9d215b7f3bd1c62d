//! Are the mentions of one entity held together, and those of two kept apart?
//!
//! B-cubed over the names and roles of each document: for each gold mention that is found, how many of those found
//! under its id are of its entity (precision), and how many of its entity are under its id (recall).
//!
//! ```text
//! gold  a a a b     found under  x x y x     P = (2/3 + 2/3 + 1 + 1/3) / 4     R = (2/3 + 2/3 + 1/3 + 1) / 4
//! ```
//!
//! A gold mention that is not found counts as recall 0; mentions beyond the gold are not counted.

use std::collections::BTreeMap;
use std::fmt;

use super::align::nearest;
use super::slip::{Fault, Slip, called, of_mark};
use super::{Pair, ratio};

/// What [`linking`] counted. Its `Display` is one line.
#[derive(Clone, Debug, Default)]
pub struct Linking {
    /// Of the mentions found: the mean share of those under their id that are of their entity.
    pub precision: f64,
    /// Of all: the mean share of their entity's mentions that are found under their id.
    pub recall: f64,
    /// Gold mentions.
    pub mentions: usize,
    /// Those found.
    pub found: usize,
    /// Mentions that are not found, or under an id that most of their entity's mentions are not under.
    pub slips: Vec<Slip>,
}

/// Compares how the mentions of every pair are linked.
pub fn linking(pairs: &[Pair<'_>]) -> Linking {
    let mut out = Linking::default();
    let (mut precision, mut recall) = (0.0, 0.0);
    for pair in pairs {
        let gold: Vec<_> = pair.gold.mentions.iter().filter(|m| matches!(m.kind.as_str(), "name" | "role")).collect();
        let found: Vec<Option<&super::sheet::Mark>> =
            gold.iter().map(|m| nearest(m.stretch(), pair.answer.mentions.iter())).collect();
        // How many mentions each gold entity, each id, and each pair of the two has.
        let (mut of_gold, mut of_id, mut of_both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (g, a) in gold.iter().zip(&found) {
            *of_gold.entry(g.entity.as_str()).or_insert(0_usize) += 1;
            if let Some(a) = a {
                *of_id.entry(a.entity.as_str()).or_insert(0_usize) += 1;
                *of_both.entry((g.entity.as_str(), a.entity.as_str())).or_insert(0_usize) += 1;
            }
        }
        out.mentions += gold.len();
        for (g, a) in gold.iter().zip(&found) {
            let what = format!("{} of {}", g.kind, called(&g.entity, None, pair.gold, pair.text()));
            let Some(a) = a else {
                let why = "nothing is found there".to_owned();
                out.slips.push(Slip::new(pair, Fault::Missed, what, &[g.stretch()], why));
                continue;
            };
            out.found += 1;
            let (entity, id) = (g.entity.as_str(), a.entity.as_str());
            let both = of_both.get(&(entity, id)).copied().unwrap_or(0);
            precision += ratio(both, of_id.get(id).copied().unwrap_or(0));
            recall += ratio(both, of_gold.get(entity).copied().unwrap_or(0));
            let main =
                of_both.iter().filter(|((e, _), _)| *e == entity).max_by_key(|(_, n)| **n).map(|((_, id), _)| *id);
            let owner = of_both.iter().filter(|((_, i), _)| *i == id).max_by_key(|(_, n)| **n).map(|((e, _), _)| *e);
            if main != Some(id) || owner != Some(entity) {
                out.slips.push(Slip::new(pair, Fault::Unlike, what, &[g.stretch()], of_mark(a)));
            }
        }
    }
    out.precision = if out.found > 0 { precision / out.found as f64 } else { 0.0 };
    out.recall = if out.mentions > 0 { recall / out.mentions as f64 } else { 0.0 };
    out
}

impl Linking {
    /// B-cubed F1.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision, self.recall);
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

impl fmt::Display for Linking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p, r, f1) = (100.0 * self.precision, 100.0 * self.recall, 100.0 * self.f1());
        writeln!(f, "B-cubed P {p:5.1}  R {r:5.1}  F1 {f1:5.1}   mentions {}, found {}", self.mentions, self.found)
    }
}
