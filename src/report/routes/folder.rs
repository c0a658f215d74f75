//! The folder of routes: `routes.json`, `routes.csv` and charts, each replaced at its place.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{write_routes_csv, write_routes_json};
use crate::analysis::routes::RouteAnswer;

/// Why the folder was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RoutesFolderError {
    /// A file or folder cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A chart cannot be drawn.
    #[cfg(feature = "charts")]
    #[error(transparent)]
    Chart(#[from] crate::report::chart::ChartError),
}

/// Writes the files of an answer into a folder, which is made where there is none; other files there stay.
///
/// # Errors
/// If anything cannot be written.
pub fn write_routes_folder(dir: &Path, answer: &RouteAnswer) -> Result<(), RoutesFolderError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| RoutesFolderError::Io { path, source }
    };
    let charts = dir.join("charts");
    fs::create_dir_all(&charts).map_err(failed(&charts))?;
    put(dir, "routes.json", |out| write_routes_json(answer, out))?;
    put(dir, "routes.csv", |out| write_routes_csv(answer, out))?;
    #[cfg(feature = "charts")]
    crate::report::chart::draw_routes(answer, &charts)?;
    Ok(())
}

/// Writes beside the place and then moves there, so that no file is ever half written.
fn put(dir: &Path, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), RoutesFolderError> {
    let path = dir.join(name);
    let written = tempfile::NamedTempFile::new_in(dir).and_then(|mut file| {
        write(&mut io::BufWriter::new(file.as_file_mut()))?;
        file.persist(&path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|source| RoutesFolderError::Io { path, source })
}
