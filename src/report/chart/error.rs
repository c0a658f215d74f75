//! Why a picture was not drawn.

/// Why a picture was not drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot draw {name}: {reason}")]
pub struct ChartError {
    /// The picture.
    pub name: String,
    /// What is said of it.
    pub reason: String,
}
