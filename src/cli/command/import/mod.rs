//! `midcor import`: tables of a network as a scenario, or what was edited in a workbook of parameters as one that changes another.

mod network;
#[cfg(feature = "xlsx")]
mod parameters;
mod place;

use std::path::PathBuf;

use clap::Args;

use crate::cli::console::Console;
#[cfg(feature = "xlsx")]
use crate::cli::edits::book;
use crate::cli::exit::Failure;

#[derive(Debug, Args)]
#[command(after_help = IMPORT)]
pub(super) struct ImportArgs {
    /// Tables (CSV, or workbooks with a sheet each) and maps (`GeoJSON`) of a network, or folders of them; or one workbook of
    /// parameters
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The scenario file to write [default: of one file or folder its name with the ending .toml]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// One line for headings [default: the name of the file]
    #[arg(long)]
    title: Option<String>,
    /// Of a workbook of parameters: the scenario that they are of [default: the one that the workbook names]
    #[arg(long, value_name = "SCENARIO")]
    base: Option<String>,
    /// Write over a file that stands there
    #[arg(long)]
    replace: bool,
}

const IMPORT: &str = "\
A network of tables, each named as its kind of thing: nodes, links, facilities, cargoes, flows, sections …; the columns are
the keys of scenario files (`midcor reference flow`), perhaps with a unit:

  nodes.csv     id,name,country,lat,lon
  links.csv     from,to,mode,\"length, km\",\"speed, km/h\"
  cargoes.csv   id,unit,tonnes-per-unit
  flows.csv     cargo,from,to,\"volume, t/yr\",\"shipment, t\"

  midcor import nodes.csv links.csv cargoes.csv flows.csv --out corridor.toml
  midcor import corridor.xlsx
  midcor export corridor.toml --network tables

Parameters that were edited in a spreadsheet; a row that is as it was written changes nothing. `compare` takes the workbook \
itself, `import` makes a scenario file of it:

  midcor init --xlsx parameters.xlsx baseline-2024
  midcor compare baseline-2024 parameters.xlsx
  midcor import parameters.xlsx --out my-what-if.toml
  midcor compare baseline-2024 my-what-if.toml

What does not fit is told with line and column, or sheet and cell, all of it at once.";

pub(super) fn import(args: &ImportArgs, console: &mut Console) -> Result<(), Failure> {
    #[cfg(feature = "xlsx")]
    if let [file] = args.files.as_slice()
        && let Some(book) = book(file)?
    {
        return parameters::import(args, file, &book, console);
    }
    if args.base.is_some() {
        let why = "--base is for a workbook of parameters, as `midcor init --xlsx FILE SCENARIO` writes it";
        return Err(Failure::Wrong(why.to_owned()));
    }
    network::import(args, console)
}
