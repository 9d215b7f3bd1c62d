//! What does the library say of whole articles?
//!
//! ```text
//! tests/articles/en/summit.txt ─► tests/suite/snapshots/en-summit.snap: the article, then what was found in it
//! ```
//!
//! A snapshot shows a change; it does not say that what it holds is right. That is told by `NAME.expected.toml` beside
//! the article. To look at changes: `cargo insta review`; to take them all: `INSTA_UPDATE=always cargo test`.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use insta::internals::Content;
use isnad::{Document, Entity, Relation, Span};

use crate::shared::{articles, isnad, sound};

#[test]
fn snapshots_of_whole_articles() {
    let articles = articles();
    if articles.is_empty() {
        eprintln!("snapshots_of_whole_articles: NOT RUN, since tests/articles is empty");
    }
    let mut first = None;
    for article in articles {
        let doc = isnad().extract(article.text.as_str());
        sound(&doc);
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        // Line by line: a list of paragraphs can be read where one long escaped string cannot.
        settings.set_raw_info(&Content::Seq(article.text.lines().map(Content::from).collect()));
        let name = format!("{}-{}", article.language, article.name);
        let shown = shown(&doc);
        // Go on, so that one run shows every article that changed.
        let outcome = catch_unwind(AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!(name, shown))));
        first = first.or(outcome.err());
    }
    if let Some(failure) = first {
        resume_unwind(failure);
    }
}

/// The document as text: one line for a mention or entity, a block for a relation.
fn shown(doc: &Document<'_>) -> String {
    let mut out = format!("{}, published {}\n", doc.language(), or_dash(doc.published().map(|day| day.to_string())));
    for warning in doc.warnings() {
        let _ = writeln!(out, "warning: {warning}");
    }
    out.push_str("\nMENTIONS\n");
    for mention in doc.mentions() {
        let metonym = if mention.is_metonym() { " (metonym)" } else { "" };
        let (kind, id) = (mention.kind().as_str(), doc.entity(mention.entity()).id());
        let at = mention.span().to_string();
        let _ = writeln!(out, "{at:11} {kind:8} {id}{metonym} {} [{}]", words(doc, mention.span()), mention.source());
    }
    out.push_str("\nENTITIES\n");
    doc.entities().iter().for_each(|entity| show_entity(&mut out, entity));
    out.push_str("\nRELATIONS\n");
    doc.relations().iter().for_each(|relation| show_relation(&mut out, doc, relation));
    out
}

fn show_entity(out: &mut String, entity: &Entity) {
    let known = if entity.is_known() { "" } else { ", unknown" };
    let times = entity.mentions().len();
    let (en, ar) = (or_dash(entity.name("en")), or_dash(entity.name("ar")));
    let _ = writeln!(out, "{} ×{times}: {en} | {ar}{known}", entity.id());
}

fn show_relation(out: &mut String, doc: &Document<'_>, relation: &Relation) {
    let codes: Vec<String> = relation.codes().iter().map(|(scheme, code)| format!("{scheme} {code}")).collect();
    let _ = writeln!(
        out,
        "{} {} by {} at {} {} [{}]",
        relation.kind(),
        relation.modality().as_str(),
        relation.rule(),
        relation.trigger(),
        words(doc, relation.trigger()),
        codes.join(", "),
    );
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(out, "    {label:12} {value}");
    };
    for argument in relation.arguments() {
        let id = doc.entity(argument.entity()).id();
        line(argument.role(), &format!("{id} {}", words(doc, argument.span())));
    }
    relation.date().into_iter().for_each(|date| line("date", date));
    relation.reported_by().into_iter().for_each(|id| line("reported by", doc.entity(id).id()));
    relation.via().into_iter().for_each(|id| line("via", doc.entity(id).id()));
    relation.fields().for_each(|(name, value)| line(name, value));
    relation.content().iter().for_each(|span| line("content", &words(doc, *span)));
    relation.evidence().iter().for_each(|span| line("evidence", &words(doc, *span)));
}

/// The words as they stand, escaped where they cannot be seen.
fn words(doc: &Document<'_>, span: Span) -> String {
    let visible =
        |c: char| if c.is_control() || is_invisible(c) { c.escape_unicode().to_string() } else { c.to_string() };
    format!("«{}»", doc[span].chars().map(visible).collect::<String>())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn or_dash(text: Option<impl Into<String>>) -> String {
    text.map_or_else(|| "–".to_owned(), Into::into)
}
