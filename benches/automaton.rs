//! What does it cost to find a hundred thousand spellings, with this crate's automaton and with others?
//!
//! ```text
//!                      build      load     size   own en   own ar   news en   news ar
//! aho-corasick nfa    174 ms         -   12.0 MB  …  MiB of text a second, overlapping
//! daachorse bytewise  …
//! isnad               …         2.1 ms
//! ```
//!
//! Before anything is timed, all must have found the same spellings at the same bytes. Best of several runs.

mod common;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use common::{Language, Text};
use daachorse::{CharwiseDoubleArrayAhoCorasick, DoubleArrayAhoCorasick};
use isnad::bench::Packed;
use isnad::{Extractor, bench};

type Visit<'v> = &'v mut dyn FnMut(usize, usize, usize);

/// Tells of every occurrence.
type Scan = Box<dyn Fn(&str, Visit<'_>)>;

/// One way of searching.
struct Way {
    name: &'static str,
    build: Duration,
    load: Option<Duration>,
    bytes: usize,
    scan: Scan,
    /// The same without telling anybody: what is timed.
    count: Box<dyn Fn(&str) -> usize>,
}

fn main() {
    let quick = !env::args().any(|argument| argument == "--bench");
    let runs = if quick { 1 } else { 5 };
    let isnad = Extractor::new().expect("the bundled knowledge loads");
    let spellings = bench::names(&isnad);
    let mut texts = Vec::new();
    for language in Language::ALL {
        let size = if quick { 16 * 1024 } else { 1024 * 1024 };
        texts.push((format!("own {}", language.code()), bench::fold(&Text::of(language, size).text)));
        if let Some(news) = common::shared_news(language, size) {
            texts.push((format!("news {}", language.code()), bench::fold(&news)));
        }
    }
    let ways = ways(&spellings, runs, quick);
    for (name, text) in &texts {
        let found: Vec<_> = ways.iter().map(|way| occurrences(way, text)).collect();
        assert!(!found[0].is_empty(), "{name}: nothing found");
        for (way, found_here) in ways.iter().zip(&found) {
            let differs = found_here.iter().zip(&found[0]).find(|(a, b)| a != b);
            let same = differs.is_none() && found_here.len() == found[0].len();
            assert!(same, "{name}: {} finds others than {}: {differs:?}", way.name, ways[0].name);
        }
    }
    println!("{} spellings; all ways find the same", spellings.len());
    print!("{:22}{:>10}{:>10}{:>10}", "", "build", "load", "size");
    texts.iter().for_each(|(name, _)| print!("{name:>10}"));
    println!("   MiB/s");
    for way in &ways {
        print!("{:22}{:>10}{:>10}", way.name, shown(way.build), way.load.map_or_else(|| "-".into(), shown));
        print!("{:>10}", format!("{:.1} MB", way.bytes as f64 / 1e6));
        for (_, text) in &texts {
            let time = best(runs, || (way.count)(black_box(text))).0;
            print!("{:>10.1}", text.len() as f64 / time.as_secs_f64() / (1024.0 * 1024.0));
        }
        println!();
    }
    let (time, bytes) = best(runs * 4, bench::load_gazetteer);
    let ratio = ways[0].build.as_secs_f64() / time.as_secs_f64();
    println!(
        "the bundled gazetteer loads in {} ({:.1} MB), a {ratio:.0}th of building {}",
        shown(time),
        bytes as f64 / 1e6,
        ways[0].name
    );
    let whole = best(runs, || Extractor::builder().build().map(drop).is_ok()).0;
    println!("an extractor, with the rules read and compiled, starts in {}", shown(whole));
}

fn ways(spellings: &[String], runs: usize, quick: bool) -> Vec<Way> {
    let mut ways = Vec::new();
    for (name, kind) in
        [("aho-corasick nfa", AhoCorasickKind::ContiguousNFA), ("aho-corasick dfa", AhoCorasickKind::DFA)]
    {
        // A table of all states by all bytes: a gigabyte and more for a hundred thousand spellings.
        if kind == AhoCorasickKind::DFA && (quick || env::var_os("NO_DFA").is_some()) {
            continue;
        }
        let runs = if kind == AhoCorasickKind::DFA { 1 } else { runs };
        let make = || AhoCorasick::builder().kind(Some(kind)).build(spellings).expect("the spellings fit");
        let (build, found) = best(runs, make);
        let (bytes, other) = (found.memory_usage(), found.clone());
        ways.push(Way {
            name,
            build,
            load: None,
            bytes,
            scan: Box::new(move |text, visit| {
                found.find_overlapping_iter(text).for_each(|m| visit(m.pattern().as_usize(), m.start(), m.end()));
            }),
            count: Box::new(move |text| {
                other.find_overlapping_iter(text).map(|m| m.start()).fold(0, usize::wrapping_add)
            }),
        });
    }

    let (build, found) = best(runs, || DoubleArrayAhoCorasick::<u32>::new(spellings).expect("the spellings fit"));
    let (bytes, other) = (found.heap_bytes(), DoubleArrayAhoCorasick::<u32>::new(spellings).expect("they fit"));
    ways.push(Way {
        name: "daachorse bytewise",
        build,
        load: None,
        bytes,
        scan: Box::new(move |text, visit| {
            found.find_overlapping_iter(text).for_each(|m| visit(m.value() as usize, m.start(), m.end()));
        }),
        count: Box::new(move |text| other.find_overlapping_iter(text).map(|m| m.start()).fold(0, usize::wrapping_add)),
    });

    let make = || CharwiseDoubleArrayAhoCorasick::<u32>::new(spellings).expect("the spellings fit");
    let (build, found) = best(runs, make);
    let (bytes, other) = (found.heap_bytes(), make());
    ways.push(Way {
        name: "daachorse charwise",
        build,
        load: None,
        bytes,
        scan: Box::new(move |text, visit| {
            found.find_overlapping_iter(text).for_each(|m| visit(m.value() as usize, m.start(), m.end()));
        }),
        count: Box::new(move |text| other.find_overlapping_iter(text).map(|m| m.start()).fold(0, usize::wrapping_add)),
    });

    let (build, bytes) = best(runs, || bench::pack_spellings(spellings));
    let kept: &'static [u8] = Vec::leak(bytes);
    let open = || Packed::open(kept).expect("it was just written");
    let load = best(runs, open).0;
    let (found, other) = (open(), open());
    ways.push(Way {
        name: "isnad",
        build,
        load: Some(load),
        bytes: kept.len(),
        scan: Box::new(move |text, visit| found.scan(text, |p, start, end| visit(p as usize, start, end))),
        count: Box::new(move |text| {
            let mut sum = 0usize;
            other.scan(text, |_, start, _| sum = sum.wrapping_add(start));
            sum
        }),
    });
    ways
}

fn occurrences(way: &Way, text: &str) -> Vec<(usize, usize, usize)> {
    let mut all = Vec::new();
    (way.scan)(text, &mut |pattern, start, end| all.push((end, start, pattern)));
    all.sort_unstable();
    all
}

fn best<T>(runs: usize, mut make: impl FnMut() -> T) -> (Duration, T) {
    let mut run = || {
        let start = Instant::now();
        let made = black_box(make());
        (start.elapsed(), made)
    };
    let mut best = run();
    for _ in 1..runs {
        let next = run();
        if next.0 < best.0 {
            best = next;
        }
    }
    best
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
