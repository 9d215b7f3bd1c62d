//! Which parties, parliaments and other bodies can be named?
//!
//! ```text
//! Q228720  Future Movement  تيار المستقبل      ──►  organisation/future-movement
//! "Labour Party" of forty countries            ──►  organisation/labour-party-gbr, -irl, …
//! House of Representatives (Egypt)             ──►  organisation/EGY-lower-house
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::bodies;
use crate::build::Build;
use crate::countries::Countries;
use crate::fold::{arabic_key, key, latin_key, right_script, slug};
use crate::table::Table;

/// A body in the making.
#[derive(Default)]
pub(crate) struct Org {
    pub(crate) identifier: String,
    pub(crate) sub: String,
    pub(crate) country: String,
    pub(crate) source: &'static str,
    pub(crate) names: Vec<(String, String, String, &'static str)>,
    pub(crate) fixed: Option<String>,
}

impl Org {
    pub(crate) fn add(&mut self, name: &str, lang: &str, kind: &str, source: &'static str) {
        let known =
            self.names.iter().any(|(other, in_lang, ..)| in_lang == lang && key(other, lang) == key(name, lang));
        if !known {
            self.names.push((name.to_owned(), lang.to_owned(), kind.to_owned(), source));
        }
    }

    fn display(&self, lang: &str) -> Option<&str> {
        self.names
            .iter()
            .find(|(_, in_lang, kind, _)| in_lang == lang && kind == "name")
            .map(|(name, ..)| name.as_str())
    }
}

/// Builds the organisations.
pub(crate) fn build(build: &mut Build, countries: &Countries) -> Result<(), String> {
    let mut orgs: BTreeMap<String, Org> = BTreeMap::new();
    let common: BTreeSet<String> = build.data("common_bodies.tsv")?.iter().map(|row| latin_key(&row["name"])).collect();
    parties(build, countries, &common, &mut orgs)?;
    factbook(build, countries, &common, &mut orgs)?;
    committees(build, &mut orgs)?;
    arwikicats(build, &mut orgs)?;
    bodies::build(build, &common, &mut orgs)?;
    write(build, orgs)
}

fn parties(
    build: &mut Build,
    countries: &Countries,
    common: &BTreeSet<String>,
    orgs: &mut BTreeMap<String, Org>,
) -> Result<(), String> {
    const SOURCE: &str = "partyfacts";
    let rows = build.sources.read(SOURCE)?;
    // The Arabic rows come a second time under the list's own numbers.
    let qid_of: BTreeMap<String, String> = rows
        .iter()
        .filter(|row| row.id.starts_with('Q'))
        .filter_map(|row| Some((row.get("partyfacts")?.to_owned(), row.id.clone())))
        .collect();
    for row in rows {
        let id = match row.id.strip_prefix("pf:") {
            Some(number) => qid_of.get(number).unwrap_or(&row.id).clone(),
            None => row.id.clone(),
        };
        let Some(country) = row.get("country").and_then(|iso2| countries.id(iso2)) else {
            build.counts.dropped(SOURCE, "party of no country of ISO 3166");
            continue;
        };
        let name = row
            .name
            .split(" (")
            .next()
            .unwrap_or_default()
            .split(['–', '/'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        if !acceptable(build, common, SOURCE, &name, &row.lang, &row.kind, countries) {
            continue;
        }
        let org = orgs.entry(id.clone()).or_insert_with(|| Org {
            identifier: if id.starts_with('Q') { format!("wikidata={id}") } else { String::new() },
            sub: "party".into(),
            country,
            source: SOURCE,
            ..Org::default()
        });
        let kind = if row.kind == "acronym" { "acronym" } else { "name" };
        let kind = if kind == "name" && org.display(&row.lang).is_some() { "alias" } else { kind };
        org.add(&name, &row.lang, kind, SOURCE);
        build
            .counts
            .took(SOURCE, if row.lang == "ar" { "Arabic names of parties" } else { "English names of parties" });
    }
    Ok(())
}

/// The rules for a name of a party or body.
fn acceptable(
    build: &mut Build,
    common: &BTreeSet<String>,
    source: &'static str,
    name: &str,
    lang: &str,
    kind: &str,
    countries: &Countries,
) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let rule = if !right_script(name, lang) {
        Some("wrong script in the column")
    } else if kind == "acronym" {
        let upper = name.chars().filter(|letter| letter.is_uppercase()).count();
        (letters < 3 || upper < 3 || name.contains([' ', '/', '.']))
            .then_some("acronym under three capitals, or two in one")
    } else if name.len() > 90 || letters < 4 {
        Some("name over 90 bytes or under four letters")
    } else if name.starts_with(|first: char| first.is_lowercase()) {
        Some("no name: it begins with a small letter")
    } else if common.contains(&key(name.trim_start_matches("The "), lang)) {
        Some("everyday word (xtask/data/common_bodies.tsv)")
    } else if countries.is_country(name, lang) {
        Some("name of a country")
    } else if lang == "ar" && (name.starts_with("د ") || name.split_whitespace().count() < 2) {
        // Pashto, and single words that are common nouns or demonyms («العراقيون»).
        Some("single Arabic word, or not Arabic")
    } else {
        None
    };
    if let Some(rule) = rule {
        build.counts.dropped(source, rule);
        return false;
    }
    !build.ruled_out(source, name)
}

fn factbook(
    build: &mut Build,
    countries: &Countries,
    common: &BTreeSet<String>,
    orgs: &mut BTreeMap<String, Org>,
) -> Result<(), String> {
    const SOURCE: &str = "factbook";
    let mut by_name: BTreeMap<(String, String), String> = BTreeMap::new();
    for (id, org) in orgs.iter() {
        for (name, lang, ..) in &org.names {
            by_name.insert((org.country.clone(), key(name, lang)), id.clone());
        }
    }
    let mut rows: Vec<_> = build.sources.read(SOURCE)?.into_iter().filter(|row| row.class == "organisation").collect();
    // A party's name comes before its acronyms, so that they join the party that another source has already.
    rows.sort_by_key(|row| (row.id.clone(), row.kind != "canonical"));
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for row in rows {
        let Some(country) = row.get("country").and_then(|iso2| countries.id(iso2)) else { continue };
        let sub = row.get("sub").unwrap_or_default().to_owned();
        if sub == "legislature" {
            legislature(build, countries, orgs, &row.id, &row.name, &row.kind, &country);
            continue;
        }
        let (name, more) = split_brackets(&row.name);
        if !acceptable(build, common, SOURCE, &name, "en", &row.kind, countries) {
            continue;
        }
        let at = (country.clone(), latin_key(&name));
        let id = joined
            .get(&row.id)
            .cloned()
            .or_else(|| by_name.get(&at).cloned().filter(|_| row.kind == "canonical"))
            .unwrap_or_else(|| row.id.clone());
        joined.insert(row.id.clone(), id.clone());
        if row.kind == "canonical" {
            by_name.insert(at, id.clone());
        }
        let org =
            orgs.entry(id).or_insert_with(|| Org { sub: "party".into(), country, source: SOURCE, ..Org::default() });
        let kind = match row.kind.as_str() {
            "canonical" if org.display("en").is_none() => "name",
            "acronym" => "acronym",
            _ => "alias",
        };
        org.add(&name, "en", kind, SOURCE);
        build.counts.took(SOURCE, "English names of parties");
        for alias in more {
            let acronym = if alias.chars().filter(|letter| letter.is_uppercase()).count() * 2 > alias.len() {
                "acronym"
            } else {
                "alias"
            };
            if acceptable(build, common, SOURCE, &alias, "en", acronym, countries) {
                let org = orgs.get_mut(&joined[&row.id]);
                if let Some(org) = org {
                    org.add(&alias, "en", acronym, SOURCE);
                }
            }
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments)] // The cells of a row, and where they go.
fn legislature(
    build: &mut Build,
    countries: &Countries,
    orgs: &mut BTreeMap<String, Org>,
    source_id: &str,
    name: &str,
    kind: &str,
    country: &str,
) {
    const SOURCE: &str = "factbook";
    let iso3 = country.trim_start_matches("country/");
    let body = match source_id.rsplit(':').next() {
        Some("legislature") => "parliament",
        Some("upper-chamber") => "upper-house",
        Some("lower-chamber") => "lower-house",
        _ => {
            build.counts.dropped(SOURCE, "body of another kind");
            return;
        }
    };
    let name = name.split(" (").next().unwrap_or_default().trim();
    let native = kind == "alias";
    if !right_script(name, "en")
        || name.len() > 80
        || name.contains([',', ';', '/'])
        || (native && name.split(' ').count() > 6)
    {
        build.counts.dropped(SOURCE, "name of a chamber that is a sentence, or in another script");
        return;
    }
    // "Parliament" and "Senate" are sixty bodies' name and no one's: beside its country the word is found as a role.
    let generic = !name.contains(' ');
    if generic && native {
        build.counts.dropped(SOURCE, "chamber's name of one word");
        return;
    }
    let name = if generic { format!("{name} of {}", countries.display(iso3)) } else { name.to_owned() };
    let name = name.as_str();
    let id = format!("organisation/{iso3}-{body}");
    let org = orgs.entry(id.clone()).or_insert_with(|| Org {
        sub: "parliament".into(),
        country: country.to_owned(),
        source: SOURCE,
        fixed: Some(id),
        ..Org::default()
    });
    let kind = if org.display("en").is_none() && !native { "name" } else { "alias" };
    org.add(name, "en", kind, SOURCE);
    build.counts.took(SOURCE, "names of parliaments and chambers");
}

/// "Civic Platform (Platforma Obywatelska) or PO" has two more names.
fn split_brackets(name: &str) -> (String, Vec<String>) {
    let mut more = Vec::new();
    let (name, after_or) = match name.split_once(" or ") {
        Some((name, short)) if !short.contains(' ') => (name, Some(short)),
        _ => (name, None),
    };
    more.extend(after_or.map(|short| short.trim_matches(['(', ')', ' ']).to_owned()));
    let outside = match name.split_once(" (") {
        Some((outside, inside)) => {
            more.push(inside.split(')').next().unwrap_or_default().trim().to_owned());
            outside
        }
        None => name,
    };
    (outside.trim().to_owned(), more)
}

fn committees(build: &mut Build, orgs: &mut BTreeMap<String, Org>) -> Result<(), String> {
    const SOURCE: &str = "us_congress";
    for row in build.sources.read(SOURCE)? {
        if row.class == "organisation" && right_script(&row.name, "en") {
            let org = orgs.entry(row.id.clone()).or_insert_with(|| Org {
                sub: "parliament".into(),
                country: "country/USA".into(),
                source: SOURCE,
                ..Org::default()
            });
            org.add(&row.name, "en", "name", SOURCE);
            // Newspapers write "House Foreign Affairs Committee" for "House Committee on Foreign Affairs".
            if let Some((chamber, topic)) = row.name.split_once(" Committee on ") {
                let topic = topic.trim_start_matches("the ");
                org.add(&format!("{chamber} {topic} Committee"), "en", "alias", SOURCE);
            }
            build.counts.took(SOURCE, "committees");
        }
    }
    Ok(())
}

fn arwikicats(build: &mut Build, orgs: &mut BTreeMap<String, Org>) -> Result<(), String> {
    const SOURCE: &str = "arwikicats_orgs";
    let heads: Vec<(String, String, String)> = build
        .data("arwikicats_heads.tsv")?
        .into_iter()
        .map(|row| (row["en"].clone(), row["ar"].clone(), row["sub"].clone()))
        .collect();
    let mut pairs: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in build.sources.read(SOURCE)? {
        pairs.entry(row.id).or_default().insert(row.lang, row.name);
    }
    let mut arabic: BTreeMap<String, usize> = BTreeMap::new();
    for name in pairs.values().filter_map(|pair| pair.get("ar")) {
        *arabic.entry(arabic_key(name)).or_default() += 1;
    }
    let known: BTreeSet<String> =
        orgs.values().flat_map(|org| org.names.iter().map(|(name, lang, ..)| key(name, lang))).collect();
    for (id, pair) in pairs {
        let (Some(en), Some(ar)) = (pair.get("en"), pair.get("ar")) else {
            build.counts.dropped(SOURCE, "one language only");
            continue;
        };
        let en = en.replace("-Of-", " of ").replace("-Of ", " of ").replace("'S ", "'s ");
        // Both names must begin or end with the same head-word: that is the alignment check.
        let head = heads.iter().find(|(in_en, in_ar, _)| {
            en.split([' ', ',']).any(|word| word == in_en) && ar.split(' ').next().is_some_and(|word| word == in_ar)
        });
        let Some((_, _, sub)) = head else {
            build.counts.dropped(SOURCE, "head-words of the two languages do not agree");
            continue;
        };
        if arabic[&arabic_key(ar)] > 1 || ar.split(' ').count() < 2 || en.split(' ').count() < 2 || en.contains('(') {
            build.counts.dropped(SOURCE, "one Arabic name for several English ones, or one word");
            continue;
        }
        if build.ruled_out(SOURCE, &en) || known.contains(&latin_key(&en)) || known.contains(&arabic_key(ar)) {
            build.counts.dropped(SOURCE, "known from another source");
            continue;
        }
        let org = orgs.entry(id).or_insert_with(|| Org { sub: sub.clone(), source: SOURCE, ..Org::default() });
        org.add(&en, "en", "name", SOURCE);
        org.add(ar, "ar", "name", SOURCE);
        build.counts.took(SOURCE, "organisations");
    }
    Ok(())
}

fn write(build: &mut Build, orgs: BTreeMap<String, Org>) -> Result<(), String> {
    let mut entities = Table::entities();
    let mut names = Table::names();
    let mut owners: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (id, org) in &orgs {
        for (name, lang, ..) in &org.names {
            owners.entry((lang.clone(), key(name, lang))).or_default().insert(id.clone());
        }
    }
    // A body that people described by hand is known by its identifier, by its name and country, or by `data/ids.tsv`.
    let country_of: BTreeMap<&str, &str> =
        build.hand.entities.iter().map(|row| (row["id"].as_str(), row["country"].as_str())).collect();
    let mut by_name: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in build.hand.names.iter().filter(|row| row["id"].starts_with("organisation/") && row["lang"] == "en") {
        let country = country_of.get(row["id"].as_str()).copied().unwrap_or_default().to_owned();
        by_name.entry(latin_key(&row["name"])).or_default().push((country, row["id"].clone()));
    }
    for org in orgs.values() {
        let Some(display) = org.display("en").map(str::to_owned) else {
            build.counts.dropped(org.source, "organisation without an English name");
            continue;
        };
        let iso3 = org.country.trim_start_matches("country/").to_lowercase();
        let built = [
            org.identifier.trim_start_matches("wikidata=").to_owned(),
            format!("organisation/{}", slug(&display)),
            format!("organisation/{}-{iso3}", slug(&display)),
        ];
        let same_name = by_name.get(&latin_key(&display)).and_then(|ids| {
            ids.iter()
                .find(|(country, _)| *country == org.country || country.is_empty() || org.country.is_empty())
                .map(|(_, id)| id.clone())
        });
        let by_hand = build
            .hand
            .id_of(&org.identifier)
            .map(str::to_owned)
            .filter(|_| !org.identifier.is_empty())
            .or_else(|| build.renamed(&built))
            .or_else(|| same_name.filter(|_| org.fixed.is_none()));
        let shared = |lang: &str, name: &str| owners[&(lang.to_owned(), key(name, lang))].len() > 1;
        let id = match (&by_hand, &org.fixed) {
            (Some(id), _) | (None, Some(id)) => id.clone(),
            (None, None) if shared("en", &display) => {
                let iso3 = org.country.trim_start_matches("country/").to_lowercase();
                build.fresh_id("organisation", &format!("{display} {iso3}"), "", "2")
            }
            (None, None) => build.fresh_id("organisation", &display, &org.country, "2"),
        };
        build.take_id(&id);
        if !build.hand.describes(&id) {
            let rank = if org.sub == "party" { "100" } else { "200" };
            entities.add([&id, &org.sub, &org.country, "", rank, &org.identifier, org.source]);
        }
        for (name, lang, kind, source) in &org.names {
            let single = !name.contains(' ');
            let mut flags = Vec::new();
            if kind == "acronym" {
                flags.push("case");
            }
            // A name of several bodies, or of one plain word ("Value", "Justice"), needs more than itself.
            if shared(lang, name) || kind == "acronym" || (single && org.sub == "party") {
                flags.push("weak");
            }
            build.name(&mut names, name, lang, &id, kind, &flags, source);
        }
    }
    build.write(&entities, "organisations.entities.tsv")?;
    build.write(&names, "organisations.names.tsv")
}
