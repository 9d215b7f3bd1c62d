//! What does each step of the analysis add, and how sure may a mention be?
//!
//! ```text
//! ISNAD_SHARED=… cargo bench --bench quality               ablation: F1 of each set without each step, and the time
//! ISNAD_SHARED=… cargo bench --bench quality -- calibrate  calibration/mentions.tsv, and how it does on unseen documents
//! ```
//!
//! Without the annotated sets it steps aside aloud. The tables go to `docs/ablation.md`, `docs/confidence.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use isnad::evaluate::{NameOptions, Sheet, Sure, bands, linking, names, pair, quotes, read, relations};
use isnad::{Document, Extractor, Input, MentionKind, Scratch, bench};
use serde_json::Value;

/// The annotated sets: their files, and how their names are compared.
const SETS: [(&str, bool, bool); 8] = [
    ("news/en", false, false),
    ("news/ar", false, false),
    ("names/anercorp.ar", true, true),
    ("names/aqmar.ar", true, true),
    ("names/crossner-politics.en", true, false),
    ("names/wikigold.en", true, false),
    ("names/re3d.en", true, false),
    ("quotes/polnear.en", false, false),
];

struct Set {
    name: &'static str,
    options: NameOptions,
    lines: Vec<Value>,
    gold: Vec<Sheet>,
}

impl Set {
    fn arabic(&self) -> bool {
        self.name.ends_with("ar")
    }

    /// Every text, read with this memory.
    fn documents(&self, isnad: &Extractor, scratch: &mut Scratch) -> Vec<Document<'_>> {
        let input = |line: &'_ Value| {
            let day = line["published"].as_str().and_then(|day| day.parse().ok());
            let (text, id) = (line["text"].as_str().unwrap_or_default(), line["id"].as_str().unwrap_or_default());
            Input::new(text.to_owned()).id(id).published(day)
        };
        self.lines.iter().map(|line| isnad.extract_with(input(line), scratch)).collect()
    }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let Some(shared) = env::var_os("ISNAD_SHARED") else {
        eprintln!("quality: NOT RUN, since ISNAD_SHARED is not set");
        return;
    };
    // `cargo test --benches` only asks whether it starts.
    if arguments.iter().any(|a| a == "--test") {
        return;
    }
    let sets: Vec<Set> = SETS.iter().filter_map(|set| open(Path::new(&shared), *set)).collect();
    let isnad = Extractor::new().expect("the bundled knowledge loads");
    match arguments.iter().any(|a| a == "calibrate") {
        true => calibrate(&isnad, &sets),
        false => ablation(&isnad, &sets),
    }
}

fn open(shared: &Path, (name, flat, clitics): (&'static str, bool, bool)) -> Option<Set> {
    let text = fs::read_to_string(shared.join("eval").join(format!("{name}.jsonl")))
        .inspect_err(|error| eprintln!("quality: {name} left out: {error}"))
        .ok()?;
    let gold = read(name, &text).unwrap_or_else(|error| panic!("{error}"));
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("it has been read before")).collect();
    Some(Set { name, options: NameOptions { flat, clitics, ..NameOptions::default() }, lines, gold })
}

// Ablation -----------------------------------------------------------------------------------------------------------

/// The figures of one run, and how long reading took.
fn figures(isnad: &Extractor, sets: &[Set], step: &str) -> (Vec<f64>, Duration) {
    let mut scratch = Scratch::default();
    bench::leave_out(&mut scratch, step);
    let (mut out, mut took) = (Vec::new(), Duration::ZERO);
    for set in sets {
        let (begin, wall) = (processor(), Instant::now());
        let docs = set.documents(isnad, &mut scratch);
        took += match (begin, processor()) {
            (Some(begin), Some(end)) => end.saturating_sub(begin),
            _ => wall.elapsed(),
        };
        let ours: Vec<Sheet> = docs.iter().map(Sheet::from).collect();
        let pairs = pair(&set.gold, &ours).unwrap_or_else(|error| panic!("{error}"));
        if set.name.starts_with("quotes") {
            let found = quotes(&pairs);
            let of = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
            let (p, r) = (of(found.right, found.predicted), of(found.found, found.speech));
            out.push(2.0 * p * r / (p + r).max(f64::MIN_POSITIVE));
            continue;
        }
        out.push(names(&pairs, &set.options).all.f1());
        if set.name.starts_with("news") {
            out.push(linking(&pairs).f1());
            out.push(relations(&pairs).all.0.f1());
        }
    }
    (out, took)
}

