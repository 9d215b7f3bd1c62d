//! How do a hundred thousand spellings become one array that a search walks through?
//!
//! ```text
//! us, use     root ─u→ 1 ─s→ 2* ─e→ 3*        sorted spellings make the tree, level by level
//!             slot(child) = base(parent) ^ code(letter)      children find free slots together
//! ```
//!
//! A double-array Aho-Corasick automaton over characters. Characters get small codes by frequency, so that the
//! children of one node lie near each other and one Arabic letter is one step, not two.

use super::automaton::{NONE, ROOT};
use super::bytes::Writer;

/// What the search needs, ready to be written.
#[derive(Default)]
pub(crate) struct Built {
    /// Codes of the characters below [`super::automaton::DIRECT`], two bytes each.
    pub(crate) codes: Vec<u8>,
    /// All other characters with their codes, by character.
    pub(crate) wide: Vec<u8>,
    /// `[base, check, fail, out]` for every slot.
    pub(crate) nodes: Vec<u8>,
    /// For every spelling its length in bytes and the longest other spelling that ends it, counted from 1.
    pub(crate) patterns: Vec<[u32; 2]>,
}

/// Slots that lie further back than this many blocks are given up: searching them for a fit costs more than they hold.
const OPEN_BLOCKS: usize = 16;

/// A tree of spellings, level by level: the children of a node lie side by side, in the order of their codes.
struct Tree {
    code: Vec<u16>,
    /// One more than there are nodes: the children of `n` are `first[n]..first[n + 1]`.
    first: Vec<u32>,
    parent: Vec<u32>,
    /// The spelling that ends here, counted from 1.
    pattern: Vec<u32>,
}

/// Builds the automaton. The spellings must all differ and none be empty. `None` where they hold more kinds of
/// characters or more nodes than the form has numbers for.
pub(crate) fn build(spellings: &[String]) -> Option<Built> {
    let alphabet = alphabet(spellings)?;
    let code_of = |c: char| alphabet.binary_search_by_key(&c, |(c, _)| *c).map_or(0, |i| alphabet[i].1);
    let coded: Vec<Vec<u16>> = spellings.iter().map(|s| s.chars().map(code_of).collect()).collect();
    let tree = plant(&coded);
    if tree.code.len() >= NONE as usize / 2 {
        return None;
    }
    let (fail, out, next) = links(&tree, spellings.len());
    let nodes = place(&tree, &fail, &out, alphabet.len());
    let (mut codes, mut wide) = (vec![0u8; super::automaton::DIRECT as usize * 2], Writer::default());
    for &(c, code) in &alphabet {
        match codes.get_mut(c as usize * 2..c as usize * 2 + 2) {
            Some(two) => two.copy_from_slice(&code.to_le_bytes()),
            None => wide.row([c as u32, u32::from(code)]),
        }
    }
    let patterns = spellings.iter().zip(next).map(|(s, next)| [s.len() as u32, next]).collect();
    Some(Built { codes, wide: wide.0, nodes, patterns })
}

/// Every character with its code, by character; the most frequent one has code 1, 0 stands for all that never occur.
fn alphabet(spellings: &[String]) -> Option<Vec<(char, u16)>> {
    let mut counts = std::collections::BTreeMap::<char, u32>::new();
    for c in spellings.iter().flat_map(|s| s.chars()) {
        *counts.entry(c).or_default() += 1;
    }
    let mut by_count: Vec<(char, u32)> = counts.into_iter().collect();
    by_count.sort_by_key(|&(c, n)| (std::cmp::Reverse(n), c));
    if by_count.len() >= usize::from(u16::MAX) {
        return None;
    }
    let mut alphabet: Vec<(char, u16)> = by_count.iter().zip(1..).map(|(&(c, _), code)| (c, code)).collect();
    alphabet.sort_unstable();
    Some(alphabet)
}

fn plant(coded: &[Vec<u16>]) -> Tree {
    let mut order: Vec<u32> = (0..coded.len() as u32).collect();
    order.sort_unstable_by_key(|&i| &coded[i as usize]);
    let mut tree = Tree { code: vec![0], first: Vec::new(), parent: vec![NONE], pattern: Vec::new() };
    // The stretch of `order` that passes through each node of the level, and the next level's.
    let (mut level, mut depth) = (vec![(0, order.len())], 0);
    while !level.is_empty() {
        let mut below = Vec::new();
        for &(from, to) in &level {
            let node = tree.first.len() as u32;
            tree.first.push(tree.code.len() as u32);
            let mut at = from;
            // Sorted, the spelling that ends here comes first.
            let ends = at < to && coded[order[at] as usize].len() == depth;
            tree.pattern.push(if ends { order[at] + 1 } else { 0 });
            at += usize::from(ends);
            while at < to {
                let code = coded[order[at] as usize][depth];
                let start = at;
                while at < to && coded[order[at] as usize][depth] == code {
                    at += 1;
                }
                tree.code.push(code);
                tree.parent.push(node);
                below.push((start, at));
            }
        }
        (level, depth) = (below, depth + 1);
    }
    tree.first.push(tree.code.len() as u32);
    tree
}

impl Tree {
    fn children(&self, node: u32) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    fn child(&self, node: u32, code: u16) -> Option<u32> {
        let children = self.children(node);
        self.code[children.clone()].binary_search(&code).ok().map(|i| (children.start + i) as u32)
    }
}

