//! The progress bar.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use crate::experiment::Progress;

/// Simulated years done and the time left, on a terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    /// Done before the batch that reports.
    before: u64,
}

impl Bar {
    pub(super) fn new(console: &Console) -> Self {
        let target = if console.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} simulated years, {eta} left{msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, before: 0 }
    }

    /// A further batch begins.
    pub(super) fn after(&mut self, before: u64) {
        self.before = before;
    }

    /// Says that a precision is aimed at, so that there may be more to do than it seems.
    pub(super) fn aims_at(&self, precision: f64) {
        self.bar.set_message(format!(", more until ±{} %", precision * 100.0));
    }
}

impl Progress for Bar {
    fn done(&self, done: u64, of: u64) {
        self.bar.set_length(self.before + of);
        self.bar.set_position(self.before + done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
