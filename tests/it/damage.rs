//! Results that are not as they were written: noticed by every command that reads them, whatever was done to them.
#![cfg(feature = "parquet")]

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::fuzz::mutation::Dice;
use crate::program::{err, midcor, out};

/// Results of four simulated years in `whole`, and what `merge` prints of them.
fn place() -> (TempDir, String) {
    let place = tempfile::tempdir().unwrap();
    fs::copy("scenarios/smallest.toml", place.path().join("one.toml")).unwrap();
    midcor(place.path(), "run one.toml --replications 0..4 --out whole --quiet").code(0);
    let printed = out(&midcor(place.path(), "merge whole --out merged --format csv").code(0));
    (place, printed)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    for path in files(from) {
        let place = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(path, place).unwrap();
    }
}

/// Flips of single bits, some in every file. What is only for people (pictures) is drawn again by `chart`; all else is refused.
#[test]
fn no_flipped_bit_gives_other_figures() {
    let (place, whole) = place();
    let damaged = place.path().join("damaged");
    for (number, path) in files(&place.path().join("whole")).iter().enumerate() {
        let mut dice = Dice::new(number as u64);
        let name = path.strip_prefix(place.path().join("whole")).unwrap();
        for _ in 0..if name.parent() == Some(Path::new("")) { 5 } else { 1 } {
            copy(&place.path().join("whole"), &damaged);
            let mut bytes = fs::read(path).unwrap();
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
            fs::write(damaged.join(name), bytes).unwrap();
            let is_guarded = name.parent() == Some(Path::new("")) && name != "files.txt";
            for call in ["merge damaged --out merged --format csv", "chart damaged"] {
                let ended = midcor(place.path(), call);
                let said = err(&ended);
                match ended.get_output().status.code() {
                    Some(2) => assert!(said.contains("damaged") || said.contains("files.txt"), "{said}"),
                    Some(0) if call.starts_with("merge") => {
                        assert!(!is_guarded && out(&ended) == whole, "{name:?} {at}");
                    }
                    Some(0) => assert!(!is_guarded, "{name:?} {at}"),
                    other => panic!("{name:?} {at}: {other:?} {said}"),
                }
            }
        }
    }
}

#[test]
fn a_folder_without_summary_is_told_incomplete_and_what_to_do() {
    let (place, _) = place();
    fs::remove_file(place.path().join("whole/summary.json")).unwrap();
    for call in ["merge whole --out again", "chart whole"] {
        let said = err(&midcor(place.path(), call).code(2));
        assert!(said.contains("whole is incomplete") && said.contains("simulate again"), "{said}");
    }
    // So it is done: the place takes the run again.
    midcor(place.path(), "run one.toml --replications 2 --out whole").code(0);
    midcor(place.path(), "chart whole").code(0);
}

#[test]
fn merge_names_every_gap() {
    let (place, _) = place();
    for range in ["6..8", "11..12", "3..5"] {
        midcor(place.path(), &format!("run one.toml --replications {range} --out r{range} --quiet")).code(0);
    }
    let said = err(&midcor(place.path(), "merge r11..12 whole r6..8 r3..5 --out all").code(2));
    assert!(said.contains("5 and 8 to 10 are missing; 3 is there more than once"), "{said}");
    assert!(!place.path().join("all").exists());
}

/// The digests are what a checksum program of the system says.
#[test]
fn digests_in_the_summary_are_those_of_the_files() {
    let (place, _) = place();
    let text = fs::read_to_string(place.path().join("whole/summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&text).unwrap();
    let listed: Vec<&String> = summary["files"].as_object().unwrap().keys().collect();
    assert_eq!(
        listed,
        [
            "bins.parquet",
            "datapackage.json",
            "histograms.parquet",
            "measures.csv",
            "measures.parquet",
            "network.geojson",
            "network.parquet",
            "periods.csv",
            "replications.parquet",
            "scenario.toml",
            "subjects.csv"
        ]
    );
    for name in listed {
        let file = fs::File::open(place.path().join("whole").join(name)).unwrap();
        assert_eq!(summary["files"][name], midcor::results::files::digest_of(file).unwrap(), "{name}");
    }
    assert_eq!(summary["scenario"]["hash"], summary["files"]["scenario.toml"]);
}
