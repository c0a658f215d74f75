//! Why a folder does not hold results that can be read.

use std::io;
use std::path::PathBuf;

use crate::results::records::ScratchError;

/// Why a folder does not hold results that can be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The summary, which is written last, is not there.
    #[error(
        "{} is incomplete: it has no summary.json, which is written last. The run was stopped before its end or is still at \
         work, or the file was lost. Wait for that run, or simulate again into this folder",
        path.display()
    )]
    Incomplete {
        /// The folder.
        path: PathBuf,
    },
    /// The folder never held results.
    #[error("{} holds no results of midcor: it has none of their files", path.display())]
    NoResults {
        /// The folder.
        path: PathBuf,
    },
    /// The folder has measures, and not the simulated years that they are of.
    #[error(
        "{} holds the measures of its scenario without the simulated years, which `--save data` keeps. `midcor run {}` simulates \
         them again",
        path.display(), scenario.display()
    )]
    WithoutYears {
        /// The folder.
        path: PathBuf,
        /// Its scenario.
        scenario: PathBuf,
    },
    /// The folder is of a study that has no results of its own.
    #[error("{} holds {held}, not the results of a scenario{hint}", path.display())]
    OtherStudy {
        /// The folder.
        path: PathBuf,
        /// What it holds.
        held: &'static str,
        /// Where results may be.
        hint: String,
    },
    /// The files have another form than this program reads.
    #[error(
        "{}: `schema` is {schema}, and midcor {} reads schema {known}. Read these results with the program that wrote them",
        path.display(), env!("CARGO_PKG_VERSION")
    )]
    Schema {
        /// The summary.
        path: PathBuf,
        /// What it says.
        schema: u64,
        /// What this program reads.
        known: u32,
    },
    /// Another version of the program wrote them.
    #[error(
        "{}: midcor {version} wrote these results, and this is midcor {}; figures of two versions are not mixed. Read them \
         with midcor {version}, or simulate the scenario.toml beside them again",
        path.display(), env!("CARGO_PKG_VERSION")
    )]
    Version {
        /// The summary.
        path: PathBuf,
        /// What it says.
        version: String,
    },
    /// The simulated years take more memory than they may, and cannot be held elsewhere.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// A file is missing, is not as it was written, or does not fit the others.
    #[error(
        "{} is damaged: {what}. Put an undamaged copy in its place, or simulate again into this folder",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}
