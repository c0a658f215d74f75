//! Records together, and what they say: every mean with its interval, every quantile with its own.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

#[cfg(feature = "parallel")]
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::catalogue::{Catalogue, Network, Pooled, RowKey};
use super::growth::{GrowingQueue, QueueYears, growing_among};
use super::kept::Kept;
use super::manifest::Manifest;
use super::pool::{self, Pool};
use super::record::PERCENTILES;
use super::records::{Records, ScratchError};
use crate::stats::{Estimate, Histogram, Moments, Nested, halves, order_interval, order_quantile};
use crate::units::{MS_PER_DAY, MS_PER_HOUR};
use crate::words::{Cause, CauseGroup, FixedUnit, Measure, Over, Period, Subject};

/// What a run left: its records in order of replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// What the run was.
    pub manifest: Manifest,
    /// What the numbers of a record are.
    pub catalogue: Arc<Catalogue>,
    /// By replication, rising.
    pub records: Records,
    /// By series: the histogram of all replications together.
    pub together: Vec<Histogram>,
}

/// A measure with its error. What cannot be known (an interval from one replication, a quantile among unfinished
/// shipments) is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummaryRow {
    /// What it is about.
    #[serde(flatten)]
    pub key: RowKey,
    /// Replications that have a value.
    pub n: u64,
    /// Finished shipments, of which the mean is, in rows over shipments; percentiles count the unfinished as slowest.
    pub count: Option<u64>,
    /// Mean of the replications' values.
    pub mean: Option<f64>,
    /// Standard deviation, of what `over` says.
    pub sd: Option<f64>,
    /// Half-width of the interval about the mean; where that of a small skewed sample lies to one side, its farther end
    /// ([`Estimate::reach`]). This and the half-widths of percentiles are of sampling error alone where inputs are drawn with several
    /// years in each draw.
    pub half_width: Option<f64>,
    /// Level of all intervals.
    pub level: f64,
    /// Percentiles, of what `over` says.
    pub p5: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// Half-width of its interval.
    pub p50_half_width: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// Half-width of its interval.
    pub p90_half_width: Option<f64>,
    /// 95th percentile.
    pub p95: Option<f64>,
    /// Half-width of its interval.
    pub p95_half_width: Option<f64>,
    /// 5 % of the means of the draws of the inputs, where inputs are drawn.
    pub low: Option<f64>,
    /// 95 % of them.
    pub high: Option<f64>,
}

/// A run in numbers, for writers.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// What the run was.
    pub manifest: Manifest,
    /// Names and positions.
    pub network: Network,
    /// The measures.
    pub rows: Vec<SummaryRow>,
    /// The queues that grow all the time: days behind them belong to the length of the run.
    pub growing: Vec<GrowingQueue>,
}

/// What a file of measures says besides its rows.
#[derive(Serialize, Deserialize)]
pub struct SummaryFrame<'s> {
    /// Names and positions.
    pub network: Cow<'s, Network>,
    /// The queues that grow all the time.
    pub growing: Cow<'s, [GrowingQueue]>,
}

impl Summary {
    /// The row of a measure over the horizon, without place and cause.
    pub fn row(&self, measure: Measure, subject: &Subject) -> Option<&SummaryRow> {
        self.rows.iter().find(|row| row.key.measure == measure && row.key.subject == *subject && row.key.is_whole())
    }

    /// All rows of a measure over the horizon.
    pub fn of(&self, measure: Measure) -> impl Iterator<Item = &SummaryRow> {
        self.during(measure, &Period::Horizon)
    }

    /// All rows of a measure over a period.
    pub fn during<'a>(&'a self, measure: Measure, period: &Period) -> impl Iterator<Item = &'a SummaryRow> + use<'a> {
        let period = period.clone();
        self.rows.iter().filter(move |row| row.key.measure == measure && row.key.period == period)
    }

    /// Mean days of a section or a flow by group of causes, in the order of [`CauseGroup::ALL`].
    pub fn days_by_group(&self, of: &Subject) -> [f64; CauseGroup::ALL.len()] {
        CauseGroup::ALL.map(|group| {
            let parts = self.of(Measure::Time).filter(|row| row.key.subject == *of);
            parts.filter(|row| row.key.cause.map(Cause::group) == Some(group)).filter_map(|row| row.mean).sum()
        })
    }
}

