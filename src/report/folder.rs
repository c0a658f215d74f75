//! The results folder, written wholly or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use super::CapacityReport;
use crate::analysis::Bottlenecks;
use crate::analysis::stress::Stress;
use crate::analysis::sweep::Sweep;
use crate::comparison::Comparison;
use crate::results::{Results, Summary};
use crate::validation::Validation;

const SUMMARY: &str = "summary.json";
const COMPARISON: &str = "comparison.json";
const SWEEP: &str = "sweep.json";
const STRESS: &str = "stress.json";
/// What makes a folder one of ours: any of these.
const OURS: [&str; 4] = [SUMMARY, COMPARISON, SWEEP, STRESS];

/// Why a results folder was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// Something else stands at the place.
    #[error("{} exists and holds no results of midcor; it is left as it is", path.display())]
    NotOurs {
        /// The place.
        path: PathBuf,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A Parquet file cannot be written.
    #[cfg(feature = "parquet")]
    #[error("cannot write {}: {source}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        source: parquet::errors::ParquetError,
    },
    /// A chart cannot be drawn.
    #[cfg(feature = "charts")]
    #[error("cannot draw {}: {source}", path.display())]
    Chart {
        /// The file.
        path: PathBuf,
        /// Why.
        source: super::chart::ChartError,
    },
}

/// Writes a results folder: measures, replications, histograms, the scenario as resolved, the map and the charts.
///
/// `summary` is that of the results. Everything is written beside the place and then moved there at once. Results that stand there already are replaced;
/// parents are made.
///
/// # Errors
/// If something else stands at the place, or if anything cannot be written; then nothing has changed there.
pub fn write_folder(
    dir: &Path,
    (results, summary): (&Results, &Summary),
    scenario_toml: &str,
) -> Result<(), FolderError> {
    write_whole(dir, &|fresh| fill(fresh, (results, summary), scenario_toml))
}

/// Writes a results folder with `validation.csv` and its chart beside the ordinary results.
///
/// # Errors
/// As [`write_folder`].
pub fn write_validated_folder(
    dir: &Path,
    (results, summary): (&Results, &Summary),
    scenario_toml: &str,
    validation: &Validation,
) -> Result<(), FolderError> {
    write_whole(dir, &|fresh| {
        fill(fresh, (results, summary), scenario_toml)?;
        file(fresh, "validation.csv", |out| super::write_validation_csv(validation, out))?;
        validation_chart(fresh, validation)
    })
}

/// Writes the folder of a sweep: `sweep.json`, `sweep.csv`, the scenario as resolved without what is varied, charts.
///
/// # Errors
/// As [`write_folder`].
pub fn write_sweep_folder(dir: &Path, sweep: &Sweep, scenario_toml: &str) -> Result<(), FolderError> {
    write_whole(dir, &|fresh| {
        file(fresh, SWEEP, |out| super::write_sweep_json(sweep, out))?;
        file(fresh, "sweep.csv", |out| super::write_sweep_csv(sweep, out))?;
        file(fresh, "scenario.toml", |out| out.write_all(scenario_toml.as_bytes()))?;
        sweep_charts(fresh, sweep)
    })
}

/// Writes the folder of a closure's effects: `stress.json`, `stress.csv`, `years.csv` (every replication), `backlog.csv`
/// (day by day), the scenario as resolved without the closure, charts.
///
/// # Errors
/// As [`write_folder`].
pub fn write_stress_folder(dir: &Path, stress: &Stress, scenario_toml: &str) -> Result<(), FolderError> {
    write_whole(dir, &|fresh| {
        file(fresh, STRESS, |out| super::write_stress_json(stress, out))?;
        file(fresh, "stress.csv", |out| super::write_stress_csv(stress, out))?;
        file(fresh, "years.csv", |out| super::write_stress_years(stress, out))?;
        file(fresh, "backlog.csv", |out| super::write_backlog(stress, out))?;
        file(fresh, "scenario.toml", |out| out.write_all(scenario_toml.as_bytes()))?;
        stress_charts(fresh, stress)
    })
}

