//! How does a document look in brat, the annotation tool?
//!
//! ```text
//! T1  Person 0 5     Kerry               a mention; N1 says which entity, A1 how it refers
//! T2  Person 10 16   Lavrov
//! T3  Meeting 6 9    met                 a trigger
//! E1  Meeting:T3 Participant:T1 Participant2:T2
//! A3  Modality E1 asserted
//! ```
//!
//! brat keeps an article as two files: the text (`.txt`), byte for byte as it was handed in, and the annotations (`.ann`)
//! that [`annotations`] gives. Offsets are characters there, not bytes, and an annotation that runs over a line break is
//! written in pieces. brat opens files as they are; a reader that turns `\r\n` into `\n` before counting will be off.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::document::Document;
use crate::relation::Relation;
use crate::span::Span;

/// The contents of the `.ann` file.
///
/// ```
/// let doc = isnad::Extractor::new()?.extract("John Kerry left.");
/// assert!(isnad::output::brat::annotations(&doc).starts_with("T1\tPerson 0 10\tJohn Kerry\n"));
/// # Ok::<(), isnad::Error>(())
/// ```
pub fn annotations(document: &Document<'_>) -> String {
    let mut ann =
        Annotations { document, places: places(document), out: String::new(), bound: HashMap::new(), counts: [0; 5] };
    for mention in document.mentions() {
        let id = ann.bound(mention.span(), mention.entity_kind().as_str());
        let entity = document.entity(mention.entity());
        if let Some(id) = id {
            ann.attribute("Mention", &id, mention.kind().as_str());
            let name =
                entity.name(document.language()).or(entity.name("en")).or(entity.name("ar")).unwrap_or(entity.id());
            let name = one_line(name);
            ann.line(
                'N',
                3,
                &format!("Reference {id} isnad:{}\t{name}", entity.id().replace(char::is_whitespace, "_")),
            );
        }
    }
    for relation in document.relations() {
        ann.event(relation);
    }
    ann.out
}

struct Annotations<'a, 't> {
    document: &'a Document<'t>,
    /// Byte offsets in use and the characters before each, both rising.
    places: Vec<(usize, usize)>,
    out: String,
    /// Text-bound annotations by span and type.
    bound: HashMap<(Span, String), String>,
    /// Of T, E, A, N and #.
    counts: [u32; 5],
}

impl Annotations<'_, '_> {
    fn line(&mut self, letter: char, counter: usize, rest: &str) -> String {
        self.counts[counter] += 1;
        let id = format!("{letter}{}", self.counts[counter]);
        writeln!(self.out, "{id}\t{rest}").expect("writing to a string cannot fail");
        id
    }

    fn attribute(&mut self, name: &str, of: &str, value: &str) {
        self.line('A', 2, &format!("{name} {of} {}", word(value)));
    }

    /// The id of an annotation of these bytes, made where there is none of its type; `None` where nothing is to be seen.
    fn bound(&mut self, span: Span, kind: &str) -> Option<String> {
        let kind = type_name(kind);
        if let Some(id) = self.bound.get(&(span, kind.clone())) {
            return Some(id.clone());
        }
        let (mut offsets, mut words, mut at) = (Vec::new(), Vec::new(), span.start());
        for piece in self.document[span].split('\n') {
            if !piece.is_empty() {
                offsets.push(format!("{} {}", self.character(at)?, self.character(at + piece.len())?));
                words.push(piece.replace('\t', " "));
            }
            at += piece.len() + 1;
        }
        if offsets.is_empty() {
            return None;
        }
        let id = self.line('T', 0, &format!("{kind} {}\t{}", offsets.join(";"), words.join(" ")));
        self.bound.insert((span, kind), id.clone());
        Some(id)
    }

    fn character(&self, byte: usize) -> Option<usize> {
        let i = self.places.binary_search_by_key(&byte, |(byte, _)| *byte).ok()?;
        Some(self.places[i].1)
    }

