//! Lists the files under `gazetteers/` and `rules/`, so that adding one needs no change in `src/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    for (folder, ending, list) in [("gazetteers", "tsv", "gazetteers.rs"), ("rules", "toml", "rules.rs")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        gather(&root.join(folder), ending, &mut files)?;
        files.sort();
        let mut text = String::from("&[\n");
        for file in files {
            let name =
                file.strip_prefix(&root).expect("gathered below the root").display().to_string().replace('\\', "/");
            writeln!(text, "    ({name:?}, include_str!({:?})),", file.display().to_string())
                .expect("writing to a string cannot fail");
        }
        text.push_str("]\n");
        fs::write(out.join(list), text)?;
    }
    Ok(())
}

fn gather(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, ending, files)?;
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    Ok(())
}
