//! What was taken from each source, and what was left out by which rule?
//!
//! ```text
//! geonames_cities   taken    cities                     8,321
//! geonames_cities   dropped  name of a country             14
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

/// Counters by source, by taken or dropped, by rule.
#[derive(Default)]
pub(crate) struct Counts(BTreeMap<(String, &'static str, String), usize>);

impl Counts {
    pub(crate) fn took(&mut self, source: &str, what: &str) {
        self.add(source, "taken", what);
    }

    pub(crate) fn dropped(&mut self, source: &str, rule: &str) {
        self.add(source, "dropped", rule);
    }

    fn add(&mut self, source: &str, verdict: &'static str, what: &str) {
        *self.0.entry((source.to_owned(), verdict, what.to_owned())).or_default() += 1;
    }

    /// The counts as a Markdown table.
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::from("| source | | what or by which rule | rows |\n|---|---|---|--:|\n");
        for ((source, verdict, what), count) in &self.0 {
            let _ = writeln!(out, "| {source} | {verdict} | {what} | {count} |");
        }
        out
    }
}
