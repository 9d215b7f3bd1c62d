//! When are two written names the same name, and what id does a name give?
//!
//! ```text
//! "Mevlüt Çavuşoğlu"  key  "mevlut cavusoglu"   slug  "mevlut-cavusoglu"
//! "عبدالله بن زايد"    spelled also  "عبد الله بن زايد"
//! ```
//!
//! This is the build's own fold, for merging sources only; the library folds again when it loads.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that no decomposition turns into ASCII.
const LATIN: [(char, &str); 30] = [
    ('ß', "ss"),
    ('ẞ', "ss"),
    ('ø', "o"),
    ('Ø', "o"),
    ('ł', "l"),
    ('Ł', "l"),
    ('æ', "ae"),
    ('Æ', "ae"),
    ('œ', "oe"),
    ('Œ', "oe"),
    ('đ', "d"),
    ('Đ', "d"),
    ('ð', "d"),
    ('Ð', "d"),
    ('þ', "th"),
    ('Þ', "th"),
    ('ı', "i"),
    ('ħ', "h"),
    ('Ħ', "h"),
    ('ŋ', "ng"),
    ('ə', "e"),
    ('Ə', "e"),
    ('ɓ', "b"),
    ('ɗ', "d"),
    ('ŧ', "t"),
    ('ĸ', "k"),
    ('ƙ', "k"),
    ('ơ', "o"),
    ('ư', "u"),
    ('&', " and "),
];

/// Lower-case ASCII words with single blanks between; apostrophes and dots vanish, hyphens part words.
pub(crate) fn latin_key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.nfkd() {
        if is_combining_mark(letter) || matches!(letter, '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '.')
        {
            continue;
        }
        if letter.is_ascii_alphanumeric() {
            out.push(letter.to_ascii_lowercase());
        } else if let Some((_, ascii)) = LATIN.iter().find(|(from, _)| *from == letter) {
            out.push_str(ascii);
        } else {
            out.push(' ');
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The second part of an id: the key with hyphens.
pub(crate) fn slug(name: &str) -> String {
    latin_key(name).replace(' ', "-")
}

/// Arabic without marks, tatweel and the differences that the library folds too.
pub(crate) fn arabic_key(name: &str) -> String {
    let folded: String = name
        .nfc()
        .filter_map(|letter| match letter {
            '\u{640}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => None,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
            'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
            'ى' | 'ی' => Some('ي'),
            'ک' => Some('ك'),
            _ if letter.is_whitespace() => Some(' '),
            _ => Some(letter),
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key of a name in either language.
pub(crate) fn key(name: &str, lang: &str) -> String {
    if lang == "ar" { arabic_key(name) } else { latin_key(name) }
}

/// The consonants of a word, so that "Jubeir" and "Jubayr", "Mohammed" and "Muhammad" meet.
pub(crate) fn skeleton(word: &str) -> String {
    let mut key = latin_key(word);
    for (from, to) in
        [("kh", "x"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("ou", "u")]
    {
        key = key.replace(from, to);
    }
    let mut out = String::new();
    for letter in key.chars() {
        let letter = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' | ' ' => continue,
            'q' | 'c' => 'k',
            'z' => 's',
            'v' => 'f',
            other => other,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

/// Whether the letters of a name belong to the column of its language: no Arabic in `en`, nothing but Arabic letters
/// (not Persian, Urdu or Sindhi ones) in `ar`.
pub(crate) fn right_script(name: &str, lang: &str) -> bool {
    let mut letters = name.chars().filter(|letter| letter.is_alphabetic()).peekable();
    if letters.peek().is_none() {
        return false;
    }
    letters.all(|letter| if lang == "ar" { is_arabic(letter) } else { is_latin(letter) })
}

/// A letter of the Arabic language itself.
pub(crate) fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{652}' | '\u{670}' | '\u{671}')
}

fn is_latin(letter: char) -> bool {
    matches!(letter, 'A'..='Z' | 'a'..='z' | '\u{aa}' | '\u{b5}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
        || matches!(letter, '\u{250}'..='\u{2ff}')
}

/// The other spellings of the names that begin with عبد and أبو: both are written joined and apart.
pub(crate) fn arabic_spellings(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut joined = Vec::new();
    let mut parted = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match words.get(at + 1) {
            Some(next) if *word == "عبد" && (next.starts_with("ال") || *next == "ربه") => {
                joined.push(format!("{word}{next}"));
                parted.extend([(*word).to_owned(), (*next).to_owned()]);
                at += 2;
            }
            _ => {
                joined.push((*word).to_owned());
                match word.strip_prefix("عبد") {
                    Some(rest) if rest.starts_with("ال") && rest.chars().count() > 3 => {
                        parted.extend(["عبد".to_owned(), rest.to_owned()]);
                    }
                    _ => parted.push((*word).to_owned()),
                }
                at += 1;
            }
        }
    }
    let mut out: Vec<String> = [joined.join(" "), parted.join(" ")].into_iter().filter(|other| other != name).collect();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_slugs_are_ascii() {
        assert_eq!(latin_key("Mevlüt  Çavuşoğlu"), "mevlut cavusoglu");
        assert_eq!(slug("Jean-Yves Le Drian"), "jean-yves-le-drian");
        assert_eq!(slug("Côte d’Ivoire"), "cote-divoire");
        assert_eq!(slug("Łódź"), "lodz");
    }

    #[test]
    fn arabic_spellings_go_both_ways() {
        assert_eq!(arabic_spellings("عبدالله بن زايد"), ["عبد الله بن زايد"]);
        assert_eq!(arabic_spellings("عبد العزيز بوتفليقة"), ["عبدالعزيز بوتفليقة"]);
        assert!(arabic_spellings("سامح شكري").is_empty());
    }

    #[test]
    fn skeletons_meet_across_romanisations() {
        assert_eq!(skeleton("Jubeir"), skeleton("Jubayr"));
        assert_eq!(skeleton("Mohammed"), skeleton("Muhammad"));
    }

    #[test]
    fn scripts_are_told_apart() {
        assert!(right_script("المنامة", "ar"));
        assert!(!right_script("حيدرآباد، سنڌ", "ar"));
        assert!(!right_script("ڤالارتا", "ar"));
        assert!(right_script("Łódź", "en"));
        assert!(!right_script("Москва", "en"));
    }
}
