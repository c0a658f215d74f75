//! Rows of results found by their keys.

use std::collections::BTreeMap;

use crate::results::{Results, RowKey};
use crate::stats::Moments;
use crate::words::{FixedUnit, Measure, Subject, Unit};

/// Finds rows over the horizon.
pub(super) struct Rows<'r> {
    results: &'r Results,
    /// By measure and subject, without place and cause.
    whole: BTreeMap<(Measure, &'r Subject), Vec<usize>>,
    /// By subject, those of `time`.
    times: BTreeMap<&'r Subject, Vec<usize>>,
}

impl<'r> Rows<'r> {
    pub(super) fn of(results: &'r Results) -> Self {
        let mut rows = Self { results, whole: BTreeMap::new(), times: BTreeMap::new() };
        for (row, key) in results.catalogue.rows.iter().enumerate() {
            if key.measure == Measure::Time {
                rows.times.entry(&key.subject).or_default().push(row);
            } else if key.is_whole() {
                rows.whole.entry((key.measure, &key.subject)).or_default().push(row);
            }
        }
        rows
    }

    /// The index of a row without place and cause; `unit` decides where several units share a measure.
    pub(super) fn find(&self, measure: Measure, subject: &Subject, unit: Option<&Unit>) -> Option<usize> {
        let found = self.whole.get(&(measure, subject))?;
        found.iter().copied().find(|&row| unit.is_none_or(|unit| self.results.catalogue.rows[row].unit == *unit))
    }

    /// Whether single flows have rows.
    pub(super) fn has_flows(&self) -> bool {
        self.results.catalogue.has_flows()
    }

    /// The unit in which a subject is offered besides tonnes.
    pub(super) fn own_unit(&self, subject: &Subject) -> Option<&'r Unit> {
        let found = self.whole.get(&(Measure::Offered, subject))?;
        found.iter().map(|&row| &self.results.catalogue.rows[row].unit).find(|unit| **unit != FixedUnit::TonnesPerYear)
    }

    /// The index of a row in tonnes a year.
    pub(super) fn tonnes(&self, measure: Measure, subject: &Subject) -> Option<usize> {
        self.find(measure, subject, Some(&FixedUnit::TonnesPerYear.into()))
    }

    /// The values of a row, one a replication; NaN where there is none.
    pub(super) fn values(&self, row: usize) -> Vec<f64> {
        self.results.records.column(row)
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
        let rows = self.times.get(subject).into_iter().flatten();
        let with_means = rows.filter_map(|&row| Some((&self.results.catalogue.rows[row], self.mean(row)?)));
        with_means.filter(|&(_, days)| days > 0.0).collect()
    }
}
