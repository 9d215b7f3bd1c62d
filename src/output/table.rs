//! How does a document look as a table for people?
//!
//! ```text
//! ┌───────────────────┬────────┬────────────┬───────┬─────────┐
//! │ entity            ┆ type   ┆ name       ┆ times ┆ also    │
//! ╞═══════════════════╪════════╪════════════╪═══════╪═════════╡
//! │ person/john-kerry ┆ person ┆ John Kerry ┆     2 ┆ كيري    │
//! └───────────────────┴────────┴────────────┴───────┴─────────┘
//! ```
//!
//! (Shown without its invisible marks.) The same characters for the same document every time, plain text unless
//! [`Layout::colour`] asks for more. Whatever runs from right to left is set between U+2068 and U+2069 (first strong
//! isolate … pop directional isolate), line by line: a terminal or browser then orders the letters inside the cell and
//! leaves the columns where they are. Both marks have no width.

use std::fmt::Write as _;

use comfy_table::presets::{UTF8_FULL, UTF8_FULL_CONDENSED};
use comfy_table::{CellAlignment, ContentArrangement};

use crate::document::Document;
use crate::entity::{Entity, EntityId, EntityKind};
use crate::output::colour::{self, Ink, marked};
use crate::relation::{Modality, Relation};
use crate::span::Span;

/// The entities of a document, one a row, in the order of their first mention.
pub fn entities(document: &Document<'_>) -> String {
    Layout::new().entities(document)
}

/// The relations of a document, one a row, in the order of their first evidence.
pub fn relations(document: &Document<'_>) -> String {
    Layout::new().relations(document)
}

/// How tables are laid out.
///
/// ```no_run
/// # fn main() -> Result<(), isnad::Error> {
/// let isnad = isnad::Extractor::new()?;
/// let doc = isnad.extract("John Kerry met Sergei Lavrov in Geneva.");
/// print!("{}", isnad::output::table::Layout::new().width(80).relations(&doc));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    width: Option<u16>,
    colour: bool,
    explain: bool,
}

/// Columns that may stand between cells, as comfy-table draws them. They never stand inside one: see [`clean`].
const WALLS: [char; 2] = ['│', '┆'];

/// Stands for ل until the table is drawn. comfy-table counts لا as the one ligature that a book would print; terminals
/// give each letter its own column, so a word with it would push the wall to its right by one.
const LAM: char = '\u{F8F0}';

/// Characters of the text that a cell shows at most; the reader wants to recognise the place, not to read it all.
const LONGEST: usize = 160;

impl Layout {
    /// As wide as the longest cells ask for.
    pub fn new() -> Self {
        Layout::default()
    }

    /// At most `columns` wide: longer cells are broken between words.
    #[must_use]
    pub fn width(mut self, columns: u16) -> Self {
        self.width = Some(columns);
        self
    }

    /// With terminal colours by kind of entity. Take the colour away and the plain table is left, to the character.
    #[must_use]
    pub fn colour(mut self, on: bool) -> Self {
        self.colour = on;
        self
    }

    /// With a second row under each relation: the rule that found it, the words it was called by and those that fill
    /// each role, where they stand (in bytes), and the whole clause.
    #[must_use]
    pub fn explain(mut self, on: bool) -> Self {
        self.explain = on;
        self
    }

    /// As [`entities`], in this layout.
    pub fn entities(self, document: &Document<'_>) -> String {
        if document.entities().is_empty() {
            return "no entities\n".to_owned();
        }
        let mut table = self.table(comfy_table::Table::new(), ["entity", "type", "name", "times", "also"]);
        table.load_style(UTF8_FULL_CONDENSED);
        for entity in document.entities() {
            let name = clean(name(document, entity));
            let ink = |text: &str| marked(self.colour, Ink::Entity(entity.kind()), text);
            table.add_row([
                clean(entity.id()),
                ink(entity.kind().as_str()),
                ink(&name),
                entity.mentions().len().to_string(),
                also(document, entity, &name),
            ]);
        }
        if let Some(times) = table.column_mut(3) {
            times.set_cell_alignment(CellAlignment::Right);
        }
        isolated(&table)
    }

