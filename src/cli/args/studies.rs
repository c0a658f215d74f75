//! Words of the calls that simulate variants of a scenario: bottlenecks, capacity, sweep, stress.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::DateTime;

use super::shared::{LabArgs, OutputArgs, RowArgs, ScenarioArgs, SimulationArgs};
use crate::analysis::sweep::Vary;
use crate::cli::numbers::{Replications, interest, length, moment, precision};
use crate::scenario::Setting;
use crate::units::Duration;

/// How to simulate something many times over.
#[derive(Debug, Args)]
pub(in crate::cli) struct StudyArgs {
    /// Number of simulated years of each variant, or a range of their numbers [default: the scenario's, at most 20]
    #[arg(long, value_name = "N|A..B")]
    pub(in crate::cli) replications: Option<Replications>,
    #[command(flatten)]
    pub(in crate::cli) lab: LabArgs,
    #[command(flatten)]
    pub(in crate::cli) rows: RowArgs,
}

#[derive(Debug, Args)]
#[command(after_help = BOTTLENECKS)]
pub(in crate::cli) struct BottlenecksArgs {
    #[command(flatten)]
    pub(in crate::cli) scenario: ScenarioArgs,
    /// Try at most this many capacities, those waited for longest
    #[arg(long, value_name = "N")]
    pub(in crate::cli) top: Option<usize>,
    /// Ask for the worth of a change besides that of the capacities: PATH=VALUE, PATH+=2, PATH*=1.05 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse)]
    pub(in crate::cli) also: Vec<Setting>,
    #[command(flatten)]
    pub(in crate::cli) study: StudyArgs,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
}

const BOTTLENECKS: &str = "\
One more is: a server, a berth, a vessel, a path a day, a place on a line; of a pool's things and of a storage's space 5 %,
at least one. Tried are capacities before which more than 0.5 % of the mean transit time is waited, and those of which
more than a half is used. Each is simulated with the same draws as the scenario as it is, and differences are paired
year by year. Waiting for vessels at a port is shared among the fleets that carry the cargo, by deck; waiting for
berths by the vessels that wait. A step whose gain is not statistically significant has no rank, and what cannot be told
apart shares one.

Consistent is the verdict where three of five measures name one capacity: highest use, longest waiting, most that is
stopped before it (vessels before berths, trains before yards), most tonnes and most hours from one more. The method
of the longest active period is not offered.

Ctrl-C: steps that were finished are kept, the others are reported as not tried.";

#[derive(Debug, Args)]
#[command(after_help = CAPACITY)]
pub(in crate::cli) struct CapacityArgs {
    #[command(flatten)]
    pub(in crate::cli) scenario: ScenarioArgs,
    /// A service to be kept, such as "section.altynkol-poti P95 <= 20 d" (repeatable)
    #[arg(long, value_name = "FIGURE <= BOUND")]
    pub(in crate::cli) service: Vec<String>,
    /// Weights by which flows grow, in a TOML file [default: all counted flows alike]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) mix: Option<PathBuf>,
    /// How near the growth factor is found
    #[arg(long, value_name = "SHARE", value_parser = precision, default_value = "1%")]
    pub(in crate::cli) tolerance: f64,
    /// Measures with a price, in a TOML file: the cheapest that lifts what binds is taken, again and again
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) relieve: Option<PathBuf>,
    /// Interest a year for the annual cost of measures (those without a life are used for 25 years)
    #[arg(long, value_name = "SHARE", value_parser = interest, default_value = "6%")]
    pub(in crate::cli) interest: f64,
    /// Relieve no further than to this traffic carried, such as "6 Mt/yr"
    #[arg(long, value_name = "TONNES", requires = "relieve")]
    pub(in crate::cli) target: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) study: StudyArgs,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
}

const CAPACITY: &str = "\
A traffic holds if no backlog of a flow or a cargo grows, nothing more is turned away than in the scenario as it is, and
every service is kept. A backlog grows if it does so by more days of its own traffic than an overload by the tolerance
would leave (3.65 d for 1 % of a year), and its interval, widened so that those of all flows or cargoes hold together,
lies above 0; where the warm-up is shorter than twice the time of the route without waiting, that much is allowed
besides. A service is kept if the figure keeps its bound; where its interval holds the bound, this is said. The largest
growth factor that holds is found by bisection with the same draws for every traffic, and simulated again in fresh
numbers, which are the ones to quote.

--mix FILE: weights by flow and by cargo; with a growth factor of 1.2 a flow of weight 2 grows by 40 %, what is not named
stays:

  [cargo]
  containers = 1
  [flow]
  kz-grain-az = 2.5

--relieve FILE: measures with a price; cost a year is the annuity of the investment, and the running cost. A measure may
also have overlay = \"FILE\" in place of `set`, and requires, excludes, ready and who:

  [measure.feeders]
  title = \"Two more feeders\"
  set = [\"fleet.aktau-alat-feeder.vessels += 2\"]
  capex = \"60 MUSD\"
  opex = \"8 MUSD/yr\"
  life = \"25 yr\"

Where no measure lifts what binds by itself, two together are tried, the cheapest two first.

Ctrl-C: traffics and stairs that were finished are kept; a search that was stopped gives the two sides that it knows.";

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
pub(in crate::cli) struct SweepArgs {
    #[command(flatten)]
    pub(in crate::cli) scenario: ScenarioArgs,
    /// Vary a parameter: PATH=LO..HI:STEP, PATH=a,b,c, with += and *= as in --set (once or twice)
    #[arg(long, value_name = "PATH=VALUES", required = true, value_parser = Vary::parse)]
    pub(in crate::cli) vary: Vec<Vary>,
    /// A figure to look at, such as throughput, "section.altynkol-poti P95" or "carried cargo.grain" (repeatable)
    /// [default: throughput, P50 and P95 of every section]
    #[arg(long, value_name = "MEASURE")]
    pub(in crate::cli) measure: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) simulation: SimulationArgs,
    #[command(flatten)]
    pub(in crate::cli) rows: RowArgs,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
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
pub(in crate::cli) struct StressArgs {
    #[command(flatten)]
    pub(in crate::cli) scenario: ScenarioArgs,
    /// What is shut: node.N, link.L, fleet.F or node.N.facility.F (repeatable)
    #[arg(long, value_name = "PATH", required = true)]
    pub(in crate::cli) close: Vec<String>,
    /// When the closure begins: 2024-11-01 or 2024-11-01T06:00 (UTC); with --each-month its day in each month
    #[arg(long, value_name = "DATE", value_parser = moment, required_unless_present = "each_month")]
    pub(in crate::cli) from: Option<DateTime>,
    /// How long it lasts, such as 14d or 36h
    #[arg(long = "for", value_name = "TIME", value_parser = length)]
    pub(in crate::cli) length: Duration,
    /// What does not start: sailings, berthing, handling, trains (repeatable) [default: all]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(in crate::cli) stops: Vec<Stops>,
    /// Put the closure into each month of the horizon, on the first or on the day of --from
    #[arg(long)]
    pub(in crate::cli) each_month: bool,
    /// How long the clock runs on after the last closure at least: the drain is lengthened to it
    #[arg(long, value_name = "TIME", value_parser = length, default_value = "300 d")]
    pub(in crate::cli) follow: Duration,
    /// Number of simulated years, or a range of their numbers: 100, 0..50 (counted from 0, the end excluded)
    #[arg(long, value_name = "N|A..B")]
    pub(in crate::cli) replications: Option<Replications>,
    #[command(flatten)]
    pub(in crate::cli) lab: LabArgs,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
}

/// What a closure stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Stops {
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
