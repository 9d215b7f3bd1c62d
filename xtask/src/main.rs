//! How are the gazetteers built from their sources, and how are all tables checked?
//!
//! ```text
//! cargo run -p xtask -- gazetteers SOURCES     sources ──► gazetteers/built/*.tsv, counts in gazetteers/SOURCES.md
//! cargo run -p xtask -- common CORPUS…         names that are words of running text ──► xtask/data/frequencies.tsv
//! cargo run -p xtask -- lint [FOLDER]          every table of the folder: columns, order, twins, ids, scripts
//! cargo run -p xtask -- corpus SETS OUT 500M   a corpus of that size, the sets again and again under new ids
//! cargo run -p xtask -- endurance ISNAD SETS FOLDER 500M      memory, speed and bytes of runs over such a corpus
//! ```

use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod bodies;
mod build;
mod common;
mod corpus;
mod countries;
mod counts;
mod demonyms;
mod endurance;
mod fold;
mod lint;
mod names;
mod organisations;
mod pairs;
mod parts;
mod people;
mod places;
mod report;
mod roles;
#[path = "../../src/gazetteer/skeleton.rs"]
mod skeleton;
mod sound;
mod source;
mod table;
mod terms;
mod towns;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let result = match words[..] {
        ["gazetteers", sources] => gazetteers(&root, Path::new(sources)),
        ["common", ref corpus @ ..] if !corpus.is_empty() => common::count(&root, corpus),
        ["lint"] => lint::lint(&root.join("gazetteers"), &root.join("xtask/data")),
        ["lint", folder] => lint::lint(Path::new(folder), &root.join("xtask/data")),
        ["corpus", sets, out, size] => corpus::size(size).and_then(|size| {
            let made = corpus::make(Path::new(sets), Path::new(out), size)?;
            println!("{} documents, {} bytes", made.documents, made.bytes);
            Ok(())
        }),
        ["endurance", isnad, sets, folder, size] => corpus::size(size)
            .and_then(|size| endurance::endurance(Path::new(isnad), Path::new(sets), Path::new(folder), size)),
        _ => Err("usage: xtask gazetteers SOURCES | xtask common CORPUS… | xtask lint [FOLDER] | \
                  xtask corpus SETS OUT SIZE | xtask endurance ISNAD SETS FOLDER SIZE"
            .to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn gazetteers(root: &Path, sources: &Path) -> Result<(), String> {
    let mut build = build::Build::new(root, sources)?;
    let countries = countries::build(&mut build)?;
    demonyms::build(&mut build, &countries)?;
    let roles = roles::build(&mut build)?;
    let mut parts = parts::collect(&mut build)?;
    places::build(&mut build, &countries, parts.words())?;
    organisations::build(&mut build, &countries)?;
    let people = people::build(&mut build, &countries, &roles)?;
    parts.of_people(&mut build, &people);
    parts.write(&build)?;
    pairs::build(&mut build)?;
    report::write(&build, root)
}
