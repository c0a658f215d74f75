//! Why a command did not do what it was asked.

use std::io;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The call or the scenario is wrong.
    #[error("{0}")]
    Wrong(String),
    /// The scenario is wrong, and what is wrong was shown.
    #[error("the scenario cannot run")]
    Shown,
    /// The run failed.
    #[error("{0}")]
    Failed(String),
    /// The run was stopped; what was finished is kept.
    #[error("stopped")]
    Stopped,
    /// Something could not be written or read.
    #[error("{what}: {error}")]
    Files {
        /// What was tried.
        what: String,
        /// Why it failed.
        #[source]
        error: io::Error,
    },
    /// Standard output could not be written.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// For errors of the file system.
    pub(super) fn files(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::Files { what, error }
    }

    /// Whoever read standard output has read enough.
    pub(super) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(super) const fn status(&self) -> u8 {
        match self {
            Self::Wrong(_) | Self::Shown => 2,
            Self::Failed(_) | Self::Stopped | Self::Files { .. } | Self::Output(_) => 1,
        }
    }
}
