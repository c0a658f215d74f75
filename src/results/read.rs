//! A results folder read back.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};

use super::frame::Frame;
use super::manifest::Manifest;
use super::packed::{BinCount, Packed, Shelf};
use super::record::{Own, Record};
use super::summary::Results;
use crate::stats::{Bin, Histogram};

/// Key of the metadata of `replications.parquet` under which the frame stands, as JSON.
pub const FRAME_KEY: &str = "midcor.frame";

/// Most bytes of a summary: that of a matrix of many thousand flows with rows for each.
const MOST_JSON: u64 = 1 << 30;

/// Why a folder does not hold results.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not the JSON it should be.
    #[error("{} is not a summary of midcor: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A file is not the Parquet it should be.
    #[error("{} is not a result of midcor: {source}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ParquetError,
    },
    /// The files of a folder do not fit together.
    #[error("{} does not hold whole results: {what}", path.display())]
    Torn {
        /// The folder.
        path: PathBuf,
        /// What does not fit.
        what: &'static str,
    },
}

impl Results {
    /// Reads the results that a folder holds.
    ///
    /// # Errors
    /// If a file is missing, is not what it should be, or does not fit the others.
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        let manifest = read_manifest(&folder.join("summary.json"))?;
        let path = folder.join("replications.parquet");
        let reader = open(&path)?;
        let frame = read_frame(&reader).map_err(|source| ReadError::Parquet { path: path.clone(), source })?;
        let mut records =
            read_records(&reader, &frame).map_err(|source| ReadError::Parquet { path: path.clone(), source })?;
        if !records.iter().map(|record| record.replication).eq(manifest.run.numbers()) {
            return Err(ReadError::Torn { path: folder.to_owned(), what: "replications are missing" });
        }
        let path = folder.join("histograms.parquet");
        add_histograms(&open(&path)?, &frame, &mut records)
            .map_err(|source| ReadError::Parquet { path: path.clone(), source })?;
        let path = folder.join("bins.parquet");
        let together =
            read_bins(&open(&path)?, &frame).map_err(|source| ReadError::Parquet { path: path.clone(), source })?;
        Ok(Self { manifest, frame: Arc::new(frame), records, together })
    }
}

fn read_manifest(path: &Path) -> Result<Manifest, ReadError> {
    let text = crate::files::read(path, MOST_JSON).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    serde_json::from_slice(&text).map_err(|source| ReadError::Json { path: path.to_owned(), source })
}

fn open(path: &Path) -> Result<SerializedFileReader<File>, ReadError> {
    let file = crate::files::open(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    SerializedFileReader::new(file).map_err(|source| ReadError::Parquet { path: path.to_owned(), source })
}

fn read_frame(reader: &SerializedFileReader<File>) -> Result<Frame, ParquetError> {
    let metadata = reader.metadata().file_metadata().key_value_metadata();
    let entry = metadata.into_iter().flatten().find(|entry| entry.key == FRAME_KEY);
    let text = entry.and_then(|entry| entry.value.as_ref()).ok_or_else(|| broken("the frame is missing"))?;
    serde_json::from_str(text).map_err(|error| ParquetError::External(Box::new(error)))
}

fn broken(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}

fn read_records(reader: &SerializedFileReader<File>, frame: &Frame) -> Result<Vec<Record>, ParquetError> {
    let rows = frame.rows.len();
    let mut records = Vec::new();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let (replications, values) = (integers(&*group, "replication")?, reals(&*group, "value")?);
        let [p5, p50, p90, p95] = ["p5", "p50", "p90", "p95"].map(|name| reals(&*group, name));
        let percentiles = [p5?, p50?, p90?, p95?];
        let counts = integers(&*group, "count")?;
        if rows == 0 || values.len() % rows != 0 {
            return Err(broken("a replication is cut short"));
        }
        for start in (0..values.len()).step_by(rows) {
            let own = frame.pooled.iter().map(|pooled| {
                let at = start + pooled.row as usize;
                Own {
                    count: counts[at].unwrap_or(0).unsigned_abs(),
                    percentiles: percentiles.each_ref().map(|column| column[at]),
                }
            });
            records.push(Record {
                replication: replications[start].unwrap_or(0) as u32,
                own: own.collect(),
                values: values[start..start + rows].iter().copied().collect(),
                histograms: Shelf::default(),
            });
        }
    }
    Ok(records)
}

