//! Whom do "he", "they" and «سموه» mean?
//!
//! ```text
//! "Kerry met Lavrov. He said …"   ─► Kerry: the first actor of the sentence before
//! "Gorbachev had talks with her"  ─► the woman spoken of last
//! «وأكد جلالته»                     ─► the last king
//! "a meeting they held"           ─► the two persons spoken of last
//! ```

use std::collections::HashMap;

use super::{Linker, roles};
use crate::entity::EntityKind;
use crate::find::pronouns::Pronoun;
use crate::find::{Candidate, What};
use crate::mention::MentionKind;

/// How many sentences back a pronoun may point.
const REACH: u32 = 3;
/// How many actors back an honorific may point: it says whose it is.
const HONOURED: usize = 60;

/// Who is a woman and who a man.
pub(super) type Women = HashMap<u32, bool>;

/// Links every pronoun that somebody before fits.
pub(crate) fn link(linker: &mut Linker<'_, '_>, mentions: &[Candidate], women: &Women) {
    let top = roles::top_level(mentions);
    let inside = quoted_tokens(linker);
    let spoken = spoken_sentences(linker, &inside);
    let quoted = |m: &Candidate| inside.get(m.tokens.start as usize).copied().unwrap_or(false);
    // The actors of each sentence, in text order.
    let mut actors: Vec<(u32, usize)> = Vec::new();
    // Whom somebody mentions in his own words is not whom the article means by "he".
    let mut outside: Vec<(u32, usize)> = Vec::new();
    for &i in &top {
        let m = &mentions[i];
        let Some(sentence) = linker.page.tokens.get(m.tokens.start as usize).map(|t| t.sentence) else { continue };
        if let What::Pronoun(pronoun) = &m.what {
            let actors_here = if quoted(m) { &actors } else { &outside };
            let found = if pronoun.plural || pronoun.dual {
                several(linker, mentions, actors_here, sentence, i)
            } else {
                honoured(linker, mentions, actors_here, pronoun, women)
                    .or_else(|| one(linker, mentions, actors_here, &spoken, (sentence, m.tokens.start), pronoun, women))
                    .map(|e| vec![e])
            };
            if let Some(entities) = found {
                linker.entity[i] = entities.first().copied();
                if entities.len() > 1 {
                    linker.group.insert(i as u32, entities);
                }
                if !(pronoun.plural || pronoun.dual) {
                    actors.push((sentence, i));
                    if !quoted(m) {
                        outside.push((sentence, i));
                    }
                }
            }
            continue;
        }
        if super::is_actor(m) && m.ty == EntityKind::Person && linker.entity[i].is_some() {
            actors.push((sentence, i));
            if !quoted(m) {
                outside.push((sentence, i));
            }
        }
    }
}

/// Which entities are women, which men, as far as lists, titles, roles and given names tell.
pub(super) fn genders(linker: &Linker<'_, '_>, mentions: &[Candidate]) -> Women {
    let mut women = Women::new();
    for (i, m) in mentions.iter().enumerate().filter(|(_, m)| m.ty == EntityKind::Person) {
        let Some(e) = linker.entity[i] else { continue };
        let listed = || linker.drafts.get(e as usize)?.key.and_then(|k| linker.gazetteer.record(k).female);
        let told = match &m.what {
            What::Role(p) => (p.female && !p.plural && !p.dual).then_some(true),
            What::Pronoun(_) => None,
            // "Margaret": a given name, and no family's.
            _ => listed().or(m.female).or_else(|| {
                let part = linker.gazetteer.part(linker.page.word(m.tokens.start)).filter(|_| m.tokens.len() > 1)?;
                (part.female || part.given && !part.family).then_some(part.female)
            }),
        };
        if let Some(female) = told {
            women.entry(e).or_insert(female);
        }
    }
    women
}

