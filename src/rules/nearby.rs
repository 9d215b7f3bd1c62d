//! What stands near a fact and belongs to it, though no pattern caught it?
//!
//! ```text
//! Unions met the minister at their spring conference in Gateshead     ─►   place: Gateshead
//! In Geneva, Kerry met Lavrov                                         ─►   place: Geneva
//! Kerry said in Geneva after a meeting with Lavrov                     ─►   place: Geneva
//! Kerry spoke of the Geneva talks between Iran and Oman               ─►   place: Geneva
//! Kerry met Lavrov in Geneva to discuss the truce in Syria            ─►   topic: the truce in Syria
//! Speaking to reporters, Kerry said                                   ─►   addressee: reporters
//! ```
//!
//! A place counts that stands behind a word of the group `locative`, after the fact and before the next verb of the
//! clause, or at the very start of the sentence. A topic stands behind a word of `topical`, an addressee behind one of
//! `addressing`.

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::relation::Modality;
use crate::rules::Slot;
use crate::rules::content::{self, Piece};
use crate::rules::lexicon::Reading;
use crate::rules::matcher::Bound;
use crate::rules::run::{Proposal, limits};
use crate::rules::stage::{Extent, Stage};
use crate::rules::syntax::{Form, SlotType};
use crate::span::Span;
use crate::text::{Language, TokenKind};

/// How far behind what the pattern took the place may stand, in tokens.
const FAR: u32 = 16;
/// How many tokens stand between the preposition and the name: "in the German city of".
const BETWEEN: u32 = 5;
/// How far into the sentence an opening place may stand.
const OPENING: u32 = 8;

/// The place next to what a pattern took.
pub(crate) fn place<'s>(stage: &Stage<'s>, sentence: u32, proposal: &Proposal) -> Option<&'s Slot> {
    let (lo, hi) = limits(stage, sentence, proposal.trigger.start);
    let from = proposal.fit.hi.max(proposal.trigger.end);
    let beside = || beside(stage, &proposal.trigger);
    let noun = proposal.trigger.forms.has(Form::Noun);
    let ahead = || ahead(stage, &proposal.trigger, proposal.fit.lo, lo);
    behind(stage, from, hi.min(from + FAR), noun)
        .or_else(beside)
        .or_else(ahead)
        .or_else(|| opening(stage, lo, proposal.fit.lo.min(lo + OPENING)))
}

/// "The Warsaw summit", «لقاء موسكو»: a city that is part of the noun's phrase. A country there is a side.
fn beside<'s>(stage: &Stage<'s>, noun: &Reading) -> Option<&'s Slot> {
    let before = stage.slots_to(noun.start);
    let after = stage.slots_from(noun.end);
    let spot = |slot: &&Slot| is_place(slot) && slot.ty == EntityKind::Place;
    let found = before.chain(after).map(|e| stage.slot(e)).find(spot);
    found.filter(|_| noun.forms.has(Form::Noun))
}

/// In the rest of the clause.
fn behind<'s>(stage: &Stage<'s>, from: u32, hi: u32, noun: bool) -> Option<&'s Slot> {
    let (mut at, mut own) = (from, false);
    while at < hi {
        // "The summit which was held in Oslo", «القمة التي ستعقد في باريس»: the clause is about the noun, and so is its verb.
        own |= noun && stage.read_at(at).iter().any(|r| stage.sense(r).is("relative"));
        let holds = || stage.read_at(at).iter().any(|r| ["light", "session"].iter().any(|g| stage.sense(r).is(g)));
        // A bracket or a comma closes the clause, and so does its next verb, or what it was about.
        let amount = |t: u32| stage.page.tokens.get(t as usize).is_some_and(|t| t.kind == TokenKind::Number);
        let about = stage.read_at(at).iter().any(|r| stage.sense(r).is("topical") && !amount(r.end));
        if about || stage.is_clause_mark(at) || (is_verb(stage, at) && !(own && holds())) {
            return None;
        }
        if let Some((slot, _)) = located(stage, at, hi) {
            return Some(slot);
        }
        at = outer(stage, at, hi).map_or(at + 1, |e| e.hi.max(at + 1));
    }
    None
}

