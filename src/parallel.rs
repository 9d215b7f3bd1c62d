//! How are many texts read on all cores, in bounded memory, without their order getting lost?
//!
//! ```text
//! inputs ─► window of at most n items, so many bytes ─► rayon's threads ─► the oldest one first ─► caller
//! ```
//!
//! Work is handed to rayon's current pool: the global one, or the one whose `install` surrounds the call. Every thread
//! keeps its own [`Scratch`](crate::Scratch). What comes out does not depend on the number of threads: items leave in
//! the order in which they came.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::thread;
use std::time::Duration;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::document::Document;
use crate::extractor::{Extractor, Input};

impl Extractor {
    /// Reads all texts on all cores; the documents stand in the order of the inputs. All of them are held at once: for
    /// a corpus take [`extract_stream`](Self::extract_stream).
    ///
    /// ```
    /// let isnad = isnad::Extractor::new()?;
    /// let docs = isnad.extract_all(["John Kerry left Geneva.", "Sergei Lavrov left Vienna."]);
    /// let first: Vec<&str> = docs.iter().map(|doc| doc.entities()[0].id()).collect();
    /// assert_eq!(first, ["person/john-kerry", "person/sergey-lavrov"]);
    /// # Ok::<(), isnad::Error>(())
    /// ```
    pub fn extract_all<'t, I>(&self, inputs: I) -> Vec<Document<'t>>
    where
        I: IntoIterator,
        I::Item: Into<Input<'t>>,
    {
        let inputs: Vec<Input<'t>> = inputs.into_iter().map(Into::into).collect();
        inputs.into_par_iter().map(|input| self.extract(input)).collect()
    }

    /// Reads texts on all cores as they come; the documents leave in the order of the inputs. Never more than a window
    /// of them is held, so that the inputs may be without end.
    ///
    /// ```
    /// use isnad::Input;
    ///
    /// let isnad = isnad::Extractor::new()?;
    /// let inputs = (1..=100).map(|n| Input::new(format!("John Kerry spoke {n} times.")).id(n.to_string()));
    /// for (n, doc) in (1..).zip(isnad.extract_stream(inputs)) {
    ///     assert_eq!(doc.id(), Some(&*n.to_string()));
    /// }
    /// # Ok::<(), isnad::Error>(())
    /// ```
    pub fn extract_stream<I>(&self, inputs: I) -> impl Iterator<Item = Document<'static>>
    where
        I: IntoIterator<Item = Input<'static>>,
    {
        let isnad = self.clone();
        in_order(inputs, Window::default(), |input| input.text().len(), move |input| isnad.extract(input))
    }
}

/// How much may be on its way at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    items: usize,
    bytes: usize,
}

impl Default for Window {
    /// Sixteen items for each thread, and 32 MiB.
    fn default() -> Self {
        Window { items: 16 * rayon::current_num_threads(), bytes: 32 << 20 }
    }
}

impl Window {
    /// At most `items` items, and no further one as long as those on their way weigh `bytes` or more. A single item
    /// may weigh anything: it is then alone.
    pub fn new(items: usize, bytes: usize) -> Self {
        Window { items: items.max(1), bytes }
    }
}

/// Works on items on all cores and hands the results on in the order of the items.
///
/// `weigh` says how many bytes an item holds. `work` runs on the threads of rayon's current pool; should it panic, the
/// panic goes on in the caller's thread when its turn comes. Items are taken from `items` in the caller's thread, and
/// only when a result is asked for.
///
/// ```
/// use isnad::parallel::{Window, in_order};
///
/// let squares = in_order(1_u64.., Window::default(), |_| 8, |n| n * n);
/// assert_eq!(squares.take(4).collect::<Vec<_>>(), [1, 4, 9, 16]);
/// ```
pub fn in_order<I, T, G, F>(items: I, window: Window, weigh: G, work: F) -> impl Iterator<Item = T>
where
    I: IntoIterator,
    I::Item: Send + 'static,
    T: Send + 'static,
    G: Fn(&I::Item) -> usize,
    F: Fn(I::Item) -> T + Send + Sync + 'static,
{
    InOrder {
        items: items.into_iter().fuse(),
        window,
        weigh,
        work: Arc::new(work),
        under_way: VecDeque::new(),
        weight: 0,
        held: None,
    }
}

