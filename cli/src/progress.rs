//! How far is the run, and how fast was it?
//!
//! ```text
//! ━━━━━━━━━━━━━━╸─────────  61 MiB of 140 MiB, 2.9 MiB/s, 27s left · 8,211 documents      while it runs, on a terminal
//! isnad: 18,422 documents, 140.2 MB of text in 48.3 s: 381 documents/s, 2.90 MB/s, 2 threads of 1.45 MB/s each
//! └─ at the end: where a bar was shown, or if asked
//! ```

use std::io::{IsTerminal, stderr, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::complain;

/// Watches a run.
pub(crate) struct Progress {
    bar: ProgressBar,
    shown: bool,
    taken: Arc<AtomicU64>,
    begun: Instant,
    drawn: Instant,
    documents: u64,
    bytes: u64,
}

impl Progress {
    /// `total` is what the inputs weigh on disk, where that is known. The bar shows on a terminal only, and not where
    /// the output goes to the same one.
    pub(crate) fn new(quiet: bool, writes_to_stdout: bool, total: Option<u64>, taken: Arc<AtomicU64>) -> Self {
        let shown = !quiet && stderr().is_terminal() && !(writes_to_stdout && stdout().is_terminal());
        let target = if shown { ProgressDrawTarget::stderr_with_hz(4) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(total, target);
        let form = match total {
            Some(_) => "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left · {msg}",
            None => "{spinner} {bytes}, {bytes_per_sec}, {elapsed} · {msg}",
        };
        // The form is ours; should a later indicatif not know it, its own default does.
        bar.set_style(
            ProgressStyle::with_template(form)
                .map_or_else(|_| ProgressStyle::default_bar(), |s| s.progress_chars("━╸─")),
        );
        let now = Instant::now();
        Progress { bar, shown, taken, begun: now, drawn: now, documents: 0, bytes: 0 }
    }

    /// One more document, of so many bytes of text.
    pub(crate) fn document(&mut self, bytes: u64) {
        self.documents += 1;
        self.bytes += bytes;
        if self.drawn.elapsed() > Duration::from_millis(100) {
            self.drawn = Instant::now();
            self.bar.set_message(format!("{} documents", HumanCount(self.documents)));
            self.bar.set_position(self.taken.load(Ordering::Relaxed));
        }
    }

    /// A line on standard error that does not run into the bar.
    pub(crate) fn complain(&self, problem: &dyn std::fmt::Display) {
        self.bar.suspend(|| complain(problem));
    }

    /// The end; `timing` asks for the figures also where nothing was shown on the way.
    pub(crate) fn finish(self, timing: bool, threads: usize) {
        self.bar.finish_and_clear();
        if timing || self.shown {
            let (seconds, mb) = (self.begun.elapsed().as_secs_f64().max(1e-9), self.bytes as f64 / 1e6);
            let documents = self.documents;
            let working = match threads {
                1 => "1 thread".to_owned(),
                n => format!("{n} threads of {:.2} MB/s each", mb / seconds / n as f64),
            };
            complain(&format_args!(
                "{} documents, {mb:.1} MB of text in {seconds:.2} s: {:.0} documents/s, {:.2} MB/s, {working}",
                HumanCount(documents),
                documents as f64 / seconds,
                mb / seconds,
            ));
        }
    }
}
