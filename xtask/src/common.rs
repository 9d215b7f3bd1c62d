//! Which spellings are words of running text more often than names: too common to stand alone?
//!
//! ```text
//! cargo run -p xtask -- common CORPUS…      counts ──► xtask/data/frequencies.tsv
//! cargo run -p xtask -- lint                reads the counts: names that stand alone and are words
//!
//! word  lang  name  as_word      "hope" en 31 4127: written small 4,127 times of 4,158
//! فتح   ar    —     2210 402     402 of 2,210 with a pronoun at its end, or after a word that no name follows
//! ```
//!
//! English tells names by their capitals: the share of occurrences that are written small, of those inside a sentence.
//! Arabic has none. There a word shows itself by what names do not take: a pronoun at its end («فتحها»), a word before
//! it that wants a noun or a verb («إعادة», «قد», «كل», «هذه»: `data/ar_neighbours.tsv`).
//!
//! The corpus is the user's: folders, texts, or JSON Lines with a field `text`. Only counts are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::fold::{arabic_key, is_arabic, key};

/// From this share on an English spelling is a word.
const ENGLISH: f64 = 0.2;
/// From this share on an Arabic spelling is one: most occurrences of a word show nothing.
const ARABIC: f64 = 0.03;
/// Fewer occurrences as a word are chance.
const FEWEST: u32 = 5;

/// Pronouns at an Arabic word's end that no name bears.
const PRONOUNS: [&str; 6] = ["هما", "ها", "هم", "نا", "كم", "ه"];

/// Occurrences of a spelling, and how many of them show a word.
#[derive(Clone, Copy, Default)]
pub(crate) struct Count {
    pub(crate) all: u32,
    pub(crate) word: u32,
}

impl Count {
    /// Whether the spelling is too common a word to be a name without evidence.
    pub(crate) fn too_common(self, lang: &str) -> bool {
        let share = f64::from(self.word) / f64::from(self.all.max(1));
        self.word >= FEWEST && share >= if lang == "ar" { ARABIC } else { ENGLISH }
    }
}

/// The counts by language and folded spelling.
pub(crate) type Counts = BTreeMap<(String, String), Count>;

/// Counts the names' spellings in a corpus and writes `xtask/data/frequencies.tsv`.
pub(crate) fn count(root: &Path, corpus: &[&str]) -> Result<(), String> {
    let spellings = spellings(&root.join("gazetteers"))?;
    let neighbours: BTreeSet<String> =
        words(&root.join("xtask/data/ar_neighbours.tsv"))?.iter().map(|w| arabic_key(w)).collect();
    let mut counts = Counts::new();
    let (mut files, mut bytes) = (Vec::new(), 0);
    for path in corpus {
        collect(Path::new(path), &mut files)?;
    }
    files.sort();
    for path in &files {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        bytes += text.len();
        let lines = path.extension().is_some_and(|e| e == "jsonl");
        for (n, line) in text.lines().enumerate() {
            if lines {
                let row: serde_json::Value =
                    serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1))?;
                let text = row.get("text").and_then(|t| t.as_str()).unwrap_or_default();
                text.lines().for_each(|l| line_of(l, &spellings, &neighbours, &mut counts));
            } else {
                line_of(line, &spellings, &neighbours, &mut counts);
            }
        }
    }
    let mut out = String::from("word\tlang\tall\tas_word\n");
    let mut rows: Vec<_> = counts.iter().filter(|(_, c)| c.word >= FEWEST).collect();
    rows.sort();
    for ((lang, word), c) in &rows {
        out.push_str(&format!("{word}\t{lang}\t{}\t{}\n", c.all, c.word));
    }
    let path = root.join("xtask/data/frequencies.tsv");
    fs::write(&path, out).map_err(|e| format!("{}: {e}", path.display()))?;
    let common = rows.iter().filter(|((lang, _), c)| c.too_common(lang)).count();
    println!("{} files, {bytes} bytes: {} spellings occur as words, {common} of them too commonly", files.len(), rows.len());
    Ok(())
}

impl PartialEq for Count {
    fn eq(&self, other: &Self) -> bool {
        (self.all, self.word) == (other.all, other.word)
    }
}

impl Eq for Count {}

impl PartialOrd for Count {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Count {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.all, self.word).cmp(&(other.all, other.word))
    }
}

/// The counts of an earlier run; empty where there was none.
pub(crate) fn read(path: &Path) -> Counts {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [word, lang, all, as_word] = cells[..] else { return None };
            let count = Count { all: all.parse().ok()?, word: as_word.parse().ok()? };
            Some(((lang.to_owned(), word.to_owned()), count))
        })
        .collect()
}

/// The folded spellings of one word that names bear.
fn spellings(folder: &Path) -> Result<BTreeSet<String>, String> {
    let (mut files, mut out) = (Vec::new(), BTreeSet::new());
    collect(folder, &mut files)?;
    for path in files.iter().filter(|p| p.to_string_lossy().ends_with(".names.tsv")) {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        for line in text.lines().filter(|l| !l.starts_with('#')).skip(1) {
            let mut cells = line.split('\t');
            let (Some(name), Some(lang)) = (cells.next(), cells.next()) else { continue };
            if !name.contains(' ') {
                out.insert(key(name, lang));
            }
        }
    }
    Ok(out)
}

