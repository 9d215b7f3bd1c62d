//! What do the rules see as one thing?
//!
//! ```text
//! [Egyptian Foreign Minister] [Sameh Shoukry], [62],     ─► one slot: the person
//! [John Kerry] (…), [the US Secretary of State],         ─► one slot: name and apposition
//! ```

use std::collections::BTreeMap;

use super::Linker;
use super::coref::Women;
use crate::entity::EntityKind;
use crate::find::roles::Phrase;
use crate::find::{Candidate, What};
use crate::mention::MentionKind;
use crate::rules::{Number, RoleOf, Slot};
use crate::span::Span;

/// A bracket after a name is passed over up to this length.
const LONGEST_BRACKET: u32 = 8;

/// Builds the slots, in text order.
pub(super) fn build(linker: &Linker<'_, '_>, mentions: &[Candidate], women: &Women) -> Vec<Slot> {
    // Name → the roles tied to it.
    let mut roles_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (&role, &name) in &linker.beside {
        roles_of.entry(name).or_default().push(role);
    }
    let mut slots = Vec::new();
    for (i, m) in mentions.iter().enumerate() {
        let Some(entity) = linker.entity[i] else { continue };
        if linker.beside.contains_key(&(i as u32)) {
            continue;
        }
        let mut tokens = m.tokens.clone();
        let mut clitic = m.clitic;
        let mut role = None;
        let mut more_roles = Vec::new();
        let mut tied = roles_of.remove(&(i as u32)).unwrap_or_default();
        tied.sort_unstable();
        for &r in &tied {
            let other = &mentions[r as usize];
            if let What::Role(p) = &other.what {
                let told = role_of(linker, mentions, r as usize, p);
                match role {
                    None => role = Some(told),
                    Some(_) => more_roles.push(told),
                }
            }
            if other.tokens.start < tokens.start {
                // «وزير الخارجية، سيرغي لافروف، قد»: the comma behind closes what the one before the name opened.
                if linker.is_mark(other.tokens.end, super::roles::COMMA)
                    && linker.is_mark(tokens.end, super::roles::COMMA)
                {
                    tokens.end += 1;
                }
                tokens.start = other.tokens.start;
                clitic = other.clitic;
            }
            if other.tokens.end > tokens.end {
                tokens.end = other.tokens.end;
                if linker.is_mark(tokens.end, &[",", "،", ")"]) {
                    tokens.end += 1;
                }
            }
        }
        if m.kind == MentionKind::Name && matches!(m.ty, EntityKind::Person | EntityKind::Organisation) {
            // Titles stand outside the name but inside the slot, and so does the «وكالة» of «وكالة رويترز».
            while tokens.start > 0
                && linker.is_title(tokens.start - 1)
                && linker.same_sentence(tokens.start - 1, m.tokens.start)
            {
                tokens.start -= 1;
                clitic = linker.titles[tokens.start as usize].unwrap_or(0);
            }
        }
        if m.kind == MentionKind::Name {
            tokens.end = bracket_end(linker, tokens.end);
        }
        if let What::Role(p) = &m.what {
            role = Some(role_of(linker, mentions, i, p));
        }
        let entities = linker.group.get(&(i as u32)).cloned().unwrap_or_else(|| vec![entity]);
        slots.push(Slot {
            head: m.span,
            span: crate::find::span_of(linker.page, &tokens, clitic),
            clitic: clitic_span(linker, tokens.start, clitic),
            tokens,
            kind: m.kind,
            ty: linker.drafts[entity as usize].kind,
            number: number(m, entities.len()),
            female: women.get(&entity).copied(),
            entities,
            role,
            more_roles,
            nested: false,
        });
    }
    slots.sort_by_key(|s| (s.tokens.start, std::cmp::Reverse(s.tokens.end), s.head.start()));
    let mut end = 0;
    for slot in &mut slots {
        slot.nested = slot.tokens.end <= end;
        end = end.max(slot.tokens.end);
    }
    slots
}

fn role_of(linker: &Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> RoleOf {
    let organisation = p.body.as_ref().and_then(|body| linker.entity[super::name_at(mentions, body)?]);
    let key = p.country.or_else(|| linker.position_of(r as u32).and_then(|x| x.country));
    let country = key.and_then(|k| linker.drafted(k));
    // A counterpart has the other side's office, in the other side's words.
    let other = linker.counterpart.get(&(r as u32)).copied();
    let own = |r: usize, p: &Phrase| {
        // An honorific is no part of the office («فخامة رئيس …»), and «المتحدث باسم» says nothing without whose.
        let mut core = p.core.clone();
        while core.len() > 1 && linker.is_title(core.start) {
            core.start += 1;
        }
        if linker.page.word(core.end - 1) == "باسم" {
            core.end = mentions[r].tokens.end;
        }
        let clitic = if core.start == mentions[r].tokens.start { mentions[r].clitic } else { 0 };
        crate::find::span_of(linker.page, &core, clitic)
    };
    let (span, office) = match other.map(|o| (o as usize, &mentions[o as usize].what)) {
        // "Secretary of State" is what one country calls him: its words are no other's.
        Some((_, What::Role(of))) if of.own_word => (own(r, p), of.role.clone()),
        Some((o, What::Role(of))) => (own(o, of), of.role.clone()),
        _ => (own(r, p), p.role.clone()),
    };
    RoleOf {
        office,
        span,
        whole: mentions[r].span,
        country,
        organisation,
        status: p.status,
        sole: p.office && !p.counterpart,
        vague: p.bare_head,
        private: p.private,
    }
}

fn number(m: &Candidate, entities: usize) -> Number {
    match &m.what {
        What::Role(p) if p.dual => Number::Two,
        What::Role(p) if p.plural => Number::Many,
        What::Pronoun(p) if p.dual => Number::Two,
        What::Pronoun(p) if p.plural => Number::Many,
        _ if entities > 1 => Number::Many,
        _ => Number::One,
    }
}

/// The end after a bracket that follows a name: "Smith (D-Vt.)", «(واس)».
fn bracket_end(linker: &Linker<'_, '_>, end: u32) -> u32 {
    if !linker.is_mark(end, &["("]) {
        return end;
    }
    (end + 1..end + 1 + LONGEST_BRACKET)
        .take_while(|&t| linker.same_sentence(end, t))
        .find(|&t| linker.is_mark(t, &[")"]))
        .map_or(end, |t| t + 1)
}

fn clitic_span(linker: &Linker<'_, '_>, token: u32, clitic: u32) -> Span {
    let start = linker.page.tokens.get(token as usize).map_or(0, |t| t.folded.start());
    Span::of(start..start + clitic as usize)
}
