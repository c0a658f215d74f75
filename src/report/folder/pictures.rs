//! Charts in a results folder; none where the program is built without them.

use std::path::Path;

use super::FolderError;
use crate::report::Answer;
#[cfg(feature = "charts")]
use crate::report::chart::{self, Chart, ChartError};
use crate::results::Summary;

#[cfg(feature = "charts")]
pub(super) fn of_run(dir: &Path, summary: &Summary) -> Result<(), FolderError> {
    draw(dir, |dir| chart::draw_all(summary, dir))
}

#[cfg(feature = "charts")]
pub(super) fn of_answer(dir: &Path, answer: &dyn Answer) -> Result<(), FolderError> {
    draw(dir, |dir| answer.draw(dir))
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
fn draw(dir: &Path, draw: impl FnOnce(&Path) -> Result<(), ChartError>) -> Result<(), FolderError> {
    let dir = dir.join(CHARTS);
    std::fs::create_dir_all(&dir).map_err(FolderError::at(&dir))?;
    draw(&dir).map_err(|source| FolderError::Chart { path: dir, source })
}

/// The files of a chart of a run.
#[cfg(feature = "charts")]
pub(super) fn names(chart: Chart) -> [std::path::PathBuf; 2] {
    ["svg", "png"].map(|ending| Path::new(CHARTS).join(format!("{}.{ending}", chart.name())))
}
