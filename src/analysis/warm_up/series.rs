//! Figures by day from the empty start on, and where they settle.

use super::log::{Scope, Tally, Times};
use crate::stats::{mser5, sum};
use crate::words::{Measure, Subject};

/// A series with fewer days that have a value is not judged.
const FEWEST: usize = 20;
/// Nor one in which a smaller share of the days has one.
const SHARE: f64 = 0.5;
/// Days on either side over which the moving average reaches …
const REACH: usize = 7;
/// … but in all over this part of the series at most.
const PART: usize = 4;

/// A figure by day, averaged over replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is: cargo under way, or a time by day of making.
    pub measure: Measure,
    /// Of the corridor, or of a section.
    pub subject: Subject,
    /// Its unit.
    pub unit: String,
    /// By day from the empty start on; `None` where nothing was made.
    pub days: Vec<Option<f64>>,
    /// Where it settles.
    pub cut: Cut,
}

/// Where a series settles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    /// From this day on, with this least value of the criterion.
    Settled {
        /// Days to leave out.
        day: usize,
        /// The least value.
        statistic: f64,
    },
    /// Not in the first half: the run is too short, or it does not settle at all.
    NotSettled,
    /// Too few days have a value to tell.
    NotJudged,
}

impl Cut {
    /// Days to leave out, where that is known.
    pub const fn day(self) -> Option<usize> {
        match self {
            Self::Settled { day, .. } => Some(day),
            Self::NotSettled | Self::NotJudged => None,
        }
    }
}

impl Series {
    fn of(measure: Measure, subject: Subject, unit: &str, days: Vec<Option<f64>>) -> Self {
        let cut = cut(&days);
        Self { measure, subject, unit: unit.to_owned(), days, cut }
    }

    /// The mean from a day on.
    pub fn mean_from(&self, day: usize) -> Option<f64> {
        mean(&self.days[day.min(self.days.len())..])
    }

    /// The mean of each day and those around it, as many on either side, fewer near the ends.
    pub fn moving_average(&self) -> Vec<Option<f64>> {
        let last = self.days.len().saturating_sub(1);
        let most = REACH.min(self.days.len() / PART / 2);
        let around = |day: usize| {
            let reach = most.min(day).min(last - day);
            mean(&self.days[day - reach..=day + reach])
        };
        (0..self.days.len()).map(around).collect()
    }
}

fn mean(days: &[Option<f64>]) -> Option<f64> {
    let known = days.iter().flatten();
    let number = known.clone().count();
    (number > 0).then(|| sum(known.copied()) / number as f64)
}

/// Where days begin to be alike; days without a value are passed over.
fn cut(days: &[Option<f64>]) -> Cut {
    let (at, known): (Vec<usize>, Vec<f64>) =
        days.iter().enumerate().filter_map(|(day, value)| Some((day, (*value)?))).unzip();
    if known.len() < FEWEST || (known.len() as f64) < SHARE * days.len() as f64 {
        return Cut::NotJudged;
    }
    match mser5(&known) {
        None => Cut::NotJudged,
        Some(truncation) if truncation.is_at_limit => Cut::NotSettled,
        Some(truncation) => Cut::Settled {
            // What is left out before the first value is no time to warm up.
            day: if truncation.observations == 0 { 0 } else { at[truncation.observations] },
            statistic: truncation.statistic,
        },
    }
}

/// All that is looked at.
pub(super) fn all(scope: &Scope, tally: &Tally, replications: usize) -> Vec<Series> {
    let corridor = Subject::corridor;
    let is_anything = tally.transit.iter().any(|day| day.mean_d().is_some());
    let under_way = tally.under_way().into_iter().map(|sum| is_anything.then(|| sum / replications as f64)).collect();
    let days = |times: &[Times]| times.iter().map(|day| day.mean_d()).collect::<Vec<_>>();
    let sections = scope.sections.iter().zip(&tally.sections);
    let sections = sections.map(|(id, times)| Series::of(Measure::SectionTime, id.clone(), "d", days(times)));
    [
        Series::of(Measure::UnderWay, corridor(), &scope.unit, under_way),
        Series::of(Measure::TransitTime, corridor(), "d", days(&tally.transit)),
    ]
    .into_iter()
    .chain(sections)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(days: impl Iterator<Item = Option<f64>>) -> Series {
        Series::of(Measure::TransitTime, Subject::corridor(), "d", days.collect())
    }

    #[test]
    fn a_series_settles_where_its_days_begin_to_be_alike() {
        let wave = |day: i32| f64::from(day % 5) * 0.01;
        let fills = series((0..200).map(|day| Some(f64::from(day.min(40)) + wave(day))));
        assert!(matches!(fills.cut, Cut::Settled { day: 35..=40, .. }), "{:?}", fills.cut);
        assert_eq!(series((0..200).map(|day| Some(3.0 + wave(day)))).cut.day(), Some(0));
        assert_eq!(series((0..200).map(|day| Some(f64::from(day)))).cut, Cut::NotSettled);
    }

    #[test]
    fn days_without_a_value_are_passed_over_and_too_few_say_nothing() {
        let known = |day: i32| day % 3 != 0;
        let fills = series((0..200).map(|day| known(day).then(|| f64::from(day.min(40)) + 0.01 * f64::from(day % 4))));
        assert!(matches!(fills.cut, Cut::Settled { day: 37..=47, .. }), "{:?}", fills.cut);
        assert_eq!(series((0..200).map(|day| (day % 4 == 0).then_some(1.0))).cut, Cut::NotJudged);
        assert_eq!(series((0..10).map(|_| Some(1.0))).cut, Cut::NotJudged);
        assert_eq!(series(std::iter::empty()).cut, Cut::NotJudged);
    }

    #[test]
    fn the_moving_average_reaches_as_far_to_either_side() {
        let line = series((0..100).map(|day| Some(f64::from(day))));
        let average = line.moving_average();
        assert!((0..100).all(|day| (average[day].unwrap() - day as f64).abs() < 1e-9));
        assert_eq!(series(std::iter::empty()).moving_average(), []);
        let gaps = series([Some(1.0), None, Some(5.0), None, None, None, None, None].into_iter());
        assert_eq!(gaps.moving_average()[1], Some(3.0));
        assert_eq!(gaps.moving_average()[5], None);
    }
}
