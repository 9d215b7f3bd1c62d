//! Does a run over a corpus give the same bytes, however it is run?
//!
//! ```text
//! one thread = many      plain = .gz = .zst = standard input      killed ten times and resumed = run once
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A folder of this test's own, gone when it is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn isnad(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isnad"));
    command.arg("extract").args(arguments).stdin(Stdio::null());
    command
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn output(mut command: Command) -> Output {
    command.output().unwrap()
}

/// Standard output of a run in which nothing went wrong.
fn found(arguments: &[&str]) -> Vec<u8> {
    let output = output(isnad(arguments));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "no bar where there is no terminal: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// Articles in both languages, of very different lengths, every seventh of them no document.
fn corpus(documents: u64) -> String {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut lines = String::new();
    for n in 0..documents {
        if n % 7 == 3 {
            writeln!(lines, "{{\"id\":\"broken {n}\",\"text\":").unwrap();
            continue;
        }
        let mut text = String::new();
        for _ in 0..=chance.below(24) {
            let day = 1 + chance.below(28);
            match chance.below(4) {
                0 => write!(text, "John Kerry met Sergei Lavrov in Geneva on March {day}, 2016. ").unwrap(),
                1 => write!(text, "«{day} ساعة»، قال وزير الخارجية المصري سامح شكري للصحفيين في القاهرة. ").unwrap(),
                2 => write!(text, "\\\"There are {day} of us,\\\" said Angela Merkel.\\n\\n").unwrap(),
                _ => write!(text, "زار جون كيري الرياض في {day} مارس والتقى عادل الجبير.\\n").unwrap(),
            }
        }
        writeln!(lines, "{{\"id\":\"d{n}\",\"text\":\"{text}\",\"published\":\"2016-03-{:02}\"}}", 1 + n % 28).unwrap();
    }
    lines
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(folder_now) = open.pop() {
        for entry in fs::read_dir(folder_now).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn threads_and_packing_do_not_show() {
    let folder = Folder::new("packing");
    let lines =
        corpus(60).lines().filter(|line| line.ends_with('}')).fold(String::new(), |all, line| all + line + "\n");
    let plain = folder.write("a.jsonl", &lines);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(lines.as_bytes()).unwrap();
    let gz = folder.write("b.jsonl.gz", gz.finish().unwrap());
    let zst = ruzstd::encoding::compress_to_vec(lines.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    let zst = folder.write("c.jsonl.zst", zst);
    let want = found(&["--format", "jsonl", "--threads", "1", text(&plain)]);
    assert_eq!(want.iter().filter(|b| **b == b'\n').count(), lines.lines().count());
    for path in [&plain, &gz, &zst] {
        for threads in ["1", "2", "5"] {
            assert!(found(&["--format", "jsonl", "--threads", threads, text(path)]) == want, "{threads} {path:?}");
        }
    }
    let mut stdin = isnad(&["--format", "jsonl"]);
    stdin.stdin(File::open(&gz).unwrap());
    assert!(output(stdin).stdout == want, "standard input");
    let pattern = folder.path("*.jsonl*");
    assert!(found(&["--format", "jsonl", text(&pattern)]) == want.repeat(3), "a pattern");
    assert!(found(&["--format", "jsonl", text(&folder.0)]) == want.repeat(3), "a folder");
}

#[test]
fn the_first_article_is_answered_before_the_second_is_read() {
    use std::io::{BufRead as _, BufReader};
    let mut child =
        isnad(&["--format", "jsonl", "--threads", "1"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for n in 0..3 {
        writeln!(to, "{{\"id\":{n},\"text\":\"John Kerry left.\"}}").unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"schema\":1,\"id\":\"{n}\"")), "{line}");
    }
    drop(to);
    assert!(child.wait().unwrap().success());
}

#[test]
fn bad_documents_go_to_the_error_file_and_the_run_goes_on() {
    let folder = Folder::new("errors");
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(5000));
    let lines = format!("{{\"text\":\"John Kerry left.\"}}\n[1]\n{long}\n{{\"text\":\"Angela Merkel left.\"}}\n");
    let input = folder.write("a.jsonl", [lines.as_bytes(), b"{\"text\":\"\xff\"}\n"].concat());
    let (errors, gone) = (folder.path("errors.jsonl"), folder.path("gone.txt"));
    let arguments = ["--format", "jsonl", "--max-bytes", "1K", "--errors", text(&errors), text(&gone), text(&input)];
    let output = output(isnad(&arguments));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("isnad: 4 could not be read: see "));
    let told: Vec<serde_json::Value> =
        fs::read_to_string(errors).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let places: Vec<_> =
        told.iter().map(|t| (t["reason"].as_str().unwrap(), t["line"].as_u64(), t["byte"].as_u64())).collect();
    let third = 28 + 4;
    let last = (lines.len() + 9) as u64;
    assert_eq!(
        places,
        [
            ("input", None, None),
            ("json", Some(2), Some(28)),
            ("too-large", Some(3), Some(third)),
            ("utf8", Some(5), Some(last)),
        ]
    );
    assert_eq!(told[0]["file"], text(&gone));
}

/// Kills a run at random points, again and again, goes on with it, and holds what it leaves against a run that nobody
/// killed.
fn killed(name: &str, format: &str, kills: u32) {
    let folder = Folder::new(name);
    let lines = corpus(420);
    let half = lines.len() / 2;
    let half = half + lines[half..].find('\n').unwrap() + 1;
    folder.write("in/a.jsonl", &lines[..half]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&lines.as_bytes()[half..]).unwrap();
    folder.write("in/b.jsonl.gz", gz.finish().unwrap());
    folder.write("in/c.txt", "Angela Merkel met John Kerry in Berlin.");
    let (input, whole, hurt) = (folder.path("in"), folder.path("whole"), folder.path("hurt"));
    let run = |out: &Path, threads: &str| {
        isnad(&[
            "--format",
            format,
            "--shard-bytes",
            "20K",
            "--threads",
            threads,
            "--resume",
            "--out",
            text(out),
            text(&input),
        ])
    };
    let begun = Instant::now();
    assert_eq!(output(run(&whole, "2")).status.code(), Some(1), "there are broken lines");
    let once = begun.elapsed();
    let mut chance = Chance(u64::from(std::process::id()) << 20 | 77);
    let (mut killed, mut listed) = (0, Vec::new());
    while killed < kills {
        let mut child = run(&hurt, if killed % 2 == 0 { "2" } else { "1" }).stderr(Stdio::null()).spawn().unwrap();
        // Anywhere from before the first byte is read to the end of the run.
        thread::sleep(Duration::from_micros(chance.below(once.as_micros() as u64)));
        if child.try_wait().unwrap().is_some() {
            // It came to its end first. There is nothing left to kill: once more from the start.
            assert!(files(&hurt) == files(&whole), "after {killed} kills");
            fs::remove_dir_all(&hurt).unwrap();
        }
        // SIGKILL: nothing is told, nothing is flushed.
        let _ = child.kill();
        child.wait().unwrap();
        killed += 1;
        listed.push(fs::read_dir(&hurt).map_or(0, Iterator::count));
    }
    println!("files in the folder after each kill: {listed:?}");
    assert_eq!(output(run(&hurt, "3")).status.code(), Some(1));
    let (whole, hurt) = (files(&whole), files(&hurt));
    assert!(whole.len() > 10, "{} files are no corpus", whole.len());
    assert_eq!(whole.keys().collect::<Vec<_>>(), hurt.keys().collect::<Vec<_>>());
    for (name, bytes) in &whole {
        assert!(&hurt[name] == bytes, "{} differs", name.display());
    }
    // No document is lost or doubled.
    let manifest: serde_json::Value = serde_json::from_slice(&whole[Path::new("manifest.json")]).unwrap();
    assert_eq!(
        (&manifest["documents"], &manifest["problems"], &manifest["complete"]),
        (&361.into(), &60.into(), &true.into())
    );
    let mut seen: Vec<String> = Vec::new();
    for (_, bytes) in
        whole.iter().filter(|(name, _)| format == "jsonl" && name.extension().is_some_and(|e| e == "jsonl"))
    {
        for line in String::from_utf8(bytes.clone()).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            seen.extend(line["id"].as_str().map(str::to_owned));
        }
    }
    if format == "jsonl" {
        let want: Vec<String> =
            (0..420).filter(|n| n % 7 != 3).map(|n| format!("d{n}")).chain(["c.txt".to_owned()]).collect();
        assert_eq!(seen, want);
    }
}

