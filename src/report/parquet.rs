//! The Parquet files: snappy, no clock in them, equal bytes for equal results.

mod file;

use std::borrow::Cow;
use std::io::Write;

use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use serde::Serialize;

use super::columns::{counts, numbers, texts};
use super::series::Values;
use super::shapes::{Feature, features};
use super::sheet::Sheet;
use crate::results::files::{
    BIN_COLUMNS, COUNTS, FRAME_KEY, HISTOGRAM_COLUMNS, MEASURE_COLUMNS, NUMBERS, REPLICATION_COLUMNS,
    REPLICATIONS_IN_GROUP, ROW_KEY, SERIES_IN_GROUP, SERIES_KEY_AND_UNIT, SUMMARY_KEY,
};
use crate::results::{
    BinCount, Catalogue, Own, PERCENTILES, Part, Record, Results, SeriesKey, Summary, SummaryFrame, packed_frame,
    unfinished_bin,
};
use crate::stats::{Bin, Histogram, lower, upper};
use crate::units::{MS_PER_DAY, MS_PER_HOUR};
use file::{Column, Encoded, File};

/// A table that is written a row group at a time; the first decides what the columns hold.
pub(super) enum Parts<W: Write + Send> {
    Before(W),
    Begun(Box<File<W>>, Vec<Kind>),
    /// Beginning failed.
    Broken,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Real,
    Flag,
}

impl Kind {
    const fn of(values: &Values<'_>) -> Self {
        match values {
            Values::Texts(_) => Self::Text,
            Values::Wholes(_) => Self::Whole,
            Values::Numbers(_) => Self::Real,
            Values::Flags(_) => Self::Flag,
        }
    }

    const fn declared(self) -> &'static str {
        match self {
            Self::Text => "REQUIRED BYTE_ARRAY {} (UTF8);",
            Self::Whole => "OPTIONAL INT64 {};",
            Self::Real => "OPTIONAL DOUBLE {};",
            Self::Flag => "OPTIONAL BOOLEAN {};",
        }
    }

    /// Values as such a column holds them; a part in which a column has none says nothing of what it holds.
    fn column(self, values: &Values<'_>) -> Result<Column> {
        Ok(match (self, values) {
            (Self::Text, Values::Texts(texts)) => Column::Text(texts.iter().map(|text| (**text).into()).collect()),
            (Self::Whole, Values::Wholes(wholes)) => {
                Column::Whole(wholes.iter().map(|whole| whole.map(u64::cast_signed)).collect())
            }
            (Self::Real, Values::Wholes(wholes)) => {
                Column::Real(wholes.iter().map(|whole| whole.map(|whole| whole as f64)).collect())
            }
            (Self::Real, Values::Numbers(numbers)) => {
                Column::Real(numbers.iter().map(|number| known(*number)).collect())
            }
            (Self::Flag, Values::Flags(flags)) => Column::Flag(flags.clone()),
            (kind, Values::Numbers(numbers)) if numbers.iter().all(|number| number.is_nan()) => {
                kind.empty(numbers.len())
            }
            _ => return Err(ParquetError::General("a column changes what it holds".to_owned())),
        })
    }

    fn empty(self, rows: usize) -> Column {
        match self {
            Self::Text => Column::Text(vec![ByteArray::from(""); rows]),
            Self::Whole => Column::Whole(vec![None; rows]),
            Self::Real => Column::Real(vec![None; rows]),
            Self::Flag => Column::Flag(vec![None; rows]),
        }
    }
}

impl<W: Write + Send> Parts<W> {
    pub(super) fn add(&mut self, part: &dyn Sheet) -> Result<()> {
        let series = part.series();
        if let Self::Before(_) = self
            && let Self::Before(out) = std::mem::replace(self, Self::Broken)
        {
            let kinds: Vec<Kind> = series.iter().map(|one| Kind::of(&one.values)).collect();
            let fields = series.iter().zip(&kinds).map(|(one, kind)| kind.declared().replace("{}", &one.name));
            let schema = format!("message midcor {{ {} }}", fields.collect::<Vec<_>>().join(" "));
            *self = Self::Begun(Box::new(File::of(out, &schema, &[], Vec::new())?), kinds);
        }
        let Self::Begun(file, kinds) = self else {
            return Err(ParquetError::General("the table could not be begun".to_owned()));
        };
        let mut group = file.group()?;
        for (one, kind) in series.iter().zip(kinds) {
            let column = kind.column(&one.values)?;
            group.put(&column)?;
        }
        group.close().map(|_| ())
    }

