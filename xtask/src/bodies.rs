//! Which bodies does the dictionary of an event coder name: armed groups, organisations, companies?
//!
//! ```text
//! phx:int:international_publishers_association  NGOMED   ──►  organisation/international-publishers-association   ngo
//! phx:mns:moro_islamic_liberation_front         IMGSEA…  ──►  organisation/moro-islamic-liberation-front    armed-group
//! phx:int:klaus_kinkel                          IGOEUREEC  a person: no word of a body in it, left out
//! ```
//!
//! Of the dictionary only the two files of bodies are read: its people derive from a list under other terms.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::fold::{latin_key, right_script};
use crate::organisations::Org;
use crate::source::Row;

const SOURCE: &str = "phoenix";
const FILES: [&str; 2] = ["Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt"];

/// Words of the shares of funds, which the dictionary has among companies.
const FUNDS: [&str; 12] = [
    "income",
    "shares",
    "fund",
    "municipal",
    "senior",
    "dividend",
    "premium",
    "yield",
    "duration",
    "acquisition",
    "opportunity",
    "strategies",
];

/// Adds the bodies that no other source has.
pub(crate) fn build(
    build: &mut Build,
    common: &BTreeSet<String>,
    orgs: &mut BTreeMap<String, Org>,
) -> Result<(), String> {
    let mut heads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in build.data("body_heads.tsv")? {
        heads.entry(row["sub"].clone()).or_default().insert(latin_key(&row["word"]));
    }
    let known: BTreeSet<String> = orgs
        .values()
        .flat_map(|org| org.names.iter().map(|(name, ..)| latin_key(name)))
        .chain(build.hand.names.iter().filter(|row| row["lang"] == "en").map(|row| latin_key(&row["name"])))
        .collect();
    let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in build.sources.read(SOURCE)? {
        let ours = row.get("src").is_some_and(|file| FILES.contains(&file));
        if !ours || !["organisation", "group"].contains(&row.class.as_str()) {
            build.counts.dropped(SOURCE, "people, countries and roles: not read");
            continue;
        }
        rows.entry(row.id.clone()).or_default().push(row);
    }
    for (id, rows) in rows {
        let Some(first) = rows.iter().find(|row| row.kind == "canonical") else { continue };
        let sub = if first.class == "group" { "armed-group" } else { first.get("sub").unwrap_or_default() };
        let Some(heads) = heads.get(sub) else {
            build.counts.dropped(SOURCE, "body of another kind");
            continue;
        };
        if rows.iter().any(|row| known.contains(&latin_key(&row.name))) {
            build.counts.dropped(SOURCE, "known from another source");
            continue;
        }
        let names: Vec<(String, &'static str)> =
            rows.iter().filter_map(|row| name(build, heads, common, sub, row)).collect();
        let Some((display, _)) = names.iter().find(|(_, kind)| *kind != "acronym").cloned() else { continue };
        let mut org = Org { sub: sub.to_owned(), source: SOURCE, ..Org::default() };
        org.add(&display, "en", "name", SOURCE);
        for (name, kind) in &names {
            org.add(name, "en", if *kind == "name" { "alias" } else { kind }, SOURCE);
        }
        build.counts.took(
            SOURCE,
            match sub {
                "armed-group" => "armed groups",
                "company" => "companies",
                _ => "organisations",
            },
        );
        orgs.insert(id, org);
    }
    Ok(())
}

fn name(
    build: &mut Build,
    heads: &BTreeSet<String>,
    common: &BTreeSet<String>,
    sub: &str,
    row: &Row,
) -> Option<(String, &'static str)> {
    let name = row.name.split(" (").next().unwrap_or_default().trim();
    let key = latin_key(name);
    let words: Vec<&str> = key.split(' ').collect();
    let upper = name.chars().filter(|letter| letter.is_uppercase()).count();
    let acronym = row.kind == "acronym" || words.len() == 1 && upper >= 3;
    const MEN: [&str; 12] = [
        "operatives",
        "militants",
        "rebels",
        "members",
        "leaders",
        "fighters",
        "guerrillas",
        "terrorists",
        "insurgents",
        "activists",
        "extremists",
        "supporters",
    ];
    let rule = if !right_script(name, "en") || name.contains(['/', ',', '_', '*', '!']) || name.len() > 80 {
        Some("marks inside, or over 80 bytes")
    } else if common.contains(&key) {
        Some("everyday word (xtask/data/common_bodies.tsv)")
    } else if acronym {
        (upper < 3 || words.len() > 1 || name.len() > 8).then_some("acronym under three capitals, or two in one")
    } else if words.len() < 2 {
        Some("single word")
    } else if words.last().is_some_and(|last| MEN.contains(last)) || words.contains(&"and") && sub == "armed-group" {
        Some("men of a group, or two groups")
    } else if sub == "company" && words.iter().any(|word| FUNDS.contains(word)) {
        Some("a fund's share, no body")
    } else if sub == "company" && !words.last().is_some_and(|last| heads.contains(*last)) {
        Some("company whose name does not end in a word for one")
    } else if !words.iter().any(|word| heads.contains(*word)) || words.iter().all(|word| heads.contains(*word)) {
        Some("no word that shows a body of its kind (xtask/data/body_heads.tsv): people and strays")
    } else {
        None
    };
    if let Some(rule) = rule {
        build.counts.dropped(SOURCE, rule);
        return None;
    }
    Some((name.to_owned(), if acronym { "acronym" } else { "name" }))
}
