//! What can be asked of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use jiff::civil::DateTime;

use super::numbers::{Extent, Replications, interest, length, moment, precision};
use super::what_if::WhatIf;
use crate::analysis::sweep::Vary;
use crate::scenario::{Loader, Setting};
use crate::units::Duration;

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
    /// Vary one or two parameters; every point meets the same shipments and storms
    Sweep(SweepArgs),
    /// The same years with and without a closure: what it delays, costs and turns away
    Stress(StressArgs),
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
#[derive(Clone, Debug, Args)]
pub(super) struct ScenarioArgs {
    /// A scenario file, or the name of a scenario that comes with the program
    pub(super) scenario: String,
    /// Change a value: PATH=VALUE, PATH+=2, PATH*=1.4 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse)]
    pub(super) set: Vec<Setting>,
    /// Let `include` and `extends` name files outside the folder of the scenario
    #[arg(long)]
    pub(super) anywhere: bool,
}

impl ScenarioArgs {
    /// What reads the scenario.
    pub(super) fn loader(&self) -> Loader {
        if self.anywhere { Loader::default().anywhere() } else { Loader::default() }
    }

    /// Another scenario with the same settings, read in the same way.
    pub(super) fn of(&self, scenario: &str) -> Self {
        Self { scenario: scenario.to_owned(), ..self.clone() }
    }

    /// The same scenario with more settings, applied after the others.
    pub(super) fn with(&self, more: &[Setting]) -> Self {
        Self { set: [self.set.as_slice(), more].concat(), ..self.clone() }
    }
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
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

/// How to simulate.
#[derive(Debug, Args)]
pub(super) struct SimulationArgs {
    /// Number of simulated years, or a range of their numbers: 100, 0..50 (counted from 0, the end excluded); with
    /// inputs drawn, draws and years in each: 200x5
    #[arg(long, value_name = "N|A..B|DxN", conflicts_with = "precision")]
    pub(super) replications: Option<Extent>,
    /// Whether inputs are as written, or drawn as far as they may be wrong [default: fixed; compare: drawn]
    #[arg(long, value_enum)]
    pub(super) inputs: Option<Drawing>,
    /// Simulate until section times and corridor throughput are known this well, such as 1% (of compare: their
    /// differences, as a share of the base)
    #[arg(long, value_name = "SHARE", value_parser = precision)]
    pub(super) precision: Option<f64>,
    /// Master seed
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
}

/// What is done with inputs that may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Drawing {
    /// As written
    Fixed,
    /// Each draw multiplies every input by a factor: sd 3 % for grade A, 10 % for B, 30 % for C, or within its range
    Drawn,
}

const COMPARE: &str = "\
What-ifs are scenarios (overlays of the base, such as those under what-if/) or changes of the base in the call:

  midcor compare baseline-2024 what-if/joint-venture what-if/azerbaijani-ships
  midcor compare baseline-2024 'what-if/*'
  midcor compare baseline-2024 --what-if 'two feeders: fleet.aktau-alat-feeder.vessels += 2'
  midcor compare baseline-2024 --what-if 'both: fleet.aktau-alat-feeder.vessels += 2; flow.*.volume *= 1.2' --inputs fixed

All meet the same shipments, storms and draws of the inputs. What comes from changing a residual delay is told apart as
assumed. The folder holds the results of each scenario, comparison.json, comparison.csv and charts. Ctrl-C keeps the
scenarios that are finished.";

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
    /// Interest a year for the annual cost of measures with a price (those without a life are used for 25 years)
    #[arg(long, value_name = "SHARE", value_parser = interest, default_value = "6%")]
    pub(super) interest: f64,
    /// Folder for results [default: results/SCENARIO-compare]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// Print the table of a named period or year (winter, 2027) instead of the whole horizon
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
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
    /// Interest a year for the annual cost of measures (those without a life are used for 25 years)
    #[arg(long, value_name = "SHARE", value_parser = interest, default_value = "6%")]
    pub(super) interest: f64,
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

