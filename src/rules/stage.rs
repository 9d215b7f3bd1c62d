//! What stands at this token: which slots begin or end here, which words, which quotation?
//!
//! ```text
//! token   0      1    2     3       4
//!         John Kerry  met  "Lavrov" .
//! slots   └─ 0 ───┘        └─ 1 ─┘         marks that wrap a slot belong to it
//! words               meet
//! ```
//!
//! Everything is looked up by token in constant or logarithmic time, so that matching stays linear in the text.

use std::ops::Range;

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::rules::lexicon::{Ends, Reading, Sense, Skip};
use crate::rules::program::Program;
use crate::rules::syntax::{Form, Forms, SlotType};
use crate::rules::{Scene, Slot};
use crate::span::Span;
use crate::text::{Language, Page, ParagraphKind, TokenKind};

/// How many words before a noun its article may stand.
const NOUN_PHRASE: u32 = 4;

/// A document laid out for matching.
pub(crate) struct Stage<'s> {
    /// The entities that some name of the text names, sorted.
    pub(crate) named: Vec<u32>,
    /// The entities that are days to come, sorted.
    pub(crate) coming: &'s [u32],
    pub(crate) page: &'s Page<'s>,
    pub(crate) slots: &'s [Slot],
    pub(crate) program: &'s Program,
    pub(crate) readings: Vec<Reading>,
    /// The first reading that starts at or after a token.
    reading_at: Vec<u32>,
    /// Slots with the tokens they take, wrapping marks included; by start, outer before nested.
    pub(crate) extents: Vec<Extent>,
    starts: Vec<u32>,
    /// The same by end.
    by_end: Vec<u32>,
    ends: Vec<u32>,
    /// Outermost quotations with their marks, by start.
    pub(crate) quotes: Vec<Quote>,
    /// Where a word stands before which what is said ends, with the quotation around it; sorted by quotation.
    ending: Vec<(Option<u32>, u32)>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) lo: u32,
    pub(crate) hi: u32,
    pub(crate) slot: u32,
}

/// An outermost quotation: `lo..hi` with its marks, `inner` without.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) lo: u32,
    pub(crate) hi: u32,
    pub(crate) inner: Range<u32>,
    pub(crate) index: u32,
}

impl<'s> Stage<'s> {
    pub(crate) fn new(program: &'s Program, scene: &Scene<'s>) -> Self {
        let (page, slots) = (scene.page, scene.slots);
        let count = page.tokens.len();
        let mut quotes = quotes(page);
        // A name between quotation marks is nobody's words: «مركز "اعتدال"».
        let mut names: Vec<Span> = slots.iter().filter(|s| s.kind == MentionKind::Name).map(|s| s.head).collect();
        names.sort_unstable();
        quotes.retain(|q| {
            page.quotations.get(q.index as usize).is_none_or(|quotation| names.binary_search(&quotation.inner).is_err())
        });
        let extents = extents(page, slots);
        let mut readings = Vec::new();
        for paragraph in &page.paragraphs {
            let read = matches!(paragraph.kind, ParagraphKind::Headline | ParagraphKind::Body);
            if !read || paragraph.copy_of.is_some() || paragraph.language == Language::Other {
                continue;
            }
            let from = paragraph.sentences.clone();
            for sentence in page.sentences.get(from.start as usize..from.end as usize).unwrap_or_default() {
                program.lexicon.read(page, paragraph.language, sentence.tokens.clone(), &mut readings);
            }
        }
        let starts = index(count, extents.iter().map(|e| e.lo));
        let mut by_end: Vec<u32> = (0..extents.len() as u32).collect();
        by_end.sort_by_key(|&i| (extents[i as usize].hi, extents[i as usize].lo, i));
        let ends = index(count, by_end.iter().map(|&i| extents[i as usize].hi));
        let mut named: Vec<u32> =
            slots.iter().filter(|s| s.kind == MentionKind::Name).flat_map(|s| s.entities.iter().copied()).collect();
        named.sort_unstable();
        named.dedup();
        let mut stage = Stage {
            named,
            coming: scene.coming,
            page,
            slots,
            program,
            readings: Vec::new(),
            reading_at: Vec::new(),
            extents,
            starts,
            by_end,
            ends,
            quotes,
            ending: Vec::new(),
        };
        // A word inside of a name is no word of the clause.
        readings.retain(|r| !stage.inside_name(r));
        for reading in &mut readings {
            if stage.is_noun(reading) {
                reading.forms = Forms::NONE.with(Form::Noun);
            } else if stage.opens_as_verb(reading) {
                reading.forms = reading.forms.without(Form::Noun);
            }
        }
        stage.reading_at = index(count, readings.iter().map(|r| r.start));
        stage.readings = readings;
        // «أن بلاده، حكومة وشعبا، تتطلع إلى»: an Arabic present that nothing joins is the verb of its own clause.
        let predicate = |r: &Reading| {
            let present = r.forms.has(Form::Present) && !r.forms.has(Form::Participle) && !r.forms.has(Form::Past);
            present && r.conjunction.is_none() && stage.sense(r).language == Some(Language::Arabic)
        };
        let ends = |r: &Reading| match stage.sense(r).ends {
            Ends::No => false,
            _ if predicate(r) => false,
            Ends::AfterMark => (r.start > 0 && stage.is_clause_mark(r.start - 1)) || stage.carried_on(r).is_some(),
            Ends::Always => true,
        };
        let place = |r: &Reading| {
            let start = stage.carried_on(r).unwrap_or(r.start);
            (stage.quote_around(start).map(|q| q.index), start)
        };
        let mut ending: Vec<_> = stage.readings.iter().filter(|r| ends(r)).map(place).collect();
        ending.sort_unstable();
        stage.ending = ending;
        stage
    }

