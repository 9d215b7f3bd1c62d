//! Which mentions mean the same entity, and which entity is it?
//!
//! ```text
//! mentions ─► names ─► metonyms ─► script ─► beside (roles of names) ─► roles (by office · "the minister" · counterpart) ─► pronouns ─► slots
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::date::Date;
use crate::document::Rejected;
use crate::entity::EntityKind;
use crate::find::names::{AT_HOME, BY_FORM, SHOWN_HERE};
use crate::find::{Candidate, What};
use crate::gazetteer::{Gazetteer, Key};
use crate::hash::FastMap;
use crate::mention::MentionKind;
use crate::rules::Slot;
use crate::span::Span;
use crate::steps::{Left, Step};
use crate::text::{Page, TokenKind};

mod beside;
pub(crate) mod choose;
pub(crate) mod coref;
pub(crate) mod date;
pub(crate) mod leaders;
pub(crate) mod metonym;
pub(crate) mod names;
pub(crate) mod office;
pub(crate) mod pairs;
pub(crate) mod roles;
pub(crate) mod script;
pub(crate) mod slots;

/// How many mentions or positions back a role may point: keeps the work linear in the text.
pub(crate) const REACH: usize = 300;

/// An entity under construction.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) key: Option<Key>,
    /// Empty for an unknown entity until it is numbered.
    pub(crate) id: String,
    pub(crate) kind: EntityKind,
    pub(crate) known: bool,
}

impl Draft {
    pub(crate) fn unknown(kind: EntityKind) -> Self {
        Draft { key: None, id: String::new(), kind, known: false }
    }
}

/// Somebody's office as the text states it.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    pub(crate) person: u32,
    pub(crate) role: String,
    pub(crate) country: Option<Key>,
    pub(crate) status: &'static str,
    /// Index of the role mention.
    pub(crate) mention: u32,
    /// Said with a word that only this country has for the office.
    pub(crate) own_word: bool,
}

/// What linking gives.
pub(crate) struct Linked {
    pub(crate) mentions: Vec<Candidate>,
    /// For each mention its entity; `None` drops it (an unresolved pronoun, a weak name without evidence).
    pub(crate) entity: Vec<Option<u32>>,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) slots: Vec<Slot>,
    /// What a link rests on, for mentions where that needs saying.
    pub(crate) why: BTreeMap<u32, String>,
    /// Bearers of ambiguous names that are not meant.
    pub(crate) rejected: Vec<Rejected>,
}

/// Whether the tokens are a form of one of these senses or groups of the lexicon.
pub(crate) type Verb<'a> = dyn Fn(std::ops::Range<u32>, &[&str]) -> bool + 'a;

/// The state of linking one document.
pub(crate) struct Linker<'a, 't> {
    pub(crate) page: &'a Page<'t>,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) published: Option<Date>,
    /// Whether the sentence of a token speaks of the future.
    pub(crate) ahead: &'a dyn Fn(u32) -> bool,
    /// Whether these tokens are a verb (or «وفق») of one of these senses or groups.
    pub(crate) verb: &'a Verb<'a>,
    /// For each token of a title, the folded bytes of its clitic.
    pub(crate) titles: &'a [Option<u32>],
    pub(crate) drafts: Vec<Draft>,
    by_id: FastMap<String, u32>,
    pub(crate) entity: Vec<Option<u32>>,
    pub(crate) group: HashMap<u32, Vec<u32>>,
    pub(crate) positions: Vec<Position>,
    stated: FastMap<u32, u32>,
    /// "his counterpart" → the role mention of the other side.
    pub(crate) counterpart: BTreeMap<u32, u32>,
    /// Role mention → the name mention it belongs to.
    pub(crate) beside: BTreeMap<u32, u32>,
    /// What a link rests on, by mention.
    pub(crate) why: BTreeMap<u32, String>,
}

impl Linker<'_, '_> {
    pub(crate) fn draft(&mut self, draft: Draft) -> u32 {
        let index = self.drafts.len() as u32;
        self.drafts.push(draft);
        index
    }

    /// The draft of a gazetteer entity, if the text speaks of it.
    pub(crate) fn drafted(&self, key: Key) -> Option<u32> {
        self.by_id.get(self.gazetteer.record(key).id).copied()
    }

    /// The position that a role mention states.
    pub(crate) fn position_of(&self, mention: u32) -> Option<&Position> {
        self.stated.get(&mention).and_then(|&i| self.positions.get(i as usize))
    }

    /// Records a position.
    pub(crate) fn state(&mut self, position: Position) {
        self.stated.insert(position.mention, self.positions.len() as u32);
        self.positions.push(position);
    }

