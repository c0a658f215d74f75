//! Calendar months, quarters and years by which traffic is counted: `"2024-01"`, `"2024-Q2"`, `"2025"`.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A month, a quarter or a year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarPeriod {
    /// Its first day.
    pub first: Date,
    /// Number of months: 1, 3 or 12.
    pub months: u8,
}

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    /// Its year.
    pub year: i16,
    /// 0 = January.
    pub month0: u8,
}

impl YearMonth {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month0: day.month() as u8 - 1 }
    }
}

impl CalendarPeriod {
    /// What would fit, in words.
    pub const FORM: &'static str =
        "a month such as \"2024-01\", a quarter such as \"2024-Q2\" or a year such as \"2024\"";

    /// Reads a period; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let year = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
        let year: i16 = year.parse().ok().filter(|year| (1800..=2500).contains(year))?;
        let (month, months) = match &text[4..] {
            "" => (1, 12),
            part => match part.strip_prefix("-Q") {
                Some(quarter) => (quarter_of(quarter)? * 3 - 2, 3),
                None => (month_of(part.strip_prefix('-')?)?, 1),
            },
        };
        Some(Self { first: Date::new(year, month, 1).ok()?, months })
    }

    /// The day after the last.
    pub fn end(&self) -> Date {
        self.first.saturating_add(i32::from(self.months).months())
    }

    /// Whether it has days in common with another.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first < other.end() && other.first < self.end()
    }

    /// Its months with the days of each.
    pub fn days_of_months(&self) -> impl Iterator<Item = (YearMonth, f64)> + use<> {
        let firsts = self.first.series(1.month()).take(usize::from(self.months));
        firsts.map(|first| (YearMonth::of(first), f64::from(first.days_in_month())))
    }

    /// A month; `None` where there is no such month.
    pub fn of_month(month: YearMonth) -> Option<Self> {
        Some(Self { first: Date::new(month.year, month.month0 as i8 + 1, 1).ok()?, months: 1 })
    }

    /// The calendar year.
    pub fn of_year(year: i16) -> Self {
        Self { first: date(year, 1, 1), months: 12 }
    }
}

/// As it is written.
impl fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.months {
            1 => write!(f, "{year:04}-{month:02}"),
            3 => write!(f, "{year:04}-Q{}", (month + 2) / 3),
            _ => write!(f, "{year:04}"),
        }
    }
}

fn quarter_of(text: &str) -> Option<i8> {
    text.parse().ok().filter(|quarter| text.len() == 1 && (1..=4).contains(quarter))
}

fn month_of(text: &str) -> Option<i8> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|month| digits && (1..=12).contains(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_quarters_and_years_are_read() {
        let period = |text| CalendarPeriod::parse(text).map(|period| (period.first, period.end()));
        assert_eq!(period("2024-02"), Some((date(2024, 2, 1), date(2024, 3, 1))));
        assert_eq!(period("2024-Q4"), Some((date(2024, 10, 1), date(2025, 1, 1))));
        assert_eq!(period("2025"), Some((date(2025, 1, 1), date(2026, 1, 1))));
        for text in ["2024-02", "2024-Q4", "2025"] {
            assert_eq!(CalendarPeriod::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["", "24", "2024-1", "2024-13", "2024-Q5", "2024-Q", "2024-q1", "2024-01-01", "0001", "2024Q1", "-024"]
        {
            assert_eq!(period(text), None, "{text}");
        }
    }

    #[test]
    fn what_has_days_in_common_overlaps() {
        let period = |text| CalendarPeriod::parse(text).unwrap();
        assert!(period("2024").overlaps(&period("2024-12")) && period("2024-Q1").overlaps(&period("2024-03")));
        assert!(!period("2024-Q1").overlaps(&period("2024-04")) && !period("2024").overlaps(&period("2025-Q1")));
    }
}
