//! Which capitals in running English are names, though no list, title or head-word says so?
//!
//! ```text
//! "the DUP and the UUP"                    letters alone: bodies
//! "Dewa Budjana played"                    capitals that the text never writes small: a person
//! "in Bedhampton" … "Bedhampton"           "in" before one of them makes all of them a place
//! "West Germany"                           a direction before a place: another place
//! "the 1983 United Kingdom election"       an event: the country in it is no mention
//! ```
//!
//! Only paragraphs whose capitals mean something are read: no headlines, no text without capitals.

use super::boundary::is_arabic_word;
use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::WordClass;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::{NameKind, RoleKind};
use crate::hash::{FastMap, FastSet};
use crate::mention::MentionKind;
use crate::text::{CaseHabit, Shape, TokenKind};

/// Capitals in one name: more are a slogan or a title of a book.
const MOST: u32 = 4;
/// Small words between an event's name and its noun: "United States Senate special election".
const MOST_BETWEEN: u32 = 3;

/// What the whole text says of one word, counted over all its places.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    place: u32,
    /// The surname of somebody the gazetteer knows.
    surname: u32,
    /// A surname that is the subject of a verb.
    acts: u32,
    /// "the Bundesbank", and how often it stands so.
    article: u32,
}

/// Appends names that capitals alone show, and takes away places that are but part of an event's name.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    let text = Text::new(cx);
    if !text.capital.contains(&true) {
        return;
    }
    let inside = events(cx, &text, out);
    directions(cx, &text, out);
    let names = covered(cx, out);
    longer_names(cx, &text, &names, out);
    let mut covered = covered(cx, out);
    covered.iter_mut().zip(&inside).for_each(|(c, i)| *c |= i);
    let mut singles: Vec<u32> = Vec::new();
    let mut runs: Vec<std::ops::Range<u32>> = Vec::new();
    let mut t = 0;
    while t < cx.len() {
        if !text.free(cx, &covered, t) {
            t += 1;
            continue;
        }
        let mut end = t + 1;
        while text.free(cx, &covered, end) && cx.same_sentence(t, end) && joined(cx, end) {
            end += 1;
        }
        runs.push(t..end);
        t = end;
    }
    let company = Company::new(cx, &runs, out);
    for r in runs {
        run(cx, &text, &covered, &company, r, &mut singles, out);
    }
    single_words(cx, &text, &singles, out);
}

/// What is asked of every token, once.
struct Text<'p> {
    /// Capitals of running text that may belong to a name.
    capital: Vec<bool>,
    /// Words that the text somewhere writes small: no names by their form.
    small: FastSet<&'p str>,
}

impl<'p> Text<'p> {
    fn new(cx: &Context<'p, '_>) -> Self {
        let page = cx.page;
        let mut capital = vec![false; page.tokens.len()];
        let mut small = FastSet::default();
        for (t, token) in page.tokens.iter().enumerate() {
            let habit = page.paragraphs.get(token.paragraph as usize).map(|p| p.case);
            if token.kind != TokenKind::Word || habit != Some(CaseHabit::Sentence) {
                continue;
            }
            let t = t as u32;
            match token.shape {
                Shape::Lower => {
                    small.insert(page.word(t));
                }
                Shape::Capitalised | Shape::Upper | Shape::Mixed => {
                    let word = page.word(t);
                    capital[t as usize] = cx.is_live(t)
                        && word != "'s"
                        && word.chars().count() > 1
                        && !is_arabic_word(page, t)
                        && !is_roman(page.raw(t))
                        && !cx.is_closed(t);
                }
                _ => {}
            }
        }
        Text { capital, small }
    }

    fn capital(&self, t: u32) -> bool {
        self.capital.get(t as usize).copied().unwrap_or(false)
    }

    /// A capital that nobody has claimed and that no role, title or date word explains.
    fn free(&self, cx: &Context<'_, '_>, covered: &[bool], t: u32) -> bool {
        self.capital(t) && !covered.get(t as usize).copied().unwrap_or(true) && !explained(cx, t)
    }

    /// Whether a word is an ordinary one: written small somewhere, or known to the rules.
    fn ordinary(&self, cx: &Context<'_, '_>, t: u32) -> bool {
        let word = cx.page.word(t);
        self.small.contains(word) || cx.gazetteer.is_common(word) || (cx.words.listed)(word)
    }
}

