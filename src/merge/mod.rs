//! Which facts of many articles are one event?
//!
//! ```text
//! en.txt  "Kerry met Lavrov in Geneva on Monday"      ┐
//! ar.txt  «التقى كيري نظيره لافروف أمس»               ├─► one Event: meeting, 2016-03-14, place/geneva,
//! old.txt "Kerry will meet Lavrov on Monday"          ┘    three tellings, asserted, counted once
//! ```
//!
//! Meetings and visits are compared by who, when and where; statements by who, when and the words. What names an actor
//! has to be an id that means the same everywhere: somebody whom no gazetteer holds is a stranger to other articles, and
//! a fact among strangers is an event of its own. In doubt two events stay two.
//!
//! | | meeting | visit | statement |
//! |---|---|---|---|
//! | who | two or more in common, and nobody on either side who is not on the other | the same, one is enough | the same speakers |
//! | when | within a day; an undated fact is taken for news of the day of publication | same | same |
//! | where | the same place, or one says nothing, or one says the country only | the same destination | |
//! | what | not one by telephone and one in person | | in one language: shared runs of three words; across languages: addressee and the entities spoken of |
//!
//! What is denied goes together with what is denied only. Nothing here depends on the order in which documents are added.

mod alike;
mod event;
mod record;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::digest::Digest;
use crate::document::Document;

pub use event::{Event, Party, Telling};

use alike::Join;
use record::Record;

/// Gathers documents, then tells their events.
///
/// It holds the facts of the documents, not their texts: its memory grows with what was found.
///
/// ```
/// use isnad::{Date, Extractor, Input, merge::Merger};
///
/// let isnad = Extractor::new()?;
/// let mut merger = Merger::new();
/// for (id, text) in [
///     ("a", "John Kerry met Sergei Lavrov in Geneva on Monday."),
///     ("b", "التقى جون كيري سيرغي لافروف في جنيف."),
/// ] {
///     merger.add(&isnad.extract(Input::new(text).id(id).published(Date::day(2016, 3, 14))));
/// }
/// let events = merger.finish();
/// let meeting = events.iter().find(|event| event.kind() == "meeting").expect("a meeting");
/// assert_eq!(meeting.tellings().len(), 2);
/// assert_eq!(meeting.date(), Some("2016-03-14"));
/// # Ok::<(), isnad::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Merger {
    records: Vec<Record>,
    /// Documents added: a second copy adds nothing.
    seen: HashSet<(String, u64)>,
}

impl Merger {
    /// Without any document.
    pub fn new() -> Self {
        Merger::default()
    }

    /// Takes the facts of a document in. A document that was added before, by its id and its text, is not taken again.
    pub fn add(&mut self, document: &Document<'_>) {
        let key = document.key();
        let mut digest = Digest::default();
        digest.add(document.text().as_bytes());
        if self.seen.insert((key.clone(), digest.value())) {
            record::records(document, &key, digest.value(), &mut self.records);
        }
    }

    /// The events, by day, then type, then id.
    pub fn finish(self) -> Vec<Event> {
        let mut records = self.records;
        // The surest anchors first: what has a day of its own, then what tells most.
        records.sort_by(|a, b| a.rank().cmp(&b.rank()));
        let mut groups: Vec<Group> = Vec::new();
        let mut index = Index::default();
        for record in records {
            let near = index.near(&record);
            let joins: Vec<(usize, Join)> =
                near.into_iter().filter_map(|i| Some((i, alike::join(&groups[i], &record)?))).collect();
            let at = match alike::best(&joins) {
                Some((i, why)) => {
                    groups[i].add(record, why.clone());
                    i
                }
                None => {
                    groups.push(Group::new(record));
                    groups.len() - 1
                }
            };
            index.enter(at, &groups[at]);
        }
        let mut events: Vec<Event> = groups.into_iter().map(event::event).collect();
        events.sort_by(|a, b| {
            let key = |e: &Event| (e.date.clone().or(e.first_told.clone()), e.kind, e.id.clone());
            key(a).cmp(&key(b))
        });
        events
    }
}

/// Event codes, each counted once for every event, however many articles tell of it.
pub fn codes(events: &[Event]) -> BTreeMap<(&str, &str), usize> {
    let mut counts = BTreeMap::new();
    for (scheme, code) in events.iter().flat_map(|event| &event.codes) {
        *counts.entry((scheme.as_str(), code.as_str())).or_insert(0) += 1;
    }
    counts
}

/// Records that are one event: the first one is what others are held against, so that no chain of small steps leads from
/// one event to another.
struct Group {
    records: Vec<(Record, Vec<String>)>,
    /// All actors named by any of them, sorted.
    actors: Vec<String>,
}

impl Group {
    fn new(record: Record) -> Self {
        Group { actors: record.actors.clone(), records: vec![(record, Vec::new())] }
    }

    fn anchor(&self) -> &Record {
        // A group is made with its first record and loses none.
        &self.records[0].0
    }

    fn add(&mut self, record: Record, why: Vec<String>) {
        self.actors.extend(record.actors.iter().cloned());
        self.actors.sort();
        self.actors.dedup();
        self.records.push((record, why));
    }
}

/// Finds the groups that a record could belong to without walking over all of them.
#[derive(Default)]
struct Index {
    groups: HashMap<u64, Vec<usize>>,
}

/// Groups under one key that are looked at. More than these on one day, with the same two actors or the same three words,
/// is a list of something else than events.
const MOST: usize = 32;

impl Index {
    fn near(&self, record: &Record) -> Vec<usize> {
        let keys = record.keys(true);
        let mut near: Vec<usize> = keys.iter().filter_map(|k| self.groups.get(k)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    fn enter(&mut self, at: usize, group: &Group) {
        let newest = group.records.last().map(|(record, _)| record.keys(false)).unwrap_or_default();
        for key in newest {
            let list = self.groups.entry(key).or_default();
            if list.len() < MOST && !list.contains(&at) {
                list.push(at);
            }
        }
    }
}
