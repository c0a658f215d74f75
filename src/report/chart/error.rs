//! Why a chart was not drawn.

use std::path::PathBuf;

/// Why a chart was not drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// The embedded font is not one.
    #[error("the embedded font cannot be read")]
    Font,
    /// The picture cannot be drawn or written.
    #[error("cannot draw {}: {reason}", path.display())]
    Drawing {
        /// The file.
        path: PathBuf,
        /// What the backend says.
        reason: String,
    },
}
