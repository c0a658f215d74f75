//! Why a question has no answer.

use std::error::Error;

use crate::analysis::AnalysisError;
use crate::diagnostic::{Diagnostics, FileId, Rejected, SourceFiles, SourceKind};
use crate::experiment::ExperimentError;
use crate::report::Shortfall;
use crate::study::StudyError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// What is asked does not fit the scenario, or the way in which it is to be simulated.
    #[error("{0}")]
    Wrong(String),
    /// A scenario or another text that belongs to the question cannot be used.
    #[error(transparent)]
    Rejected(#[from] Rejected),
    /// A simulation failed, or was stopped before anything was finished.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A variant of the scenario could not be simulated.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// A part failed, or a stop came, before anything was finished.
    #[error("{0}")]
    Nothing(String),
    /// Whoever keeps the results of single scenarios could not.
    #[error(transparent)]
    NotKept(Box<dyn Error + Send + Sync>),
}

impl From<ExperimentError> for QuestionError {
    fn from(error: ExperimentError) -> Self {
        Self::Study(error.into())
    }
}

impl QuestionError {
    /// Nothing was finished, for the reason of a shortfall.
    pub(super) fn nothing(shortfall: Option<&Shortfall>) -> Self {
        Self::Nothing(shortfall.map_or_else(|| "nothing was to be done".to_owned(), ToString::to_string))
    }

    #[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
    pub(super) fn wrong(what: impl ToString) -> Self {
        Self::Wrong(what.to_string())
    }
}

/// A text that belongs to a question, such as a file of measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedText {
    /// What it is called in findings.
    pub name: String,
    /// What it says.
    pub text: String,
}

impl NamedText {
    /// Reads it; what is wrong with it is told with what follows from that, such as `the mix cannot be used`.
    pub(super) fn read<T>(
        &self,
        follows: &'static str,
        read: impl FnOnce(&str, FileId) -> Result<T, Diagnostics>,
    ) -> Result<T, Rejected> {
        let mut sources = SourceFiles::default();
        let file = sources.add(&self.name, &self.text, SourceKind::File);
        read(&self.text, file).map_err(|diagnostics| Rejected { follows, diagnostics, sources })
    }
}