--relieve FILE: measures with a price; cost a year is the annuity of the investment, and the running cost:
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
    /// Another seed than the registered ones; a case that fails is repeated with the next
    #[arg(long, value_name = "N")]
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
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

const SWEEP: &str = "\
Whatever --set can write can be varied: PATH=… sets, PATH+=… adds, PATH*=… multiplies; `*` in a path stands for any run
of characters within one key. Values are a list, a range, or both, with their units:

  midcor sweep baseline-2024 --vary fleet.aktau-alat-feeder.vessels=5..11:2
  midcor sweep baseline-2024 --vary 'node.dostyk.facility.customs.time=1 h..9 h:2 h' --measure 'section.altynkol-poti P95'
  midcor sweep baseline-2024 --vary 'flow.*.volume*=0.8,1,1.2' --vary fleet.aktau-alat-feeder.vessels=6,8

The folder holds sweep.csv, sweep.json and charts: a curve with its interval over one parameter, a heat map over two.
Differences are paired, to the point that is the scenario as it is written, or to the first point where none is. With
--precision the reference decides the number of years, and all points have as many. Ctrl-C keeps the finished points.";

#[derive(Debug, Args)]
#[command(after_help = SWEEP)]
pub(super) struct SweepArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// Vary a parameter: PATH=LO..HI:STEP, PATH=a,b,c, with += and *= as in --set (once or twice)
    #[arg(long, value_name = "PATH=VALUES", required = true, value_parser = Vary::parse)]
    pub(super) vary: Vec<Vary>,
    /// A figure to look at, such as throughput, "section.altynkol-poti P95" or "carried cargo.grain" (repeatable)
    /// [default: throughput, P50 and P95 of every section]
    #[arg(long, value_name = "MEASURE")]
    pub(super) measure: Vec<String>,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    /// Folder for results [default: results/SCENARIO-sweep]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

const STRESS: &str = "\
Every simulated year is carried out twice, with and without the closure, with the same shipments and storms; what is
told is their difference, of counted traffic:

  midcor stress baseline-2024 --close node.aktau --from 2024-11-01 --for 14d
  midcor stress baseline-2024 --close node.aktau --close node.kuryk --stops sailings --for 5d --each-month

Late: the area between the curves of what is delivered without and with the closure, in tonne-days and TEU-days, until
the clock ends; refused and lost cargo is told apart. The backlog is the gap between the two curves; it counts as gone
once it is, past its peak, at most 5 % of the peak or 10 % of a mean day's traffic. The folder holds stress.csv,
stress.json, years.csv (each year), backlog.csv (each day) and charts: the backlog over time, or with --each-month a heat
map. Ctrl-C keeps the finished years.";

#[derive(Debug, Args)]
#[command(after_help = STRESS)]
pub(super) struct StressArgs {
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    /// What is shut: node.N, link.L, fleet.F or node.N.facility.F (repeatable)
    #[arg(long, value_name = "PATH", required = true)]
    pub(super) close: Vec<String>,
    /// When the closure begins: 2024-11-01 or 2024-11-01T06:00 (UTC); with --each-month its day in each month
    #[arg(long, value_name = "DATE", value_parser = moment, required_unless_present = "each_month")]
    pub(super) from: Option<DateTime>,
    /// How long it lasts, such as 14d or 36h
    #[arg(long = "for", value_name = "TIME", value_parser = length)]
    pub(super) length: Duration,
    /// What does not start: sailings, berthing, handling, trains (repeatable) [default: all]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) stops: Vec<Stops>,
    /// Put the closure into each month of the horizon, on the first or on the day of --from
    #[arg(long)]
    pub(super) each_month: bool,
    /// How long the clock runs on after the last closure at least: the drain is lengthened to it
    #[arg(long, value_name = "TIME", value_parser = length, default_value = "300 d")]
    pub(super) follow: Duration,
    /// Number of simulated years, or a range of their numbers: 100, 0..50 (counted from 0, the end excluded)
    #[arg(long, value_name = "N|A..B")]
    pub(super) replications: Option<Replications>,
    /// Master seed
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Folder for results [default: results/SCENARIO-stress]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

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
