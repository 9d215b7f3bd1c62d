//! Whom can an Arabic verb without a subject, or "his", mean by the gender that its form shows?
//!
//! ```text
//! «نفى لافروف ذلك ... وأضافت»      a woman, a country, a body: not Lavrov
//! «زيارة بلاده مصر، مؤكدا»          a man: no country
//! «لقائها مع ميركل»                 her meeting: not his
//! ```
//!
//! A form is feminine where the sense lists no feminine of it: «قال» has «قالت» beside it, «قالت» has none.

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::rules::lexicon::Reading;
use crate::rules::stage::Stage;
use crate::rules::syntax::Form;
use crate::rules::{Number, Slot};
use crate::text::Language;

/// What a form asks of whoever is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    Man,
    Woman,
}

/// What a trigger asks of a subject that stands elsewhere: a verb by its form, a noun by the owner written to it.
pub(crate) fn asks(stage: &Stage<'_>, trigger: &Reading) -> Option<Asks> {
    if stage.sense(trigger).language != Some(Language::Arabic) {
        return possessive(stage, trigger);
    }
    let word = stage.page.word(trigger.start).get(usize::from(trigger.head)..)?;
    if trigger.forms.has(Form::Noun) {
        let owned = stage.sense(trigger).groups.iter().any(|g| g.starts_with("own-"));
        return match word {
            _ if !owned => None,
            w if w.ends_with("ها") => Some(Asks::Woman),
            w if w.ends_with('ه') => Some(Asks::Man),
            _ => None,
        };
    }
    if trigger.end != trigger.start + 1 {
        return None;
    }
    if trigger.forms.has(Form::Past) {
        let doubled = || stage.program.lexicon.lists_sense(&format!("{word}ت"), trigger.sense);
        return match word {
            w if w.ends_with("وا") || w.ends_with("تا") => None,
            w if w.ends_with('ت') && !doubled() => Some(Asks::Woman),
            // A dual ends as a few masculines do.
            w if w.ends_with('ا') => None,
            _ => Some(Asks::Man),
        };
    }
    if trigger.forms.has(Form::Participle) {
        return match word {
            w if w.ends_with("ين") || w.ends_with("ات") || w.ends_with("ون") => None,
            w if w.ends_with('ة') => Some(Asks::Woman),
            w if w.ends_with('ا') => Some(Asks::Man),
            _ => None,
        };
    }
    if trigger.forms.has(Form::Present) && !["ون", "ان", "وا", "ين"].iter().any(|end| word.ends_with(end)) {
        return match word.chars().next() {
            Some('ي') => Some(Asks::Man),
            Some('ت') => Some(Asks::Woman),
            _ => None,
        };
    }
    None
}

/// "His talks with": the word before the noun, of the lexicon's senses `his` and `her`.
fn possessive(stage: &Stage<'_>, trigger: &Reading) -> Option<Asks> {
    /// "His long-awaited first state visit".
    const NEAR: u32 = 6;
    if !trigger.forms.has(Form::Noun) {
        return None;
    }
    let near = (trigger.start.saturating_sub(NEAR)..trigger.start).rev();
    for t in near.take_while(|&t| !stage.is_mark(t)) {
        let is = |name: &str| stage.program.lexicon.lists(stage.page.word(t), |sense| sense.is(name));
        if is("his") {
            return Some(Asks::Man);
        }
        if is("her") {
            return Some(Asks::Woman);
        }
    }
    None
}

/// Whether a slot can be meant. What is not known agrees.
pub(crate) fn fits(slot: &Slot, asks: Option<Asks>) -> bool {
    match asks {
        None => true,
        Some(Asks::Man) => {
            let land = slot.ty == EntityKind::Country && slot.kind == MentionKind::Name;
            !land && slot.female != Some(true) && slot.number == Number::One && slot.entities.len() < 2
        }
        Some(Asks::Woman) => slot.ty != EntityKind::Person || slot.number != Number::One || slot.female != Some(false),
    }
}