impl Results {
    /// The replications that were kept, as the results of a run.
    pub fn of(manifest: Manifest, catalogue: Arc<Catalogue>, kept: Kept) -> Self {
        Self { manifest, catalogue, records: kept.records, together: kept.together }
    }

    /// Whether everything computed from the records so far could be read.
    ///
    /// # Errors
    /// A scratch file could not be read back: figures lack what was in it, and none may be shown.
    pub fn check(&self) -> Result<(), ScratchError> {
        self.records.check()
    }

    /// All measures with their errors, in the order of the frame. Rows of `time`, of `held_waiting` and of hours waited in a
    /// part of the horizon that are 0 in every replication are left out.
    pub fn summary(&self) -> Summary {
        self.summary_of(|_| true)
    }

    /// The same for some of the measures alone.
    pub fn summary_of(&self, is_wanted: impl Fn(&RowKey) -> bool + Sync) -> Summary {
        let mut slots = vec![None; self.catalogue.rows.len()];
        for (slot, pooled) in self.catalogue.pooled.iter().enumerate() {
            slots[pooled.row as usize] = Some(slot);
        }
        let row = |(index, slot): (usize, Option<usize>)| {
            let key = &self.catalogue.rows[index];
            if !is_wanted(key) {
                return None;
            }
            let values = self.values(index);
            let is_part = matches!(key.measure, Measure::Time | Measure::HeldWaiting)
                || key.measure == Measure::HoursWaited && !key.period.is_horizon();
            let is_idle = is_part && values.iter().all(|&value| value == 0.0);
            (!is_idle).then(|| self.row(key, index, &values, slot))
        };
        let places: Vec<(usize, Option<usize>)> = slots.into_iter().enumerate().collect();
        // Each row by itself, in the order of the frame however many threads there are.
        #[cfg(feature = "parallel")]
        let rows: Vec<Option<SummaryRow>> = places.into_par_iter().map(row).collect();
        #[cfg(not(feature = "parallel"))]
        let rows: Vec<Option<SummaryRow>> = places.into_iter().map(row).collect();
        let rows = rows.into_iter().flatten().collect();
        Summary {
            manifest: self.manifest.clone(),
            network: self.catalogue.network.clone(),
            rows,
            growing: self.growing(),
        }
    }

    /// One measure with its errors, without computing the others; `None` where there is no such row.
    pub fn row_of(&self, key: &RowKey) -> Option<SummaryRow> {
        let index = self.index_of(key)?;
        Some(self.row(key, index, &self.values(index), self.slot_of(index)))
    }

    /// The place of a row among the values of a record.
    pub(super) fn index_of(&self, key: &RowKey) -> Option<usize> {
        self.catalogue.rows.iter().position(|row| row == key)
    }

    /// The place of a row of durations among those that pool shipments.
    pub(super) fn slot_of(&self, row: usize) -> Option<usize> {
        self.catalogue.pooled.iter().position(|pooled| pooled.row as usize == row)
    }

    /// The values of a row by replication, those left out that have none.
    pub fn values(&self, row: usize) -> Vec<f64> {
        known(&self.records.column(row))
    }

    fn row(&self, key: &RowKey, index: usize, values: &[f64], slot: Option<usize>) -> SummaryRow {
        let level = self.manifest.run.level;
        let estimate = Estimate::of(values, level);
        let draws = self.draws();
        let spread = match slot {
            Some(slot) => self.pooled_spread(slot, &draws, level, ms_per_unit(key)),
            None => years_spread(values, level),
        };
        let by_draw = self.by_draw(index, &draws);
        let sampling = Nested::sampling_error(&by_draw, level);
        let [low, high] = ends(&by_draw);
        SummaryRow {
            key: key.clone(),
            n: values.len() as u64,
            count: slot.map(|slot| self.records.own(slot).iter().map(|own| own.count).sum()),
            mean: estimate.map(|estimate| estimate.mean),
            sd: if key.over == Over::Years { estimate.and_then(|estimate| estimate.sd) } else { spread.sd },
            half_width: sampling.or_else(|| estimate.and_then(|estimate| estimate.reach())),
            level,
            p5: spread.points[0],
            p50: spread.points[1],
            p50_half_width: spread.half_widths[1],
            p90: spread.points[2],
            p90_half_width: spread.half_widths[2],
            p95: spread.points[3],
            p95_half_width: spread.half_widths[3],
            low,
            high,
        }
    }

