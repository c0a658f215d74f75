//! The results folder: what is in it, and how it comes there.

#[cfg(test)]
#[cfg(feature = "parquet")]
mod damaged;
mod error;
mod folder_of;
mod held;
mod moves;
mod on_disk;
mod place;
mod staging;
#[cfg(test)]
#[cfg(feature = "parquet")]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use super::Answer;
#[cfg(feature = "charts")]
use super::chart::{Chart, Picture, PictureStyle};
use super::files::{add_answer, put_answer, put_results};
#[cfg(feature = "charts")]
use super::shelf::{CHARTS, MAP, put_map, put_pictures};
use super::shelf::{Filling, Saved, Wanted, WriteError};
use crate::results::{Results, Summary};
#[cfg(feature = "charts")]
use crate::words::Subject;

pub use error::FolderError;
pub use moves::Aside;
use on_disk::OnDisk;
pub use place::{Claim, Place};

/// Writes a results folder: measures, replications, histograms, the scenario as resolved, the map and the charts.
///
/// `summary` is that of the results. Says whether there were results before, which these replace.
///
/// # Errors
/// If anything cannot be written or moved to its place. What can be kept is kept beside it, or among temporary files.
pub fn write_folder(
    place: Place,
    results: &Results,
    summary: &Summary,
    scenario_toml: &str,
) -> Result<bool, FolderError> {
    let wanted = place.wanted();
    write_whole(place, &|dir| put_results(&OnDisk { dir, wanted }, results, summary, scenario_toml, None))
}

/// Writes the folder of an answer: its tables, charts and document, and the scenario as resolved; beside the ordinary
/// results of the scenario as it is, where the answer has them. Says whether there were results before.
///
/// # Errors
/// As [`write_folder`].
pub fn write_answer(place: Place, answer: &dyn Answer, scenario_toml: &str) -> Result<bool, FolderError> {
    let wanted = place.wanted();
    write_whole(place, &|dir| put_answer(&OnDisk { dir, wanted }, answer, scenario_toml))
}

/// Draws charts of a run again, the queues at these places where there are some, into the folder that holds its results; false, and nothing is changed, if a stop was asked
/// for meanwhile.
///
/// # Errors
/// As [`write_folder`], and if a file there that midcor did not write has the name of a chart.
#[cfg(feature = "charts")]
pub fn redraw(
    dir: &Path,
    results: &Results,
    charts: &[Chart],
    places: &[&Subject],
    style: PictureStyle,
    is_stopped: impl Fn() -> bool,
) -> Result<bool, FolderError> {
    // The map goes with all charts.
    let map = (charts == Chart::ALL).then(|| PathBuf::from(MAP));
    let summary = results.summary();
    let picture = |chart: &Chart| match chart {
        Chart::Queues if !places.is_empty() => Chart::of_queues(&summary, places),
        chart => chart.of(results, &summary),
    };
    let pictures: Vec<_> = charts.iter().filter_map(picture).collect();
    let names = charts.iter().copied().map(Chart::name).flat_map(names).chain(map.clone());
    let place = extended(dir, names)?;
    let shelf = OnDisk { dir: place.fresh(), wanted: Wanted { saved: Saved::All, language: style.language } };
    put_pictures(&shelf, &pictures, style)?;
    map.map_or(Ok(()), |_| put_map(&shelf, &summary, style.language))?;
    results.check().map_err(WriteError::from)?;
    if is_stopped() {
        return Ok(false);
    }
    place.add().map(|()| true)
}

