//! `midcor compare`: what-ifs against a base, in the same shipments and storms.

use clap::{Args, ValueEnum};

use crate::cli::args::{OutputArgs, RowArgs, Save, ScenarioArgs, SimulationArgs};
use crate::cli::asking::{Request, answered, ended, tell, wrong};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::numbers::interest;
use crate::cli::output::{not_written, place_of, print_answer, tell_written};
use crate::cli::reading::{ready, show_warnings};
use crate::cli::simulation::{drawing, lab_of};
use crate::cli::what_if::WhatIfArgs;
use crate::questions::{self, Compare, CompareTerms, Question as _};
use crate::report::ComparisonFolder;
use crate::results::Detail;
use crate::study::Scenario;

#[derive(Debug, Args)]
#[command(after_help = COMPARE)]
pub(super) struct CompareArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    what_ifs: WhatIfArgs,
    #[command(flatten)]
    simulation: SimulationArgs,
    /// Also find the volumes that each what-if induces from flows with a `response` (inputs as written)
    #[arg(long)]
    response: bool,
    /// Whether shippers keep the routes of the scenario or choose among those of its `[choice.ID]` by what each what-if
    /// makes of their times and charges (inputs as written); with `--response` volumes answer as well
    #[arg(long, value_enum, default_value_t)]
    routes: Routing,
    /// Interest a year for the annual cost of measures with a price (those without a life are used for 25 years)
    #[arg(long, value_name = "SHARE", value_parser = interest, default_value = "6%")]
    interest: f64,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    rows: RowArgs,
    /// Print the table of a named period or year (winter, 2027) instead of the whole horizon
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
}

const COMPARE: &str = "\
What-ifs are scenarios (overlays of the base, such as those under what-if/) or changes of the base in the request:

  midcor compare baseline-2024 what-if/joint-venture what-if/azerbaijani-ships
  midcor compare baseline-2024 'what-if/*'
  midcor compare baseline-2026 what-if/one-stop --on-base
  midcor compare baseline-2024 \\
    --what-if 'two feeders: fleet.aktau-alat-feeder.vessels += 2'
  midcor compare baseline-2024 --what-if \\
    'two feeders: fleet.aktau-alat-feeder.vessels += 2 @ capex 60 MUSD'
  midcor compare baseline-2024 --what-if \\
    'both: fleet.aktau-alat-feeder.vessels += 2; flow.*.volume *= 1.2'

All meet the same shipments, storms and draws of the inputs. What comes from changing a residual delay is told apart as \
assumed. The folder holds comparison.json, comparison.parquet (all differences), \
gains.csv (who gains), with free routes routes.csv and shippers.csv, charts, and of each scenario its measures: every simulated year with \
--save data, its tables and pictures with --save all. Ctrl-C keeps the \
scenarios that are finished.";

/// Whether routes are free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Routing {
    /// As the scenario has them
    #[default]
    Given,
    /// Chosen by times and charges
    Free,
}

pub(super) fn compare(args: &CompareArgs, console: &mut Console) -> Result<(), Failure> {
    let base = ready(&args.scenario, detail(args), console)?;
    let what_ifs = args.what_ifs.scenarios(&args.scenario, Some(base.prepared().detail), console)?;
    let what_ifs = what_ifs.into_iter().map(|what_if| (what_if.name, what_if.scenario)).collect();
    let question = Compare::of(&base, what_ifs, terms(args, &base)).map_err(|error| wrong(error, console))?;
    question.own_bases().for_each(|own| show_warnings(own, console));
    tell(question.remarks(), console);
    let lab = lab_of(&args.simulation, &base.contents().run, drawing(&args.simulation), None)?;
    let request = Request { scenario: &base, has_settings: args.scenario.has_settings(), output: &args.output, lab };
    let place = place_of(&args.output, Compare::STUDY, &base, request.has_settings)?;
    let dir = place.path().to_owned();
    let of_scenarios = args.output.save.unwrap_or(Save::Figures).into();
    let folder = ComparisonFolder::begin(place, question.names(), of_scenarios).map_err(not_written)?;
    let answer = answered(&request, &dir, console, |lab| {
        question.ask_keeping(lab, &|one| Ok(folder.add(one.name, one.results, &one.scenario.resolved_toml())?))
    })?;
    tell_written(&dir, folder.finish(&answer), console)?;
    print_answer(console, &args.output, &answer)?;
    ended(&answer, console)
}

/// Down to what results have rows: what shippers answer to are the days and charges of every flow.
fn detail(args: &CompareArgs) -> Option<Detail> {
    let answers = args.response || args.routes == Routing::Free;
    if answers { Some(Detail::Flows) } else { args.rows.detail() }
}

fn terms(args: &CompareArgs, base: &Scenario) -> CompareTerms {
    // A number in the command line goes before a precision of the scenario.
    let precision = args.simulation.precision.or(base.contents().run.precision);
    CompareTerms {
        routes: match args.routes {
            Routing::Given => questions::Routing::Given,
            Routing::Free => questions::Routing::Free,
        },
        response: args.response,
        interest: args.interest,
        precision: precision.filter(|_| args.simulation.replications.is_none()),
        period: args.period.clone(),
        leaves_out: args.what_ifs.has_pattern(),
    }
}
