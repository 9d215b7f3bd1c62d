//! Can these words be what is said, and where do they end?
//!
//! ```text
//! Prices fell, the bank said on its website            on its website: where it was said
//! In the long run, Kerry proposed a truce              In the long run: nothing is said
//! While Kerry said the talks were over, Lavrov …       the talks were over │ what Lavrov does is not said
//! ```
//!
//! English alone: an Arabic clause is opened by أن, and its subject does not stand before the verb. Without a parser a
//! verb is what the lexicon knows as one: auxiliaries (the group `finite`) and the verbs that call rules.

use crate::rules::lexicon::Reading;
use crate::rules::stage::{Extent, Stage};
use crate::rules::syntax::{Form, SlotType};
use crate::text::{Language, TokenKind};

/// Longer than this an opening phrase is a clause, verb or no verb.
const PHRASE: u32 = 12;
/// How many words of what is said are looked at for a verb.
const LOOK: u32 = 60;

/// Whether what follows a cue only tells where, when or how it was said: "in a statement", "after the vote".
pub(crate) fn is_aside(stage: &Stage<'_>, lo: u32, hi: u32) -> bool {
    // «البحرين تؤيد وموسكو تدعو»: "and" opens no object.
    let joined = |e: Extent| stage.clitic(stage.slot(e)).starts_with('و');
    if !is_english(stage, lo)
        && stage.slots_from(lo).any(joined)
        && !lo.checked_sub(1).is_some_and(|t| stage.is_mark(t))
    {
        return true;
    }
    // Behind "that" or a mark everything is what is said.
    let first = stage.read_at(lo);
    // «وفق الصحيفة، الأمر الذي يؤكد»: a remark on what stands before.
    if first.iter().any(|r| stage.sense(r).is("remarks")) {
        return true;
    }
    let relative = first.iter().any(|r| stage.sense(r).is("relative"));
    if relative && is_english(stage, lo) && lo.checked_sub(1).is_some_and(|t| stage.is_comma(t)) {
        // "according to Reuters, which cited": about the speaker.
        return true;
    }
    let carries_on = |r: &Reading| {
        let sense = stage.sense(r);
        sense.parts || (r.forms.has(Form::Participle) && !r.forms.has(Form::Noun) && sense.is("speech"))
    };
    if is_english(stage, lo) && lo.checked_sub(1).is_some_and(|t| stage.is_comma(t)) && first.iter().any(carries_on) {
        // "he said, adding that", "he said, according to Reuters"
        return true;
    }
    // "told Reuters, and officials said": another clause of the narrator.
    let inner = (lo..hi).find(|&t| !stage.is_mark(t)).unwrap_or(lo);
    if let Some(comma) = inner.checked_sub(1).filter(|&t| stage.is_comma(t)) {
        let and = stage.read_at(inner).iter().any(|r| stage.sense(r).joins);
        if and && narrator(stage, comma.saturating_sub(1), hi) == Some(comma) {
            return true;
        }
    }
    let free =
        lo.checked_sub(1).is_none_or(|t| stage.is_mark(t) || stage.read_at(t).iter().any(|r| stage.sense(r).opens));
    if free || !is_english(stage, lo) {
        return false;
    }
    if first.iter().any(|r| stage.sense(r).joins) {
        return true;
    }
    if first.iter().any(|r| stage.sense(r).is("subordinates") && r.end < hi) {
        return true;
    }
    let Some(word) = first.iter().find(|r| stage.sense(r).is("adjunct")) else { return false };
    // "said over 20 were hurt"
    let number = stage.page.tokens.get(word.end as usize).is_some_and(|t| t.kind == TokenKind::Number);
    !number && !holds_clause(stage, word.end, hi)
}

/// "reports that are kept in the vault": whether "that" stands for the noun before it.
pub(crate) fn is_relative(stage: &Stage<'_>, noun: &Reading, lo: u32) -> bool {
    if !noun.forms.has(Form::Noun) || !is_english(stage, lo) {
        return false;
    }
    let opens = |t: u32| stage.read_at(t).iter().find(|r| stage.sense(r).opens).map(|r| r.end);
    let behind = opens(lo).or_else(|| lo.checked_sub(1).and_then(opens).filter(|end| *end == lo));
    behind.is_some_and(|t| stage.read_at(t).iter().any(|r| stage.sense(r).is("tensed")))
}

/// Whether the words before a cue only open its sentence: "In October, Clinton proposed".
pub(crate) fn is_opening(stage: &Stage<'_>, lo: u32, hi: u32) -> bool {
    let Some(from) = (lo..hi).find(|&t| !stage.is_mark(t)) else { return false };
    if !is_english(stage, from) {
        return false;
    }
    let joins = |r: &&Reading| stage.sense(r).joins || stage.sense(r).is("contrast");
    let from = stage.read_at(from).iter().find(joins).map_or(from, |r| r.end);
    let last = (from..hi).rev().find(|&t| !stage.is_mark(t)).unwrap_or(from);
    let quotes = |t: u32| stage.quote_from(t).is_some() || stage.quote_to(t + 1).is_some();
    let inner = (from..last).any(|t| stage.is_mark(t) && stage.is_clause_mark(t) && !quotes(t));
    if inner {
        return false;
    }
    if stage.date_from(from).is_some_and(|end| end > last) {
        return true;
    }
    // "Meanwhile, the Kremlin announced": words of `fronts` alone are no clause.
    if stage.read_at(from).iter().any(|r| stage.sense(r).is("fronts") && r.end > last) {
        return true;
    }
    let opens = |group: &str| stage.read_at(from).iter().any(|r| stage.sense(r).is(group));
    // "Speaking to reporters, Trump announced": a participle without a clause of its own tells how it was said.
    let participle = |r: &Reading| r.forms.has(Form::Participle) && !r.forms.has(Form::Noun);
    let sourced = opens("source") || stage.read_at(from).iter().any(participle);
    (sourced && !holds_clause(stage, from + 1, hi))
        || opens("subordinates")
        || opens("conditional")
        || (hi - from <= PHRASE && opens("adjunct") && !holds_clause(stage, from + 1, hi))
}

