//! What is known under a name, and by which spelling?
//!
//! ```text
//! «عبدالله زين»  ─►  person/abdullah-zayn, by the generated spelling of «عبد الله زين»
//! "Jonh Kerry"    ─►  nothing; near: "John Kerry", one letter away
//! ```

use crate::date::Date;
use crate::diagnostic::distance;
use crate::entity::EntityKind;
use crate::find::automaton::Automaton;
use crate::find::boundary::{Hit, Hits};
use crate::gazetteer::patterns::{Meaning, spelling};
use crate::gazetteer::read::{NameKind, RoleKind};
use crate::gazetteer::{Gazetteer, Key, table};
use crate::text::Page;
use crate::text::read::read;

/// What the gazetteers know under a name: see [`Extractor::look_up`](crate::Extractor::look_up).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LookUp {
    folded: String,
    matches: Vec<Match>,
    near: Vec<Near>,
}

impl LookUp {
    /// The form in which the name is compared: without case, diacritics, harakat and tatweel.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// What it may mean: the best known entity first, then roles and other words. Where the whole name means nothing,
    /// the names inside it.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// Where nothing matches: the listed names nearest to it.
    pub fn near(&self) -> &[Near] {
        &self.near
    }
}

/// One thing that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    words: String,
    whole: bool,
    clitic: String,
    meaning: Sense,
}

impl Match {
    /// The folded words that match.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether that is the whole name asked for.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The Arabic letters glued to its front: «و» of «والبحرين».
    pub fn clitic(&self) -> &str {
        &self.clitic
    }

    /// What it means.
    pub fn sense(&self) -> &Sense {
        &self.meaning
    }
}

/// What a spelling stands for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Sense {
    /// An entity.
    Entity(Box<Known>),
    /// A form of an office, a ministry, a portfolio or another noun for an actor.
    Role {
        /// The role: `minister-foreign-affairs`, `spokesman`.
        id: String,
        /// `office`, `head`, `ministry`, `portfolio`, `body`, `actor` or `modifier`.
        kind: &'static str,
        /// The one country or body whose office this form means.
        only: Option<String>,
    },
    /// A word that recognisers ask for: a title, a month, …
    Word {
        /// Its class: `title`, `month`, …
        class: String,
        /// Its value in the table.
        value: String,
    },
    /// A head-word of organisations or places: "Ministry", «حزب».
    Head {
        /// What the head-word makes.
        kind: EntityKind,
        /// `party`, `university`, …
        sub: String,
    },
    /// A part of persons' names.
    Part {
        /// Seen as a given name.
        given: bool,
        /// Seen as a family name.
        family: bool,
    },
    /// A function word: no name is one, begins or ends with one.
    FunctionWord,
    /// An ordinary word that is also a name.
    CommonWord,
}

/// An entity, and the row that the spelling comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// `city`, `party`, `media`, …
    pub sub: String,
    /// The id of its country.
    pub country: Option<String>,
    /// Its usual name in English.
    pub name_en: Option<String>,
    /// Its usual name in Arabic.
    pub name_ar: Option<String>,
    /// Higher is better known: decides between namesakes when nothing else does.
    pub rank: u32,
    /// Outside identifiers as `(scheme, value)`.
    pub identifiers: Vec<(String, String)>,
    /// The name as its row writes it.
    pub written: String,
    /// The kind of that name: `name`, `alias`, `short`, …
    pub name_kind: &'static str,
    /// The flags of that name: `alone`, `case`, `weak`.
    pub flags: Vec<&'static str>,
    /// Whether the spelling was generated from the row («عبدالله» from «عبد الله»).
    pub generated: bool,
    /// Its offices, the latest first.
    pub offices: Vec<Held>,
}

/// An office that somebody holds or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role: `minister-foreign-affairs`.
    pub role: String,
    /// The id of the country or body it is an office of.
    pub of: String,
    /// Its first day, month or year.
    pub from: Option<Date>,
    /// Its last; none where it is still held, or nobody knows.
    pub to: Option<Date>,
}

/// A listed name that is nearly the one asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The name as its row writes it.
    pub name: String,
    /// The entity's id.
    pub id: String,
    /// How many letters are different.
    pub distance: usize,
}

/// Names that are told as near at most.
const NEAR: usize = 8;

