//! Which names of persons might a spelling that no list holds stand for?
//!
//! ```text
//! «تيمو سويني» ─► parts تيمو · سويني ─► names that share a sound with them ─► "Timo Soini": token, skeleton
//! ```
//!
//! Letters and pairs are tables; the [`Index`] over the persons' names is made from them and lies in the pack. Only where
//! own rows lie over the pack is it made anew, when it is first asked for.

use std::cell::OnceCell;
use std::cmp::Ordering;

use super::pack::bytes::{Numbers, Writer};
use super::skeleton::{Letters, Skeleton};
use crate::hash::{FastMap, FastSet};

/// Parts of one name that are looked at: longer chains are cut.
const MOST_PARTS: usize = 8;

/// A row of the tables that say how names sound; its words are folded.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SoundRow<S> {
    /// A sequence of letters and its classes.
    Letters(S, S),
    /// An Arabic name part and the Latin ones that stand for it, with blanks between them.
    Pair(S, S),
    /// "bin", «آل».
    Particle(S),
}

/// What is known of how names sound.
#[derive(Debug, Default)]
pub(crate) struct Sounds {
    letters: Letters,
    /// Folded Arabic word → folded Latin words that stand for it though their letters do not say so.
    pairs: FastMap<Box<str>, Vec<Box<str>>>,
    /// Folded "bin", «آل»: tie parts and are none.
    particles: FastSet<Box<str>>,
    /// "Abd", «عبد»: one part with what follows.
    joining: FastSet<Box<str>>,
}

/// Where two names meet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meeting {
    /// Pairs of parts that meet.
    pub(crate) met: usize,
    /// How rare they are together, in the logarithm of how seldom a name has one like it.
    pub(crate) weight: f32,
    /// Vowels that speak against it.
    pub(crate) deviation: u32,
    pub(crate) first: bool,
    /// Whether the second parts have met: of Arabic names the fathers'.
    pub(crate) second: bool,
    pub(crate) last: bool,
    /// Whether the last part of the one name, compared with the other, has met one.
    pub(crate) ended: bool,
    /// Parts of the one and of the other name that the other lacks.
    pub(crate) left: (usize, usize),
    /// Whether one part, two parts met by the table of pairs, by their consonants.
    pub(crate) by_token: usize,
    pub(crate) by_skeleton: usize,
}

/// A part of a name, or two that are written as one elsewhere. Its skeletons are read when first asked for: most pairs of
/// parts never are, and many words are told apart or alike by their letters.
#[derive(Clone, Debug)]
pub(crate) struct Sound {
    word: String,
    skeletons: OnceCell<Vec<Skeleton>>,
}

impl Sound {
    fn new(word: String) -> Self {
        Sound { word, skeletons: OnceCell::new() }
    }

    fn skeletons(&self, letters: &Letters) -> &[Skeleton] {
        self.skeletons.get_or_init(|| letters.skeletons(&self.word))
    }
}

/// A name taken apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sounding {
    pub(crate) parts: Vec<Sound>,
    /// `joined[i]` are the parts `i` and `i + 1` written as one.
    joined: Vec<Sound>,
}

impl Sounding {
    /// One part, or two that are written as one.
    fn from(&self, at: usize, parts: usize) -> Option<&Sound> {
        if parts == 1 { self.parts.get(at) } else { self.joined.get(at) }
    }
}

