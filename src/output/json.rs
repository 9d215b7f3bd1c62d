//! How is a document written as one line of JSON, and read back?
//!
//! ```text
//! {"schema":1,"id":"a.txt","language":"en","published":"2015-11-21","warnings":[],
//!  "mentions":[{"start":0,"end":5,"text":"Kerry","kind":"name","type":"person","entity":"person/john-kerry",…}],
//!  "entities":[{"id":"person/john-kerry","type":"person","known":true,"name":{"en":"John Kerry","ar":null},…}],
//!  "relations":[{"type":"meeting","modality":"asserted",…,"trigger":{"start":6,"end":9},…,"confidence":0.9}]}
//! ```
//!
//! The form is declared here, by hand, and not derived from the model: the model may change its shape, schema 1 may
//! not. Keys stand in the order above, an absent value is `null`, offsets are UTF-8 bytes with the end exclusive. The
//! fields that belong to a type of relation follow its `evidence`:
//!
//! | type | fields |
//! |---|---|
//! | statement | `content` (spans), `mode`, `stance` |
//! | position | `role` (text), `status` |
//! | meeting | `by`, `topic` (a span) |
//! | of your own rules | whatever the rule emits |
//!
//! The text itself is not on the wire; [`from_line`] takes it beside the line and holds every offset against it. Who
//! wants both in one place writes [`to_line_with_text`], the same line with one key more. Not
//! on the wire either, so lost on the way back: the rejected candidates.
//!
//! ```
//! # fn main() -> Result<(), isnad::Error> {
//! use isnad::output::json;
//!
//! let line = r#"{"schema":1,"id":"a","language":"en","published":null,"warnings":[],"mentions":[{"start":0,"end":5,
//!     "text":"Kerry","kind":"name","type":"person","entity":"person/john-kerry","source":"gazetteer"}],"entities":[
//!     {"id":"person/john-kerry","type":"person","known":true,"name":{"en":"John Kerry","ar":null},"identifiers":{}}],
//!     "relations":[]}"#;
//! let doc = json::from_line("Kerry left.", line)?;
//! assert_eq!(&doc[doc.mentions()[0].span()], "Kerry");
//! assert_eq!(json::from_line("Kerry left.", &json::to_line(&doc))?, doc);
//! # Ok(())
//! # }
//! ```

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io;

use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::document::Document;
use crate::entity::{Entity, EntityId, EntityKind};
use crate::error::Error;
use crate::mention::{Mention, MentionId, MentionKind};
use crate::relation::{Argument, Modality, Relation};
use crate::span::Span;

/// The version of the wire form that this library writes and reads.
pub const SCHEMA: u32 = 1;

/// The document as one line of JSON, without a line break at its end.
pub fn to_line(document: &Document<'_>) -> String {
    serde_json::to_string(&Line { document }).expect("the wire form has string keys and finite numbers only")
}

/// As [`to_line`], with the text itself as one more key, `text`: such a line can be read back by itself, with
/// [`from_line_with_text`].
pub fn to_line_with_text(document: &Document<'_>) -> String {
    let line = WithText(Line { document });
    serde_json::to_string(&line).expect("the wire form has string keys and finite numbers only")
}

/// Writes the document as one line, its line break with it, in a single call of `write_all`: a reader at the other end
/// of a pipe never sees half a line because of us.
pub fn write_line(document: &Document<'_>, mut to: impl io::Write) -> io::Result<()> {
    let mut line = to_line(document);
    line.push('\n');
    to.write_all(line.as_bytes())
}

// Writing ------------------------------------------------------------------------------------------------------------

struct Line<'a, 't> {
    document: &'a Document<'t>,
}

struct WithText<'a, 't>(Line<'a, 't>);

impl Serialize for Line<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

impl Serialize for WithText<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.entries(&mut map)?;
        map.serialize_entry("text", self.0.document.text())?;
        map.end()
    }
}

