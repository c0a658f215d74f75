//! Rows of results found by their keys.

use crate::results::{Results, RowKey};
use crate::stats::Moments;
use crate::words::{FixedUnit, Measure, Subject, Unit};

/// Finds rows over the horizon.
pub(super) struct Rows<'r> {
    results: &'r Results,
}

impl<'r> Rows<'r> {
    pub(super) const fn of(results: &'r Results) -> Self {
        Self { results }
    }

    /// The index of a row without place and cause; `unit` decides where several units share a measure.
    pub(super) fn find(&self, measure: Measure, subject: &Subject, unit: Option<&Unit>) -> Option<usize> {
        self.results.frame.rows.iter().position(|key| {
            key.measure == measure
                && key.subject == *subject
                && key.is_whole()
                && unit.is_none_or(|unit| key.unit == *unit)
        })
    }

    /// The index of a row in tonnes a year.
    pub(super) fn tonnes(&self, measure: Measure, subject: &Subject) -> Option<usize> {
        self.find(measure, subject, Some(&FixedUnit::TonnesPerYear.into()))
    }

    /// The values of a row, one a replication; NaN where there is none.
    pub(super) fn values(&self, row: usize) -> Vec<f64> {
        self.results.records.iter().map(|record| record.values.get(row)).collect()
    }

    /// Length of the horizon.
    pub(super) fn horizon_days(&self) -> f64 {
        self.results.manifest.run.window.horizon_d
    }

    /// The mean over the replications that have a value.
    pub(super) fn mean(&self, row: usize) -> Option<f64> {
        Moments::of(&self.results.values(row)).mean()
    }

    /// The mean of a row without place and cause.
    pub(super) fn mean_of(&self, measure: Measure, subject: &Subject) -> Option<f64> {
        self.mean(self.find(measure, subject, None)?)
    }

    /// Where the days of a subject go: the keys of its rows of `time` with their means, those of 0 left out.
    pub(super) fn time(&self, subject: &Subject) -> Vec<(&'r RowKey, f64)> {
        let rows = self.results.frame.rows.iter().enumerate();
        let of_subject = rows.filter(|(_, key)| key.measure == Measure::Time && key.subject == *subject);
        let with_means = of_subject.filter_map(|(row, key)| Some((key, self.mean(row)?)));
        with_means.filter(|&(_, days)| days > 0.0).collect()
    }
}