/// Processor time of this process, where the system tells it (Linux, a hundredth of a second at a time): other
/// processes then count for less.
fn processor() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let ticks: u64 = stat.rsplit_once(')')?.1.split_whitespace().nth(11)?.parse().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

fn ablation(isnad: &Extractor, sets: &[Set]) {
    let bytes: usize = sets.iter().flat_map(|s| &s.lines).filter_map(|l| l["text"].as_str()).map(str::len).sum();
    // The first reading is thrown away; of three, the fastest counts.
    figures(isnad, sets, "");
    let best = |step: &str| {
        let runs: Vec<(Vec<f64>, Duration)> = (0..3).map(|_| figures(isnad, sets, step)).collect();
        let took = runs.iter().map(|(_, took)| *took).min().unwrap_or_default();
        (runs.into_iter().next().map(|(figures, _)| figures).unwrap_or_default(), took)
    };
    let mut columns = Vec::new();
    for set in sets {
        let name = set.name.rsplit('/').next().unwrap_or_default();
        match set.name.split('/').next() {
            Some("news") => columns.extend(["names", "linked", "relations"].map(|what| format!("{name} {what}"))),
            Some("quotes") => columns.push(format!("{name} quotes")),
            _ => columns.push(name.to_owned()),
        }
    }
    println!("| without | {} | time |", columns.join(" | "));
    println!("|---|{}---|", "---|".repeat(columns.len()));
    let (whole, took) = best("");
    let cells: Vec<String> = whole.iter().map(|f| format!("{:.1}", 100.0 * f)).collect();
    let speed = bytes as f64 / took.as_secs_f64() / 1e6;
    println!("| nothing | {} | {speed:.2} MB/s |", cells.join(" | "));
    for step in bench::steps().into_iter().filter(|step| *step != "confidence") {
        let (without, time) = best(step);
        let change = |(a, b): (&f64, &f64)| {
            let change = 100.0 * (a - b);
            if change.abs() < 0.05 { "·".to_owned() } else { format!("{change:+.1}") }
        };
        let cells: Vec<String> = without.iter().zip(&whole).map(change).collect();
        let saved = 100.0 * (time.as_secs_f64() / took.as_secs_f64() - 1.0);
        println!("| {step} | {} | {saved:+.0} % |", cells.join(" | "));
    }
}

// Calibration --------------------------------------------------------------------------------------------------------

/// Of a document's mentions: source, what it is, script, score, and whether it is right.
type Seen = (String, String, bool, u8, bool);

fn calibrate(isnad: &Extractor, sets: &[Set]) {
    let mut scratch = Scratch::default();
    bench::leave_out(&mut scratch, "confidence");
    // Two halves of the documents, so that one can be held against what the other says.
    let mut halves: [Vec<Seen>; 2] = [Vec::new(), Vec::new()];
    // Conventions of re3d are others: its persons hold their titles, its gold nests.
    for set in sets.iter().filter(|s| !s.name.contains("re3d") && !s.name.starts_with("quotes")) {
        let docs = set.documents(isnad, &mut scratch);
        for (i, doc) in docs.iter().enumerate() {
            let half = &mut halves[i % 2];
            let (gold, ours) = (&set.gold[i..=i], [Sheet::from(doc)]);
            let pairs = pair(gold, &ours).unwrap_or_else(|error| panic!("{error}"));
            let called = |label: &str| match label {
                "PER" => "person",
                "ORG" => "organisation",
                _ => "place",
            };
            half.extend(names(&pairs, &set.options).sure.into_iter().map(|s| {
                let score = (s.confidence * 100.0).round() as u8;
                (s.source, called(&s.label).to_owned(), !set.arabic(), score, s.right)
            }));
            if set.name.starts_with("news") {
                half.extend(others(doc, &set.lines[i], !set.arabic()));
            }
        }
    }
    let all: Vec<Seen> = halves.iter().flatten().cloned().collect();
    println!("# How often a mention is right (span and type) that such a source found with such a score.");
    println!("# Written by benches/quality.rs; see docs/confidence.md.");
    println!("source\ttype\tscript\tfrom\tconfidence\tmentions");
    for ((source, what, latin), steps) in table(&all) {
        for (from, confidence, n) in steps {
            let script = if latin { "latin" } else { "arabic" };
            println!("{source}\t{what}\t{script}\t{from}\t{confidence}\t{n}");
        }
    }
    let mut unseen = Vec::new();
    for (here, there) in [(0, 1), (1, 0)] {
        let table = table(&halves[there]);
        unseen.extend(halves[here].iter().map(|(source, what, latin, score, right)| {
            let steps = |source: &str| table.get(&(source.to_owned(), what.clone(), *latin));
            let confidence = steps(source).or_else(|| steps("any")).map_or(*score, |steps| {
                let step = steps.iter().rev().find(|(from, ..)| score >= from).or(steps.first());
                step.map_or(*score, |(_, confidence, _)| *confidence)
            });
            sure(confidence, *right, source, what)
        }));
    }
    let before: Vec<Sure> = all.iter().map(|(s, w, _, score, right)| sure(*score, *right, s, w)).collect();
    eprintln!("scores as the recognisers have them:\n{}", bands(&before));
    eprintln!("confidences, each half by the table of the other:\n{}", bands(&unseen));
}

