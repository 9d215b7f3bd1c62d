//! Where does the name of a capital or a country stand for its government?
//!
//! ```text
//! "Washington said it would send aid"      the subject of saying          ─► country/USA, a metonym
//! «أعلنت الرياض رفضها»، «الرياض ترفض»        the same, the verb first or not ─► country/SAU
//! "relations between Moscow and Ankara"    beside a word of such dealings ─► country/RUS, country/TUR
//! "officials in Washington said"           behind a preposition           ─► place/washington
//! ```
//!
//! The words of such dealings are hints with the reading `metonym` (`gazetteers/hints.words.tsv`). Only a name that
//! has been linked to a capital or a country is asked about: «صحيفة الرياض» is a newspaper long before.

use super::Linker;
use crate::entity::EntityKind;
use crate::find::Candidate;
use crate::find::boundary::is_arabic_word;
use crate::mention::MentionKind;
use crate::text::TokenKind;

/// Whose subject speaks, and so is no city.
const ACTS: &[&str] = &["speech", "agreement"];
/// Whose object is spoken to, or of.
const ADDRESSES: &[&str] = &["accuses", "urges", "tells"];
/// Helpers and adverbs between a subject and its verb: "has also said".
const BETWEEN: u32 = 3;
/// The longest form of a verb, in words.
const LONGEST: u32 = 3;

/// Marks the metonyms, and gives the capitals among them their countries.
pub(crate) fn link(linker: &mut Linker<'_, '_>, mentions: &mut [Candidate]) {
    let seats: Vec<usize> = (0..mentions.len()).filter(|&i| is_seat(linker, mentions, i)).collect();
    let mut found: Vec<bool> = seats.iter().map(|&i| stands_for_government(linker, mentions, i)).collect();
    // "Moscow and Ankara said", "between Moscow and Ankara": what one of two is, the other is.
    for step in 0..2 {
        for n in 1..seats.len() {
            let n = if step == 0 { n } else { seats.len() - n };
            let (Some(&a), Some(&b)) = (seats.get(n - 1), seats.get(n)) else { continue };
            if found[n - 1] != found[n] && joined(linker, &mentions[a], &mentions[b]) {
                found[n - 1] = true;
                found[n] = true;
            }
        }
    }
    for m in mentions.iter_mut() {
        m.metonym = false;
    }
    for (&i, _) in seats.iter().zip(&found).filter(|(_, found)| **found) {
        let Some(key) = linker.entity[i].and_then(|e| linker.drafts[e as usize].key) else { continue };
        mentions[i].metonym = true;
        if mentions[i].ty == EntityKind::Place
            && let Some(country) = linker.gazetteer.record(key).country
        {
            linker.entity[i] = Some(linker.known(country));
            mentions[i].ty = EntityKind::Country;
            linker.why.insert(i as u32, "the capital stands for its government".to_owned());
        }
    }
}

/// Whether a mention is the name of a country or of a capital whose country is known.
fn is_seat(linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize) -> bool {
    let m = &mentions[i];
    let Some(key) = linker.entity[i].and_then(|e| linker.drafts[e as usize].key) else { return false };
    let record = linker.gazetteer.record(key);
    m.kind == MentionKind::Name
        && (record.kind == EntityKind::Country || record.sub == "capital" && record.country.is_some())
}

fn stands_for_government(linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize) -> bool {
    let m = &mentions[i];
    // What the words beside it say was asked when it was found.
    if m.metonym {
        return true;
    }
    match is_arabic_word(linker.page, m.tokens.start) {
        true => acts_in_arabic(linker, mentions, i),
        false => acts(linker, m),
    }
}

/// The form of a verb that ends right before a token: its first token.
fn verb_before(linker: &Linker<'_, '_>, token: u32, of: &[&str]) -> Option<u32> {
    (1..=LONGEST.min(token))
        .map(|n| token - n)
        .take_while(|&t| linker.same_sentence(t, token.saturating_sub(1)))
        .find(|&t| (linker.verb)(t..token, of))
}

