//! How are merged events written?
//!
//! ```text
//! {"schema":1,"id":"event/…","type":"meeting","modality":"asserted","date":"2016-03-14","first_told":"2016-03-14",
//!  "parties":[{"role":"participant","entity":"person/john-kerry","known":true,"name":{"en":…,"ar":…}},…],
//!  "codes":{"cameo":"040"},
//!  "tellings":[{"document":"a","relation":0,"language":"en",…,"why":[]},{"document":"b",…,"why":["participants …"]}]}
//! ```

use std::fmt::Write as _;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::merge::{Event, Party, Telling};
use crate::output::json::NameOut;
use crate::span::Span;

/// The version of this form.
pub const SCHEMA: u32 = 1;

/// The event as one line of JSON, without a line break at its end.
pub fn to_line(event: &Event) -> String {
    serde_json::to_string(&EventOut(event)).expect("string keys and finite numbers only")
}

/// The event for people: a line for what happened, one for each telling, with the reason why it is the same.
pub fn to_text(event: &Event) -> String {
    let day = event
        .date
        .as_deref()
        .map_or_else(|| format!("told {}", event.first_told.as_deref().unwrap_or("at some time")), str::to_owned);
    let mut out = format!("{day}  {}, {}:", event.kind, event.modality.as_str());
    let mut role = "";
    for party in &event.parties {
        let lead = if party.role == role { "," } else { ";" };
        let lead = if role.is_empty() { "" } else { lead };
        let name = party.name_en.as_deref().or(party.name_ar.as_deref()).unwrap_or(&party.entity);
        let role_told = if party.role == role { String::new() } else { format!("{} ", party.role) };
        write!(out, "{lead} {role_told}{name}").expect("writing to a string cannot fail");
        role = &party.role;
    }
    out.push('\n');
    for telling in &event.tellings {
        let words = telling.evidence.first().map(|(_, words)| words.split_whitespace().collect::<Vec<_>>().join(" "));
        let words = words.unwrap_or_default();
        let place = telling.evidence.first().map(|(span, _)| span.to_string()).unwrap_or_default();
        // Arabic words between isolates, so that the line's own order stays.
        writeln!(out, "    {} {place} ({}): \u{2068}{words}\u{2069}", telling.document, telling.modality.as_str())
            .expect("writing to a string cannot fail");
        if !telling.why.is_empty() {
            writeln!(out, "        the same: {}", telling.why.join("; ")).expect("writing to a string cannot fail");
        }
    }
    out
}

struct EventOut<'e>(&'e Event);

impl Serialize for EventOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let event = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("id", &event.id)?;
        map.serialize_entry("type", event.kind)?;
        map.serialize_entry("modality", event.modality.as_str())?;
        map.serialize_entry("date", &event.date)?;
        map.serialize_entry("first_told", &event.first_told)?;
        map.serialize_entry("parties", &event.parties.iter().map(PartyOut::of).collect::<Vec<_>>())?;
        map.serialize_entry("codes", &Codes(&event.codes))?;
        map.serialize_entry("tellings", &event.tellings.iter().map(TellingOut::of).collect::<Vec<_>>())?;
        map.end()
    }
}

struct Codes<'e>(&'e [(String, String)]);

impl Serialize for Codes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(scheme, code)| (scheme, code)))
    }
}

#[derive(Serialize)]
struct PartyOut<'e> {
    role: &'e str,
    entity: &'e str,
    known: bool,
    name: NameOut<'e>,
}

impl<'e> PartyOut<'e> {
    fn of(party: &'e Party) -> Self {
        let name = NameOut { en: party.name_en.as_deref(), ar: party.name_ar.as_deref() };
        PartyOut { role: &party.role, entity: &party.entity, known: party.known, name }
    }
}

#[derive(Serialize)]
struct Stretch {
    start: usize,
    end: usize,
}

impl From<Span> for Stretch {
    fn from(span: Span) -> Self {
        Stretch { start: span.start(), end: span.end() }
    }
}

#[derive(Serialize)]
struct Words<'e> {
    start: usize,
    end: usize,
    text: &'e str,
}

#[derive(Serialize)]
struct TellingOut<'e> {
    document: &'e str,
    relation: usize,
    language: &'e str,
    published: Option<&'e str>,
    modality: &'static str,
    date: Option<&'e str>,
    reported_by: Option<&'e str>,
    trigger: Stretch,
    evidence: Vec<Words<'e>>,
    content: &'e [String],
    rule: &'e str,
    confidence: f64,
    why: &'e [String],
}

impl<'e> TellingOut<'e> {
    fn of(telling: &'e Telling) -> Self {
        let words = |(span, text): &'e (Span, String)| Words { start: span.start(), end: span.end(), text };
        TellingOut {
            document: &telling.document,
            relation: telling.relation,
            language: &telling.language,
            published: telling.published.as_deref(),
            modality: telling.modality.as_str(),
            date: telling.date.as_deref(),
            reported_by: telling.reported_by.as_deref(),
            trigger: telling.trigger.into(),
            evidence: telling.evidence.iter().map(words).collect(),
            content: &telling.content,
            rule: &telling.rule,
            confidence: (f64::from(telling.confidence) * 100.0).round() / 100.0,
            why: &telling.why,
        }
    }
}
