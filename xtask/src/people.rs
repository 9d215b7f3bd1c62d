//! Who held a political office, under which names, and when?
//!
//! ```text
//! wikidata_eps  Q58171 Khalid bin Ahmed Al Khalifa  minister-foreign-affairs 2005-09-26 … 2020-02-11 ─┐
//! cia_2019      Khalid bin Ahmad bin Muhammad Al Khalifa  Minister of Foreign Affairs, Bahrain      ─┴─► one person
//! ```
//!
//! The same person across sources: by Wikidata id, else by name and country, else by office, country, day, first and
//! last name (the lists write Arabic names in different systems).

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::countries::{ARAB, Countries};
use crate::fold::{arabic_spellings, latin_key, right_script, skeleton, slug};
use crate::names::{Cleared, arabic_surname, clear, surnames};
use crate::roles::Roles;
use crate::source::Row;
use crate::table::Table;

/// The list of one month, which says who held an office then, not since when.
const UNDATED: &str = "cia_world_leaders_2019";

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Office {
    role: String,
    of: String,
    from: String,
    to: String,
    status: &'static str,
    source: &'static str,
}

#[derive(Clone, Debug, Default)]
struct Person {
    id: Option<String>,
    qid: String,
    country: String,
    en: Vec<(String, &'static str)>,
    ar: Vec<(String, &'static str)>,
    offices: BTreeSet<Office>,
    source: &'static str,
}

impl Person {
    fn name(&mut self, name: &str, lang: &str, source: &'static str) {
        let names = if lang == "ar" { &mut self.ar } else { &mut self.en };
        if !names.iter().any(|(other, _)| other == name) {
            names.push((name.to_owned(), source));
        }
    }

    /// Whether an office falls into the years whose newspapers we read: others are not called by a surname alone.
    fn in_news(&self) -> bool {
        self.offices
            .iter()
            .any(|office| office.to.as_str() >= "1990" || office.to.is_empty() && office.from.as_str() >= "1990")
    }

    fn rank(&self) -> u32 {
        let best = self.offices.iter().map(|office| rank(&office.role)).max().unwrap_or(100);
        let american = best >= 500 && self.country == "country/USA";
        let undated = !self.offices.iter().any(|office| office.source != UNDATED);
        best + u32::from(american) * 50 - u32::from(undated) * 50
    }
}

fn rank(role: &str) -> u32 {
    match role {
        "president" | "king" | "prime-minister" | "emir" | "sultan" | "chancellor" | "pope" | "supreme-leader" => 800,
        "crown-prince" | "vice-president" => 750,
        "minister-foreign-affairs" => 700,
        "senator" => 300,
        "representative" => 200,
        _ if role.starts_with("minister") || role.starts_with("deputy-prime") => 500,
        _ if role.starts_with("ambassador") => 160,
        _ => 150,
    }
}

#[derive(Default)]
struct People {
    all: Vec<Person>,
    by_qid: BTreeMap<String, usize>,
    by_name: BTreeMap<(String, String), usize>,
}

/// What a name is compared by: letters for most countries, consonants where the lists romanise.
fn name_key(name: &str, country: &str) -> String {
    let key = latin_key(name);
    if !ARAB.contains(&country.trim_start_matches("country/")) {
        return key;
    }
    key.split(' ')
        .filter(|word| !["al", "el", "bin", "ibn", "ben", "bint", "abd"].contains(word))
        .map(skeleton)
        .collect::<Vec<_>>()
        .join(" ")
}

fn ends(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name.split(' ').collect();
    let (first, last) = (words.first()?, words.last()?);
    let last = ["al-", "Al-", "el-", "El-"].iter().find_map(|article| last.strip_prefix(article)).unwrap_or(last);
    Some((skeleton(first), skeleton(last)))
}

impl People {
    fn add(&mut self, person: Person) -> usize {
        let at = self.all.len();
        if !person.qid.is_empty() {
            self.by_qid.insert(person.qid.clone(), at);
        }
        self.all.push(person);
        self.index(at);
        at
    }

    fn index(&mut self, at: usize) {
        let person = &self.all[at];
        let countries: BTreeSet<&String> =
            person.offices.iter().map(|office| &office.of).chain([&person.country]).collect();
        for country in countries {
            for (name, _) in &person.en {
                self.by_name.entry((country.clone(), name_key(name, country))).or_insert(at);
            }
        }
    }

    fn find(&self, name: &str, country: &str, offices: &[Office]) -> Option<usize> {
        let nowhere = String::new();
        let keys = [(country.to_owned(), name_key(name, country)), (nowhere, latin_key(name))];
        if let Some(at) = keys.iter().find_map(|key| self.by_name.get(key)) {
            return Some(*at);
        }
        let these = ends(name)?;
        let mine: BTreeSet<String> = latin_key(name).split(' ').map(str::to_owned).collect();
        let same_office = |person: &Person, only_one_holder: bool| {
            person.offices.iter().find_map(|held| {
                let office = offices
                    .iter()
                    .find(|office| held.role == office.role && held.of == office.of && overlap(held, office))?;
                (!only_one_holder || one_holder(&held.role))
                    .then(|| held.from.get(..4).is_some_and(|year| office.from.starts_with(year)))
            })
        };
        self.all.iter().position(|person| {
            if person.country != country {
                return false;
            }
            let similar = person.en.iter().any(|(other, _)| ends(other).is_some_and(|those| those == these));
            // "Gustavo Petro" and "Gustavo Francisco Petro Urrego": the one has all words of the other.
            let within = person.en.iter().any(|(other, _)| {
                let theirs: BTreeSet<String> = latin_key(other).split(' ').map(str::to_owned).collect();
                mine.len().min(theirs.len()) >= 2 && (mine.is_subset(&theirs) || theirs.is_subset(&mine))
            });
            let surname = person.en.iter().any(|(other, _)| ends(other).is_some_and(|those| those.1 == these.1));
            similar && same_office(person, false).is_some()
                || within && same_office(person, true).is_some()
                || surname && same_office(person, true) == Some(true)
        })
    }

    /// Heads of state of several countries at once: the same name, the same office, the same day.
    fn find_in_other_realms(&self, names: &Cleared, offices: &[Office]) -> Option<usize> {
        let keys: Vec<String> = names.aliases.iter().chain([&names.name]).map(|name| latin_key(name)).collect();
        let head = |held: &Office| ["king", "president"].contains(&held.role.as_str());
        self.all.iter().position(|person| {
            person.en.iter().any(|(other, _)| keys.contains(&latin_key(other)))
                && person.offices.iter().any(|held| {
                    head(held) && offices.iter().any(|office| office.role == held.role && overlap(held, office))
                })
        })
    }
}

/// Offices that one person of a country holds at a time.
fn one_holder(role: &str) -> bool {
    matches!(
        role,
        "president"
            | "king"
            | "prime-minister"
            | "emir"
            | "sultan"
            | "chancellor"
            | "crown-prince"
            | "minister-foreign-affairs"
    )
}

/// Whether two terms can be one; an end that is not known is open.
fn overlap(a: &Office, b: &Office) -> bool {
    let before =
        |end: &str, start: &str| !end.is_empty() && !start.is_empty() && end < start && !start.starts_with(end);
    !before(&a.to, &b.from) && !before(&b.to, &a.from)
}

/// Terms that follow each other without a gap, or that two sources give, are one.
fn joined(offices: &BTreeSet<Office>) -> Vec<Office> {
    let mut sorted: Vec<Office> = offices.iter().cloned().collect();
    sorted.sort_by(|a, b| {
        (&a.role, &a.of, a.status, a.source == "hand", &a.from).cmp(&(
            &b.role,
            &b.of,
            b.status,
            b.source == "hand",
            &b.from,
        ))
    });
    // An open term is often an older snapshot: where the same office has a later term with an end, that end holds.
    let ends: Vec<Option<String>> = sorted
        .iter()
        .map(|open| {
            let later = |other: &&Office| {
                (&other.role, &other.of) == (&open.role, &open.of)
                    && !other.to.is_empty()
                    && other.source != UNDATED
                    && (other.from >= open.from || open.from.starts_with(&other.from))
            };
            sorted.iter().filter(later).map(|other| other.to.clone()).max().filter(|_| open.to.is_empty())
        })
        .collect();
    let mut out: Vec<Office> = Vec::new();
    for (mut office, end) in sorted.into_iter().zip(ends) {
        office.to = end.unwrap_or(office.to);
        match out.last_mut() {
            Some(last)
                if (&last.role, &last.of, last.status) == (&office.role, &office.of, office.status)
                    && (last.source == "hand") == (office.source == "hand")
                    && !office.from.is_empty()
                    && (last.to.is_empty() || office.from <= last.to || same_january(&last.to, &office.from)) =>
            {
                if office.from.starts_with(&last.from) {
                    last.from = office.from;
                }
                if last.to.is_empty() || office.to.is_empty() {
                    last.to = String::new();
                } else if office.to > last.to {
                    last.to = office.to;
                }
            }
            _ => out.push(office),
        }
    }
    out
}

/// A new congress sits a few days into January; the old one's term ends on the third.
fn same_january(to: &str, from: &str) -> bool {
    to.get(..7).is_some_and(|month| month.ends_with("-01") && from.starts_with(month))
}

/// Builds the people and their offices; gives the table of their names.
pub(crate) fn build(build: &mut Build, countries: &Countries, roles: &Roles) -> Result<Table, String> {
    let mut people = People::default();
    by_hand(build, &mut people);
    wikidata(build, countries, roles, &mut people)?;
    congress(build, countries, roles, &mut people)?;
    leaders(build, countries, roles, &mut people, "factbook")?;
    leaders(build, countries, roles, &mut people, UNDATED)?;
    arabic_names(build, &mut people)?;
    join_by_hand(build, &mut people);
    settle(build, &mut people);
    write(build, people)
}

/// Joins those that `data/ids.tsv` gives one id, under the id of whoever has it by hand or by name.
fn join_by_hand(build: &mut Build, people: &mut People) {
    let built = |person: &Person| -> Vec<String> {
        let Some((display, _)) = person.en.first() else { return Vec::new() };
        let country = person.country.rsplit('/').next().unwrap_or_default().to_lowercase();
        vec![person.qid.clone(), format!("person/{}", slug(display)), format!("person/{}-{country}", slug(display))]
    };
    for from in 0..people.all.len() {
        let Some(id) =
            people.all.get(from).filter(|person| person.id.is_none()).map(built).and_then(|ids| build.renamed(&ids))
        else {
            continue;
        };
        let to = people.all.iter().enumerate().position(|(at, person)| {
            at != from
                && (person.id.as_deref() == Some(id.as_str()) || person.id.is_none() && built(person).contains(&id))
        });
        let Some(to) = to else {
            println!("xtask/data/ids.tsv: nobody is {id}");
            continue;
        };
        let joined = std::mem::take(&mut people.all[from]);
        build.counts.took(joined.source, "people joined by hand (xtask/data/ids.tsv)");
        let person = &mut people.all[to];
        for (name, source) in joined.en {
            person.name(&name, "en", source);
        }
        for (name, source) in joined.ar {
            person.name(&name, "ar", source);
        }
        if person.qid.is_empty() {
            person.qid = joined.qid;
        }
        person.offices.extend(joined.offices);
    }
    people.all.retain(|person| !person.en.is_empty() || !person.ar.is_empty());
    // The places in the lists have moved; nobody may look people up by them any more.
    people.by_qid.clear();
    people.by_name.clear();
}

fn by_hand(build: &Build, people: &mut People) {
    let mut of: BTreeMap<&str, Person> = BTreeMap::new();
    for row in build.hand.entities.iter().filter(|row| row["id"].starts_with("person/")) {
        let qid = row["identifiers"]
            .split(';')
            .find_map(|identifier| identifier.strip_prefix("wikidata="))
            .unwrap_or_default();
        of.insert(
            &row["id"],
            Person {
                id: Some(row["id"].clone()),
                qid: qid.to_owned(),
                country: row["country"].clone(),
                source: "hand",
                ..Person::default()
            },
        );
    }
    for row in &build.hand.names {
        if let Some(person) = of.get_mut(row["id"].as_str()).filter(|_| row["kind"] != "short") {
            person.name(&row["name"], &row["lang"], "hand");
        }
    }
    for row in &build.hand.offices {
        if let Some(person) = of.get_mut(row["person"].as_str()) {
            person.offices.insert(Office {
                role: row["role"].clone(),
                of: row["of"].clone(),
                from: row["from"].clone(),
                to: row["to"].clone(),
                status: "",
                source: "hand",
            });
        }
    }
    for person in of.into_values() {
        people.add(person);
    }
}

fn offices(row: &Row, country: &str, countries: &Countries, roles: &Roles, source: &'static str) -> Vec<Office> {
    let Some(words) = row.get("role") else { return Vec::new() };
    let united_nations = words.contains("United Nations General") || words.contains("International Court of Justice");
    let of = if united_nations { "organisation/united-nations" } else { country };
    let (mut from, mut to) = (row.get("from").unwrap_or_default(), row.get("to").unwrap_or_default());
    // A list of one month says who held an office then, not since when or until when.
    if source == UNDATED {
        (from, to) = ("2019-06", "2019-06");
    }
    roles
        .meanings(words, country, countries)
        .into_iter()
        .map(|meaning| Office {
            role: meaning.role,
            of: of.to_owned(),
            from: from.into(),
            to: to.into(),
            status: meaning.status,
            source,
        })
        .collect()
}

fn wikidata(build: &mut Build, countries: &Countries, roles: &Roles, people: &mut People) -> Result<(), String> {
    const SOURCE: &str = "wikidata_eps";
    let rows: Vec<Row> = build.sources.read(SOURCE)?.into_iter().filter(|row| row.class == "person").collect();
    for row in &rows {
        let country = row.get("country").and_then(|iso2| countries.id(iso2)).unwrap_or_default();
        if build.ruled_out(SOURCE, &row.id) || build.ruled_out(SOURCE, &row.name) {
            continue;
        }
        let (from, to) = (row.get("from").unwrap_or_default(), row.get("to").unwrap_or_default());
        if !to.is_empty() && from > to {
            build.counts.dropped(SOURCE, "a term that ends before it begins");
            continue;
        }
        if !right_script(&row.name, &row.lang) {
            build.counts.dropped(SOURCE, "wrong script in the column (vandalised)");
            continue;
        }
        let at = match people.by_qid.get(&row.id) {
            Some(at) => *at,
            None => people.add(Person {
                qid: row.id.clone(),
                country: country.clone(),
                source: SOURCE,
                ..Person::default()
            }),
        };
        add_name(build, people, at, row, SOURCE);
        let person = &mut people.all[at];
        if person.country.is_empty() {
            person.country = country.clone();
        }
        person.offices.extend(offices(row, &country, countries, roles, SOURCE));
        people.index(at);
    }
    Ok(())
}

fn add_name(build: &mut Build, people: &mut People, at: usize, row: &Row, source: &'static str) {
    let person = &mut people.all[at];
    if row.lang == "ar" {
        let name = row.name.split(['(', '،']).next().unwrap_or_default().trim();
        let titles =
            ["السفير", "الشيخ", "الدكتور", "اللواء", "الأمير", "الملك", "الفريق", "العميد", "الشيخة", "المهندس", "د."];
        let name = titles.iter().find_map(|title| name.strip_prefix(title)).map_or(name, str::trim);
        // «بين» in a chain of fathers is a machine's reading of "bin".
        let name = name.replace(" بين ", " بن ");
        if name.split(' ').count() < 2 || !right_script(&name, "ar") {
            build.counts.dropped(source, "Arabic name of one word");
            return;
        }
        person.name(&name, "ar", source);
        build.counts.took(source, "Arabic names");
        return;
    }
    match clear(&row.name) {
        Some(cleared) => {
            person.name(&cleared.name, "en", source);
            for alias in &cleared.aliases {
                person.name(alias, "en", source);
            }
            build.counts.took(source, "English names");
        }
        None => build.counts.dropped(source, "no name of two words: an office, a title or a sentence"),
    }
}

fn congress(build: &mut Build, countries: &Countries, roles: &Roles, people: &mut People) -> Result<(), String> {
    const SOURCE: &str = "us_congress";
    for row in build.sources.read(SOURCE)?.iter().filter(|row| row.class == "person") {
        let country = "country/USA".to_owned();
        let at = match people.by_qid.get(&row.id) {
            Some(at) => *at,
            None => people.add(Person {
                qid: if row.id.starts_with('Q') { row.id.clone() } else { String::new() },
                country: country.clone(),
                source: SOURCE,
                ..Person::default()
            }),
        };
        people.by_qid.insert(row.id.clone(), at);
        add_name(build, people, at, row, SOURCE);
        people.all[at].offices.extend(offices(row, &country, countries, roles, SOURCE));
        people.index(at);
    }
    Ok(())
}

fn leaders(
    build: &mut Build,
    countries: &Countries,
    roles: &Roles,
    people: &mut People,
    source: &'static str,
) -> Result<(), String> {
    let mut of_source: BTreeMap<String, usize> = BTreeMap::new();
    for row in build.sources.read(source)?.iter().filter(|row| row.class == "person") {
        let Some(country) = row.get("country").and_then(|iso2| countries.id(iso2)) else {
            build.counts.dropped(source, "no country of ISO 3166");
            continue;
        };
        let Some(cleared) = clear(&row.name).filter(|cleared| right_script(&cleared.name, "en")) else {
            build.counts.dropped(source, "no name of two words: an office, a title or a sentence");
            continue;
        };
        if build.ruled_out(source, &row.name) {
            continue;
        }
        let mut held = offices(row, &country, countries, roles, source);
        if cleared.acting {
            held.iter_mut().for_each(|office| office.status = "acting");
        }
        let known = of_source
            .get(&row.id)
            .copied()
            .or_else(|| people.find(&cleared.name, &country, &held))
            .or_else(|| people.find_in_other_realms(&cleared, &held).filter(|_| source == "factbook"));
        let at = match known {
            Some(at) => {
                build.counts.took(source, "rows that joined a person of another source, or of the same");
                at
            }
            None => {
                build.counts.took(source, "people");
                people.add(Person { country: country.clone(), source, ..Person::default() })
            }
        };
        of_source.insert(row.id.clone(), at);
        let person = &mut people.all[at];
        if person.country.is_empty() {
            person.country = country.clone();
        }
        person.name(&cleared.name, "en", source);
        for alias in &cleared.aliases {
            person.name(alias, "en", source);
        }
        // Where a dated source has the same term, the undated list adds nothing.
        held.retain(|office| {
            source != UNDATED
                || !person
                    .offices
                    .iter()
                    .any(|known| known.source != source && known.role == office.role && overlap(known, office))
        });
        person.offices.extend(held);
        people.index(at);
    }
    Ok(())
}

/// Arabic names from a list of all kinds of people: only for those whom a political source has.
fn arabic_names(build: &mut Build, people: &mut People) -> Result<(), String> {
    const SOURCE: &str = "arwikicats_people";
    let mut pairs: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in build.sources.read(SOURCE)? {
        pairs.entry(row.id).or_default().insert(row.lang, row.name);
    }
    let mut by_name: BTreeMap<String, String> = BTreeMap::new();
    for pair in pairs.into_values() {
        if let (Some(en), Some(ar)) = (pair.get("en"), pair.get("ar")) {
            by_name.insert(latin_key(en), ar.split('(').next().unwrap_or_default().trim().to_owned());
        }
    }
    let mut used = BTreeSet::new();
    for person in people.all.iter_mut().filter(|person| person.ar.is_empty()) {
        let Some((en, ar)) = person.en.iter().find_map(|(name, _)| by_name.get_key_value(&latin_key(name))) else {
            continue;
        };
        used.insert(en.clone());
        let words = |name: &str| name.split(' ').count();
        if !right_script(ar, "ar") || words(ar) < 2 || words(ar).abs_diff(words(en)) > 2 {
            build.counts.dropped(SOURCE, "Arabic that is another length than the English, or of one word");
            continue;
        }
        person.name(ar, "ar", SOURCE);
        build.counts.took(SOURCE, "Arabic names of people whom a political source has");
    }
    for _ in used.len()..by_name.len() {
        build.counts.dropped(SOURCE, "nobody whom a political source has: sport, stage, fiction, history");
    }
    Ok(())
}

/// Puts right what only all sources together show: to which of their realms heads of state belong, and when an open
/// term of an office for one ended, since the list is older than the next holder.
fn settle(build: &mut Build, people: &mut People) {
    const REALMS: [&str; 7] = ["GBR", "USA", "FRA", "NLD", "DNK", "CHN", "NZL"];
    let mut holders: BTreeMap<(String, String), Vec<(String, usize)>> = BTreeMap::new();
    for (at, person) in people.all.iter_mut().enumerate() {
        let before = person.offices.len();
        person.offices.retain(|office| !office.of.is_empty() || office.source == "hand");
        for _ in person.offices.len()..before {
            build.counts.dropped(person.source, "office of no country of ISO 3166");
        }
        let realm = REALMS.iter().map(|iso3| format!("country/{iso3}")).find(|realm| {
            person
                .offices
                .iter()
                .any(|office| office.of == *realm && ["king", "president"].contains(&office.role.as_str()))
        });
        if let Some(realm) = realm {
            // The president of France is none of Saint Martin's own.
            person.offices.retain(|office| office.role != "president" || office.of == realm);
            if person.id.is_none() {
                person.country = realm;
            }
        }
        for office in person.offices.iter().filter(|office| {
            one_holder(&office.role) && !office.from.is_empty() && office.status.is_empty() && office.source != UNDATED
        }) {
            holders.entry((office.role.clone(), office.of.clone())).or_default().push((office.from.clone(), at));
        }
    }
    for (at, person) in people.all.iter_mut().enumerate() {
        let offices = std::mem::take(&mut person.offices);
        for mut office in offices {
            // The Bosnian, Swiss and Sammarinese heads of state are several; Myanmar has two governments.
            let several = ["BIH", "CHE", "SMR", "MMR"].iter().any(|iso3| office.of.ends_with(iso3));
            let open = office.to.is_empty() && !office.from.is_empty() && office.source != "hand" && !several;
            let next = holders.get(&(office.role.clone(), office.of.clone())).filter(|_| open).and_then(|terms| {
                terms
                    .iter()
                    .filter(|(from, who)| *who != at && *from > office.from && !from.starts_with(&office.from))
                    .min()
            });
            if let Some((from, _)) = next {
                office.to = from.clone();
                build
                    .counts
                    .took(office.source, "open terms of one-person offices that end where the next holder's begins");
            }
            person.offices.insert(office);
        }
    }
}

fn write(build: &mut Build, people: People) -> Result<Table, String> {
    let mut entities = Table::entities();
    let mut names = Table::names();
    let mut terms = Table::offices();
    let mut order: Vec<&Person> = people.all.iter().collect();
    order.sort_by(|a, b| {
        (b.rank(), a.en.first(), &a.country, &a.qid).cmp(&(a.rank(), b.en.first(), &b.country, &b.qid))
    });
    for person in order {
        let (display, display_source) = person.en.first().cloned().unwrap_or_default();
        if display.is_empty() && (person.qid.is_empty() || person.ar.is_empty()) {
            build.counts.dropped(person.source, "person without a usable name");
            continue;
        }
        let id = match &person.id {
            Some(id) => id.clone(),
            // Known by an Arabic name only: the id is the number of its Wikidata page.
            None if display.is_empty() => {
                build.counts.took(person.source, "people with an Arabic name only");
                format!("person/{}", person.qid.to_lowercase())
            }
            None => {
                let office = person.offices.iter().next().map(|office| office.role.clone()).unwrap_or_default();
                build
                    .fresh_id(
                        "person",
                        &display,
                        &person.country,
                        if person.qid.is_empty() { &office } else { &person.qid },
                    )
                    .to_lowercase()
            }
        };
        if person.id.is_none() {
            let identifiers = if person.qid.is_empty() { String::new() } else { format!("wikidata={}", person.qid) };
            entities.add([&id, "", &person.country, "", &person.rank().to_string(), &identifiers, person.source]);
        }
        if !display.is_empty() {
            build.name(&mut names, &display, "en", &id, "name", &[], display_source);
        }
        for (name, source) in person.en.iter().skip(1) {
            build.name(&mut names, name, "en", &id, "alias", &[], source);
        }
        for (at, (name, source)) in person.ar.iter().enumerate() {
            build.name(&mut names, name, "ar", &id, if at == 0 { "name" } else { "alias" }, &[], source);
            for spelling in arabic_spellings(name) {
                if !person.ar.iter().any(|(other, _)| *other == spelling) {
                    build.name(&mut names, &spelling, "ar", &id, "alias", &[], source);
                }
            }
        }
        // Those known by an Arabic name only sat in a parliament: news does not call them by a surname alone.
        if person.id.is_none() && person.in_news() && !display.is_empty() {
            for short in surnames(&display, &person.country) {
                build.name(&mut names, &short, "en", &id, "short", &[], display_source);
            }
            if let Some((name, source)) = person.ar.first()
                && let Some(short) = arabic_surname(name)
            {
                build.name(&mut names, &short, "ar", &id, "short", &[], source);
            }
        }
        for office in joined(&person.offices).iter().filter(|office| office.source != "hand") {
            let by_hand = build.hand.offices.iter().any(|row| {
                let known = Office {
                    role: row["role"].clone(),
                    of: row["of"].clone(),
                    from: row["from"].clone(),
                    to: row["to"].clone(),
                    status: "",
                    source: "hand",
                };
                row["person"] == id && known.role == office.role && known.of == office.of && overlap(&known, office)
            });
            if by_hand {
                build.counts.dropped(office.source, "term that the hand-kept offices have");
                continue;
            }
            terms.add([&id, &office.role, &office.of, &office.from, &office.to, office.status, office.source]);
        }
    }
    build.write(&entities, "people.entities.tsv")?;
    build.write(&names, "people.names.tsv")?;
    build.write(&terms, "offices.tsv")?;
    Ok(names)
}
