//! How often is a mention right that was found on such evidence?
//!
//! ```text
//! calibration/mentions.tsv     person  persons  latin  72  0.88      (source, type, script, from which score, confidence)
//! a name found by `title`, score 75                    ─► 0.88
//! ```
//!
//! A recogniser's score decides between candidates; it is no probability. This table says what it has been worth on
//! annotated text: of 100 such mentions, so many had the right span and the right type. It is measured and written by
//! `benches/quality.rs`, and changes nothing about which mention wins.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::entity::EntityKind;
use crate::mention::MentionKind;

/// Source, what it is, whether it is written in an alphabet with capitals.
type Key = (&'static str, &'static str, bool);
/// From which score on, and the confidence in hundredths; falling.
type Steps = Vec<(u8, u8)>;

static TABLE: LazyLock<HashMap<Key, Steps>> = LazyLock::new(|| {
    let mut table: HashMap<Key, Steps> = HashMap::new();
    for row in include_str!("../calibration/mentions.tsv").lines().filter(|row| !row.starts_with('#')).skip(1) {
        let mut cells = row.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let key = (next(), next(), next() == "latin");
        if let (Ok(from), Ok(confidence)) = (next().parse(), next().parse()) {
            table.entry(key).or_default().push((from, confidence));
        }
    }
    table.values_mut().for_each(|steps| steps.sort_by(|a, b| b.cmp(a)));
    table
});

/// What the table calls a mention: the type of a name, the kind of anything else.
pub(crate) fn called(kind: MentionKind, ty: EntityKind) -> &'static str {
    match (kind, ty) {
        (MentionKind::Name, EntityKind::Country | EntityKind::Place) => "place",
        (MentionKind::Name, ty) => ty.as_str(),
        (kind, _) => kind.as_str(),
    }
}

/// The confidence in hundredths. Where nothing was measured (dates, pronouns), the score of the recogniser stands.
pub(crate) fn confidence(source: &str, kind: MentionKind, ty: EntityKind, latin: bool, score: u8) -> u8 {
    let what = called(kind, ty);
    // The table's keys live for ever, the caller's need not.
    let table: &HashMap<(&str, &str, bool), Steps> = &TABLE;
    let found = table.get(&(source, what, latin)).or_else(|| table.get(&("any", what, latin)));
    let step = found.and_then(|steps| steps.iter().find(|(from, _)| score >= *from).or(steps.last()));
    step.map_or(score, |(_, confidence)| *confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_evidence_is_never_less_sure() {
        assert!(!TABLE.is_empty());
        for (key, steps) in TABLE.iter() {
            assert!(steps.windows(2).all(|pair| pair[0].0 > pair[1].0 && pair[0].1 >= pair[1].1), "{key:?} {steps:?}");
            assert!(steps.iter().all(|(from, confidence)| *from <= 100 && *confidence <= 100), "{key:?}");
        }
    }

    #[test]
    fn what_was_not_measured_keeps_its_score() {
        assert_eq!(confidence("date", MentionKind::Date, EntityKind::Date, true, 90), 90);
    }
}
