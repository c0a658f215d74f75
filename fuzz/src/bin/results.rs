#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use tempfile::TempDir;

/// A place for a trial, and beside it the folder that is whole.
static PLACE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let place = tempfile::tempdir().expect("there is a temporary folder");
    let whole = place.path().join("whole");
    midcor_fuzz::write_whole(&whole);
    if let Some(corpus) = std::env::var_os("MIDCOR_SEEDS") {
        midcor_fuzz::write_seeds(&whole, corpus.as_ref());
    }
    (place, whole)
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| midcor_fuzz::results(bytes, &PLACE.1, PLACE.0.path()));
