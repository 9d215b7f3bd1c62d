//! How are numbers and strings read out of bytes that lie anywhere, without copying and without trusting them?
//!
//! ```text
//! 2a 00 00 00 | 07 00 00 00 | …      Numbers(bytes).get(1) ─► 7, out of range ─► 0
//! ```
//!
//! Little-endian on every machine; reading at a time what is asked for compiles to one load where the machine is
//! little-endian too.

/// Numbers of 32 bits.
#[derive(Clone, Copy)]
pub(crate) struct Numbers<'a>(&'a [[u8; 4]]);

impl<'a> Numbers<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Numbers(bytes.as_chunks().0)
    }

    pub(crate) fn len(self) -> u32 {
        self.0.len() as u32
    }

    /// The number at a place; 0 beyond the end. Packs are checked as a whole when opened, so that this happens only in
    /// a forged one, and then gives nonsense but no panic.
    pub(crate) fn get(self, at: u32) -> u32 {
        self.0.get(at as usize).map_or(0, |four| u32::from_le_bytes(*four))
    }

    /// The row `at` of a table with `N` columns.
    pub(crate) fn row<const N: usize>(self, at: u32) -> [u32; N] {
        let start = (at as usize).saturating_mul(N);
        let cells = self.0.get(start..start.saturating_add(N)).unwrap_or_default();
        let mut row = [0; N];
        row.iter_mut().zip(cells).for_each(|(to, from)| *to = u32::from_le_bytes(*from));
        row
    }

    /// The first place in `range` for which `before` is false; `before` must be true up to there and false from there.
    pub(crate) fn first(self, range: std::ops::Range<u32>, mut before: impl FnMut(u32) -> bool) -> u32 {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Bytes being written.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn number(&mut self, n: u32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    pub(crate) fn row<const N: usize>(&mut self, row: [u32; N]) {
        row.into_iter().for_each(|n| self.number(n));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_beyond() {
        let mut writer = Writer::default();
        writer.row([1, 2, 3, 4, 5, 6]);
        let numbers = Numbers::new(&writer.0);
        assert_eq!((numbers.len(), numbers.get(5), numbers.get(6)), (6, 6, 0));
        assert_eq!((numbers.row(1), numbers.row(2), numbers.row(u32::MAX)), ([4, 5, 6], [0; 3], [0; 3]));
        assert_eq!(numbers.first(0..6, |n| n < 4), 3);
    }
}
