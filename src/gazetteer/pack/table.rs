//! How is a string found among a hundred thousand without hashing them all at start?
//!
//! ```text
//! slots  [0, tag·entry 3, 0, 0, tag·entry 1, tag·entry 2, …]      hash("kerry") names a slot; the next ones follow
//! rows   [(string, value), …]
//! ```
//!
//! An open-addressed table, frozen into the pack. The hash is our own and fixed: the same rows make the same bytes on
//! every machine. Nobody can choose the keys of a bundled table, so that a seed would guard against nothing.

use super::bytes::{Numbers, Writer};

/// Entries are 24 bits of a slot; the upper 8 are bits of the hash, which spare most comparisons of strings.
const ENTRY: u32 = 0x00FF_FFFF;

/// The most rows that a table holds.
pub(crate) const MOST: usize = ENTRY as usize - 1;

fn hash(key: &str) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = key.len() as u64 ^ MIX;
    let (eights, rest) = key.as_bytes().as_chunks::<8>();
    for eight in eights {
        hash = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(MIX);
        hash ^= hash >> 32;
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(MIX);
    hash ^ (hash >> 29)
}

fn tag(hash: u64) -> u32 {
    (hash >> 56) as u32
}

/// The slots for the keys, which must all differ: a power of two, at most half full.
pub(crate) fn freeze<'k>(keys: impl ExactSizeIterator<Item = &'k str>) -> Vec<u8> {
    let size = (keys.len() * 2).next_power_of_two().max(2);
    let mut slots = vec![0u32; size];
    for (entry, key) in keys.enumerate() {
        let hash = hash(key);
        let mut at = hash as usize & (size - 1);
        while slots[at] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = tag(hash) << 24 | (entry as u32 + 1);
    }
    let mut writer = Writer::default();
    slots.into_iter().for_each(|slot| writer.number(slot));
    writer.0
}

/// The entry of a key; `is` compares an entry's key with it.
pub(crate) fn find(slots: Numbers<'_>, key: &str, mut is: impl FnMut(u32) -> bool) -> Option<u32> {
    let mask = slots.len().checked_sub(1)?;
    let hash = hash(key);
    let mut at = hash as u32 & mask;
    // A frozen table has empty slots; a forged one need not.
    for _ in 0..=mask {
        let slot = slots.get(at);
        let entry = (slot & ENTRY).checked_sub(1)?;
        if slot >> 24 == tag(hash) && is(entry) {
            return Some(entry);
        }
        at = (at + 1) & mask;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_no_other() {
        let keys: Vec<String> = (0..5000).map(|i| format!("كلمة {i}")).collect();
        let bytes = freeze(keys.iter().map(String::as_str));
        let find = |key: &str| find(Numbers::new(&bytes), key, |entry| keys[entry as usize] == key);
        for (i, key) in keys.iter().enumerate() {
            assert_eq!(find(key), Some(i as u32));
        }
        assert_eq!(find("كلمة 5000"), None);
        assert_eq!(find(""), None);
        assert_eq!(super::find(Numbers::new(&[]), "x", |_| true), None);
        // A forged table without an empty slot ends the search all the same.
        assert_eq!(super::find(Numbers::new(&[9; 64]), "x", |_| false), None);
    }
}
