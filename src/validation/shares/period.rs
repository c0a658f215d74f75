//! When a share was observed.

use jiff::civil::Date;

use crate::scenario::CalendarPeriod;

/// A year, a half-year, a quarter or a month, in the order of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    first: Date,
    months: u8,
    pub(super) text: String,
}

impl Period {
    /// What would fit, in words.
    pub(super) const FORM: &'static str =
        "a year such as 2024, a half-year 2024-H1, a quarter 2024-Q2 or a month 2024-05";

    /// Reads a period; `None` where the text is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let half = text.strip_suffix("-H1").map(|year| (year, 1)).or(text.strip_suffix("-H2").map(|year| (year, 7)));
        let (first, months) = match half {
            Some((year, month)) => {
                let year = CalendarPeriod::parse(year).filter(|period| period.months == 12)?;
                (Date::new(year.first.year(), month, 1).ok()?, 6)
            }
            None => CalendarPeriod::parse(text).map(|period| (period.first, period.months))?,
        };
        Some(Self { first, months, text: text.to_owned() })
    }

    /// The calendar year in which it lies.
    pub(super) fn year(&self) -> i16 {
        self.first.year()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_ordered() {
        let of = |text| Period::parse(text).unwrap();
        assert!(of("2023") < of("2024-Q2") && of("2024-H1") < of("2024-H2") && of("2024-06") < of("2024-H2"));
        assert_eq!(of("2024-H2").year(), 2024);
        for wrong in ["", "24", "2024-H3", "2024-13", "2024-Q1-H1", "summer 2024", "2024-"] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }
}