impl Line<'_, '_> {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let doc = self.document;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("id", &doc.id())?;
        map.serialize_entry("language", doc.language())?;
        map.serialize_entry("published", &doc.published().map(|day| day.to_string()))?;
        map.serialize_entry("warnings", doc.warnings())?;
        map.serialize_entry("mentions", &Each(doc.mentions(), |mention| MentionOut::of(doc, mention)))?;
        map.serialize_entry("entities", &Each(doc.entities(), EntityOut::of))?;
        map.serialize_entry("relations", &Each(doc.relations(), |relation| RelationOut { doc, relation }))
    }
}

/// A slice whose items are put into their wire form one by one, as they are written.
struct Each<'a, T, F>(&'a [T], F);

impl<'a, T, F: Fn(&'a T) -> U, U: Serialize> Serialize for Each<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

#[derive(Serialize)]
struct MentionOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    #[serde(rename = "type")]
    ty: &'static str,
    entity: &'a str,
    source: &'a str,
    confidence: f64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    metonym: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

impl<'a> MentionOut<'a> {
    fn of(doc: &'a Document<'_>, mention: &'a Mention) -> Self {
        MentionOut {
            start: mention.span().start(),
            end: mention.span().end(),
            text: &doc[mention.span()],
            kind: mention.kind().as_str(),
            ty: mention.entity_kind().as_str(),
            entity: doc.entity(mention.entity()).id(),
            source: mention.source(),
            confidence: rounded(mention.confidence()),
            metonym: mention.is_metonym(),
            why: mention.why(),
        }
    }
}

#[derive(Serialize)]
struct EntityOut<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    ty: &'static str,
    known: bool,
    name: NameOut<'a>,
    identifiers: PairsOut<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    granularity: Option<&'static str>,
}

/// A name in both languages.
#[derive(Serialize)]
pub(super) struct NameOut<'a> {
    pub(super) en: Option<&'a str>,
    pub(super) ar: Option<&'a str>,
}

impl<'a> EntityOut<'a> {
    fn of(entity: &'a Entity) -> Self {
        EntityOut {
            id: entity.id(),
            ty: entity.kind().as_str(),
            known: entity.is_known(),
            name: NameOut { en: entity.name("en"), ar: entity.name("ar") },
            identifiers: PairsOut(entity.identifiers()),
            granularity: entity.granularity(),
        }
    }
}

/// Pairs as a JSON object in their own order; of a key that stands twice, the first.
struct PairsOut<'a>(&'a [(String, String)]);

impl Serialize for PairsOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = |(i, (key, _)): &(usize, &(String, String))| self.0[..*i].iter().all(|(k, _)| k != key);
        serializer.collect_map(self.0.iter().enumerate().filter(first).map(|(_, (key, value))| (key, value)))
    }
}

/// A span as `{"start":…,"end":…}`.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Stretch {
    start: u32,
    end: u32,
}

impl From<Span> for Stretch {
    fn from(span: Span) -> Self {
        // Lossless: a span's offsets are u32.
        Stretch { start: span.start() as u32, end: span.end() as u32 }
    }
}

#[derive(Serialize)]
struct ArgumentOut<'a> {
    role: &'a str,
    entity: &'a str,
    start: usize,
    end: usize,
}

impl<'a> ArgumentOut<'a> {
    fn of(doc: &'a Document<'_>, argument: &'a Argument) -> Self {
        ArgumentOut {
            role: argument.role(),
            entity: doc.entity(argument.entity()).id(),
            start: argument.span().start(),
            end: argument.span().end(),
        }
    }
}

/// The keys that every relation has. A field of its own cannot take one of them.
const COMMON: [&str; 12] = [
    "type",
    "modality",
    "reported_by",
    "date",
    "via",
    "arguments",
    "trigger",
    "evidence",
    "rule",
    "codes",
    "confidence",
    "content",
];

/// The fields that a type of relation always shows, `null` where the text does not tell.
fn own_fields(kind: &str) -> &'static [&'static str] {
    match kind {
        "statement" => &["mode", "stance"],
        "position" => &["role", "status"],
        "meeting" => &["by"],
        _ => &[],
    }
}

struct RelationOut<'a, 't> {
    doc: &'a Document<'t>,
    relation: &'a Relation,
}

