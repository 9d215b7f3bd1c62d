//! Where do the known spellings occur?
//!
//! ```text
//! haystack "john kerry met the us ..."  ─►  (pattern 17, 0..10), (pattern 3, 5..10), …
//! ```
//!
//! The only file that names the automaton crate. The search is *overlapping*: a leftmost-longest search would
//! swallow `united states` under `united states of america` even where the longer one fails the boundary test.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind, automaton::OverlappingState};

use crate::error::Error;

/// The compiled spellings.
#[derive(Debug)]
pub(crate) struct Automaton {
    inner: AhoCorasick,
}

impl Automaton {
    /// Builds the automaton; pattern `i` is the `i`-th spelling. Cost: linear in the bytes of all spellings.
    pub(crate) fn new(spellings: &[String]) -> Result<Self, Error> {
        let inner = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(spellings)
            .map_err(|e| Error::message(format!("the gazetteer is too large for one automaton: {e}")))?;
        Ok(Automaton { inner })
    }

    /// Calls `visit(pattern, start, end)` for every occurrence, ends in rising order. Linear in the haystack and the
    /// number of occurrences.
    pub(crate) fn scan(&self, haystack: &str, mut visit: impl FnMut(u32, usize, usize)) {
        let input = Input::new(haystack);
        let mut state = OverlappingState::start();
        loop {
            self.inner.find_overlapping(input.clone(), &mut state);
            let Some(found) = state.get_match() else { break };
            visit(found.pattern().as_u32(), found.start(), found.end());
        }
    }
}
