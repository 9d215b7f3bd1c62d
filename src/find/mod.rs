//! Which stretches of the text speak of a person, country, place, organisation or date?
//!
//! ```text
//! Page ─► boundary (one search for all known spellings) ─► names ┐
//!                     dates · organisations · roles · persons ───┴► select ─► Found { mentions, losers }
//! ```
//!
//! Each recogniser is one file that appends [`Candidate`]s; [`select`] alone decides between them.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use crate::document::Rejected;
use crate::entity::EntityKind;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::{Gazetteer, Key, WordClass};
use crate::mention::MentionKind;
use crate::span::Span;
use crate::steps::{Left, Step};
use crate::text::Page;

pub(crate) mod automaton;
pub(crate) mod boundary;
pub(crate) mod capitals;
pub(crate) mod dates;
pub(crate) mod hints;
pub(crate) mod names;
pub(crate) mod organisations;
pub(crate) mod periods;
pub(crate) mod persons;
pub(crate) mod pronouns;
pub(crate) mod roles;
pub(crate) mod select;

use automaton::Automaton;
use boundary::Hits;

/// What a candidate would be a mention of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// Entities of the gazetteer that bear this name; linking chooses.
    Keys(Vec<Key>),
    /// A body that grammar derives: its id and the names that the text gives it.
    Derived(String),
    /// A day, month or year, still relative.
    Date(dates::Expression),
    /// A noun phrase for an actor.
    Role(Box<roles::Phrase>),
    /// A name known by its form and company alone.
    Unknown,
    Pronoun(pronouns::Pronoun),
}

/// A stretch that may become a mention.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) tokens: Range<u32>,
    /// Folded bytes of the first token that stand outside: its clitics.
    pub(crate) clitic: u32,
    /// Whether it is written in an alphabet that has capitals.
    pub(crate) latin: bool,
    /// Original bytes.
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    pub(crate) ty: EntityKind,
    pub(crate) what: What,
    pub(crate) source: &'static str,
    /// How sure its recogniser is, in hundredths.
    pub(crate) score: u8,
    /// Bearers of the name that need evidence: a linker may still choose one of them.
    pub(crate) also: Vec<Key>,
    /// What the words beside the name say for or against its bearers; who is not here has nothing.
    pub(crate) points: Vec<(Key, i32)>,
    /// A surname that may stand alone: it still needs its bearer's country, office or name in the text.
    pub(crate) lone: bool,
    /// Whether a capital or country stands for its government; before linking, what the words beside it say of that.
    pub(crate) metonym: Option<bool>,
    /// What the title before a person's name says: "Mrs" a woman, "Mr" a man.
    pub(crate) female: Option<bool>,
    /// Why it is no mention, though a list has the words.
    pub(crate) refused: Option<String>,
}

impl Candidate {
    #[expect(clippy::too_many_arguments, reason = "a candidate is just these, and every recogniser makes them")]
    pub(crate) fn new(
        page: &Page<'_>,
        tokens: Range<u32>,
        clitic: u32,
        kind: MentionKind,
        ty: EntityKind,
        what: What,
        source: &'static str,
        score: u8,
    ) -> Self {
        let span = span_of(page, &tokens, clitic);
        let latin = page.tokens.get(tokens.start as usize).is_some_and(|t| t.shape != crate::text::Shape::Caseless);
        Candidate {
            tokens,
            clitic,
            latin,
            span,
            kind,
            ty,
            what,
            source,
            score,
            also: Vec::new(),
            points: Vec::new(),
            lone: false,
            metonym: None,
            female: None,
            refused: None,
        }
    }
}

/// The original bytes of a run of tokens without the clitic of its first one.
pub(crate) fn span_of(page: &Page<'_>, tokens: &Range<u32>, clitic: u32) -> Span {
    let (Some(first), Some(last)) =
        (page.tokens.get(tokens.start as usize), page.tokens.get((tokens.end.max(1) - 1) as usize))
    else {
        return Span::default();
    };
    let start = if clitic == 0 {
        first.span.start()
    } else {
        let at = first.folded.start() + clitic as usize;
        page.folded.original(Span::of(at..first.folded.end())).start()
    };
    Span::of(start..last.span.end().max(start))
}

/// What the search gives: mentions in text order, outer before inner, and the candidates that lost.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) mentions: Vec<Candidate>,
    pub(crate) rejected: Vec<Rejected>,
    /// For each token that belongs to a title ("Mr", «الشيخ»): the folded bytes of its clitic.
    pub(crate) titles: Vec<Option<u32>>,
}

/// Memory that one search leaves to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) hits: Hits,
    /// What is left out, to measure it.
    pub(crate) left: Left,
}

/// What the rules' lexicon knows of a folded word.
pub(crate) struct Words<'a> {
    /// A verb: ends a name or a role phrase.
    pub(crate) verb: &'a dyn Fn(&str) -> bool,
    /// Any word that the lexicon lists: no part of a person's name.
    pub(crate) listed: &'a dyn Fn(&str) -> bool,
}

/// Everything recognisers may look at.
pub(crate) struct Context<'a, 't> {
    pub(crate) page: &'a Page<'t>,
    pub(crate) hits: &'a Hits,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) words: &'a Words<'a>,
    /// Tokens of paragraphs that are read: no furniture, no copies.
    pub(crate) live: Vec<bool>,
    /// Whether each token is a function word, once that was asked.
    pub(crate) closed: Vec<Cell<Option<bool>>>,
}

