//! Do a record and an event tell of the same?
//!
//! ```text
//! join(event, record) ─► None, or the reasons, in words for people: "participants person/a, person/b" · "2016-03-14" · …
//! ```

use crate::merge::Group;
use crate::merge::record::{Record, When};

/// Why two are one, and how well they fit: the higher the better.
#[derive(Clone, Debug)]
pub(super) struct Join {
    why: Vec<String>,
    fit: (u8, u32),
    /// Only if no other event fits as well.
    alone: bool,
}

/// Of what is said, the part of the shorter one's three-word runs that the longer one must share, in hundredths.
const SHARED: usize = 60;

/// The best of several joins: its index in the list of groups, and why. None where it is a toss-up.
pub(super) fn best(joins: &[(usize, Join)]) -> Option<(usize, &Vec<String>)> {
    let (at, join) = joins.iter().max_by_key(|(at, join)| (join.fit, std::cmp::Reverse(*at)))?;
    let rivals = joins.iter().filter(|(_, other)| other.fit == join.fit).count();
    (!join.alone || rivals == 1).then_some((*at, &join.why))
}

pub(super) fn join(group: &Group, record: &Record) -> Option<Join> {
    let anchor = group.anchor();
    if anchor.kind != record.kind || anchor.is_denied() != record.is_denied() {
        return None;
    }
    let same_article = group.records.iter().any(|(r, _)| r.text == record.text);
    let mut why = Vec::new();
    let near = same_time(anchor, record, same_article, &mut why)?;
    match record.kind {
        "statement" => {
            if record.actors.is_empty() || anchor.actors != record.actors {
                return None;
            }
            why.insert(0, format!("speaker {}", record.actors.join(", ")));
            same_words(anchor, record, near, why)
        }
        "visit" => {
            let common = common(&anchor.actors, &record.actors);
            let where_to = common_of(&anchor.places, &record.places);
            if common.is_empty() || !nested(&anchor.actors, &record.actors) || where_to.is_empty() {
                return None;
            }
            why.insert(0, format!("visitor {}", common.join(", ")));
            why.push(format!("destination {}", where_to.join(", ")));
            Some(Join { why, fit: (near, common.len() as u32), alone: false })
        }
        _ => {
            let common = common(&group.actors, &record.actors);
            let by_other_means = matches!((&anchor.by, &record.by), (Some(a), Some(b)) if a != b);
            if common.len() < 2 || !nested(&group.actors, &record.actors) || by_other_means {
                return None;
            }
            why.insert(0, format!("participants {}", common.join(", ")));
            let place = same_place(group, record, &mut why)?;
            Some(Join { why, fit: (near + place, common.len() as u32), alone: false })
        }
    }
}

/// How near in time, 0 to 2; `None` where too far.
fn same_time(a: &Record, b: &Record, same_article: bool, why: &mut Vec<String>) -> Option<u8> {
    let told = |r: &Record| match r.when {
        When::Day(_) => format!("on {}", r.telling.date.as_deref().unwrap_or_default()),
        When::Told(_) => format!("told on {}", r.telling.published.as_deref().unwrap_or_default()),
        When::Between(..) => format!("in {}", r.telling.date.as_deref().unwrap_or_default()),
        When::Never => "at some time".to_owned(),
    };
    let both = format!("{}, {}", told(a), told(b));
    match (a.when, b.when) {
        (When::Day(x) | When::Told(x), When::Day(y) | When::Told(y)) if x.abs_diff(y) <= 1 => {
            why.push(both);
            Some(if x == y { 2 } else { 1 })
        }
        // "On Monday", and on a later page "in March": one article does not tell of two such meetings that way.
        (When::Day(x) | When::Told(x), When::Between(from, to))
        | (When::Between(from, to), When::Day(x) | When::Told(x))
            if same_article && (from..=to).contains(&x) =>
        {
            why.push(format!("{both}, in one article"));
            Some(1)
        }
        (When::Between(..), When::Between(..)) if same_article && a.when == b.when => {
            why.push(format!("{both}, in one article"));
            Some(1)
        }
        (When::Never, _) | (_, When::Never) if same_article => {
            why.push("in one article".to_owned());
            Some(0)
        }
        _ => None,
    }
}

/// 1 where both name the same place, 0 where one is silent or names the country only; `None` where they differ.
fn same_place(group: &Group, record: &Record, why: &mut Vec<String>) -> Option<u8> {
    let told: Vec<&String> = group.records.iter().flat_map(|(r, _)| &r.places).collect();
    if told.is_empty() || record.places.is_empty() {
        return Some(0);
    }
    let common: Vec<&str> = record.places.iter().filter(|place| told.contains(place)).map(String::as_str).collect();
    if !common.is_empty() {
        why.push(format!("place {}", common.join(", ")));
        return Some(1);
    }
    let country = |place: &str| place.starts_with("country/");
    let coarser = told.iter().all(|place| country(place)) != record.places.iter().all(|place| country(place));
    coarser.then_some(0)
}

/// Whether what is said is the same.
fn same_words(a: &Record, b: &Record, near: u8, mut why: Vec<String>) -> Option<Join> {
    if a.telling.language == b.telling.language {
        let (shorter, longer) = if a.runs.len() <= b.runs.len() { (&a.runs, &b.runs) } else { (&b.runs, &a.runs) };
        let shared = shorter.iter().filter(|run| longer.binary_search(run).is_ok()).count();
        // A phrase of two or three words says too little, unless it is all that either says.
        let enough = shorter.len() >= 3 && shared * 100 >= shorter.len() * SHARED;
        if !enough && (shared == 0 || a.runs != b.runs) {
            return None;
        }
        why.push(format!("{shared} of {} runs of three words shared", shorter.len()));
        return Some(Join { why, fit: (near, (shared * 1000 / shorter.len().max(1)) as u32), alone: false });
    }
    // Across languages there are no shared words. Speaker and day alone would make one of all that somebody says on a
    // day; whom they speak to and whom they speak of have to agree, and no other statement may fit as well.
    let shared = common(&a.about, &b.about);
    let all = a.about.len() + b.about.len() - shared.len();
    let addressee = common_of(&a.addressees, &b.addressees);
    let agrees = match (addressee.is_empty(), a.addressees.is_empty() && b.addressees.is_empty()) {
        (false, _) => !shared.is_empty() && shared.len() * 2 >= all,
        (true, true) => shared.len() >= 2 && shared.len() * 3 >= all * 2,
        (true, false) => false,
    };
    if !agrees {
        return None;
    }
    if !addressee.is_empty() {
        why.push(format!("addressee {}", addressee.join(", ")));
    }
    why.push(format!("in two languages of {}", shared.join(", ")));
    Some(Join { why, fit: (near, (shared.len() * 1000 / all.max(1)) as u32), alone: true })
}

/// What two sorted lists share.
fn common<'a>(a: &'a [String], b: &[String]) -> Vec<&'a str> {
    a.iter().filter(|id| b.binary_search(id).is_ok()).map(String::as_str).collect()
}

/// The same of short lists.
fn common_of<'a>(a: &'a [String], b: &[String]) -> Vec<&'a str> {
    a.iter().filter(|id| b.contains(id)).map(String::as_str).collect()
}

/// Whether all of one stand in the other.
fn nested(a: &[String], b: &[String]) -> bool {
    common(a, b).len() == a.len().min(b.len())
}
