//! In what words does the page speak to its reader?
//!
//! ```text
//! words.tsv   meeting  met  التقى       one line a phrase: its key, English, Arabic
//! ```
//!
//! They are data: a further language is a further column. A key that the table does not hold, such as a relation type
//! of your own rules, stands for itself.

/// The table: key, English, Arabic.
const TABLE: &str = include_str!("assets/words.tsv");

/// The phrases of one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    column: usize,
}

impl Words {
    /// The phrases of `language`; English where there are none.
    pub(super) fn of(language: &str) -> Self {
        Words { column: if language == "ar" { 2 } else { 1 } }
    }

    /// `en` or `ar`.
    pub(super) fn language(self) -> &'static str {
        if self.column == 2 { "ar" } else { "en" }
    }

    /// The direction in which the language is written.
    pub(super) fn direction(self) -> &'static str {
        if self.column == 2 { "rtl" } else { "ltr" }
    }

    /// The phrase for `key`, or the key itself.
    pub(super) fn get(self, key: &str) -> &str {
        self.all().find(|(one, _)| *one == key).map_or(key, |(_, phrase)| phrase)
    }

    /// The phrase for `key` among those that begin with `group`, or the key itself.
    pub(super) fn get_in<'k>(self, group: &str, key: &'k str) -> &'k str {
        self.all().find(|(one, _)| one.strip_prefix(group) == Some(key)).map_or(key, |(_, phrase)| phrase)
    }

    /// Every key with its phrase.
    pub(super) fn all(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.nth(self.column - 1)?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_stands_in_both_languages_once() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.trim().is_empty()), "{line:?}");
        }
        let mut keys: Vec<&str> = Words::of("en").all().map(|(key, _)| key).collect();
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "a key stands twice");
    }

    #[test]
    fn an_unknown_key_stands_for_itself() {
        assert_eq!(Words::of("ar").get("visit"), "زيارة");
        assert_eq!(Words::of("en").get_in("role-", "addressee"), "to");
        assert_eq!(Words::of("en").get_in("role-", "ally"), "ally", "a role of the reader's own rules");
        assert_eq!(Words::of("fr").get("no-such-key"), "no-such-key");
    }
}
