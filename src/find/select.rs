//! Which candidates become mentions, and why did the others lose?
//!
//! ```text
//! [Bank of Japan sources]  role       kept
//! [Bank of Japan]          organisation, inside: another entity, kept
//!          [Japan]         country, inside: another entity, kept
//! [of Japan sources]       crosses a longer one, rejected with that reason
//! ```
//!
//! Longest first, then kind, then score. A candidate that crosses a winner's edge is rejected; one that lies inside a
//! winner is kept unless it means the same entity.

use super::{Candidate, Context, Found, What};
use crate::document::Rejected;
use crate::entity::EntityKind;
use crate::mention::MentionKind;

/// Decides between all candidates of a page.
pub(crate) fn select(cx: &Context<'_, '_>, mut candidates: Vec<Candidate>) -> Found {
    candidates.sort_by(|a, b| {
        a.tokens
            .start
            .cmp(&b.tokens.start)
            .then(b.tokens.end.cmp(&a.tokens.end))
            .then(a.clitic.cmp(&b.clitic))
            .then(rank(b).cmp(&rank(a)))
            .then(a.source.cmp(b.source))
    });
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&i| {
        let c = &candidates[i];
        (std::cmp::Reverse(c.span.len()), std::cmp::Reverse(rank(c)), c.tokens.start, i)
    });
    let mut taken: Vec<usize> = Vec::new();
    // For each token the winners that cover it, so that the work stays linear in practice: nesting is shallow.
    let mut over: Vec<Vec<u32>> = vec![Vec::new(); cx.page.tokens.len()];
    let mut rejected = Vec::new();
    for i in order {
        let c = &candidates[i];
        let mut reason = c.refused.clone();
        'tokens: for t in c.tokens.clone().filter(|_| c.refused.is_none()) {
            for &w in over.get(t as usize).into_iter().flatten() {
                let winner = &candidates[w as usize];
                if let Some(why) = conflict(cx, winner, c) {
                    reason = Some(why);
                    break 'tokens;
                }
            }
        }
        match reason {
            Some(reason) => rejected.push(Rejected { span: c.span, candidate: label(cx, c), reason }),
            None => {
                for t in c.tokens.clone() {
                    if let Some(list) = over.get_mut(t as usize) {
                        list.push(i as u32);
                    }
                }
                taken.push(i);
            }
        }
    }
    taken.sort_unstable_by_key(|&i| {
        let c = &candidates[i];
        (c.span.start(), std::cmp::Reverse(c.span.end()), i)
    });
    rejected.sort_by(|a, b| (a.span, &a.candidate).cmp(&(b.span, &b.candidate)));
    let mut slots: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
    Found { mentions: taken.into_iter().filter_map(|i| slots[i].take()).collect(), rejected, titles: Vec::new() }
}

/// Why `c` cannot stand beside the winner `w`, if it cannot.
fn conflict(cx: &Context<'_, '_>, w: &Candidate, c: &Candidate) -> Option<String> {
    if w.span == c.span || (w.tokens == c.tokens && w.clitic != c.clitic) {
        return Some(format!("the same words are {}", label(cx, w)));
    }
    if !w.span.contains(c.span) {
        return Some(format!("crosses {}", label(cx, w)));
    }
    match (w.kind, c.kind) {
        // Inside a date or a pronoun stands nothing else.
        (MentionKind::Date | MentionKind::Pronoun, _) => Some(format!("lies inside {}", label(cx, w))),
        (_, MentionKind::Date) if w.kind == MentionKind::Name => Some(format!("lies inside {}", label(cx, w))),
        (MentionKind::Role, MentionKind::Role) => Some(format!("lies inside the role {}", label(cx, w))),
        (MentionKind::Name, MentionKind::Role) => Some(format!("lies inside {}", label(cx, w))),
        (MentionKind::Role, MentionKind::Demonym | MentionKind::Name) => None,
        (_, MentionKind::Demonym) if w.ty == EntityKind::Organisation => None,
        (_, MentionKind::Demonym) => Some(format!("lies inside {}", label(cx, w))),
        (MentionKind::Name, MentionKind::Name) => {
            if same_entity(cx, w, c) {
                return Some(format!("the same entity as {}", label(cx, w)));
            }
            match (w.ty, c.ty) {
                // A person's name holds no place and no body: "Paris Hilton", «القطري».
                (EntityKind::Person, _) => Some(format!("lies inside {}", label(cx, w))),
                // A shorter name of a body inside a body's name is its part, not another mention.
                (EntityKind::Organisation, EntityKind::Organisation) if c.score < 80 => {
                    Some(format!("lies inside {}", label(cx, w)))
                }
                (EntityKind::Organisation, _) => None,
                (_, EntityKind::Country) => Some(format!("lies inside {}", label(cx, w))),
                (EntityKind::Country | EntityKind::Place, _) => Some(format!("lies inside {}", label(cx, w))),
                _ => None,
            }
        }
        _ => None,
    }
}

fn same_entity(cx: &Context<'_, '_>, a: &Candidate, b: &Candidate) -> bool {
    match (&a.what, &b.what) {
        (What::Keys(x), What::Keys(y)) => x.iter().any(|k| y.contains(k)),
        (What::Derived(x), What::Keys(y)) | (What::Keys(y), What::Derived(x)) => {
            y.iter().any(|k| *cx.gazetteer.record(*k).id == **x)
        }
        _ => false,
    }
}

/// Which kind of candidate goes first where two claim the same words.
///
/// A Latin name that needs evidence stands behind anything that has some: "Mr Prescott" is no town. In Arabic, which
/// has no capitals, forms say less.
fn rank(c: &Candidate) -> (u8, u8) {
    if matches!(c.what, What::Keys(_)) && c.score < 55 && c.latin {
        return (1, c.score);
    }
    let kind = match (c.kind, &c.what, c.ty) {
        (MentionKind::Date, _, _) => 7,
        (MentionKind::Name, What::Keys(_), EntityKind::Country) => 6,
        (MentionKind::Name, What::Keys(_), EntityKind::Organisation) => 5,
        (MentionKind::Name, What::Keys(_), EntityKind::Person) => 5,
        (MentionKind::Name, What::Keys(_), _) => 4,
        (MentionKind::Demonym, _, _) => 4,
        (MentionKind::Name, What::Derived(_), _) => 4,
        // "the University of Pennsylvania": a whole name in capitals is no description.
        (MentionKind::Name, What::Unknown, EntityKind::Organisation) if c.latin && c.source == "head-word" => 4,
        (MentionKind::Role, _, _) => 3,
        (MentionKind::Name, _, _) => 2,
        _ => 1,
    };
    (kind, c.score)
}

fn label(cx: &Context<'_, '_>, c: &Candidate) -> String {
    match &c.what {
        What::Keys(keys) => keys.first().map_or_else(String::new, |k| cx.gazetteer.record(*k).id.to_string()),
        What::Derived(id) => id.clone(),
        _ => format!("a {} by {}", c.kind.as_str(), c.source),
    }
}
