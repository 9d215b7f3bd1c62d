//! How does a document look in a spreadsheet, or to a tool that draws graphs?
//!
//! ```text
//! mentions   document,start,end,text,…              one row a mention
//! entities   document,entity,type,known,…           one row an entity
//! relations  document,number,type,modality,…        one row a relation; several in one role: "a; b"
//! edges      source,target,type,role,directed,…     one row a pair
//! ```
//!
//! Each function gives the rows of one document, to be written under the header of the same name. Quoted as RFC 4180
//! says, lines end with a line feed, UTF-8. The cells are the words of the article, unchanged: one that begins with `=`
//! is a formula to some spreadsheets, so let them import such a column as text.
//!
//! An entity that no gazetteer holds is numbered within its document; among edges it is called
//! `unknown/person/1@document`, so that the strangers of two articles do not become one.
//!
//! ```
//! use isnad::output::csv;
//!
//! let doc = isnad::Extractor::new()?.extract(isnad::Input::new("John Kerry met Sergei Lavrov in Geneva.").id("a"));
//! let row = "person/john-kerry,person/sergey-lavrov,meeting,participant,false,asserted,,a,0\n";
//! assert!(csv::edges(&doc).contains(row));
//! # Ok::<(), isnad::Error>(())
//! ```

use crate::document::Document;
use crate::entity::EntityId;
use crate::relation::Relation;

/// The header of [`mentions`].
pub const MENTIONS: &str = "document,start,end,text,kind,type,entity,name,source,metonym\n";
/// The header of [`entities`].
pub const ENTITIES: &str = "document,entity,type,known,name_en,name_ar,mentions,identifiers\n";
/// The header of [`relations`].
pub const RELATIONS: &str = "document,number,type,modality,date,participant,attendee,speaker,addressee,target,visitor,host,\
    destination,place,person,organisation,country,others,reported_by,via,fields,trigger,content,evidence,start,end,codes,\
    rule,confidence\n";
/// The header of [`edges`].
pub const EDGES: &str = "source,target,type,role,directed,modality,date,document,number\n";

/// The roles that have a column of their own, in the order of the columns.
const ROLES: [&str; 12] = [
    "participant",
    "attendee",
    "speaker",
    "addressee",
    "target",
    "visitor",
    "host",
    "destination",
    "place",
    "person",
    "organisation",
    "country",
];

/// Roles whose fillers stand side by side.
const SIDES: [&str; 2] = ["participant", "attendee"];

/// A row that grows.
struct Row<'o>(&'o mut String, bool);

impl<'o> Row<'o> {
    fn of(out: &'o mut String) -> Self {
        Row(out, true)
    }

    fn cell(mut self, cell: &str) -> Self {
        if !std::mem::replace(&mut self.1, false) {
            self.0.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            self.0.push('"');
            self.0.push_str(&cell.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(cell);
        }
        self
    }

    fn end(self) {
        self.0.push('\n');
    }
}

fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    pairs.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("; ")
}

/// One row a mention, in text order.
pub fn mentions(document: &Document<'_>) -> String {
    let (key, mut out) = (document.key(), String::new());
    for mention in document.mentions() {
        let entity = document.entity(mention.entity());
        let name = entity.name(document.language()).or(entity.name("en")).or(entity.name("ar"));
        Row::of(&mut out)
            .cell(&key)
            .cell(&mention.span().start().to_string())
            .cell(&mention.span().end().to_string())
            .cell(&document[mention.span()])
            .cell(mention.kind().as_str())
            .cell(mention.entity_kind().as_str())
            .cell(entity.id())
            .cell(name.unwrap_or_default())
            .cell(mention.source())
            .cell(if mention.is_metonym() { "true" } else { "false" })
            .end();
    }
    out
}

