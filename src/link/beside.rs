//! Whose are the roles that stand beside a name?
//!
//! ```text
//! [Egyptian Foreign Minister] [Sameh Shoukry]            before it; titles may stand between
//! [John Kerry], [the US Secretary of State],             behind it, between commas
//! [فلان] [ولي العهد] [نائب رئيس مجلس الوزراء] [وزير الدفاع]     Arabic: one office after the other
//! [مدير مكتب] كيم                                          not his: the name closes the construct
//! ```

use super::Linker;
use super::roles::{COMMA, is_person_name, phrase, top_level};
use crate::entity::EntityKind;
use crate::find::Candidate;
use crate::find::roles::Phrase;
use crate::gazetteer::Key;

const QUOTES: &[&str] = &["\"", "“", "”", "«", "»"];

/// Ties roles to the names they stand beside.
pub(crate) fn beside_names(linker: &mut Linker<'_, '_>, mentions: &[Candidate]) {
    let top: Vec<usize> = top_level(mentions);
    // Right before a name comes first: in "Kerry, Russian Foreign Minister Sergei Lavrov" the role is Lavrov's.
    for (n, &r) in top.iter().enumerate() {
        let Some(p) = phrase(&mentions[r]).filter(|p| is_one_person(p)) else { continue };
        let Some(name) = top.get(n + 1).copied().filter(|&i| is_person_name(&mentions[i])) else { continue };
        let gap = mentions[r].tokens.end..mentions[name].tokens.start;
        if !linker.same_sentence(mentions[r].tokens.start, mentions[name].tokens.start) || gap.len() > 6 {
            continue;
        }
        // «وزير الخارجية ولافروف», «وزير الخارجية والشيخ فلان»: a clitic on the name or its title parts it from the role.
        let glued = match linker.titles.get(gap.start as usize) {
            Some(Some(clitic)) if !gap.is_empty() => *clitic > 0,
            _ => mentions[name].clitic > 0 && gap.is_empty(),
        };
        // «رئيس الوزراء "دميتري ميدفيديف"»
        let quoted =
            gap.len() == 1 && linker.is_mark(gap.start, QUOTES) && linker.is_mark(mentions[name].tokens.end, QUOTES);
        let tight = (quoted || gap.clone().all(|t| linker.is_title(t))) && !glued;
        let comma = linker.is_mark(gap.start, COMMA)
            && gap.clone().skip(1).all(|t| linker.is_title(t))
            && closes(linker, mentions[name].tokens.end)
            && (p.definite || p.office || p.body.is_some() || p.country.is_some());
        if tight && !(gap.is_empty() && open(linker, &mentions[r], p)) || comma {
            linker.beside.insert(r as u32, name as u32);
            if tight {
                let apart = top[..n].last().copied().filter(|&before| apart(linker, mentions, before, r, name));
                for before in chain(linker, mentions, &top, n).into_iter().chain(apart) {
                    linker.beside.insert(before as u32, name as u32);
                }
            }
        }
    }
    behind_names(linker, mentions, &top);
}

/// «معالي وزير الدولة عضو مجلس الوزراء الدكتور فلان»: the offices before the last one of a bearer, the role `top[n]`.
/// Of two, without an honorific before them, the first may be the subject of a verb and the second its object, unless the
/// object comes behind a comma.
fn chain(linker: &Linker<'_, '_>, mentions: &[Candidate], top: &[usize], n: usize) -> Vec<usize> {
    let mut offices = Vec::new();
    let mut last = top[n];
    for &r in top[..n].iter().rev() {
        let m = &mentions[r];
        let office = |p: &Phrase| is_one_person(p) && (p.office || p.body.is_some() || m.tokens.len() > 2);
        let adjacent = m.tokens.end == mentions[last].tokens.start && mentions[last].clitic == 0;
        if !adjacent || !is_arabic(linker, m) || !phrase(m).is_some_and(office) {
            break;
        }
        offices.push(r);
        last = r;
    }
    let Some(&first) = offices.last() else { return offices };
    let honoured = mentions[first].tokens.start.checked_sub(1).is_some_and(|t| linker.is_title(t));
    // «خادم الحرمين الشريفين الملك»: one office, said twice.
    let same = matches!((phrase(&mentions[first]), phrase(&mentions[top[n]])), (Some(a), Some(b)) if a.role == b.role);
    let object = |m: &&Candidate| {
        let before = (0..m.tokens.start).rev().find(|&t| !linker.is_title(t));
        m.clitic == 0
            && linker.same_sentence(mentions[first].tokens.start, m.tokens.start)
            && before.is_some_and(|t| linker.is_mark(t, COMMA))
    };
    let after = top[n + 2..].iter().map(|&i| &mentions[i]).find(|m| m.ty == EntityKind::Person);
    if honoured
        || same
        || offices.len() > 1
        || is_construct(linker, &mentions[top[n]]) && after.as_ref().is_some_and(object)
    {
        offices
    } else {
        Vec::new()
    }
}

/// «المتحدث باسم الرئاسة المصرية، السفير بسام راضي،»: an office, and between commas its bearer with a rank of his own.
fn apart(linker: &Linker<'_, '_>, mentions: &[Candidate], first: usize, second: usize, name: usize) -> bool {
    let (m, next) = (&mentions[first], &mentions[second]);
    let gap = m.tokens.end..next.tokens.start;
    gap.len() == 1
        && linker.is_mark(gap.start, COMMA)
        && next.clitic == 0
        && is_arabic(linker, m)
        && closes(linker, mentions[name].tokens.end)
        && linker.same_sentence(m.tokens.start, next.tokens.start)
        && !is_construct(linker, next)
        && phrase(m).is_some_and(|p| is_one_person(p) && (m.tokens.len() > 2 || p.country.is_some()))
}

