//! How is a table of the gazetteers written, so that two runs give the same bytes?
//!
//! ```text
//! header  id ⇥ sub ⇥ country …
//! rows    sorted by all columns, each once
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A table in the making: rows sort themselves and stand once.
pub(crate) struct Table {
    columns: &'static [&'static str],
    rows: BTreeSet<Vec<String>>,
}

impl Table {
    pub(crate) fn new(columns: &'static [&'static str]) -> Self {
        Table { columns, rows: BTreeSet::new() }
    }

    /// Entities: one row per real-world thing.
    pub(crate) fn entities() -> Self {
        Table::new(&["id", "sub", "country", "gender", "rank", "identifiers", "source"])
    }

    /// Names of entities.
    pub(crate) fn names() -> Self {
        Table::new(&["name", "lang", "id", "kind", "flags", "source"])
    }

    /// Who held which office when.
    pub(crate) fn offices() -> Self {
        Table::new(&["person", "role", "of", "from", "to", "status", "source"])
    }

    /// Adds a row; cells are trimmed of blanks that would not show.
    pub(crate) fn add<const N: usize>(&mut self, cells: [&str; N]) {
        assert_eq!(N, self.columns.len(), "a row has one cell per column of {:?}", self.columns);
        self.rows.insert(cells.iter().map(|cell| cell.trim().replace(['\t', '\n', '\r'], " ")).collect());
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rows.iter()
    }

    /// Writes the table with a comment line that says where it comes from.
    pub(crate) fn write(&self, path: &Path, comment: &str) -> Result<(), String> {
        let mut out = format!("# {comment}\n{}\n", self.columns.join("\t"));
        for row in &self.rows {
            // Trailing empty cells are kept: every row of a built table has every column.
            out.push_str(&row.join("\t"));
            out.push('\n');
        }
        fs::write(path, out).map_err(|error| format!("{}: {error}", path.display()))
    }
}