fn add_histograms(
    reader: &SerializedFileReader<File>,
    frame: &Frame,
    records: &mut [Record],
) -> Result<(), ParquetError> {
    let series = by_key(frame);
    let places: BTreeMap<u32, usize> =
        records.iter().enumerate().map(|(place, record)| (record.replication, place)).collect();
    let mut shelves = vec![vec![Packed::default(); frame.series.len()]; records.len()];
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let texts = [texts(&*group, "measure")?, texts(&*group, "subject")?, texts(&*group, "period")?];
        let numbers = ["replication", "bin", "count", "mass"].map(|name| integers(&*group, name));
        let [replications, bins, counts, masses] = numbers;
        let (replications, bins, counts, masses) = (replications?, bins?, counts?, masses?);
        let number = |list: &[Option<i64>], row: usize| list[row].unwrap_or(0).unsigned_abs();
        let key = |row: usize| (replications[row], [texts[0][row].data(), texts[1][row].data(), texts[2][row].data()]);
        let mut row = 0;
        while row < bins.len() {
            let end = (row..bins.len()).find(|&next| key(next) != key(row)).unwrap_or(bins.len());
            let packed = (row..end).map(|at| BinCount {
                bin: number(&bins, at) as u32,
                count: number(&counts, at),
                mass: number(&masses, at),
            });
            let of = *series.get(&key(row).1).ok_or_else(|| broken("a histogram is of nothing known"))?;
            let place = places.get(&(number(&replications, row) as u32));
            let shelf = place.and_then(|&place| shelves.get_mut(place));
            let shelf = shelf.ok_or_else(|| broken("a histogram is of no replication"))?;
            shelf[of] = Packed::of(packed);
            row = end;
        }
    }
    for (record, shelf) in records.iter_mut().zip(shelves) {
        record.histograms = Shelf::from_iter(shelf);
    }
    Ok(())
}

/// The series of a frame by their texts.
fn by_key(frame: &Frame) -> BTreeMap<[&[u8]; 3], usize> {
    let series = frame.series.iter().enumerate();
    series.map(|(index, key)| ([&key.measure, &key.subject, &key.period].map(String::as_bytes), index)).collect()
}

fn read_bins(reader: &SerializedFileReader<File>, frame: &Frame) -> Result<Vec<Histogram>, ParquetError> {
    let series = by_key(frame);
    let mut together = vec![Histogram::new(); frame.series.len()];
    let unfinished = i64::MAX.unsigned_abs();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let texts = [texts(&*group, "measure")?, texts(&*group, "subject")?, texts(&*group, "period")?];
        let [bins, counts, masses] = ["bin", "count", "mass"].map(|name| integers(&*group, name));
        let [least, greatest, sums] = ["least", "greatest", "sum"].map(|name| integers(&*group, name));
        let (bins, counts, masses, least, greatest, sums) = (bins?, counts?, masses?, least?, greatest?, sums?);
        for row in 0..bins.len() {
            let key = [texts[0][row].data(), texts[1][row].data(), texts[2][row].data()];
            let of = *series.get(&key).ok_or_else(|| broken("a histogram is of nothing known"))?;
            let number = |list: &[Option<i64>]| list[row].map_or(0, i64::unsigned_abs);
            let time = |list: &[Option<i64>]| list[row].map_or(unfinished, i64::unsigned_abs);
            let count = number(&counts);
            together[of].add_bin(&Bin {
                bin: number(&bins) as u32,
                count,
                mass: number(&masses),
                least: time(&least),
                greatest: time(&greatest),
                sum: sums[row].map_or(unfinished.saturating_mul(count), i64::unsigned_abs),
            });
        }
    }
    Ok(together)
}

fn column(group: &dyn RowGroupReader, name: &str) -> Result<(ColumnReader, usize), ParquetError> {
    let metadata = group.metadata();
    let place = metadata.columns().iter().position(|column| column.column_descr().name() == name);
    let place = place.ok_or_else(|| broken(&format!("column {name} is missing")))?;
    Ok((group.get_column_reader(place)?, metadata.num_rows() as usize))
}

/// Spreads the values that are there over all rows.
fn spread<T: Clone>(values: Vec<T>, levels: &[i16], rows: usize) -> Vec<Option<T>> {
    if levels.is_empty() {
        return values.into_iter().map(Some).collect();
    }
    let mut values = values.into_iter();
    levels.iter().take(rows).map(|&level| if level == 0 { None } else { values.next() }).collect()
}

fn integers(group: &dyn RowGroupReader, name: &str) -> Result<Vec<Option<i64>>, ParquetError> {
    let (reader, rows) = column(group, name)?;
    let ColumnReader::Int64ColumnReader(mut reader) = reader else {
        return Err(broken(&format!("column {name} is not of whole numbers")));
    };
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    while reader.read_records(rows, Some(&mut levels), None, &mut values)?.0 > 0 {}
    Ok(spread(values, &levels, rows))
}

fn reals(group: &dyn RowGroupReader, name: &str) -> Result<Vec<f64>, ParquetError> {
    let (reader, rows) = column(group, name)?;
    let ColumnReader::DoubleColumnReader(mut reader) = reader else {
        return Err(broken(&format!("column {name} is not of numbers")));
    };
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    while reader.read_records(rows, Some(&mut levels), None, &mut values)?.0 > 0 {}
    Ok(spread(values, &levels, rows).into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
}

fn texts(group: &dyn RowGroupReader, name: &str) -> Result<Vec<ByteArray>, ParquetError> {
    let (reader, rows) = column(group, name)?;
    let ColumnReader::ByteArrayColumnReader(mut reader) = reader else {
        return Err(broken(&format!("column {name} is not of text")));
    };
    let mut values = Vec::new();
    while reader.read_records(rows, None, None, &mut values)?.0 > 0 {}
    Ok(values)
}
