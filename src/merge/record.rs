//! What of a relation can be compared with a relation of another article?
//!
//! ```text
//! Relation + Document ─► Record { actors: ids that mean the same everywhere, when, where, words, telling }
//! ```

use unicode_segmentation::UnicodeSegmentation;

use crate::date::Date;
use crate::digest::Digest;
use crate::document::Document;
use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::merge::event::{Party, Telling};
use crate::relation::{Modality, Relation};
use crate::text::fold::fold_str;

/// The types of relations that are events. A position is a state, not an event; types of one's own rules are left alone.
pub(super) const KINDS: [&str; 3] = ["meeting", "visit", "statement"];

/// When it was, in days since 1970, as exactly as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// The text names the day.
    Day(i64),
    /// The text names none: the day of publication.
    Told(i64),
    /// The text names a month or a year: its first and last day.
    Between(i64, i64),
    /// Nothing is known.
    Never,
}

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) kind: &'static str,
    /// Known ids of the actors: who met, who visits, who speaks. Sorted.
    pub(super) actors: Vec<String>,
    pub(super) when: When,
    /// Known ids of the place or destination.
    pub(super) places: Vec<String>,
    /// Known ids of those spoken to.
    pub(super) addressees: Vec<String>,
    /// Known ids of entities in what is said, without the speakers.
    pub(super) about: Vec<String>,
    /// Digests of the runs of three folded words of what is said, sorted.
    pub(super) runs: Vec<u64>,
    pub(super) words: usize,
    /// `phone`, `video`, …
    pub(super) by: Option<String>,
    /// Tells documents of one name apart.
    pub(super) text: u64,
    pub(super) parties: Vec<Party>,
    pub(super) codes: Vec<(String, String)>,
    pub(super) telling: Telling,
}

/// Adds the records of a document.
pub(super) fn records(document: &Document<'_>, key: &str, text: u64, to: &mut Vec<Record>) {
    for (number, relation) in document.relations().iter().enumerate() {
        if let Some(kind) = KINDS.into_iter().find(|kind| *kind == relation.kind()) {
            to.push(record(document, key, text, kind, number, relation));
        }
    }
}

