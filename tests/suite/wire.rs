//! Does a document survive its way over the wire?
//!
//! ```text
//! Document ─ to_line ─► line ─ from_line(text) ─► Document ─ to_line ─► the same line
//! ```

use isnad::output::json;
use isnad::{Date, Document, Input};

use crate::shared::{articles, isnad, sound};

/// Writes, reads, compares. What the wire does not carry: rejected candidates and the confidence of mentions.
fn there_and_back(doc: &Document<'_>) {
    let line = json::to_line(doc);
    assert!(!line.contains('\n'), "a line is a line");
    let back = json::from_line(doc.text(), &line).unwrap_or_else(|error| panic!("{error}\n{line}"));
    sound(&back);
    assert_eq!(json::to_line(&back), line);
    assert_eq!(back.entities(), doc.entities());
    assert_eq!((back.id(), back.language(), back.published()), (doc.id(), doc.language(), doc.published()));
    assert_eq!(back.warnings(), doc.warnings());
    assert_eq!(back.relations().len(), doc.relations().len());
    for (a, b) in back.mentions().iter().zip(doc.mentions()) {
        let all = |m: &isnad::Mention| (m.span(), m.kind(), m.entity(), m.source().to_owned(), m.is_metonym());
        assert_eq!(all(a), all(b));
    }
    for (a, b) in back.relations().iter().zip(doc.relations()) {
        assert_eq!((a.kind(), a.modality(), a.date(), a.rule()), (b.kind(), b.modality(), b.date(), b.rule()));
        assert_eq!((a.arguments(), a.trigger(), a.evidence()), (b.arguments(), b.trigger(), b.evidence()));
        assert_eq!(
            (a.content(), a.reported_by(), a.via(), a.codes()),
            (b.content(), b.reported_by(), b.via(), b.codes())
        );
        assert!(a.fields().eq(b.fields()), "{:?}", b.rule());
    }
}

#[test]
fn every_article_comes_back() {
    for article in articles() {
        there_and_back(&isnad().extract(Input::new(&*article.text).id(article.name)));
    }
}

#[test]
fn what_json_has_to_escape_comes_back() {
    let day = Date::day(2015, 11, 21).unwrap();
    for text in [
        "",
        "\0",
        "John Kerry\t\"said\"\\ \u{2028}\r\nJohn Kerry",
        "التقى\u{200F} جون كيري\u{2069} سيرغي لافروف.",
        "\u{FEFF}Obama",
    ] {
        there_and_back(&isnad().extract(text));
        there_and_back(&isnad().extract(Input::new(text).id("a \"b\"\n\\c").published(day)));
    }
}

#[test]
fn a_line_beside_another_text_is_refused() {
    let line = json::to_line(&isnad().extract("John Kerry left Geneva."));
    let error = json::from_line("Barack Obama left Vienna.", &line).unwrap_err().to_string();
    assert!(error.starts_with("mentions[0]: the text has \"Barack Oba\" at 0..10, the line \"John Kerry\""), "{error}");
    let error = json::from_line("John", &line).unwrap_err().to_string();
    assert_eq!(error, "mentions[0]: 0..10 lies outside the text of 4 bytes");
}

#[test]
fn a_written_line_ends_once() {
    let mut bytes = Vec::new();
    let doc = isnad().extract("John Kerry left.\n");
    json::write_line(&doc, &mut bytes).unwrap();
    json::write_line(&doc, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().collect::<Vec<_>>(), [json::to_line(&doc), json::to_line(&doc)]);
}