impl Context<'_, '_> {
    /// The token as written, in lower case: what closed-class words are compared with.
    pub(crate) fn plain(&self, token: u32) -> Cow<'_, str> {
        let raw = self.page.raw(token);
        // Most words are so already: small letters of English, letters of Arabic without marks.
        let bare = |c: char| {
            c.is_ascii() && !c.is_ascii_uppercase() || matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}')
        };
        if raw.chars().all(bare) {
            return Cow::Borrowed(raw);
        }
        raw.chars().filter(|c| !crate::text::class::is_dropped(*c)).flat_map(char::to_lowercase).collect()
    }

    pub(crate) fn is_closed(&self, token: u32) -> bool {
        // Asked again and again of the same token, by every recogniser.
        let Some(known) = self.closed.get(token as usize) else { return self.gazetteer.is_closed("") };
        known.get().unwrap_or_else(|| {
            let is = self.gazetteer.is_closed(&self.plain(token));
            known.set(Some(is));
            is
        })
    }

    pub(crate) fn is_live(&self, token: u32) -> bool {
        self.live.get(token as usize).copied().unwrap_or(false)
    }

    /// Whether both tokens stand in one paragraph.
    pub(crate) fn same_paragraph(&self, a: u32, b: u32) -> bool {
        match (self.page.tokens.get(a as usize), self.page.tokens.get(b as usize)) {
            (Some(x), Some(y)) => x.paragraph == y.paragraph,
            _ => false,
        }
    }

    pub(crate) fn same_sentence(&self, a: u32, b: u32) -> bool {
        match (self.page.tokens.get(a as usize), self.page.tokens.get(b as usize)) {
            (Some(x), Some(y)) => x.sentence == y.sentence,
            _ => false,
        }
    }

    pub(crate) fn len(&self) -> u32 {
        self.page.tokens.len() as u32
    }
}

/// Finds the mentions of a page.
pub(crate) fn find(
    page: &Page<'_>,
    automaton: &Automaton,
    gazetteer: &Gazetteer,
    words: &Words<'_>,
    scratch: &mut Scratch,
) -> Found {
    scratch.hits.search(page, automaton, gazetteer);
    let mut live = vec![false; page.tokens.len()];
    for paragraph in &page.paragraphs {
        if paragraph.kind != crate::text::ParagraphKind::Furniture && paragraph.copy_of.is_none() {
            for t in paragraph.tokens.clone() {
                if let Some(slot) = live.get_mut(t as usize) {
                    *slot = true;
                }
            }
        }
    }
    let left = scratch.left;
    let closed = vec![Cell::new(None); page.tokens.len()];
    let cx = Context { page, hits: &scratch.hits, gazetteer, words, live, closed };
    let mut candidates = Vec::new();
    type Recogniser = fn(&Context<'_, '_>, &mut Vec<Candidate>);
    let recognisers: [(Step, Recogniser); 8] = [
        (Step::Names, names::find),
        (Step::Dates, dates::find),
        (Step::Organisations, organisations::find),
        (Step::Persons, persons::find),
        (Step::Capitals, capitals::find),
        (Step::Roles, roles::find),
        (Step::Short, names::find_short),
        (Step::Pronouns, pronouns::find),
    ];
    for (_, find) in recognisers.into_iter().filter(|(step, _)| left.takes(*step)) {
        find(&cx, &mut candidates);
    }
    let mut found = select::select(&cx, candidates);
    found.titles = titles(&cx);
    address(&cx, &mut found.mentions);
    found
}

/// Notes at every person whose title tells a man from a woman.
fn address(cx: &Context<'_, '_>, mentions: &mut [Candidate]) {
    let mut told: Vec<(u32, bool)> = Vec::new();
    for hit in cx.hits.iter() {
        if let Meaning::Word(w) = hit.meaning
            && let word = cx.gazetteer.word(w)
            && word.class == WordClass::Title
            && matches!(word.value, "f" | "m")
        {
            told.push((hit.tokens.end, word.value == "f"));
        }
    }
    told.sort_unstable();
    for m in mentions.iter_mut().filter(|m| m.kind == MentionKind::Name && m.ty == EntityKind::Person) {
        let at = told.partition_point(|(end, _)| *end < m.tokens.start);
        m.female = told.get(at).filter(|(end, _)| *end == m.tokens.start).map(|(_, female)| *female);
    }
}

fn titles(cx: &Context<'_, '_>) -> Vec<Option<u32>> {
    let mut titles = vec![None; cx.page.tokens.len()];
    for hit in cx.hits.iter() {
        if matches!(hit.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Title) {
            for t in hit.tokens.clone() {
                let clitic = if t == hit.tokens.start { hit.clitic } else { 0 };
                titles[t as usize] = Some(clitic);
            }
        }
    }
    // «وكالة رويترز»: a head-word before the whole name of a body is to it what a title is to a person.
    for hit in cx
        .hits
        .iter()
        .filter(|h| matches!(h.meaning, Meaning::Head(_)) && boundary::is_arabic_word(cx.page, h.tokens.start))
    {
        let body = cx.hits.at(hit.tokens.end).iter().any(|h| {
            h.clitic == 0
                && matches!(h.meaning, Meaning::Name(n)
                    if cx.gazetteer.record(cx.gazetteer.name(n).key).kind == EntityKind::Organisation)
        });
        if body && hit.tokens.len() == 1 {
            titles[hit.tokens.start as usize] = Some(hit.clitic);
        }
    }
    titles
}