/// The folder of a comparison while it is being written: the results of each scenario as they come, the comparison last.
/// Nothing is at its place before [`ComparisonFolder::finish`]; dropped before, it leaves nothing.
pub struct ComparisonFolder {
    dir: PathBuf,
    scratch: Scratch,
    fresh: PathBuf,
}

impl ComparisonFolder {
    /// Begins beside the place.
    ///
    /// # Errors
    /// If something else stands at the place, or nothing can be written beside it.
    pub fn begin(dir: &Path) -> Result<Self, FolderError> {
        let failed = |source| FolderError::Io { path: dir.to_owned(), source };
        prepare(dir)?;
        let scratch = Scratch::beside(dir).map_err(failed)?;
        let fresh = scratch.folder.path().join("results");
        fs::create_dir(&fresh).map_err(failed)?;
        Ok(Self { dir: dir.to_owned(), scratch, fresh })
    }

    /// Adds the results of a scenario under its name.
    ///
    /// # Errors
    /// If anything cannot be written.
    pub fn add(&self, name: &str, results: &Results, scenario_toml: &str) -> Result<(), FolderError> {
        let dir = self.fresh.join(super::file_name(name));
        fs::create_dir(&dir).map_err(|source| FolderError::Io { path: dir.clone(), source })?;
        fill(&dir, (results, &results.summary()), scenario_toml)
    }

    /// Adds `comparison.json`, `comparison.csv` and charts, and moves the whole to its place.
    ///
    /// # Errors
    /// If anything cannot be written; then nothing has changed at the place.
    pub fn finish(self, comparison: &Comparison) -> Result<(), FolderError> {
        file(&self.fresh, COMPARISON, |out| super::write_comparison_json(comparison, out))?;
        file(&self.fresh, "comparison.csv", |out| super::write_comparison_csv(comparison, out))?;
        comparison_charts(&self.fresh, comparison)?;
        let failed = |source| FolderError::Io { path: self.dir.clone(), source };
        swap(&self.dir, &self.fresh, &self.scratch.folder.path().join("old")).map_err(failed)
    }
}

#[cfg(feature = "charts")]
fn comparison_charts(dir: &Path, comparison: &Comparison) -> Result<(), FolderError> {
    let dir = charts_folder(dir)?;
    super::chart::draw_comparison(comparison, &dir).map_err(|source| FolderError::Chart { path: dir, source })
}

#[cfg(not(feature = "charts"))]
fn comparison_charts(_: &Path, _: &Comparison) -> Result<(), FolderError> {
    Ok(())
}

/// Writes a results folder of the scenario as it is, with `bottlenecks.json`, `bottlenecks.csv` and their chart.
///
/// # Errors
/// As [`write_folder`].
pub fn write_bottlenecks_folder(dir: &Path, scenario_toml: &str, found: &Bottlenecks) -> Result<(), FolderError> {
    write_whole(dir, &|fresh| {
        fill(fresh, (&found.base, &found.base.summary()), scenario_toml)?;
        file(fresh, "bottlenecks.json", |out| super::write_bottlenecks_json(found, out))?;
        file(fresh, "bottlenecks.csv", |out| super::write_bottlenecks_csv(found, out))?;
        bottlenecks_chart(fresh, found)
    })
}

/// Writes a results folder of the scenario as it is, with `capacity.json`, `capacity.csv` and their charts.
///
/// # Errors
/// As [`write_folder`].
pub fn write_capacity_folder(dir: &Path, scenario_toml: &str, report: &CapacityReport) -> Result<(), FolderError> {
    write_whole(dir, &|fresh| {
        let base = &report.capacity.base;
        fill(fresh, (base, &base.summary()), scenario_toml)?;
        file(fresh, "capacity.json", |out| super::write_capacity_json(report, out))?;
        file(fresh, "capacity.csv", |out| super::write_capacity_csv(report, out))?;
        capacity_charts(fresh, report)
    })
}

