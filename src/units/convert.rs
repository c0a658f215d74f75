//! From the units of results to those of textbooks and of observed figures.

use super::quantity::{DAYS_PER_YEAR, Duration, MS_PER_DAY, MS_PER_HOUR};

/// Units of time with their synonyms, by milliseconds.
const TIMES: [(f64, &[&str]); 7] = [
    (1.0, &["ms"]),
    (1e3, &["s", "second", "seconds"]),
    (6e4, &["min", "minute", "minutes"]),
    (MS_PER_HOUR as f64, &["h", "hr", "hour", "hours"]),
    (MS_PER_DAY as f64, &["d", "day", "days"]),
    (7.0 * MS_PER_DAY as f64, &["wk", "week", "weeks"]),
    ((DAYS_PER_YEAR * MS_PER_DAY) as f64, &["yr", "a", "year", "years"]),
];

/// Milliseconds of a unit of time; `None` where it is no such unit. A year has 365 d.
pub fn milliseconds(unit: &str) -> Option<f64> {
    TIMES.iter().find(|(_, words)| words.contains(&unit)).map(|(ms, _)| *ms)
}

/// Whether a word means the year.
pub fn is_year(unit: &str) -> bool {
    TIMES[6].1.contains(&unit)
}

/// What a rate is counted over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timespan {
    /// How long it is.
    pub length: Duration,
    /// Shares of calendar years in it: days ÷ 365 or 366.
    pub years: f64,
}

impl Timespan {
    /// How often a unit of time is in it.
    fn holds(self, unit: &str) -> Option<f64> {
        if is_year(unit) { Some(self.years) } else { Some(self.length.ms() as f64 / milliseconds(unit)?) }
    }
}

/// What a value in one unit is multiplied by to be in the other; `None` where they do not measure the same.
///
/// A rate becomes a number without time if it is counted over the span.
pub fn factor(from: &str, to: &str, span: Timespan) -> Option<f64> {
    if from == to {
        return Some(1.0);
    }
    if let (Some(from), Some(to)) = (milliseconds(from), milliseconds(to)) {
        return Some(from / to);
    }
    let (what, per) = from.rsplit_once('/')?;
    if what == to {
        return span.holds(per);
    }
    let (same, to_per) = to.rsplit_once('/')?;
    if what == same { Some(span.holds(per)? / span.holds(to_per)?) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_rates_and_counts_are_converted() {
        let span = Timespan { length: Duration::from_hours(876.0), years: 0.1 };
        let is = |from, to, value: f64| {
            let found = factor(from, to, span).unwrap();
            assert!((found - value).abs() < 1e-12 * value, "{from} to {to}: {found}");
        };
        is("1", "1", 1.0);
        is("d", "min", 1440.0);
        is("d", "hours", 24.0);
        is("wagon/yr", "wagon/h", 1.0 / 8760.0);
        is("wagon/yr", "wagon/a", 1.0);
        is("wagon/yr", "wagon", 0.1);
        assert_eq!(factor("wagon/yr", "train/h", span), None);
        assert_eq!(factor("d", "1", span), None);
    }

    #[test]
    fn a_year_is_as_long_as_the_calendar_has_it() {
        let leap = Timespan { length: Duration::from_days(366.0), years: 1.0 };
        assert_eq!((factor("t/yr", "t", leap), factor("t/yr", "t/d", leap)), (Some(1.0), Some(1.0 / 366.0)));
    }
}
