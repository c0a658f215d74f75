//! What can be asked of the program.

mod routes;
mod shared;
mod studies;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::numbers::{interest, seed};
use super::what_if::WhatIf;
use crate::scenario::Setting;

pub(super) use routes::RoutesArgs;
pub(super) use shared::{Drawing, Format, LabArgs, OutputArgs, RowArgs, ScenarioArgs, SimulationArgs};
pub(super) use studies::{BottlenecksArgs, CapacityArgs, Stops, StressArgs, StudyArgs, SweepArgs};

/// Simulates freight on a corridor: how much it carries, how long it takes, how sure that is
#[derive(Debug, Parser)]
#[command(name = "midcor", version, arg_required_else_help = true, after_help = STATUS)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Say nothing on standard error but warnings and errors
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

const STATUS: &str = "Exit status: 0 done, 1 the run failed or was stopped, 2 the call or the scenario is wrong.
Results go to standard output, all else to standard error.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Simulate; print the summary; write results
    Run(RunArgs),
    /// Compare what-ifs with a base: the same worlds, paired differences
    Compare(CompareArgs),
    /// Read, resolve and check a scenario; loads by arithmetic; assumptions, weakest first
    Check(CheckArgs),
    /// The resolved scenario, or a value and where it was set
    Show(ShowArgs),
    /// What there is: scenarios, or the things of a scenario
    List(ListArgs),
    /// Draw the charts of results again
    #[cfg(all(feature = "charts", feature = "parquet"))]
    Chart(ChartArgs),
    /// Put results of replication ranges together
    #[cfg(feature = "parquet")]
    Merge(MergeArgs),
    /// Simulate; put observed figures beside the simulated ones
    Validate(ValidateArgs),
    /// Simulate; use, waiting and the worth of one more of each capacity, ranked by tonnes and by days
    Bottlenecks(BottlenecksArgs),
    /// Find the largest traffic with no growing backlog and the services kept; what binds; the cheapest relief
    Capacity(CapacityArgs),
    /// Ranked routes between two places with their days, charges and emissions; no simulation
    Routes(RoutesArgs),
    /// Vary one or two parameters; every point meets the same shipments and storms
    Sweep(SweepArgs),
    /// The same years with and without a closure: what it delays, costs and turns away
    Stress(StressArgs),
    /// Solve textbook cases: theory, simulation, verdict
    Verify(VerifyArgs),
    /// Copy the scenarios that come with the program into a folder
    Init(InitArgs),
    /// Print what a table or key of scenario files, a measure or a term means
    Reference(ReferenceArgs),
    /// Print the JSON Schema of scenario files
    Schema,
    /// Print completions for a shell
    Completions(CompletionsArgs),
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    #[command(flatten)]
    pub(super) rows: RowArgs,
    /// Print the table of a named period, year or month (winter, 2027) instead of the whole horizon
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
    /// Simulate this replication alone and write its events (with --trace)
    #[arg(long, value_name = "N", requires = "trace", conflicts_with_all = ["replications", "precision"])]
    pub(super) replication: Option<u32>,
    /// Write the events of one replication to a CSV file (`-`: standard output)
    #[arg(long, value_name = "FILE", requires = "replication")]
    pub(super) trace: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = COMPARE)]
pub(super) struct CompareArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// Scenarios to compare with it; `what-if/*` are all that come with the program
    #[arg(value_name = "WHAT-IF")]
    pub(super) others: Vec<String>,
    /// A change of the base with a name: "NAME: PATH += 2; PATH = VALUE" (repeatable)
    #[arg(long, value_name = "NAME: CHANGES", value_parser = WhatIf::parse)]
    pub(super) what_if: Vec<WhatIf>,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    /// Also find the volumes that each what-if calls forth from flows with a `response` (inputs as written)
    #[arg(long)]
    pub(super) response: bool,
    /// Whether shippers keep the routes of the scenario or choose among those of its `[choice.ID]` by what each what-if
    /// makes of their times and charges (inputs as written); with `--response` volumes answer as well
    #[arg(long, value_enum, default_value_t)]
    pub(super) routes: Routing,
    /// Interest a year for the annual cost of measures with a price (those without a life are used for 25 years)
    #[arg(long, value_name = "SHARE", value_parser = interest, default_value = "6%")]
    pub(super) interest: f64,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    #[command(flatten)]
    pub(super) rows: RowArgs,
    /// Print the table of a named period or year (winter, 2027) instead of the whole horizon
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
}

/// Whether routes are free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Routing {
    /// As the scenario has them
    #[default]
    Given,
    /// Chosen by times and charges
    Free,
}