#[test]
fn killed_ten_times_and_resumed() {
    killed("killed", "jsonl", 10);
}

#[test]
fn killed_while_it_writes_four_tables() {
    killed("killed-csv", "csv", 3);
}

#[test]
fn killed_while_it_writes_files() {
    killed("killed-brat", "brat", 3);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let folder = Folder::new("refused");
    let lines: String = corpus(40);
    let (input, out) = (folder.write("a.jsonl", &lines), folder.path("out"));
    let base = ["--format", "jsonl", "--shard-bytes", "4K", "--out", text(&out)];
    let told = |more: &[&str]| {
        let arguments: Vec<&str> = base.iter().chain(more).copied().collect();
        String::from_utf8(output(isnad(&arguments)).stderr).unwrap()
    };
    let first = told(&[text(&input)]);
    assert!(first.contains("6 documents could not be read"), "{first}");
    assert!(told(&[text(&input)]).contains("holds a run already: go on with it (--resume), or name another folder"));
    // As a killed run leaves it: the last shards and the mark of completeness are missing.
    let manifest = out.join("manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert!(value["shards"].as_array().unwrap().len() > 4);
    let shards: Vec<_> = value["shards"].as_array().unwrap()[..3].to_vec();
    value["documents"] = shards.iter().map(|s| s["documents"].as_u64().unwrap()).sum::<u64>().into();
    value["problems"] = shards.iter().map(|s| s["problems"].as_u64().unwrap()).sum::<u64>().into();
    value["cursor"] = shards[2]["to"].clone();
    value["shards"] = shards.into();
    value["read"] = serde_json::json!([]);
    value["complete"] = false.into();
    let partly = serde_json::to_string(&value).unwrap();
    let with = |manifest_text: &str, more: &[&str]| {
        fs::write(&manifest, manifest_text).unwrap();
        told(&[&["--resume"], more].concat())
    };
    let other = with(&partly, &[text(&input), "--published", "2016-01-01"]);
    assert!(other.contains("other settings: published was null, is \"2016-01-01\""), "{other}");
    let other = with(&partly, &[text(&input), text(&input)]);
    assert!(other.contains("other inputs: number 2 was nothing, is `"), "{other}");
    assert!(with("{\"manifest\":9}", &[text(&input)]).contains("version 9; this isnad knows version 1"));
    assert!(with("{", &[text(&input)]).contains("not a manifest of isnad"));
    fs::write(&input, lines.replacen("Geneva", "Vienna", 1)).unwrap();
    assert!(with(&partly, &[text(&input)]).contains("a.jsonl has changed since the run was begun"));
    fs::write(&input, &lines[..100]).unwrap();
    assert!(with(&partly, &[text(&input)]).contains("a.jsonl has changed since the run was begun"));
    fs::write(&input, &lines).unwrap();
    fs::write(out.join("part-00001.jsonl"), "x").unwrap();
    assert!(with(&partly, &[text(&input)]).contains("part-00001.jsonl is not as the run left it"));
    // A folder that is somebody's.
    let own = folder.write("own/letter.txt", "x");
    let refused = output(isnad(&["--resume", "--out", text(own.parent().unwrap()), text(&input)]));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("is not empty (letter.txt)"));
    let brat = output(isnad(&["--format", "brat", text(&input)]));
    assert!(String::from_utf8(brat.stderr).unwrap().contains("say where with --out DIR"));
}

