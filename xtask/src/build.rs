//! What do all the builders share: the sources, the hand-kept tables, the flags, the counts?
//!
//! ```text
//! hand-kept tables ─┐
//! sources ──────────┼─► builder ─► built tables   (never a row that the hand-kept tables have already)
//! data/*.tsv ───────┘
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::counts::Counts;
use crate::fold::{key, slug};
use crate::source::{Sources, own_table};
use crate::table::Table;

/// A row of one of our own tables by column name.
pub(crate) type OwnRow = BTreeMap<String, String>;

/// What the people who keep the gazetteers wrote by hand; the build never contradicts it.
#[derive(Default)]
pub(crate) struct Hand {
    pub(crate) entities: Vec<OwnRow>,
    pub(crate) names: Vec<OwnRow>,
    pub(crate) offices: Vec<OwnRow>,
    pub(crate) roles: Vec<OwnRow>,
    pub(crate) words: Vec<OwnRow>,
    rows: BTreeSet<(String, String, String)>,
    displayed: BTreeSet<(String, String)>,
    by_identifier: BTreeMap<String, String>,
    ids: BTreeSet<String>,
}

impl Hand {
    fn read(folder: &Path) -> Result<Self, String> {
        let mut hand = Hand::default();
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
            .collect();
        files.sort();
        for path in files {
            let rows = own_table(&path)?;
            let Some(first) = rows.first() else { continue };
            if first.contains_key("id") && first.contains_key("sub") {
                hand.entities.extend(rows);
            } else if first.contains_key("name") {
                hand.names.extend(rows);
            } else if first.contains_key("person") {
                hand.offices.extend(rows);
            } else if first.contains_key("role") {
                hand.roles.extend(rows);
            } else if first.contains_key("class") {
                hand.words.extend(rows);
            }
        }
        for row in &hand.entities {
            hand.ids.insert(row["id"].clone());
            for identifier in row["identifiers"].split(';').filter(|identifier| !identifier.is_empty()) {
                hand.by_identifier.insert(identifier.to_owned(), row["id"].clone());
            }
        }
        for row in &hand.names {
            let (name, lang, id) = (row["name"].clone(), row["lang"].clone(), row["id"].clone());
            if row["kind"] == "name" {
                hand.displayed.insert((id.clone(), lang.clone()));
            }
            hand.rows.insert((key(&name, &lang), lang, id));
        }
        Ok(hand)
    }

    /// The hand-given id of an outside identifier, as `wikidata=Q22316`.
    pub(crate) fn id_of(&self, identifier: &str) -> Option<&str> {
        self.by_identifier.get(identifier).map(String::as_str)
    }

    /// Whether a hand-kept entity row gives the id away; names alone add to an entity that the build makes.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether a hand-kept entity row describes the id.
    pub(crate) fn describes(&self, id: &str) -> bool {
        self.entities.iter().any(|row| row["id"] == id)
    }

    fn names_already(&self, name: &str, lang: &str, id: &str) -> bool {
        self.rows.contains(&(key(name, lang), lang.to_owned(), id.to_owned()))
    }
}

/// Everything that a builder needs.
pub(crate) struct Build {
    pub(crate) sources: Sources,
    pub(crate) counts: Counts,
    pub(crate) hand: Hand,
    pub(crate) out: PathBuf,
    data: PathBuf,
    flags: BTreeMap<(String, String), String>,
    dropped: BTreeMap<(String, String), String>,
    renamed: BTreeMap<String, String>,
    taken_ids: BTreeSet<String>,
}

