//! The parameters of one epoch.

use super::cargo::Cargo;
use super::{
    Ban, Choice, Fleet, Flow, Former, Gate, Law, Leg, Line, Pool, Program, ShipVisit, Station, Storage, StormGroup,
};
use crate::ids::FleetId;
use crate::units::Duration;

/// Units of deck or space in which capacities are counted: 10^9 make one unit of the capacity as written.
pub const ROOM_PER_UNIT: f64 = 1e9;

/// One set of parameters.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// By cargo: mass, splitting.
    pub cargoes: Vec<Cargo>,
    /// Servers with one queue.
    pub stations: Vec<Station>,
    /// Rail lines.
    pub lines: Vec<Line>,
    /// Durations, drawn where a step says so.
    pub laws: Vec<Law>,
    /// Counted pools.
    pub pools: Vec<Pool>,
    /// Storages.
    pub storages: Vec<Storage>,
    /// Forming places.
    pub formers: Vec<Former>,
    /// Legs: where shipments wait for vessels.
    pub legs: Vec<Leg>,
    /// Batch carriers.
    pub fleets: Vec<Fleet>,
    /// Kinds of ships from outside, each as a fleet with one call and without cargo. Their ids are those behind the fleets.
    pub visiting: Vec<Fleet>,
    /// How ships from outside come.
    pub visits: Vec<ShipVisit>,
    /// What closes and opens.
    pub gates: Vec<Gate>,
    /// Sequences of storms shared by gates.
    pub storms: Vec<StormGroup>,
    /// Loading bans.
    pub bans: Vec<Ban>,
    /// What bodies do.
    pub programs: Vec<Program>,
    /// Choices among routes.
    pub choices: Vec<Choice>,
    /// Who waits is not overtaken by who comes later than so much times the priorities by which he is above.
    pub priority_step: Duration,
    /// Demand, and flows that only pools make (their `arrivals` is [`Arrivals::None`](super::Arrivals)).
    pub flows: Vec<Flow>,
}

impl Model {
    /// A fleet, or a kind of ships from outside.
    #[inline]
    pub fn carrier(&self, id: FleetId) -> &Fleet {
        self.fleets.get(id.index()).unwrap_or_else(|| &self.visiting[id.index() - self.fleets.len()])
    }

    /// Fleets, and then the kinds of ships from outside.
    pub fn carriers(&self) -> impl Iterator<Item = &Fleet> {
        self.fleets.iter().chain(&self.visiting)
    }
}
