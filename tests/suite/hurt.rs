//! Which inputs have hurt programs like this one?
//!
//! ```text
//! nothing at all · 20 MB on one line · ten thousand opening quotes · half a row of a gazetteer · …
//! ```
//!
//! Each is a test of its own, so that the one that hurts is named. None of them is timed here: `benches/growth.rs`
//! asks whether twice as much takes twice as long.

use std::borrow::Cow;

use isnad::{Document, Extractor, Input};

use crate::shared::{isnad, sound};

fn read<'t>(text: impl Into<Cow<'t, str>>) -> Document<'t> {
    let doc = isnad().extract(Input::new(text));
    sound(&doc);
    doc
}

fn nothing_in(text: &str) {
    let doc = read(text);
    assert_eq!((doc.mentions().len(), doc.entities().len(), doc.relations().len()), (0, 0, 0), "{text:?}");
}

/// How often the text speaks of an entity by these very words.
fn times(doc: &Document<'_>, id: &str, words: &str) -> usize {
    let is = |m: &&isnad::Mention| doc.entity(m.entity()).id() == id && &doc[m.span()] == words;
    doc.mentions().iter().filter(is).count()
}

#[test]
fn the_empty_text() {
    nothing_in("");
}

#[test]
fn blanks_only() {
    nothing_in(" \t \n\n \u{A0}\u{3000}\r\n\u{2028} ");
    nothing_in(&" ".repeat(100_000));
    nothing_in(&"\n".repeat(100_000));
}

#[test]
fn twenty_megabytes_on_one_line() {
    const SENTENCE: &str = "The harvest was good and nobody complained about the rain. ";
    let mut text = SENTENCE.repeat(20 * 1024 * 1024 / SENTENCE.len());
    let start = text.len();
    text.push_str("John Kerry left.");
    let doc = read(&text);
    let last = doc.mentions().last().expect("the name at the far end");
    assert_eq!(last.span().range(), start..start + "John Kerry".len());
}

#[test]
fn only_direction_marks() {
    nothing_in("\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{61C}");
    nothing_in(&"\u{200F}".repeat(100_000));
}

#[test]
fn direction_marks_around_and_inside_a_name() {
    let doc = read("\u{200F}التقى\u{200F} \u{2067}جون كيري\u{2069}.");
    assert_eq!(times(&doc, "person/john-kerry", "جون كيري"), 1);
}

#[test]
fn nul_bytes() {
    nothing_in("\0");
    nothing_in(&"\0".repeat(10_000));
    assert_eq!(times(&read("\0John Kerry\0 left."), "person/john-kerry", "John Kerry"), 1);
}

#[test]
fn line_ends_of_windows_and_of_old() {
    for end in ["\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{85}"] {
        let text = format!("A day of talks{end}{end}John Kerry left.{end}Angela Merkel stayed.{end}");
        let doc = read(&text);
        assert_eq!(times(&doc, "person/john-kerry", "John Kerry"), 1, "{end:?}");
        assert_eq!(times(&doc, "person/angela-merkel", "Angela Merkel"), 1, "{end:?}");
    }
}

#[test]
fn a_byte_order_mark() {
    let doc = read("\u{FEFF}John Kerry left.");
    assert_eq!(times(&doc, "person/john-kerry", "John Kerry"), 1, "the mark stands outside the name");
    nothing_in("\u{FEFF}");
}

#[test]
fn lone_combining_marks() {
    nothing_in("\u{301}");
    nothing_in("\u{64B}\u{651}\u{670}");
    nothing_in(&"\u{301}".repeat(100_000));
    nothing_in(&"\u{651}".repeat(100_000));
    assert_eq!(times(&read("\u{301} John Kerry left."), "person/john-kerry", "John Kerry"), 1);
}

#[test]
fn tatweel_and_zero_width_joiners_only() {
    nothing_in(&"ـ".repeat(100_000));
    nothing_in(&"\u{200D}\u{200C}".repeat(50_000));
}

#[test]
fn ten_thousand_opening_quotes() {
    for quote in ["“", "«", "\"", "'", "‘", "``", "\" ", "« "] {
        let text = format!("{} said John Kerry.", quote.repeat(10_000));
        assert_eq!(times(&read(&text), "person/john-kerry", "John Kerry"), 1, "{quote}");
    }
}

#[test]
fn ten_thousand_closing_quotes() {
    for quote in ["”", "»", "’", "''"] {
        read(format!("John Kerry said {}.", quote.repeat(10_000)));
    }
}

#[test]
fn ten_thousand_brackets() {
    for bracket in ["(", ")", "[", "{", "<"] {
        read(format!("John Kerry {} said.", bracket.repeat(10_000)));
    }
}

#[test]
fn a_name_a_hundred_thousand_times() {
    let doc = read("John Kerry ".repeat(100_000));
    assert_eq!(times(&doc, "person/john-kerry", "John Kerry"), 100_000);
    assert_eq!(doc.entities().len(), 1);
}

#[test]
fn an_arabic_name_a_hundred_thousand_times() {
    let doc = read("جون كيري ".repeat(100_000));
    assert_eq!(times(&doc, "person/john-kerry", "جون كيري"), 100_000);
}

