//! Results on standard output and in their folder.

use std::path::{Path, PathBuf};

use super::args::Format;
use super::console::Console;
use super::exit::Failure;
use super::period::named_period;
use crate::report::{FolderError, prepare, write_csv, write_folder, write_json, write_table};
use crate::results::Results;

/// The folder for results, looked at before anything long begins.
pub(super) fn folder_of(out: Option<&PathBuf>, name: &str) -> Result<PathBuf, Failure> {
    let folder = out.cloned().unwrap_or_else(|| Path::new("results").join(name));
    match prepare(&folder) {
        Ok(()) => Ok(folder),
        Err(error @ FolderError::NotOurs { .. }) => Err(Failure::Wrong(error.to_string())),
        Err(error) => Err(Failure::Failed(error.to_string())),
    }
}

/// Prints the summary in the form that was asked for (the table of a period) and writes the folder.
pub(super) fn put_out(
    console: &mut Console,
    (format, period): (Format, Option<&String>),
    (folder, scenario): (&Path, &str),
    results: &Results,
) -> Result<(), Failure> {
    let period = named_period(period, &results.frame, |_| true)?;
    // The folder first: a reader of standard output who has read enough does not cost the results.
    let summary = results.summary();
    write_folder(folder, (results, &summary), scenario).map_err(|error| Failure::Failed(error.to_string()))?;
    console.say(format_args!("results are in {}", folder.display()));
    let out = console.out();
    match format {
        Format::Table => write_table(&summary, period, out)?,
        Format::Json => write_json(&summary, out)?,
        Format::Csv => write_csv(&summary, out)?,
    }
    Ok(console.flush()?)
}