/// Whether a role, a title, a date word, a demonym, a head-word or an event word explains the capital.
fn explained(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Role(r) => cx.gazetteer.role(r).kind != RoleKind::Portfolio,
        Meaning::Word(w) => matches!(
            cx.gazetteer.word(w).class,
            WordClass::Title
                | WordClass::Month
                | WordClass::Weekday
                | WordClass::Day
                | WordClass::Event
                | WordClass::Direction
                | WordClass::Number
        ),
        Meaning::Name(n) => cx.gazetteer.name(n).kind == NameKind::Demonym,
        Meaning::Head(_) => true,
    })
}

fn has_word(cx: &Context<'_, '_>, t: u32, class: WordClass) -> bool {
    cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == class))
}

/// Whether a token goes on with the word before it.
fn joined(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.page.tokens.get(t as usize).is_some_and(|k| k.spaced)
        && t.checked_sub(1).is_some_and(|b| cx.page.tokens[b as usize].kind == TokenKind::Word)
}

/// Whether a capital at this token would be written anyway: at a sentence's or a quotation's beginning.
fn at_start(cx: &Context<'_, '_>, t: u32) -> bool {
    match t.checked_sub(1) {
        None => true,
        Some(before) => {
            !cx.same_sentence(before, t)
                || matches!(
                    cx.page.raw(before),
                    "\"" | "“" | "«" | "'" | "‘" | "''" | "``" | ":" | "•" | "*" | "…" | "..."
                )
                || cx.page.tokens[before as usize].kind == TokenKind::Number
                    && !before.checked_sub(1).is_some_and(|b| cx.same_sentence(b, t))
        }
    }
}

/// Tokens that names already cover.
fn covered(cx: &Context<'_, '_>, out: &[Candidate]) -> Vec<bool> {
    let mut covered = vec![false; cx.page.tokens.len()];
    for c in out.iter().filter(|c| c.kind != MentionKind::Role && c.score >= 55) {
        for t in c.tokens.clone() {
            if let Some(slot) = covered.get_mut(t as usize) {
                *slot = true;
            }
        }
    }
    covered
}

fn push(cx: &Context<'_, '_>, tokens: std::ops::Range<u32>, ty: EntityKind, score: u8, out: &mut Vec<Candidate>) {
    out.push(Candidate::new(cx.page, tokens, 0, MentionKind::Name, ty, What::Unknown, "capitals", score));
}

/// "the 1983 United Kingdom general election", "the Vietnam War": takes away the names that an event's name holds.
fn events(cx: &Context<'_, '_>, text: &Text<'_>, out: &mut Vec<Candidate>) -> Vec<bool> {
    let mut inside = vec![false; cx.page.tokens.len()];
    let mut any = false;
    for hit in cx.hits.iter() {
        let Meaning::Word(w) = hit.meaning else { continue };
        if cx.gazetteer.word(w).class != WordClass::Event || !cx.is_live(hit.tokens.start) {
            continue;
        }
        let t = hit.tokens.start;
        let written = text.capital(t);
        let mut first = t;
        let mut between = 0;
        while first > 0 && cx.same_sentence(first - 1, t) && t - first < 9 {
            let b = first - 1;
            if text.capital(b) {
                first = b;
            } else if !written
                && between < MOST_BETWEEN
                && first + between == t
                && cx.page.tokens[b as usize].shape == Shape::Lower
                && !cx.is_closed(b)
            {
                between += 1;
                first = b;
            } else {
                break;
            }
        }
        let year = first.checked_sub(1).is_some_and(|b| {
            let raw = cx.page.raw(b);
            raw.len() == 4 && raw.bytes().all(|d| d.is_ascii_digit())
        });
        if (written || year) && first + between < t {
            any = true;
            // "World War II": the number belongs to the event.
            let end = hit.tokens.end as usize;
            let end = end + usize::from(is_roman(cx.page.raw(end as u32)));
            inside[first as usize..end.min(cx.page.tokens.len())].fill(true);
        }
    }
    if any {
        out.retain(|c| {
            c.kind != MentionKind::Name || !c.tokens.clone().all(|t| inside.get(t as usize).copied().unwrap_or(false))
        });
    }
    inside
}

