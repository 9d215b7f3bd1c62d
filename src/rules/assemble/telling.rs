//! What does one telling say besides what its pattern took: who is left unsaid, when, and in which words?
//!
//! ```text
//! Kerry, who …, said on Monday that he had met Lavrov     ─►   date: Monday; evidence: the clause around "met"
//! ```

use super::{Assembly, LONGEST_EVIDENCE, SUBJECT, Speaker};
use crate::entity::{EntityId, EntityKind};
use crate::hash::FastMap;
use crate::mention::MentionKind;
use crate::rules::Slot;
use crate::rules::agrees::{self, Asks};
use crate::rules::content::Piece;
use crate::rules::lexicon::Reading;
use crate::rules::matcher::Bound;
use crate::rules::run::{Proposal, limits};
use crate::rules::stage::{Extent, Stage};
use crate::rules::subject;
use crate::rules::syntax::{Form, SlotType};
use crate::span::Span;
use crate::text::Language;

/// How far from the words of the pattern a subject may stand that the evidence takes in, in tokens.
const NEAR: u32 = 20;

/// Which entities are men or women by what the text and the lists say; countries are feminine in Arabic.
pub(super) fn kinds(stage: &Stage<'_>) -> FastMap<u32, Asks> {
    let mut kinds = FastMap::default();
    for slot in stage.slots {
        let is = match slot.ty {
            EntityKind::Country if slot.kind == MentionKind::Name => Asks::Woman,
            EntityKind::Person => match slot.female {
                Some(true) => Asks::Woman,
                Some(false) => Asks::Man,
                None => continue,
            },
            _ => continue,
        };
        for &entity in &slot.entities {
            kinds.entry(entity).or_insert(is);
        }
    }
    kinds
}

impl Assembly<'_, '_> {
    /// Whether speakers can be meant by a form that asks for a man or a woman; several are neither.
    fn agrees(&self, speakers: &[(EntityId, Span)], asks: Option<Asks>) -> bool {
        asks.is_none_or(|asks| match speakers {
            [(one, _)] => self.kinds.get(&one.0).is_none_or(|is| *is == asks),
            several => several.is_empty() || asks == Asks::Woman,
        })
    }

