//! Some records that follow one another, column by column in a scratch file: all values of a row stand together, and so do all
//! histograms of a series, since that is how they are asked for.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use super::scratch::Scratch;
use crate::results::packed::{Bins, Packed};
use crate::results::record::{Own, Record};
use crate::results::sparse::Places;

/// Bytes of a value, and of where a histogram ends.
const REAL: usize = size_of::<f64>();
const END: usize = size_of::<u32>();
/// Bytes of what a replication alone says of a duration: its count and its percentiles.
const OWN: usize = 5 * REAL;

/// What of records is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    All,
    /// Values, and what each replication alone says of durations.
    Values,
    /// Histograms.
    Histograms,
}

/// Some records in a scratch file, and where each column of them stands.
#[derive(Debug)]
pub(super) struct Block {
    scratch: Arc<Scratch>,
    /// By record its replication.
    numbers: Vec<u32>,
    frame: Frame,
    /// Where the block begins.
    at: u64,
}

/// Where the columns stand, from the beginning of the block on.
#[derive(Debug)]
struct Frame {
    rows: usize,
    /// Rows that are not 0 in all records: they alone have columns.
    places: Places,
    slots: usize,
    /// Where counts and percentiles begin.
    own: u64,
    /// Where histograms begin.
    histograms: u64,
    /// By series: where its histograms stand among all of them. Like ones, as of a horizon and of its only year, stand there
    /// once.
    series: Vec<Range<u64>>,
}

impl Block {
    /// Writes records of one layout, of which there is at least one.
    pub(super) fn write(scratch: &Arc<Scratch>, records: &[Record]) -> io::Result<Self> {
        let (at, frame) = scratch.append(|out| Frame::write(records, out))?;
        let numbers = records.iter().map(|record| record.replication).collect();
        Ok(Self { scratch: Arc::clone(scratch), numbers, frame, at })
    }

    /// By record its replication.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// The file that it is in.
    pub(super) fn scratch(&self) -> &Scratch {
        &self.scratch
    }

    /// Adds the values of a row to a column; no number where they cannot be read.
    pub(super) fn add_column(&self, row: usize, column: &mut Vec<f64>) {
        let number = self.numbers.len();
        match self.frame.places.find(row) {
            None => column.resize(column.len() + number, 0.0),
            Some(place) => {
                let start = (place * number * REAL) as u64;
                match self.read(start..start + (number * REAL) as u64) {
                    Some(bytes) => column.extend((0..number).map(|at| real(&bytes, at))),
                    None => column.resize(column.len() + number, f64::NAN),
                }
            }
        }
    }

    /// Adds what each record alone says of a duration; nothing where it cannot be read.
    pub(super) fn add_own(&self, slot: usize, own: &mut Vec<Own>) {
        let number = self.numbers.len();
        let start = self.frame.own + (slot * number * OWN) as u64;
        match self.read(start..start + (number * OWN) as u64) {
            Some(bytes) => own.extend((0..number).map(|at| own_at(&bytes, at))),
            None => own.resize(own.len() + number, NOTHING),
        }
    }

    /// The histograms of a series; empty ones where they cannot be read.
    pub(super) fn histograms(&self, series: usize) -> Loaded {
        let Range { start, end } = self.frame.series[series];
        let all = self.frame.histograms;
        Loaded { bytes: self.read(all + start..all + end).unwrap_or_default(), number: self.numbers.len() }
    }

    /// All records with a part of what they hold; with nothing where it cannot be read.
    pub(super) fn records(&self, part: Part) -> Vec<Record> {
        let (frame, number) = (&self.frame, self.numbers.len());
        let (has_values, has_histograms) = (part != Part::Histograms, part != Part::Values);
        let (rows, slots) = if has_values { (frame.rows, frame.slots) } else { (0, 0) };
        let series: &[Range<u64>] = if has_histograms { &frame.series } else { &[] };
        let values = self.read(0..if has_values { frame.own } else { 0 });
        let own = self.read(frame.own..if has_values { frame.histograms } else { frame.own });
        let end = series.iter().map(|range| range.end).max().unwrap_or(0);
        let bytes = self.read(frame.histograms..frame.histograms + end).unwrap_or_default();
        let value = |row: usize, record: usize| match (frame.places.find(row), &values) {
            (None, _) => 0.0,
            (Some(place), Some(values)) => real(values, place * number + record),
            (Some(_), None) => f64::NAN,
        };
        let own = |slot: usize, record: usize| own.as_ref().map_or(NOTHING, |own| own_at(own, slot * number + record));
        let histogram = |range: &Range<u64>, record: usize| {
            let of_series = bytes.get(range.start as usize..range.end as usize).unwrap_or_default();
            Packed::from_bytes(packed(of_series, number, record))
        };
        let record = |(at, &replication): (usize, &u32)| Record {
            replication,
            values: (0..rows).map(|row| value(row, at)).collect(),
            own: (0..slots).map(|slot| own(slot, at)).collect(),
            histograms: series.iter().map(|range| histogram(range, at)).collect(),
        };
        self.numbers.iter().enumerate().map(record).collect()
    }

