//! `midcor export`: results as a workbook, or a scenario as tables or a map.

mod network;
#[cfg(all(feature = "xlsx", feature = "parquet"))]
mod results;

use std::path::PathBuf;

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;

#[derive(Debug, Args)]
#[command(after_help = EXPORT)]
pub(super) struct ExportArgs {
    /// Folders with results; with --network a scenario
    #[arg(required = true, value_name = "RESULTS|SCENARIO")]
    what: Vec<PathBuf>,
    /// Write a workbook of the results, with tables and charts, to this file
    #[cfg(all(feature = "xlsx", feature = "parquet"))]
    #[arg(long, value_name = "FILE", required_unless_present = "network", conflicts_with = "network")]
    xlsx: Option<PathBuf>,
    /// Write the scenario as tables that `midcor import` reads: a folder of CSV, a workbook (.xlsx), or its nodes and links as a
    /// map (.geojson)
    #[arg(long, value_name = "DIR|FILE")]
    network: Option<PathBuf>,
    /// Write over files that stand there
    #[arg(long)]
    replace: bool,
}

const EXPORT: &str = "\
  midcor export results/baseline-2024 --xlsx baseline-2024.xlsx
  midcor export results/baseline-2024-compare --xlsx what-ifs.xlsx
  midcor export baseline-2024 --network tables

The workbook of results has the answer, sections, traffic, days by cause, places, assumptions and how they were simulated; of
a comparison all its scenarios and their differences. The same results give the same file.";

pub(super) fn export(args: &ExportArgs, console: &mut Console) -> Result<(), Failure> {
    if let Some(place) = &args.network {
        return network::export(&args.what, place, args.replace, console);
    }
    #[cfg(all(feature = "xlsx", feature = "parquet"))]
    if let Some(file) = &args.xlsx {
        return results::export(&args.what, file, args.replace, console);
    }
    Err(Failure::Wrong("say what to write: --network DIR".to_owned()))
}
