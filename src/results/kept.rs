//! What is kept of many replications.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::record::Record;
use super::records::{Records, ScratchError, Space};
use crate::engine::outcome::Outcome;
use crate::stats::Histogram;

/// What is kept of replications, one after another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// By replication, rising.
    pub records: Records,
    /// By series: the histogram of all of them together. What the values of a bin reach over is kept here alone, since by
    /// replication it would be more than everything else.
    pub together: Vec<Histogram>,
}

impl Kept {
    /// What is kept of one replication.
    pub fn of(layout: &Layout, replication: u32, outcome: &Outcome) -> Self {
        let (record, together) = Record::with_histograms(layout, replication, outcome);
        Self { records: vec![record].into(), together }
    }

    /// Nothing yet, within a space.
    pub fn within(space: &Space) -> Self {
        Self { records: Records::within(space.clone()), together: Vec::new() }
    }

    /// The same with the histograms of some series alone, all in memory.
    #[must_use]
    pub fn only(mut self, series: &BTreeSet<usize>) -> Self {
        let mut records = Vec::from(self.records);
        for record in &mut records {
            record.histograms = record.histograms.only(|index| series.contains(&index));
        }
        self.records = records.into();
        for (index, histogram) in self.together.iter_mut().enumerate() {
            if !series.contains(&index) {
                *histogram = Histogram::new();
            }
        }
        self
    }

    /// Adds the replications that follow.
    ///
    /// # Errors
    /// They take more memory than they may, and cannot be written elsewhere.
    pub fn append(&mut self, next: &Self) -> Result<(), ScratchError> {
        self.records.append(&next.records)?;
        if self.together.is_empty() {
            self.together.clone_from(&next.together);
        } else {
            self.together.iter_mut().zip(&next.together).for_each(|(histogram, more)| histogram.merge(more));
        }
        Ok(())
    }
}
