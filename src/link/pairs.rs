//! Which two are "both ministers", «الجانبان», "the two leaders"?
//!
//! ```text
//! "Shoukry received Zarif in Cairo. The two ministers said …"   the two named in the nearest sentence
//! «اتفقت مصر والأردن … وأكد الجانبان»                              two countries, where no two persons are named
//! ```

use super::{Linker, REACH, roles};
use crate::entity::EntityKind;
use crate::find::roles::Phrase;
use crate::find::{Candidate, What};
use crate::mention::MentionKind;

/// How many sentences back the two may be named together.
const SENTENCES: u32 = 4;
/// A sentence that names more persons than this tells of no pair.
const CROWD: usize = 4;

/// The two whom a dual description stands for.
pub(crate) fn both(linker: &Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<Vec<u32>> {
    let known = p.definite || linker.page.word(mentions[r].tokens.start) == "both";
    if !known {
        return None;
    }
    together(linker, mentions, r, p, EntityKind::Person)
        .or_else(|| holders(linker, mentions, r, p))
        .or_else(|| together(linker, mentions, r, p, EntityKind::Country).filter(|_| p.role == "two-sides"))
}

/// Whether a person may be one of two who are called so: «الزعيمان» are any two, «الوزيران» hold that office.
fn suits(linker: &Linker<'_, '_>, e: u32, p: &Phrase, stated: bool) -> bool {
    let fits = |held: &str| roles::fits(held, &p.role);
    let named = |held: &str| !p.office_word || fits(held);
    let listed =
        || linker.drafts[e as usize].key.is_some_and(|k| linker.gazetteer.offices_of_person(k).any(|o| named(o.role)));
    !stated && !p.office_word || linker.recent().any(|x| x.person == e && named(&x.role)) || listed()
}

/// The first two of that kind in the nearest sentence that names two.
fn together(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    r: usize,
    p: &Phrase,
    kind: EntityKind,
) -> Option<Vec<u32>> {
    let sentence = |i: usize| linker.page.tokens.get(mentions[i].tokens.start as usize).map(|t| t.sentence);
    let here = sentence(r)?;
    let mut found: Vec<u32> = Vec::new();
    let mut of = here;
    let decided = |found: &Vec<u32>| (2..=CROWD).contains(&found.len());
    for i in (0..r).rev().take(REACH) {
        let Some(now) = sentence(i) else { continue };
        if now != of {
            if decided(&found) || here.saturating_sub(now) > SENTENCES {
                break;
            }
            found.clear();
            of = now;
        }
        let m = &mentions[i];
        let one = match &m.what {
            What::Role(q) => !q.plural && !q.dual && (q.office || q.counterpart || q.definite),
            What::Pronoun(_) => false,
            _ => matches!(m.kind, MentionKind::Name | MentionKind::Demonym),
        };
        let Some(e) = linker.entity[i].filter(|_| one && m.ty == kind) else { continue };
        if !found.contains(&e) && (kind != EntityKind::Person || suits(linker, e, p, false)) {
            found.push(e);
        }
    }
    if !decided(&found) || here.saturating_sub(of) > SENTENCES {
        return None;
    }
    // Collected from the end: the first two of the sentence are the last two here.
    found.reverse();
    found.truncate(2);
    Some(found)
}

/// The two persons spoken of last whose positions fit, however far apart they are named.
fn holders(linker: &Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<Vec<u32>> {
    let mut both: Vec<u32> = Vec::new();
    for i in (0..r).rev().take(REACH) {
        let Some(e) = linker.entity[i].filter(|_| mentions[i].ty == EntityKind::Person) else { continue };
        if !both.contains(&e) && suits(linker, e, p, true) {
            both.push(e);
            if both.len() == 2 {
                both.reverse();
                return Some(both);
            }
        }
    }
    None
}
