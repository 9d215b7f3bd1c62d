//! Whom do "he", "they" and «سموه» mean?
//!
//! ```text
//! "Kerry met Lavrov. He said …"   ─► Kerry: the first actor of the sentence before
//! "a meeting they held"           ─► the two persons spoken of last
//! ```

use super::{Linker, roles};
use crate::entity::EntityKind;
use crate::find::{Candidate, What};
use crate::mention::MentionKind;

/// How many sentences back a pronoun may point.
const REACH: u32 = 3;

/// Links every pronoun that somebody before fits.
pub(crate) fn link(linker: &mut Linker<'_, '_>, mentions: &[Candidate]) {
    let top = roles::top_level(mentions);
    // The actors of each sentence, in text order.
    let mut actors: Vec<(u32, usize)> = Vec::new();
    for &i in &top {
        let m = &mentions[i];
        let Some(sentence) = linker.page.tokens.get(m.tokens.start as usize).map(|t| t.sentence) else { continue };
        if let What::Pronoun(pronoun) = &m.what {
            let found = if pronoun.plural || pronoun.dual {
                several(linker, mentions, &actors, sentence, i)
            } else {
                one(linker, mentions, &actors, sentence, pronoun.female).map(|e| vec![e])
            };
            if let Some(entities) = found {
                linker.entity[i] = entities.first().copied();
                if entities.len() > 1 {
                    linker.group.insert(i as u32, entities);
                }
                if !(pronoun.plural || pronoun.dual) {
                    actors.push((sentence, i));
                }
            }
            continue;
        }
        if super::is_actor(m) && m.ty == EntityKind::Person && linker.entity[i].is_some() {
            actors.push((sentence, i));
        }
    }
}

/// The first fitting actor of the nearest sentence that has one.
fn one(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    actors: &[(u32, usize)],
    sentence: u32,
    female: Option<bool>,
) -> Option<u32> {
    (0..=REACH.min(sentence)).find_map(|back| {
        let of = sentence - back;
        actors.iter().filter(|(s, _)| *s == of).find_map(|&(_, i)| {
            let e = linker.entity[i]?;
            let plural = matches!(&mentions[i].what, What::Role(p) if p.plural || p.dual);
            let known = linker.drafts[e as usize].key.and_then(|k| linker.gazetteer.record(k).female);
            let agrees = match (female, known) {
                (Some(want), Some(is)) => want == is,
                _ => true,
            };
            (!plural && agrees).then_some(e)
        })
    })
}

/// A plural role, or all persons of the nearest sentence that names two or more.
fn several(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    actors: &[(u32, usize)],
    sentence: u32,
    at: usize,
) -> Option<Vec<u32>> {
    let mut seen: Vec<u32> = Vec::new();
    for back in 0..=REACH.min(sentence) {
        let of = sentence - back;
        let here: Vec<usize> = actors.iter().filter(|(s, i)| *s == of && *i < at).map(|(_, i)| *i).collect();
        if let Some(&group) = here.iter().find(|&&i| matches!(&mentions[i].what, What::Role(p) if p.plural || p.dual)) {
            return linker.entity[group].map(|e| vec![e]);
        }
        for i in here {
            if mentions[i].kind != MentionKind::Pronoun || seen.is_empty() {
                let e = linker.entity[i]?;
                if !seen.contains(&e) {
                    seen.push(e);
                }
            }
        }
        if seen.len() >= 2 {
            return Some(seen);
        }
    }
    None
}
