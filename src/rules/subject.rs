//! Whose deed does a clause tell, where the words at the trigger do not say?
//!
//! ```text
//! Straw, who had flown in from Rabat, spoke after meeting Solana       ─►   Straw
//! قال الوزير إن أردوغان سيركز في لقائه مع ميركل على الهجرة              ─►   أردوغان: the clause begins at إن
//! ```
//!
//! The subject is the first person of the clause whom no preposition governs, else the first of the clause around it;
//! only where the sentence names none, a body of the clause. A country mostly is where something is and not who does it.

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::rules::agrees::{self, Asks};
use crate::rules::lexicon::Reading;
use crate::rules::stage::{Extent, Stage};
use crate::rules::syntax::{Form, SlotType};
use crate::rules::{Number, Slot};

/// How far before its trigger a subject may stand, in tokens.
const REACH: u32 = 60;

/// The slots of the subject of the clause around `trigger`, with those that a list joins to it.
pub(crate) fn before(stage: &Stage<'_>, lo: u32, trigger: &Reading) -> Option<Vec<u32>> {
    let asks = agrees::asks(stage, trigger);
    let trigger = trigger.start;
    let lo = lo.max(trigger.saturating_sub(REACH));
    let own = clause_start(stage, lo, trigger);
    let found = people(stage, lo, trigger, own, asks)
        .or_else(|| first(stage, own, trigger, body(stage, own, asks)))
        .or_else(|| owner(stage, lo, trigger, asks));
    let found = found?;
    let mut slots = vec![found.slot];
    let mut last = found;
    while let Some(next) = joined(stage, last, trigger) {
        slots.push(next.slot);
        last = next;
    }
    Some(slots)
}

/// Where the clause of a token begins: after the last "that" or strong mark before it.
fn clause_start(stage: &Stage<'_>, lo: u32, trigger: u32) -> u32 {
    let strong = |t: u32| matches!(stage.page.raw(t), ";" | "؛" | ":" | "." | "?" | "؟" | "!");
    let verb = |r: &Reading| r.forms.has(Form::Past) || r.forms.has(Form::Present);
    let opens = |r: &Reading| {
        let sense = stage.sense(r);
        sense.is("opens") || (sense.is("bare") && verb(r))
    };
    (lo..trigger)
        .rev()
        .find_map(|t| {
            let opener = stage.read_at(t).iter().find(|r| r.end <= trigger && opens(r)).map(|r| r.end);
            opener.or_else(|| strong(t).then_some(t + 1))
        })
        .unwrap_or(lo)
}

/// The first person of the clause, or of the one around it: "Kerry said after meeting Lavrov".
fn people(stage: &Stage<'_>, lo: u32, trigger: u32, own: u32, asks: Option<Asks>) -> Option<Extent> {
    let (mut clause, mut end) = (own, trigger);
    loop {
        let fits = |slot: &Slot| slot.ty == EntityKind::Person && agrees::fits(slot, asks);
        let found = first(stage, clause, end, |e| fits(stage.slot(e)));
        if found.is_some() || clause <= lo {
            return found;
        }
        end = clause - 1;
        clause = clause_start(stage, lo, end);
    }
}

/// "Weeks before Trump flew to Oslo for his talks with": where no clause names a subject, the last person before the
/// noun whom "his" can mean, whatever governs him.
fn owner(stage: &Stage<'_>, lo: u32, noun: u32, asks: Option<Asks>) -> Option<Extent> {
    asks?;
    let upto = stage.extents.partition_point(|e| e.lo < noun);
    stage.extents[..upto].iter().rev().copied().take_while(|e| e.lo >= lo).find(|e| {
        let slot = stage.slot(*e);
        let person = slot.ty == EntityKind::Person && !slot.nested && !slot.entities.is_empty();
        let known = slot.number == Number::One && (asks == Some(Asks::Man) || slot.female == Some(true));
        // «الزيارة الثانية للحريري»: the Arabic preposition of owners; behind another one stands somebody else.
        let owns = stage.page.word(e.lo).is_ascii() || stage.clitic(slot).contains('ل');
        person && known && owns && e.hi <= noun && agrees::fits(slot, asks) && !is_copula(stage, *e, lo)
    })
}

/// A body; a country only where the clause opens with it or with its verb.
fn body<'a>(stage: &'a Stage<'_>, clause: u32, asks: Option<Asks>) -> impl Fn(Extent) -> bool + 'a {
    move |e| match stage.slot(e).ty {
        _ if !agrees::fits(stage.slot(e), asks) => false,
        EntityKind::Organisation => true,
        EntityKind::Country => e.lo <= clause + 2,
        _ => false,
    }
}