/// "Kerry, the US Secretary of State", «سامح شكري رئيس الاجتماع», «فلان ولي العهد وزير الداخلية».
fn behind_names(linker: &mut Linker<'_, '_>, mentions: &[Candidate], top: &[usize]) {
    for (n, &name) in top.iter().enumerate() {
        if !is_person_name(&mentions[name]) {
            continue;
        }
        let Some(&r) = top.get(n + 1) else { continue };
        let Some(p) = single(linker, mentions, name, r) else { continue };
        let gap = mentions[name].tokens.end..mentions[r].tokens.start;
        let article = |t: u32| matches!(linker.page.word(t), "the" | "a" | "an" | "his" | "her" | "then");
        // «الرئيس هادي، لمبعوث الأمين العام»: what is glued on makes it another's.
        let comma = (1..=3).contains(&gap.len())
            && mentions[r].clitic == 0
            && linker.is_mark(gap.start, COMMA)
            && gap.clone().skip(1).all(article)
            && closes(linker, mentions[r].tokens.end);
        let bracket =
            gap.len() == 1 && linker.is_mark(gap.start, &["("]) && linker.is_mark(mentions[r].tokens.end, &[")"]);
        // «سامح شكري رئيس الاجتماع»: an indefinite construct right after a name.
        // «التقى الرئيس الروسي بوتين وزير خارجية مصر»: nobody is an office-holder of two countries.
        let construct = gap.is_empty()
            && p.office
            && is_construct(linker, &mentions[r])
            && p.country.is_none_or(|country| may_hold(linker, mentions, name, country));
        if !(comma || bracket || construct) {
            continue;
        }
        linker.beside.insert(r as u32, name as u32);
        // «محمد ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية»: one office after the other.
        let mut last = r;
        for &r in &top[n + 2..] {
            let next = mentions[last].tokens.end == mentions[r].tokens.start
                && mentions[r].clitic == 0
                && is_arabic(linker, &mentions[r])
                && single(linker, mentions, name, r).is_some_and(|p| {
                    p.office || p.body.is_some() || p.country.is_some() || mentions[r].tokens.len() > 2
                });
            if !construct || !next {
                break;
            }
            linker.beside.insert(r as u32, name as u32);
            last = r;
        }
    }
}

/// Whether neither the gazetteer nor an office before the name says that its bearer is of another country.
fn may_hold(linker: &Linker<'_, '_>, mentions: &[Candidate], name: usize, country: Key) -> bool {
    let other = |of: Option<Key>| of.is_some_and(|of| of != country);
    let known = linker.entity[name].and_then(|e| linker.drafts[e as usize].key);
    let office =
        |(&r, &n): (&u32, &u32)| n as usize == name && other(phrase(&mentions[r as usize]).and_then(|p| p.country));
    !other(known.and_then(|key| linker.gazetteer.record(key).country)) && !linker.beside.iter().any(office)
}

/// The role phrase of one person that is not tied to another name yet, in the name's sentence.
fn single<'m>(linker: &Linker<'_, '_>, mentions: &'m [Candidate], name: usize, r: usize) -> Option<&'m Phrase> {
    let free = !linker.beside.contains_key(&(r as u32))
        && linker.same_sentence(mentions[name].tokens.start, mentions[r].tokens.start);
    phrase(&mentions[r]).filter(|p| free && is_one_person(p))
}

/// Whether a phrase is of one person, as against several or a body.
fn is_one_person(p: &Phrase) -> bool {
    !p.plural && !p.dual && !p.is_body
}

fn is_arabic(linker: &Linker<'_, '_>, m: &Candidate) -> bool {
    linker.page.text[m.span].starts_with(crate::text::arabic::is_letter)
}

/// Whether an Arabic phrase begins with an indefinite noun, with nothing glued on.
fn is_construct(linker: &Linker<'_, '_>, m: &Candidate) -> bool {
    m.clitic == 0 && is_arabic(linker, m) && !linker.page.word(m.tokens.start).starts_with("ال")
}

/// «مدير مكتب كيم», «صهر ترامب»: no definite noun, country or body closes the construct before the name, so the name
/// does, and somebody else bears the role.
fn open(linker: &Linker<'_, '_>, m: &Candidate, p: &Phrase) -> bool {
    let definite = |t: u32| {
        let word = linker.page.word(t);
        let owned = word.chars().count() > 4 && ["ه", "ها", "هم"].iter().any(|pronoun| word.ends_with(pronoun));
        owned || ["ال", "لل", "وال", "بال"].iter().any(|article| word.starts_with(article))
    };
    is_arabic(linker, m) && p.country.is_none() && p.body.is_none() && !m.tokens.clone().any(definite)
}

fn closes(linker: &Linker<'_, '_>, t: u32) -> bool {
    t as usize >= linker.page.tokens.len()
        || linker.page.tokens.get(t as usize).is_some_and(|k| k.kind == crate::text::TokenKind::Mark)
        || linker.page.word(t) == "who"
        || !linker.same_sentence(t.saturating_sub(1), t)
}
