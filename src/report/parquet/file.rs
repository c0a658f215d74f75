//! A Parquet file: its properties, and groups of rows that are written column by column.

use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, KeyValue, RowGroupMetaDataPtr};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::results::files::{ColumnForm, Columns, Form};

/// Rows of a column.
pub(super) enum Column {
    Text(Vec<ByteArray>),
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Flag(Vec<Option<bool>>),
    /// Bytes that are no text.
    Bytes(Vec<ByteArray>),
}

/// Columns of texts that stand in many groups alike, encoded once.
pub(super) struct Encoded {
    /// How many times the texts follow one another.
    pub(super) times: usize,
    file: Bytes,
    columns: Vec<ColumnChunkMetaData>,
    rows: u64,
}

impl Encoded {
    /// The columns of texts among some columns.
    pub(super) fn of(columns: &Columns, texts: &[Vec<ByteArray>], times: usize) -> Result<Self> {
        let mut bytes = Vec::new();
        let mut file = File::create(&mut bytes, &Columns { wholes: &[], reals: &[], ..*columns }, None)?;
        let mut group = file.group()?;
        for column in texts {
            group.column(&vec![(); times], |()| Column::Text(column.clone()))?;
        }
        let written = group.close()?;
        file.close()?;
        let rows = written.num_rows().unsigned_abs();
        Ok(Self { times, file: Bytes::from(bytes), columns: written.columns().to_vec(), rows })
    }
}

/// Whether a column has few values many times over, which a dictionary holds once: words, small numbers. Of masses and times
/// hardly two are alike.
fn repeats(column: &ColumnForm) -> bool {
    matches!(column.form, Form::Text) || ["replication", "bin", "count", "lower", "upper"].contains(&column.name)
}

fn schema(columns: &Columns) -> String {
    let fields = columns.iter().map(|ColumnForm { name, form }| match form {
        Form::Text => format!("REQUIRED BYTE_ARRAY {name} (UTF8);"),
        Form::Whole => format!("OPTIONAL INT64 {name};"),
        Form::Real => format!("OPTIONAL DOUBLE {name};"),
    });
    format!("message midcor {{ {} }}", fields.collect::<Vec<_>>().join(" "))
}

/// A Parquet file that is being written.
pub(in crate::report) struct File<W: Write + Send>(SerializedFileWriter<W>);

impl<W: Write + Send> File<W> {
    pub(super) fn create(out: W, columns: &Columns, metadata: Option<KeyValue>) -> Result<Self> {
        let distinct: Vec<&str> = columns.iter().filter(|column| !repeats(column)).map(|column| column.name).collect();
        Self::of(out, &schema(columns), &distinct, metadata.into_iter().collect())
    }

    /// A file of this schema; columns of distinct values have no dictionary.
    pub(super) fn of(out: W, schema: &str, distinct: &[&str], metadata: Vec<KeyValue>) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_writer_version(WriterVersion::PARQUET_1_0)
            // Nobody looks for rows by the least and greatest value of a group or by their places in pages, and these would double the
            // footer.
            .set_statistics_enabled(EnabledStatistics::None)
            .set_offset_index_disabled(true)
            .set_created_by(concat!("midcor ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(metadata).filter(|entries| !entries.is_empty()));
        let properties = distinct
            .iter()
            .fold(properties, |all, name| all.set_column_dictionary_enabled(ColumnPath::from(*name), false));
        let schema = Arc::new(parse_message_type(schema)?);
        SerializedFileWriter::new(out, schema, Arc::new(properties.build())).map(Self)
    }

    pub(super) fn group(&mut self) -> Result<Group<'_, W>> {
        self.0.next_row_group().map(Group)
    }

    pub(super) fn close(self) -> Result<()> {
        self.0.close().map(|_| ())
    }
}

/// A row group that is being written, column after column.
pub(super) struct Group<'f, W: Write + Send>(SerializedRowGroupWriter<'f, W>);

impl<W: Write + Send> Group<'_, W> {
    /// Writes a column part by part (a replication's rows), so that no more than one part stands in memory.
    pub(super) fn column<T>(&mut self, parts: &[T], rows: impl Fn(&T) -> Column) -> Result<()> {
        let column = self.0.next_column()?;
        let mut writer = column.ok_or_else(|| ParquetError::General("too many columns".to_owned()))?;
        for part in parts {
            write_rows(&mut writer, &rows(part))?;
        }
        writer.close()
    }

    /// Writes columns that are encoded already.
    pub(super) fn append(&mut self, encoded: &Encoded) -> Result<()> {
        encoded.columns.iter().try_for_each(|column| {
            let closed = ColumnCloseResult {
                bytes_written: column.compressed_size().unsigned_abs(),
                rows_written: encoded.rows,
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            self.0.append_column(&encoded.file, closed)
        })
    }

    /// Writes a column that stands in memory.
    pub(super) fn put(&mut self, rows: &Column) -> Result<()> {
        let column = self.0.next_column()?;
        let mut writer = column.ok_or_else(|| ParquetError::General("too many columns".to_owned()))?;
        write_rows(&mut writer, rows)?;
        writer.close()
    }

    pub(super) fn close(self) -> Result<RowGroupMetaDataPtr> {
        self.0.close()
    }
}

fn write_rows(writer: &mut SerializedColumnWriter<'_>, rows: &Column) -> Result<()> {
    match rows {
        Column::Text(values) | Column::Bytes(values) => {
            writer.typed::<ByteArrayType>().write_batch(values, None, None)?
        }
        Column::Whole(values) => {
            let (there, levels) = split(values);
            writer.typed::<Int64Type>().write_batch(&there, Some(&levels), None)?
        }
        Column::Real(values) => {
            let (there, levels) = split(values);
            writer.typed::<DoubleType>().write_batch(&there, Some(&levels), None)?
        }
        Column::Flag(values) => {
            let (there, levels) = split(values);
            writer.typed::<BoolType>().write_batch(&there, Some(&levels), None)?
        }
    };
    Ok(())
}

/// The values that are there, and by row whether one is.
fn split<T: Copy>(values: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    let levels = values.iter().map(|value| i16::from(value.is_some())).collect();
    (values.iter().flatten().copied().collect(), levels)
}
