//! What does somebody who keeps the lists want to know: are they sound, what do they hold, what is still missing?
//!
//! ```text
//! tables ─► check ─► problems, each with its place          corpus ─► Survey ─► the names no list holds
//! name ─► LookUp ─► what is known under it, and why          load ─► Stats ─► how much, how fast, how heavy
//! ```
//!
//! The tools of `isnad gazetteer …`, as functions. Nothing here is needed to read a text.

pub(crate) mod check;
pub(crate) mod look_up;
mod stats;
mod survey;

pub use check::check;
pub use look_up::{Held, Known, LookUp, Match, Near, Sense, rows};
pub use stats::{Count, KINDS, Stats};
pub(crate) use survey::around;
pub use survey::{Share, Survey, Unknown};
