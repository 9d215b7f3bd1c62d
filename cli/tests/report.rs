//! Does `isnad report` make its page from whatever isnad reads and writes?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder for one test, empty at its start.
fn folder(test: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn isnad(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isnad"));
    let output = command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const ARTICLES: &str = concat!(
    r#"{"id": "one", "text": "John Kerry met Sergey Lavrov in Geneva.", "published": "2016-02-03"}"#,
    "\n",
    r#"{"id": "two", "text": "التقى جون كيري سيرغي لافروف في جنيف."}"#,
    "\n",
);

#[test]
fn articles_and_the_lines_made_of_them_give_one_page() {
    let folder = folder("lines");
    fs::write(folder.join("news.jsonl"), ARTICLES).unwrap();
    let (_, found, _) = isnad(&folder, &["extract", "--format", "jsonl", "news.jsonl"]);
    fs::write(folder.join("found.jsonl"), found).unwrap();

    let (status, out, err) = isnad(&folder, &["report", "news.jsonl", "--out", "a.html"]);
    assert_eq!((status, out.as_str(), err.as_str()), (Some(0), "", ""));
    let page = fs::read_to_string(folder.join("a.html")).unwrap();
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\""));
    assert!(page.contains("id=\"d0e0\"") && page.contains("id=\"d1e0\""), "the words of both articles' first fact");

    let (status, _, err) = isnad(&folder, &["report", "found.jsonl", "--text", "news.jsonl", "--out", "b.html"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(folder.join("b.html")).unwrap(), page, "the same page, without reading again");

    fs::create_dir(folder.join("shards")).unwrap();
    fs::rename(folder.join("found.jsonl"), folder.join("shards/part-00000.jsonl")).unwrap();
    let (status, out, err) = isnad(&folder, &["report", "shards", "--text", "news.jsonl", "--out", "-"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert_eq!(out, page, "a folder of such lines");
}

#[test]
fn lines_without_their_text_are_told_what_they_need() {
    let folder = folder("textless");
    fs::write(folder.join("news.jsonl"), ARTICLES).unwrap();
    let (_, found, _) = isnad(&folder, &["extract", "--format", "jsonl", "news.jsonl"]);
    fs::write(folder.join("found.jsonl"), found).unwrap();
    fs::write(folder.join("first.jsonl"), ARTICLES.lines().next().unwrap()).unwrap();

    let (status, _, err) = isnad(&folder, &["report", "found.jsonl", "--out", "a.html"]);
    assert_eq!(status, Some(1));
    assert!(err.contains("found.jsonl, line 1: ") && err.contains("--text FILE") && err.contains("no page"), "{err}");
    assert!(!folder.join("a.html").exists());

    let (status, page, err) = isnad(&folder, &["report", "found.jsonl", "--text", "first.jsonl", "--out", "-"]);
    assert_eq!(status, Some(1), "one of two lines is missing");
    assert!(err.contains("line 2") && page.contains("Geneva"), "{err}");
}

#[test]
fn the_page_speaks_the_language_asked_for() {
    let folder = folder("language");
    fs::write(folder.join("a.txt"), "John Kerry left. \u{202E}<script>").unwrap();
    let arguments = ["report", "a.txt", "--out", "-", "--language", "ar", "--title", "<b>"];
    let (status, page, err) = isnad(&folder, &arguments);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\"") && page.contains("<title>&lt;b&gt;</title>"));
}

#[test]
fn it_has_to_be_said_where_the_page_goes() {
    let (status, _, err) = isnad(&folder("usage"), &["report", "a.txt"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("--out"), "{err}");
}
