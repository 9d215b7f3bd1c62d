//! Does twice the text take twice the time?
//!
//! ```text
//! input           64 KiB     128 KiB        256 KiB   …
//! prose en        1.02 ms    2.05 ms ×2.0   4.1 ms ×2.0
//! opening quotes  …                                      an input that hurts is linear too
//! ```
//!
//! A ratio near 2 is linear, near 4 quadratic. The best of five runs counts, so that a busy machine disturbs little;
//! a small input may profit from caches, so look at the right end of a row.

mod common;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use common::{Language, Text};
use isnad::Extractor;

/// A ratio above this is marked: no linear stage comes near it, even on a busy machine.
const SUSPICIOUS: f64 = 3.0;

fn main() {
    let isnad = Extractor::new().expect("the bundled knowledge loads");
    // `cargo bench` says so; without it (`cargo test --benches`) one small step shows that the bench still runs.
    let steps = if env::args().any(|argument| argument == "--bench") { 6 } else { 1 };
    let sizes: Vec<usize> = (0..steps).map(|step| (64 * 1024) << step).collect();
    print!("{:22}", "input");
    sizes.iter().for_each(|size| print!("{:>18}", format!("{} KiB", size / 1024)));
    println!();
    for language in Language::ALL {
        let prose = |size| {
            let text = Text::of(language, size);
            text.assert_found(&isnad.extract(text.text.as_str()));
            text.text
        };
        row(&isnad, &format!("prose {}", language.code()), &sizes, prose);
    }
    for (name, unit) in HURT {
        row(&isnad, name, &sizes, |size| unit.repeat(size / unit.len()));
    }
}

/// Inputs that invite quadratic work: what opens and never closes, what matches everywhere, what has no edge.
const HURT: [(&str, &str); 10] = [
    ("opening quotes", "“"),
    ("straight quotes", "\" "),
    ("opening guillemets", "« "),
    ("one name", "John Kerry "),
    ("one name, no space", "Obama"),
    ("one Arabic name", "أوباما "),
    ("one list", "Obama, Merkel and Putin, "),
    ("a verb only", "said met said "),
    ("one word", "a"),
    ("combining marks", "\u{0301}"),
];

fn row(isnad: &Extractor, name: &str, sizes: &[usize], input: impl Fn(usize) -> String) {
    print!("{name:22}");
    let mut before: Option<Duration> = None;
    for &size in sizes {
        let text = input(size);
        let time = (0..5).map(|_| timed(isnad, &text)).min().unwrap_or_default();
        let shown = format!("{:.2} ms", time.as_secs_f64() * 1e3);
        match before.map(|before| time.as_secs_f64() / before.as_secs_f64()) {
            None => print!("{shown:>18}"),
            Some(ratio) => {
                let mark = if ratio > SUSPICIOUS { "!" } else { "" };
                print!("{:>18}", format!("{shown} ×{ratio:.1}{mark}"));
            }
        }
        before = Some(time);
    }
    println!();
}

fn timed(isnad: &Extractor, text: &str) -> Duration {
    let start = Instant::now();
    black_box(isnad.extract(black_box(text)));
    start.elapsed()
}
