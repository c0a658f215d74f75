//! What becomes of what stands at a place, and of what was written when the end fails.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use super::staging::Staging;
use super::*;
use crate::comparison::{Candidate, Comparing, InputDraws};
use crate::report::{Compared, Study, Wanted, comparison_of, differences_of};
use crate::results::Space;
use crate::results::synthetic::{self, SCENARIO};
use crate::words::Period;

fn named(dir: &Path, scenario_toml: &str) -> Result<Place, FolderError> {
    Place::begin(dir, Study::RUN, Claim::Named(scenario_toml))
}

fn write(dir: &Path, results: &Results, scenario_toml: &str) -> Result<bool, FolderError> {
    write_folder(named(dir, scenario_toml)?, results, &results.summary(), scenario_toml)
}

fn own(dir: &Path, study: Study) -> Place {
    Place::begin(dir, study, Claim::Own).unwrap()
}

fn bytes(dir: &Path) -> Vec<Vec<u8>> {
    let tables = ["measures.csv", "measures.parquet", "replications.parquet", "histograms.parquet", "bins.parquet"];
    tables.iter().chain(&["summary.json"]).map(|name| fs::read(dir.join(name)).unwrap()).collect()
}

fn names(dir: &Path) -> BTreeSet<String> {
    fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn what_is_written_reads_back() {
    let place = tempfile::tempdir().unwrap();
    let results = synthetic::results(5);
    assert!(!write(&place.path().join("a/b"), &results, SCENARIO).unwrap());
    let read = Results::read(&place.path().join("a/b")).unwrap();
    assert_eq!(read.manifest, results.manifest);
    assert_eq!(read.catalogue, results.catalogue);
    write(&place.path().join("again"), &read, SCENARIO).unwrap();
    assert!(bytes(&place.path().join("a/b")) == bytes(&place.path().join("again")));
}

#[test]
fn measures_read_back_without_the_years_that_they_are_of() {
    let place = tempfile::tempdir().unwrap();
    let results = synthetic::results(5);
    for (saved, has_years) in [(Saved::Figures, false), (Saved::Data, true), (Saved::All, true)] {
        let dir = place.path().join(format!("{saved:?}"));
        write_folder(
            own(&dir, Study::RUN).wanting(Wanted { saved, ..Wanted::default() }),
            &results,
            &results.summary(),
            SCENARIO,
        )
        .unwrap();
        assert_eq!(Summary::read(&dir).unwrap(), results.summary());
        assert_eq!(Results::read(&dir).is_ok(), has_years);
    }
    let said = Results::read(&place.path().join("Figures")).unwrap_err().to_string();
    assert!(said.contains("without the simulated years") && said.contains("scenario.toml"), "{said}");
}

#[test]
fn a_comparison_reads_back_from_its_folder() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("here");
    let base = synthetic::results(4);
    let mut other = synthetic::results(4);
    for (year, record) in other.records.in_memory().iter_mut().enumerate() {
        record.values = record.values.iter().map(|value| value * (1.0 + 0.01 * year as f64)).collect();
    }
    let mut comparing = Comparing::with(&base, InputDraws::default());
    let candidate =
        |name, results| Candidate { name, title: name, results, own_base: None, simulated_alone: None, price: None };
    comparing.add(&candidate("=two feeders", &other));
    comparing.add(&candidate("none", &base));
    let comparison = comparing.finish();
    let names = ["base", "=two feeders", "none"];
    let folder = ComparisonFolder::begin(own(&dir, Study::COMPARISON), names, Saved::Figures).unwrap();
    names.iter().zip([&base, &other, &base]).for_each(|(name, results)| folder.add(name, results, SCENARIO).unwrap());
    let compared = Compared { comparison, period: Period::Horizon, shortfall: None };
    folder.finish(&compared).unwrap();
    assert!(!dir.join("base/replications.parquet").exists() && !dir.join("comparison.csv").exists());
    let document = fs::read_to_string(dir.join("comparison.json")).unwrap();
    let network = Summary::read(&dir.join("base")).unwrap().network;
    let read = comparison_of(&document, differences_of(&dir).unwrap(), network).unwrap();
    assert_eq!(read, compared.comparison);
    assert!(read.what_ifs.iter().all(|what_if| !what_if.differences.is_empty()));
}

