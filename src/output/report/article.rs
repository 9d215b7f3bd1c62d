//! How does an article become HTML, its names, quotations and evidence marked?
//!
//! ```text
//! text      Kerry said he would meet Lavrov.
//! mentions  ^^^^^                    ^^^^^^      <span class="m person name" id="d0m0" data-e="4">
//! said                 ^^^^^^^^^^^^^^^^^^^^      <span class="said indirect">
//! evidence  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^      <span class="ev" id="d0e2" data-r="2">
//! ```
//!
//! Marks may cross each other and run over paragraphs; elements may not. An element that has to end before its mark does
//! is opened again behind the obstacle, without its id: the ids are there once, whatever the text, and the text content
//! of the whole is the text.

use std::fmt::Write as _;

use crate::document::Document;
use crate::output::report::escape::{direction, html};
use crate::span::Span;

/// What a mark is, outermost first where two cover the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// What a relation says was said: the relation.
    Said(usize),
    /// A clause that a relation rests on: the relation, and which of its clauses.
    Evidence(usize, usize),
    /// A mention.
    Mention(usize),
    /// The word that called a rule: the relation.
    Trigger(usize),
}

/// Longer than this, a first line is a sentence and no headline.
const HEADLINE: usize = 140;

/// How many lines are looked at for a title: navigation and bylines stand above it, paragraphs do not.
const TRIED: usize = 6;

/// Where the line begins that is taken for the title: the first that speaks of somebody or something, else the first.
pub(super) fn title<'d>(document: &'d Document<'_>) -> Option<(usize, &'d str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in document.text().split_inclusive('\n') {
        if line.chars().any(char::is_alphanumeric) {
            lines.push((at, line));
        }
        if lines.len() == TRIED {
            break;
        }
        at += line.len();
    }
    let speaks = |(at, line): &&(usize, &str)| {
        let inside = *at..*at + line.len();
        document
            .mentions()
            .iter()
            .take_while(|m| m.span().start() < inside.end)
            .any(|m| inside.contains(&m.span().start()))
    };
    lines.iter().find(speaks).or(lines.first()).copied()
}

/// The text of `document`, number `d` of the page. `entity` gives the page's own numbers for the document's entities.
pub(super) fn text(document: &Document<'_>, d: usize, entity: &[usize], out: &mut String) {
    let marks = marks(document);
    let home = home(document);
    let mut pen = Pen { document, d, entity, out, open: Vec::new(), next: 0, marks: &marks };
    let mut at = 0;
    let title = title(document).map(|(at, _)| at);
    for line in document.text().split_inclusive('\n') {
        let words = line.strip_suffix('\n').unwrap_or(line);
        if words.trim().is_empty() {
            // Between paragraphs; no mark is worth an element here.
            html(line, pen.out);
        } else {
            let headline =
                title == Some(at) && words.chars().count() <= HEADLINE && at + line.len() < document.text().len();
            pen.out.push_str(if headline { "<p class=\"headline\" role=\"heading\" aria-level=\"3\"" } else { "<p" });
            if let Some(other) = direction(words).filter(|other| *other != home) {
                let language = if other == "rtl" { "ar" } else { "en" };
                let _ = write!(pen.out, " dir=\"{other}\" lang=\"{language}\"");
            }
            pen.out.push('>');
            pen.line(at, at + words.len());
            pen.out.push_str("</p>");
            html(line.get(words.len()..).unwrap_or_default(), pen.out);
        }
        at += line.len();
    }
    // Marks on nothing but the blank lines at the end still have their elements, so that no link is dead.
    let end = document.text().len();
    pen.line(end, end);
}