fn record(doc: &Document<'_>, key: &str, text: u64, kind: &'static str, number: usize, relation: &Relation) -> Record {
    let known = |roles: &[&str]| {
        let fills = relation.arguments().iter().filter(|a| roles.contains(&a.role())).map(|a| doc.entity(a.entity()));
        let mut ids: Vec<String> = fills.filter(|e| e.is_known()).map(|e| e.id().to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let actors = match kind {
        "meeting" => known(&["participant", "attendee"]),
        "visit" => known(&["visitor"]),
        _ => known(&["speaker"]),
    };
    let said = if kind == "statement" { relation.content() } else { &[] };
    let mut about: Vec<String> = doc
        .mentions()
        .iter()
        .filter(|m| said.iter().any(|span| span.contains(m.span())) && m.kind() != MentionKind::Pronoun)
        .map(|m| doc.entity(m.entity()))
        .filter(|e| {
            e.is_known() && e.kind() != EntityKind::Date && actors.binary_search_by(|a| a.as_str().cmp(e.id())).is_err()
        })
        .map(|e| e.id().to_owned())
        .collect();
    about.sort();
    about.dedup();
    let folded = fold_str(&said.iter().map(|span| &doc[*span]).collect::<Vec<_>>().join(" "));
    let words: Vec<&str> = folded.unicode_words().collect();
    let mut runs: Vec<u64> = words.windows(3).map(digest).collect();
    if words.len() == 2 {
        runs.push(digest(&words));
    }
    runs.sort_unstable();
    runs.dedup();
    Record {
        kind,
        when: when(relation.date(), doc.published()),
        places: known(&["place", "destination"]),
        addressees: known(&["addressee"]),
        about,
        runs,
        words: words.len(),
        by: relation.field("by").map(str::to_owned),
        text,
        parties: relation.arguments().iter().map(|a| Party::of(doc, a.role(), a.entity(), key)).collect(),
        codes: relation.codes().to_vec(),
        actors,
        telling: Telling::of(doc, key, number, relation),
    }
}

fn digest(words: &[&str]) -> u64 {
    let mut digest = Digest::default();
    words.iter().for_each(|word| digest.add_field(word));
    digest.value()
}

fn when(date: Option<&str>, published: Option<Date>) -> When {
    let told = || published.and_then(|day| Some(When::Told(days(day.year, day.month?, day.day?))));
    // A stretch is from its first day to its last one.
    if let Some((from, to)) = date.and_then(|date| date.split_once('/')) {
        let ends = (when(Some(from), None), when(Some(to), None));
        return match ends {
            (When::Day(a) | When::Between(a, _), When::Day(b) | When::Between(_, b)) => When::Between(a, b),
            _ => told().unwrap_or(When::Never),
        };
    }
    // 4 January lies in the first week, and a week begins on its Monday.
    if let Some((year, week)) = date.and_then(|date| date.split_once("-W"))
        && let (Ok(year), Ok(week)) = (year.parse::<i16>(), week.parse::<i64>())
    {
        let fourth = days(year, 1, 4);
        // 1970-01-01 was a Thursday.
        let monday = fourth - (fourth + 3).rem_euclid(7) + 7 * (week - 1);
        return When::Between(monday, monday + 6);
    }
    match date.and_then(|date| date.parse::<Date>().ok()) {
        Some(Date { year, month: Some(month), day: Some(day) }) => When::Day(days(year, month, day)),
        Some(Date { year, month: Some(month), day: None }) => {
            When::Between(days(year, month, 1), days(year, month, 31))
        }
        Some(Date { year, .. }) => When::Between(days(year, 1, 1), days(year, 12, 31)),
        None => told().unwrap_or(When::Never),
    }
}

/// Days since 1970-01-01 in the Gregorian calendar. A 31st of a shorter month is a day of the next one.
pub(super) fn days(year: i16, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    // March is the first month, so that the day that may be missing is the last of the year.
    let year = i64::from(year) - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

impl Record {
    /// The order in which records are looked at: those that anchor an event best, first. Ends in what tells any two
    /// records apart, so that the order of the documents does not show.
    pub(super) fn rank(&self) -> impl Ord + use<'_> {
        let sure = match self.when {
            When::Day(_) => 0,
            When::Told(_) => 1,
            When::Between(..) => 2,
            When::Never => 3,
        };
        let most = |n: usize| std::cmp::Reverse(n);
        let telling = &self.telling;
        (
            self.kind,
            sure,
            most(self.actors.len()),
            most(self.words),
            telling.modality,
            &telling.document,
            self.text,
            telling.relation,
        )
    }

    /// Under which keys its like is to be found; `looking` for others looks a day to both sides.
    pub(super) fn keys(&self, looking: bool) -> Vec<u64> {
        let mut slots: Vec<(&str, i64)> = vec![("document", self.text as i64)];
        let reach = if looking { -1..=1 } else { 0..=0 };
        match self.when {
            When::Day(day) | When::Told(day) => slots.extend(reach.map(|by| ("day", day + by))),
            When::Between(..) | When::Never => {}
        }
        let mut whats: Vec<Vec<u64>> = Vec::new();
        if self.kind == "statement" {
            let who = self.actors.iter().fold(Digest::default(), |mut d, a| {
                d.add_field(a);
                d
            });
            if !self.actors.is_empty() {
                whats.extend(self.runs.iter().map(|run| vec![who.value(), *run]));
                whats.extend(self.about.iter().map(|id| vec![who.value(), digest(&[id])]));
            }
        } else if self.kind == "visit" {
            whats.extend(self.actors.iter().map(|a| vec![digest(&[a])]));
        } else {
            // The first actors only: a summit of thirty has four hundred pairs.
            let first = &self.actors[..self.actors.len().min(12)];
            for (i, a) in first.iter().enumerate() {
                whats.extend(first[i + 1..].iter().map(|b| vec![digest(&[a, b])]));
            }
        }
        let mut keys = Vec::with_capacity(whats.len() * slots.len());
        for what in &whats {
            for (slot, number) in &slots {
                let mut digest = Digest::default();
                digest.add_field(self.kind);
                digest.add_field(slot);
                digest.add(&number.to_le_bytes());
                what.iter().for_each(|n| digest.add(&n.to_le_bytes()));
                keys.push(digest.value());
            }
        }
        keys
    }

    pub(super) fn is_denied(&self) -> bool {
        self.telling.modality == Modality::Denied
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(days(2000, 3, 1) - days(2000, 2, 28), 2);
        assert_eq!(days(2100, 3, 1) - days(2100, 2, 28), 1);
        assert_eq!(days(2016, 1, 1) - days(2015, 12, 31), 1);
        assert_eq!(days(2026, 1, 1), 20454);
    }
}
