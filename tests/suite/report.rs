//! Is the page that people read whole and safe? Read by an HTML parser that is not ours.
//!
//! ```text
//! Document ─► page ─► html5ever ─► every mention once · every line leads to its words · the text is the text
//! ```

use std::collections::{BTreeMap, BTreeSet};

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};
use isnad::Document;
use isnad::output::{json, report};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use crate::shared::{articles, isnad};

/// An element of a parsed page: its attributes and its text content.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn get(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|one| one == class)
    }
}

/// Adds every element below `node` to `all`, in document order, and returns the text content.
fn walk(node: &Handle, all: &mut Vec<Element>) -> String {
    let at = all.len();
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
        all.push(Element { name: name.local.to_string(), attributes, text: String::new() });
    }
    let mut text = String::new();
    for child in node.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            _ => text.push_str(&walk(child, all)),
        }
    }
    if let NodeData::Element { .. } = &node.data {
        all[at].text.clone_from(&text);
    }
    text
}

fn elements(dom: &RcDom) -> Vec<Element> {
    let mut all = Vec::new();
    walk(&dom.document, &mut all);
    all
}

/// A page, and each of its articles: the first as it stands, the others as the page's script would open them.
struct Page {
    whole: Vec<Element>,
    articles: Vec<Vec<Element>>,
}

fn read(html: &str) -> Page {
    let whole = elements(&parse_document(RcDom::default(), ParseOpts::default()).one(html));
    let mut articles = Vec::new();
    // The elements of the first article are those with its ids, and what stands between them; the whole page will do.
    articles.push(elements(&parse_document(RcDom::default(), ParseOpts::default()).one(html)));
    for stored in whole.iter().filter(|e| e.name == "script" && e.get("type") == "text/plain") {
        let body = QualName::new(None, ns!(html), local_name!("body"));
        let dom =
            parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(stored.text.as_str());
        articles.push(elements(&dom));
    }
    Page { whole, articles }
}

/// What a browser keeps of a text: all of it but U+0000.
fn kept(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// What stands in paragraphs: not the line breaks between them, nor lines of white space alone.
fn in_paragraphs(doc: &Document<'_>, range: std::ops::Range<usize>) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for line in doc.text().split_inclusive('\n') {
        let words = line.strip_suffix('\n').unwrap_or(line);
        let (from, to) = (range.start.max(at), range.end.min(at + words.len()));
        if from < to && !words.trim().is_empty() {
            out.push_str(&doc.text()[from..to]);
        }
        at += line.len();
    }
    kept(&out)
}

/// Every promise of the page about document number `d`.
fn holds(doc: &Document<'_>, d: usize, article: &[Element]) {
    let by_id = |id: &str| {
        let found: Vec<&Element> = article.iter().filter(|e| e.get("id") == id).collect();
        assert_eq!(found.len(), 1, "the id {id} stands {} times", found.len());
        found[0]
    };
    assert_eq!(by_id(&format!("a{d}t")).text, kept(doc.text()), "the text content is the text");
    for (m, mention) in doc.mentions().iter().enumerate() {
        let id = format!("d{d}m{m}");
        let first = by_id(&id);
        assert!(first.has_class("m") && first.has_class(mention.kind().as_str()), "{first:?}");
        assert!(first.has_class(mention.entity_kind().as_str()), "{first:?}");
        let rest = article.iter().filter(|e| e.get("data-of") == id).map(|e| e.text.as_str());
        let pieces: String = std::iter::once(first.text.as_str()).chain(rest).collect();
        assert_eq!(pieces, in_paragraphs(doc, mention.span().range()), "the pieces of {id}");
    }
    for (r, relation) in doc.relations().iter().enumerate() {
        let line = by_id(&format!("d{d}r{r}"));
        for m in line.get("data-m").split(' ').filter(|m| !m.is_empty()) {
            by_id(&format!("d{d}m{m}"));
        }
        for (n, span) in relation.evidence().iter().enumerate() {
            let id = if n == 0 { format!("d{d}e{r}") } else { format!("d{d}e{r}-{n}") };
            by_id(&id);
            let links = article.iter().filter(|e| e.name == "a" && e.get("href") == format!("#{id}")).count();
            assert_eq!(links, 1, "links to {id}");
            let of = |e: &&Element| {
                e.has_class("ev") && e.get("data-r") == r.to_string() && e.get("data-n") == n.to_string()
            };
            let pieces: String = article.iter().filter(of).map(|e| e.text.as_str()).collect();
            assert_eq!(pieces, in_paragraphs(doc, span.range()), "the words of {id}");
        }
    }
}