impl Serialize for RelationOut<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (doc, relation) = (self.doc, self.relation);
        let id = |entity: EntityId| doc.entity(entity).id();
        let spans = |spans: &[Span]| spans.iter().map(|span| Stretch::from(*span)).collect::<Vec<_>>();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", relation.kind())?;
        map.serialize_entry("modality", relation.modality().as_str())?;
        map.serialize_entry("reported_by", &relation.reported_by().map(id))?;
        map.serialize_entry("date", &relation.date())?;
        map.serialize_entry("via", &relation.via().map(id))?;
        map.serialize_entry("arguments", &Each(relation.arguments(), |argument| ArgumentOut::of(doc, argument)))?;
        map.serialize_entry("trigger", &Stretch::from(relation.trigger()))?;
        map.serialize_entry("evidence", &spans(relation.evidence()))?;
        let meeting = relation.kind() == "meeting";
        if relation.kind() == "statement" || (!meeting && !relation.content().is_empty()) {
            map.serialize_entry("content", &spans(relation.content()))?;
        }
        let always = own_fields(relation.kind());
        for name in always {
            map.serialize_entry(name, &relation.field(name))?;
        }
        if meeting {
            // What is spoken about is to a meeting what the content is to a statement.
            map.serialize_entry("topic", &relation.content().first().map(|span| Stretch::from(*span)))?;
        }
        for (name, value) in relation.fields() {
            if !(always.contains(&name) || COMMON.contains(&name) || (meeting && name == "topic")) {
                map.serialize_entry(name, value)?;
            }
        }
        map.serialize_entry("rule", relation.rule())?;
        map.serialize_entry("codes", &PairsOut(relation.codes()))?;
        map.serialize_entry("confidence", &rounded(relation.confidence()))?;
        map.end()
    }
}

/// Two digits, so that 0.9 does not read 0.8999999761581421.
fn rounded(confidence: f32) -> f64 {
    if confidence.is_finite() { (f64::from(confidence) * 100.0).round() / 100.0 } else { 0.0 }
}

// Reading ------------------------------------------------------------------------------------------------------------

/// Only the version, read first: a line of another schema may have anything else in another shape.
#[derive(Deserialize)]
struct SchemaIn {
    schema: Option<u32>,
}

#[derive(Deserialize)]
struct LineIn<'l> {
    id: Option<String>,
    #[serde(borrow)]
    language: Cow<'l, str>,
    published: Option<String>,
    #[serde(default)]
    warnings: Vec<String>,
    #[serde(borrow)]
    mentions: Vec<MentionIn<'l>>,
    entities: Vec<EntityIn>,
    relations: Vec<RelationIn>,
}

#[derive(Deserialize)]
struct MentionIn<'l> {
    start: u32,
    end: u32,
    #[serde(borrow)]
    text: Cow<'l, str>,
    #[serde(borrow)]
    kind: Cow<'l, str>,
    #[serde(borrow, rename = "type")]
    ty: Cow<'l, str>,
    #[serde(borrow)]
    entity: Cow<'l, str>,
    source: String,
    /// Lines of earlier versions do not tell it.
    #[serde(default = "sure")]
    confidence: f32,
    #[serde(default)]
    metonym: bool,
    #[serde(default)]
    why: Option<String>,
}

fn sure() -> f32 {
    1.0
}

#[derive(Deserialize)]
struct EntityIn {
    id: String,
    #[serde(rename = "type")]
    ty: String,
    known: bool,
    name: NameIn,
    identifiers: PairsIn,
}

#[derive(Deserialize)]
struct NameIn {
    en: Option<String>,
    ar: Option<String>,
}