fn write_whole(dir: &Path, fill: &dyn Fn(&Path) -> Result<(), FolderError>) -> Result<(), FolderError> {
    let failed = |source| FolderError::Io { path: dir.to_owned(), source };
    prepare(dir)?;
    let scratch = Scratch::beside(dir).map_err(failed)?;
    let fresh = scratch.folder.path().join("results");
    fs::create_dir(&fresh).map_err(failed)?;
    fill(&fresh)?;
    swap(dir, &fresh, &scratch.folder.path().join("old")).map_err(failed)
}

/// Whether results can be written to a place: to be asked before anything long begins. Makes the parents, and removes
/// what runs that were killed left beside the place.
///
/// # Errors
/// Something else stands at the place, or nothing can be written beside it.
pub fn prepare(dir: &Path) -> Result<(), FolderError> {
    if !may_replace(dir) {
        return Err(FolderError::NotOurs { path: dir.to_owned() });
    }
    let failed = |source| FolderError::Io { path: dir.to_owned(), source };
    let parent = parent(dir);
    fs::create_dir_all(parent).map_err(failed)?;
    sweep(parent, &prefix(dir));
    tempfile::tempfile_in(parent).map(drop).map_err(failed)
}

fn parent(dir: &Path) -> &Path {
    dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How the names of temporary folders of a place begin; six random characters follow.
fn prefix(dir: &Path) -> String {
    let name = dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!(".midcor-{name}-")
}

const RANDOM_CHARACTERS: usize = 6;
/// How often a writer makes a temporary folder anew that another writer has removed.
const ATTEMPTS: u32 = 10;
/// Held by whoever writes a temporary folder, and freed by the system when that process ends in whatever route.
const LOCK: &str = "lock";

/// A temporary folder beside the place of results.
struct Scratch {
    // Before the folder, so that it is closed when the folder is removed.
    _lock: File,
    folder: tempfile::TempDir,
}

impl Scratch {
    fn beside(dir: &Path) -> io::Result<Self> {
        let prefix = prefix(dir);
        for _ in 0..ATTEMPTS {
            let folder =
                tempfile::Builder::new().prefix(&prefix).rand_bytes(RANDOM_CHARACTERS).tempdir_in(parent(dir))?;
            let path = folder.path().join(LOCK);
            // Until it is locked, another writer may take the folder for one that was left, and remove it.
            let lock = match File::create(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                lock => lock?,
            };
            // Where a file system has no locks, a folder that was left is left.
            let is_taken = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
            if !is_taken && path.exists() {
                return Ok(Self { _lock: lock, folder });
            }
        }
        Err(io::Error::other("other writers remove every temporary folder"))
    }
}

/// Removes temporary folders whose writers are gone; what cannot be removed does no harm.
fn sweep(parent: &Path, prefix: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_scratch = name.strip_prefix(prefix).is_some_and(|rest| rest.chars().count() == RANDOM_CHARACTERS);
        let lock = entry.path().join(LOCK);
        if !is_scratch {
            continue;
        }
        match File::open(lock) {
            Ok(lock) if lock.try_lock().is_ok() => drop(fs::remove_dir_all(entry.path())),
            Ok(_) => {}
            // Its writer ended before it had a lock, or is about to make one: only an empty folder goes.
            Err(_) => drop(fs::remove_dir(entry.path())),
        }
    }
}

/// Whether there is nothing at a place, or an empty folder, or results.
fn may_replace(dir: &Path) -> bool {
    if dir.symlink_metadata().is_err() {
        return true;
    }
    let is_empty = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none());
    is_empty || OURS.iter().any(|name| is_results(&dir.join(name)))
}

fn is_results(path: &Path) -> bool {
    /// What all our summaries have; the rest, which can be long, is passed over.
    #[derive(serde::Deserialize)]
    struct Marks {
        #[serde(rename = "schema")]
        _schema: serde::de::IgnoredAny,
        #[serde(rename = "run")]
        _run: serde::de::IgnoredAny,
    }
    fs::read(path).is_ok_and(|text| serde_json::from_slice::<Marks>(&text).is_ok())
}