fn words(path: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text.lines().skip(1).filter(|l| !l.is_empty()).map(str::to_owned).collect())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))?;
        for entry in entries {
            collect(&entry.map_err(|e| e.to_string())?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_owned());
    } else {
        return Err(format!("{}: no such file", path.display()));
    }
    Ok(())
}

/// Counts the words of one line.
fn line_of(line: &str, spellings: &BTreeSet<String>, neighbours: &BTreeSet<String>, counts: &mut Counts) {
    let tokens: Vec<(&str, bool)> = tokens(line);
    let latin = tokens.iter().filter(|(t, _)| t.len() > 3 && t.starts_with(|c: char| c.is_ascii_alphabetic()));
    let (mut small, mut capital) = (0u32, 0u32);
    latin.for_each(|(t, _)| if t.starts_with(char::is_uppercase) { capital += 1 } else { small += 1 });
    // Where most words have capitals, capitals say nothing: a headline.
    let running = small > 2 * capital;
    let mut before = String::new();
    for (token, starts) in tokens {
        if token.starts_with(is_arabic) {
            let word = arabic_key(token);
            let bare = word.strip_prefix('و').filter(|b| !spellings.contains(&word) && spellings.contains(*b));
            let word = bare.map_or(word.clone(), str::to_owned);
            if spellings.contains(&word) {
                let c = counts.entry(("ar".to_owned(), word.clone())).or_default();
                c.all += 1;
                c.word += u32::from(neighbours.contains(&before));
            }
            for pronoun in PRONOUNS {
                let Some(stem) = word.strip_suffix(pronoun).filter(|s| s.chars().count() >= 2) else { continue };
                let feminine = stem.strip_suffix('ت').map(|s| format!("{s}ة"));
                for stem in [Some(stem.to_owned()), feminine].into_iter().flatten() {
                    if spellings.contains(&stem) && !spellings.contains(&word) {
                        let c = counts.entry(("ar".to_owned(), stem)).or_default();
                        c.all += 1;
                        c.word += 1;
                    }
                }
                break;
            }
            before = word;
            continue;
        }
        before.clear();
        let small = token.chars().next().is_some_and(char::is_lowercase);
        let word = key(token, "en");
        if running && (small || !starts) && spellings.contains(&word) {
            let c = counts.entry(("en".to_owned(), word)).or_default();
            c.all += 1;
            c.word += u32::from(small);
        }
    }
}

/// The words of a line, each with whether it begins a sentence or a quotation.
fn tokens(line: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let mut starts = true;
    let inside = |c: char| c.is_alphanumeric() || is_arabic(c) || c == '\'' || c == '’' || c == '-';
    let mut from = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if inside(c) {
            from.get_or_insert(at);
            continue;
        }
        if let Some(start) = from.take() {
            out.push((line[start..at].trim_end_matches(['\'', '’', '-']), starts));
            starts = false;
        }
        if !c.is_whitespace() && !matches!(c, ',' | ';' | ')' | '،' | '؛') {
            starts = true;
        }
    }
    out.retain(|(t, _)| !t.is_empty());
    out
}

/// Names that stand alone and are words, of a table's row: what the lint says of it, or `None`.
pub(crate) fn complaint(counts: &Counts, name: &str, lang: &str, kind: &str, flags: &str) -> Option<String> {
    let guarded = flags.split(',').any(|f| matches!(f, "weak" | "case"));
    let licensed = kind == "short" && !flags.split(',').any(|f| f == "alone");
    if name.contains(' ') || guarded || licensed || kind == "demonym" {
        return None;
    }
    // Letters alone are told by their capitals.
    if kind == "acronym" && lang != "ar" {
        return None;
    }
    let count = counts.get(&(lang.to_owned(), key(name, lang)))?;
    count.too_common(lang).then(|| {
        format!(
            "{name:?} is a word {} times of {} in running text: it needs the flag weak or case, or a row in \
             xtask/data/common_accepted.tsv",
            count.word, count.all
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str, names: &[(&str, &str)]) -> Counts {
        let spellings = names.iter().map(|(n, l)| key(n, l)).collect();
        let neighbours = ["إعادة", "كل"].iter().map(|w| arabic_key(w)).collect();
        let mut counts = Counts::new();
        text.lines().for_each(|l| line_of(l, &spellings, &neighbours, &mut counts));
        counts
    }

    #[test]
    fn capitals_tell_in_english() {
        let counts = counted("Hope is what we have, and we hope that the party Hope will go.", &[("Hope", "en")]);
        let c = counts[&("en".to_owned(), "hope".to_owned())];
        assert_eq!((c.all, c.word), (2, 1), "the first word of a sentence says nothing");
    }

    #[test]
    fn neighbours_and_pronouns_tell_in_arabic() {
        let counts = counted("إعادة فتح الطريق بعد فتحه أمس، وقالت فتح", &[("فتح", "ar")]);
        let c = counts[&("ar".to_owned(), "فتح".to_owned())];
        assert_eq!((c.all, c.word), (3, 2));
    }
}
