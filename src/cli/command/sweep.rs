//! `midcor sweep`: one or two parameters varied, every point with the same random numbers.

use clap::Args;

use crate::analysis::sweep::Vary;
use crate::cli::args::{OutputArgs, RowArgs, ScenarioArgs, SimulationArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::completing;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::reading::ready;
use crate::cli::simulation::{drawing, lab};
use crate::questions::Sweep;

#[derive(Debug, Args)]
#[command(after_help = SWEEP)]
pub(super) struct SweepArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Vary a parameter: PATH=LO..HI:STEP, PATH=a,b,c, with += and *= as in --set (once or twice)
    #[arg(long, value_name = "PATH=VALUES", required = true, value_parser = Vary::parse, add = completing::paths())]
    vary: Vec<Vary>,
    /// A figure to look at, such as throughput, "section.altynkol-poti P95" or "carried cargo.grain" (repeatable)
    /// [default: throughput, P50 and P95 of every section]
    #[arg(long, value_name = "MEASURE", add = completing::figures())]
    measure: Vec<String>,
    /// Try one value after another until this service is kept, such as "section.altynkol-poti P95 <= 15 d": the first value
    /// that keeps it
    #[arg(long, value_name = "FIGURE <= BOUND", add = completing::figures())]
    until: Option<String>,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    rows: RowArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const SWEEP: &str = "\
Whatever --set can write can be varied: PATH=… sets, PATH+=… adds, PATH*=… multiplies; `*` in a path stands for any run \
of characters within one key. Values are a list, a range, or both, with their units:

  midcor sweep baseline-2024 --vary fleet.aktau-alat-feeder.vessels=5..11:2
  midcor sweep baseline-2024 --measure 'section.altynkol-poti P95' \\
    --vary 'node.dostyk.facility.entry-documents.time=1 h..9 h:2 h'
  midcor sweep baseline-2024 --vary fleet.aktau-alat-feeder.vessels=5..15:1 \\
    --until 'section.altynkol-poti P95 <= 20 d'
  midcor sweep baseline-2024 --vary 'flow.*.volume*=0.8,1,1.2' \\
    --vary fleet.aktau-alat-feeder.vessels=6,8

The folder holds sweep.csv, sweep.json and charts: a curve with its interval over one parameter, a heat map over two. \
Differences are paired, to the point that is the scenario as it is written, or to the first point where none is. With \
--precision the reference decides the number of years, and all points have as many. Ctrl-C keeps the finished points.";

pub(super) fn sweep(args: &SweepArgs, console: &mut Console) -> Result<(), Failure> {
    let scenario = ready(&args.scenario, args.rows.detail(), console)?;
    let question = Sweep::of(&scenario, &args.vary, &args.measure);
    let question = question.and_then(|sweep| sweep.until(args.until.as_deref()));
    let question = question.map_err(|error| wrong(error, console))?;
    let lab = lab(&args.simulation, &scenario.contents().run, drawing(&args.simulation))?;
    let request =
        Request { scenario: &scenario, has_settings: args.scenario.has_settings(), output: &args.output, lab };
    ask(&question, &request, console)
}