/// "West Germany", "Northern Ireland": a direction before a place names another place.
fn directions(cx: &Context<'_, '_>, text: &Text<'_>, out: &mut Vec<Candidate>) {
    let mut more = Vec::new();
    for c in out.iter() {
        let place = matches!(c.ty, EntityKind::Country | EntityKind::Place)
            && c.kind == MentionKind::Name
            && matches!(c.what, What::Keys(_))
            && c.score >= 60;
        // "Galway North": behind the place too, where no noun goes on.
        let end = c.tokens.end;
        if place
            && joined(cx, end)
            && cx.same_sentence(c.tokens.start, end)
            && cx.page.tokens.get(end as usize).is_some_and(|k| k.shape == Shape::Capitalised)
            && has_word(cx, end, WordClass::Direction)
            && !(joined(cx, end + 1) && cx.page.tokens.get(end as usize + 1).is_some_and(|k| k.shape != Shape::Lower))
        {
            more.push((c.tokens.start..end + 1, EntityKind::Place));
        }
        let Some(before) = c.tokens.start.checked_sub(1).filter(|_| place) else { continue };
        let direction = cx.page.tokens[before as usize].shape == Shape::Capitalised
            && text.capital(c.tokens.start)
            && joined(cx, c.tokens.start)
            && cx.same_sentence(before, c.tokens.start);
        if !direction {
            continue;
        }
        // "West Germany" was a state, "Western Australia" is a part of one.
        let state = cx.hits.at(before).iter().find_map(|h| match h.meaning {
            Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Direction => {
                Some(cx.gazetteer.word(w).value == "country")
            }
            _ => None,
        });
        if let Some(state) = state {
            let kind = if state && c.ty == EntityKind::Country { EntityKind::Country } else { EntityKind::Place };
            more.push((before..c.tokens.end, kind));
        }
    }
    for (tokens, kind) in more {
        push(cx, tokens, kind, 72, out);
    }
}

/// "Montreal Victorias", "Hamilton Field", "Reclaim Australia": a place beside a free capital is a piece of another
/// name; where that one is a plural, a club's.
fn longer_names(cx: &Context<'_, '_>, text: &Text<'_>, covered: &[bool], out: &mut Vec<Candidate>) {
    let mut clubs = Vec::new();
    let free = |t: u32, from: u32| {
        text.free(cx, covered, t)
            && cx.same_sentence(t, from)
            && !has_given(cx, t)
            && !is_acronym(cx, t)
            && !text.ordinary(cx, t)
            && !cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Role(_)))
    };
    out.retain(|c| {
        if c.kind != MentionKind::Name
            || !matches!(c.ty, EntityKind::Country | EntityKind::Place)
            || !matches!(c.what, What::Keys(_))
            || !text.capital(c.tokens.start)
        {
            return true;
        }
        let end = c.tokens.end;
        if joined(cx, end) && free(end, c.tokens.start) {
            let longer = joined(cx, end + 1) && text.capital(end + 1);
            let word = cx.page.word(end);
            if !longer && word.ends_with('s') && !word.ends_with("ss") && word.chars().count() > 4 {
                clubs.push(c.tokens.start..end + 1);
            }
            return false;
        }
        true
    });
    for tokens in clubs {
        push(cx, tokens, EntityKind::Organisation, 62, out);
    }
}

fn has_given(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.gazetteer.part(cx.page.word(t)).is_some_and(|p| p.given)
}

/// One run of free capitals.
fn run(
    cx: &Context<'_, '_>,
    text: &Text<'_>,
    covered: &[bool],
    company: &Company<'_>,
    tokens: std::ops::Range<u32>,
    singles: &mut Vec<u32>,
    out: &mut Vec<Candidate>,
) {
    let (start, end) = (tokens.start, tokens.end);
    let beside =
        |t: u32| covered.get(t as usize).copied().unwrap_or(false) && cx.same_sentence(start, t) && text.capital(t);
    // A run beside a name or another capital is a piece of something longer.
    let after = joined(cx, end) && cx.same_sentence(start, end) && (beside(end) || text.capital(end));
    let before = start > 0
        && joined(cx, start)
        && (beside(start - 1) || text.capital(start - 1) && !explained_alone(cx, start - 1));
    if glued(cx, start, end) {
        return;
    }
    if end - start == 1 {
        if is_acronym(cx, start) {
            if !before && !after && !in_arabic(cx, start) {
                push(cx, start..end, EntityKind::Organisation, 60, out);
            }
        } else if !before && !after {
            singles.push(start);
        }
        return;
    }
    if end - start > MOST || before || after {
        return;
    }
    let mut first = start;
    if at_start(cx, first) && text.ordinary(cx, first) {
        first += 1;
    }
    if end - first < 2 || (first..end).any(|t| text.ordinary(cx, t) || is_acronym(cx, t)) {
        return;
    }
    let known = (first..end).filter(|&t| cx.gazetteer.part(cx.page.word(t)).is_some()).count();
    let says = (cx.words.verb)(cx.page.word(end)) || cx.page.word(end) == "'s";
    let located = first.checked_sub(1).is_some_and(|b| has_word(cx, b, WordClass::Locative));
    let beside_persons = company.beside(cx, first, end);
    let again = company.pairs.get(&(cx.page.word(first), cx.page.word(end - 1))).is_some_and(|n| *n > 1);
    let score = match (known, says, located) {
        (_, _, false) if beside_persons => 68,
        (0, false, false) if again && end - first == 2 => 60,
        (0, false, _) => return,
        (0, true, false) => 60,
        (_, _, false) => 64,
        (_, _, true) if known as u32 == end - first => 60,
        _ => return,
    };
    if end - first <= 3 {
        push(cx, first..end, EntityKind::Person, score, out);
    }
}