#[test]
fn merged_shards_are_the_bytes_of_one_run() {
    let place = tempfile::tempdir().unwrap();
    let (one, two, all) = (place.path().join("one"), place.path().join("two"), place.path().join("all"));
    write(&one, &synthetic::shard(0..3), SCENARIO).unwrap();
    write(&two, &synthetic::shard(3..70), SCENARIO).unwrap();
    write(&all, &synthetic::results(70), SCENARIO).unwrap();
    let merged = Results::merge(vec![Results::read(&two).unwrap(), Results::read(&one).unwrap()]).unwrap();
    assert!(write(&one, &merged, SCENARIO).unwrap(), "there were results");
    assert!(bytes(&one) == bytes(&all));
}

/// All files of a folder with those of its folders, by name.
fn all_bytes(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
        let name = PathBuf::from(entry.file_name().unwrap());
        if entry.is_dir() {
            files.extend(all_bytes(&entry).into_iter().map(|(below, bytes)| (name.join(below), bytes)));
        } else {
            files.insert(name, fs::read(&entry).unwrap());
        }
    }
    files
}

/// Whether years are in memory or in a scratch file, the folder is the same, and so is what is read from it and merged.
#[test]
fn years_in_a_scratch_file_make_the_same_bytes() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    let in_scratch = |results: Results| Results { records: results.records.spilled(1 << 17), ..results };
    write(&at("memory"), &synthetic::results(37), SCENARIO).unwrap();
    write(&at("scratch"), &in_scratch(synthetic::results(37)), SCENARIO).unwrap();
    let expected = all_bytes(&at("memory"));
    assert!(expected.len() > 10 && expected == all_bytes(&at("scratch")));
    write(&at("one"), &synthetic::shard(0..20), SCENARIO).unwrap();
    write(&at("two"), &in_scratch(synthetic::shard(20..37)), SCENARIO).unwrap();
    let space = Space::of(1 << 17, Some(place.path().to_owned()));
    let mut merged = Results::read_within(&at("one"), &space).unwrap();
    merged.append(&Results::read_within(&at("two"), &space).unwrap()).unwrap();
    write(&at("merged"), &merged, SCENARIO).unwrap();
    assert!(expected == all_bytes(&at("merged")));
    let error = Results::read_within(&at("one"), &Space::of(0, Some(at("none")))).unwrap_err();
    assert!(error.to_string().contains("cannot write the scratch file in"), "{error}");
}

/// Where a scratch file cannot be read back, nothing is written that would lack what was in it.
#[test]
fn years_that_are_lost_are_not_written() {
    let place = tempfile::tempdir().unwrap();
    let results = synthetic::results(5);
    let (summary, lost) = (results.summary(), Results { records: results.records.spilled(0), ..results });
    lost.records.lose();
    let at = place.path().join("here");
    let error = write_folder(named(&at, SCENARIO).unwrap(), &lost, &summary, SCENARIO).unwrap_err();
    assert!(error.to_string().contains("cannot read back the scratch file"), "{error}");
    assert!(!at.join("summary.json").exists());
}

#[test]
fn what_is_not_ours_stays() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path();
    fs::write(dir.join("thesis.doc"), "years of work").unwrap();
    let error = write(dir, &synthetic::results(2), SCENARIO).unwrap_err();
    assert!(matches!(error, FolderError::NotOurs { .. }) && error.is_of_the_command_line());
    assert_eq!(names(dir).len(), 1, "nothing was written");
    // Who insists writes beside it, but over nothing.
    let results = synthetic::results(2);
    let insisting = || Place::begin(dir, Study::RUN, Claim::Replace);
    assert!(!write_folder(insisting().unwrap(), &results, &results.summary(), SCENARIO).unwrap());
    assert_eq!(fs::read_to_string(dir.join("thesis.doc")).unwrap(), "years of work");
    // The study that comes next has a file of a name that the user took.
    fs::write(dir.join("sweep.csv"), "mine").unwrap();
    let error = Place::begin(dir, Study::SWEEP, Claim::Replace).err().unwrap();
    assert!(matches!(&error, FolderError::Theirs { path } if path.ends_with("sweep.csv")), "{error}");
}

