//! The histograms of a series, by record.

use std::sync::Arc;

use super::block::{Block, Loaded};
use crate::results::packed::Bins;
use crate::results::record::Record;

/// The histograms of a series, by record.
#[derive(Debug)]
pub struct Histograms<'r> {
    series: usize,
    /// What was read of each block, with the place of its first record.
    blocks: Vec<(usize, Loaded)>,
    /// Records in blocks.
    in_blocks: usize,
    /// Those in memory, which follow.
    in_memory: &'r [Record],
}

impl<'r> Histograms<'r> {
    /// Of the records of blocks and of those in memory, which follow.
    pub(super) fn of(blocks: &[Arc<Block>], in_memory: &'r [Record], series: usize) -> Self {
        let mut first = 0;
        let loaded = blocks.iter().map(|block| {
            first += block.numbers().len();
            (first - block.numbers().len(), block.histograms(series))
        });
        let blocks = loaded.collect();
        Self { series, blocks, in_blocks: first, in_memory }
    }

    /// That of a record, by its place.
    ///
    /// # Panics
    /// If there is no such record.
    #[inline]
    pub fn get(&self, record: usize) -> Bins<'_> {
        if let Some(place) = record.checked_sub(self.in_blocks) {
            return self.in_memory[place].histograms.get(self.series);
        }
        let block = self.blocks.partition_point(|(first, _)| *first <= record) - 1;
        let (first, loaded) = &self.blocks[block];
        loaded.get(record - first)
    }

    /// All of them, in order of the records.
    pub fn iter(&self) -> impl Iterator<Item = Bins<'_>> {
        (0..self.in_blocks + self.in_memory.len()).map(|record| self.get(record))
    }
}