    pub(super) fn close(self) -> Result<()> {
        match self {
            Self::Begun(file, _) => file.close(),
            Self::Before(_) | Self::Broken => Ok(()),
        }
    }
}

/// Writes a table in one group of rows.
pub(super) fn write_sheet(sheet: &dyn Sheet, out: impl Write + Send) -> Result<()> {
    let mut parts = Parts::Before(out);
    parts.add(sheet)?;
    parts.close()
}

/// Writes `measures.parquet`: the rows of the summary, from which it can be read back.
///
/// # Errors
/// If the output cannot be written.
pub fn write_measures(summary: &Summary, out: impl Write + Send) -> Result<()> {
    let rows = &[summary.rows.as_slice()];
    let about = SummaryFrame { network: Cow::Borrowed(&summary.network), growing: Cow::Borrowed(&summary.growing) };
    let mut file = File::create(out, &MEASURE_COLUMNS, Some(metadata(SUMMARY_KEY, &about)?))?;
    let mut group = file.group()?;
    for place in 0..ROW_KEY.len() {
        group.column(rows, |rows| {
            Column::Text(rows.iter().map(|row| texts(&row.key)[place].as_ref().into()).collect())
        })?;
    }
    for place in 0..COUNTS.len() {
        let whole = |row| counts(row)[place].map(u64::cast_signed);
        group.column(rows, |rows| Column::Whole(rows.iter().map(whole).collect()))?;
    }
    for place in 0..NUMBERS.len() {
        group.column(rows, |rows| Column::Real(rows.iter().map(|row| numbers(row)[place]).collect()))?;
    }
    group.close()?;
    file.close()
}

/// Writes `replications.parquet`: one row for each replication and measure.
///
/// # Errors
/// If the output cannot be written.
pub fn write_replications(results: &Results, out: impl Write + Send) -> Result<()> {
    let mut file = File::create(out, &REPLICATION_COLUMNS, Some(metadata(FRAME_KEY, &*results.catalogue)?))?;
    let keys = key_columns(&results.catalogue);
    // All groups but the last have as many replications.
    let mut encoded: Option<Encoded> = None;
    for records in results.records.groups(REPLICATIONS_IN_GROUP, Part::Values) {
        let same = encoded.take().filter(|keys| keys.times == records.len());
        let keys = same.map_or_else(|| Encoded::of(&REPLICATION_COLUMNS, &keys, records.len()), Ok)?;
        let mut group = file.group()?;
        group.append(&keys)?;
        encoded = Some(keys);
        for column in [replications, counts_of, values] {
            group.column(&records, |record| column(record, &results.catalogue))?;
        }
        for place in 0..PERCENTILES.len() {
            group.column(&records, |record| percentiles(record, &results.catalogue, place))?;
        }
        group.close()?;
    }
    results.check().map_err(|error| ParquetError::External(Box::new(error)))?;
    file.close()
}

/// What stands in the metadata of a file under a key.
fn metadata(key: &str, of: &impl Serialize) -> Result<KeyValue> {
    let json = serde_json::to_vec(of).map_err(|error| ParquetError::External(Box::new(error)))?;
    let packed = packed_frame(&json).map_err(|error| ParquetError::External(Box::new(error)))?;
    Ok(KeyValue::new(key.to_owned(), packed))
}

fn key_columns(catalogue: &Catalogue) -> Vec<Vec<ByteArray>> {
    let column = |place: usize| catalogue.rows.iter().map(|key| texts(key)[place].as_ref().into()).collect();
    (0..ROW_KEY.len()).map(column).collect()
}

fn replications(record: &Record, catalogue: &Catalogue) -> Column {
    Column::Whole(vec![Some(i64::from(record.replication)); catalogue.rows.len()])
}

fn values(record: &Record, _: &Catalogue) -> Column {
    Column::Real(record.values.iter().map(known).collect())
}

fn counts_of(record: &Record, catalogue: &Catalogue) -> Column {
    Column::Whole(of_durations(record, catalogue, |own| Some(own.count.cast_signed())))
}

