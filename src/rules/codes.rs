//! Which event code does a relation bear?
//!
//! ```text
//! type meeting, by phone, asserted  ─►  cameo 041, plover CONSULT
//! type meeting, planned             ─►  cameo 036, plover AGREE
//! ```
//!
//! The table is data (`rules/codes.toml`), so that another ontology can be set beside or in place of these. For every
//! scheme the row with the most conditions counts; a rule's own `code` stands between rows of one condition and rows
//! of more, so that it names the plain fact and the table its planned, denied and telephoned kinds.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::relation::Relation;
use crate::rules::tree::{File, Key, Value};

#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Scheme, code, what it means.
    pub(crate) schemes: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    when: Vec<(String, String)>,
    pub(crate) give: Vec<(String, String, Range<usize>)>,
}

impl Table {
    /// Reads the key `scheme` or `code` of a file.
    pub(crate) fn load(&mut self, file: &mut File<'_>, key: &Key, value: &Value) {
        if key.name == "scheme" {
            for (scheme, codes) in file.table(value) {
                let known = self.schemes.entry(scheme.name.clone()).or_default();
                for (code, meaning) in file.table(codes) {
                    known.insert(code.name.clone(), file.text(meaning).unwrap_or_default());
                }
            }
            return;
        }
        for row in file.list(value) {
            let mut read = Row::default();
            for (key, value) in file.table(row) {
                match key.name.as_str() {
                    "when" => {
                        let table = file.table(value);
                        read.when.extend(table.iter().filter_map(|(k, v)| Some((k.name.clone(), file.text(v)?))));
                    }
                    "give" => {
                        let table = file.table(value);
                        let codes =
                            table.iter().filter_map(|(k, v)| Some((k.name.clone(), file.text(v)?, v.at.clone())));
                        read.give.extend(codes);
                    }
                    _ => file.unknown_key(key, "a row of codes", &["when", "give"]),
                }
            }
            if read.give.is_empty() {
                file.problem("R003", row.at.clone(), "the row gives no code");
            }
            self.rows.push(read);
        }
    }

    pub(crate) fn merge(&mut self, other: &Table) {
        for (scheme, codes) in &other.schemes {
            self.schemes.entry(scheme.clone()).or_default().extend(codes.clone());
        }
        self.rows.extend(other.rows.iter().cloned());
    }

    /// Whether the table knows the code; an empty code says that the scheme has none for the fact.
    pub(crate) fn knows(&self, scheme: &str, code: &str) -> bool {
        self.schemes.get(scheme).is_some_and(|codes| code.is_empty() || codes.contains_key(code))
    }

    /// The codes of a relation; `own` are those of its rule.
    pub(crate) fn codes(&self, relation: &Relation, own: &[(String, String)]) -> Vec<(String, String)> {
        let mut best: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        // Twice the number of conditions, so that a rule's own code fits between one and two.
        for (scheme, code) in own {
            best.insert(scheme, (3, code));
        }
        for row in &self.rows {
            if !row.when.iter().all(|(field, want)| value(relation, field) == Some(want.as_str())) {
                continue;
            }
            let weight = 2 * row.when.len();
            for (scheme, code, _) in &row.give {
                let entry = best.entry(scheme).or_insert((0, ""));
                if weight > entry.0 {
                    *entry = (weight, code);
                }
            }
        }
        let found = best.into_iter().filter(|(_, (_, code))| !code.is_empty());
        found.map(|(scheme, (_, code))| (scheme.to_owned(), code.to_owned())).collect()
    }
}

fn value<'r>(relation: &'r Relation, field: &str) -> Option<&'r str> {
    match field {
        "type" => Some(&relation.kind),
        "modality" => Some(relation.modality.as_str()),
        field => relation.field(field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::Modality;
    use crate::span::Span;

    pub(crate) fn bundled() -> Table {
        let source = include_str!("../../rules/codes.toml");
        let mut file = File::new("rules/codes.toml", source);
        let parsed = crate::rules::load::load(&mut file);
        assert!(file.problems.is_empty(), "{:?}", file.problems);
        parsed.codes
    }

    fn relation(kind: &str, modality: Modality, fields: &[(&str, &str)]) -> Relation {
        Relation {
            kind: kind.to_owned(),
            modality,
            arguments: Vec::new(),
            trigger: Span::default(),
            evidence: Vec::new(),
            content: Vec::new(),
            date: None,
            reported_by: None,
            via: None,
            fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            rule: String::new(),
            codes: Vec::new(),
            confidence: 1.0,
        }
    }

    #[test]
    fn the_table_decides() {
        let table = bundled();
        let show = |r: &Relation, own: &[(&str, &str)]| {
            let own: Vec<_> = own.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            table.codes(r, &own).iter().map(|(s, c)| format!("{s}:{c}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(show(&relation("meeting", Modality::Asserted, &[]), &[]), "cameo:040 plover:CONSULT");
        assert_eq!(show(&relation("meeting", Modality::Asserted, &[("by", "phone")]), &[]), "cameo:041 plover:CONSULT");
        assert_eq!(show(&relation("meeting", Modality::Planned, &[]), &[("cameo", "046")]), "cameo:036 plover:AGREE");
        assert_eq!(
            show(&relation("meeting", Modality::Asserted, &[]), &[("cameo", "046")]),
            "cameo:046 plover:CONSULT"
        );
        assert_eq!(show(&relation("statement", Modality::Asserted, &[]), &[]), "cameo:010");
        assert_eq!(
            show(&relation("statement", Modality::Asserted, &[("stance", "accuse")]), &[]),
            "cameo:112 plover:ACCUSE"
        );
        assert_eq!(show(&relation("sale", Modality::Asserted, &[]), &[]), "");
    }

    #[test]
    fn every_code_of_a_row_has_a_meaning() {
        let table = bundled();
        for (scheme, code, _) in table.rows.iter().flat_map(|r| &r.give) {
            assert!(table.knows(scheme, code), "{scheme} {code}");
        }
    }
}
