//! What does a careful reader find in an article?
//!
//! ```text
//! ["name", "obama", "Obama", 2]   ─►  Mention { kind: "name", key: "obama", span: 118..123, … }
//! evidence = "Obama met [...] on Friday"  ─►  the bytes from the "O" to the "y"
//! ```
//!
//! Reads `NAME.expected.toml`; its form is told in `tests/articles/FORMAT.md`. A gold that breaks its own form is a
//! failure of the test, with every breach named at once.

use std::collections::BTreeMap;

use isnad::Date;
use toml::{Table, Value};

/// Start and end in bytes.
pub(crate) type Range = (usize, usize);

/// Keys of which one is right.
pub(crate) type Either = Vec<String>;

/// The gold of one article.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) published: Option<Date>,
    pub(crate) mentions: Vec<Mention>,
    /// The ids that are right for a key.
    pub(crate) entities: BTreeMap<String, Either>,
    pub(crate) relations: Vec<Relation>,
}

#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) kind: String,
    pub(crate) optional: bool,
    pub(crate) key: String,
    pub(crate) span: Range,
}

#[derive(Debug, Default)]
pub(crate) struct Relation {
    pub(crate) kind: String,
    pub(crate) optional: bool,
    /// The lists of main arguments that are right; the first is the clearest.
    pub(crate) main: Vec<Vec<Either>>,
    /// The other arguments that the gold names, by role.
    pub(crate) arguments: BTreeMap<String, Vec<Either>>,
    /// Words: modality, date, mode, stance, by, role, status.
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) cue: Vec<Range>,
    pub(crate) content: Vec<Range>,
    pub(crate) evidence: Vec<Range>,
}

/// The role whose fillers make the relation what it is.
pub(crate) fn main_role(kind: &str) -> &'static str {
    match kind {
        "meeting" => "participant",
        "statement" => "speaker",
        "visit" => "visitor",
        _ => "person",
    }
}

/// Reads the gold `toml` of the article `text`.
///
/// # Panics
///
/// Where the gold does not keep to its form.
pub(crate) fn read(name: &str, toml: &str, text: &str) -> Expected {
    let table: Table = toml.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut reader = Reader { text, problems: Vec::new() };
    let expected = reader.all(&table);
    assert!(reader.problems.is_empty(), "{name} breaks its form:\n  {}", reader.problems.join("\n  "));
    expected
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<String>,
}

