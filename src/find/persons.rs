//! Which persons show themselves by form and company, though no list holds them?
//!
//! ```text
//! "Finance Minister Hugh Hill"      a role before capitals
//! «الشيخ عبدالله بن علي آل خليفة»     a title before a chain of name parts
//! "Hugh Hill"                        a known given name before a capital
//! ```

use super::boundary::{Hit, is_arabic_word};
use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::WordClass;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::{NameKind, RoleKind};
use crate::mention::MentionKind;
use crate::text::{CaseHabit, Shape, TokenKind};

/// Name parts in one name, particles not counted.
const MOST_PARTS: usize = 5;

/// What stands before a name and makes it one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum License {
    Nothing,
    /// «قال»
    Saying,
    /// "spokesman", «مصدر»
    Actor,
    /// "Minister", «الرئيس»
    Office,
    /// "Mr", «الشيخ»
    Title,
}

/// Appends persons by form and company.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    let licenses = licenses(cx);
    let covered = covered_by_names(cx, out);
    // A surname that may stand alone is a whole name: «كيري لافروف» are two.
    let mut whole = vec![false; cx.page.tokens.len()];
    for c in out.iter().filter(|c| c.ty == EntityKind::Person && c.tokens.len() == 1 && c.score >= 60) {
        whole[c.tokens.start as usize] = true;
    }
    let mut t = 0;
    while t < cx.len() {
        let license = licenses[t as usize];
        let found = if !cx.is_live(t) {
            None
        } else if is_arabic_word(cx.page, t) {
            if whole[t as usize] { None } else { arabic(cx, t, license, &covered) }
        } else {
            latin(cx, t, license, &covered)
        };
        match found {
            Some((start, end, clitic, score)) => {
                out.push(Candidate::new(
                    cx.page,
                    start..end,
                    clitic,
                    MentionKind::Name,
                    EntityKind::Person,
                    What::Unknown,
                    if license > License::Saying { "title" } else { "name parts" },
                    score,
                ));
                t = end.max(t + 1);
            }
            None => t += 1,
        }
    }
}

/// For each token, what stands right before it. A role's own complements («الخارجية المصري») carry its license on.
fn licenses(cx: &Context<'_, '_>) -> Vec<License> {
    let n = cx.page.tokens.len();
    let mut at = vec![License::Nothing; n + 1];
    for t in 0..n as u32 {
        let arabic = is_arabic_word(cx.page, t);
        for hit in cx.hits.at(t) {
            let end = hit.tokens.end as usize;
            let carried = at[t as usize];
            let own = match hit.meaning {
                Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Title => License::Title,
                Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Saying => License::Saying,
                Meaning::Role(r) => match cx.gazetteer.role(r).kind {
                    RoleKind::Office | RoleKind::Head => License::Office,
                    RoleKind::Actor => License::Actor,
                    RoleKind::Portfolio | RoleKind::Modifier if arabic => carried,
                    _ => License::Nothing,
                },
                Meaning::Name(i) if arabic && carried > License::Nothing => {
                    let name = cx.gazetteer.name(i);
                    match cx.gazetteer.record(name.key).kind {
                        EntityKind::Country => carried,
                        EntityKind::Organisation if name.kind != NameKind::Acronym => carried,
                        _ => License::Nothing,
                    }
                }
                _ => License::Nothing,
            };
            if own > License::Nothing && end <= n && cx.same_sentence(t, (end as u32).min(n as u32 - 1)) {
                at[end] = at[end].max(own);
            }
        }
        // «نائب الوزير الكوري، فلان الفلاني،»: a name between commas.
        if at[t as usize] >= License::Actor && at[t as usize + 1] == License::Nothing && between_commas(cx, t) {
            at[t as usize + 1] = License::Actor;
        }
        // «وزير الدولة للشؤون الخارجية نزار مدني»: adjectives and «لل…» carry on for a few words.
        if arabic && at[t as usize] > License::Nothing && at[t as usize + 1] == License::Nothing {
            let word = cx.page.word(t);
            if word.starts_with("لل") || word.starts_with("وال") {
                at[t as usize + 1] = at[t as usize].min(License::Office);
            }
        }
    }
    at.truncate(n.max(1));
    at
}