/// Moves the new folder to its place and the old one out of the way; puts the old one back if that fails.
fn swap(dir: &Path, fresh: &Path, old: &Path) -> io::Result<()> {
    let there = dir.symlink_metadata().is_ok();
    if there {
        fs::rename(dir, old)?;
    }
    fs::rename(fresh, dir).inspect_err(|_| {
        if there {
            // The first error is the one to report.
            let _ = fs::rename(old, dir);
        }
    })
}

fn fill(dir: &Path, (results, summary): (&Results, &Summary), scenario_toml: &str) -> Result<(), FolderError> {
    // The large tables take long: the others are written beside them.
    thread::scope(|scope| {
        let large = scope.spawn(|| large_tables(dir, results));
        let rest = fill_summary(dir, summary, scenario_toml);
        let large = large.join().unwrap_or_else(|panic| resume_unwind(panic));
        rest.and(large)
    })
}

fn fill_summary(dir: &Path, summary: &Summary, scenario_toml: &str) -> Result<(), FolderError> {
    file(dir, SUMMARY, |out| super::write_json(summary, out))?;
    file(dir, "measures.csv", |out| super::write_csv(summary, out))?;
    file(dir, "network.geojson", |out| super::write_geojson(summary, out))?;
    file(dir, "scenario.toml", |out| out.write_all(scenario_toml.as_bytes()))?;
    measures_table(dir, summary)?;
    charts(dir, summary)
}

fn file(dir: &Path, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FolderError> {
    let path = dir.join(name);
    let written = File::create(&path).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    });
    written.map_err(|source| FolderError::Io { path, source })
}

#[cfg(feature = "parquet")]
fn table(dir: &Path, name: &str, write: impl FnOnce(File) -> parquet::errors::Result<()>) -> Result<(), FolderError> {
    let path = dir.join(name);
    let file = File::create(&path).map_err(|source| FolderError::Io { path: path.clone(), source })?;
    write(file).map_err(|source| FolderError::Parquet { path, source })
}

#[cfg(feature = "parquet")]
fn measures_table(dir: &Path, summary: &Summary) -> Result<(), FolderError> {
    table(dir, "measures.parquet", |file| super::write_measures(summary, file))
}

#[cfg(feature = "parquet")]
fn large_tables(dir: &Path, results: &Results) -> Result<(), FolderError> {
    table(dir, "replications.parquet", |file| super::write_replications(results, file))?;
    table(dir, "histograms.parquet", |file| super::write_histograms(results, file))
}

#[cfg(not(feature = "parquet"))]
fn measures_table(_: &Path, _: &Summary) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(not(feature = "parquet"))]
fn large_tables(_: &Path, _: &Results) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(feature = "charts")]
fn sweep_charts(dir: &Path, sweep: &Sweep) -> Result<(), FolderError> {
    let dir = charts_folder(dir)?;
    super::chart::draw_sweep(sweep, &dir).map_err(|source| FolderError::Chart { path: dir, source })
}

#[cfg(feature = "charts")]
fn stress_charts(dir: &Path, stress: &Stress) -> Result<(), FolderError> {
    let dir = charts_folder(dir)?;
    super::chart::draw_stress(stress, &dir).map_err(|source| FolderError::Chart { path: dir, source })
}

#[cfg(feature = "charts")]
fn charts_folder(dir: &Path) -> Result<PathBuf, FolderError> {
    let dir = dir.join("charts");
    fs::create_dir(&dir).map_err(|source| FolderError::Io { path: dir.clone(), source })?;
    Ok(dir)
}

#[cfg(feature = "charts")]
fn charts(dir: &Path, summary: &Summary) -> Result<(), FolderError> {
    let dir = charts_folder(dir)?;
    super::chart::draw_all(summary, &dir).map_err(|source| FolderError::Chart { path: dir, source })
}

#[cfg(feature = "charts")]
fn validation_chart(dir: &Path, validation: &Validation) -> Result<(), FolderError> {
    let dir = dir.join("charts");
    super::chart::draw_validation(validation, &dir).map_err(|source| FolderError::Chart { path: dir, source })
}

