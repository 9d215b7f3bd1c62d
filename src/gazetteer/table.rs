//! How does a tab-separated file become rows, and where exactly is a bad cell?
//!
//! ```text
//! name <TAB> lang <TAB> id                  header: its first column names the table
//! Kerry <TAB> en <TAB> person/john-kerry    ─► Row { cells, line }
//! ```
//!
//! The format is deliberately plainer than CSV: no quoting, so that a cell is always the bytes between two tabs and a
//! diagnostic can point at it.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, did_you_mean};

/// The columns of one kind of table; the first `required` of them must stand in the header.
pub(crate) struct Layout {
    pub(crate) columns: &'static [&'static str],
    pub(crate) required: usize,
}

/// Every table, known by its first column.
pub(crate) const LAYOUTS: &[Layout] = &[
    Layout { columns: &["id", "sub", "country", "gender", "rank", "identifiers", "source"], required: 1 },
    Layout { columns: &["name", "lang", "id", "kind", "flags", "source"], required: 3 },
    Layout { columns: &["person", "role", "of", "from", "to", "status", "source"], required: 3 },
    Layout { columns: &["role", "lang", "form", "kind", "flags", "source"], required: 4 },
    Layout { columns: &["class", "lang", "form", "value", "source"], required: 3 },
    Layout { columns: &["part", "lang", "kind", "gender", "source"], required: 2 },
    Layout { columns: &["head", "lang", "type", "sub", "position", "source"], required: 3 },
    Layout { columns: &["letters", "lang", "classes", "source"], required: 3 },
    Layout { columns: &["arabic", "latin", "source"], required: 2 },
    Layout { columns: &["remove", "name", "role", "of", "source"], required: 1 },
];

/// One row, cheap to keep: its cells in the order of the layout (absent ones empty), and where it stands.
#[derive(Clone)]
pub(crate) struct Row<'a> {
    file: &'a str,
    source: &'a str,
    cells: [&'a str; 8],
    line: Range<usize>,
}

impl<'a> Row<'a> {
    /// The cell of a column, by its place in the layout.
    pub(crate) fn cell(&self, column: usize) -> &'a str {
        self.cells[column]
    }

    /// `file:line`, counted only when asked for.
    pub(crate) fn place(&self) -> String {
        let d = self.problem("", 0, String::new());
        format!("{}:{}", d.file(), d.line())
    }

    /// A problem with one cell.
    pub(crate) fn problem(&self, code: &'static str, column: usize, message: String) -> Diagnostic {
        let cell = self.cells[column];
        let span = if cell.is_empty() {
            self.line.clone()
        } else {
            let start = cell.as_ptr() as usize - self.source.as_ptr() as usize;
            start..start + cell.len()
        };
        Diagnostic::at(code, self.file, self.source, span, message)
    }
}

/// Reads `source` and hands each row to `visit` with the index of its layout; problems of form go to `problems`.
pub(crate) fn read<'a>(
    file: &'a str,
    source: &'a str,
    problems: &mut Vec<Diagnostic>,
    mut visit: impl FnMut(usize, &Row<'a>, &mut Vec<Diagnostic>),
) {
    let mut header: Option<(usize, Vec<usize>)> = None;
    let mut start = 0;
    // A byte-order mark before the header is no part of the first column's name.
    let body = source.strip_prefix('\u{feff}').unwrap_or(source);
    let shift = source.len() - body.len();
    for full in body.split_inclusive('\n') {
        let line = full.trim_end_matches(['\n', '\r']);
        let range = shift + start..shift + start + line.len();
        start += full.len();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((table, columns)) = &header else {
            match read_header(file, source, line, range.start, problems) {
                Some(found) => header = Some(found),
                None => return,
            }
            continue;
        };
        let mut cells = [""; 8];
        let mut n = 0;
        for (i, cell) in line.split('\t').enumerate() {
            if let Some(&column) = columns.get(i) {
                cells[column] = cell.trim();
            }
            n = i + 1;
        }
        let layout = &LAYOUTS[*table];
        if n != columns.len() {
            let needed = columns.iter().take_while(|&&c| c < layout.required).count();
            // Trailing empty cells are often eaten by editors: only a row that lacks a required cell, or has too
            // many, is wrong.
            if n < needed || n > columns.len() {
                problems.push(
                    Diagnostic::at(
                        "G003",
                        file,
                        source,
                        range.clone(),
                        format!("this row has {n} cells, the header {}", columns.len()),
                    )
                    .help("separate cells by one tab each; leave a cell empty to say nothing"),
                );
                continue;
            }
        }
        let row = Row { file, source, cells, line: range };
        let empty = (0..layout.required).find(|&c| columns.contains(&c) && row.cell(c).is_empty());
        if let Some(column) = empty {
            problems.push(row.problem("G004", column, format!("the cell `{}` is empty", layout.columns[column])));
            continue;
        }
        visit(*table, &row, problems);
    }
}

fn read_header(
    file: &str,
    source: &str,
    line: &str,
    start: usize,
    problems: &mut Vec<Diagnostic>,
) -> Option<(usize, Vec<usize>)> {
    let names: Vec<&str> = line.split('\t').map(str::trim).collect();
    let first = names.first().copied().unwrap_or_default();
    let Some(table) = LAYOUTS.iter().position(|l| l.columns[0] == first) else {
        let known = LAYOUTS.iter().map(|l| l.columns[0]);
        let help = match did_you_mean(first, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "a table begins with a header whose first column is one of: {}",
                known.collect::<Vec<_>>().join(", ")
            ),
        };
        problems.push(
            Diagnostic::at(
                "G001",
                file,
                source,
                start..start + first.len(),
                format!("no table begins with the column `{first}`"),
            )
            .help(help),
        );
        return None;
    };
    let layout = &LAYOUTS[table];
    let mut columns = Vec::new();
    let mut at = start;
    let before = problems.len();
    for name in line.split('\t') {
        match layout.columns.iter().position(|c| *c == name.trim()) {
            Some(c) => columns.push(c),
            None => {
                let d = Diagnostic::at(
                    "G002",
                    file,
                    source,
                    at..at + name.len(),
                    format!("the table `{first}` has no column `{}`", name.trim()),
                );
                problems.push(d.help(match did_you_mean(name.trim(), layout.columns.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its columns are: {}", layout.columns.join(", ")),
                }));
            }
        }
        at += name.len() + 1;
    }
    for (c, name) in layout.columns.iter().enumerate().take(layout.required) {
        if !columns.contains(&c) && problems.len() == before {
            problems.push(
                Diagnostic::at(
                    "G002",
                    file,
                    source,
                    start..start + line.len(),
                    format!("the column `{name}` is missing"),
                )
                .help(format!("the table `{first}` needs: {}", layout.columns[..layout.required].join(", "))),
            );
        }
    }
    (problems.len() == before).then_some((table, columns))
}