fn sure(hundredths: u8, right: bool, source: &str, label: &str) -> Sure {
    Sure { confidence: f32::from(hundredths) / 100.0, right, source: source.to_owned(), label: label.to_owned() }
}

/// Roles and demonyms, which only the news hold.
fn others(doc: &Document<'_>, gold: &Value, latin: bool) -> Vec<Seen> {
    let place = |m: &Value| Some((m["start"].as_u64()?, m["end"].as_u64()?, m["kind"].as_str()?.to_owned()));
    let gold: BTreeSet<_> = gold["mentions"].as_array().into_iter().flatten().filter_map(place).collect();
    let other = |kind| matches!(kind, MentionKind::Role | MentionKind::Demonym);
    let seen = |m: &isnad::Mention| {
        let kind = m.kind().as_str().to_owned();
        let right = gold.contains(&(m.span().start() as u64, m.span().end() as u64, kind.clone()));
        (m.source().to_owned(), kind, latin, (m.confidence() * 100.0).round() as u8, right)
    };
    doc.mentions().iter().filter(|m| other(m.kind())).map(seen).collect()
}

/// Right and all, by score.
type Cells = BTreeMap<u8, (usize, usize)>;
type Counts = BTreeMap<(String, String, bool), Cells>;
type Table = BTreeMap<(String, String, bool), Vec<(u8, u8, usize)>>;

/// For each source (and for all of them together) the confidence from each score on, rising: neighbours that would fall are
/// taken together, and so are those with few mentions. Few are drawn towards the mean of their type.
fn table(seen: &[Seen]) -> Table {
    const FEW: usize = 25;
    const DRAWN: f64 = 5.0;
    let mut by: Counts = BTreeMap::new();
    for (source, what, latin, score, right) in seen {
        for source in [source.as_str(), "any"] {
            let key = (source.to_owned(), what.clone(), *latin);
            let cell = by.entry(key).or_default().entry(*score).or_default();
            *cell = (cell.0 + usize::from(*right), cell.1 + 1);
        }
    }
    let mean = |what: &str, latin: bool| {
        let cells = by.get(&("any".to_owned(), what.to_owned(), latin)).into_iter().flat_map(|cells| cells.values());
        let (right, n) = cells.fold((0, 0), |(r, n), cell| (r + cell.0, n + cell.1));
        right as f64 / n.max(1) as f64
    };
    let mut out = Table::new();
    for ((source, what, latin), cells) in &by {
        let mean = mean(what, *latin);
        let precision = |(_, right, n): &(u8, usize, usize)| (*right as f64 + DRAWN * mean) / (*n as f64 + DRAWN);
        let mut steps: Vec<(u8, usize, usize)> = Vec::new();
        for (score, (right, n)) in cells {
            steps.push((*score, *right, *n));
            while let [.., a, b] = steps[..]
                && (precision(&a) >= precision(&b)
                    || a.2 < FEW
                    || b.2 < FEW && *score == *cells.keys().last().unwrap_or(&0))
            {
                steps.truncate(steps.len() - 2);
                steps.push((a.0, a.1 + b.1, a.2 + b.2));
            }
        }
        let rows: Vec<(u8, u8, usize)> =
            steps.iter().map(|s| (s.0, (100.0 * precision(s)).round() as u8, s.2)).collect();
        // A source that has hardly been seen goes by all sources of its type.
        if source == "any" || rows.iter().map(|r| r.2).sum::<usize>() >= FEW {
            out.insert((source.clone(), what.clone(), *latin), rows);
        }
    }
    out
}
