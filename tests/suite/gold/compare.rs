//! How far does a document agree with its gold?
//!
//! ```text
//! gold "Barack Obama" ── same bytes, same kind, right id ──► right
//! gold meeting ── type, place, main arguments ──► found ── every field as well ──► whole
//! ```
//!
//! A relation is *found* where its type, its place in the text and its main arguments are right (two participants of a
//! meeting, one speaker); *whole* where nothing that the gold says of it is missing or different.

use std::collections::{BTreeMap, BTreeSet};

use isnad::{Argument, Document, EntityId, MentionKind, Span};

use super::expected::{Either, Expected, Mention, Range, Relation, main_role};
use crate::seeds::{coverage, matching, overlap};

/// How many there were, and what was wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    /// What the library said, without what may be said or not.
    pub(crate) found: usize,
    /// What the gold asks for.
    pub(crate) wanted: usize,
    pub(crate) complaints: Vec<String>,
}

/// The measures, by name: `names`, `roles`, …, `meeting`, `meeting-whole`, …
pub(crate) type Tallies = BTreeMap<String, Tally>;

/// Evidence longer than this many bytes points nowhere.
const LONGEST_EVIDENCE: usize = 1000;

/// Compares the document of the article `name` with its gold.
pub(crate) fn compare(name: &str, gold: &Expected, doc: &Document<'_>, tallies: &mut Tallies) {
    let judge = Judge { name, gold, doc, unknown: unknown(gold, doc) };
    judge.published(tallies.entry("published".to_owned()).or_default());
    for kind in [MentionKind::Name, MentionKind::Demonym, MentionKind::Role, MentionKind::Date] {
        judge.mentions(kind, tallies.entry(format!("{}s", kind.as_str())).or_default());
    }
    for kind in ["meeting", "statement", "visit", "position"] {
        let (found, whole) = judge.relations(kind);
        for (measure, new) in [(kind.to_owned(), found), (format!("{kind}-whole"), whole)] {
            let tally = tallies.entry(measure).or_default();
            tally.right += new.right;
            tally.found += new.found;
            tally.wanted += new.wanted;
            tally.complaints.extend(new.complaints);
        }
    }
}

/// For each key that may stand for an entity of no list: the entity of the document that covers it best, no entity
/// for two keys.
fn unknown<'g>(gold: &'g Expected, doc: &Document<'_>) -> BTreeMap<&'g str, usize> {
    let mut votes: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for (key, ids) in &gold.entities {
        if doc.entities().iter().any(|e| e.is_known() && ids.iter().any(|id| id == e.id())) {
            continue;
        }
        for want in gold.mentions.iter().filter(|m| m.key == *key) {
            for m in doc.mentions().iter().filter(|m| overlap(want.span, range(m.span())) >= 0.5) {
                let id = doc.entity(m.entity()).id();
                if ids.iter().any(|stem| stem.starts_with("unknown/") && kindred(id, stem)) {
                    // Where name and role were not brought together, the name is the one to go by.
                    *votes.entry((key, m.entity().index())).or_default() += if want.kind == "name" { 100 } else { 1 };
                }
            }
        }
    }
    let mut votes: Vec<_> = votes.into_iter().collect();
    votes.sort_by_key(|((_, entity), n)| (std::cmp::Reverse(*n), *entity));
    let (mut of, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for ((key, entity), _) in votes {
        if !of.contains_key(key) && taken.insert(entity) {
            of.insert(key, entity);
        }
    }
    of
}

/// Whether `id` is `unknown/person` and a number.
fn kindred(id: &str, stem: &str) -> bool {
    id.strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'))
}

fn range(span: Span) -> Range {
    (span.start(), span.end())
}

fn touch(a: Range, b: Range) -> bool {
    a.0 < b.1 && b.0 < a.1
}

struct Judge<'j> {
    name: &'j str,
    gold: &'j Expected,
    doc: &'j Document<'j>,
    unknown: BTreeMap<&'j str, usize>,
}

