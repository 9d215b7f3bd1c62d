//! How are the gazetteers built from their sources, and how are all tables checked?
//!
//! ```text
//! cargo run -p xtask -- gazetteers SOURCES     sources ──► gazetteers/built/*.tsv, counts in gazetteers/SOURCES.md
//! cargo run -p xtask -- lint [FOLDER]          every table of the folder: columns, order, twins, ids, scripts
//! ```

use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod bodies;
mod build;
mod countries;
mod counts;
mod demonyms;
mod fold;
mod lint;
mod names;
mod organisations;
mod parts;
mod people;
mod places;
mod report;
mod roles;
mod sound;
mod source;
mod table;
mod towns;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let result = match words[..] {
        ["gazetteers", sources] => gazetteers(&root, Path::new(sources)),
        ["lint"] => lint::lint(&root.join("gazetteers")),
        ["lint", folder] => lint::lint(Path::new(folder)),
        _ => Err("usage: xtask gazetteers SOURCES | xtask lint [FOLDER]".to_owned()),
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
    report::write(&build, root)
}
