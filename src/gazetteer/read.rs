//! What does each row of a gazetteer file mean, and is it fit to be used?
//!
//! ```text
//! rows of any number of files ─► Tables { entities, names, offices, roles, words, parts, heads }
//! ```

use std::str::FromStr;

use super::table::{self, Row};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::entity::EntityKind;

/// The typed rows of all files read so far. Cells borrow from the files.
#[derive(Default)]
pub(crate) struct Tables<'a> {
    pub(crate) entities: Vec<EntityRow<'a>>,
    pub(crate) names: Vec<NameRow<'a>>,
    pub(crate) offices: Vec<OfficeRow<'a>>,
    pub(crate) roles: Vec<RoleRow<'a>>,
    pub(crate) words: Vec<WordRow<'a>>,
    pub(crate) parts: Vec<PartRow<'a>>,
    pub(crate) heads: Vec<HeadRow<'a>>,
    /// How letters sound: the sequence and its classes.
    pub(crate) letters: Vec<(&'a str, &'a str)>,
    /// An Arabic name part and the Latin ones that stand for it.
    pub(crate) pairs: Vec<(&'a str, &'a str)>,
    pub(crate) removals: Vec<RemovalRow<'a>>,
}

pub(crate) struct EntityRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: EntityKind,
    pub(crate) sub: &'a str,
    pub(crate) country: &'a str,
    pub(crate) gender: &'a str,
    pub(crate) rank: u32,
    pub(crate) identifiers: &'a str,
}

/// How a name relates to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameKind {
    Name,
    Alias,
    Official,
    Acronym,
    Nickname,
    Demonym,
    Short,
}

/// Limits on where a name may match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NameFlags {
    /// A short name that may stand alone.
    pub(crate) alone: bool,
    /// Only with exactly these capitals.
    pub(crate) case: bool,
    /// A common word too: needs evidence beside it.
    pub(crate) weak: bool,
}

pub(crate) struct NameRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) lang: &'a str,
    pub(crate) id: &'a str,
    pub(crate) entity_kind: EntityKind,
    pub(crate) kind: NameKind,
    pub(crate) flags: NameFlags,
}

pub(crate) struct OfficeRow<'a> {
    pub(crate) person: &'a str,
    pub(crate) role: &'a str,
    pub(crate) of: &'a str,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

/// What a form does in a role phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RoleKind {
    /// A whole office: "King", "Foreign Minister".
    Office,
    /// Takes a portfolio: "Minister", «وزير».
    Head,
    /// The ministry's word: "Ministry", «وزارة».
    Ministry,
    /// What a minister is minister of: "Foreign Affairs", «الخارجية».
    Portfolio,
    /// A body that a country or demonym completes: "government", «الحكومة».
    Body,
    /// Any other noun for a human actor: "spokesman", «مصادر».
    Actor,
    /// "deputy", "former", «السابق».
    Modifier,
}

pub(crate) struct RoleRow<'a> {
    pub(crate) role: &'a str,
    pub(crate) form: &'a str,
    pub(crate) kind: RoleKind,
    pub(crate) flags: &'a str,
}

pub(crate) struct WordRow<'a> {
    pub(crate) class: &'a str,
    pub(crate) lang: &'a str,
    pub(crate) form: &'a str,
    pub(crate) value: &'a str,
}

pub(crate) struct PartRow<'a> {
    pub(crate) part: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) gender: &'a str,
}

pub(crate) struct HeadRow<'a> {
    pub(crate) head: &'a str,
    pub(crate) kind: EntityKind,
    pub(crate) sub: &'a str,
    pub(crate) position: &'a str,
}

/// What a user's own file takes from the knowledge beneath it: an entity whole, or one of its names or offices.
pub(crate) struct RemovalRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) role: &'a str,
    /// Of which country or body the office is; empty for all.
    pub(crate) of: &'a str,
    /// The row itself, to point at where there is nothing to remove.
    pub(crate) row: Row<'a>,
}

/// The words for the kinds of names; a pack counts them by their places here.
pub(crate) const NAME_KINDS: &[(&str, NameKind)] = &[
    ("name", NameKind::Name),
    ("alias", NameKind::Alias),
    ("official", NameKind::Official),
    ("acronym", NameKind::Acronym),
    ("nickname", NameKind::Nickname),
    ("demonym", NameKind::Demonym),
    ("short", NameKind::Short),
];

/// The words for the kinds of roles; a pack counts them by their places here.
pub(crate) const ROLE_KINDS: &[(&str, RoleKind)] = &[
    ("office", RoleKind::Office),
    ("head", RoleKind::Head),
    ("ministry", RoleKind::Ministry),
    ("portfolio", RoleKind::Portfolio),
    ("body", RoleKind::Body),
    ("actor", RoleKind::Actor),
    ("modifier", RoleKind::Modifier),
];

impl<'a> Tables<'a> {
    /// Adds the rows of one file. Rows with problems are left out and told of; the others are kept.
    pub(crate) fn read(&mut self, file: &'a str, source: &'a str, problems: &mut Vec<Diagnostic>) {
        table::read(file, source, problems, |table, row, problems| match table {
            0 => self.entity(row, problems),
            1 => self.name(row, problems),
            2 => self.office(row, problems),
            3 => self.role(row, problems),
            4 => self.words.push(WordRow {
                class: row.cell(0),
                lang: row.cell(1),
                form: row.cell(2),
                value: row.cell(3),
            }),
            5 => self.parts.push(PartRow { part: row.cell(0), kind: row.cell(2), gender: row.cell(3) }),
            6 => self.head(row, problems),
            7 => self.letters.push((row.cell(0), row.cell(2))),
            8 => self.pairs.push((row.cell(0), row.cell(1))),
            _ => self.removals.push(RemovalRow {
                id: row.cell(0),
                name: row.cell(1),
                role: row.cell(2),
                of: row.cell(3),
                row: row.clone(),
            }),
        });
    }

