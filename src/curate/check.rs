//! What is wrong with a table of names that yet can be read, and what is doubtful?
//!
//! ```text
//! warning[G024]: `Rose` is an ordinary word too
//!   --> own.tsv:2:1
//!    |
//!  2 | Rose    en    person/ada-rose    alias
//!    | ^^^^
//!    = help: add the flag `weak` (only with evidence) or `case` (only with just these capitals), or make it a `short`
//! ```
//!
//! | code | what | |
//! |---|---|---|
//! | G001 | no table begins with this column | error |
//! | G002 | a column is unknown or missing | error |
//! | G003 | a row has too few or too many cells | error |
//! | G004 | a cell that must be filled is empty | error |
//! | G005 | an id or a type that names no type of entity | error |
//! | G006 | an unknown kind or flag | error |
//! | G007 | a date that is none, or an end before its beginning | error |
//! | G008 | a rank that is no number | error |
//! | G009 | a row that removes what is not there | error |
//! | G020 | a word that is none of those known at its place (language, gender, class, …) | error |
//! | G021 | one entity described twice | error |
//! | G022 | the same name of the same entity twice | warning |
//! | G023 | one name of two entities of a kind, and nothing decides between them | warning |
//! | G024 | a name that is an ordinary word or a function word | warning |
//! | G025 | an office, or a country cell, of somebody or something that no table holds | error |
//! | G026 | the wrong script in a language's column | error |
//! | G027 | direction marks and other invisible characters | error |
//! | G028 | a title inside a name | warning |
//! | G029 | a second display name in one language | warning |
//! | G030 | an entity without a name | warning |
//! | G031 | a name that folds to nothing | error |
//!
//! What a loader can do without stays with [`check`]: an extractor loads tables that only have G020 to G031.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::entity::EntityKind;
use crate::extractor::Extractor;
use crate::find::boundary::Hits;
use crate::gazetteer::patterns::{Meaning, spelling};
use crate::gazetteer::read::Tables;
use crate::gazetteer::table::{self, Row};
use crate::gazetteer::{Gazetteer, WordClass};
use crate::text::arabic;
use crate::text::fold::fold_str;
use crate::text::read::read;

/// The classes of a `words` table that reading a page rests on; the others are those of the recognisers.
const TEXT_CLASSES: [&str; 7] = ["abbreviation", "agency", "closed", "common", "foreign", "furniture", "stamp"];

/// All problems of `files`, given as `(name, text)`, in the order of file and line: errors and warnings.
///
/// `base` is the knowledge that they add to: ids that it holds are known, and its words tell what is too common. Ids
/// and words of the files themselves count always, so that files that belong together are to be checked together.
///
/// ```
/// let isnad = isnad::Extractor::new()?;
/// let own = [("own.tsv", "name\tlang\tid\tkind\nDr Ada Quill\ten\tperson/ada-quill\tname\n")];
/// let problems = isnad::curate::check(&own, Some(&isnad));
/// assert_eq!(problems[0].to_string(), "own.tsv:2:1: `Dr` is a title and no part of the name [G028]");
/// # Ok::<(), isnad::Error>(())
/// ```
pub fn check<'a>(files: &[(&'a str, &'a str)], base: Option<&'a Extractor>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut tables = Tables::default();
    for (name, text) in files {
        tables.read(name, text, &mut problems);
    }
    let mut check = Check::new(base);
    // Words first: what is common or a title is known before the names are looked at, in whatever order files come.
    for (name, text) in files {
        table::read(name, text, &mut Vec::new(), |layout, row, _| check.gather(layout, row));
    }
    for (name, text) in files {
        table::read(name, text, &mut Vec::new(), |layout, row, _| check.row(layout, row, &mut problems));
    }
    check.across(&mut problems);
    problems
        .sort_by(|a, b| (a.file(), a.line(), a.column(), a.code()).cmp(&(b.file(), b.line(), b.column(), b.code())));
    problems
}

/// Rows are kept as they are: to count lines up to one of them takes time, and few are told of.
struct Check<'a> {
    base: Option<&'a Extractor>,
    hits: Hits,
    described: BTreeMap<&'a str, Row<'a>>,
    /// Rank, what sort of thing, and country of what the files describe.
    entities: HashMap<&'a str, (u32, &'a str, &'a str)>,
    named: BTreeSet<String>,
    common: BTreeSet<String>,
    titles: BTreeSet<String>,
    given: BTreeSet<String>,
    display: BTreeMap<(&'a str, &'a str), Row<'a>>,
    rows: BTreeMap<(&'a str, &'a str), Row<'a>>,
    /// Names that may stand alone, by folded spelling and kind of entity.
    spellings: BTreeMap<(String, EntityKind), Vec<Row<'a>>>,
}