    fn event(&mut self, relation: &Relation) {
        let Some(trigger) = self.bound(relation.trigger(), relation.kind()) else { return };
        let mut event = format!("{}:{trigger}", type_name(relation.kind()));
        let mut seen: HashMap<String, u32> = HashMap::new();
        let arguments = relation.arguments().iter().map(|a| {
            let entity = self.document.entity(a.entity());
            (a.role(), a.span(), entity.kind().as_str())
        });
        let content = relation.content().iter().map(|span| ("content", *span, "content"));
        for (role, span, kind) in arguments.chain(content).collect::<Vec<_>>() {
            let Some(filler) = self.bound(span, kind) else { continue };
            let n = seen.entry(type_name(role)).or_insert(0);
            *n += 1;
            // brat numbers what fills one role again.
            let number = if *n > 1 { n.to_string() } else { String::new() };
            write!(event, " {}{number}:{filler}", type_name(role)).expect("writing to a string cannot fail");
        }
        let id = self.line('E', 1, &event);
        self.attribute("Modality", &id, relation.modality().as_str());
        for (name, value) in relation.fields().filter(|(name, _)| matches!(*name, "by" | "mode" | "stance" | "status"))
        {
            self.attribute(&type_name(name), &id, value);
        }
        let mut notes = vec![format!("rule={}", relation.rule())];
        notes.extend(relation.date().map(|date| format!("date={date}")));
        notes.extend(relation.reported_by().map(|by| format!("reported_by={}", self.document.entity(by).id())));
        notes.extend(relation.codes().iter().map(|(scheme, code)| format!("{scheme}={code}")));
        let notes = one_line(&notes.join("; "));
        self.line('#', 4, &format!("AnnotatorNotes {id}\t{notes}"));
    }
}

/// Every byte offset that an annotation may begin or end with, and the number of characters before it: one walk over the
/// text for all of them.
fn places(document: &Document<'_>) -> Vec<(usize, usize)> {
    let mut spans: Vec<Span> = document.mentions().iter().map(|m| m.span()).collect();
    for relation in document.relations() {
        spans.push(relation.trigger());
        spans.extend(relation.arguments().iter().map(|a| a.span()));
        spans.extend(relation.content());
    }
    let mut bytes: Vec<usize> = spans.iter().flat_map(|span| [span.start(), span.end()]).collect();
    // Where an annotation is cut into lines.
    for span in spans {
        bytes.extend(document[span].match_indices('\n').flat_map(|(at, _)| [span.start() + at, span.start() + at + 1]));
    }
    bytes.sort_unstable();
    bytes.dedup();
    let (mut at, mut characters) = (0, 0);
    let text = document.text();
    let count = |byte: &usize| {
        characters += text.get(at..*byte).map_or(0, |piece| piece.chars().count());
        at = *byte;
        (*byte, characters)
    };
    bytes.iter().map(count).collect()
}

/// `armed-group` ─► `Armed_group`: brat's types are words.
fn type_name(kind: &str) -> String {
    let kind = word(kind);
    let mut letters = kind.chars();
    letters.next().map_or_else(|| "Thing".to_owned(), |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

fn word(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{Entity, EntityId, EntityKind};
    use crate::mention::{Mention, MentionId, MentionKind};

    #[test]
    fn characters_are_counted_and_a_line_break_cuts() {
        let mention = Mention {
            span: Span::new(5, 17),
            kind: MentionKind::Name,
            entity_kind: EntityKind::Person,
            entity: EntityId(0),
            source: String::new(),
            metonym: false,
            confidence: 1.0,
            why: None,
        };
        let entity = Entity {
            id: "unknown/person/1".to_owned(),
            kind: EntityKind::Person,
            known: false,
            name_en: None,
            name_ar: None,
            identifiers: Vec::new(),
            mentions: vec![MentionId(0)],
        };
        let doc = Document {
            text: "\u{1F600} Ana\nMaría\tB".into(),
            id: None,
            language: "en".to_owned(),
            published: None,
            warnings: Vec::new(),
            mentions: vec![mention],
            entities: vec![entity],
            relations: Vec::new(),
            rejected: Vec::new(),
        };
        let ann = annotations(&doc);
        assert!(ann.starts_with("T1\tPerson 2 5;6 13\tAna María B\n"), "{ann}");
    }
}
