//! The results folder: what is in it, and how it comes there.

#[cfg(test)]
#[cfg(feature = "parquet")]
mod damaged;
mod error;
mod filling;
mod folder_of;
mod held;
mod moves;
mod pictures;
mod place;
mod staging;
#[cfg(test)]
#[cfg(feature = "parquet")]
mod tests;

use std::fs;
use std::mem;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use super::Answer;
#[cfg(feature = "parquet")]
use crate::results::files::{BINS, HISTOGRAMS, REPLICATIONS};
use crate::results::files::{SCENARIO, SUMMARY};
use crate::results::{Results, Summary};

pub use error::FolderError;
use filling::Filling;
pub use moves::Aside;
pub use place::{Claim, Place};

/// Writes a results folder: measures, replications, histograms, the scenario as resolved, the map and the charts.
///
/// `summary` is that of the results. Says whether there were results before, which these replace.
///
/// # Errors
/// If anything cannot be written or moved to its place. What can be kept is kept beside it, or among temporary files.
pub fn write_folder(
    place: Place,
    (results, summary): (&Results, &Summary),
    scenario_toml: &str,
) -> Result<bool, FolderError> {
    write_whole(place, &|fresh| fill(fresh, (results, summary), scenario_toml, &|_| Ok(())))
}

/// Writes the folder of an answer: its tables, charts and document, and the scenario as resolved; beside the ordinary
/// results of the scenario as it is, where the answer has them. Says whether there were results before.
///
/// # Errors
/// As [`write_folder`].
pub fn write_answer(place: Place, answer: &dyn Answer, scenario_toml: &str) -> Result<bool, FolderError> {
    write_whole(place, &|fresh| {
        if let Some((results, summary)) = answer.results().zip(answer.summary()) {
            return fill(fresh, (results, &summary), scenario_toml, &|folder| add(folder, answer));
        }
        let mut folder = Filling::new(fresh);
        folder.file(SCENARIO, |out| out.write_all(scenario_toml.as_bytes()))?;
        add(&mut folder, answer)
    })
}

/// Adds an answer to a folder; its document, by which the folder is known, comes last.
fn add(folder: &mut Filling<'_>, answer: &dyn Answer) -> Result<(), FolderError> {
    let Some(document) = answer.document() else { return Ok(()) };
    for sheet in answer.sheets() {
        folder.file(sheet.file(), |out| sheet.write(out))?;
    }
    pictures::of_answer(folder.dir, answer)?;
    folder.file(document, |out| answer.write_json(out))
}

/// Draws the charts of a run again, into the folder that holds its results; false, and nothing is changed, if a stop was
/// asked for meanwhile.
///
/// # Errors
/// As [`write_folder`], and if a file there that midcor did not write has the name of a chart.
#[cfg(feature = "charts")]
pub fn redraw(dir: &Path, summary: &Summary, is_stopped: impl Fn() -> bool) -> Result<bool, FolderError> {
    let names: Vec<PathBuf> = super::chart::Chart::ALL.into_iter().flat_map(pictures::names).collect();
    let place = Place::extend(dir, &names.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    pictures::of_run(place.fresh(), summary)?;
    if is_stopped() {
        return Ok(false);
    }
    place.add().map(|()| true)
}

/// The folder of a comparison while it is being written: the results of each scenario as they come, the comparison last.
pub struct ComparisonFolder(Place);

impl ComparisonFolder {
    /// Begins a folder for scenarios of these names.
    ///
    /// # Errors
    /// If the file system refuses one of them.
    pub fn begin<'n>(place: Place, names: impl IntoIterator<Item = &'n str>) -> Result<Self, FolderError> {
        for name in names.into_iter().map(super::file_name) {
            let folder = place.fresh().join(&name);
            let tried = fs::create_dir(&folder).and_then(|()| fs::remove_dir(&folder));
            tried.map_err(FolderError::at(&place.path().join(&name)))?;
        }
        Ok(Self(place))
    }

    /// Adds the results of a scenario under its name.
    ///
    /// # Errors
    /// If anything cannot be written; what was added before is still there.
    pub fn add(&self, name: &str, results: &Results, scenario_toml: &str) -> Result<(), FolderError> {
        let dir = self.0.fresh().join(super::file_name(name));
        fs::create_dir(&dir).map_err(FolderError::at(&dir))?;
        fill(&dir, (results, &results.summary()), scenario_toml, &|_| Ok(())).inspect_err(|_| {
            // The first error is the one to report.
            let _ = fs::remove_dir_all(&dir);
        })
    }

    /// Adds the answer, and moves the whole to its place.
    ///
    /// # Errors
    /// As [`write_folder`].
    pub fn finish(self, answer: &dyn Answer) -> Result<bool, FolderError> {
        match add(&mut Filling::new(self.0.fresh()), answer) {
            Ok(()) => self.0.publish(),
            Err(error) => Err(self.0.keep(error)),
        }
    }
}

