//! How does what was found become one page that people read?
//!
//! ```text
//! Document ─► article.rs  the text, names and quotations marked ┐
//!         └─► facts.rs    who met whom, each line a link        ├─► one HTML file: no network, no second file
//! all     ───► index.rs   names, dates, who with whom           ┘   assets/ is its style and script
//! ```
//!
//! The first article stands in the page as it is read, so that it and its links work without any script. The others are
//! kept as text in inert `<script>` elements and become elements when they are opened: a browser then holds one article
//! and an index, be there one or a thousand. Names, time line and graph are drawn by the page's own script from the
//! index.
//!
//! Everything from a text goes through `escape.rs`; the page forbids itself every connection
//! (`Content-Security-Policy: default-src 'none'`).
//!
//! ```
//! # fn main() -> Result<(), isnad::Error> {
//! let isnad = isnad::Extractor::new()?;
//! let mut report = isnad::output::report::Report::new();
//! report.add(&isnad.extract("John Kerry met Sergey Lavrov in Geneva."));
//! let page = report.finish();
//! assert!(page.starts_with("<!doctype html>"));
//! assert!(page.contains("href=\"#d0e0\"") && page.contains("id=\"d0e0\""), "a line and its words");
//! # Ok(())
//! # }
//! ```

mod article;
mod escape;
mod facts;
mod index;
mod words;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::document::Document;
use crate::output::report::escape::{escaped, isolated, shortened};
use crate::output::report::index::Index;
use crate::output::report::words::Words;

const PAGE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/style.css");
const SCRIPT: [&str; 5] = [
    include_str!("assets/base.js"),
    include_str!("assets/card.js"),
    include_str!("assets/lists.js"),
    include_str!("assets/graph.js"),
    include_str!("assets/start.js"),
];

/// Characters of an article's first line that stand for its title.
const TITLE: usize = 110;

/// A page in the making: documents go in one by one, and none is held.
#[derive(Clone, Debug, Default)]
pub struct Report {
    title: Option<String>,
    words: Option<Words>,
    /// Each article as HTML.
    articles: Vec<String>,
    index: Index,
}

impl Report {
    /// An empty page.
    pub fn new() -> Self {
        Report::default()
    }

    /// What stands at its head, in place of a general title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The language in which the page itself speaks, `en` or `ar`; without it, that of the first article. To be called
    /// before the first document is added.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        self.words = Some(Words::of(language));
        self
    }

    /// Adds a document: its text and all that was found in it.
    pub fn add(&mut self, document: &Document<'_>) {
        let words = *self.words.get_or_insert_with(|| Words::of(document.language()));
        let d = self.articles.len();
        let title = article::title(document)
            .map_or_else(|| words.get("untitled").to_owned(), |(_, line)| shortened(line, TITLE));
        let entities = self.index.add(document, d, &title);
        let mut out = String::with_capacity(document.text().len() * 3);
        let _ = write!(
            out,
            "<article class=\"article\" id=\"a{d}\" data-d=\"{d}\" aria-labelledby=\"a{d}h\">\n<header><h2 id=\"a{d}h\" tabindex=\"-1\">"
        );
        isolated(document.id().unwrap_or(&title), &mut out);
        out.push_str("</h2><p class=\"meta\">");
        if let Some(day) = document.published() {
            let _ = write!(
                out,
                "<span>{} <time datetime=\"{day}\" dir=\"ltr\">{day}</time></span> ",
                escaped(words.get("published"))
            );
        }
        let language = format!("language-{}", document.language());
        let _ = write!(out, "<span>{}</span></p>", escaped(words.get(&language)));
        for warning in document.warnings() {
            let _ = write!(out, "<p class=\"warning\"><b>{}</b> ", escaped(words.get("warning")));
            isolated(warning, &mut out);
            out.push_str("</p>");
        }
        let language = match document.language() {
            "ar" => " lang=\"ar\"",
            "en" => " lang=\"en\"",
            _ => "",
        };
        let direction = article::home(document);
        let _ = write!(out, "</header>\n<div class=\"text\" id=\"a{d}t\"{language} dir=\"{direction}\">");
        article::text(document, d, &entities, &mut out);
        let _ = write!(
            out,
            "</div>\n<aside class=\"told\" aria-labelledby=\"a{d}f\"><h3 class=\"vh\" id=\"a{d}f\">{}</h3>\n",
            escaped(words.get("facts"))
        );
        facts::lists(document, d, words, &mut out);
        out.push_str("</aside>\n</article>");
        self.articles.push(out);
    }

    /// How many documents have been added.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether none has been added.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The page.
    pub fn finish(self) -> String {
        let words = self.words.unwrap_or(Words::of("en"));
        let mut first = String::new();
        let mut stored = String::new();
        for (d, article) in self.articles.iter().enumerate() {
            if d == 0 {
                first.push_str(article);
            } else {
                // Inert: the text between these tags is neither parsed nor run. It holds no `</script`, since all that
                // comes from an article is escaped, and no `<!--`, which would change how the end is looked for.
                let _ = writeln!(stored, "<script type=\"text/plain\" id=\"s{d}\">{article}</script>");
            }
        }
        if self.articles.is_empty() {
            first = format!("<p class=\"none\">{}</p>", escaped(words.get("no-articles")));
        }
        let title =
            self.title.as_deref().map_or_else(|| words.get("title").to_owned(), |title| shortened(title, TITLE));
        let mut heading = String::new();
        isolated(&title, &mut heading);
        let phrases: std::collections::BTreeMap<&str, &str> = words.all().collect();
        let data = format!(
            "<script type=\"application/json\" id=\"data\">{}</script>\n<script type=\"application/json\" id=\"phrases\">{}</script>",
            self.index.json(),
            escape::json(&phrases)
        );
        filled(
            PAGE,
            words,
            &[
                ("language", words.language()),
                ("direction", words.direction()),
                ("title", &escaped(&title)),
                ("heading", &heading),
                ("many", if self.articles.len() > 1 { "many" } else { "one" }),
                ("style", STYLE),
                ("first", &first),
                ("stored", &stored),
                ("data", &data),
                ("script", &SCRIPT.concat()),
            ],
        )
    }
}

/// The page of some documents: [`Report`] in one call.
pub fn page<'d, 't: 'd>(documents: impl IntoIterator<Item = &'d Document<'t>>) -> String {
    let mut report = Report::new();
    for document in documents {
        report.add(document);
    }
    report.finish()
}

/// The template with its `{{places}}` filled: `{{=key}}` is a phrase, the others are given. One pass from left to right,
/// so that nothing that was filled in is looked at again.
fn filled(template: &str, words: Words, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((key, after)) = after.split_once("}}") else { break };
        match key.strip_prefix('=') {
            Some(phrase) => escape::html(words.get(phrase), &mut out),
            None => out.push_str(values.iter().find(|(one, _)| *one == key).map_or("", |(_, value)| value)),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
