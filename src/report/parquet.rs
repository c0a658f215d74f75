//! The Parquet files: snappy, no clock in them, equal bytes for equal results.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::columns::{COUNTS, NUMBERS, TEXTS, counts, numbers, texts};
use crate::results::{FRAME_KEY, Frame, Record, Results, RowKey, Summary};

/// Replications in a row group.
const GROUP: usize = 4;

/// A column of a row group.
enum Column {
    Text(Vec<ByteArray>),
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
}

/// Writes `measures.parquet`: the rows of the summary.
///
/// # Errors
/// If the output cannot be written.
pub fn write_measures(summary: &Summary, out: impl Write + Send) -> Result<()> {
    let rows = &summary.rows;
    let mut columns = Vec::new();
    for place in 0..TEXTS.len() {
        columns.push(Column::Text(rows.iter().map(|row| texts(row)[place].into()).collect()));
    }
    for place in 0..COUNTS.len() {
        let whole = rows.iter().map(|row| counts(row)[place].map(u64::cast_signed));
        columns.push(Column::Whole(whole.collect()));
    }
    for place in 0..NUMBERS.len() {
        columns.push(Column::Real(rows.iter().map(|row| numbers(row)[place]).collect()));
    }
    let mut file = File::create(out, &schema(&TEXTS, &COUNTS, &NUMBERS), None)?;
    file.write(&columns)?;
    file.close()
}

/// Writes `replications.parquet`: one row for each replication and measure.
///
/// # Errors
/// If the output cannot be written.
pub fn write_replications(results: &Results, out: impl Write + Send) -> Result<()> {
    let frame = serde_json::to_string(&*results.frame).map_err(|error| ParquetError::External(Box::new(error)))?;
    let metadata = KeyValue::new(FRAME_KEY.to_owned(), frame);
    let schema = schema(&TEXTS, &["replication", "count"], &["value", "p50", "p95"]);
    let mut file = File::create(out, &schema, Some(metadata))?;
    let keys = key_columns(&results.frame);
    for records in results.records.chunks(GROUP) {
        let repeated = |column: &Vec<ByteArray>| Column::Text(records.iter().flat_map(|_| column.clone()).collect());
        let mut columns: Vec<Column> = keys.iter().map(repeated).collect();
        columns.extend(record_columns(records, &results.frame));
        file.write(&columns)?;
    }
    file.close()
}

fn key_columns(frame: &Frame) -> Vec<Vec<ByteArray>> {
    let fields: [fn(&RowKey) -> &str; 7] = [
        |key| &key.measure,
        |key| &key.subject,
        |key| &key.period,
        |key| &key.place,
        |key| &key.cause,
        |key| &key.unit,
        |key| key.over.word(),
    ];
    fields.iter().map(|field| frame.rows.iter().map(|key| field(key).into()).collect()).collect()
}