/// One row an entity, in the order of their first mention.
pub fn entities(document: &Document<'_>) -> String {
    let (key, mut out) = (document.key(), String::new());
    for entity in document.entities() {
        let identifiers = pairs(entity.identifiers().iter().map(|(k, v)| (k.as_str(), v.as_str())));
        Row::of(&mut out)
            .cell(&key)
            .cell(entity.id())
            .cell(entity.kind().as_str())
            .cell(if entity.is_known() { "true" } else { "false" })
            .cell(entity.name("en").unwrap_or_default())
            .cell(entity.name("ar").unwrap_or_default())
            .cell(&entity.mentions().len().to_string())
            .cell(&identifiers)
            .end();
    }
    out
}

/// One row a relation; `number` counts them within the document, from 0, as edges do.
pub fn relations(document: &Document<'_>) -> String {
    let (key, mut out) = (document.key(), String::new());
    for (number, relation) in document.relations().iter().enumerate() {
        let id = |entity: EntityId| document.entity(entity).id();
        let words = |spans: &[crate::span::Span]| spans.iter().map(|s| &document[*s]).collect::<Vec<_>>().join(" … ");
        let mut row = Row::of(&mut out)
            .cell(&key)
            .cell(&number.to_string())
            .cell(relation.kind())
            .cell(relation.modality().as_str())
            .cell(relation.date().unwrap_or_default());
        for role in ROLES {
            row = row.cell(&relation.arguments_of(role).map(|a| id(a.entity())).collect::<Vec<_>>().join("; "));
        }
        let others = relation.arguments().iter().filter(|a| !ROLES.contains(&a.role()));
        let whole = relation.evidence().first().copied().unwrap_or(relation.trigger());
        row.cell(&pairs(others.map(|a| (a.role(), id(a.entity())))))
            .cell(relation.reported_by().map_or("", id))
            .cell(relation.via().map_or("", id))
            .cell(&pairs(relation.fields()))
            .cell(&document[relation.trigger()])
            .cell(&words(relation.content()))
            .cell(&document[whole])
            .cell(&whole.start().to_string())
            .cell(&whole.end().to_string())
            .cell(&pairs(relation.codes().iter().map(|(k, v)| (k.as_str(), v.as_str()))))
            .cell(relation.rule())
            .cell(&format!("{:.2}", relation.confidence()))
            .end();
    }
    out
}

/// One row a pair that a relation ties: the sides of a meeting with each other (not directed), a speaker with whom they
/// speak to or of, a visitor with host and destination, a person with body and country.
pub fn edges(document: &Document<'_>) -> String {
    let (key, mut out) = (document.key(), String::new());
    for (number, relation) in document.relations().iter().enumerate() {
        for (source, target, role, directed) in ties(relation) {
            if source == target {
                continue;
            }
            Row::of(&mut out)
                .cell(&document.id_among_others(source, &key))
                .cell(&document.id_among_others(target, &key))
                .cell(relation.kind())
                .cell(role)
                .cell(if directed { "true" } else { "false" })
                .cell(relation.modality().as_str())
                .cell(relation.date().unwrap_or_default())
                .cell(&key)
                .cell(&number.to_string())
                .end();
        }
    }
    out
}

/// Who is tied to whom, in which role, and whether the tie has a direction.
fn ties(relation: &Relation) -> Vec<(EntityId, EntityId, &str, bool)> {
    let arguments = relation.arguments();
    // What a relation is about stands first in its rule.
    let Some(main) = arguments.first().map(|a| a.role()) else { return Vec::new() };
    let mut ties = Vec::new();
    for (i, a) in arguments.iter().enumerate().filter(|(_, a)| a.role() == main) {
        for (j, b) in arguments.iter().enumerate() {
            let side = SIDES.contains(&main) && SIDES.contains(&b.role());
            if b.role() != main {
                ties.push((a.entity(), b.entity(), b.role(), !side));
            } else if side && i < j {
                ties.push((a.entity(), b.entity(), b.role(), false));
            }
        }
    }
    ties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut out = String::new();
        Row::of(&mut out).cell("plain").cell("a,b").cell("he \"said\"").cell("two\nlines").cell("").cell(" x").end();
        assert_eq!(out, "plain,\"a,b\",\"he \"\"said\"\"\",\"two\nlines\",,\" x\"\n");
    }
}
