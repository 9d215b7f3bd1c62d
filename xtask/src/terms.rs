//! Can the terms of office all be true together?
//!
//! ```text
//! minister-foreign-affairs of country/XXX   person/a 2010-01-01 … 2014-05-02
//!                                           person/b 2012-03-01 … 2016-01-01   two holders for 793 days
//! ```
//!
//! A handover may overlap by a month. Overlaps that are true (two governments, several heads of state) stand in
//! `xtask/data/overlaps.tsv` with their reason, and each line there has to be needed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::own_table;

/// Days for which an old and a new holder may both stand in the lists.
const HANDOVER: i64 = 31;

/// Sources that say who held an office in one month, not since when.
const SNAPSHOTS: [&str; 1] = ["cia_world_leaders_2019"];

/// One row of the offices, and where it stands.
pub(crate) struct Term {
    pub(crate) at: String,
    pub(crate) person: String,
    pub(crate) role: String,
    pub(crate) of: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) status: String,
    pub(crate) source: String,
}

/// The problems of all terms together. Without the data of this repository beside it only the dates are judged.
pub(crate) fn problems(terms: &[Term], data: &Path) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for term in terms {
        for (what, date) in [("begins", &term.from), ("ends", &term.to)] {
            if !date.is_empty() && first_day(date).is_none() {
                out.push(format!("{}: the term {what} on {date}, which no calendar has", term.at));
            }
            let year = date.get(..4).and_then(|year| year.parse::<i64>().ok());
            if year.is_some_and(|year| !(1700..=2035).contains(&year)) {
                out.push(format!("{}: the term {what} in {date}: no year of an office in our lists", term.at));
            }
        }
    }
    let single: BTreeSet<String> =
        own_table(&data.join("one_holder.tsv"))?.into_iter().map(|row| row["role"].clone()).collect();
    let accepted: BTreeSet<(String, String)> = own_table(&data.join("overlaps.tsv"))?
        .into_iter()
        .map(|row| (row["role"].clone(), row["of"].clone()))
        .collect();
    let mut needed: BTreeSet<(String, String)> = BTreeSet::new();
    let mut held: BTreeMap<(&str, &str), Vec<&Term>> = BTreeMap::new();
    for term in terms {
        let dated = !term.from.is_empty() && term.status.is_empty() && !SNAPSHOTS.contains(&term.source.as_str());
        if dated && single.contains(&term.role) {
            held.entry((&term.role, &term.of)).or_default().push(term);
        }
    }
    for ((role, of), mut list) in held {
        list.sort_by(|a, b| (&a.from, &a.person).cmp(&(&b.from, &b.person)));
        for (n, a) in list.iter().enumerate() {
            for b in list.iter().skip(n + 1).filter(|b| b.person != a.person) {
                let days = overlap(a, b);
                if days <= HANDOVER {
                    continue;
                }
                let keys = [(role.to_owned(), of.to_owned()), ("*".to_owned(), of.to_owned())];
                match keys.iter().find(|key| accepted.contains(*key)) {
                    Some(key) => {
                        needed.insert(key.clone());
                    }
                    None => out.push(format!(
                        "{}: {} is {role} of {of} from {} to {}, and so is {} from {} to {}",
                        b.at,
                        a.person,
                        a.from,
                        open(&a.to),
                        b.person,
                        b.from,
                        open(&b.to)
                    )),
                }
            }
        }
    }
    for (role, of) in accepted.difference(&needed) {
        out.push(format!("xtask/data/overlaps.tsv: nobody overlaps as {role} of {of} any more"));
    }
    Ok(out)
}

fn open(to: &str) -> &str {
    if to.is_empty() { "today" } else { to }
}

/// For how many days two terms run together; where a date is a month or a year, the reading that parts them most.
fn overlap(a: &Term, b: &Term) -> i64 {
    let start = [&a.from, &b.from].into_iter().filter_map(|date| last_day(date)).max().unwrap_or(i64::MIN);
    let end = [&a.to, &b.to].into_iter().filter_map(|date| first_day(date)).min().unwrap_or(i64::MAX);
    end.saturating_sub(start)
}

fn parts(date: &str) -> Option<(i64, Option<i64>, Option<i64>)> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let year = parts.next()??;
    let (month, day) = (parts.next().flatten(), parts.next().flatten());
    let long = month.map(|month| days_in(year, month));
    let fits = month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| day >= 1 && long.is_some_and(|long| day <= long));
    fits.then_some((year, month, day))
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn first_day(date: &str) -> Option<i64> {
    let (year, month, day) = parts(date)?;
    Some(number(year, month.unwrap_or(1), day.unwrap_or(1)))
}

fn last_day(date: &str) -> Option<i64> {
    let (year, month, day) = parts(date)?;
    let month = month.unwrap_or(12);
    Some(number(year, month, day.unwrap_or_else(|| days_in(year, month))))
}

/// Days since the year nought, near enough to count between two dates.
fn number(year: i64, month: i64, day: i64) -> i64 {
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    year * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + months + day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(person: &str, from: &str, to: &str) -> Term {
        Term {
            at: "t:1".into(),
            person: person.into(),
            role: "king".into(),
            of: "country/XXX".into(),
            from: from.into(),
            to: to.into(),
            status: String::new(),
            source: "hand".into(),
        }
    }

    #[test]
    fn overlaps_are_counted_in_days() {
        assert_eq!(overlap(&term("a", "2010-01-01", "2014-05-02"), &term("b", "2014-04-30", "")), 2);
        assert!(overlap(&term("a", "2010", "2014"), &term("b", "2014", "2016")) <= 0);
        assert!(overlap(&term("a", "2010", ""), &term("b", "2014", "2016")) > 300);
    }

    #[test]
    fn no_calendar_has_the_thirtieth_of_february() {
        assert_eq!(first_day("2012-02-30"), None);
        assert!(first_day("2012-02-29").is_some());
        assert_eq!(first_day("2012-13"), None);
    }
}
