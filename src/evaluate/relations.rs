//! Are the relations found, and with the right arguments?
//!
//! ```text
//! lenient   type, place in the text and the main argument (of a meeting two participants) are right
//! strict    also every main argument and no other, the modality, and 80 % of a statement's content
//! slots     of those found leniently: how often each further part is right
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::align::{closeness, coverage, entities, matching, touches};
use super::interval::interval;
use super::sheet::{Fact, Sheet};
use super::slip::{Fault, Slip, of_fact};
use super::{Pair, Score, row};

/// The types that are scored, and the roles of their main arguments.
const MAIN: [(&str, &[&str]); 4] = [
    ("meeting", &["participant", "attendee"]),
    ("statement", &["speaker"]),
    ("visit", &["visitor"]),
    ("position", &["person"]),
];
const DESTINATION: [&str; 2] = ["destination", "place"];
const OF: [&str; 3] = ["of", "organisation", "country"];

/// What [`relations`] counted. Its `Display` is a table.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    /// Each type.
    pub types: Vec<OfType>,
    /// All types together.
    pub all: (Score, Score),
    /// Of the relations found leniently: what, how often right, of how many; in the order of first use.
    pub slots: Vec<(String, usize, usize)>,
    /// What is missed and what is extra, by type, then in the order of the documents.
    pub slips: Vec<Slip>,
}

/// The figures of a type of relation.
#[derive(Clone, Debug)]
pub struct OfType {
    /// `meeting`, `statement`, `visit`, `position`.
    pub kind: String,
    /// Type, place and main argument.
    pub lenient: Score,
    /// Between which values nine in ten draws of documents have the F1 of `lenient`.
    pub lenient_interval: Option<(f64, f64)>,
    /// All main arguments, modality and content too.
    pub strict: Score,
    /// As `lenient_interval`.
    pub strict_interval: Option<(f64, f64)>,
}

/// Who an argument of the answer is: an entity of the gold, or one that stands for none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who<'a> {
    Of(&'a str),
    Stranger(&'a str),
}

/// A document with its entities aligned.
struct Aligned<'a> {
    pair: &'a Pair<'a>,
    to_gold: BTreeMap<String, &'a str>,
}

impl<'a> Aligned<'a> {
    fn arguments(&'a self, fact: &'a Fact, roles: &[&str]) -> BTreeSet<Who<'a>> {
        let who = |entity: &'a str| self.to_gold.get(entity).map_or(Who::Stranger(entity), |&gold| Who::Of(gold));
        fact.entities(roles).into_iter().map(who).collect()
    }

    /// Whether the answer fits the gold, leniently and strictly. Both are of one type.
    fn judge(&self, main: &[&str], g: &Fact, a: &Fact) -> (bool, bool) {
        let mut given = self.arguments(a, main);
        given.retain(|who| !matches!(who, Who::Of(id) if g.free.contains(*id)));
        let evidence = touches(&g.evidence, &a.evidence);
        let same_mood = g.mood == a.mood;
        let own = g.entities(main);
        let accepted = std::iter::once(own).chain(g.accept.iter().map(|set| set.iter().map(String::as_str).collect()));
        let (mut lenient, mut strict) = (false, false);
        for wanted in accepted {
            let wanted: BTreeSet<Who<'_>> = wanted.into_iter().map(Who::Of).collect();
            let need = wanted.len().min(if g.kind == "meeting" { 2 } else { 1 });
            if wanted.intersection(&given).count() < need {
                continue;
            }
            let whole = wanted == given && same_mood;
            match g.kind.as_str() {
                "statement" => {
                    let common = coverage(&g.content, &a.content);
                    lenient |= (evidence || common > 0.5) && common > 0.25;
                    strict |= common >= 0.8 && whole;
                }
                "visit" => {
                    let there: BTreeSet<Who<'_>> = g.entities(&DESTINATION).into_iter().map(Who::Of).collect();
                    let right = there.is_empty() || !there.is_disjoint(&self.arguments(a, &DESTINATION));
                    lenient |= evidence && right;
                    strict |= evidence && right && whole;
                }
                _ => {
                    lenient |= evidence;
                    strict |= evidence && whole;
                }
            }
        }
        (lenient, strict)
    }
}

/// How the relations of a type compare in one document. Optional gold counts on neither side.
struct Compared<'a> {
    score: Score,
    found: Vec<(&'a Fact, &'a Fact)>,
    missed: Vec<&'a Fact>,
    extra: Vec<&'a Fact>,
}

fn compare<'a>(doc: &'a Aligned<'a>, kind: &str, main: &[&str], strictly: bool) -> Compared<'a> {
    let of = |sheet: &'a Sheet| sheet.facts.iter().filter(|f| f.kind == kind).collect::<Vec<&Fact>>();
    let (gold, answers) = (of(doc.pair.gold), of(doc.pair.answer));
    let (required, optional): (Vec<&Fact>, Vec<&Fact>) = gold.into_iter().partition(|g| !g.optional);
    let fits = |g: usize, a: usize| {
        let (lenient, strict) = doc.judge(main, required[g], answers[a]);
        if strictly { strict } else { lenient }
    };
    let found = matching(required.len(), answers.len(), fits, |g, a| closeness(required[g], answers[a]));
    let (taken_gold, taken): (BTreeSet<usize>, BTreeSet<usize>) = found.iter().copied().unzip();
    let free: Vec<&Fact> = (0..answers.len()).filter(|a| !taken.contains(a)).map(|a| answers[a]).collect();
    let allowed = matching(
        optional.len(),
        free.len(),
        |g, a| doc.judge(main, optional[g], free[a]).0,
        |g, a| closeness(optional[g], free[a]),
    );
    let allowed: BTreeSet<usize> = allowed.into_iter().map(|(_, a)| a).collect();
    Compared {
        score: Score { right: found.len(), predicted: answers.len() - allowed.len(), gold: required.len() },
        found: found.into_iter().map(|(g, a)| (required[g], answers[a])).collect(),
        missed: (0..required.len()).filter(|g| !taken_gold.contains(g)).map(|g| required[g]).collect(),
        extra: free.into_iter().enumerate().filter(|(i, _)| !allowed.contains(i)).map(|(_, a)| a).collect(),
    }
}

