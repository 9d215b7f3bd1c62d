//! Are persons recognised whose names the gazetteers hold in the other script alone?
//!
//! ```text
//! bilingual persons ─► Arabic names of one third hidden ─► those names in titled sentences ─► right · wrong · silent
//! ```
//!
//! The thirds go by a hash of the id. Rules were tuned with the failures of the thirds 0 and 1 in view; only third 2 was
//! left aside, so its figures alone say what to expect of names not seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use isnad::{Date, Extractor, Input};

/// A row by column name.
type Row = BTreeMap<String, String>;

struct Tables {
    files: Vec<(String, String)>,
    names: Vec<Row>,
    offices: Vec<Row>,
    roles: Vec<Row>,
    entities: Vec<Row>,
}

fn gather(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, ending, out);
        } else if path.extension().is_some_and(|e| e == ending) {
            out.push(path);
        }
    }
    out.sort();
}

fn rows(text: &str) -> (String, Vec<Row>) {
    let mut lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let rows = lines.map(|l| {
        let cells = l.split('\t').chain(std::iter::repeat(""));
        columns.iter().zip(cells).map(|(c, v)| ((*c).to_owned(), v.to_owned())).collect()
    });
    (columns[0].to_owned(), rows.collect())
}

impl Tables {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths = Vec::new();
        gather(&root.join("gazetteers"), "tsv", &mut paths);
        let mut tables = Tables {
            files: Vec::new(),
            names: Vec::new(),
            offices: Vec::new(),
            roles: Vec::new(),
            entities: Vec::new(),
        };
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            let (first, rows) = rows(&text);
            match first.as_str() {
                "name" => tables.names.extend(rows),
                "person" => tables.offices.extend(rows),
                "role" => tables.roles.extend(rows),
                "id" => tables.entities.extend(rows),
                _ => {}
            }
            tables.files.push((path.display().to_string(), text));
        }
        tables
    }

    /// Everything bundled but the Arabic names of some persons.
    fn without_arabic(&self, hidden: &BTreeSet<&str>) -> Extractor {
        let mut builder = Extractor::builder().without_bundled();
        for (name, text) in &self.files {
            let kept = text.split_inclusive('\n').filter(|line| {
                let mut cells = line.trim_end().split('\t').skip(1);
                !(cells.next() == Some("ar") && cells.next().is_some_and(|id| hidden.contains(id)))
            });
            builder = builder.gazetteer(name, kept.collect::<String>());
        }
        let mut rules = Vec::new();
        gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), "toml", &mut rules);
        for path in rules {
            builder = builder.rules(path.display().to_string(), fs::read_to_string(&path).unwrap());
        }
        builder.build().unwrap()
    }

    /// The Arabic forms of an office, definite and before a country's name: «وزير الصحة» and «وزير صحة».
    fn office(&self, role: &str) -> Option<(String, Option<String>)> {
        let form = |id: &str, kind: &str, flags: &str| {
            self.roles
                .iter()
                .filter(|r| r["role"] == id && r["lang"] == "ar" && r["kind"] == kind && r["flags"] == flags)
                .map(|r| r["form"].clone())
                .min_by_key(|f| (f.split(' ').count(), f.len()))
        };
        if let Some(portfolio) = role.strip_prefix("minister-") {
            let minister = |flags| form(portfolio, "portfolio", flags).map(|of| format!("وزير {of}"));
            return minister("def").map(|definite| (definite, minister("")));
        }
        if let Some(definite) = form(role, "office", "def") {
            return Some((definite, form(role, "office", "")));
        }
        let of = |starts: &[&str]| starts.iter().any(|s| role.starts_with(s));
        let word = match role {
            _ if of(&["ambassador"]) => "السفير",
            _ if of(&["representative", "member-of-"]) => "النائب",
            _ if of(&["senator"]) => "السيناتور",
            _ if of(&["governor-of-"]) => "المحافظ",
            _ => return None,
        };
        Some((word.to_owned(), None))
    }

    /// «الفنلندي»: the shortest demonym of a country is the masculine.
    fn demonym(&self, country: &str) -> Option<String> {
        self.names
            .iter()
            .filter(|r| r["id"] == country && r["lang"] == "ar" && r["kind"] == "demonym" && r["name"].ends_with('ي'))
            .map(|r| r["name"].split(' ').map(|w| format!("ال{w}")).collect::<Vec<_>>().join(" "))
            .min_by_key(String::len)
    }

    fn name_of(&self, id: &str, lang: &str) -> Option<&str> {
        self.names
            .iter()
            .find(|r| r["id"] == id && r["lang"] == lang && r["kind"] == "name")
            .map(|r| r["name"].as_str())
    }
}

/// The third that an id belongs to (FNV-1a).
fn third(id: &str) -> u32 {
    id.bytes().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) >> 8 & 0xFFFF
}

