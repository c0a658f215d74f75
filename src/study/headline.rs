//! Whether enough replications were made: the headline measures are known as well as asked.

use crate::results::{Frame, Record};
use crate::stats::{Estimate, Precision, bonferroni_level};

/// Replications before the first look.
pub(super) const FIRST: u64 = 20;
/// Replications between looks.
pub(super) const STEP: u64 = 10;
/// Replications after which nobody looks any more.
pub(super) const MOST: u64 = 10_000;

/// Mean times of all sections and the throughput of the corridor, to be known to a share of themselves.
pub(super) struct Headline {
    rows: Vec<usize>,
    /// Level of each interval, so that all hold together.
    level: f64,
    precision: Precision,
}

impl Headline {
    pub(super) fn new(frame: &Frame, precision: f64, level: f64) -> Self {
        let rows: Vec<usize> = (0..frame.rows.len()).filter(|&row| frame.rows[row].is_headline()).collect();
        let level = bonferroni_level(level, rows.len().max(1));
        Self { rows, level, precision: Precision::Relative(precision) }
    }

    /// A measure without any value does not hold the run up.
    pub(super) fn is_known(&self, records: &[Record]) -> bool {
        self.rows.iter().all(|&row| {
            let values: Vec<f64> =
                records.iter().map(|record| record.values.get(row)).filter(|value| !value.is_nan()).collect();
            Estimate::of(&values, self.level).is_none_or(|estimate| {
                estimate.reach().is_some_and(|half_width| self.precision.is_reached(estimate.mean, half_width))
            })
        })
    }
}
