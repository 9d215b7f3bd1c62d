//! How does a cell keep its colour while it is broken over lines?
//!
//! ```text
//! ⟨person⟩John Kerry⟨end⟩, Geneva      before the layout: marks without width
//! │ \e[36mJohn\e[0m       │           after it: each line of the cell opens and closes for itself
//! │ \e[36mKerry\e[0m, Geneva │
//! ```
//!
//! A mark is an invisible character that no cell can hold otherwise: `table::clean` takes it out of the text. The
//! colours are the terminal's own sixteen, so that they follow its theme, dark or light.

use crate::entity::EntityKind;

/// What a stretch of a cell is, as far as its colour is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Entity(EntityKind),
    /// What a relation is called.
    Fact,
    /// The same, where it did not happen.
    Denied,
    /// What is there for those who look for it.
    Dim,
}

/// The end of every stretch.
const END: char = '\u{206F}';

/// Each ink with its mark and the parameters of its escape sequence. Old format characters: no width, no use in news.
const INKS: [(Ink, char, &str); 8] = [
    (Ink::Entity(EntityKind::Person), '\u{2061}', "36"),
    (Ink::Entity(EntityKind::Country), '\u{2062}', "32"),
    (Ink::Entity(EntityKind::Place), '\u{2063}', "33"),
    (Ink::Entity(EntityKind::Organisation), '\u{2064}', "35"),
    (Ink::Entity(EntityKind::Date), '\u{206A}', "34"),
    (Ink::Fact, '\u{206B}', "1"),
    (Ink::Denied, '\u{206C}', "1;31"),
    (Ink::Dim, '\u{206D}', "2"),
];

/// Whether a character of the text would be taken for a mark.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{2061}'..='\u{2064}' | '\u{206A}'..='\u{206F}')
}

/// `text`, marked as `ink` where `on`.
pub(crate) fn marked(on: bool, ink: Ink, text: &str) -> String {
    match INKS.iter().find(|(one, ..)| *one == ink) {
        Some((_, mark, _)) if on && !text.is_empty() => format!("{mark}{text}{END}"),
        _ => text.to_owned(),
    }
}

/// One line of a cell with its marks turned into escape sequences. `open` is the ink that the line before it left open;
/// it holds afterwards the one that this line does.
pub(crate) fn painted(words: &str, open: &mut Option<&'static str>) -> String {
    let mut out = String::with_capacity(words.len());
    let start = |out: &mut String, code: &str| {
        out.push_str("\u{1B}[");
        out.push_str(code);
        out.push('m');
    };
    if let Some(code) = *open
        && !words.is_empty()
    {
        start(&mut out, code);
    }
    for c in words.chars() {
        if !is_mark(c) {
            out.push(c);
            continue;
        }
        if open.take().is_some() {
            out.push_str("\u{1B}[0m");
        }
        *open = INKS.iter().find(|(_, mark, _)| *mark == c).map(|(.., code)| *code);
        if let Some(code) = *open {
            start(&mut out, code);
        }
    }
    if open.is_some() && !words.is_empty() {
        out.push_str("\u{1B}[0m");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_over_two_lines_is_opened_and_closed_on_each() {
        let cell = marked(true, Ink::Entity(EntityKind::Person), "John Kerry") + ", Geneva";
        let (first, second) = cell.split_once(' ').unwrap();
        let mut open = None;
        assert_eq!(painted(first, &mut open), "\u{1B}[36mJohn\u{1B}[0m");
        assert_eq!(painted("", &mut open), "", "an empty line takes no colour");
        assert_eq!(painted(second, &mut open), "\u{1B}[36mKerry\u{1B}[0m, Geneva");
        assert_eq!(open, None);
    }

    #[test]
    fn nothing_is_marked_without_colour() {
        assert_eq!(marked(false, Ink::Fact, "meeting"), "meeting");
        assert_eq!(marked(true, Ink::Fact, ""), "");
        assert!(INKS.iter().all(|(_, mark, _)| is_mark(*mark)) && is_mark(END));
    }
}