#[derive(Deserialize)]
struct ArgumentIn {
    role: String,
    entity: String,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct RelationIn {
    #[serde(rename = "type")]
    kind: String,
    modality: String,
    reported_by: Option<String>,
    date: Option<String>,
    via: Option<String>,
    arguments: Vec<ArgumentIn>,
    trigger: Stretch,
    evidence: Vec<Stretch>,
    #[serde(default)]
    content: Vec<Stretch>,
    rule: String,
    codes: PairsIn,
    confidence: f32,
    #[serde(flatten)]
    own: BTreeMap<String, serde_json::Value>,
}

/// A JSON object of strings, its order kept.
struct PairsIn(Vec<(String, String)>);

impl<'de> Deserialize<'de> for PairsIn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = PairsIn;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PairsIn, A::Error> {
                let mut pairs: Vec<(String, String)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, String>()? {
                    if pairs.iter().any(|(k, _)| *k == key) {
                        return Err(de::Error::custom(format_args!("`{key}` stands twice")));
                    }
                    pairs.push((key, value));
                }
                Ok(PairsIn(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// Reads a line of [`to_line`] back, over the text that it was made from.
///
/// Every offset is held against the text, and every mention's words too, so that a line beside the wrong text is an
/// error that says which mention does not fit, not a document full of shifted spans. Unknown keys are left out of
/// account.
pub fn from_line<'t>(text: &'t str, line: &str) -> Result<Document<'t>, Error> {
    let broken = |error: serde_json::Error| Error::message(format!("not a line of the wire form: {error}"));
    match serde_json::from_str::<SchemaIn>(line).map_err(broken)?.schema {
        Some(SCHEMA) => {}
        Some(other) => {
            let why = format!("the line is of schema {other}; this version of isnad reads schema {SCHEMA}");
            return Err(Error::message(why));
        }
        None => return Err(Error::message("not a line of the wire form: it names no `schema`")),
    }
    let line: LineIn<'_> = serde_json::from_str(line).map_err(broken)?;
    Reader::new(text, &line.entities)?.document(line)
}

/// Reads a line of [`to_line_with_text`] back.
///
/// ```
/// # fn main() -> Result<(), isnad::Error> {
/// use isnad::output::json;
///
/// let doc = isnad::Extractor::new()?.extract("John Kerry left Geneva.");
/// let back = json::from_line_with_text(&json::to_line_with_text(&doc))?;
/// assert_eq!((back.text(), back.entities()), (doc.text(), doc.entities()));
/// # Ok(())
/// # }
/// ```
pub fn from_line_with_text(line: &str) -> Result<Document<'static>, Error> {
    #[derive(Deserialize)]
    struct TextIn<'l> {
        #[serde(borrow)]
        text: Option<Cow<'l, str>>,
    }
    let text: TextIn<'_> =
        serde_json::from_str(line).map_err(|error| Error::message(format!("not a line of the wire form: {error}")))?;
    let Some(text) = text.text else {
        return Err(Error::message("the line does not hold its text: write it with `to_line_with_text`"));
    };
    Ok(from_line(&text, line)?.into_owned())
}