    /// The latest positions, the last first. What stands hundreds of positions back is not meant any more.
    pub(crate) fn recent(&self) -> impl Iterator<Item = &Position> {
        self.positions.iter().rev().take(REACH)
    }

    /// The draft of a gazetteer entity.
    pub(crate) fn known(&mut self, key: Key) -> u32 {
        let record = self.gazetteer.record(key);
        let (id, kind) = (record.id.to_string(), record.kind);
        self.by_id(id, kind, Some(key))
    }

    /// An unknown entity turns out to be one of the gazetteer's that the text has not named yet.
    pub(crate) fn make_known(&mut self, entity: u32, key: Key) -> u32 {
        let record = self.gazetteer.record(key);
        self.drafts[entity as usize] =
            Draft { key: Some(key), id: record.id.to_owned(), kind: record.kind, known: true };
        self.by_id.insert(record.id.to_owned(), entity);
        entity
    }

    /// The draft with an id, made where it is missing.
    pub(crate) fn by_id(&mut self, id: String, kind: EntityKind, key: Option<Key>) -> u32 {
        if let Some(&index) = self.by_id.get(&id) {
            return index;
        }
        let index = self.draft(Draft { key, id: id.clone(), kind, known: true });
        self.by_id.insert(id, index);
        index
    }

    /// Whether a token belongs to a title.
    pub(crate) fn is_title(&self, token: u32) -> bool {
        self.titles.get(token as usize).is_some_and(Option::is_some)
    }

    /// Whether a token is one of these marks.
    pub(crate) fn is_mark(&self, token: u32, marks: &[&str]) -> bool {
        self.page.tokens.get(token as usize).is_some_and(|t| t.kind == TokenKind::Mark)
            && marks.contains(&self.page.raw(token))
    }

    /// Whether two tokens stand in one sentence.
    pub(crate) fn same_sentence(&self, a: u32, b: u32) -> bool {
        match (self.page.tokens.get(a as usize), self.page.tokens.get(b as usize)) {
            (Some(x), Some(y)) => x.sentence == y.sentence,
            _ => false,
        }
    }

    /// The folded words of a mention, without its clitic, single spaced.
    pub(crate) fn folded(&self, m: &Candidate) -> String {
        self.folded_words(m.tokens.clone(), m.clitic)
    }

