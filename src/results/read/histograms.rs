//! The histograms of each replication.

use parquet::data_type::ByteArray;
use parquet::file::reader::SerializedFileReader;

use super::Found;
use super::columns::{Group, Texts, Wholes, groups};
use super::stored::Stored;
use crate::results::catalogue::{Catalogue, SeriesKey};
use crate::results::packed::{BinCount, Packed};
use crate::results::pool::unfinished_bin;
use crate::results::record::{Own, Record};
use crate::results::records::{Records, ScratchError};
use crate::results::total::MOST_COUNT;

/// Why reading stopped.
pub(super) enum Stop {
    /// The file of histograms is damaged.
    Histograms(String),
    /// That of the records without them is.
    Records(String),
    /// There is no room for what was read.
    Scratch(ScratchError),
}

impl From<String> for Stop {
    fn from(what: String) -> Self {
        Self::Histograms(what)
    }
}

/// Adds to each record its histograms, compares what they hold with the counts that are there already, and keeps it.
pub(super) fn add(
    reader: &SerializedFileReader<Stored>,
    catalogue: &Catalogue,
    records: impl Iterator<Item = Found<Record>>,
    kept: &mut Records,
) -> Result<(), Stop> {
    let mut shelves =
        Shelves { catalogue, records, kept, record: None, series: 0, bins: Vec::new(), packed: Vec::new() };
    shelves.next_record()?;
    for group in groups(reader) {
        let group = group?;
        let mut columns = Columns::of(&group)?;
        for rows in group.steps() {
            columns.step(rows, |replication, key, bin| shelves.add(replication, key, bin))?;
        }
    }
    shelves.finish()
}

/// Measure, subject and period of a series.
pub(super) type Key<'k> = [&'k [u8]; 3];

/// The columns that say of which series a row is and what a bin holds.
pub(super) struct Columns {
    texts: [Texts; 3],
    numbers: [Wholes; 3],
    replications: Wholes,
}

impl Columns {
    fn of(group: &Group<'_>) -> Found<Self> {
        Ok(Self { texts: texts(group)?, numbers: numbers(group)?, replications: group.wholes("replication")? })
    }

    fn step(
        &mut self,
        rows: usize,
        mut each: impl FnMut(u64, Key<'_>, BinCount) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let (texts, bins) = (next_keys(&mut self.texts, rows)?, next_bins(&mut self.numbers, rows)?);
        let replications = self.replications.next(rows)?;
        let rows = replications.into_iter().zip(bins).enumerate();
        rows.into_iter().try_for_each(|(row, (replication, bin))| each(replication, key(&texts, row), bin))
    }
}

pub(super) fn texts(group: &Group<'_>) -> Found<[Texts; 3]> {
    Ok([group.texts("measure")?, group.texts("subject")?, group.texts("period")?])
}

pub(super) fn numbers(group: &Group<'_>) -> Found<[Wholes; 3]> {
    Ok([group.wholes("bin")?, group.wholes("count")?, group.wholes("mass")?])
}

pub(super) fn next_keys([one, two, three]: &mut [Texts; 3], rows: usize) -> Found<[Vec<ByteArray>; 3]> {
    Ok([one.next(rows)?, two.next(rows)?, three.next(rows)?])
}

pub(super) fn key(texts: &[Vec<ByteArray>; 3], row: usize) -> Key<'_> {
    texts.each_ref().map(|column| column[row].data())
}

pub(super) fn next_bins([bins, counts, masses]: &mut [Wholes; 3], rows: usize) -> Found<Vec<BinCount>> {
    let numbers = bins.next(rows)?.into_iter().zip(counts.next(rows)?).zip(masses.next(rows)?);
    let last = unfinished_bin();
    let of = |((bin, count), mass): ((u64, u64), u64)| {
        let known = u32::try_from(bin).ok().filter(|bin| *bin <= last);
        let bin = known.ok_or_else(|| format!("`bin` is {bin}, and the last bin is {last}"))?;
        match count {
            1..=MOST_COUNT => Ok(BinCount { bin, count, mass }),
            _ => Err(format!("`count` of a bin is {count}")),
        }
    };
    numbers.map(of).collect()
}

/// The place of the series with a key, from a place on: they stand in the order of the frame.
pub(super) fn series_from(catalogue: &Catalogue, place: usize, key: Key<'_>) -> Option<usize> {
    (place..catalogue.series.len()).find(|&place| is_key_of(&catalogue.series[place], key))
}

fn is_key_of(series: &SeriesKey, [measure, subject, period]: Key<'_>) -> bool {
    series.measure.word().as_bytes() == measure
        && series.subject.as_str().as_bytes() == subject
        && series.period.text().as_bytes() == period
}