/// Whether a comma opens a run of two to five Arabic words that a comma closes.
fn between_commas(cx: &Context<'_, '_>, t: u32) -> bool {
    let mark = |t: u32| matches!(cx.page.raw(t), "،" | ",");
    let closed = |end: u32| mark(end) && cx.same_sentence(t, end);
    mark(t)
        && (t + 3..t + 7).find(|&end| !is_arabic_word(cx.page, end)).is_some_and(closed)
        && (t + 1..t + 3).all(|word| is_arabic_word(cx.page, word))
}

/// Tokens that names of two words or more already cover, and those of countries and bodies.
fn covered_by_names(cx: &Context<'_, '_>, out: &[Candidate]) -> Vec<bool> {
    let mut covered = vec![false; cx.page.tokens.len()];
    for c in out.iter().filter(|c| c.kind != MentionKind::Role && c.score >= 55) {
        // "Alexander Hamilton": a town that bears a surname does not keep it from a given name before it.
        // "Michael Jordan": nor does a country that is the surname of somebody known.
        let bears = c.ty == EntityKind::Place
            || c.ty == EntityKind::Country
                && cx.hits.at(c.tokens.start).iter().any(|h| {
                    h.tokens == c.tokens
                        && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind == NameKind::Short)
                });
        let surname = bears
            && c.tokens.len() == 1
            && cx.gazetteer.part(cx.page.word(c.tokens.start)).is_some_and(|p| p.family)
            && c.tokens.start.checked_sub(1).is_some_and(|b| {
                cx.same_sentence(b, c.tokens.start)
                    && cx.page.tokens[c.tokens.start as usize].spaced
                    && cx.page.tokens[b as usize].shape == Shape::Capitalised
                    && cx.gazetteer.part(cx.page.word(b)).is_some_and(|p| p.given)
                    && !cx.gazetteer.is_common(cx.page.word(b))
            });
        if surname || arabic_surname(cx, c) || given_of_somebody(cx, c) || family_of_somebody(cx, c) {
            continue;
        }
        let body = c.ty != EntityKind::Person;
        if body || c.tokens.len() > 1 {
            c.tokens.clone().for_each(|t| {
                if let Some(slot) = covered.get_mut(t as usize) {
                    *slot = true;
                }
            });
        }
    }
    covered
}

/// "Jordan Miller", "Chad Peterson": a place or country that is a given name, before a family's name.
fn given_of_somebody(cx: &Context<'_, '_>, c: &Candidate) -> bool {
    let next = c.tokens.end;
    c.latin
        && c.tokens.len() == 1
        && matches!(c.ty, EntityKind::Place | EntityKind::Country)
        && c.kind == MentionKind::Name
        && cx.gazetteer.part(cx.page.word(c.tokens.start)).is_some_and(|p| p.given)
        && cx.same_sentence(c.tokens.start, next)
        && cx.page.tokens.get(next as usize).is_some_and(|t| t.spaced && t.shape == Shape::Capitalised)
        && cx.page.paragraphs.get(cx.page.tokens[next as usize].paragraph as usize).is_some_and(|p| {
            p.case == CaseHabit::Sentence
        })
        && cx.gazetteer.part(cx.page.word(next)).is_some_and(|p| p.family)
        && !(cx.words.listed)(cx.page.word(next))
        // "In Poland Romney met"
        && !super::organisations::after_locative(cx, c.tokens.start)
        && cx.hits.at(next).iter().all(|h| matches!(h.meaning, Meaning::Name(n)
            if cx.gazetteer.record(cx.gazetteer.name(n).key).kind == EntityKind::Person))
}