fn verb_at(linker: &Linker<'_, '_>, token: u32, of: &[&str]) -> bool {
    (1..=LONGEST).any(|n| linker.same_sentence(token, token + n - 1) && (linker.verb)(token..token + n, of))
}

/// Whether a clause may begin at a token.
fn opens(linker: &Linker<'_, '_>, token: u32) -> bool {
    let Some(before) = token.checked_sub(1).filter(|&b| linker.same_sentence(b, token)) else { return true };
    if linker.page.tokens.get(before as usize).is_some_and(|t| t.kind == TokenKind::Mark) {
        return !linker.is_mark(before, &["(", "-", "/"]);
    }
    let word = linker.page.word(before);
    linker.gazetteer.is_closed(word)
        && !(linker.verb)(before..token, &["governs", "determiner", "copula"])
        && !matches!(word, "and" | "or" | "و")
}

fn acts(linker: &Linker<'_, '_>, m: &Candidate) -> bool {
    let sentence = |t: u32| linker.same_sentence(m.tokens.start, t);
    if verb_before(linker, m.tokens.start, ADDRESSES).is_some()
        || verb_before(linker, m.tokens.start, &["source"]).is_some()
    {
        return true;
    }
    if !opens(linker, m.tokens.start) {
        return false;
    }
    let mut at = m.tokens.end;
    let passed = |t: u32| {
        let word = linker.page.word(t);
        (linker.verb)(t..t + 1, &["helper"]) || word.ends_with("ly") || linker.gazetteer.is_closed(word)
    };
    while at < m.tokens.end + BETWEEN && sentence(at) && !verb_at(linker, at, ACTS) && passed(at) {
        at += 1;
    }
    sentence(at) && verb_at(linker, at, ACTS)
}

/// Arabic agrees: a city is feminine, so that «قال عمان» and «الرياض يقول» are not its doing.
fn feminine(word: &str) -> bool {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    bare.ends_with('ت') || bare.starts_with('ت') || bare.starts_with("ست")
}

fn acts_in_arabic(linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize) -> bool {
    let m = &mentions[i];
    let start = m.tokens.start;
    let agrees = |t: u32| m.ty == EntityKind::Country || feminine(linker.page.word(t));
    if m.clitic == 0 {
        if verb_before(linker, start, &["source"]).is_some() {
            return true;
        }
        if let Some(t) = verb_before(linker, start, ACTS).filter(|&t| agrees(t)) {
            // «بين الرياض وطهران»: "between" is written like "made clear".
            return !(linker.verb)(t..start, &["near"]);
        }
        // «اتهمت طهران الرياض»: the object behind the subject.
        let subject = i.checked_sub(1).and_then(|s| mentions.get(s)).filter(|s| s.tokens.end == start);
        if let Some(s) = subject
            && verb_before(linker, s.tokens.start, ADDRESSES).is_some()
        {
            return true;
        }
    }
    let headed = start == 0 || !linker.same_sentence(start - 1, start) || linker.is_mark(start - 1, &[":", "..", "…"]);
    let verb = m.tokens.end;
    headed
        && linker.same_sentence(start, verb)
        && verb_at(linker, verb, ACTS)
        && agrees(verb)
        && !(linker.verb)(verb..verb + 1, &["near"])
}

/// Whether nothing but "and" stands between two names.
fn joined(linker: &Linker<'_, '_>, a: &Candidate, b: &Candidate) -> bool {
    let gap = a.tokens.end..b.tokens.start;
    let and = gap.len() == 1 && matches!(linker.page.word(gap.start), "and" | "و");
    let glued = gap.is_empty() && b.clitic > 0 && linker.page.word(b.tokens.start).starts_with('و');
    linker.same_sentence(a.tokens.start, b.tokens.start) && (and || glued)
}
