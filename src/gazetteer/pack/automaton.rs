//! Where do the packed spellings occur in a text?
//!
//! ```text
//! "us met"   root ─u→ 1 ─s→ 2* (spelling 1, 0..2) ─ no child for ' ': fail(2) ─► root ─ …
//! ```
//!
//! The search walks the bytes of the pack as they lie. It is *overlapping*: every spelling that occurs is told, the
//! longest first where several end together. Linear in the text and the number of occurrences, because a step down the
//! fails undoes a step up the tree.

use super::bytes::Numbers;

/// Characters below this have their codes in a list; all others are looked up.
pub(crate) const DIRECT: u32 = 0x800;
/// The slot of the root.
pub(crate) const ROOT: u32 = 0;
/// No slot.
pub(crate) const NONE: u32 = u32::MAX;

/// The automaton as it lies in a pack.
#[derive(Clone, Copy)]
pub(crate) struct Automaton<'a> {
    codes: &'a [[u8; 2]],
    wide: Numbers<'a>,
    nodes: &'a [[u8; 16]],
    patterns: Numbers<'a>,
}

#[derive(Clone, Copy)]
struct Node {
    base: u32,
    check: u32,
    fail: u32,
    out: u32,
}

impl<'a> Automaton<'a> {
    /// `patterns` has three columns: length, shorter ending, and one that the search does not look at.
    pub(crate) fn new(codes: &'a [u8], wide: &'a [u8], nodes: &'a [u8], patterns: Numbers<'a>) -> Self {
        Automaton { codes: codes.as_chunks().0, wide: Numbers::new(wide), nodes: nodes.as_chunks().0, patterns }
    }

    fn node(&self, slot: u32) -> Node {
        let number =
            |bytes: &[u8; 16], at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        match self.nodes.get(slot as usize) {
            Some(b) => Node { base: number(b, 0), check: number(b, 4), fail: number(b, 8), out: number(b, 12) },
            None => Node { base: 0, check: NONE, fail: ROOT, out: 0 },
        }
    }

    fn code(&self, c: char) -> u32 {
        if let Some(two) = self.codes.get(c as usize) {
            return u32::from(u16::from_le_bytes(*two));
        }
        let (mut low, mut high) = (0, self.wide.len() / 2);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.wide.row(middle) {
                [found, code] if found == c as u32 => return code,
                [found, _] if found < c as u32 => low = middle + 1,
                _ => high = middle,
            }
        }
        0
    }

    /// Calls `visit(pattern, start, end)` for every occurrence, ends in rising order.
    pub(crate) fn scan(&self, text: &str, mut visit: impl FnMut(u32, usize, usize)) {
        let root = self.node(ROOT);
        let (mut slot, mut node) = (ROOT, root);
        // Each fail goes up at least one of the steps that led down; a forged pack that leads in a circle runs out.
        let mut depth = 0u32;
        for (at, c) in text.char_indices() {
            let code = self.code(c);
            if code == 0 {
                (slot, node, depth) = (ROOT, root, 0);
                continue;
            }
            loop {
                let to = node.base ^ code;
                let next = self.node(to);
                if next.check == slot {
                    (slot, node) = (to, next);
                    depth += 1;
                    break;
                }
                if slot == ROOT || depth == 0 {
                    (slot, node, depth) = (ROOT, root, 0);
                    break;
                }
                depth -= 1;
                slot = node.fail;
                node = if slot == ROOT { root } else { self.node(slot) };
            }
            let end = at + c.len_utf8();
            let mut out = node.out;
            let mut before = usize::MAX;
            while out != 0 {
                let [length, shorter, _] = self.patterns.row(out - 1);
                let length = length as usize;
                // Each is shorter than the one before it and stands in the text, or the pack is forged.
                if length >= before || length > end {
                    break;
                }
                visit(out - 1, end - length, end);
                (out, before) = (shorter, length);
            }
        }
    }

    /// Every spelling, by pattern: read off the tree from its leaves up.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let mut letters = std::collections::HashMap::new();
        for (c, two) in (0..).zip(self.codes) {
            letters.insert(u32::from(u16::from_le_bytes(*two)), char::from_u32(c));
        }
        for at in 0..self.wide.len() / 2 {
            let [c, code] = self.wide.row(at);
            letters.insert(code, char::from_u32(c));
        }
        // The last row is no spelling: it ends the meanings of the one before.
        let mut all = vec![String::new(); (self.patterns.len() as usize / 3).saturating_sub(1)];
        for end in 0..self.nodes.len() as u32 {
            let (mut slot, mut word) = (end, Vec::new());
            let out = self.node(end).out;
            let Some([length, ..]) = out.checked_sub(1).map(|p| self.patterns.row::<3>(p)) else { continue };
            // No way is longer than its spelling, nor than there are nodes: a forged one may lead in a circle.
            for _ in 0..(length as usize).min(self.nodes.len()) {
                if slot == ROOT {
                    break;
                }
                let parent = self.node(slot).check;
                word.extend(letters.get(&(self.node(parent).base ^ slot)).copied().flatten());
                slot = parent;
            }
            let word: String = word.into_iter().rev().collect();
            // A node tells of the longest spelling that ends there; where it is the whole way from the root, here it is.
            if word.len() == length as usize
                && let Some(place) = all.get_mut(out as usize - 1)
            {
                *place = word;
            }
        }
        all
    }
}
