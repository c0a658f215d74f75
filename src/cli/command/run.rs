//! `midcor run`: simulate, print the summary, write results.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::{OutputArgs, RowArgs, ScenarioArgs, SimulationArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::one_year::OneYear;
use crate::cli::reading::{ready, tell_changes};
use crate::cli::shipments::shipments;
use crate::cli::simulation::{drawing, lab, seed};
use crate::cli::trace::trace;
use crate::questions::Run;

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    rows: RowArgs,
    /// Print the table of a named period, year or month (winter, 2027) instead of the whole horizon
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Simulate this replication alone and write its events (with --trace) or its shipments (with --shipments)
    #[arg(long, value_name = "N", requires = "logged", conflicts_with_all = ["replications", "precision"])]
    replication: Option<u32>,
    /// Write the events of one replication, with shipment, train and vessel, and the time that is booked with its cause, to a
    /// file (.csv or .parquet; `-`: standard output)
    #[arg(long, value_name = "FILE", requires = "replication", group = "logged")]
    trace: Option<PathBuf>,
    /// Write each shipment of one replication, when it came and ended, its route, its time by cause and its charge, to a file
    /// (.csv or .parquet)
    #[arg(long, value_name = "FILE", requires = "replication", group = "logged")]
    shipments: Option<PathBuf>,
}

pub(super) fn run(args: &RunArgs, console: &mut Console) -> Result<(), Failure> {
    let scenario = ready(&args.scenario, args.rows.detail(), console)?;
    if let Some(replication) = args.replication {
        let seed = seed(&args.simulation, &scenario.contents().run);
        let year = OneYear { scenario: &scenario, seed, replication };
        args.trace.iter().try_for_each(|file| trace(year, file, console))?;
        return args.shipments.iter().try_for_each(|file| shipments(year, file, console));
    }
    let question = Run::of(&scenario).during(args.period.as_deref()).map_err(|error| wrong(error, console))?;
    tell_changes(&scenario, console);
    let lab = lab(&args.simulation, &scenario.contents().run, drawing(&args.simulation))?;
    let request =
        Request { scenario: &scenario, has_settings: args.scenario.has_settings(), output: &args.output, lab };
    ask(&question, &request, console)
}