/// The direction of the whole: that of its language, else of most of its letters.
pub(super) fn home(document: &Document<'_>) -> &'static str {
    match document.language() {
        "ar" => "rtl",
        "en" => "ltr",
        _ => direction(document.text()).unwrap_or("ltr"),
    }
}

/// All marks, in the order in which they are opened.
fn marks(document: &Document<'_>) -> Vec<(Span, Mark)> {
    let mut marks = Vec::new();
    for (m, mention) in document.mentions().iter().enumerate() {
        marks.push((mention.span(), Mark::Mention(m)));
    }
    for (r, relation) in document.relations().iter().enumerate() {
        marks.extend(relation.evidence().iter().enumerate().map(|(n, span)| (*span, Mark::Evidence(r, n))));
        marks.push((relation.trigger(), Mark::Trigger(r)));
        if relation.kind() == "statement" {
            marks.extend(relation.content().iter().map(|span| (*span, Mark::Said(r))));
        }
    }
    marks.retain(|(span, mark)| {
        // Every mention and every clause keeps its element, be it empty; the rest is decoration.
        !span.is_empty() || matches!(mark, Mark::Mention(_) | Mark::Evidence(..))
    });
    marks.sort_by_key(|(span, mark)| (span.start(), usize::MAX - span.end(), *mark));
    marks
}

struct Pen<'a, 't> {
    document: &'a Document<'t>,
    d: usize,
    entity: &'a [usize],
    out: &'a mut String,
    marks: &'a [(Span, Mark)],
    /// The first mark that no line has opened yet.
    next: usize,
    /// Marks that are not at their end, outermost first, each with whether its element (and id) has been written.
    open: Vec<(Span, Mark, bool)>,
}

impl Pen<'_, '_> {
    /// The words from `from` to `to`, inside one paragraph. Elements are opened and closed within it.
    fn line(&mut self, from: usize, to: usize) {
        let (mut at, end) = (from, self.document.text().len());
        // What an earlier paragraph left open.
        self.open.retain(|(span, _, written)| span.end() > from || !written);
        for i in 0..self.open.len() {
            self.begin(i);
        }
        loop {
            // A mark that begins where the line ends belongs to the next one, unless it has no words at all.
            let here = |span: &Span| span.start() < to || to == end || (span.is_empty() && span.start() == to);
            let opens = self.marks.get(self.next).filter(|(span, _)| here(span)).map(|(span, _)| span.start().max(at));
            let closes = self.open.iter().map(|(span, ..)| span.end()).min().filter(|end| *end <= to);
            let stop = match (opens, closes) {
                (Some(open), Some(close)) => open.min(close),
                (one, other) => one.or(other).unwrap_or(to),
            };
            if opens.is_none() && closes.is_none() {
                break;
            }
            self.words(at, stop);
            at = at.max(stop);
            if closes.is_some_and(|end| end <= stop) {
                self.end_all_at(stop);
            } else if let Some((span, mark)) = self.marks.get(self.next).copied() {
                self.next += 1;
                self.open.push((span, mark, false));
                self.begin(self.open.len() - 1);
            }
        }
        self.words(at, to);
        for _ in 0..self.open.len() {
            self.out.push_str("</span>");
        }
    }

    fn words(&mut self, from: usize, to: usize) {
        html(self.document.text().get(from..to).unwrap_or_default(), self.out);
    }

    /// Closes every mark that ends here; those that stood inside one and go on are opened again.
    fn end_all_at(&mut self, at: usize) {
        let Some(outermost) = self.open.iter().position(|(span, ..)| span.end() <= at) else { return };
        for _ in outermost..self.open.len() {
            self.out.push_str("</span>");
        }
        let rest = self.open.split_off(outermost);
        for still in rest.into_iter().filter(|(span, ..)| span.end() > at) {
            self.open.push(still);
            self.begin(self.open.len() - 1);
        }
    }

    /// The start tag of open mark number `i`: with its id the first time.
    fn begin(&mut self, i: usize) {
        let Some((_, mark, written)) = self.open.get_mut(i) else { return };
        let (mark, again) = (*mark, std::mem::replace(written, true));
        let (d, out) = (self.d, &mut *self.out);
        // Writing to a string cannot fail.
        let _ = match mark {
            Mark::Mention(m) => {
                let Some(mention) = self.document.mentions().get(m) else { return };
                let entity = self.entity.get(mention.entity().index()).copied().unwrap_or_default();
                let _ = write!(
                    out,
                    "<span class=\"m {} {}\" data-e=\"{entity}\"",
                    mention.entity_kind().as_str(),
                    mention.kind().as_str()
                );
                if again {
                    write!(out, " data-of=\"d{d}m{m}\">")
                } else {
                    let _ = write!(out, " id=\"d{d}m{m}\" data-why=\"");
                    html(mention.source(), out);
                    out.push_str(if mention.is_metonym() { " metonym\"" } else { "\"" });
                    if let Some(why) = mention.why() {
                        out.push_str(" data-rests=\"");
                        html(why, out);
                        out.push('"');
                    }
                    out.push('>');
                    Ok(())
                }
            }
            Mark::Evidence(r, n) if again => write!(out, "<span class=\"ev\" data-r=\"{r}\" data-n=\"{n}\">"),
            Mark::Evidence(r, 0) => write!(out, "<span class=\"ev\" data-r=\"{r}\" data-n=\"0\" id=\"d{d}e{r}\">"),
            Mark::Evidence(r, n) => {
                write!(out, "<span class=\"ev\" data-r=\"{r}\" data-n=\"{n}\" id=\"d{d}e{r}-{n}\">")
            }
            Mark::Said(r) => {
                let mode = self.document.relations().get(r).and_then(|relation| relation.field("mode"));
                let mode = if mode == Some("direct") { "direct" } else { "indirect" };
                write!(out, "<span class=\"said {mode}\" data-r=\"{r}\">")
            }
            Mark::Trigger(r) => write!(out, "<span class=\"t\" data-r=\"{r}\">"),
        };
    }
}
