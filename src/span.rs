//! Which bytes of the caller's text are meant?
//!
//! ```text
//! "Kerry met Lavrov"
//!  ^^^^^            Span 0..5
//!            ^^^^^^ Span 10..16
//! ```

use std::fmt;
use std::ops::{Index, Range};

/// A stretch of the caller's text: UTF-8 byte offsets, the end exclusive, both on character boundaries.
///
/// Offsets are `u32`, which halves the size of every result. A text of more than `u32::MAX` bytes (4 GiB) is
/// read up to the last paragraph that ends below that mark, and the document carries a warning that says so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes. A reversed pair gives an empty span at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end: if end < start { start } else { end } }
    }

    /// The span of a `usize` range; offsets past `u32::MAX` are clamped.
    pub(crate) fn of(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span::new(clamp(range.start), clamp(range.end))
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span as a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies within this span (a span contains itself).
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span moved by `by` bytes, for text that stands a second time.
    pub(crate) fn shifted(self, by: i64) -> Span {
        let shift = |n: u32| u32::try_from(i64::from(n) + by).unwrap_or(0);
        Span::new(shift(self.start), shift(self.end))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl Index<Span> for str {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

impl Index<Span> for String {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_between_spans() {
        let (whole, part, next) = (Span::new(0, 10), Span::new(2, 5), Span::new(10, 12));
        assert!(whole.contains(part) && whole.overlaps(part));
        assert!(!whole.overlaps(next), "the end is exclusive");
        assert_eq!(part.cover(next), Span::new(2, 12));
        assert_eq!(part.shifted(3), Span::new(5, 8));
        assert!(Span::new(4, 1).is_empty(), "a reversed pair is empty");
    }
}