/// «أحمد المصري»: the name of a people right behind a given name may be a family's.
fn family_of_somebody(cx: &Context<'_, '_>, c: &Candidate) -> bool {
    let word = cx.page.word(c.tokens.start);
    !c.latin
        && c.kind == MentionKind::Demonym
        && c.tokens.len() == 1
        && c.clitic == 0
        && word.starts_with("ال")
        && word.ends_with('ي')
        && c.tokens.start.checked_sub(1).is_some_and(|b| {
            let before = cx.page.word(b);
            cx.same_sentence(b, c.tokens.start)
                && cx.page.tokens[c.tokens.start as usize].spaced
                && (lone_given(cx, b, before) || before.strip_prefix('و').is_some_and(|bare| lone_given(cx, b, bare)))
        })
}

/// Whether a word is a given name and little else, and no name stands before it that it would end.
fn lone_given(cx: &Context<'_, '_>, t: u32, word: &str) -> bool {
    cx.gazetteer.part(word).is_some_and(|p| p.given)
        && !word.starts_with("ال")
        && !cx.gazetteer.is_ordinary(word)
        && !cx.is_closed(t)
        && !(cx.words.listed)(word)
        && !is_role_or_date(cx, t)
        && !t.checked_sub(1).is_some_and(|b| {
            cx.same_sentence(b, t)
                && is_arabic_word(cx.page, b)
                && cx.gazetteer.part(cx.page.word(b)).is_some()
                && !cx.gazetteer.is_ordinary(cx.page.word(b))
        })
}

fn latin(cx: &Context<'_, '_>, t: u32, license: License, covered: &[bool]) -> Option<(u32, u32, u32, u8)> {
    let token = cx.page.tokens.get(t as usize)?;
    let habit = cx.page.paragraphs.get(token.paragraph as usize)?.case;
    let lower = habit == CaseHabit::Lower;
    let name_word = |t: u32| -> bool {
        let Some(token) = cx.page.tokens.get(t as usize) else { return false };
        let written = match habit {
            CaseHabit::Lower => {
                let part = cx.gazetteer.part(cx.page.word(t)).is_some() && !cx.gazetteer.is_common(cx.page.word(t));
                // The first word of a sentence has a capital in such a text too.
                (matches!(token.shape, Shape::Lower | Shape::Capitalised)
                    && (part || license >= License::Office && small_name_word(cx, t)))
                    || (license >= License::Office && is_initial(cx, t))
            }
            _ => matches!(token.shape, Shape::Capitalised | Shape::Upper | Shape::Mixed),
        };
        token.kind == TokenKind::Word
            && written
            && !covered.get(t as usize).copied().unwrap_or(true)
            && cx.page.word(t) != "'s"
            && !cx.is_closed(t)
            && !is_role_or_date(cx, t)
            && !cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Head(_)))
            // "Killing Joke", "General Agreement": words of the lexicon that are no name parts.
            && !((cx.words.listed)(cx.page.word(t)) && cx.gazetteer.part(cx.page.word(t)).is_none_or(|p| !p.given))
            // A word in capitals among ordinary ones is an acronym, unless it is an initial.
            && !(token.shape == Shape::Upper && habit != CaseHabit::Upper && cx.page.word(t).chars().filter(|c| c.is_alphabetic()).count() > 3)
    };
    if !name_word(t) || (t > 0 && name_word(t - 1) && license == License::Nothing && !at_edge(cx, t)) {
        return None;
    }
    let mut end = t + 1;
    let mut parts = 1;
    while parts < MOST_PARTS && cx.same_sentence(t, end) {
        if name_word(end) && cx.page.tokens[end as usize].spaced {
            end += 1;
            parts += 1;
        } else if cx.page.word(end) == "-"
            && !cx.page.tokens[end as usize].spaced
            && name_word(end + 1)
            && !cx.page.tokens[end as usize + 1].spaced
        {
            end += 2;
        } else if is_particle(cx, end) && {
            let next = end + 1 + u32::from(cx.page.word(end + 1) == "-");
            name_word(next) || (is_particle(cx, next) && name_word(next + 1))
        } {
            end += 1;
            while is_particle(cx, end) || cx.page.word(end) == "-" {
                end += 1;
            }
            end += 1;
            parts += 1;
        } else {
            break;
        }
    }
    if cx.hits.at(end).iter().any(|h| matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Suffix && cx.gazetteer.word(w).value.is_empty())) {
        end += 1;
    }
    let first = cx.gazetteer.part(cx.page.word(t)).unwrap_or_default();
    let last = cx.gazetteer.part(cx.page.word(end - 1)).unwrap_or_default();
    let initial = cx.page.raw(t).len() <= 2 && cx.page.raw(t).ends_with('.');
    let score = match license {
        License::Title => 88,
        License::Office if parts >= 2 => 85,
        License::Office if !lower => 70,
        License::Actor if parts >= 2 => 78,
        _ if parts >= 2 && (first.given || initial) && (last.family || last.given) => 72,
        _ if parts >= 2
            && !lower
            && habit != CaseHabit::Upper
            && first.given
            && !cx.gazetteer.is_common(cx.page.word(t))
            // Where most words have capitals, only known parts make a name.
            && (habit == CaseHabit::Sentence || last.family) =>
        {
            66
        }
        _ => return None,
    };
    (!(habit == CaseHabit::Upper && score < 72)).then_some((t, end, 0, score))
}