impl Sounds {
    /// Made from the rows of the tables; their words are folded.
    pub(crate) fn of<'s>(rows: impl Iterator<Item = SoundRow<&'s str>>) -> Self {
        let mut sounds = Sounds::default();
        rows.for_each(|row| sounds.add(row));
        sounds
    }

    fn add(&mut self, row: SoundRow<&str>) {
        match row {
            SoundRow::Letters(letters, classes) => self.add_letters(letters, classes),
            SoundRow::Pair(arabic, latin) => {
                self.pairs.entry(arabic.into()).or_default().extend(latin.split_whitespace().map(Box::from));
            }
            SoundRow::Particle(particle) => {
                self.particles.insert(particle.into());
            }
        }
    }

    fn add_letters(&mut self, letters: &str, classes: &str) {
        let joins = classes.ends_with('+');
        self.letters.add(letters, classes.trim_end_matches('+'));
        if joins {
            self.joining.insert(letters.trim_start_matches('^').into());
        }
    }

    /// Takes a folded name apart: particles fall away, «عبد» joins what follows.
    pub(crate) fn sounding(&self, folded: &str) -> Sounding {
        let mut parts: Vec<String> = Vec::new();
        let mut open = String::new();
        for word in folded.split([' ', '-', '–']) {
            let word: String = word.chars().filter(|c| c.is_alphabetic()).collect();
            if word.is_empty() {
                continue;
            }
            if !open.is_empty() || self.joining.contains(word.as_str()) {
                open.push_str(&word);
                if !self.joining.contains(open.as_str()) {
                    parts.push(std::mem::take(&mut open));
                }
            } else if !self.particles.contains(word.as_str()) {
                parts.push(word);
            }
        }
        if !open.is_empty() {
            parts.push(open);
        }
        parts.truncate(MOST_PARTS);
        let joined = parts.windows(2).map(|w| Sound::new(w.concat())).collect();
        Sounding { parts: parts.into_iter().map(Sound::new).collect(), joined }
    }

    /// How two parts meet: the deviation of their vowels, the consonants that met, and whether the table of pairs says
    /// so, which knows no consonants.
    fn meet<'s>(&self, a: &Sound, b: &'s Sound) -> Option<(u32, Option<&'s Skeleton>)> {
        let paired = |ar: &Sound, en: &Sound| {
            let has = |word: &str| self.pairs.get(word).is_some_and(|words| words.iter().any(|w| **w == *en.word));
            has(&ar.word) || ar.word.strip_prefix("ال").is_some_and(has)
        };
        if a.word == b.word || paired(a, b) || paired(b, a) {
            return Some((0, None));
        }
        // Letters of one script need no transliterating: what is written too differently are two names.
        let arabic = |s: &Sound| s.word.starts_with(crate::text::arabic::is_letter);
        if arabic(a) == arabic(b) && !alike(&a.word, &b.word) {
            return None;
        }
        let both = a
            .skeletons(&self.letters)
            .iter()
            .flat_map(|x| b.skeletons(&self.letters).iter().filter_map(|y| Some((x.deviation(y)?, Some(y)))));
        both.min_by_key(|(deviation, _)| *deviation)
    }

    /// The best way in which two names meet, part by part and in order.
    pub(crate) fn compare(&self, a: &Sounding, b: &Sounding, index: Index<'_>) -> Option<Meeting> {
        let (n, m) = (a.parts.len(), b.parts.len());
        let mut best: Vec<Option<Meeting>> = vec![None; (n + 1) * (m + 1)];
        let at = |i: usize, j: usize| i * (m + 1) + j;
        // From the end: best[i, j] is how the parts from i and from j on meet.
        for i in (0..=n).rev() {
            for j in (0..=m).rev() {
                let mut found = if i == n || j == m {
                    Meeting { left: (n - i, m - j), last: i == n && j == m, ended: i == n, ..Meeting::default() }
                } else {
                    let skip = |to: usize, own: (usize, usize)| {
                        let mut meeting = best[to].clone().unwrap_or_default();
                        meeting.left = (meeting.left.0 + own.0, meeting.left.1 + own.1);
                        meeting
                    };
                    let (one, other) = (skip(at(i + 1, j), (1, 0)), skip(at(i, j + 1), (0, 1)));
                    if better(&one, &other) { one } else { other }
                };
                for (di, dj) in [(1, 1), (1, 2), (2, 1)] {
                    let (Some(x), Some(y)) = (a.from(i, di), b.from(j, dj)) else { continue };
                    let Some((deviation, by)) = self.meet(x, y) else { continue };
                    let mut meeting = best[at(i + di, j + dj)].clone().unwrap_or_default();
                    meeting.met += 1;
                    meeting.deviation += deviation;
                    meeting.weight += index.weight(by.map_or_else(|| y.skeletons(&self.letters), std::slice::from_ref));
                    meeting.by_token += usize::from(by.is_none());
                    meeting.by_skeleton += usize::from(by.is_some());
                    meeting.first = i == 0 && j == 0;
                    meeting.second |= i == 1 && j == 1 || di + dj > 2 && i + j == 0;
                    if better(&meeting, &found) || !better(&found, &meeting) {
                        found = meeting;
                    }
                }
                best[at(i, j)] = Some(found);
            }
        }
        best.swap_remove(0).filter(|meeting| meeting.met > 0)
    }

    /// The sounds under which a part may stand in the index.
    fn keys(&self, sound: &Sound) -> Vec<u32> {
        let mut keys: Vec<u32> = sound.skeletons(&self.letters).iter().map(|s| key(&s.consonants)).collect();
        let bare = sound.word.strip_prefix("ال").unwrap_or(&sound.word);
        for latin in [&*sound.word, bare].iter().filter_map(|w| self.pairs.get(*w)).flatten() {
            keys.extend(self.letters.skeletons(latin).iter().map(|s| key(&s.consonants)));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Whether at most about a third of the letters of two words differ.
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let here = (before + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            before = std::mem::replace(&mut row[j + 1], here);
        }
    }
    row.last().is_some_and(|distance| 20 * distance <= 7 * a.len().max(b.len()))
}