    /// What is said, piece by piece; pieces with only words between them are one.
    pub(super) fn pieces(&self, proposal: &Proposal) -> Vec<Piece> {
        let stage = self.stage;
        let rule = &stage.program.rules[proposal.rule as usize];
        let mut pieces: Vec<Piece> = Vec::new();
        for slot in rule.emit.slots("content") {
            let piece = match proposal.bound(stage.program, slot) {
                Some(Bound::Text { lo, hi, cut, quote }) => Piece { lo: *lo, hi: *hi, cut: *cut, quote: *quote },
                Some(Bound::Slots(slots)) => {
                    let tokens = slots.iter().filter_map(|&s| stage.slots.get(s as usize)).map(|s| s.tokens.clone());
                    let Some(whole) = tokens.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)) else { continue };
                    Piece { lo: whole.start, hi: whole.end, cut: 0, quote: None }
                }
                _ => continue,
            };
            match pieces.last_mut() {
                Some(last)
                    if last.quote.is_none()
                        && piece.quote.is_none()
                        && last.hi <= piece.lo
                        && piece.lo - last.hi <= 3
                        && (last.hi..piece.lo).all(|t| !stage.is_mark(t)) =>
                {
                    last.hi = piece.hi;
                }
                _ => pieces.push(piece),
            }
        }
        pieces.sort_by_key(|p| p.lo);
        pieces
    }

    /// Who is meant where the speaker is not named again.
    pub(super) fn unsaid(&self, sentence: u32, proposal: &Proposal) -> Option<Vec<(EntityId, Span)>> {
        let stage = self.stage;
        // Within a quotation the narrator's speakers do not go on.
        let tokens = stage.page.sentences.get(sentence as usize)?.tokens.clone();
        let (lo, _) = limits(stage, sentence, proposal.trigger.start);
        if lo > tokens.start && stage.quote_around(proposal.trigger.start).is_some() {
            return None;
        }
        let paragraph = stage.page.sentences.get(sentence as usize)?.paragraph;
        let asks = agrees::asks(stage, &proposal.trigger);
        let quote = stage.quote_around(proposal.trigger.start).map(|q| q.index);
        let near = |l: &&Speaker| l.paragraph + 1 >= paragraph && (l.quote.is_none() || l.quote == quote);
        let agreeing = |l: &&Speaker| self.agrees(&l.arguments, asks);
        let last = self.last.as_ref().filter(near);
        // «سأل الصحفيون الملك عن ذلك فقال»: whoever was asked answers.
        if let Some(asked) = last.filter(|l| l.sentence == sentence && !l.told.is_empty())
            && proposal.trigger.conjunction == Some('ف')
        {
            return Some(asked.told.clone());
        }
        if let Some(here) = last.filter(|l| l.sentence == sentence).filter(agreeing) {
            let other = self.other_subject(here, proposal, asks);
            return Some(other.unwrap_or_else(|| here.arguments.clone()));
        }
        let opens = proposal.trigger.start <= tokens.start + 1;
        let actor = |range: std::ops::Range<u32>| {
            let from = stage.extents.partition_point(|e| e.lo < range.start);
            let mut all = stage.extents[from..].iter().take_while(|e| e.lo < range.end).map(|e| (*e, stage.slot(*e)));
            let (_, slot) = all
                .by_ref()
                .take(SUBJECT)
                .filter(|(_, s)| !s.nested && stage.fits(s, &[SlotType::Actor]))
                .filter(|(e, _)| !subject::is_copula(stage, *e, range.start))
                .find(|(e, s)| agrees::fits(s, asks) && !subject::governed(stage, *e))?;
            let found: Vec<_> = slot.entities.iter().map(|&e| (EntityId(e), slot.head)).collect();
            Some(found).filter(|f| !f.is_empty())
        };
        let before = || {
            let before = sentence.checked_sub(1).and_then(|s| stage.page.sentences.get(s as usize));
            actor(before.filter(|s| s.paragraph == paragraph)?.tokens.clone())
        };
        let mut speakers = last.into_iter().chain(&self.earlier).filter(near).filter(agreeing);
        let mut spoken = || speakers.next().map(|l| l.arguments.clone());
        if opens {
            return spoken().or_else(before);
        }
        // "His many meetings with Zarif": where something says whose they are, it may be said in the sentence before.
        let owned = || if proposal.fit.lo < proposal.trigger.start { before() } else { None };
        actor(tokens.start..proposal.trigger.start).or_else(spoken).or_else(owned)
    }

    /// Who does what a cue tells though another one spoke before in its sentence: whom «لكن» sets against him, or, where
    /// the cue tells a deed, whoever does the deeds that he tells of.
    ///
    /// ```text
    /// دعت ميركل إلى الحوار لكن أنقرة كانت ترفض وتؤكد أن       ─►   أنقرة
    /// أوضح الوزير أن المجلس اطلع على التقرير، وجدد دعمه        ─►   المجلس
    /// ```
    fn other_subject(&self, here: &Speaker, cue: &Proposal, asks: Option<Asks>) -> Option<Vec<(EntityId, Span)>> {
        let (stage, trigger) = (self.stage, &cue.trigger);
        if stage.sense(trigger).language != Some(Language::Arabic) || trigger.conjunction != Some('و') {
            return None;
        }
        let deed = trigger.forms.has(Form::Past) && !stage.sense(trigger).is("says");
        let past = |r: &Reading| r.forms.has(Form::Past) && !r.forms.has(Form::Noun);
        let subject = |r: &Reading| {
            let sense = stage.sense(r);
            let (against, within) = (sense.is("contrast"), deed && sense.is("opens"));
            let fits = |e: &Extent| {
                let slot = stage.slot(*e);
                let named = slot.kind != MentionKind::Pronoun && !slot.nested && !slot.entities.is_empty();
                let does = against || stage.read_at(e.hi).iter().any(past);
                named && does && stage.fits(slot, &[SlotType::Actor]) && agrees::fits(slot, asks)
            };
            let found = if against || within { stage.slots_from(r.end).find(fits) } else { None };
            found.filter(|e| e.hi <= trigger.start && !subject::governed(stage, *e))
        };
        let between = (here.cue + 1..trigger.start).rev();
        let found = between.flat_map(|t| stage.read_at(t)).find_map(subject)?;
        let slot = stage.slot(found);
        Some(slot.entities.iter().map(|&e| (EntityId(e), slot.head)).collect())
    }

    /// «قال إن الدول تدرك ذلك وتؤيد»: whether a cue without a subject is told within what another one said before it in
    /// the sentence, for it does not agree with who said that. The other one goes on speaking.
    pub(super) fn is_within(&self, sentence: u32, proposal: &Proposal) -> bool {
        let unsaid = proposal.fit.bindings.iter().any(|b| b.bound == Bound::Unsaid);
        let asks = agrees::asks(self.stage, &proposal.trigger);
        let here = self.last.as_ref().filter(|l| l.sentence == sentence);
        unsaid && here.is_some_and(|l| !self.agrees(&l.arguments, asks))
    }

    /// The date next to the trigger in its sentence, where the pattern caught none.
    pub(super) fn date_nearby(&self, sentence: u32, proposal: &Proposal) -> Option<(u32, Span)> {
        let stage = self.stage;
        let (lo, hi) = limits(stage, sentence, proposal.trigger.start);
        // Nothing farther than this many tokens is the date of the trigger.
        const FAR: u32 = 25;
        let (lo, hi) =
            (lo.max(proposal.trigger.start.saturating_sub(FAR + 10)), hi.min(proposal.trigger.end + FAR + 1));
        let from = stage.extents.partition_point(|e| e.lo < lo);
        let near = |e: &&crate::rules::stage::Extent| {
            let (a, b) = if e.lo >= proposal.trigger.end {
                (proposal.trigger.end, e.lo)
            } else {
                (e.hi, proposal.trigger.start)
            };
            a <= b && b - a <= FAR && (a..b).all(|t| !stage.is_clause_mark(t) || stage.is_comma(t))
        };
        let dates = stage.extents[from..].iter().take_while(|e| e.lo < hi).filter(|e| {
            let slot = stage.slot(**e);
            slot.kind == MentionKind::Date && !slot.entities.is_empty()
        });
        let distance = |e: &&crate::rules::stage::Extent| {
            let after = e.lo >= proposal.trigger.end;
            (e.lo.abs_diff(proposal.trigger.start), after)
        };
        let best = dates.filter(near).min_by_key(distance)?;
        let slot = stage.slot(*best);
        Some((*slot.entities.first()?, slot.head))
    }

    /// The clause: of a statement speaker and cue, of anything else all that its pattern took.
    pub(super) fn evidence(&self, proposal: &Proposal, trigger: Span, statement: bool) -> Span {
        let page = self.stage.page;
        let mut span = trigger;
        if statement {
            for binding in &proposal.fit.bindings {
                if let Bound::Slots(slots) = &binding.bound {
                    for slot in slots.iter().filter_map(|&s| self.stage.slots.get(s as usize)) {
                        span = span.cover(slot.span);
                    }
                }
            }
        } else {
            let (mut lo, mut hi) = (proposal.fit.lo, proposal.fit.hi);
            while lo < hi && self.stage.is_mark(lo) {
                lo += 1;
            }
            while lo < hi && self.stage.is_mark(hi - 1) {
                hi -= 1;
            }
            // Whoever acts belongs to the clause, also where the pattern finds the subject by itself; unless he stands
            // so far off that other clauses would be covered with him.
            for binding in &proposal.fit.bindings {
                if let Bound::Slots(slots) = &binding.bound {
                    let near = |s: &&Slot| s.tokens.end + NEAR >= lo && s.tokens.start <= hi + NEAR;
                    for slot in slots.iter().filter_map(|&s| self.stage.slots.get(s as usize)).filter(near) {
                        span = span.cover(slot.span);
                    }
                }
            }
            if let (Some(a), Some(b)) = (page.tokens.get(lo as usize), page.tokens.get(hi.saturating_sub(1) as usize)) {
                span = span.cover(a.span).cover(b.span);
            }
        }
        if span.len() > LONGEST_EVIDENCE { trigger } else { span }
    }
}