/// Looks a name up.
pub(crate) fn look_up(name: &str, gazetteer: &Gazetteer, automaton: &Automaton) -> LookUp {
    let page = read(name, gazetteer.text_words());
    let mut hits = Hits::default();
    hits.search(&page, automaton, gazetteer);
    let all = 0..page.tokens.len() as u32;
    let mut out = LookUp { folded: spelling(name), ..LookUp::default() };
    for hit in hits.iter().filter(|hit| hit.tokens == all) {
        add(&mut out.matches, hit, true, &page, gazetteer);
    }
    let lower: String = name.trim().to_lowercase();
    let part = gazetteer.part(&out.folded).map(|part| Sense::Part { given: part.given, family: part.family });
    let closed = gazetteer.is_closed(&lower).then_some(Sense::FunctionWord);
    let common = gazetteer.is_common(&lower).then_some(Sense::CommonWord);
    for meaning in [part, closed, common].into_iter().flatten() {
        out.matches.push(Match { words: out.folded.clone(), whole: true, clitic: String::new(), meaning });
    }
    if out.matches.is_empty() {
        // Longer ones stand first: what lies inside one that is taken says nothing more.
        let mut covered = 0;
        for hit in hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Name(_))) {
            if hit.tokens.end > covered || (hit.tokens.end == covered && !out.matches.is_empty()) {
                add(&mut out.matches, hit, false, &page, gazetteer);
                covered = hit.tokens.end;
            }
        }
        out.near = near(&out.folded, gazetteer);
    }
    let order = |m: &Match| match &m.meaning {
        Sense::Entity(known) => (0, std::cmp::Reverse(known.rank), known.id.clone()),
        _ => (1, std::cmp::Reverse(0), String::new()),
    };
    out.matches.sort_by_cached_key(order);
    out
}

fn add(out: &mut Vec<Match>, hit: &Hit, whole: bool, page: &Page<'_>, gazetteer: &Gazetteer) {
    let first = page.word(hit.tokens.start);
    let (clitic, _) = first.split_at_checked(hit.clitic as usize).unwrap_or(("", first));
    let mut words = String::new();
    for t in hit.tokens.clone() {
        let spaced = page.tokens.get(t as usize).is_some_and(|token| token.spaced);
        if spaced && !words.is_empty() {
            words.push(' ');
        }
        let word = page.word(t);
        words.push_str(if t == hit.tokens.start { word.get(clitic.len()..).unwrap_or(word) } else { word });
    }
    let meaning = match hit.meaning {
        Meaning::Name(index) => Sense::Entity(Box::new(known(index, &words, gazetteer))),
        Meaning::Role(index) => {
            let role = gazetteer.role(index);
            let only = role.only.map(|key| gazetteer.record(key).id.to_owned());
            Sense::Role { id: role.id.to_owned(), kind: role_kind(role.kind), only }
        }
        Meaning::Word(index) => {
            let word = gazetteer.word(index);
            let class = format!("{:?}", word.class).to_lowercase();
            Sense::Word { class, value: word.value.to_owned() }
        }
        Meaning::Head(index) => {
            let head = gazetteer.head(index);
            Sense::Head { kind: head.kind, sub: head.sub.to_owned() }
        }
    };
    let new = Match { words, whole, clitic: clitic.to_owned(), meaning };
    // The hand-kept and the built tables may both hold the row.
    if !out.contains(&new) {
        out.push(new);
    }
}

fn known(index: u32, words: &str, gazetteer: &Gazetteer) -> Known {
    let name = gazetteer.name(index);
    let record = gazetteer.record(name.key);
    let id = |key: Key| gazetteer.record(key).id.to_owned();
    let flags = [("alone", name.flags.alone), ("case", name.flags.case), ("weak", name.flags.weak)];
    let mut offices: Vec<Held> = gazetteer
        .offices_of_person(name.key)
        .map(|o| Held { role: o.role.to_owned(), of: id(o.of), from: o.from, to: o.to })
        .collect();
    offices.sort_by(|a, b| (b.from, &a.role, &a.of).cmp(&(a.from, &b.role, &b.of)));
    offices.dedup();
    Known {
        id: record.id.to_owned(),
        kind: record.kind,
        sub: record.sub.to_owned(),
        country: record.country.filter(|key| *key != name.key).map(id),
        name_en: record.name_en.map(str::to_owned),
        name_ar: record.name_ar.map(str::to_owned),
        rank: record.rank,
        identifiers: gazetteer.identifiers(name.key).map(|(s, v)| (s.to_owned(), v.to_owned())).collect(),
        written: name.text.to_owned(),
        name_kind: name_kind(name.kind),
        flags: flags.into_iter().filter(|(_, set)| *set).map(|(flag, _)| flag).collect(),
        generated: spelling(name.text) != words,
        offices,
    }
}

fn name_kind(kind: NameKind) -> &'static str {
    crate::gazetteer::read::NAME_KINDS.iter().find(|(_, k)| *k == kind).map_or("name", |(word, _)| word)
}

fn role_kind(kind: RoleKind) -> &'static str {
    crate::gazetteer::read::ROLE_KINDS.iter().find(|(_, k)| *k == kind).map_or("actor", |(word, _)| word)
}

