//! What holds for every text?
//!
//! ```text
//! any text ─► no panic · spans inside it, on character boundaries · the same answer again, and in every thread
//! ```

use std::thread;

use isnad::output::{brat, conll, csv, json, ntriples, table};
use isnad::{Extractor, Input};
use proptest::prelude::*;
use proptest::sample::select;

use crate::shared::{articles, isnad, sound};

/// Words and marks on which the stages turn; random letters alone would never get past the first one.
const PIECES: &[&str] = &[
    "John Kerry",
    "Kerry",
    "Obama",
    "U.S.",
    "US",
    "Mr.",
    "Secretary of State",
    "Foreign Minister",
    "King Hamad",
    "his",
    "he",
    "they",
    "counterpart",
    "Bahrain",
    "Bahraini",
    "Geneva",
    "the",
    "of",
    "and",
    "met",
    "with",
    "said",
    "says",
    "that",
    "will",
    "not",
    "visit",
    "told",
    "according to",
    "Monday",
    "yesterday",
    "Nov. 19, 2015",
    "2015-11-21",
    "(Reuters)",
    "WASHINGTON",
    " - ",
    "can't",
    "'s",
    "’s",
    "Al-Thani",
    "O'Brien",
    "http://x.y/z?a=b",
    "a@b.c",
    "#tag",
    "جون كيري",
    "كيري",
    "وكيري",
    "لكيري",
    "البحرين",
    "للبحرين",
    "وبالبحرين",
    "البحريني",
    "وزير الخارجية",
    "الوزير",
    "نظيره",
    "الملك حمد",
    "التقى",
    "لم يلتق",
    "سيلتقي",
    "قال",
    "وقال",
    "إن",
    "أن",
    "أنه",
    "على",
    "إلى",
    "في",
    "مع",
    "أمس",
    "الخميس",
    "١٩",
    "۱۹",
    "تشرين الثاني",
    "د.",
    "مُحَمَّد",
    "كـــيري",
    "ﷲ",
    "ﻻ",
    "است",
    "که",
    "٪",
];

const MARKS: &[&str] = &[
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{A0}",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    "،",
    "؛",
    "؟",
    "\"",
    "'",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "»",
    "``",
    "''",
    "(",
    ")",
    "-",
    "–",
    "—",
    "…",
    "...",
    "\u{200E}",
    "\u{200F}",
    "\u{202E}",
    "\u{2068}",
    "\u{2069}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{200C}",
    "\u{200D}",
    "\0",
    "\u{1F}",
    "\u{7F}",
    "\u{85}",
    "\u{2028}",
    "\u{301}",
    "\u{64E}",
    "\u{651}",
    "\u{654}",
    "\u{670}",
    "ـ",
    "😀",
    "İ",
    "ß",
    "ſ",
    "ﬁ",
    "Ａ",
    "\u{1E9E}",
    "\u{10FFFF}",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(PIECES).prop_map(str::to_owned),
        6 => select(MARKS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,6}",
        1 => "[ء-ي]{1,5}",
        1 => "[A-Z][a-z]{1,6}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in text()) {
        let doc = isnad().extract(text.as_str());
        sound(&doc);
        prop_assert_eq!(doc.text(), text.as_str());
    }

    #[test]
    fn the_answer_is_the_same_again(text in text()) {
        let first = isnad().extract(text.as_str());
        prop_assert_eq!(&isnad().extract(text.as_str()), &first);
        // The memory that one extraction leaves to the next must not show.
        isnad().extract("John Kerry said: “We met Sergei Lavrov in Geneva");
        prop_assert_eq!(&isnad().extract(text.as_str()), &first);
    }

    #[test]
    fn every_shape_can_be_written_and_the_line_read_back(text in text()) {
        let doc = isnad().extract(text.as_str());
        let line = json::to_line(&doc);
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(json::to_line(&json::from_line(&text, &line).unwrap()), line);
        let whole = json::to_line_with_text(&doc);
        prop_assert_eq!(json::to_line_with_text(&json::from_line_with_text(&whole).unwrap()), whole);
        for rows in [csv::mentions(&doc), csv::entities(&doc), csv::relations(&doc), csv::edges(&doc)] {
            prop_assert!(rows.is_empty() || rows.ends_with('\n'));
        }
        prop_assert!(conll::document(&doc).lines().all(|line| line.is_empty() || line.starts_with('#') || line.matches('\t').count() == 4));
        prop_assert!(brat::annotations(&doc).lines().all(|line| line.contains('\t')));
        prop_assert!(ntriples::document(&doc).lines().all(|line| line.ends_with(" .")));
        for layout in [table::Layout::new(), table::Layout::new().width(40)] {
            let drawn = layout.entities(&doc) + &layout.relations(&doc);
            prop_assert_eq!(drawn.matches('\u{2068}').count(), drawn.matches('\u{2069}').count());
        }
    }

    #[test]
    fn any_line_is_read_or_refused(line in "\\PC{0,40}", text in "\\PC{0,10}") {
        let _ = json::from_line(&text, &line);
    }
}

fn lines(isnad: &Extractor, texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| json::to_line(&isnad.extract(*text))).collect()
}

#[test]
fn threads_do_not_change_the_answer() {
    let articles = articles();
    let mut texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
    texts.push("John Kerry met Sergei Lavrov in Geneva. Kerry said: “We are closer.” He will visit Bahrain.");
    texts.push("التقى جون كيري سيرغي لافروف في جنيف. وقال كيري إن المحادثات كانت مفيدة.");
    let alone = lines(isnad(), &texts);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|turn| {
                let mut texts = texts.clone();
                scope.spawn(move || {
                    // Every thread in another order, so that what one text leaves behind meets another one.
                    let turn = turn % texts.len();
                    texts.rotate_left(turn);
                    let mut lines = lines(isnad(), &texts);
                    lines.rotate_right(turn);
                    lines
                })
            })
            .collect();
        for worker in workers {
            assert_eq!(worker.join().unwrap(), alone);
        }
    });
}

#[test]
fn all_at_once_and_one_by_one_are_the_same() {
    let articles = articles();
    let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).cycle().take(60).collect();
    let alone = lines(isnad(), &texts);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let all = pool.install(|| isnad().extract_all(texts.iter().copied()));
        assert_eq!(all.iter().map(json::to_line).collect::<Vec<_>>(), alone, "{threads} threads");
        let owned: Vec<Input<'static>> = texts.iter().map(|text| Input::new((*text).to_owned())).collect();
        let stream: Vec<String> =
            pool.install(|| isnad().extract_stream(owned).map(|doc| json::to_line(&doc)).collect());
        assert_eq!(stream, alone, "{threads} threads, as a stream");
    }
}

#[test]
fn an_extractor_built_again_gives_the_same_answer() {
    let articles = articles();
    let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
    // Hash maps are seeded anew in every map: an order that came from one would show.
    let again = Extractor::builder().build().unwrap();
    assert_eq!(lines(&again, &texts), lines(isnad(), &texts));
}

#[test]
fn the_extractor_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Extractor>();
    shared::<isnad::Document<'static>>();
    shared::<isnad::Error>();
}
