//! Which words point back to somebody?
//!
//! ```text
//! "he"  ─► third person, one, male        «جلالته» ─► third person, one, male, and a king or sultan
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
    /// "him": never the subject of its own clause.
    pub(crate) object: bool,
    /// «جلالته»: the word whose value goes on with the offices that are so honoured.
    pub(crate) honours: Option<u32>,
}

impl Pronoun {
    /// Reads `3sm`, `3smo`, `1s`: person, number (s, d, p), gender, o for an object; then the offices it honours.
    fn parse(value: &str, index: u32) -> Option<Self> {
        let (form, honours) = value.split_once(' ').map_or((value, None), |(form, _)| (form, Some(index)));
        let mut chars = form.chars();
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
            object: form.ends_with('o'),
            honours,
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
        let Some(pronoun) = Pronoun::parse(word.value, w).filter(|p| p.person == 3) else { continue };
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
