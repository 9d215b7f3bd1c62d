//! Did it happen, or is it planned, wished, possible, denied?
//!
//! ```text
//! Kerry will not meet Lavrov        will: planned · not: denied   ─►  denied
//! «يعتزم الوزير زيارة القاهرة»        يعتزم: intended, two words on  ─►  intended
//! ```
//!
//! The words, their reach and what they colour are data of the lexicon (`casts`, `scope`, `reach`, `over`). The order
//! among them is fixed: denied, possible, intended, planned.

use crate::mention::MentionKind;
use crate::relation::Modality;
use crate::rules::lexicon::{Reading, Scope};
use crate::rules::program::Program;
use crate::rules::stage::Stage;
use crate::rules::syntax::{Form, Forms};
use crate::text::{Page, ParagraphKind};

/// The modality of a trigger within the tokens `lo..hi` of its clause.
pub(crate) fn modality(stage: &Stage<'_>, trigger: &Reading, lo: u32, hi: u32) -> Modality {
    let mut found = Found { planned: trigger.future, ..Found::default() };
    match stage.sense(trigger).modality {
        None | Some(Modality::Asserted) => {}
        Some(modality) => found.add(modality),
    }
    // A noun that carries the clitic of purpose.
    for &sense in &stage.program.by_clitic {
        let Some(context) = &stage.program.lexicon.senses[sense as usize].context else { continue };
        let carries = trigger.preposition.is_some_and(|p| context.clitics.contains(&p));
        if carries && trigger.forms.has(Form::Noun) && colours(stage, sense, trigger) {
            found.add(context.modality);
        }
    }
    before(stage, trigger, lo, &mut found);
    after(stage, trigger, hi, &mut found);
    found.modality()
}

#[derive(Clone, Copy, Default)]
struct Found {
    asserted: bool,
    planned: bool,
    intended: bool,
    possible: bool,
    denials: u32,
}

impl Found {
    fn add(&mut self, modality: Modality) {
        match modality {
            Modality::Asserted => self.asserted = true,
            Modality::Planned => self.planned = true,
            Modality::Intended => self.intended = true,
            Modality::Possible => self.possible = true,
            Modality::Denied => self.denials += 1,
        }
    }

    fn modality(self) -> Modality {
        match self {
            // Two denials leave it open at least: "did not rule out meeting".
            Found { denials: 2, .. } => Modality::Possible,
            Found { denials: 1.., .. } => Modality::Denied,
            Found { possible: true, .. } => Modality::Possible,
            Found { asserted: true, .. } => Modality::Asserted,
            Found { intended: true, .. } => Modality::Intended,
            Found { planned: true, .. } => Modality::Planned,
            _ => Modality::Asserted,
        }
    }
}

fn colours(stage: &Stage<'_>, sense: u32, trigger: &Reading) -> bool {
    stage.program.colours.get(sense as usize).and_then(Option::as_ref).is_some_and(|c| c.has(trigger.sense))
}

/// Words that stand before the trigger and look ahead.
fn before(stage: &Stage<'_>, trigger: &Reading, lo: u32, found: &mut Found) {
    let (mut at, mut distance, mut mentions) = (trigger.start, 0, false);
    // No reach is longer than this many words.
    while at > lo && distance <= 40 {
        for reading in stage.read_before(at) {
            let sense = stage.sense(reading);
            let Some(context) = &sense.context else { continue };
            // Only the last token of what it consists of counts its distance; `at` is where it ends.
            let near = match context.scope {
                Scope::After => distance <= context.reach && !(mentions && context.over.is_empty()),
                Scope::Clause => true,
                Scope::Before => false,
            };
            let tense = context.tense.is_none_or(|form| trigger.forms.overlaps(Forms::NONE.with(form)));
            let headline = !context.headline || is_headline(stage, trigger.start);
            if reading.start >= lo && near && tense && headline && colours(stage, reading.sense, trigger) {
                found.add(context.modality);
            }
        }
        let mention = stage.slots_to(at).find(|e| e.lo >= lo && !stage.slot(*e).nested);
        if let Some(mention) = mention {
            // "The planned NATO summit", "without Putin's promise": the mention is part of the noun's phrase.
            let own =
                stage.page.word(mention.hi) == "'s" || (mention.hi == trigger.start && trigger.forms.has(Form::Noun));
            mentions |= !own && !matches!(stage.slot(mention).kind, MentionKind::Date | MentionKind::Demonym);
            // The mention counts as one word.
            distance += 1;
            at = mention.lo;
            continue;
        }
        if stage.is_clause_mark(at - 1) {
            break;
        }
        // Helpers ("to", auxiliaries) count like any word: `reach` is what the lexicon says it is.
        distance += 1;
        at -= 1;
    }
}