/// Histograms as they come: by replication, and in the order of the frame.
struct Shelves<'a, R> {
    catalogue: &'a Catalogue,
    /// The records that follow.
    records: R,
    /// Those that have all their histograms.
    kept: &'a mut Records,
    /// The record that is being read; `None` after the last.
    record: Option<Record>,
    /// The series of it.
    series: usize,
    /// Its bins so far.
    bins: Vec<BinCount>,
    /// The histograms of the record before that series.
    packed: Vec<Packed>,
}

impl<R: Iterator<Item = Found<Record>>> Shelves<'_, R> {
    fn add(&mut self, replication: u64, key: Key<'_>, bin: BinCount) -> Result<(), Stop> {
        while self.record.as_ref().is_some_and(|record| u64::from(record.replication) < replication) {
            self.close_record()?;
        }
        if self.record.as_ref().is_none_or(|record| u64::from(record.replication) != replication) {
            return Err(format!("`replication` is {replication}, which is not one that follows").into());
        }
        let series = series_from(self.catalogue, self.series, key);
        let series = series.ok_or_else(|| format!("{} is not a series that follows", told(key)))?;
        while self.series < series {
            self.close_series();
        }
        if let Some(last) = self.bins.last().filter(|last| last.bin >= bin.bin) {
            return Err(format!("`bin` is {} after {} in {}", bin.bin, last.bin, told(key)).into());
        }
        self.bins.push(bin);
        Ok(())
    }

    fn close_series(&mut self) {
        self.packed.push(Packed::of(self.bins.iter().copied()));
        self.bins.clear();
        self.series += 1;
    }

    fn close_record(&mut self) -> Result<(), Stop> {
        while self.series < self.catalogue.series.len() {
            self.close_series();
        }
        if let Some(mut record) = self.record.take() {
            record.histograms = self.packed.drain(..).collect();
            check(self.catalogue, &record)?;
            self.kept.push(record).map_err(Stop::Scratch)?;
        }
        self.next_record()
    }

    fn next_record(&mut self) -> Result<(), Stop> {
        self.series = 0;
        self.record = self.records.next().transpose().map_err(Stop::Records)?;
        Ok(())
    }

    fn finish(mut self) -> Result<(), Stop> {
        while self.record.is_some() {
            self.close_record()?;
        }
        Ok(())
    }
}

/// A series in words.
pub(super) fn told(key: Key<'_>) -> String {
    key.map(|part| String::from_utf8_lossy(part).into_owned()).join(" ").trim_end().to_owned()
}

/// A series as errors name it.
pub(super) fn named(series: &SeriesKey) -> String {
    format!("{} {} {}", series.measure, series.subject, series.period)
}

/// What some histograms hold.
#[derive(Clone, Copy, Default)]
struct Held {
    /// Shipments that are finished.
    finished: u128,
    /// Those of them that are in bins with mass.
    with_mass: u128,
    /// Bins with mass of finished shipments.
    bins_with_mass: u128,
    /// The mass of all, also of the unfinished.
    mass: u128,
}

impl Held {
    fn add(mut self, bin: BinCount) -> Self {
        self.mass += u128::from(bin.mass);
        if bin.bin < unfinished_bin() {
            self.finished += u128::from(bin.count);
            self.with_mass += if bin.mass > 0 { u128::from(bin.count) } else { 0 };
            self.bins_with_mass += u128::from(bin.mass > 0);
        }
        self
    }

    fn and(self, other: Self) -> Self {
        Self {
            finished: self.finished + other.finished,
            with_mass: self.with_mass + other.with_mass,
            bins_with_mass: self.bins_with_mass.max(other.bins_with_mass),
            mass: self.mass + other.mass,
        }
    }

    /// Whether a count of finished shipments can be theirs: it is of those with mass, unless none has any.
    fn admits(&self, count: u64) -> bool {
        let count = u128::from(count);
        let of_mass = self.bins_with_mass..=self.with_mass;
        if self.mass == 0 { count == self.finished } else { of_mass.contains(&count) }
    }
}

/// Whether the histograms of a record hold as many shipments as the rows that pool them count.
fn check(catalogue: &Catalogue, record: &Record) -> Found<()> {
    let held: Vec<Held> = record.histograms.iter().map(|bins| bins.fold(Held::default(), Held::add)).collect();
    for (pooled, Own { count, .. }) in catalogue.pooled.iter().zip(&record.own) {
        let of = pooled.series.iter().fold(Held::default(), |sum, &of| sum.and(held[of as usize]));
        if !of.admits(*count) {
            let key = &catalogue.rows[pooled.row as usize];
            return Err(format!(
                "replication {} holds {} finished shipments of {} of {}; replications.parquet counts {count}",
                record.replication, of.finished, key.measure, key.subject
            ));
        }
    }
    Ok(())
}
