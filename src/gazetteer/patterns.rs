//! In which folded spellings may a name, role, word or head-word stand in a text, and what does each mean?
//!
//! ```text
//! "عبد الله"  ─► "عبد الله", "عبدالله"
//! "السعودية" ─► "السعودية", and after the clitic ل (written لل) "لسعودية"
//! demonym "بحريني" ─► "بحريني", "البحريني", "لبحريني"
//! ```
//!
//! The spellings are generated here, once, while loading; nothing is inflected while a text is read.

use std::collections::HashMap;

use super::read::NameKind;
use crate::entity::EntityKind;
use crate::text::arabic::is_letter;
use crate::text::fold::fold_str;

/// What one pattern may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Meaning {
    Name(u32),
    Role(u32),
    Word(u32),
    Head(u32),
}

/// A meaning, and whether the pattern lacks the alef of its article because it stands after ل.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Entry {
    pub(crate) meaning: Meaning,
    pub(crate) after_lam: bool,
}

/// Folded spellings with their meanings, in the order in which they were first added.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    index: HashMap<String, u32>,
    pub(crate) spellings: Vec<String>,
    pub(crate) entries: Vec<Vec<Entry>>,
}

impl Patterns {
    pub(crate) fn add_name(&mut self, name: &str, kind: NameKind, entity: EntityKind, index: u32) {
        let folded = spelling(name);
        let meaning = Meaning::Name(index);
        self.add_forms(&folded, meaning);
        if kind == NameKind::Demonym && folded.starts_with(is_letter) && !name.starts_with("ال") {
            // A demonym of two words takes the article on both: «كوري شمالي» → «الكوري الشمالي».
            let definite = folded.split(' ').map(|w| format!("ال{w}")).collect::<Vec<_>>().join(" ");
            self.add_forms(&definite, meaning);
        }
        if entity == EntityKind::Person && kind != NameKind::Short {
            for variant in person_variants(&folded) {
                self.add_forms(&variant, meaning);
            }
        }
    }

    pub(crate) fn add_role(&mut self, form: &str, index: u32) {
        self.add_forms(&spelling(form), Meaning::Role(index));
    }

    pub(crate) fn add_word(&mut self, form: &str, index: u32) {
        let folded = spelling(form);
        if folded.ends_with(|c: char| c.is_ascii_lowercase()) {
            // "Oct." is one token
            self.add(&format!("{folded}."), Entry { meaning: Meaning::Word(index), after_lam: false });
        }
        self.add_forms(&folded, Meaning::Word(index));
    }

    pub(crate) fn add_head(&mut self, form: &str, index: u32) {
        self.add_forms(&spelling(form), Meaning::Head(index));
    }

    fn add_forms(&mut self, folded: &str, meaning: Meaning) {
        self.add(folded, Entry { meaning, after_lam: false });
        for variant in [joined_abd(folded), split_abd(folded)].into_iter().flatten() {
            self.add(&variant, Entry { meaning, after_lam: false });
        }
        if folded.contains('-') {
            // "al-Jubeir" and "al Jubeir"
            self.add(&folded.replace('-', " "), Entry { meaning, after_lam: false });
        }
        if let Some(bare) = folded.strip_prefix("ال")
            && bare.starts_with(is_letter)
        {
            // ل + ال is written لل: the name then starts at the second lam. Before a lam one of the three is dropped.
            self.add(&format!("ل{bare}"), Entry { meaning, after_lam: true });
        }
    }

    fn add(&mut self, folded: &str, entry: Entry) {
        if folded.is_empty() {
            return;
        }
        let slot = match self.index.get(folded) {
            Some(&slot) => slot as usize,
            None => {
                let slot = self.spellings.len();
                self.index.insert(folded.to_owned(), slot as u32);
                self.spellings.push(folded.to_owned());
                self.entries.push(Vec::with_capacity(1));
                slot
            }
        };
        if !self.entries[slot].contains(&entry) {
            self.entries[slot].push(entry);
        }
    }
}

/// The folded form with single spaces, as the matcher's haystack has it.
pub(crate) fn spelling(form: &str) -> String {
    fold_str(form).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// «عبد الله» → «عبدالله», also «أبو ظبي» → «أبوظبي».
fn joined_abd(folded: &str) -> Option<String> {
    let mut out = String::new();
    let mut changed = false;
    let mut before = "";
    for word in folded.split(' ') {
        let glued = match before {
            "عبد" => word.starts_with("ال"),
            "ابو" => true,
            _ => false,
        };
        if !out.is_empty() && !glued {
            out.push(' ');
        }
        changed |= glued;
        out.push_str(word);
        before = word;
    }
    changed.then_some(out)
}

/// «عبدالله» → «عبد الله».
fn split_abd(folded: &str) -> Option<String> {
    let mut changed = false;
    let words: Vec<String> = folded
        .split(' ')
        .map(|word| match word.strip_prefix("عبدال") {
            Some(rest) if rest.chars().count() >= 2 => {
                changed = true;
                format!("عبد ال{rest}")
            }
            _ => word.to_owned(),
        })
        .collect();
    changed.then(|| words.join(" "))
}

/// The middle of a chain may be dropped: X bin Y Al Z = X Al Z; «X بن Y آل Z» = «X آل Z».
fn person_variants(folded: &str) -> Vec<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_bin = |w: &str| matches!(w, "bin" | "ibn" | "ben" | "بن" | "ابن");
    let mut out = Vec::new();
    if let Some(bin) = words.iter().position(|w| is_bin(w))
        && bin >= 1
    {
        let house = words.iter().rposition(|w| matches!(*w, "al" | "ال"));
        if let Some(house) = house
            && house > bin
            && house + 1 < words.len()
        {
            let mut short = words[..bin].to_vec();
            short.extend(&words[house..]);
            out.push(short.join(" "));
            // X bin Y bin W Al Z = X bin Y Al Z
            let mut one = words[..(bin + 2).min(house)].to_vec();
            one.extend(&words[house..]);
            out.push(one.join(" "));
        }
    }
    // "Jerome H. Powell" = "Jerome Powell"
    let initial = |w: &str| w.trim_end_matches('.').chars().count() == 1 && w.is_ascii();
    if let [first, middle @ .., last] = &words[..]
        && middle.iter().any(|w| initial(w))
        && !initial(first)
        && !initial(last)
    {
        let full = middle.iter().filter(|w| !initial(w));
        out.push([first].into_iter().chain(full).chain([last]).copied().collect::<Vec<_>>().join(" "));
    }
    out.retain(|v| v != folded);
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(name: &str, kind: NameKind) -> Vec<String> {
        let mut p = Patterns::default();
        p.add_name(name, kind, EntityKind::Person, 0);
        p.spellings
    }

    #[test]
    fn generated_spellings() {
        assert_eq!(spellings("عبد الله", NameKind::Name), ["عبد الله", "عبدالله"]);
        assert_eq!(spellings("السعودية", NameKind::Short), ["السعوديه".replace('ه', "ة"), "لسعودية".to_owned()]);
        assert_eq!(spellings("بحريني", NameKind::Demonym), ["بحريني", "البحريني", "لبحريني"]);
        assert!(
            spellings("Khalid bin Ahmed bin Mohammed Al Khalifa", NameKind::Name)
                .contains(&"khalid al khalifa".to_owned())
        );
        assert_eq!(spellings("Ada B. Quill", NameKind::Name), ["ada b. quill", "ada quill"]);
        assert!(spellings("Adel al-Jubeir", NameKind::Name).contains(&"adel al jubeir".to_owned()));
    }
}