    fn pooled_spread(&self, slot: usize, draws: &[Range<usize>], level: f64, ms_per_unit: f64) -> Spread {
        let series = &self.catalogue.pooled[slot].series;
        let whole = self.whole(series);
        let points = pool::percentiles(&whole);
        let strata = halves(draws);
        let widths = if strata.is_empty() {
            self.widths_of_years(series, &whole, &points, level)
        } else {
            self.widths_of_halves(&strata, series, &whole, &points, level)
        };
        let width = |place: usize| Some(widths[place]?.max(points[place]?.resolution) / ms_per_unit);
        Spread {
            sd: pool::sd(&whole).map(|ms| ms / ms_per_unit),
            points: points.map(|point| Some(point?.ms / ms_per_unit)),
            half_widths: [0, 1, 2, 3].map(width),
        }
    }

    /// The histogram of several series over all replications.
    pub(super) fn whole(&self, series: &[u32]) -> Cow<'_, Histogram> {
        if let [only] = series {
            return Cow::Borrowed(&self.together[*only as usize]);
        }
        let mut whole = Histogram::new();
        for &of in series {
            whole.merge(&self.together[of as usize]);
        }
        Cow::Owned(whole)
    }

    /// The percentile of a row of durations over some of the records, in the unit of the row; `None` where it is not known.
    ///
    /// # Panics
    /// If there is no such record or slot of [`Catalogue::pooled`].
    pub fn percentile(&self, slot: usize, records: impl IntoIterator<Item = usize>, p: f64) -> Option<f64> {
        let Pooled { row, series } = &self.catalogue.pooled[slot];
        let records: Vec<usize> = records.into_iter().collect();
        let quantile = self.pools(&[records], series)[0].quantile(p, &self.whole(series))?;
        Some(quantile.ms / ms_per_unit(&self.catalogue.rows[*row as usize]))
    }

    /// Of each list of places of records what these have of some series together.
    pub(super) fn pools<R: IntoIterator<Item = usize> + Clone>(&self, lists: &[R], series: &[u32]) -> Vec<Pool> {
        let mut pools = vec![Pool::default(); lists.len()];
        for &of in series {
            let histograms = self.records.histograms(of as usize);
            for (pool, records) in pools.iter_mut().zip(lists) {
                records.clone().into_iter().for_each(|record| pool.add(histograms.get(record)));
            }
        }
        pools
    }

    /// The draws of the inputs as ranges of records; `None` where inputs are fixed.
    fn draws(&self) -> Vec<Range<usize>> {
        let years = self.manifest.run.years_per_draw;
        years.map_or_else(Vec::new, |years| draws_of(self.records.numbers(), years))
    }

    /// The values of a row in each draw, those left out that have none.
    fn by_draw(&self, row: usize, draws: &[Range<usize>]) -> Vec<Moments> {
        if draws.is_empty() {
            return Vec::new();
        }
        let column = self.records.column(row);
        let of = |draw: &Range<usize>| Moments::of(&known(&column[draw.clone()]));
        draws.iter().map(of).filter(|draw| draw.count() > 0).collect()
    }
}

/// The values that are there.
fn known(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|value| !value.is_nan()).collect()
}

/// Ranges of the places of replications, given in order, that are of the same draw of the inputs.
pub fn draws_of(replications: impl Iterator<Item = u32>, years_per_draw: u32) -> Vec<Range<usize>> {
    let mut draws: Vec<(u32, Range<usize>)> = Vec::new();
    for (place, replication) in replications.enumerate() {
        match draws.last_mut() {
            Some((draw, range)) if *draw == replication / years_per_draw => range.end = place + 1,
            _ => draws.push((replication / years_per_draw, place..place + 1)),
        }
    }
    draws.into_iter().map(|(_, range)| range).collect()
}

/// The 5th and 95th percentile of the draws' means.
fn ends(draws: &[Moments]) -> [Option<f64>; 2] {
    let mut means: Vec<f64> = draws.iter().filter_map(Moments::mean).collect();
    means.sort_by(f64::total_cmp);
    [0.05, 0.95].map(|p| order_quantile(&means, p))
}

/// Milliseconds in the unit of a row of durations.
pub fn ms_per_unit(key: &RowKey) -> f64 {
    if key.unit == FixedUnit::Hours { MS_PER_HOUR as f64 } else { MS_PER_DAY as f64 }
}

