//! Does a word of saying tell here that somebody spoke?
//!
//! ```text
//! Kerry wants to stress the need         he has not stressed it yet
//! Trump won praise for the raid          a noun: something stands between it and him
//! a campaign promise to end the war      a noun: one campaign promises
//! ```
//!
//! English alone: there a noun and a verb look the same, and what is only meant stands in the infinitive.

use crate::mention::MentionKind;
use crate::rules::Number;
use crate::rules::lexicon::Reading;
use crate::rules::matcher::{Bound, Match};
use crate::rules::stage::Stage;
use crate::rules::syntax::Form;
use crate::text::Language;

/// Whether what a pattern of a statement took tells of no saying.
pub(crate) fn is_unsaid(stage: &Stage<'_>, rule: u32, trigger: &Reading, fit: &Match) -> bool {
    let statement = stage.program.rules[rule as usize].emit.slots("content").next().is_some();
    let english = stage.sense(trigger).language == Some(Language::English);
    statement
        && english
        && (is_only_meant(stage, trigger) || is_subject(stage, trigger) || is_noun(stage, trigger, fit) || is_thing(stage, trigger, fit))
}

/// "what he says is wrong", "accused of theft": the words behind the verb tell of what he says, and are not his.
fn is_thing(stage: &Stage<'_>, trigger: &Reading, fit: &Match) -> bool {
    let said = fit.bindings.iter().find_map(|b| match b.bound {
        Bound::Text { lo, quote: None, .. } if lo > fit.lo => Some(lo),
        _ => None,
    });
    // "a soldier accused of theft": nobody accuses.
    let governs = |t: u32| stage.read_at(t).iter().any(|r| stage.sense(r).is("binds"));
    if stage.sense(trigger).is("accuse") && said == Some(trigger.end) && said.is_some_and(governs) {
        return true;
    }
    let what = |r: &Reading| stage.sense(r).is("asks-what");
    let tensed = |t: u32| stage.read_at(t).iter().any(|r| stage.sense(r).is("tensed"));
    stage.read_before(fit.lo).any(what) && said.is_some_and(tensed)
}

/// "press reports said": the verb stands behind it, so it is a noun.
fn is_subject(stage: &Stage<'_>, trigger: &Reading) -> bool {
    let said = |r: &Reading| {
        let finite = r.forms.has(Form::Past) && !r.forms.has(Form::Noun);
        finite && stage.sense(r).is("says")
    };
    trigger.forms.has(Form::Present) && stage.read_at(trigger.end).iter().any(said)
}

/// "wants to stress": a word of `aims` stands before the verb.
fn is_only_meant(stage: &Stage<'_>, trigger: &Reading) -> bool {
    stage.read_before(trigger.start).any(|r| stage.sense(r).is("aims"))
}

/// Whether a word that may be a noun is one: something stands between it and its subject, or the subject is one alone
/// and the verb's form is that of many.
fn is_noun(stage: &Stage<'_>, trigger: &Reading, fit: &Match) -> bool {
    let both = trigger.forms.has(Form::Noun) && trigger.forms.has(Form::Present);
    // "refused to promise", "should demand"
    let marked = |r: &Reading| {
        let sense = stage.sense(r);
        sense.context.is_some() || sense.is("to") || (sense.helper && sense.is("tensed"))
    };
    if !both || stage.read_before(trigger.start).any(marked) {
        return false;
    }
    let before = |slot: u32| {
        let s = stage.slots.get(slot as usize)?;
        (s.tokens.end <= trigger.start).then_some(s)
    };
    let mut bound = fit.bindings.iter().filter_map(|b| match &b.bound {
        Bound::Slots(slots) => Some(slots),
        _ => None,
    });
    let Some(subject) = bound.rfind(|s| s.last().is_some_and(|&s| before(s).is_some())) else {
        return false;
    };
    let Some(last) = subject.last().and_then(|&s| before(s)) else { return false };
    let apart =
        stage.pass_backward(trigger.start, last.tokens.end) > last.tokens.end && !stage.is_mark(trigger.start - 1);
    let many = subject.len() > 1 || last.number != Number::One || last.entities.len() > 1;
    let singular = stage.page.word(trigger.start).ends_with('s');
    let alone = !many && !singular && last.kind != MentionKind::Pronoun;
    alone || apart
}
