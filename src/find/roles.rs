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
use super::organisations::{country_at, role_at};
use super::{Candidate, Context, What};
use crate::entity::EntityKind;
use crate::gazetteer::patterns::Meaning;
use crate::gazetteer::read::RoleKind;
use crate::gazetteer::{Key, WordClass};
use crate::mention::MentionKind;
use crate::text::{CaseHabit, Shape, TokenKind};

/// Words an Arabic role phrase may run to before the name that it belongs to.
const LONGEST: u32 = 16;

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
    /// The form itself names the country's own word for the office ("Secretary of State").
    pub(crate) own_word: bool,
}

/// Appends every role phrase.
pub(crate) fn find(cx: &Context<'_, '_>, out: &mut Vec<Candidate>) {
    let names = Names::of(cx, out);
    let mut t = 0;
    while t < cx.len() {
        let found = if cx.is_live(t) { phrase(cx, t, &names) } else { None };
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
            }
            None => t += 1,
        }
    }
}

/// Where the names found so far begin and end.
struct Names {
    /// Per token: the end of the longest name of a person that starts there.
    person_from: Vec<u32>,
    /// Per token: the end of the longest body or place that starts there, and the start of one that ends there.
    body_from: Vec<u32>,
    body_to: Vec<u32>,
}

impl Names {
    fn of(cx: &Context<'_, '_>, out: &[Candidate]) -> Self {
        let n = cx.page.tokens.len() + 1;
        let mut names = Names { person_from: vec![0; n], body_from: vec![0; n], body_to: vec![u32::MAX; n] };
        for c in out.iter().filter(|c| c.kind == MentionKind::Name && c.clitic == 0 || c.ty == EntityKind::Organisation)
        {
            let (s, e) = (c.tokens.start as usize, c.tokens.end as usize);
            match c.ty {
                EntityKind::Person if c.tokens.len() > 1 => {
                    names.person_from[s] = names.person_from[s].max(c.tokens.end)
                }
                EntityKind::Organisation | EntityKind::Place if c.score >= 60 => {
                    names.body_from[s] = names.body_from[s].max(c.tokens.end);
                    names.body_to[e] = names.body_to[e].min(c.tokens.start);
                }
                _ => {}
            }
        }
        names
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

fn phrase(cx: &Context<'_, '_>, t: u32, names: &Names) -> Option<(Range<u32>, u32, Phrase)> {
    if is_arabic_word(cx.page, t) { arabic(cx, t, names) } else { latin(cx, t, names) }
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
        phrase.counterpart = role.id == "counterpart";
        if phrase.country.is_none() {
            phrase.country = role.only;
        }
    } else {
        // «مستشار وزير الخارجية»: the first noun is the role, what follows says of whom.
        phrase.role = format!("{}-{}", phrase.role, role.id);
        phrase.office = false;
    }
}

// ---- English: the nucleus comes last -----------------------------------------------------------------------------

fn latin(cx: &Context<'_, '_>, t: u32, names: &Names) -> Option<(Range<u32>, u32, Phrase)> {
    let mut at = t;
    let mut phrase = blank(t..t);
    let mut nucleus: Option<u32> = None;
    let mut pending: Option<u32> = None; // a portfolio waiting for its head: "Foreign" … "Minister"
    let mut portfolio_done = false;
    let mut steps = 0;
    let mut core_start = None;
    while steps < 8 && (at == t || cx.same_sentence(t, at)) {
        steps += 1;
        // A role word: nucleus, modifier or portfolio.
        if let Some(hit) = role_word(cx, at, nucleus.is_some()) {
            let Meaning::Role(r) = hit.meaning else { break };
            let role = cx.gazetteer.role(r);
            match role.kind {
                RoleKind::Modifier if nucleus.is_none() => take(cx, &mut phrase, r, false),
                RoleKind::Portfolio if nucleus.is_none() => pending = Some(r),
                RoleKind::Office | RoleKind::Head | RoleKind::Actor => {
                    // "government official": the body word was only a premodifier.
                    if nucleus.is_some() {
                        let status = phrase.status;
                        phrase = Phrase { country: phrase.country, body: phrase.body.clone(), status, ..blank(t..t) };
                    }
                    take(cx, &mut phrase, r, true);
                    if let Some(p) = pending.take() {
                        take(cx, &mut phrase, p, false);
                        portfolio_done = true;
                    }
                    nucleus = Some(at);
                }
                RoleKind::Body => {
                    if nucleus.is_none() {
                        take(cx, &mut phrase, r, true);
                        nucleus = Some(at);
                    }
                }
                _ => break,
            }
            core_start.get_or_insert(at);
            at = hit.tokens.end;
            continue;
        }
        if nucleus.is_some_and(|_| !phrase.is_body) {
            break;
        }
        // Country, demonym or body in front: "US", "Bahraini", "Bahrain's", "Bank of Japan".
        if let Some((key, end, _)) = country_at(cx, at) {
            phrase.country = Some(key);
            at = skip_possessive(cx, end);
            continue;
        }
        let body_end = names.body_from[at as usize];
        if body_end > at {
            phrase.body = Some(at..body_end);
            at = skip_possessive(cx, body_end);
            continue;
        }
        let number = cx
            .hits
            .at(at)
            .iter()
            .any(|h| matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Number));
        if number && at == t && phrase.country.is_none() {
            at += 1;
            continue;
        }
        break;
    }
    nucleus?;
    let mut end = at;
    // A phrase that ran past its nucleus into a country must end with the nucleus.
    while end > t + 1 && !ends_role(cx, end) {
        end -= 1;
    }
    let core_start = core_start.unwrap_or(t);
    phrase.core = core_start..end;
    // of-complements: "Minister of Foreign Affairs of Bahrain", "spokesman for the UN"
    let mut turns = 0;
    while turns < 3 && matches!(cx.page.word(end), "of" | "for" | "to" | "at" | "in") && cx.same_sentence(t, end) {
        turns += 1;
        let link = cx.page.word(end);
        let after = if cx.page.word(end + 1) == "the" { end + 2 } else { end + 1 };
        if !portfolio_done
            && matches!(link, "of" | "for")
            && let Some((portfolio, e)) = role_at(cx, after, RoleKind::Portfolio, false)
        {
            phrase.role = format!("{}-{portfolio}", phrase.role);
            portfolio_done = true;
            end = e;
            phrase.core = core_start..end;
            continue;
        }
        let body_end = names.body_from.get(after as usize).copied().unwrap_or(0);
        if matches!(link, "of" | "for" | "to") && body_end > after {
            phrase.body = Some(after..body_end);
            end = body_end;
            continue;
        }
        if matches!(link, "of" | "for" | "to")
            && let Some((key, e, false)) = country_at(cx, after)
            && (phrase.office || link != "to" || phrase.role.contains("ambassador"))
        {
            phrase.country = Some(key);
            end = e;
            continue;
        }
        break;
    }
    let before = t.checked_sub(1).map(|b| cx.plain(b)).unwrap_or_default();
    let first = cx.page.tokens.get(t as usize)?;
    let habit = cx.page.paragraphs.get(first.paragraph as usize)?.case;
    let capital = first.shape != Shape::Lower && habit == CaseHabit::Sentence;
    phrase.definite = matches!(&*before, "the" | "his" | "her" | "its" | "their" | "our" | "this" | "that")
        || (capital && phrase.office && !matches!(&*before, "a" | "an"));
    if phrase.is_body && !phrase.definite && phrase.country.is_none() && phrase.body.is_none() {
        return None;
    }
    if matches!(&*before, "former" | "ex" | "then") && phrase.status.is_empty() && before != "then" {
        phrase.status = "former";
    }
    Some((t..end, 0, phrase))
}

