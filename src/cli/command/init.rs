//! `midcor init`: the embedded scenarios and observed figures as files to change.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::not_written;
use crate::report::Place;
use crate::scenario::embedded;
use crate::validation::observations;

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder; nothing that is there is overwritten
    dir: PathBuf,
}

pub(super) fn init(args: &InitArgs, console: &mut Console) -> Result<(), Failure> {
    let there: Vec<String> = files()
        .map(|(path, _)| args.dir.join(path))
        .filter(|path| path.exists())
        .map(|path| path.display().to_string())
        .collect();
    if !there.is_empty() {
        return Err(Failure::Wrong(format!("nothing is overwritten, and there is already {}", there.join(", "))));
    }
    let names: Vec<&Path> = files().map(|(path, _)| Path::new(path)).collect();
    let cancel = cancel_files_on_ctrl_c();
    let place = Place::extend(&args.dir, &names).map_err(not_written)?;
    files().try_for_each(|(path, text)| copy(place.fresh(), path, text))?;
    if cancel.is_requested() {
        return Err(Failure::Stopped);
    }
    place.add().map_err(not_written)?;
    names.iter().try_for_each(|path| Ok(writeln!(console.out(), "{}", args.dir.join(path).display())?))
}

/// Paths and texts of what people change: all but the textbook cases.
fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let scenarios = embedded().iter().filter(|file| !file.is_textbook()).map(|file| (file.path, file.text));
    scenarios.chain(observations().iter().map(|file| (file.path, file.text)))
}

fn copy(dir: &Path, path: &str, text: &str) -> Result<(), Failure> {
    let path = dir.join(path);
    let what = format!("cannot write {}", path.display());
    let folder = path.parent().unwrap_or(dir);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
    written.map_err(Failure::files(what))
}
