//! How does a document look as linked data, one triple a line?
//!
//! ```text
//! <urn:isnad:document:a#relation-0> rdf:type <urn:isnad:vocab:Meeting> .
//! <urn:isnad:document:a#relation-0> <urn:isnad:vocab:participant> <urn:isnad:person/john-kerry> .
//! <urn:isnad:person/john-kerry> rdfs:label "John Kerry"@en .
//! ```
//!
//! (Shown with short names; what is written has none.) Entities of the gazetteers have one IRI over all documents, so
//! that files can be thrown together; those that no gazetteer holds belong to their document. A wikidata identifier
//! becomes `owl:sameAs`. The words that a relation rests on are literals, their places `start` and `end` in bytes.

use std::fmt::Write as _;

use crate::date::Date;
use crate::document::Document;
use crate::entity::EntityId;

const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const SAME: &str = "http://www.w3.org/2002/07/owl#sameAs";
const TERMS: &str = "http://purl.org/dc/terms/";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
const BASE: &str = "urn:isnad:";
const VOCAB: &str = "urn:isnad:vocab:";

/// All triples of a document.
///
/// ```
/// let doc = isnad::Extractor::new()?.extract(isnad::Input::new("John Kerry left.").id("a"));
/// let same = "<urn:isnad:person/john-kerry> <urn:isnad:vocab:mentionedIn> <urn:isnad:document:a> .\n";
/// assert!(isnad::output::ntriples::document(&doc).contains(same));
/// # Ok::<(), isnad::Error>(())
/// ```
pub fn document(document: &Document<'_>) -> String {
    let key = encode(&document.key(), "");
    let (here, mut out) = (format!("{BASE}document:{key}"), Triples(String::new()));
    out.thing(&here, TYPE, &format!("{VOCAB}Document"));
    if let Some(id) = document.id() {
        out.text(&here, &format!("{TERMS}identifier"), id, "");
    }
    out.text(&here, &format!("{TERMS}language"), document.language(), "");
    if let Some(day) = document.published() {
        out.day(&here, &format!("{TERMS}issued"), &day.to_string());
    }
    let iri = |entity: EntityId| {
        let entity = document.entity(entity);
        if entity.is_known() {
            format!("{BASE}{}", encode(entity.id(), "/"))
        } else {
            format!("{here}#{}", encode(entity.id(), "/"))
        }
    };
    for (i, entity) in (0_u32..).zip(document.entities()) {
        let me = iri(EntityId(i));
        out.thing(&me, TYPE, &format!("{VOCAB}{}", capital(entity.kind().as_str())));
        for language in ["en", "ar"] {
            if let Some(name) = entity.name(language) {
                out.text(&me, LABEL, name, &format!("@{language}"));
            }
        }
        let wikidata = entity.identifiers().iter().find(|(scheme, _)| scheme == "wikidata");
        if let Some((_, item)) = wikidata {
            out.thing(&me, SAME, &format!("http://www.wikidata.org/entity/{}", encode(item, "")));
        }
        out.thing(&me, &format!("{VOCAB}mentionedIn"), &here);
    }
    for (number, relation) in document.relations().iter().enumerate() {
        let me = format!("{here}#relation-{number}");
        let own = |name: &str| format!("{VOCAB}{}", encode(name, ""));
        out.thing(&me, TYPE, &own(&capital(relation.kind())));
        out.thing(&me, &own("statedIn"), &here);
        out.text(&me, &own("modality"), relation.modality().as_str(), "");
        for argument in relation.arguments() {
            out.thing(&me, &own(argument.role()), &iri(argument.entity()));
        }
        for (name, who) in [("reportedBy", relation.reported_by()), ("via", relation.via())] {
            if let Some(who) = who {
                out.thing(&me, &own(name), &iri(who));
            }
        }
        if let Some(date) = relation.date() {
            out.day(&me, &own("date"), date);
        }
        for (name, value) in relation.fields() {
            out.text(&me, &own(&format!("field-{name}")), value, "");
        }
        for (scheme, code) in relation.codes() {
            out.text(&me, &own(&format!("code-{scheme}")), code, "");
        }
        for span in relation.content() {
            out.text(&me, &own("content"), &document[*span], "");
        }
        for span in relation.evidence() {
            out.text(&me, &own("evidence"), &document[*span], "");
        }
        let whole = relation.evidence().first().copied().unwrap_or(relation.trigger());
        out.number(&me, &own("start"), &whole.start().to_string(), "integer");
        out.number(&me, &own("end"), &whole.end().to_string(), "integer");
        out.text(&me, &own("rule"), relation.rule(), "");
        out.number(&me, &own("confidence"), &format!("{:.2}", relation.confidence()), "decimal");
    }
    out.0
}

struct Triples(String);

impl Triples {
    fn line(&mut self, subject: &str, predicate: &str, object: &str) {
        writeln!(self.0, "<{subject}> <{predicate}> {object} .").expect("writing to a string cannot fail");
    }

    fn thing(&mut self, subject: &str, predicate: &str, object: &str) {
        self.line(subject, predicate, &format!("<{object}>"));
    }

    fn text(&mut self, subject: &str, predicate: &str, text: &str, language: &str) {
        self.line(subject, predicate, &format!("{}{language}", literal(text)));
    }

    fn number(&mut self, subject: &str, predicate: &str, number: &str, kind: &str) {
        self.line(subject, predicate, &format!("\"{number}\"^^<{XSD}{kind}>"));
    }

    /// A date as exact as it is.
    fn day(&mut self, subject: &str, predicate: &str, day: &str) {
        let kind = match day.parse::<Date>() {
            Ok(Date { day: Some(_), .. }) => "date",
            Ok(Date { month: Some(_), .. }) => "gYearMonth",
            Ok(_) => "gYear",
            Err(_) => return self.text(subject, predicate, day, ""),
        };
        self.number(subject, predicate, day, kind);
    }
}

fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => write!(out, "\\u{:04X}", u32::from(c)).expect("writing to a string cannot fail"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// What may stand in an IRI as it is, and `also`; all else by its bytes.
fn encode(text: &str, also: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || also.contains(c) {
            out.push(c);
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    out
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
