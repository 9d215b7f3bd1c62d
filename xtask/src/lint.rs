//! Is every table of the gazetteers well formed?
//!
//! ```text
//! gazetteers/people.names.tsv:12: the id person/jon-kerry has no entity row anywhere
//! ```
//!
//! This check knows nothing of the library's loader; it reads the files as a careful person would.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::common;
use crate::fold::{is_arabic, key, right_script};
use crate::source::own_table;
use crate::terms::{self, Term};

/// What a table is, by the first column of its header.
struct Schema {
    first: &'static str,
    columns: &'static [&'static str],
    required: &'static [&'static str],
}

const SCHEMAS: [Schema; 9] = [
    Schema {
        first: "id",
        columns: &["id", "sub", "country", "gender", "rank", "identifiers", "source"],
        required: &["id", "source"],
    },
    Schema {
        first: "name",
        columns: &["name", "lang", "id", "kind", "flags", "source"],
        required: &["name", "lang", "id", "kind", "source"],
    },
    Schema {
        first: "person",
        columns: &["person", "role", "of", "from", "to", "status", "source"],
        required: &["person", "role", "source"],
    },
    Schema {
        first: "role",
        columns: &["role", "lang", "form", "kind", "flags", "source"],
        required: &["role", "lang", "form", "kind", "source"],
    },
    Schema {
        first: "class",
        columns: &["class", "lang", "form", "value", "source"],
        required: &["class", "lang", "form", "source"],
    },
    Schema {
        first: "part",
        columns: &["part", "lang", "kind", "gender", "source"],
        required: &["part", "lang", "kind", "source"],
    },
    Schema {
        first: "letters",
        columns: &["letters", "lang", "classes", "source"],
        required: &["letters", "lang", "source"],
    },
    Schema {
        first: "head",
        columns: &["head", "lang", "type", "sub", "position", "source"],
        required: &["head", "lang", "type", "position", "source"],
    },
    Schema { first: "arabic", columns: &["arabic", "latin", "source"], required: &["arabic", "latin", "source"] },
];

const LANGS: &[&str] = &["en", "ar"];
const NAME_KINDS: &[&str] = &["name", "alias", "official", "acronym", "nickname", "demonym", "short"];
const NAME_FLAGS: &[&str] = &["alone", "case", "weak"];
const ROLE_KINDS: &[&str] = &["office", "head", "ministry", "portfolio", "body", "actor", "modifier"];
const ROLE_FLAGS: &[&str] = &["f", "m", "pl", "du", "def", "many", "country"];
const CLASSES: &[&str] = &[
    "title",
    "particle",
    "month",
    "weekday",
    "day",
    "shift",
    "furniture",
    "abbreviation",
    "closed",
    "pronoun",
    "agency",
    "common",
    "suffix",
    "number",
    "shift",
    "stamp",
    "locative",
    "aside",
    "saying",
    "foreign",
    "aside",
    "saying",
    "event",
    "direction",
    "hint",
    "unit",
    "ago",
    "decade",
];
const PLACE_SUBS: &[&str] = &["city", "region", "capital", "sea", "continent", "building"];
const ORGANISATION_SUBS: &[&str] = &[
    "igo",
    "alliance",
    "government",
    "ministry",
    "parliament",
    "party",
    "armed-group",
    "media",
    "company",
    "court",
    "bank",
    "agency",
    "ngo",
    "university",
    "religious",
    "sport",
    "people",
];

#[derive(Default)]
struct Lint {
    problems: Vec<String>,
    entities: BTreeMap<String, String>,
    named: BTreeMap<(String, String), Vec<String>>,
    /// How often names are words of running text, and those that stand alone nevertheless.
    counts: common::Counts,
    accepted: BTreeSet<(String, String)>,
    names_of: BTreeSet<String>,
    used: Vec<(String, String)>,
    terms: Vec<Term>,
}

type Cells<'a> = BTreeMap<&'a str, &'a str>;

/// Checks every `*.tsv` under `folder`; an error lists the problems.
pub(crate) fn lint(folder: &Path, data: &Path) -> Result<(), String> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut lint = Lint {
        counts: common::read(&data.join("frequencies.tsv")),
        accepted: own_table(&data.join("common_accepted.tsv"))?
            .into_iter()
            .filter_map(|row| Some((row.get("name")?.clone(), row.get("lang")?.clone())))
            .collect(),
        ..Lint::default()
    };
    let mut rows = 0;
    for path in &files {
        rows += lint.file(path)?;
    }
    lint.across();
    lint.problems.extend(terms::problems(&lint.terms, data)?);
    if lint.problems.is_empty() {
        println!("{} files, {rows} rows, {} entities: well formed", files.len(), lint.entities.len());
        return Ok(());
    }
    Err(format!("{}\n{} problems", lint.problems.join("\n"), lint.problems.len()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "tsv") {
            files.push(path);
        }
    }
    Ok(())
}

