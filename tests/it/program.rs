//! The program as its users call it: in a folder of its own, without colours.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::assert::{Assert, OutputAssertExt as _};
use tempfile::TempDir;

/// A place to work in, with a file.
pub(crate) fn place_with(name: &str, text: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(name), text).unwrap();
    place
}

/// What became of a call.
pub(crate) fn called(place: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midcor"));
    command.current_dir(place).env("NO_COLOR", "1").stdin(Stdio::null()).args(args).output().unwrap()
}

/// What a call prints that does what it is asked.
pub(crate) fn printed(place: &Path, args: &[&str]) -> String {
    let output = called(place, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A call that is looked into, its arguments parted by blanks.
pub(crate) fn midcor(place: &Path, args: &str) -> Assert {
    called(place, &args.split_whitespace().collect::<Vec<_>>()).assert()
}

pub(crate) fn out(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

pub(crate) fn err(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}
