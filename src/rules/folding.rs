//! Are two tellings of one fact?
//!
//! ```text
//! "Trump will meet Kim in June"  +  "the summit with Kim"      ─►   one meeting, planned, with two pieces of evidence
//! "Kerry met Lavrov on Monday"   +  "Kerry met Lavrov on Friday"   ─►   two
//! ```
//!
//! Tellings agree where nothing that both name differs; a mere noun says neither when nor whether it was.

use crate::entity::EntityId;
use crate::relation::{Argument, Modality, Relation};
use crate::span::Span;
use crate::text::fold::fold_str;

/// The relations in which who is a side besides makes another fact.
const MEETING: &str = "meeting";

/// A relation and the entity of its date.
pub(crate) struct Found {
    pub(crate) relation: Relation,
    pub(crate) date: Option<(u32, Span)>,
    /// Whether its words tell if it happened, or is to; "the talks with Kerry" do not.
    pub(crate) sure: bool,
    /// Whether its place is a spot, not a whole country.
    pub(crate) spot: bool,
    /// Whether its words may also be said of a call: "spoke", "talks"; "met" may not.
    pub(crate) spoken: bool,
    /// Whether its date only stands near, and the pattern took none.
    pub(crate) near: bool,
}

/// Planned and wished are told as one.
fn mood(modality: Modality) -> Modality {
    if modality == Modality::Intended { Modality::Planned } else { modality }
}

/// Whether two tellings can be of one fact: a noun leaves open when it is, and what is planned, wished or possible is
/// told now so, now so.
fn moods_agree(a: &Found, b: &Found) -> bool {
    let (x, y) = (mood(a.relation.modality), mood(b.relation.modality));
    let open = |m| matches!(m, Modality::Planned | Modality::Possible);
    x == y || !a.sure || !b.sure || (open(x) && open(y))
}

/// Whether their days leave open that both are one: a date that only stands near a mere noun may be another's.
fn days_agree(a: &Found, b: &Found) -> bool {
    let sure = |found: &Found| found.sure || !found.near;
    match (a.date, b.date) {
        (Some((one, _)), Some((other, _))) => one == other || !sure(a) || !sure(b),
        _ => true,
    }
}

/// Whether both can have been by telephone, or both face to face.
fn ways_agree(a: &Found, b: &Found) -> bool {
    let by = |found: &Found| found.relation.fields.contains_key("by");
    by(a) == by(b) || (if by(a) { b.spoken } else { a.spoken })
}

/// Whether two records can be two tellings of one fact. `named` tells whom the text names.
pub(crate) fn compatible(a: &Found, b: &Found, first: &str, named: &dyn Fn(u32) -> bool) -> bool {
    let (x, y) = (&a.relation, &b.relation);
    if x.kind != y.kind || !moods_agree(a, b) || !ways_agree(a, b) || !days_agree(a, b) {
        return false;
    }
    let of = |r: &Relation, role: &str| -> Vec<EntityId> {
        let mut all: Vec<_> = r.arguments.iter().filter(|a| a.role == role).map(|a| a.entity).collect();
        all.sort_unstable();
        all
    };
    let mut roles: Vec<&str> = x.arguments.iter().chain(&y.arguments).map(|a| a.role.as_str()).collect();
    roles.sort_unstable();
    roles.dedup();
    let agree = roles.into_iter().all(|role| {
        let (p, q) = (of(x, role), of(y, role));
        if role == first {
            let (few, many) = if p.len() < q.len() { (&p, &q) } else { (&q, &p) };
            // Who alone stayed away from talks did not cancel all talks of his.
            let alone = few.len() == 1 && many.len() > 1 && mood(x.modality) != mood(y.modality);
            let denied = [x.modality, y.modality].contains(&Modality::Denied);
            // Talks of two are none of three whom the text names; "and his delegation" is no side more, and whoever is told
            // of alone may have met any of them.
            let another = few.len() > 1 && many.iter().any(|e| !few.contains(e) && named(e.0));
            few.iter().all(|e| many.contains(e)) && !(alone && denied) && !(another && x.kind == MEETING)
        } else {
            // "In Finland", "in Helsinki": where one is a country or a mere noun, the place alone does not part them.
            p.is_empty() || q.is_empty() || p == q || (role == "place" && (!(a.sure && b.sure) || a.spot != b.spot))
        }
    });
    let office = x.fields.contains_key("office") && x.fields.get("office") == y.fields.get("office");
    agree
        && x.fields.iter().all(|(key, one)| match y.fields.get(key) {
            Some(_) if office && key == "role" => true,
            // Without equal ids the words decide.
            Some(_) if key == "office" => true,
            Some(other) if key == "role" => plain(one) == plain(other),
            Some(other) => one == other,
            None => true,
        })
}