impl Build {
    /// `root` is the repository, `sources` the folder of the condensed sources.
    pub(crate) fn new(root: &Path, sources: &Path) -> Result<Self, String> {
        let data = root.join("xtask/data");
        let flags = own_table(&data.join("flags.tsv"))?
            .into_iter()
            .map(|row| ((key(&row["name"], &row["lang"]), row["lang"].clone()), row["flags"].clone()))
            .collect();
        let dropped = own_table(&data.join("drop.tsv"))?
            .into_iter()
            .map(|row| ((row["source"].clone(), row["name"].clone()), row["reason"].clone()))
            .collect();
        let renamed = own_table(&data.join("ids.tsv"))?
            .into_iter()
            .map(|row| (row["built"].clone(), row["id"].clone()))
            .collect();
        let out = root.join("gazetteers/built");
        std::fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        Ok(Build {
            sources: Sources::new(sources),
            counts: Counts::default(),
            hand: Hand::read(&root.join("gazetteers"))?,
            out,
            data,
            flags,
            dropped,
            renamed,
            taken_ids: BTreeSet::new(),
        })
    }

    /// A table of `xtask/data`.
    pub(crate) fn data(&self, name: &str) -> Result<Vec<OwnRow>, String> {
        own_table(&self.data.join(name))
    }

    /// Whether `data/drop.tsv` rules this name or id of a source out; counts it.
    pub(crate) fn ruled_out(&mut self, source: &str, name: &str) -> bool {
        let reason = self
            .dropped
            .get(&(source.to_owned(), name.to_owned()))
            .or_else(|| self.dropped.get(&("*".to_owned(), name.to_owned())))
            .cloned();
        if let Some(reason) = reason {
            self.counts.dropped(source, &format!("by hand: {reason}"));
            return true;
        }
        false
    }

    /// The flags of a name: those given, and those that `data/flags.tsv` asks for.
    pub(crate) fn flags(&self, name: &str, lang: &str, given: &[&str]) -> String {
        let mut flags: BTreeSet<&str> = given.iter().copied().filter(|flag| !flag.is_empty()).collect();
        if let Some(more) = self.flags.get(&(key(name, lang), lang.to_owned())) {
            flags.extend(more.split(','));
        }
        flags.into_iter().collect::<Vec<_>>().join(",")
    }

    /// Adds a name unless the hand-kept tables have it already; a second display name becomes an alias.
    #[allow(clippy::too_many_arguments)] // One argument per column of the table.
    pub(crate) fn name(
        &self,
        table: &mut Table,
        name: &str,
        lang: &str,
        id: &str,
        kind: &str,
        flags: &[&str],
        source: &str,
    ) -> bool {
        if self.hand.names_already(name, lang, id) {
            return false;
        }
        let displayed = self.hand.displayed.contains(&(id.to_owned(), lang.to_owned()));
        let kind = if kind == "name" && displayed { "alias" } else { kind };
        table.add([name, lang, id, kind, &self.flags(name, lang, flags), source]);
        true
    }

    /// An id that nobody has yet: the slug, else with the country, else with the last resort.
    pub(crate) fn fresh_id(&mut self, class: &str, name: &str, country: &str, last: &str) -> String {
        let slug = slug(name);
        let country = country.rsplit('/').next().unwrap_or_default().to_lowercase();
        let tries = [slug.clone(), format!("{slug}-{country}"), format!("{slug}-{country}-{last}")];
        let free = tries
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != 1 || !country.is_empty())
            .map(|(_, slug)| format!("{class}/{}", slug.replace("--", "-")))
            .find(|id| !self.hand.has(id) && !self.taken_ids.contains(id));
        let id = free.unwrap_or_else(|| format!("{class}/{slug}-{}", self.taken_ids.len()));
        self.taken_ids.insert(id.clone());
        id
    }

    /// The id that `data/ids.tsv` gives in the place of one of these.
    pub(crate) fn renamed(&self, ids: &[String]) -> Option<String> {
        ids.iter().find_map(|id| self.renamed.get(id).cloned())
    }

    /// Marks an id as given away.
    pub(crate) fn take_id(&mut self, id: &str) {
        self.taken_ids.insert(id.to_owned());
    }

    /// Writes a built table.
    pub(crate) fn write(&self, table: &Table, name: &str) -> Result<(), String> {
        println!("{:>7} rows  gazetteers/built/{name}", table.len());
        table.write(
            &self.out.join(name),
            "Built by `cargo run -p xtask -- gazetteers`; see gazetteers/SOURCES.md. Do not edit by hand.",
        )
    }
}
