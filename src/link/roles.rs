//! Whom does each role phrase stand for?
//!
//! ```text
//! [Egyptian Foreign Minister] [Sameh Shoukry]     beside a name: that person, who from now on holds that position
//! the Bahraini Foreign Minister                   a position of the text, else the holder on that day, else unknown
//! his Bahraini counterpart                        the position of the other side, of that country
//! the minister                                    the last person whose position fits
//! ```

use std::collections::BTreeMap;

use super::{Draft, Linker, Position, REACH, leaders, office, pairs};
use crate::entity::EntityKind;
use crate::find::roles::Phrase;
use crate::find::{Candidate, What};
use crate::gazetteer::Key;
use crate::mention::MentionKind;

/// How many offices a counterpart is asked for.
const SIDES: usize = 3;
/// How many mentions on a body may be named that was spoken of before.
const NEXT: usize = 12;

pub(crate) const COMMA: &[&str] = &[",", "،"];

/// Links every role mention; which of them stand beside names is known already.
pub(crate) fn link(linker: &mut Linker<'_, '_>, mentions: &mut [Candidate]) {
    record_positions(linker, mentions);
    resolve(linker, mentions);
}

pub(super) fn phrase(m: &Candidate) -> Option<&Phrase> {
    match &m.what {
        What::Role(p) => Some(p),
        _ => None,
    }
}

pub(super) fn is_person_name(m: &Candidate) -> bool {
    m.kind == MentionKind::Name && m.ty == EntityKind::Person
}

/// Mentions that lie in no other one.
pub(crate) fn top_level(mentions: &[Candidate]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut end = 0;
    for (i, m) in mentions.iter().enumerate() {
        if m.span.end() > end {
            out.push(i);
            end = m.span.end();
        }
    }
    out
}

fn record_positions(linker: &mut Linker<'_, '_>, mentions: &[Candidate]) {
    let tied = linker.beside.clone();
    let home = home(linker, mentions, &tied);
    for (r, name) in tied {
        let (Some(p), Some(person)) = (phrase(&mentions[r as usize]), linker.entity[name as usize]) else { continue };
        linker.entity[r as usize] = Some(person);
        let country = p
            .country
            .or_else(|| body_country(linker, mentions, p))
            .or_else(|| held_of(linker, p, person))
            .or_else(|| {
                home.filter(|&home| p.office && p.body.is_none() && !p.counterpart && may_be_of(linker, person, home))
            });
        let side = p.counterpart.then(|| other_side(linker, mentions, r, person)).flatten();
        let role = side.as_ref().map_or_else(|| p.role.clone(), |(role, _)| role.clone());
        if let Some((_, of)) = side {
            linker.counterpart.insert(r, of);
        }
        let status = p.status;
        linker.state(Position { person, role, country, status, mention: r, own_word: p.own_word });
    }
}

/// Of which country the gazetteer knows this person to hold that office.
fn held_of(linker: &Linker<'_, '_>, p: &Phrase, person: u32) -> Option<Key> {
    let key = linker.drafts[person as usize].key?;
    linker.gazetteer.offices_of_person(key).find(|o| *o.role == *p.role).map(|o| o.of)
}

/// The country whose ministers the text calls by their offices alone: a paper of Riyadh writes «وزير الخارجية عادل الجبير»
/// and means its own, so «وزير الإسكان فلان» beside him is of the same country.
fn home(linker: &Linker<'_, '_>, mentions: &[Candidate], tied: &BTreeMap<u32, u32>) -> Option<Key> {
    let bare = |(&r, &name): (&u32, &u32)| {
        let p = phrase(&mentions[r as usize]).filter(|p| p.office && p.body.is_none() && !p.counterpart)?;
        match p.country {
            Some(own) => p.own_word.then_some(own),
            None => held_of(linker, p, linker.entity[name as usize]?),
        }
    };
    let mut countries = tied.iter().filter_map(bare);
    let first = countries.next()?;
    countries.all(|other| other == first).then_some(first)
}

