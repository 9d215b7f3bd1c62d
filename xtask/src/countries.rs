//! Which countries are there, and what are they called?
//!
//! ```text
//! country/BHR   Bahrain  البحرين  ·  Kingdom of Bahrain  مملكة البحرين
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::fold::{key, right_script};
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

/// What a country calls itself in its English official name, where texts call it by that word: "the Kingdom",
/// «السلطنة».
fn form(labels: &[Label]) -> &'static str {
    let official = |label: &&Label| label.lang == "en" && label.kind == "official";
    let words: Vec<&str> = labels.iter().filter(official).flat_map(|label| label.name.split(' ')).collect();
    [("Kingdom", "kingdom"), ("Sultanate", "sultanate")]
        .into_iter()
        .find(|(word, _)| words.contains(word))
        .map_or("", |(_, form)| form)
}

/// Builds the countries.
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
        entities.add([&id, form(&list), "", "", "500", &identifiers[&iso3], "country_codes"]);
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
    Ok(countries)
}
