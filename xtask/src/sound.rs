//! Do two spellings sound alike, in whichever script each is?
//!
//! ```text
//! Bytom    b t m          بيطوم   b t m        alike
//! Khorramshahr  k r m s r  المحمرة  l m m r      not alike
//! ```
//!
//! This only guards the build against misaligned rows; the library has its own way to meet names across scripts.

/// Consonant classes; vowels, weak letters and the article are dropped, doubled letters count once.
fn classes(text: &str) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let folded = crate::fold::latin_key(text);
    let letters: Vec<char> =
        if folded.is_empty() { crate::fold::arabic_key(text).chars().collect() } else { folded.chars().collect() };
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let class: &[u8] = match letter {
            'b' | 'p' | 'ب' => b"b",
            'f' | 'v' | 'ف' => b"f",
            't' | 'ت' | 'ط' | 'ث' => b"t",
            'd' | 'د' | 'ض' | 'ذ' | 'ظ' => b"d",
            'c' if matches!(next, 'e' | 'i' | 'h' | 'y') => b"s",
            's' | 'z' | 'س' | 'ص' | 'ز' | 'ش' => b"s",
            'k' | 'q' | 'c' | 'ك' | 'ق' | 'خ' => b"k",
            'x' => b"ks",
            'g' | 'j' | 'ج' | 'غ' => b"g",
            'l' | 'ل' => b"l",
            'r' | 'ر' => b"r",
            'm' | 'م' => b"m",
            'n' | 'ن' => b"n",
            _ => b"",
        };
        for class in class {
            if out.last() != Some(class) {
                out.push(*class);
            }
        }
    }
    out
}

/// Whether the consonants of the two run alike: three quarters of them in the same order, none missing in short names.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let (a, b) = (classes(one), classes(other));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let common = in_order(&a, &b);
    let longer = a.len().max(b.len());
    if longer <= 2 { common == longer } else { common * 4 >= longer * 3 || longer == 3 && common == 2 && a[0] == b[0] }
}

/// Whether all consonants of the two are the same.
pub(crate) fn same(one: &str, other: &str) -> bool {
    classes(one) == classes(other)
}

/// The length of the longest common subsequence.
pub(crate) fn in_order(a: &[u8], b: &[u8]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_one_sound_meet() {
        assert!(alike("Bytom", "بيطوم"));
        assert!(alike("Anamosa", "أناموسا"));
        assert!(alike("Peterborough", "بيتيربوروغ"));
        assert!(!alike("Household Hardware", "معدات منزلية"));
        assert!(!alike("Albacete", "البسيط نهر"));
    }
}