/// The words of a role without what differs from telling to telling.
fn plain(words: &str) -> String {
    let folded = fold_str(words);
    let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
    folded.split_whitespace().map(bare).collect::<Vec<_>>().join(" ")
}

/// Whether one telling has the countries and the other one those who lead them: "the summit between Iran and Oman", "the
/// summit of Rouhani and Qaboos". `land` gives the country that somebody stands for.
/// Of so many sides at most the text need not say whose they are: `unknown`.
pub(crate) fn same_lands(a: &Found, b: &Found, first: &str, land: &dyn Fn(u32) -> Option<u32>, unknown: usize) -> bool {
    if !days_agree(a, b) || a.relation.kind != b.relation.kind || !moods_agree(a, b) || !ways_agree(a, b) {
        return false;
    }
    // Each side with its country, if that is known.
    let lands = |found: &Found| -> Vec<Option<u32>> {
        let sides = found.relation.arguments.iter().filter(|a| a.role == first);
        sides.map(|a| land(a.entity.0)).collect()
    };
    let (one, mut other) = (lands(a), lands(b));
    if one.len() != other.len() || one.len() < 2 {
        return false;
    }
    let mut open = 0;
    for side in one {
        // Of one leader the text need not say whose he is.
        match other.iter().position(|o| side.is_some() && *o == side) {
            Some(i) => drop(other.swap_remove(i)),
            None if side.is_none() => open += 1,
            None => match other.iter().position(Option::is_none) {
                Some(i) => {
                    other.swap_remove(i);
                    open += 1;
                }
                None => return false,
            },
        }
    }
    open <= unknown
}

/// Whether what is told of "the meeting" can be told of this one.
pub(crate) fn may_add(known: &Found, new: &Found) -> bool {
    days_agree(known, new) && known.relation.kind == new.relation.kind && moods_agree(known, new)
}

/// Adds a telling to what is known of its fact.
pub(crate) fn add(known: &mut Found, new: Found) {
    let new_spot = new.spot;
    let (x, y) = (&mut known.relation, new.relation);
    if new.sure && !known.sure {
        x.modality = y.modality;
        known.sure = true;
    }
    let is_place = |a: &Argument| a.role == "place";
    if new_spot && !known.spot && y.arguments.iter().any(is_place) {
        x.arguments.retain(|a| !is_place(a));
    }
    known.spot |= new_spot;
    // Else a place told twice is kept as it was told first.
    let placed = x.arguments.iter().any(is_place);
    for argument in y.arguments {
        let other_place = placed && argument.role == "place";
        if !other_place && !x.arguments.iter().any(|a| a.role == argument.role && a.entity == argument.entity) {
            // Arguments stay in the order of roles.
            let place = x.arguments.iter().rposition(|a| a.role == argument.role).map_or(x.arguments.len(), |i| i + 1);
            x.arguments.insert(place, argument);
        }
    }
    for span in y.evidence {
        // Tellings come in text order, so that a clause told twice is among the last.
        if !x.evidence.iter().rev().take(4).any(|known| *known == span) {
            x.evidence.push(span);
        }
    }
    for (key, value) in y.fields {
        x.fields.entry(key).or_insert(value);
    }
    x.confidence = x.confidence.max(y.confidence);
    if x.content.is_empty() {
        x.content = y.content;
    }
    known.date = known.date.or(new.date);
}