/// Compares the relations of every pair.
pub fn relations(pairs: &[Pair<'_>]) -> Relations {
    let docs: Vec<Aligned<'_>> =
        pairs.iter().map(|pair| Aligned { pair, to_gold: entities(pair.gold, pair.answer) }).collect();
    let mut out = Relations::default();
    for (kind, main) in MAIN {
        let (mut lenient, mut strict) = (Vec::new(), Vec::new());
        for doc in &docs {
            let compared = compare(doc, kind, main, false);
            for (g, a) in &compared.found {
                out.slots_of(doc, main, g, a);
            }
            let text = doc.pair.text();
            for g in &compared.missed {
                let near = doc.pair.answer.facts.iter().find(|a| a.kind == kind && touches(&g.evidence, &a.evidence));
                let why = near.map_or("nothing of its type is found there".to_owned(), |a| {
                    format!("found there, by {}: {}", a.rule, of_fact(a, doc.pair.answer, text))
                });
                let what = of_fact(g, doc.pair.gold, text);
                out.slips.push(Slip::new(doc.pair, Fault::Missed, what, shown(g), why));
            }
            for a in &compared.extra {
                let sure = a.confidence.map(|c| format!(", confidence {c:.2}")).unwrap_or_default();
                let what = of_fact(a, doc.pair.answer, text);
                out.slips.push(Slip::new(doc.pair, Fault::Extra, what, shown(a), format!("by {}{sure}", a.rule)));
            }
            lenient.push(compared.score);
            strict.push(compare(doc, kind, main, true).score);
        }
        let sum = |all: &[Score]| all.iter().fold(Score::default(), |sum, one| sum + *one);
        let of = OfType {
            kind: kind.to_owned(),
            lenient: sum(&lenient),
            lenient_interval: interval(&lenient),
            strict: sum(&strict),
            strict_interval: interval(&strict),
        };
        out.all.0 += of.lenient;
        out.all.1 += of.strict;
        out.types.push(of);
    }
    out
}

/// The words that show a relation: its evidence, or of a statement without any its content.
fn shown(fact: &Fact) -> &[super::sheet::Stretch] {
    if fact.evidence.is_empty() { &fact.content } else { &fact.evidence }
}

impl Relations {
    fn slots_of(&mut self, doc: &Aligned<'_>, main: &[&str], g: &Fact, a: &Fact) {
        let kind = &g.kind;
        let wanted = |roles: &[&str]| g.entities(roles).into_iter().map(Who::Of).collect::<BTreeSet<_>>();
        self.slot(format!("{kind}: modality"), g.mood == a.mood);
        self.slot(format!("{kind}: all main arguments"), wanted(main) == doc.arguments(a, main));
        for role in ["place", "addressee"] {
            let there = wanted(&[role]);
            if !there.is_empty() && kind != "visit" {
                self.slot(format!("{kind}: {role}"), !there.is_disjoint(&doc.arguments(a, &[role])));
            }
        }
        if kind == "statement" {
            self.slot("statement: mode".into(), g.mode == a.mode);
            self.slot("statement: content, 80 %".into(), coverage(&g.content, &a.content) >= 0.8);
        }
        if kind == "position" {
            let words = |text: &'_ str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
            let (want, got) = (words(&g.role), words(&a.role));
            let common = want.intersection(&got).count();
            self.slot("position: role, half its words".into(), common * 2 >= want.len().max(got.len()).max(1));
            let of = wanted(&OF);
            if !of.is_empty() {
                self.slot("position: of".into(), !of.is_disjoint(&doc.arguments(a, &OF)));
            }
            self.slot("position: former".into(), g.former == a.former);
        }
    }

    fn slot(&mut self, name: String, right: bool) {
        let at = self.slots.iter().position(|(n, ..)| *n == name).unwrap_or_else(|| {
            self.slots.push((name, 0, 0));
            self.slots.len() - 1
        });
        self.slots[at].1 += usize::from(right);
        self.slots[at].2 += 1;
    }
}

impl fmt::Display for Relations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for of in &self.types {
            for (name, score, interval) in
                [("lenient", of.lenient, of.lenient_interval), ("strict", of.strict, of.strict_interval)]
            {
                write!(f, "{}", row(&format!("{}, {name}", of.kind), score))?;
                if let Some((from, to)) = interval {
                    write!(f, "   90 %: {:.0}–{:.0}", 100.0 * from, 100.0 * to)?;
                }
                writeln!(f)?;
            }
        }
        writeln!(f, "{}", row("all relations, lenient", self.all.0))?;
        writeln!(f, "{}", row("all relations, strict", self.all.1))?;
        writeln!(f, "slots of the relations found (lenient):")?;
        for (name, right, of) in &self.slots {
            writeln!(f, "  {name:32} {:5.1} %   of {of}", 100.0 * *right as f64 / *of as f64)?;
        }
        Ok(())
    }
}