    /// The folded words of a run of tokens without the clitic of the first.
    pub(crate) fn folded_words(&self, tokens: std::ops::Range<u32>, clitic: u32) -> String {
        let mut out = String::new();
        let start = tokens.start;
        for t in tokens {
            let word = self.page.word(t);
            let word = if t == start { word.get(clitic as usize..).unwrap_or(word) } else { word };
            let spaced = self.page.tokens.get(t as usize).is_some_and(|k| k.spaced);
            if !out.is_empty() && spaced {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}

/// Links the mentions of one document.
#[expect(clippy::too_many_arguments, reason = "what the stages before it found, and what it may ask")]
pub(crate) fn link(
    page: &Page<'_>,
    mut mentions: Vec<Candidate>,
    titles: &[Option<u32>],
    gazetteer: &Gazetteer,
    published: Option<Date>,
    ahead: &dyn Fn(u32) -> bool,
    verb: &Verb<'_>,
    left: Left,
) -> Linked {
    let mut linker = Linker {
        page,
        gazetteer,
        published,
        ahead,
        verb,
        titles,
        drafts: Vec::new(),
        by_id: FastMap::default(),
        entity: vec![None; mentions.len()],
        group: HashMap::new(),
        positions: Vec::new(),
        stated: FastMap::default(),
        counterpart: BTreeMap::new(),
        beside: BTreeMap::new(),
        why: BTreeMap::new(),
    };
    if left.takes(Step::Script) {
        script::complete(&mut linker, &mut mentions);
    }
    let rejected = link_names(&mut linker, &mut mentions);
    if left.takes(Step::Metonym) {
        metonym::link(&mut linker, &mut mentions);
    }
    if left.takes(Step::Beside) {
        beside::beside_names(&mut linker, &mentions);
    }
    if left.takes(Step::Script) {
        script::link(&mut linker, &mut mentions);
    }
    if left.takes(Step::Office) {
        roles::link(&mut linker, &mut mentions);
    }
    // Pronouns tell nobody's gender here, so that what is known before they are linked holds after it.
    let women = coref::genders(&linker, &mentions);
    if left.takes(Step::Coref) {
        coref::link(&mut linker, &mentions, &women);
    }
    let slots = slots::build(&linker, &mentions, &women);
    Linked { mentions, entity: linker.entity, drafts: linker.drafts, slots, why: linker.why, rejected }
}

/// The persons' names that stand directly after a title or a role: "Sheikh", "the Finnish foreign minister".
pub(crate) fn titled(linked: &Linked, titles: &[Option<u32>]) -> Vec<Span> {
    let mut role_ends: Vec<u32> =
        linked.mentions.iter().filter(|m| m.kind == MentionKind::Role).map(|m| m.tokens.end).collect();
    role_ends.sort_unstable();
    let after_title = |m: &Candidate| {
        let before = m.tokens.start.checked_sub(1);
        before.is_some_and(|t| titles.get(t as usize).is_some_and(Option::is_some))
    };
    let named = |m: &&Candidate| m.kind == MentionKind::Name && m.ty == EntityKind::Person;
    let led = |m: &&Candidate| after_title(m) || role_ends.binary_search(&m.tokens.start).is_ok();
    linked.mentions.iter().filter(named).filter(led).map(|m| m.span).collect()
}

/// What deciding names needs to know of the whole text.
struct Naming {
    company: choose::Company,
    countries: BTreeMap<Key, u32>,
    unknown: names::Unknown,
    roster: names::Roster,
    /// Names that stand somewhere without needing evidence.
    strong: BTreeSet<Key>,
    /// "Mr Putin" once makes every "Putin" of the text the same man.
    titled: BTreeSet<Key>,
    /// Surnames that bear each other out: "Kerry" beside "Lavrov".
    peers: BTreeSet<Key>,
    rejected: Vec<Rejected>,
}

fn link_names(linker: &mut Linker<'_, '_>, mentions: &mut [Candidate]) -> Vec<Rejected> {
    let keys = |m: &Candidate| match &m.what {
        What::Keys(keys) => keys.clone(),
        _ => Vec::new(),
    };
    let sure = |m: &&Candidate| m.score >= 60 && m.score != SHOWN_HERE;
    let led = |m: &&Candidate| m.lone && m.tokens.start.checked_sub(1).is_some_and(|t| linker.is_title(t));
    let mut naming = Naming {
        company: choose::Company::new(linker, mentions),
        countries: names::country_counts(linker, mentions),
        unknown: names::Unknown::default(),
        roster: names::Roster::new(linker, mentions),
        strong: mentions.iter().filter(sure).flat_map(keys).collect(),
        titled: mentions.iter().filter(led).flat_map(keys).collect(),
        peers: choose::peers(linker, mentions),
        rejected: Vec::new(),
    };
    // A surname waits until every full name has its bearer, wherever it stands.
    let (short, full): (Vec<usize>, Vec<usize>) = (0..mentions.len()).partition(|&i| names::is_short(&mentions[i]));
    for i in full.into_iter().chain(short) {
        linker.entity[i] = naming.entity(linker, mentions, i);
        naming.acronym(linker, mentions, i);
    }
    names::short_bodies(linker, mentions);
    // «الرياض» in «صحيفة الرياض» names no other thing than the whole does.
    let mut outer: Vec<(usize, u32)> = Vec::new();
    for (i, m) in mentions.iter().enumerate() {
        outer.retain(|(end, _)| *end > m.span.start());
        let again = |e: &u32| m.kind == MentionKind::Name && outer.iter().any(|(_, o)| o == e);
        if linker.entity[i].as_ref().is_some_and(again) {
            linker.entity[i] = None;
        }
        outer.extend(linker.entity[i].map(|e| (m.span.end(), e)));
    }
    naming.rejected
}

impl Naming {
    /// Whom or what a name or date means; roles and pronouns come later.
    fn entity(&mut self, linker: &mut Linker<'_, '_>, mentions: &mut [Candidate], i: usize) -> Option<u32> {
        let m = mentions[i].clone();
        match &m.what {
            What::Keys(keys) => self.listed(linker, mentions, i, keys),
            What::Derived(id) if id.contains('/') => {
                Some(linker.by_id(id.clone(), EntityKind::Organisation, linker.gazetteer.key(id)))
            }
            What::Unknown if names::is_short(&m) => {
                let named = self.roster.bearer(linker, mentions, i);
                Some(named.unwrap_or_else(|| self.unknown.entity(linker, &m)))
            }
            What::Derived(_) | What::Unknown => Some(self.unknown.entity(linker, &m)),
            What::Date(expression) => {
                let ahead = (linker.ahead)(m.tokens.start);
                date::resolve(expression, linker.published, ahead)
                    .map(|d| linker.by_id(format!("date/{d}"), EntityKind::Date, None))
                    .or_else(|| Some(self.unknown.entity(linker, &m)))
            }
            What::Role(_) | What::Pronoun(_) => None,
        }
    }

    /// Which of its listed bearers a name means.
    fn listed(
        &mut self,
        linker: &mut Linker<'_, '_>,
        mentions: &mut [Candidate],
        i: usize,
        keys: &[Key],
    ) -> Option<u32> {
        let m = mentions[i].clone();
        let keys: Vec<Key> = if m.score < 60 {
            let near = |k: Key| {
                m.score == AT_HOME && self.company.support(linker, k) > 0
                    || choose::follows_its_city(linker, mentions, &self.company, i, k)
            };
            let stands = |k: &Key| self.strong.contains(k) || quoted(linker.page, &m) || near(*k);
            keys.iter().copied().filter(stands).collect()
        } else {
            keys.to_vec()
        };
        let by_form = m.score == BY_FORM && keys.is_empty();
        let keys = if by_form { names::at_home(linker, &m, &self.countries) } else { keys };
        if by_form && keys.is_empty() {
            // A body by its form; which one, nothing says.
            mentions[i].ty = EntityKind::Organisation;
            return Some(self.unknown.entity(linker, &mentions[i]));
        }
        let key = choose::choose(linker, mentions, i, &keys, &self.company, &mut self.rejected)?;
        if names::is_short(&m) && linker.gazetteer.record(key).kind == EntityKind::Person {
            // "Howard" in a text about Michael Howard.
            if let Some(other) = self.roster.other_bearer(linker, mentions, i, key) {
                self.refuse(linker, &m, key, "the text names somebody else of that surname in full");
                mentions[i].ty = EntityKind::Person;
                return Some(other);
            }
            // A famous surname alone, in a text without its bearer's full name, title or office.
            let stranger = m.lone
                && !self.titled.contains(&key)
                && !self.peers.contains(&key)
                && !choose::office_in_text(linker, mentions, key);
            if stranger {
                let reason =
                    "a surname alone, and the text has neither the full name nor a title or office of its bearer";
                self.refuse(linker, &m, key, reason);
                mentions[i].ty = EntityKind::Person;
                return Some(self.unknown.entity(linker, &mentions[i]));
            }
        }
        let entity = linker.known(key);
        mentions[i].ty = linker.drafts[entity as usize].kind;
        let form = linker.folded(&m);
        self.unknown.alias(mentions[i].ty, form, entity);
        Some(entity)
    }

    fn refuse(&mut self, linker: &Linker<'_, '_>, m: &Candidate, key: Key, reason: &str) {
        let candidate = linker.gazetteer.record(key).id.to_owned();
        self.rejected.push(Rejected { span: m.span, candidate, reason: reason.to_owned() });
    }

    /// An acronym in brackets after a body's name is that body.
    fn acronym(&mut self, linker: &mut Linker<'_, '_>, mentions: &[Candidate], i: usize) {
        let m = &mentions[i];
        if m.source == "acronym"
            && let Some(before) = i.checked_sub(1)
            && mentions[before].ty == EntityKind::Organisation
            && mentions[before].tokens.end + 1 == m.tokens.start
            && let (Some(body), Some(own)) = (linker.entity[before], linker.entity[i])
            && own != body
            && !linker.drafts[own as usize].known
        {
            let form = linker.folded(m);
            linker.entity[i] = Some(body);
            self.unknown.rename(EntityKind::Organisation, form, body);
        }
    }
}

fn quoted(page: &Page<'_>, m: &Candidate) -> bool {
    let before = m.tokens.start.checked_sub(1).map(|t| page.raw(t)).unwrap_or_default();
    matches!(before, "\"" | "«" | "“" | "'" | "‘") && matches!(page.raw(m.tokens.end), "\"" | "»" | "”" | "'" | "’")
}

/// The name mention that covers just these tokens; mentions are sorted by their start.
pub(crate) fn name_at(mentions: &[Candidate], tokens: &std::ops::Range<u32>) -> Option<usize> {
    let from = mentions.partition_point(|m| m.tokens.start < tokens.start);
    mentions[from..]
        .iter()
        .take_while(|m| m.tokens.start == tokens.start)
        .position(|m| m.tokens == *tokens && m.kind == MentionKind::Name)
        .map(|i| from + i)
}

/// Whether a mention is a person named or described.
pub(crate) fn is_actor(m: &Candidate) -> bool {
    matches!(m.kind, MentionKind::Name | MentionKind::Role)
        && matches!(m.ty, EntityKind::Person | EntityKind::Organisation | EntityKind::Country)
}
