//! When do two spellings, of one script or of two, sound like the same name part?
//!
//! ```text
//! "Soini"    s→S o→o i→i n→N i→i    S(o,i) N(i)  ┐ the same consonants, and every vowel that the Arabic
//! «سويني»    س→S و→o ي→i ن→N ي→i    S(o,i) N(i)  ┘ writes may stand there in the Latin: they meet
//! "Mahmoud" M H M(o) D   «محمد» M H M D           they meet with a deviation: "ou" is rarely left unwritten
//! ```
//!
//! Which letters sound how is knowledge and stands in `gazetteers/letters.tsv`. This file uses nothing of the crate, so
//! that the tool which builds the gazetteers compares names just as the library does.

/// Spellings that have many readings are cut here: names do not grow longer than this allows.
const MOST_READINGS: usize = 24;

/// Letters that a word has behind its article at least.
const SHORTEST_BEHIND_ARTICLE: usize = 3;

/// How letters sound, by their sequences; `^` stands before those at the beginning of a word, `$` behind those at its
/// end.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    /// The sequences that begin with a letter, by that letter; each list in the order in which they are tried.
    rows: Vec<(char, Vec<Sequence>)>,
    /// «ال», "al": may be written with the word or be left off.
    articles: Vec<Box<str>>,
}

/// Letters that sound as one.
#[derive(Debug)]
struct Sequence {
    letters: Box<[char]>,
    /// Stands only at the beginning of a word, only at its end.
    first: bool,
    last: bool,
    classes: Vec<Box<str>>,
}

/// One reading of a word: its consonants, and what vowels stand before each of them and behind the last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Skeleton {
    pub(crate) consonants: String,
    gaps: Vec<Gap>,
    arabic: bool,
}

/// The vowels between two consonants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Gap {
    /// One bit for each of a, e, i, o.
    vowels: u8,
    /// Written with two letters or more.
    long: bool,
}

const fn bit(vowel: char) -> u8 {
    match vowel {
        'a' => 1,
        'e' => 2,
        'i' => 4,
        _ => 8,
    }
}

impl Letters {
    /// Adds a row: `letters` with their marks, and the classes they may sound like, parted by blanks.
    pub(crate) fn add(&mut self, letters: &str, classes: &str) {
        let bare = letters.trim_matches(['^', '$']);
        let readings =
            classes.split_whitespace().filter(|c| *c != "*").map(|c| if c == "-" { "" } else { c }.into()).collect();
        if classes.split_whitespace().any(|c| c == "*") {
            self.articles.push(bare.into());
        }
        let Some(letter) = bare.chars().next() else { return };
        let (first, last) = (letters.starts_with('^'), letters.ends_with('$'));
        let sequence = Sequence { letters: bare.chars().collect(), first, last, classes: readings };
        let at = match self.rows.binary_search_by_key(&letter, |(letter, _)| *letter) {
            Ok(at) => at,
            Err(at) => {
                self.rows.insert(at, (letter, Vec::new()));
                at
            }
        };
        if let Some((_, all)) = self.rows.get_mut(at) {
            // The later of two equal rows counts.
            all.retain(|s| (&s.letters, s.first, s.last) != (&sequence.letters, first, last));
            all.push(sequence);
            all.sort_by_key(|s| std::cmp::Reverse((s.first, s.letters.len(), s.last)));
        }
    }

    /// Every reading of a folded word, with and without an article; none for one that has no letters of ours.
    pub(crate) fn skeletons(&self, word: &str) -> Vec<Skeleton> {
        let mut out = self.read(word);
        for article in self.articles.iter().filter_map(|a| word.strip_prefix(&**a)) {
            if article.chars().count() >= SHORTEST_BEHIND_ARTICLE {
                out.extend(self.read(article).into_iter().filter(|s| s.consonants.chars().count() > 1));
            }
        }
        out
    }

    fn read(&self, word: &str) -> Vec<Skeleton> {
        let arabic = word.chars().next().is_some_and(|c| ('\u{600}'..='\u{6FF}').contains(&c));
        let letters: Vec<char> = word.chars().collect();
        let mut readings = vec![Reading::default()];
        let mut next: Vec<Reading> = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let Some(sequence) = self.sequence(&letters, at) else {
                at += 1;
                continue;
            };
            let (classes, taken) = (&sequence.classes, sequence.letters.len());
            at += taken;
            if let ([reading], [class]) = (&mut readings[..], &classes[..]) {
                // Most letters have one sound: nothing to choose from, nothing to copy.
                reading.push(class, taken);
                continue;
            }
            let most = MOST_READINGS / readings.len().max(1) + 1;
            for mut reading in readings.drain(..) {
                let classes = classes.get(..most).unwrap_or(classes);
                for (i, class) in classes.iter().enumerate() {
                    let last = i + 1 == classes.len();
                    let mut reading = if last { std::mem::take(&mut reading) } else { reading.clone() };
                    reading.push(class, taken);
                    if next.len() < MOST_READINGS && !next.contains(&reading) {
                        next.push(reading);
                    }
                }
            }
            std::mem::swap(&mut readings, &mut next);
        }
        let mut out: Vec<Skeleton> = Vec::with_capacity(readings.len());
        for mut reading in readings {
            reading.gaps.push(reading.open);
            let skeleton = Skeleton { consonants: reading.consonants, gaps: reading.gaps, arabic };
            if !skeleton.consonants.is_empty() && !out.contains(&skeleton) {
                out.push(skeleton);
            }
        }
        out
    }

    /// The longest sequence that stands at a letter; those of a word's beginning and end before others.
    fn sequence(&self, letters: &[char], at: usize) -> Option<&Sequence> {
        let rest = letters.get(at..)?;
        let found = self.rows.binary_search_by_key(rest.first()?, |(letter, _)| *letter).ok()?;
        let (_, all) = self.rows.get(found)?;
        all.iter().find(|s| {
            rest.starts_with(&s.letters)
                && (!s.first || at == 0 && !s.last)
                && (!s.last || rest.len() == s.letters.len())
        })
    }
}