/// For every node where to go on when no child fits, and the longest spelling that ends there (counted from 1); for
/// every spelling the next shorter one that ends it.
fn links(tree: &Tree, spellings: usize) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let nodes = tree.code.len();
    let (mut fail, mut out, mut next) = (vec![0u32; nodes], vec![0u32; nodes], vec![0u32; spellings]);
    // A node goes before its children and before all that are longer, so that what it fails to is finished.
    for node in 1..nodes {
        let parent = tree.parent[node];
        if parent != 0 {
            let mut from = fail[parent as usize];
            fail[node] = loop {
                match tree.child(from, tree.code[node]) {
                    Some(child) => break child,
                    None if from == 0 => break 0,
                    None => from = fail[from as usize],
                }
            };
        }
        let shorter = out[fail[node] as usize];
        out[node] = match tree.pattern[node] {
            0 => shorter,
            pattern => {
                next[pattern as usize - 1] = shorter;
                pattern
            }
        };
    }
    // Whoever finds no child here finds none there either, where all children there are children here: go on at once.
    let mut strong = fail;
    for node in 1..nodes as u32 {
        let to = strong[node as usize];
        let here = &tree.code[tree.children(node)];
        if to != 0 && tree.code[tree.children(to)].iter().all(|code| here.binary_search(code).is_ok()) {
            strong[node as usize] = strong[to as usize];
        }
    }
    (strong, out, next)
}

/// Free slots, in a list so that the taken ones are passed over.
struct Slots {
    free: Vec<bool>,
    next: Vec<u32>,
    before: Vec<u32>,
    head: u32,
    tail: u32,
    block: usize,
}

impl Slots {
    fn grow(&mut self) {
        let start = self.free.len();
        for slot in start as u32..(start + self.block) as u32 {
            self.free.push(true);
            self.before.push(self.tail);
            self.next.push(NONE);
            match self.next.get_mut(self.tail as usize) {
                Some(next) => *next = slot,
                None => self.head = slot,
            }
            self.tail = slot;
        }
        if let Some(old) = start.checked_sub(self.block * OPEN_BLOCKS) {
            for slot in old..old + self.block {
                if self.free[slot] {
                    self.unlink(slot as u32);
                }
            }
        }
    }

    fn unlink(&mut self, slot: u32) {
        let (before, next) = (self.before[slot as usize], self.next[slot as usize]);
        match self.next.get_mut(before as usize) {
            Some(to) => *to = next,
            None => self.head = next,
        }
        match self.before.get_mut(next as usize) {
            Some(to) => *to = before,
            None => self.tail = before,
        }
    }

    fn is_free(&self, slot: u32) -> bool {
        self.free.get(slot as usize).is_some_and(|free| *free)
    }

    fn take(&mut self, slot: u32) {
        // What was given up stays unlinked.
        let open = self.free.len().saturating_sub(self.block * OPEN_BLOCKS);
        self.free[slot as usize] = false;
        if slot as usize >= open {
            self.unlink(slot);
        }
    }

    /// A base under which all codes have free slots.
    fn base(&mut self, parent: u32, codes: &[u16]) -> u32 {
        let first = u32::from(codes[0]);
        let open = self.free.len().saturating_sub(self.block * OPEN_BLOCKS) as u32;
        // An only child lies best beside its parent: the walk down a long name then stays in few lines of the cache.
        if codes.len() == 1 && parent + 1 >= open && self.is_free(parent + 1) {
            return (parent + 1) ^ first;
        }
        let mut slot = self.head;
        while slot != NONE {
            let base = slot ^ first;
            if codes.iter().all(|&code| self.is_free(base ^ u32::from(code))) {
                return base;
            }
            slot = self.next[slot as usize];
        }
        let base = self.free.len() as u32;
        self.grow();
        base
    }
}

fn place(tree: &Tree, fail: &[u32], out: &[u32], codes: usize) -> Vec<u8> {
    let block = (codes + 1).next_power_of_two().max(256);
    let mut slots = Slots { free: Vec::new(), next: Vec::new(), before: Vec::new(), head: NONE, tail: NONE, block };
    slots.grow();
    slots.take(ROOT);
    let mut slot_of = vec![ROOT; tree.code.len()];
    let mut base = vec![0u32; tree.code.len()];
    let mut waiting = vec![0u32];
    while let Some(node) = waiting.pop() {
        let children = tree.children(node);
        if children.is_empty() {
            continue;
        }
        let parent = slot_of[node as usize];
        let found = slots.base(parent, &tree.code[children.clone()]);
        base[node as usize] = found;
        for child in children.clone() {
            let slot = found ^ u32::from(tree.code[child]);
            slots.take(slot);
            slot_of[child] = slot;
        }
        waiting.extend(children.rev().map(|child| child as u32));
    }
    let mut nodes = vec![[0, NONE, ROOT, 0]; slots.free.len()];
    for node in 0..tree.code.len() {
        let check = tree.parent.get(node).and_then(|&p| slot_of.get(p as usize)).copied().unwrap_or(NONE);
        nodes[slot_of[node] as usize] = [base[node], check, slot_of[fail[node] as usize], out[node]];
    }
    let mut writer = Writer::default();
    nodes.into_iter().for_each(|node| writer.row(node));
    writer.0
}
