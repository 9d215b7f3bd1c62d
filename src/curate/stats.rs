//! How much do the gazetteers know, how fast are they there, and what do they weigh?
//!
//! ```text
//! person        9 402 entities   1 034 in both scripts   21 377 names
//! loaded in 9 ms, 41 MB held
//! ```
//!
//! Only what a source (or a hand) wrote down is counted. Spellings that are generated while loading, and ministries that
//! grammar derives while reading, are no names of anybody's list.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use crate::entity::EntityKind;
use crate::gazetteer::read::NameKind;
use crate::gazetteer::{Gazetteer, Key};
use crate::text::arabic::is_letter;

/// The kinds of entities that gazetteers hold, in the order in which they are told.
pub const KINDS: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Organisation, EntityKind::Country, EntityKind::Place];

/// What is known of one kind of entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Entities with an id of their own.
    pub entities: usize,
    /// Those that have a name in Latin letters and one in Arabic letters, both written in a list.
    pub bilingual: usize,
    /// Different names, aliases and demonyms written in the lists.
    pub names: usize,
}

/// What the gazetteers hold and what it costs to hold it: see
/// [`ExtractorBuilder::gazetteer_stats`](crate::ExtractorBuilder::gazetteer_stats).
#[derive(Clone, Debug, Default)]
pub struct Stats {
    counts: BTreeMap<EntityKind, Count>,
    demonym_sets: usize,
    name_parts: usize,
    offices: usize,
    spellings: usize,
    load: Duration,
    memory: Option<u64>,
}

impl Stats {
    /// Loads by `load` and measures that.
    pub(crate) fn measure<T, E>(
        load: impl FnOnce() -> Result<T, E>,
        gazetteer: impl FnOnce(&T) -> &Gazetteer,
    ) -> Result<Self, E> {
        let before = resident();
        let start = Instant::now();
        let loaded = load()?;
        let took = start.elapsed();
        let after = resident();
        let mut stats = Stats::count(gazetteer(&loaded));
        stats.load = took;
        stats.memory = before.zip(after).map(|(before, after)| after.saturating_sub(before));
        Ok(stats)
    }

    fn count(gazetteer: &Gazetteer) -> Self {
        let mut stats = Stats::default();
        for kind in KINDS {
            stats.counts.insert(kind, Count::default());
        }
        // Which scripts an entity is named in, by its place in the gazetteer.
        let mut scripts: HashMap<Key, (bool, bool)> = gazetteer.entities().map(|key| (key, (false, false))).collect();
        let mut demonyms = HashSet::new();
        let mut seen = HashSet::new();
        for (_, name) in gazetteer.names() {
            if name.kind == NameKind::Demonym {
                demonyms.insert(name.key);
            } else if let Some(scripts) = scripts.get_mut(&name.key) {
                scripts.0 |= name.text.chars().any(|c| c.is_ascii_alphabetic());
                scripts.1 |= name.text.chars().any(is_letter);
            }
            // The hand-kept and the built tables may both hold a name.
            if seen.insert((name.key, name.text))
                && let Some(count) = stats.counts.get_mut(&gazetteer.record(name.key).kind)
            {
                count.names += 1;
            }
        }
        for (key, scripts) in &scripts {
            let record = gazetteer.record(*key);
            if let Some(count) = stats.counts.get_mut(&record.kind) {
                count.entities += 1;
                count.bilingual += usize::from(*scripts == (true, true));
            }
        }
        stats.demonym_sets = demonyms.len();
        stats.name_parts = gazetteer.parts().collect::<HashSet<_>>().len();
        stats.offices = gazetteer.offices().count();
        stats.spellings = gazetteer.spellings().len();
        stats
    }

    /// What is known of one kind of entity; of dates nothing is.
    pub fn of(&self, kind: EntityKind) -> Count {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// Names of all kinds of entities.
    pub fn names(&self) -> usize {
        self.counts.values().map(|count| count.names).sum()
    }

    /// Entities that have demonyms ("Bahraini", «بحريني»), however many forms each has.
    pub fn demonym_sets(&self) -> usize {
        self.demonym_sets
    }

    /// Different listed parts of persons' names ("Mohammed", «الخليفة»), folded. They are not among the names.
    pub fn name_parts(&self) -> usize {
        self.name_parts
    }

    /// Rows that say who held which office when.
    pub fn offices(&self) -> usize {
        self.offices
    }

    /// The folded spellings that a text is searched for: those of the names, roles, titles and other words, and those
    /// generated from them. They are counted nowhere else.
    pub fn spellings(&self) -> usize {
        self.spellings
    }

    /// How long this load of the gazetteers took, automaton included and rules left out.
    pub fn load(&self) -> Duration {
        self.load
    }

    /// By how many bytes the resident memory of the process grew with it (Linux: `VmRSS`); none elsewhere.
    pub fn memory(&self) -> Option<u64> {
        self.memory
    }

    /// The stable JSON form: one object, on one line.
    ///
    /// ```
    /// let stats = isnad::Extractor::builder()
    ///     .without_bundled()
    ///     .gazetteer("own.tsv", "name\tlang\tid\nMargaret Quill\ten\tperson/margaret-quill\n")
    ///     .gazetteer_stats()?;
    /// assert!(stats.to_json().starts_with(r#"{"person": {"entities": 1, "bilingual": 0, "names": 1}, "#));
    /// # Ok::<(), isnad::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        let mut out = String::from("{");
        for kind in KINDS {
            let Count { entities, bilingual, names } = self.of(kind);
            out += &format!(
                "\"{}\": {{\"entities\": {entities}, \"bilingual\": {bilingual}, \"names\": {names}}}, ",
                kind.as_str()
            );
        }
        let memory = self.memory.map_or("null".to_owned(), |bytes| format!("{:.1}", mega(bytes)));
        out += &format!(
            "\"demonym_sets\": {}, \"name_parts\": {}, \"names\": {}, \"load_ms\": {:.1}, \"memory_mb\": {memory}}}",
            self.demonym_sets,
            self.name_parts,
            self.names(),
            self.load.as_secs_f64() * 1000.0,
        );
        out
    }
}

/// Bytes in millions.
pub(crate) fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The resident memory of this process, in bytes, where the system tells it in the way of Linux.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::pack::Pack;

    #[test]
    fn what_the_lists_say_is_counted_and_nothing_else() {
        let tables = [
            (
                "own.names.tsv",
                "name\tlang\tid\tkind\nAbdullah Zayn\ten\tperson/az\tname\nعبد الله زين\tar\tperson/az\tname\n\
                 Abdullah Zayn\ten\tperson/az\talias\nZaynia\ten\tcountry/ZAY\tname\nZaynian\ten\tcountry/ZAY\tdemonym\n\
                 زيني\tar\tcountry/ZAY\tdemonym\n",
            ),
            ("own.parts.tsv", "part\tlang\tkind\nzayn\ten\tgiven\nZayn\ten\tfamily\n"),
        ];
        let stats = Stats::measure(|| Gazetteer::new(Pack::empty(), &tables), |g| g).unwrap();
        assert_eq!(stats.of(EntityKind::Person), Count { entities: 1, bilingual: 1, names: 2 });
        // A demonym is no name of the country: it shows no second script.
        assert_eq!(stats.of(EntityKind::Country), Count { entities: 1, bilingual: 0, names: 3 });
        assert_eq!((stats.names(), stats.demonym_sets(), stats.name_parts()), (5, 1, 1));
        assert!(stats.spellings() > 5, "«عبدالله زين» is searched for too");
    }
}
