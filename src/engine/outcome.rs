//! What one replication leaves: whole numbers, from which results are computed.

use crate::ids::{CellId, FlowId, NodeId, RouteId, SectionId};
use crate::units::{Duration, Mass, SimTime, Size};

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

/// Use of a station.
#[derive(Clone, Debug, Default)]
pub struct StationTally {
    /// Server-time in service.
    pub busy: Duration,
    /// Server-time blocked or held after service.
    pub blocked: Duration,
    /// Server-time failed.
    pub down: Duration,
    /// Server-time shut, or outside the hours, and not in one of the above.
    pub closed: Duration,
    /// Server-time idle. For limited servers the five add up to servers × horizon.
    pub idle: Duration,
    /// Services that began.
    pub served: u64,
    /// The waits of those that it served.
    pub waiting: Waits,
    /// Integral of the number in queue.
    pub queue: i128,
    /// Integral of the number present (queue, service, blocked).
    pub present: i128,
    /// Largest queue.
    pub queue_max: u64,
    /// Integral of the bodies outside, where room is limited.
    pub outside: i128,
    /// Bodies diverted.
    pub diverted: u64,
    /// The waits of `waiting`, one each.
    pub waits: Vec<Duration>,
}

/// Waits that ended, but for those on purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// How many, those that took no time among them.
    pub ended: u64,
    /// Of these, those that took time.
    pub took_time: u64,
    /// Their sum.
    pub time: Duration,
}

impl Waits {
    /// Another one.
    pub fn add(&mut self, time: Duration) {
        self.ended += 1;
        self.took_time += u64::from(time > Duration::ZERO);
        self.time += time;
    }

    /// Their mean; not a number where there are none.
    pub fn mean_hours(&self) -> f64 {
        self.time.hours() / self.ended as f64
    }

    /// The share that took time; not a number where there are none.
    pub fn share(&self) -> f64 {
        self.took_time as f64 / self.ended as f64
    }
}

/// Use of a queue that is nothing but a queue.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueueTally {
    /// Integral of the number waiting.
    pub queue: i128,
    /// Those whose wait ended.
    pub left: u64,
}

/// A queue over the horizon, wherever it stands.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Integral of the number waiting.
    pub integral: i128,
    /// Those whose wait ended.
    pub left: u64,
    /// Those who waited when the horizon began.
    pub before: u64,
    /// How long each of those has waited who wait when it ends.
    pub standing: Vec<Duration>,
}

/// Use of a line, by direction.
#[derive(Clone, Debug, Default)]
pub struct LineTally {
    /// Trains that set out, by direction.
    pub trains: [u64; 2],
    /// Mass carried, by direction.
    pub mass: [Mass; 2],
    /// The waits of those that set out.
    pub waiting: Waits,
    /// Integral of the number on the line.
    pub running: i128,
    /// Integral of the number waiting.
    pub queue: i128,
    /// Largest queue.
    pub queue_max: u64,
}

/// Use of a pool.
#[derive(Clone, Debug, Default)]
pub struct PoolTally {
    /// Integral of the number taken.
    pub taken: i128,
    /// Integral of the number in turnaround or on the way home.
    pub returning: i128,
    /// Integral of the size.
    pub size: i128,
    /// The waits of those that took.
    pub waiting: Waits,
    /// Integral of the number of bodies waiting.
    pub queue: i128,
    /// Largest queue.
    pub queue_max: u64,
    /// Sum over things taken and freed of the time from taken until free again, and how many.
    pub turn: (Duration, u64),
}

/// Use of a storage.
#[derive(Clone, Debug, Default)]
pub struct StorageTally {
    /// Integral of the room taken (in room × ms).
    pub room: i128,
    /// Most room taken.
    pub room_max: i64,
    /// Bodies stabled outside.
    pub stabled: u64,
    /// Integral of the bodies outside.
    pub outside: i128,
    /// Most bodies outside.
    pub outside_max: u64,
    /// Integral of the bodies held back elsewhere, as too much waits outside.
    pub held_back: i128,
    /// Most bodies held back.
    pub held_back_max: u64,
    /// The waits outside of those who were let in.
    pub waiting: Waits,
    /// Size that went in over the capacity.
    pub overflow: Size,
}