impl Lint {
    fn file(&mut self, path: &Path) -> Result<usize, String> {
        let shown = path.display();
        let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
        if text.contains('\r') {
            self.problems.push(format!("{shown}: carriage returns; lines end in a line feed alone"));
        }
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        let Some((_, header)) = lines.next() else {
            self.problems.push(format!("{shown}: no header"));
            return Ok(0);
        };
        let columns: Vec<&str> = header.split('\t').collect();
        let Some(schema) = SCHEMAS.iter().find(|schema| columns.first() == Some(&schema.first)) else {
            self.problems.push(format!("{shown}: the first column {:?} names no table", columns.first()));
            return Ok(0);
        };
        for column in &columns {
            if !schema.columns.contains(column) {
                self.problems.push(format!("{shown}: unknown column {column:?}"));
            }
        }
        for column in schema.required {
            if !columns.contains(column) {
                self.problems.push(format!("{shown}: the column {column:?} is missing"));
            }
        }
        let mut before: Option<Vec<&str>> = None;
        let mut rows = 0;
        for (number, line) in lines {
            let at = format!("{shown}:{}", number + 1);
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != columns.len() {
                self.problems.push(format!("{at}: {} cells under {} columns", cells.len(), columns.len()));
                continue;
            }
            if cells.iter().any(|cell| cell.trim() != *cell || cell.contains("  ")) {
                self.problems.push(format!("{at}: blanks at an edge, or two together"));
            }
            match &before {
                Some(last) if *last == cells => self.problems.push(format!("{at}: the same row twice")),
                Some(last) if *last > cells => self.problems.push(format!("{at}: out of order")),
                _ => {}
            }
            before = Some(cells.clone());
            let row: Cells = columns.iter().copied().zip(cells).collect();
            for column in schema.required {
                if row.get(column).is_some_and(|cell| cell.is_empty()) {
                    self.problems.push(format!("{at}: the cell {column:?} is empty"));
                }
            }
            self.row(schema.first, &at, &row);
            rows += 1;
        }
        Ok(rows)
    }

    fn one_of(&mut self, at: &str, what: &str, word: &str, allowed: &[&str]) {
        if !allowed.contains(&word) {
            self.problems.push(format!("{at}: unknown {what} {word:?}"));
        }
    }

    fn flags(&mut self, at: &str, flags: &str, allowed: &[&str]) {
        for flag in flags.split(',').filter(|flag| !flag.is_empty() && !flag.starts_with("only=country/")) {
            self.one_of(at, "flag", flag, allowed);
        }
    }

    fn script(&mut self, at: &str, form: &str, lang: &str) {
        let arabic = form.chars().any(is_arabic);
        let letters = form.chars().any(char::is_alphabetic);
        let wrong = match lang {
            // Digits and marks of ASCII may stand in either column.
            "ar" => letters && !(arabic && right_script(&form.replace(|letter: char| letter.is_ascii(), ""), "ar")),
            _ => arabic || letters && !right_script(form, "en"),
        };
        if wrong {
            self.problems.push(format!("{at}: {form:?} is not in the script of {lang:?}"));
        }
    }