/// What holds for every page: ids once, local links alive, nothing fetched, nothing run but our own script.
fn sound(page: &Page) {
    let mut ids = BTreeSet::new();
    let stored = page.articles.iter().skip(1).flatten();
    for element in page.whole.iter().chain(stored) {
        let id = element.get("id");
        assert!(id.is_empty() || ids.insert(id.to_owned()), "the id {id} stands twice");
        for (key, value) in &element.attributes {
            assert!(!key.starts_with("on"), "an event handler: {element:?}");
            assert!(key != "src" && key != "srcset" && key != "style" && key != "formaction", "{element:?}");
            assert!(key != "href" || value.starts_with('#') || value == "data:,", "a link to elsewhere: {element:?}");
        }
        let known = ["iframe", "object", "embed", "img", "form", "base", "audio", "video", "template"];
        assert!(!known.contains(&element.name.as_str()), "{element:?}");
    }
    let scripts: Vec<&Element> = page.whole.iter().filter(|e| e.name == "script").collect();
    let running = scripts.iter().filter(|e| !e.attributes.contains_key("type")).count();
    assert_eq!(running, 1, "one script runs, ours");
    for data in scripts.iter().filter(|e| e.get("type") == "application/json") {
        serde_json::from_str::<serde_json::Value>(&data.text).expect("the data is JSON");
    }
    let policy = page.whole.iter().find(|e| e.get("http-equiv") == "Content-Security-Policy").expect("a policy");
    assert!(policy.get("content").starts_with("default-src 'none';"));
    let style = page.whole.iter().find(|e| e.name == "style").expect("a style");
    assert!(!style.text.contains("url(") && !style.text.contains("@import"), "the style fetches nothing");
}

fn checked(docs: &[Document<'_>]) -> String {
    let html = report::page(docs);
    let page = read(&html);
    sound(&page);
    assert_eq!(page.articles.len(), docs.len().max(1));
    for (d, (doc, article)) in docs.iter().zip(&page.articles).enumerate() {
        holds(doc, d, article);
    }
    html
}

#[test]
fn every_article_is_whole_and_every_line_leads_to_its_words() {
    let articles = articles();
    for language in ["ar", "en"] {
        let docs: Vec<Document<'_>> = articles
            .iter()
            .filter(|article| article.language == language)
            .map(|article| isnad().extract(isnad::Input::new(&*article.text).id(&*article.name)))
            .collect();
        assert!(docs.iter().any(|doc| doc.relations().iter().any(|r| r.evidence().len() > 1)), "a copied paragraph");
        let html = checked(&docs);
        let direction = if language == "ar" { "dir=\"rtl\"" } else { "dir=\"ltr\"" };
        assert!(
            html.contains(&format!("<html lang=\"{language}\" {direction}")),
            "the page speaks as its first article"
        );
        assert_eq!(html, checked(&docs), "the same documents give the same bytes");
    }
}

#[test]
fn a_document_read_back_gives_the_same_page() {
    for article in articles().iter().take(3) {
        let doc = isnad().extract(&*article.text);
        let back = json::from_line(&article.text, &json::to_line(&doc)).unwrap();
        assert_eq!(report::page([&doc]), report::page([&back]));
    }
}

/// A document with any marks over any text, as only a line of the wire form can bring it.
fn made(id: &str, text: &str, mentions: &[(usize, usize)], evidence: &[(usize, usize)]) -> Document<'static> {
    let span = |(start, end): &(usize, usize)| serde_json::json!({"start": start, "end": end});
    let mention = |(start, end): &(usize, usize)| {
        serde_json::json!({"start": start, "end": end, "text": &text[*start..*end], "kind": "name", "type": "person",
            "entity": id, "source": id})
    };
    let first = evidence.first().copied().unwrap_or((0, 0));
    let line = serde_json::json!({"schema": 1, "id": id, "language": "en", "published": null, "warnings": [id],
        "text": text, "mentions": mentions.iter().map(mention).collect::<Vec<_>>(),
        "entities": [{"id": id, "type": "person", "known": false, "name": {"en": id, "ar": id}, "identifiers": {"wikidata": id}}],
        "relations": [{"type": "statement", "modality": "denied", "reported_by": id, "date": id, "via": id,
            "arguments": [{"role": id, "entity": id, "start": first.0, "end": first.1}],
            "trigger": span(&first), "evidence": evidence.iter().map(span).collect::<Vec<_>>(),
            "content": evidence.iter().map(span).collect::<Vec<_>>(), "mode": id, "stance": id, "rule": id, "codes": {id: id},
            "confidence": 0.5},
            {"type": id, "modality": "asserted", "reported_by": null, "date": null, "via": null, "arguments": [],
            "trigger": span(&first), "evidence": [span(&first)], "rule": "x", "codes": {}, "confidence": 1.0, "role": id}]});
    json::from_line_with_text(&line.to_string()).unwrap()
}