const NAMES: usize = 1;

impl<'a> Check<'a> {
    fn new(base: Option<&'a Extractor>) -> Self {
        Check {
            base,
            hits: Hits::default(),
            described: BTreeMap::new(),
            entities: HashMap::new(),
            named: BTreeSet::new(),
            common: BTreeSet::new(),
            titles: BTreeSet::new(),
            given: BTreeSet::new(),
            display: BTreeMap::new(),
            rows: BTreeMap::new(),
            spellings: BTreeMap::new(),
        }
    }

    fn gazetteer(&self) -> Option<&'a Gazetteer> {
        self.base.map(Extractor::gazetteer)
    }

    /// What the files themselves teach.
    fn gather(&mut self, layout: usize, row: &Row<'a>) {
        match layout {
            0 => {
                self.entities.insert(row.cell(0), (row.cell(4).parse().unwrap_or(0), row.cell(1), row.cell(2)));
            }
            NAMES => {
                self.named.insert(row.cell(2).to_owned());
            }
            4 => match row.cell(0) {
                "common" | "closed" => drop(self.common.insert(row.cell(2).to_lowercase())),
                "title" => drop(self.titles.insert(spelling(row.cell(2)))),
                _ => {}
            },
            5 if row.cell(2) != "family" => drop(self.given.insert(fold_str(row.cell(0)))),
            _ => {}
        }
    }

    fn holds(&self, id: &str) -> bool {
        self.named.contains(id)
            || self.entities.contains_key(id)
            || self.gazetteer().is_some_and(|g| g.key(id).is_some())
            || derived(id)
    }

    fn rank(&self, id: &str) -> u32 {
        let base = self.gazetteer().and_then(|g| g.key(id).map(|key| g.record(key).rank));
        self.entities.get(id).map(|(rank, ..)| *rank).max(base).unwrap_or(0)
    }

    /// What sort of thing an entity is, and the id of its country.
    fn sort(&self, id: &str) -> (&'a str, &'a str) {
        let base = || {
            let g = self.gazetteer()?;
            let record = g.record(g.key(id)?);
            Some((record.sub, record.country.map_or("", |key| g.record(key).id)))
        };
        self.entities.get(id).map(|(_, sub, country)| (*sub, *country)).or_else(base).unwrap_or_default()
    }

    /// Whether a text hardly cares which of the two it means: a town and the region that is called after it.
    fn akin(&self, a: &str, b: &str) -> bool {
        let ((sub, country), (other, of)) = (self.sort(a), self.sort(b));
        !country.is_empty() && country == of && (sub == "region") != (other == "region")
    }

    fn row(&mut self, layout: usize, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        let mut one_of = |column: usize, what: &str, known: &[&str]| {
            let word = row.cell(column);
            if !word.is_empty() && !known.contains(&word) {
                let d = row.problem("G020", column, format!("no {what} is called `{word}`"));
                problems.push(match did_you_mean(word, known.iter().copied()) {
                    Some(near) => d.help(format!("did you mean `{near}`?")),
                    None => d.help(format!("one of: {}", known.join(", "))),
                });
            }
        };
        let languages = ["en", "ar"];
        match layout {
            0 => one_of(3, "gender", &["m", "f"]),
            2 => one_of(5, "status of an office", &["acting", "designate"]),
            NAMES | 3 => one_of(1, "language", &languages),
            4 => {
                let recognised = WordClass::ALL.iter().map(|(word, _)| *word);
                let classes: Vec<&str> = TEXT_CLASSES.into_iter().chain(recognised).collect();
                one_of(0, "class of words", &classes);
                if row.cell(0) != "foreign" {
                    one_of(1, "language", &["en", "ar", "any"]);
                }
            }
            5 => {
                one_of(1, "language", &languages);
                one_of(2, "kind of name part", &["given", "family", "either"]);
            }
            6 => {
                one_of(1, "language", &languages);
                one_of(4, "position", &["first", "last", "both"]);
            }
            _ => {}
        }
        match layout {
            0 => self.entity(row, problems),
            NAMES => self.name(row, problems),
            2 => self.office(row, problems),
            3 => written(row, 2, problems),
            5 | 6 => written(row, 0, problems),
            _ => {}
        }
    }

    fn entity(&mut self, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        let id = row.cell(0);
        if let Some(first) = self.described.get(id) {
            let d = row.problem("G021", 0, format!("`{id}` is described twice"));
            problems.push(d.help(format!("put both rows into one; the first is at {}", first.place())));
        } else {
            self.described.insert(id, row.clone());
        }
        let country = row.cell(2);
        if !country.is_empty() && !self.holds(country) {
            problems.push(self.missing(row, 2, country));
        }
        if !self.named.contains(id) && !self.gazetteer().is_some_and(|g| has_name(g, id)) {
            let d = row.problem("G030", 0, format!("`{id}` has no name, so that nothing can find it")).warning();
            problems.push(d.help("give it a row in a table of names"));
        }
    }

    fn missing(&self, row: &Row<'_>, column: usize, id: &str) -> Diagnostic {
        let d = row.problem("G025", column, format!("no table holds `{id}`"));
        let known = self.named.iter().map(String::as_str).chain(self.entities.keys().copied());
        let base = self.gazetteer().map(|g| g.entities().map(|key| g.record(key).id));
        // Ids of one type differ in what follows the slash; a whole foreign id is no slip of the pen.
        let same = |other: &&str| other.split('/').next() == id.split('/').next() && *other != id;
        match did_you_mean(id, known.chain(base.into_iter().flatten()).filter(same)) {
            Some(near) => d.help(format!("did you mean `{near}`?")),
            None => d.help("give it a row in a table of names, or correct the id"),
        }
    }

    fn office(&mut self, row: &Row<'_>, problems: &mut Vec<Diagnostic>) {
        for column in [0, 2] {
            let id = row.cell(column);
            match EntityKind::of_id(id) {
                None => {
                    let d = row.problem("G005", column, format!("the id `{id}` names no type of entity"));
                    problems.push(d.help("an id is its type, a slash and a readable name: person/john-kerry"));
                }
                Some(kind) if column == 0 && kind != EntityKind::Person => {
                    let d = row.problem("G025", column, format!("`{id}` holds an office and is no person"));
                    problems.push(d.help("the first column is the person, `of` the country or body"));
                }
                Some(_) if !self.holds(id) => problems.push(self.missing(row, column, id)),
                Some(_) => {}
            }
        }
    }

    fn name(&mut self, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        let before = problems.len();
        written(row, 0, problems);
        let (name, lang, id, kind) = (row.cell(0), row.cell(1), row.cell(2), row.cell(3));
        let folded = spelling(name);
        if folded.is_empty() {
            problems.push(row.problem("G031", 0, format!("nothing is left of `{name}` when it is folded")));
        }
        let Some(of) = EntityKind::of_id(id) else { return };
        if problems.len() > before {
            return;
        }
        if let Some(first) = self.rows.insert((name, id), row.clone())
            && kind != "demonym"
        {
            let d = row.problem("G022", 0, format!("`{name}` is a name of `{id}` already")).warning();
            problems.push(d.help(format!("leave one of the rows out; the first is at {}", first.place())));
        }
        if kind == "name"
            && let Some(first) = self.display.insert((id, lang), row.clone())
        {
            let d = row.problem("G029", 0, format!("`{id}` has a display name in `{lang}` already")).warning();
            problems.push(d.help(format!("make one of them an `alias`; the first is at {}", first.place())));
        }
        let flags: Vec<&str> = row.cell(4).split(',').map(str::trim).collect();
        let careful = flags.contains(&"weak") || flags.contains(&"case");
        let licensed = kind == "short" && !flags.contains(&"alone");
        if !careful && !licensed && kind != "demonym" {
            let lower = name.trim().to_lowercase();
            let listed = self.common.contains(&lower)
                || self.gazetteer().is_some_and(|g| g.is_common(&lower) || g.is_closed(&lower));
            if listed && !folded.contains(' ') {
                let d = row.problem("G024", 0, format!("`{name}` is an ordinary word too")).warning();
                problems.push(d.help(
                    "add the flag `weak` (only with evidence) or `case` (only with just these capitals), or make it a `short`",
                ));
            }
        }
        if of == EntityKind::Person
            && !licensed
            && let Some(title) = self.title(name, &folded)
        {
            let d = row.problem("G028", 0, format!("`{title}` is a title and no part of the name")).warning();
            problems.push(d.help("leave it out: titles are found by themselves"));
        }
        if !careful && !licensed && kind != "demonym" {
            self.spellings.entry((folded, of)).or_default().push(row.clone());
        }
    }

    /// The title that a name begins with; a word that is a given name as well («السيد», "Prince") is none.
    fn title(&mut self, name: &str, folded: &str) -> Option<String> {
        let (first, rest) = folded.split_once(' ')?;
        if rest.is_empty() || self.given.contains(first) {
            return None;
        }
        let own = self
            .titles
            .iter()
            .any(|title| folded.strip_prefix(title.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        let words = |n: usize| name.split_whitespace().take(n).collect::<Vec<_>>().join(" ");
        if own {
            return Some(words(1));
        }
        let base = self.base?;
        let gazetteer = base.gazetteer();
        if gazetteer.part(first).is_some_and(|part| part.given) {
            return None;
        }
        let page = read(name, gazetteer.text_words());
        self.hits.search(&page, base.automaton(), gazetteer);
        let all = page.tokens.len() as u32;
        let title = self.hits.at(0).iter().find(|hit| {
            let title = matches!(hit.meaning, Meaning::Word(w) if gazetteer.word(w).class == WordClass::Title);
            title && hit.clitic == 0 && hit.tokens.end < all
        })?;
        Some(words(title.tokens.len()))
    }

    fn across(&mut self, problems: &mut Vec<Diagnostic>) {
        let base = self.gazetteer();
        // What the base calls so, for the spellings that the files use alone.
        let mut bundled: HashMap<(String, EntityKind), Vec<&str>> = HashMap::new();
        if let Some(g) = base {
            for (_, name) in g.names() {
                let record = g.record(name.key);
                let key = (spelling(name.text), record.kind);
                let short = name.kind == crate::gazetteer::read::NameKind::Short && !name.flags.alone;
                let careful =
                    name.flags.weak || name.flags.case || name.kind == crate::gazetteer::read::NameKind::Demonym;
                if !short && !careful && self.spellings.contains_key(&key) {
                    bundled.entry(key).or_default().push(record.id);
                }
            }
        }
        for (key, rows) in &self.spellings {
            let mut ids: BTreeSet<&str> = rows.iter().map(|row| row.cell(2)).collect();
            ids.extend(bundled.get(key).into_iter().flatten());
            if ids.len() < 2 {
                continue;
            }
            for row in rows {
                let id = row.cell(2);
                // The better known one is meant, unless its neighbours speak for another: only equals are a riddle.
                let rank = self.rank(id);
                let Some(other) =
                    ids.iter().find(|other| **other != id && self.rank(other) == rank && !self.akin(id, other))
                else {
                    continue;
                };
                let message =
                    format!("`{}` is a name of `{other}` as well, and nothing decides between the two", row.cell(0));
                let d = row.problem("G023", 0, message).warning();
                problems.push(
                    d.help("give one of them a higher `rank`, or take the name from the one that news rarely means"),
                );
            }
        }
    }
}

fn has_name(gazetteer: &Gazetteer, id: &str) -> bool {
    gazetteer.key(id).is_some_and(|key| {
        let record = gazetteer.record(key);
        record.name_en.is_some() || record.name_ar.is_some()
    })
}

/// A body that grammar derives from its country: `organisation/BHR-ministry-interior`.
fn derived(id: &str) -> bool {
    let rest = id.strip_prefix("organisation/").unwrap_or_default();
    rest.len() > 4 && rest.bytes().take(3).all(|b| b.is_ascii_uppercase()) && rest.as_bytes().get(3) == Some(&b'-')
}

/// G026 and G027: the letters of a cell.
fn written(row: &Row<'_>, column: usize, problems: &mut Vec<Diagnostic>) {
    let text = row.cell(column);
    if let Some(bad) = text.chars().find(|c| is_invisible(*c)) {
        let d = row.problem("G027", column, format!("an invisible character stands in it: U+{:04X}", u32::from(bad)));
        problems.push(d.help("take it out; direction is the business of whoever shows the name"));
        return;
    }
    // Harakat and other marks belong to the letter before them.
    let mark = |c: char| matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}');
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii() && !is_latin(c) && !arabic::is_letter(c) && !mark(c);
    let wrong = match row.cell(1) {
        "ar" => text.chars().find(|c| !c.is_ascii() && is_latin(*c) || foreign(*c)).or_else(|| {
            let none = !text.chars().any(arabic::is_letter);
            text.chars().find(|c| none && c.is_alphabetic())
        }),
        "en" => text.chars().find(|c| arabic::is_letter(*c) || foreign(*c)),
        _ => None,
    };
    if let Some(bad) = wrong {
        let language = if row.cell(1) == "ar" { "Arabic" } else { "Latin" };
        let d = row.problem("G026", column, format!("`{bad}` is no {language} letter"));
        let other = if row.cell(1) == "ar" { "en" } else { "ar" };
        problems.push(d.help(format!("the language of this row is `{}`: is it `{other}`?", row.cell(1))));
    }
}

fn is_latin(c: char) -> bool {
    // Latin-1 letters, Extended-A and B, IPA and modifier letters, Extended Additional.
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{A720}'..='\u{A7FF}')
}

/// Direction marks, isolates, joiners, and what else has no width and no business in a name.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}')
        || c.is_control()
}
