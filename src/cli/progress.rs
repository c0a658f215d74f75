//! The progress bar.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use crate::experiment::{Progress, Remark, Running};
use crate::report::round_to;

/// How often a line is said where there is no terminal.
const PAUSE: Duration = Duration::from_secs(20);

/// Simulated years done, the time left and what is known so far: a bar on a terminal, else a line now and then.
pub(super) struct Bar<'a> {
    drawn: ProgressBar,
    console: &'a Console,
    told: Mutex<Told>,
    /// How long the stage had lasted when a line was said last.
    last_line: Mutex<Duration>,
}

/// What stands behind the bar.
#[derive(Default)]
struct Told {
    stage: String,
    aim: String,
    estimate: String,
}

impl<'a> Bar<'a> {
    pub(super) fn new(console: &'a Console) -> Self {
        let target = if console.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} simulated years, {eta} left{msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { drawn: bar, console, told: Mutex::default(), last_line: Mutex::default() }
    }

    /// Where there is no bar, says how far things are if that was not said for a while.
    fn line(&self, done: u64, of: u64) {
        if !self.drawn.is_hidden() {
            return;
        }
        let mut last = self.last_line.lock().unwrap_or_else(PoisonError::into_inner);
        let lasted = self.drawn.elapsed();
        if lasted >= *last + PAUSE {
            *last = lasted;
            let stage = self.told.lock().unwrap_or_else(PoisonError::into_inner).stage.clone();
            let left = HumanDuration(self.drawn.eta());
            self.console.say(format_args!("{done} of {of} simulated years, {left} left{stage}"));
        }
    }

    /// Says that a precision is aimed at, so that there may be more to do than it seems.
    pub(super) fn aims_at(&self, precision: f64) {
        self.tell(|told| told.aim = format!(", more until ±{} %", precision * 100.0));
    }

    fn tell(&self, change: impl FnOnce(&mut Told)) {
        let mut told: MutexGuard<'_, Told> = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut told);
        self.drawn.set_message(format!("{}{}{}", told.stage, told.aim, told.estimate));
    }
}

impl Progress for Bar<'_> {
    fn done(&self, done: u64, of: u64) {
        self.drawn.set_length(of);
        self.drawn.set_position(done);
        self.line(done, of);
    }

    fn stage(&self, name: &str) {
        self.drawn.reset();
        *self.last_line.lock().unwrap_or_else(PoisonError::into_inner) = Duration::ZERO;
        self.tell(|told| {
            told.stage = format!(", {name}");
            told.estimate.clear();
        });
    }

    fn estimate(&self, so_far: &Running) {
        if self.drawn.is_hidden() {
            return;
        }
        let Running { subject, unit, mean, .. } = so_far;
        let half_width = so_far.half_width();
        let reach = half_width.map(|half_width| format!(" ± {}", round_to(half_width, Some(half_width))));
        let mean = round_to(*mean, half_width);
        self.tell(|told| told.estimate = format!("; {subject} {mean}{} {unit} so far", reach.unwrap_or_default()));
    }

    fn remark(&self, remark: &Remark) {
        self.drawn.suspend(|| self.console.remark(remark));
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        self.drawn.finish_and_clear();
    }
}