struct InOrder<I: Iterator, T, G, F> {
    items: std::iter::Fuse<I>,
    window: Window,
    weigh: G,
    work: Arc<F>,
    /// The oldest in front, each with its weight.
    under_way: VecDeque<(usize, Receiver<thread::Result<T>>)>,
    weight: usize,
    /// Taken from the items, but too heavy to start beside those under way.
    held: Option<(usize, I::Item)>,
}

impl<I, T, G, F> InOrder<I, T, G, F>
where
    I: Iterator,
    I::Item: Send + 'static,
    T: Send + 'static,
    G: Fn(&I::Item) -> usize,
    F: Fn(I::Item) -> T + Send + Sync + 'static,
{
    /// Starts work until the window is full or the items are at their end.
    fn fill(&mut self) {
        while self.under_way.len() < self.window.items {
            let next = self.held.take().or_else(|| self.items.next().map(|item| ((self.weigh)(&item), item)));
            let Some((weight, item)) = next else { return };
            if !self.under_way.is_empty() && self.weight.saturating_add(weight) > self.window.bytes {
                self.held = Some((weight, item));
                return;
            }
            let (to, from) = sync_channel(1);
            let work = Arc::clone(&self.work);
            rayon::spawn_fifo(move || {
                let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                // The caller may have gone, and then nobody wants the result.
                let _ = to.send(result);
            });
            self.weight = self.weight.saturating_add(weight);
            self.under_way.push_back((weight, from));
        }
    }
}

impl<I, T, G, F> Iterator for InOrder<I, T, G, F>
where
    I: Iterator,
    I::Item: Send + 'static,
    T: Send + 'static,
    G: Fn(&I::Item) -> usize,
    F: Fn(I::Item) -> T + Send + Sync + 'static,
{
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.fill();
        let (weight, from) = self.under_way.pop_front()?;
        self.weight = self.weight.saturating_sub(weight);
        match wait(&from) {
            Ok(result) => Some(result),
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// Waits for a result. A thread of the pool itself must not sleep while it waits, since it may be the only one there:
/// it works on.
fn wait<T>(from: &Receiver<thread::Result<T>>) -> thread::Result<T> {
    let lost = || -> thread::Result<T> { Err(Box::new("the pool of threads dropped a piece of work")) };
    if rayon::current_thread_index().is_none() {
        return from.recv().unwrap_or_else(|_| lost());
    }
    loop {
        match from.try_recv() {
            Ok(result) => return result,
            Err(TryRecvError::Disconnected) => return lost(),
            Err(TryRecvError::Empty) => {}
        }
        if rayon::yield_now() != Some(rayon::Yield::Executed) {
            // Nothing to help with: another thread has it. A short sleep, so as not to take that thread's core.
            match from.recv_timeout(Duration::from_micros(200)) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Disconnected) => return lost(),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn order_is_kept_whoever_is_first() {
        for threads in [1, 2, 5] {
            let got: Vec<u64> = pool(threads).install(|| {
                let slow = |n: u64| {
                    thread::sleep(Duration::from_micros((7 - n % 7) * 50));
                    n
                };
                in_order(0..200, Window::new(9, 1000), |_| 1, slow).collect()
            });
            assert_eq!(got, (0..200).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn no_more_than_the_window_is_taken() {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let items = (0..1000).inspect(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        let mut some = in_order(items, Window::new(8, usize::MAX), |_| 1, |n| n);
        assert_eq!(some.by_ref().take(3).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(taken.load(Ordering::SeqCst) <= 3 + 8);
    }

    #[test]
    fn a_heavy_item_goes_alone_and_is_not_lost() {
        let weights = [1, 1, 900, 1, 5000, 5000, 1];
        let got: Vec<usize> = in_order(weights, Window::new(4, 1000), |w| *w, |w| w).collect();
        assert_eq!(got, weights);
    }

    #[test]
    fn a_panic_comes_out_when_its_turn_comes() {
        let mut some = in_order(0..3, Window::new(3, 100), |_| 1, |n| if n == 1 { panic!("one") } else { n });
        assert_eq!(some.next(), Some(0));
        let caught = catch_unwind(AssertUnwindSafe(|| some.next())).unwrap_err();
        assert_eq!(caught.downcast_ref::<&str>(), Some(&"one"));
        assert_eq!(some.next(), Some(2));
        assert_eq!(some.next(), None);
    }
}