/// "home minister l k advani": a letter alone.
fn is_initial(cx: &Context<'_, '_>, t: u32) -> bool {
    let mut letters = cx.page.word(t).chars().filter(|c| *c != '.');
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none() && !matches!(cx.page.word(t), "a" | "i")
}

/// A word of a text without capitals that nothing knows: behind a title it may be a name.
fn small_name_word(cx: &Context<'_, '_>, t: u32) -> bool {
    let word = cx.page.word(t);
    word.chars().count() > 2
        && cx.hits.at(t).is_empty()
        && !cx.is_closed(t)
        && !cx.gazetteer.is_common(word)
        && !(cx.words.listed)(word)
        && !["ed", "ing", "ly"].iter().any(|ending| word.ends_with(ending))
}

/// Whether something that is no name stands between this word and the one before.
fn at_edge(cx: &Context<'_, '_>, t: u32) -> bool {
    !cx.page.tokens[t as usize].spaced || !cx.same_sentence(t - 1, t)
}

fn is_particle(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| {
        h.tokens.len() == 1
            && matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Particle)
    })
}

fn is_role_or_date(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Role(r) => {
            // "Major", "Bishop" are roles and surnames; in a lower-case text only the role is meant.
            let role = cx.gazetteer.role(r);
            matches!(role.kind, RoleKind::Office | RoleKind::Head | RoleKind::Actor | RoleKind::Modifier)
        }
        Meaning::Word(w) => matches!(
            cx.gazetteer.word(w).class,
            WordClass::Title | WordClass::Month | WordClass::Weekday | WordClass::Day
        ),
        Meaning::Name(n) => {
            let name = cx.gazetteer.name(n);
            name.kind == NameKind::Demonym && !name.flags.weak
        }
        Meaning::Head(_) => false,
    })
}

