//! Columns of a row group, read some rows at a time, so that no more memory is asked for than rows are wanted.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};

use super::Found;
use super::container::guarded;
use super::stored::Stored;

/// Rows that are read at a time where a group may have any number of them.
const STEP: usize = 1 << 13;

/// A row group.
pub(super) struct Group<'r> {
    reader: Box<dyn RowGroupReader + 'r>,
    rows: usize,
}

/// The row groups of a file.
pub(super) fn groups(reader: &SerializedFileReader<Stored>) -> impl Iterator<Item = Found<Group<'_>>> + use<'_> {
    (0..reader.num_row_groups()).map(move |place| {
        let group = guarded(|| reader.get_row_group(place))?;
        let said = group.metadata().num_rows();
        let rows = usize::try_from(said).map_err(|_| format!("a group has {said} rows"))?;
        Ok(Group { reader: group, rows })
    })
}

impl Group<'_> {
    /// The number of rows.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Numbers of rows, one after another all rows together, as many as are read at a time.
    pub(super) fn steps(&self) -> impl Iterator<Item = usize> + use<> {
        let rows = self.rows;
        (0..rows).step_by(STEP).map(move |start| STEP.min(rows - start))
    }

    /// A column of whole numbers that are not negative.
    pub(super) fn wholes(&self, name: &'static str) -> Found<Wholes> {
        match self.column(name)? {
            ColumnReader::Int64ColumnReader(reader) => Ok(Wholes(Column::new(name, reader))),
            _ => Err(format!("`{name}` is not of whole numbers")),
        }
    }

    /// A column of numbers.
    pub(super) fn reals(&self, name: &'static str) -> Found<Reals> {
        match self.column(name)? {
            ColumnReader::DoubleColumnReader(reader) => Ok(Reals(Column::new(name, reader))),
            _ => Err(format!("`{name}` is not of numbers")),
        }
    }

    /// A column of texts.
    pub(super) fn texts(&self, name: &'static str) -> Found<Texts> {
        match self.column(name)? {
            ColumnReader::ByteArrayColumnReader(reader) => Ok(Texts(Column::new(name, reader))),
            _ => Err(format!("`{name}` is not of text")),
        }
    }

    fn column(&self, name: &str) -> Found<ColumnReader> {
        let columns = self.reader.metadata().columns();
        let place = columns.iter().position(|column| column.column_descr().name() == name);
        let place = place.ok_or_else(|| format!("`{name}` is missing"))?;
        guarded(|| self.reader.get_column_reader(place)).map_err(|error| format!("`{name}`: {error}"))
    }
}

/// The rows of a column that were read last.
struct Column<T: DataType> {
    name: &'static str,
    reader: ColumnReaderImpl<T>,
    /// The values that are there.
    there: Vec<T::T>,
    /// By row whether one is there; nothing where the column always has one.
    levels: Vec<i16>,
}

impl<T: DataType> Column<T> {
    const fn new(name: &'static str, reader: ColumnReaderImpl<T>) -> Self {
        Self { name, reader, there: Vec::new(), levels: Vec::new() }
    }

    /// Reads the next rows: each with its value, where it has one.
    fn next(&mut self, rows: usize) -> Found<Vec<Option<T::T>>> {
        self.there.clear();
        self.levels.clear();
        let Self { name, reader, there, levels } = self;
        let read = guarded(|| reader.read_records(rows, Some(levels), None, there));
        let (read, ..) = read.map_err(|error| format!("`{name}`: {error}"))?;
        if read != rows || !(self.levels.is_empty() || self.levels.len() == rows) {
            return Err(format!("`{}` ends before its last row", self.name));
        }
        let mut there = self.there.drain(..);
        if self.levels.is_empty() {
            return Ok(there.map(Some).collect());
        }
        Ok(self.levels.iter().map(|&level| if level == 0 { None } else { there.next() }).collect())
    }
}

/// A column of whole numbers that are not negative.
pub(super) struct Wholes(Column<Int64Type>);

impl Wholes {
    /// The next rows, where a row may have no number.
    pub(super) fn next_known(&mut self, rows: usize) -> Found<Vec<Option<u64>>> {
        let name = self.0.name;
        let whole = |value: i64| u64::try_from(value).map_err(|_| format!("`{name}` is {value}"));
        self.0.next(rows)?.into_iter().map(|value| value.map(whole).transpose()).collect()
    }

    /// The next rows, of which each has a number.
    pub(super) fn next(&mut self, rows: usize) -> Found<Vec<u64>> {
        let name = self.0.name;
        let there = |value: Option<u64>| value.ok_or_else(|| format!("`{name}` is empty in a row"));
        self.next_known(rows)?.into_iter().map(there).collect()
    }
}

/// A column of numbers.
pub(super) struct Reals(Column<DoubleType>);

impl Reals {
    /// The next rows; NaN where a row has no number.
    pub(super) fn next(&mut self, rows: usize) -> Found<Vec<f64>> {
        let name = self.0.name;
        let finite = |value: Option<f64>| match value {
            Some(value) if !value.is_finite() => Err(format!("`{name}` is {value}")),
            value => Ok(value.unwrap_or(f64::NAN)),
        };
        self.0.next(rows)?.into_iter().map(finite).collect()
    }
}

/// A column of texts.
pub(super) struct Texts(Column<ByteArrayType>);

impl Texts {
    /// The next rows, of which each has a text.
    pub(super) fn next(&mut self, rows: usize) -> Found<Vec<ByteArray>> {
        let name = self.0.name;
        let there = |value: Option<ByteArray>| value.ok_or_else(|| format!("`{name}` is empty in a row"));
        self.0.next(rows)?.into_iter().map(there).collect()
    }
}