fn record_columns(records: &[Record], frame: &Frame) -> [Column; 5] {
    let rows = frame.rows.len();
    let mut replications = Vec::with_capacity(rows * records.len());
    let mut values = Vec::with_capacity(rows * records.len());
    let mut counts = vec![None; rows * records.len()];
    let mut p50 = vec![None; rows * records.len()];
    let mut p95 = vec![None; rows * records.len()];
    for (place, record) in records.iter().enumerate() {
        replications.extend(std::iter::repeat_n(Some(i64::from(record.replication)), rows));
        values.extend(record.values.iter().map(known));
        for (own, pooled) in record.own.iter().zip(&frame.pooled) {
            let at = place * rows + pooled.row as usize;
            counts[at] = Some(own.count.cast_signed());
            (p50[at], p95[at]) = (known(own.p50), known(own.p95));
        }
    }
    [Column::Whole(replications), Column::Whole(counts), Column::Real(values), Column::Real(p50), Column::Real(p95)]
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// Writes `histograms.parquet`: one row for each replication, series and bin that holds something.
///
/// # Errors
/// If the output cannot be written.
pub fn write_histograms(results: &Results, out: impl Write + Send) -> Result<()> {
    let schema = schema(&["measure", "subject", "period"], &["replication", "bin", "count", "mass"], &[]);
    let mut file = File::create(out, &schema, None)?;
    let keys: Vec<[ByteArray; 3]> = results
        .frame
        .series
        .iter()
        .map(|key| [key.measure.as_str().into(), key.subject.as_str().into(), key.period.as_str().into()])
        .collect();
    for records in results.records.chunks(GROUP) {
        file.write(&histogram_columns(records, &keys))?;
    }
    file.close()
}

fn histogram_columns(records: &[Record], keys: &[[ByteArray; 3]]) -> Vec<Column> {
    let mut names: [Vec<ByteArray>; 3] = Default::default();
    let mut numbers: [Vec<Option<i64>>; 4] = Default::default();
    for record in records {
        for (key, histogram) in keys.iter().zip(record.histograms.iter()) {
            for bin in histogram {
                for (column, name) in names.iter_mut().zip(key) {
                    column.push(name.clone());
                }
                let row = [u64::from(record.replication), u64::from(bin.bin), bin.count, bin.mass];
                for (column, number) in numbers.iter_mut().zip(row) {
                    column.push(Some(number.cast_signed()));
                }
            }
        }
    }
    names.map(Column::Text).into_iter().chain(numbers.map(Column::Whole)).collect()
}

fn schema(texts: &[&str], wholes: &[&str], reals: &[&str]) -> String {
    let field = |kind: &'static str, note: &'static str| move |name: &&str| format!("{kind} {name}{note};");
    let fields: Vec<String> = texts
        .iter()
        .map(field("REQUIRED BYTE_ARRAY", " (UTF8)"))
        .chain(wholes.iter().map(field("OPTIONAL INT64", "")))
        .chain(reals.iter().map(field("OPTIONAL DOUBLE", "")))
        .collect();
    format!("message midcor {{ {} }}", fields.join(" "))
}

/// A Parquet file that is being written.
struct File<W: Write + Send>(SerializedFileWriter<W>);

impl<W: Write + Send> File<W> {
    fn create(out: W, schema: &str, metadata: Option<KeyValue>) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_created_by(concat!("midcor ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(metadata.map(|entry| vec![entry]));
        let schema = Arc::new(parse_message_type(schema)?);
        SerializedFileWriter::new(out, schema, Arc::new(properties.build())).map(Self)
    }

    /// Writes a row group.
    fn write(&mut self, columns: &[Column]) -> Result<()> {
        let mut group = self.0.next_row_group()?;
        for column in columns {
            write_column(&mut group, column)?;
        }
        group.close()?;
        Ok(())
    }

    fn close(self) -> Result<()> {
        self.0.close().map(|_| ())
    }
}

fn write_column<W: Write + Send>(group: &mut SerializedRowGroupWriter<'_, W>, column: &Column) -> Result<()> {
    let mut writer = group.next_column()?.ok_or_else(|| ParquetError::General("too many columns".to_owned()))?;
    match column {
        Column::Text(values) => writer.typed::<ByteArrayType>().write_batch(values, None, None)?,
        Column::Whole(values) => {
            let (there, levels) = split(values);
            writer.typed::<Int64Type>().write_batch(&there, Some(&levels), None)?
        }
        Column::Real(values) => {
            let (there, levels) = split(values);
            writer.typed::<DoubleType>().write_batch(&there, Some(&levels), None)?
        }
    };
    writer.close()
}

/// The values that are there, and by row whether one is.
fn split<T: Copy>(values: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    let levels = values.iter().map(|value| i16::from(value.is_some())).collect();
    (values.iter().flatten().copied().collect(), levels)
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
            write_measures(&results.summary(), &mut out).unwrap();
            out
        };
        assert_eq!(bytes(), bytes());
    }
}