/// More pairs that meet, then fewer doubts.
fn better(a: &Meeting, b: &Meeting) -> bool {
    let value = |m: &Meeting| (m.met, std::cmp::Reverse(m.deviation), m.by_token, m.last);
    value(a) > value(b)
}

/// Every name of a person under the sounds of its parts, as it lies in the pack.
#[derive(Clone, Copy)]
pub(crate) struct Index<'a> {
    /// How many names there are, 0; then by rising sound: sound, where its names end.
    sounds: Numbers<'a>,
    /// The names under each sound, rising.
    names: Numbers<'a>,
}

/// The bytes of an [`Index`].
#[derive(Debug, Default)]
pub(crate) struct IndexBytes {
    pub(crate) sounds: Vec<u8>,
    pub(crate) names: Vec<u8>,
}

impl IndexBytes {
    /// Made from the folded names with their numbers, which rise.
    pub(crate) fn of<'n>(sounds: &Sounds, names: impl Iterator<Item = (u32, std::borrow::Cow<'n, str>)>) -> Self {
        let mut under: FastMap<u32, Vec<u32>> = FastMap::default();
        // Names share most of their parts: each is read once.
        let mut heard: FastMap<String, Vec<u32>> = FastMap::default();
        let mut count = 0;
        for (number, folded) in names {
            let sounding = sounds.sounding(&folded);
            for sound in sounding.parts.iter().chain(short_pairs(&sounding)) {
                if !heard.contains_key(&sound.word) {
                    let keys = sound.skeletons(&sounds.letters).iter().map(|s| key(&s.consonants)).collect();
                    heard.insert(sound.word.clone(), keys);
                }
                for key in heard.get(&sound.word).into_iter().flatten() {
                    let all = under.entry(*key).or_default();
                    if all.last() != Some(&number) {
                        all.push(number);
                    }
                }
            }
            count += 1;
        }
        let mut keys: Vec<u32> = under.keys().copied().collect();
        keys.sort_unstable();
        let (mut sounds, mut names) = (Writer::default(), Writer::default());
        sounds.row([count, 0]);
        for key in keys {
            under.get(&key).into_iter().flatten().for_each(|name| names.number(*name));
            sounds.row([key, (names.0.len() / 4) as u32]);
        }
        IndexBytes { sounds: sounds.0, names: names.0 }
    }

    pub(crate) fn index(&self) -> Index<'_> {
        Index { sounds: Numbers::new(&self.sounds), names: Numbers::new(&self.names) }
    }
}

/// The names under a sound, from one on.
#[derive(Clone, Copy, Default)]
struct Run {
    from: u32,
    to: u32,
    /// How many there are in all.
    length: u32,
}

impl<'a> Index<'a> {
    pub(crate) fn new(sounds: Numbers<'a>, names: Numbers<'a>) -> Self {
        Index { sounds, names }
    }

    /// How seldom a name has a part that sounds like this.
    fn weight(self, skeletons: &[Skeleton]) -> f32 {
        let most = skeletons.iter().map(|s| self.under(key(&s.consonants)).length).min().unwrap_or(0);
        self.rarity(most)
    }

