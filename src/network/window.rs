//! Dates on the simulated clock.

use jiff::civil::Date;

use crate::scenario::spec::Run;
use crate::units::{MS_PER_DAY, SimTime};

/// Days from one date to another, negative if the other is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The first moment of a date on the clock of a run; negative before the clock's zero.
pub(crate) fn moment(run: &Run, date: Date) -> SimTime {
    SimTime::from_ms(days_between(run.start, date) * MS_PER_DAY + run.warm_up.ms())
}

/// Whether what opens and closes on these dates is open over the whole clock of a run.
pub(super) fn is_always_open(run: &Run, from: Option<Date>, until: Option<Date>) -> bool {
    let end = run.warm_up + run.horizon + run.drain;
    let opens_in_time = from.is_none_or(|date| moment(run, date) <= SimTime::ZERO);
    opens_in_time && until.is_none_or(|date| moment(run, date).ms() >= end.ms())
}