impl Reader<'_> {
    fn all(&mut self, table: &Table) -> Expected {
        let mut expected = Expected::default();
        for (key, value) in table {
            match (key.as_str(), value) {
                ("published", Value::String(day)) => expected.published = Some(day.parse().unwrap()),
                ("mentions", Value::Array(all)) => {
                    expected.mentions = all.iter().filter_map(|m| self.mention(m)).collect();
                }
                ("entities", Value::Table(all)) => {
                    expected.entities = all.iter().map(|(key, ids)| (key.clone(), either(ids))).collect();
                }
                ("relation", Value::Array(all)) => {
                    expected.relations = all.iter().filter_map(Value::as_table).map(|r| self.relation(r)).collect();
                }
                _ => self.problems.push(format!("`{key}` means nothing here")),
            }
        }
        self.keys(&expected);
        expected
    }

    /// Every key that is used stands under `[entities]`.
    fn keys(&mut self, expected: &Expected) {
        let mut used: Vec<&String> = expected.mentions.iter().map(|m| &m.key).collect();
        for relation in &expected.relations {
            used.extend(relation.main.iter().chain(relation.arguments.values()).flatten().flatten());
        }
        for key in used {
            if key != "any" && !expected.entities.contains_key(key) {
                self.problems.push(format!("no entity has the key `{key}`"));
            }
        }
    }

    fn mention(&mut self, value: &Value) -> Option<Mention> {
        let row = value.as_array()?;
        let word = |i: usize| row.get(i).and_then(Value::as_str);
        let (Some(kind), Some(key), Some(words)) = (word(0), word(1), word(2)) else {
            self.problems.push(format!("no mention: {value}"));
            return None;
        };
        let span = self.place(words, row.get(3).and_then(Value::as_integer))?;
        let (kind, optional) = kind.strip_suffix('?').map_or((kind, false), |kind| (kind, true));
        if !["name", "demonym", "role", "date"].contains(&kind) {
            self.problems.push(format!("`{kind}` is no kind of mention"));
        }
        Some(Mention { kind: kind.to_owned(), optional, key: key.to_owned(), span })
    }

    fn relation(&mut self, table: &Table) -> Relation {
        let kind = table.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        let role = main_role(&kind);
        let mut relation = Relation { kind, ..Relation::default() };
        for (key, value) in table {
            match key.as_str() {
                "type" => {}
                "optional" => relation.optional = value.as_bool() == Some(true),
                "modality" | "date" | "mode" | "stance" | "by" | "role" | "status" => {
                    relation.fields.insert(key.clone(), value.as_str().unwrap_or_default().to_owned());
                }
                "cue" => relation.cue = self.pieces(value),
                "content" => relation.content = self.pieces(value),
                "evidence" => relation.evidence = self.pieces(value),
                key if key == role => relation.main.insert(0, list(value)),
                "accept" => relation.main.extend(value.as_array().into_iter().flatten().map(list)),
                "place" | "destination" | "host" | "attendee" | "addressee" | "target" | "of" | "organisation"
                | "reported_by" | "via" => {
                    relation.arguments.insert(key.clone(), list(value));
                }
                _ => self.problems.push(format!("`{key}` means nothing in a {}", relation.kind)),
            }
        }
        if relation.evidence.is_empty() && relation.cue.is_empty() || !table.contains_key(role) {
            self.problems.push(format!("a {} needs its words and its {role}: {table}", relation.kind));
        }
        relation
    }

    /// One piece or several.
    fn pieces(&mut self, value: &Value) -> Vec<Range> {
        let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        all.iter().filter_map(|piece| self.piece(piece)).collect()
    }

    fn piece(&mut self, value: &Value) -> Option<Range> {
        let words = value.as_str().or_else(|| value.get("text").and_then(Value::as_str)).unwrap_or_default();
        let nth = value.get("nth").and_then(Value::as_integer);
        let Some((head, tail)) = words.split_once(" [...] ") else { return self.place(words, nth) };
        let (start, from) = self.place(head, nth)?;
        let found = self.text[from..].find(tail).map(|at| (start, from + at + tail.len()));
        if found.is_none() {
            self.problems.push(format!("no \"{tail}\" behind \"{head}\""));
        }
        found
    }

    /// Where the words stand: the `nth` time, or the only time.
    fn place(&mut self, words: &str, nth: Option<i64>) -> Option<Range> {
        let all: Vec<usize> =
            if words.is_empty() { Vec::new() } else { self.text.match_indices(words).map(|(at, _)| at).collect() };
        let at = match nth {
            None if all.len() == 1 => Some(all[0]),
            None => None,
            Some(n) => usize::try_from(n - 1).ok().and_then(|i| all.get(i).copied()),
        };
        if at.is_none() {
            let which = nth.map_or_else(|| "and no number says which".to_owned(), |n| format!("not {n}"));
            self.problems.push(format!("\"{words}\" stands {} times, {which}", all.len()));
        }
        at.map(|at| (at, at + words.len()))
    }
}

fn either(value: &Value) -> Either {
    value.as_str().unwrap_or_default().split('|').map(str::to_owned).collect()
}

fn list(value: &Value) -> Vec<Either> {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter().map(either).collect()
}

#[test]
fn words_become_bytes() {
    let toml = r#"
        mentions = [["name?", "any", "b", 2]]
        [[relation]]
        type = "meeting"
        participant = ["any"]
        accept = [["any", "any"]]
        evidence = ["c [...] b", { text = "a", nth = 1 }]
    "#;
    let gold = read("toml", toml, "a b, c b, a");
    assert!(gold.mentions[0].optional && gold.mentions[0].span == (7, 8));
    assert_eq!(gold.relations[0].evidence, [(5, 8), (0, 1)]);
    assert_eq!(gold.relations[0].main.len(), 2);
}
