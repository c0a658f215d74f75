//! `midcor stress`: the same years with and without a closure.

use clap::{Args, ValueEnum};
use jiff::civil::DateTime;

use crate::analysis::stress::Closing;
use crate::cli::args::{LabArgs, OutputArgs, ScenarioArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::completing;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::numbers::{Replications, interest, length, moment};
use crate::cli::reading::ready;
use crate::cli::simulation::lab_over;
use crate::cli::what_if::WhatIfArgs;
use crate::questions::{Stress, StressTerms};
use crate::results::Detail;
use crate::study::Years;
use crate::units::Duration;

#[derive(Debug, Args)]
#[command(after_help = STRESS)]
pub(super) struct StressArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    what_ifs: WhatIfArgs,
    /// Interest a year for the annual cost of what-ifs with a price
    #[arg(long, value_name = "SHARE", value_parser = interest, default_value = "6%")]
    interest: f64,
    /// What is shut: node.N, link.L, fleet.F or node.N.facility.F (repeatable)
    #[arg(long, value_name = "PATH", required = true, add = completing::paths())]
    close: Vec<String>,
    /// When the closure begins: 2024-11-01 or 2024-11-01T06:00 (UTC); with --each-month its day in each month
    #[arg(long, value_name = "DATE", value_parser = moment, required_unless_present = "each_month")]
    from: Option<DateTime>,
    /// How long it lasts, such as 14d or 36h
    #[arg(long = "for", value_name = "TIME", value_parser = length)]
    length: Duration,
    /// What does not start: sailings, berthing, handling, trains (repeatable) [default: all]
    #[arg(long, value_enum, value_name = "WHAT")]
    stops: Vec<Stops>,
    /// Put the closure into each month of the horizon, on the first or on the day of --from
    #[arg(long)]
    each_month: bool,
    /// How long the clock runs on after the last closure at least: the drain is lengthened to it
    #[arg(long, value_name = "TIME", value_parser = length, default_value = "300 d")]
    follow: Duration,
    /// Number of simulated years, or a range of their numbers: 100, 0..50 (counted from 0, the end excluded)
    #[arg(long, value_name = "N|A..B")]
    replications: Option<Replications>,
    #[command(flatten)]
    lab: LabArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const STRESS: &str = "\
Every simulated year is carried out twice, with and without the closure, with the same shipments and storms; what is \
told is their difference, of counted traffic; with what-ifs, also by how much it is other there, in the same years:

  midcor stress baseline-2024 --close node.aktau --from 2024-11-01 --for 14d
  midcor stress baseline-2024 --close node.aktau --close node.kuryk \\
    --stops sailings --for 5d --each-month
  midcor stress baseline-2024 --close node.aktau --from 2024-11-01 --for 14d \\
    --what-if 'two feeders: fleet.aktau-alat-feeder.vessels += 2'

Late: the area between the curves of what is delivered without and with the closure, in tonne-days and TEU-days, until \
the clock ends; refused and lost cargo is told apart. The backlog is the gap between the two curves; it counts as gone \
once it is, past its peak, at most 5 % of the peak or 10 % of a mean day's traffic. The folder holds stress.csv, \
stress.json, years.csv (each year), backlog.csv (each day) and charts: the backlog over time, or with --each-month a heat \
map. Ctrl-C keeps the finished years.";

/// What a closure stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stops {
    /// Everything below
    All,
    /// Vessels setting sail
    Sailings,
    /// Vessels going alongside
    Berthing,
    /// Services of facilities
    Handling,
    /// Trains setting out
    Trains,
}

pub(super) fn stress(args: &StressArgs, console: &mut Console) -> Result<(), Failure> {
    // What is told is counted shipment by shipment: the fewest rows will do.
    let scenario = ready(&args.scenario, Some(Detail::Together), console)?;
    let what_ifs = args.what_ifs.scenarios(&args.scenario, Some(Detail::Together), console)?;
    let question = Stress::of(&scenario, &terms(args)).and_then(|stress| stress.and_in(what_ifs, args.interest));
    let question = question.map_err(|error| wrong(error, console))?;
    let run = &scenario.contents().run;
    let replications = args.replications.as_ref().map_or(0..u64::from(run.replications), |range| range.0.clone());
    let lab = lab_over(Years::Fixed(replications), &args.lab, run);
    let has_settings = args.scenario.has_settings();
    ask(&question, &Request { scenario: question.scenario(), has_settings, output: &args.output, lab }, console)
}

fn terms(args: &StressArgs) -> StressTerms {
    let words = args.stops.iter().filter_map(ValueEnum::to_possible_value);
    let stops = if args.stops.contains(&Stops::All) {
        Vec::new()
    } else {
        words.map(|value| value.get_name().to_owned()).collect()
    };
    let closing = Closing { of: args.close.clone(), stops, length: args.length };
    StressTerms { closing, from: args.from, each_month: args.each_month, follow: args.follow }
}