#[test]
fn events_are_merged_from_articles_and_from_our_own_lines() {
    let folder = Folder::new("merge");
    let lines = concat!(
        "{\"id\":\"en\",\"published\":\"2016-03-14\",\"text\":\"John Kerry met Sergei Lavrov in Geneva on Monday.\"}\n",
        "{\"id\":\"ar\",\"published\":\"2016-03-14\",\"text\":\"التقى جون كيري سيرغي لافروف في جنيف.\"}\n",
    );
    let articles = folder.write("a.jsonl", lines);
    let merge = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_isnad"));
        command.arg("merge").args(arguments).stdin(Stdio::null());
        output(command)
    };
    let events = merge(&["--format", "jsonl", "--told-by", "2", text(&articles)]);
    assert!(events.status.success(), "{}", String::from_utf8_lossy(&events.stderr));
    let event: serde_json::Value = serde_json::from_slice(&events.stdout).unwrap();
    assert_eq!((&event["type"], &event["date"]), (&"meeting".into(), &"2016-03-14".into()));
    let wire = folder.write("wire.jsonl", found(&["--format", "jsonl", "--with-text", text(&articles)]));
    assert_eq!(merge(&["--format", "jsonl", "--told-by", "2", text(&wire)]).stdout, events.stdout);
    let told = String::from_utf8(merge(&[text(&wire)]).stdout).unwrap();
    assert!(
        told.contains("2016-03-14  meeting, asserted: participant John Kerry, Sergey Lavrov; place Geneva"),
        "{told}"
    );
    let codes = String::from_utf8(merge(&["--codes", text(&wire)]).stdout).unwrap();
    assert!(codes.starts_with("scheme\tcode\tevents\n") && codes.contains("plover\tCONSULT\t1\n"), "{codes}");
    // Lines without their text cannot be merged, and it is told what to do.
    let bare = folder.write("bare.jsonl", found(&["--format", "jsonl", text(&articles)]));
    let refused = merge(&[text(&bare)]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--with-text writes lines that can be merged"));
}
