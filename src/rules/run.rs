//! Which rules fit where their triggers stand?
//!
//! ```text
//! sentence ─► its words ─► a word's sense calls variants ─► each is tried ─► proposals ─► conflict ─► assemble
//! ```

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::relation::{Modality, Relation};
use crate::rules::assemble::Assembly;
use crate::rules::conflict;
use crate::rules::context;
use crate::rules::explain::{Attempt, Outcome, Trace};
use crate::rules::lexicon::Reading;
use crate::rules::matcher::{self, Bound, Match};
use crate::rules::program::Program;
use crate::rules::saying;
use crate::rules::stage::{Extent, Stage};
use crate::rules::{Number, RoleOf, Rules, Scene, Scratch};
use crate::text::{Language, Paragraph, ParagraphKind};

/// A pattern that fits at a trigger.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(crate) rule: u32,
    pub(crate) trigger: Reading,
    pub(crate) fit: Match,
    pub(crate) modality: Modality,
    /// How many slots are filled.
    pub(crate) filled: usize,
}

impl Proposal {
    /// The fullest match counts; then the one that spells out most, for it says more exactly what it takes; then the
    /// longest.
    pub(crate) fn rank(&self) -> (usize, u32, u32) {
        let text = |b: &matcher::Binding| match b.bound {
            Bound::Text { lo, hi, .. } => hi - lo,
            _ => 0,
        };
        let length = self.fit.hi - self.fit.lo;
        let said: u32 = self.fit.bindings.iter().map(text).sum();
        (self.filled, length.saturating_sub(said), length)
    }

    /// The slot of a name.
    pub(crate) fn bound<'p>(&'p self, program: &Program, name: &str) -> Option<&'p Bound> {
        let names = &program.rules[self.rule as usize].names;
        let number = names.iter().position(|n| n == name)? as u16;
        self.fit.bindings.iter().find(|b| b.name == number).map(|b| &b.bound)
    }
}

/// Runs all rules over a document.
///
/// Entities are the numbers that the slots of the scene gave. A date is an argument of the role `date`; the caller,
/// who knows its day, makes the relation's date of it. The relations come in the order of their first evidence. With `scratch.trace` set, what was tried and why it did
/// not come to anything is noted there.
pub(crate) fn run(rules: &Rules, scene: &Scene<'_>, scratch: &mut Scratch) -> Vec<Relation> {
    if let Some(trace) = &mut scratch.trace {
        *trace = Trace::default();
    }
    let stage = Stage::new(&rules.program, scene);
    let mut assembly = Assembly::new(&stage);
    for paragraph in &scene.page.paragraphs {
        if !is_read(paragraph) {
            continue;
        }
        for sentence in paragraph.sentences.clone() {
            let mut proposals = propose(&stage, sentence, scratch.trace.as_mut());
            conflict::resolve(&stage, &mut proposals, scratch.trace.as_mut());
            if let Some(trace) = &mut scratch.trace {
                let won = |p: &Proposal| Attempt {
                    variant: u32::MAX,
                    trigger: p.trigger,
                    outcome: Outcome::Won { rule: p.rule },
                };
                trace.attempts.extend(proposals.iter().map(won));
            }
            assembly.sentence(sentence, &proposals, scratch.trace.as_mut());
            over_slots(&stage, sentence, &mut assembly);
        }
    }
    if let Some(trace) = &mut scratch.trace {
        trace.settle(stage.program, scene.page);
        let calls = |r: &&Reading| {
            let calls = stage.program.calls.get(r.sense as usize).into_iter().flatten();
            calls.copied().any(|v| stage.program.variants.get(v as usize).is_some_and(|v| v.forms.overlaps(r.forms)))
        };
        trace.cues = stage.readings.iter().filter(calls).map(|r| (r.sense, r.span(scene.page))).collect();
    }
    assembly.finish()
}

/// Whether rules read a paragraph: no furniture, no copies, no third language.
pub(crate) fn is_read(paragraph: &Paragraph) -> bool {
    let kind = matches!(paragraph.kind, ParagraphKind::Headline | ParagraphKind::Body);
    kind && paragraph.copy_of.is_none() && paragraph.language != Language::Other
}

/// The tokens of a sentence in which a trigger at `token` may look for its slots.
pub(crate) fn limits(stage: &Stage<'_>, sentence: u32, token: u32) -> (u32, u32) {
    let Some(s) = stage.page.sentences.get(sentence as usize) else { return (0, 0) };
    let (mut lo, mut hi) = (s.tokens.start, s.tokens.end);
    let paragraph = stage.page.paragraphs.get(s.paragraph as usize);
    if let Some(dateline) = paragraph.and_then(|p| p.dateline) {
        while lo < hi && stage.page.tokens[lo as usize].span.start() < dateline.end() {
            lo += 1;
        }
    }
    if let Some(quote) = stage.quote_around(token) {
        lo = lo.max(quote.inner.start);
        hi = hi.min(quote.inner.end);
    }
    (lo, hi)
}

