//! `midcor validate`: observed figures beside simulated ones.

use std::path::Path;

use clap::Args;

use crate::cli::args::{OutputArgs, RowArgs, ScenarioArgs, SimulationArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::reading::{ready, tell_changes};
use crate::cli::simulation::{drawing, lab};
use crate::cli::tables::first_table;
use crate::diagnostic::did_you_mean;
use crate::questions::{Question, Validate, ValidateShares, is_of_shares};
use crate::results::Detail;
use crate::study::Scenario;
use crate::tables::RawTable;
use crate::validation::{observation, observations};

#[derive(Debug, Args)]
#[command(after_help = VALIDATE)]
pub(super) struct ValidateArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Observed figures or shares of routes: a CSV file, a workbook (.xlsx), or the name of a file that comes with the program: corridor, routes
    #[arg(long, value_name = "FILE")]
    against: String,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    rows: RowArgs,
}

const VALIDATE: &str = "\
A file of figures has one row of the results a row: scenario, measure, subject, period, value, unit, low, high, class, \
source, grade, note (needed: measure, subject, value, unit, class). Cells may stand between commas, semicolons or tabs, \
numbers be written as 1485000.5 or 1 485 000,5; of a workbook the sheet with these columns is read. A file of shares of \
routes has the column choice:

  choice,alternative,of,period,value,low,high,unit,usd,days,class,kind,source
  china-europe,northern-rail,,2025,15,13,17,%,2750,17,tested,count,\"Who, when\"

alternative: a flow, FLOW.ROUTE or an outside route of the choice, several with +. of: those among which a share is, if not \
all. period: 2025, 2025-H1, 2025-Q2 or 2025-05. unit: %, an amount such as TEU/yr, or a change such as \"% on 2024\". \
usd, days: charge a unit and days of the alternative in the period; with a sign, how much more than in the base. class: \
input, tuned (met by constants, which are printed) or tested (predicted). docs/routes.md says how.

  midcor validate baseline-2024 --against corridor
  midcor validate routes-2024 --against routes --replications 20";

pub(super) fn validate(args: &ValidateArgs, console: &mut Console) -> Result<(), Failure> {
    let table = observed(&args.against)?;
    if is_of_shares(&table) {
        // Shippers go by the days of every flow and route.
        let scenario = ready(&args.scenario, Some(Detail::Flows), console)?;
        let question = ValidateShares::against(&scenario, &table).map_err(|error| wrong(error, console))?;
        return simulated(&question, args, &scenario, console);
    }
    let scenario = ready(&args.scenario, args.rows.detail(), console)?;
    let question = Validate::against(&scenario, &table).map_err(|error| wrong(error, console))?;
    simulated(&question, args, &scenario, console)
}

fn simulated<Q: Question>(
    question: &Q,
    args: &ValidateArgs,
    scenario: &Scenario,
    console: &mut Console,
) -> Result<(), Failure> {
    tell_changes(scenario, console);
    let lab = lab(&args.simulation, &scenario.contents().run, drawing(&args.simulation))?;
    let request = Request { scenario, has_settings: args.scenario.has_settings(), output: &args.output, lab };
    ask(question, &request, console)
}

/// A file, or figures that come with the program.
pub(super) fn observed(against: &str) -> Result<RawTable, Failure> {
    let path = Path::new(against);
    match observation(against) {
        Some(file) if !path.is_file() => Ok(file.table()),
        None if !path.exists() => Err(missing(against)),
        _ => first_table(path, &["measure", "choice"]),
    }
}

fn missing(against: &str) -> Failure {
    let names = || observations().iter().map(|file| file.name);
    let near = did_you_mean(against, names());
    let all = || format!("with the program come {}", names().collect::<Vec<_>>().join(", "));
    Failure::Wrong(format!("there is no file of observed figures `{against}`; {}", near.unwrap_or_else(all)))
}
