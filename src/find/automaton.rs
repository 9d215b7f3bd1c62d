//! Where do the known spellings occur?
//!
//! ```text
//! haystack "john kerry met the us ..."  ─►  (pattern 17, 0..10), (pattern 3, 5..10), …
//! ```
//!
//! The bundled spellings are searched for by the automaton that lies in the pack; those of a user's own rows by one that
//! is built when they are loaded. The only file that names the automaton crate. Both searches are *overlapping*: a
//! leftmost-longest search would swallow `united states` under `united states of america` even where the longer one
//! fails the boundary test.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind, automaton::OverlappingState};

use crate::error::Error;
use crate::gazetteer::Gazetteer;

/// The compiled spellings of a user's own rows.
#[derive(Debug)]
pub(crate) struct Automaton {
    own: Option<AhoCorasick>,
}

impl Automaton {
    /// Builds what the pack does not hold. Cost: linear in the bytes of a user's own spellings.
    pub(crate) fn new(gazetteer: &Gazetteer) -> Result<Self, Error> {
        let (spellings, _) = gazetteer.own_spellings();
        if spellings.is_empty() {
            return Ok(Automaton { own: None });
        }
        let own = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(spellings)
            .map_err(|e| Error::message(format!("the gazetteer is too large for one automaton: {e}")))?;
        Ok(Automaton { own: Some(own) })
    }

    /// Calls `visit(pattern, start, end)` for every occurrence: first all of the gazetteer's pack, then all of own rows,
    /// in each the ends in rising order. Linear in the haystack and the number of occurrences.
    pub(crate) fn scan(&self, gazetteer: &Gazetteer, haystack: &str, mut visit: impl FnMut(u32, usize, usize)) {
        gazetteer.scan(haystack, &mut visit);
        let Some(own) = &self.own else { return };
        let (_, first) = gazetteer.own_spellings();
        let input = Input::new(haystack);
        let mut state = OverlappingState::start();
        loop {
            own.find_overlapping(input.clone(), &mut state);
            let Some(found) = state.get_match() else { break };
            visit(first + found.pattern().as_u32(), found.start(), found.end());
        }
    }
}
