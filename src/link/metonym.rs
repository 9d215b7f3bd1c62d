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
    // "moved between Paris, Tunis and Cairo": what goes on between three are journeys.
    for n in 2..seats.len() {
        let (Some(&a), Some(&b), Some(&c)) = (seats.get(n - 2), seats.get(n - 1), seats.get(n)) else { continue };
        let between =
            mentions[a].tokens.start.checked_sub(1).is_some_and(|t| matches!(linker.page.word(t), "between" | "بين"));
        if between && listed(linker, &mentions[a], &mentions[b]) && joined(linker, &mentions[b], &mentions[c]) {
            found[n - 2] = false;
        }
    }
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
        m.metonym = None;
    }
    for (&i, _) in seats.iter().zip(&found).filter(|(_, found)| **found) {
        let Some(key) = linker.entity[i].and_then(|e| linker.drafts[e as usize].key) else { continue };
        mentions[i].metonym = Some(true);
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
    if let Some(said) = m.metonym {
        // "negotiations with Washington Post", "with U.S. officials": it describes what follows.
        return said && !describes(linker, m);
    }
    match is_arabic_word(linker.page, m.tokens.start) {
        true => acts_in_arabic(linker, mentions, i),
        false => acts(linker, mentions, i),
    }
}

/// Whether a Latin name is but an attribute of the word behind it.
fn describes(linker: &Linker<'_, '_>, m: &Candidate) -> bool {
    let next = m.tokens.end;
    let word = linker.page.word(next);
    m.latin
        && linker.same_sentence(m.tokens.start, next)
        && linker.page.tokens.get(next as usize).is_some_and(|t| t.kind == TokenKind::Word)
        && !linker.gazetteer.is_closed(word)
        && word != "'s"
        && !verb_at(linker, next, ACTS)
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

fn acts(linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize) -> bool {
    let m = &mentions[i];
    let sentence = |t: u32| linker.same_sentence(m.tokens.start, t);
    let told =
        verb_before(linker, m.tokens.start, ADDRESSES).or_else(|| verb_before(linker, m.tokens.start, &["source"]));
    if told.is_some() {
        return linker.page.word(m.tokens.end) != "'s" && !describes(linker, m);
    }
    if !opens(linker, m.tokens.start) {
        return false;
    }
    let mut at = m.tokens.end;
    // "Washington and Riyadh blame", "Riyadh, which described"
    let second = mentions.get(i + 1).filter(|n| linker.page.word(at) == "and" && n.tokens.start == at + 1);
    if let Some(second) = second.filter(|n| matches!(n.ty, EntityKind::Place | EntityKind::Country)) {
        at = second.tokens.end;
    } else if linker.is_mark(at, &[","]) && linker.page.word(at + 1) == "which" {
        at += 2;
    }
    let first = at;
    let helper = |t: u32| (linker.verb)(t..t + 1, &["helper"]) && !matches!(linker.page.word(t), "and" | "&" | "that");
    let passed =
        |t: u32| helper(t) || linker.page.word(t).ends_with("ly") || linker.gazetteer.is_closed(linker.page.word(t));
    // "Washington has devised a plan": cities seldom have done things.
    let modal =
        matches!(linker.page.word(at), "will" | "would" | "could" | "can" | "must" | "should" | "may" | "might");
    if m.ty == EntityKind::Place && (helper(at) || modal) && !matches!(linker.page.word(at + 1), "be" | "been") {
        return true;
    }
    while at < first + BETWEEN && sentence(at) && !verb_at(linker, at, ACTS) && passed(at) {
        at += 1;
    }
    sentence(at) && verb_at(linker, at, ACTS)
}

/// Arabic agrees: a city is feminine, so that «قال عمان» and «الرياض يقول» are not its doing.
fn feminine(word: &str) -> bool {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let past = bare.ends_with('ت') && !bare.ends_with("ات") || bare.ends_with("تها") || bare.ends_with("ته");
    let long = bare.chars().count() > 3;
    long && (past || bare.starts_with('ت') || bare.starts_with("ست"))
}

fn acts_in_arabic(linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize) -> bool {
    let m = &mentions[i];
    let (start, end) = (m.tokens.start, m.tokens.end);
    let capital = m.ty == EntityKind::Place;
    let word = |t: u32| linker.page.word(t);
    let verb = |t: u32| verb_at(linker, t, ACTS) && !(linker.verb)(t..t + 1, &["near"]);
    let follows = |t: u32| linker.same_sentence(start, t) && (t as usize) < linker.page.tokens.len();
    if m.clitic == 0
        && let Some(before) = start.checked_sub(1).filter(|&b| linker.same_sentence(b, start))
    {
        if verb_before(linker, start, &["source"]).is_some() {
            return true;
        }
        if let Some(t) = verb_before(linker, start, ACTS).filter(|&t| !capital || feminine(word(t))) {
            // «بين الرياض وطهران»: "between" is written like "made clear".
            return !(linker.verb)(t..start, &["near"]);
        }
        // «وتتخوف القاهرة», «تقاتله طهران»: whatever it does, a city does not; but one goes to a city.
        let goes = verb_before(linker, start, &["journey", "leaving", "encounter"]).is_some();
        // «كانت أنقرة تتمنع»
        let helped = !linker.gazetteer.is_closed(word(before)) || follows(end) && feminine(word(end));
        if capital && feminine(word(before)) && !goes && helped {
            return true;
        }
        // «أن بيونغ يانغ ستعلق»
        let that = (linker.verb)(before..start, &["opens", "contrast"]);
        if that && capital && follows(end) && (feminine(word(end)) || word(end).ends_with('ة')) {
            return true;
        }
        // «اتهمت طهران الرياض»: the object behind the subject.
        let subject = i.checked_sub(1).and_then(|s| mentions.get(s)).filter(|s| s.tokens.end == start);
        if subject.is_some_and(|s| verb_before(linker, s.tokens.start, ADDRESSES).is_some()) {
            return true;
        }
    }
    let headed = start == 0 || !linker.same_sentence(start - 1, start) || linker.is_mark(start - 1, &[":", "..", "…"]);
    headed
        && m.clitic == 0
        && follows(end)
        && (!capital || feminine(word(end)))
        && (verb(end) || capital && word(end).starts_with("ست"))
}

/// Whether two names follow each other in a list.
fn listed(linker: &Linker<'_, '_>, a: &Candidate, b: &Candidate) -> bool {
    let comma = b.tokens.start == a.tokens.end + 1 && linker.is_mark(a.tokens.end, &[",", "،"]);
    comma && linker.same_sentence(a.tokens.start, b.tokens.start) || joined(linker, a, b)
}

/// Whether nothing but "and" stands between two names.
fn joined(linker: &Linker<'_, '_>, a: &Candidate, b: &Candidate) -> bool {
    let gap = a.tokens.end..b.tokens.start;
    let and = gap.len() == 1 && matches!(linker.page.word(gap.start), "and" | "و");
    let glued = gap.is_empty() && b.clitic > 0 && linker.page.word(b.tokens.start).starts_with('و');
    linker.same_sentence(a.tokens.start, b.tokens.start) && (and || glued)
}
