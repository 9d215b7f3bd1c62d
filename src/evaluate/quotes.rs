//! Are attributions found that a gold gives by place alone, and consultations that it gives as words?
//!
//! ```text
//! quotes    content, over half of it the same; precision over every attribution, recall over those with a verb of speech
//! meetings  sentences that hold a consultation: is a meeting or visit found, and with which sides (recall only)
//! ```

use std::collections::BTreeMap;
use std::fmt;

use super::align::{coverage, matching, touches};
use super::sheet::{Fact, Stretch};
use super::slip::{Fault, Slip, of_fact};
use super::{Pair, percent};

/// What [`quotes`] counted. Its `Display` is one line.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// Statements of the answer.
    pub predicted: usize,
    /// Those whose content is over half that of an attribution.
    pub right: usize,
    /// Attributions whose cue is a verb of speech.
    pub speech: usize,
    /// Those found.
    pub found: usize,
    /// Those found whose source is told.
    pub sourced: usize,
    /// Those whose speaker is right.
    pub source_right: usize,
    /// What is missed and what is extra.
    pub slips: Vec<Slip>,
}

/// Where the entities in a role stand: all places of theirs, and the words that fill the slot.
fn places(fact: &Fact, by: &BTreeMap<&str, Vec<Stretch>>, role: Option<&str>) -> Vec<Stretch> {
    let mut out = Vec::new();
    for a in fact.arguments.iter().filter(|a| role.is_none_or(|role| a.role == role)) {
        out.extend(by.get(a.entity.as_str()).into_iter().flatten().copied());
        out.extend(a.at);
    }
    out
}

/// Compares the statements of every pair with the attributions of its gold.
pub fn quotes(pairs: &[Pair<'_>]) -> Quotes {
    let mut out = Quotes::default();
    for pair in pairs {
        let by = pair.answer.places();
        let gold = &pair.gold.quotes;
        let answers: Vec<&Fact> = pair.answer.facts.iter().filter(|f| f.kind == "statement").collect();
        let near = |q: usize, a: usize| coverage(&gold[q].content, &answers[a].content);
        let paired = matching(gold.len(), answers.len(), |q, a| near(q, a) > 0.5, near);
        out.predicted += answers.len();
        out.right += paired.len();
        out.speech += gold.iter().filter(|q| q.speech).count();
        let (mut quoted, mut given) = (vec![false; gold.len()], vec![false; answers.len()]);
        for (q, a) in paired {
            (quoted[q], given[a]) = (true, true);
            let (quote, answer) = (&gold[q], answers[a]);
            out.found += usize::from(quote.speech);
            if !quote.source.is_empty() && quote.speech {
                out.sourced += 1;
                let right = touches(&quote.source, &places(answer, &by, Some("speaker")));
                out.source_right += usize::from(right);
                if !right {
                    let what = of_fact(answer, pair.answer, pair.text());
                    let why = format!("another speaker; by {}", answer.rule);
                    out.slips.push(Slip::new(pair, Fault::Unlike, what, &quote.source, why));
                }
            }
        }
        for quote in gold.iter().zip(&quoted).filter(|(q, found)| q.speech && !**found).map(|(q, _)| q) {
            let there = answers.iter().find(|a| touches(&quote.content, &a.content));
            let why = there.map_or("no statement is found there".to_owned(), |a| {
                format!("found there, by {}: less than half in common", a.rule)
            });
            out.slips.push(Slip::new(pair, Fault::Missed, "attribution".into(), &quote.content, why));
        }
        for answer in answers.iter().zip(&given).filter(|(_, given)| !**given).map(|(a, _)| a) {
            let what = of_fact(answer, pair.answer, pair.text());
            out.slips.push(Slip::new(pair, Fault::Extra, what, &answer.content, format!("by {}", answer.rule)));
        }
    }
    out
}

impl fmt::Display for Quotes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "content, over half: P {:.1} of {} predicted, R {:.1} of {} with a speech verb; \
             speaker right in {:.1} % of {} found",
            percent(self.right, self.predicted),
            self.predicted,
            percent(self.found, self.speech),
            self.speech,
            percent(self.source_right, self.sourced),
            self.sourced
        )
    }
}

/// What [`meetings`] counted. Its `Display` is one line.
#[derive(Clone, Debug, Default)]
pub struct Meetings {
    /// Consultations of the gold.
    pub consultations: usize,
    /// In how many a meeting or visit is found in the sentence.
    pub some: usize,
    /// In how many one of them has one side right.
    pub one: usize,
    /// In how many one of them has all sides right.
    pub both: usize,
    /// Those without all sides.
    pub slips: Vec<Slip>,
}

/// Compares the meetings and visits of every pair with the consultations of its gold.
pub fn meetings(pairs: &[Pair<'_>]) -> Meetings {
    let mut out = Meetings::default();
    for pair in pairs {
        let by = pair.answer.places();
        let found: Vec<&Fact> =
            pair.answer.facts.iter().filter(|f| matches!(f.kind.as_str(), "meeting" | "visit")).collect();
        let sets: Vec<Vec<Stretch>> = found.iter().map(|f| places(f, &by, None)).collect();
        for event in &pair.gold.consultations {
            let holds = |side: &Stretch, set: &[Stretch]| touches(&[*side], set);
            let one = sets.iter().any(|set| event.sides.iter().any(|side| holds(side, set)));
            let both =
                !event.sides.is_empty() && sets.iter().any(|set| event.sides.iter().all(|side| holds(side, set)));
            out.consultations += 1;
            out.some += usize::from(!sets.is_empty());
            out.one += usize::from(one);
            out.both += usize::from(both);
            if !both {
                let fault = if sets.is_empty() { Fault::Missed } else { Fault::Unlike };
                let found: Vec<String> = found
                    .iter()
                    .map(|f| format!("found by {}: {}", f.rule, of_fact(f, pair.answer, pair.text())))
                    .collect();
                let what = format!("consultation: {}", event.words);
                out.slips.push(Slip::new(pair, fault, what, &event.sides, found.join("; ")));
            }
        }
    }
    out
}

impl fmt::Display for Meetings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |n| percent(n, self.consultations);
        writeln!(
            f,
            "consultations: {}; a meeting or visit found in {:.1} %, with one side right {:.1} %, with all sides {:.1} %",
            self.consultations,
            of(self.some),
            of(self.one),
            of(self.both)
        )
    }
}