fn first(stage: &Stage<'_>, lo: u32, hi: u32, wanted: impl Fn(Extent) -> bool) -> Option<Extent> {
    let from = stage.extents.partition_point(|e| e.lo < lo);
    stage.extents[from..].iter().copied().take_while(|e| e.lo < hi).find(|e| {
        let slot = stage.slot(*e);
        let actor = !slot.nested && stage.fits(slot, &[SlotType::Actor]) && !slot.entities.is_empty();
        e.hi <= hi && actor && wanted(*e) && !governed(stage, *e) && !is_copula(stage, *e, lo)
    })
}

/// «الهدف هو عدم الرد»: a pronoun between two nouns stands for nobody; a subject opens its clause.
pub(crate) fn is_copula(stage: &Stage<'_>, extent: Extent, lo: u32) -> bool {
    let slot = stage.slot(extent);
    let alone =
        slot.kind == MentionKind::Pronoun && extent.hi == extent.lo + 1 && !stage.page.word(extent.lo).is_ascii();
    let opens = extent.lo <= lo || stage.is_mark(extent.lo - 1) || !stage.clitic(slot).is_empty();
    alone && !opens && stage.read_before(extent.lo).next().is_none()
}

/// "In Hanoi, Vietnam": the land of a city that stands before it.
fn is_land_of(stage: &Stage<'_>, extent: Extent) -> bool {
    let comma = extent.lo.checked_sub(1).filter(|&t| stage.is_comma(t));
    let city = |t: u32| stage.slots_to(t).any(|e| stage.slot(e).ty == EntityKind::Place && bound(stage, e));
    stage.slot(extent).ty == EntityKind::Country && comma.is_some_and(city)
}

/// Whether a preposition stands before it: fused, or as a word of its own.
pub(crate) fn governed(stage: &Stage<'_>, extent: Extent) -> bool {
    if stage.clitic(stage.slot(extent)).contains(['ب', 'ل', 'ك']) {
        return true;
    }
    let Some(before) = extent.lo.checked_sub(1) else { return false };
    // "of the president" stands two words before the name.
    let word =
        |t: u32| stage.page.tokens.get(t as usize).is_some_and(|token| token.kind != crate::text::TokenKind::Mark);
    let preposition = |t: u32| {
        let governs = stage.read_before(t + 1).any(|r| stage.sense(r).governs);
        let lists = |word: &str| stage.program.lexicon.lists(word, |sense| sense.binds);
        // «وعن اليمن قال»: the conjunction is written with the preposition.
        word(t)
            && (governs || lists(stage.page.word(t)) || stage.page.word(t).strip_prefix(['و', 'ف']).is_some_and(lists))
    };
    stage.page.word(extent.hi) == "'s"
        || preposition(before)
        || is_land_of(stage, extent)
        || (matches!(stage.page.word(before), "the" | "a" | "an") && before.checked_sub(1).is_some_and(preposition))
}

/// Whether a preposition that never opens a clause stands before it (the group `binds`), or is fused to it.
pub(crate) fn bound(stage: &Stage<'_>, extent: Extent) -> bool {
    if stage.clitic(stage.slot(extent)).contains(['ب', 'ل', 'ك']) {
        return true;
    }
    let Some(before) = extent.lo.checked_sub(1) else { return false };
    // Also within a longer form: "arrived in Israel".
    let binds = |t: u32| stage.program.lexicon.lists(stage.page.word(t), |sense| sense.binds);
    let article = matches!(stage.page.word(before), "the" | "a" | "an");
    binds(before) || (article && before.checked_sub(1).is_some_and(binds))
}

/// The next member of a list that begins with `last`.
fn joined(stage: &Stage<'_>, last: Extent, hi: u32) -> Option<Extent> {
    let actor = |e: &Extent| {
        let slot = stage.slot(*e);
        e.hi <= hi && !slot.nested && slot.kind != MentionKind::Date && stage.fits(slot, &[SlotType::Actor])
    };
    let fused = stage.slots_from(last.hi).filter(actor).find(|e| stage.clitic(stage.slot(*e)) == "و");
    fused.or_else(|| {
        let joins = stage.read_at(last.hi).iter().find(|r| stage.sense(r).joins)?;
        stage.slots_from(joins.end).find(actor)
    })
}