fn arabic(cx: &Context<'_, '_>, t: u32, license: License, covered: &[bool]) -> Option<(u32, u32, u32, u8)> {
    let word = cx.page.word(t);
    let taken = |t: u32| covered.get(t as usize).copied().unwrap_or(true);
    // «تركي بن صالح»: before «بن» any word is a given name, also a demonym or an ordinary word.
    let nasab = is_filiation(cx, t + 1)
        && cx.same_sentence(t, t + 2)
        && cx.gazetteer.part(cx.page.word(t + 2)).is_some()
        && !is_filiation(cx, t);
    // «الشيخ فيصل»: behind a title a given name is one, though it is spelt like «ف» and a verb.
    let titled = license == License::Title && cx.gazetteer.part(word).is_some_and(|p| p.given);
    if cx.is_closed(t) || !nasab && (taken(t) || is_role_or_date(cx, t) || !titled && (cx.words.listed)(word)) {
        return None;
    }
    // A clitic may stand before the first part: «ولافروف», «لمحمد علي».
    let (clitic, bare) = match cx.gazetteer.part(word) {
        Some(_) => (0, word),
        None => match word.strip_prefix(['و', 'ل', 'ب', 'ف', 'ك']) {
            Some(rest)
                if rest.chars().count() >= 3
                    && !cx.gazetteer.is_common(word)
                    && cx.gazetteer.part(rest).is_some_and(|p| p.given) =>
            {
                ((word.len() - rest.len()) as u32, rest)
            }
            _ => (0, word),
        },
    };
    let known = cx.gazetteer.part(bare);
    let common = cx.gazetteer.is_common(bare);
    let abu = is_particle(cx, t);
    let rare = unknown_name_word(word) && !ordinary(cx, t);
    let starts = match license {
        License::Title | License::Office => known.is_some() || abu || rare,
        License::Actor => known.is_some_and(|p| p.given) && !common || abu || rare,
        License::Saying => known.is_some_and(|p| p.given) && !common || rare,
        License::Nothing => known.is_some_and(|p| p.given) && !common,
    };
    let starts = nasab && (known.is_some() || license > License::Nothing || rare) || starts && !is_demonym_here(cx, t);
    if !starts || (known.is_none() && !abu && bare.starts_with("ال") && license < License::Title) {
        return None;
    }
    let (mut end, mut parts, mut evidence) = (t + 1, usize::from(!abu), usize::from(known.is_some()));
    let (mut guessed, mut chain) = (0, false);
    while parts < MOST_PARTS && is_arabic_word(cx.page, end) && cx.same_sentence(t, end) {
        let next = cx.page.word(end);
        // «جيه-إن»: what a hyphen ties to a name belongs to it.
        if is_hyphen(cx, end + 1) && is_arabic_word(cx.page, end + 2) && !cx.is_closed(end) && !taken(end) {
            end += 3;
            parts += 1;
            evidence += 1;
            continue;
        }
        if is_particle(cx, end) && is_arabic_word(cx.page, end + 1) && cx.same_sentence(t, end + 1) {
            let particle_end = end + 1;
            let inner = cx.page.word(particle_end);
            if (cx.words.listed)(inner) && cx.gazetteer.part(inner).is_none() {
                break;
            }
            end = particle_end + u32::from(!is_particle(cx, particle_end));
            parts += usize::from(!is_particle(cx, particle_end));
            evidence += 1;
            chain |= is_filiation(cx, particle_end - 1);
            continue;
        }
        let part = cx.gazetteer.part(next);
        let listed = (cx.words.listed)(next);
        if taken(end) || cx.is_closed(end) || is_role_or_date_here(cx, end) {
            break;
        }
        // «شكري وفابيوس» are two: the conjunction ends a name unless the word with it is a known part («وليد»).
        if part.is_none() && next.starts_with('و') && joined_person(cx, end) {
            break;
        }
        // A surname that no list holds: «المزروع» after «عبدالواحد», «سولانا» after «خافيير».
        let guess = guessed == 0
            && if chain {
                // After «فلان بن فلان» a word with the article is the family's name.
                definite_surname(next) && !(cx.words.verb)(next) && !is_definite_body(cx, end)
            } else {
                evidence + usize::from(license >= License::Office) > 0
                    && !listed
                    && !ordinary(cx, end)
                    && (definite_surname(next)
                        || (parts == 1
                            && unknown_name_word(next)
                            && (license > License::Saying || !inflected(cx, next))))
            };
        let nisba = next.starts_with("ال") && next.chars().count() >= 5 && next.ends_with('ي');
        let joins = match part {
            Some(_) => {
                !((listed || cx.gazetteer.is_common(next)) && license <= License::Saying && !chain)
                    && !conjoined(cx, next)
            }
            None => !listed && nisba && evidence > 0 && !cx.gazetteer.is_common(next) || guess,
        };
        if !joins || is_demonym_here(cx, end) && !nisba {
            break;
        }
        guessed += usize::from(part.is_none() && !nisba);
        evidence += usize::from(part.is_some() || nisba);
        end += 1;
        parts += 1;
    }
    let score = match license {
        License::Title if parts >= 1 => 80,
        License::Office if parts >= 2 => 78,
        License::Office if (evidence >= 1 || rare) && !abu => 66,
        License::Actor if parts >= 2 => 72,
        License::Saying if parts >= 2 => 70,
        License::Saying if !abu && clitic == 0 => 62,
        License::Nothing if parts >= 2 && evidence >= 2 => 66,
        License::Nothing if parts >= 2 && guessed > 0 => 62,
        // A name that is no word of the language stands alone: «جالينوس».
        License::Nothing if parts == 1 && known.is_some() && lone_name(cx, t, bare) => 60,
        _ => return None,
    };
    Some((t, end, clitic, score))
}