/// The text, and where in the document each entity id stands.
struct Reader<'t> {
    text: &'t str,
    index: HashMap<String, EntityId>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, entities: &[EntityIn]) -> Result<Self, Error> {
        let mut index = HashMap::with_capacity(entities.len());
        for (i, entity) in (0_u32..).zip(entities) {
            if index.insert(entity.id.clone(), EntityId(i)).is_some() {
                return Err(Error::message(format!("entities[{i}]: the id `{}` stands twice", entity.id)));
            }
        }
        Ok(Reader { text, index })
    }

    fn document(&self, line: LineIn<'_>) -> Result<Document<'t>, Error> {
        let mut entities = line
            .entities
            .into_iter()
            .enumerate()
            .map(|(i, entity)| entity_of(i, entity))
            .collect::<Result<Vec<_>, _>>()?;
        let mut mentions = Vec::with_capacity(line.mentions.len());
        for (i, mention) in (0_u32..).zip(line.mentions) {
            let mention = self.mention(i, mention)?;
            entities[mention.entity.index()].mentions.push(MentionId(i));
            mentions.push(mention);
        }
        let relations = line.relations.into_iter().enumerate().map(|(i, relation)| self.relation(i, relation));
        Ok(Document {
            text: Cow::Borrowed(self.text),
            id: line.id,
            language: line.language.into_owned(),
            published: line.published.map(|day| day.parse::<Date>()).transpose()?,
            warnings: line.warnings,
            relations: relations.collect::<Result<_, _>>()?,
            mentions,
            entities,
            rejected: Vec::new(),
        })
    }

    fn mention(&self, i: u32, mention: MentionIn<'_>) -> Result<Mention, Error> {
        let at = || format!("mentions[{i}]");
        let span = self.span(&at, Stretch { start: mention.start, end: mention.end })?;
        if self.text[span] != *mention.text {
            let (here, there) = (&self.text[span], &mention.text);
            let why =
                format!("{}: the text has {here:?} at {span}, the line {there:?}: they do not belong together", at());
            return Err(Error::message(why));
        }
        Ok(Mention {
            span,
            kind: MentionKind::parse(&mention.kind).ok_or_else(|| unknown(&at, "kind of mention", &mention.kind))?,
            entity_kind: EntityKind::parse(&mention.ty).ok_or_else(|| unknown(&at, "type of entity", &mention.ty))?,
            entity: self.entity(&at, &mention.entity)?,
            source: mention.source,
            metonym: mention.metonym,
            confidence: mention.confidence,
            why: mention.why,
        })
    }

    fn relation(&self, i: usize, relation: RelationIn) -> Result<Relation, Error> {
        let at = || format!("relations[{i}]");
        let spans = |all: Vec<Stretch>| all.into_iter().map(|one| self.span(&at, one)).collect::<Result<Vec<_>, _>>();
        let argument = |a: ArgumentIn| {
            let span = self.span(&at, Stretch { start: a.start, end: a.end })?;
            Ok(Argument { entity: self.entity(&at, &a.entity)?, role: a.role, span })
        };
        let entity = |id: Option<String>| id.map(|id| self.entity(&at, &id)).transpose();
        let mut own = relation.own;
        let mut content = spans(relation.content)?;
        if relation.kind == "meeting"
            && let Some(topic) = own.remove("topic").filter(|topic| !topic.is_null())
        {
            let topic = serde_json::from_value(topic)
                .map_err(|error| Error::message(format!("{}: `topic` is no span: {error}", at())))?;
            content = vec![self.span(&at, topic)?];
        }
        Ok(Relation {
            modality: Modality::parse(&relation.modality)
                .ok_or_else(|| unknown(&at, "modality", &relation.modality))?,
            arguments: relation.arguments.into_iter().map(argument).collect::<Result<_, Error>>()?,
            trigger: self.span(&at, relation.trigger)?,
            evidence: spans(relation.evidence)?,
            content,
            date: relation.date,
            reported_by: entity(relation.reported_by)?,
            via: entity(relation.via)?,
            // A later version may add keys of another shape: they are unknown keys to us.
            fields: own.into_iter().filter_map(|(key, value)| Some((key, value.as_str()?.to_owned()))).collect(),
            kind: relation.kind,
            rule: relation.rule,
            codes: relation.codes.0,
            confidence: relation.confidence,
        })
    }

    fn entity(&self, at: &impl Fn() -> String, id: &str) -> Result<EntityId, Error> {
        let missing = || Error::message(format!("{}: `{id}` does not stand among the entities", at()));
        self.index.get(id).copied().ok_or_else(missing)
    }

    fn span(&self, at: &impl Fn() -> String, Stretch { start, end }: Stretch) -> Result<Span, Error> {
        let wrong = |why: String| Err(Error::message(format!("{}: {start}..{end} {why}", at())));
        if end < start {
            return wrong("ends before it begins".to_owned());
        }
        if end as usize > self.text.len() {
            return wrong(format!("lies outside the text of {} bytes", self.text.len()));
        }
        if !(self.text.is_char_boundary(start as usize) && self.text.is_char_boundary(end as usize)) {
            return wrong("cuts a character in two".to_owned());
        }
        Ok(Span::new(start, end))
    }
}

fn entity_of(i: usize, entity: EntityIn) -> Result<Entity, Error> {
    Ok(Entity {
        kind: EntityKind::parse(&entity.ty)
            .ok_or_else(|| unknown(&|| format!("entities[{i}]"), "type of entity", &entity.ty))?,
        id: entity.id,
        known: entity.known,
        name_en: entity.name.en,
        name_ar: entity.name.ar,
        identifiers: entity.identifiers.0,
        mentions: Vec::new(),
    })
}

