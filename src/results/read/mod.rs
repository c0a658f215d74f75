//! A results folder read back. Whatever its files say, reading ends in results or in a message: form and version come
//! first, then all files are compared with their digests, and what they then ask for is bounded by what they hold.

mod columns;
mod error;
mod frame;
mod histograms;
mod records;
mod summary;
mod together;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::file::reader::SerializedFileReader;

use super::files::{BINS, HISTOGRAMS, REPLICATIONS};
use super::summary::Results;
use crate::files;

pub use error::ReadError;

/// What is found in a file, or what is wrong with it.
type Found<T> = Result<T, String>;

impl Results {
    /// Reads the results that a folder holds.
    ///
    /// # Errors
    /// If a file is missing, is not as it was written, or does not fit the others, or if another version wrote them.
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        let manifest = summary::read(folder)?;
        let (frame, mut records) = of_file(folder, REPLICATIONS, |reader| {
            let frame = frame::read(reader)?;
            let records = records::read(reader, &frame, &manifest.run)?;
            Ok((frame, records))
        })?;
        of_file(folder, HISTOGRAMS, |reader| histograms::add(reader, &frame, &mut records))?;
        let together = of_file(folder, BINS, |reader| together::read(reader, &frame, &records))?;
        Ok(Self { manifest, frame: Arc::new(frame), records, together })
    }
}

fn of_file<T>(
    folder: &Path,
    name: &str,
    read: impl FnOnce(&SerializedFileReader<File>) -> Found<T>,
) -> Result<T, ReadError> {
    let path = folder.join(name);
    let file = files::open(&path).map_err(|source| ReadError::Io { path: path.clone(), source })?;
    let reader = SerializedFileReader::new(file).map_err(|error| error.to_string());
    reader.and_then(|reader| read(&reader)).map_err(|what| ReadError::Damaged { path, what })
}