/// Percentiles and their half-widths.
struct Spread {
    sd: Option<f64>,
    points: [Option<f64>; 4],
    half_widths: [Option<f64>; 4],
}

fn years_spread(values: &[f64], level: f64) -> Spread {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half_width = |p: f64| order_interval(&sorted, p, level).map(|interval| interval.half_width());
    Spread {
        sd: None,
        points: PERCENTILES.map(|p| order_quantile(&sorted, p)),
        half_widths: PERCENTILES.map(half_width),
    }
}

impl Results {
    /// The queues that grow all the time.
    pub fn growing(&self) -> Vec<GrowingQueue> {
        let rows = &self.catalogue.rows;
        let shares = rows.iter().enumerate().filter(|(_, key)| key.measure == Measure::QueueGrowthShare);
        let shares: std::collections::BTreeMap<&Subject, usize> =
            shares.map(|(row, key)| (&key.subject, row)).collect();
        let queues = rows.iter().enumerate().filter(|(_, key)| key.measure == Measure::QueueGrowth);
        let years = queues.filter_map(|(row, key)| {
            let share = self.values(*shares.get(&key.subject)?);
            Some(QueueYears { subject: key.subject.clone(), more: self.values(row), share })
        });
        growing_among(years, self.manifest.run.level)
    }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use crate::words::{Measure, Subject};

    fn close(one: f64, other: f64) {
        assert!((one - other).abs() <= 1e-12 * other.abs(), "{one} is not {other}");
    }

    #[test]
    fn time_by_place_and_cause_adds_up_to_the_mean_time() {
        let results = synthetic::results(4);
        let summary = results.summary();
        for (subject, whole) in [
            ("corridor", Measure::TransitTime),
            ("flow.cn-boxes", Measure::TransitTime),
            ("section.altynkol-poti", Measure::SectionTime),
            ("section.aktau-alat", Measure::SectionTime),
        ] {
            let parts = summary.of(Measure::Time).filter(|row| row.key.subject.as_str() == subject);
            let sum = crate::stats::sum(parts.map(|row| row.mean.unwrap()));
            close(sum, summary.row(whole, &Subject::at(subject)).unwrap().mean.unwrap());
        }
    }

    #[test]
    fn cargoes_and_months_add_up_to_the_corridor() {
        let summary = synthetic::results(4).summary();
        let carried = |subject: &str| summary.row(Measure::Carried, &Subject::at(subject)).unwrap().mean.unwrap();
        close(["cargo.boxes", "cargo.grain", "cargo.metals"].map(carried).iter().sum(), carried("corridor"));
        let months = summary.rows.iter().filter(|row| {
            row.key.measure == Measure::Carried && row.key.subject.is_corridor() && row.key.period.is_month()
        });
        assert_eq!(months.count(), 12);
    }

    #[test]
    fn pooled_quantiles_are_near_the_exact_ones() {
        let results = synthetic::results(1);
        let summary = results.summary();
        let row = summary.row(Measure::TransitTime, &Subject::corridor()).unwrap();
        let place = results.catalogue.rows.iter().position(|key| *key == row.key).unwrap();
        let slot = results.catalogue.pooled.iter().position(|pooled| pooled.row as usize == place).unwrap();
        let own = results.records.own(slot)[0];
        assert_eq!(row.count, Some(900));
        for (pooled, own) in [row.p5, row.p50, row.p90, row.p95].into_iter().zip(own.percentiles) {
            assert!((pooled.unwrap() / own - 1.0).abs() < 0.003, "{pooled:?} {own}");
        }
        assert_eq!((row.half_width, row.p50_half_width), (None, None));
    }

    #[test]
    fn draws_of_the_inputs_give_low_and_high() {
        let mut results = synthetic::results(6);
        results.manifest.run.years_per_draw = Some(2);
        let row = results.summary().row(Measure::Carried, &Subject::corridor()).unwrap().clone();
        assert!(row.low.unwrap() <= row.mean.unwrap() && row.mean.unwrap() <= row.high.unwrap());
    }

    #[test]
    fn a_thousand_replications_fit_in_memory() {
        let mut results = synthetic::results(1);
        let bytes = results.records.in_memory()[0].histograms.bytes();
        assert!(bytes < 80_000, "{bytes} bytes of histograms");
    }
}
