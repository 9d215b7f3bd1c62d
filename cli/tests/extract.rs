//! Does `isnad extract` read what it should, tell what it could not, and leave with the right status?

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A folder for one test, empty at its start.
fn folder(test: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn isnad(folder: &PathBuf) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isnad"));
    command.current_dir(folder).arg("extract");
    command
}

fn run(folder: &PathBuf, arguments: &[&str]) -> (Option<i32>, String, String) {
    told(isnad(folder).args(arguments).stdin(Stdio::null()).output().unwrap())
}

fn run_with_stdin(folder: &PathBuf, arguments: &[&str], stdin: &[u8]) -> (Option<i32>, String, String) {
    let mut child = isnad(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin).unwrap();
    told(child.wait_with_output().unwrap())
}

fn told(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// `id` and `published` of every line.
fn heads(stdout: &str) -> Vec<(Option<String>, Option<String>)> {
    let string = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let head = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["schema"], 1);
        (string(&line["id"]), string(&line["published"]))
    };
    stdout.lines().map(head).collect()
}

fn head(id: &str, published: Option<&str>) -> (Option<String>, Option<String>) {
    (Some(id.to_owned()), published.map(str::to_owned))
}

#[test]
fn a_text_is_one_document_named_after_its_file() {
    let folder = folder("a_text");
    fs::create_dir(folder.join("sub")).unwrap();
    fs::write(folder.join("sub/kerry.txt"), "John Kerry met Sergei Lavrov in Geneva.\n").unwrap();
    let (status, out, err) = run(&folder, &["--format", "jsonl", "--published", "2015-11-21", "sub/kerry.txt"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert_eq!(heads(&out), [head("kerry.txt", Some("2015-11-21"))]);
    assert!(out.contains(r#""text":"John Kerry","kind":"name","type":"person","entity":"person/john-kerry""#), "{out}");
    assert!(out.ends_with("}\n"));
}

#[test]
fn a_jsonl_file_holds_one_document_a_line() {
    let folder = folder("a_jsonl");
    let lines = concat!(
        r#"{"id": "one", "text": "John Kerry left.", "published": "2014-02-03", "url": ["x"]}"#,
        "\n\n",
        r#"{"id": 2, "text": "سافر جون كيري.", "published": null}"#,
        "\r\n",
        r#"{"text": ""}"#,
    );
    fs::write(folder.join("news.jsonl"), lines).unwrap();
    let (status, out, err) = run(&folder, &["--format=jsonl", "--published=2015", "news.jsonl"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let nameless = (None, Some("2015".to_owned()));
    assert_eq!(heads(&out), [head("one", Some("2014-02-03")), head("2", Some("2015")), nameless]);
}

#[test]
fn standard_input_is_read_without_a_file_and_for_a_dash() {
    let folder = folder("stdin");
    fs::write(folder.join("b.txt"), "Nothing.").unwrap();
    let (status, out, _) = run_with_stdin(&folder, &["--format", "jsonl"], b"John Kerry left.");
    assert_eq!((status, heads(&out)), (Some(0), vec![(None, None)]));
    assert!(out.contains("John Kerry"));
    let (status, out, _) = run_with_stdin(&folder, &["--format", "jsonl", "b.txt", "-"], b"John Kerry left.");
    assert_eq!((status, heads(&out)), (Some(0), vec![head("b.txt", None), (None, None)]));
}

#[test]
fn tables_are_what_one_gets_without_asking() {
    let folder = folder("tables");
    fs::write(folder.join("a.txt"), "John Kerry left.").unwrap();
    let (status, out, err) = run(&folder, &["a.txt"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("a.txt (en)\n┌"), "{out}");
    assert!(out.contains("person/john-kerry") && out.contains("no relations\n"), "{out}");
    assert_eq!(run(&folder, &["--format", "table", "a.txt"]).1, out);
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let folder = folder("colour");
    fs::write(folder.join("a.txt"), "John Kerry met Sergei Lavrov in Geneva.").unwrap();
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = isnad(&folder);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        let output = command.args(arguments).arg("a.txt").envs(variables.iter().copied()).output().unwrap();
        told(output).1.contains('\u{1B}')
    };
    assert!(!coloured(&[], &[]), "a pipe is no terminal");
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["--format", "jsonl", "--color", "always"], &[]), "JSON has no colours");
}

#[test]
fn a_relation_is_explained_on_request() {
    let folder = folder("explained");
    fs::write(folder.join("a.txt"), "John Kerry met Sergei Lavrov in Geneva.").unwrap();
    let (_, plain, _) = run(&folder, &["a.txt"]);
    let (_, out, _) = run(&folder, &["--explain", "a.txt"]);
    assert!(out.contains("rule meeting.") && out.contains("called by: met [11..14]"), "{out}");
    assert!(!plain.contains("rule meeting."));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_goes_on() {
    let folder = folder("broken");
    fs::write(folder.join("bad.txt"), b"one\ntwo \xff three").unwrap();
    fs::write(folder.join("bad.jsonl"), b"{\"id\":\"a\",\"text\":\"A\"}\n{\"id\":\"b\",\"text\":\"\xc3\x28\"}\n{\"id\":\"c\" \"text\"}\n{\"id\":\"d\",\"text\":\"D\"}\n").unwrap();
    fs::write(folder.join("good.txt"), "Good.").unwrap();
    let (status, out, err) = run(&folder, &["--format", "jsonl", "bad.txt", "none.txt", "bad.jsonl", "good.txt"]);
    assert_eq!(status, Some(1));
    assert_eq!(heads(&out), [head("a", None), head("d", None), head("good.txt", None)]);
    let err: Vec<&str> = err.lines().collect();
    assert_eq!(err.len(), 4, "{err:?}");
    assert_eq!(err[0], "isnad: bad.txt, line 2, byte 8: not UTF-8 (the byte is 0xff)");
    assert!(err[1].starts_with("isnad: none.txt: "), "{}", err[1]);
    assert_eq!(err[2], "isnad: bad.jsonl, line 2, byte 40: not UTF-8 (the byte is 0xc3)");
    assert_eq!(err[3], "isnad: bad.jsonl, line 3, byte 55: expected `,` or `}`");
}

#[test]
fn invalid_standard_input_names_itself() {
    let (status, out, err) = run_with_stdin(&folder("bad_stdin"), &["-"], b"\xfe");
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert_eq!(err, "isnad: standard input, line 1, byte 0: not UTF-8 (the byte is 0xfe)\n");
}

#[test]
fn a_wrong_command_line_has_a_status_of_its_own() {
    let folder = folder("usage");
    for (arguments, word) in [
        (&["--format", "xml"][..], "possible values: table, jsonl"),
        (&["--published", "yesterday"], "`yesterday` is no date"),
        (&["--nonsense"], "--nonsense"),
    ] {
        let (status, out, err) = run(&folder, arguments);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(word), "{err}");
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let folder = folder("pipe");
    // More than any pipe buffers, so that the writer is still at it when the reader has gone.
    let line = format!("{{\"id\":\"x\",\"text\":\"{}\"}}\n", "John Kerry left. ".repeat(100));
    fs::write(folder.join("much.jsonl"), line.repeat(200)).unwrap();
    let mut child = isnad(&folder)
        .args(["--format", "jsonl", "much.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    drop(reader);
    assert_eq!(heads(&first), [head("x", None)]);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = folder("again");
    fs::write(folder.join("a.txt"), "Barack Obama met Angela Merkel.\nالتقى باراك أوباما أنغيلا ميركل.\n").unwrap();
    for format in ["table", "jsonl"] {
        let first = run(&folder, &["--format", format, "a.txt", "a.txt"]);
        assert_eq!(run(&folder, &["--format", format, "a.txt", "a.txt"]), first);
    }
}
