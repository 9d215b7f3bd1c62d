//! Which countries are there, what are they called, and what are their people called?
//!
//! ```text
//! country/BHR   Bahrain  البحرين  ·  Kingdom of Bahrain  مملكة البحرين  ·  Bahraini  بحريني بحرينية بحرينيون
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::fold::{arabic_key, key, latin_key, right_script};
use crate::table::Table;

/// ISO 3166: two-letter code (or a spelling of `data/country_spellings.tsv`) to three-letter code, and names to
/// three-letter codes.
#[derive(Default)]
pub(crate) struct Countries {
    by_iso2: BTreeMap<String, String>,
    names: BTreeMap<String, BTreeSet<String>>,
    displays: BTreeMap<String, String>,
}

/// The members of the Arab League, whose places bear Arabic names of their own.
pub(crate) const ARAB: [&str; 22] = [
    "ARE", "BHR", "COM", "DJI", "DZA", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE", "QAT",
    "SAU", "SDN", "SOM", "SYR", "TUN", "YEM",
];

impl Countries {
    /// `BH` gives `country/BHR`; so do the names that some sources write in the place of a code.
    pub(crate) fn id(&self, iso2: &str) -> Option<String> {
        self.by_iso2.get(iso2).map(|iso3| format!("country/{iso3}"))
    }

    /// The English name of a country, by its three-letter code.
    pub(crate) fn display<'a>(&'a self, iso3: &'a str) -> &'a str {
        self.displays.get(iso3).map_or(iso3, String::as_str)
    }

    /// Whether a name is the name of a country.
    pub(crate) fn is_country(&self, name: &str, lang: &str) -> bool {
        self.names.contains_key(&key(name, lang))
    }

    /// The only country of this name.
    pub(crate) fn by_name(&self, name: &str, lang: &str) -> Option<String> {
        let found = self.names.get(&key(name, lang))?;
        (found.len() == 1).then(|| found.iter().next().map(|iso3| format!("country/{iso3}")))?
    }
}

struct Label {
    name: String,
    lang: String,
    kind: &'static str,
    source: &'static str,
    // Lower is better; the best label of a language is the display name.
    place: usize,
}

/// Builds the countries and the demonyms.
pub(crate) fn build(build: &mut Build) -> Result<Countries, String> {
    let mut countries = Countries::default();
    let mut identifiers: BTreeMap<String, String> = BTreeMap::new();
    let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for source in ["country_codes", "cldr", "factbook"] {
        for row in build.sources.read(source)? {
            let Some(iso2) = row.id.strip_prefix("iso:").filter(|_| row.class == "country") else { continue };
            if let Some(iso3) = row.get("iso3") {
                countries.by_iso2.insert(iso2.to_owned(), iso3.to_owned());
                let wikidata = row.get("qid").map(|qid| format!(";wikidata={qid}")).unwrap_or_default();
                identifiers.insert(iso3.to_owned(), format!("iso2={iso2};iso3={iso3}{wikidata}"));
            }
            let Some(iso3) = countries.by_iso2.get(iso2).cloned() else {
                build.counts.dropped(source, "country without a code in ISO 3166");
                continue;
            };
            let name = row.name.replace(" & ", " and ").replace('’', "'").replace(" و ", " و");
            if name.contains(['(', '،', ',']) || name.contains(" - ") || !right_script(&name, &row.lang) {
                build.counts.dropped(source, "country name with a bracket, comma or dash inside");
                continue;
            }
            let acronym = name.len() <= 4 && name.chars().all(|letter| letter.is_ascii_uppercase());
            let kind = match row.kind.as_str() {
                _ if acronym => "acronym",
                "official" => "official",
                _ => "alias",
            };
            let place = match (source, row.kind.as_str(), row.get("alt")) {
                _ if acronym => 9,
                ("cldr", _, Some("short")) => 0,
                ("cldr", "canonical", _) => 1,
                ("country_codes", "canonical", _) => 3,
                ("cldr", ..) => 4,
                ("factbook", "canonical", _) => 5,
                (_, "official", _) => 8,
                _ => 6,
            };
            let name = name.strip_prefix("The ").unwrap_or(&name).to_owned();
            build.counts.took(source, "country names");
            labels.entry(iso3).or_default().push(Label { name, lang: row.lang, kind, source, place });
        }
    }
    for row in build.data("country_spellings.tsv")? {
        countries.by_iso2.insert(row["spelling"].clone(), row["country"].clone());
    }
    let mut entities = Table::entities();
    let mut names = Table::names();
    for (iso3, mut list) in labels {
        let id = format!("country/{iso3}");
        entities.add([&id, "", "", "", "500", &identifiers[&iso3], "country_codes"]);
        list.sort_by(|a, b| (a.place, &a.name).cmp(&(b.place, &b.name)));
        let mut seen = BTreeSet::new();
        for lang in ["en", "ar"] {
            for (at, label) in list.iter().filter(|label| label.lang == lang).enumerate() {
                if !seen.insert((lang, label.name.clone())) {
                    continue;
                }
                let kind = if at == 0 { "name" } else { label.kind };
                if at == 0 && lang == "en" {
                    countries.displays.insert(iso3.clone(), label.name.clone());
                }
                let flags: &[&str] = if kind == "acronym" { &["case"] } else { &[] };
                build.name(&mut names, &label.name, lang, &id, kind, flags, label.source);
                countries.names.entry(key(&label.name, lang)).or_default().insert(iso3.clone());
            }
        }
    }
    for row in &build.hand.names {
        if let Some(iso3) = row["id"].strip_prefix("country/").filter(|_| row["kind"] != "demonym") {
            countries.names.entry(key(&row["name"], &row["lang"])).or_default().insert(iso3.to_owned());
        }
    }
    build.write(&entities, "countries.entities.tsv")?;
    build.write(&names, "countries.names.tsv")?;
    demonyms(build, &countries)?;
    Ok(countries)
}

