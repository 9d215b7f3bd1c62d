//! Is the place that a pattern took the encounter's own?
//!
//! ```text
//! met in Geneva to discuss the truce in Syria        Syria: what it was about
//! met ahead of the summit in Singapore               Singapore: another encounter's
//! met at a Middle East conference                    Middle East: what kind of conference
//! ```

use super::Assembly;
use crate::relation::Modality;
use crate::rules::Slot;
use crate::rules::run::Proposal;
use crate::text::TokenKind;

impl Assembly<'_, '_> {
    /// Whether nothing between the trigger and the place gives it to something else.
    pub(super) fn is_own_place(&self, proposal: &Proposal, slot: &Slot) -> bool {
        let (stage, trigger) = (self.stage, &proposal.trigger);
        let from = slot.tokens.start;
        let kind = |word: &str| matches!(word, "a" | "an");
        let attribute = from.checked_sub(1).is_some_and(|t| kind(stage.page.word(t)));
        // "About three hours", and what a day ends: "on Syria, on 22 November in Sochi".
        let amount = |t: u32| stage.page.tokens.get(t as usize).is_some_and(|t| t.kind == TokenKind::Number);
        let counts = |t: u32| amount(t) || stage.read_at(t).iter().any(|r| stage.sense(r).is("number"));
        let dated = |t: u32| (t..from).any(|t| stage.date_from(t).is_some());
        let leads = |t: u32| stage.read_at(t).iter().any(|r| leads_away(stage.sense(r)) && !counts(r.end));
        !attribute && !(trigger.end..from).any(|t| leads(t) && !dated(t))
    }
}

/// Whether what stands behind such a word is told of something else: "to discuss", "ahead of".
fn leads_away(sense: &crate::rules::lexicon::Sense) -> bool {
    let other = sense.context.as_ref().is_some_and(|c| c.modality == Modality::Planned);
    sense.is("topical") || (sense.is("adjunct") && other && !sense.is("binds"))
}
