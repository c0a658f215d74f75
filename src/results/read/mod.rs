//! A results folder read back. Whatever its files say, reading ends in results or in a message: form and version come
//! first, then all files are compared with their digests, and what they then ask for is bounded by what they hold.

mod catalogue;
mod columns;
mod container;
mod error;
mod frame;
mod histograms;
mod measures;
mod place;
mod records;
mod stored;
mod summary;
mod table;
mod together;

use std::collections::BTreeMap;
#[cfg(feature = "disk")]
use std::path::Path;
use std::sync::Arc;

use parquet::file::reader::SerializedFileReader;

use super::files::{
    BIN_COLUMNS, BINS, Columns, HISTOGRAM_COLUMNS, HISTOGRAMS, MEASURE_COLUMNS, MEASURES, NEEDED, NEEDED_FOR_SUMMARY,
    REPLICATION_COLUMNS, REPLICATIONS, REPLICATIONS_IN_GROUP, SERIES_IN_GROUP,
};
use super::manifest::Manifest;
use super::records::{Records, Space};
use super::summary::{Results, Summary};
use place::Place;
use stored::Stored;

pub use error::ReadError;
pub use table::{StoredRow, StoredTable};

/// What is found in a file, or what is wrong with it.
type Found<T> = Result<T, String>;

impl Results {
    /// Reads the results that a folder holds.
    ///
    /// # Errors
    /// If a file is missing, is not as it was written, or does not fit the others, or if another version wrote them.
    #[cfg(feature = "disk")]
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        Self::read_within(folder, &Space::default())
    }

    /// The same, with the simulated years within a space.
    ///
    /// # Errors
    /// As [`Self::read`], and where the scratch file cannot be written or read.
    #[cfg(feature = "disk")]
    pub fn read_within(folder: &Path, space: &Space) -> Result<Self, ReadError> {
        Self::from_place(&Place::Folder(folder), space)
    }

    /// Reads results from files in memory, by their names, as `answer_files` of the reports makes them.
    ///
    /// # Errors
    /// As for a folder: a file is missing, is not as it was written, or does not fit the others, or another version wrote it.
    pub fn from_files(files: BTreeMap<String, Vec<u8>>) -> Result<Self, ReadError> {
        let files = files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
        Self::from_place(&Place::Memory(&files), &Space::default())
    }

    fn from_place(place: &Place<'_>, space: &Space) -> Result<Self, ReadError> {
        let manifest = summary::read(place, &NEEDED)?;
        let of_records = (manifest.run.replications as usize).div_ceil(REPLICATIONS_IN_GROUP);
        let values = Table { place, name: REPLICATIONS, columns: &REPLICATION_COLUMNS, groups: of_records };
        let of_values = values.open()?;
        let catalogue = catalogue::read(&of_values).map_err(|what| values.damaged(what))?;
        let bins = Table { place, name: HISTOGRAMS, columns: &HISTOGRAM_COLUMNS, groups: of_records };
        // Both files are read side by side, so that a year is whole when it is kept.
        let mut records = Records::within(space.clone());
        let without = records::read(&of_values, &catalogue, &manifest.run);
        histograms::add(&bins.open()?, &catalogue, without, &mut records).map_err(|stop| match stop {
            histograms::Stop::Histograms(what) => bins.damaged(what),
            histograms::Stop::Records(what) => values.damaged(what),
            histograms::Stop::Scratch(error) => error.into(),
        })?;
        let groups = catalogue.series.len().div_ceil(SERIES_IN_GROUP);
        let file = Table { place, name: BINS, columns: &BIN_COLUMNS, groups };
        let together = file.read(|reader| together::read(reader, &catalogue, &records))?;
        records.check()?;
        Ok(Self { manifest, catalogue: Arc::new(catalogue), records, together })
    }
}

impl Manifest {
    /// Reads what a folder says of its results; whether its files are as they were written is not looked at.
    ///
    /// # Errors
    /// If the folder holds no results, or those of another version of the program.
    #[cfg(feature = "disk")]
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        summary::head(&Place::Folder(folder), &NEEDED).map(|(manifest, _)| manifest)
    }
}

impl Summary {
    /// Reads the measures that a folder holds, of which its simulated years need not be there.
    ///
    /// # Errors
    /// As [`Results::read`].
    #[cfg(feature = "disk")]
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        Self::from_place(&Place::Folder(folder))
    }

    /// Reads the same from files in memory, by their names.
    ///
    /// # Errors
    /// As [`Results::read`].
    pub fn from_files(files: BTreeMap<String, Vec<u8>>) -> Result<Self, ReadError> {
        let files = files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
        Self::from_place(&Place::Memory(&files))
    }

    fn from_place(place: &Place<'_>) -> Result<Self, ReadError> {
        let manifest = summary::read(place, &NEEDED_FOR_SUMMARY)?;
        let file = Table { place, name: MEASURES, columns: &MEASURE_COLUMNS, groups: 1 };
        file.read(|reader| measures::read(reader, manifest))
    }
}

/// A Parquet file of the folder, and what it is to have.
struct Table<'t> {
    place: &'t Place<'t>,
    name: &'t str,
    columns: &'t Columns,
    /// Groups of rows.
    groups: usize,
}

impl Table<'_> {
    fn read<T>(&self, read: impl FnOnce(&SerializedFileReader<Stored>) -> Found<T>) -> Result<T, ReadError> {
        read(&self.open()?).map_err(|what| self.damaged(what))
    }

    fn open(&self) -> Result<SerializedFileReader<Stored>, ReadError> {
        let path = || self.place.path(self.name);
        let file = self.place.open(self.name).map_err(|source| ReadError::Io { path: path(), source })?;
        container::open(file, self.columns, self.groups).map_err(|what| self.damaged(what))
    }

    fn damaged(&self, what: String) -> ReadError {
        ReadError::Damaged { path: self.place.path(self.name), what }
    }
}