/// Whether an Arabic word is in the lists of ordinary words, or looks like one: a plural, an abstract noun, a word
/// with a pronoun at its end, a verb's imperfect.
pub(super) fn ordinary(cx: &Context<'_, '_>, t: u32) -> bool {
    let word = cx.page.word(t);
    let starts = |heads: &[&str]| heads.iter().any(|e| word.starts_with(e));
    let tail = |ends: &[&str]| ends.iter().any(|e| word.ends_with(e));
    (cx.words.listed)(word)
        || is_demonym_here(cx, t)
        || tail(&["ات", "ية", "ها", "هم", "هما", "ون", "ته", "ائه"])
        || (starts(&["ال"]) && tail(&["ة", "ين"]))
        || starts(&["وال", "بال", "كال", "فال", "لل", "ول", "وي", "وت", "وا", "ست", "سي", "ي"])
            && !starts(&["يو", "يا", "سيم", "وات", "واي", "ويل", "ستي", "ستو"])
        || cx.gazetteer.is_ordinary(word)
}

/// Whether a word begins with a letter that Arabic grammar puts before its words: more likely a verb, a participle or
/// a phrase than a foreign surname.
fn inflected(cx: &Context<'_, '_>, word: &str) -> bool {
    if word.strip_prefix(['ل', 'ب', 'و', 'ك', 'ف']).is_some_and(|rest| cx.gazetteer.is_ordinary(rest)) {
        return true;
    }
    // Transliterations write most vowels out: «فرومان», «ماتيراتزي».
    let vowels = word.chars().filter(|c| matches!(c, 'ا' | 'و' | 'ي')).count();
    word.starts_with(['ا', 'ت', 'ي', 'ن', 'م', 'ل', 'ب', 'ف', 'و', 'ك']) && (vowels < 2 || word.ends_with('ا'))
}

/// «وبلير»: a name part under «و», where the whole is none that anybody bears.
fn conjoined(cx: &Context<'_, '_>, word: &str) -> bool {
    word.strip_prefix('و').is_some_and(|rest| rest.chars().count() > 3 && cx.gazetteer.part(rest).is_some())
}

/// A hyphen with no blank on either side.
fn is_hyphen(cx: &Context<'_, '_>, t: u32) -> bool {
    let tight = |t: u32| cx.page.tokens.get(t as usize).is_some_and(|k| !k.spaced);
    cx.page.raw(t) == "-" && tight(t) && tight(t + 1)
}

/// «بن», «بنت»: what ties a child's name to the father's.
fn is_filiation(cx: &Context<'_, '_>, t: u32) -> bool {
    is_particle(cx, t) && matches!(cx.page.word(t), "بن" | "بنت")
}

/// Whether a name part can be nothing else: no place, no body, no ordinary word.
fn lone_name(cx: &Context<'_, '_>, t: u32, bare: &str) -> bool {
    let letters = bare.chars().count();
    let short = cx.hits.at(t).iter().any(|h| {
        h.tokens.len() == 1 && matches!(h.meaning, Meaning::Name(n) if cx.gazetteer.name(n).kind == NameKind::Short)
    });
    let participle = bare.strip_prefix('م').is_some_and(|rest| !rest.starts_with(['ا', 'و', 'ي']));
    letters >= if short { 4 } else { 5 }
        && !super::organisations::after_locative(cx, t)
        && !bare.starts_with("ال")
        && !bare.ends_with('ة')
        && !glued_hamza(cx.page.raw(t))
        && (short || !participle)
        && !ordinary(cx, t)
        && !cx.gazetteer.is_ordinary(bare)
        && !cx.hits.at(t).iter().any(|h| match h.meaning {
            Meaning::Name(n) => cx.gazetteer.record(cx.gazetteer.name(n).key).kind != EntityKind::Person,
            _ => true,
        })
}

