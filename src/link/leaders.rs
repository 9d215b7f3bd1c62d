//! Whom does a description without an office mean: "the North Korean leader", «السفير الروسي»?
//!
//! ```text
//! "North Korean leader Kim Jong Un … the North Korean leader"   said of him before
//! "Angela Merkel … the German leader"                           she holds such an office of that country
//! «المبعوث الصيني» … «المبعوث الصيني لي وي»                        said of him only later
//! ```

use super::{Linker, REACH, office};
use crate::entity::EntityKind;
use crate::find::Candidate;
use crate::find::roles::Phrase;
use crate::gazetteer::Key;
use crate::mention::MentionKind;

/// The offices whose holder is called the leader of a country.
const OFFICES: &[&str] = &["supreme-leader", "president", "king", "emir", "sultan", "prime-minister", "chancellor"];
/// The one among them beside whom no other is.
const ABOVE_ALL: &str = "supreme-leader";

/// "the North Korean leader": who is called so in the text, else the one person named in it who leads that country.
pub(crate) fn leader(linker: &mut Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<u32> {
    let country = p.country.filter(|_| p.role == "leader" && p.status.is_empty() && !p.plural && !p.dual)?;
    let start = mentions[r].tokens.start;
    let one_of_many = start.checked_sub(1).is_some_and(|t| {
        linker.same_sentence(t, start) && matches!(linker.page.word(t), "a" | "an" | "another" | "any")
    });
    if one_of_many {
        return None;
    }
    let leads = |role: &str| role == "leader" || OFFICES.contains(&role);
    let called = linker
        .recent()
        .filter(|x| x.country == Some(country) && leads(&x.role) && x.status.is_empty())
        .max_by_key(|x| (x.role == "leader", x.mention < r as u32, x.mention))
        .map(|x| x.person);
    if called.is_some() {
        return called;
    }
    // Named in the text, and in office: nobody where two are.
    let mut named: Vec<u32> = Vec::new();
    let near = r.saturating_sub(REACH)..mentions.len().min(r + REACH);
    for (i, m) in mentions.iter().enumerate().take(near.end).skip(near.start) {
        let Some(e) = linker.entity[i].filter(|_| m.kind == MentionKind::Name && m.ty == EntityKind::Person) else {
            continue;
        };
        let Some(key) = linker.drafts.get(e as usize).and_then(|d| d.key) else { continue };
        if !named.contains(&e) && holds(linker, key, country) {
            named.push(e);
        }
    }
    if let [one] = named[..] {
        return Some(one);
    }
    let above = office::holder(linker.gazetteer, ABOVE_ALL, country, linker.published).filter(|_| named.is_empty())?;
    Some(linker.known(above))
}

fn holds(linker: &Linker<'_, '_>, person: Key, country: Key) -> bool {
    let day = linker.published;
    linker.gazetteer.offices_of_person(person).any(|o| {
        o.of == country
            && OFFICES.contains(&o.role)
            && o.from.is_none_or(|f| day.is_none_or(|d| f <= d))
            && o.to.is_none_or(|t| day.is_none_or(|d| d <= t))
    })
}

/// «السفير الروسي»: the person beside whose name the same is said of the same country, before or after.
pub(crate) fn described(linker: &Linker<'_, '_>, r: usize, p: &Phrase) -> Option<u32> {
    p.country?;
    linker
        .recent()
        .filter(|x| x.country == p.country && x.role == p.role && x.status == p.status)
        .max_by_key(|x| (x.mention < r as u32, x.mention))
        .map(|x| x.person)
}