fn percentiles(record: &Record, catalogue: &Catalogue, place: usize) -> Column {
    Column::Real(of_durations(record, catalogue, |own| known(own.percentiles[place])))
}

/// What only rows of durations have.
fn of_durations<T: Copy>(record: &Record, catalogue: &Catalogue, field: impl Fn(&Own) -> Option<T>) -> Vec<Option<T>> {
    let mut column = vec![None; catalogue.rows.len()];
    for (own, pooled) in record.own.iter().zip(&catalogue.pooled) {
        column[pooled.row as usize] = field(own);
    }
    column
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// Writes `histograms.parquet`: one row for each replication, series and bin that holds something.
///
/// # Errors
/// If the output cannot be written.
pub fn write_histograms(results: &Results, out: impl Write + Send) -> Result<()> {
    let mut file = File::create(out, &HISTOGRAM_COLUMNS, None)?;
    let keys = series_keys(&results.catalogue);
    let units: Vec<f64> = results.catalogue.series.iter().map(|key| unit(key).1).collect();
    let numbers: [fn(&BinRow) -> u64; 4] =
        [|row| u64::from(row.replication), |row| u64::from(row.bin.bin), |row| row.bin.count, |row| row.bin.mass];
    for records in results.records.groups(REPLICATIONS_IN_GROUP, Part::Histograms) {
        let rows: Vec<BinRow> = records.iter().flat_map(|record| BinRow::all(record)).collect();
        let parts: Vec<&[BinRow]> = rows.chunks(ROWS_AT_A_TIME).collect();
        let mut group = file.group()?;
        (0..SERIES_KEY_AND_UNIT.len()).try_for_each(|place| {
            let text = |row: &BinRow| keys[row.series][place].clone();
            group.column(&parts, |rows| Column::Text(rows.iter().map(text).collect()))
        })?;
        for number in numbers {
            group.column(&parts, |rows| {
                Column::Whole(rows.iter().map(|row| Some(number(row).cast_signed())).collect())
            })?;
        }
        for edge in EDGES_OF {
            group.column(&parts, |rows| {
                Column::Real(rows.iter().map(|row| edge(row.bin.bin, units[row.series])).collect())
            })?;
        }
        group.close()?;
    }
    results.check().map_err(|error| ParquetError::External(Box::new(error)))?;
    file.close()
}

/// Most rows that are brought into the form of a column at a time.
const ROWS_AT_A_TIME: usize = 1 << 13;

/// What a row of `histograms.parquet` is made of.
struct BinRow {
    replication: u32,
    series: usize,
    bin: BinCount,
}

impl BinRow {
    fn all(record: &Record) -> impl Iterator<Item = Self> + '_ {
        let replication = record.replication;
        let series = record.histograms.iter().enumerate();
        series.flat_map(move |(series, bins)| bins.map(move |bin| Self { replication, series, bin }))
    }
}

/// The unit of the edges of a histogram, and its milliseconds.
fn unit(key: &SeriesKey) -> (&'static str, f64) {
    let is_hours = key.measure.units().contains(&"h");
    if is_hours { ("h", MS_PER_HOUR as f64) } else { ("d", MS_PER_DAY as f64) }
}

/// From where a bin reaches, and to where, in a unit of so many milliseconds.
const EDGES_OF: [fn(u32, f64) -> Option<f64>; 2] = [
    |bin, unit| (bin < unfinished_bin()).then(|| lower(bin) as f64 / unit),
    |bin, unit| (bin < unfinished_bin()).then(|| (upper(bin) as f64 + 1.0) / unit),
];

fn has_times(bin: &Bin) -> bool {
    bin.bin < unfinished_bin()
}

fn series_keys(catalogue: &Catalogue) -> Vec<[ByteArray; 4]> {
    let key = |key: &SeriesKey| {
        [key.measure.word().into(), key.subject.as_str().into(), (*key.period.text()).into(), unit(key).0.into()]
    };
    catalogue.series.iter().map(key).collect()
}

