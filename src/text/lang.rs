//! In which language is this paragraph?
//!
//! ```text
//! "Kerry met Lavrov"        ─► English      more Latin letters
//! «التقى كيري لافروف»        ─► Arabic       more Arabic letters
//! «وزیر خارجه گفت که …»      ─► Other        … but letters and words of Persian
//! ```

use crate::text::Language;
use crate::text::class::Class;
use crate::text::words::TextWords;

/// The language of a paragraph, given as it was written and folded.
pub(crate) fn language(raw: &str, folded: &str, words: &TextWords) -> Language {
    let (mut latin, mut arabic, mut other, mut alien, mut persian) = (0usize, 0usize, 0usize, 0usize, 0usize);
    if raw.is_ascii() {
        // Latin letters or none at all.
        return if raw.contains(|c: char| c.is_ascii_alphabetic()) { Language::English } else { Language::Other };
    }
    for c in raw.chars() {
        match Class::of(c) {
            Class::Latin => latin += 1,
            Class::Letter => other += 1,
            Class::Arabic => {
                arabic += 1;
                alien += usize::from(is_alien(c));
                persian += usize::from(matches!(c, 'ی' | 'ک'));
            }
            // Persian digits are a hint as good as a letter; alone they decide nothing.
            Class::Digit if ('\u{6F0}'..='\u{6F9}').contains(&c) => alien += 1,
            _ => {}
        }
    }
    if other > latin && other > arabic || latin + arabic == 0 {
        Language::Other
    } else if latin >= arabic {
        Language::English
    } else if alien + persian > 0 && is_foreign(arabic, alien, folded, words) {
        Language::Other
    } else {
        Language::Arabic
    }
}

/// Letters that Persian, Urdu, Kurdish or Pashto need and Arabic does not.
fn is_alien(c: char) -> bool {
    matches!(
        c,
        'پ' | 'چ'
            | 'ژ'
            | 'گ'
            | 'ٹ'
            | 'ڈ'
            | 'ڑ'
            | 'ے'
            | 'ں'
            | 'ہ'
            | 'ۀ'
            | 'ۆ'
            | 'ێ'
            | 'ڵ'
            | 'ڕ'
            | 'ړ'
            | 'ښ'
            | 'ې'
    )
}

/// Arabic papers spell a foreign name with پ or گ now and then, so a few such letters are not enough: function words
/// must speak for another language too, or the letters must be many.
fn is_foreign(arabic: usize, alien: usize, folded: &str, words: &TextWords) -> bool {
    let (mut all, mut foreign, mut article) = (0usize, 0usize, 0usize);
    for word in folded.split(|c: char| !Class::of(c).is_letter()).filter(|word| !word.is_empty()) {
        all += 1;
        foreign += usize::from(words.is_foreign(word));
        article += usize::from(word.starts_with("ال"));
    }
    let many_letters = alien * 25 >= arabic && alien >= 2;
    let many_words = foreign * 12 >= all && foreign >= 2;
    let some_of_both = alien * 100 >= arabic && alien > 0 && foreign * 20 >= all && foreign > 0;
    (many_letters || many_words || some_of_both) && article * 6 <= all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_str;
    use crate::text::words::for_tests;

    #[test]
    fn languages() {
        let words = for_tests();
        for (text, expected) in [
            ("Kerry met Lavrov in Geneva.", Language::English),
            ("التقى كيري نظيره الروسي في جنيف.", Language::Arabic),
            ("وقال پوتين إن الگاز سيصل إلى المدينة في موعده بعد الاتفاق مع الشركة.", Language::Arabic),
            ("وزیر امور خارجه گفت که این دیدار برای هر دو کشور مهم است", Language::Other),
            ("وزیر خارجہ نے کہا ہے کہ یہ ملاقات اہم ہے", Language::Other),
            ("Министр встретился с послом", Language::Other),
            ("قالت شركة Apple الأميركية إنها ستفتح متجرا في الرياض", Language::Arabic),
            ("2015 - 11", Language::Other),
            ("", Language::Other),
        ] {
            assert_eq!(language(text, &fold_str(text), &words), expected, "{text}");
        }
    }
}
