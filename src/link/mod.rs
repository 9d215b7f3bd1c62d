//! Which mentions mean the same entity, and which entity is it?
//!
//! ```text
//! mentions ─► names ─► script ─► roles (beside a name · by office · "the minister" · counterpart) ─► pronouns ─► slots
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::date::Date;
use crate::document::Rejected;
use crate::entity::EntityKind;
use crate::find::names::{AT_HOME, BY_FORM, SHOWN_HERE};
use crate::find::{Candidate, What};
use crate::gazetteer::{Gazetteer, Key};
use crate::mention::MentionKind;
use crate::rules::Slot;
use crate::span::Span;
use crate::steps::{Left, Step};
use crate::text::{Page, TokenKind};

pub(crate) mod choose;
pub(crate) mod coref;
pub(crate) mod date;
pub(crate) mod names;
pub(crate) mod office;
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

/// The state of linking one document.
pub(crate) struct Linker<'a, 't> {
    pub(crate) page: &'a Page<'t>,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) published: Option<Date>,
    /// Whether the sentence of a token speaks of the future.
    pub(crate) ahead: &'a dyn Fn(u32) -> bool,
    /// For each token of a title, the folded bytes of its clitic.
    pub(crate) titles: &'a [Option<u32>],
    pub(crate) drafts: Vec<Draft>,
    by_id: HashMap<String, u32>,
    pub(crate) entity: Vec<Option<u32>>,
    pub(crate) group: HashMap<u32, Vec<u32>>,
    pub(crate) positions: Vec<Position>,
    stated: HashMap<u32, u32>,
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
pub(crate) fn link(
    page: &Page<'_>,
    mut mentions: Vec<Candidate>,
    titles: &[Option<u32>],
    gazetteer: &Gazetteer,
    published: Option<Date>,
    ahead: &dyn Fn(u32) -> bool,
    left: Left,
) -> Linked {
    let mut linker = Linker {
        page,
        gazetteer,
        published,
        ahead,
        titles,
        drafts: Vec::new(),
        by_id: HashMap::new(),
        entity: vec![None; mentions.len()],
        group: HashMap::new(),
        positions: Vec::new(),
        stated: HashMap::new(),
        counterpart: BTreeMap::new(),
        beside: BTreeMap::new(),
        why: BTreeMap::new(),
    };
    if left.takes(Step::Script) {
        script::complete(&mut linker, &mut mentions);
    }
    let rejected = link_names(&mut linker, &mut mentions);
    if left.takes(Step::Beside) {
        roles::beside_names(&mut linker, &mentions);
    }
    if left.takes(Step::Script) {
        script::link(&mut linker, &mut mentions);
    }
    if left.takes(Step::Office) {
        roles::link(&mut linker, &mut mentions);
    }
    if left.takes(Step::Coref) {
        coref::link(&mut linker, &mentions);
    }
    let slots = slots::build(&linker, &mentions);
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

fn link_names(linker: &mut Linker<'_, '_>, mentions: &mut [Candidate]) -> Vec<Rejected> {
    let mut rejected = Vec::new();
    let company = choose::Company::new(linker, mentions);
    let countries = names::country_counts(linker, mentions);
    let mut unknown = names::Unknown::default();
    // Strong names first, so that a weak one may lean on them wherever it stands.
    let mut strong: BTreeMap<Key, ()> = BTreeMap::new();
    for m in mentions.iter() {
        if let What::Keys(keys) = &m.what
            && m.score >= 60
            && m.score != SHOWN_HERE
        {
            keys.iter().for_each(|k| {
                strong.insert(*k, ());
            });
        }
    }
    // "Mr Putin" once makes every "Putin" of the text the same man.
    let titled: BTreeSet<Key> = mentions
        .iter()
        .filter(|m| m.lone && m.tokens.start.checked_sub(1).is_some_and(|t| linker.is_title(t)))
        .flat_map(|m| match &m.what {
            What::Keys(keys) => keys.clone(),
            _ => Vec::new(),
        })
        .collect();
    // The innermost name that is still open: where it ends and what it means.
    let mut outer: Vec<(usize, u32)> = Vec::new();
    for i in 0..mentions.len() {
        let m = mentions[i].clone();
        outer.retain(|(end, _)| *end > m.span.start());
        let entity = match &m.what {
            What::Keys(keys) => {
                let keys: Vec<Key> = if m.score < 60 {
                    let near = |k: Key| {
                        m.score == AT_HOME && company.support(linker, k) > 0
                            || choose::follows_its_city(linker, mentions, &company, i, k)
                    };
                    keys.iter()
                        .copied()
                        .filter(|k| strong.contains_key(k) || quoted(linker.page, &m) || near(*k))
                        .collect()
                } else {
                    keys.clone()
                };
                let by_form = m.score == BY_FORM && keys.is_empty();
                let keys = if by_form { names::at_home(linker, &m, &countries) } else { keys };
                if by_form && keys.is_empty() {
                    // A body by its form; which one, nothing says.
                    mentions[i].ty = EntityKind::Organisation;
                    linker.entity[i] = Some(unknown.entity(linker, &mentions[i].clone()));
                    continue;
                }
                let chosen = choose::choose(linker, mentions, i, &keys, &company, &mut rejected);
                // A famous surname alone, in a text without its bearer's full name, title or office.
                let stranger = |key: &Key| {
                    m.lone
                        && m.tokens.len() == 1
                        && linker.gazetteer.record(*key).kind == EntityKind::Person
                        && !titled.contains(key)
                        && !choose::office_in_text(linker, mentions, *key)
                };
                if let Some(key) = chosen.filter(stranger) {
                    rejected.push(Rejected {
                        span: m.span,
                        candidate: linker.gazetteer.record(key).id.to_owned(),
                        reason: "a surname alone, and the text has neither the full name nor a title or office of its bearer".to_owned(),
                    });
                    mentions[i].ty = EntityKind::Person;
                    linker.entity[i] = Some(unknown.entity(linker, &mentions[i].clone()));
                    continue;
                }
                chosen.map(|key| {
                    let entity = linker.known(key);
                    mentions[i].ty = linker.drafts[entity as usize].kind;
                    let form = linker.folded(&m);
                    unknown.alias(mentions[i].ty, form, entity);
                    entity
                })
            }
            What::Derived(id) if id.contains('/') => {
                Some(linker.by_id(id.clone(), EntityKind::Organisation, linker.gazetteer.key(id)))
            }
            What::Derived(_) => Some(unknown.entity(linker, &m)),
            What::Unknown => Some(unknown.entity(linker, &m)),
            What::Date(expression) => {
                let ahead = (linker.ahead)(m.tokens.start);
                date::resolve(expression, linker.published, ahead)
                    .map(|d| linker.by_id(format!("date/{d}"), EntityKind::Date, None))
                    .or_else(|| Some(unknown.entity(linker, &m)))
            }
            What::Role(_) | What::Pronoun(_) => None,
        };
        // «الرياض» in «صحيفة الرياض» names no other thing than the whole does.
        let again = entity.filter(|e| m.kind == MentionKind::Name && outer.iter().any(|(_, o)| o == e));
        linker.entity[i] = if again.is_some() { None } else { entity };
        outer.extend(linker.entity[i].map(|e| (m.span.end(), e)));
        // An acronym in brackets after a body's name is that body.
        if m.source == "acronym"
            && i > 0
            && mentions[i - 1].ty == EntityKind::Organisation
            && mentions[i - 1].tokens.end + 1 == m.tokens.start
            && let (Some(body), Some(own)) = (linker.entity[i - 1], entity)
            && own != body
            && !linker.drafts[own as usize].known
        {
            let form = linker.folded(&m);
            linker.entity[i] = Some(body);
            unknown.rename(EntityKind::Organisation, form, body);
        }
    }
    rejected
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
