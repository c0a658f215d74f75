//! Numbers as the command line writes them.

use std::ops::Range;
use std::str::FromStr;

use jiff::civil::DateTime;

use crate::scenario::parse_date;
use crate::scenario::quantity::Dimension;
use crate::units::Duration;

/// Which replications to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replications(pub(super) Range<u64>);

impl FromStr for Replications {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse::<u32>().map(u64::from);
        let range = match text.split_once("..") {
            Some((first, end)) => number(first).and_then(|first| Ok(first..number(end)?)),
            None => number(text).map(|count| 0..count),
        };
        let range = range
            .map_err(|_| format!("`{text}` is no number of replications, such as 100, and no range, such as 0..50"))?;
        if range.is_empty() { Err(format!("`{text}` is no replication at all")) } else { Ok(Self(range)) }
    }
}

/// How much to simulate: years by number, or draws of the inputs with years in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Replications by number.
    Years(Range<u64>),
    /// Draws by number, and years in each.
    Draws(Range<u64>, u64),
}

impl FromStr for Extent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((draws, years)) = text.split_once(['x', '×']) else {
            return text.parse::<Replications>().map(|range| Self::Years(range.0));
        };
        let range = draws.parse::<Replications>().map(|range| range.0);
        let years = years.trim().parse::<u32>().ok().filter(|years| *years > 0).map(u64::from);
        match (range, years) {
            (Ok(draws), Some(years)) if u32::try_from(draws.end * years).is_ok() => Ok(Self::Draws(draws, years)),
            _ => Err(format!("`{text}` is no number of draws, or range of them, and of years in each: 200x5, 0..50x5")),
        }
    }
}

/// A master seed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| format!("`{text}` is no seed: it wants a whole number from 0 to {}", u64::MAX))
}

/// A share as `1%`, `1 %` or `0.01`.
fn fraction(text: &str) -> Option<f64> {
    let trimmed = text.trim();
    match trimmed.strip_suffix('%') {
        Some(percent) => percent.trim_end().parse::<f64>().map(|percent| percent / 100.0),
        None => trimmed.parse::<f64>(),
    }
    .ok()
}

/// A share from 0 up, as `6%`, `6 %` or `0.06`.
pub(super) fn interest(text: &str) -> Result<f64, String> {
    let share = fraction(text).filter(|share| (0.0..1.0).contains(share));
    share.ok_or_else(|| format!("`{text}` is no rate of interest: it wants a share from 0 to below 1, such as 6%"))
}

/// A share above 0 and below 1, as `1%`, `1 %` or `0.01`.
pub(super) fn precision(text: &str) -> Result<f64, String> {
    let share = fraction(text).filter(|share| *share > 0.0 && *share < 1.0);
    share.ok_or_else(|| format!("`{text}` is no precision: it wants a share between 0 and 1, such as 1%"))
}

/// What a model may be wrong by: a share from 0 to below 1.
pub(super) fn model_error(text: &str) -> Result<f64, String> {
    let share = fraction(text).filter(|share| (0.0..1.0).contains(share));
    share.ok_or_else(|| format!("`{text}` is no error of a model: it wants a share from 0 to below 1, such as 10%"))
}

/// A date, perhaps with a time and an offset from UTC.
pub(super) fn moment(text: &str) -> Result<DateTime, String> {
    let none = || format!("`{text}` is no date, such as 2024-11-01 or 2024-11-01T06:00+05:00");
    parse_date(text).ok_or_else(none)
}

/// A length of time above 0.
pub(super) fn length(text: &str) -> Result<Duration, String> {
    let length = Dimension::Time.parse(text.trim()).map(|quantity| Duration::from_real_ms(quantity.value));
    let above_zero = length.ok().filter(|length| *length > Duration::ZERO);
    above_zero.ok_or_else(|| format!("`{text}` is no length of time: it wants one above 0, such as 14d or 36h"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replications_are_a_number_or_a_range() {
        assert_eq!("100".parse(), Ok(Replications(0..100)));
        assert_eq!("50..80".parse(), Ok(Replications(50..80)));
        for wrong in ["", "0", "5..5", "7..3", "-1", "3..x", "99999999999"] {
            assert!(wrong.parse::<Replications>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_seed_has_64_bits() {
        assert_eq!((seed("0"), seed(&u64::MAX.to_string())), (Ok(0), Ok(u64::MAX)));
        for wrong in ["18446744073709551616", "-1", "1.5", "seed"] {
            assert!(seed(wrong).unwrap_err().contains("from 0 to 18446744073709551615"), "{wrong}");
        }
    }

    #[test]
    fn moments_and_lengths_are_read() {
        assert_eq!(moment("2024-11-01").map(|moment| moment.to_string()), Ok("2024-11-01T00:00:00".to_owned()));
        assert_eq!(moment("2024-11-01T06:30").map(DateTime::hour), Ok(6));
        assert_eq!(moment("2024-11-01T06:30+05:00").map(DateTime::hour), Ok(1));
        assert!(["", "2024-13-01", "November", "2024"].into_iter().all(|text| moment(text).is_err()));
        assert_eq!(length("14d"), Ok(Duration::from_days(14.0)));
        assert_eq!(length("1.5 h"), Ok(Duration::from_hours(1.5)));
        assert!(["", "14", "0 d", "-1 d", "14 km", "1e-9 s"].into_iter().all(|text| length(text).is_err()));
    }

    #[test]
    fn an_extent_is_years_or_draws() {
        assert_eq!("20".parse(), Ok(Extent::Years(0..20)));
        assert_eq!(("200x5".parse(), "3 x 2".parse()), (Ok(Extent::Draws(0..200, 5)), Ok(Extent::Draws(0..3, 2))));
        assert_eq!(
            ("50..100x5".parse(), "0..1x1".parse()),
            (Ok(Extent::Draws(50..100, 5)), Ok(Extent::Draws(0..1, 1)))
        );
        for wrong in ["0x5", "5x0", "x", "3x", "99999x99999", "5..5x2", "3..x2", "..3x2"] {
            assert!(wrong.parse::<Extent>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn interest_may_be_nothing() {
        assert_eq!((interest("6%"), interest("0"), interest("0.08")), (Ok(0.06), Ok(0.0), Ok(0.08)));
        assert!(["-1%", "100%", "six"].into_iter().all(|text| interest(text).is_err()));
    }

    #[test]
    fn a_precision_is_a_share() {
        assert_eq!((precision("1%"), precision("2.5 %"), precision("0.05")), (Ok(0.01), Ok(0.025), Ok(0.05)));
        for wrong in ["", "0", "100%", "-1%", "nan", "five"] {
            assert!(precision(wrong).is_err(), "{wrong}");
        }
    }
}
