//! Dates on the simulated clock.

use jiff::civil::DateTime;

use crate::scenario::types::Run;
use crate::units::SimTime;

/// A date on the clock of a run; negative before the clock's zero.
pub(crate) fn moment(run: &Run, date: DateTime) -> SimTime {
    let since = date.duration_since(run.start).as_millis();
    SimTime::from_ms(i64::try_from(since).unwrap_or(i64::MAX / 2) + run.warm_up.ms())
}

/// Whether what opens and closes on these dates is open over the whole clock of a run.
pub(super) fn is_always_open(run: &Run, from: Option<DateTime>, until: Option<DateTime>) -> bool {
    let end = run.warm_up + run.horizon + run.drain;
    let opens_in_time = from.is_none_or(|date| moment(run, date) <= SimTime::ZERO);
    opens_in_time && until.is_none_or(|date| moment(run, date).ms() >= end.ms())
}
