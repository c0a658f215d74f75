//! Dates, hours and times of day as the format writes them.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use super::tree::{Node, Value};
use crate::units::Duration;

/// A date as TOML's or a text.
pub(super) fn moment(node: &Node) -> Option<DateTime> {
    parse_date(written(node)?)
}

/// Reads a date, perhaps with a time and an offset: `2024-03-01`, `2024-03-01T06:00`, `2024-03-01T06:00+05:00`,
/// `2024-03-01T06:00Z`. Without a time it is midnight, without an offset UTC; the moment comes out in UTC.
pub fn parse_date(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(TimeZone::UTC.to_datetime(moment));
    }
    // What stands behind the time (a zone's name, half an offset) would be dropped without a word.
    let is_plain = |letter: char| letter.is_ascii_digit() || "-:.Tt ".contains(letter);
    let time = text.get(10..).unwrap_or_default();
    let reads = text.chars().all(is_plain) && !time.contains('-');
    // Not as a day first: a day is also read from a text with a time, which is then lost.
    reads.then(|| text.parse().ok()).flatten()
}

/// A moment as people write it: the day alone at midnight.
pub fn date_text(moment: DateTime) -> String {
    if moment.time() == Time::midnight() { moment.date().to_string() } else { moment.to_string() }
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

/// `06:00` or `06:00:30`.
pub(super) fn clock(text: &str) -> Option<Duration> {
    let mut parts = text.trim().split(':').map(|part| part.parse::<u32>().ok().filter(|_| part.len() == 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    let milli = i64::from(hour * 3600 + minute * 60 + seconds) * 1000;
    (minute < 60 && seconds < 60 && milli <= crate::units::MS_PER_DAY).then(|| Duration::from_ms(milli))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_is_midnight_utc_unless_a_time_or_an_offset_follows() {
        let midnight = date(2024, 3, 1).at(0, 0, 0, 0);
        assert_eq!(parse_date("2024-03-01"), Some(midnight));
        let morning = Some(date(2024, 3, 1).at(6, 30, 0, 0));
        for text in [
            "2024-03-01T06:30",
            "2024-03-01 06:30:00",
            "2024-03-01T06:30Z",
            "2024-03-01T06:30:00z",
            "2024-03-01T11:30+05:00",
            "2024-03-01 11:30:00+05:00",
            "2024-03-01T11:30+05",
            "2024-02-29T21:30-09:00",
        ] {
            assert_eq!(parse_date(text), morning, "{text}");
        }
        assert_eq!(parse_date("2024-03-01T00:00+05:00"), Some(date(2024, 2, 29).at(19, 0, 0, 0)));
    }

    #[test]
    fn what_would_be_dropped_without_a_word_is_no_date() {
        for text in [
            "1 March",
            "2024-02-30",
            "2024-03-01+05:00",
            "2024-03-01T06:30+5",
            "2024-03-01T06:30-",
            "2024-03-01T06:30[Asia/Almaty]",
            "2024-03-01T25:00",
            "2024",
            "",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_told_as_it_is_written() {
        assert_eq!(date_text(date(2024, 3, 1).at(0, 0, 0, 0)), "2024-03-01");
        assert_eq!(date_text(date(2024, 3, 1).at(6, 30, 0, 0)), "2024-03-01T06:30:00");
    }
}
