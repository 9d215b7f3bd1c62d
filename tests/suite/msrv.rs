//! Does every crate we build on content itself with the Rust version that we promise?
//!
//! ```text
//! Cargo.toml: rust-version = "1.88"  ≥  rust-version of every package that `cargo metadata` lists
//! ```
//!
//! This is no build with the old compiler, only what can be told without one: a dependency that was raised above our
//! promise shows here, the use of a newer part of the standard library does not.

use std::env;
use std::process::Command;

use serde_json::Value;

fn version(text: &str) -> Vec<u64> {
    let mut parts: Vec<u64> = text.split('.').map(|part| part.parse().unwrap_or(0)).collect();
    parts.resize(3, 0);
    parts
}

fn output(program: &str, arguments: &[&str]) -> Result<String, String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(program).args(arguments).current_dir(root).output().map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

fn metadata() -> Result<Value, String> {
    let rustc = output(&env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()), &["-vV"])?;
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let listed =
        output(&cargo, &["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])?;
    serde_json::from_str(&listed).map_err(|error| error.to_string())
}

#[test]
fn no_dependency_asks_for_a_newer_rust() {
    let metadata = match metadata() {
        Ok(metadata) => metadata,
        Err(why) => {
            eprintln!("no_dependency_asks_for_a_newer_rust: NOT RUN, since cargo cannot list the packages: {why}");
            return;
        }
    };
    let packages = metadata["packages"].as_array().unwrap();
    let ours = env!("CARGO_PKG_RUST_VERSION");
    assert!(!ours.is_empty() && packages.len() > 10);
    let newer: Vec<String> = packages
        .iter()
        .filter_map(|package| Some((package, package["rust_version"].as_str()?)))
        .filter(|(_, theirs)| version(theirs) > version(ours))
        .map(|(package, theirs)| format!("{} {} asks for {theirs}", package["name"], package["version"]))
        .collect();
    assert!(newer.is_empty(), "we promise Rust {ours}, but {}", newer.join(", "));
}
