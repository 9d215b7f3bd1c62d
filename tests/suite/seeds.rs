//! Does the library find in the two articles the project began with what their readers found?
//!
//! ```text
//! ISNAD_SHARED/seeds/NAME.txt ─► Document ┐
//! ISNAD_SHARED/gold/NAME.json ────────────┴─► 97 of 97 mentions, every relation, nothing else
//! ```
//!
//! The rules of comparison are those of `tools/score.py seeds`: a mention counts with its id, its kind and its very
//! bytes (or the alternatives the gold gives); a relation with its type, its place in the text and its main argument.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use isnad::{Date, Document, Input, MentionKind, Relation};
use serde_json::Value;

use crate::shared::{folder, isnad, sound};

/// Both articles together.
const MENTIONS: usize = 97;

#[test]
fn the_two_articles() {
    let Some(shared) = folder("the_two_articles") else { return };
    let (mut complaints, mut mentions, mut relations) = (Vec::new(), 0, 0);
    for gold in golds(&shared) {
        let name = gold["document"].as_str().unwrap();
        let text = fs::read_to_string(shared.join("seeds").join(name)).unwrap();
        let doc = isnad().extract(Input::new(&*text).id(name));
        sound(&doc);
        let published = gold["published"].as_str().map(|day| day.parse::<Date>().unwrap());
        if doc.published() != published {
            complaints.push(format!("{name}: published {:?}, want {published:?}", doc.published()));
        }
        let before = complaints.len();
        mentions += compare_mentions(&gold, &doc, &mut complaints);
        relations += compare_relations(&gold, &doc, &mut complaints);
        complaints[before..].iter_mut().for_each(|complaint| *complaint = format!("{name}: {complaint}"));
    }
    println!("seeds: {mentions} of {MENTIONS} mentions, {relations} relations");
    assert!(complaints.is_empty() && mentions == MENTIONS, "{mentions} mentions\n{}", complaints.join("\n"));
}

