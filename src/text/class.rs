//! What sort of character is this?
//!
//! ```text
//! K e r r y ' s   «  ك  ـ  ِ  U+200F  ٢  ?
//! Latin     Symbol Space Symbol Arabic Tatweel Combining Format Digit Symbol
//! ```
//!
//! Folding, layout and tokens all ask this file, so that they cannot disagree about what a blank or a letter is.

use unicode_normalization::char::is_combining_mark;

use crate::text::arabic;

/// The classes that reading tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Latin,
    Arabic,
    /// A letter of any other script.
    Letter,
    /// ASCII, Arabic-Indic, Persian and full-width digits.
    Digit,
    /// A mark that sits on the letter before it.
    Combining,
    /// U+0640, which lengthens an Arabic letter, or stands for a dash.
    Tatweel,
    /// Invisible: direction marks, joiners, soft hyphen, byte order mark.
    Format,
    Space,
    /// Ends a line.
    Break,
    /// Everything else: punctuation, currency, controls, pictures.
    Symbol,
}

/// The classes of U+0600–U+06FF: most of an Arabic text is looked up here.
static ARABIC: [Class; 256] = {
    let mut table = [Class::Symbol; 256];
    let mut i = 0;
    while i < 256 {
        if let Some(c) = char::from_u32(0x600 + i as u32) {
            table[i] = Class::of_arabic(c);
        }
        i += 1;
    }
    table
};

impl Class {
    /// The class of a character.
    pub(crate) fn of(c: char) -> Class {
        match c {
            'a'..='z' | 'A'..='Z' => Class::Latin,
            '0'..='9' => Class::Digit,
            ' ' | '\t' => Class::Space,
            '\n' | '\r' | '\x0b' | '\x0c' => Class::Break,
            '\0'..='\x7f' => Class::Symbol,
            '\u{600}'..='\u{6FF}' => ARABIC[c as usize & 0xFF],
            _ => Class::of_wide(c),
        }
    }

    /// The class of a character of the Arabic block.
    const fn of_arabic(c: char) -> Class {
        match c {
            '\u{640}' => Class::Tatweel,
            '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => Class::Digit,
            '\u{61C}' => Class::Format,
            _ if arabic::is_letter(c) => Class::Arabic,
            _ if arabic::is_haraka(c) => Class::Combining,
            _ => Class::Symbol,
        }
    }

    fn of_wide(c: char) -> Class {
        match c {
            '\u{FF10}'..='\u{FF19}' => Class::Digit,
            '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Class::Space,
            '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
            '\u{AD}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0001}'
            | '\u{E0020}'..='\u{E007F}' => Class::Format,
            '\u{AA}'
            | '\u{BA}'
            | '\u{C0}'..='\u{D6}'
            | '\u{D8}'..='\u{F6}'
            | '\u{F8}'..='\u{24F}'
            | '\u{250}'..='\u{2AF}'
            | '\u{1E00}'..='\u{1EFF}'
            | '\u{2C60}'..='\u{2C7F}'
            | '\u{A722}'..='\u{A787}'
            | '\u{FB00}'..='\u{FB06}'
            | '\u{FF21}'..='\u{FF3A}'
            | '\u{FF41}'..='\u{FF5A}' => Class::Latin,
            '\u{2010}'..='\u{2070}' => Class::Symbol,
            _ if arabic::is_letter(c) => Class::Arabic,
            _ if is_dropped(c) || is_combining_mark(c) => Class::Combining,
            _ if c.is_alphabetic() => Class::Letter,
            _ => Class::Symbol,
        }
    }

    /// Whether it is a letter of some script.
    pub(crate) fn is_letter(self) -> bool {
        matches!(self, Class::Latin | Class::Arabic | Class::Letter)
    }

    /// Whether it is a letter or a digit.
    pub(crate) fn is_word(self) -> bool {
        self.is_letter() || self == Class::Digit
    }

    /// Whether it separates words without being seen.
    pub(crate) fn is_white(self) -> bool {
        matches!(self, Class::Space | Class::Break)
    }
}

/// Whether folding drops this mark: Latin diacritics, harakat and Quranic signs, variation selectors, and the
/// presentation forms that are nothing but harakat. Marks of other scripts carry vowels and stay.
pub(crate) fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}')
        || arabic::is_haraka(c)
}

/// A single mark that may stand for an apostrophe: straight, curly, modifier letter, prime, ayn and hamza.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2BC}'
            | '\u{2BB}'
            | '\u{2B9}'
            | '\u{2BF}'
            | '\u{2BE}'
            | '\u{2032}'
            | '\u{B4}'
            | '\u{FF07}'
    )
}

/// How many words a line has: stretches between blanks with a letter or a digit in them.
pub(crate) fn word_count(line: &str) -> usize {
    let (mut count, mut inside) = (0, false);
    for c in line.chars() {
        let class = Class::of(c);
        if class.is_white() {
            inside = false;
        } else if !inside && class.is_word() {
            inside = true;
            count += 1;
        }
    }
    count
}

/// The text without white space and invisible characters at its ends, as a byte range of it.
pub(crate) fn trim(text: &str) -> std::ops::Range<usize> {
    let outside = |c: char| matches!(Class::of(c), Class::Space | Class::Break | Class::Format);
    let tail = text.trim_start_matches(outside);
    let start = text.len() - tail.len();
    start..start + tail.trim_end_matches(outside).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let class: Vec<Class> = "Ké'ك\u{640}\u{64E}\u{200F}٢\u{A0}\r«д\u{301}".chars().map(Class::of).collect();
        use Class::*;
        assert_eq!(
            class,
            [Latin, Latin, Symbol, Arabic, Tatweel, Combining, Format, Digit, Space, Break, Symbol, Letter, Combining]
        );
    }

    #[test]
    fn trims_what_is_not_seen() {
        assert_eq!(trim("\u{FEFF} \u{200F}نعم\u{200F}\r\n"), 7..13);
        assert_eq!(trim(" \u{200E} "), 5..5);
        assert_eq!(trim(""), 0..0);
    }
}
