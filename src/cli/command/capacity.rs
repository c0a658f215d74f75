//! `midcor capacity`: the largest traffic that the corridor sustains, what binds, and what relieves it.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::{OutputArgs, ScenarioArgs, StudyArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::completing;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::numbers::{interest, precision};
use crate::cli::reading::{ready, text_of};
use crate::cli::simulation::lab_of_study;
use crate::cli::what_if::WhatIfArgs;
use crate::questions::{Capacity, CapacityTerms, ReliefTerms};

#[derive(Debug, Args)]
#[command(after_help = CAPACITY)]
pub(super) struct CapacityArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    what_ifs: WhatIfArgs,
    /// A service to be kept, such as "section.altynkol-poti P95 <= 20 d" (repeatable)
    #[arg(long, value_name = "FIGURE <= BOUND", add = completing::figures())]
    service: Vec<String>,
    /// Weights by which flows grow, in a TOML file [default: all counted flows alike]
    #[arg(long, value_name = "FILE")]
    mix: Option<PathBuf>,
    /// How near the growth factor is found
    #[arg(long, value_name = "SHARE", value_parser = precision, default_value = "1%")]
    tolerance: f64,
    /// Measures with a price, in a TOML file: the cheapest that lifts what binds is taken, again and again
    #[arg(long, value_name = "FILE")]
    relieve: Option<PathBuf>,
    /// Interest a year for the annual cost of what-ifs and measures (those without a life are used for 25 years)
    #[arg(long, value_name = "SHARE", value_parser = interest, default_value = "6%")]
    interest: f64,
    /// Relieve no further than to this traffic carried, such as "6 Mt/yr"
    #[arg(long, value_name = "TONNES", requires = "relieve")]
    target: Option<String>,
    #[command(flatten)]
    study: StudyArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const CAPACITY: &str = "\
A traffic holds if no backlog of a flow or a cargo grows, nothing more is turned away than in the scenario as it is, and \
every service is kept. A backlog grows if it does so by more days of its own traffic than an overload by the tolerance \
would leave (3.65 d for 1 % of a year), and its interval, widened so that those of all flows or cargoes hold together, \
lies above 0; where the warm-up is shorter than twice the time of the route without waiting, that much is allowed \
besides. A service is kept if the figure keeps its bound; where its interval holds the bound, this is said. The largest \
growth factor that holds is found by bisection with the same random numbers for every traffic, and simulated again in fresh \
numbers, which are the ones to quote. What-ifs are searched in the same way and the same numbers, and what they carry at their \
capacity is compared pair by pair:

  midcor capacity baseline-2024 --service 'section.altynkol-poti P95 <= 30 d' \\
    --what-if 'two feeders: fleet.aktau-alat-feeder.vessels += 2'

--mix FILE: weights by flow and by cargo; with a growth factor of 1.2 a flow of weight 2 grows by 40 %, what is not named \
stays:

  [cargo]
  containers = 1
  [flow]
  kz-grain-az = 2.5

--relieve FILE: measures with a price; cost a year is the annuity of the investment, and the running cost. A measure may \
also have overlay = \"FILE\" in place of `set`, and requires, excludes, ready and who:

  [measure.feeders]
  title = \"Two more feeders\"
  set = [\"fleet.aktau-alat-feeder.vessels += 2\"]
  capex = \"60 MUSD\"
  opex = \"8 MUSD/yr\"
  life = \"25 yr\"

Where no measure lifts what binds by itself, two together are tried, the cheapest two first.

Ctrl-C: traffics and stairs that were finished are kept; a search that was stopped gives the two sides that it knows.";

pub(super) fn capacity(args: &CapacityArgs, console: &mut Console) -> Result<(), Failure> {
    let scenario = ready(&args.scenario, args.study.rows.detail(), console)?;
    let what_ifs = args.what_ifs.scenarios(&args.scenario, Some(scenario.prepared().detail), console)?;
    let terms = terms(args)?;
    let question = Capacity::of(&scenario, &terms).and_then(|capacity| capacity.and_of(what_ifs, &terms));
    let question = question.map_err(|error| wrong(error, console))?;
    let has_settings = !question.scenario().source().settings().is_empty();
    let lab = lab_of_study(&args.study, &scenario.contents().run);
    let request = Request { scenario: question.scenario(), has_settings, output: &args.output, lab };
    ask(&question, &request, console)
}

fn terms(args: &CapacityArgs) -> Result<CapacityTerms, Failure> {
    let target = args.target.clone();
    let relief = args.relieve.as_deref().map(text_of).transpose()?;
    Ok(CapacityTerms {
        mix: args.mix.as_deref().map(text_of).transpose()?,
        services: args.service.clone(),
        tolerance: args.tolerance,
        relief: relief.map(|measures| ReliefTerms { measures, target }),
        interest: args.interest,
    })
}
