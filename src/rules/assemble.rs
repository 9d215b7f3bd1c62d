//! What relation does a fitting pattern come to?
//!
//! ```text
//! {s} = Kerry, {c} = tokens 3..9   ─►   statement, speaker Kerry, content 21..58, mode indirect
//! ```
//!
//! Statements stay one a cue. Everything else is one record a fact: a second telling of the same meeting adds its
//! evidence to the first.

mod again;
mod place;
mod sides;
mod telling;

use std::collections::BTreeMap;

use crate::entity::EntityId;
use crate::hash::FastMap;
use crate::relation::{Argument, Modality, Relation};
use crate::rules::agrees;
use crate::rules::content::{self, Content, Piece};
use crate::rules::context;
use crate::rules::explain::{Attempt, Outcome, Trace};
use crate::rules::folding::{Found, add, compatible};
use crate::rules::matcher::Bound;
use crate::rules::nearby;
use crate::rules::run::Proposal;
use crate::rules::stage::Stage;
use crate::rules::syntax::Form;
use crate::rules::{RoleOf, Slot};
use crate::span::Span;
use crate::text::arabic::by_itself;

/// Evidence longer than this many bytes points nowhere; then the trigger alone is the evidence.
const LONGEST_EVIDENCE: usize = 900;
/// How many speakers before the last one are remembered.
const EARLIER: usize = 3;
/// How many earlier records of an entity a new one is compared with.
const COMPARED: usize = 16;
/// Among how many mentions of a sentence its subject is looked for.
const SUBJECT: usize = 50;

/// A record while the document is read.
struct Record {
    found: Found,
    rule: u32,
    /// The triggers of all its tellings.
    tellings: Vec<Span>,
    /// Their senses: "the summit" is told of before as a summit.
    senses: Vec<u32>,
    content: Option<Content>,
}

/// Whoever spoke last.
#[derive(Clone, Default)]
struct Speaker {
    arguments: Vec<(EntityId, Span)>,
    /// Whom he spoke to.
    told: Vec<(EntityId, Span)>,
    /// The token of the cue.
    cue: u32,
    /// The quotation around the cue: outside of it nobody goes on with what somebody says within it.
    quote: Option<u32>,
    sentence: u32,
    paragraph: u32,
}

pub(crate) struct Assembly<'a, 's> {
    stage: &'a Stage<'s>,
    records: Vec<Record>,
    last: Option<Speaker>,
    /// Those who spoke before him, the latest first.
    earlier: Vec<Speaker>,
    /// Entities that name countries, and persons of a known gender.
    kinds: FastMap<u32, agrees::Asks>,
    /// The records without content that the sentence being read tells of.
    here: Vec<usize>,
    /// Its statements.
    said: Vec<usize>,
    /// Records without content by entity of their first role.
    by_entity: FastMap<u32, Vec<usize>>,
    /// The countries themselves, and the country of whose leaders the text speaks.
    lands: FastMap<u32, u32>,
    /// The same with everybody whose office is a country's.
    offices: FastMap<u32, u32>,
    /// The journey told last: its record, where it goes, in which sentence.
    journey: Option<(usize, Argument, u32)>,
    /// The latest encounters by country of their sides.
    sides: FastMap<u32, Vec<usize>>,
}

impl<'a, 's> Assembly<'a, 's> {
    pub(crate) fn new(stage: &'a Stage<'s>) -> Self {
        Assembly {
            stage,
            records: Vec::new(),
            last: None,
            earlier: Vec::new(),
            kinds: telling::kinds(stage),
            here: Vec::new(),
            said: Vec::new(),
            by_entity: FastMap::default(),
            lands: again::lands(stage, |role| role.sole),
            offices: again::lands(stage, |_| true),
            journey: None,
            sides: FastMap::default(),
        }
    }

    /// Takes the proposals of one sentence, in text order.
    pub(crate) fn sentence(&mut self, sentence: u32, proposals: &[Proposal], mut trace: Option<&mut Trace>) {
        let mut proposals = proposals.to_vec();
        self.cut_short(&mut proposals);
        self.here.clear();
        self.said.clear();
        for proposal in &proposals {
            if let Err(why) = self.take(sentence, proposal)
                && let Some(trace) = trace.as_deref_mut()
            {
                let outcome = Outcome::Empty { rule: proposal.rule, why };
                trace.attempts.push(Attempt { variant: u32::MAX, trigger: proposal.trigger, outcome });
            }
        }
        self.where_the_journey_goes(sentence);
        self.whom_it_is_told(sentence);
    }