#[test]
fn a_list_of_ten_thousand() {
    let list = "Barack Obama, Angela Merkel and Vladimir Putin, ".repeat(3_334);
    assert_eq!(times(&read(format!("John Kerry met {list}.")), "person/barack-obama", "Barack Obama"), 3_334);
}

#[test]
fn a_verb_ten_thousand_times() {
    read("met ".repeat(10_000));
    read("said that ".repeat(10_000));
    read("قال إن ".repeat(10_000));
    read(format!("John Kerry {}", "said he said ".repeat(10_000)));
}

#[test]
fn one_word_without_an_end() {
    nothing_in(&"a".repeat(1_000_000));
    read("و".repeat(1_000_000));
    read("ال".repeat(500_000));
    read("-".repeat(1_000_000));
    read("A.".repeat(500_000));
}

#[test]
fn the_same_paragraph_ten_thousand_times() {
    let doc = read("John Kerry met Sergei Lavrov in Geneva on Monday evening.\n\n".repeat(10_000));
    assert_eq!(times(&doc, "person/john-kerry", "John Kerry"), 10_000);
    let meetings = doc.relations().iter().filter(|relation| relation.kind() == "meeting").count();
    assert!(meetings <= 1, "a paragraph that stands again tells nothing new, but {meetings} meetings were found");
}

#[test]
fn characters_beyond_the_basic_plane() {
    let doc = read("😀😀 John Kerry 😀 met 𝕊ergei 🏳\u{FE0F}\u{200D}🌈 \u{10FFFF}\u{FFFE}");
    assert_eq!(times(&doc, "person/john-kerry", "John Kerry"), 1);
}

#[test]
fn half_a_gazetteer_row() {
    for half in
        ["Half a Row", "Half a Row\ten", "Half a Row\ten\tperson", "Half a Row\ten\t", "\ten\tperson/half\tname"]
    {
        let table = format!("name\tlang\tid\tkind\n{half}");
        let Err(error) = Extractor::builder().gazetteer("half.tsv", table).build() else {
            panic!("the row {half:?} was taken");
        };
        let problem = error.problems().first().unwrap_or_else(|| panic!("no place told for {half:?}: {error}"));
        assert_eq!((problem.file(), problem.line()), ("half.tsv", 2), "{error}");
    }
}

#[test]
fn a_gazetteer_of_nothing() {
    for empty in ["", "\n\n", "# only a comment\n", "name\tlang\tid\tkind\n", "\u{FEFF}name\tlang\tid\tkind\r\n"] {
        // Taken or refused, but not with a panic.
        let _ = Extractor::builder().gazetteer("empty.tsv", empty).build();
    }
}

/// Ten rules, each wrong in its own way: all are told of in one go, each with its place and most with a remedy.
#[test]
fn ten_mistakes_in_one_rule_file() {
    let head = "doc = \"Somebody met somebody.\"\nonly = \"en: a sample\"\n";
    let emit = "emit = { type = \"meeting\", participant = [\"a\", \"b\"] }\n";
    let good = "en = [\"{a:actor} <meet> {b:actor}\"]\n";
    let rules = [
        format!("{head}emitt = 1\n{emit}{good}"),
        format!("{head}{emit}en = [\"{{a:actor}} <mete> {{b:actor}}\"]\n"),
        format!("{head}{emit}en = [\"{{a:actr}} <meet> {{b:actor}}\"]\n"),
        format!("{head}{emit}en = [\"{{a:actor}} <meet> (with {{b:actor}}\"]\n"),
        format!("{head}{emit}en = [\"{{a:actor}} .. {{b:actor}}\"]\n"),
        format!("{head}emit = {{ type = \"meeting\", participant = [\"a\", \"bb\"] }}\n{good}"),
        format!("{head}{emit}code = {{ cameo = \"999\" }}\n{good}"),
        format!("{head}{emit}beats = [\"own.nobody\"]\n{good}"),
        format!("{head}{emit}en = [\"{{a:actor}} <meet.pst> {{b:actor}}\"]\n"),
        format!("{head}{emit}{good}"),
    ];
    let mut file = String::new();
    for (n, rule) in rules.iter().enumerate() {
        // The last one takes the id of the one before.
        file += &format!("[[rule]]\nid = \"own.rule{}\"\n{rule}\n", n.min(8));
    }
    let Err(error) = Extractor::builder().rules("ten.toml", file).build() else { panic!("the file was taken") };
    let mut codes: Vec<&str> = error.problems().iter().map(|p| p.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in ["R002", "R004", "R005", "R006", "R007", "R008", "R009", "R011", "R018", "R020"] {
        assert!(codes.contains(&code), "{code} is not told of: {error:#}");
    }
    assert!(error.problems().iter().all(|p| p.file() == "ten.toml" && p.line() > 0 && p.column() > 0), "{error:#}");
    let remedies = error.problems().iter().filter(|p| p.remedy().is_some()).count();
    assert!(remedies >= 5, "only {remedies} remedies: {error:#}");
}