/// Whether a mention may be meant by a pronoun for one person of that gender.
fn agrees(linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize, want: Option<bool>, women: &Women) -> Option<u32> {
    let e = linker.entity[i]?;
    let plural = matches!(&mentions[i].what, What::Role(p) if p.plural || p.dual);
    let is = women.get(&e).copied();
    (!plural && (want.is_none() || is.is_none() || want == is)).then_some(e)
}

/// «جلالته»: the last king spoken of.
fn honoured(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    actors: &[(u32, usize)],
    pronoun: &Pronoun,
    women: &Women,
) -> Option<u32> {
    let (_, offices) = linker.gazetteer.word(pronoun.honours?).value.split_once(' ')?;
    let suits = |held: &str| offices.split(',').any(|office| roles::fits(held, office));
    actors.iter().rev().take(HONOURED).find_map(|&(_, i)| {
        let e = agrees(linker, mentions, i, pronoun.female, women)?;
        let stated = matches!(&mentions[i].what, What::Role(p) if suits(&p.role))
            || linker.recent().any(|x| x.person == e && suits(&x.role));
        let listed = || {
            linker.drafts[e as usize].key.is_some_and(|k| linker.gazetteer.offices_of_person(k).any(|o| suits(o.role)))
        };
        (stated || listed()).then_some(e)
    })
}

/// The first fitting actor of the nearest sentence that has one.
fn one(
    linker: &Linker<'_, '_>,
    mentions: &[Candidate],
    actors: &[(u32, usize)],
    spoken: &[bool],
    (sentence, at): (u32, u32),
    pronoun: &Pronoun,
    women: &Women,
) -> Option<u32> {
    // "Kerry praised him": the subject of its own clause is not meant.
    let clause = (0..at)
        .rev()
        .take_while(|&t| linker.same_sentence(t, at))
        .find(|&t| linker.is_mark(t, &[",", ";", ":", "،", "؛", "\"", "”", "»"]));
    let barred = |i: usize| pronoun.object && mentions[i].tokens.start >= clause.unwrap_or(0);
    // Sentences that lie wholly inside a quotation are somebody's words and bring nobody nearer or farther.
    let spoken = |of: u32| spoken.get(of as usize).copied().unwrap_or(false);
    let mut left = REACH + 1;
    (0..=sentence)
        .map_while(|back| {
            let of = sentence - back;
            left -= u32::from(back > 0 && !spoken(of));
            (left > 0 && back < 4 * REACH).then_some(of)
        })
        .find_map(|of| {
            of_sentence(actors, of)
                .iter()
                .filter(|(s, i)| *s != sentence || !barred(*i))
                .find_map(|&(_, i)| agrees(linker, mentions, i, pronoun.female, women))
        })
}

/// The actors of one sentence; `actors` is sorted by sentence.
fn of_sentence(actors: &[(u32, usize)], sentence: u32) -> &[(u32, usize)] {
    let from = actors.partition_point(|(s, _)| *s < sentence);
    let to = actors.partition_point(|(s, _)| *s <= sentence);
    &actors[from..to]
}

/// For each token, whether it stands inside an outermost quotation, its marks included.
fn quoted_tokens(linker: &Linker<'_, '_>) -> Vec<bool> {
    let mut inside = vec![false; linker.page.tokens.len()];
    for q in linker.page.quotations.iter().filter(|q| q.depth == 0) {
        for t in q.tokens.start.saturating_sub(1)..q.tokens.end + 1 {
            if let Some(slot) = inside.get_mut(t as usize) {
                *slot = true;
            }
        }
    }
    inside
}

/// For each sentence, whether it lies wholly inside a quotation.
fn spoken_sentences(linker: &Linker<'_, '_>, inside: &[bool]) -> Vec<bool> {
    let all = |range: &std::ops::Range<u32>| range.clone().all(|t| inside.get(t as usize).copied().unwrap_or(false));
    linker.page.sentences.iter().map(|s| !s.tokens.is_empty() && all(&s.tokens)).collect()
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
        let here: Vec<usize> = of_sentence(actors, of).iter().filter(|(_, i)| *i < at).map(|(_, i)| *i).collect();
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
