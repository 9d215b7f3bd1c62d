//! Which words does the reader of a page need to know?
//!
//! ```text
//! class         lang  form                value
//! furniture     en    comments            line
//! abbreviation  ar    د.                  title
//! month         ar    كانون الثاني        1
//! ```
//!
//! They live in the gazetteers' `words` tables (`gazetteers/text.words.tsv` for the most part); the loader hands every
//! row to [`TextWords::add`], which takes what concerns it.

use crate::hash::{FastMap, FastSet};
use crate::text::fold::fold_str;

/// A month of the common calendar (1–12) or of the Hijri one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Month {
    Common(u8),
    Hijri(u8),
}

/// What may follow an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    Anything,
    /// A name: the sentence never ends here.
    Name,
    /// A number; without one it is no abbreviation ("No. 10").
    Number,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Abbreviation {
    pub(crate) after: After,
    /// Must be written with a capital ("Gen.", but not "gen.").
    pub(crate) capital: bool,
}

/// The words that layout, tokens and sentences rest on. All forms are folded.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextWords {
    lines: FastSet<String>,
    /// Line beginnings, by their first word.
    beginnings: FastMap<String, Vec<String>>,
    abbreviations: FastMap<String, Abbreviation>,
    agencies: FastSet<String>,
    months: FastMap<String, Month>,
    weekdays: FastMap<String, u8>,
    stamps: FastSet<String>,
    closed: FastSet<String>,
    foreign: FastSet<String>,
}

impl TextWords {
    /// Takes one row of a `words` table; classes that say nothing about text are passed over.
    pub(crate) fn add(&mut self, class: &str, _lang: &str, form: &str, value: &str) {
        let folded = fold_str(form).trim().to_owned();
        if folded.is_empty() {
            return;
        }
        match class {
            "furniture" if value == "prefix" => {
                let first = folded.split(' ').next().unwrap_or_default().to_owned();
                self.beginnings.entry(first).or_default().push(folded);
            }
            "furniture" => {
                self.lines.insert(folded);
            }
            "abbreviation" => {
                let after = match value {
                    "title" => After::Name,
                    "number" => After::Number,
                    _ => After::Anything,
                };
                let capital = form.chars().any(char::is_uppercase);
                self.abbreviations.insert(folded, Abbreviation { after, capital });
            }
            "agency" => {
                self.agencies.insert(folded);
            }
            "month" => {
                let month = match value.strip_prefix('h') {
                    Some(hijri) => hijri.parse().ok().map(Month::Hijri),
                    None => value.parse().ok().map(Month::Common),
                };
                if let Some(month) = month {
                    self.months.insert(folded, month);
                }
            }
            "weekday" => {
                if let Ok(day) = value.parse() {
                    self.weekdays.insert(folded, day);
                }
            }
            "stamp" => {
                self.stamps.insert(folded);
            }
            "closed" => {
                self.closed.insert(folded);
            }
            "foreign" => {
                self.foreign.insert(folded);
            }
            _ => {}
        }
    }

    /// Reads a whole `words` table: rows of class, language, form, value. Lines that are no rows are passed over;
    /// the gazetteer's loader is the one that complains.
    #[cfg(test)]
    pub(crate) fn add_table(&mut self, table: &str) {
        for row in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = row.split('\t');
            if let (Some(class), Some(lang), Some(form)) = (cells.next(), cells.next(), cells.next()) {
                self.add(class, lang, form, cells.next().unwrap_or_default());
            }
        }
    }

    /// Whether a folded line, stripped of the marks at its ends, is page furniture.
    pub(crate) fn is_furniture(&self, line: &str) -> bool {
        if self.lines.contains(line) {
            return true;
        }
        let first = line.split(' ').next().unwrap_or_default();
        self.beginnings.get(first).is_some_and(|all| {
            all.iter().any(|form| {
                line.strip_prefix(form.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
        })
    }

    /// The abbreviation that a folded word is; `form` holds its dots.
    pub(crate) fn abbreviation(&self, form: &str) -> Option<Abbreviation> {
        self.abbreviations.get(form).copied()
    }

    pub(crate) fn is_agency(&self, words: &str) -> bool {
        self.agencies.contains(words)
    }

    pub(crate) fn month(&self, words: &str) -> Option<Month> {
        self.months.get(words).copied()
    }

    pub(crate) fn weekday(&self, word: &str) -> Option<u8> {
        self.weekdays.get(word).copied()
    }

    /// Words that may stand beside a date in a line that holds nothing else: "published", "GMT", «صباحا».
    pub(crate) fn is_stamp(&self, word: &str) -> bool {
        self.stamps.contains(word)
    }

    /// Articles, prepositions, pronouns and their like.
    pub(crate) fn is_closed(&self, word: &str) -> bool {
        self.closed.contains(word)
    }

    /// Frequent words of other languages in Arabic script.
    pub(crate) fn is_foreign(&self, word: &str) -> bool {
        self.foreign.contains(word)
    }
}

#[cfg(test)]
pub(crate) fn for_tests() -> TextWords {
    let mut words = TextWords::default();
    words.add_table(include_str!("../../gazetteers/text.words.tsv"));
    // The function words belong to another table; these few are enough to tell a headline from a sentence.
    for word in [
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "from", "as", "he", "it",
        "we", "but",
    ] {
        words.add("closed", "en", word, "");
    }
    for word in ["ان", "انه", "في", "من", "عن", "على", "الى"] {
        words.add("closed", "ar", word, "");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_look_ups() {
        let words = for_tests();
        assert!(words.is_furniture("comments") && words.is_furniture("comments powered by disqus"));
        assert!(!words.is_furniture("comments by the minister"));
        assert_eq!(words.month(&fold_str("كانون الثاني")), Some(Month::Common(1)));
        assert_eq!(words.month(&fold_str("جانفي")), Some(Month::Common(1)));
        assert_eq!(words.month(&fold_str("ذو الحجة")), Some(Month::Hijri(12)));
        assert_eq!(words.weekday(&fold_str("الإثنين")), Some(1));
        assert_eq!(words.abbreviation("gen.").map(|a| (a.after, a.capital)), Some((After::Name, true)));
        assert!(words.is_agency(&fold_str("د ب أ")) && words.is_agency("reuters"));
    }

    #[test]
    fn table_is_sorted_without_duplicates() {
        let table = include_str!("../../gazetteers/text.words.tsv");
        let rows: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).skip(1).collect();
        for pair in rows.windows(2) {
            assert!(pair[0] < pair[1], "{:?} before {:?}", pair[0], pair[1]);
        }
        assert!(rows.iter().all(|row| row.split('\t').count() == 5), "five columns in every row");
    }
}