fn write_whole(place: Place, fill: &dyn Fn(&Path) -> Result<(), FolderError>) -> Result<bool, FolderError> {
    match fill(place.fresh()) {
        Ok(()) => place.publish(),
        // Beside the place, or where temporary files are, there may be another device with more room.
        Err(error) => Err(match elsewhere(&place, fill) {
            Some(kept) => FolderError::Kept { kept, source: Box::new(error) },
            None => error,
        }),
    }
}

fn elsewhere(place: &Place, fill: &dyn Fn(&Path) -> Result<(), FolderError>) -> Option<PathBuf> {
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

/// What a study adds to the results of its scenario.
type More<'a> = &'a dyn Fn(&mut Filling<'_>) -> Result<(), FolderError>;

/// Fills a folder; its summary, which says that it is whole and what each file is, comes after all else.
fn fill(
    dir: &Path,
    (results, summary): (&Results, &Summary),
    scenario_toml: &str,
    more: More<'_>,
) -> Result<(), FolderError> {
    // The large tables take long: the others are written beside them.
    let mut folder = thread::scope(|scope| {
        let large = scope.spawn(|| large_tables(dir, results));
        let rest = fill_rest(dir, summary, scenario_toml, more);
        let large = large.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        let mut folder = rest?;
        folder.digests.extend(large.digests);
        Ok::<_, FolderError>(folder)
    })?;
    let digests = mem::take(&mut folder.digests);
    folder.file(SUMMARY, |out| super::write_sealed_json(summary, &digests, out))
}

fn fill_rest<'d>(
    dir: &'d Path,
    summary: &Summary,
    scenario_toml: &str,
    more: More<'_>,
) -> Result<Filling<'d>, FolderError> {
    let mut folder = Filling::new(dir);
    folder.file("measures.csv", |out| super::write_csv(summary, out))?;
    folder.file("network.geojson", |out| super::write_geojson(summary, out))?;
    folder.file(SCENARIO, |out| out.write_all(scenario_toml.as_bytes()))?;
    #[cfg(feature = "parquet")]
    folder.table("measures.parquet", |out| super::write_measures(summary, out))?;
    pictures::of_run(dir, summary)?;
    more(&mut folder)?;
    Ok(folder)
}

#[cfg(feature = "parquet")]
fn large_tables<'d>(dir: &'d Path, results: &Results) -> Result<Filling<'d>, FolderError> {
    let mut folder = Filling::new(dir);
    folder.table(REPLICATIONS, |out| super::write_replications(results, out))?;
    folder.table(HISTOGRAMS, |out| super::write_histograms(results, out))?;
    folder.table(BINS, |out| super::write_bins(results, out))?;
    Ok(folder)
}

#[cfg(not(feature = "parquet"))]
fn large_tables<'d>(dir: &'d Path, _: &Results) -> Result<Filling<'d>, FolderError> {
    Ok(Filling::new(dir))
}
