//! Which noun phrases stand for an actor?
//!
//! ```text
//! [US] [Secretary of State]             country + office
//! [Bank of Japan] [sources]             body + actor
//! [وزير] [الخارجية] [المصري]            head + portfolio + demonym
//! his [Bahraini] [counterpart]          whose office is the other side's, of that country
//! ```

use std::ops::Range;

use super::boundary::{Hit, is_arabic_word};
use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::RoleKind;
use crate::gazetteer::{Key, WordClass};
use crate::mention::MentionKind;

mod arabic;
mod complement;
mod english;
mod genitive;
mod premodifier;

/// A role phrase, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    /// `minister-foreign-affairs`, `king`, `spokesman`, …: modifiers like `deputy` in front.
    pub(crate) role: String,
    /// Its words without the country or demonym at its edges.
    pub(crate) core: Range<u32>,
    pub(crate) country: Option<Key>,
    /// The body it is of, where one stands inside the phrase: the tokens of that name.
    pub(crate) body: Option<Range<u32>>,
    pub(crate) status: &'static str,
    pub(crate) plural: bool,
    pub(crate) dual: bool,
    pub(crate) female: bool,
    /// "the minister", «الوزير»: somebody already spoken of.
    pub(crate) definite: bool,
    /// "his counterpart", «نظيره».
    pub(crate) counterpart: bool,
    /// An office that one person holds at a time, as against "official", "sources".
    pub(crate) office: bool,
    /// Said with the word of an office, in whatever number: «الوزيران».
    pub(crate) office_word: bool,
    /// A body and no person: "the newspaper", «الحكومة».
    pub(crate) is_body: bool,
    /// A body that stands for its country: «وفد البحرين».
    pub(crate) for_country: bool,
    /// A country has many such bodies.
    pub(crate) many: bool,
    /// An office that says nothing without its portfolio: "the Lebanese minister".
    pub(crate) bare_head: bool,
    /// What somebody is and no office: «الفنان».
    pub(crate) private: bool,
    /// The form itself names the country's own word for the office ("Secretary of State").
    pub(crate) own_word: bool,
}

/// The role of what is written and "says": an actor only where it is the subject of a verb.
const TEXT: &str = "report";

/// A role phrase where it stands: its tokens, the clitic before it, and what it says.
type Found = (Range<u32>, u32, Phrase);

/// Appends every role phrase.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    let names = Names::of(cx, out);
    let mut t = 0;
    // No phrase reaches back into the one before it.
    let mut floor = 0;
    while t < cx.len() {
        let found = if cx.is_live(t) { phrase(cx, t, floor, &names) } else { None };
        // "the Bank of Ghana": a name that begins with the word for a body.
        let named = |f: &Found| f.2.is_body && names.body_from[t as usize] >= f.0.end.max(t + 2) && f.0.start == t;
        let found = found.filter(|f| (is_arabic_word(cx.page, t) || !named(f)) && !is_title_of_work(cx, &f.0));
        match found {
            Some((tokens, clitic, phrase)) => {
                let ty = if phrase.is_body { EntityKind::Organisation } else { EntityKind::Person };
                let next = tokens.end.max(t + 1);
                out.push(Candidate::new(
                    cx.page,
                    tokens,
                    clitic,
                    MentionKind::Role,
                    ty,
                    What::Role(Box::new(phrase)),
                    "role",
                    80,
                ));
                t = next;
                floor = next;
            }
            None => t += 1,
        }
    }
}

/// «"السفير" اللبنانية»: one word of a role alone between quotation marks is what something is called.
fn is_title_of_work(cx: &Context<'_, '_>, tokens: &Range<u32>) -> bool {
    let (open, close) = (["«", "\"", "“"], ["»", "\"", "”"]);
    let mark = |t: u32, marks: &[&str]| t < cx.len() && marks.contains(&cx.page.raw(t));
    tokens.len() == 1
        && is_arabic_word(cx.page, tokens.start)
        && tokens.start.checked_sub(1).is_some_and(|t| mark(t, &open))
        && mark(tokens.end, &close)
}

/// Where the names found so far begin and end.
struct Names {
    /// Per token: the end of the longest name of a person that starts there.
    person_from: Vec<u32>,
    /// Per token: the end of the longest body or place that starts there.
    body_from: Vec<u32>,
    /// Per token: the end of the longest name or demonym that starts there, and what it is.
    from: Vec<(u32, Option<EntityKind>)>,
    /// Per token: the start of the longest name or demonym that ends before it.
    to: Vec<u32>,
    /// Per token: whether an edge before it would cut a name in two.
    inside: Vec<bool>,
    /// Per token: whether it belongs to a date.
    date: Vec<bool>,
}

impl Names {
    fn of(cx: &Context<'_, '_>, out: &[Candidate]) -> Self {
        let n = cx.page.tokens.len() + 1;
        let mut names = Names {
            person_from: vec![0; n],
            body_from: vec![0; n],
            from: vec![(0, None); n],
            to: vec![u32::MAX; n],
            inside: vec![false; n],
            date: vec![false; n],
        };
        for c in out.iter().filter(|c| c.refused.is_none()) {
            let (s, e) = (c.tokens.start as usize, c.tokens.end as usize);
            if e >= n {
                continue;
            }
            if c.kind == MentionKind::Date {
                names.date[s..e].fill(true);
                continue;
            }
            if c.clitic == 0 {
                names.to[e] = names.to[e].min(c.tokens.start);
                if names.from[s].0 < c.tokens.end {
                    names.from[s] = (c.tokens.end, (c.kind == MentionKind::Name).then_some(c.ty));
                }
            }
            if c.score >= 60 {
                names.inside[s + 1..e].fill(true);
            }
            if c.kind != MentionKind::Name || c.clitic > 0 && c.ty != EntityKind::Organisation {
                continue;
            }
            match c.ty {
                EntityKind::Person if c.tokens.len() > 1 => {
                    names.person_from[s] = names.person_from[s].max(c.tokens.end)
                }
                EntityKind::Organisation | EntityKind::Place if c.score >= 60 => {
                    names.body_from[s] = names.body_from[s].max(c.tokens.end);
                }
                _ => {}
            }
        }
        names
    }

