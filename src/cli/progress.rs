//! The progress bar.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use crate::experiment::Progress;

/// Simulated years done and the time left, on a terminal.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    pub(super) fn new(console: &Console) -> Self {
        let target = if console.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} simulated years, {eta} left{msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar }
    }

    /// Says which of several scenarios is being simulated.
    pub(super) fn is_about(&self, name: &str) {
        self.bar.set_message(format!(", {name}"));
    }

    /// Says that a precision is aimed at, so that there may be more to do than it seems.
    pub(super) fn aims_at(&self, precision: f64) {
        self.bar.set_message(format!(", more until ±{} %", precision * 100.0));
    }
}

impl Progress for Bar {
    fn done(&self, done: u64, of: u64) {
        self.bar.set_length(of);
        self.bar.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
