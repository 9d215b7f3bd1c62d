//! Which of several rules speaks where they all fit?
//!
//! ```text
//! "A said in a statement that …"   statement.that beats statement.bare   (declared)
//!                                  else more slots filled, else longer, else the smaller id
//! ```
//!
//! Order of files never decides. A loser is kept for `explain` with the reason.

use crate::hash::FastMap;
use crate::rules::explain::{Attempt, Outcome, Trace};
use crate::rules::run::Proposal;
use crate::rules::stage::Stage;

/// Takes out every proposal that yields to another of its sentence; the rest are in text order.
pub(crate) fn resolve(stage: &Stage<'_>, proposals: &mut Vec<Proposal>, trace: Option<&mut Trace>) {
    if proposals.is_empty() {
        return;
    }
    let program = stage.program;
    let rule = |p: &Proposal| &program.rules[p.rule as usize];
    // Best first: then each is kept unless one that is kept already stands in its way.
    let mut order: Vec<usize> = (0..proposals.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&proposals[a], &proposals[b]);
        b.rank().cmp(&a.rank()).then_with(|| rule(a).id.cmp(&rule(b).id)).then(a.trigger.start.cmp(&b.trigger.start))
    });
    let beats = |a: &Proposal, b: &Proposal| rule(a).beats.binary_search(&b.rule).is_ok();
    let mut kept: Vec<usize> = Vec::new();
    let mut lost: Vec<(usize, usize, &'static str)> = Vec::new();
    // Declared first: whoever is beaten by a proposal that nothing beats is out.
    let mut out = vec![false; proposals.len()];
    // Sentences with hundreds of proposals are word lists, not news; there only neighbours are compared.
    const NEAR: usize = 64;
    for i in 0..proposals.len() {
        if rule(&proposals[i]).nested {
            continue;
        }
        let (near, trigger) = (i.saturating_sub(NEAR)..(i + NEAR).min(proposals.len()), proposals[i].trigger);
        let around = near.filter(|&j| j != i).find(|&j| trigger.conjunction.is_none() && says(&proposals[j], &trigger));
        let quoted = stage.quote_around(trigger.start).is_some();
        if quoted || around.is_some() {
            out[i] = true;
            lost.extend(around.map(|j| (i, j, "stands within what is said by")));
        }
    }
    for i in 0..proposals.len() {
        let beaten = (i.saturating_sub(NEAR)..(i + NEAR).min(proposals.len())).find(|&j| {
            let (a, b) = (&proposals[j], &proposals[i]);
            j != i && beats(a, b) && !beats(b, a) && meets(a, b)
        });
        if let Some(winner) = beaten {
            out[i] = true;
            lost.push((i, winner, "is beaten by"));
        }
    }
    // Whoever holds a token of a cue, for each kind of relation.
    let mut holder: FastMap<(u32, &str), usize> = FastMap::default();
    for &i in order.iter().filter(|&&i| !out[i]) {
        let p = &proposals[i];
        let kind = rule(p).emit.kind.as_str();
        match (p.trigger.start..p.trigger.end).find_map(|t| holder.get(&(t, kind))) {
            Some(&winner) => lost.push((i, winner, "says less than")),
            None => {
                kept.push(i);
                holder.extend((p.trigger.start..p.trigger.end).map(|t| ((t, kind), i)));
            }
        }
    }
    if let Some(trace) = trace {
        for &(loser, winner, why) in &lost {
            let p = &proposals[loser];
            let outcome = Outcome::Lost { rule: p.rule, to: proposals[winner].rule, why };
            trace.attempts.push(Attempt { variant: u32::MAX, trigger: p.trigger, outcome });
        }
    }
    kept.sort_unstable();
    let mut index = 0;
    proposals.retain(|_| {
        index += 1;
        kept.binary_search(&(index - 1)).is_ok()
    });
    proposals.sort_by(|a, b| a.trigger.start.cmp(&b.trigger.start).then_with(|| rule(a).id.cmp(&rule(b).id)));
}

/// Whether a word stands among what a proposal takes for said.
fn says(p: &Proposal, word: &crate::rules::lexicon::Reading) -> bool {
    use crate::rules::matcher::Bound;
    let holds = |lo: u32, hi: u32| lo <= word.start && word.end <= hi;
    !same_span(&p.trigger, word)
        && p.fit.bindings.iter().any(|b| matches!(b.bound, Bound::Text { lo, hi, .. } if holds(lo, hi)))
}

fn same_span(a: &crate::rules::lexicon::Reading, b: &crate::rules::lexicon::Reading) -> bool {
    a.start < b.end && b.start < a.end
}

fn same_trigger(a: &Proposal, b: &Proposal) -> bool {
    same_span(&a.trigger, &b.trigger)
}

/// Whether a declared winner stands in the way of `b`: on the same cue, or with `b`'s cue among its own words.
fn meets(a: &Proposal, b: &Proposal) -> bool {
    use crate::rules::matcher::Bound;
    let inside_text = a.fit.bindings.iter().any(|binding| match binding.bound {
        // What is said may hold cues of its own.
        Bound::Text { lo, hi, .. } => lo <= b.trigger.start && b.trigger.end <= hi,
        _ => false,
    });
    let within = a.fit.lo <= b.trigger.start && b.trigger.end <= a.fit.hi;
    same_trigger(a, b) || (within && !inside_text)
}