/// A role word at a token, preferring what may follow: before the nucleus modifiers and portfolios too.
fn role_word<'h>(cx: &'h Context<'_, '_>, t: u32, nucleus: bool) -> Option<&'h Hit> {
    let hit = cx
        .hits
        .at(t)
        .iter()
        .filter(|h| match h.meaning {
            Meaning::Role(r) => {
                let role = cx.gazetteer.role(r);
                match role.kind {
                    RoleKind::Ministry => false,
                    // A portfolio counts only where its head follows.
                    RoleKind::Portfolio => !nucleus && heads_portfolio(cx, h.tokens.end),
                    RoleKind::Modifier => !nucleus && starts_phrase(cx, h.tokens.end),
                    _ => true,
                }
            }
            _ => false,
        })
        .max_by_key(|h| (h.tokens.len(), std::cmp::Reverse(kind_of(cx, h))))?;
    Some(hit)
}

fn heads_portfolio(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits
        .at(t)
        .iter()
        .any(|h| matches!(kind_of(cx, h), RoleKind::Head | RoleKind::Actor) && matches!(h.meaning, Meaning::Role(_)))
        || cx.page.tokens.get(t as usize).is_some_and(|k| k.kind == TokenKind::Word)
            && cx.hits.at(t).iter().any(|h| {
                matches!(h.meaning, Meaning::Role(_))
                    && kind_of(cx, h) == RoleKind::Portfolio
                    && heads_portfolio_once(cx, h.tokens.end)
            })
}

