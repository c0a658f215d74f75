//! A file of results, on the disk or in memory.

#[cfg(feature = "disk")]
use std::fs::File;
use std::io::{self, Read};
#[cfg(feature = "disk")]
use std::io::{Seek as _, SeekFrom};
use std::ops::Range;

use bytes::{Buf as _, Bytes};
use parquet::errors::Result;
use parquet::file::reader::{ChunkReader, Length};

/// A file of results.
pub(super) enum Stored {
    #[cfg(feature = "disk")]
    File(File),
    Bytes(Bytes),
}

impl Stored {
    /// The number of its bytes.
    pub(super) fn length(&self) -> io::Result<u64> {
        match self {
            #[cfg(feature = "disk")]
            Self::File(file) => Ok(file.metadata()?.len()),
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// The bytes at a place, as far as they are there.
    pub(super) fn at(&self, place: Range<u64>) -> io::Result<Vec<u8>> {
        match self {
            #[cfg(feature = "disk")]
            Self::File(file) => {
                let (mut file, mut bytes) = (file, Vec::new());
                file.seek(SeekFrom::Start(place.start))?;
                file.take(place.end.saturating_sub(place.start)).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Self::Bytes(bytes) => {
                let within = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                let (start, end) = (within(place.start), within(place.end));
                Ok(bytes.get(start..end).unwrap_or_default().to_vec())
            }
        }
    }

    /// All of it, from its beginning.
    pub(super) fn whole(&self) -> io::Result<Box<dyn Read + '_>> {
        match self {
            #[cfg(feature = "disk")]
            Self::File(file) => {
                let mut file = file;
                file.rewind()?;
                Ok(Box::new(file))
            }
            Self::Bytes(bytes) => Ok(Box::new(&bytes[..])),
        }
    }
}

impl Length for Stored {
    fn len(&self) -> u64 {
        self.length().unwrap_or(0)
    }
}

impl ChunkReader for Stored {
    type T = Box<dyn Read>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        match self {
            #[cfg(feature = "disk")]
            Self::File(file) => Ok(Box::new(file.get_read(start)?)),
            Self::Bytes(bytes) => {
                Ok(Box::new(bytes.get_bytes(start, bytes.len().saturating_sub(start as usize))?.reader()))
            }
        }
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        match self {
            #[cfg(feature = "disk")]
            Self::File(file) => file.get_bytes(start, length),
            Self::Bytes(bytes) => bytes.get_bytes(start, length),
        }
    }
}