fn unknown(at: &impl Fn() -> String, what: &str, word: &str) -> Error {
    Error::message(format!("{}: no {what} is called `{word}`", at()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Kerry met «لافروف» and said: peace.";

    /// A meeting and a statement with everything that the wire form can carry.
    fn document() -> Document<'static> {
        let entity = |id: &str, en: Option<&str>, mentions| Entity {
            id: id.to_owned(),
            kind: EntityKind::of_id(id).unwrap(),
            known: true,
            name_en: en.map(str::to_owned),
            name_ar: None,
            identifiers: vec![("iso2".to_owned(), "ZZ".to_owned()), ("wikidata".to_owned(), "Q0".to_owned())],
            mentions,
        };
        let mention = |start, end, entity| Mention {
            span: Span::new(start, end),
            kind: MentionKind::Name,
            entity_kind: EntityKind::Person,
            entity: EntityId(entity),
            source: "gazetteer".to_owned(),
            metonym: entity == 1,
            confidence: 1.0,
            why: None,
        };
        let argument = |role: &str, entity, start, end| Argument {
            role: role.to_owned(),
            entity: EntityId(entity),
            span: Span::new(start, end),
        };
        let meeting = Relation {
            kind: "meeting".to_owned(),
            modality: Modality::Asserted,
            arguments: vec![argument("participant", 0, 0, 5), argument("participant", 1, 12, 24)],
            trigger: Span::new(6, 9),
            evidence: vec![Span::new(0, 26)],
            content: vec![Span::new(37, 42)],
            date: Some("2015-11".to_owned()),
            reported_by: None,
            via: None,
            fields: BTreeMap::from([("by".to_owned(), "phone".to_owned())]),
            rule: "meeting.met".to_owned(),
            codes: vec![("plover".to_owned(), "CONSULT".to_owned()), ("cameo".to_owned(), "040".to_owned())],
            confidence: 0.9,
        };
        let statement = Relation {
            kind: "statement".to_owned(),
            arguments: vec![argument("speaker", 0, 0, 5)],
            reported_by: Some(EntityId(1)),
            fields: BTreeMap::from([("mode".to_owned(), "direct".to_owned())]),
            codes: Vec::new(),
            date: None,
            ..meeting.clone()
        };
        Document {
            text: Cow::Borrowed(TEXT),
            id: Some("a\"b".to_owned()),
            language: "en".to_owned(),
            published: Date::day(2015, 11, 21),
            warnings: vec!["a quotation is left open".to_owned()],
            mentions: vec![mention(0, 5, 0), mention(12, 24, 1)],
            entities: vec![
                entity("person/kerry", Some("Kerry"), vec![MentionId(0)]),
                entity("unknown/person/1", None, vec![MentionId(1)]),
            ],
            relations: vec![meeting, statement],
            rejected: Vec::new(),
        }
    }

    #[test]
    fn the_very_line() {
        let line = to_line(&document());
        let (start, rest) = line.split_once(r#","relations":["#).unwrap();
        assert_eq!(
            start,
            concat!(
                r#"{"schema":1,"id":"a\"b","language":"en","published":"2015-11-21","#,
                r#""warnings":["a quotation is left open"],"#,
                r#""mentions":[{"start":0,"end":5,"text":"Kerry","kind":"name","type":"person","#,
                r#""entity":"person/kerry","source":"gazetteer","confidence":1.0},"#,
                r#"{"start":12,"end":24,"text":"لافروف","kind":"name","type":"person","#,
                r#""entity":"unknown/person/1","source":"gazetteer","confidence":1.0,"metonym":true}],"#,
                r#""entities":[{"id":"person/kerry","type":"person","known":true,"name":{"en":"Kerry","ar":null},"#,
                r#""identifiers":{"iso2":"ZZ","wikidata":"Q0"}},"#,
                r#"{"id":"unknown/person/1","type":"person","known":true,"name":{"en":null,"ar":null},"#,
                r#""identifiers":{"iso2":"ZZ","wikidata":"Q0"}}]"#,
            )
        );
        assert_eq!(
            rest,
            concat!(
                r#"{"type":"meeting","modality":"asserted","reported_by":null,"date":"2015-11","via":null,"#,
                r#""arguments":[{"role":"participant","entity":"person/kerry","start":0,"end":5},"#,
                r#"{"role":"participant","entity":"unknown/person/1","start":12,"end":24}],"#,
                r#""trigger":{"start":6,"end":9},"evidence":[{"start":0,"end":26}],"#,
                r#""by":"phone","topic":{"start":37,"end":42},"#,
                r#""rule":"meeting.met","codes":{"plover":"CONSULT","cameo":"040"},"confidence":0.9},"#,
                r#"{"type":"statement","modality":"asserted","reported_by":"unknown/person/1","date":null,"via":null,"#,
                r#""arguments":[{"role":"speaker","entity":"person/kerry","start":0,"end":5}],"#,
                r#""trigger":{"start":6,"end":9},"evidence":[{"start":0,"end":26}],"#,
                r#""content":[{"start":37,"end":42}],"mode":"direct","stance":null,"#,
                r#""rule":"meeting.met","codes":{},"confidence":0.9}]}"#,
            )
        );
    }

    #[test]
    fn there_and_back() {
        let doc = document();
        assert_eq!(from_line(TEXT, &to_line(&doc)).unwrap(), doc);
        let mut bytes = Vec::new();
        write_line(&doc, &mut bytes).unwrap();
        assert_eq!(bytes, [to_line(&doc).as_bytes(), b"\n"].concat());
    }

    #[test]
    fn a_field_of_ones_own_cannot_take_a_common_key() {
        let mut doc = document();
        for relation in &mut doc.relations {
            relation.fields = ["type", "rule", "amount"].map(|k| (k.to_owned(), "x".to_owned())).into();
            relation.kind = "payment".to_owned();
        }
        let back = from_line(TEXT, &to_line(&doc)).unwrap();
        assert_eq!(back.relations()[0].fields().collect::<Vec<_>>(), [("amount", "x")]);
        assert_eq!(back.relations()[0].content(), doc.relations()[0].content());
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let line = to_line(&document());
        let told = |text: &str, line: &str| from_line(text, line).unwrap_err().to_string();
        assert_eq!(told("Kerry", &line), "mentions[1]: 12..24 lies outside the text of 5 bytes");
        let other = TEXT.replace("Kerry", "Perry");
        let want = r#"mentions[0]: the text has "Perry" at 0..5, the line "Kerry": they do not belong together"#;
        assert_eq!(told(&other, &line), want);
        let cut = line.replacen(r#""start":12"#, r#""start":13"#, 1);
        assert_eq!(told(TEXT, &cut), "mentions[1]: 13..24 cuts a character in two");
        let back = line.replacen(r#""start":6,"end":9"#, r#""start":9,"end":6"#, 1);
        assert_eq!(told(TEXT, &back), "relations[0]: 9..6 ends before it begins");
        let stranger =
            line.replacen(r#""role":"speaker","entity":"person/kerry""#, r#""role":"speaker","entity":"x/y""#, 1);
        assert_eq!(told(TEXT, &stranger), "relations[1]: `x/y` does not stand among the entities");
        let twice = line.replace(r#"{"id":"unknown/person/1""#, r#"{"id":"person/kerry""#);
        assert_eq!(told(TEXT, &twice), "entities[1]: the id `person/kerry` stands twice");
        let kind = line.replacen(r#""kind":"name""#, r#""kind":"nickname""#, 1);
        assert_eq!(told(TEXT, &kind), "mentions[0]: no kind of mention is called `nickname`");
        let later = line.replacen(r#""schema":1"#, r#""schema":2"#, 1);
        assert_eq!(told(TEXT, &later), "the line is of schema 2; this version of isnad reads schema 1");
        assert!(told(TEXT, "{}").contains("names no `schema`"));
        assert!(told(TEXT, &line[..line.len() / 2]).starts_with("not a line of the wire form: EOF"));
    }

    #[test]
    fn unknown_keys_are_left_out_of_account() {
        let line = to_line(&document());
        let more = line.replacen(r#""rule":"#, r#""later":{"x":[1]},"rule":"#, 1).replacen('{', r#"{"new":0,"#, 1);
        assert_eq!(from_line(TEXT, &more).unwrap(), document());
    }

    #[test]
    fn confidence_has_two_digits() {
        assert_eq!([0.9, 0.123, 1.0, f32::NAN].map(rounded), [0.9, 0.12, 1.0, 0.0]);
    }
}