fn golds(shared: &Path) -> Vec<Value> {
    let mut paths: Vec<_> = fs::read_dir(shared.join("gold")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()).collect()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

type Range = (usize, usize);

fn range(value: &Value) -> Range {
    let number = |key: &str| value[key].as_u64().unwrap() as usize;
    (number("start"), number("end"))
}

fn ranges(value: &Value, key: &str) -> Vec<Range> {
    list(value, key).iter().map(range).collect()
}

/// The gold mentions that were found; what was not, and names that the gold does not know, are complaints.
fn compare_mentions(gold: &Value, doc: &Document<'_>, complaints: &mut Vec<String>) -> usize {
    let mut right = 0;
    for want in list(gold, "mentions") {
        let pair = |pair: &Value| (pair[0].as_u64().unwrap() as usize, pair[1].as_u64().unwrap() as usize);
        let mut places = vec![range(want)];
        places.extend(list(want, "alternatives").iter().map(pair));
        let here = doc.mentions().iter().filter(|m| places.contains(&(m.span().start(), m.span().end())));
        let here: Vec<_> = here.map(|m| (m.kind().as_str(), doc.entity(m.entity()).id())).collect();
        if here.contains(&(want["kind"].as_str().unwrap(), want["entity"].as_str().unwrap())) {
            right += 1;
        } else {
            let (kind, id) = (&want["kind"], &want["entity"]);
            complaints.push(format!("{:?} {}: a {kind} of {id}, found {here:?}", range(want), want["text"]));
        }
    }
    let known: BTreeSet<Range> = list(gold, "mentions").iter().chain(list(gold, "optional")).map(range).collect();
    for extra in doc.mentions() {
        let named = matches!(extra.kind(), MentionKind::Name | MentionKind::Demonym);
        if named && !known.contains(&(extra.span().start(), extra.span().end())) {
            let id = doc.entity(extra.entity()).id();
            complaints.push(format!("{} {:?}: {id} is no name of the gold", extra.span(), &doc[extra.span()]));
        }
    }
    right
}

/// The required relations that were found; those that were not, and found ones that are not even optional, are
/// complaints.
fn compare_relations(gold: &Value, doc: &Document<'_>, complaints: &mut Vec<String>) -> usize {
    let to_gold = aligned(gold, doc);
    let all = list(gold, "relations");
    let (optional, required): (Vec<_>, Vec<_>) = all.iter().partition(|r| r["optional"] == Value::Bool(true));
    let found: Vec<&Relation> =
        doc.relations().iter().filter(|r| MAIN.iter().any(|(kind, _)| *kind == r.kind())).collect();
    let first = matching(required.len(), found.len(), |i, j| agree(required[i], found[j], &to_gold, doc));
    let taken: BTreeSet<usize> = first.iter().flatten().copied().collect();
    for (want, _) in required.iter().zip(&first).filter(|(_, found)| found.is_none()) {
        complaints.push(format!("missed {want}"));
    }
    let free: Vec<usize> = (0..found.len()).filter(|j| !taken.contains(j)).collect();
    let second = matching(optional.len(), free.len(), |i, j| agree(optional[i], found[free[j]], &to_gold, doc));
    let excused: BTreeSet<usize> = second.iter().flatten().map(|j| free[*j]).collect();
    for j in free.into_iter().filter(|j| !excused.contains(j)) {
        let words = found[j].evidence().first().map_or("", |span| &doc[*span]);
        complaints.push(format!("extra {} of {}: {words:?}", found[j].kind(), found[j].rule()));
    }
    first.iter().flatten().count()
}

const MAIN: [(&str, &[&str]); 4] = [
    ("meeting", &["participant", "attendee"]),
    ("statement", &["speaker"]),
    ("visit", &["visitor"]),
    ("position", &["person"]),
];

/// The one gold entity that each entity of the document stands for: the one whose mentions it covers most.
fn aligned<'g>(gold: &'g Value, doc: &Document<'_>) -> BTreeMap<usize, &'g str> {
    let with_entity = |m: &&Value| m["entity"].is_string();
    let everything: Vec<&Value> =
        list(gold, "mentions").iter().chain(list(gold, "optional")).filter(with_entity).collect();
    let mut votes: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for mention in doc.mentions() {
        let here = (mention.span().start(), mention.span().end());
        let near = everything.iter().rev().map(|m| (overlap(range(m), here), m["entity"].as_str().unwrap()));
        if let Some((share, id)) = near.max_by(|a, b| a.0.total_cmp(&b.0))
            && share >= 0.5
        {
            *votes.entry(mention.entity().index()).or_default().entry(id).or_default() += 1;
        }
    }
    let most = |votes: BTreeMap<&'g str, usize>| votes.into_iter().rev().max_by_key(|(_, n)| *n).map(|(id, _)| id);
    votes.into_iter().filter_map(|(entity, votes)| Some((entity, most(votes)?))).collect()
}

/// Intersection over union.
pub(crate) fn overlap(a: Range, b: Range) -> f64 {
    let common = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    common as f64 / (a.1.max(b.1) - a.0.min(b.0)).max(1) as f64
}

/// Bytes that both hold, over the longer of the two.
pub(crate) fn coverage(a: &[Range], b: &[Range]) -> f64 {
    let length = |all: &[Range]| all.iter().map(|r| r.1 - r.0).sum::<usize>();
    let common = |x: &Range, y: &Range| x.1.min(y.1).saturating_sub(x.0.max(y.0));
    let both: usize = a.iter().map(|x| b.iter().map(|y| common(x, y)).sum::<usize>()).sum();
    both as f64 / length(a).max(length(b)).max(1) as f64
}

fn ids<'v>(value: &'v Value, keys: &[&str]) -> BTreeSet<&'v str> {
    let one_or_many = |key: &&str| match &value[*key] {
        Value::String(id) => vec![id.as_str()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    keys.iter().flat_map(one_or_many).collect()
}

fn agree(want: &Value, found: &Relation, to_gold: &BTreeMap<usize, &str>, doc: &Document<'_>) -> bool {
    let kind = found.kind();
    if want["type"] != kind {
        return false;
    }
    let spans = |spans: &[isnad::Span]| spans.iter().map(|s| (s.start(), s.end())).collect::<Vec<Range>>();
    let arguments = |roles: &[&str]| -> BTreeSet<&str> {
        let those = found.arguments().iter().filter(|a| roles.contains(&a.role()));
        those.map(|a| to_gold.get(&a.entity().index()).copied().unwrap_or(doc.entity(a.entity()).id())).collect()
    };
    let here = spans(found.evidence());
    let evidence = ranges(want, "evidence").iter().any(|a| here.iter().any(|b| a.0 < b.1 && b.0 < a.1));
    let roles = MAIN.iter().find(|(k, _)| *k == kind).map_or(&[][..], |(_, roles)| roles);
    let main = arguments(roles);
    let in_gold = ids(want, &["participants", "attendees", "speaker", "visitor", "person"]);
    let mut accepted = vec![in_gold];
    accepted.extend(
        list(want, "accept").iter().map(|ids| ids.as_array().unwrap().iter().filter_map(Value::as_str).collect()),
    );
    let enough = |want: &BTreeSet<&str>| {
        want.intersection(&main).count() >= want.len().min(if kind == "meeting" { 2 } else { 1 })
    };
    if !accepted.iter().any(enough) {
        return false;
    }
    match kind {
        "statement" => {
            let content = coverage(&ranges(want, "content"), &spans(found.content()));
            (evidence || content > 0.5) && content > 0.25
        }
        "visit" => {
            let to = ids(want, &["destination", "place"]);
            evidence && (to.is_empty() || !to.is_disjoint(&arguments(&["destination", "place"])))
        }
        _ => evidence,
    }
}

/// A largest matching: for each of `n` on the left the one on the right that it is paired with.
pub(crate) fn matching(n: usize, m: usize, fits: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    fn place(i: usize, edges: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
        for &j in &edges[i] {
            if !seen[j] {
                seen[j] = true;
                if owner[j].is_none_or(|other| place(other, edges, owner, seen)) {
                    owner[j] = Some(i);
                    return true;
                }
            }
        }
        false
    }
    let edges: Vec<Vec<usize>> = (0..n).map(|i| (0..m).filter(|j| fits(i, *j)).collect()).collect();
    let mut owner = vec![None; m];
    for i in 0..n {
        place(i, &edges, &mut owner, &mut vec![false; m]);
    }
    let mut pairs = vec![None; n];
    for (j, owner) in owner.into_iter().enumerate() {
        if let Some(i) = owner {
            pairs[i] = Some(j);
        }
    }
    pairs
}

#[test]
fn the_comparison_tells_good_from_bad() {
    assert_eq!(matching(2, 2, |i, j| i == 0 || j == 0), [Some(1), Some(0)], "the first gives way");
    assert_eq!(matching(2, 1, |_, _| true), [Some(0), None]);
    assert_eq!(coverage(&[(0, 10)], &[(5, 10), (20, 25)]), 0.5);
    assert!(overlap((0, 4), (2, 6)) < 0.5 && overlap((0, 4), (0, 4)) == 1.0);
}
