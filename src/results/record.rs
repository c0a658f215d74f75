//! What is kept of one replication.

use super::facts::Facts;
use super::layout::{Formula, Layout};
use super::packed::{Packed, Shelf};
use super::sparse::Sparse;
use crate::engine::outcome::Outcome;
use crate::stats::weighted_quantiles;

/// What is kept of one replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its number.
    pub replication: u32,
    /// By row: the value, of times the mean; NaN where there is none (no shipment came).
    pub values: Sparse,
    /// By row of durations.
    pub own: Vec<Own>,
    /// By series.
    pub histograms: Shelf,
}

/// What a replication alone says of a duration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Own {
    /// Number of shipments that the mean is of: those that are finished.
    pub count: u64,
    /// Its exact median, in the row's unit; NaN where it is not known.
    pub p50: f64,
    /// Its exact 95th percentile.
    pub p95: f64,
}

/// Durations in milliseconds with their weights.
pub(super) type Samples = Vec<(i64, i64)>;

impl Record {
    /// Computes all rows of one replication.
    pub fn of(layout: &Layout, replication: u32, outcome: &Outcome) -> Self {
        let facts = Facts::of(layout.shape(), outcome);
        let mut series = layout.sampler().sample(outcome);
        // Sorted once here; what several series make together is then a merge of sorted runs.
        for samples in &mut series {
            samples.sort_unstable();
        }
        let (means, own): (Vec<f64>, Vec<Own>) =
            layout.pooled().map(|(members, ms_per_unit)| describe(&series, members, ms_per_unit)).unzip();
        let value = |formula: &Formula| match formula {
            Formula::Value(compute) => compute(&facts),
            Formula::Pooled(slot) => means[*slot],
            Formula::Buffer(slot) => (own[*slot].p95 - means[*slot]) / means[*slot],
        };
        let values = layout.formulas().iter().map(|formula| tidy(value(formula))).collect();
        let histograms = series.iter().map(|samples| Packed::of_samples(samples)).collect();
        Self { replication, values, own, histograms }
    }
}

/// One NaN for all that is no number, and no negative zero: equal results are equal bytes.
fn tidy(value: f64) -> f64 {
    if value.is_finite() { value + 0.0 } else { f64::NAN }
}

fn describe(series: &[Samples], members: &[u32], ms_per_unit: f64) -> (f64, Own) {
    let mut samples: Samples = members.iter().flat_map(|&member| &series[member as usize]).copied().collect();
    let (mean, count) = mean(&samples);
    let mean = mean / ms_per_unit;
    let quantiles = weighted_quantiles(&mut samples, &[0.5, 0.95]).unwrap_or_default();
    let quantile = |place: usize| match quantiles.get(place) {
        Some(&ms) if ms < i64::MAX => ms as f64 / ms_per_unit,
        _ => f64::NAN,
    };
    (mean, Own { count, p50: quantile(0), p95: quantile(1) })
}

/// The weighted mean of what was finished, from exact sums, NaN of nothing; and of how many it is.
fn mean(samples: &[(i64, i64)]) -> (f64, u64) {
    let by_mass = samples.iter().any(|&(_, weight)| weight > 0);
    let (mut total, mut weights, mut count) = (0_i128, 0_i128, 0);
    for &(time, weight) in samples.iter().filter(|sample| sample.0 < i64::MAX) {
        let weight = if by_mass { i128::from(weight.max(0)) } else { 1 };
        total += i128::from(time) * weight;
        weights += weight;
        count += u64::from(weight > 0);
    }
    (total as f64 / weights as f64, count)
}
