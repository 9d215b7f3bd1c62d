//! Which cities, regions and continents have a name that news may mention?
//!
//! ```text
//! gn:290340  Manama  المنامة  Bahrain  147,074   ──►  place/manama        sub capital
//! iso2:US-GA Georgia جورجيا                      ──►  place/georgia       sub region, weak: a country is called so
//! m49:150    Europe  أوروبا                      ──►  place/europe        sub continent
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::countries::{ARAB, Countries};
use crate::fold::{arabic_key, key, latin_key, right_script};
use crate::sound::{alike, same};
use crate::source::Row;
use crate::table::Table;
use crate::towns;

/// What `data/common_places.tsv` says of a name: nothing, to flag it, or to leave it out.
struct Common(BTreeMap<(String, String), bool>);

impl Common {
    fn read(build: &Build) -> Result<Self, String> {
        let rows = build.data("common_places.tsv")?;
        Ok(Common(
            rows.iter()
                .map(|row| ((key(&row["name"], &row["lang"]), row["lang"].clone()), row["action"] == "drop"))
                .collect(),
        ))
    }

    fn drops(&self, build: &mut Build, source: &str, name: &str, lang: &str) -> bool {
        let drops = self.0.get(&(key(name, lang), lang.to_owned())) == Some(&true);
        if drops {
            build.counts.dropped(source, "direction, kind of place or everyday word (xtask/data/common_places.tsv)");
        }
        drops
    }

    fn flag(&self, name: &str, lang: &str) -> &'static str {
        if self.0.contains_key(&(key(name, lang), lang.to_owned())) { "weak" } else { "" }
    }
}

#[derive(Default)]
struct Place {
    source_id: String,
    country: String,
    population: u64,
    en: String,
    ar: Vec<String>,
    untagged: Vec<String>,
    aliases: Vec<String>,
}

/// Builds the places.
pub(crate) fn build(build: &mut Build, countries: &Countries, parts: BTreeSet<(String, String)>) -> Result<(), String> {
    let mut entities = Table::entities();
    let mut names = Table::names();
    let capitals = capitals(build, countries)?;
    let common = Common::read(build)?;
    let words = build.hand.words.iter().filter(|row| ["common", "closed"].contains(&row["class"].as_str()));
    let ordinary = words.map(|row| (row["lang"].clone(), key(&row["form"], &row["lang"]))).collect();
    let words = towns::Words { parts, ordinary };
    let mut known: BTreeMap<(String, String), String> = BTreeMap::new();
    cities(build, countries, &capitals, &common, &mut entities, &mut names, &mut known, &words)?;
    for ((country, key), (name, source)) in &capitals {
        if known.contains_key(&(country.clone(), key.clone())) || countries.is_country(name, "en") {
            continue;
        }
        let id = build.fresh_id("place", name, country, "capital");
        known.insert((country.clone(), key.clone()), id.clone());
        entities.add([&id, "capital", country, "", "10000", "", source]);
        build.name(&mut names, name, "en", &id, "name", &[], source);
        build.counts.took(source, "capitals that no list of cities has");
    }
    regions(build, countries, &common, &mut entities, &mut names, &known, &words)?;
    towns::build(build, countries, &words, &mut entities, &mut names)?;
    build.write(&entities, "places.entities.tsv")?;
    build.write(&names, "places.names.tsv")
}

