//! Which Arabic letters are one letter for a reader who looks for names?
//!
//! ```text
//! أ إ آ ٱ ─► ا     ى ی ─► ي     ک ─► ك     ٣ ۳ ─► 3     harakat ─► nothing     ة ه ؤ ئ ء stay
//! ```
//!
//! The table is explicit because decomposition and stripping of marks would also fold ؤ to و and ئ to ي.

use std::borrow::Cow;

use crate::span::Span;

/// Folded code points of U+0600–U+06FF; 0 where the character is dropped. Tatweel is left to [`crate::text::fold`],
/// which knows what stands before it.
static BLOCK: [u16; 256] = block();

const fn block() -> [u16; 256] {
    let mut table = [0u16; 256];
    let mut i = 0;
    while i < 256 {
        let c = 0x600 + i as u16;
        table[i] = match c {
            0x622 | 0x623 | 0x625 | 0x671 | 0x672 | 0x673 | 0x675 => 0x627,
            0x649 | 0x6CC | 0x6CD | 0x6CE => 0x64A,
            0x6A9 | 0x6AA => 0x643,
            0x6BE | 0x6C0 | 0x6C1 | 0x6C2 | 0x6D5 => 0x647,
            0x6C3 => 0x629,
            0x676 => 0x624,
            0x678 => 0x626,
            0x660..=0x669 => 0x30 + (c - 0x660),
            0x6F0..=0x6F9 => 0x30 + (c - 0x6F0),
            0x66A => 0x25,
            0x66B => 0x2E,
            0x66C => 0x2C,
            0x6D4 => 0x2E,
            0x610..=0x61A | 0x61C | 0x64B..=0x65F | 0x670 | 0x674 | 0x6D6..=0x6ED => 0,
            _ => c,
        };
        i += 1;
    }
    table
}

/// The hamza that sits above a letter, as a mark of its own.
pub(crate) const HAMZA_ABOVE: char = '\u{654}';

/// What a character of U+0600–U+06FF folds to; `None` if it is dropped.
pub(crate) fn folded(c: char) -> Option<char> {
    match BLOCK.get((c as usize).wrapping_sub(0x600)) {
        Some(0) => None,
        Some(&to) => char::from_u32(u32::from(to)),
        None => Some(c),
    }
}

/// The letter that a folded letter and a hamza above it make, where that is a letter of its own.
pub(crate) fn with_hamza(letter: char) -> Option<char> {
    match letter {
        'و' => Some('ؤ'),
        'ي' => Some('ئ'),
        _ => None,
    }
}

/// Whether it is a letter of the Arabic script, presentation forms included; marks, digits and tatweel are not.
pub(crate) const fn is_letter(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{63F}'
        | '\u{641}'..='\u{64A}'
        | '\u{66E}'..='\u{66F}'
        | '\u{671}'..='\u{673}'
        | '\u{675}'..='\u{6D3}'
        | '\u{6D5}'
        | '\u{6EE}'..='\u{6EF}'
        | '\u{6FA}'..='\u{6FC}'
        | '\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{8A0}'..='\u{8C9}'
        | '\u{FB50}'..='\u{FBB1}'
        | '\u{FBD3}'..='\u{FC5D}'
        | '\u{FC64}'..='\u{FCF1}'
        | '\u{FCF5}'..='\u{FD3D}'
        | '\u{FD50}'..='\u{FDC7}'
        | '\u{FDF0}'..='\u{FDFB}'
        | '\u{FE80}'..='\u{FEFC}')
}

/// Whether it is a vowel sign or another mark that names are compared without. Some presentation forms are nothing
/// but such marks on a space or a tatweel.
pub(crate) const fn is_haraka(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{674}'
        | '\u{6D6}'..='\u{6ED}'
        | '\u{8CA}'..='\u{8FF}'
        | '\u{FC5E}'..='\u{FC63}'
        | '\u{FCF2}'..='\u{FCF4}'
        | '\u{FE70}'..='\u{FE7F}')
}

/// The words of a span as they stand by themselves: behind the preposition «ل» the article is written without its alif,
/// so that the words of «للرئيس» are «لرئيس», and by themselves «الرئيس».
pub(crate) fn by_itself(text: &str, span: Span) -> Cow<'_, str> {
    let words = text.get(span.range()).unwrap_or_default();
    match words.strip_prefix('ل') {
        Some(rest) if text.get(..span.start()).is_some_and(|before| before.ends_with('ل')) => {
            Cow::Owned(format!("ال{rest}"))
        }
        _ => Cow::Borrowed(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_fall_together_and_letters_that_do_not() {
        let fold = |s: &str| s.chars().filter_map(folded).collect::<String>();
        assert_eq!(fold("أإآٱا"), "ااااا");
        assert_eq!(fold("علىعلیعلي"), "عليعليعلي");
        assert_eq!(fold("ةهؤئء"), "ةهؤئء");
        assert_eq!(fold("کتاب"), "كتاب");
        assert_eq!(fold("٠٩۰۹٫"), "0909.");
        assert_eq!(fold("عُمان"), "عمان");
    }
}