    /// Whether a word that can be verb or noun is a noun here, for an article stands before it: "a first visit to".
    fn is_noun(&self, reading: &Reading) -> bool {
        if !reading.forms.has(Form::Noun) || !reading.forms.overlaps(Forms::VERBAL) {
            return false;
        }
        let lexicon = &self.program.lexicon;
        let before = (reading.start.saturating_sub(NOUN_PHRASE)..reading.start).rev();
        for t in before {
            let word = self.page.word(t);
            if lexicon.lists(word, |sense| sense.determines) || word == "'s" {
                return true;
            }
            let plain = !self.is_mark(t) && self.slots_to(t + 1).next().is_none() && !lexicon.lists(word, |_| true);
            if !plain {
                return false;
            }
        }
        false
    }

    /// «رفض بوتين أن يشارك»: a word that can be verb or noun, and opens an Arabic sentence before a name, is its verb.
    fn opens_as_verb(&self, reading: &Reading) -> bool {
        let both = reading.forms.has(Form::Noun) && reading.forms.has(Form::Past);
        if !both || self.sense(reading).language != Some(Language::Arabic) {
            return false;
        }
        let token = self.page.tokens.get(reading.start as usize);
        let sentence = token.and_then(|t| self.page.sentences.get(t.sentence as usize));
        let paragraph = token.and_then(|t| self.page.paragraphs.get(t.paragraph as usize));
        sentence.is_some_and(|s| s.tokens.start == reading.start)
            && paragraph.is_some_and(|p| p.kind == ParagraphKind::Body)
            && self.slots_from(reading.end).next().is_some()
    }

    fn inside_name(&self, reading: &Reading) -> bool {
        // The slot that covers it begins at or before it; nested slots cannot reach further than their outer one.
        let upto = self.starts.get(reading.start as usize + 1).copied().unwrap_or(self.extents.len() as u32) as usize;
        let outer = self.extents[..upto].iter().rev().find(|e| !self.slots[e.slot as usize].nested);
        outer.is_some_and(|e| {
            let slot = &self.slots[e.slot as usize];
            let named = matches!(slot.kind, MentionKind::Name | MentionKind::Role);
            named && slot.tokens.start <= reading.start && reading.end <= slot.tokens.end
        })
    }