fn heads_portfolio_once(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Role(_)) && kind_of(cx, h) == RoleKind::Head)
}

/// A modifier counts only where a role, country or another modifier follows: "senior", "former" alone say nothing.
fn starts_phrase(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.hits.at(t).iter().any(|h| matches!(h.meaning, Meaning::Role(_))) || country_at(cx, t).is_some()
}

fn ends_role(cx: &Context<'_, '_>, end: u32) -> bool {
    (1..=5.min(end)).any(|back| {
        cx.hits.at(end - back).iter().any(|h| {
            h.tokens.end == end
                && matches!(h.meaning, Meaning::Role(r) if !matches!(cx.gazetteer.role(r).kind, RoleKind::Modifier | RoleKind::Portfolio | RoleKind::Ministry))
        })
    })
}

fn skip_possessive(cx: &Context<'_, '_>, t: u32) -> u32 {
    if cx.page.word(t) == "'s" { t + 1 } else { t }
}

// ---- Arabic: the nucleus comes first -----------------------------------------------------------------------------

fn arabic(cx: &Context<'_, '_>, t: u32, names: &Names) -> Option<(Range<u32>, u32, Phrase)> {
    let hit = best_role(cx, t)?;
    let Meaning::Role(r) = hit.meaning else { return None };
    if matches!(cx.gazetteer.role(r).kind, RoleKind::Ministry | RoleKind::Portfolio) {
        return None;
    }
    // A modifier opens a phrase only where a role follows: «نائب الرئيس», «القائم بأعمال وكيل …».
    let modifier = cx.gazetteer.role(r).kind == RoleKind::Modifier;
    if modifier
        && !cx
            .hits
            .at(hit.tokens.end)
            .iter()
            .any(|h| matches!(h.meaning, Meaning::Role(_)) && !matches!(kind_of(cx, h), RoleKind::Portfolio))
    {
        return None;
    }
    let bare = cx.page.word(t).get(hit.clitic as usize..).unwrap_or_default();
    let mut phrase = blank(t..hit.tokens.end);
    phrase.definite = bare.starts_with("ال")
        || cx.page.word(t).get(..hit.clitic as usize).is_some_and(|c| c.ends_with('ل')) && bare.starts_with('ل');
    take(cx, &mut phrase, r, true);
    let mut end = hit.tokens.end;
    let mut core_end = end;
    let mut steps = 0;
    while steps < 10 && cx.same_sentence(t, end) && end < cx.len() {
        steps += 1;
        // More of the role: «وزير» + «الخارجية», «مستشار» + «وزير», «… السابق».
        let more = cx
            .hits
            .at(end)
            .iter()
            .filter(|h| h.clitic == 0 && matches!(h.meaning, Meaning::Role(_)))
            .max_by_key(|h| (h.tokens.len(), std::cmp::Reverse(kind_of(cx, h))));
        if let Some(h) = more
            && let Meaning::Role(r) = h.meaning
        {
            let kind = cx.gazetteer.role(r).kind;
            let definite_start = cx.page.word(end).starts_with("ال");
            // A definite role noun closes a construct («نائب الرئيس») but two definite nouns do not chain.
            let chains = match kind {
                RoleKind::Portfolio | RoleKind::Modifier => true,
                RoleKind::Ministry => false,
                _ => !phrase.definite || !definite_start,
            };
            if chains {
                let first = phrase.role.ends_with("vice-")
                    || modifier && phrase.core.end == hit.tokens.end && !phrase.office && phrase.role.ends_with('-');
                take(cx, &mut phrase, r, first);
                end = h.tokens.end;
                core_end = end;
                continue;
            }
        }
        let body_end = names.body_from[end as usize];
        if let Some((key, e, demonym)) = country_at(cx, end)
            && e >= body_end
        {
            // A bare place after a definite noun is no complement: «الرئيس مصر» is not said.
            if demonym || !phrase.definite || definite_role(cx, end - 1) {
                phrase.country = Some(key);
                end = e;
                continue;
            }
        }
        if body_end > end && (!phrase.definite || glued_b(cx, end)) {
            phrase.body = Some(end..body_end);
            end = body_end;
            continue;
        }
        // «للشؤون السياسية والاقتصادية»
        let word = cx.page.word(end);
        if word.starts_with("للشؤون") || (core_end == end && word.starts_with("لل") && word.chars().count() > 5)
        {
            let mut e = end + 1;
            while is_arabic_word(cx.page, e) && cx.same_sentence(t, e) && adjective(cx, e) {
                e += 1;
            }
            end = e;
            core_end = e;
            continue;
        }
        // «لدى الأمم المتحدة», «باسم الرئاسة المصرية»
        if matches!(word, "لدي" | "باسم" | "في" | "الي" | "عن") && matches!(&*cx.plain(end), "لدى" | "باسم")
        {
            let at = end + 1;
            let body = names.body_from.get(at as usize).copied().unwrap_or(0);
            let country = country_at(cx, at);
            if body > at {
                phrase.body = Some(at..body);
                end = body;
                continue;
            }
            if let Some((key, e, false)) = country {
                phrase.country.get_or_insert(key);
                end = e;
                continue;
            }
        }
        break;
    }
    // Greedy where a title or a name of two words follows: all between belongs to the role.
    if let Some(e) = until_name(cx, t, end, names)
        && e > end
    {
        if let Some(body) = (end..e).find_map(|i| {
            let b = names.body_from[i as usize];
            (b > i && b <= e).then_some(i..b)
        }) {
            if phrase.country.is_none() {
                phrase.country = (body.start..body.end).find_map(|i| country_at(cx, i).map(|c| c.0));
            }
            core_end = body.start;
            phrase.body = Some(body);
        } else {
            core_end = e;
        }
        end = e;
    }
    phrase.core = t..core_end.max(hit.tokens.end);
    if modifier && phrase.role.ends_with('-') {
        return None;
    }
    if phrase.is_body && phrase.country.is_some() && !phrase.many && !phrase.plural {
        return None; // grammar derives the body's name
    }
    Some((t..end, hit.clitic, phrase))
}

