//! What are the portfolios called, and which role does an office's name mean?
//!
//! ```text
//! "Minister of Foreign Affairs & Intl. Cooperation"  ──►  minister-foreign-affairs
//! "Secretary of the Treasury"                        ──►  minister-treasury
//! "ambassador to the United Kingdom"                 ──►  ambassador-GBR
//! "Secretary of State of Georgia", of the United States  ──►  no office of the country
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::countries::Countries;
use crate::fold::{latin_key, right_script, slug};
use crate::table::Table;

/// Knows the portfolios by their English names.
pub(crate) struct Roles {
    portfolios: BTreeMap<String, String>,
    // Adjectives that stand before an office and say the country only: "Italian Minister of Foreign Affairs".
    demonyms: BTreeSet<String>,
}

/// One office that a string means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Meaning {
    pub(crate) role: String,
    pub(crate) status: &'static str,
}

/// Builds `portfolios.roles.tsv`.
pub(crate) fn build(build: &mut Build) -> Result<Roles, String> {
    let given: BTreeMap<String, BTreeMap<String, String>> =
        build.data("portfolios.tsv")?.into_iter().map(|row| (row["key"].clone(), row)).collect();
    let demonyms = build.sources.read("arwikicats_demonyms")?;
    let demonyms = demonyms.iter().filter(|row| row.lang == "en").map(|row| latin_key(&row.name)).collect();
    let mut roles = Roles { portfolios: BTreeMap::new(), demonyms };
    let mut table = Table::new(&["role", "lang", "form", "kind", "flags", "source"]);
    for row in build.sources.read("arwikicats_roles")? {
        let Some(key) = row.get("portfolio").filter(|_| row.id.starts_with("portfolio:") && row.kind == "canonical")
        else {
            continue;
        };
        let Some(ours) = given.get(key) else {
            build.counts.dropped("arwikicats_roles", "portfolio without an id of ours");
            continue;
        };
        let id = ours["id"].as_str();
        if id == "-" {
            build.counts.dropped("arwikicats_roles", "by hand: another portfolio under a false name");
            continue;
        }
        if row.lang == "en" {
            let form = row.name.trim_start_matches("Minister of ").to_owned();
            let form = if ours["en"].is_empty() { form } else { ours["en"].clone() };
            roles.portfolios.insert(latin_key(&form), id.to_owned());
            table.add([id, "en", &form, "portfolio", "", "arwikicats_roles"]);
            build.counts.took("arwikicats_roles", "English portfolios");
            continue;
        }
        let form = row.name.trim_start_matches("وزير ").to_owned();
        let form = if ours["ar"].is_empty() { form } else { ours["ar"].clone() };
        if form == "-" || !right_script(&form, "ar") {
            build.counts.dropped("arwikicats_roles", "by hand: Arabic that says less than the English");
            continue;
        }
        build.counts.took("arwikicats_roles", "Arabic portfolios");
        for (form, flags) in arabic_forms(&form) {
            table.add([id, "ar", &form, "portfolio", flags, "arwikicats_roles"]);
        }
    }
    for row in &build.hand.roles {
        if row["kind"] == "portfolio" && row["lang"] == "en" {
            roles.portfolios.insert(latin_key(&row["form"]), row["role"].clone());
        }
    }
    // How the lists write the portfolios: "external relations" is foreign affairs, "mines" is mining.
    for row in build.data("portfolio_spellings.tsv")? {
        roles.portfolios.insert(latin_key(&row["words"]), row["portfolio"].clone());
    }
    let table = without_hand_rows(build, table);
    build.write(&table, "portfolios.roles.tsv")?;
    Ok(roles)
}

fn without_hand_rows(build: &Build, table: Table) -> Table {
    let mut out = Table::new(&["role", "lang", "form", "kind", "flags", "source"]);
    for row in table.rows() {
        let by_hand = build
            .hand
            .roles
            .iter()
            .any(|hand| hand["lang"] == row[1] && hand["form"] == row[2] && hand["kind"] == "portfolio");
        if !by_hand {
            out.add([&row[0], &row[1], &row[2], &row[3], &row[4], &row[5]]);
        }
    }
    out
}

/// A portfolio with its article, and without it as in «وزير خارجية البحرين», where the form allows that.
fn arabic_forms(form: &str) -> Vec<(String, &'static str)> {
    let words: Vec<&str> = form.split(' ').collect();
    let definite = words.iter().any(|word| word.starts_with("ال") || word.starts_with("وال"));
    let mut out = vec![(form.to_owned(), if definite { "def" } else { "" })];
    // Only a noun, or a noun with its adjective, drops every article together; a genitive keeps the last one.
    if words.len() <= 2 && words.iter().all(|word| word.starts_with("ال") && word.chars().count() > 3) {
        let bare: Vec<&str> = words.iter().map(|word| word.trim_start_matches("ال")).collect();
        out.push((bare.join(" "), ""));
    }
    out
}