/// A skeleton in the making.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    consonants: String,
    gaps: Vec<Gap>,
    open: Gap,
}

impl Reading {
    fn push(&mut self, classes: &str, letters: usize) {
        // "ou" and "a" behind "e" are long, "e" that sounds like e or i is not.
        let vowels = classes.starts_with(char::is_lowercase);
        self.open.long |= vowels && (self.open.vowels != 0 || letters > 1 && classes.chars().all(char::is_lowercase));
        for class in classes.chars() {
            if class.is_lowercase() {
                self.open.vowels |= bit(class);
            } else if !self.consonants.ends_with(class) {
                // A letter that stands twice is one; the vowel between the two goes to what follows.
                self.consonants.push(class);
                self.gaps.push(std::mem::take(&mut self.open));
            }
        }
    }
}

impl Skeleton {
    /// Whether the two may be one name part, and in how many places their vowels make that doubtful.
    pub(crate) fn deviation(&self, other: &Skeleton) -> Option<u32> {
        if self.consonants != other.consonants {
            return None;
        }
        let mut deviation = 0;
        for (a, b) in self.gaps.iter().zip(&other.gaps) {
            deviation += match (self.arabic, other.arabic) {
                (true, false) => across(*a, *b),
                (false, true) => across(*b, *a),
                (true, true) => within(*a, *b, 1),
                (false, false) => within(*a, *b, 0),
            }?;
        }
        Some(deviation)
    }
}

/// What Arabic writes must stand in the Latin; what the Latin has may be unwritten, but not easily if it is long.
fn across(arabic: Gap, latin: Gap) -> Option<u32> {
    // An alef stands for any vowel: "Trump" «ترامب».
    let alef = arabic.vowels & bit('a') == 0 || latin.vowels != 0;
    let others = arabic.vowels & !bit('a') & !latin.vowels == 0;
    (alef && others).then_some(u32::from(latin.long && arabic.vowels == 0))
}

/// Two spellings of one script: vowels of one kind, or none in one of them.
fn within(a: Gap, b: Gap, missing: u32) -> Option<u32> {
    match (a.vowels, b.vowels) {
        (x, y) if x == y => Some(0),
        (0, _) | (_, 0) => Some(missing),
        (x, y) if x & y != 0 => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters() -> Letters {
        let mut letters = Letters::default();
        for row in include_str!("../../gazetteers/letters.tsv").lines().filter(|l| !l.starts_with('#')).skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            letters.add(cells[0], cells[2].trim_end_matches('+'));
        }
        letters
    }

    fn meets(a: &str, b: &str) -> Option<u32> {
        let letters = letters();
        let (a, b) = (letters.skeletons(a), letters.skeletons(b));
        a.iter().flat_map(|a| b.iter().filter_map(|b| a.deviation(b))).min()
    }

    #[test]
    fn spellings_that_meet() {
        for (latin, arabic) in [
            ("timo", "تيمو"),
            ("soini", "سويني"),
            ("khaled", "خالد"),
            ("mohammed", "محمد"),
            ("mousa", "موسي"),
            ("wael", "وائل"),
            ("abdullah", "عبدالله"),
            ("juncker", "يونكر"),
            ("trump", "ترامب"),
            ("youssef", "يوسف"),
            ("abadi", "العبادي"),
            ("alexander", "الكسندر"),
        ] {
            assert_eq!(meets(latin, arabic), Some(0), "{latin} {arabic}");
            assert_eq!(meets(arabic, latin), Some(0), "{latin} {arabic}");
        }
        for (a, b) in [("khaled", "khalid"), ("mohammed", "muhamad"), ("sergei", "sergey"), ("سيرجي", "سيرغي")]
        {
            assert_eq!(meets(a, b), Some(0), "{a} {b}");
        }
    }

    #[test]
    fn names_that_are_two() {
        for (a, b) in [
            ("mohammed", "محمود"),
            ("ahmed", "محمد"),
            ("hamad", "حميد"),
            ("hassan", "حسين"),
            ("khalil", "خالد"),
            ("hussein", "hassan"),
        ] {
            assert_eq!(meets(a, b), None, "{a} {b}");
        }
        assert_eq!(meets("mahmoud", "محمد"), Some(1), "a long vowel that the Arabic lacks");
        assert_eq!(letters().skeletons(""), []);
        assert_eq!(letters().skeletons("—"), []);
    }
}