fn definite_role(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.page.word(t).starts_with("ال")
}

fn adjective(cx: &Context<'_, '_>, t: u32) -> bool {
    let word = cx.page.word(t);
    let bare = word.strip_prefix('و').unwrap_or(word);
    bare.starts_with("ال")
        && bare.chars().count() > 4
        && country_at(cx, t).is_none()
        && !cx.is_closed(t)
        && best_role(cx, t).is_none_or(|h| matches!(kind_of(cx, h), RoleKind::Portfolio))
}

/// «بوزارة …»: the body is tied on with ب.
fn glued_b(cx: &Context<'_, '_>, t: u32) -> bool {
    cx.page.word(t).starts_with('ب')
}

/// The token at which a title or a person's name starts, if nothing between ends a noun phrase.
fn until_name(cx: &Context<'_, '_>, from: u32, start: u32, names: &Names) -> Option<u32> {
    let mut t = start;
    while t < cx.len() && t - from < LONGEST && cx.same_sentence(from, t) {
        if names.person_from[t as usize] > t {
            return Some(t);
        }
        let title = cx.hits.at(t).iter().any(|h| {
            h.clitic == 0
                && matches!(h.meaning, Meaning::Word(w) if cx.gazetteer.word(w).class == WordClass::Title)
                && is_arabic_word(cx.page, h.tokens.end)
                && !cx.is_closed(h.tokens.end)
        });
        if title {
            return Some(t);
        }
        if !is_arabic_word(cx.page, t) || cx.is_closed(t) {
            return None;
        }
        let word = cx.page.word(t);
        let definite =
            word.starts_with("ال") || word.starts_with("وال") || word.starts_with("لل") || word.starts_with("بال");
        if (cx.words.verb)(word) && !definite {
            return None;
        }
        // Another person's role begins: «وزير الخارجية ورئيس الوزراء فلان».
        if word.starts_with('و')
            && best_role(cx, t)
                .is_some_and(|h| h.clitic > 0 && !matches!(kind_of(cx, h), RoleKind::Portfolio | RoleKind::Modifier))
        {
            return None;
        }
        let body = names.body_from[t as usize];
        t = if body > t { body } else { t + 1 };
    }
    None
}
