//! Where do the counts of a build stand, so that a reader of the repository sees them?
//!
//! ```text
//! gazetteers/SOURCES.md   … <!-- counts --> the tables of the last build <!-- end of counts -->
//! ```

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::build::Build;

const BEGIN: &str = "<!-- counts: written by `cargo run -p xtask -- gazetteers` -->";
const END: &str = "<!-- end of counts -->";

/// Puts the sums and counts between the marks of `gazetteers/SOURCES.md`.
pub(crate) fn write(build: &Build, root: &Path) -> Result<(), String> {
    let path = root.join("gazetteers/SOURCES.md");
    let text = fs::read_to_string(&path).unwrap_or_else(|_| format!("# Sources of the gazetteers\n\n{BEGIN}\n{END}\n"));
    let (Some(begin), Some(end)) = (text.find(BEGIN), text.find(END)) else {
        return Err(format!("{}: the marks around the counts are gone", path.display()));
    };
    let mut out = text[..begin + BEGIN.len()].to_owned();
    out.push_str("\n\nThe condensed files that the build read:\n\n| file | sha256 |\n|---|---|\n");
    for (name, sum) in build.sources.sums() {
        let _ = writeln!(out, "| {name}.tsv | `{sum}` |");
    }
    out.push_str("\nRows taken and dropped, by rule:\n\n");
    out.push_str(&build.counts.markdown());
    out.push('\n');
    out.push_str(&text[end..]);
    fs::write(&path, out).map_err(|error| format!("{}: {error}", path.display()))
}
