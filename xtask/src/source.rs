//! What does a source file say, row by row?
//!
//! ```text
//! Q22316 ⇥ person ⇥ en ⇥ John Kerry ⇥ canonical ⇥ {"country":"US","role":"Secretary of State"}
//! ```
//!
//! Every source comes in one condensed form: six tab-separated columns, the last one JSON.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

/// One row of a source.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) class: String,
    pub(crate) lang: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    extra: BTreeMap<String, Value>,
}

impl Row {
    /// A field of the last column, as text.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.extra.get(key).and_then(Value::as_str)
    }

    /// A field of the last column, as a number.
    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        self.extra.get(key).and_then(Value::as_u64)
    }

    /// Whether the last column has a field of this name.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.extra.contains_key(key)
    }
}

/// The folder of the sources; remembers what was read from it.
pub(crate) struct Sources {
    folder: PathBuf,
    sums: BTreeMap<String, String>,
}

impl Sources {
    pub(crate) fn new(folder: &Path) -> Self {
        Sources { folder: folder.to_owned(), sums: BTreeMap::new() }
    }

    /// The rows of `<name>.tsv`, in file order.
    pub(crate) fn read(&mut self, name: &str) -> Result<Vec<Row>, String> {
        let path = self.folder.join(format!("{name}.tsv"));
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.sums.insert(name.to_owned(), sum);
        let text = String::from_utf8(bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut rows = Vec::new();
        for (number, line) in text.lines().enumerate().skip(1) {
            let at = || format!("{}:{}", path.display(), number + 1);
            let cells: Vec<&str> = line.split('\t').collect();
            let [id, class, lang, label, kind, extra] = cells[..] else {
                return Err(format!("{}: {} cells where six were expected", at(), cells.len()));
            };
            rows.push(Row {
                id: id.to_owned(),
                class: class.to_owned(),
                lang: lang.to_owned(),
                name: label.trim().to_owned(),
                kind: kind.to_owned(),
                extra: serde_json::from_str(extra).map_err(|error| format!("{}: {error}", at()))?,
            });
        }
        Ok(rows)
    }

    /// The SHA-256 sums of what was read, by name.
    pub(crate) fn sums(&self) -> &BTreeMap<String, String> {
        &self.sums
    }
}

/// The rows of one of our own tables, as maps from the header's columns; comment lines are skipped. A file that does
/// not stand there yet has no rows.
pub(crate) fn own_table(path: &Path) -> Result<Vec<BTreeMap<String, String>>, String> {
    let Ok(text) = fs::read_to_string(path) else { return Ok(Vec::new()) };
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let Some((_, header)) = lines.next() else { return Ok(Vec::new()) };
    let columns: Vec<&str> = header.split('\t').collect();
    lines
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() > columns.len() {
                return Err(format!("{}:{}: more cells than columns", path.display(), number + 1));
            }
            Ok(columns
                .iter()
                .enumerate()
                .map(|(at, column)| ((*column).to_owned(), cells.get(at).copied().unwrap_or("").to_owned()))
                .collect())
        })
        .collect()
}
