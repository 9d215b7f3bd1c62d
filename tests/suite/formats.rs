//! Do readers that know nothing of isnad understand what it writes?
//!
//! ```text
//! json      the published schema, by a validator          csv       the csv crate
//! ntriples  oxttl                                         conll, brat   readers after the formats' own descriptions
//! ```
//!
//! No crate reads CoNLL's BIO columns or brat's files; the readers here are short, follow those formats' descriptions and
//! hold every offset against the text.

use std::collections::{HashMap, HashSet};

use isnad::output::{brat, conll, csv as tables, json, ntriples};
use isnad::{Document, Input, MentionKind, Span};
use serde_json::Value;

use crate::shared::{articles, isnad};

/// Texts that hurt writers, besides the articles.
const HARD: [&str; 7] = [
    "",
    "\0\u{1f}",
    "John Kerry\t\"said\"\\ \u{2028}\r\nJohn Kerry, <b>& Sergei\nLavrov</b>; \"We, too\", he said.",
    "=SUM(A1)\n,John Kerry,\n\"Angela Merkel\"",
    "وكيري ولافروف. قال جون كيري: \"لا\"\r\nوقال سيرغي\u{200F} لافروف إن «السلام،\nوالأمن» هدف.",
    "😀 Last week, in a hall of the old town of Geneva, the American diplomat whose name is John\nKerry met Sergei Lavrov 😀.",
    "\u{FEFF}Obama met\u{A0}Angela  Merkel",
];

fn documents() -> Vec<Document<'static>> {
    let mut all: Vec<Document<'static>> = articles()
        .iter()
        .map(|a| isnad().extract(Input::new(a.text.clone()).id(a.name.clone())).into_owned())
        .collect();
    for (n, text) in HARD.into_iter().enumerate() {
        all.push(isnad().extract(text));
        all.push(isnad().extract(Input::new(text).id(format!("a \"{n}\",\n<b> %é"))));
    }
    assert!(all.iter().map(|doc| doc.relations().len()).sum::<usize>() > 20, "there must be something to write");
    all
}

#[test]
fn lines_keep_to_the_published_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../schema/isnad-document.v1.schema.json")).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("urn:isnad:schema:document:1", schema).unwrap();
    let schema = compiler.compile("urn:isnad:schema:document:1", &mut schemas).unwrap();
    for doc in documents() {
        for line in [json::to_line(&doc), json::to_line_with_text(&doc)] {
            let value: Value = serde_json::from_str(&line).unwrap();
            schemas.validate(&value, schema).unwrap_or_else(|error| panic!("{error:#}\n{line}"));
        }
    }
    // It can tell good from bad.
    let good: Value =
        serde_json::from_str(&json::to_line(&isnad().extract("John Kerry met Sergei Lavrov in Geneva."))).unwrap();
    let hurt: [(&str, Value); 6] = [
        ("/schema", 2.into()),
        ("/mentions/0/kind", "nickname".into()),
        ("/mentions/0/start", (-1).into()),
        ("/entities/0/id", "kerry".into()),
        ("/relations/0/modality", "sure".into()),
        ("/relations/0/confidence", 2.into()),
    ];
    for (place, value) in hurt {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        assert!(schemas.validate(&bad, schema).is_err(), "{place}");
    }
}

#[test]
fn a_line_with_its_text_comes_back_alone() {
    for doc in documents() {
        let line = json::to_line_with_text(&doc);
        let back = json::from_line_with_text(&line).unwrap();
        assert_eq!(json::to_line_with_text(&back), line);
        assert_eq!(json::from_line(doc.text(), &line).unwrap(), back, "the key is unknown to who does not need it");
    }
    let error = json::from_line_with_text(&json::to_line(&isnad().extract("x"))).unwrap_err().to_string();
    assert!(error.contains("does not hold its text"), "{error}");
}

/// The rows of a table as maps from column to cell.
fn rows(head: &str, body: &str) -> Vec<HashMap<String, String>> {
    let whole = head.to_owned() + body;
    let mut reader = ::csv::Reader::from_reader(whole.as_bytes());
    let rows: Result<Vec<HashMap<String, String>>, _> = reader.deserialize().collect();
    rows.unwrap()
}

