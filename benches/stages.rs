//! How many bytes a second does each stage read, in each language?
//!
//! ```text
//! own/en/fold  own/en/read  own/en/find  own/en/extract  own/en/yardstick      news/… the same over real news
//! ```
//!
//! `read` holds `fold`, `find` holds `read`, `extract` holds `find`: the cost of a stage is the difference.

mod common;

use std::hint::black_box;

use common::{Language, Text, Yardstick};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use isnad::{Extractor, bench};

const BYTES: usize = 256 * 1024;

fn stages(criterion: &mut Criterion) {
    let isnad = Extractor::new().expect("the bundled knowledge loads");
    let yardstick = Yardstick::new(&isnad);
    for language in Language::ALL {
        let own = Text::of(language, BYTES);
        own.assert_found(&isnad.extract(own.text.as_str()));
        measure(criterion, &format!("own/{}", language.code()), &own.text, &isnad, &yardstick);
        if let Some(news) = common::shared_news(language, BYTES) {
            measure(criterion, &format!("news/{}", language.code()), &news, &isnad, &yardstick);
        }
    }
}

fn measure(criterion: &mut Criterion, name: &str, text: &str, isnad: &Extractor, yardstick: &Yardstick) {
    let folded = bench::fold(text);
    // The names must be in the folded text for the yardstick, and the stages must agree with the whole.
    assert!(yardstick.scan(&folded) > 0, "{name}: the yardstick finds nothing");
    assert!(bench::read(isnad, text) > 0, "{name}: no token");
    assert!(bench::find(isnad, text) > 0, "{name}: no name");
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("yardstick", |b| b.iter(|| yardstick.scan(black_box(&folded))));
    group.bench_function("fold", |b| b.iter(|| bench::fold(black_box(text))));
    group.bench_function("read", |b| b.iter(|| bench::read(isnad, black_box(text))));
    group.bench_function("find", |b| b.iter(|| bench::find(isnad, black_box(text))));
    group.bench_function("extract", |b| b.iter(|| isnad.extract(black_box(text))));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