/// "OSC-DIS", "B&SR", "L+NP", "CTF 50": a mark without a blank, or a number, makes the word a piece of another name.
fn glued(cx: &Context<'_, '_>, start: u32, end: u32) -> bool {
    let tight = |t: u32| {
        matches!(cx.page.raw(t), "-" | "&" | "+" | "/" | "_" | "@" | "#")
            || cx.page.tokens.get(t as usize).is_some_and(|k| k.kind == TokenKind::Number)
    };
    let before = start
        .checked_sub(1)
        .is_some_and(|b| tight(b) && (cx.page.raw(b) == "&" || !cx.page.tokens[start as usize].spaced));
    let after = tight(end)
        && cx.same_sentence(start, end)
        && (cx.page.raw(end) == "&"
            || !cx.page.tokens[end as usize].spaced
            || cx.page.tokens[end as usize].kind == TokenKind::Number);
    before || after
}

/// «وحدة ROM»: Latin capitals between Arabic words are as often a model, a licence or a part of a machine as a body.
fn in_arabic(cx: &Context<'_, '_>, t: u32) -> bool {
    let word = |b: u32| cx.same_sentence(b, t) && is_arabic_word(cx.page, b);
    let before = (t.saturating_sub(2)..t).any(word);
    before || (t + 1..t + 3).any(word)
}

/// In whose company names stand: beside persons, and again and again.
struct Company<'p> {
    /// Tokens at which a person's name starts, and those right behind one.
    starts: FastSet<u32>,
    ends: FastSet<u32>,
    /// How often a first and a last word stand together.
    pairs: FastMap<(&'p str, &'p str), u32>,
}

impl<'p> Company<'p> {
    fn new(cx: &Context<'p, '_>, runs: &[std::ops::Range<u32>], out: &[Candidate]) -> Self {
        let persons = out.iter().filter(|c| c.ty == EntityKind::Person && c.kind == MentionKind::Name && c.score >= 60);
        let (starts, ends) = persons.map(|c| (c.tokens.start, c.tokens.end)).unzip();
        let mut pairs = FastMap::default();
        for r in runs.iter().filter(|r| r.len() > 1) {
            *pairs.entry((cx.page.word(r.start), cx.page.word(r.end - 1))).or_insert(0) += 1;
        }
        Company { starts, ends, pairs }
    }

    /// "Gamal Abdel Nasser and [Kwame Nkrumah]": a comma or "and" between the run and a person.
    fn beside(&self, cx: &Context<'_, '_>, start: u32, end: u32) -> bool {
        let link = |t: u32| matches!(cx.page.word(t), "," | "and" | "&") && cx.same_sentence(start, t);
        let before = start.checked_sub(1).filter(|&b| link(b));
        before.is_some_and(|b| {
            self.ends.contains(&b) || b.checked_sub(1).is_some_and(|c| link(c) && self.ends.contains(&c))
        }) || link(end) && (self.starts.contains(&(end + 1)) || link(end + 1) && self.starts.contains(&(end + 2)))
    }
}

/// A title or role right before leaves the run whole.
fn explained_alone(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Role(_) => true,
        Meaning::Word(w) => {
            matches!(cx.gazetteer.word(w).class, WordClass::Title | WordClass::Month | WordClass::Weekday)
        }
        Meaning::Name(n) => cx.gazetteer.name(n).kind == NameKind::Demonym,
        Meaning::Head(_) => false,
    })
}

