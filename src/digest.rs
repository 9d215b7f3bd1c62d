//! Are these the same bytes as before?
//!
//! ```text
//! gazetteers + rules ─► Digest ─► "9f0c3a…" in the manifest of a corpus run
//! ```
//!
//! FNV-1a with 64 bits: short, the same on every machine and in every version. It tells a changed file from an unchanged
//! one; it is no protection against somebody who wants two files to look alike. No part of the public face: the command
//! line uses it for what it reads.

use std::fmt;

/// A running digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Goes on with these bytes. Where they are cut into pieces does not matter.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |d, b| (d ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3));
    }

    /// Goes on with one field of several: its length goes in too, so that "ab", "c" is not "a", "bc".
    pub fn add_field(&mut self, text: &str) {
        self.add(&(text.len() as u64).to_le_bytes());
        self.add(text.as_bytes());
    }

    /// The number itself, for tables of digests.
    pub fn value(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let of = |pieces: &[&str]| {
            let mut digest = Digest::default();
            pieces.iter().for_each(|p| digest.add(p.as_bytes()));
            digest.to_string()
        };
        assert_eq!(of(&[]), "cbf29ce484222325");
        assert_eq!(of(&["a"]), "af63dc4c8601ec8c", "the published value");
        assert_eq!(of(&["fo", "obar"]), "85944171f73967e8");
    }

    #[test]
    fn fields_are_kept_apart() {
        let (mut a, mut b) = (Digest::default(), Digest::default());
        ["ab", "c"].iter().for_each(|f| a.add_field(f));
        ["a", "bc"].iter().for_each(|f| b.add_field(f));
        assert_ne!(a, b);
    }
}
