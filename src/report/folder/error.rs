//! Why results were not written to a folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::report::shelf::WriteError;
use crate::results::ScratchError;

/// Why a results folder was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// A file stands at the place.
    #[error("{} is no folder; it is left as it is", path.display())]
    NoFolder {
        /// The place.
        path: PathBuf,
    },
    /// The folder holds other files and no results.
    #[error(
        "{} holds files that are no results of midcor; it is left as it is. Name another folder with --out, or write results \
         beside those files with --replace: they stay",
        path.display()
    )]
    NotOurs {
        /// The place.
        path: PathBuf,
    },
    /// The folder holds results of another scenario.
    #[error(
        "{} holds the results of another scenario, {held}; they are left as they are. Name another folder with --out, or replace \
         them with --replace",
        path.display()
    )]
    OtherScenario {
        /// The place.
        path: PathBuf,
        /// The title of that scenario.
        held: String,
    },
    /// The folder holds results of another kind.
    #[error(
        "{} holds {held}; it is left as it is. Name another folder with --out, or replace it with --replace",
        path.display()
    )]
    OtherStudy {
        /// The place.
        path: PathBuf,
        /// What they are of.
        held: &'static str,
    },
    /// A file that midcor did not write has the name of one that it would write.
    #[error("{} is not of midcor and would be overwritten; move it away, or name another folder with --out", path.display())]
    Theirs {
        /// The file.
        path: PathBuf,
    },
    /// Another run writes to the folder.
    #[error("another run is writing its results to {}; wait for it, or name another folder with --out", path.display())]
    Busy {
        /// The place.
        path: PathBuf,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Simulated years could not be read back from a scratch file.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// A chart cannot be drawn.
    #[cfg(feature = "charts")]
    #[error(transparent)]
    Chart(#[from] crate::report::chart::ChartError),
    /// The results are not at their place, but they are not lost.
    #[error("{source}; the results are in {}", kept.display())]
    Kept {
        /// Where they are.
        kept: PathBuf,
        /// What failed.
        source: Box<FolderError>,
    },
}

impl From<WriteError> for FolderError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Io { path, source } => Self::Io { path, source },
            #[cfg(feature = "charts")]
            WriteError::Chart(error) => Self::Chart(error),
            WriteError::Scratch(error) => Self::Scratch(error),
        }
    }
}

impl FolderError {
    /// Whether another call would do: the place is not one for these results.
    pub const fn is_of_the_command_line(&self) -> bool {
        matches!(
            self,
            Self::NoFolder { .. }
                | Self::NotOurs { .. }
                | Self::OtherScenario { .. }
                | Self::OtherStudy { .. }
                | Self::Theirs { .. }
        )
    }

    /// For errors of the file system at a path.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
