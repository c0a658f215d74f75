//! Observed times beside what the simulated ones are made of.

use super::canvas::Canvas;
use super::picture::Plot;
use super::section_time::{MOST, height_of};
use super::stacks::{Stack, Stacks};
use super::style::KeyEntry;
use super::theme::BAND;
use crate::validation::{Class, ValidatedTime, Validation};
use crate::words::{Cause, CauseGroup};

/// The times of a validation: two bars each.
pub(super) struct ObservedTimes<'a> {
    validation: &'a Validation,
}

impl<'a> ObservedTimes<'a> {
    /// `None` where no time was observed whose parts are simulated.
    pub(super) fn of(validation: &'a Validation) -> Option<Self> {
        (!validation.times.is_empty()).then_some(Self { validation })
    }

    fn shown(&self) -> &[ValidatedTime] {
        &self.validation.times[..self.validation.times.len().min(MOST / 2)]
    }
}

impl Plot for ObservedTimes<'_> {
    fn height(&self) -> i32 {
        height_of(2 * self.shown().len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let phrases = canvas.phrases();
        canvas.heading_of(&self.validation.manifest, phrases.observed_times, phrases.observed_times_how)?;
        let bars: Vec<Stack> = self.shown().iter().flat_map(|time| pair(canvas, time)).collect();
        let mut stacks = Stacks::of_days(canvas, &bars);
        stacks.kinds.insert(0, KeyEntry { text: phrases.observed, colour: BAND });
        stacks.plot(canvas)
    }
}

/// The observed time, then the simulated one.
fn pair(canvas: &Canvas<'_>, time: &ValidatedTime) -> [Stack; 2] {
    let phrases = canvas.phrases();
    let class = match time.class {
        Class::Input => phrases.class_input,
        Class::Tuned => phrases.class_tuned,
        Class::Tested => phrases.class_tested,
    };
    let band = time.band.map_or_else(String::new, |(low, high)| format!(" ({low:.1}–{high:.1})"));
    let mut observed = vec![0.0; 1 + CauseGroup::ALL.len()];
    observed[0] = time.observed;
    let group = |group: CauseGroup| -> f64 {
        let of = time.simulated.iter().filter(|(cause, _): &&(Cause, f64)| cause.group() == group);
        of.map(|(_, days)| days).sum()
    };
    let simulated: Vec<f64> = std::iter::once(0.0).chain(CauseGroup::ALL.map(group)).collect();
    let total: f64 = simulated.iter().sum();
    [
        Stack {
            name: format!("{}, {class}", time.name),
            parts: observed,
            total: format!("{:.1}{band}", time.observed),
        },
        Stack { name: phrases.simulated.to_owned(), parts: simulated, total: format!("{total:.1}") },
    ]
}
