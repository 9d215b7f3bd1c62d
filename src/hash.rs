//! Which hash do the maps have that are asked for every word?
//!
//! ```text
//! "talks" ─► two multiplications ─► a place in the table          SipHash, the standard one: some fifty steps
//! ```
//!
//! The keys are words of our tables, or of one text whose maps live no longer than its reading; the maps are only asked,
//! never walked, so that no order can show. Collisions cost time only.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map with a short, fast hash.
pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<Fx>>;
/// A set with a short, fast hash.
pub(crate) type FastSet<K> = HashSet<K, BuildHasherDefault<Fx>>;

/// A multiplication for every eight bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fx(u64);

impl Fx {
    fn add(&mut self, word: u64) {
        const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SEED);
    }
}

impl Hasher for Fx {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        eights.iter().for_each(|eight| self.add(u64::from_le_bytes(*eight)));
        if !rest.is_empty() {
            self.add(rest.iter().rev().fold(rest.len() as u64, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.add(n.into());
    }

    fn write_u32(&mut self, n: u32) {
        self.add(n.into());
    }

    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.add(n as u64);
    }

    fn finish(&self) -> u64 {
        // The table takes the high bits for its tags and the low ones for the place: let both depend on all.
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::BuildHasher;

    #[test]
    fn words_get_places_of_their_own() {
        let build = BuildHasherDefault::<Fx>::default();
        let hashes: FastSet<u64> = (0..10_000).map(|i| build.hash_one(format!("كلمة {i}"))).collect();
        assert_eq!(hashes.len(), 10_000);
        let low: FastSet<u64> = (0..10_000u32).map(|i| build.hash_one(i) & 0xFFFF).collect();
        assert!(low.len() > 5000, "{}", low.len());
        assert_ne!(build.hash_one("ab"), build.hash_one("ab\0"));
    }
}
