//! How does the text read to somebody who looks for names?
//!
//! ```text
//! "القائِـــم بأعمال"  ─►  "القائم باعمال"        "MONTRÉAL’S"  ─►  "montreal's"
//! ```
//!
//! The one fold of this crate: gazetteer names, rule words and texts all pass through it. Lower case, no diacritics,
//! no harakat and tatweel, one kind of apostrophe, space and digit; white space in a row is one character, `\n` if
//! a line ends in it. Every decision rests on the folded text so far, which makes folding idempotent.

use unicode_normalization::char::decompose_compatible;

use crate::span::Span;
use crate::text::align::{Alignment, Walk};
use crate::text::arabic;
use crate::text::class::{Class, is_apostrophe, is_dropped};

/// A folded text with the way back to the original.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    pub(crate) text: String,
    map: Alignment,
}

impl Folded {
    /// The original bytes of a folded range, whole characters with the marks that belong to them.
    pub(crate) fn original(&self, folded: Span) -> Span {
        self.map.original(folded)
    }

    /// The folded bytes of an original range.
    pub(crate) fn folded(&self, original: Span) -> Span {
        self.map.folded(original)
    }

    /// A faster [`Folded::folded`] for ranges in text order.
    pub(crate) fn walk(&self) -> Walk<'_> {
        self.map.walk()
    }

    /// Turns the line ends inside the given original ranges, in order, into spaces: lines that a typesetter broke.
    pub(crate) fn join_lines(&mut self, paragraphs: &[Span]) {
        if paragraphs.is_empty() {
            return;
        }
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        let mut walk = self.map.walk();
        for &paragraph in paragraphs {
            for byte in bytes.get_mut(walk.folded(paragraph).range()).unwrap_or_default() {
                if *byte == b'\n' {
                    *byte = b' ';
                }
            }
        }
        // One ASCII byte for another keeps it UTF-8; the fallback can never be needed.
        self.text = String::from_utf8(bytes).unwrap_or_default();
    }
}

/// Folds a text. Texts above `u32::MAX` bytes must have been cut.
pub(crate) fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    fold_into(&mut folded, text);
    folded
}

/// Folds a name or a rule's word.
pub(crate) fn fold_str(text: &str) -> String {
    fold(text).text
}

/// Folds into a buffer that is used again.
pub(crate) fn fold_into(folded: &mut Folded, text: &str) {
    folded.text.clear();
    folded.text.reserve(text.len());
    folded.map.clear();
    let mut folder = Folder { text, out: &mut folded.text, map: &mut folded.map, letter: None };
    let mut at = 0;
    while at < text.len() {
        at = folder.step(at);
    }
    let end = folder.out.len();
    folded.map.finish(text.len(), end);
}

struct Folder<'a> {
    text: &'a str,
    out: &'a mut String,
    map: &'a mut Alignment,
    /// Where the last character began, in both texts, if marks that follow belong to it.
    letter: Option<(usize, usize)>,
}

