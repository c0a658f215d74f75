//! How times are distributed over shipments, for pictures.

use super::catalogue::RowKey;
use super::pool::unfinished_bin;
use super::summary::{Results, ms_per_unit};
use crate::stats::{Bin, lower, upper};

/// A range of a time, in the unit of its row, and the part of the weight that falls into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slice {
    /// Its lower edge.
    pub low: f64,
    /// Its upper edge.
    pub high: f64,
    /// The part of the weight of all shipments, from 0 to 1.
    pub share: f64,
}

impl Results {
    /// The distribution of a row of durations over the shipments of all replications, by weight, in ascending order; what has
    /// not arrived is in none of its slices, so that they add up to the share that has. `None` where the row is not one of
    /// durations or nobody was counted.
    pub fn distribution(&self, key: &RowKey) -> Option<Vec<Slice>> {
        let slot = self.slot_of(self.index_of(key)?)?;
        let whole = self.whole(&self.catalogue.pooled[slot].series);
        let (total, ms) = (whole.mass() as f64, ms_per_unit(key));
        let slice = |bin: &Bin| Slice {
            low: lower(bin.bin) as f64 / ms,
            high: upper(bin.bin) as f64 / ms,
            share: bin.mass as f64 / total,
        };
        (total > 0.0).then(|| whole.iter().filter(|bin| bin.bin != unfinished_bin()).map(slice).collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::results::synthetic;
    use crate::words::Measure;

    #[test]
    fn slices_hold_the_percentiles_of_their_row() {
        let results = synthetic::results(5);
        let summary = results.summary();
        let row = summary.of(Measure::SectionTime).next().unwrap();
        let slices = results.distribution(&row.key).unwrap();
        assert!(slices.windows(2).all(|pair| pair[0].high <= pair[1].low));
        let below =
            |value: f64| slices.iter().filter(|slice| slice.high <= value).map(|slice| slice.share).sum::<f64>();
        let all: f64 = slices.iter().map(|slice| slice.share).sum();
        assert!(all <= 1.0 + 1e-12 && all > 0.9);
        assert!(below(row.p5.unwrap()) <= 0.05 && below(row.p95.unwrap() * 1.01) >= 0.94);
        let traffic = summary.of(Measure::Throughput).next().unwrap();
        assert_eq!(results.distribution(&traffic.key), None);
    }
}