#[test]
fn results_of_another_scenario_or_study_are_refused_and_seed_and_years_do_not_count() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("here");
    write(&dir, &synthetic::results(2), SCENARIO).unwrap();
    let before = bytes(&dir);
    let other = SCENARIO.replace("\"A\"", "\"B\"");
    assert!(matches!(named(&dir, &other), Err(FolderError::OtherScenario { .. })));
    let sweep = Place::begin(&dir, Study::SWEEP, Claim::Named(SCENARIO));
    assert!(matches!(sweep, Err(FolderError::OtherStudy { .. })));
    assert!(bytes(&dir) == before && names(place.path()).len() == 1);
    drop(named(&dir, &SCENARIO.replace("seed = 1", "seed = 2").replace("= 5", "= 50")).unwrap());
    assert!(bytes(&dir) == before, "a place that was only taken is as it was");
    let replacing = Place::begin(&dir, Study::RUN, Claim::Replace).unwrap();
    assert!(write_folder(replacing, &synthetic::results(3), &synthetic::results(3).summary(), &other).unwrap());
    assert!(bytes(&dir) != before);
}

#[test]
fn files_of_an_older_study_go_and_those_of_the_user_stay() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("here");
    let folder = ComparisonFolder::begin(own(&dir, Study::COMPARISON), ["base", "two feeders"], Saved::All).unwrap();
    let results = synthetic::results(2);
    folder.add("base", &results, SCENARIO).unwrap();
    folder.add("two feeders", &results, SCENARIO).unwrap();
    folder.place.publish().unwrap();
    assert!(dir.join("two-feeders/charts").is_dir() && dir.join("base/summary.json").is_file());
    for mine in ["notes.txt", "base/notes.txt", "two-feeders/charts/notes.txt"] {
        fs::write(dir.join(mine), "mine").unwrap();
    }
    let results = synthetic::results(2);
    write_folder(own(&dir, Study::RUN), &results, &results.summary(), SCENARIO).unwrap();
    assert_eq!(names(&dir.join("base")), BTreeSet::from(["notes.txt".to_owned()]));
    assert_eq!(names(&dir.join("two-feeders")), BTreeSet::from(["charts".to_owned()]));
    assert_eq!(names(&dir.join("two-feeders/charts")), BTreeSet::from(["notes.txt".to_owned()]));
    assert!(dir.join("notes.txt").is_file() && Results::read(&dir).is_ok());
    assert!(names(&dir).iter().all(|name| !name.starts_with('.')), "{:?}", names(&dir));
}

#[test]
fn a_folder_is_written_by_one_at_a_time_and_what_a_killed_writer_left_goes() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("here");
    let first = own(&dir, Study::RUN);
    assert!(matches!(named(&dir, SCENARIO), Err(FolderError::Busy { .. })));
    drop(first);
    assert!(!dir.exists(), "a folder that was made for nothing goes");
    // Killed in the middle of writing, and before it had a lock.
    for with_lock in [true, false] {
        let hidden = dir.join(".midcor-writing");
        fs::create_dir_all(hidden.join("results-1/charts")).unwrap();
        fs::write(hidden.join("results-1/charts/causes.svg"), "half").unwrap();
        if with_lock {
            fs::write(hidden.join("lock"), "").unwrap();
        }
        write(&dir, &synthetic::results(2), SCENARIO).unwrap();
        assert!(!hidden.exists());
    }
}

