//! When a scenario is simulated.

use jiff::civil::DateTime;

use crate::scenario::types::Run;
use crate::units::Duration;

/// When a scenario is simulated.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub(super) start: DateTime,
    warm_up: Duration,
    horizon: Duration,
    drain: Duration,
    /// Whether the horizon is of whole calendar years.
    is_of_whole_years: bool,
}

impl Window {
    pub(super) fn of(run: &Run) -> Self {
        let is_of_whole_years = run.is_of_whole_years();
        Self { start: run.start, warm_up: run.warm_up, horizon: run.horizon, drain: run.drain, is_of_whole_years }
    }

    /// Whether what happens in both can be compared: horizons of as many days, or both of whole calendar years, whose
    /// amounts are then compared as rates.
    pub(super) fn is_as_long_as(&self, other: &Self) -> bool {
        let whole_years = self.is_of_whole_years && other.is_of_whole_years;
        self.warm_up == other.warm_up && self.drain == other.drain && (self.horizon == other.horizon || whole_years)
    }
}