/// What would leave its place, if anything could.
const HOSTILE: [&str; 8] = [
    "</script><script>document.title='taken'</script>",
    "<!--<script>",
    "\" onfocus=\"document.title='taken'\" x=\"",
    "' onclick='alert(1)' &lt;b&gt; &amp;amp; &#0;",
    "\u{202E}reversed\u{2066} and never closed \u{202B}",
    "{{script}}{{=title}}]]>\u{2028}\u{2029}\0\u{1}\u{7F}\u{85}\r\r\n",
    "<img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "</title></style></textarea></noscript><plaintext>",
];

#[test]
fn hostile_text_stays_text() {
    let text = HOSTILE.join("\n\n");
    let spans: Vec<(usize, usize)> =
        HOSTILE.iter().map(|one| text.find(one).unwrap()).zip(HOSTILE).map(|(at, one)| (at, at + one.len())).collect();
    let docs: Vec<Document<'_>> = HOSTILE.iter().map(|id| made(id, &text, &spans, &spans)).collect();
    checked(&docs);
    let mut page = report::Report::new().title(HOSTILE.concat());
    docs.iter().for_each(|doc| page.add(doc));
    let page = read(&page.finish());
    sound(&page);
    assert_eq!(page.whole.iter().filter(|e| e.name == "title").count(), 1);
}

#[test]
fn a_page_without_articles_says_so() {
    let html = checked(&[]);
    assert!(html.contains("no article was read"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Marks that cross each other and run over paragraphs: each is there once, in pieces that make up its words.
    #[test]
    fn any_marks_over_any_text(
        letters in prop::collection::vec(prop::sample::select(vec!["a", "ب", "<", "&", "\"", "\n", "\n\n", " ", "\r\n", "\0", "é", "\u{202E}", "</p>"]), 1..40),
        marks in prop::collection::vec((0..60_usize, 0..60_usize), 0..7),
        clauses in prop::collection::vec((0..60_usize, 0..60_usize), 0..5),
    ) {
        let text = letters.concat();
        let at = |n: usize| (0..=n.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let spans = |all: &[(usize, usize)]| all.iter().map(|(a, b)| (at(*a.min(b)), at(*a.max(b)))).collect::<Vec<_>>();
        checked(&[made("x", &text, &spans(&marks), &spans(&clauses)), made("y", &text, &spans(&clauses), &spans(&marks))]);
    }
}
