//! Where was it, if the pattern caught no place?
//!
//! ```text
//! Unions met the minister at their spring conference in Gateshead     ─►   Gateshead
//! In Geneva, Kerry met Lavrov                                         ─►   Geneva
//! ```
//!
//! A place counts that stands behind a word of the group `locative`, after the fact and before the next verb of the
//! clause, or at the very start of the sentence.

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::rules::Slot;
use crate::rules::run::{Proposal, limits};
use crate::rules::stage::{Extent, Stage};
use crate::rules::syntax::Form;

/// How far behind what the pattern took the place may stand, in tokens.
const FAR: u32 = 16;
/// How many tokens stand between the preposition and the name: "in the German city of".
const BETWEEN: u32 = 4;
/// How far into the sentence an opening place may stand.
const OPENING: u32 = 8;

/// The place next to what a pattern took.
pub(crate) fn nearby<'s>(stage: &Stage<'s>, sentence: u32, proposal: &Proposal) -> Option<&'s Slot> {
    let (lo, hi) = limits(stage, sentence, proposal.trigger.start);
    let from = proposal.fit.hi.max(proposal.trigger.end);
    behind(stage, from, hi.min(from + FAR)).or_else(|| opening(stage, lo, proposal.fit.lo.min(lo + OPENING)))
}

/// In the rest of the clause.
fn behind<'s>(stage: &Stage<'s>, from: u32, hi: u32) -> Option<&'s Slot> {
    let mut at = from;
    while at < hi {
        // A bracket or a comma closes the clause, and so does its next verb.
        if stage.is_clause_mark(at) || is_verb(stage, at) {
            return None;
        }
        if let Some((slot, _)) = located(stage, at, hi) {
            return Some(slot);
        }
        at = outer(stage, at, hi).map_or(at + 1, |e| e.hi.max(at + 1));
    }
    None
}

/// At the start, set off by a comma or followed by the verb: "In Geneva, …", «وفي جنيف التقى».
fn opening<'s>(stage: &Stage<'s>, lo: u32, hi: u32) -> Option<&'s Slot> {
    let (slot, end) = located(stage, lo, hi + 1)?;
    (stage.is_comma(end) || end == hi).then_some(slot)
}

/// The place that a preposition at this token, or a clitic on its name, points to; and where it ends.
fn located<'s>(stage: &Stage<'s>, at: u32, hi: u32) -> Option<(&'s Slot, u32)> {
    if let Some(fused) = outer(stage, at, hi).filter(|e| stage.clitic(stage.slot(*e)).ends_with('ب')) {
        let slot = stage.slot(fused);
        return is_place(slot).then_some((slot, fused.hi));
    }
    let word = stage.read_at(at).iter().find(|r| stage.sense(r).is("locative"))?;
    let mut next = word.end;
    while next < hi.min(word.end + BETWEEN) {
        if stage.is_clause_mark(next) || is_verb(stage, next) {
            return None;
        }
        match outer(stage, next, hi) {
            Some(e) if is_place(stage.slot(e)) => return Some((stage.slot(e), e.hi)),
            // «في العاصمة الإيطالية روما»: a demonym may stand between.
            Some(e) if stage.slot(e).kind == MentionKind::Demonym => next = e.hi.max(next + 1),
            Some(_) => return None,
            None => next += 1,
        }
    }
    None
}

fn outer(stage: &Stage<'_>, at: u32, hi: u32) -> Option<Extent> {
    stage.slots_from(at).find(|e| e.hi <= hi && !stage.slot(*e).nested)
}

fn is_place(slot: &Slot) -> bool {
    let kind = matches!(slot.ty, EntityKind::Place | EntityKind::Country);
    kind && slot.kind == MentionKind::Name && !slot.entities.is_empty()
}

fn is_verb(stage: &Stage<'_>, at: u32) -> bool {
    stage.read_at(at).iter().any(|r| {
        let sense = stage.sense(r);
        let finite = r.forms.has(Form::Past) || r.forms.has(Form::Present) || r.forms.has(Form::Jussive);
        finite && !r.forms.has(Form::Noun) && !sense.helper
    })
}
