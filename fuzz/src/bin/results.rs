#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use tempfile::TempDir;

/// A place for a trial, and beside it the folder that is whole.
static PLACE: LazyLock<(TempDir, PathBuf, PathBuf)> = LazyLock::new(|| {
    let place = tempfile::tempdir().expect("there is a temporary folder");
    let (whole, damaged) = (place.path().join("whole"), place.path().join("damaged"));
    midcor_fuzz::write_whole(&whole);
    std::fs::create_dir(&damaged).expect("the temporary folder can be written");
    (place, whole, damaged)
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| midcor_fuzz::results(bytes, &PLACE.1, &PLACE.2));