    /// Bytes from the beginning of the block on. The first failure is kept where all can see it.
    fn read(&self, range: Range<u64>) -> Option<Vec<u8>> {
        let mut bytes = vec![0; (range.end - range.start) as usize];
        let read = self.scratch.read(self.at + range.start, &mut bytes);
        read.map_err(|error| self.scratch.space().has_not_read(&error)).ok().map(|()| bytes)
    }
}

impl Frame {
    fn write(records: &[Record], out: &mut dyn Write) -> io::Result<Self> {
        let first = records.first();
        let rows = first.map_or(0, |record| record.values.len());
        let slots = first.map_or(0, |record| record.own.len());
        let places = Places::of((0..rows).map(|row| records.iter().any(|record| is_kept(record.values.get(row)))));
        for row in (0..rows).filter(|row| places.find(*row).is_some()) {
            records.iter().try_for_each(|record| out.write_all(&record.values.get(row).to_le_bytes()))?;
        }
        for slot in 0..slots {
            records.iter().try_for_each(|record| write_own(record.own[slot], out))?;
        }
        let own = (places.kept() * records.len() * REAL) as u64;
        let histograms = own + (slots * records.len() * OWN) as u64;
        Ok(Self { rows, places, slots, own, histograms, series: write_histograms(records, out)? })
    }
}

/// Whether a value is one that [`crate::results::Sparse`] keeps.
fn is_kept(value: f64) -> bool {
    value != 0.0
}

fn write_own(Own { count, percentiles }: Own, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&count.to_le_bytes())?;
    percentiles.into_iter().try_for_each(|percentile| out.write_all(&percentile.to_le_bytes()))
}

/// Writes the histograms by series, of each the ends of all of them first; says where they stand.
fn write_histograms(records: &[Record], out: &mut dyn Write) -> io::Result<Vec<Range<u64>>> {
    let (mut end, mut known) = (0, BTreeMap::new());
    let mut range_of = |series: usize| {
        let together = together(records, series);
        if let Some(range) = known.get(&together) {
            return Ok(Range::clone(range));
        }
        out.write_all(&together)?;
        let range = end..end + together.len() as u64;
        end = range.end;
        known.insert(together, range.clone());
        Ok(range)
    };
    (0..records.first().map_or(0, |record| record.histograms.len())).map(&mut range_of).collect()
}

fn together(records: &[Record], series: usize) -> Vec<u8> {
    let all = || records.iter().map(|record| record.histograms.packed(series));
    let ends = all().scan(0, |end, packed| {
        *end += packed.len() as u32;
        Some(*end)
    });
    let mut bytes: Vec<u8> = ends.flat_map(u32::to_le_bytes).collect();
    all().for_each(|packed| bytes.extend_from_slice(packed));
    bytes
}

/// The histograms of a series in the records of a block.
#[derive(Debug)]
pub(super) struct Loaded {
    bytes: Vec<u8>,
    /// How many they are.
    number: usize,
}

impl Loaded {
    /// That of a record of the block.
    pub(super) fn get(&self, record: usize) -> Bins<'_> {
        Bins::of(packed(&self.bytes, self.number, record))
    }
}

/// One of so many histograms of a series; nothing where it could not be read.
fn packed(bytes: &[u8], number: usize, record: usize) -> &[u8] {
    let end = |record: usize| {
        let end = bytes.get(record * END..)?.first_chunk()?;
        Some(u32::from_le_bytes(*end) as usize)
    };
    let start = if record == 0 { Some(0) } else { end(record - 1) };
    let range = start.zip(end(record)).map(|(start, end)| number * END + start..number * END + end);
    range.and_then(|range| bytes.get(range)).unwrap_or_default()
}

/// What cannot be read says of a duration.
const NOTHING: Own = Own { count: 0, percentiles: [f64::NAN; 4] };

fn own_at(bytes: &[u8], at: usize) -> Own {
    let percentiles = [1, 2, 3, 4].map(|place| real(bytes, at * 5 + place));
    Own { count: u64::from_le_bytes(eight(bytes, at * 5)), percentiles }
}

fn real(bytes: &[u8], at: usize) -> f64 {
    f64::from_le_bytes(eight(bytes, at))
}

/// The bytes of a number at a place.
fn eight(bytes: &[u8], at: usize) -> [u8; REAL] {
    bytes.get(at * REAL..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default()
}