impl Judge<'_> {
    /// Whether the entity is the one that the key means.
    fn is(&self, key: &str, entity: EntityId) -> bool {
        let Some(ids) = self.gold.entities.get(key) else { return key == "any" };
        let id = self.doc.entity(entity).id();
        ids.iter().any(|right| right == "any" || right == id) || self.unknown.get(key) == Some(&entity.index())
    }

    fn is_one(&self, keys: &Either, entity: EntityId) -> bool {
        keys.iter().any(|key| self.is(key, entity))
    }

    fn words(&self, span: Range) -> String {
        self.doc.text()[span.0..span.1].replace('\n', " ")
    }

    fn ids(&self, key: &str) -> String {
        self.gold.entities.get(key).map_or_else(|| key.to_owned(), |ids| ids.join("|"))
    }

    fn published(&self, tally: &mut Tally) {
        let (want, found) = (self.gold.published, self.doc.published());
        tally.wanted += usize::from(want.is_some());
        tally.found += usize::from(found.is_some());
        if want == found {
            tally.right += usize::from(want.is_some());
        } else {
            tally.complaints.push(format!("{}: published {found:?}, gold {want:?}", self.name));
        }
    }

    fn mentions(&self, kind: MentionKind, tally: &mut Tally) {
        let found: Vec<&isnad::Mention> = self.doc.mentions().iter().filter(|m| m.kind() == kind).collect();
        let gold = |optional: bool| -> Vec<&Mention> {
            let same = |m: &&Mention| m.kind == kind.as_str() && m.optional == optional;
            self.gold.mentions.iter().filter(same).collect()
        };
        let (required, optional) = (gold(false), gold(true));
        let same = |want: &Mention, m: &isnad::Mention| want.span == range(m.span()) && self.is(&want.key, m.entity());
        let pairs = matching(required.len(), found.len(), |i, j| same(required[i], found[j]));
        for (want, _) in required.iter().zip(&pairs).filter(|(_, pair)| pair.is_none()) {
            let near = self.doc.mentions().iter().filter(|m| touch(want.span, range(m.span()))).map(|m| {
                let id = self.doc.entity(m.entity()).id();
                format!("{} «{}» {id} [{}]", m.kind().as_str(), self.words(range(m.span())), m.source())
            });
            let near: Vec<String> = near.collect();
            let near = if near.is_empty() { "nothing".to_owned() } else { near.join(" + ") };
            let (words, ids) = (self.words(want.span), self.ids(&want.key));
            tally.complaints.push(format!("{}: missed «{words}» {ids}, found {near}", self.name));
        }
        let right: BTreeSet<usize> = pairs.into_iter().flatten().collect();
        let excused = |m: &isnad::Mention| optional.iter().any(|want| same(want, m)) || self.is_title(m);
        let free = (0..found.len()).filter(|j| !right.contains(j)).map(|j| found[j]);
        let extra: Vec<&isnad::Mention> = free.filter(|m| !excused(m)).collect();
        for m in &extra {
            let (words, id) = (self.words(range(m.span())), self.doc.entity(m.entity()).id());
            tally.complaints.push(format!("{}: extra «{words}» {id} [{}]", self.name, m.source()));
        }
        tally.right += right.len();
        tally.found += right.len() + extra.len();
        tally.wanted += required.len();
    }

    /// A role that ends where a name of the same entity begins need not be listed.
    fn is_title(&self, role: &isnad::Mention) -> bool {
        role.kind() == MentionKind::Role
            && self.doc.mentions().iter().any(|m| {
                let gap = self.doc.text().get(role.span().end()..m.span().start());
                m.kind() == MentionKind::Name
                    && m.entity() == role.entity()
                    && gap.is_some_and(|gap| gap.chars().all(char::is_whitespace))
            })
    }

    /// The tally of the relations found, and of those that are whole.
    fn relations(&self, kind: &str) -> (Tally, Tally) {
        let found: Vec<&isnad::Relation> = self.doc.relations().iter().filter(|r| r.kind() == kind).collect();
        let gold = |optional: bool| -> Vec<&Relation> {
            self.gold.relations.iter().filter(|r| r.kind == kind && r.optional == optional).collect()
        };
        let (required, optional) = (gold(false), gold(true));
        // The whole ones first, so that a lesser likeness takes no partner from them.
        let mut pairs = matching(required.len(), found.len(), |i, j| {
            self.finds(required[i], found[j]) && self.differences(required[i], found[j]).is_empty()
        });
        let whole = pairs.iter().flatten().count();
        let mut free: Vec<usize> = (0..found.len()).filter(|j| !pairs.contains(&Some(*j))).collect();
        let open: Vec<usize> = (0..required.len()).filter(|i| pairs[*i].is_none()).collect();
        let more = matching(open.len(), free.len(), |i, j| self.finds(required[open[i]], found[free[j]]));
        for (i, j) in open.iter().zip(&more).filter_map(|(i, j)| Some((*i, (*j)?))) {
            pairs[i] = Some(free[j]);
        }
        free.retain(|j| !pairs.contains(&Some(*j)));
        let excused = matching(optional.len(), free.len(), |i, j| self.finds(optional[i], found[free[j]]));
        let excused: BTreeSet<usize> = excused.into_iter().flatten().map(|j| free[j]).collect();

        let (mut missed, mut unlike) = (Vec::new(), Vec::new());
        for (want, pair) in required.iter().zip(&pairs) {
            match pair {
                None => missed.push(format!("{}: missed {}; {}", self.name, self.show(want), self.instead(want))),
                Some(j) => {
                    let differences = self.differences(want, found[*j]);
                    if !differences.is_empty() {
                        let (what, rule) = (self.show(want), found[*j].rule());
                        unlike.push(format!("{}: {what} [{rule}]: {}", self.name, differences.join("; ")));
                    }
                }
            }
        }
        for j in free.into_iter().filter(|j| !excused.contains(j)) {
            missed.push(format!("{}: extra {}", self.name, self.show_found(found[j])));
        }
        let tally = |right: usize, complaints: Vec<String>| Tally {
            right,
            found: found.len() - excused.len(),
            wanted: required.len(),
            complaints,
        };
        (tally(pairs.iter().flatten().count(), missed), tally(whole, unlike))
    }

    /// Type, place in the text and main arguments.
    fn finds(&self, want: &Relation, found: &isnad::Relation) -> bool {
        let main = self.fillers(found, &[main_role(&want.kind)]);
        let enough = |list: &Vec<Either>| {
            let least = list.len().min(if want.kind == "meeting" { 2 } else { 1 });
            self.common(list, &main) >= least
        };
        self.stands_there(want, found) && want.main.iter().any(enough)
    }

    fn stands_there(&self, want: &Relation, found: &isnad::Relation) -> bool {
        if want.kind == "statement" {
            let share = share(want, found);
            let cue = want.cue.iter().any(|cue| touch(*cue, range(found.trigger())));
            return share > 0.25 && (cue || share > 0.5);
        }
        want.evidence.iter().any(|piece| told(*piece, found))
    }

    /// What is not as the gold says, beyond what makes the relation found.
    fn differences(&self, want: &Relation, found: &isnad::Relation) -> Vec<String> {
        let mut out = Vec::new();
        let main = self.fillers(found, &[main_role(&want.kind)]);
        let whole = |list: &Vec<Either>| list.len() == main.len() && self.common(list, &main) == main.len();
        if !want.main.iter().any(whole) {
            out.push(format!("{}: found {}", main_role(&want.kind), self.list(&main)));
        }
        for (role, keys) in &want.arguments {
            let fillers = match role.as_str() {
                "of" => self.fillers(found, &["organisation", "country"]),
                "destination" => self.fillers(found, &["destination", "place"]),
                "reported_by" => found.reported_by().into_iter().collect(),
                "via" => found.via().into_iter().collect(),
                role => self.fillers(found, &[role]),
            };
            // Of "the US embassy in Iran" one of the two is enough; a list asks for each of its own.
            let right = self.common(keys, &fillers);
            if right < keys.len() || role != "of" && right < fillers.len() {
                let keys: Vec<String> = keys.iter().map(|keys| keys.join("|")).collect();
                out.push(format!("{role}: {}, found {}", keys.join(", "), self.list(&fillers)));
            }
        }
        for (field, word) in &want.fields {
            let value = match field.as_str() {
                "modality" => Some(found.modality().as_str()),
                "date" => found.date(),
                field => found.field(field),
            };
            if value != Some(word) {
                out.push(format!("{field}: {word}, found {}", value.unwrap_or("nothing")));
            }
        }
        if !want.content.is_empty() && share(want, found) < 0.8 {
            let found: Vec<String> = found.content().iter().map(|span| self.words(range(*span))).collect();
            let want: Vec<String> = want.content.iter().map(|span| self.words(*span)).collect();
            out.push(format!("content: «{}», found «{}»", want.join("» «"), found.join("» «")));
        }
        if !want.cue.is_empty() && !want.cue.iter().any(|cue| touch(*cue, range(found.trigger()))) {
            let (want, found) = (self.words(want.cue[0]), self.words(range(found.trigger())));
            out.push(format!("cue: «{want}», found «{found}»"));
        }
        for piece in want.evidence.iter().filter(|piece| !told(**piece, found)) {
            out.push(format!("evidence: not «{}»", self.words(*piece)));
        }
        out
    }

    /// The entities in these roles, each once.
    fn fillers(&self, relation: &isnad::Relation, roles: &[&str]) -> Vec<EntityId> {
        let those = relation.arguments().iter().filter(|a| roles.contains(&a.role()));
        let entities: BTreeSet<EntityId> = those.map(Argument::entity).collect();
        entities.into_iter().collect()
    }

    fn common(&self, keys: &[Either], entities: &[EntityId]) -> usize {
        matching(keys.len(), entities.len(), |i, j| self.is_one(&keys[i], entities[j])).iter().flatten().count()
    }

    fn list(&self, entities: &[EntityId]) -> String {
        let ids: Vec<&str> = entities.iter().map(|e| self.doc.entity(*e).id()).collect();
        if ids.is_empty() { "nobody".to_owned() } else { ids.join(", ") }
    }

    fn show(&self, want: &Relation) -> String {
        let main: Vec<String> =
            want.main.iter().flatten().take(want.main[0].len()).map(|keys| keys.join("|")).collect();
        let place = want.cue.first().or(want.evidence.first()).map_or_else(String::new, |span| self.words(*span));
        format!("{} of {} at «{place}»", want.kind, main.join(", "))
    }

    fn show_found(&self, found: &isnad::Relation) -> String {
        let main = self.list(&self.fillers(found, &[main_role(found.kind())]));
        let evidence = found.evidence().first().map_or_else(String::new, |span| self.words(range(*span)));
        let trigger = self.words(range(found.trigger()));
        format!("{} of {main} by {} at «{trigger}» in «{evidence}»", found.kind(), found.rule())
    }

    /// What the library says in the place of a relation that it misses.
    fn instead(&self, want: &Relation) -> String {
        let near = |found: &&isnad::Relation| {
            let cue = want.cue.iter().any(|cue| touch(*cue, range(found.trigger())));
            found.kind() == want.kind && (cue || want.evidence.iter().any(|piece| told(*piece, found)))
        };
        let near: Vec<String> = self
            .doc
            .relations()
            .iter()
            .filter(near)
            .map(|r| {
                let main = self.list(&self.fillers(r, &[main_role(r.kind())]));
                let content: Vec<String> =
                    r.content().iter().map(|span| format!(" «{}»", self.words(range(*span)))).collect();
                format!("{main} [{}]{}", r.rule(), content.concat())
            })
            .collect();
        let there =
            if near.is_empty() { "nothing there".to_owned() } else { format!("there stands {}", near.join(" + ")) };
        let lacks = |keys: &&Either| !self.doc.mentions().iter().any(|m| self.is_one(keys, m.entity()));
        let lacking: Vec<String> = want.main[0].iter().filter(lacks).map(|keys| keys.join("|")).collect();
        if lacking.is_empty() { there } else { format!("{there}; found nowhere: {}", lacking.join(", ")) }
    }
}

/// How much of the content is the same, over the longer of the two.
fn share(want: &Relation, found: &isnad::Relation) -> f64 {
    let content: Vec<Range> = found.content().iter().map(|span| range(*span)).collect();
    coverage(&want.content, &content)
}

fn told(piece: Range, found: &isnad::Relation) -> bool {
    found.evidence().iter().any(|span| span.len() <= LONGEST_EVIDENCE && touch(piece, range(*span)))
}