/// Words that stand after the trigger and look back: "the visit was cancelled".
fn after(stage: &Stage<'_>, trigger: &Reading, hi: u32, found: &mut Found) {
    let (mut at, mut distance) = (trigger.end, 0);
    while at < hi && distance <= 40 {
        for reading in stage.read_at(at) {
            let Some(context) = &stage.sense(reading).context else { continue };
            let near = context.scope == Scope::Before && distance <= context.reach && reading.end <= hi;
            if near && colours(stage, reading.sense, trigger) {
                found.add(context.modality);
            }
        }
        let mention = stage.slots_from(at).find(|e| e.hi <= hi && !stage.slot(*e).nested);
        if let Some(mention) = mention.filter(|e| e.hi > at && stage.slot(*e).kind != MentionKind::Date) {
            distance += 1;
            at = mention.hi;
            continue;
        }
        if stage.is_clause_mark(at) {
            break;
        }
        distance += 1;
        at += 1;
    }
}

fn is_headline(stage: &Stage<'_>, token: u32) -> bool {
    let paragraph = stage.page.tokens.get(token as usize).map_or(0, |t| t.paragraph);
    stage.page.paragraphs.get(paragraph as usize).is_some_and(|p| p.kind == ParagraphKind::Headline)
}

/// How far from a date its verb may stand, in tokens.
const NEAR: u32 = 25;

/// Whether the words around a token (a date's) speak of what is to come: the nearest verb before it decides, else the
/// first one after it. "will meet on Thursday", «سيلتقي الخميس», "On Thursday, Kerry will fly".
pub(crate) fn speaks_of_future(program: &Program, page: &Page<'_>, token: u32) -> bool {
    let Some(t) = page.tokens.get(token as usize) else { return false };
    let Some(paragraph) = page.paragraphs.get(t.paragraph as usize) else { return false };
    let Some(sentence) = page.sentences.get(t.sentence as usize) else { return false };
    let (lo, hi) = (sentence.tokens.start.max(token.saturating_sub(NEAR)), sentence.tokens.end.min(token + NEAR));
    let mut readings = Vec::new();
    program.lexicon.read(page, paragraph.language, lo..hi, &mut readings);
    let verdict = |r: &Reading| {
        let sense = &program.lexicon.senses[r.sense as usize];
        if r.future {
            return Some(true);
        }
        match sense.context.as_ref().map(|c| c.modality) {
            Some(Modality::Planned | Modality::Intended | Modality::Possible) => Some(true),
            _ if sense.helper || sense.context.is_some() => None,
            _ => (r.forms.has(Form::Past) && !r.forms.has(Form::Base)).then_some(false),
        }
    };
    let strong = |t: u32| matches!(page.raw(t), "." | ";" | "؛" | ":" | "?" | "!" | "؟");
    let before = readings.iter().rev().filter(|r| r.end <= token && !(r.end..token).any(strong));
    let after = readings.iter().filter(|r| r.start >= token && !(token..r.start).any(strong));
    before.chain(after).find_map(verdict).unwrap_or(false)
}