#[derive(Debug, Args)]
#[command(after_help = VALIDATE)]
pub(super) struct ValidateArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// Observed figures or shares of routes: a CSV file, or the name of one that comes with the program: corridor, routes
    #[arg(long, value_name = "FILE")]
    pub(super) against: String,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    #[command(flatten)]
    pub(super) rows: RowArgs,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Only cases with one of these words in id or title, such as QUE-01 [default: all]
    #[arg(value_name = "CASE")]
    pub(super) cases: Vec<String>,
    /// Ten times the simulated years, and intervals that must be narrow too
    #[arg(long)]
    pub(super) long: bool,
    /// Another seed than the registered ones; a case that fails is repeated with the next
    #[arg(long, value_name = "N", value_parser = seed)]
    pub(super) seed: Option<u64>,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: PlainFormat,
}

/// Forms of results that are no table of measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PlainFormat {
    /// For people
    #[default]
    Table,
    /// For programs, with all digits
    Json,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// All loads and all assumptions, however small or well known
    #[arg(long)]
    pub(super) all: bool,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// A parameter path, such as node.aktau.facility.crane.servers
    pub(super) path: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// What to list
    #[arg(value_enum)]
    pub(super) what: Listed,
    /// Only what has this word in it
    pub(super) word: Option<String>,
    /// The scenario whose things are listed
    #[arg(long, default_value = "baseline-2024")]
    pub(super) scenario: String,
    /// Change a value: PATH=VALUE, PATH+=2, PATH*=1.4 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse)]
    pub(super) set: Vec<Setting>,
}

/// Things that can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    /// Scenarios that come with the program
    Scenarios,
    /// Demand
    Flows,
    /// Vessels
    Fleets,
    /// The route or routes of each flow; of those refused, why each next link does not lead on
    Routes,
    /// Stretches over which time is reported
    Sections,
    /// Parameter paths with their values
    Parameters,
    /// What results measure
    Measures,
}

#[cfg(all(feature = "charts", feature = "parquet"))]
#[derive(Debug, Args)]
pub(super) struct ChartArgs {
    /// Folders with results
    #[arg(required = true)]
    pub(super) results: Vec<PathBuf>,
}

#[cfg(feature = "parquet")]
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// Folders with results of ranges of replications
    #[arg(required = true)]
    pub(super) shards: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// Print the table of a named period, year or month (winter, 2027) instead of the whole horizon
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder; nothing that is there is overwritten
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ReferenceArgs {
    /// A table, key or path of scenario files, a family of random values, a measure, a cause of time or a term: fleet, vessels,
    /// fleet.feeder.vessels, lognormal, throughput, wait-vessel, horizon; all tables without
    pub(super) word: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

const COMPARE: &str = "\
What-ifs are scenarios (overlays of the base, such as those under what-if/) or changes of the base in the call:

  midcor compare baseline-2024 what-if/joint-venture what-if/azerbaijani-ships
  midcor compare baseline-2024 'what-if/*'
  midcor compare baseline-2024 --what-if 'two feeders: fleet.aktau-alat-feeder.vessels += 2'
  midcor compare baseline-2024 --what-if 'both: fleet.aktau-alat-feeder.vessels += 2; flow.*.volume *= 1.2'

All meet the same shipments, storms and draws of the inputs. What comes from changing a residual delay is told apart as
assumed. The folder holds the results of each scenario, comparison.json, comparison.csv,
gains.csv (who gains), with free routes routes.csv and shippers.csv, and charts. Ctrl-C keeps the
scenarios that are finished.";

const VALIDATE: &str = "\
A file of figures has one row of the results a row: scenario, measure, subject, period, value, unit, low, high, class,
source, grade, note (needed: measure, subject, value, unit, class). A file of shares of routes has the column choice:

  choice,alternative,of,period,value,low,high,unit,usd,days,class,kind,source,grade,note
  china-europe,northern-rail,,2025,15,13,17,%,2750,17,tested,count,\"Who, when\",B,

alternative: a flow, FLOW.ROUTE or an outside route of the choice, several with +. of: those among which a share is, if not
all. period: 2025, 2025-H1, 2025-Q2 or 2025-05. unit: %, an amount such as TEU/yr, or a change such as \"% on 2024\".
usd, days: charge a unit and days of the alternative in the period; with a sign, how much more than in the base. class:
input, tuned (met by constants, which are printed) or tested (predicted). docs/routes.md says how.

  midcor validate baseline-2024 --against corridor
  midcor validate routes-2024 --against routes --replications 20";