#[test]
fn tables_are_read_by_the_csv_crate() {
    for doc in documents() {
        let mentions = rows(tables::MENTIONS, &tables::mentions(&doc));
        assert_eq!(mentions.len(), doc.mentions().len());
        for (row, mention) in mentions.iter().zip(doc.mentions()) {
            assert_eq!(row["text"], doc[mention.span()]);
            let span = Span::new(row["start"].parse().unwrap(), row["end"].parse().unwrap());
            assert_eq!((span, &*row["entity"]), (mention.span(), doc.entity(mention.entity()).id()));
            assert!(doc.id().is_none_or(|id| row["document"] == id));
        }
        let entities = rows(tables::ENTITIES, &tables::entities(&doc));
        assert!(entities.iter().map(|row| &*row["entity"]).eq(doc.entities().iter().map(|e| e.id())));
        let relations = rows(tables::RELATIONS, &tables::relations(&doc));
        assert_eq!(relations.len(), doc.relations().len());
        for (row, relation) in relations.iter().zip(doc.relations()) {
            assert_eq!(row["type"], relation.kind());
            assert_eq!(row["trigger"], doc[relation.trigger()]);
            let speakers: Vec<&str> = relation.arguments_of("speaker").map(|a| doc.entity(a.entity()).id()).collect();
            assert_eq!(row["speaker"], speakers.join("; "));
        }
        for row in rows(tables::EDGES, &tables::edges(&doc)) {
            let number: usize = row["number"].parse().unwrap();
            assert_eq!(row["type"], doc.relations()[number].kind());
            assert!(row["source"] != row["target"]);
            let strangers = [&row["source"], &row["target"]].into_iter().filter(|id| id.starts_with("unknown/"));
            assert!(strangers.into_iter().all(|id| id.ends_with(&format!("@{}", row["document"]))));
        }
    }
}

#[test]
fn a_meeting_of_three_has_three_edges() {
    let doc = isnad().extract("John Kerry met Sergei Lavrov and Angela Merkel in Geneva.");
    let edges = rows(tables::EDGES, &tables::edges(&doc));
    let sides: Vec<_> = edges.iter().filter(|row| row["role"] == "participant").collect();
    assert_eq!(sides.len(), 3);
    assert!(sides.iter().all(|row| row["directed"] == "false"));
}

