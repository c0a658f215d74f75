//! Where the files of results are: in a folder on the disk, or in memory.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read as _};
#[cfg(feature = "disk")]
use std::path::Path;
use std::path::PathBuf;

use bytes::Bytes;

use super::ReadError;
use super::stored::Stored;
#[cfg(feature = "disk")]
use crate::files;
use crate::results::Study;
use crate::results::files::{BASE, NEEDED, SCENARIO, SUMMARY};

/// Where the files of results are.
pub(super) enum Place<'p> {
    #[cfg(feature = "disk")]
    Folder(&'p Path),
    /// Files by their names.
    Memory(&'p BTreeMap<String, Bytes>),
}

impl Place<'_> {
    /// What a file is called in messages.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        match self {
            #[cfg(feature = "disk")]
            Self::Folder(folder) => folder.join(name),
            Self::Memory(_) => PathBuf::from(name),
        }
    }

    /// What the whole is called in messages.
    fn root(&self) -> PathBuf {
        match self {
            #[cfg(feature = "disk")]
            Self::Folder(folder) => folder.to_path_buf(),
            Self::Memory(_) => PathBuf::from("what is in memory"),
        }
    }

    /// A file.
    pub(super) fn open(&self, name: &str) -> io::Result<Stored> {
        match self {
            #[cfg(feature = "disk")]
            Self::Folder(folder) => files::open(&folder.join(name)).map(Stored::File),
            Self::Memory(files) => {
                let bytes = files.get(name).cloned().ok_or_else(|| io::Error::from(ErrorKind::NotFound))?;
                Ok(Stored::Bytes(bytes))
            }
        }
    }

    /// The bytes of a file, at most so many.
    pub(super) fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let file = self.open(name)?;
        let mut bytes = Vec::new();
        if file.length()? <= most {
            file.whole()?.take(most + 1).read_to_end(&mut bytes)?;
        }
        if file.length()? > most || bytes.len() as u64 > most {
            let what = format!("it has more than {} MB", most >> 20);
            return Err(io::Error::new(ErrorKind::FileTooLarge, what));
        }
        Ok(bytes)
    }

    /// What a place is that has measures, and not the simulated years that they are of.
    pub(super) fn without_years(&self) -> ReadError {
        ReadError::WithoutYears { path: self.root(), scenario: self.path(SCENARIO) }
    }

    /// What a place without a summary is.
    pub(super) fn without_summary(&self) -> ReadError {
        let path = self.root();
        let other = Study::ALL.into_iter().find(|study| study.summary != SUMMARY && self.has(study.summary));
        if let Some(study) = other {
            let hint = if study == Study::COMPARISON {
                let base = self.path(BASE);
                format!("; those of its scenarios are in folders within it, as {}", base.display())
            } else {
                String::new()
            };
            return ReadError::OtherStudy { path, held: study.told, hint };
        }
        match self.has_begun() {
            Err(source) => ReadError::Io { path, source },
            Ok(true) => ReadError::Incomplete { path },
            Ok(false) => ReadError::NoResults { path },
        }
    }

    fn has(&self, name: &str) -> bool {
        match self {
            #[cfg(feature = "disk")]
            Self::Folder(folder) => folder.join(name).is_file(),
            Self::Memory(files) => files.contains_key(name),
        }
    }

    /// Whether some files of results are there, or were on their way.
    fn has_begun(&self) -> io::Result<bool> {
        let is_there = NEEDED.into_iter().any(|name| self.has(name));
        match self {
            #[cfg(feature = "disk")]
            Self::Folder(folder) => {
                let mut entries = std::fs::read_dir(folder)?;
                let is_ours = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(".midcor");
                Ok(is_there || entries.any(|entry| entry.is_ok_and(|entry| is_ours(&entry.file_name()))))
            }
            Self::Memory(_) => Ok(is_there),
        }
    }
}
