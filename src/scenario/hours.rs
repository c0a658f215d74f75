//! Opening hours, holidays and time zones as the format writes them.

use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone, db};

use super::tree::Node;
use super::when::clock;
use crate::diagnostic::nearest;
use crate::units::Duration;

/// `"Mon-Fri 09:00-13:00"`: a part of the day on some days of the week, in the time of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursSpan {
    /// Days on which it begins, Monday first.
    pub days: [bool; 7],
    /// Opens, after midnight.
    pub opens: Duration,
    /// Closes, after midnight; before `opens` where it crosses midnight.
    pub closes: Duration,
}

impl HoursSpan {
    /// Whether it begins on a day of the week.
    pub fn begins_on(&self, day: Weekday) -> bool {
        self.days[day.to_monday_zero_offset() as usize]
    }
}

/// A day on which nothing opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// `"03-21"`: month and day of every year.
    EveryYear(i8, i8),
    /// `"2024-03-21"` or `"2024-03-21..2024-03-25"`, the last day included.
    Dates(Date, Date),
}

impl Holiday {
    /// Whether a day is one.
    pub fn covers(&self, day: Date) -> bool {
        match *self {
            Self::EveryYear(month, of_month) => (day.month(), day.day()) == (month, of_month),
            Self::Dates(first, last) => (first..=last).contains(&day),
        }
    }
}

/// A span with its days; the same time twice is all day only as `00:00-24:00`.
pub(super) fn span(node: &Node) -> Option<HoursSpan> {
    let text = node.text()?.trim();
    let (days, times) = text.rsplit_once(' ').unwrap_or(("", text));
    let (opens, closes) = times.split_once('-')?;
    let span = HoursSpan { days: week(days)?, opens: clock(opens)?, closes: clock(closes)? };
    (span.opens != span.closes).then_some(span)
}

/// `Mon-Fri`, `Sat,Sun`, `Fri-Mon`; no words are all days.
fn week(text: &str) -> Option<[bool; 7]> {
    if text.is_empty() {
        return Some([true; 7]);
    }
    let mut days = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (weekday(first)?, weekday(last)?);
        (0..=(last + 7 - first) % 7).for_each(|after| days[(first + after) % 7] = true);
    }
    Some(days)
}

fn weekday(word: &str) -> Option<usize> {
    const WORDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.trim().to_lowercase();
    WORDS.iter().position(|day| *day == word)
}

/// A holiday.
pub(super) fn holiday(node: &Node) -> Option<Holiday> {
    let text = node.text()?.trim();
    if let Some((first, last)) = text.split_once("..") {
        let (first, last) = (date(first)?, date(last)?);
        return (first <= last).then_some(Holiday::Dates(first, last));
    }
    let Some((month, day)) = text.split_once('-').filter(|(month, _)| month.len() == 2) else {
        return date(text).map(|day| Holiday::Dates(day, day));
    };
    // A year with a 29th of February.
    let day = Date::new(2024, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(Holiday::EveryYear(day.month(), day.day()))
}

fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    text.parse().ok().filter(|_| text.len() == 10)
}

/// An offset such as `+05:00`, or a zone's name in the bundled database.
pub(super) fn time_zone(node: &Node) -> Option<TimeZone> {
    let text = node.text()?;
    offset(text).map(TimeZone::fixed).or_else(|| TimeZone::get(text).ok())
}

fn offset(text: &str) -> Option<Offset> {
    const MOST: i64 = 15 * 3_600_000;
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let milliseconds = clock(&text[1..])?.ms();
    (milliseconds <= MOST).then(|| Offset::from_seconds(sign * (milliseconds / 1000) as i32).ok()).flatten()
}

/// The nearest name of a zone.
pub(super) fn near_zone(text: &str) -> Option<String> {
    let names: Vec<String> = db().available().map(|name| name.to_string()).collect();
    nearest(text, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, SourceFiles, SourceKind, Span};
    use crate::scenario::tree::Value;

    fn text(text: &str) -> Node {
        let file: FileId = SourceFiles::default().add("a", "", SourceKind::File);
        Node::new(Value::Text(text.to_owned()), Span { file, start: 0, end: 0 })
    }

    fn days(of: &str) -> Option<Vec<usize>> {
        span(&text(of)).map(|span| (0..7).filter(|&day| span.days[day]).collect())
    }

    #[test]
    fn days_of_the_week_are_read() {
        assert_eq!(days("06:00-18:00"), Some((0..7).collect()));
        assert_eq!(days("Mon-Fri 09:00-13:00"), Some((0..5).collect()));
        assert_eq!(days("sat,Sun 22:00-06:00"), Some(vec![5, 6]));
        assert_eq!(days("Fri-Mon,Wed 00:00-24:00"), Some(vec![0, 2, 4, 5, 6]));
        for wrong in ["Mon", "Mo-Fr 09:00-13:00", "09:00-09:00", "Mon-Fri 25:00-26:00", "Mon-Fri", ""] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn holidays_are_days_of_every_year_or_dates() {
        let day = |month, day| Date::new(2025, month, day).unwrap();
        let of = |words: &str| holiday(&text(words));
        assert!(of("01-01").unwrap().covers(day(1, 1)) && !of("01-01").unwrap().covers(day(1, 2)));
        let nauryz = of("2025-03-21..2025-03-25").unwrap();
        assert!(nauryz.covers(day(3, 21)) && nauryz.covers(day(3, 25)) && !nauryz.covers(day(3, 26)));
        assert!(of("2024-03-21").is_some_and(|day_of_2024| !day_of_2024.covers(day(3, 21))));
        assert!(of("02-29").is_some());
        for wrong in ["13-01", "02-30", "2024-03-25..2024-03-21", "21 March", "2024-03-21T06:00"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn zones_are_offsets_or_names() {
        let of = |words: &str| time_zone(&text(words));
        assert_eq!(of("+05:00"), of("Etc/GMT-5").map(|_| TimeZone::fixed(Offset::constant(5))));
        assert!(of("Asia/Almaty").is_some() && of("UTC").is_some() && of("-03:30").is_some());
        assert!(of("Asia/Almati").is_none() && of("+25:00").is_none() && of("5").is_none());
        assert_eq!(near_zone("Asia/Almati").as_deref(), Some("Asia/Almaty"));
    }
}
