//! Which original bytes do these folded bytes stand for, and the other way round?
//!
//! ```text
//! original   M o n t r é a l     ك ِ ت ا ب
//! folded     m o n t r e a l     ك   ت ا ب
//! runs       0..5 exact │ é ↔ e │ exact │ كِ ↔ ك │ exact
//! ```
//!
//! A run is either *exact* (every character keeps its length, so offsets differ by a constant) or one *unit*, which is
//! never divided: a letter with the marks dropped after it, a ligature with the letters it stands for.

use crate::span::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    original: u32,
    folded: u32,
    exact: bool,
}

/// The map between a text and its folded form. Runs are in order and cover both texts without gaps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    runs: Vec<Run>,
    original_len: u32,
    folded_len: u32,
}

impl Alignment {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.runs.clear();
        (self.original_len, self.folded_len) = (0, 0);
    }

    /// From here characters keep their lengths.
    pub(crate) fn exact(&mut self, original: usize, folded: usize) {
        if !self.runs.last().is_some_and(|run| run.exact) {
            self.push(original, folded, true);
        }
    }

    /// A unit begins here.
    pub(crate) fn unit(&mut self, original: usize, folded: usize) {
        self.push(original, folded, false);
    }

    /// What stands here leaves nothing in the folded text and belongs to no letter.
    pub(crate) fn nothing(&mut self, original: usize, folded: usize) {
        if !self.runs.last().is_some_and(|run| !run.exact && run.folded as usize == folded) {
            self.push(original, folded, false);
        }
    }

    /// The character that began here, the last one so far, becomes a unit that takes in what follows.
    pub(crate) fn widen(&mut self, original: usize, folded: usize) {
        match self.runs.last_mut() {
            Some(run) if run.exact && run.original as usize == original => run.exact = false,
            Some(run) if run.exact => self.push(original, folded, false),
            _ => {}
        }
    }

    /// Both texts end here.
    pub(crate) fn finish(&mut self, original: usize, folded: usize) {
        (self.original_len, self.folded_len) = (original as u32, folded as u32);
    }

    fn push(&mut self, original: usize, folded: usize, exact: bool) {
        self.runs.push(Run { original: original as u32, folded: folded as u32, exact });
    }

    /// The original bytes behind a folded range. Units touched in part are covered whole; for an empty range, the
    /// place where it stands.
    pub(crate) fn original(&self, folded: Span) -> Span {
        let (start, end) = (folded.start() as u32, folded.end() as u32);
        let from = self.original_start(self.run_of(start, |run| run.folded), start);
        if start >= end {
            return Span::new(from, from);
        }
        let i = self.run_of(end - 1, |run| run.folded);
        let to = match self.runs.get(i) {
            Some(run) if run.exact => run.original + (end - run.folded),
            _ => self.runs.get(i + 1).map_or(self.original_len, |next| next.original),
        };
        Span::new(from, to.min(self.original_len))
    }

    fn original_start(&self, i: usize, folded: u32) -> u32 {
        match self.runs.get(i) {
            Some(_) if folded >= self.folded_len => self.original_len,
            Some(run) if run.exact => (run.original + (folded - run.folded)).min(self.original_len),
            Some(run) => run.original,
            None => 0,
        }
    }

    /// The folded bytes of an original range. Units touched in part are covered whole.
    pub(crate) fn folded(&self, original: Span) -> Span {
        let i = self.run_of(original.start() as u32, |run| run.original);
        self.folded_from(i, original).0
    }

    /// The folded bytes of `original`, whose first byte lies in run `i` or a later one; with the run it ends in.
    fn folded_from(&self, i: usize, original: Span) -> (Span, usize) {
        let (start, end) = (original.start() as u32, original.end() as u32);
        let mut i = i;
        while self.runs.get(i + 1).is_some_and(|next| next.original <= start) {
            i += 1;
        }
        let from = match self.runs.get(i) {
            Some(_) if start >= self.original_len => self.folded_len,
            Some(run) if run.exact => run.folded + (start - run.original),
            Some(run) => run.folded,
            None => 0,
        };
        if start >= end {
            return (Span::new(from, from), i);
        }
        while self.runs.get(i + 1).is_some_and(|next| next.original < end) {
            i += 1;
        }
        let to = match self.runs.get(i) {
            Some(run) if run.exact => run.folded + (end - run.original),
            _ => self.runs.get(i + 1).map_or(self.folded_len, |next| next.folded),
        };
        (Span::new(from.min(self.folded_len), to.min(self.folded_len)), i)
    }

    /// A reader of the map for ranges that come in text order: constant time each.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk { map: self, run: 0 }
    }

    /// The last run whose key is not past `at`.
    fn run_of(&self, at: u32, key: impl Fn(&Run) -> u32) -> usize {
        self.runs.partition_point(|run| key(run) <= at).saturating_sub(1)
    }
}

/// See [`Alignment::walk`].
pub(crate) struct Walk<'a> {
    map: &'a Alignment,
    run: usize,
}

impl Walk<'_> {
    /// As [`Alignment::folded`]; `original` must not begin before the start of the former one.
    pub(crate) fn folded(&mut self, original: Span) -> Span {
        let i = self.run;
        let (span, _) = self.map.folded_from(i, original);
        // Remember where it began, not where it ended: the next range may begin in the same run.
        while self.map.runs.get(self.run + 1).is_some_and(|next| next.original as usize <= original.start()) {
            self.run += 1;
        }
        span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "aé b" ─► "ae b", then a dropped mark that belongs to nothing, then "c".
    fn sample() -> Alignment {
        let mut map = Alignment::default();
        map.exact(0, 0);
        map.unit(1, 1);
        map.exact(3, 2);
        map.nothing(5, 4);
        map.exact(8, 4);
        map.finish(9, 5);
        map
    }

    #[test]
    fn both_ways() {
        let map = sample();
        for (original, folded) in [(0..1, 0..1), (1..3, 1..2), (0..3, 0..2), (3..5, 2..4), (8..9, 4..5), (4..9, 3..5)] {
            let (o, f) = (Span::of(original), Span::of(folded));
            assert_eq!(map.original(f), o);
            assert_eq!(map.folded(o), f);
            assert_eq!(map.walk().folded(o), f);
        }
        assert_eq!(map.folded(Span::new(5, 8)), Span::new(4, 4), "what is dropped has no bytes");
        assert_eq!(map.original(Span::new(0, 5)), Span::new(0, 9));
        assert_eq!(map.original(Span::new(5, 5)), Span::new(9, 9));
    }

    #[test]
    fn widening_splits_a_run() {
        let mut map = Alignment::default();
        map.exact(0, 0);
        map.widen(2, 2);
        map.exact(6, 4);
        map.finish(8, 6);
        assert_eq!(map.original(Span::new(2, 4)), Span::new(2, 6));
        assert_eq!(map.original(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(map.original(Span::new(4, 6)), Span::new(6, 8));
    }
}
