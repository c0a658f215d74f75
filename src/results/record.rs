//! What is kept of one replication.

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::layout::{Formula, Layout};
use super::packed::{BinCount, Packed, Shelf};
use super::sparse::Sparse;
use crate::engine::outcome::Outcome;
use crate::stats::{Binned, Binner, Histogram, PooledSeries};

/// The percentiles of durations.
pub const PERCENTILES: [f64; 4] = [0.05, 0.5, 0.9, 0.95];

/// What is kept of one replication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its number.
    pub replication: u32,
    /// By row: the value, of times the mean; NaN where there is none (no shipment came).
    pub values: Sparse,
    /// By row of durations.
    pub own: Vec<Own>,
    /// By series: how much lies in each bin.
    pub histograms: Shelf,
}

/// What a replication alone says of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Own {
    /// Number of shipments that the mean is of: those that are finished.
    pub count: u64,
    /// Its exact [`PERCENTILES`], in the row's unit; NaN where there was no shipment, and where one falls among the
    /// unfinished.
    pub percentiles: [f64; 4],
}

impl Own {
    /// Whether the percentile at a place of [`PERCENTILES`] is that of a shipment without a time.
    pub const fn is_among_unfinished(&self, place: usize) -> bool {
        self.count > 0 && self.percentiles[place].is_nan()
    }

    /// The exact 95th percentile.
    pub const fn p95(&self) -> f64 {
        self.percentiles[3]
    }
}

impl Record {
    /// Computes all rows of one replication.
    pub fn of(layout: &Layout, replication: u32, outcome: &Outcome) -> Self {
        Self::with_histograms(layout, replication, outcome).0
    }

    /// Its size in memory.
    pub fn bytes(&self) -> usize {
        self.values.bytes() + size_of_val(&*self.own) + self.histograms.bytes()
    }

    /// All rows of one replication, and by series its histogram with what the values of each bin reach over.
    pub(super) fn with_histograms(layout: &Layout, replication: u32, outcome: &Outcome) -> (Self, Vec<Histogram>) {
        let facts = Facts::of(layout.shape(), outcome);
        let mut binner = Binner::default();
        let samples = layout.sampler().sample(outcome);
        let series: Vec<Binned> = samples.iter().map(|samples| binner.bin(samples)).collect();
        let (means, own): (Vec<f64>, Vec<Own>) =
            layout.pooled().map(|(members, ms_per_unit)| describe(&series, members, ms_per_unit)).unzip();
        let value = |formula: &Formula| match formula {
            Formula::Value(compute) => compute(&facts),
            Formula::Pooled(slot) => means[*slot],
            Formula::Buffer(slot) => (own[*slot].p95() - means[*slot]) / means[*slot],
        };
        let values = layout.formulas().iter().map(|formula| tidy(value(formula))).collect();
        let together: Vec<Histogram> = series.into_iter().map(Binned::into_histogram).collect();
        let histograms = together.iter().map(|all| Packed::of(all.iter().map(BinCount::from))).collect();
        (Self { replication, values, own, histograms }, together)
    }
}

/// One NaN for all that is no number, and no negative zero: equal results are equal bytes.
fn tidy(value: f64) -> f64 {
    if value.is_finite() { value + 0.0 } else { f64::NAN }
}

/// The mean and what else a replication says of the durations of some series together.
fn describe(series: &[Binned], members: &[u32], ms_per_unit: f64) -> (f64, Own) {
    let all: PooledSeries<'_> = members.iter().map(|&member| &series[member as usize]).collect();
    let (mean, count) = all.mean();
    let quantiles = all.quantiles(&PERCENTILES).unwrap_or_default();
    let percentiles = [0, 1, 2, 3].map(|place| match quantiles.get(place) {
        Some(&ms) if ms < i64::MAX => ms as f64 / ms_per_unit,
        _ => f64::NAN,
    });
    (mean / ms_per_unit, Own { count, percentiles })
}
