//! Which words are parts of people's names?
//!
//! ```text
//! Khaled   en  given         خالد   ar  either
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::fold::{key, right_script};
use crate::table::Table;

struct Part {
    shown: String,
    given: bool,
    family: bool,
    genders: [bool; 2],
    source: &'static str,
}

/// The parts by language and folded form.
pub(crate) struct Parts(BTreeMap<(String, String), Part>);

/// Reads the lists of names.
pub(crate) fn collect(build: &mut Build) -> Result<Parts, String> {
    let mut parts: BTreeMap<(String, String), Part> = BTreeMap::new();
    for source in ["popular_names", "rigour_names", "translit_wd_arabic"] {
        for row in build.sources.read(source)? {
            if row.number("count").is_some_and(|count| count < 2) {
                build.counts.dropped(source, "seen once only");
                continue;
            }
            let word = row.name.replace('’', "'");
            if word.split_whitespace().count() != 1 {
                build.counts.dropped(source, "more than one word");
                continue;
            }
            let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
            if !right_script(&word, &row.lang)
                || letters < 2
                || word.contains(['(', ')', '"', ',', '.', '/', '،', '0', '1', '2'])
            {
                build.counts.dropped(source, "wrong script, one letter, or marks inside");
                continue;
            }
            if build.ruled_out(source, &word) {
                continue;
            }
            let shown = if row.lang == "en" { capitalised(&word) } else { word.clone() };
            let part = parts.entry((row.lang.clone(), key(&word, &row.lang))).or_insert_with(|| Part {
                shown: shown.clone(),
                given: false,
                family: false,
                genders: [false; 2],
                source,
            });
            if part.shown != shown {
                build.counts.dropped(source, "another spelling that folds the same");
            }
            if source == "popular_names" {
                part.given |= row.class == "given_name";
                part.family |= row.class == "surname";
                // The second to last field of the source's id is the sex of a given name.
                let mut fields = row.id.rsplit('-');
                match fields.nth(1).filter(|_| row.class == "given_name") {
                    Some("M") => part.genders[0] = true,
                    Some("F") => part.genders[1] = true,
                    _ => {}
                }
            }
            build.counts.took(source, "name parts, before merging");
        }
    }
    Ok(Parts(parts))
}

impl Parts {
    /// The folded parts by language.
    pub(crate) fn words(&self) -> BTreeSet<(String, String)> {
        self.0.keys().cloned().collect()
    }

    /// Adds the words of the names of people in public affairs; no list says which of them are given names.
    pub(crate) fn of_people(&mut self, build: &mut Build, names: &Table) {
        let small = ["particle", "title", "closed", "suffix", "abbreviation", "common"];
        let words = build.hand.words.iter().filter(|row| small.contains(&row["class"].as_str()));
        let small: BTreeSet<(String, String)> =
            words.map(|row| (row["lang"].clone(), key(&row["form"], &row["lang"]))).collect();
        let sources = ["wikidata_eps", "us_congress", "factbook", "cia_world_leaders_2019", "arwikicats_people"];
        for row in names.rows().filter(|row| row[3] == "name" || row[3] == "alias") {
            let Some(source) = sources.iter().find(|source| **source == row[5]) else { continue };
            for word in row[0].split(' ') {
                let at = (row[1].clone(), key(word, &row[1]));
                let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
                let named = row[1] == "ar" || word.starts_with(char::is_uppercase);
                let plain = word.chars().all(|letter| letter.is_alphabetic() || "-'’".contains(letter));
                let numeral = word.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
                if letters < 3
                    || !named
                    || !plain
                    || numeral
                    || small.contains(&at)
                    || at.1.contains(' ') && row[1] == "ar"
                {
                    build.counts.dropped(
                        source,
                        "word of a name that is a particle, a title, an everyday word, a numeral or an initial",
                    );
                    continue;
                }
                self.0.entry(at).or_insert_with(|| {
                    build.counts.took(source, "name parts, from the names of people");
                    Part { shown: word.to_owned(), given: false, family: false, genders: [false; 2], source }
                });
            }
        }
    }

    /// Writes `parts.tsv`.
    pub(crate) fn write(&self, build: &Build) -> Result<(), String> {
        let mut table = Table::new(&["part", "lang", "kind", "gender", "source"]);
        for ((lang, _), part) in &self.0 {
            let kind = match (part.given, part.family) {
                (true, false) => "given",
                (false, true) => "family",
                _ => "either",
            };
            let gender = match part.genders {
                [true, false] => "m",
                [false, true] => "f",
                _ => "",
            };
            table.add([&part.shown, lang, kind, gender, part.source]);
        }
        build.write(&table, "parts.tsv")
    }
}

/// A capital at the beginning and after a hyphen or apostrophe, where the source wrote all small.
fn capitalised(word: &str) -> String {
    if word.chars().any(char::is_uppercase) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut first = true;
    for letter in word.chars() {
        if first {
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
        first = letter == '-' || (letter == '\'' && out.chars().count() <= 2);
    }
    out
}
