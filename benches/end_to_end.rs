//! How fast does a folder of articles become JSON Lines, and how long does the start take?
//!
//! ```text
//! start     the bundled knowledge, loaded and compiled
//! en, ar    a hundred articles of about two kilobytes, each extracted and written as a line
//! ```

mod common;

use std::hint::black_box;

use common::{Language, Text, Yardstick};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use isnad::output::json;
use isnad::{Extractor, bench};

const ARTICLES: usize = 100;
const BYTES: usize = 2 * 1024;

fn start(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    group.sample_size(10);
    // `Extractor::new` would hand out the one that is built already.
    group.bench_function("build", |b| b.iter(|| Extractor::builder().build().expect("the bundled knowledge loads")));
    group.finish();
}

fn articles(criterion: &mut Criterion) {
    let isnad = Extractor::new().expect("the bundled knowledge loads");
    let yardstick = Yardstick::new(&isnad);
    for language in Language::ALL {
        let articles: Vec<Text> = (0..ARTICLES).map(|i| Text::of(language, BYTES + i * 16)).collect();
        for article in &articles {
            let document = isnad.extract(article.text.as_str());
            article.assert_found(&document);
            let line = json::to_line(&document);
            let back = json::from_line(&article.text, &line).expect("what we write we read");
            assert_eq!(json::to_line(&back), line);
        }
        let folded: Vec<String> = articles.iter().map(|article| bench::fold(&article.text)).collect();
        let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
        let mut group = criterion.benchmark_group(format!("end_to_end/{}", language.code()));
        group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
        group.bench_function("yardstick", |b| {
            b.iter(|| folded.iter().map(|text| yardstick.scan(black_box(text))).sum::<usize>());
        });
        group.bench_function("articles", |b| {
            b.iter(|| {
                let line = |article: &Text| json::to_line(&isnad.extract(black_box(article.text.as_str()))).len();
                articles.iter().map(line).sum::<usize>()
            });
        });
        group.finish();
    }
}

criterion_group!(benches, start, articles);
criterion_main!(benches);
