//! `midcor bottlenecks`: which capacity holds the corridor up, and what one more of each is worth.

use clap::Args;

use crate::cli::args::{OutputArgs, ScenarioArgs, StudyArgs};
use crate::cli::asking::{Request, ask, wrong};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::reading::ready;
use crate::cli::simulation::lab_of_study;
use crate::questions::Bottlenecks;
use crate::scenario::Setting;

#[derive(Debug, Args)]
#[command(after_help = BOTTLENECKS)]
pub(super) struct BottlenecksArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Try at most this many capacities, those waited for longest
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Ask for the worth of a change besides that of the capacities: PATH=VALUE, PATH+=2, PATH*=1.05 (repeatable)
    #[arg(long, value_name = "PATH=VALUE", value_parser = Setting::parse)]
    also: Vec<Setting>,
    #[command(flatten)]
    study: StudyArgs,
    #[command(flatten)]
    output: OutputArgs,
}

const BOTTLENECKS: &str = "\
One more is: a server, a berth, a vessel, a path a day, a place on a line; of a pool's things and of a storage's space 5 %, \
at least one. Tried are capacities before which more than 0.5 % of the mean transit time is waited, and those of which \
more than a half is used. Each is simulated with the same random numbers as the scenario as it is, and differences are paired \
year by year. Waiting for vessels at a port is shared among the fleets that carry the cargo, by deck; waiting for \
berths by the vessels that wait. A step whose gain is not statistically significant has no rank, and what cannot be told \
apart shares one.

Consistent is the verdict where three of five measures name one capacity: highest use, longest waiting, most that is \
stopped before it (vessels before berths, trains before yards), most tonnes and most hours from one more. The method \
of the longest active period is not offered.

Ctrl-C: steps that were finished are kept, the others are reported as not tried.";

pub(super) fn bottlenecks(args: &BottlenecksArgs, console: &mut Console) -> Result<(), Failure> {
    let scenario = ready(&args.scenario, args.study.rows.detail(), console)?;
    let question = Bottlenecks::of(&scenario).at_most(args.top).and_of(&args.also);
    let question = question.map_err(|error| wrong(error, console))?;
    let lab = lab_of_study(&args.study, &scenario.contents().run);
    let request =
        Request { scenario: &scenario, has_settings: args.scenario.has_settings(), output: &args.output, lab };
    ask(&question, &request, console)
}
