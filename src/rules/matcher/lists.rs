//! Which members has a coordinated list?
//!
//! ```text
//! Merkel, Macron and May met     ─►   [Merkel, Macron, May], [Macron, May], [May]
//! ```

use super::Matcher;
use crate::mention::MentionKind;
use crate::rules::lexicon::Reading;
use crate::rules::stage::Extent;
use crate::rules::syntax::{Form, SlotType};

/// Whether a word can only be a verb with its subject.
fn is_finite(reading: &Reading) -> bool {
    let forms = &reading.forms;
    (forms.has(Form::Past) || forms.has(Form::Present)) && !forms.has(Form::Noun)
}

impl Matcher<'_, '_> {
    /// All lists that begin with `members`, the longest first.
    pub(super) fn extend(
        &self,
        types: &[SlotType],
        clitic: Option<&str>,
        members: &mut Vec<Extent>,
        out: &mut Vec<Vec<Extent>>,
    ) {
        let mut joined = false;
        let mut all = Vec::new();
        while members.len() < 40 {
            let Some((next, join)) = self.member(types, clitic, members, joined) else { break };
            joined |= join;
            members.push(next);
            // Forwards a list whose last comma is followed by no "and" is no list.
            if join || self.back {
                all.push(members.clone());
            }
        }
        all.reverse();
        out.extend(all);
    }

    /// The next member of a list, and whether a word (not a comma alone) joins it.
    fn member(
        &self,
        types: &[SlotType],
        clitic: Option<&str>,
        members: &[Extent],
        joined: bool,
    ) -> Option<(Extent, bool)> {
        let stage = self.stage;
        let last = *members.last()?;
        let pick = |at: u32, fits: &dyn Fn(&str) -> bool| self.candidates(at, types, fits).into_iter().next();
        let bare = |c: &str| c.is_empty();
        let with_and = |c: &str| {
            let rest = c.strip_prefix('و');
            rest.is_some_and(|rest| rest.is_empty() || clitic == Some(rest))
        };
        if self.back {
            // What stands before the last member taken, going left.
            let fused = stage.clitic(stage.slot(last)).starts_with('و');
            let mut at = self.leave(last.lo);
            let mut join = fused;
            if !fused && let Some(r) = stage.read_before(at).find(|r| stage.sense(r).joins && r.start >= self.lo) {
                at = r.start;
                join = true;
            } else if !fused && at > self.lo && matches!(stage.page.word(at - 1), "و" | "&") {
                at -= 1;
                join = true;
            }
            let comma = at > self.lo && stage.is_comma(at - 1);
            if comma {
                at -= 1;
            }
            if !(join || comma && joined) {
                return None;
            }
            let any = |c: &str| c.is_empty() || with_and(c) || clitic == Some(c);
            // "told Reuters, and officials said": two of a list need no comma; who is told, is no speaker.
            let two = comma && join && !fused && members.len() == 1;
            let object = |e: &Extent| {
                let mut before = stage.read_before(self.leave(e.lo));
                before.any(|r| stage.sense(r).governs || is_finite(r) && stage.sense(r).is("speech"))
            };
            return pick(at, &any).filter(|e| !(two && object(e))).map(|e| (e, join));
        }
        let mut at = last.hi;
        let comma = at < self.hi && stage.is_comma(at);
        if comma {
            at += 1;
        }
        // "A, B, and C".
        if let Some(next) = pick(at, &with_and) {
            return Some((next, true));
        }
        // «الرئيسان الفرنسي فلان والروسي فلان»: the adjective of a country stands before the name.
        let adjective =
            |e: &Extent| stage.slot(*e).kind == MentionKind::Demonym && stage.clitic(stage.slot(*e)).starts_with('و');
        if let Some(next) = stage.slots_from(at).find(adjective).and_then(|e| pick(e.hi, &bare)) {
            return Some((next, true));
        }
        if let Some(r) = stage.read_at(at).iter().find(|r| stage.sense(r).joins) {
            let own = |c: &str| c.is_empty() || clitic == Some(c);
            // "told Reuters, and officials said": the second speaks himself.
            let speaks = |e: &Extent| {
                let verb = stage.read_at(stage.pass_forward(e.hi, self.hi));
                verb.iter().any(|r| is_finite(r) && stage.sense(r).is("says"))
            };
            let two = comma && members.len() == 1;
            return pick(self.enter(r.end), &own).filter(|e| !(two && speaks(e))).map(|e| (e, true));
        }
        if matches!(stage.page.word(at), "و" | "&") {
            return pick(at + 1, &bare).map(|e| (e, true));
        }
        if comma { pick(self.enter(at), &bare).map(|e| (e, false)) } else { None }
    }
}
