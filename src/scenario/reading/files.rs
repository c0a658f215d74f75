//! Where the texts of scenarios come from.

use std::collections::BTreeMap;
#[cfg(feature = "disk")]
use std::path::Path;

use thiserror::Error;

/// Most bytes of the files of a scenario together: a matrix of 100,000 flows has about half of it.
pub(super) const MOST_BYTES: u64 = 32 << 20;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// There is none of that name.
    #[error("there is no file `{0}`")]
    Missing(String),
    /// It is larger than a scenario may be.
    #[error("`{0}` has more than 32 MB, or all files of the scenario together have")]
    TooLarge(String),
    /// It is not text.
    #[error("`{path}` is not UTF-8 text: line {line}, column {column} does not fit; save it as UTF-8")]
    NotText {
        /// The file.
        path: String,
        /// Line of the first byte that does not fit.
        line: usize,
        /// Its column.
        column: usize,
    },
    /// The system refused.
    #[error("`{path}` cannot be read: {reason}")]
    Refused {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
}

/// Access to files by path.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// There is no such file, or it cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// Whether there is such a file.
    fn has(&self, path: &str) -> bool;

    /// One name for all names of a file: without links, where there are any.
    fn identity(&self, path: &str) -> String {
        path.to_owned()
    }

    /// Whether a file lies below a folder once links are followed; true of one that is not there. An empty name is the
    /// folder in which the program runs.
    fn is_below(&self, _path: &str, _folder: &str) -> bool {
        true
    }
}

/// The file system.
#[cfg(feature = "disk")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

#[cfg(feature = "disk")]
impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let refused = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => FileError::Missing(path.to_owned()),
            std::io::ErrorKind::FileTooLarge => FileError::TooLarge(path.to_owned()),
            _ => FileError::Refused { path: path.to_owned(), reason: error.to_string() },
        };
        crate::files::read(Path::new(path), MOST_BYTES).map_err(refused)
    }

    fn has(&self, path: &str) -> bool {
        Path::new(path).is_file()
    }

    fn identity(&self, path: &str) -> String {
        std::fs::canonicalize(path).map_or_else(|_| path.to_owned(), |real| real.to_string_lossy().into_owned())
    }

    fn is_below(&self, path: &str, folder: &str) -> bool {
        let folder = std::fs::canonicalize(if folder.is_empty() { "." } else { folder });
        match (std::fs::canonicalize(path), folder) {
            (Ok(path), Ok(folder)) => path.starts_with(folder),
            _ => true,
        }
    }
}

/// Texts by path, for tests and for programs without a file system.
#[derive(Clone, Debug, Default)]
pub struct InMemory(BTreeMap<String, Vec<u8>>);

impl InMemory {
    /// With these texts.
    pub fn new<const N: usize>(files: [(&str, &str); N]) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
    }

    /// Adds bytes, which need not be text.
    pub fn insert(&mut self, path: &str, bytes: Vec<u8>) {
        self.0.insert(path.to_owned(), bytes);
    }
}

impl Files for InMemory {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).cloned().ok_or_else(|| FileError::Missing(path.to_owned()))
    }

    fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// The bytes as text, without the mark that some editors put before it.
pub(super) fn text(path: &str, bytes: Vec<u8>) -> Result<String, FileError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileError::TooLarge(path.to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|error| not_text(path, &error))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What is wrong with a file that is not UTF-8, and where.
pub fn not_text(path: &str, error: &std::string::FromUtf8Error) -> FileError {
    let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
    let line = good.matches('\n').count() + 1;
    let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    FileError::NotText { path: path.to_owned(), line, column }
}
