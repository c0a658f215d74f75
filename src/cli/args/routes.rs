//! Words of `midcor routes`.

use clap::{Args, ValueEnum};

use super::shared::{OutputArgs, ScenarioArgs};
use crate::scenario::types::Service;

const ROUTES: &str = "\
Routes are ranked by generalised cost: freight charge and the value of the expected time (`value-of-time` of the cargo).
Expected days come from queueing formulas in the mean traffic of the horizon, without simulation: space in storages,
loading bans and months are not in them. How far they are from simulated days is printed beside them.

  midcor routes baseline-2024 --from altynkol --to poti
  midcor routes baseline-2024 --from altynkol --to poti --via turkmenbashi --pay
  midcor routes baseline-2024 --from altynkol --to poti --avoid link.aktau-alat
  midcor routes baseline-2024 --flow cn-eu-box-poti";

#[derive(Debug, Args)]
#[command(after_help = ROUTES)]
pub(in crate::cli) struct RoutesArgs {
    #[command(flatten)]
    pub(in crate::cli) scenario: ScenarioArgs,
    /// Where routes begin: a node
    #[arg(long, value_name = "NODE", requires = "to", required_unless_present = "flow")]
    pub(in crate::cli) from: Option<String>,
    /// Where they end: a node
    #[arg(long, value_name = "NODE", requires = "from")]
    pub(in crate::cli) to: Option<String>,
    /// The routes of a flow and others between its ends
    #[arg(long, value_name = "FLOW", conflicts_with_all = ["from", "to", "cargo", "service"])]
    pub(in crate::cli) flow: Option<String>,
    /// How many routes
    #[arg(short = 'k', long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=50))]
    pub(in crate::cli) number: u8,
    /// The cargo [default: that of the largest flow that passes both ends, else the first of the scenario]
    #[arg(long, value_name = "CARGO")]
    pub(in crate::cli) cargo: Option<String>,
    /// How it moves [default: as that flow]
    #[arg(long, value_enum)]
    pub(in crate::cli) service: Option<Moves>,
    /// A node or link that routes pass (repeatable, in order; a link: its id or link.ID)
    #[arg(long, value_name = "PLACE")]
    pub(in crate::cli) via: Vec<String>,
    /// A node or link that they do not pass (repeatable)
    #[arg(long, value_name = "PLACE")]
    pub(in crate::cli) avoid: Vec<String>,
    /// Also say where routes tie, how far their charges can rise, and what a day is worth
    #[arg(long)]
    pub(in crate::cli) pay: bool,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
}

/// Words of `service`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Moves {
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