    pub(crate) fn sense(&self, reading: &Reading) -> &'s Sense {
        // Readings are made from this program's lexicon, so the index is good.
        &self.program.lexicon.senses[reading.sense as usize]
    }

    /// The readings that start at a token.
    pub(crate) fn read_at(&self, token: u32) -> &[Reading] {
        let at = |i: usize| self.reading_at.get(i).copied().unwrap_or(self.readings.len() as u32) as usize;
        &self.readings[at(token as usize)..at(token as usize + 1)]
    }

    /// The readings that end before a token, the shortest first.
    pub(crate) fn read_before(&self, end: u32) -> impl Iterator<Item = &Reading> {
        let from = end.saturating_sub(6);
        (from..end).rev().flat_map(move |start| self.read_at(start).iter().filter(move |r| r.end == end))
    }

    /// The slots that begin at a token, outer ones first.
    pub(crate) fn slots_from(&self, token: u32) -> impl Iterator<Item = Extent> {
        let at = |i: usize| self.starts.get(i).copied().unwrap_or(self.extents.len() as u32) as usize;
        self.extents[at(token as usize)..at(token as usize + 1)].iter().copied()
    }

    /// "said that they met and has also praised", "… and saying", "… but conceded": where the joining word stands, if
    /// the verb behind it has the same speaker, and not the subject of what is said.
    fn carried_on(&self, verb: &Reading) -> Option<u32> {
        let sense = self.sense(verb);
        if sense.language != Some(Language::English) || !sense.is("speech") || verb.forms.has(Form::Noun) {
            return None;
        }
        let at = self.pass_backward(verb.start, verb.start.saturating_sub(NOUN_PHRASE));
        let perfect = (at..verb.start).any(|t| self.read_at(t).iter().any(|r| self.sense(r).is("perfect-tense")));
        let participle = verb.forms.has(Form::Participle) && !verb.forms.has(Form::Past);
        let past = verb.forms.has(Form::Past) && sense.is("says");
        let joiner = self.read_before(at).find(|r| {
            let sense = self.sense(r);
            (sense.joins && ((perfect && past) || participle)) || (sense.is("contrast") && past)
        })?;
        Some(joiner.start)
    }

    /// The slots that end before a token, outer ones first.
    pub(crate) fn slots_to(&self, end: u32) -> impl Iterator<Item = Extent> {
        let at = |i: usize| self.ends.get(i).copied().unwrap_or(self.by_end.len() as u32) as usize;
        self.by_end[at(end as usize)..at(end as usize + 1)].iter().map(|&i| self.extents[i as usize])
    }

    /// The quotation whose inside holds a token.
    pub(crate) fn quote_around(&self, token: u32) -> Option<&Quote> {
        let i = self.quotes.partition_point(|q| q.lo <= token);
        self.quotes[..i].last().filter(|q| q.inner.contains(&token))
    }

    /// The first word after a token, inside or outside of quotation marks like the token itself, before which what is
    /// said ends.
    pub(crate) fn ends_after(&self, token: u32) -> Option<u32> {
        let around = self.quote_around(token).map(|q| q.index);
        let i = self.ending.partition_point(|place| *place <= (around, token));
        self.ending.get(i).filter(|(quote, _)| *quote == around).map(|(_, at)| *at)
    }

    pub(crate) fn quote_from(&self, token: u32) -> Option<&Quote> {
        let i = self.quotes.partition_point(|q| q.lo < token);
        self.quotes.get(i).filter(|q| q.lo == token)
    }

    pub(crate) fn quote_to(&self, end: u32) -> Option<&Quote> {
        let i = self.quotes.partition_point(|q| q.lo < end);
        self.quotes[..i].last().filter(|q| q.hi == end)
    }

    pub(crate) fn is_mark(&self, token: u32) -> bool {
        self.page.tokens.get(token as usize).is_none_or(|t| t.kind == TokenKind::Mark)
    }

    pub(crate) fn is_comma(&self, token: u32) -> bool {
        matches!(self.page.raw(token), "," | "،")
    }

    /// A mark that no gap crosses.
    pub(crate) fn is_clause_mark(&self, token: u32) -> bool {
        let Some(t) = self.page.tokens.get(token as usize) else { return true };
        if t.kind != TokenKind::Mark {
            return false;
        }
        match self.page.raw(token).chars().next() {
            // A hyphen inside of a word joins, one between blanks parts.
            Some('-') => t.spaced,
            Some('/' | '%' | '$' | '€' | '£' | '&' | '\'' | '’' | '#' | '@' | '+' | '°') => false,
            _ => true,
        }
    }

    pub(crate) fn slot(&self, extent: Extent) -> &'s Slot {
        &self.slots[extent.slot as usize]
    }

    /// The letters of the first token that stand before the slot's own words.
    pub(crate) fn clitic(&self, slot: &Slot) -> &'s str {
        self.page.folded.text.get(slot.clitic.range()).unwrap_or_default()
    }

    /// Where a run of words ends that patterns pass over: words that qualify, dates, auxiliaries.
    pub(crate) fn pass_forward(&self, from: u32, limit: u32) -> u32 {
        let mut at = from;
        while at < limit {
            if let Some(end) = self.date_from(at) {
                at = end;
                continue;
            }
            let reading = self.read_at(at).iter().find(|r| self.passes(r, limit));
            match reading {
                Some(r) if r.end <= limit => at = r.end,
                _ => break,
            }
        }
        at.min(limit)
    }

    /// The same, backwards from `end`.
    pub(crate) fn pass_backward(&self, end: u32, limit: u32) -> u32 {
        let mut at = end;
        while at > limit {
            let date = self.slots_to(at).find(|e| self.slot(*e).kind == MentionKind::Date && e.lo >= limit);
            if let Some(date) = date {
                at = date.lo;
                let word = self.read_before(at).find(|r| self.sense(r).skip == Skip::BeforeDate && r.start >= limit);
                at = word.map_or(at, |r| r.start);
                continue;
            }
            let reading = self.read_before(at).find(|r| r.start >= limit && self.passes(r, u32::MAX));
            match reading {
                Some(r) => at = r.start,
                None => break,
            }
        }
        at.max(limit)
    }

    fn passes(&self, reading: &Reading, limit: u32) -> bool {
        let sense = self.sense(reading);
        let next = |form| self.read_at(reading.end).iter().any(|r| r.forms.has(form));
        sense.transparent()
            || (sense.skip == Skip::BeforeParticiple && reading.end < limit && next(Form::Participle))
            || (sense.skip == Skip::BeforeDate && self.date_from(reading.end).is_some())
    }

    /// The end of the date that begins at a token, or after a word that stands before dates.
    pub(crate) fn date_from(&self, token: u32) -> Option<u32> {
        let date = |token| {
            let found = self.slots_from(token).find(|e| self.slot(*e).kind == MentionKind::Date)?;
            // "Friday night": the part of the day belongs to the date.
            let part = self.read_at(found.hi).iter().find(|r| self.sense(r).is("day-part"));
            let end = part.map_or(found.hi, |r| r.end);
            // "Monday's meeting" is no date of its own.
            (self.page.word(end) != "'s").then_some(end)
        };
        date(token).or_else(|| {
            let word = self.read_at(token).iter().find(|r| self.sense(r).skip == Skip::BeforeDate)?;
            date(word.end)
        })
    }

    /// Whether a slot is of one of the types.
    pub(crate) fn fits(&self, slot: &Slot, types: &[SlotType]) -> bool {
        types.iter().any(|t| fits(slot, *t))
    }
}

