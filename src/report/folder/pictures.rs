//! Charts in a results folder; none where the program is built without them.

use std::path::Path;

use super::FolderError;
use crate::report::Answer;
#[cfg(feature = "charts")]
use crate::report::chart::{self, Chart, Picture};
use crate::results::Summary;

#[cfg(feature = "charts")]
pub(super) fn of_run(dir: &Path, summary: &Summary) -> Result<(), FolderError> {
    write(dir, &chart::of_run(summary))
}

#[cfg(feature = "charts")]
pub(super) fn of_answer(dir: &Path, answer: &dyn Answer) -> Result<(), FolderError> {
    write(dir, &answer.pictures())
}

#[cfg(not(feature = "charts"))]
pub(super) fn of_run(_: &Path, _: &Summary) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(not(feature = "charts"))]
pub(super) fn of_answer(_: &Path, _: &dyn Answer) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(feature = "charts")]
const CHARTS: &str = "charts";

#[cfg(feature = "charts")]
fn write(dir: &Path, pictures: &[Picture<'_>]) -> Result<(), FolderError> {
    let dir = dir.join(CHARTS);
    std::fs::create_dir_all(&dir).map_err(FolderError::at(&dir))?;
    let put = |name: String, bytes: &[u8]| {
        let path = dir.join(name);
        std::fs::write(&path, bytes).map_err(FolderError::at(&path))
    };
    pictures.iter().try_for_each(|picture| {
        put(format!("{}.svg", picture.name()), picture.svg()?.as_bytes())?;
        put(format!("{}.png", picture.name()), &picture.png()?)
    })
}

/// The files of a chart of a run.
#[cfg(feature = "charts")]
pub(super) fn names(chart: Chart) -> [std::path::PathBuf; 2] {
    ["svg", "png"].map(|ending| Path::new(CHARTS).join(format!("{}.{ending}", chart.name())))
}
