//! What was reached before, and is it kept?
//!
//! ```text
//! [en]
//! names = { precision = 93, recall = 95, right = 210, found = 225, wanted = 221 }
//!           └── the floors, in percent ──┘  └── what was measured last ────────┘
//! ```
//!
//! `tests/articles/floors.toml` holds one line a measure. `ISNAD_RATCHET=1 cargo test gold` writes the new figures and
//! raises the floors to them, rounded down to a whole percent; it lowers none.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use toml::Table;

use super::compare::{Tallies, Tally};

const HEAD: &str = "\
# The least that must be found in the articles of this folder, in percent, and what was measured when it was written.
# Floors are only ever raised: ISNAD_RATCHET=1 cargo test gold
";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/articles/floors.toml")
}

/// Precision and recall, in whole percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Floor {
    precision: usize,
    recall: usize,
}

impl Floor {
    /// The floor that these counts reach; silence reaches none.
    fn of(right: usize, found: usize, wanted: usize) -> Self {
        let percent = |of: usize| (100 * right).checked_div(of).unwrap_or(0);
        Floor { precision: percent(found), recall: percent(wanted) }
    }

    fn max(self, other: Floor) -> Floor {
        Floor { precision: self.precision.max(other.precision), recall: self.recall.max(other.recall) }
    }
}

/// What is below its floor, with the list of what was wrong; with `ISNAD_RATCHET` the file is written as well.
pub(crate) fn hold(measured: &BTreeMap<&str, Tallies>) -> Vec<String> {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let file: Table = text.parse().unwrap_or_else(|e| panic!("tests/articles/floors.toml: {e}"));
    let raising = env::var_os("ISNAD_RATCHET").is_some();
    let (mut complaints, mut out, mut higher) = (Vec::new(), HEAD.to_owned(), 0);
    for (language, tallies) in measured {
        let _ = writeln!(out, "\n[{language}]");
        for (measure, tally) in tallies {
            let row = file.get(*language).and_then(|rows| rows.get(measure));
            let number = |key: &str| {
                let number = row.and_then(|row| row.get(key)).and_then(toml::Value::as_integer);
                usize::try_from(number.unwrap_or(0)).unwrap_or(0)
            };
            let floor = Floor { precision: number("precision"), recall: number("recall") };
            let Tally { right, found, wanted, .. } = *tally;
            let now = Floor::of(right, found, wanted);
            if row.is_none() && !raising {
                complaints.push(format!("{language} {measure} has no floor"));
            } else if floor.max(Floor::of(number("right"), number("found"), number("wanted"))) != floor {
                complaints.push(format!("{language} {measure}: the floor is lower than the figures beside it"));
            }
            if floor.max(now) != floor {
                higher += 1;
            }
            if now.max(floor) != now {
                complaints.push(fallen(language, measure, floor, tally));
            }
            let Floor { precision, recall } = floor.max(now);
            let _ = writeln!(
                out,
                "{measure:15} = {{ precision = {precision:3}, recall = {recall:3}, right = {right:3}, found = {found:3}, \
                 wanted = {wanted:3} }}"
            );
        }
    }
    if raising {
        fs::write(path(), out).unwrap();
        println!("wrote tests/articles/floors.toml");
    } else if higher > 0 {
        println!("{higher} floors can be raised: ISNAD_RATCHET=1 cargo test gold");
    }
    complaints
}

fn fallen(language: &str, measure: &str, floor: Floor, tally: &Tally) -> String {
    let now = figures(tally);
    let (precision, recall) = (floor.precision, floor.recall);
    let list = tally.complaints.join("\n    ");
    format!("{language} {measure}: {now}; the floors are {precision} % and {recall} %\n    {list}")
}

/// The figures in words.
pub(crate) fn figures(tally: &Tally) -> String {
    let Tally { right, found, wanted, .. } = *tally;
    let percent = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
    format!(
        "precision {:5.1} %, recall {:5.1} %: {right} right, {found} found, {wanted} wanted",
        percent(found),
        percent(wanted)
    )
}

#[test]
fn floors_round_down_and_never_fall() {
    assert_eq!(Floor::of(2, 3, 4), Floor { precision: 66, recall: 50 });
    assert_eq!(Floor::of(0, 0, 4), Floor { precision: 0, recall: 0 });
    let (a, b) = (Floor { precision: 70, recall: 40 }, Floor { precision: 60, recall: 50 });
    assert_eq!(a.max(b), Floor { precision: 70, recall: 50 });
}