#[cfg(feature = "charts")]
fn bottlenecks_chart(dir: &Path, found: &Bottlenecks) -> Result<(), FolderError> {
    let dir = dir.join("charts");
    super::chart::draw_bottlenecks(found, &dir).map_err(|source| FolderError::Chart { path: dir, source })
}

#[cfg(feature = "charts")]
fn capacity_charts(dir: &Path, report: &CapacityReport) -> Result<(), FolderError> {
    let dir = dir.join("charts");
    super::chart::draw_capacity(report, &dir).map_err(|source| FolderError::Chart { path: dir, source })
}

#[cfg(not(feature = "charts"))]
fn capacity_charts(_: &Path, _: &CapacityReport) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(not(feature = "charts"))]
fn bottlenecks_chart(_: &Path, _: &Bottlenecks) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(not(feature = "charts"))]
fn validation_chart(_: &Path, _: &Validation) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(not(feature = "charts"))]
fn sweep_charts(_: &Path, _: &Sweep) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(not(feature = "charts"))]
fn stress_charts(_: &Path, _: &Stress) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(not(feature = "charts"))]
fn charts(_: &Path, _: &Summary) -> Result<(), FolderError> {
    Ok(())
}

#[cfg(test)]
#[cfg(feature = "parquet")]
mod tests {
    use super::*;
    use crate::results::synthetic;

    fn write(dir: &Path, results: &Results, scenario_toml: &str) -> Result<(), FolderError> {
        write_folder(dir, (results, &results.summary()), scenario_toml)
    }

    fn bytes(dir: &Path) -> Vec<Vec<u8>> {
        let names = ["summary.json", "measures.csv", "measures.parquet", "replications.parquet", "histograms.parquet"];
        names.iter().map(|name| fs::read(dir.join(name)).unwrap()).collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        let place = tempfile::tempdir().unwrap();
        let results = synthetic::results(5);
        write(&place.path().join("a/b"), &results, "schema = 1\n").unwrap();
        let read = Results::read(&place.path().join("a/b")).unwrap();
        assert_eq!(read.manifest, results.manifest);
        assert_eq!(read.frame, results.frame);
        write(&place.path().join("again"), &read, "schema = 1\n").unwrap();
        assert!(bytes(&place.path().join("a/b")) == bytes(&place.path().join("again")));
    }

    #[test]
    fn merged_shards_are_the_bytes_of_one_run() {
        let place = tempfile::tempdir().unwrap();
        let (one, two, all) = (place.path().join("one"), place.path().join("two"), place.path().join("all"));
        write(&one, &synthetic::shard(0..3), "").unwrap();
        write(&two, &synthetic::shard(3..70), "").unwrap();
        write(&all, &synthetic::results(70), "").unwrap();
        let merged = Results::merge(vec![Results::read(&two).unwrap(), Results::read(&one).unwrap()]).unwrap();
        write(&one, &merged, "").unwrap();
        assert!(bytes(&one) == bytes(&all));
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_what_another_writes_is_not() {
        let place = tempfile::tempdir().unwrap();
        let (left, kept) = (place.path().join(".midcor-a-123456"), place.path().join(".midcor-a-b-123456"));
        for folder in [&left, &kept] {
            fs::create_dir(folder).unwrap();
            File::create(folder.join(LOCK)).unwrap();
        }
        // Killed before it had a lock.
        let unlocked = place.path().join(".midcor-a-234567");
        fs::create_dir(&unlocked).unwrap();
        let other = Scratch::beside(&place.path().join("a")).unwrap();
        write(&place.path().join("a"), &synthetic::results(2), "").unwrap();
        assert!(!left.exists() && !unlocked.exists() && kept.exists() && other.folder.path().exists());
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("thesis.doc"), "years of work").unwrap();
        let error = write(place.path(), &synthetic::results(2), "").unwrap_err();
        assert!(matches!(error, FolderError::NotOurs { .. }));
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }
}
