//! How do linked mentions and found relations become a document?
//!
//! ```text
//! drafts without a mention fall away · unknown ones are numbered by first mention · a paragraph that stands twice
//! gives its mentions twice and each relation once, with one evidence span per copy
//! ```

use std::borrow::Cow;

use crate::confidence::confidence;
use crate::date::Date;
use crate::document::{Document, Rejected};
use crate::entity::{Entity, EntityId, EntityKind};
use crate::find::Candidate;
use crate::gazetteer::Gazetteer;
use crate::hash::FastMap;
use crate::link::{Draft, Linked};
use crate::mention::{Mention, MentionId, MentionKind};
use crate::relation::Relation;
use crate::span::Span;
use crate::steps::{Left, Step};
use crate::text::{Language, Page, ParagraphKind};

/// A document that has yet to be given its text.
pub(crate) struct Parts {
    language: &'static str,
    published: Option<Date>,
    warnings: Vec<String>,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    relations: Vec<Relation>,
    rejected: Vec<Rejected>,
}

impl Parts {
    pub(crate) fn with_text(self, text: Cow<'_, str>, id: Option<String>) -> Document<'_> {
        Document {
            text,
            id,
            language: self.language.to_owned(),
            published: self.published,
            warnings: self.warnings,
            mentions: self.mentions,
            entities: self.entities,
            relations: self.relations,
            rejected: self.rejected,
        }
    }
}

/// Puts the parts together. Entity indices of `relations` are those of the drafts and are renumbered here.
pub(crate) fn finish(
    page: &Page<'_>,
    mut linked: Linked,
    mut relations: Vec<Relation>,
    mut rejected: Vec<Rejected>,
    gazetteer: &Gazetteer,
    published: Option<Date>,
    left: Left,
) -> Parts {
    rejected.append(&mut linked.rejected);
    rejected.sort_by(|a, b| (a.span, &a.candidate).cmp(&(b.span, &b.candidate)));
    let copies = Copies::of(page);
    let mut places: Vec<(Span, usize)> = Vec::new();
    for (i, m) in linked.mentions.iter().enumerate().filter(|(i, _)| linked.entity[*i].is_some()) {
        places.push((m.span, i));
        places.extend(copies.again(m.span).map(|copy| (copy, i)));
    }
    places.sort_by_key(|(s, i)| (s.start(), std::cmp::Reverse(s.end()), *i));

    let mut number = Numbering::default();
    let mut mentions = Vec::with_capacity(places.len());
    for (span, i) in places {
        let m = &linked.mentions[i];
        let Some(draft) = linked.entity[i] else { continue };
        let entity = number.entity(&linked.drafts, draft, gazetteer);
        let id = MentionId(mentions.len() as u32);
        number.entities[entity.index()].mentions.push(id);
        name_unknown(&mut number.entities[entity.index()], m, &page.text[m.span]);
        let sure = match left.takes(Step::Calibration) {
            true => confidence(m.source, m.kind, number.entities[entity.index()].kind, m.latin, m.score),
            false => m.score,
        };
        mentions.push(Mention {
            span,
            kind: m.kind,
            entity_kind: number.entities[entity.index()].kind,
            entity,
            source: m.source.to_owned(),
            metonym: m.metonym == Some(true),
            confidence: f32::from(sure) / 100.0,
            why: linked.why.get(&(i as u32)).cloned(),
        });
    }
    for relation in &mut relations {
        // The rules hand a date over as an argument; here its day is known.
        if let Some(at) = relation.arguments.iter().position(|a| a.role == "date") {
            let date = relation.arguments.remove(at);
            relation.date =
                linked.drafts.get(date.entity.index()).and_then(|d| d.id.strip_prefix("date/")).map(str::to_owned);
        }
        for argument in &mut relation.arguments {
            argument.entity = number.entity(&linked.drafts, argument.entity.0, gazetteer);
        }
        relation.reported_by = relation.reported_by.map(|e| number.entity(&linked.drafts, e.0, gazetteer));
        relation.via = relation.via.map(|e| number.entity(&linked.drafts, e.0, gazetteer));
        // What a meeting was about is told once.
        let content = (relation.kind != "meeting").then_some(&mut relation.content);
        for spans in [Some(&mut relation.evidence), content].into_iter().flatten() {
            let again: Vec<Span> = spans.iter().flat_map(|s| copies.again(*s)).collect();
            spans.extend(again);
            spans.sort();
            spans.dedup();
        }
    }
    relations.sort_by(|a, b| {
        let start = |r: &Relation| (r.evidence.first().copied().unwrap_or(r.trigger), r.trigger);
        start(a).cmp(&start(b)).then_with(|| a.kind.cmp(&b.kind)).then_with(|| a.rule.cmp(&b.rule))
    });
    Parts {
        language: language(page),
        published,
        warnings: page.warnings.clone(),
        mentions,
        entities: number.entities,
        relations,
        rejected,
    }
}

/// Paragraphs that stand again: the span of the first and how far on the copy stands, by the place of the first.
struct Copies(Vec<(Span, i64)>);

impl Copies {
    fn of(page: &Page<'_>) -> Self {
        let copies = page.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Furniture).filter_map(|p| {
            let first = page.paragraphs.get(p.copy_of? as usize)?;
            Some((first.span, p.span.start() as i64 - first.span.start() as i64))
        });
        let mut copies: Vec<(Span, i64)> = copies.collect();
        copies.sort_by_key(|(of, _)| of.start());
        Copies(copies)
    }

