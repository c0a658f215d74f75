//! Two runs, replication by replication.

use std::collections::BTreeMap;

use crate::results::{PERCENTILES, Results, RowKey};
use crate::words::{Measure, Subject, SubjectKind, Unit};

/// Two runs whose replications are the same shipments and storms.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) base: &'a Results,
    pub(super) other: &'a Results,
    /// Rows of the other by key.
    rows: BTreeMap<&'a RowKey, usize>,
    /// Slots of rows of durations, by row.
    slots: Both<BTreeMap<usize, usize>>,
    /// Indices of records of the same replication.
    records: Vec<Both<usize>>,
    /// Their replications.
    numbers: Vec<u32>,
}

/// What there is of the base and of the other run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Both<T> {
    pub(super) base: T,
    pub(super) other: T,
}

/// The values of a row in both runs, with the replications that have both.
pub(super) struct Values {
    pub(super) base: Vec<f64>,
    pub(super) other: Vec<f64>,
    pub(super) replications: Vec<u32>,
}

impl Values {
    pub(super) fn differences(&self) -> Vec<f64> {
        self.other.iter().zip(&self.base).map(|(other, base)| other - base).collect()
    }
}

impl<'a> Pair<'a> {
    pub(super) fn of(base: &'a Results, other: &'a Results) -> Self {
        let rows = other.catalogue.rows.iter().enumerate().map(|(row, key)| (key, row)).collect();
        let slots = |results: &Results| {
            let pooled = results.catalogue.pooled.iter().enumerate();
            pooled.map(|(slot, pooled)| (pooled.row as usize, slot)).collect()
        };
        let slots = Both { base: slots(base), other: slots(other) };
        let places: BTreeMap<u32, usize> = other.records.numbers().zip(0..).collect();
        let records = base.records.numbers().enumerate();
        let records: Vec<(Both<usize>, u32)> =
            records.filter_map(|(base, number)| Some((Both { base, other: *places.get(&number)? }, number))).collect();
        let (records, numbers) = records.into_iter().unzip();
        Self { base, other, rows, slots, records, numbers }
    }

    /// The row of the other run that is the same measure.
    pub(super) fn row(&self, key: &RowKey) -> Option<usize> {
        self.rows.get(key).copied()
    }

    /// How the subjects begin of which the corridor is made up: flows, or cargoes where single flows have no rows.
    pub(super) fn parts(&self) -> SubjectKind {
        if self.base.catalogue.has_flows() { SubjectKind::Flow } else { SubjectKind::Cargo }
    }

    /// The rows of the base that say what was carried over the horizon in a unit, by subject.
    pub(super) fn carried(&self, unit: &Unit) -> BTreeMap<&'a Subject, usize> {
        let is_carried = |key: &RowKey| key.measure == Measure::Carried && key.unit == *unit && key.is_whole();
        let rows = self.base.catalogue.rows.iter().enumerate();
        rows.filter(|(_, key)| is_carried(key)).map(|(row, key)| (&key.subject, row)).collect()
    }

    /// Rows of the other run alone.
    pub(super) fn new_rows(&self) -> Vec<&'a RowKey> {
        let old: std::collections::BTreeSet<&RowKey> = self.base.catalogue.rows.iter().collect();
        self.other.catalogue.rows.iter().filter(|key| !old.contains(key)).collect()
    }

    /// The values of a row by its index in each run, where both have one. A row that one run does not have is 0 there.
    pub(super) fn values(&self, rows: Both<Option<usize>>) -> Values {
        let mut values = Values { base: Vec::new(), other: Vec::new(), replications: Vec::new() };
        let ones = rows.base.map(|row| self.base.records.column(row));
        let others = rows.other.map(|row| self.other.records.column(row));
        for (&Both { base, other }, &number) in self.records.iter().zip(&self.numbers) {
            let one = ones.as_ref().map_or(0.0, |column| column[base]);
            let another = others.as_ref().map_or(0.0, |column| column[other]);
            if !one.is_nan() && !another.is_nan() {
                values.base.push(one);
                values.other.push(another);
                values.replications.push(number);
            }
        }
        values
    }

    /// The number of replications that both have.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// A percentile of all shipments of a row in both runs over the common replications, in the unit of the row; `place` is
    /// that of the percentile among the [`PERCENTILES`].
    pub(super) fn pooled(&self, rows: Both<usize>, place: usize) -> Option<Both<f64>> {
        let slots = self.slots_of(rows)?;
        let base = self.base.percentile(slots.base, self.records.iter().map(|pair| pair.base), PERCENTILES[place])?;
        let other =
            self.other.percentile(slots.other, self.records.iter().map(|pair| pair.other), PERCENTILES[place])?;
        Some(Both { base, other })
    }

    /// The same of each replication's own shipments, exactly, where both have shipments; `None` where one of them falls among
    /// the unfinished.
    pub(super) fn own(&self, rows: Both<usize>, place: usize) -> Option<Values> {
        let slots = self.slots_of(rows)?;
        let mut values = Values { base: Vec::new(), other: Vec::new(), replications: Vec::new() };
        let (ones, others) = (self.base.records.own(slots.base), self.other.records.own(slots.other));
        for (&Both { base, other }, &number) in self.records.iter().zip(&self.numbers) {
            let (one, another) = (&ones[base], &others[other]);
            if one.is_among_unfinished(place) || another.is_among_unfinished(place) {
                return None;
            }
            if one.count > 0 && another.count > 0 {
                values.base.push(one.percentiles[place]);
                values.other.push(another.percentiles[place]);
                values.replications.push(number);
            }
        }
        Some(values)
    }

    fn slots_of(&self, rows: Both<usize>) -> Option<Both<usize>> {
        Some(Both { base: *self.slots.base.get(&rows.base)?, other: *self.slots.other.get(&rows.other)? })
    }

    /// Whether a row is one of durations, whose percentiles are of shipments.
    pub(super) fn is_pooled(&self, row: usize) -> bool {
        self.slots.base.contains_key(&row)
    }
}
