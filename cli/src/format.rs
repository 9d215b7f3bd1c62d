//! In which formats can `isnad extract` write, and which files does each make?
//!
//! ```text
//! jsonl ─► one stream: part-00000.jsonl        csv ─► four: part-00000.mentions.csv, ….edges.csv
//! brat  ─► files of each document: part-00000/000000.txt, part-00000/000000.ann
//! ```

use clap::ValueEnum;
use isnad::Document;
use isnad::output::{brat, conll, csv, json, ntriples};

use crate::archive::Shape;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for people
    Table,
    /// One line of JSON for each article
    Jsonl,
    /// All four CSV tables (needs --out)
    Csv,
    /// Every mention, one a row
    CsvMentions,
    /// Every entity of every article, one a row
    CsvEntities,
    /// Every relation, one a row
    CsvRelations,
    /// Who with whom, pair by pair, for tools that draw graphs
    CsvEdges,
    /// One token a line, with its name in BIO
    Conll,
    /// Standoff files for brat (needs --out)
    Brat,
    /// RDF, one triple a line
    Ntriples,
}

impl Format {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::CsvMentions => "csv-mentions",
            Format::CsvEntities => "csv-entities",
            Format::CsvRelations => "csv-relations",
            Format::CsvEdges => "csv-edges",
            Format::Conll => "conll",
            Format::Brat => "brat",
            Format::Ntriples => "ntriples",
        }
    }

    /// The files that it makes in a folder.
    pub(crate) fn shape(self) -> Shape {
        const MENTIONS: (&str, &str) = ("mentions.csv", csv::MENTIONS);
        const ENTITIES: (&str, &str) = ("entities.csv", csv::ENTITIES);
        const RELATIONS: (&str, &str) = ("relations.csv", csv::RELATIONS);
        const EDGES: (&str, &str) = ("edges.csv", csv::EDGES);
        match self {
            Format::Table => Shape::Streams(&[("txt", "")]),
            Format::Jsonl => Shape::Streams(&[("jsonl", "")]),
            Format::Csv => Shape::Streams(&[MENTIONS, ENTITIES, RELATIONS, EDGES]),
            Format::CsvMentions => Shape::Streams(&[MENTIONS]),
            Format::CsvEntities => Shape::Streams(&[ENTITIES]),
            Format::CsvRelations => Shape::Streams(&[RELATIONS]),
            Format::CsvEdges => Shape::Streams(&[EDGES]),
            Format::Conll => Shape::Streams(&[("conll", "")]),
            Format::Ntriples => Shape::Streams(&[("nt", "")]),
            Format::Brat => Shape::Files(&["txt", "ann"]),
        }
    }

    /// What stands above the first document on standard output; `None` where the format needs a folder.
    pub(crate) fn head(self) -> Option<&'static str> {
        match self.shape() {
            Shape::Streams([(_, head)]) => Some(head),
            _ => None,
        }
    }

    /// A document, part by part as [`shape`](Self::shape) lists them. `table` draws tables.
    pub(crate) fn render(
        self,
        doc: &Document<'_>,
        with_text: bool,
        table: impl Fn(&Document<'_>) -> String,
    ) -> Vec<String> {
        match self {
            Format::Table => vec![table(doc)],
            Format::Jsonl if with_text => vec![json::to_line_with_text(doc) + "\n"],
            Format::Jsonl => vec![json::to_line(doc) + "\n"],
            Format::Csv => vec![csv::mentions(doc), csv::entities(doc), csv::relations(doc), csv::edges(doc)],
            Format::CsvMentions => vec![csv::mentions(doc)],
            Format::CsvEntities => vec![csv::entities(doc)],
            Format::CsvRelations => vec![csv::relations(doc)],
            Format::CsvEdges => vec![csv::edges(doc)],
            Format::Conll => vec![conll::document(doc)],
            Format::Brat => vec![doc.text().to_owned(), brat::annotations(doc)],
            Format::Ntriples => vec![ntriples::document(doc)],
        }
    }
}