/// «بأول», «فأرى»: what is glued to a word that begins with a hamza.
fn glued_hamza(raw: &str) -> bool {
    let mut letters = raw.chars().filter(|c| !crate::text::class::is_dropped(*c));
    matches!(letters.next(), Some('و' | 'ف' | 'ب' | 'ك' | 'ل')) && matches!(letters.next(), Some('أ' | 'إ'))
}

/// Whether the name of a people or country, with its article or a clitic, stands at a token.
fn is_demonym_here(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Name(n) => {
            let name = cx.gazetteer.name(n);
            name.kind == NameKind::Demonym || cx.gazetteer.record(name.key).kind == EntityKind::Country
        }
        _ => false,
    })
}

/// «المزروع»: a word with the article that may be a family's name.
fn definite_surname(word: &str) -> bool {
    word.strip_prefix("ال").is_some_and(|rest| (3..=8).contains(&rest.chars().count()))
}

/// Whether a person's name, or a part of one, stands behind the conjunction of a word.
fn joined_person(cx: &Context<'_, '_>, t: u32) -> bool {
    let bare = cx.page.word(t).strip_prefix('و').unwrap_or_default();
    cx.gazetteer.part(bare).is_some()
        || cx.hits.at(t).iter().any(|h| {
            h.clitic > 0
                && matches!(h.meaning, Meaning::Name(n)
                    if cx.gazetteer.record(cx.gazetteer.name(n).key).kind == EntityKind::Person)
        })
}

/// A word after a name part that is a role, a date or a demonym that ends the name.
/// «مرزوق الغانم», «فهد القاسم»: behind a given name, a small place whose name is the article and a part of names. Where
/// a large one stands there, somebody goes to it: «غادر سلمان الرياض».
fn arabic_surname(cx: &Context<'_, '_>, c: &Candidate) -> bool {
    const LARGE: i64 = 300_000;
    let t = c.tokens.start;
    let small = |h: &Hit| match h.meaning {
        Meaning::Name(n) if h.tokens == c.tokens => {
            let record = cx.gazetteer.record(cx.gazetteer.name(n).key);
            record.kind != EntityKind::Place || record.sub != "capital" && i64::from(record.rank) < LARGE
        }
        _ => true,
    };
    let given = |b: u32| {
        let word = cx.page.word(b);
        cx.same_sentence(b, t) && cx.gazetteer.part(word).is_some_and(|p| p.given) && !cx.is_closed(b)
    };
    c.ty == EntityKind::Place
        && c.tokens.len() == 1
        && c.clitic == 0
        && cx.page.word(t).strip_prefix("ال").is_some_and(|rest| cx.gazetteer.part(rest).is_some())
        && t.checked_sub(1).is_some_and(given)
        && cx.hits.at(t).iter().all(small)
}

fn is_role_or_date_here(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Role(r) => !matches!(cx.gazetteer.role(r).kind, RoleKind::Portfolio | RoleKind::Body),
        Meaning::Word(w) => matches!(
            cx.gazetteer.word(w).class,
            WordClass::Title | WordClass::Month | WordClass::Weekday | WordClass::Day | WordClass::Shift
        ),
        _ => false,
    })
}

/// «الوفد», «الحكومة»: no surname, though many of the same form are.
fn is_definite_body(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| match h.meaning {
        Meaning::Role(r) => cx.gazetteer.role(r).kind == RoleKind::Body && cx.gazetteer.role(r).flags.definite,
        _ => false,
    })
}

/// An Arabic word that no list holds and that may be a foreign name: long enough, indefinite, no clitic to be seen.
pub(super) fn unknown_name_word(word: &str) -> bool {
    let letters = word.chars().count();
    (3..=10).contains(&letters) && !word.starts_with("ال") && !word.starts_with("لل") && !word.ends_with('ة')
}
