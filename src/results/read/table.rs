//! A table of a Parquet file in memory, to be gone through row by row.

#[cfg(feature = "disk")]
use std::path::Path;
use std::str::FromStr;

use parquet::data_type::ByteArray;
use parquet::file::reader::SerializedFileReader;

use super::Found;
use super::columns::{Group, Reals};
use super::columns::{Texts, Wholes, groups};
use super::stored::Stored;
#[cfg(feature = "disk")]
use super::{Place, ReadError, Table};
use crate::results::files::Columns;

/// A table with its columns.
#[derive(Debug)]
pub struct StoredTable {
    columns: &'static Columns,
    texts: Vec<Vec<ByteArray>>,
    wholes: Vec<Vec<Option<u64>>>,
    reals: Vec<Vec<f64>>,
    rows: usize,
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct StoredRow<'t> {
    table: &'t StoredTable,
    row: usize,
}

impl StoredTable {
    /// Reads a file of a folder that is to have these columns.
    ///
    /// # Errors
    /// If it cannot be read, or has other columns.
    #[cfg(feature = "disk")]
    pub fn read(folder: &Path, name: &str, columns: &'static Columns) -> Result<Self, ReadError> {
        let place = Place::Folder(folder);
        Table { place: &place, name, columns, groups: 1 }.read(|reader| Self::of(reader, columns))
    }

    pub(super) fn of(reader: &SerializedFileReader<Stored>, columns: &'static Columns) -> Found<Self> {
        let empty = |names: &[&str]| names.len();
        let mut table = Self {
            columns,
            texts: vec![Vec::new(); empty(columns.texts)],
            wholes: vec![Vec::new(); empty(columns.wholes)],
            reals: vec![Vec::new(); empty(columns.reals)],
            rows: 0,
        };
        for group in groups(reader) {
            table.add(&group?)?;
        }
        Ok(table)
    }

    fn add(&mut self, group: &Group<'_>) -> Found<()> {
        let Columns { texts, wholes, reals } = self.columns;
        let mut of_texts = texts.iter().map(|name| group.texts(name)).collect::<Found<Vec<Texts>>>()?;
        let mut of_wholes = wholes.iter().map(|name| group.wholes(name)).collect::<Found<Vec<Wholes>>>()?;
        let mut of_reals = reals.iter().map(|name| group.reals(name)).collect::<Found<Vec<Reals>>>()?;
        for rows in group.steps() {
            for (column, from) in self.texts.iter_mut().zip(&mut of_texts) {
                column.extend(from.next(rows)?);
            }
            for (column, from) in self.wholes.iter_mut().zip(&mut of_wholes) {
                column.extend(from.next_known(rows)?);
            }
            for (column, from) in self.reals.iter_mut().zip(&mut of_reals) {
                column.extend(from.next(rows)?);
            }
            self.rows += rows;
        }
        Ok(())
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = StoredRow<'_>> {
        (0..self.rows).map(|row| StoredRow { table: self, row })
    }
}

impl<'t> StoredRow<'t> {
    /// The text of a column.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn text(&self, name: &str) -> Result<&'t str, String> {
        let bytes = &self.table.texts[place(self.table.columns.texts, name)?][self.row];
        std::str::from_utf8(bytes.data()).map_err(|_| format!("`{name}` is not text in a row"))
    }

    /// What the text of a column stands for.
    ///
    /// # Errors
    /// As [`StoredRow::text`], and if there is no such thing.
    pub fn word<T: FromStr>(&self, name: &str) -> Result<T, String> {
        let text = self.text(name)?;
        text.parse().map_err(|_| format!("`{name}` is {text:?} in a row"))
    }

    /// The same; `None` where the text is empty.
    ///
    /// # Errors
    /// As [`StoredRow::word`].
    pub fn word_if_any<T: FromStr>(&self, name: &str) -> Result<Option<T>, String> {
        if self.text(name)?.is_empty() { Ok(None) } else { self.word(name).map(Some) }
    }

    /// The whole number of a column.
    ///
    /// # Errors
    /// There is no such column.
    pub fn whole(&self, name: &str) -> Result<Option<u64>, String> {
        Ok(self.table.wholes[place(self.table.columns.wholes, name)?][self.row])
    }

    /// The number of a column.
    ///
    /// # Errors
    /// There is no such column.
    pub fn real(&self, name: &str) -> Result<Option<f64>, String> {
        let value = self.table.reals[place(self.table.columns.reals, name)?][self.row];
        Ok(Some(value).filter(|value| !value.is_nan()))
    }

    /// The number of a column in which each row has one.
    ///
    /// # Errors
    /// The row has none.
    pub fn known(&self, name: &str) -> Result<f64, String> {
        self.real(name)?.ok_or_else(|| format!("`{name}` is empty in a row"))
    }
}

fn place(names: &[&str], name: &str) -> Result<usize, String> {
    names.iter().position(|one| *one == name).ok_or_else(|| format!("there is no column `{name}`"))
}
