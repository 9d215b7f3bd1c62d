//! What are the people of a country, a region or a people called?
//!
//! ```text
//! country/BHR    Bahraini  ·  بحريني  بحرينية  بحرينيون  بحرينيين  بحرينيات  بحرينيان  بحرينيتان  بحرينيتين
//! country/KOR    South Korean  ·  كوري جنوبي  كورية جنوبية  كوريون جنوبيون  كوريين جنوبيين  …
//! place/corsica  Corsican  ·  كورسيكي  …
//! ```
//!
//! The forms with the article are not listed: the library makes them when it loads.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::countries::Countries;
use crate::fold::{arabic_key, key, latin_key};
use crate::table::Table;

const SOURCE: &str = "arwikicats_demonyms";

/// Builds `demonyms.names.tsv`.
pub(crate) fn build(build: &mut Build, countries: &Countries) -> Result<(), String> {
    let mut table = Table::names();
    let common: BTreeSet<String> =
        build.data("common_demonyms.tsv")?.iter().map(|row| arabic_key(&row["form"])).collect();
    arabic(build, countries, &common, &mut table)?;
    factbook(build, countries, &mut table)?;
    // One form for two of them decides nothing: it stays, the readers choose by what stands near.
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in table.rows() {
        owners.entry(key(&row[0], &row[1])).or_default().insert(row[2].clone());
    }
    for _ in owners.values().filter(|ids| ids.len() > 1) {
        build.counts.took(SOURCE, "forms that two countries or peoples share");
    }
    build.write(&table, "demonyms.names.tsv")
}

fn arabic(
    build: &mut Build,
    countries: &Countries,
    common: &BTreeSet<String>,
    table: &mut Table,
) -> Result<(), String> {
    let given: BTreeMap<String, String> =
        build.data("demonyms.tsv")?.into_iter().map(|row| (row["key"].clone(), row["id"].clone())).collect();
    for row in build.sources.read(SOURCE)? {
        let land = row.get("country_en").unwrap_or_default();
        let id = given.get(&row.id).or_else(|| given.get(land)).cloned().or_else(|| countries.by_name(land, "en"));
        let Some(id) = id else {
            build.counts.dropped(SOURCE, "no entity of ours (xtask/data/demonyms.tsv)");
            continue;
        };
        if build.ruled_out(SOURCE, &row.name) {
            continue;
        }
        if row.lang == "en" {
            if countries.is_country(&row.name, "en") {
                build.counts.dropped(SOURCE, "name of a country in the place of its demonym");
                continue;
            }
            build.counts.took(SOURCE, "English demonyms");
            build.name(table, &row.name, "en", &id, "demonym", &[], SOURCE);
            continue;
        }
        let words: Vec<&str> = row.name.split(' ').collect();
        let forms: Vec<String> = match row.get("form") {
            Some("male") => vec![row.name.clone(), ending(&words, "", "ان"), ending(&words, "", "ين")],
            Some("female") => vec![row.name.clone(), ending(&words, "ة", "تان"), ending(&words, "ة", "تين")],
            // The source lists the nominative; the oblique case is the same word with another ending.
            Some("males") => vec![row.name.clone(), ending(&words, "ون", "ين")],
            Some("females") => vec![row.name.clone()],
            _ => {
                build.counts.dropped(SOURCE, "form with the article: the loader makes it");
                continue;
            }
        };
        for form in forms.iter().filter(|form| !form.is_empty()) {
            build.counts.took(SOURCE, "Arabic demonyms, with dual and oblique forms");
            let flag = if common.contains(&arabic_key(form)) { "weak" } else { "" };
            if build.ruled_out(SOURCE, form) {
                continue;
            }
            build.name(table, form, "ar", &id, "demonym", &[flag], SOURCE);
        }
    }
    Ok(())
}

/// The words with another ending; empty where one of them does not end so. «كوريون شماليون» to «كوريين شماليين».
fn ending(words: &[&str], from: &str, to: &str) -> String {
    let changed: Option<Vec<String>> =
        words.iter().map(|word| word.strip_suffix(from).map(|stem| format!("{stem}{to}"))).collect();
    // «جنوب إفريقي», «شرق أوسطي»: the first word is a direction and takes no ending.
    let whole = words.len() == 1 || words.iter().all(|word| word.ends_with(['ي', 'ة', 'ن']));
    changed.filter(|_| whole).map(|words| words.join(" ")).unwrap_or_default()
}

fn factbook(build: &mut Build, countries: &Countries, table: &mut Table) -> Result<(), String> {
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
        build.name(table, &row.name, "en", &id, "demonym", &[], "factbook");
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
            build.name(table, &plural, "en", &id, "demonym", &[], "factbook");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_takes_the_ending() {
        assert_eq!(ending(&["كوريون", "شماليون"], "ون", "ين"), "كوريين شماليين");
        assert_eq!(ending(&["كوري", "شمالي"], "", "ان"), "كوريان شماليان");
        assert_eq!(ending(&["أتراك"], "ون", "ين"), "");
        assert_eq!(ending(&["جنوب", "إفريقي"], "", "ان"), "");
    }
}