#[test]
fn triples_are_read_by_oxttl() {
    for doc in documents() {
        let text = ntriples::document(&doc);
        let triples: Vec<_> = oxttl::NTriplesParser::new()
            .for_slice(&text)
            .map(|t| t.unwrap_or_else(|e| panic!("{e}\n{text}")))
            .collect();
        assert_eq!(triples.len(), text.lines().count());
        let about = |predicate: &str| {
            triples
                .iter()
                .filter(|t| t.predicate.as_str() == predicate)
                .map(|t| t.object.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(about("urn:isnad:vocab:trigger").len(), 0, "no such predicate: the reader can tell");
        assert_eq!(about("urn:isnad:vocab:statedIn").len(), doc.relations().len());
        let participants =
            doc.relations().iter().flat_map(|r| r.arguments_of("participant").collect::<Vec<_>>()).count();
        assert_eq!(about("urn:isnad:vocab:participant").len(), participants);
        let labels: HashSet<String> = about("http://www.w3.org/2000/01/rdf-schema#label").into_iter().collect();
        for entity in doc.entities() {
            if let Some(name) = entity.name("ar") {
                assert!(labels.contains(&format!("\"{name}\"@ar")), "{name}");
            }
        }
        let evidence = about("urn:isnad:vocab:evidence");
        assert!(evidence.len() >= doc.relations().len());
    }
}

/// As readers of the CoNLL form do it: lines of columns, the token first, the tag last, an empty line ends a sentence.
fn read_conll(text: &str) -> Vec<Vec<Vec<&str>>> {
    let mut sentences = vec![Vec::new()];
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        match line {
            "" => sentences.push(Vec::new()),
            line => sentences.last_mut().unwrap().push(line.split('\t').collect()),
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[test]
fn conll_says_what_the_mentions_say() {
    for doc in documents() {
        let text = conll::document(&doc);
        assert!(text.starts_with("# document = ") && text.ends_with('\n'));
        // Names put together from the tags, as an evaluator does.
        let (mut names, mut end): (Vec<(usize, usize, String)>, usize) = (Vec::new(), 0);
        for row in read_conll(&text).iter().flatten() {
            let [token, start, stop, entity, tag] = row[..] else { panic!("{row:?}") };
            let (start, stop): (usize, usize) = (start.parse().unwrap(), stop.parse().unwrap());
            assert_eq!(&doc.text()[start..stop], token);
            assert!(end <= start, "tokens stand in order");
            end = stop;
            match tag.split_once('-') {
                None => assert_eq!((tag, entity), ("O", "_")),
                Some(("B", _)) => names.push((start, stop, entity.to_owned())),
                Some(("I", _)) => names.last_mut().unwrap().1 = stop,
                Some(_) => panic!("{tag}"),
            }
        }
        let mut end = 0;
        let mut want = Vec::new();
        for m in doc.mentions().iter().filter(|m| !matches!(m.kind(), MentionKind::Role | MentionKind::Pronoun)) {
            if m.span().start() >= end {
                end = m.span().end();
                want.push((m.span().start(), end, doc.entity(m.entity()).id().to_owned()));
            }
        }
        assert_eq!(names, want, "{text}");
    }
}

#[test]
fn a_clitic_is_a_token_of_its_own() {
    let doc = isnad().extract("وقال جون كيري ولافروف كلمة.");
    let text = conll::document(&doc);
    assert!(text.contains("\nو\t") && text.contains("\nلافروف\t"), "{text}");
}

/// brat's standoff form: what an annotation tool checks when it opens a pair of files.
fn read_brat(text: &str, ann: &str) -> HashMap<String, String> {
    let characters: Vec<char> = text.chars().collect();
    let mut known: HashMap<String, String> = HashMap::new();
    for line in ann.lines() {
        let (id, rest) = line.split_once('\t').unwrap_or_else(|| panic!("{line:?}"));
        let (head, tail) = rest.split_once('\t').unwrap_or((rest, ""));
        let words: Vec<&str> = head.split(' ').collect();
        let is_type = |word: &str| assert!(word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{line:?}");
        match id.chars().next() {
            Some('T') => {
                is_type(words[0]);
                let fragments = head[words[0].len() + 1..].split(';').map(|fragment| {
                    let (start, end) = fragment.split_once(' ').unwrap();
                    let piece: String = characters[start.parse().unwrap()..end.parse().unwrap()].iter().collect();
                    assert!(!piece.is_empty() && !piece.contains('\n'), "{line:?}");
                    piece
                });
                assert_eq!(fragments.collect::<Vec<_>>().join(" ").replace('\t', " "), tail, "{line:?}");
            }
            Some('E') => {
                let mut roles = HashSet::new();
                for word in words {
                    let (role, filler) = word.split_once(':').unwrap();
                    is_type(role);
                    assert!(roles.insert(role), "a role stands once: {line:?}");
                    assert!(known.contains_key(filler), "{line:?}");
                }
            }
            Some('A' | 'N' | '#') => assert!(known.contains_key(words[1]), "{line:?}"),
            _ => panic!("{line:?}"),
        }
        assert!(known.insert(id.to_owned(), head.to_owned()).is_none(), "{id} stands twice");
    }
    known
}

#[test]
fn brat_opens_what_is_written() {
    for doc in documents() {
        let ann = brat::annotations(&doc);
        let known = read_brat(doc.text(), &ann);
        let count = |letter: char| known.keys().filter(|id| id.starts_with(letter)).count();
        assert_eq!(count('N'), doc.mentions().iter().filter(|m| doc[m.span()] != *"\n").count());
        let shown = doc.relations().iter().filter(|r| !doc[r.trigger()].trim_matches('\n').is_empty()).count();
        assert_eq!(count('E'), shown);
    }
}
