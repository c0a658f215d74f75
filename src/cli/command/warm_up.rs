//! `midcor warm-up`: how long to simulate before the horizon.

use clap::Args;

use crate::cli::args::{LabArgs, OutputArgs, ScenarioArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::numbers::{Replications, length};
use crate::cli::reading::ready;
use crate::cli::simulation::lab_over_few;
use crate::questions::WarmUp;
use crate::results::Detail;
use crate::units::Duration;

#[derive(Debug, Args)]
#[command(after_help = WARM_UP)]
pub(super) struct WarmUpArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// How long to look from the empty start on, such as 500d [default: the warm-up and horizon of the scenario]
    #[arg(long, value_name = "TIME", value_parser = length)]
    over: Option<Duration>,
    /// Number of simulated years, or a range of their numbers [default: the scenario's, at most 20]
    #[arg(long, value_name = "N|A..B")]
    replications: Option<Replications>,
    #[command(flatten)]
    lab: LabArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const WARM_UP: &str = "\
The scenario is simulated from the moment at which its clock begins and nothing is under way, with nothing left out:

  midcor warm-up baseline-2024

Looked at are the cargo under way on each day, and the transit times and section times of what was made on each day, \
averaged over the simulated years. MSER-5 leaves out as many days at the start of each series as make the mean of the rest \
surest. The proposal is the longest of these times, and at least three times the 95th percentile of the transit times. A \
series that still changes in the second half of the run has none: then the run is too short (--over), or the scenario does \
not come to rest at all, as where a queue grows or a season moves everything.

The folder holds warm-up.csv (the series), days.csv (each day), warm-up.json, and a chart of each series.";

pub(super) fn warm_up(args: &WarmUpArgs, console: &mut Console) -> Result<(), Failure> {
    // What is told is counted shipment by shipment: the fewest rows will do.
    let scenario = ready(&args.scenario, Some(Detail::Together), console)?;
    let question = WarmUp::of(&scenario, args.over).map_err(|error| wrong(error, console))?;
    let lab = lab_over_few(args.replications.as_ref(), &args.lab, &scenario.contents().run);
    let has_settings = args.scenario.has_settings();
    ask(&question, &Request { scenario: question.scenario(), has_settings, output: &args.output, lab }, console)
}
