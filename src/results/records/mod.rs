//! Records in order of replication: in memory as long as they are few, then in a scratch file, from which they are read a
//! column at a time.

mod block;
mod forms;
mod histograms;
#[cfg(not(feature = "disk"))]
#[path = "nowhere.rs"]
mod scratch;
#[cfg(feature = "disk")]
mod scratch;
mod space;
#[cfg(test)]
#[cfg(feature = "disk")]
mod tests;

use std::borrow::Cow;
use std::sync::Arc;

use super::record::{Own, Record};
use block::Block;
use scratch::Scratch;

pub use block::Part;
pub use histograms::Histograms;
pub use space::{ScratchError, Space};

/// Records of a block at most: those of two groups of `replications.parquet`, 20 MB of a whole corridor. A block is what is
/// encoded, and read as records, at a time; of more records more would be in memory, of fewer more would be read for a column.
const IN_BLOCK: usize = 32;

/// Records of one layout in order of replication, the first at place 0.
///
/// As many as the [`Space`] allows are in memory. From there on they go to a scratch file, which has no name and vanishes with the
/// last clone of the records. What is asked of them is the same to the bit in both places. Where the file cannot be read,
/// columns have no numbers in them, and [`Self::check`] says so from then on.
#[derive(Clone, Debug, Default)]
pub struct Records {
    space: Space,
    scratch: Option<Arc<Scratch>>,
    blocks: Vec<Arc<Block>>,
    /// Records in blocks.
    in_blocks: usize,
    /// Those that follow.
    in_memory: Vec<Record>,
    /// Bytes of the latter.
    bytes: usize,
}

impl Records {
    /// None, within a space.
    pub fn within(space: Space) -> Self {
        Self { space, ..Self::default() }
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.in_blocks + self.in_memory.len()
    }

    /// True without records.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a record of a greater replication.
    ///
    /// # Errors
    /// The scratch file cannot be written, as on a full disk. The record is held in memory then.
    pub fn push(&mut self, record: Record) -> Result<(), ScratchError> {
        self.bytes += record.bytes();
        self.in_memory.push(record);
        let is_block = !self.blocks.is_empty() && self.in_memory.len() >= IN_BLOCK;
        if is_block || self.bytes > self.space.bound() { self.spill() } else { Ok(()) }
    }

    /// Adds records of greater replications. What is in a scratch file stays there.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn append(&mut self, next: &Self) -> Result<(), ScratchError> {
        if !next.blocks.is_empty() {
            self.spill()?;
            self.blocks.extend_from_slice(&next.blocks);
            self.in_blocks += next.in_blocks;
        }
        next.in_memory.iter().try_for_each(|record| self.push(record.clone()))
    }

    /// Whether all that was asked for could be read.
    ///
    /// # Errors
    /// What could not be read first; figures computed since then lack it.
    pub fn check(&self) -> Result<(), ScratchError> {
        self.blocks.iter().try_for_each(|block| block.scratch().space().check())
    }

    /// The replications, by record.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        let in_blocks = self.blocks.iter().flat_map(|block| block.numbers().iter().copied());
        in_blocks.chain(self.in_memory.iter().map(|record| record.replication))
    }

    /// The values of a row, by record; NaN where there is none.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn column(&self, row: usize) -> Vec<f64> {
        let mut column = Vec::with_capacity(self.len());
        self.blocks.iter().for_each(|block| block.add_column(row, &mut column));
        column.extend(self.in_memory.iter().map(|record| record.values.get(row)));
        column
    }

    /// What each replication alone says of a row of durations, by record.
    ///
    /// # Panics
    /// If there is no such row of durations.
    pub fn own(&self, slot: usize) -> Vec<Own> {
        let mut own = Vec::with_capacity(self.len());
        self.blocks.iter().for_each(|block| block.add_own(slot, &mut own));
        own.extend(self.in_memory.iter().map(|record| record.own[slot]));
        own
    }

    /// The histograms of a series.
    ///
    /// # Panics
    /// If there is no such series.
    pub fn histograms(&self, series: usize) -> Histograms<'_> {
        Histograms::of(&self.blocks, &self.in_memory, series)
    }

    /// The records in order, of which a block is in memory at a time.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, Record>> {
        self.parts(Part::All)
    }

    /// The same in groups of so many, the last with what is left. They have at least the part that is asked for.
    pub fn groups(&self, size: usize, part: Part) -> impl Iterator<Item = Vec<Cow<'_, Record>>> {
        let mut records = self.parts(part);
        std::iter::from_fn(move || {
            let group: Vec<Cow<'_, Record>> = records.by_ref().take(size).collect();
            (!group.is_empty()).then_some(group)
        })
    }

    fn parts(&self, part: Part) -> impl Iterator<Item = Cow<'_, Record>> {
        let in_blocks = self.blocks.iter().flat_map(move |block| block.records(part)).map(Cow::Owned);
        in_blocks.chain(self.in_memory.iter().map(Cow::Borrowed))
    }

    /// Brings to the scratch file what is in memory.
    fn spill(&mut self) -> Result<(), ScratchError> {
        let not_written = |error| self.space.not_written(&error);
        if self.in_memory.is_empty() {
            return Ok(());
        }
        let scratch = match &self.scratch {
            Some(scratch) => Arc::clone(scratch),
            None => Arc::new(Scratch::create(&self.space).map_err(not_written)?),
        };
        let blocks = self.in_memory.chunks(IN_BLOCK).map(|records| Block::write(&scratch, records).map(Arc::new));
        let blocks: Vec<Arc<Block>> = blocks.collect::<Result<_, _>>().map_err(not_written)?;
        self.in_blocks += self.in_memory.len();
        self.in_memory.clear();
        self.bytes = 0;
        self.blocks.extend(blocks);
        self.scratch = Some(scratch);
        Ok(())
    }
}