/// Waiting for vessels.
#[derive(Clone, Debug, Default)]
pub struct LegTally {
    /// Parts that boarded.
    pub boarded: Amount,
    /// The waits until boarding, one a part.
    pub waiting: Waits,
    /// Integral of the number of parts waiting.
    pub queue: i128,
    /// Most waiting.
    pub queue_max: u64,
    /// From setting sail until unloaded: (flow, time, mass, size).
    pub crossings: Vec<(FlowId, Duration, Mass, Size)>,
}

/// How full sailings were, as room on deck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// Room that cargo took.
    pub deck: i128,
    /// The same, or where weight fills the vessel sooner, the share of what it may lift as a share of its deck.
    pub filled: i128,
    /// Room of the deck, as far as the load limit lets it be used.
    pub offered: i128,
}

impl Loading {
    /// Adds other sailings.
    pub fn add(&mut self, other: Self) {
        self.deck += other.deck;
        self.filled += other.filled;
        self.offered += other.offered;
    }
}

/// Use of a fleet, by call index.
#[derive(Clone, Debug, Default)]
pub struct FleetTally {
    /// Sailings from each call.
    pub voyages: Vec<u64>,
    /// How full the sailings from each call were.
    pub loaded: Vec<Loading>,
    /// Sailings that left cargo behind.
    pub left_behind: u64,
    /// Timetabled departures without a vessel, from each call.
    pub missed: Vec<u64>,
    /// Time at port of the vessels that sailed from each call, since it began, and how many they are.
    pub in_port: Vec<(Duration, u64)>,
    /// Vessel-time at sea, at berth (moored), waiting for a berth, stopped by closures, failed, idle in service.
    pub at_sea: Duration,
    /// At berth.
    pub at_berth: Duration,
    /// The part of it in which loading goes on, or is waited for at a crane.
    pub loading: Duration,
    /// The part of it in which the vessel is open for cargo and has nothing to load.
    pub for_cargo: Duration,
    /// Waiting for a berth.
    pub waiting: Duration,
    /// Held by a closure.
    pub held: Duration,
    /// Failed.
    pub down: Duration,
}

/// How places were used in a month: pairs of a part and its whole, and what has no whole.
#[derive(Clone, Debug, Default)]
pub struct MonthUse {
    /// By station: server-time in service, and all of it.
    pub stations: Vec<[i128; 2]>,
    /// By line: trains that set out, by direction.
    pub lines: Vec<[i128; 2]>,
    /// By pool: things in use, integrated, and all of them.
    pub pools: Vec<[i128; 2]>,
    /// By storage: room taken, integrated.
    pub storages: Vec<i128>,
    /// By fleet: vessel-time at sea or at a berth, and all of it.
    pub fleets: Vec<[i128; 2]>,
    /// By fleet and call: sailings, and timetabled departures without a vessel.
    pub calls: Vec<Vec<[i128; 2]>>,
    /// By queue: how long all together waited, in milliseconds.
    pub queues: Vec<i128>,
}

impl MonthUse {
    /// What there was besides that of an earlier time.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            stations: less(&self.stations, &earlier.stations),
            lines: less(&self.lines, &earlier.lines),
            pools: less(&self.pools, &earlier.pools),
            storages: each_less(&self.storages, &earlier.storages),
            fleets: less(&self.fleets, &earlier.fleets),
            queues: each_less(&self.queues, &earlier.queues),
            calls: (0..self.calls.len())
                .map(|fleet| less(&self.calls[fleet], earlier.calls.get(fleet).map(Vec::as_slice).unwrap_or_default()))
                .collect(),
        }
    }
}

/// The differences of numbers; what there was none of before was nothing.
fn each_less(numbers: &[i128], earlier: &[i128]) -> Vec<i128> {
    numbers.iter().zip(earlier.iter().chain(std::iter::repeat(&0))).map(|(number, before)| number - before).collect()
}

/// The differences of pairs; what there was none of before was nothing.
fn less(pairs: &[[i128; 2]], earlier: &[[i128; 2]]) -> Vec<[i128; 2]> {
    let before = |place: usize| earlier.get(place).copied().unwrap_or_default();
    pairs.iter().enumerate().map(|(place, pair)| [pair[0] - before(place)[0], pair[1] - before(place)[1]]).collect()
}

/// A cell with a time, as a shipment keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where and why.
    pub cell: CellId,
    /// How long.
    pub time: Duration,
}
