//! `midcor chart`: the pictures of results, drawn again.

use std::fs;
use std::path::Path;

use crate::cli::args::ChartArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::report::chart::draw_all;
use crate::results::Results;

pub(super) fn chart(args: &ChartArgs, console: &mut Console) -> Result<(), Failure> {
    args.results.iter().try_for_each(|folder| draw(folder, console))
}

fn draw(folder: &Path, console: &mut Console) -> Result<(), Failure> {
    let results = Results::read(folder).map_err(|error| {
        let others = "charts are drawn again for results of run, merge and validate";
        Failure::Wrong(if folder.join("summary.json").exists() {
            error.to_string()
        } else {
            format!("{error}; {others}")
        })
    })?;
    let charts = folder.join("charts");
    fs::create_dir_all(&charts).map_err(Failure::files(format!("cannot make the folder {}", charts.display())))?;
    draw_all(&results.summary(), &charts).map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(writeln!(console.out(), "{}", charts.display())?)
}
