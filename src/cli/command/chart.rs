//! `midcor chart`: the pictures of results, drawn again.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::not_written;
use crate::report::redraw;
use crate::results::Results;

#[cfg(all(feature = "charts", feature = "parquet"))]
#[derive(Debug, Args)]
pub(super) struct ChartArgs {
    /// Folders with results
    #[arg(required = true)]
    results: Vec<PathBuf>,
}

pub(super) fn chart(args: &ChartArgs, console: &mut Console) -> Result<(), Failure> {
    args.results.iter().try_for_each(|folder| draw(folder, console))
}

fn draw(folder: &Path, console: &mut Console) -> Result<(), Failure> {
    let results = Results::read(folder).map_err(|error| Failure::Wrong(error.to_string()))?;
    let cancel = cancel_files_on_ctrl_c();
    if !redraw(folder, &results.summary(), || cancel.is_requested()).map_err(not_written)? {
        return Err(Failure::Stopped);
    }
    Ok(writeln!(console.out(), "{}", folder.join("charts").display())?)
}
