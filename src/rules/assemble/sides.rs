//! Who are the sides of an encounter, and is each of them one of his own?
//!
//! ```text
//! The emir, Sheikh Isa                          one side, not two
//! North Korea said of Kim's summit with Trump   Kim, Trump; his country is no third side
//! والتقى الرئيس الكوري                           whoever follows is the subject, and nobody is left unsaid
//! ```

use super::Assembly;
use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::relation::Argument;
use crate::rules::matcher::Bound;
use crate::rules::run::Proposal;
use crate::rules::syntax::{Form, SlotType};
use crate::text::Language;

impl Assembly<'_, '_> {
    /// «والتقى الرئيس الكوري»: an Arabic verb has its subject behind it, if no preposition stands there.
    pub(super) fn subject_follows(&self, sentence: u32, proposal: &Proposal) -> bool {
        let (stage, trigger) = (self.stage, &proposal.trigger);
        let forms = trigger.forms;
        let verb = !forms.has(Form::Noun) && [Form::Past, Form::Present, Form::Jussive].iter().any(|f| forms.has(*f));
        let arabic = stage.sense(trigger).language == Some(Language::Arabic);
        let own = |e: crate::rules::stage::Extent| {
            let slot = stage.slot(e);
            !slot.nested && stage.clitic(slot).is_empty() && stage.fits(slot, &[SlotType::Actor])
        };
        let opens = stage.page.sentences.get(sentence as usize).is_some_and(|s| s.tokens.start == trigger.start);
        verb && arabic && opens && stage.slots_from(trigger.end).any(own)
    }

    /// "The emir, Sheikh Isa", told as if he met himself: two slots of one role, and one entity in them.
    pub(super) fn is_one_side(&self, proposal: &Proposal, arguments: &[Argument], first: &str) -> bool {
        let program = self.stage.program;
        let bound = |slot: &&str| matches!(proposal.bound(program, slot), Some(Bound::Slots(_)));
        let sides = program.rules[proposal.rule as usize].emit.slots(first).filter(bound).count();
        let titled = |slots: &[u32], next: &[u32]| match (slots.last(), next.first()) {
            (Some(&a), Some(&b)) => self.is_title_of(a, b),
            _ => false,
        };
        let all: Vec<&[u32]> = proposal
            .fit
            .bindings
            .iter()
            .filter_map(|b| match &b.bound {
                Bound::Slots(slots) => Some(&slots[..]),
                _ => None,
            })
            .collect();
        if sides > 1 && all.windows(2).any(|pair| titled(pair[0], pair[1])) {
            return true;
        }
        sides > 1 && arguments.iter().filter(|a| a.role == first).count() == 1
    }

    /// «أمير البحرين آنذاك الشيخ عيسى»: a role, then words that only say when it was, then the name of its bearer.
    fn is_title_of(&self, role: u32, name: u32) -> bool {
        let slot = |i: u32| self.stage.slots.get(i as usize);
        let (Some(role), Some(name)) = (slot(role), slot(name)) else { return false };
        let between = role.tokens.end..name.tokens.start;
        let when = |t: u32| self.stage.read_at(t).iter().any(|r| self.stage.sense(r).is("copula"));
        role.kind == MentionKind::Role
            && name.kind == MentionKind::Name
            && name.ty == EntityKind::Person
            && self.stage.clitic(name).is_empty()
            && !between.is_empty()
            && between.len() <= 2
            && between.clone().all(when)
    }

    /// "North Korea said of Kim's summit with Trump": where a leader is a side, the country is not another one.
    pub(super) fn drop_lands_of(&self, arguments: &mut Vec<Argument>, first: &str) {
        let land = |a: &Argument| self.lands.get(&a.entity.0).copied();
        let leads = |country: u32, all: &[Argument]| {
            all.iter().any(|a| a.role == first && a.entity.0 != country && land(a) == Some(country))
        };
        let drop: Vec<u32> = arguments
            .iter()
            .filter(|a| a.role == first && land(a) == Some(a.entity.0))
            .map(|a| a.entity.0)
            .filter(|&country| leads(country, arguments))
            .collect();
        arguments.retain(|a| a.role != first || !drop.contains(&a.entity.0));
    }

    /// Whether an argument is a city or a building, not a whole country.
    pub(super) fn is_spot(&self, argument: &Argument) -> bool {
        let from = self.stage.slots.partition_point(|s| s.span.start() < argument.span.start());
        let here = self.stage.slots[from.saturating_sub(4)..].iter().take(8);
        here.filter(|s| s.head == argument.span).any(|s| s.ty == EntityKind::Place)
    }
}