fn demonyms(build: &mut Build, countries: &Countries) -> Result<(), String> {
    let given: BTreeMap<String, String> =
        build.data("demonyms.tsv")?.into_iter().map(|row| (row["key"].clone(), row["country"].clone())).collect();
    let mut table = Table::names();
    for row in build.sources.read("arwikicats_demonyms")? {
        let country = row.get("country_en").unwrap_or_default();
        let id = match given.get(country).map(String::as_str) {
            Some("-") => None,
            Some(iso3) => Some(format!("country/{iso3}")),
            None => countries.by_name(country, "en"),
        };
        let Some(id) = id else {
            build.counts.dropped("arwikicats_demonyms", "a people without a country of ISO 3166, or a word of two");
            continue;
        };
        if build.ruled_out("arwikicats_demonyms", &row.name) {
            continue;
        }
        if row.lang == "en" {
            // The keys of the source run words together ("saudiarabian"); the other source has these whole.
            let whole =
                row.name.chars().filter(|letter| letter.is_uppercase()).count() <= row.name.split([' ', '-']).count();
            if whole && !row.name.contains("na sovi") {
                build.counts.took("arwikicats_demonyms", "English demonyms");
                build.name(&mut table, &row.name, "en", &id, "demonym", &[], "arwikicats_demonyms");
            }
            continue;
        }
        match row.get("form") {
            Some("male") => {
                build.counts.took("arwikicats_demonyms", "Arabic demonyms");
                build.name(&mut table, &row.name, "ar", &id, "demonym", &[], "arwikicats_demonyms");
                build.name(&mut table, &format!("{}ان", row.name), "ar", &id, "demonym", &[], "arwikicats_demonyms");
            }
            Some("female") => {
                build.name(&mut table, &row.name, "ar", &id, "demonym", &[], "arwikicats_demonyms");
                if let Some(stem) = row.name.strip_suffix('ة') {
                    for ending in ["تان", "تين"] {
                        build.name(
                            &mut table,
                            &format!("{stem}{ending}"),
                            "ar",
                            &id,
                            "demonym",
                            &[],
                            "arwikicats_demonyms",
                        );
                    }
                }
            }
            Some("males") => {
                build.name(&mut table, &row.name, "ar", &id, "demonym", &[], "arwikicats_demonyms");
                // The source lists the nominative; the oblique case is the same word with another ending.
                if let Some(stem) = row.name.strip_suffix("ون") {
                    build.name(&mut table, &format!("{stem}ين"), "ar", &id, "demonym", &[], "arwikicats_demonyms");
                }
            }
            Some("females") => {
                build.name(&mut table, &row.name, "ar", &id, "demonym", &[], "arwikicats_demonyms");
            }
            _ => build.counts.dropped("arwikicats_demonyms", "form with the article: the loader makes it"),
        }
    }
    for row in build.sources.read("factbook")? {
        let Some(id) =
            row.id.strip_prefix("iso:").filter(|_| row.class == "demonym").and_then(|iso2| countries.id(iso2))
        else {
            continue;
        };
        let of_another = matches!((id.as_str(), row.name.as_str()), ("country/PRK" | "country/KOR", "Korean"))
            || (row.name == "Congolese" && id == "country/COG")
            || (row.name == "Dominican" && id == "country/DMA")
            || (row.name == "Dutch" && id != "country/NLD")
            || (row.name.starts_with("French") && id != "country/FRA")
            || (row.name == "Chinese" && id != "country/CHN")
            || (row.name == "American" && id != "country/USA");
        if of_another || countries.is_country(&row.name, "en") || build.ruled_out("factbook", &row.name) {
            build.counts.dropped("factbook", "demonym that belongs to another country, or is a country's name");
            continue;
        }
        build.counts.took("factbook", "English demonyms");
        build.name(&mut table, &row.name, "en", &id, "demonym", &[], "factbook");
        let ending = latin_key(&row.name);
        let plural = match ending.as_str() {
            _ if ending.ends_with("ese")
                || ending.ends_with("sh")
                || ending.ends_with("ch")
                || ending.ends_with("ss") =>
            {
                None
            }
            _ if ending.ends_with("man") && ending.contains("women") => None,
            _ if ending.ends_with("shman")
                || ending.ends_with("chman")
                || ending.ends_with("woman")
                || ending.ends_with("xman")
                || ending.ends_with("dutchman") =>
            {
                Some(format!("{}men", row.name.trim_end_matches("man")))
            }
            _ => Some(format!("{}s", row.name)),
        };
        if let Some(plural) = plural.filter(|_| row.get("form") == Some("noun")) {
            build.name(&mut table, &plural, "en", &id, "demonym", &[], "factbook");
        }
    }
    // One Arabic form for two countries decides nothing: it stays, the readers choose by what stands near.
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in table.rows() {
        owners.entry(arabic_key(&row[0])).or_default().insert(row[2].clone());
    }
    for shared in owners.values().filter(|ids| ids.len() > 1) {
        let _ = shared;
        build.counts.took("arwikicats_demonyms", "forms that two countries share");
    }
    build.write(&table, "demonyms.names.tsv")
}
