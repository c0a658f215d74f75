//! Why a picture was not plotted.

/// Why a picture was not plotted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot plot {name}: {reason}")]
pub struct ChartError {
    /// The picture.
    pub name: String,
    /// What is said of it.
    pub reason: String,
}