    fn under(self, key: u32) -> Run {
        let (mut low, mut high) = (1, self.sounds.len() / 2);
        while low < high {
            let middle = low + (high - low) / 2;
            let [found, to] = self.sounds.row(middle);
            match found.cmp(&key) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => {
                    // Within the list, also in a forged pack.
                    let to = to.min(self.names.len());
                    let [_, from] = self.sounds.row(middle - 1);
                    let from = from.min(to);
                    return Run { from, to, length: to - from };
                }
            }
        }
        Run::default()
    }

    /// The names that share a sound with two parts of a name, or with its only one, each with the weight that their
    /// meeting can have at most: most are told apart by it before their sounds are compared.
    pub(crate) fn near(self, sounds: &Sounds, name: &Sounding) -> Vec<(u32, f32)> {
        let parts = name.parts.iter().chain(short_pairs(name));
        let runs = |part| sounds.keys(part).into_iter().map(|key| self.under(key)).collect();
        let mut parts: Vec<Vec<Run>> = parts.map(runs).collect();
        // Who shares two sounds shares one that is not the most frequent: thousands are called «محمد», and only those
        // that another part gives are looked for among them.
        let frequent = |runs: &[Run]| runs.iter().map(|run| u64::from(run.length)).sum::<u64>();
        let apart = (0..parts.len()).max_by_key(|&i| frequent(&parts[i])).filter(|_| parts.len() > 1);
        // Name, part, and the frequency of the sound they share, the rarest first.
        let mut found: Vec<(u32, u32, u32)> = Vec::new();
        for (i, runs) in parts.iter().enumerate().filter(|(i, _)| Some(*i) != apart) {
            for run in runs {
                found.extend((run.from..run.to).map(|at| (self.names.get(at), i as u32, run.length)));
            }
        }
        // Stable, for the sake of speed: it sees that the runs are in order, and joins them.
        found.sort();
        found.dedup_by_key(|(name, part, _)| (*name, *part));
        let mut among = apart.and_then(|i| parts.get_mut(i)).map(std::mem::take).unwrap_or_default();
        let wanted = if parts.len() > 1 { 2 } else { 1 };
        let mut near = Vec::new();
        for shared in found.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(name, ..)) = shared.first() else { continue };
            let rarest = among.iter_mut().filter_map(|run| self.has(run, name).then_some(run.length)).min();
            if shared.len() + usize::from(rarest.is_some()) < wanted {
                continue;
            }
            // In the order of the parts: sums of fractions depend on it.
            let (before, behind) = match apart {
                Some(apart) => shared.split_at(shared.partition_point(|(_, part, _)| (*part as usize) < apart)),
                None => (shared, &[][..]),
            };
            let (before, behind) = (before.iter().map(|(.., n)| *n), behind.iter().map(|(.., n)| *n));
            let most = before.chain(rarest).chain(behind).map(|n| self.rarity(n)).sum();
            near.push((name, most));
        }
        near
    }

    /// As [`near`](Self::near), without any art.
    #[cfg(test)]
    pub(crate) fn near_slowly(self, sounds: &Sounds, name: &Sounding) -> Vec<(u32, f32)> {
        let parts: Vec<&Sound> = name.parts.iter().chain(short_pairs(name)).collect();
        let mut found: Vec<(u32, u32, u32)> = Vec::new();
        for (part, i) in parts.iter().zip(0..) {
            for run in sounds.keys(part).into_iter().map(|key| self.under(key)) {
                found.extend((run.from..run.to).map(|at| (self.names.get(at), i, run.length)));
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|(name, part, _)| (*name, *part));
        let wanted = parts.len().min(2);
        let shared = found.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() >= wanted);
        shared.map(|c| (c[0].0, c.iter().map(|(.., n)| self.rarity(*n)).sum())).collect()
    }

    /// Whether a name stands in a run; the run then goes on from there.
    fn has(self, run: &mut Run, name: u32) -> bool {
        // In growing steps: the names that are asked for rise, and the next one is often near.
        let mut step = 1;
        while run.from + step < run.to && self.names.get(run.from + step) < name {
            run.from += step;
            step *= 2;
        }
        let end = run.to.min(run.from.saturating_add(step).saturating_add(1));
        run.from = self.names.first(run.from..end, |found| found < name);
        run.from < run.to && self.names.get(run.from) == name
    }

    fn rarity(self, names: u32) -> f32 {
        let all = self.sounds.get(0);
        (all.max(1) as f32 / names.max(1) as f32).ln()
    }
}

/// Two parts of which one is short may be one word elsewhere: "Jin Ping", "Jinping".
fn short_pairs(name: &Sounding) -> impl Iterator<Item = &Sound> {
    let short = |i: usize| name.parts.get(i).is_some_and(|p| p.word.chars().count() <= 4);
    name.joined.iter().enumerate().filter(move |(i, _)| short(*i) || short(*i + 1)).map(|(_, s)| s)
}

/// A hash that is the same everywhere and always (FNV-1a).
fn key(consonants: &str) -> u32 {
    consonants.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