fn propose(stage: &Stage<'_>, sentence: u32, mut trace: Option<&mut Trace>) -> Vec<Proposal> {
    let mut out = Vec::new();
    let program = stage.program;
    let Some(tokens) = stage.page.sentences.get(sentence as usize).map(|s| s.tokens.clone()) else { return out };
    for token in tokens {
        for trigger in stage.read_at(token) {
            let Some(calls) = program.calls.get(trigger.sense as usize).filter(|c| !c.is_empty()) else { continue };
            let (lo, hi) = limits(stage, sentence, token);
            if token < lo || trigger.end > hi {
                continue;
            }
            let mut modality = None;
            for &call in calls {
                let variant = &program.variants[call as usize];
                let clitic = matcher::carries(trigger, variant.clitic.as_deref());
                if !clitic || !trigger.forms.overlaps(variant.forms) {
                    continue;
                }
                match matcher::try_variant(stage, variant, trigger, lo, hi) {
                    Ok(fit) if nobody_known(stage, variant.rule, trigger, &fit) => {}
                    Ok(fit) if saying::is_unsaid(stage, variant.rule, trigger, &fit) => {}
                    Ok(fit) => {
                        let modality = *modality.get_or_insert_with(|| context::modality(stage, trigger, lo, hi));
                        let filled = fit.bindings.len();
                        let new = Proposal { rule: variant.rule, trigger: *trigger, fit, modality, filled };
                        keep_fullest(&mut out, new);
                    }
                    Err(farthest) => {
                        if let Some(trace) = trace.as_deref_mut() {
                            let outcome = Outcome::Missed(farthest);
                            trace.attempts.push(Attempt { variant: call, trigger: *trigger, outcome });
                        }
                    }
                }
            }
        }
    }
    out
}

/// “He said they would come,” she told us: whom "he" means in somebody's own words, no text before them tells.
fn nobody_known(stage: &Stage<'_>, rule: u32, trigger: &Reading, fit: &Match) -> bool {
    let says = stage.program.rules[rule as usize].emit.slots("content").next().is_some();
    let pronoun = |s: &u32| stage.slots.get(*s as usize).is_some_and(|s| s.kind == MentionKind::Pronoun);
    let first = fit.bindings.iter().find_map(|b| match &b.bound {
        Bound::Slots(slots) => Some(slots),
        _ => None,
    });
    says && first.is_some_and(|slots| slots.iter().all(pronoun)) && stage.quote_around(trigger.start).is_some()
}

/// Of one rule at one trigger the best match counts, of equals the first pattern's.
fn keep_fullest(out: &mut Vec<Proposal>, new: Proposal) {
    let same = |p: &&mut Proposal| p.rule == new.rule && p.trigger.start == new.trigger.start;
    match out.iter_mut().rev().take(16).find(same) {
        Some(old) => {
            if new.rank() > old.rank() {
                *old = new;
            }
        }
        None => out.push(new),
    }
}

/// The rules without a trigger: one relation for every person with a role.
fn over_slots(stage: &Stage<'_>, sentence: u32, assembly: &mut Assembly<'_, '_>) {
    if stage.program.over.is_empty() {
        return;
    }
    let Some(tokens) = stage.page.sentences.get(sentence as usize).map(|s| s.tokens.clone()) else { return };
    let from = stage.extents.partition_point(|e| e.lo < tokens.start);
    for extent in stage.extents[from..].iter().take_while(|e| e.lo < tokens.end) {
        let slot = stage.slot(*extent);
        // «التقى شكري وزير الخارجية المصري رئيس الوفد»: the words behind the name tell his office.
        let behind = slot.role.is_none().then(|| apposition(stage, *extent)).flatten();
        let Some(role) = slot.role.as_ref().or(behind) else { continue };
        let whole = match slot.kind {
            MentionKind::Name => true,
            // "The minister" says too little, and "European officials" nobody's office; "the Egyptian foreign minister" says
            // who holds it where the text names him elsewhere.
            MentionKind::Role => {
                let bearer = |e: &u32| stage.named.binary_search(e).is_ok();
                slot.number == Number::One
                    && !role.vague
                    && slot.entities.iter().all(bearer)
                    && (role.country.is_some() || role.organisation.is_some())
            }
            _ => false,
        };
        if slot.ty == EntityKind::Person && whole && !slot.entities.is_empty() {
            for &rule in &stage.program.over {
                let held = |role: &&RoleOf| !role.private || role.organisation.is_some();
                for role in std::iter::once(role).chain(&slot.more_roles).filter(held) {
                    assembly.position(rule, slot, role);
                }
            }
        }
    }
}

/// The office in the words directly behind an Arabic name, where nobody else bears it.
fn apposition<'s>(stage: &Stage<'s>, extent: Extent) -> Option<&'s RoleOf> {
    let slot = stage.slot(extent);
    let arabic = stage.page.text.get(slot.head.range()).is_some_and(|name| name.chars().any(|c| c > '\u{5ff}'));
    if slot.ty != EntityKind::Person || slot.kind != MentionKind::Name || slot.nested || !arabic {
        return None;
    }
    let next = stage.slots_from(extent.hi).find(|e| !stage.slot(*e).nested).map(|e| stage.slot(e))?;
    let office = next.role.as_ref().filter(|_| next.kind == MentionKind::Role && next.number == Number::One)?;
    let own = stage.clitic(next).is_empty() && next.entities.iter().all(|e| stage.named.binary_search(e).is_err());
    let whose = office.sole || office.country.is_some() || office.organisation.is_some();
    (own && whose).then_some(office)
}
