//! What does the page's script know of all articles?
//!
//! ```text
//! {"e": [["person", "person/john-kerry", "John Kerry", "جون كيري", 1, "Q22316"], …],      who and what
//!  "d": [["a.txt", "Kerry meets Lavrov", "en", "2016-03-02", [[0, 4, 1], …]], …],      article; entity, times, mention
//!  "r": [[0, 2, "meeting", "asserted", null, [["participant", 0], …], null, "Kerry met …"], …]}      article, number, …
//! ```
//!
//! A known entity is one row for the whole page, however many articles speak of it. One that no list holds is a row for
//! each article: that two articles mean the same stranger is nothing we know.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::document::Document;
use crate::mention::MentionKind;
use crate::output::report::escape;
use crate::output::report::facts::excerpt;

/// Kind, id, English name, Arabic name, 1 where a list or grammar knows it, 2 where only a name in the text does, 0
/// where it has no name at all; Wikidata's number.
#[derive(Clone, Debug, Serialize)]
struct EntityRow(&'static str, String, Option<String>, Option<String>, u8, Option<String>);

/// Id, title, language, day of publication; entity, how often, first mention.
#[derive(Clone, Debug, Serialize)]
struct DocumentRow(Option<String>, String, String, Option<String>, Vec<(usize, usize, usize)>);

/// Document, number in it, type, modality, date, roles, office or stance, words.
#[derive(Clone, Debug, Serialize)]
struct FactRow(usize, usize, String, &'static str, Option<String>, Vec<(String, usize)>, Option<String>, String);

/// The index in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    entities: Vec<EntityRow>,
    documents: Vec<DocumentRow>,
    facts: Vec<FactRow>,
    /// Row of each known entity. Only asked, never walked.
    rows: HashMap<String, usize>,
}

#[derive(Serialize)]
struct Data<'a> {
    e: &'a [EntityRow],
    d: &'a [DocumentRow],
    r: &'a [FactRow],
}

impl Index {
    /// Adds document number `d`. Returns, for each of its entities, the row.
    pub(super) fn add(&mut self, document: &Document<'_>, d: usize, title: &str) -> Vec<usize> {
        let entities: Vec<usize> = document
            .entities()
            .iter()
            .map(|entity| {
                let own = |language| entity.name(language).map(str::to_owned);
                let named = entity.mentions().iter().any(|m| document.mention(*m).kind() == MentionKind::Name);
                if entity.is_known()
                    && let Some(&row) = self.rows.get(entity.id())
                {
                    // An article that knew more of its name completes it.
                    if let Some(known) = self.entities.get_mut(row) {
                        known.2 = known.2.take().or_else(|| own("en"));
                        known.3 = known.3.take().or_else(|| own("ar"));
                    }
                    return row;
                }
                let row = self.entities.len();
                if entity.is_known() {
                    self.rows.insert(entity.id().to_owned(), row);
                }
                let wikidata = entity.identifiers().iter().find(|(scheme, _)| scheme == "wikidata");
                let standing = if entity.is_known() {
                    1
                } else if named {
                    2
                } else {
                    0
                };
                self.entities.push(EntityRow(
                    entity.kind().as_str(),
                    entity.id().to_owned(),
                    own("en"),
                    own("ar"),
                    standing,
                    wikidata.map(|(_, value)| value.clone()),
                ));
                row
            })
            .collect();
        let row = |entity: crate::entity::EntityId| entities.get(entity.index()).copied().unwrap_or_default();
        let mut seen: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (m, mention) in document.mentions().iter().enumerate() {
            seen.entry(row(mention.entity())).or_insert((0, m)).0 += 1;
        }
        self.documents.push(DocumentRow(
            document.id().map(str::to_owned),
            title.to_owned(),
            document.language().to_owned(),
            document.published().map(|day| day.to_string()),
            seen.into_iter().map(|(e, (times, m))| (e, times, m)).collect(),
        ));
        for (r, relation) in document.relations().iter().enumerate() {
            let mut roles: Vec<(String, usize)> =
                relation.arguments().iter().map(|a| (a.role().to_owned(), row(a.entity()))).collect();
            roles.extend(relation.via().map(|via| ("via".to_owned(), row(via))));
            roles.extend(relation.reported_by().map(|by| ("reported-by".to_owned(), row(by))));
            let note = relation.field("role").or(relation.field("stance")).map(str::to_owned);
            self.facts.push(FactRow(
                d,
                r,
                relation.kind().to_owned(),
                relation.modality().as_str(),
                relation.date().map(str::to_owned),
                roles,
                note,
                excerpt(document, relation),
            ));
        }
        entities
    }

    /// The index as JSON that may stand inside a `<script>` element.
    pub(super) fn json(&self) -> String {
        escape::json(&Data { e: &self.entities, d: &self.documents, r: &self.facts })
    }
}
