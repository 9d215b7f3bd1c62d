//! Who fits a slot by type and place, and still cannot be meant?
//!
//! ```text
//! met with U.S. service members                    the country only qualifies
//! Britain's prince met                             Britain only owns
//! a letter to Esper urging him to act              Esper is governed by "to"
//! mocked Romney for pointing out that              a participle behind "for" is the subject's deed
//! ```

use super::Matcher;
use crate::rules::Number;
use crate::rules::lexicon::Reading;
use crate::rules::program::{Op, Side};
use crate::rules::stage::Extent;
use crate::rules::subject;
use crate::rules::syntax::{Form, SlotType};
use crate::text::Language;

impl Matcher<'_, '_> {
    /// Whether the members of a list are two at least, or one that stands for several.
    /// Of `{a:sides|organisation}` one body is enough.
    pub(super) fn several(&self, members: &[Extent], types: &[SlotType]) -> bool {
        let slot = |e: &Extent| self.stage.slot(*e);
        let alone: Vec<SlotType> = types.iter().copied().filter(|t| *t != SlotType::Sides).collect();
        members.len() > 1
            || members.iter().any(|e| self.stage.fits(slot(e), &alone))
            || members.iter().any(|e| slot(e).number != Number::One || slot(e).entities.len() > 1)
    }

    /// Whether a country is but the first word of another noun: "met with U.S. service members". Written as letters
    /// it has "the" when it stands for itself.
    pub(super) fn qualifies(&self, member: Extent) -> bool {
        let (stage, slot) = (self.stage, self.stage.slot(member));
        let tokens = stage.page.tokens.get(member.hi as usize);
        let word =
            tokens.is_some_and(|t| t.kind == crate::text::TokenKind::Word && t.shape != crate::text::Shape::Caseless);
        let letters = stage
            .page
            .text
            .get(slot.head.range())
            .is_some_and(|name| name.len() <= 6 && name.chars().all(|c| c.is_ascii_uppercase() || c == '.'));
        let alone = || member.lo.checked_sub(1).is_none_or(|t| stage.page.word(t) != "the");
        let free = || stage.read_at(member.hi).is_empty() && stage.slots_from(member.hi).next().is_none();
        slot.ty == crate::entity::EntityKind::Country && letters && word && alone() && free()
    }

    /// Whether somebody only owns what follows ("Britain's prince") where the pattern does not ask for that.
    pub(super) fn owns(&self, side: &Side, pc: usize, member: Extent) -> bool {
        let next = if self.back { pc.checked_sub(1) } else { Some(pc + 1) };
        self.stage.page.word(member.hi) == "'s"
            && !matches!(next.and_then(|i| side.ops.get(i)), Some(Op::Words { words, .. }) if words.iter().any(|w| &**w == "'s"))
    }

    /// Whether a preposition holds whoever a pattern begins with: «في الصين التقى», "a friend of Obama met".
    pub(super) fn bound(&self, side: &Side, pc: usize, members: &[Extent]) -> bool {
        let first = self.back && matches!(side.ops.get(pc + 1), Some(Op::End));
        // "by Gorbachev, who had talks with her": the clause that follows is his own.
        let own = |e: &Extent| {
            let relative = |r: &Reading| self.stage.sense(r).is("relative");
            self.stage.page.word(e.hi) == "'s"
                || self.stage.is_clause_mark(e.hi)
                || self.stage.read_at(e.hi).iter().any(relative)
        };
        first
            && (self.dangles(members)
                || members.last().is_some_and(|e| subject::bound(self.stage, *e)) && !members.first().is_some_and(own))
    }

    /// Whether the trigger is a participle of English without an auxiliary that these members do not do: they stand
    /// behind a preposition, or the participle does, or "and" joins it to what came before, and they are not the subject
    /// of the clause.
    fn dangles(&self, members: &[Extent]) -> bool {
        let (stage, trigger) = (self.stage, self.trigger);
        let other = [Form::Past, Form::Present, Form::Base, Form::Noun];
        let participle = trigger.forms.has(Form::Participle) && !other.iter().any(|f| trigger.forms.has(*f));
        if !participle || stage.sense(trigger).language != Some(Language::English) {
            return false;
        }
        let Some(nearest) = members.iter().max_by_key(|e| e.hi) else { return false };
        let helped = |t: u32| stage.read_at(t).iter().any(|r| stage.sense(r).is("finite"));
        if (nearest.hi..trigger.start).any(helped) {
            return false;
        }
        let word = |t: Option<u32>| t.map_or("", |t| stage.page.word(t));
        if nearest.hi == trigger.start {
            // "With Russia accusing the allies": there the participle is the very verb.
            let governor = members.iter().map(|e| e.lo).min().and_then(|lo| lo.checked_sub(1));
            return word(governor) != "with" && members.iter().all(|e| subject::governed(stage, *e));
        }
        let Some(before) = trigger.start.checked_sub(1) else { return false };
        let lexicon = &stage.program.lexicon;
        let tied = lexicon.lists(stage.page.word(before), |sense| sense.governs || sense.joins);
        if !tied {
            return false;
        }
        // "Obama waves after arriving": the same person may be named twice before it. Behind "of" no deed is told.
        let timed = !lexicon.lists(stage.page.word(before), |sense| sense.binds || sense.joins);
        let entities = |slot: u32| stage.slots.get(slot as usize).map_or(&[][..], |s| &s.entities);
        let subjects = subject::before(stage, self.lo, trigger).unwrap_or_default();
        let shared = |e: &Extent, s: u32| timed && entities(s).iter().any(|x| entities(e.slot).contains(x));
        let same = |e: &Extent| subjects.iter().any(|&s| s == e.slot || shared(e, s));
        !members.iter().any(same)
    }
}
