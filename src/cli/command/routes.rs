//! `midcor routes`: ranked routes between two places, without simulation.

use clap::{Args, ValueEnum};

use crate::cli::args::{OutputArgs, ScenarioArgs};
use crate::cli::asking::wrong;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::{place_of, put_answer};
use crate::cli::reading::ready;
use crate::questions::{Question as _, RouteEnds, RouteTerms, Routes};
use crate::results::Detail;
use crate::scenario::types::Service;
use crate::study::{Lab, Years};

#[derive(Debug, Args)]
#[command(after_help = ROUTES)]
pub(super) struct RoutesArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Where routes begin: a node
    #[arg(long, value_name = "NODE", requires = "to", required_unless_present = "flow")]
    from: Option<String>,
    /// Where they end: a node
    #[arg(long, value_name = "NODE", requires = "from")]
    to: Option<String>,
    /// The routes of a flow and others between its ends
    #[arg(long, value_name = "FLOW", conflicts_with_all = ["from", "to", "cargo", "service"])]
    flow: Option<String>,
    /// How many routes
    #[arg(short = 'k', long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=50))]
    number: u8,
    /// The cargo [default: that of the largest flow that passes both ends, else the first of the scenario]
    #[arg(long, value_name = "CARGO")]
    cargo: Option<String>,
    /// How it moves [default: as that flow]
    #[arg(long, value_enum)]
    service: Option<Moves>,
    /// A node or link that routes pass (repeatable, in order; a link: its id or link.ID)
    #[arg(long, value_name = "PLACE")]
    via: Vec<String>,
    /// A node or link that they do not pass (repeatable)
    #[arg(long, value_name = "PLACE")]
    avoid: Vec<String>,
    /// Also say where routes tie, how far their charges can rise, and what a day is worth
    #[arg(long)]
    pay: bool,
    #[command(flatten)]
    output: OutputArgs,
}

const ROUTES: &str = "\
Routes are ranked by generalised cost: freight charge and the value of the expected time (`value-of-time` of the cargo). \
Expected days come from queueing formulas in the mean traffic of the horizon, without simulation: space in storages, \
loading bans and months are not in them. How far they are from simulated days is printed beside them.

  midcor routes baseline-2024 --from altynkol --to poti
  midcor routes baseline-2024 --from altynkol --to poti --via turkmenbashi --pay
  midcor routes baseline-2024 --from altynkol --to poti --avoid link.aktau-alat
  midcor routes baseline-2024 --flow cn-eu-box-poti";

/// Words of `service`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Moves {
    /// A shipment is a train
    BlockTrain,
    /// A group of wagons
    WagonGroup,
    /// A vehicle
    Vehicle,
    /// A parcel
    Parcel,
}

impl From<Moves> for Service {
    fn from(moves: Moves) -> Self {
        match moves {
            Moves::BlockTrain => Self::BlockTrain,
            Moves::WagonGroup => Self::WagonGroup,
            Moves::Vehicle => Self::Vehicle,
            Moves::Parcel => Self::Parcel,
        }
    }
}

pub(super) fn routes(args: &RoutesArgs, console: &mut Console) -> Result<(), Failure> {
    // Nothing is simulated: the fewest rows will do.
    let scenario = ready(&args.scenario, Some(Detail::Together), console)?;
    // The search comes first: a signal ends it as any program, and there is no long run whose results could find no place.
    let question = Routes::of(&scenario, &terms(args)).map_err(|error| wrong(error, console))?;
    let answer = question.ask(&Lab::new(Years::Fixed(0..0), 0)).map_err(|error| wrong(error, console))?;
    cancel_files_on_ctrl_c();
    let place = place_of(&args.output, Routes::STUDY, &scenario, args.scenario.has_settings())?;
    put_answer(console, &args.output, &answer, place, &scenario.resolved_toml())
}

fn terms(args: &RoutesArgs) -> RouteTerms {
    let ends = match &args.flow {
        Some(flow) => RouteEnds::OfFlow(flow.clone()),
        None => RouteEnds::Between {
            from: args.from.clone().unwrap_or_default(),
            to: args.to.clone().unwrap_or_default(),
            cargo: args.cargo.clone(),
            service: args.service.map(Into::into),
        },
    };
    let (via, avoid, number) = (args.via.clone(), args.avoid.clone(), usize::from(args.number));
    RouteTerms { ends, via, avoid, number, pay: args.pay }
}
