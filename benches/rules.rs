//! Do a thousand rules read a text as fast as fifty?
//!
//! ```text
//! rules      en MiB/s   ar MiB/s   of fifty
//!   50           1.6        1.5
//! 1000           1.6        1.5       98 %
//! ```
//!
//! A rule is reached through its trigger alone, so that a rule whose words do not stand in a text ought to cost it
//! nothing. The rules that are added have words of their own, which the text does not use; in a second row every
//! twentieth of them is called by a word that it does use. The answer is asserted before anything is timed: what the
//! bundled rules find must be found whatever stands beside them.

mod common;

use std::env;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use common::{Language, Text};
use isnad::Extractor;

/// `count` rules with a verb of its own each; with `called`, every twentieth waits for a word of the text.
fn rules(count: usize, called: bool) -> String {
    let mut out = String::new();
    for n in 0..count {
        // Words of letters alone, as verbs are: "bazked", «يبزكد».
        let letters = |alphabet: &str| -> String {
            let all: Vec<char> = alphabet.chars().collect();
            (0..4).map(|i| all[n / all.len().pow(i) % all.len()]).collect()
        };
        let (en, ar) = (format!("qu{}ed", letters("bdgkmpzt")), format!("ظ{}ض", letters("بدكمزتسر")));
        writeln!(out, "[lexicon.en.own{n}]\npast = [\"{en}\"]\n[lexicon.ar.own{n}]\npast = [\"{ar}\"]").unwrap();
    }
    for n in 0..count {
        let (en, ar) = match called && n % 20 == 0 {
            true => ("spoke".to_owned(), "تحدث".to_owned()),
            false => (format!("<own{n}>"), format!("<own{n}>")),
        };
        writeln!(
            out,
            "[[rule]]\nid = \"own.r{n}\"\ndoc = \"One more.\"\nemit = {{ type = \"own{n}\", side = [\"a\", \"b\"] }}\n\
             en = [\"{{a:actor+}} {en} [with] {{b:person}} now\"]\nar = [\"{ar} {{a:actor+}} مع {{b:person}} الآن\"]"
        )
        .unwrap();
    }
    out
}

fn main() {
    // `cargo bench` says so; without it (`cargo test --benches`) one small step shows that the bench still runs.
    let whole = env::args().any(|argument| argument == "--bench");
    let (size, rounds) = if whole { (512 * 1024, 7) } else { (16 * 1024, 1) };
    let bundled = Extractor::new().expect("the bundled knowledge loads");
    let own = bundled.about_rules().len();
    let build = |count: usize, called: bool| {
        let added = rules(count.saturating_sub(own), called);
        Extractor::builder().rules("added.toml", added).build().expect("the added rules load")
    };
    let rows = [("50", build(50, false)), ("1000", build(1000, false)), ("1000, some called", build(1000, true))];
    println!("{:20}{:>10}{:>12}{:>12}{:>12}", "rules", "patterns", "en MiB/s", "ar MiB/s", "of fifty");
    let texts: Vec<Text> = Language::ALL.into_iter().map(|language| Text::of(language, size)).collect();
    for text in &texts {
        let plain = bundled.extract(text.text.as_str());
        text.assert_found(&plain);
        for (name, isnad) in &rows {
            assert_eq!(isnad.extract(text.text.as_str()).relations(), plain.relations(), "{name}: other relations");
        }
    }
    // Round by round in turn, so that a busy moment of the machine falls on all alike; the best round counts.
    let mut best = vec![[Duration::MAX; 2]; rows.len()];
    for _ in 0..rounds {
        for (row, (_, isnad)) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                let start = Instant::now();
                black_box(isnad.extract(black_box(text.text.as_str())));
                best[row][column] = best[row][column].min(start.elapsed());
            }
        }
    }
    let fifty: f64 = best[0].iter().map(Duration::as_secs_f64).sum();
    for ((name, isnad), times) in rows.iter().zip(&best) {
        let speed = |column: usize| texts[column].text.len() as f64 / (1 << 20) as f64 / times[column].as_secs_f64();
        let share = 100.0 * fifty / times.iter().map(Duration::as_secs_f64).sum::<f64>();
        let patterns: usize = isnad.about_rules().iter().map(|about| about.patterns.len()).sum();
        println!("{name:20}{patterns:>10}{:>12.2}{:>12.2}{share:>10.0} %", speed(0), speed(1));
    }
}