impl Folder<'_> {
    /// Folds what stands at `at`, one character or a run of plain ones, and returns where it ends.
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        match bytes.get(at..) {
            Some([0..=0x7F, ..]) => {
                let end = self.plain_run(at);
                if end > at { self.ascii(at, end) } else { self.slow(at) }
            }
            // The Arabic block U+0600–U+06FF.
            Some([lead @ 0xD8..=0xDB, next, ..]) => {
                let c = char::from_u32((u32::from(*lead) & 0x1F) << 6 | (u32::from(*next) & 0x3F)).unwrap_or(' ');
                match arabic::folded(c) {
                    Some(to) if to >= '\u{600}' && c != '\u{640}' => {
                        self.map.exact(at, self.out.len());
                        self.letter = Some((at, self.out.len()));
                        self.out.push(to);
                        at + 2
                    }
                    _ => self.slow(at),
                }
            }
            _ => self.slow(at),
        }
    }

    /// The end of the run of ASCII at `at` that only needs lower case.
    fn plain_run(&self, at: usize) -> usize {
        let mut white = self.ends_in_white();
        let mut apostrophe = self.out.ends_with('\'');
        let mut end = at;
        for &b in self.text.as_bytes().get(at..).unwrap_or_default() {
            match b {
                b' ' | b'\n' if white => break,
                b' ' | b'\n' => (white, apostrophe) = (true, false),
                b'\'' if apostrophe => break,
                b'\'' => (white, apostrophe) = (false, true),
                b'\t' | b'\r' | 0x0B | 0x0C | 0x80.. => break,
                _ => (white, apostrophe) = (false, false),
            }
            end += 1;
        }
        end
    }

    fn ascii(&mut self, at: usize, end: usize) -> usize {
        let start = self.out.len();
        self.map.exact(at, start);
        if self.text.get(at..end) == Some("-") && self.joins_arabic(end) {
            self.out.push(' ');
            return end;
        }
        self.out.push_str(&self.text[at..end]);
        self.out[start..].make_ascii_lowercase();
        self.letter = self.out.ends_with(|c: char| c.is_ascii_alphanumeric()).then(|| (end - 1, self.out.len() - 1));
        end
    }

    /// «جونغ-أون»: a hyphen between two Arabic letters parts words as a blank does, since some papers write it and some
    /// do not. `end` is where the hyphen ends.
    fn joins_arabic(&self, end: usize) -> bool {
        let mut rest = self.text.get(end..).unwrap_or_default().chars();
        let next = rest.find(|&c| !is_dropped(c) && Class::of(c) != Class::Format);
        self.out.ends_with(arabic::is_letter)
            && next.is_some_and(|c| {
                let mut folded = String::new();
                emit(&mut folded, c);
                folded.starts_with(arabic::is_letter)
            })
    }

    fn ends_in_white(&self) -> bool {
        self.out.ends_with([' ', '\n'])
    }

    /// One character of any kind (a run of them, where they are dropped).
    fn slow(&mut self, at: usize) -> usize {
        let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else { return self.text.len() };
        let class = Class::of(c);
        let end = at + c.len_utf8();
        let start = self.out.len();
        match class {
            Class::Space | Class::Break => self.white(at, class == Class::Break),
            Class::Format => return self.dropped(at),
            Class::Combining if is_dropped(c) => return self.dropped(at),
            Class::Tatweel if self.out.ends_with(arabic::is_letter) => return self.dropped(at),
            Class::Tatweel => {
                // After anything but an Arabic letter it lengthens nothing: writers use it as a dash.
                self.out.push('-');
                self.map.unit(at, start);
                self.letter = None;
            }
            _ if is_apostrophe(c) => self.apostrophe(at, c),
            _ => {
                emit(self.out, c);
                if self.out.get(start..) == Some("-") {
                    self.out.pop();
                    self.map.unit(at, start);
                    self.out.push(if self.joins_arabic(end) { ' ' } else { '-' });
                    self.letter = None;
                    return end;
                }
                let added = &self.out[start..];
                if added.is_empty() {
                    self.map.nothing(at, start);
                    return end;
                }
                let same = added.len() == c.len_utf8() && added.chars().nth(1).is_none();
                let attaches = added.ends_with(char::is_alphanumeric);
                if same {
                    self.map.exact(at, start)
                } else {
                    self.map.unit(at, start)
                }
                let last = if same { (at, start) } else { (at, self.out.len() - 1) };
                self.letter = attaches.then_some(last);
            }
        }
        end
    }

    fn white(&mut self, at: usize, ends_line: bool) {
        self.letter = None;
        let start = self.out.len();
        if !self.ends_in_white() {
            self.map.unit(at, start);
            self.out.push(if ends_line { '\n' } else { ' ' });
            return;
        }
        if ends_line {
            self.out.pop();
            self.out.push('\n');
        }
        self.map.nothing(at, start);
    }

    fn apostrophe(&mut self, at: usize, c: char) {
        self.letter = None;
        let start = self.out.len();
        push_apostrophe(self.out);
        if self.out.len() == start {
            return self.map.nothing(at, start);
        }
        if c == '\'' { self.map.exact(at, start) } else { self.map.unit(at, start) }
    }

    /// A run of characters that leave no trace. Marks belong to the letter before them; what is merely invisible
    /// does so only inside a word, so that no span ends in a direction mark.
    fn dropped(&mut self, at: usize) -> usize {
        let arabic = self.out.ends_with(arabic::is_letter);
        let (mut end, mut marks_end, mut inside) = (at, at, false);
        for c in self.text.get(at..).unwrap_or_default().chars() {
            let class = Class::of(c);
            match class {
                Class::Format => {}
                Class::Combining if is_dropped(c) => marks_end = end + c.len_utf8(),
                Class::Tatweel if arabic => marks_end = end + c.len_utf8(),
                _ => {
                    inside = class.is_letter() || class == Class::Digit;
                    break;
                }
            }
            if c == arabic::HAMZA_ABOVE {
                compose_hamza(self.out);
            }
            end += c.len_utf8();
        }
        let Some((original, folded)) = self.letter else {
            self.map.nothing(at, self.out.len());
            return end;
        };
        let owned = if inside { end } else { marks_end };
        if owned > at {
            self.map.widen(original, folded);
        }
        if owned < end {
            self.map.nothing(owned, self.out.len());
            self.letter = None;
        }
        end
    }
}

fn compose_hamza(out: &mut String) {
    if let Some(composed) = out.chars().next_back().and_then(arabic::with_hamza) {
        out.pop();
        out.push(composed);
    }
}

/// Writers and converters double an apostrophe inside a word ("as''ad"): after a letter the second adds nothing.
fn push_apostrophe(out: &mut String) {
    if !out.strip_suffix('\'').is_some_and(|before| before.ends_with(char::is_alphabetic)) {
        out.push('\'');
    }
}