    fn entity(&mut self, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        let Some(kind) = id_kind(row, 0, problems) else { return };
        let rank = match row.cell(4) {
            "" => 0,
            digits => match digits.parse() {
                Ok(rank) => rank,
                Err(_) => {
                    problems.push(row.problem("G008", 4, format!("the rank `{digits}` is no whole number")));
                    return;
                }
            },
        };
        self.entities.push(EntityRow {
            id: row.cell(0),
            kind,
            sub: row.cell(1),
            country: row.cell(2),
            gender: row.cell(3),
            rank,
            identifiers: row.cell(5),
        });
    }

    fn name(&mut self, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        let Some(entity_kind) = id_kind(row, 2, problems) else { return };
        let kind = if row.cell(3).is_empty() {
            NameKind::Alias
        } else {
            match one_of(row, 3, NAME_KINDS, "kind of name", problems) {
                Some(kind) => kind,
                None => return,
            }
        };
        let mut flags = NameFlags::default();
        for flag in row.cell(4).split(',').map(str::trim).filter(|f| !f.is_empty()) {
            match flag {
                "alone" => flags.alone = true,
                "case" => flags.case = true,
                "weak" => flags.weak = true,
                other => {
                    let known = ["alone", "case", "weak"];
                    problems.push(
                        row.problem("G006", 4, format!("no flag is called `{other}`"))
                            .help(format!("the flags of a name are: {}", known.join(", "))),
                    );
                    return;
                }
            }
        }
        self.names.push(NameRow { name: row.cell(0), lang: row.cell(1), id: row.cell(2), entity_kind, kind, flags });
    }

    fn office(&mut self, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        let mut day = |column: usize| match row.cell(column) {
            "" => Some(None),
            text => match Date::from_str(text) {
                Ok(date) => Some(Some(date)),
                Err(error) => {
                    problems.push(row.problem("G007", column, error.to_string()));
                    None
                }
            },
        };
        let (Some(from), Some(to)) = (day(3), day(4)) else { return };
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            problems.push(row.problem("G007", 4, format!("the office ends on {to}, before it begins on {from}")));
            return;
        }
        self.offices.push(OfficeRow { person: row.cell(0), role: row.cell(1), of: row.cell(2), from, to });
    }

    fn role(&mut self, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        if let Some(kind) = one_of(row, 3, ROLE_KINDS, "kind of role", problems) {
            self.roles.push(RoleRow { role: row.cell(0), form: row.cell(2), kind, flags: row.cell(4) });
        }
    }

    fn head(&mut self, row: &Row<'a>, problems: &mut Vec<Diagnostic>) {
        let Some(kind) = EntityKind::parse(row.cell(2)) else {
            problems.push(row.problem("G005", 2, format!("no type of entity is called `{}`", row.cell(2))));
            return;
        };
        self.heads.push(HeadRow { head: row.cell(0), kind, sub: row.cell(3), position: row.cell(4) });
    }
}

fn id_kind(row: &Row<'_>, column: usize, problems: &mut Vec<Diagnostic>) -> Option<EntityKind> {
    let id = row.cell(column);
    let kind = id.split_once('/').and_then(|(kind, rest)| EntityKind::parse(kind).filter(|_| !rest.is_empty()));
    if kind.is_none() {
        let help = match id.split('/').next().and_then(|k| did_you_mean(k, EntityKind::ALL.map(EntityKind::as_str))) {
            Some(near) if id.contains('/') => format!("did you mean `{near}/…`?"),
            _ => "an id is its type, a slash and a readable name: person/john-kerry".to_owned(),
        };
        problems.push(row.problem("G005", column, format!("the id `{id}` names no type of entity")).help(help));
    }
    kind
}

fn one_of<T: Copy>(
    row: &Row<'_>,
    column: usize,
    known: &[(&str, T)],
    what: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<T> {
    let word = row.cell(column);
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names = known.iter().map(|(name, _)| *name);
        problems.push(row.problem("G006", column, format!("no {what} is called `{word}`")).help(
            match did_you_mean(word, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of: {}", names.collect::<Vec<_>>().join(", ")),
            },
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(source: &str) -> Vec<String> {
        let (mut tables, mut problems) = (Tables::default(), Vec::new());
        tables.read("own.tsv", source, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_good_file_and_an_id_alone() {
        let mut problems = Vec::new();
        let mut tables = Tables::default();
        tables.read(
            "own.tsv",
            "name\tlang\tid\tkind\nAda\ten\tperson/ada\tname\r\n# note\n\nآدا\tar\tperson/ada\n",
            &mut problems,
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(tables.names.len(), 2);
        assert_eq!(tables.names[1].kind, NameKind::Alias);
    }

    #[test]
    fn every_bad_row_is_told_with_its_place() {
        assert_eq!(
            problems(
                "name\tlang\tid\tkind\nAda\ten\nBea\ten\tpersn/bea\tname\nCed\ten\tperson/ced\tnam\n\ten\tperson/x\tname\n"
            ),
            [
                "own.tsv:2:1: this row has 2 cells, the header 4 [G003]",
                "own.tsv:3:8: the id `persn/bea` names no type of entity [G005]",
                "own.tsv:4:19: no kind of name is called `nam` [G006]",
                "own.tsv:5:1: the cell `name` is empty [G004]",
            ]
        );
        assert_eq!(problems("nmae\tlang\n"), ["own.tsv:1:1: no table begins with the column `nmae` [G001]"]);
        assert_eq!(problems("person\trole\tof\tfrom\tto\nperson/a\tking\tcountry/BHR\t2010\t2001\n").len(), 1);
    }
}