/// Writes `bins.parquet`: the bins of all replications together, with the least value, the greatest and the sum of each in
/// milliseconds; that of the unfinished has none.
///
/// # Errors
/// If the output cannot be written.
pub fn write_bins(results: &Results, out: impl Write + Send) -> Result<()> {
    let mut file = File::create(out, &BIN_COLUMNS, None)?;
    let keys = series_keys(&results.catalogue);
    let all: Vec<(&[ByteArray; 4], &Histogram)> = keys.iter().zip(&results.together).collect();
    let units: Vec<f64> = results.catalogue.series.iter().map(|key| unit(key).1).collect();
    let numbers: [fn(&Bin) -> Option<u64>; 6] = [
        |bin| Some(u64::from(bin.bin)),
        |bin| Some(bin.count),
        |bin| Some(bin.mass),
        |bin| has_times(bin).then_some(bin.least),
        |bin| has_times(bin).then_some(bin.greatest),
        |bin| has_times(bin).then_some(bin.sum),
    ];
    for (series, units) in all.chunks(SERIES_IN_GROUP).zip(units.chunks(SERIES_IN_GROUP)) {
        let mut group = file.group()?;
        for place in 0..SERIES_KEY_AND_UNIT.len() {
            let text = |(key, bins): &(&[ByteArray; 4], &Histogram)| vec![key[place].clone(); bins.iter().count()];
            group.column(series, |series| Column::Text(text(series)))?;
        }
        for number in numbers {
            let whole = |bin| number(bin).map(u64::cast_signed);
            group.column(series, |(_, bins)| Column::Whole(bins.iter().map(whole).collect()))?;
        }
        let with_units: Vec<(&Histogram, f64)> =
            series.iter().map(|(_, bins)| *bins).zip(units.iter().copied()).collect();
        for edge in EDGES_OF {
            group.column(&with_units, |(bins, unit)| {
                Column::Real(bins.iter().map(|bin| edge(bin.bin, *unit)).collect())
            })?;
        }
        group.close()?;
    }
    file.close()
}

/// Writes `network.parquet`: nodes and links with their geometry (`GeoParquet` 1.1, WKB, longitude and latitude).
///
/// # Errors
/// If the output cannot be written.
pub fn write_geoparquet(summary: &Summary, out: impl Write + Send) -> Result<()> {
    const GEO: &str = r#"{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":["LineString","Point"]}}}"#;
    const TEXTS: [for<'f> fn(&'f Feature<'f>) -> &'f str; 8] = [
        |one| one.kind,
        |one| one.id,
        |one| one.name,
        |one| one.country,
        |one| one.locode,
        |one| one.from,
        |one| one.to,
        |one| one.mode,
    ];
    let names = ["kind", "id", "name", "country", "locode", "from", "to", "mode"];
    let texts: Vec<String> = names.iter().map(|name| format!("REQUIRED BYTE_ARRAY {name} (UTF8);")).collect();
    let rest = "OPTIONAL DOUBLE length_km; OPTIONAL DOUBLE throughput_t_per_year; OPTIONAL DOUBLE utilisation; REQUIRED BYTE_ARRAY geometry;";
    let schema = format!("message midcor {{ {} {rest} }}", texts.join(" "));
    let mut file = File::of(out, &schema, &["geometry"], vec![KeyValue::new("geo".to_owned(), GEO.to_owned())])?;
    let all = &[features(summary)];
    let mut group = file.group()?;
    for text in TEXTS {
        group.column(all, |all| Column::Text(all.iter().map(|one| text(one).into()).collect()))?;
    }
    let numbers: [fn(&Feature<'_>) -> Option<f64>; 3] =
        [|one| one.length_km, |one| one.throughput, |one| one.utilisation];
    for number in numbers {
        group.column(all, |all| Column::Real(all.iter().map(|one| number(one)).collect()))?;
    }
    group.column(all, |all| Column::Bytes(all.iter().map(|one| one.shape.wkb().into()).collect()))?;
    group.close()?;
    file.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn equal_results_are_equal_bytes() {
        let results = synthetic::results(3);
        let bytes = || {
            let mut out = Vec::new();
            write_replications(&results, &mut out).unwrap();
            write_histograms(&results, &mut out).unwrap();
            write_bins(&results, &mut out).unwrap();
            write_measures(&results.summary(), &mut out).unwrap();
            out
        };
        assert_eq!(bytes(), bytes());
    }
}