/// Whether nothing is known against a person's being of a country.
fn may_be_of(linker: &Linker<'_, '_>, person: u32, country: Key) -> bool {
    let known = linker.drafts[person as usize].key.and_then(|key| linker.gazetteer.record(key).country);
    known.is_none_or(|known| known == country)
}

/// The office of the nearest office-holder before a counterpart, and the role mention that states it.
fn other_side(linker: &Linker<'_, '_>, mentions: &[Candidate], r: u32, person: u32) -> Option<(String, u32)> {
    let other = |x: &&Position| x.mention < r && x.person != person;
    // A spokesman has no counterpart where a minister is spoken of.
    let office = |x: &&Position| phrase(&mentions[x.mention as usize]).is_some_and(|p| p.office);
    let side = linker.recent().filter(other).find(office).or_else(|| linker.recent().find(other))?;
    Some((side.role.clone(), side.mention))
}

/// The country of the body inside a role phrase: «… بوزارة خارجية البحرين».
pub(crate) fn body_country(linker: &Linker<'_, '_>, mentions: &[Candidate], p: &Phrase) -> Option<Key> {
    let body = p.body.clone()?;
    let i = super::name_at(mentions, &body)?;
    let draft = &linker.drafts[linker.entity[i]? as usize];
    match draft.key {
        Some(key) => linker.gazetteer.record(key).country,
        None => {
            let code = draft.id.strip_prefix("organisation/")?.split('-').next()?;
            linker.gazetteer.key(&format!("country/{code}"))
        }
    }
}