type Capitals = BTreeMap<(String, String), (String, &'static str)>;

fn capitals(build: &mut Build, countries: &Countries) -> Result<Capitals, String> {
    let mut out = Capitals::new();
    for source in ["country_codes", "factbook"] {
        for row in build.sources.read(source)? {
            let Some(country) = row.id.strip_prefix("capital:").and_then(|iso2| countries.id(iso2)) else { continue };
            for name in row.name.split([',', ';', '/']).map(str::trim) {
                let name = name.split('(').next().unwrap_or_default().trim();
                if name.len() < 3 || !right_script(name, "en") {
                    build.counts.dropped(source, "capital without a plain name");
                    continue;
                }
                out.entry((country.clone(), latin_key(name))).or_insert((name.to_owned(), source));
            }
        }
    }
    Ok(out)
}

#[allow(clippy::too_many_arguments)] // What is known, and where it goes.
fn cities(
    build: &mut Build,
    countries: &Countries,
    capitals: &Capitals,
    common: &Common,
    entities: &mut Table,
    names: &mut Table,
    known: &mut BTreeMap<(String, String), String>,
    words: &towns::Words,
) -> Result<(), String> {
    const SOURCE: &str = "geonames_cities";
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for row in build.sources.read(SOURCE)? {
        let Some(country) = row.get("country").and_then(|iso2| countries.id(iso2)) else {
            build.counts.dropped(SOURCE, "no country of ISO 3166");
            continue;
        };
        let place = places.entry(row.id.clone()).or_default();
        place.source_id = row.id.trim_start_matches("gn:").to_owned();
        place.country = country;
        place.population = row.number("pop").unwrap_or_default();
        read_name(build, place, &row);
    }
    let mut places: Vec<Place> = places.into_values().collect();
    places.sort_by(|a, b| (b.population, &a.source_id).cmp(&(a.population, &b.source_id)));
    for place in places {
        if place.en.is_empty() || build.ruled_out(SOURCE, &place.en) {
            build.counts.dropped(SOURCE, "no English name in Latin letters");
            continue;
        }
        let at = (place.country.clone(), latin_key(&place.en));
        let capital_alias =
            place.aliases.iter().find(|alias| capitals.contains_key(&(place.country.clone(), latin_key(alias))));
        let capital = capitals.contains_key(&at) || (place.population > 400_000 && capital_alias.is_some());
        if known.contains_key(&at) && place.population < 100_000 {
            build.counts.dropped(SOURCE, "under 100,000 people, namesake of a bigger city of the country");
            continue;
        }
        let identifier = format!("geonames={}", place.source_id);
        let id = match build.hand.id_of(&identifier) {
            Some(id) => id.to_owned(),
            None => build.fresh_id("place", &place.en, &place.country, &place.source_id),
        };
        build.take_id(&id);
        known.insert(at, id.clone());
        if let Some(alias) = capital_alias.filter(|_| capital) {
            known.insert((place.country.clone(), latin_key(alias)), id.clone());
        }
        let mut written = false;
        let mut put = |build: &mut Build, name: &str, lang: &str, kind: &str| {
            if countries.is_country(name, lang) {
                build.counts.dropped(SOURCE, "name of a country");
            } else if build.ruled_out(SOURCE, name) || common.drops(build, SOURCE, name, lang) {
            } else {
                written = true;
                build.name(names, name, lang, &id, kind, &[common.flag(name, lang)], SOURCE);
                build.counts.took(SOURCE, if lang == "ar" { "Arabic names" } else { "English names" });
            }
        };
        put(build, &place.en, "en", "name");
        if let Some(alias) = capital_alias.filter(|_| capital) {
            put(build, alias, "en", "alias");
        }
        // Names without a language mark are often Persian, Urdu or Kurdish; an Arab country's are not.
        let arab = ARAB.contains(&place.country.trim_start_matches("country/"));
        let untagged = if place.ar.is_empty() && arab { &place.untagged[..] } else { &[] };
        for _ in untagged.len()..place.untagged.len() {
            build.counts.dropped(
                SOURCE,
                "Arabic script without a language mark, outside the Arab countries or beside a marked name",
            );
        }
        let mut seen = BTreeSet::new();
        for name in place.ar.iter().chain(untagged.iter().take(1)) {
            if seen.insert(arabic_key(name)) {
                put(build, name, "ar", if seen.len() == 1 { "name" } else { "alias" });
            }
        }
        if written {
            romanised(build, countries, common, words, names, &place, &id);
        }
        if written && !build.hand.describes(&id) {
            let sub = if capital { "capital" } else { "city" };
            entities.add([&id, sub, &place.country, "", &place.population.to_string(), &identifier, SOURCE]);
        }
    }
    Ok(())
}

/// Other romanisations of an Arab city: those that sound like both of its names and end like no other language's form.
#[allow(clippy::too_many_arguments)] // What is known, where it goes, and the place.
fn romanised(
    build: &mut Build,
    countries: &Countries,
    common: &Common,
    words: &towns::Words,
    names: &mut Table,
    place: &Place,
    id: &str,
) {
    const SOURCE: &str = "geonames_cities";
    let arab = ARAB.contains(&place.country.trim_start_matches("country/"));
    let mut seen = BTreeSet::from([latin_key(&place.en).replace(' ', "")]);
    for alias in &place.aliases {
        let foreign = ["o", "as", "is", "us", "os", "um", "on", "ai", "au", "ii", "j", "ja", "iya"]
            .iter()
            .any(|end| alias.ends_with(end) && !place.en.ends_with(end));
        let fits = arab
            && !foreign
            && alias.len() > 3
            && alias.chars().all(|letter| letter.is_ascii_alphabetic() || " -'".contains(letter))
            && alias.split([' ', '-']).count() <= 4
            && same(&bare(alias), &bare(&place.en))
            && !["ehl", "ehz", "ehr", "ae", "x", "v", "' ", "dzh", "tsh"]
                .iter()
                .any(|odd| alias.to_lowercase().contains(odd))
            && !alias.ends_with('\'')
            && alias.contains('j') == place.en.to_lowercase().contains('j')
            && place.ar.iter().chain(&place.untagged).any(|arabic| alike(alias, arabic))
            && !countries.is_country(alias, "en")
            && common.flag(alias, "en").is_empty();
        if fits && seen.insert(latin_key(alias).replace(' ', "")) {
            // "Salem", "Adan": what is a person's name too needs evidence.
            let flag = if words.parts.contains(&("en".to_owned(), latin_key(alias))) { "weak" } else { "" };
            build.name(names, alias, "en", id, "alias", &[flag], SOURCE);
            build.counts.took(SOURCE, "romanisations of Arab cities");
        } else {
            build.counts.dropped(SOURCE, "alias in Latin letters, of another language or spelled the same");
        }
    }
}

/// A name without its article, in whichever of its assimilated spellings.
fn bare(name: &str) -> String {
    let lower = name.to_lowercase();
    let articles = ["al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ed", "er", "es", "esh", "et", "ez", "en"];
    let cut = lower.split_once([' ', '-']).filter(|(first, _)| articles.contains(first));
    cut.map_or(lower.clone(), |(_, rest)| rest.to_owned())
}

fn read_name(build: &mut Build, place: &mut Place, row: &Row) {
    const SOURCE: &str = "geonames_cities";
    if !right_script(&row.name, &row.lang) {
        build.counts.dropped(SOURCE, "letters of another script or language");
    } else if row.lang == "en" && row.kind == "canonical" {
        place.en = row.name.clone();
    } else if row.lang == "en" {
        // The English column's aliases are romanisations for other languages ("Riyadas", "Teherano").
        place.aliases.push(row.name.clone());
    } else if row.has("untagged") {
        place.untagged.push(row.name.clone());
    } else {
        let name = row.name.split(['(', '،']).next().unwrap_or_default().trim().to_owned();
        if row.kind == "canonical" { place.ar.insert(0, name) } else { place.ar.push(name) }
    }
}

#[allow(clippy::too_many_arguments)] // What is known, and where it goes.
fn regions(
    build: &mut Build,
    countries: &Countries,
    common: &Common,
    entities: &mut Table,
    names: &mut Table,
    known: &BTreeMap<(String, String), String>,
    words: &towns::Words,
) -> Result<(), String> {
    const SOURCE: &str = "cldr";
    let communes: BTreeSet<String> =
        build.data("communes.tsv")?.into_iter().map(|row| row["country"].clone()).collect();
    let mut regions: BTreeMap<String, (String, BTreeMap<String, Vec<String>>)> = BTreeMap::new();
    for row in build.sources.read(SOURCE)? {
        let region = row.id.starts_with("iso2:") || row.id.starts_with("m49:");
        if !region {
            if row.class == "place" {
                build.counts.dropped(SOURCE, "time-zone city");
            }
            continue;
        }
        let name = row.name.replace('’', "'");
        if !right_script(&name, &row.lang) || name.contains('(') || build.ruled_out(SOURCE, &name) {
            build.counts.dropped(SOURCE, "wrong script, or a bracket inside");
            continue;
        }
        let country = row.get("country").and_then(|iso2| countries.id(iso2)).unwrap_or_default();
        regions.entry(row.id).or_insert_with(|| (country, BTreeMap::new())).1.entry(row.lang).or_default().push(name);
    }
    for (source_id, (country, labels)) in regions {
        let Some(en) = labels.get("en").and_then(|list| list.first()) else { continue };
        let (scheme, code) = source_id.split_once(':').unwrap_or_default();
        // Communes and boroughs are many and small, and often called like a word or a person.
        let nation = ["GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"].contains(&code);
        let commune = country == "country/GBR" && !nation || communes.contains(country.trim_start_matches("country/"));
        if commune && en.split(' ').any(|word| words.ordinary.contains(&("en".to_owned(), latin_key(word)))) {
            build.counts.dropped(SOURCE, "commune or borough whose name holds an everyday word");
            continue;
        }
        if scheme == "iso2" && country.is_empty() {
            build.counts.dropped(SOURCE, "subdivision of no country of ISO 3166");
            continue;
        }
        if !country.is_empty() && known.contains_key(&(country.clone(), latin_key(en))) {
            build.counts.dropped(SOURCE, "subdivision named like a city of the country");
            continue;
        }
        let sub = match code {
            "002" | "003" | "005" | "009" | "142" | "150" => "continent",
            _ => "region",
        };
        let scheme = if scheme == "m49" { "m49" } else { "iso3166-2" };
        let identifier = format!("{scheme}={code}");
        let given = build.hand.id_of(&identifier).map(str::to_owned);
        let id = match given.or_else(|| build.renamed(std::slice::from_ref(&identifier))) {
            Some(id) => id,
            None => build.fresh_id("place", en, &country, &code.to_lowercase()),
        };
        build.take_id(&id);
        let rank = match (country.is_empty(), commune) {
            (true, _) => "1000000",
            (_, true) => "1000",
            _ => "5000",
        };
        let mut written = false;
        for lang in ["en", "ar"] {
            let mut seen = BTreeSet::new();
            for name in labels.get(lang).into_iter().flatten() {
                // «محافظة» tells what the place is; the name proper is what follows, unless that is a mere direction.
                let bare = ["محافظة ", "ولاية ", "منطقة ", "بلدية ", "إمارة ", "جهة "]
                    .iter()
                    .find_map(|word| name.strip_prefix(word))
                    .filter(|bare| {
                        lang == "ar"
                            && ARAB.contains(&country.trim_start_matches("country/"))
                            && !common.0.contains_key(&(key(bare, lang), lang.to_owned()))
                            && !countries.is_country(bare, lang)
                    });
                {
                    let form = bare.map_or_else(|| name.clone(), str::to_owned);
                    let a_countrys = countries.is_country(&form, lang);
                    if a_countrys && lang == "ar" {
                        build.counts.dropped(SOURCE, "name of a country");
                        continue;
                    }
                    if !common.drops(build, SOURCE, &form, lang) && seen.insert(key(&form, lang)) {
                        written = true;
                        let small = commune && !form.contains(' ');
                        let flags = &[if a_countrys || small { "weak" } else { common.flag(&form, lang) }];
                        build.name(
                            names,
                            &form,
                            lang,
                            &id,
                            if seen.len() == 1 { "name" } else { "alias" },
                            flags,
                            SOURCE,
                        );
                        build.counts.took(
                            SOURCE,
                            if lang == "ar" { "Arabic names of regions" } else { "English names of regions" },
                        );
                    }
                }
            }
        }
        if written && !build.hand.describes(&id) {
            entities.add([&id, sub, &country, "", rank, &identifier, SOURCE]);
        }
    }
    Ok(())
}
