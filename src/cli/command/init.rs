//! `midcor init`: the embedded scenarios and observed figures as files to change, or parameters as a workbook.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

#[cfg(feature = "xlsx")]
use crate::cli::args::ScenarioArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::not_written;
#[cfg(feature = "xlsx")]
use crate::cli::reading::read_checked;
#[cfg(feature = "xlsx")]
use crate::cli::single_file::write_file;
#[cfg(feature = "xlsx")]
use crate::exchange::parameters::workbook;
use crate::report::Place;
use crate::scenario::embedded;
use crate::validation::observations;

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder, where nothing that is there is overwritten; with --xlsx the scenario
    #[arg(value_name = "DIR|SCENARIO")]
    what: PathBuf,
    /// Write the parameters of a scenario into this workbook, to be edited and given to `midcor import`
    #[cfg(feature = "xlsx")]
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Write over a workbook that stands there
    #[cfg(feature = "xlsx")]
    #[arg(long, requires = "xlsx")]
    replace: bool,
}

pub(super) fn init(args: &InitArgs, console: &mut Console) -> Result<(), Failure> {
    #[cfg(feature = "xlsx")]
    if let Some(file) = &args.xlsx {
        return parameters(&args.what.to_string_lossy(), file, args.replace, console);
    }
    scenarios(&args.what, console)
}

/// Writes the parameters of a scenario into a workbook.
#[cfg(feature = "xlsx")]
fn parameters(scenario: &str, file: &Path, replace: bool, console: &mut Console) -> Result<(), Failure> {
    let (reading, _) = read_checked(&ScenarioArgs::named(scenario, &[]), console)?;
    let bytes = workbook(&reading, scenario).map_err(|error| Failure::Failed(error.to_string()))?;
    write_file(file, &bytes, replace)?;
    Ok(writeln!(console.out(), "{}", file.display())?)
}

fn scenarios(dir: &Path, console: &mut Console) -> Result<(), Failure> {
    let there: Vec<String> = files()
        .map(|(path, _)| dir.join(path))
        .filter(|path| path.exists())
        .map(|path| path.display().to_string())
        .collect();
    if !there.is_empty() {
        return Err(Failure::Wrong(format!("nothing is overwritten, and there is already {}", there.join(", "))));
    }
    let names: Vec<&Path> = files().map(|(path, _)| Path::new(path)).collect();
    let cancel = cancel_files_on_ctrl_c();
    let place = Place::extend(dir, &names).map_err(not_written)?;
    files().try_for_each(|(path, text)| copy(place.fresh(), path, text))?;
    if cancel.is_requested() {
        return Err(Failure::Stopped);
    }
    place.add().map_err(not_written)?;
    names.iter().try_for_each(|path| Ok(writeln!(console.out(), "{}", dir.join(path).display())?))
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