    fn row(&mut self, table: &str, at: &str, row: &Cells) {
        let get = |column: &str| row.get(column).copied().unwrap_or_default();
        if !["id", "person", "class", "arabic"].contains(&table) {
            self.one_of(at, "language", get("lang"), LANGS);
        }
        match table {
            "id" => {
                let (id, sub) = (get("id"), get("sub"));
                self.id(at, id);
                if self.entities.insert(id.to_owned(), at.to_owned()).is_some() {
                    self.problems.push(format!("{at}: {id} is described twice"));
                }
                match id.split('/').next() {
                    Some("place") => self.one_of(at, "kind of place", sub, PLACE_SUBS),
                    Some("organisation") => self.one_of(at, "kind of organisation", sub, ORGANISATION_SUBS),
                    _ if !sub.is_empty() => self.problems.push(format!("{at}: {id} takes no sub")),
                    _ => {}
                }
                if !get("gender").is_empty() {
                    self.one_of(at, "gender", get("gender"), &["m", "f"]);
                }
                if !get("rank").is_empty() && get("rank").parse::<u64>().is_err() {
                    self.problems.push(format!("{at}: the rank {:?} is no number", get("rank")));
                }
                if !get("country").is_empty() {
                    self.used.push((get("country").to_owned(), at.to_owned()));
                }
                for identifier in get("identifiers").split(';').filter(|identifier| !identifier.is_empty()) {
                    if !identifier.contains('=') {
                        self.problems.push(format!("{at}: the identifier {identifier:?} has no scheme"));
                    }
                }
            }
            "name" => {
                let (name, lang, id, kind) = (get("name"), get("lang"), get("id"), get("kind"));
                self.id(at, id);
                self.one_of(at, "kind of name", kind, NAME_KINDS);
                self.flags(at, get("flags"), NAME_FLAGS);
                self.script(at, name, lang);
                // Names of several words are looked at where no person has: in the built tables, and of bodies.
                let looked_at = !name.contains(' ') || at.contains("built/") && id.starts_with("organisation/");
                if looked_at
                    && let Some(complaint) = common::complaint(&self.counts, name, lang, kind, get("flags"))
                    && !self.accepted.contains(&(name.to_owned(), lang.to_owned()))
                {
                    self.problems.push(format!("{at}: {complaint}"));
                }
                if kind == "name" {
                    self.named.entry((id.to_owned(), lang.to_owned())).or_default().push(at.to_owned());
                }
                self.names_of.insert(id.to_owned());
                self.used.push((id.to_owned(), at.to_owned()));
                if key(name, lang).is_empty() {
                    self.problems.push(format!("{at}: {name:?} folds to nothing"));
                }
            }
            "person" => {
                self.id(at, get("person"));
                self.used.push((get("person").to_owned(), at.to_owned()));
                if !get("of").is_empty() {
                    self.used.push((get("of").to_owned(), at.to_owned()));
                }
                for column in ["from", "to"] {
                    if !is_date(get(column)) {
                        self.problems.push(format!("{at}: {:?} is no ISO date", get(column)));
                    }
                }
                if !get("to").is_empty() && get("from") > get("to") && !get("from").starts_with(get("to")) {
                    self.problems.push(format!("{at}: the term ends before it begins"));
                }
                self.one_of(at, "status", get("status"), &["", "acting", "designate"]);
                if get("role").is_empty() || get("of").is_empty() {
                    self.problems.push(format!("{at}: an office has a role and a country or body that it is of"));
                }
                self.terms.push(Term {
                    at: at.to_owned(),
                    person: get("person").to_owned(),
                    role: get("role").to_owned(),
                    of: get("of").to_owned(),
                    from: get("from").to_owned(),
                    to: get("to").to_owned(),
                    status: get("status").to_owned(),
                    source: get("source").to_owned(),
                });
            }
            "role" => {
                self.one_of(at, "kind of role", get("kind"), ROLE_KINDS);
                self.flags(at, get("flags"), ROLE_FLAGS);
                self.script(at, get("form"), get("lang"));
            }
            "class" => {
                self.one_of(at, "class", get("class"), CLASSES);
                // A page may be in neither of our languages: the words that show it name the language they belong to.
                if get("class") != "foreign" {
                    self.one_of(at, "language", get("lang"), &["en", "ar", "any"]);
                }
            }
            "part" => {
                self.one_of(at, "kind of part", get("kind"), &["given", "family", "either"]);
                self.script(at, get("part"), get("lang"));
            }
            "head" => {
                self.one_of(at, "position", get("position"), &["first", "last", "both"]);
                self.one_of(at, "type", get("type"), &["organisation", "place"]);
                self.script(at, get("head"), get("lang"));
            }
            _ => {}
        }
    }

    fn id(&mut self, at: &str, id: &str) {
        let class = id.split('/').next().unwrap_or_default();
        let rest = id.strip_prefix(class).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
        let letters = rest.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        let known = ["person", "country", "place", "organisation"].contains(&class);
        if !known || rest.is_empty() || !letters || rest.starts_with('-') || rest.ends_with('-') || rest.contains("--")
        {
            self.problems.push(format!("{at}: {id:?} is no id"));
        }
    }

    fn across(&mut self) {
        for ((id, lang), places) in &self.named {
            if places.len() > 1 {
                self.problems.push(format!(
                    "{}: a second display name of {id} in {lang}; the first is at {}",
                    places[1], places[0]
                ));
            }
        }
        let derived = |id: &str| {
            id.strip_prefix("organisation/")
                .is_some_and(|rest| rest.len() > 4 && rest.as_bytes()[..3].iter().all(u8::is_ascii_uppercase))
        };
        for (id, at) in &self.used {
            if !self.entities.contains_key(id) && !derived(id) {
                self.problems.push(format!("{at}: {id} has no entity row"));
            }
        }
        for (id, at) in &self.entities {
            if !self.names_of.contains(id) {
                self.problems.push(format!("{at}: {id} has no name"));
            }
        }
    }
}

/// Empty, a year, a month or a day.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts[..] {
        [""] => true,
        [year] => number(year, 4),
        [year, month] => number(year, 4) && number(month, 2),
        [year, month, day] => number(year, 4) && number(month, 2) && number(day, 2),
        _ => false,
    }
}