    /// As [`relations`], in this layout.
    pub fn relations(self, document: &Document<'_>) -> String {
        if document.relations().is_empty() {
            return "no relations\n".to_owned();
        }
        let mut table = self.table(comfy_table::Table::new(), ["relation", "who and where", "when", "words"]);
        table.load_style(UTF8_FULL);
        for relation in document.relations() {
            table.add_row([
                self.heading(relation),
                self.arguments(document, relation),
                marked(self.colour, Ink::Entity(EntityKind::Date), &clean(relation.date().unwrap_or(""))),
                words(document, relation),
            ]);
            if self.explain {
                table.add_row(self.explanation(document, relation));
            }
        }
        isolated(&table)
    }

    fn table<const N: usize>(self, mut table: comfy_table::Table, header: [&str; N]) -> comfy_table::Table {
        if let Some(width) = self.width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        table.set_header(header);
        table
    }

    /// "meeting", "visit (planned)", "position (former)".
    fn heading(self, relation: &Relation) -> String {
        let modality = Some(relation.modality()).filter(|m| *m != Modality::Asserted).map(Modality::as_str);
        let status = relation.field("status").filter(|status| *status != "current");
        let notes: Vec<&str> =
            [modality, status, relation.field("by"), relation.field("stance")].into_iter().flatten().collect();
        let ink = if relation.modality() == Modality::Denied { Ink::Denied } else { Ink::Fact };
        let kind = marked(self.colour, ink, &clean(relation.kind()));
        if notes.is_empty() { kind } else { format!("{kind} ({})", clean(&notes.join(", "))) }
    }

    /// One line for each role: "participant: John Kerry, Sergei Lavrov".
    fn arguments(self, document: &Document<'_>, relation: &Relation) -> String {
        let name_of = |id: EntityId| {
            let entity = document.entity(id);
            marked(self.colour, Ink::Entity(entity.kind()), &clean(name(document, entity)))
        };
        let mut lines: Vec<(&str, String)> = Vec::new();
        for argument in relation.arguments() {
            let name = name_of(argument.entity());
            match lines.iter_mut().find(|(role, _)| *role == argument.role()) {
                Some((_, names)) => {
                    let _ = write!(names, ", {name}");
                }
                None => lines.push((argument.role(), name)),
            }
        }
        if let Some(role) = relation.field("role") {
            lines.push(("as", clean(role)));
        }
        if let Some(via) = relation.via() {
            lines.push(("via", name_of(via)));
        }
        if let Some(reporter) = relation.reported_by() {
            lines.push(("reported by", name_of(reporter)));
        }
        let dim = |role| marked(self.colour, Ink::Dim, &(clean(role) + ":"));
        lines.iter().map(|(role, names)| format!("{} {names}", dim(role))).collect::<Vec<_>>().join("\n")
    }

    /// The row under a relation: "rule meeting.met (0.90)", the words behind each role, the clause in full.
    fn explanation(self, document: &Document<'_>, relation: &Relation) -> [String; 4] {
        let dim = |text: &str| marked(self.colour, Ink::Dim, text);
        let words = |span: Span| format!("{} {}", clean(&document[span]), dim(&format!("[{span}]")));
        let rule = format!("{} {} ({:.2})", dim("rule"), clean(relation.rule()), relation.confidence());
        let mut lines = vec![format!("{} {}", dim("called by:"), words(relation.trigger()))];
        for argument in relation.arguments() {
            lines.push(format!("{} {}", dim(&(clean(argument.role()) + ":")), words(argument.span())));
        }
        let clauses: Vec<String> = relation.evidence().iter().map(|span| words(*span)).collect();
        [rule, lines.join("\n"), String::new(), clauses.join("\n")]
    }
}

/// The entity's name in the document's language, else in the other one, else its id.
fn name<'a>(document: &Document<'_>, entity: &'a Entity) -> &'a str {
    let names = [document.language(), "en", "ar"].map(|language| entity.name(language));
    names.into_iter().flatten().next().unwrap_or(entity.id())
}

/// The other words by which the text calls it, each once, in text order.
fn also(document: &Document<'_>, entity: &Entity, name: &str) -> String {
    let mut forms: Vec<String> = Vec::new();
    for mention in entity.mentions() {
        let form = clean(&document[document.mention(*mention).span()]);
        if form != name && !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms.join(", ")
}

/// Of a statement what is said, of the rest the clause that says so.
fn words(document: &Document<'_>, relation: &Relation) -> String {
    let spans = if relation.kind() == "statement" {
        relation.content()
    } else {
        &relation.evidence()[..relation.evidence().len().min(1)]
    };
    let text = clean(&spans.iter().map(|span| &document[*span]).collect::<Vec<_>>().join(" … "));
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((end, _)) => {
            let end = text[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &text[..end])
        }
    }
}

