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
        Self::from_place(&Place::Folder(folder))
    }

    /// Reads results from files in memory, by their names, as `answer_files` of the reports makes them.
    ///
    /// # Errors
    /// As for a folder: a file is missing, is not as it was written, or does not fit the others, or another version wrote it.
    pub fn from_files(files: BTreeMap<String, Vec<u8>>) -> Result<Self, ReadError> {
        let files = files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
        Self::from_place(&Place::Memory(&files))
    }

    fn from_place(place: &Place<'_>) -> Result<Self, ReadError> {
        let manifest = summary::read(place, &NEEDED)?;
        let of_records = (manifest.run.replications as usize).div_ceil(REPLICATIONS_IN_GROUP);
        let file = Table { place, name: REPLICATIONS, columns: &REPLICATION_COLUMNS, groups: of_records };
        let (catalogue, mut records) = file.read(|reader| {
            let catalogue = catalogue::read(reader)?;
            let records = records::read(reader, &catalogue, &manifest.run)?;
            Ok((catalogue, records))
        })?;
        let file = Table { place, name: HISTOGRAMS, columns: &HISTOGRAM_COLUMNS, groups: of_records };
        file.read(|reader| histograms::add(reader, &catalogue, &mut records))?;
        let groups = catalogue.series.len().div_ceil(SERIES_IN_GROUP);
        let file = Table { place, name: BINS, columns: &BIN_COLUMNS, groups };
        let together = file.read(|reader| together::read(reader, &catalogue, &records))?;
        Ok(Self { manifest, catalogue: Arc::new(catalogue), records, together })
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
    fn read<T>(self, read: impl FnOnce(&SerializedFileReader<Stored>) -> Found<T>) -> Result<T, ReadError> {
        let path = self.place.path(self.name);
        let file = self.place.open(self.name).map_err(|source| ReadError::Io { path: path.clone(), source })?;
        let reader = container::open(file, self.columns, self.groups);
        reader.and_then(|reader| read(&reader)).map_err(|what| ReadError::Damaged { path, what })
    }
}