    /// "…, adding that", "… and demanded that": what is said before ends where a cue of the same speaker begins.
    fn cut_short(&self, proposals: &mut [Proposal]) {
        for i in 1..proposals.len() {
            let (before, rest) = proposals.split_at_mut(i);
            let Some(own) = rest.first() else { continue };
            // «أوضح أنه بحث مع نظيره»: a meeting told of within it does not end what is said.
            if self.stage.program.rules[own.rule as usize].emit.slots("content").next().is_none() {
                continue;
            }
            let unsaid = own.fit.bindings.iter().any(|b| b.bound == Bound::Unsaid);
            // «قال إنه اتفق مع نظيره على»: the verb behind إنه is what is said.
            if self.stage.read_before(own.trigger.start).any(|r| self.stage.sense(r).inside) {
                continue;
            }
            let lo = match (unsaid, self.joiner(own)) {
                (true, _) => own.fit.lo,
                (false, Some(joiner)) => joiner,
                (false, None) => continue,
            };
            let cue = own.trigger.start;
            let around = self.stage.quote_around(cue).map(|q| q.index);
            // Only the cues just before can be cut by this one.
            for earlier in before.iter_mut().rev().take(8) {
                let same = self.stage.quote_around(earlier.trigger.start).map(|q| q.index) == around;
                let speaker =
                    unsaid || (own.fit.lo <= earlier.trigger.start && self.speaker(own) == self.speaker(earlier));
                let first = earlier.trigger.start < cue;
                for binding in &mut earlier.fit.bindings {
                    if let Bound::Text { lo: from, hi, quote: None, .. } = &mut binding.bound
                        && same
                        && speaker
                        && first
                        && *from < lo
                        && cue < *hi
                    {
                        *hi = lo;
                    }
                }
            }
        }
    }

    /// The "and" that joins a cue to the clause before.
    fn joiner(&self, proposal: &Proposal) -> Option<u32> {
        let (stage, cue) = (self.stage, proposal.trigger.start);
        if proposal.trigger.conjunction.is_some() {
            return Some(cue);
        }
        let at = stage.pass_backward(cue, proposal.fit.lo);
        let but = |r: &&crate::rules::lexicon::Reading| stage.sense(r).joins || stage.sense(r).is("contrast");
        stage.read_before(at).find(but).map(|r| r.start)
    }

