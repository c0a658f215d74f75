//! Two runs, replication by replication.

use std::collections::BTreeMap;

use crate::results::{PERCENTILES, Results, RowKey};
use crate::words::{Measure, Subject, SubjectKind, Unit};

/// Two runs whose replications are the same worlds.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) base: &'a Results,
    pub(super) other: &'a Results,
    /// Rows of the other by key.
    rows: BTreeMap<&'a RowKey, usize>,
    /// Slots of rows of durations, by row: of the base, of the other.
    slots: [BTreeMap<usize, usize>; 2],
    /// Indices of records of the same replication.
    records: Vec<(usize, usize)>,
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
        let rows = other.frame.rows.iter().enumerate().map(|(row, key)| (key, row)).collect();
        let slots = [base, other].map(|results| {
            let pooled = results.frame.pooled.iter().enumerate();
            pooled.map(|(slot, pooled)| (pooled.row as usize, slot)).collect()
        });
        let place = |number: u32| other.records.iter().position(|record| record.replication == number);
        let records = base.records.iter().enumerate();
        let records = records.filter_map(|(at, record)| Some((at, place(record.replication)?))).collect();
        Self { base, other, rows, slots, records }
    }

    /// The row of the other run that is the same measure.
    pub(super) fn row(&self, key: &RowKey) -> Option<usize> {
        self.rows.get(key).copied()
    }

    /// How the subjects begin of which the corridor is made up: flows, or cargoes where single flows have no rows.
    pub(super) fn parts(&self) -> SubjectKind {
        if self.base.frame.has_flows() { SubjectKind::Flow } else { SubjectKind::Cargo }
    }

    /// The rows of the base that say what was carried over the horizon in a unit, by subject.
    pub(super) fn carried(&self, unit: &Unit) -> BTreeMap<&'a Subject, usize> {
        let is_carried = |key: &RowKey| key.measure == Measure::Carried && key.unit == *unit && key.is_whole();
        let rows = self.base.frame.rows.iter().enumerate();
        rows.filter(|(_, key)| is_carried(key)).map(|(row, key)| (&key.subject, row)).collect()
    }

    /// Rows of the other run alone.
    pub(super) fn new_rows(&self) -> Vec<&'a RowKey> {
        let old: std::collections::BTreeSet<&RowKey> = self.base.frame.rows.iter().collect();
        self.other.frame.rows.iter().filter(|key| !old.contains(key)).collect()
    }

    /// The values of a row by its index in each run, where both have one. A row that one run does not have is 0 there.
    pub(super) fn values(&self, (base, other): (Option<usize>, Option<usize>)) -> Values {
        let mut values = Values { base: Vec::new(), other: Vec::new(), replications: Vec::new() };
        for &(at, place) in &self.records {
            let (record, twin) = (&self.base.records[at], &self.other.records[place]);
            let one = base.map_or(0.0, |row| record.values.get(row));
            let another = other.map_or(0.0, |row| twin.values.get(row));
            if !one.is_nan() && !another.is_nan() {
                values.base.push(one);
                values.other.push(another);
                values.replications.push(record.replication);
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
    pub(super) fn pooled(&self, rows: (usize, usize), place: usize) -> Option<(f64, f64)> {
        let slots = self.slots_of(rows)?;
        let base = self.base.percentile(slots.0, self.records.iter().map(|pair| pair.0), PERCENTILES[place])?;
        let other = self.other.percentile(slots.1, self.records.iter().map(|pair| pair.1), PERCENTILES[place])?;
        Some((base, other))
    }

    /// The same of each replication's own shipments, exactly, where both have shipments; none where one of them falls among
    /// the unfinished.
    pub(super) fn own(&self, rows: (usize, usize), place: usize) -> Option<Values> {
        let slots = self.slots_of(rows)?;
        let mut values = Values { base: Vec::new(), other: Vec::new(), replications: Vec::new() };
        for &(at, twin) in &self.records {
            let (one, another) = (&self.base.records[at].own[slots.0], &self.other.records[twin].own[slots.1]);
            if one.is_among_unfinished(place) || another.is_among_unfinished(place) {
                return None;
            }
            if one.count > 0 && another.count > 0 {
                values.base.push(one.percentiles[place]);
                values.other.push(another.percentiles[place]);
                values.replications.push(self.base.records[at].replication);
            }
        }
        Some(values)
    }

    fn slots_of(&self, rows: (usize, usize)) -> Option<(usize, usize)> {
        Some((*self.slots[0].get(&rows.0)?, *self.slots[1].get(&rows.1)?))
    }

    /// Whether a row is one of durations, whose percentiles are of shipments.
    pub(super) fn is_pooled(&self, row: usize) -> bool {
        self.slots[0].contains_key(&row)
    }
}