    /// Where a span stands again. Paragraphs do not overlap: only the last one that begins before it can hold it.
    fn again(&self, span: Span) -> impl Iterator<Item = Span> {
        let before = self.0.partition_point(|(of, _)| of.start() <= span.start());
        let holds = move |(of, _): &&(Span, i64)| of.contains(span);
        self.0[..before].iter().rev().take_while(holds).map(move |(_, by)| span.shifted(*by))
    }
}

#[derive(Default)]
struct Numbering {
    of: FastMap<u32, EntityId>,
    entities: Vec<Entity>,
    unknown: FastMap<EntityKind, u32>,
}

impl Numbering {
    fn entity(&mut self, drafts: &[Draft], draft: u32, gazetteer: &Gazetteer) -> EntityId {
        if let Some(&id) = self.of.get(&draft) {
            return id;
        }
        let id = EntityId(self.entities.len() as u32);
        let d = &drafts[draft as usize];
        let mut entity = Entity {
            id: d.id.clone(),
            kind: d.kind,
            known: d.known,
            name_en: None,
            name_ar: None,
            identifiers: Vec::new(),
            mentions: Vec::new(),
        };
        if let Some(key) = d.key {
            let record = gazetteer.record(key);
            entity.name_en = record.name_en.map(str::to_owned);
            entity.name_ar = record.name_ar.map(str::to_owned);
            entity.identifiers = gazetteer.identifiers(key).map(|(s, v)| (s.to_owned(), v.to_owned())).collect();
        } else if !d.known {
            let n = self.unknown.entry(d.kind).or_insert(0);
            *n += 1;
            entity.id = format!("unknown/{}/{n}", d.kind.as_str());
        } else if d.kind == EntityKind::Date {
            entity.name_en = d.id.strip_prefix("date/").map(str::to_owned);
        }
        self.entities.push(entity);
        self.of.insert(draft, id);
        id
    }
}

/// An entity without a name of its own takes the fullest form of the text, names before roles.
fn name_unknown(entity: &mut Entity, m: &Candidate, form: &str) {
    if entity.known && (entity.name_en.is_some() || entity.name_ar.is_some()) || m.kind == MentionKind::Pronoun {
        return;
    }
    let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
    let arabic = form.starts_with(crate::text::arabic::is_letter);
    let slot = if arabic { &mut entity.name_ar } else { &mut entity.name_en };
    let longer = slot.as_ref().is_none_or(|old| m.kind == MentionKind::Name && form.len() > old.len());
    if longer {
        *slot = Some(form);
    }
}

fn language(page: &Page<'_>) -> &'static str {
    let count = |language: Language| -> usize {
        page.paragraphs
            .iter()
            .filter(|p| p.language == language && p.kind != ParagraphKind::Furniture)
            .map(|p| p.span.len())
            .sum()
    };
    let (en, ar, other) = (count(Language::English), count(Language::Arabic), count(Language::Other));
    if en == 0 && ar == 0 || other > en.max(ar) {
        "und"
    } else if ar > en {
        "ar"
    } else {
        "en"
    }
}