/// Before a noun that something came after: "said in Geneva after a meeting with Lavrov".
fn ahead<'s>(stage: &Stage<'s>, trigger: &Reading, fit: u32, lo: u32) -> Option<&'s Slot> {
    let near = fit.min(trigger.start);
    // A word that says when, with its scope ahead of it, stands just before what the pattern took.
    let timed = |t: u32| {
        let mut all = stage.read_at(t).iter().map(|r| stage.sense(r));
        all.any(|s| s.is("adjunct") && s.context.as_ref().is_some_and(|c| c.modality != Modality::Possible))
    };
    let when = (near.saturating_sub(3).max(lo)..trigger.start).rev().find(|&t| timed(t))?;
    let from = lo.max(when.saturating_sub(BETWEEN + 3));
    let whole = |t: u32| (t..when).all(|t| !stage.is_clause_mark(t));
    let found = (from..when).filter(|&t| whole(t)).find_map(|t| located(stage, t, when));
    found.filter(|_| trigger.forms.has(Form::Noun)).map(|(slot, _)| slot)
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
    let seat = stage.sense(word).is("seat");
    let mut next = word.end;
    while next < hi.min(word.end + BETWEEN) {
        if stage.is_clause_mark(next) || is_verb(stage, next) {
            return None;
        }
        match outer(stage, next, hi) {
            Some(e) if is_place(stage.slot(e)) || (seat && is_body(stage.slot(e)) && is_whole(stage, e.hi)) => {
                return Some((stage.slot(e), e.hi));
            }
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

pub(crate) fn is_place(slot: &Slot) -> bool {
    let kind = matches!(slot.ty, EntityKind::Place | EntityKind::Country);
    kind && slot.kind == MentionKind::Name && !slot.entities.is_empty()
}

/// Whether a name's phrase ends here: "at the White House on Monday", and not "at the G7 summit".
fn is_whole(stage: &Stage<'_>, end: u32) -> bool {
    let noun = |r: &Reading| r.forms.has(Form::Noun);
    let next = stage.read_at(end);
    stage.page.tokens.get(end as usize).is_none()
        || stage.is_mark(end)
        || stage.date_from(end).is_some()
        || (!next.is_empty() && !next.iter().any(noun))
}

/// A body by its name: one can be "at the White House", where its seat is meant.
fn is_body(slot: &Slot) -> bool {
    slot.ty == EntityKind::Organisation && slot.kind == MentionKind::Name && !slot.entities.is_empty()
}

fn is_verb(stage: &Stage<'_>, at: u32) -> bool {
    stage.read_at(at).iter().any(|r| {
        let sense = stage.sense(r);
        let finite = r.forms.has(Form::Past) || r.forms.has(Form::Present) || r.forms.has(Form::Jussive);
        finite && !r.forms.has(Form::Noun) && !sense.helper
    })
}

/// What a meeting was about: the words from "to discuss" or «لبحث» to the end of the clause.
pub(crate) fn topic(stage: &Stage<'_>, sentence: u32, proposal: &Proposal) -> Vec<Span> {
    let (_, hi) = limits(stage, sentence, proposal.trigger.start);
    let from = proposal.fit.hi.max(proposal.trigger.end);
    let opener =
        (from..hi.min(from + FAR)).take_while(|&t| !stage.is_clause_mark(t) || stage.is_comma(t)).find_map(|t| {
            let reading = stage.read_at(t).iter().find(|r| stage.sense(r).is("topical"))?;
            Some(reading.end)
        });
    let Some(lo) = opener else { return Vec::new() };
    let end = (lo..hi.min(lo + LONGEST_TOPIC)).find(|&t| stage.is_clause_mark(t) || is_verb(stage, t));
    let piece = Piece { lo, hi: end.unwrap_or(hi.min(lo + LONGEST_TOPIC)), cut: 0, quote: None };
    content::trim(stage, &piece).map(|(span, _)| span).into_iter().collect()
}

/// The longest topic, in tokens.
const LONGEST_TOPIC: u32 = 25;

/// How far behind the cue somebody may stand who is spoken to, where what is said stands before it.
const TOLD: u32 = 8;

/// Whom a cue is told to by a word between it and what is said: «قال لافروف في فيينا للصحفيين إن», "said to reporters".
pub(crate) fn told<'s>(stage: &Stage<'s>, sentence: u32, proposal: &Proposal) -> Option<&'s Slot> {
    let (_, hi) = limits(stage, sentence, proposal.trigger.start);
    let said = proposal.fit.bindings.iter().filter_map(|b| match b.bound {
        Bound::Text { lo, .. } if lo >= proposal.trigger.end => Some(lo),
        _ => None,
    });
    let from = proposal.trigger.end;
    let end = said.min().unwrap_or(hi.min(from + TOLD));
    let taken = |slot: u32| {
        proposal.fit.bindings.iter().any(|b| matches!(&b.bound, Bound::Slots(slots) if slots.contains(&slot)))
    };
    (from..end).take_while(|&t| stage.quote_around(t).is_none()).find_map(|t| {
        let found = outer(stage, t, end).filter(|e| !taken(e.slot))?;
        let slot = stage.slot(found);
        let to = |r: &Reading| stage.sense(r).is("to");
        let before = stage.read_before(found.lo).find(|r| stage.sense(r).determines).map_or(found.lo, |r| r.start);
        let told = stage.clitic(slot) == "ل" || stage.read_before(before).any(to);
        let actor = !slot.entities.is_empty() && stage.fits(slot, &[SlotType::Actor]);
        (told && actor && slot.ty != EntityKind::Country).then_some(slot)
    })
}

/// Whom the speakers of a sentence speak to, where a phrase beside the cue names them.
pub(crate) fn addressee<'s>(stage: &Stage<'s>, sentence: u32) -> Option<&'s Slot> {
    let tokens = stage.page.sentences.get(sentence as usize)?.tokens.clone();
    let actor = |e: &Extent| {
        let slot = stage.slot(*e);
        !slot.nested && !slot.entities.is_empty() && stage.fits(slot, &[SlotType::Actor])
    };
    tokens.clone().filter(|&t| stage.quote_around(t).is_none()).find_map(|t| {
        let reading = stage.read_at(t).iter().find(|r| stage.sense(r).is("addressing"))?;
        let arabic = stage.sense(reading).language == Some(Language::Arabic);
        let near = reading.end..tokens.end.min(reading.end + BETWEEN);
        let mut near = near.take_while(|&t| !stage.is_mark(t) || stage.quote_from(t).is_some());
        let found = near.find_map(|t| stage.slots_from(t).find(actor))?;
        let slot = stage.slot(found);
        // «في مقابلة مع الصحيفة»: the preposition stands with the noun.
        let whole = stage.sense(reading).is("addressing-whole");
        (!arabic || whole || stage.clitic(slot).ends_with('ل')).then_some(slot)
    })
}
