//! Two runs, replication by replication.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::results::{Pool, Results, RowKey, draws_of, ms_per_unit};

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

    /// The draws of the inputs as ranges of the places of the common replications; none where inputs are fixed.
    pub(super) fn draws(&self) -> Vec<Range<usize>> {
        let replications = self.records.iter().map(|&(at, _)| self.base.records[at].replication);
        let years = self.base.manifest.run.years_per_draw;
        years.map_or_else(Vec::new, |years| draws_of(replications, years))
    }

    /// Quantiles of pooled shipments in both runs over some of the common replications, in the unit of the row.
    pub(super) fn quantiles(&self, rows: (usize, usize), range: Range<usize>, p: f64) -> Option<(f64, f64)> {
        let pools = self.pools(rows, range)?;
        let ms = ms_per_unit(&self.base.frame.rows[rows.0]);
        Some((pools.0.quantile(p)? / ms, pools.1.quantile(p)? / ms))
    }

    /// The shipments of a row in both runs over some of the common replications.
    pub(super) fn pools(&self, rows: (usize, usize), places: impl IntoIterator<Item = usize>) -> Option<(Pool, Pool)> {
        let slots = (self.slots[0].get(&rows.0)?, self.slots[1].get(&rows.1)?);
        let (mut base, mut other) = (Pool::default(), Pool::default());
        for place in places {
            let (at, twin) = self.records[place];
            self.base.pool_record(at, *slots.0, &mut base);
            self.other.pool_record(twin, *slots.1, &mut other);
        }
        Some((base, other))
    }

    /// Whether a row is one of durations, whose percentiles are of shipments.
    pub(super) fn is_pooled(&self, row: usize) -> bool {
        self.slots[0].contains_key(&row)
    }
}
