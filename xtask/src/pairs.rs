//! Which Arabic words stand for which Latin name parts, though their letters do not say so?
//!
//! ```text
//! جيمس  James       the letters say "Jimes": kept
//! تيمو  Timo        the letters say so: left out
//! ```
//!
//! Only parts of the names of our own persons are kept, so that the table stays small.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Build;
use crate::fold::{arabic_key, latin_key, right_script};
use crate::skeleton::{Letters, Skeleton};
use crate::sound::in_order;
use crate::source::own_table;
use crate::table::Table;

/// How much of their consonants two words have to share: less is a misaligned pair of the source.
const SHARED: f64 = 0.6;

/// How much where the source has seen the pair only once.
const SHARED_ONCE: f64 = 0.75;

/// Builds `pairs.tsv`; the tables of people have been written before.
pub(crate) fn build(build: &mut Build) -> Result<(), String> {
    let folder = build.out.parent().ok_or("the built tables lie in a folder of their own")?.to_owned();
    let mut letters = Letters::default();
    // «عبد» is no part without what follows it.
    let mut joining: BTreeSet<String> = BTreeSet::new();
    for row in own_table(&folder.join("letters.tsv"))? {
        if row["classes"].ends_with('+') {
            joining.insert(row["letters"].trim_start_matches('^').to_owned());
        }
        letters.add(&arabic_key(&row["letters"]), row["classes"].trim_end_matches('+'));
    }
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for path in [folder.join("people.names.tsv"), build.out.join("people.names.tsv")] {
        for row in own_table(&path)?.iter().filter(|row| row["lang"] == "en" && row["kind"] != "short") {
            wanted.extend(latin_key(&row["name"]).split(' ').filter(|w| w.len() > 1).map(str::to_owned));
        }
    }
    let mut pairs: BTreeMap<String, BTreeMap<String, &'static str>> = BTreeMap::new();
    for source in ["translit_wd_arabic"] {
        let mut by_id: BTreeMap<String, (Vec<String>, Vec<String>, bool)> = BTreeMap::new();
        for row in build.sources.read(source)? {
            let one = row.name.split_whitespace().count() == 1 && right_script(&row.name, &row.lang);
            if !one {
                continue;
            }
            let slot = by_id.entry(row.id.clone()).or_default();
            slot.2 |= row.number("count") == Some(1);
            if row.lang == "ar" {
                slot.1.extend(Some(arabic_key(&row.name)).filter(|word| !joining.contains(word)));
            } else if wanted.contains(&latin_key(&row.name)) {
                slot.0.push(latin_key(&row.name));
            }
        }
        for (latin, arabic, once) in by_id.into_values() {
            let shared = if once { SHARED_ONCE } else { SHARED };
            for l in &latin {
                for a in &arabic {
                    match kept(&letters.skeletons(l), &letters.skeletons(a), shared) {
                        Ok(()) => {
                            pairs.entry(a.clone()).or_default().entry(l.clone()).or_insert(source);
                            build.counts.took(source, "pairs of scripts, before merging");
                        }
                        Err(why) => build.counts.dropped(source, why),
                    }
                }
            }
        }
    }
    let mut table = Table::new(&["arabic", "latin", "source"]);
    for (arabic, latin) in &pairs {
        let words: Vec<&str> = latin.keys().map(String::as_str).collect();
        let sources: BTreeSet<&str> = latin.values().copied().collect();
        table.add([arabic, &words.join(" "), &sources.into_iter().collect::<Vec<_>>().join(",")]);
    }
    build.write(&table, "pairs.tsv")
}

/// Whether a pair tells what the letters do not.
fn kept(latin: &[Skeleton], arabic: &[Skeleton], shared: f64) -> Result<(), &'static str> {
    let both = || latin.iter().flat_map(|l| arabic.iter().map(move |a| (l, a)));
    if both().any(|(l, a)| l.deviation(a) == Some(0)) {
        return Err("pair of scripts that the letters tell");
    }
    let near = both().any(|(l, a)| {
        let longer = l.consonants.len().max(a.consonants.len());
        longer > 0 && in_order(l.consonants.as_bytes(), a.consonants.as_bytes()) as f64 >= shared * longer as f64
    });
    if near { Ok(()) } else { Err("pair of scripts that sounds unlike") }
}