fn near(folded: &str, gazetteer: &Gazetteer) -> Vec<Near> {
    let length = folded.chars().count();
    let limit = (length / 4).clamp(1, 4);
    let mut all: Vec<Near> = Vec::new();
    for (_, name) in gazetteer.names() {
        // Bytes are at most twice the letters in our two scripts: a cheap test before the dear one.
        let bytes = name.text.len();
        if bytes + 2 * limit < length || bytes > 3 * (length + limit) {
            continue;
        }
        let other = spelling(name.text);
        if other.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = distance(folded, &other);
        if distance <= limit {
            all.push(Near { name: name.text.to_owned(), id: gazetteer.record(name.key).id.to_owned(), distance });
        }
    }
    all.sort_by(|a, b| (a.distance, &a.name, &a.id).cmp(&(b.distance, &b.name, &b.id)));
    all.dedup();
    all.truncate(NEAR);
    all
}

/// The rows of `files`, given as `(name, text)`, that give an entity a name: `(file, line)` in the order of the files.
///
/// ```
/// let files = [("own.tsv", "name\tlang\tid\nAda Quill\ten\tperson/ada-quill\n")];
/// let rows = isnad::curate::rows(&files, "Ada Quill", "person/ada-quill");
/// assert_eq!(rows, [("own.tsv", 2)]);
/// ```
pub fn rows<'f>(files: &[(&'f str, &str)], name: &str, id: &str) -> Vec<(&'f str, usize)> {
    let mut found = Vec::new();
    for (file, text) in files {
        table::read(file, text, &mut Vec::new(), |layout, row, _| {
            if layout == 1 && row.cell(0) == name && row.cell(2) == id {
                found.push((*file, row.problem("", 0, String::new()).line()));
            }
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractor::Extractor;

    fn isnad() -> Extractor {
        let names = "name\tlang\tid\tkind\tflags\n\
            Abdullah Zayn\ten\tperson/zayn\tname\t\nعبد الله زين\tar\tperson/zayn\tname\t\nZayn\ten\tperson/zayn\tshort\tcase\n\
            Zayn\ten\tplace/zayn\tname\t\nبورفاث\tar\tcountry/BVT\tname\t\n";
        let entities = "id\tsub\tcountry\trank\nplace/zayn\tcity\tcountry/BVT\t7\nperson/zayn\t\tcountry/BVT\t9\n";
        let offices = "person\trole\tof\tfrom\tto\nperson/zayn\tking\tcountry/BVT\t2001\t2004-05\nperson/zayn\tking\tcountry/BVT\t2009\t\n";
        let other = "role\tlang\tform\tkind\nking\ten\tKing\toffice\n";
        let parts = "part\tlang\tkind\nzayn\ten\tfamily\n";
        let builder = Extractor::builder().without_bundled().gazetteer("n", names).gazetteer("e", entities);
        builder.gazetteer("o", offices).gazetteer("r", other).gazetteer("p", parts).build().unwrap()
    }

    fn entities(found: &LookUp) -> Vec<&Known> {
        found
            .matches()
            .iter()
            .filter_map(|m| match m.sense() {
                Sense::Entity(known) => Some(&**known),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn all_meanings_of_a_spelling() {
        let found = isnad().look_up("Zayn");
        let ids: Vec<_> = entities(&found).iter().map(|k| (k.id.as_str(), k.name_kind, k.flags.clone())).collect();
        assert_eq!(ids, [("person/zayn", "short", vec!["case"]), ("place/zayn", "name", vec![])]);
        assert!(found.matches().iter().any(|m| *m.sense() == Sense::Part { given: false, family: true }));
        let zayn = entities(&found)[0];
        assert_eq!(zayn.country.as_deref(), Some("country/BVT"));
        let dates: Vec<_> = zayn.offices.iter().map(|o| (o.from.map(|d| d.to_string()), o.to.is_some())).collect();
        assert_eq!(dates, [(Some("2009".to_owned()), false), (Some("2001".to_owned()), true)]);
        let king = isnad().look_up("king");
        assert!(matches!(king.matches()[0].sense(), Sense::Role { id, kind: "office", .. } if id == "king"));
    }

    #[test]
    fn generated_spellings_and_clitics_are_told() {
        let found = isnad().look_up("عَبدالله زين");
        let [known] = entities(&found)[..] else { panic!("{found:?}") };
        assert!(known.generated && known.written == "عبد الله زين" && found.folded() == "عبدالله زين");
        let found = isnad().look_up("وبورفاث");
        assert_eq!((found.matches()[0].clitic(), found.matches()[0].words()), ("و", "بورفاث"));
    }

    #[test]
    fn near_misses_and_names_inside() {
        let found = isnad().look_up("Abdulah Zain");
        assert_eq!(found.near()[0].name, "Abdullah Zayn");
        let found = isnad().look_up("the house of Abdullah Zayn in town");
        assert!(found.matches().iter().all(|m| !m.is_whole()));
        assert_eq!(found.matches()[0].words(), "abdullah zayn");
        assert_eq!(isnad().look_up(""), LookUp::default());
    }
}
