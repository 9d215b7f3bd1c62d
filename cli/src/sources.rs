//! Which inputs does a command line name, in which order?
//!
//! ```text
//! archive/        ─► every .txt, .jsonl, .gz, .zst below it, sorted     id: the path below the folder
//! "news/*.jsonl"  ─► what the pattern names, sorted (for shells that do not)
//! bna.txt         ─► itself                                             id: bna.txt
//! - or nothing    ─► standard input
//! ```
//!
//! The order is that of the command line, and of bytes below a folder: the same on every machine.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;

use crate::input::Problem;

/// An input, not yet opened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Source {
    /// `None` is standard input.
    pub(crate) path: Option<PathBuf>,
    /// What problems and manifests call it.
    pub(crate) name: Arc<str>,
    /// The id of a document that is the whole of it.
    pub(crate) id: Option<Arc<str>>,
    pub(crate) form: Form,
}

/// How the documents lie in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// JSON Lines where the name ends in .jsonl or .ndjson (before .gz or .zst), else one document; standard input by its
    /// first byte
    Auto,
    /// One document an input
    Text,
    /// One document a line
    Jsonl,
}

impl Form {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Form::Auto => "auto",
            Form::Text => "text",
            Form::Jsonl => "jsonl",
        }
    }
}

/// Endings that are looked for below a folder, each also before `.gz` and `.zst`.
const ENDINGS: [&str; 3] = [".txt", ".jsonl", ".ndjson"];

/// The name without the ending of its packing.
fn unpacked(name: &str) -> &str {
    [".gz", ".zst"].iter().find_map(|e| name.strip_suffix(e)).unwrap_or(name)
}

fn is_lines(name: &str) -> bool {
    let name = unpacked(name);
    name.ends_with(".jsonl") || name.ends_with(".ndjson")
}

impl Source {
    fn standard_input(form: Form) -> Self {
        Source { path: None, name: "standard input".into(), id: None, form }
    }

    fn file(path: &Path, id: Option<String>, form: Form) -> Self {
        let name = path.to_string_lossy();
        let form = match form {
            Form::Auto if is_lines(&name) => Form::Jsonl,
            Form::Auto => Form::Text,
            told => told,
        };
        Source { path: Some(path.to_owned()), name: (*name).into(), id: id.map(Into::into), form }
    }

    /// Its size on disk, where it has one.
    pub(crate) fn size(&self) -> Option<u64> {
        let data = fs::metadata(self.path.as_ref()?).ok()?;
        data.is_file().then_some(data.len())
    }
}

/// The inputs that the arguments name. A file that is not there is an input all the same: opening it will tell. A
/// folder that cannot be read, and a pattern that names nothing, is a problem.
pub(crate) fn sources(arguments: &[OsString], form: Form) -> Vec<Result<Source, Problem>> {
    if arguments.is_empty() {
        return vec![Ok(Source::standard_input(form))];
    }
    arguments.iter().flat_map(|argument| of_argument(argument, form)).collect()
}

fn of_argument(argument: &OsStr, form: Form) -> Vec<Result<Source, Problem>> {
    if argument == "-" {
        return vec![Ok(Source::standard_input(form))];
    }
    let path = Path::new(argument);
    if path.is_dir() {
        return folder(path, form);
    }
    // A file may be called `[1].txt`; a pattern is only what is no file.
    if let Some(pattern) = argument.to_str().filter(|p| !path.exists() && p.contains(['*', '?', '['])) {
        let problem = |what: String| vec![Err(Problem::of_file(pattern, what))];
        let as_shells_do = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
        let paths = match glob::glob_with(pattern, as_shells_do) {
            Ok(paths) => paths,
            Err(error) => return problem(format!("not a pattern of file names: {}", error.msg)),
        };
        let mut named: Vec<PathBuf> = paths.filter_map(Result::ok).collect();
        named.sort();
        if named.is_empty() {
            return problem("no file is named so".to_owned());
        }
        return named
            .iter()
            .flat_map(|path| if path.is_dir() { folder(path, form) } else { vec![Ok(whole(path, form))] })
            .collect();
    }
    vec![Ok(whole(path, form))]
}

/// A file that the command line names: its document is called as the file is.
fn whole(path: &Path, form: Form) -> Source {
    Source::file(path, path.file_name().map(|name| name.to_string_lossy().into_owned()), form)
}

/// The files below a folder. Hidden ones are passed over, and links to folders too: they may lead in a circle.
fn folder(root: &Path, form: Form) -> Vec<Result<Source, Problem>> {
    let (mut found, mut problems, mut open) = (Vec::new(), Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = open.pop() {
        let listed = fs::read_dir(&folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let entries = match listed {
            Ok(entries) => entries,
            Err(error) => {
                problems.push(Err(Problem::of_file(&folder.to_string_lossy(), error)));
                continue;
            }
        };
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(_) if ENDINGS.iter().any(|e| unpacked(&name).ends_with(e)) && entry.path().is_file() => {
                    found.push(entry.path());
                }
                _ => {}
            }
        }
    }
    // By the parts of the path, so that a folder's files stay together.
    found.sort();
    let below = |path: &Path| {
        let parts: Vec<_> = path.strip_prefix(root).ok()?.iter().map(OsStr::to_string_lossy).collect();
        Some(parts.join("/"))
    };
    if found.is_empty() && problems.is_empty() {
        problems.push(Err(Problem::of_file(&root.to_string_lossy(), "no .txt, .jsonl or .ndjson file lies below it")));
    }
    found.iter().map(|path| Ok(Source::file(path, below(path), form))).chain(problems).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_walked_in_order() {
        let root = std::env::temp_dir().join(format!("isnad-sources-{}", std::process::id()));
        fs::create_dir_all(root.join("b/deep")).unwrap();
        for file in ["c.txt", "a.jsonl.gz", "b/x.txt", "b/deep/y.ndjson", ".hidden.txt", "b/notes.md", "[1].txt"] {
            fs::write(root.join(file), "x").unwrap();
        }
        let seen = |argument: &Path| -> Vec<(String, Form)> {
            let found = sources(&[argument.as_os_str().to_owned()], Form::Auto);
            let one = |s: Result<Source, Problem>| {
                s.map_or_else(|p| (p.to_string(), Form::Auto), |s| (s.id.unwrap().to_string(), s.form))
            };
            found.into_iter().map(one).collect()
        };
        let of = |id: &str, form| (id.to_owned(), form);
        let all = [
            of("[1].txt", Form::Text),
            of("a.jsonl.gz", Form::Jsonl),
            of("b/deep/y.ndjson", Form::Jsonl),
            of("b/x.txt", Form::Text),
            of("c.txt", Form::Text),
        ];
        assert_eq!(seen(&root), all);
        assert_eq!(seen(&root.join("*.txt")), [of("[1].txt", Form::Text), of("c.txt", Form::Text)]);
        assert_eq!(seen(&root.join("[1].txt")), [of("[1].txt", Form::Text)], "a file before a pattern");
        assert!(seen(&root.join("*.doc"))[0].0.ends_with("*.doc: no file is named so"));
        assert_eq!(seen(&root.join("gone.txt")), [of("gone.txt", Form::Text)], "opening it will tell");
        fs::remove_dir_all(&root).unwrap();
    }
}
