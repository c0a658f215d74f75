//! What one replication leaves: whole numbers, from which results are computed.

mod places;

use crate::ids::{CellId, FlowId, NodeId, RouteId, SectionId};
use crate::units::{Duration, Mass, SimTime, Size};

pub use places::{
    FleetTally, LegTally, LineTally, Loading, MonthUse, PoolTally, Queue, QueueTally, StationTally, StorageTally, Waits,
};

/// Everything that one replication leaves.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// By flow.
    pub flows: Vec<FlowTally>,
    /// By route (flat).
    pub routes: Vec<RouteTally>,
    /// By route: of what went by it, what has switched to it under way; empty where nobody may.
    pub switched: Vec<RouteTally>,
    /// By switch: what made it within the horizon; parts are counted.
    pub switches: Vec<Amount>,
    /// By flow that chooses, and route outside the corridor: made within the horizon and never offered.
    pub outside: Vec<Vec<Amount>>,
    /// Journeys of the cohort and of what was delivered within the horizon.
    pub journeys: Vec<Journey>,
    /// Passages of sections.
    pub passages: Vec<Passage>,
    /// Stays at nodes, cohort only.
    pub stays: Vec<Stay>,
    /// Times of originals from made until the last part was delivered, cohort only: (flow, time, mass).
    pub completions: Vec<(FlowId, Duration, Mass)>,
    /// Time × weight by flow and cell over the cohort's delivered journeys: `[flow][cell]`, milliseconds ×
    /// weight, where the weight is kilograms, or thousandths of a unit for cargo without mass.
    pub time: Vec<Vec<i128>>,
    /// The same by section and cell over its passages.
    pub section_time: Vec<Vec<i128>>,
    /// By station, over the horizon.
    pub stations: Vec<StationTally>,
    /// By line, over the horizon.
    pub lines: Vec<LineTally>,
    /// By pool, over the horizon.
    pub pools: Vec<PoolTally>,
    /// By storage, over the horizon.
    pub storages: Vec<StorageTally>,
    /// By leg, over the horizon.
    pub legs: Vec<LegTally>,
    /// By fleet, over the horizon.
    pub fleets: Vec<FleetTally>,
    /// By forming place, over the horizon.
    pub formers: Vec<QueueTally>,
    /// By ban, over the horizon: those that it holds at their origins.
    pub held: Vec<QueueTally>,
    /// By queue of [`crate::model::Labels::queues`].
    pub queues: Vec<Queue>,
    /// What was held by those who wait for something else, over the horizon: by pool, then by storage, and by cell
    /// of the wait: things, or room, × milliseconds.
    pub held_waiting: Vec<Vec<i128>>,
    /// What is charged within the horizon: by the time at which prices change, see [`crate::model::Prices`].
    pub bills: Vec<Bill>,
    /// By month of the clock: how places were used in what the horizon has of it.
    pub months: Vec<MonthUse>,
    /// By gate: time closed within the horizon.
    pub gates: Vec<Duration>,
    /// The same by gate and month of the clock.
    pub gates_by_month: Vec<Vec<Duration>>,
    /// By ban: time in effect within the horizon.
    pub bans: Vec<Duration>,
    /// Events handled over the whole clock.
    pub events: u64,
}

/// An amount of cargo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Mass.
    pub mass: Mass,
    /// Units.
    pub size: Size,
    /// Shipments (originals).
    pub count: u64,
}

impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |all, one| Self {
            mass: all.mass + one.mass,
            size: all.size + one.size,
            count: all.count + one.count,
        })
    }
}

/// What is charged by one set of prices: what was made, and vessels that called, while they held.
#[derive(Clone, Debug, Default)]
pub struct Bill {
    /// By route: delivered; parts are counted.
    pub delivered: Vec<Amount>,
    /// By fleet, call and flow: carried from there.
    pub carried: Vec<Vec<Vec<Amount>>>,
    /// By meter and flow: what it read for what was delivered, times its units.
    pub readings: Vec<Vec<f64>>,
    /// By fleet and due: what vessels owe.
    pub dues: Vec<Vec<f64>>,
}

/// The account of a flow. At both ends of the horizon `offered = delivered + refused + lost + under_way` holds to the
/// kilogram and the thousandth.
#[derive(Clone, Debug, Default)]
pub struct FlowTally {
    /// Made within the horizon.
    pub offered: Amount,
    /// Delivered within the horizon.
    pub delivered: Amount,
    /// Given up under a ban within the horizon.
    pub refused: Amount,
    /// Diverted within the horizon.
    pub lost: Amount,
    /// Under way at the start of the horizon.
    pub under_way_start: Amount,
    /// Under way at its end.
    pub under_way_end: Amount,
    /// Of the cohort, still under way at the end of the drain.
    pub unfinished: Amount,
    /// Of the cohort, all that was made.
    pub cohort: Amount,
    /// Bodies that set out on the first link within the horizon.
    pub trains: u64,
    /// Offered and delivered by month of the clock.
    pub offered_by_month: Vec<Amount>,
    /// Delivered by month of the clock.
    pub delivered_by_month: Vec<Amount>,
}

/// What went by a route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RouteTally {
    /// Delivered within the horizon; parts are counted.
    pub delivered: Amount,
    /// Time × weight over the cohort's delivered journeys, milliseconds × weight, see [`Outcome::time`].
    pub time: i128,
    /// The weight of these journeys.
    pub weight: i128,
    /// The same of what of the cohort is still under way at the end of the drain, with its time until then.
    pub time_under_way: i128,
    /// The weight of what is under way.
    pub weight_under_way: i128,
}

/// A part's journey from made to delivered.
#[derive(Clone, Copy, Debug)]
pub struct Journey {
    /// Flow.
    pub flow: FlowId,
    /// Route.
    pub route: RouteId,
    /// When it was made.
    pub made: SimTime,
    /// How long it took; [`Duration::MAX`] for the unfinished of the cohort.
    pub time: Duration,
    /// Of this, waiting at the origin for acceptance.
    pub acceptance: Duration,
    /// Of this, at facilities that do border work.
    pub border: Duration,
    /// Mass.
    pub mass: Mass,
    /// Units.
    pub size: Size,
    /// Made within the horizon.
    pub in_cohort: bool,
    /// Delivered within the horizon.
    pub in_horizon: bool,
}

/// A part's passage of a section, of the cohort.
#[derive(Clone, Copy, Debug)]
pub struct Passage {
    /// Section.
    pub section: SectionId,
    /// Flow.
    pub flow: FlowId,
    /// Route.
    pub route: RouteId,
    /// When the part was made (for periods).
    pub made: SimTime,
    /// How long it took; [`Duration::MAX`] where the drain ended first.
    pub time: Duration,
    /// Of this, at facilities that do border work.
    pub border: Duration,
    /// Mass.
    pub mass: Mass,
    /// Units.
    pub size: Size,
}

/// A stay of a part at a node, of the cohort.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// Node.
    pub node: NodeId,
    /// Flow.
    pub flow: FlowId,
    /// When the part was made (for periods).
    pub made: SimTime,
    /// From arrival to setting out.
    pub time: Duration,
    /// Mass.
    pub mass: Mass,
    /// Units.
    pub size: Size,
}

/// A cell with a time, as a shipment keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where and why.
    pub cell: CellId,
    /// How long.
    pub time: Duration,
}
