//! What comes of the case files under `tests/cases/`?
//!
//! ```text
//! tests/cases/quotations/english.txt ─► english.snap beside it, with the input in its header
//! ```
//!
//! Then what must hold for every text: no panic, offsets on boundaries, order, the way back from the folded text.

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use crate::span::Span;
use crate::text::fold::{fold, fold_str};
use crate::text::read::read;
use crate::text::words::{TextWords, for_tests};
use crate::text::{Page, TokenKind};

/// Compares every case of a folder with its snapshot.
fn cases(folder: &str, show: fn(&str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "txt"));
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let input = std::fs::read_to_string(&path).unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(&input);
        let name = path.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(name, show(&input)));
    }
}

fn page(text: &str) -> Page<'_> {
    read(text, &for_tests())
}

#[test]
fn folding() {
    cases("folding", |text| {
        let mut out = String::new();
        for line in text.lines() {
            let folded = fold(line);
            let _ = writeln!(out, "{}\n  {}", line.escape_debug(), folded.text.escape_debug());
            let mut start = 0;
            for word in folded.text.split(' ') {
                let original = folded.original(Span::of(start..start + word.len()));
                let _ = writeln!(out, "    {original} {:?}", &line[original]);
                start += word.len() + 1;
            }
        }
        out
    });
}

#[test]
fn sentences() {
    cases("sentences", |text| {
        let page = page(text);
        page.sentences.iter().fold(String::new(), |out, s| out + &page.text[s.span] + "\n")
    });
}

#[test]
fn quotations() {
    cases("quotations", |text| {
        let page = page(text);
        let mut out = String::new();
        for (i, q) in page.quotations.iter().enumerate() {
            let open = if q.closed { "" } else { " open" };
            let more = q.continues.map(|n| format!(" continues {n}")).unwrap_or_default();
            let indent = "  ".repeat(q.depth as usize);
            let _ = writeln!(out, "{indent}{i}{open}{more} [{}]", &page.text[q.inner]);
        }
        page.warnings.iter().fold(out, |out, warning| out + warning + "\n")
    });
}

#[test]
fn layout() {
    cases("layout", |text| {
        let page = page(text);
        let mut out = String::new();
        if let Some((day, span)) = page.date_line {
            let _ = writeln!(out, "day {day} {:?}", &text[span]);
        }
        for p in &page.paragraphs {
            let copy = p.copy_of.map(|n| format!(" copy of {n}")).unwrap_or_default();
            let _ = writeln!(out, "{:?} {:?} {:?}{copy}", p.kind, p.language, p.case);
            if let Some(span) = p.dateline {
                let _ = writeln!(out, "  dateline {:?}", &text[span]);
            }
            for s in &page.sentences[p.sentences.start as usize..p.sentences.end as usize] {
                let _ = writeln!(out, "  {}", text[s.span].escape_debug());
            }
        }
        out
    });
}

/// Everything later stages rely on.
fn check(text: &str, words: &TextWords) -> Result<(), TestCaseError> {
    let page = read(text, words);
    let inside = |span: Span| text.get(span.range()).is_some();
    let mut end = 0;
    for (i, token) in page.tokens.iter().enumerate() {
        prop_assert!(inside(token.span) && token.span.start() >= end && !token.span.is_empty(), "token {i} {token:?}");
        prop_assert!(page.folded.text.get(token.folded.range()).is_some());
        prop_assert_eq!(token.folded, page.folded.folded(token.span));
        let paragraph = &page.paragraphs[token.paragraph as usize];
        prop_assert!(paragraph.tokens.contains(&(i as u32)) && paragraph.span.contains(token.span));
        prop_assert!(page.sentences[token.sentence as usize].tokens.contains(&(i as u32)));
        if token.kind == TokenKind::Number {
            prop_assert!(page.raw(i as u32).contains(char::is_numeric));
        }
        end = token.span.end();
    }
    let (mut end, mut sentence, mut at) = (0, 0, 0);
    for paragraph in &page.paragraphs {
        prop_assert!(inside(paragraph.span) && paragraph.span.start() >= end);
        prop_assert_eq!(paragraph.sentences.start, sentence);
        prop_assert_eq!(paragraph.tokens.start, at);
        prop_assert!(paragraph.dateline.is_none_or(|span| inside(span) && paragraph.span.contains(span)));
        (end, sentence, at) = (paragraph.span.end(), paragraph.sentences.end, paragraph.tokens.end);
    }
    prop_assert_eq!((sentence as usize, at as usize), (page.sentences.len(), page.tokens.len()));
    for s in &page.sentences {
        prop_assert!(inside(s.span) && !s.tokens.is_empty());
    }
    let mut from = 0;
    for q in &page.quotations {
        prop_assert!(inside(q.outer) && inside(q.inner) && q.outer.start() >= from, "{q:?} of {text:?}");
        prop_assert!(q.outer.contains(q.inner) && q.tokens.start <= q.tokens.end, "{q:?} of {text:?}");
        prop_assert!(q.continues.is_none_or(|n| (n as usize) < page.quotations.len()));
        from = q.outer.start();
    }
    prop_assert!(page.date_line.is_none_or(|(_, span)| inside(span)));
    Ok(())
}