/// Draws the pictures of a comparison again, into its folder; see [`redraw`].
///
/// # Errors
/// As [`redraw`].
#[cfg(feature = "charts")]
pub fn redraw_pictures(
    dir: &Path,
    pictures: &[Picture<'_>],
    style: PictureStyle,
    is_stopped: impl Fn() -> bool,
) -> Result<bool, FolderError> {
    let place = extended(dir, pictures.iter().flat_map(|picture| names(picture.name())))?;
    let wanted = Wanted { saved: Saved::All, language: style.language };
    put_pictures(&OnDisk { dir: place.fresh(), wanted }, pictures, style)?;
    if is_stopped() {
        return Ok(false);
    }
    place.add().map(|()| true)
}

/// A folder to which these files are added.
#[cfg(feature = "charts")]
fn extended(dir: &Path, names: impl Iterator<Item = PathBuf>) -> Result<Place, FolderError> {
    let names: Vec<PathBuf> = names.collect();
    Place::extend(dir, &names.iter().map(PathBuf::as_path).collect::<Vec<_>>())
}

/// The folder of a comparison while it is being written: the results of each scenario as they come, the comparison last.
pub struct ComparisonFolder {
    place: Place,
    /// What is written of each scenario.
    of_scenarios: Saved,
}

impl ComparisonFolder {
    /// Begins a folder for scenarios of these names, of each of which so much is written.
    ///
    /// # Errors
    /// If the file system refuses one of them.
    pub fn begin<'n>(
        place: Place,
        names: impl IntoIterator<Item = &'n str>,
        of_scenarios: Saved,
    ) -> Result<Self, FolderError> {
        for name in names.into_iter().map(super::file_name) {
            let folder = place.fresh().join(&name);
            let tried = fs::create_dir(&folder).and_then(|()| fs::remove_dir(&folder));
            tried.map_err(FolderError::at(&place.path().join(&name)))?;
        }
        Ok(Self { place, of_scenarios })
    }

    /// Adds the results of a scenario under its name.
    ///
    /// # Errors
    /// If anything cannot be written; what was added before is still there.
    pub fn add(&self, name: &str, results: &Results, scenario_toml: &str) -> Result<(), FolderError> {
        let dir = self.place.fresh().join(super::file_name(name));
        fs::create_dir(&dir).map_err(FolderError::at(&dir))?;
        let wanted = Wanted { saved: self.of_scenarios, ..self.place.wanted() };
        let on_disk = OnDisk { dir: &dir, wanted };
        let put = put_results(&on_disk, results, &results.summary(), scenario_toml, None);
        Ok(put.inspect_err(|_| {
            // The first error is the one to report.
            let _ = fs::remove_dir_all(&dir);
        })?)
    }

    /// Adds the answer, and moves the whole to its place.
    ///
    /// # Errors
    /// As [`write_folder`].
    pub fn finish(self, answer: &dyn Answer) -> Result<bool, FolderError> {
        let place = self.place;
        match add_answer(&mut Filling::new(&OnDisk { dir: place.fresh(), wanted: place.wanted() }), answer) {
            Ok(()) => place.publish(),
            Err(error) => Err(place.keep(error.into())),
        }
    }
}

fn write_whole(place: Place, fill: &dyn Fn(&Path) -> Result<(), WriteError>) -> Result<bool, FolderError> {
    match fill(place.fresh()) {
        Ok(()) => place.publish(),
        // Beside the place, or where temporary files are, there may be another device with more room.
        Err(error) => Err(match elsewhere(&place, fill) {
            Some(kept) => FolderError::Kept { kept, source: Box::new(error.into()) },
            None => error.into(),
        }),
    }
}

fn elsewhere(place: &Place, fill: &dyn Fn(&Path) -> Result<(), WriteError>) -> Option<PathBuf> {
    let beside = || place.beside().filter(|kept| fs::create_dir(kept).is_ok());
    let temporary = || Some(tempfile::Builder::new().prefix("midcor-kept-").tempdir().ok()?.keep());
    let folders: [&dyn Fn() -> Option<PathBuf>; 2] = [&beside, &temporary];
    folders.into_iter().find_map(|folder| {
        let kept = folder()?;
        if fill(&kept).is_ok() {
            return Some(kept);
        }
        let _ = fs::remove_dir_all(&kept);
        None
    })
}

/// The files of a chart.
#[cfg(feature = "charts")]
fn names(chart: &str) -> [PathBuf; 2] {
    ["svg", "png"].map(|ending| Path::new(CHARTS).join(format!("{chart}.{ending}")))
}
