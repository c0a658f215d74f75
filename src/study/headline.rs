//! Whether enough replications were made: the headline measures are known as well as asked.

use super::prepared::Prepared;
use crate::experiment::{Progress, Running};
use crate::results::{Catalogue, Records, RowKey};
use crate::stats::{Estimate, Moments, Precision, bonferroni_level};

/// Replications before the first look.
pub(super) const FIRST: u64 = 20;
/// Replications between looks.
pub(super) const STEP: u64 = 10;
/// Replications after which nobody looks any more.
pub(super) const MOST: u64 = 10_000;

/// Mean times of all sections and the throughput of the corridor, to be known to a share of themselves.
pub(super) struct HeadlineMeasures {
    rows: Vec<usize>,
    /// Level of each interval, so that all hold together.
    level: f64,
    precision: Precision,
}

impl HeadlineMeasures {
    pub(super) fn new(catalogue: &Catalogue, precision: f64, level: f64) -> Self {
        let rows: Vec<usize> = (0..catalogue.rows.len()).filter(|&row| catalogue.rows[row].is_headline()).collect();
        let level = bonferroni_level(level, rows.len().max(1));
        Self { rows, level, precision: Precision::Relative(precision) }
    }

    /// A measure without any value does not hold the run up.
    pub(super) fn is_known(&self, records: &Records) -> bool {
        self.rows.iter().all(|&row| {
            let values: Vec<f64> = records.column(row).into_iter().filter(|value| !value.is_nan()).collect();
            Estimate::of(&values, self.level).is_none_or(|estimate| {
                estimate.reach().is_some_and(|half_width| self.precision.is_reached(estimate.mean, half_width))
            })
        })
    }
}

/// What is known so far of the first headline measure.
pub(super) struct SoFar {
    row: Option<(usize, RowKey)>,
    moments: Moments,
    /// Level of the interval; `None` where replications are not independent of each other.
    level: Option<f64>,
}

impl SoFar {
    pub(super) fn of(prepared: &Prepared, is_independent: bool) -> Self {
        let rows = prepared.layout.catalogue().rows.iter().enumerate();
        let row = rows.filter(|(_, key)| key.is_headline()).map(|(row, key)| (row, key.clone())).next();
        Self { row, moments: Moments::default(), level: is_independent.then_some(prepared.scenario.run.level) }
    }

    /// Takes replications in and tells what is known with them.
    pub(super) fn add(&mut self, records: &Records, progress: &dyn Progress) {
        let Some((row, key)) = &self.row else { return };
        let values = records.column(*row).into_iter().filter(|value| !value.is_nan());
        values.for_each(|value| self.moments.add(value));
        let Some(mean) = self.moments.mean() else { return };
        progress.estimate(&Running {
            measure: key.measure,
            subject: key.subject.clone(),
            unit: key.unit.clone(),
            n: self.moments.count(),
            mean,
            sd: self.moments.sd(),
            level: self.level,
        });
    }
}
