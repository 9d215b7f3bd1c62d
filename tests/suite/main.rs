//! Everything that is tested from outside the library, in one binary: what is slow about twenty of them is linking.
//!
//! ```text
//! wire         a document as a line and back          hurt        inputs that hurt, each a test
//! formats      what other readers make of our formats   merging    what many articles tell, as one event
//! articles     snapshots over tests/articles          properties  what holds for every text
//! gold         precision and recall over tests/articles   cases   the small cases of tests/cases
//! script       names that only the other script holds     report      the page for readers, read by a parser not ours
//! rules        the examples that the rules carry         gazetteer   mistakes in tables, and our own tables
//! codes        the event codes of what is done in words
//! seeds        the two articles the project began with (needs ISNAD_SHARED; steps aside aloud without)
//! evaluate     the figures of `isnad::evaluate`, by hand and beside another scorer
//! metamorphic  every example of every rule, rewritten, made negative, made future
//! msrv         no dependency asks for a newer Rust than we promise
//! ```

mod articles;
mod cases;
mod codes;
mod evaluate;
mod formats;
mod gazetteer;
mod gold;
mod hurt;
mod linking;
mod merging;
mod metamorphic;
mod msrv;
mod properties;
mod report;
mod rules;
mod script;
mod seeds;
mod shared;
mod wire;