const OFFICES: [(&str, &str); 48] = [
    ("president", "president"),
    ("interim president", "president"),
    ("transition president", "president"),
    ("transitional president", "president"),
    ("acting president", "president"),
    ("president of republic", "president"),
    ("president of china", "president"),
    ("vice president", "vice-president"),
    ("first vice president", "vice-president"),
    ("second vice president", "vice-president"),
    ("prime minister", "prime-minister"),
    ("interim prime minister", "prime-minister"),
    ("transition prime minister", "prime-minister"),
    ("premier", "prime-minister"),
    ("deputy prime minister", "deputy-prime-minister"),
    ("first deputy prime minister", "deputy-prime-minister"),
    ("deputy premier", "deputy-prime-minister"),
    ("vice premier of cabinet", "deputy-prime-minister"),
    ("king", "king"),
    ("monarch", "king"),
    ("king sultan", "king"),
    ("queen", "queen"),
    ("emperor", "emperor"),
    ("foreign minister", "minister-foreign-affairs"),
    ("amir", "emir"),
    ("emir", "emir"),
    ("sultan", "sultan"),
    ("crown prince", "crown-prince"),
    ("prince", "prince"),
    ("grand duke", "grand-duke"),
    ("pope", "pope"),
    ("supreme leader", "supreme-leader"),
    ("chancellor", "chancellor"),
    ("governor general", "governor-general"),
    ("senator", "senator"),
    ("united states senator", "senator"),
    ("representative", "representative"),
    ("united states representative", "representative"),
    ("attorney general", "attorney-general"),
    ("solicitor general", "solicitor-general"),
    ("national security advisor", "national-security-adviser"),
    ("permanent representative to un new york", "ambassador-united-nations"),
    ("permanent representative to united nations", "ambassador-united-nations"),
    ("ambassador to united nations", "ambassador-united-nations"),
    ("ambassador to european union", "ambassador-european-union"),
    ("governor of central bank", "governor-central-bank"),
    ("president of central bank", "governor-central-bank"),
    ("secretary of state", "minister-foreign-affairs"),
];

/// Where the country begins that an office's name ends in, and its name: " of Bahrain", " of the People's Republic".
fn whose(words: &str, countries: &Countries) -> Option<(usize, String)> {
    let cuts = words.match_indices(" of ").chain(words.match_indices(" in "));
    let tails = cuts.map(|(at, of)| (at, words[at + of.len()..].trim_start_matches("the ").to_owned()));
    let mut named = tails.filter(|(at, tail)| {
        *at > 0 && (countries.is_country(tail, "en") || tail.split(' ').any(|word| word == "republic"))
    });
    named.next()
}

impl Roles {
    /// The offices that a source's words mean, in a role id each; none where the words are no office of a known kind.
    pub(crate) fn meanings(&self, words: &str, country: &str, countries: &Countries) -> Vec<Meaning> {
        let mut words = latin_key(&words.replace([',', ';'], " and ").replace(" & ", " and "))
            .replace(" the ", " ")
            .replace("intl ", "international ")
            .replace("min of ", "minister of ")
            .replace(" and and ", " and ");
        if let Some((first, rest)) = words.split_once(' ').filter(|(first, _)| self.demonyms.contains(*first)) {
            words = if first == "federal" { words } else { rest.to_owned() };
        }
        let mut status = "";
        for (mark, meaning) in [("acting", "acting"), ("interim", "acting"), ("designate", "designate")] {
            if words.split(' ').any(|word| word == mark) {
                status = meaning;
                words = words.split(' ').filter(|word| *word != mark).collect::<Vec<_>>().join(" ");
            }
        }
        // "Minister of Foreign Affairs of Bahrain": the country is known already.
        while let Some((at, whose)) = whose(&words, countries) {
            // "Secretary of State of Georgia" among the offices of the United States is one of the state's.
            let another = countries.by_name(&whose, "en").is_some_and(|id| id != country);
            if another && country == "country/USA" {
                return vec![Meaning { role: slug(&words), status }];
            }
            words.truncate(at);
        }
        let one = |role: String| vec![Meaning { role, status }];
        if let Some((_, role)) = OFFICES.iter().find(|(name, _)| *name == words) {
            return one((*role).to_owned());
        }
        if let Some(host) = words.strip_prefix("ambassador to ") {
            let host = host.replace("united states of america", "united states");
            let host = if host == "us" { "united states".to_owned() } else { host };
            return countries
                .by_name(&host, "en")
                .map(|id| one(format!("ambassador-{}", id.trim_start_matches("country/"))))
                .unwrap_or_default();
        }
        for (head, role) in [
            ("minister of state for ", "minister-of-state"),
            ("deputy minister of ", "deputy-minister"),
            ("deputy secretary of ", "deputy-minister"),
            ("minister of ", "minister"),
            ("minister for ", "minister"),
            ("secretary of state for ", "minister"),
            ("foreign minister of ", "minister-foreign-affairs"),
            ("secretary of ", "minister"),
            ("chief of federal department of ", "minister"),
        ] {
            if let Some(rest) = words.strip_prefix(head) {
                if role == "minister-foreign-affairs" {
                    return one(role.to_owned());
                }
                return self.of_portfolios(role, rest, status);
            }
        }
        if words.starts_with("member of ") || words.contains(" of ") || words.contains(" to ") {
            return one(slug(&words));
        }
        Vec::new()
    }

    fn of_portfolios(&self, role: &str, words: &str, status: &'static str) -> Vec<Meaning> {
        if let Some(id) = self.portfolios.get(words) {
            return vec![Meaning { role: format!("{role}-{id}"), status }];
        }
        let parts: Vec<Meaning> = words
            .split(" and ")
            .filter_map(|part| self.portfolios.get(part.trim()))
            .map(|id| Meaning { role: format!("{role}-{id}"), status })
            .collect();
        if parts.is_empty() && words == "state" {
            return vec![Meaning { role: "minister-of-state".to_owned(), status }];
        }
        if parts.is_empty() { vec![Meaning { role: format!("{role}-{}", slug(words)), status }] } else { parts }
    }
}
