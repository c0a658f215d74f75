//! Results with some of their rows alone, for whoever keeps very many of them.

use std::sync::Arc;

use super::catalogue::{Catalogue, Pooled, RowKey};
use super::packed::Packed;
use super::record::Record;
use super::summary::Results;
use crate::stats::Histogram;

/// Which columns of a record stay, each by its index so far.
struct Columns {
    rows: Vec<usize>,
    slots: Vec<usize>,
    series: Vec<usize>,
}

impl Results {
    /// The same results without the rows that are not wanted, and without the histograms that only these need. What is left
    /// says to the bit what it said before.
    #[must_use]
    pub fn only(&self, is_wanted: impl Fn(&RowKey) -> bool) -> Self {
        let columns = Columns::of(&self.catalogue, is_wanted);
        Self {
            manifest: self.manifest.clone(),
            catalogue: Arc::new(columns.catalogue(&self.catalogue)),
            records: self.records.iter().map(|record| columns.record(record)).collect(),
            together: columns.histograms(&self.together),
        }
    }
}

impl Columns {
    fn of(catalogue: &Catalogue, is_wanted: impl Fn(&RowKey) -> bool) -> Self {
        let rows: Vec<usize> = (0..catalogue.rows.len()).filter(|&row| is_wanted(&catalogue.rows[row])).collect();
        let is_kept = |pooled: &Pooled| rows.binary_search(&(pooled.row as usize)).is_ok();
        let slots: Vec<usize> = (0..catalogue.pooled.len()).filter(|&slot| is_kept(&catalogue.pooled[slot])).collect();
        let pooled = slots.iter().flat_map(|&slot| &catalogue.pooled[slot].series);
        let mut series: Vec<usize> = pooled.map(|&series| series as usize).collect();
        series.sort_unstable();
        series.dedup();
        Self { rows, slots, series }
    }

    fn catalogue(&self, all: &Catalogue) -> Catalogue {
        Catalogue {
            rows: self.rows.iter().map(|&row| all.rows[row].clone()).collect(),
            pooled: self.slots.iter().map(|&slot| self.pooled(&all.pooled[slot])).collect(),
            series: self.series.iter().map(|&series| all.series[series].clone()).collect(),
            network: all.network.clone(),
        }
    }

    /// With the indices that rows and series have now.
    fn pooled(&self, pooled: &Pooled) -> Pooled {
        let place = |kept: &[usize], index: u32| kept.partition_point(|&one| one < index as usize) as u32;
        Pooled {
            row: place(&self.rows, pooled.row),
            series: pooled.series.iter().map(|&series| place(&self.series, series)).collect(),
        }
    }

    fn record(&self, all: &Record) -> Record {
        Record {
            replication: all.replication,
            values: self.rows.iter().map(|&row| all.values.get(row)).collect(),
            own: self.slots.iter().map(|&slot| all.own[slot]).collect(),
            histograms: self.series.iter().map(|&series| Packed::of(all.histograms.get(series))).collect(),
        }
    }

    fn histograms(&self, all: &[Histogram]) -> Vec<Histogram> {
        self.series.iter().map(|&series| all[series].clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use crate::words::Measure;

    #[test]
    fn what_is_left_says_what_it_said() {
        let all = synthetic::results(5);
        let some = all.only(|row| row.measure == Measure::SectionTime);
        assert!(some.catalogue.rows.len() < all.catalogue.rows.len() && !some.catalogue.rows.is_empty());
        assert!(some.together.len() < all.together.len());
        for row in &some.catalogue.rows {
            // As text: values that are not there do not equal themselves.
            assert_eq!(format!("{:?}", some.row_of(row)), format!("{:?}", all.row_of(row)));
        }
    }
}