fn is_roman(raw: &str) -> bool {
    !raw.is_empty() && raw.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Two to six capital letters that are no ordinary abbreviation and no Roman number.
fn is_acronym(cx: &Context<'_, '_>, t: u32) -> bool {
    let Some(token) = cx.page.tokens.get(t as usize) else { return false };
    let raw = cx.page.raw(t);
    let letters = raw.chars().count();
    token.shape == Shape::Upper
        && (2..=6).contains(&letters)
        && raw.chars().all(char::is_alphabetic)
        && !is_roman(raw)
        && !cx.gazetteer.is_common(cx.page.word(t))
}

/// Words that stand alone: the text as a whole decides whether they are places or persons.
fn single_words(cx: &Context<'_, '_>, text: &Text<'_>, singles: &[u32], out: &mut Vec<Candidate>) {
    let mut votes: FastMap<&str, Votes> = FastMap::default();
    let places: FastSet<u32> = out
        .iter()
        .filter(|c| c.ty == EntityKind::Place && c.kind == MentionKind::Name && c.score >= 60)
        .map(|c| c.tokens.start)
        .collect();
    for &t in singles {
        if text.ordinary(cx, t) {
            continue;
        }
        let start = at_start(cx, t);
        let vote = votes.entry(cx.page.word(t)).or_default();
        if !start
            && let Some(before) = t.checked_sub(1)
            && has_word(cx, before, WordClass::Locative)
            && (matches!(cx.page.word(before), "in" | "near") || listed_as(cx, t, EntityKind::Place))
            && cx.page.word(t + 1) != "'s"
        {
            vote.place += 1;
        }
        // "Aisby, Lincolnshire"
        if cx.page.word(t + 1) == "," && cx.same_sentence(t, t + 2) && places.contains(&(t + 2)) {
            vote.place += 1;
        }
        let place = listed_as(cx, t, EntityKind::Place);
        let part = cx.gazetteer.part(cx.page.word(t)).unwrap_or_default();
        let surname = !place && (part.family || listed_as(cx, t, EntityKind::Person)) && stands_alone(cx, t);
        vote.surname += u32::from(surname && !start && listed_as(cx, t, EntityKind::Person));
        vote.article += u32::from(!start && after_the(cx, t) && complete(cx, t));
        vote.acts += u32::from(surname && (cx.words.verb)(cx.page.word(t + 1)));
    }
    for &t in singles {
        let Some(vote) = votes.get(cx.page.word(t)) else { continue };
        if vote.place > 0 && vote.place >= vote.acts {
            push(cx, t..t + 1, EntityKind::Place, 61, out);
        } else if vote.acts > 0 || vote.surname > 0 && stands_alone(cx, t) {
            push(cx, t..t + 1, EntityKind::Person, 60, out);
        } else if vote.article > 1 && vote.place == 0 && complete(cx, t) {
            push(cx, t..t + 1, EntityKind::Organisation, 58, out);
        }
    }
}

fn after_the(cx: &Context<'_, '_>, t: u32) -> bool {
    t.checked_sub(1).is_some_and(|b| cx.page.word(b) == "the" && cx.same_sentence(b, t))
}

/// Neither "the Oscar" nor "the Roosevelt family": a word that no article and no noun makes an adjective.
fn stands_alone(cx: &Context<'_, '_>, t: u32) -> bool {
    !t.checked_sub(1).is_some_and(|b| matches!(cx.page.word(b), "the" | "a" | "an")) && complete(cx, t)
}

/// Whether no noun follows that the word would qualify.
fn complete(cx: &Context<'_, '_>, t: u32) -> bool {
    let next = t + 1;
    !cx.same_sentence(t, next)
        || cx.page.tokens.get(next as usize).is_none_or(|k| k.kind != TokenKind::Word)
        || cx.is_closed(next)
        || cx.page.word(next) == "'s"
        || (cx.words.verb)(cx.page.word(next))
}

/// Whether the gazetteer has the word as a name of this kind, however weak.
fn listed_as(cx: &Context<'_, '_>, t: u32, kind: EntityKind) -> bool {
    cx.hits.at(t).iter().any(|h| {
        h.tokens.len() == 1
            && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.record(cx.gazetteer.name(n).key).kind == kind)
    })
}
