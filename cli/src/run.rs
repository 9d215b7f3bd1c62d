//! How do articles become output, on one thread or many?
//!
//! ```text
//! Pieces ─► in_order(work on every thread) ─► Done, in the order of the pieces ─► whoever writes
//! ```

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use isnad::parallel::{Window, in_order};

use crate::input::{Problem, Raw, Reason};
use crate::pieces::{Cursor, Piece, What};

/// What became of a piece.
pub(crate) struct Done<T> {
    pub(crate) cursor: Cursor,
    pub(crate) what: Made<T>,
}

pub(crate) enum Made<T> {
    /// What was made of a document, and how many bytes of text it had.
    Of(T, u64),
    Problem(Problem),
    End,
}

/// Threads to work with: those asked for, or one for each core.
pub(crate) fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Works on all pieces; the results come in the order of the pieces, whatever the number of threads.
///
/// One thread reads, works and hands on one document at a time, without looking ahead: whoever writes an article into
/// our standard input has its answer before the next one.
pub(crate) fn run<T, F>(
    pieces: impl Iterator<Item = Piece> + 'static,
    threads: usize,
    work: F,
) -> Box<dyn Iterator<Item = Done<T>>>
where
    T: Send + 'static,
    F: Fn(&Raw) -> Result<(T, u64), Problem> + Send + Sync + 'static,
{
    let done = move |piece: Piece| {
        let what = match piece.what {
            What::Document(raw) => one(&raw, &work),
            What::Problem(problem) => Made::Problem(problem),
            What::End => Made::End,
        };
        Done { cursor: piece.cursor, what }
    };
    if threads == 1 {
        return Box::new(pieces.map(done));
    }
    // Fails where a pool was built before: then that one serves.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    Box::new(in_order(pieces, Window::new(32 * threads, 16 << 20), Piece::weight, done))
}

/// One document. That our own code panics on one must not end a run over a million.
fn one<T>(raw: &Raw, work: impl Fn(&Raw) -> Result<(T, u64), Problem>) -> Made<T> {
    let made = catch_unwind(AssertUnwindSafe(|| work(raw)));
    match made {
        Ok(Ok((made, bytes))) => Made::Of(made, bytes),
        Ok(Err(problem)) => Made::Problem(problem),
        Err(panic) => {
            let what = format!("a mistake in isnad itself, please tell us: {}", told(&*panic));
            Made::Problem(Problem::at(&Arc::clone(&raw.file), (raw.line, raw.start), Reason::Internal, what))
        }
    }
}

fn told(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic")
}