/// The body right behind an office that somebody is known to hold of it: «الأمين العام للأمم المتحدة».
fn body_behind(linker: &Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<Key> {
    let end = mentions[r].tokens.end;
    let of = |t: u32| matches!(linker.page.word(t), "of" | "the");
    let behind = mentions.iter().enumerate().skip(r + 1).take(REACH).find(|(_, m)| {
        let glued = m.tokens.start == end && m.clitic > 0;
        let parted = (end + 1..=end + 2).contains(&m.tokens.start) && (end..m.tokens.start).all(of);
        m.ty == EntityKind::Organisation && m.kind == MentionKind::Name && (glued || parted)
    });
    let key = linker.drafts[linker.entity[behind?.0]? as usize].key?;
    linker.gazetteer.holders(&p.role, key).next().map(|_| key)
}

/// Whether somebody who holds `held` may be called `called`: "the minister" of any minister.
pub(crate) fn fits(held: &str, called: &str) -> bool {
    held == called || (held.starts_with(called) && held.as_bytes().get(called.len()) == Some(&b'-'))
}

fn resolve(linker: &mut Linker<'_, '_>, mentions: &mut [Candidate]) {
    // Roles that name nobody, by what would make two of them the same.
    let mut described: BTreeMap<(String, Option<Key>), u32> = BTreeMap::new();
    let mut last_of_role: BTreeMap<String, (u32, Option<Key>)> = BTreeMap::new();
    let mut pairs_of: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    // Descriptions of several: "the ministers" are the EC farm ministers named before.
    let mut several: Vec<(String, Option<Key>, u32)> = Vec::new();
    for r in 0..mentions.len() {
        let Some(p) = phrase(&mentions[r]).cloned() else { continue };
        if let Some(e) = linker.entity[r] {
            last_of_role.insert(p.role.clone(), (e, p.country));
            continue;
        }
        let same_role = |last: &BTreeMap<String, (u32, Option<Key>)>| {
            let (e, country) = last.get(&p.role)?;
            (p.country.is_none() || p.country == *country).then_some(*e)
        };
        // «المملكة» of no country that the text speaks of is nobody.
        let itself = p.is_body && p.for_country && !p.many && p.country.is_none();
        let entity = if itself {
            let Some(country) = of_form(linker, mentions, r, &p) else { continue };
            Some(linker.known(country))
        } else if p.is_body {
            body(linker, mentions, r, &p).or_else(|| same_role(&last_of_role).filter(|_| p.definite && !p.plural))
        } else if p.plural && p.definite {
            let same = |(role, country, _): &&(String, Option<Key>, u32)| {
                fits(role, &p.role) && (p.country.is_none() || p.country == *country)
            };
            several.iter().rev().take(REACH).find(same).map(|(.., e)| *e)
        } else if p.plural || p.dual {
            None
        } else if let Some(leader) = leaders::leader(linker, mentions, r, &p) {
            Some(leader)
        } else if p.counterpart {
            counterpart(linker, mentions, r, &p)
        } else if p.office {
            person_of_office(linker, mentions, r, &p)
        } else if p.definite {
            leaders::described(linker, r, &p).or_else(|| same_role(&last_of_role))
        } else {
            None
        };
        let mut entity = entity.unwrap_or_else(|| {
            // The ministers of one portfolio of one body are the same, in whatever words.
            let of = p.body.as_ref().and_then(|b| super::name_at(mentions, b)).and_then(|i| linker.entity[i]);
            let key = match of {
                Some(of) if p.plural && p.office_word => (format!("{} {of}", p.role), p.country),
                _ => (linker.folded(&mentions[r]), p.country),
            };
            *described.entry(key).or_insert_with(|| {
                let kind = mentions[r].ty;
                linker.draft(Draft::unknown(kind))
            })
        });
        if p.dual
            && let Some(both) = named_both(linker, &p).or_else(|| pairs::both(linker, mentions, r, &p))
        {
            linker.group.insert(r as u32, both.clone());
            // «الوزيران» and «الجانبان» are one pair where they are the same two.
            entity = *pairs_of.entry(both).or_insert(entity);
        }
        if p.plural {
            several.push((p.role.clone(), p.country, entity));
        }
        if p.office && !p.plural {
            let known = linker.recent().any(|x| x.person == entity && x.role == p.role);
            if !known && !p.counterpart {
                linker.state(Position {
                    person: entity,
                    role: p.role.clone(),
                    country: p.country,
                    status: p.status,
                    mention: r as u32,
                    own_word: p.own_word,
                });
            }
        }
        mentions[r].ty = linker.drafts[entity as usize].kind;
        linker.entity[r] = Some(entity);
        last_of_role.insert(p.role.clone(), (entity, p.country));
    }
}

/// The two countries that a word names by itself: «الكوريتان».
fn named_both(linker: &mut Linker<'_, '_>, p: &Phrase) -> Option<Vec<u32>> {
    let keys: Vec<Key> = if p.own_word { linker.gazetteer.named_by(&p.role).collect() } else { Vec::new() };
    (keys.len() == 2).then(|| keys.into_iter().map(|key| linker.known(key)).collect())
}

/// "the Bahraini Foreign Minister", "the minister", "the crown prince".
fn person_of_office(linker: &mut Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<u32> {
    let country =
        p.country.or_else(|| body_country(linker, mentions, p)).or_else(|| body_behind(linker, mentions, r, p));
    let current = |x: &&Position| x.status == p.status || (p.status.is_empty() && x.status == "acting");
    if country.is_some() {
        let here = |x: &&Position| x.country == country && fits(&x.role, &p.role);
        if let Some(found) =
            linker.recent().filter(current).filter(here).max_by_key(|x| (x.mention < r as u32, x.mention))
        {
            return Some(found.person);
        }
        let (key, day) = (country?, linker.published);
        if p.status.is_empty()
            && let Some(person) = office::holder(linker.gazetteer, &p.role, key, day)
        {
            return Some(linker.known(person));
        }
        // Somebody named in the text who is known to have held it.
        return named_holder(linker, mentions, r, &p.role, key).filter(|_| day.is_none());
    }
    // Without a country: the nearest person before whose position fits.
    let latest = (0..r).rev().take(REACH).find_map(|i| {
        let e = linker.entity[i]?;
        let m = &mentions[i];
        if m.ty != EntityKind::Person || m.kind == MentionKind::Pronoun {
            return None;
        }
        // "the minister" is no Secretary of State, though the office is the same.
        let same_word = |x: &Position| x.role == p.role || !x.own_word;
        let stated =
            linker.recent().any(|x| x.person == e && fits(&x.role, &p.role) && x.status == p.status && same_word(x));
        let listed = || {
            linker.drafts[e as usize].key.is_some_and(|k| {
                linker.gazetteer.offices_of_person(k).any(|o| {
                    fits(o.role, &p.role) && (*o.role == *p.role || !linker.gazetteer.has_own_word(o.role, o.of))
                }) && office_now(linker, k, &p.role)
            })
        };
        (stated || (p.status.is_empty() && listed())).then_some(e)
    });
    if latest.is_some() {
        return latest;
    }
    // Else the office of the country that the text speaks of just before.
    let near = (0..r).rev().take(REACH).find_map(|i| {
        let e = linker.entity[i]?;
        match mentions[i].ty {
            EntityKind::Country => linker.drafts[e as usize].key,
            EntityKind::Person => {
                let stated = linker.recent().find(|x| x.person == e).and_then(|x| x.country);
                stated.or_else(|| linker.drafts[e as usize].key.and_then(|k| linker.gazetteer.record(k).country))
            }
            _ => None,
        }
    })?;
    let person = p.definite.then(|| office::holder(linker.gazetteer, &p.role, near, linker.published)).flatten()?;
    Some(linker.known(person))
}

/// Somebody named in the text, before or else after, who is known to have held the office at some time.
fn named_holder(linker: &Linker<'_, '_>, mentions: &[Candidate], r: usize, role: &str, of: Key) -> Option<u32> {
    let holds = |i: usize| {
        let e = linker.entity[i].filter(|_| is_person_name(&mentions[i]))?;
        let person = linker.drafts[e as usize].key?;
        office::ever_held(linker.gazetteer, person, role, Some(of)).then_some(e)
    };
    (0..r).rev().take(REACH).find_map(holds).or_else(|| (r + 1..mentions.len()).take(REACH).find_map(holds))
}

fn office_now(linker: &Linker<'_, '_>, person: Key, role: &str) -> bool {
    let Some(day) = linker.published else { return true };
    linker
        .gazetteer
        .offices_of_person(person)
        .any(|o| fits(o.role, role) && o.from.is_none_or(|f| f <= day) && o.to.is_none_or(|t| day <= t))
}

/// "his Bahraini counterpart": the office of the nearest office-holder before for whom there is one, in that country.
fn counterpart(linker: &mut Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<u32> {
    let country = p.country?;
    let mut asked: Vec<String> = Vec::new();
    for i in (0..r).rev().take(REACH) {
        let Some(e) = linker.entity[i] else { continue };
        // The other side is of another country.
        let stated = linker.recent().find(|x| x.person == e && x.mention < r as u32);
        let (side, of) = match stated {
            Some(x) if x.country != Some(country) => (x.role.clone(), Some(x.mention)),
            Some(_) => continue,
            None => {
                let Some(role) = listed_office(linker, mentions, i, e, country) else { continue };
                (role, None)
            }
        };
        if asked.contains(&side) {
            continue;
        }
        if asked.is_empty()
            && let Some(of) = of
        {
            linker.counterpart.insert(r as u32, of);
        }
        let here = |x: &&Position| x.country == Some(country) && (x.role == side || x.role == "counterpart");
        let found = linker.recent().find(here).map(|x| x.person);
        let holder = || office::holder(linker.gazetteer, &side, country, linker.published);
        let person = match found {
            Some(person) => Some(person),
            None => match holder() {
                Some(key) => Some(linker.known(key)),
                None => named_holder(linker, mentions, r, &side, country).filter(|_| linker.published.is_none()),
            },
        };
        if person.is_some() {
            if let Some(of) = of {
                linker.counterpart.insert(r as u32, of);
            }
            return person;
        }
        asked.push(side);
        if asked.len() == SIDES {
            break;
        }
    }
    None
}

/// The office of another country that a named person is listed with on the day.
fn listed_office(linker: &Linker<'_, '_>, mentions: &[Candidate], i: usize, e: u32, country: Key) -> Option<String> {
    let key = linker.drafts[e as usize].key.filter(|_| mentions[i].ty == EntityKind::Person)?;
    let day = linker.published?;
    linker
        .gazetteer
        .offices_of_person(key)
        .find(|o| o.of != country && o.from.is_none_or(|f| f <= day) && o.to.is_none_or(|t| day <= t))
        .map(|o| o.role.to_string())
}

/// "the Kingdom", «السلطنة»: the last country of that form that was named, by a name or by who holds an office there; else
/// the first one behind.
fn of_form(linker: &Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<Key> {
    if !p.definite {
        return None;
    }
    let of = |i: usize| {
        let named = linker.entity[i].and_then(|e| linker.drafts[e as usize].key);
        let office = || linker.position_of(i as u32).and_then(|x| x.country);
        let fits = |key: &Key| linker.gazetteer.record(*key).sub == p.role;
        named.filter(fits).or_else(|| office().filter(fits))
    };
    (0..r).rev().take(REACH).find_map(of).or_else(|| (r + 1..mentions.len()).take(REACH).find_map(of))
}

/// "the newspaper", «الوزارة»: the last body of that sort, or in whose name the word is.
fn body(linker: &mut Linker<'_, '_>, mentions: &[Candidate], r: usize, p: &Phrase) -> Option<u32> {
    if p.for_country
        && let Some(country) = p.country
    {
        return Some(linker.known(country));
    }
    if !p.definite || p.plural {
        return None;
    }
    let phrase = linker.folded(&mentions[r]);
    let bare = |word: &str| word.strip_prefix("ال").or(word.strip_prefix("لل")).unwrap_or(word).to_owned();
    let arabic = phrase.starts_with(crate::text::arabic::is_letter);
    let word = if arabic { phrase.split(' ').next().map(bare) } else { phrase.rsplit(' ').next().map(str::to_owned) }?;
    let means = |i: usize| {
        let m = &mentions[i];
        let e = linker.entity[i].filter(|_| m.ty == EntityKind::Organisation && m.kind == MentionKind::Name)?;
        let draft = &linker.drafts[e as usize];
        let record = draft.key.map(|k| linker.gazetteer.record(k));
        let sort = record.as_ref().map_or("", |k| k.sub);
        // A court of the list is a court; of an unknown body its name tells.
        let called = || match arabic {
            true => bare(&linker.folded_words(m.tokens.start..m.tokens.start + 1, m.clitic)) == word,
            false => m.tokens.clone().any(|t| linker.page.word(t) == word),
        };
        // «قناة الجزيرة», "Time magazine"
        let beside = || {
            let before = m.tokens.start.checked_sub(1).filter(|&b| linker.same_sentence(b, m.tokens.start));
            before.is_some_and(|b| bare(linker.page.word(b)) == word)
                || linker.same_sentence(m.tokens.start, m.tokens.end) && linker.page.word(m.tokens.end) == word
        };
        // A newspaper goes by a name, not by the letters of a broadcaster.
        let paper = p.role == "newspaper"
            && sort == "media"
            && !matches!(word.as_str(), "magazine" | "مجله" | "مجلة")
            && !(m.tokens.len() == 1 && linker.page.tokens[m.tokens.start as usize].shape == crate::text::Shape::Upper);
        (sort == p.role
            || paper
            || draft.id.contains(&format!("-{}", p.role))
            || m.tokens.len() > 1 && called()
            || beside())
        .then_some(e)
    };
    // «الوزارة» of a headline is named just below, if one alone is.
    let after = || {
        let mut named: Vec<u32> = (r + 1..mentions.len()).take(NEXT).filter_map(means).collect();
        named.dedup();
        if let [one] = named[..] { Some(one) } else { None }
    };
    (0..r).rev().take(REACH).find_map(means).or_else(after)
}