/// Folding comes back to whole characters, and once is enough.
fn check_fold(text: &str) -> Result<(), TestCaseError> {
    let folded = fold(text);
    prop_assert_eq!(fold_str(&folded.text), folded.text.clone(), "{:?}", text);
    for (i, c) in folded.text.char_indices() {
        let span = Span::of(i..i + c.len_utf8());
        let original = folded.original(span);
        prop_assert!(text.get(original.range()).is_some_and(|s| !s.is_empty()), "{i} of {text:?}");
        prop_assert!(folded.folded(original).contains(span));
        // A range that covers whole units goes and comes back unchanged.
        prop_assert_eq!(folded.original(folded.folded(original)), original);
    }
    for (i, c) in text.char_indices() {
        let span = folded.folded(Span::of(i..i + c.len_utf8()));
        prop_assert!(folded.text.get(span.range()).is_some(), "{i} of {text:?}");
    }
    Ok(())
}

/// Texts of the pieces that reading stumbles over.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "Kerry", "said", "U.S.", "Mr.", "J.", "a.m.", "2015", "1,200.5", "15th", "التقى", "وزير", "د.", "أ.د.", "بـ",
            "لا", "ﻻ", "ﷺ", "Straße", "e\u{301}", "و\u{654}", "2015-11-21", "Comments", "WASHINGTON (AP) —", "بنا:",
        ]),
        4 => prop::sample::select(vec![
            " ", " ", " ", "\n", "\n\n", "\r\n", "\u{A0}", "\t", "\u{2028}", ". ", ".", "! ", "؟ ", "، ", ", ", ": ", "... ", "-", " - ",
        ]),
        4 => prop::sample::select(vec![
            "\"", "'", "«", "»", "“", "”", "‘", "’", "''", "``", "„", "(", ")", "»", "\u{640}", "\u{64E}", "\u{651}",
            "\u{200F}", "\u{200C}", "\u{FEFF}", "\0", "\u{7F}", "\u{85}", "@", "#", "www.", "http://", "x.com",
        ]),
    ];
    let piece = prop_oneof![12 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn odd_texts_are_read(text in odd_text()) {
        check_fold(&text)?;
        check(&text, &WORDS)?;
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check_fold(&text)?;
        check(&text, &WORDS)?;
    }
}

static WORDS: std::sync::LazyLock<TextWords> = std::sync::LazyLock::new(for_tests);

#[test]
fn hard_texts() {
    let endless = "Kerry said \"yes\" to the U.S. and قال الوزير «نعم» ".repeat(4_000);
    let lines = "Kerry met him.\n".repeat(5_000);
    let quotes = "\"".repeat(10_000);
    let opening = "« “ ‘a ".repeat(3_000);
    for text in [
        "",
        " ",
        "\n\n",
        "\u{FEFF}",
        "\u{200F}\u{200E}\u{202B}",
        "\0",
        "\u{64E}\u{64E}",
        "ـــ",
        "\r",
        "\r\n\r\n",
        "'",
        "\"\"",
        ".",
        "@",
        "#",
        &endless,
        &lines,
        &quotes,
        &opening,
    ] {
        check_fold(text).unwrap();
        check(text, &WORDS).unwrap();
    }
}
