//! How is a corpus of any size made from a folder of sets?
//!
//! ```text
//! SETS/a.jsonl  {"id":"a1",…} {"id":"a2",…}
//! OUT/000.jsonl {"id":"a1~0",…} {"id":"a2~0",…} {"id":"a1~1",…} …      again and again, until it is as large as asked for
//! ```
//!
//! Every copy has an id of its own, so that a document that is lost or stands twice shows.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file of the corpus is closed when it has this many bytes.
const FILE: u64 = 64 << 20;

/// What was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    pub(crate) documents: u64,
    pub(crate) bytes: u64,
}

/// Writes at least `size` bytes of documents into a folder, which must be empty or not there yet.
pub(crate) fn make(sets: &Path, out: &Path, size: u64) -> Result<Made, String> {
    let documents = documents(sets)?;
    if documents.is_empty() {
        return Err(format!("{}: no document in any .jsonl file", sets.display()));
    }
    fs::create_dir_all(out).map_err(|e| at(out, &e))?;
    if fs::read_dir(out).map_err(|e| at(out, &e))?.next().is_some() {
        return Err(format!("{} is not empty", out.display()));
    }
    let mut made = Made { documents: 0, bytes: 0 };
    let mut all = documents.iter().cycle().zip(0..);
    for file in 0.. {
        if made.bytes >= size {
            break;
        }
        let path = out.join(format!("{file:03}.jsonl"));
        let mut to = BufWriter::new(File::create(&path).map_err(|e| at(&path, &e))?);
        let mut here = 0;
        while here < FILE && made.bytes + here < size {
            let Some(((id, rest), number)) = all.next() else { break };
            let id = serde_json::Value::from(format!("{id}~{}", number / documents.len()));
            let line = format!("{{\"id\":{id}{rest}\n");
            to.write_all(line.as_bytes()).map_err(|e| at(&path, &e))?;
            here += line.len() as u64;
            made.documents += 1;
        }
        to.flush().map_err(|e| at(&path, &e))?;
        made.bytes += here;
    }
    Ok(made)
}

/// Every document below a folder: its id, and the rest of its line behind that.
fn documents(sets: &Path) -> Result<Vec<(String, String)>, String> {
    let mut files = Vec::new();
    let mut folders = vec![sets.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| at(&folder, &e))? {
            let path = entry.map_err(|e| at(&folder, &e))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "jsonl") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut all = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).map_err(|e| at(path, &e))?;
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            all.extend(document(line).map_err(|what| format!("{}, line {number}: {what}", path.display()))?);
        }
    }
    Ok(all)
}

/// A line without a text is no document.
fn document(line: &str) -> Result<Option<(String, String)>, String> {
    let value: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let serde_json::Value::Object(mut fields) = value else { return Err("the line is no JSON object".to_owned()) };
    if !fields.get("text").is_some_and(serde_json::Value::is_string) {
        return Ok(None);
    }
    let id = match fields.remove("id") {
        Some(serde_json::Value::String(id)) => id,
        other => other.map_or_else(|| "none".to_owned(), |id| id.to_string()),
    };
    let rest = serde_json::Value::Object(fields).to_string();
    Ok(Some((id, rest.replacen('{', ",", 1))))
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// `4096`, `512K`, `64M`, `2G`.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let (digits, shift) = match text.trim_end_matches(['K', 'M', 'G']) {
        digits if text.ends_with('K') => (digits, 10),
        digits if text.ends_with('M') => (digits, 20),
        digits if text.ends_with('G') => (digits, 30),
        digits => (digits, 0),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift));
    bytes.ok_or_else(|| format!("`{text}`: write a size as 4096, 512K, 64M or 2G"))
}

/// The files of a folder, by name.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| at(folder, &e))? {
        all.push(entry.map_err(|e| at(folder, &e))?.path());
    }
    all.sort();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_ids_of_their_own() {
        let folder = std::env::temp_dir().join(format!("isnad-corpus-{}", std::process::id()));
        let (sets, out) = (folder.join("sets"), folder.join("out"));
        fs::create_dir_all(&sets).unwrap();
        fs::write(
            sets.join("a.jsonl"),
            "{\"text\":\"one {\",\"id\":\"a\"}\n\n{\"id\":7,\"text\":\"two\"}\n{\"sealed\":1}\n",
        )
        .unwrap();
        let made = make(&sets, &out, 100).unwrap();
        let text = fs::read_to_string(out.join("000.jsonl")).unwrap();
        let ids: Vec<String> = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!((ids.len() as u64, text.len() as u64), (made.documents, made.bytes));
        assert_eq!(ids[..4], ["a~0", "7~0", "a~1", "7~1"]);
        assert!(made.bytes >= 100 && text.contains("one {") && make(&sets, &out, 100).is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn sizes() {
        assert_eq!((size("500M"), size("12"), size("1K")), (Ok(500 << 20), Ok(12), Ok(1024)));
        assert!(size("much").is_err() && size("M").is_err());
    }
}