fn fits(slot: &Slot, wanted: SlotType) -> bool {
    let is = |kind| slot.ty == kind && !matches!(slot.kind, MentionKind::Demonym | MentionKind::Date);
    match wanted {
        SlotType::Person => is(EntityKind::Person),
        SlotType::Organisation => is(EntityKind::Organisation),
        SlotType::Country => is(EntityKind::Country),
        SlotType::Demonym => slot.kind == MentionKind::Demonym && !slot.entities.is_empty(),
        SlotType::Place => is(EntityKind::Place),
        SlotType::Date => slot.kind == MentionKind::Date,
        SlotType::Role => slot.kind == MentionKind::Role,
        SlotType::Name => slot.kind == MentionKind::Name,
        SlotType::Pronoun => slot.kind == MentionKind::Pronoun,
        SlotType::Actor | SlotType::Sides => {
            matches!(slot.kind, MentionKind::Role | MentionKind::Pronoun)
                || is(EntityKind::Person)
                || is(EntityKind::Organisation)
                || is(EntityKind::Country)
        }
        SlotType::Quote | SlotType::Clause | SlotType::Before | SlotType::Unsaid | SlotType::Subject => false,
    }
}

/// For every token the number of keys below it; keys are ascending.
fn index(tokens: usize, keys: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut counts = vec![0u32; tokens + 2];
    let mut total = 0;
    for key in keys {
        total += 1;
        if let Some(count) = counts.get_mut(key as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for count in &mut counts {
        sum += *count;
        *count = sum;
    }
    debug_assert!(sum <= total);
    counts
}

fn quotes(page: &Page<'_>) -> Vec<Quote> {
    let mut all: Vec<Quote> = page
        .quotations
        .iter()
        .enumerate()
        .filter(|(_, q)| q.depth == 0)
        .map(|(i, q)| Quote {
            lo: page.tokens.partition_point(|t| t.span.end() <= q.outer.start()) as u32,
            hi: page.tokens.partition_point(|t| t.span.start() < q.outer.end()) as u32,
            inner: q.tokens.clone(),
            index: i as u32,
        })
        .collect();
    all.sort_by_key(|q| (q.lo, q.hi));
    all
}

/// Slots with the quotation marks that wrap nothing but them.
fn extents(page: &Page<'_>, slots: &[Slot]) -> Vec<Extent> {
    let mut wraps: Vec<(u32, u32)> =
        page.quotations.iter().filter(|q| q.closed).map(|q| (q.tokens.start, q.tokens.end)).collect();
    wraps.sort_unstable();
    let mut all: Vec<Extent> = slots
        .iter()
        .enumerate()
        .map(|(i, slot)| {
            let Range { start, end } = slot.tokens;
            let wrapped = wraps.binary_search(&(start, end)).is_ok() && start > 0;
            let out = u32::from(wrapped);
            Extent { lo: start - out, hi: end + out, slot: i as u32 }
        })
        .collect();
    all.sort_by_key(|e| (e.lo, slots[e.slot as usize].nested, std::cmp::Reverse(e.hi), e.slot));
    all
}