/// Where what is said ends in a clause that depends on another: at the comma behind which the other begins.
pub(crate) fn subordinate(stage: &Stage<'_>, cue: u32, start: u32, lo: u32, hi: u32) -> Option<u32> {
    if !is_english(stage, cue) {
        return None;
    }
    let comma = |t: &u32| stage.is_comma(*t) && stage.quote_around(*t).is_none();
    let before = stage.pass_backward(cue, start);
    if stage.read_before(before).any(|r| stage.sense(r).is("relative") && r.start >= start) {
        return (lo..hi).find(comma);
    }
    let first = (start..cue).find(|&t| !stage.is_mark(t))?;
    let joins = |r: &&Reading| stage.sense(r).joins || stage.sense(r).is("contrast");
    let first = stage.read_at(first).iter().find(joins).map_or(first, |r| r.end);
    let fronted = stage.read_at(first).iter().any(|r| {
        let sense = stage.sense(r);
        sense.is("subordinates") || sense.is("conditional")
    });
    if !fronted || (first..cue).any(|t| stage.is_comma(t)) {
        return None;
    }
    let begins = |t: u32| {
        let slot = stage.slots_from(t).any(|e| !stage.slot(e).nested);
        slot || stage.read_at(t).iter().any(|r| stage.sense(r).determines)
    };
    (lo..hi).filter(|t| comma(t)).find(|&t| begins(t + 1))
}

/// Where the narrator goes on in the sentence: ", but Lavrov …", ", and he added", "- the first in years".
pub(crate) fn narrator(stage: &Stage<'_>, lo: u32, hi: u32) -> Option<u32> {
    if !is_english(stage, lo) {
        return None;
    }
    let actor = |t: u32| {
        let at = stage.read_at(t).iter().find(|r| stage.sense(r).determines).map_or(t, |r| r.end);
        let fits = |e: &Extent| !stage.slot(*e).nested && stage.fits(stage.slot(*e), &[SlotType::Actor]);
        stage.slots_from(at).find(fits)
    };
    let says = |t: u32| {
        let verb = |r: &Reading| r.forms.has(Form::Past) && stage.sense(r).is("says") && !stage.sense(r).helper;
        stage.read_at(stage.pass_forward(t, hi)).iter().any(verb)
    };
    // He called it “a mistake” as he left: behind the last of his own words the narrator tells what he did.
    let first = stage.quotes.partition_point(|q| q.lo < lo);
    let closed = stage.quotes[first..].iter().take_while(|q| q.hi < hi).last().map(|q| q.hi);
    let trails = |t: &u32| stage.read_at(*t).iter().any(|r| stage.sense(r).is("trails"));
    if let Some(end) = closed.filter(trails) {
        return Some(end);
    }
    (lo + 1..hi).filter(|&t| stage.is_clause_mark(t) && stage.quote_around(t).is_none()).find(|&t| {
        let next = stage.read_at(t + 1);
        if stage.is_comma(t) {
            let but = next.iter().find(|r| stage.sense(r).is("contrast")).and_then(|r| actor(r.end));
            let and = next.iter().find(|r| stage.sense(r).joins).and_then(|r| actor(r.end));
            return but.is_some() || and.is_some_and(|e| says(e.hi));
        }
        // A single dash before a noun phrase opens a remark.
        let dash = |t: u32| matches!(stage.page.raw(t), "-" | "–" | "—" | "--");
        dash(t) && next.iter().any(|r| stage.sense(r).determines) && !(t + 1..hi).any(dash) && !(lo..t).any(dash)
    })
}

/// Whether a finite verb stands there, one of a clause about somebody left out.
fn holds_clause(stage: &Stage<'_>, lo: u32, hi: u32) -> bool {
    let stops = |r: &Reading| stage.sense(r).opens || stage.sense(r).is("relative");
    let verb = |r: &Reading| {
        let finite = r.forms.has(Form::Past) || r.forms.has(Form::Present);
        stage.sense(r).is("finite") || (finite && !r.forms.has(Form::Noun) && !stage.sense(r).helper)
    };
    (lo..hi.min(lo + LOOK))
        .take_while(|&t| !stage.read_at(t).iter().any(stops))
        .any(|t| stage.read_at(t).iter().any(verb))
}

pub(crate) fn is_english(stage: &Stage<'_>, token: u32) -> bool {
    let paragraph = stage.page.tokens.get(token as usize).map(|t| t.paragraph);
    let paragraph = paragraph.and_then(|p| stage.page.paragraphs.get(p as usize));
    paragraph.is_some_and(|p| p.language == Language::English)
}
