//! Which verb governs the clause of a noun, and is what it tells still to come?
//!
//! ```text
//! Kerry will raise it in talks with Lavrov         talks ◄── will      ─►   planned
//! «ستطرح ماي الأمر خلال قمة بروكسل»                  قمة  ◄── ستطرح      ─►   planned
//! Kerry raised it in talks with Lavrov             talks ◄── raised    ─►   it was
//! ```
//!
//! The way back to the verb ends where another clause begins: at a strong mark, at "that", at "who".

use crate::relation::Modality;
use crate::rules::lexicon::{Reading, Scope};
use crate::rules::stage::Stage;
use crate::rules::syntax::Form;

/// How far the governing verb may stand, in tokens.
const FAR: u32 = 24;

/// Whether a trigger tells no time by itself: a noun, or a participle without an auxiliary.
pub(crate) fn is_governed(stage: &Stage<'_>, trigger: &Reading) -> bool {
    // What is said is said: "will go on, saying".
    if stage.sense(trigger).is("speech") {
        return false;
    }
    if trigger.forms.has(Form::Noun) && !trigger.forms.has(Form::Past) && !trigger.forms.has(Form::Base) {
        return true;
    }
    let helped = stage.read_before(trigger.start).any(|r| stage.sense(r).is("copula") || stage.sense(r).is("finite"));
    let alone = trigger.start.checked_sub(1).is_some_and(|t| stage.is_comma(t) || joins(stage, t));
    trigger.forms.has(Form::Participle) && alone && !helped
}

fn joins(stage: &Stage<'_>, token: u32) -> bool {
    stage.read_at(token).iter().any(|r| stage.sense(r).joins)
}

/// What the words before `from` say of the time of their clause: planned, intended, or nothing.
pub(crate) fn time(stage: &Stage<'_>, from: u32, lo: u32, commas: bool) -> Option<Modality> {
    let lo = lo.max(from.saturating_sub(FAR));
    let mut at = from;
    while at > lo {
        let slot = stage.slots_to(at).find(|e| e.lo >= lo && !stage.slot(*e).nested);
        if let Some(slot) = slot.filter(|e| e.lo < at) {
            at = slot.lo;
            continue;
        }
        let mark = stage.is_clause_mark(at - 1);
        if mark && !(commas && stage.is_comma(at - 1)) {
            return None;
        }
        for reading in stage.read_before(at).filter(|r| r.start >= lo) {
            match verdict(stage, reading) {
                Verdict::Passes => {}
                Verdict::Ends => return None,
                Verdict::Tells(modality) => return Some(modality),
            }
        }
        at -= 1;
    }
    None
}

enum Verdict {
    Passes,
    Ends,
    Tells(Modality),
}

fn verdict(stage: &Stage<'_>, reading: &Reading) -> Verdict {
    let sense = stage.sense(reading);
    if reading.future {
        return Verdict::Tells(Modality::Planned);
    }
    if sense.walls {
        return Verdict::Ends;
    }
    if let Some(context) = sense.context.as_ref().filter(|c| c.scope != Scope::Clause && !sense.is("speech")) {
        let wide = sense.is("governing") && matches!(context.modality, Modality::Planned | Modality::Intended);
        return if wide { Verdict::Tells(context.modality) } else { Verdict::Passes };
    }
    // A verb that told of the future would have told so; an English base stands behind the word that does.
    // "Will tell you I have had talks": another clause.
    if sense.is("finite") && sense.context.is_none() {
        return Verdict::Ends;
    }
    let finite = reading.forms.has(Form::Past) || reading.forms.has(Form::Present) || reading.forms.has(Form::Jussive);
    let ends = finite && !reading.forms.has(Form::Base) && !reading.forms.has(Form::Noun) && !sense.helper;
    if ends { Verdict::Ends } else { Verdict::Passes }
}

/// Whether a verb that stands alone behind "before" is still to come: as the verb of its clause, or where the sentence
/// begins with it, of the next one.
pub(crate) fn is_ahead(stage: &Stage<'_>, opener: u32, trigger: &Reading, lo: u32, hi: u32) -> bool {
    if time(stage, opener, lo, true).is_some() || presents(stage, opener, lo) {
        return true;
    }
    let fronted = opener <= lo + 1 || stage.is_mark(opener - 1);
    let near = trigger.end..hi.min(trigger.end + FAR);
    let comma = near.clone().find(|&t| stage.is_comma(t)).filter(|_| fronted);
    comma.is_some_and(|comma| {
        let readings = (comma..near.end).flat_map(|t| stage.read_at(t));
        let mut told = readings.map(|r| verdict(stage, r));
        told.find_map(|v| match v {
            Verdict::Tells(_) => Some(true),
            Verdict::Ends => Some(false),
            Verdict::Passes => None,
        }) == Some(true)
    })
}

/// «يلتقي الوزير نظيره قبل أن يجتمع»: the nearest verb before is an Arabic present, which running text tells plans with.
fn presents(stage: &Stage<'_>, from: u32, lo: u32) -> bool {
    let verb = |r: &&Reading| {
        let sense = stage.sense(r);
        let finite = r.forms.has(Form::Past) || r.forms.has(Form::Present);
        finite && !r.forms.has(Form::Noun) && !sense.helper && sense.context.is_none() && !sense.is("speech")
    };
    let nearest = (lo.max(from.saturating_sub(FAR))..from).rev().find_map(|t| stage.read_at(t).iter().find(verb));
    nearest.is_some_and(|r| {
        r.forms.has(Form::Present)
            && !r.forms.has(Form::Past)
            && stage.sense(r).language == Some(crate::text::Language::Arabic)
    })
}
