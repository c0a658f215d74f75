//! The parts of the clock.

use std::collections::BTreeMap;

use crate::units::{Duration, MS_PER_DAY, SimTime, Timespan, days_in_year};

/// The parts of the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// End of the warm-up, start of the horizon.
    pub start: SimTime,
    /// End of the horizon.
    pub horizon_end: SimTime,
    /// End of the drain: the simulation stops.
    pub end: SimTime,
    /// Months over the whole clock, the first beginning at or before 0.
    pub months: Vec<Month>,
}

/// A calendar month on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first moment; may lie before the clock's zero for the first.
    pub start: SimTime,
    /// Year.
    pub year: i16,
    /// 0 = January.
    pub month0: u8,
}

impl Clock {
    /// Index into `months` of the month that holds a moment.
    pub fn month_at(&self, time: SimTime) -> usize {
        self.months.partition_point(|month| month.start <= time).saturating_sub(1)
    }

    /// Where a month of the clock ends.
    pub fn month_end(&self, index: usize) -> SimTime {
        self.months.get(index + 1).map_or(self.end, |next| next.start.min(self.end))
    }

    /// How long the part of some months is that lies in the horizon, and which share of calendar years that is: days ÷
    /// 365 or 366 of each.
    pub fn span(&self, months: impl IntoIterator<Item = usize>) -> Timespan {
        let mut by_year: BTreeMap<i16, i64> = BTreeMap::new();
        for index in months {
            let month = self.months[index];
            let within = self.month_end(index).min(self.horizon_end).since(month.start.max(self.start));
            *by_year.entry(month.year).or_default() += within.ms().max(0);
        }
        Timespan {
            length: Duration::from_ms(by_year.values().sum()),
            years: by_year.iter().map(|(&year, &ms)| ms as f64 / (days_in_year(year) * MS_PER_DAY) as f64).sum(),
        }
    }

    /// The horizon.
    pub fn horizon(&self) -> Timespan {
        self.span(0..self.months.len())
    }
}