    /// The end of the longest name or demonym that starts at a token.
    fn end(&self, t: u32) -> Option<u32> {
        self.from.get(t as usize).map(|f| f.0).filter(|&e| e > t)
    }

    /// What the longest name that starts at a token names; nothing for a demonym.
    fn kind(&self, t: u32) -> Option<EntityKind> {
        self.from.get(t as usize).and_then(|f| f.1)
    }

    /// The start of the longest name or demonym that ends before a token.
    fn start(&self, t: u32) -> Option<u32> {
        self.to.get(t as usize).copied().filter(|&s| s < t)
    }

    fn is_date(&self, t: u32) -> bool {
        self.date.get(t as usize).copied().unwrap_or(false)
    }

    fn cuts(&self, t: u32) -> bool {
        self.inside.get(t as usize).copied().unwrap_or(false)
    }
}

fn best_role<'h>(cx: &'h Context<'_, '_>, t: u32) -> Option<&'h Hit> {
    cx.hits
        .at(t)
        .iter()
        .filter(|h| matches!(h.meaning, Meaning::Role(_)))
        .max_by_key(|h| (h.tokens.len(), std::cmp::Reverse(h.clitic), std::cmp::Reverse(kind_of(cx, h))))
}

fn kind_of(cx: &Context<'_, '_>, hit: &Hit) -> RoleKind {
    match hit.meaning {
        Meaning::Role(r) => cx.gazetteer.role(r).kind,
        _ => RoleKind::Modifier,
    }
}

fn phrase(cx: &Context<'_, '_>, t: u32, floor: u32, names: &Names) -> Option<Found> {
    if is_arabic_word(cx.page, t) { arabic::phrase(cx, t, floor, names) } else { english::phrase(cx, t, floor, names) }
}

/// Whether the words after folding are a finite verb, of the lexicon or of no relation at all.
fn is_verb(cx: &Context<'_, '_>, t: u32) -> bool {
    (cx.words.verb)(cx.page.word(t)) || has_class(cx, t, WordClass::Verb)
}

/// Whether a single word of this class stands at a token.
fn has_class(cx: &Context<'_, '_>, t: u32, class: WordClass) -> bool {
    cx.hits.at(t).iter().any(|h| {
        h.clitic == 0
            && h.tokens.len() == 1
            && matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == class)
    })
}

/// Whether a mark or word, as folded, stands at a token.
fn stands(cx: &Context<'_, '_>, t: u32, words: &[&str]) -> bool {
    words.contains(&cx.page.word(t))
}

fn blank(core: Range<u32>) -> Phrase {
    Phrase {
        role: String::new(),
        core,
        country: None,
        body: None,
        status: "",
        plural: false,
        dual: false,
        female: false,
        definite: false,
        counterpart: false,
        office: false,
        office_word: false,
        is_body: false,
        for_country: false,
        many: false,
        own_word: false,
        bare_head: false,
        private: false,
    }
}

/// Takes over what the role word itself says.
fn take(cx: &Context<'_, '_>, phrase: &mut Phrase, role: u32, first: bool) {
    let role = cx.gazetteer.role(role);
    match role.kind {
        RoleKind::Modifier => {
            match role.id {
                "former" => phrase.status = "former",
                "acting" => phrase.status = "acting",
                "designate" => phrase.status = "designate",
                "senior" => {}
                other => phrase.role = format!("{other}-{}", phrase.role),
            }
            return;
        }
        RoleKind::Portfolio => {
            phrase.role = format!("{}-{}", phrase.role, role.id);
            phrase.bare_head = false;
            return;
        }
        _ => {}
    }
    if first || phrase.role.is_empty() || phrase.role.ends_with('-') {
        phrase.role = format!("{}{}", phrase.role, role.id);
        phrase.plural = role.flags.plural;
        phrase.dual = role.flags.dual;
        phrase.female = role.flags.female;
        phrase.office =
            matches!(role.kind, RoleKind::Office | RoleKind::Head) && !role.flags.plural && !role.flags.dual;
        phrase.office_word = matches!(role.kind, RoleKind::Office | RoleKind::Head);
        phrase.is_body = role.kind == RoleKind::Body;
        phrase.for_country = role.flags.country;
        phrase.many = role.flags.many;
        phrase.own_word = role.only.is_some();
        phrase.bare_head = role.kind == RoleKind::Head;
        phrase.private = role.flags.private;
        phrase.counterpart = role.id == "counterpart";
        // A word for two countries is of neither alone.
        if phrase.country.is_none() && !role.flags.dual {
            phrase.country = role.only;
        }
    } else {
        // «مستشار وزير الخارجية»: the first noun is the role, what follows says of whom.
        phrase.role = format!("{}-{}", phrase.role, role.id);
        phrase.office = false;
        phrase.bare_head = false;
        phrase.private = false;
    }
}
