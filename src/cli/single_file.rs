//! One file that a command writes where the user says.

use std::io::{self, Write as _};
use std::path::Path;

use super::exit::Failure;
use crate::report::Aside;

/// Writes a file, whole or not at all. What stands at its place is left alone, unless it is to be replaced or is empty.
pub(super) fn write_file(path: &Path, bytes: &[u8], replace: bool) -> Result<(), Failure> {
    let what = || format!("cannot write {}", path.display());
    let is_ours = |file: &std::fs::File| replace || file.metadata().is_ok_and(|about| about.len() == 0);
    let mut out = Aside::begin(path, is_ours).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Wrong(format!("{}: another file stands there; --replace writes over it", what()))
        }
        _ => Failure::Files { what: what(), error },
    })?;
    out.write_all(bytes).and_then(|()| out.finish()).map_err(Failure::files(what()))
}
