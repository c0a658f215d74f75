//! `midcor match`: which values of what is not known are not ruled out by what was observed.

use clap::Args;

use super::validate::observed;
use crate::analysis::Unknown;
use crate::cli::args::{OutputArgs, ScenarioArgs, StudyArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::completing;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::numbers::model_error;
use crate::cli::reading::ready;
use crate::cli::simulation::lab_of_study;
use crate::questions::Match;
use crate::validation::ModelError;

#[derive(Debug, Args)]
#[command(after_help = MATCH)]
pub(super) struct MatchArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Observed figures: a CSV file, a workbook (.xlsx), or the name of a file that comes with the program: corridor
    #[arg(long, value_name = "FILE")]
    against: String,
    /// A parameter with the range in which it is not known: PATH=LO..HI, with += and *= as in --set (repeatable)
    #[arg(long, value_name = "PATH=LO..HI", required = true, value_parser = Unknown::parse, add = completing::paths())]
    over: Vec<Unknown>,
    /// Number of points, spread evenly over all ranges
    #[arg(long, value_name = "N", default_value_t = 100)]
    points: usize,
    /// What the model may be wrong by in a time, as one standard deviation: a share of the observed one
    #[arg(long, value_name = "SHARE", value_parser = model_error, default_value = "10%")]
    time_error: f64,
    /// The same of all that is no time
    #[arg(long, value_name = "SHARE", value_parser = model_error, default_value = "5%")]
    other_error: f64,
    #[command(flatten)]
    study: StudyArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const MATCH: &str = "\
Each point gives every parameter a value in its range (a Latin hypercube) and is simulated for so many years. It is ruled \
out where any observed figure lies further off than three standard deviations of what was observed (its band), simulated \
(its interval) and modelled (what the model may be wrong by, which is for you to judge). What is left is a space of values, not a best one. Figures \
of class tested are held out: they are never looked at.

  midcor match baseline-2022 --against corridor --points 200 --replications 6 \\
    --over pool.ady-container-platforms.size=160..280 \\
    --over fleet.aktau-alat-feeder.mttr='200 h..600 h'

The folder holds match.csv, a row a point and figure, and match.json. Ctrl-C keeps the finished points.";

pub(super) fn matching(args: &MatchArgs, console: &mut Console) -> Result<(), Failure> {
    let table = observed(&args.against)?;
    let scenario = ready(&args.scenario, None, console)?;
    let model_error = ModelError { times: args.time_error, others: args.other_error };
    let question =
        Match::of(&scenario, &table, &args.over, args.points, model_error).map_err(|error| wrong(error, console))?;
    let lab = lab_of_study(&args.study, &scenario.contents().run);
    let request =
        Request { scenario: &scenario, has_settings: args.scenario.has_settings(), output: &args.output, lab };
    ask(&question, &request, console)
}
