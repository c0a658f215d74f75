//! Dates, hours and times of day as the format writes them.

use jiff::civil::{Date, DateTime};

use super::spec::HoursOfDay;
use super::tree::{Node, Value};
use crate::units::Duration;

/// A day, as TOML's date or a text.
pub(super) fn date(node: &Node) -> Option<Date> {
    written(node)?.parse().ok()
}

/// A day, at midnight unless a time follows.
pub(super) fn moment(node: &Node) -> Option<DateTime> {
    // Not as a day first: a day is also read from a text with a time, which is then lost.
    written(node)?.parse().ok()
}

fn written(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Date(text) | Value::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// `06:00` after midnight; `24:00` is the end of the day.
pub(super) fn time_of_day(node: &Node) -> Option<Duration> {
    clock(written(node)?)
}

fn clock(text: &str) -> Option<Duration> {
    let mut parts = text.trim().split(':').map(|part| part.parse::<u32>().ok().filter(|_| part.len() == 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    let milli = i64::from(hour * 3600 + minute * 60 + seconds) * 1000;
    (minute < 60 && seconds < 60 && milli <= crate::units::MS_PER_DAY).then(|| Duration::from_ms(milli))
}

/// `06:00-18:00`; the same time twice is all day only as `00:00-24:00`.
pub(super) fn hours(text: &str) -> Option<HoursOfDay> {
    let (opens, closes) = text.split_once('-')?;
    let hours = HoursOfDay { opens: clock(opens)?, closes: clock(closes)? };
    (hours.opens != hours.closes).then_some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_midnight_unless_a_time_follows() {
        let at = |text: &str| moment(&Node::new(Value::Text(text.to_owned()), crate::diagnostic::Span::default()));
        assert_eq!(at("2024-03-01"), Some(jiff::civil::date(2024, 3, 1).at(0, 0, 0, 0)));
        assert_eq!(at("2024-03-01T06:30"), Some(jiff::civil::date(2024, 3, 1).at(6, 30, 0, 0)));
        assert_eq!(at("2024-03-01 06:30:00"), Some(jiff::civil::date(2024, 3, 1).at(6, 30, 0, 0)));
        assert!(at("1 March").is_none());
    }

    #[test]
    fn hours_may_cross_midnight_and_must_be_times() {
        let night = hours("22:00-05:30").unwrap();
        assert_eq!((night.opens, night.closes), (Duration::from_hours(22.0), Duration::from_hours(5.5)));
        assert!(hours("00:00-24:00").is_some());
        assert!(
            ["6-18", "06:00", "25:00-26:00", "06:61-07:00", "06:00-06:00"]
                .into_iter()
                .all(|text| hours(text).is_none())
        );
    }
}