/// Writes the folded form of one character that is no white space, mark, tatweel or apostrophe.
fn emit(out: &mut String, c: char) {
    if let Some(known) = special(c) {
        out.push_str(known);
        return;
    }
    match c {
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        '\u{600}'..='\u{6FF}' => out.extend(arabic::folded(c)),
        // Syllables of Hangul would fall apart into letters.
        '\u{AC00}'..='\u{D7A3}' => out.push(c),
        _ => decompose_compatible(c, |part| {
            for small in part.to_lowercase() {
                emit_part(out, small);
            }
        }),
    }
}

/// Writes one character of a decomposition.
fn emit_part(out: &mut String, c: char) {
    let class = Class::of(c);
    match class {
        _ if c == arabic::HAMZA_ABOVE => compose_hamza(out),
        _ if is_dropped(c) => {}
        Class::Format | Class::Tatweel => {}
        Class::Space | Class::Break => {
            if !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        }
        _ if is_apostrophe(c) => push_apostrophe(out),
        _ => match special(c) {
            Some(known) => out.push_str(known),
            None if ('\u{600}'..='\u{6FF}').contains(&c) => out.extend(arabic::folded(c)),
            None => out.push(c),
        },
    }
}

/// Characters whose folded form no decomposition tells, or tells wrongly.
fn special(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ħ' | 'Ħ' => "h",
        'ŋ' | 'Ŋ' => "n",
        'ŧ' | 'Ŧ' => "t",
        'ƒ' => "f",
        '‐' | '‑' => "-",
        '“' | '”' | '„' | '‟' | '″' | '＂' => "\"",
        // Footnote figures and signs are no part of the name before them.
        '¹' => "¹",
        '²' => "²",
        '³' => "³",
        '™' => "™",
        '℠' => "℠",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str, part: &str) -> String {
        let folded = fold(text);
        let start = folded.text.find(part).unwrap_or_else(|| panic!("{part:?} not in {:?}", folded.text));
        text[folded.original(Span::of(start..start + part.len()))].to_owned()
    }

    #[test]
    fn tables() {
        for (text, folded) in [
            ("John KERRY", "john kerry"),
            ("Montréal Łódź Straße Øre Æon İzmir ırmak", "montreal lodz strasse ore aeon izmir irmak"),
            ("e\u{301}", "e"),
            ("مسو\u{654}ول شي\u{654}ون", "مسؤول شئون"),
            ("و\u{64E}\u{654}", "ؤ"),
            ("\u{FE85}", "ؤ"),
            ("ﻻ ﷺ", "لا صلي الله عليه وسلم"),
            ("القائِـــم بأعمال", "القائم باعمال"),
            ("قال ـ وهو", "قال - وهو"),
            ("1437ـ1441هـ", "1437-1441ه"),
            ("٢٠١٥ ۱۲٫۵٪", "2015 12.5%"),
            ("Qur’an Sana‘a `x`", "qur'an sana'a `x`"),
            ("vhp''s as''ad", "vhp's as'ad"),
            ("a\u{A0}b\r\nc \t\u{2003} d\u{2028}e", "a b\nc d\ne"),
            ("US‑led – —", "us-led – —"),
            ("ＵＳＡ５", "usa5"),
            ("\u{FEFF}so\u{AD}ft\u{200F}", "soft"),
            ("محادثاتھم کیری", "محادثاتهم كيري"),
            ("“x” „y‟", "\"x\" \"y\""),
        ] {
            assert_eq!(fold_str(text), folded, "{text:?}");
        }
    }

    #[test]
    fn marks_belong_to_their_letter() {
        assert_eq!(spans("وَالبَحْرَيْن ", "البحرين"), "البَحْرَيْن");
        assert_eq!(spans("محمدٌ،", "محمد"), "محمدٌ");
        assert_eq!(spans("(\u{64E}محمد", "محمد"), "محمد");
        assert_eq!(spans("جون كيري\u{200F}.", "كيري"), "كيري");
        assert_eq!(spans("كي\u{200C}ري", "كيري"), "كي\u{200C}ري");
        assert_eq!(spans("كيريـــ ", "كيري"), "كيريـــ");
        assert_eq!(spans("Beyonce\u{301}!", "beyonce"), "Beyonce\u{301}");
        assert_eq!(spans("السﻻم", "لا"), "ﻻ");
        assert_eq!(spans("السﻻم", "ل"), "ل", "the first one found is that of the article");
        assert_eq!(spans("السﻻم", "ام"), "ﻻم", "a ligature is covered whole");
        assert_eq!(spans("جون\u{A0}\u{A0} كيري", "جون كيري"), "جون\u{A0}\u{A0} كيري");
    }

    #[test]
    fn joined_lines() {
        let mut folded = fold("Nigel\n Lawson\n\nEnd\nof");
        folded.join_lines(&[Span::new(0, 13)]);
        assert_eq!(folded.text, "nigel lawson\nend\nof");
    }

    #[test]
    fn every_character_folds_once() {
        for c in '\0'..=char::MAX {
            let once = fold_str(&format!("a{c}b"));
            assert_eq!(fold_str(&once), once, "U+{:04X}", c as u32);
            let arabic = fold_str(&format!("و{c}ي"));
            assert_eq!(fold_str(&arabic), arabic, "U+{:04X}", c as u32);
        }
    }
}