#[test]
fn a_writer_that_leaves_makes_room_for_the_next() {
    let place = tempfile::tempdir().unwrap();
    let turns = std::sync::atomic::AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    if let Some(staging) = Staging::within(place.path()).unwrap() {
                        fs::write(staging.fresh().join("file"), "mine alone").unwrap();
                        assert_eq!(names(staging.fresh().parent().unwrap()).len(), 2);
                        turns.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert!(turns.into_inner() > 0 && names(place.path()).is_empty());
}

#[test]
fn where_the_end_fails_the_results_are_kept_beside_the_place() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("here");
    let results = synthetic::results(2);
    for (round, name) in ["scenario.toml", "files.txt"].into_iter().enumerate() {
        let taken = own(&dir, Study::RUN);
        // While it was simulated, somebody put a folder where a file is to go.
        fs::create_dir(dir.join(name)).unwrap();
        let error = write_folder(taken, &results, &results.summary(), SCENARIO).unwrap_err();
        let kept = place.path().join(format!("here-kept-{}", round + 1));
        assert!(error.to_string().contains(&kept.display().to_string()), "{error}");
        assert!(!error.is_of_the_command_line() && Results::read(&kept).is_ok());
        assert_eq!(names(&dir), BTreeSet::from([name.to_owned()]));
        fs::remove_dir(dir.join(name)).unwrap();
    }
}

/// A device that is full is full beside the place too.
#[test]
fn where_there_is_no_room_beside_the_results_are_kept_among_temporary_files() {
    let device = tempfile::tempdir().unwrap();
    let crowded = fs::canonicalize(device.path()).unwrap();
    let fill = |dir: &Path| {
        if fs::canonicalize(dir).unwrap().starts_with(&crowded) {
            let source = std::io::Error::from(std::io::ErrorKind::StorageFull);
            return Err(WriteError::Io { path: dir.to_owned(), source });
        }
        fs::write(dir.join("summary.json"), "whole").map_err(|source| WriteError::Io { path: dir.to_owned(), source })
    };
    let FolderError::Kept { kept, .. } = write_whole(own(&crowded.join("here"), Study::RUN), &fill).unwrap_err() else {
        panic!("the results are lost");
    };
    assert_eq!(fs::read_to_string(kept.join("summary.json")).unwrap(), "whole");
    assert!(names(&crowded).is_empty(), "{:?}", names(&crowded));
    fs::remove_dir_all(kept).unwrap();
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_stay() {
    use std::os::unix::fs::symlink;
    let place = tempfile::tempdir().unwrap();
    let (target, link) = (place.path().join("target"), place.path().join("link"));
    fs::create_dir(&target).unwrap();
    symlink("target", &link).unwrap();
    write(&link, &synthetic::results(2), SCENARIO).unwrap();
    assert!(link.is_symlink() && Results::read(&target).is_ok());
    // Also a link in place of a file, to another device where there is one.
    let elsewhere = Some(Path::new("/dev/shm")).filter(|shared| shared.is_dir());
    let elsewhere = tempfile::tempdir_in(elsewhere.unwrap_or(place.path())).unwrap();
    for name in ["measures.csv", "summary.json"] {
        fs::rename(target.join(name), place.path().join("aside")).unwrap();
        fs::copy(place.path().join("aside"), elsewhere.path().join(name)).unwrap();
        symlink(elsewhere.path().join(name), target.join(name)).unwrap();
    }
    write(&link, &synthetic::results(3), SCENARIO).unwrap();
    assert!(target.join("summary.json").is_symlink() && target.join("measures.csv").is_symlink());
    assert_eq!(Results::read(&target).unwrap().records.len(), 3);
    symlink("nowhere", place.path().join("dangling")).unwrap();
    let error = write(&place.path().join("dangling"), &synthetic::results(2), SCENARIO).unwrap_err();
    assert!(error.to_string().contains("link to a folder that is not there"), "{error}");
}

#[test]
fn a_list_that_leads_out_of_the_folder_removes_nothing_there() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("here");
    write(&dir, &synthetic::results(2), SCENARIO).unwrap();
    fs::write(place.path().join("thesis"), "years of work").unwrap();
    let list = fs::read_to_string(dir.join("files.txt")).unwrap();
    let evil = format!("{list}../thesis\n{}\n", place.path().join("thesis").display());
    fs::write(dir.join("files.txt"), evil).unwrap();
    write(&dir, &synthetic::results(2), SCENARIO).unwrap();
    assert!(place.path().join("thesis").is_file());
}
