//! Inputs that a fuzzer found to break something, each once mended: they stay whole. The seeds are tried too.
#![cfg(feature = "parquet")]

#[path = "../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "a library of its own to the fuzzer")]
pub(crate) mod target;

use std::fs;
use std::path::Path;

/// Tries every input of a folder, which need not be there; says how many there were.
fn each_in(folder: &Path, act: impl Fn(&[u8])) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| act(&fs::read(entry.path()).unwrap())).count()
}

fn each(kind: &str, act: impl Fn(&[u8])) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    assert!(each_in(&fuzz.join("corpus").join(kind), &act) > 0, "there are no seeds of {kind}");
    each_in(&fuzz.join("found").join(kind), act);
}

#[test]
fn scenarios_that_broke_something() {
    each("scenario", target::scenario);
}

#[test]
fn overlays_that_broke_something() {
    each("overlay", target::overlay);
}

#[test]
fn settings_that_broke_something() {
    each("setting", target::setting);
}

#[test]
fn results_that_broke_something() {
    let place = tempfile::tempdir().unwrap();
    let (whole, damaged) = (place.path().join("whole"), place.path().join("damaged"));
    target::write_whole(&whole);
    fs::create_dir(&damaged).unwrap();
    each("results", |bytes| target::results(bytes, &whole, &damaged));
}
