//! Quantities, one type a dimension.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// The least and the greatest level of intervals.
pub const LEVELS: (f64, f64) = (0.5, 0.9999);

/// Milliseconds in an hour.
pub const MS_PER_HOUR: i64 = 3_600_000;
/// Milliseconds in a day.
pub const MS_PER_DAY: i64 = 24 * MS_PER_HOUR;
/// Days in a year, as the unit `yr` of rates counts it.
pub const DAYS_PER_YEAR: i64 = 365;

/// Days of a calendar year.
pub const fn days_in_year(year: i16) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if is_leap { 366 } else { 365 }
}

macro_rules! whole_quantity {
    ($(#[$doc:meta])* $name:ident, $from:ident, $get:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);
            /// The largest value, used for "never" and "no limit".
            pub const MAX: Self = Self(i64::MAX);

            /// Builds the quantity from its inner unit.
            #[inline]
            pub const fn $from(value: i64) -> Self {
                Self(value)
            }

            /// The value in its inner unit.
            #[inline]
            pub const fn $get(self) -> i64 {
                self.0
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                Self(values.map(|value| value.0).sum())
            }
        }
    };
}

macro_rules! additive {
    ($name:ident) => {
        impl Add for $name {
            type Output = Self;
            #[inline]
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = Self;
            #[inline]
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl AddAssign for $name {
            #[inline]
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $name {
            #[inline]
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Neg for $name {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
    };
}

whole_quantity!(
    /// A moment of simulated time: milliseconds since the clock's zero, the start of the warm-up.
    SimTime,
    from_ms,
    ms
);
whole_quantity!(
    /// A length of time in whole milliseconds.
    Duration,
    from_ms,
    ms
);
whole_quantity!(
    /// A mass in whole kilograms.
    Mass,
    from_kg,
    kg
);
whole_quantity!(
    /// A number of a cargo's units in whole thousandths.
    Size,
    from_milli,
    milli
);
additive!(Duration);
additive!(Mass);
additive!(Size);

impl SimTime {
    /// The moment `wait` later; "never" stays "never".
    #[inline]
    #[must_use]
    pub const fn after(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait.0))
    }

    /// The moment `wait` earlier.
    #[must_use]
    pub const fn before(self, wait: Duration) -> Self {
        Self(self.0.saturating_sub(wait.0))
    }

    /// The time from `earlier` until this moment.
    #[inline]
    pub const fn since(self, earlier: Self) -> Duration {
        Duration(self.0 - earlier.0)
    }
}

impl Duration {
    /// The whole milliseconds nearest to a real number of them, at least 0.
    #[inline]
    pub fn from_real_ms(ms: f64) -> Self {
        Self((ms.max(0.0) + 0.5) as i64)
    }

    /// The whole milliseconds nearest to a number of hours.
    pub fn from_hours(hours: f64) -> Self {
        Self::from_real_ms(hours * MS_PER_HOUR as f64)
    }

    /// The whole milliseconds nearest to a number of days.
    pub fn from_days(days: f64) -> Self {
        Self::from_real_ms(days * MS_PER_DAY as f64)
    }

    /// In hours.
    pub fn hours(self) -> f64 {
        self.0 as f64 / MS_PER_HOUR as f64
    }

    /// In days.
    pub fn days(self) -> f64 {
        self.0 as f64 / MS_PER_DAY as f64
    }
}

impl Mass {
    /// In tonnes.
    pub fn tonnes(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Size {
    /// In whole and broken units.
    pub fn units(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The size nearest to a number of units.
    pub fn from_units(units: f64) -> Self {
        Self((units * 1000.0).round() as i64)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 != 0 && self.0 % MS_PER_DAY == 0 {
            write!(f, "{} d", self.0 / MS_PER_DAY)
        } else {
            write!(f, "{} h", self.hours())
        }
    }
}

impl fmt::Display for Mass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} t", self.tonnes())
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.units())
    }
}

macro_rules! real_quantity {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $name {
            /// Builds the quantity from its inner unit.
            pub const fn new(value: f64) -> Self {
                Self(value)
            }

            /// The value in its inner unit.
            #[inline]
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{} ", $unit), self.0)
            }
        }
    };
}

real_quantity!(
    /// A length in kilometres.
    Kilometres,
    "km"
);
real_quantity!(
    /// A speed in kilometres an hour.
    KmPerHour,
    "km/h"
);
real_quantity!(
    /// A sum of money in US dollars.
    Usd,
    "USD"
);

/// The weight of a part of a shipment in sums over shipments: its kilograms, or thousandths of a unit where it has no
/// mass (empty wagons).
#[inline]
pub const fn weight(mass: Mass, size: Size) -> i64 {
    if mass.0 > 0 { mass.0 } else { size.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_round_to_the_nearest_millisecond() {
        assert_eq!(Duration::from_real_ms(1.5), Duration::from_ms(2));
        assert_eq!(Duration::from_real_ms(1.4), Duration::from_ms(1));
        assert_eq!(Duration::from_hours(0.5).ms(), 1_800_000);
    }

    #[test]
    fn never_stays_never() {
        assert_eq!(SimTime::MAX.after(Duration::from_days(1.0)), SimTime::MAX);
    }
}
