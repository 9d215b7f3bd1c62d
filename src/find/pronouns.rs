//! Which words point back to somebody?
//!
//! ```text
//! "he"  ─► third person, one, male        «سموه» ─► third person, one, male, honorific
//! ```

use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::WordClass;
use crate::gazetteer::patterns::Meaning;
use crate::mention::MentionKind;

/// Person, number and gender of a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pronoun {
    /// 1, 2 or 3.
    pub(crate) person: u8,
    pub(crate) plural: bool,
    pub(crate) dual: bool,
    pub(crate) female: Option<bool>,
}

impl Pronoun {
    /// Reads `3sm`, `3pl`, `1s`: person, number (s, d, p), gender.
    fn parse(value: &str) -> Option<Self> {
        let mut chars = value.chars();
        let person = chars.next()?.to_digit(10)? as u8;
        let rest: String = chars.collect();
        Some(Pronoun {
            person,
            plural: rest.starts_with('p'),
            dual: rest.starts_with('d'),
            female: match rest.get(1..2) {
                Some("f") => Some(true),
                Some("m") => Some(false),
                _ => None,
            },
        })
    }
}

/// Appends the third-person pronouns. First and second persons stand inside quotations and need the speaker.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    for hit in cx.hits.iter().filter(|h| cx.is_live(h.tokens.start)) {
        let Meaning::Word(w) = hit.meaning else { continue };
        let word = cx.gazetteer.word(w);
        if word.class != WordClass::Pronoun {
            continue;
        }
        let Some(pronoun) = Pronoun::parse(word.value).filter(|p| p.person == 3) else { continue };
        out.push(Candidate::new(
            cx.page,
            hit.tokens.clone(),
            hit.clitic,
            MentionKind::Pronoun,
            EntityKind::Person,
            What::Pronoun(pronoun),
            "pronoun",
            60,
        ));
    }
}
