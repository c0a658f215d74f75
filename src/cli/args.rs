//! What can be asked of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::numbers::{Replications, precision};
use crate::scenario::Setting;

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
    /// Solve textbook cases: theory, simulation, verdict
    Verify(VerifyArgs),
    /// Copy the scenarios that come with the program into a folder
    Init(InitArgs),
    /// Print the JSON Schema of scenario files
    Schema,
    /// Print completions for a shell
    Completions(CompletionsArgs),
}

/// Which scenario.
#[derive(Debug, Args)]
pub(super) struct ScenarioArgs {
    /// A scenario file, or the name of a scenario that comes with the program
    pub(super) scenario: String,
    /// Change a value: PATH=VALUE, PATH+=2, PATH*=1.4 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse)]
    pub(super) set: Vec<Setting>,
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// Simulate this replication alone and write its events (with --trace)
    #[arg(long, value_name = "N", requires = "trace", conflicts_with_all = ["replications", "precision"])]
    pub(super) replication: Option<u32>,
    /// Write the events of one replication to a CSV file (`-`: standard output)
    #[arg(long, value_name = "FILE", requires = "replication")]
    pub(super) trace: Option<PathBuf>,
}

/// How to simulate.
#[derive(Debug, Args)]
pub(super) struct SimulationArgs {
    /// Number of simulated years, or a range of their numbers: 100, 0..50 (counted from 0, the end excluded)
    #[arg(long, value_name = "N|A..B", conflicts_with = "precision")]
    pub(super) replications: Option<Replications>,
    /// Simulate until section times and corridor throughput are known this well, such as 1%
    #[arg(long, value_name = "SHARE", value_parser = precision)]
    pub(super) precision: Option<f64>,
    /// Master seed
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
}

/// Where results go.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Folder for results [default: results/SCENARIO]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// Forms of results on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs, with all digits
    Json,
    /// One row a measure
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct ValidateArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// Observed figures: a CSV file, or the name of a file that comes with the program, such as corridor
    #[arg(long, value_name = "FILE")]
    pub(super) against: String,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// How to simulate something many times over.
#[derive(Debug, Args)]
pub(super) struct StudyArgs {
    /// Number of simulated years of each variant, or a range of their numbers [default: the scenario's, at most 20]
    #[arg(long, value_name = "N|A..B")]
    pub(super) replications: Option<Replications>,
    /// Master seed
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
}

#[derive(Debug, Args)]
#[command(after_help = BOTTLENECKS)]
pub(super) struct BottlenecksArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// Try at most this many capacities, those waited for longest
    #[arg(long, value_name = "N")]
    pub(super) top: Option<usize>,
    /// Ask for the worth of a change besides that of the capacities: PATH=VALUE, PATH+=2, PATH*=1.05 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse)]
    pub(super) also: Vec<Setting>,
    #[command(flatten)]
    pub(super) study: StudyArgs,
    /// Folder for results [default: results/SCENARIO-bottlenecks]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

const BOTTLENECKS: &str = "\
One more is: a server, a berth, a vessel, a path a day, a place on a line; of a pool's things and of a storage's space 5 %,
at least one. Tried are capacities before which more than 0.5 % of the mean transit time is waited, and those of which
more than a half is used. Each is simulated with the same draws as the scenario as it is, and differences are paired
year by year. Waiting for vessels at a port is shared among the fleets that carry the cargo, by deck; waiting for
berths by the vessels that wait. A step whose gain cannot be told from noise has no rank, and what cannot be told
apart shares one.

Consistent is the verdict where three of five measures name one capacity: highest use, longest waiting, most that is
stopped before it (vessels before berths, trains before yards), most tonnes and most hours from one more. The method
of the longest active period is not offered.

Ctrl-C: steps that were finished are kept, the others are reported as not tried.";

#[derive(Debug, Args)]
#[command(after_help = CAPACITY)]
pub(super) struct CapacityArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// A service to be kept, such as "section.altynkol-poti P95 <= 20 d" (repeatable)
    #[arg(long, value_name = "FIGURE <= BOUND")]
    pub(super) service: Vec<String>,
    /// Weights by which flows grow, in a TOML file [default: all counted flows alike]
    #[arg(long, value_name = "FILE")]
    pub(super) mix: Option<PathBuf>,
    /// How near the growth factor is found
    #[arg(long, value_name = "SHARE", value_parser = precision, default_value = "1%")]
    pub(super) tolerance: f64,
    /// Measures with a price, in a TOML file: the cheapest that lifts what binds is taken, again and again
    #[arg(long, value_name = "FILE")]
    pub(super) relieve: Option<PathBuf>,
    /// Relieve no further than to this traffic carried, such as "6 Mt/yr"
    #[arg(long, value_name = "TONNES", requires = "relieve")]
    pub(super) target: Option<String>,
    #[command(flatten)]
    pub(super) study: StudyArgs,
    /// Folder for results [default: results/SCENARIO-capacity]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

const CAPACITY: &str = "\
A traffic holds if no backlog of a flow or a cargo grows, nothing more is turned away than in the scenario as it is, and
every service is kept. A backlog grows if it does so by more days of its own traffic than an overload by the tolerance
would leave (3.65 d for 1 % of a year), and its interval, widened so that those of all flows or cargoes hold together,
lies above 0; where the warm-up is shorter than twice the time of the way without waiting, that much is allowed
besides. A service is kept if the figure keeps its bound; where its interval holds the bound, this is said. The largest
growth factor that holds is found by bisection with the same draws for every traffic, and simulated again in fresh
numbers, which are the ones to quote.

--mix FILE: weights by flow and by cargo; with a growth factor of 1.2 a flow of weight 2 grows by 40 %, what is not named
stays:
  [cargo]
  containers = 1
  [flow]
  kz-grain-az = 2.5

--relieve FILE: measures with a price; cost a year is the investment over its life, and the running cost:
  [measure.feeders]
  title = \"Two more feeders\"
  set = [\"fleet.aktau-alat-feeder.vessels += 2\"]      # or overlay = \"feeders.toml\" with its own [measure]
  capex = \"60 MUSD\"
  opex = \"8 MUSD/yr\"
  life = \"25 yr\"
  requires = [\"dredging\"]                             # and excludes, ready, who

Ctrl-C: traffics and stairs that were finished are kept; a search that was stopped gives the two sides that it knows.";

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Only cases with one of these words in id or title, such as QUE-01 [default: all]
    #[arg(value_name = "CASE")]
    pub(super) cases: Vec<String>,
    /// Ten times the simulated years, and intervals that must be narrow too
    #[arg(long)]
    pub(super) long: bool,
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
    /// Stretches over which time is reported
    Sections,
    /// Parameter paths with their values
    Parameters,
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
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder; nothing that is there is overwritten
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}