/// The text on one line, without what would bend the table: marks that change the direction, control characters, and
/// the very characters that part the columns; ل as [`LAM`].
fn clean(text: &str) -> String {
    let seen = text.chars().filter_map(|c| match c {
        '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
        c if colour::is_mark(c) => None,
        c if WALLS.contains(&c) => Some('|'),
        'ل' => Some(LAM),
        LAM => Some(char::REPLACEMENT_CHARACTER),
        c if c.is_control() => Some(' '),
        c => Some(c),
    });
    seen.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character is written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// The drawn table, with what runs from right to left isolated and the colours in. This comes after the layout, since a
/// cell that was broken over several lines needs its marks on each.
fn isolated(table: &comfy_table::Table) -> String {
    let mut out = String::new();
    // The colour that each column's cell has open at the end of a line.
    let mut open: Vec<Option<&'static str>> = Vec::new();
    for line in table.lines() {
        let line = line.replace(LAM, "ل");
        for (column, piece) in line.split_inclusive(WALLS).enumerate() {
            let wall = piece.chars().next_back().filter(|c| WALLS.contains(c)).map_or(0, char::len_utf8);
            let (cell, wall) = piece.split_at(piece.len() - wall);
            // Cut around the words, so that the padding stays outside.
            let words = cell.trim_matches(' ');
            let before = cell.len() - cell.trim_start_matches(' ').len();
            let (before, rest) = cell.split_at(before);
            let (words, after) = rest.split_at(words.len());
            if open.len() <= column {
                open.resize(column + 1, None);
            }
            let painted = colour::painted(words, &mut open[column]);
            if words.contains(is_right_to_left) {
                let _ = write!(out, "{before}\u{2068}{painted}\u{2069}{after}{wall}");
            } else {
                let _ = write!(out, "{before}{painted}{after}{wall}");
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::EntityKind;
    use crate::mention::{Mention, MentionId, MentionKind};
    use crate::relation::Argument;
    use crate::span::Span;

    const TEXT: &str = "قال كيري: «السلام ممكن».\nKerry│\u{202E}left\tat once.";

    fn document() -> Document<'static> {
        let at = |words: &str| {
            let start = TEXT.find(words).unwrap();
            Span::of(start..start + words.len())
        };
        let mention = |span| Mention {
            span,
            kind: MentionKind::Name,
            entity_kind: EntityKind::Person,
            entity: EntityId(0),
            source: "gazetteer".to_owned(),
            metonym: false,
            confidence: 1.0,
            why: None,
        };
        let statement = Relation {
            kind: "statement".to_owned(),
            modality: Modality::Denied,
            arguments: vec![Argument { role: "speaker".to_owned(), entity: EntityId(0), span: at("كيري") }],
            trigger: at("قال"),
            evidence: vec![at("قال كيري")],
            content: vec![at("السلام ممكن"), at("Kerry│\u{202E}left\tat once")],
            date: None,
            reported_by: Some(EntityId(0)),
            via: None,
            fields: [("stance".to_owned(), "praise".to_owned())].into(),
            rule: "statement.say".to_owned(),
            codes: Vec::new(),
            confidence: 0.9,
        };
        Document {
            text: TEXT.into(),
            id: None,
            language: "ar".to_owned(),
            published: None,
            warnings: Vec::new(),
            mentions: vec![mention(at("كيري")), mention(at("Kerry"))],
            entities: vec![Entity {
                id: "person/john-kerry".to_owned(),
                kind: EntityKind::Person,
                known: true,
                name_en: Some("John Kerry".to_owned()),
                name_ar: Some("جون كيري".to_owned()),
                identifiers: Vec::new(),
                mentions: vec![MentionId(0), MentionId(1)],
            }],
            relations: vec![statement],
            rejected: Vec::new(),
        }
    }

    /// The isolates as brackets: invisible, they have no place in source code.
    fn visible(table: &str) -> String {
        table.replace('\u{2068}', "[").replace('\u{2069}', "]")
    }

    #[test]
    fn entities_in_a_table() {
        insta::assert_snapshot!(visible(&entities(&document())), @r"
        ┌───────────────────┬────────┬──────────┬───────┬─────────────┐
        │ entity            ┆ type   ┆ name     ┆ times ┆ also        │
        ╞═══════════════════╪════════╪══════════╪═══════╪═════════════╡
        │ person/john-kerry ┆ person ┆ [جون كيري] ┆     2 ┆ [كيري, Kerry] │
        └───────────────────┴────────┴──────────┴───────┴─────────────┘
        ");
    }

    #[test]
    fn relations_in_a_table() {
        insta::assert_snapshot!(visible(&relations(&document())), @r"
        ┌────────────────────────────┬───────────────────────┬──────┬──────────────────────────────────┐
        │ relation                   ┆ who and where         ┆ when ┆ words                            │
        ╞════════════════════════════╪═══════════════════════╪══════╪══════════════════════════════════╡
        │ statement (denied, praise) ┆ [speaker: جون كيري]     ┆      ┆ [السلام ممكن … Kerry|left at once] │
        │                            ┆ [reported by: جون كيري] ┆      ┆                                  │
        └────────────────────────────┴───────────────────────┴──────┴──────────────────────────────────┘
        ");
    }

    #[test]
    fn every_line_of_a_broken_cell_is_isolated() {
        insta::assert_snapshot!(visible(&Layout::new().width(60).relations(&document())), @r"
        ┌───────────┬───────────────────────┬──────┬───────────────┐
        │ relation  ┆ who and where         ┆ when ┆ words         │
        ╞═══════════╪═══════════════════════╪══════╪═══════════════╡
        │ statement ┆ [speaker: جون كيري]     ┆      ┆ [السلام ممكن …] │
        │ (denied,  ┆ [reported by: جون كيري] ┆      ┆ Kerry|left at │
        │ praise)   ┆                       ┆      ┆ once          │
        └───────────┴───────────────────────┴──────┴───────────────┘
        ");
    }

    #[test]
    fn isolates_come_in_pairs_and_lines_have_one_width() {
        let doc = document();
        for width in [20, 40, 60, 200] {
            let layout = Layout::new().width(width);
            for table in [layout.entities(&doc), layout.relations(&doc)] {
                // No letter of the test is wider or narrower than one column.
                let mut widths =
                    table.lines().map(|l| l.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).count());
                let first = widths.next();
                assert!(widths.all(|w| Some(w) == first), "{table}");
                for cell in table.lines().flat_map(|line| line.split(WALLS)) {
                    let (open, close) = (cell.matches('\u{2068}').count(), cell.matches('\u{2069}').count());
                    assert!(open == close && open <= 1, "{cell:?}");
                }
            }
        }
    }

    /// The table without its escape sequences.
    fn bleached(table: &str) -> String {
        let mut pieces = table.split("\u{1B}[");
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |out, piece| out + piece.split_once('m').unwrap().1)
    }

    #[test]
    fn colour_changes_nothing_but_the_colour() {
        let doc = document();
        for width in [20, 40, 60, 200] {
            let plain = Layout::new().width(width).explain(true);
            let coloured = plain.colour(true);
            for (plain, coloured) in
                [(plain.entities(&doc), coloured.entities(&doc)), (plain.relations(&doc), coloured.relations(&doc))]
            {
                assert!(coloured.contains("\u{1B}[36m") && !plain.contains('\u{1B}'));
                assert_eq!(bleached(&coloured), plain);
                for line in coloured.lines() {
                    let opened = line.matches("\u{1B}[").count() - line.matches("\u{1B}[0m").count();
                    assert_eq!(opened, line.matches("\u{1B}[0m").count(), "{line:?}: a line closes what it opens");
                }
            }
        }
    }

    #[test]
    fn a_relation_is_explained() {
        insta::assert_snapshot!(visible(&Layout::new().explain(true).relations(&document())), @r"
        ┌────────────────────────────┬───────────────────────┬──────┬──────────────────────────────────┐
        │ relation                   ┆ who and where         ┆ when ┆ words                            │
        ╞════════════════════════════╪═══════════════════════╪══════╪══════════════════════════════════╡
        │ statement (denied, praise) ┆ [speaker: جون كيري]     ┆      ┆ [السلام ممكن … Kerry|left at once] │
        │                            ┆ [reported by: جون كيري] ┆      ┆                                  │
        ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
        │ rule statement.say (0.90)  ┆ [called by: قال [0..6]] ┆      ┆ [قال كيري [0..15]]                 │
        │                            ┆ [speaker: كيري [7..15]] ┆      ┆                                  │
        └────────────────────────────┴───────────────────────┴──────┴──────────────────────────────────┘
        ");
    }

    #[test]
    fn nothing_found() {
        let mut doc = document();
        doc.relations.clear();
        doc.entities.clear();
        doc.mentions.clear();
        assert_eq!(entities(&doc) + &relations(&doc), "no entities\nno relations\n");
    }
}
