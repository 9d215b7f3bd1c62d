//! Whom can an Arabic verb without a subject, or "his", mean by the gender that its form shows?
//!
//! ```text
//! «نفى لافروف ذلك ... وأضافت»      a woman, a country, a body: not Lavrov
//! «زيارة بلاده مصر، مؤكدا»          a man: no country
//! «لقائها مع ميركل»                 her meeting: not his
//! «المحتجون يطالبون لافروف»         many demand: the one behind the verb is no subject of it
//! ```
//!
//! A form is feminine where the sense lists no feminine of it: «قال» has «قالت» beside it, «قالت» has none.

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::rules::lexicon::Reading;
use crate::rules::matcher::{Bound, Match};
use crate::rules::stage::Stage;
use crate::rules::subject;
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

/// Whether the subject that a pattern found for an Arabic verb cannot be its subject. A verb before its subject is never
/// plural or dual; one behind it is as its subject is.
pub(crate) fn clashes(stage: &Stage<'_>, rule: u32, trigger: &Reading, fit: &Match) -> bool {
    let verb = [Form::Past, Form::Present, Form::Jussive].iter().any(|f| trigger.forms.has(*f));
    let other = [Form::Noun, Form::Participle, Form::Passive].iter().any(|f| trigger.forms.has(*f));
    if !verb || other || trigger.end != trigger.start + 1 || stage.sense(trigger).language != Some(Language::Arabic) {
        return false;
    }
    let Some(rule) = stage.program.rules.get(rule as usize) else { return false };
    let first = rule.emit.arguments().next().and_then(|(_, slots)| slots.first());
    let name = first.and_then(|(slot, _)| rule.names.iter().position(|n| n == slot));
    let Some(bound) = fit.bindings.iter().find(|b| Some(usize::from(b.name)) == name) else { return false };
    let Bound::Slots(slots) = &bound.bound else { return false };
    let Some(subject) = slots.first().and_then(|&s| stage.slots.get(s as usize)) else { return false };
    let Some(word) = stage.page.word(trigger.start).get(usize::from(trigger.head)..) else { return false };
    // «استقبله», «استقبلها»: whom it was done to is written to it.
    if ["ه", "ها", "هم", "هما"].iter().any(|end| word.ends_with(end)) {
        return false;
    }
    let behind = subject.tokens.start >= trigger.end;
    let near = subject.tokens.start == trigger.end;
    // «نقلت وكالة تاس عن شويغو»: whoever a preposition governs is no subject of the verb.
    if behind && stage.slots_from(subject.tokens.start).any(|e| subject::bound(stage, e)) {
        return false;
    }
    let many = slots.len() > 1 || subject.number != Number::One || subject.entities.len() > 1;
    let one = !many && subject.ty == EntityKind::Person && subject.kind == MentionKind::Name;
    if is_plural(stage, trigger, word) {
        return behind || one;
    }
    // «اقترحت موغيريني أن»: she says so herself, whatever was made of her name.
    let says = || behind && stage.read_at(subject.tokens.end).iter().any(|r| stage.sense(r).is("opens"));
    match asks(stage, trigger) {
        Some(Asks::Woman) => one && !says() && subject.female == Some(false),
        Some(Asks::Man) => one && subject.female == Some(true) && (near || !behind),
        None => false,
    }
}

/// Whether a verb is dual or plural: its sense lists the form without the ending too.
fn is_plural(stage: &Stage<'_>, trigger: &Reading, word: &str) -> bool {
    let listed = |end: &str| {
        let stem = word.strip_suffix(end).filter(|stem| stem.chars().nth(1).is_some());
        // A weak verb loses its last letter: «دعا», «دعوا».
        stem.is_some_and(|stem| {
            ["", "ا", "ي", "ى"]
                .iter()
                .any(|weak| stage.program.lexicon.lists_sense(&format!("{stem}{weak}"), trigger.sense))
        })
    };
    let dual = || word.strip_suffix('ا').is_some_and(|stem| stage.program.lexicon.lists_sense(stem, trigger.sense));
    listed("وا") || dual() || (trigger.forms.has(Form::Present) && (listed("ون") || listed("ان")))
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
