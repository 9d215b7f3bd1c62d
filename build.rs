//! Compiles `gazetteers/` into a pack and lists the files under `rules/`, so that adding one needs no change in `src/`.
//!
//! The pack is made by the very modules of the library that read it, so that it can never be of another form, and no
//! binary lies in the repository. A mistake in a table fails the build with its place.

// The library's modules, of which a build needs a part.
#![allow(dead_code, unreachable_pub, missing_docs)]

#[path = "src/date.rs"]
mod date;
#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/entity.rs"]
mod entity;
#[path = "src/error.rs"]
mod error;
#[path = "src/gazetteer/mod.rs"]
mod gazetteer;
#[path = "src/hash.rs"]
mod hash;
#[path = "src/mention.rs"]
mod mention;
#[path = "src/span.rs"]
mod span;
#[path = "src/text/mod.rs"]
mod text;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=gazetteers");
    println!("cargo::rerun-if-changed=rules");
    if env::var_os("CARGO_FEATURE_BUNDLED").is_none() {
        return Ok(());
    }
    let mut list = String::from("&[\n");
    for (name, path) in gather(&root, "rules", "toml")? {
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string())
            .expect("writing to a string cannot fail");
    }
    list.push_str("]\n");
    fs::write(out.join("rules.rs"), list)?;

    let mut tables = Vec::new();
    for (name, path) in gather(&root, "gazetteers", "tsv")? {
        tables.push((name, fs::read_to_string(path)?));
    }
    let tables: Vec<(&str, &str)> = tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    match gazetteer::pack(&tables) {
        Ok(pack) => fs::write(out.join("gazetteers.pack"), pack)?,
        Err(error) => format!("{error:#}").lines().for_each(|line| println!("cargo::error={line}")),
    }
    Ok(())
}

/// The files below a folder with an ending, as `(name, path)` by name.
fn gather(root: &Path, folder: &str, ending: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let (mut files, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                let name = path.strip_prefix(root).expect("gathered below the root").display().to_string();
                files.push((name.replace('\\', "/"), path));
            }
        }
    }
    files.sort();
    Ok(files)
}