#[derive(Default, Debug)]
struct Counts {
    right: usize,
    wrong: usize,
    silent: usize,
}

impl Counts {
    fn share(&self, n: usize) -> f64 {
        100.0 * n as f64 / (self.right + self.wrong + self.silent).max(1) as f64
    }
}

/// Sentences around a name, with the day on which they would stand in a newspaper.
fn sentences(tables: &Tables, id: &str, name: &str) -> Vec<(&'static str, String, Option<Date>)> {
    let office = tables.offices.iter().filter(|o| o["person"] == id).find_map(|o| {
        let (form, bare) = tables.office(&o["role"])?;
        let demonym = tables.demonym(&o["of"])?;
        let country = tables.name_of(&o["of"], "ar")?;
        Some((form, bare, demonym, country, o["from"].parse::<Date>().ok()))
    });
    if let Some((form, bare, demonym, country, day)) = office {
        let mut out = vec![
            ("office before", format!("قال {form} {demonym} {name} أمس إن الخطة جاهزة."), day),
            ("office behind", format!("وصل السيد {name}، {form} {demonym}، إلى جنيف صباح الخميس."), day),
        ];
        if let Some(bare) = bare {
            let of = format!("اجتمع {bare} {country} {name} مع عدد من الخبراء.");
            out.push(("office of country", of, day));
        }
        return out;
    }
    let country = tables.entities.iter().find(|e| e["id"] == id && !e["country"].is_empty());
    let country = country.and_then(|e| tables.name_of(&e["country"], "ar")).unwrap_or_default();
    vec![
        ("title, country", format!("أعلن السيد {name} موقف {country} من الأزمة."), None),
        ("title", format!("رحب الحاضرون بكلمة السيد {name} في ختام الندوة."), None),
    ]
}

fn measure(tables: &Tables, fold: u32) -> BTreeMap<&'static str, Counts> {
    let has = |lang: &str| -> BTreeSet<&str> {
        let named = tables.names.iter().filter(|r| r["id"].starts_with("person/") && r["lang"] == lang);
        named.filter(|r| r["kind"] != "short").map(|r| r["id"].as_str()).collect()
    };
    let (english, arabic) = (has("en"), has("ar"));
    let hidden: BTreeSet<&str> = english.intersection(&arabic).copied().filter(|id| third(id) % 3 == fold).collect();
    assert!(hidden.len() > 200, "{} persons are too few to tell", hidden.len());
    let isnad = tables.without_arabic(&hidden);
    let mut counts: BTreeMap<&'static str, Counts> = BTreeMap::new();
    for row in tables.names.iter().filter(|r| r["lang"] == "ar" && r["kind"] == "name" && hidden.contains(&*r["id"])) {
        let (id, name) = (row["id"].as_str(), row["name"].as_str());
        for (template, text, day) in sentences(tables, id, name) {
            let doc = isnad.extract(Input::new(text.as_str()).published(day));
            let at = text.find(name).unwrap();
            let within = doc
                .mentions()
                .iter()
                .filter(|m| m.kind() == isnad::MentionKind::Name)
                .filter(|m| m.span().start() < at + name.len() && m.span().end() > at);
            let all: Vec<(&str, &str)> = within.map(|m| (doc.entity(m.entity()).id(), &doc[m.span()])).collect();
            let found: Vec<&str> = all.iter().map(|(id, _)| *id).filter(|id| !id.starts_with("unknown/")).collect();
            let count = counts.entry(template).or_default();
            let mark = if found.contains(&id) {
                count.right += 1;
                "right"
            } else if let Some(other) = found.first() {
                count.wrong += 1;
                if other.starts_with("person/") { "WRONG" } else { "WRONG kind" }
            } else {
                count.silent += 1;
                "silent"
            };
            if std::env::var_os("ISNAD_SHOW").is_some() && mark != "right" {
                eprintln!("{mark}\t{id}\t{name}\t{text}\t{all:?}");
            }
        }
    }
    counts
}

#[test]
fn hidden_arabic_names_are_recognised() {
    let tables = Tables::read();
    for fold in [0, 1, 2] {
        let counts = measure(&tables, fold);
        let mut all = Counts::default();
        for (template, c) in &counts {
            eprintln!("third {fold}, {template}: {} right, {} wrong, {} silent", c.right, c.wrong, c.silent);
            all.right += c.right;
            all.wrong += c.wrong;
            all.silent += c.silent;
        }
        let (right, wrong) = (all.share(all.right), all.share(all.wrong));
        eprintln!("third {fold}: {right:.1} % right, {wrong:.1} % wrong, {:.1} % silent", all.share(all.silent));
        assert!(right >= 70.0, "third {fold}: {right:.1} % right");
        assert!(wrong <= 2.0, "third {fold}: {wrong:.1} % wrong");
    }
}