    fn speaker<'p>(&self, proposal: &'p Proposal) -> Option<&'p Bound> {
        let program = self.stage.program;
        let (_, slots) = program.rules[proposal.rule as usize].emit.arguments().next()?;
        slots.iter().find_map(|(slot, _)| proposal.bound(program, slot))
    }

    fn take(&mut self, sentence: u32, proposal: &Proposal) -> Result<(), &'static str> {
        let stage = self.stage;
        let program = stage.program;
        let rule = &program.rules[proposal.rule as usize];
        let sense = stage.sense(&proposal.trigger);
        let mut fields = sense.fields.clone();
        let mut arguments: Vec<Argument> = Vec::new();
        let mut half = false;
        for (role, slots) in rule.emit.arguments() {
            for (slot, _) in slots {
                match proposal.bound(program, slot) {
                    Some(Bound::Slots(slots)) => {
                        for slot in slots.iter().filter_map(|&s| stage.slots.get(s as usize)) {
                            if role == "place" && !self.is_own_place(proposal, slot) {
                                continue;
                            }
                            match &slot.role {
                                Some(of) if role == "role" => self.office(of, &mut arguments, &mut fields),
                                _ => arguments.extend(self.filled(role, slot)),
                            }
                        }
                    }
                    Some(Bound::Unsaid) if matches!(role, "place" | "destination") => {
                        let Some(slot) = self.place_spoken_of(proposal.trigger.start) else {
                            return Err("no place has been spoken of");
                        };
                        arguments.extend(self.filled(role, slot));
                    }
                    Some(Bound::Unsaid) if self.subject_follows(sentence, proposal) => {}
                    Some(Bound::Unsaid) => {
                        let others = rule.emit.arguments().any(|(other, slots)| other == role && slots.len() > 1);
                        let speaker = match self.unsaid(sentence, proposal) {
                            Some(speaker) => speaker,
                            // A meeting has another side, who is named. A mere noun may mean another one than he has.
                            None if others => {
                                half |= proposal.trigger.forms.has(Form::Noun);
                                continue;
                            }
                            None => return Err("nobody has spoken before"),
                        };
                        let argument = |(entity, span)| Argument { role: role.to_owned(), entity, span };
                        arguments.extend(speaker.into_iter().map(argument));
                    }
                    Some(Bound::Text { lo, hi, cut, quote }) => {
                        let piece = Piece { lo: *lo, hi: *hi, cut: *cut, quote: *quote };
                        if let Some((span, _)) = content::trim(stage, &piece) {
                            fields.insert(role.to_owned(), stage.page.text[span].to_owned());
                        }
                    }
                    Some(Bound::Subject) | None => {}
                }
            }
        }
        let places = rule.emit.slots("place").next().is_some();
        if places && !arguments.iter().any(|a| a.role == "place") {
            arguments
                .extend(nearby::place(stage, sentence, proposal).into_iter().flat_map(|s| self.filled("place", s)));
        }
        let mut seen: Vec<(String, EntityId)> = Vec::new();
        arguments.retain(|a| {
            let new = !seen.iter().any(|(role, entity)| *role == a.role && *entity == a.entity);
            if new {
                seen.push((a.role.clone(), a.entity));
            }
            new
        });
        let first = rule.emit.arguments().next().map_or("", |(role, _)| role);
        let again = first == "attendee";
        if !first.is_empty() && !again && !arguments.iter().any(|a| a.role == first) {
            return Err("nobody is known to fill its first role");
        }
        self.drop_lands_of(&mut arguments, first);
        if self.is_one_side(proposal, &arguments, first) {
            return Err("both sides are the same one");
        }
        let pieces = self.pieces(proposal);
        let wants_content = rule.emit.slots("content").next().is_some();
        let content = if wants_content { Content::new(stage, &pieces) } else { None };
        if wants_content && content.is_none() {
            return Err("nothing is said");
        }
        if let Some(content) = &content {
            let mode = if content.is_indirect() { rule.emit.fields.get("mode").map(String::as_str) } else { None };
            fields.insert("mode".to_owned(), mode.unwrap_or(content.mode()).to_owned());
        }
        for (key, value) in &rule.emit.fields {
            if key != "mode" || content.is_none() {
                fields.insert(key.clone(), value.clone());
            }
        }
        let entity_of = |slot: &str| match proposal.bound(program, slot) {
            Some(Bound::Slots(slots)) => {
                slots.iter().find_map(|&s| stage.slots.get(s as usize)?.entities.first().copied())
            }
            _ => None,
        };
        let via = rule.emit.slots("via").find_map(entity_of).map(EntityId);
        let date_of = |slot: &str| match proposal.bound(program, slot) {
            Some(Bound::Slots(slots)) => slots.iter().find_map(|&s| {
                let slot = stage.slots.get(s as usize)?;
                Some((*slot.entities.first()?, slot.head))
            }),
            _ => None,
        };
        let date = rule.emit.slots("date").find_map(date_of);
        let near = date.is_none();
        let date = date.or_else(|| if content.is_none() { self.date_nearby(sentence, proposal) } else { None });
        let trigger = proposal.trigger.span(stage.page);
        // "Talks with Zarif on 12 July", told on the 10th: what tells no time of its own has that of its day.
        let ahead = date.is_some_and(|(entity, _)| stage.coming.binary_search(&entity).is_ok());
        let open = content.is_none() && !proposal.trigger.forms.has(Form::Past);
        let modality = match proposal.modality {
            Modality::Asserted if ahead && open => Modality::Planned,
            told => told,
        };
        let relation = Relation {
            kind: rule.emit.kind.clone(),
            modality,
            arguments,
            trigger,
            evidence: vec![self.evidence(proposal, trigger, content.is_some())],
            content: content.as_ref().map(Content::spans).unwrap_or_default(),
            date: None,
            reported_by: None,
            via,
            fields,
            rule: rule.id.clone(),
            codes: Vec::new(),
            confidence: rule.confidence,
        };
        if content.is_none() {
            let mut relation = relation;
            relation.content = if places { nearby::topic(stage, sentence, proposal) } else { Vec::new() };
            let known = |role: &str| relation.arguments.iter().find(|a| a.role == role);
            let spot = known("place").is_some_and(|a| self.is_spot(a));
            if again && relation.arguments.is_empty() && date.is_none() && relation.modality == Modality::Asserted {
                return Err("it tells nothing new");
            }
            let sure = relation.modality != Modality::Asserted || context::tells_time(stage, &proposal.trigger);
            let spoken = sense.is("spoken");
            let found = Found { relation, date, sure, spot, spoken, near };
            if half && self.same_fact(&found, first).is_none() {
                return Err("its other side is not known");
            }
            let sense = proposal.trigger.sense;
            let index = if again { self.attend(found, sense)? } else { self.merge(proposal.rule, found, first, sense) };
            self.here.push(index);
        } else {
            let paragraph = stage.page.sentences.get(sentence as usize).map_or(0, |s| s.paragraph);
            let mut relation = relation;
            if !relation.arguments.iter().any(|a| a.role == "addressee")
                && let Some(slot) = nearby::told(stage, sentence, proposal)
            {
                let speaks = |a: &Argument| slot.entities.contains(&a.entity.0);
                if !relation.arguments.iter().any(speaks) {
                    relation.arguments.extend(self.filled("addressee", slot));
                }
            }
            let of = |role: &str| {
                relation.arguments.iter().filter(|a| a.role == role).map(|a| (a.entity, a.span)).collect::<Vec<_>>()
            };
            let speaker = Some(Speaker {
                arguments: of(first),
                told: of("addressee"),
                cue: proposal.trigger.start,
                quote: stage.quote_around(proposal.trigger.start).map(|q| q.index),
                sentence,
                paragraph,
            });
            if !self.is_within(sentence, proposal) {
                self.earlier.truncate(EARLIER - 1);
                self.earlier.splice(0..0, self.last.take());
                self.last = speaker;
            }
            self.said.push(self.records.len());
            self.records.push(Record {
                found: Found { relation, date, sure: true, spot: false, spoken: false, near: false },
                rule: proposal.rule,
                tellings: vec![trigger],
                senses: Vec::new(),
                content,
            });
        }
        Ok(())
    }

    /// The office that a role slot names: its words, its status, and whose it is.
    fn office(&self, of: &RoleOf, arguments: &mut Vec<Argument>, fields: &mut BTreeMap<String, String>) {
        fields.insert("role".to_owned(), self.stage.page.text[of.span].to_owned());
        let status = if of.status.is_empty() { "current" } else { of.status };
        fields.insert("status".to_owned(), status.to_owned());
        for (role, entity) in [("organisation", of.organisation), ("country", of.country)] {
            let argument = |e| Argument { role: role.to_owned(), entity: EntityId(e), span: of.whole };
            arguments.extend(entity.map(argument));
        }
    }

    fn filled(&self, role: &str, slot: &Slot) -> Vec<Argument> {
        let argument = |&entity| Argument { role: role.to_owned(), entity: EntityId(entity), span: slot.head };
        slot.entities.iter().map(argument).collect()
    }

    /// A person and the role that stands with the name.
    pub(crate) fn position(&mut self, rule: u32, slot: &Slot, role: &RoleOf) {
        let stage = self.stage;
        let definition = &stage.program.rules[rule as usize];
        let mut fields = definition.emit.fields.clone();
        let mut arguments = Vec::new();
        for (name, slots) in definition.emit.arguments() {
            for (source, _) in slots {
                let mut entity =
                    |e: u32, span| arguments.push(Argument { role: name.to_owned(), entity: EntityId(e), span });
                match source.as_str() {
                    "person" => slot.entities.iter().for_each(|&e| entity(e, slot.head)),
                    "country" => role.country.iter().for_each(|&e| entity(e, role.whole)),
                    "organisation" => role.organisation.iter().for_each(|&e| entity(e, role.whole)),
                    _ => drop(fields.insert(name.to_owned(), by_itself(stage.page.text, role.span).into_owned())),
                }
            }
        }
        let status = if role.status.is_empty() { "current" } else { role.status };
        fields.insert("status".to_owned(), status.to_owned());
        if !role.office.is_empty() {
            fields.insert("office".to_owned(), role.office.clone());
        }
        let evidence = slot.span.cover(role.whole);
        let relation = Relation {
            kind: definition.emit.kind.clone(),
            modality: Modality::Asserted,
            arguments,
            trigger: role.span,
            evidence: vec![if evidence.len() > LONGEST_EVIDENCE { role.whole } else { evidence }],
            content: Vec::new(),
            date: None,
            reported_by: None,
            via: None,
            fields,
            rule: definition.id.clone(),
            codes: Vec::new(),
            confidence: definition.confidence,
        };
        let first = definition.emit.arguments().next().map_or("", |(role, _)| role);
        self.merge(
            rule,
            Found { relation, date: None, sure: true, spot: false, spoken: false, near: false },
            first,
            u32::MAX,
        );
    }

    /// The record of the fact that this can be another telling of.
    fn same_fact(&self, found: &Found, first: &str) -> Option<usize> {
        let entities = found.relation.arguments.iter().filter(|a| a.role == first).map(|a| a.entity.0);
        let mut known: Vec<usize> = Vec::new();
        for entity in entities {
            known.extend(self.by_entity.get(&entity).into_iter().flat_map(|all| all.iter().rev().take(COMPARED)));
        }
        known.sort_unstable();
        known.dedup();
        let named = |entity: u32| self.stage.named.binary_search(&entity).is_ok();
        known.iter().rev().copied().find(|&i| compatible(&self.records[i].found, found, first, &named))
    }

    /// Adds the telling to an earlier one of the same fact, or makes a record of it.
    fn merge(&mut self, rule: u32, found: Found, first: &str, sense: u32) -> usize {
        let trigger = found.relation.trigger;
        let entities: Vec<u32> =
            found.relation.arguments.iter().filter(|a| a.role == first).map(|a| a.entity.0).collect();
        let same = self.same_fact(&found, first);
        let mut found = found;
        let same = same.or_else(|| self.same_sides(&mut found, first, sense));
        let index = match same {
            Some(index) => {
                let record = &mut self.records[index];
                record.tellings.push(trigger);
                if !record.senses.contains(&sense) {
                    record.senses.push(sense);
                }
                add(&mut record.found, found);
                index
            }
            None => {
                self.records.push(Record { found, rule, tellings: vec![trigger], senses: vec![sense], content: None });
                self.records.len() - 1
            }
        };
        self.note_sides(index, first);
        for entity in entities {
            let all = self.by_entity.entry(entity).or_default();
            if !all.contains(&index) {
                all.push(index);
            }
        }
        index
    }

    /// What needs the whole document: quotations that go on, who reports what, codes.
    pub(crate) fn finish(mut self) -> Vec<Relation> {
        content::join(
            self.stage,
            self.records.iter_mut().filter_map(|r| {
                let content = r.content.as_mut()?;
                Some((content, &mut r.found.relation.content))
            }),
        );
        self.report();
        let table = &self.stage.program.codes;
        let mut all: Vec<Relation> = Vec::with_capacity(self.records.len());
        for record in self.records {
            let Found { mut relation, date, .. } = record.found;
            let rule = &self.stage.program.rules[record.rule as usize];
            relation.codes = table.codes(&relation, &rule.codes);
            // Own words that follow what was told in others: both.
            let joined = record.content.as_ref().is_some_and(|c| c.mode() == "mixed");
            if joined && relation.field("mode") == Some("indirect") {
                relation.fields.insert("mode".to_owned(), "mixed".to_owned());
            }
            let argument = |(entity, span)| Argument { role: "date".to_owned(), entity: EntityId(entity), span };
            relation.arguments.extend(date.map(argument));
            all.push(relation);
        }
        let place = |r: &Relation| (r.evidence.first().map_or(0, |e| e.start()), r.trigger);
        all.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.rule.cmp(&b.rule)));
        all
    }

    /// Marks what is told only in somebody's words.
    fn report(&mut self) {
        let mut said: Vec<(Span, EntityId, usize)> = Vec::new();
        for (i, record) in self.records.iter().enumerate() {
            let Some(speaker) = record.found.relation.arguments.first().map(|a| a.entity) else { continue };
            if record.content.is_some() {
                said.extend(record.found.relation.content.iter().map(|span| (*span, speaker, i)));
            }
        }
        said.sort_by_key(|(span, _, i)| (span.start(), std::cmp::Reverse(span.end()), *i));
        for i in 0..self.records.len() {
            let record = &self.records[i];
            let mut speaker = None;
            for telling in &record.tellings {
                let upto = said.partition_point(|(span, ..)| span.start() <= telling.start());
                // The innermost statement around it; a few steps back suffice, for statements nest but little.
                let around =
                    said[..upto].iter().rev().take(8).find(|(span, _, own)| *own != i && span.contains(*telling));
                match around {
                    Some((_, by, _)) => speaker = speaker.or(Some(*by)),
                    None => {
                        speaker = None;
                        break;
                    }
                }
            }
            self.records[i].found.relation.reported_by = speaker;
        }
    }
}

/// Whether the trigger may open a clause without a subject.
pub(crate) fn may_open(stage: &Stage<'_>, trigger: &crate::rules::lexicon::Reading, lo: u32) -> bool {
    let before = trigger.start;
    before <= lo
        || stage.is_clause_mark(before - 1)
        || trigger.conjunction.is_some()
        || trigger.forms.has(Form::Participle)
        || stage.read_before(before).any(|r| {
            let sense = stage.sense(r);
            // «إلا أنه أوضح»: the subject is in the word before the verb.
            sense.transparent() || sense.inside || (sense.helper && !sense.opens)
        })
}
