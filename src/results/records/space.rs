//! How much memory records may take, and where those go that take more.

#[cfg(feature = "disk")]
use std::path::Path;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Bytes of records that are held in memory; some sixty years of a whole corridor.
#[cfg(feature = "disk")]
const BOUND: usize = 1 << 25;
/// Without a disk there is nowhere else.
#[cfg(not(feature = "disk"))]
const BOUND: usize = usize::MAX;

/// How much memory records may take, and the folder of the scratch file into which those go that take more. Clones are of
/// the same space: what one of them could not read, none of them has read.
#[derive(Clone, Debug)]
pub struct Space {
    /// Bytes.
    bound: usize,
    /// That of the system for temporary files if absent.
    folder: Option<PathBuf>,
    /// What could not be read back first.
    failed: Arc<OnceLock<ScratchError>>,
}

/// Why simulated years that took more memory than they may are not to be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScratchError {
    /// They cannot be written.
    #[error(
        "cannot write the scratch file in {}, which holds simulated years that memory has no room for: {reason}. Make room there, or \
         name another folder for the results",
        folder.display()
    )]
    Write {
        /// Where the scratch file is to be.
        folder: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// They cannot be read back.
    #[error(
        "cannot read back the scratch file in {}, which holds simulated years that memory has no room for: {reason}. No figure is \
         computed without them; check that disk, or name a folder on another one for the results",
        folder.display()
    )]
    Read {
        /// Where the scratch file is.
        folder: PathBuf,
        /// What the system says.
        reason: String,
    },
}

impl Default for Space {
    fn default() -> Self {
        Self::of(BOUND, None)
    }
}

impl Space {
    /// A space without bound.
    pub fn unbounded() -> Self {
        Self::of(usize::MAX, None)
    }

    /// The usual bound, with the scratch file on the device on which results are to be: the folder for temporary files may be
    /// memory itself.
    #[cfg(feature = "disk")]
    pub fn beside(results: &Path) -> Self {
        let is_folder = |folder: &&Path| folder.is_dir();
        // There a scratch file has a name as long as it is open, and the results' own folder is to hold nothing but them.
        let above = usize::from(cfg!(windows));
        let mut named = results.ancestors().skip(above).filter(|folder| !folder.as_os_str().is_empty());
        let folder = named.find(is_folder).unwrap_or_else(|| Path::new("."));
        Self::of(BOUND, Some(folder.to_owned()))
    }

    /// So many bytes of memory, and the folder of the scratch file.
    pub fn of(bound: usize, folder: Option<PathBuf>) -> Self {
        Self { bound, folder, failed: Arc::default() }
    }

    /// Whether all that was read back could be.
    ///
    /// # Errors
    /// What could not be read first. Figures computed since then lack it.
    pub fn check(&self) -> Result<(), ScratchError> {
        self.failed.get().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Most bytes of records in memory.
    pub const fn bound(&self) -> usize {
        self.bound
    }

    /// Where the scratch file is.
    pub(super) fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(for_temporary_files)
    }

    pub(super) fn not_written(&self, error: &std::io::Error) -> ScratchError {
        ScratchError::Write { folder: self.folder(), reason: error.to_string() }
    }

    /// Keeps the first failure.
    pub(super) fn has_not_read(&self, error: &std::io::Error) {
        let _ = self.failed.set(ScratchError::Read { folder: self.folder(), reason: error.to_string() });
    }
}

#[cfg(feature = "disk")]
fn for_temporary_files() -> PathBuf {
    std::env::temp_dir()
}

/// There are none, and a browser's module ends where it asks for them.
#[cfg(not(feature = "disk"))]
fn for_temporary_files() -> PathBuf {
    PathBuf::new()
}
