//! The frozen input of the engine: primitives, programs of steps, flows. Nothing here knows a word of the corridor.
//!
//! A [`Model`] holds one set of parameters. A plan has one for each epoch of the timeline; all have the same
//! shape, so an index means the same thing in each.

use crate::ids::{
    CargoId, CellId, FleetId, FlowId, FormerId, GateId, LegId, LineId, NodeId, PoolId, ProgramId, RouteId, SectionId,
    StationId, StorageId,
};
use crate::random::{Distribution, Entity, StreamId};
use crate::units::{Duration, Mass, SimTime, Size};

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
    /// What closes and opens.
    pub gates: Vec<Gate>,
    /// Sequences of storms shared by gates.
    pub storms: Vec<StormGroup>,
    /// Loading bans.
    pub bans: Vec<Ban>,
    /// What bodies do.
    pub programs: Vec<Program>,
    /// Choices among routes.
    pub choices: Vec<super::choice::Choice>,
    /// Demand, and flows that only pools make (their `arrivals` is [`Arrivals::None`]).
    pub flows: Vec<Flow>,
}

/// What the engine needs of a cargo.
#[derive(Clone, Copy, Debug)]
pub struct Cargo {
    /// Mass of one unit.
    pub mass_per_unit: Mass,
    /// Not to be split.
    pub whole: bool,
}

impl Cargo {
    /// The mass of a size, to the nearest kilogram.
    #[inline]
    pub fn mass(self, size: Size) -> Mass {
        Mass::from_kg((size.milli() * self.mass_per_unit.kg() + 500).div_euclid(1000))
    }
}

/// What a body does, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The flow of its shipments.
    pub flow: FlowId,
    /// The route of that flow.
    pub route: RouteId,
    /// The steps; the last is [`Step::Deliver`].
    pub steps: Vec<Step>,
    /// Section clocks that start or stop at a step, in order of the step.
    pub marks: Vec<Mark>,
    /// Takings of things per amount, by step, with the storage that is the next to be entered by land.
    pub ahead: Vec<(u32, StorageId)>,
}

impl Program {
    /// The storage that may hold back who takes at a step.
    pub fn ahead_of(&self, step: u32) -> Option<StorageId> {
        self.ahead.iter().find(|(at, _)| *at == step).map(|(_, storage)| *storage)
    }

    /// What a body that waits to enter a storage at a step gives back inside.
    pub fn given_inside(&self, step: u32) -> &[Giving] {
        let stays =
            |step: &&Step| !matches!(step, Step::Line { .. } | Step::Run { .. } | Step::Board(_) | Step::Take(_));
        let here = self.steps[step as usize..].iter().take_while(stays);
        let mut givings =
            here.filter_map(|step| if let Step::Give(givings) = step { Some(&givings[..]) } else { None });
        givings.next().unwrap_or_default()
    }
}

/// A section's clock starts or stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index of the step.
    pub step: u32,
    /// The section.
    pub section: SectionId,
    /// Starts the clock, or stops it.
    pub starts: bool,
}

/// One step of a program. Marks fire when an `Arrive` is executed, and for the moving steps (`Line`, `Run`,
/// `Board`) at the moment of setting out.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The body is at a node (also the first step of every route). A body carried by a vessel arrives when the vessel does.
    Arrive {
        /// Where.
        node: NodeId,
        /// How many times it was there before.
        visit: u32,
    },
    /// Pass a station.
    Serve(Visit),
    /// Pass several stations side by side; the body goes on after the last.
    Together(Vec<Visit>),
    /// Take pools, all or none; those already held are not named here.
    Take(Vec<Need>),
    /// Give pools back.
    Give(Vec<Giving>),
    /// Wait for space and take it (by land). A body that waits outside has given back what it holds per body and will
    /// give back here; what it holds per amount it keeps, and may have to lend.
    Enter(StorageId),
    /// Take space that may overflow (from a vessel).
    EnterOver(StorageId),
    /// Give space back.
    Leave(StorageId),
    /// Wait to be part of one body; that body executes the steps up to its `Break`.
    Form(FormerId),
    /// The same for a part of a shipment that was split; a whole one passes and stays a body of its own.
    FormParts(FormerId),
    /// The body is broken up; each shipment goes on by its own program.
    Break,
    /// Wait for a path and a place on a line, then run.
    Line {
        /// The line.
        line: LineId,
        /// 0: from the link's `from`; 1: back.
        direction: u8,
        /// Running time.
        law: Draw,
    },
    /// Run without waiting.
    Run {
        /// Running time.
        law: Draw,
        /// Where it is booked.
        cell: CellId,
    },
    /// A shipment may go on by another program from here on: what was to do on arrival is done, and nothing of the next
    /// leg is taken.
    Switch,
    /// Wait for a vessel, cross, be unloaded. The next step is the `Arrive` at the other port.
    Board(LegId),
    /// The end of the route.
    Deliver,
}

/// One passage through a station.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    /// The station.
    pub station: StationId,
    /// Name of the node for identities.
    pub node: StreamId,
    /// How many times the body was at the node before.
    pub number: u32,
}

/// A duration of the law table drawn for a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Index into [`Model::laws`].
    pub law: u32,
    /// How many times the body used this link before.
    pub number: u32,
}

/// A duration with the stream that it is drawn from.
#[derive(Clone, Debug)]
pub struct Law {
    /// Milliseconds.
    pub time: Distribution,
    /// The named source of the draws.
    pub stream: StreamId,
}

/// Things of a pool that a body takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// The pool.
    pub pool: PoolId,
    /// Size served by one thing; `None`: one a body.
    pub per: Option<Size>,
}

/// A pool given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Giving {
    /// The pool.
    pub pool: PoolId,
    /// The program by which the things go home as cargo (its flow is one that only pools make).
    pub home: Option<ProgramId>,
}

/// Servers with one queue.
#[derive(Clone, Debug)]
pub struct Station {
    /// `None`: unlimited.
    pub servers: Option<u32>,
    /// How long a service takes.
    pub service: Service,
    /// Who is a customer.
    pub per: Customer,
    /// Share of bodies that are served.
    pub share: f64,
    /// Of these, share done in advance.
    pub advance: f64,
    /// Passing this station sets this bit of the shipment's record.
    pub sets: Option<u8>,
    /// Having any of these bits lets a body pass at once.
    pub recognises: u64,
    /// Opening hours of the day, milliseconds after midnight; `opens > closes` crosses midnight.
    pub hours: Option<Hours>,
    /// Places with those in service.
    pub room: Option<u32>,
    /// With `room` full: the body is lost (`true`) or waits where it is (`false`).
    pub diverts: bool,
    /// Failures of each server.
    pub failure: Option<Failure>,
    /// The server is held after the service until the customer gives it up (a berth).
    pub held: bool,
    /// Named source of service times.
    pub stream: StreamId,
    /// Named source of `share` (draw 0) and `advance` (draw 1).
    pub share_stream: StreamId,
    /// Where its time is booked.
    pub cells: StationCells,
}

/// Opening hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// After midnight.
    pub opens: Duration,
    /// After midnight.
    pub closes: Duration,
}

/// Who is a customer of a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Customer {
    /// The body (or vessel).
    Body,
    /// Each shipment of it.
    Shipment,
    /// Each unit of it.
    Unit,
}

/// How long a service takes.
#[derive(Clone, Debug)]
pub enum Service {
    /// A law in milliseconds.
    Time(Distribution),
    /// (`setup` + work) × `spread`; the work is size × `ms_per_milli` + mass × `ms_per_kg`.
    Rate {
        /// Milliseconds.
        setup: f64,
        /// Milliseconds a thousandth of a unit.
        ms_per_milli: f64,
        /// Milliseconds a kilogram.
        ms_per_kg: f64,
        /// Factor of mean 1.
        spread: Distribution,
    },
}

/// Failures in calendar time.
#[derive(Clone, Debug)]
pub struct Failure {
    /// From repair to the next failure, milliseconds.
    pub up: Distribution,
    /// Repair, milliseconds.
    pub down: Distribution,
    /// Named source: the entity is the machine, draw by ordinal of the failure.
    pub stream: StreamId,
}

/// Where the time of a station is booked.
#[derive(Clone, Copy, Debug)]
pub struct StationCells {
    /// In service (or `unexplained`).
    pub service: CellId,
    /// In the queue.
    pub wait: CellId,
    /// In the queue outside the hours.
    pub hours: CellId,
    /// In the queue while shut.
    pub closed: CellId,
    /// In the queue with every server failed; in a service that is interrupted.
    pub down: CellId,
    /// Held elsewhere because the room is full.
    pub space: CellId,
}

/// Both directions of a rail line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Least time between two trains of one direction.
    pub headway: Duration,
    /// Trains on it at once.
    pub at_once: Option<u32>,
    /// Where its time is booked.
    pub cells: LineCells,
}

/// Where the time of a line is booked.
#[derive(Clone, Copy, Debug)]
pub struct LineCells {
    /// Running.
    pub running: CellId,
    /// Waiting for a path or a place.
    pub wait: CellId,
    /// Waiting while shut.
    pub closed: CellId,
}

/// A counted pool.
#[derive(Clone, Debug)]
pub struct Pool {
    /// How many.
    pub size: u32,
    /// Counted by the size of a body (wagons), as against one a body (a locomotive).
    pub per_amount: bool,
    /// From given back until free, milliseconds; includes the way home of `returns = "empty"`.
    pub turnaround: Distribution,
    /// The way home, milliseconds, drawn apart.
    pub home: Option<Distribution>,
    /// Named source of both (draws 0 and up of the body's visit; the way home from `home_stream`).
    pub stream: StreamId,
    /// Named source of the way home.
    pub home_stream: StreamId,
    /// Where waiting is booked.
    pub wait: CellId,
}

/// Yard space.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Capacity in room.
    pub capacity: i64,
    /// Room that bodies outside would take from which on nobody takes things per amount for it; `None`: no limit.
    pub stabling: Option<i64>,
    /// By cargo: room of a thousandth of a unit; 0 where it is not held.
    pub room_per_milli: Vec<i64>,
    /// Where waiting outside, and waiting elsewhere to be let set out for it, is booked.
    pub wait: CellId,
    /// Named source for identities of stabled bodies.
    pub node: NodeId,
}

/// A forming place.
#[derive(Clone, Debug)]
pub struct Former {
    /// A full body. Shipments fill it in order; one that is too large for the rest is split unless whole.
    pub full: Size,
    /// Longest wait of the first.
    pub max_wait: Option<Duration>,
    /// Number of steps from the one after `Form` up to and including `Break`.
    pub length: u32,
    /// Where waiting is booked.
    pub wait: CellId,
}

/// One direction of a sea link.
#[derive(Clone, Debug)]
pub struct Leg {
    /// Port where shipments wait.
    pub from: NodeId,
    /// Waiting lines: cargoes that the same fleets carry share one. By cargo: its line, if any fleet carries it.
    pub line_of: Vec<Option<u8>>,
    /// Number of waiting lines.
    pub lines: u8,
    /// Waiting for a vessel.
    pub wait: CellId,
    /// Aboard while loading.
    pub handling: CellId,
    /// Aboard, at sea.
    pub sailing: CellId,
    /// Aboard, sailing stopped.
    pub closed: CellId,
    /// Aboard, vessel failed.
    pub down: CellId,
}

/// Vessels that circle.
#[derive(Clone, Debug)]
pub struct Fleet {
    /// Calls in order; the first follows the last.
    pub calls: Vec<Call>,
    /// Vessels in order of ordinals, then the named ones.
    pub vessels: Vec<Vessel>,
    /// Vessels in service now (the first so many); fewer take effect when a vessel is next empty.
    pub in_service: u32,
    /// By cargo: room of a thousandth of a unit; 0 where it is not carried.
    pub room_per_milli: Vec<i64>,
    /// Loading.
    pub load: BerthTime,
    /// Unloading.
    pub unload: BerthTime,
    /// Share of a full load that suffices if nothing more waits.
    pub min_load: f64,
    /// Longest wait after the first cargo boarded.
    pub max_wait: Option<Duration>,
    /// Longest wait of an empty vessel.
    pub max_idle: Option<Duration>,
    /// Failures of vessels.
    pub failure: Option<Failure>,
    /// Named source of sailing times (entity: the voyage).
    pub sailing_stream: StreamId,
}

impl Fleet {
    /// How much of a cargo a vessel takes besides what is aboard, by deck and by weight.
    pub fn room_beside(&self, hull: usize, (cargo, spec): (CargoId, Cargo), (room, mass): (i64, Mass)) -> Size {
        let hull = &self.vessels[hull];
        let by_deck = (hull.capacity - room) / self.room_per_milli[cargo.index()].max(1);
        let kg = spec.mass_per_unit.kg();
        let limit = hull.deadweight.filter(|_| kg > 0);
        let by_mass = limit.map_or(i64::MAX, |limit| (limit.kg() - mass.kg()) * 1000 / kg);
        Size::from_milli(by_deck.min(by_mass).max(0))
    }

    /// How much of a cargo an empty vessel takes.
    pub fn room_of(&self, hull: usize, cargo: (CargoId, Cargo)) -> Size {
        self.room_beside(hull, cargo, (0, Mass::ZERO))
    }
}

/// One port of a fleet, with the leg that begins there.
#[derive(Clone, Debug)]
pub struct Call {
    /// Port.
    pub node: NodeId,
    /// Name of the port for identities of visits.
    pub node_stream: StreamId,
    /// Stations passed before the berth.
    pub stations: Vec<StationId>,
    /// Berths to choose from; empty: none is needed.
    pub berths: Vec<StationId>,
    /// The leg to the next port.
    pub leg: LegId,
    /// Waiting lines of the leg that this fleet serves.
    pub lines: Vec<u8>,
    /// Some cargo of some flow can use the next leg with this fleet.
    pub ever_loads: bool,
    /// Fixed departures over the whole clock, if any.
    pub timetable: Option<Timetable>,
    /// Waiting for a berth, aboard.
    pub wait_berth: CellId,
    /// Being unloaded.
    pub handling: CellId,
}

/// Departures at fixed times.
#[derive(Clone, Debug)]
pub enum Timetable {
    /// Known times, rising.
    Times(Vec<SimTime>),
    /// Gaps drawn one by one.
    Every {
        /// The first time.
        first: SimTime,
        /// Milliseconds; the entity is the ordinal.
        every: Distribution,
        /// Named source.
        stream: StreamId,
    },
}

/// A hull.
#[derive(Clone, Debug)]
pub struct Vessel {
    /// Identity.
    pub entity: Entity,
    /// Usable deck in room.
    pub capacity: i64,
    /// Most that it lifts.
    pub deadweight: Option<Mass>,
    /// Sailing time by call index (leg that begins there), milliseconds.
    pub sailing: Vec<Distribution>,
    /// Call index at the clock's zero.
    pub start: usize,
}

impl Vessel {
    /// How full it is with a load: the share of its room or of what it may lift, whichever is greater.
    pub fn fullness(&self, room: i64, mass: Mass) -> f64 {
        let by_deck = room as f64 / self.capacity as f64;
        let by_mass = self.deadweight.map_or(0.0, |limit| mass.kg() as f64 / limit.kg().max(1) as f64);
        by_deck.max(by_mass)
    }
}

/// Loading or unloading.
#[derive(Clone, Debug)]
pub enum BerthTime {
    /// No time.
    None,
    /// A law a call.
    PerCall(Law),
    /// Work by size and mass.
    Rate {
        /// Milliseconds a thousandth of a unit.
        ms_per_milli: f64,
        /// Milliseconds a kilogram.
        ms_per_kg: f64,
    },
    /// By cargo, one kind after the other.
    ByCargo(Vec<BerthTime>),
}

impl BerthTime {
    /// How a cargo is handled.
    pub fn of(&self, cargo: CargoId) -> &Self {
        match self {
            Self::ByCargo(times) => &times[cargo.index()],
            time => time,
        }
    }
}

/// Something that closes and opens.
#[derive(Clone, Debug)]
pub struct Gate {
    /// When.
    pub clock: GateClock,
    /// Stations that start no service.
    pub stations: Vec<StationId>,
    /// Lines and directions from which nothing sets out.
    pub lines: Vec<(LineId, u8)>,
    /// Fleets and calls from which nothing sails.
    pub sailings: Vec<(FleetId, u32)>,
    /// Named source of spells (entity: the spell's ordinal; draw blocks 0 open, 1 closed).
    pub stream: StreamId,
}

/// When a gate is closed.
#[derive(Clone, Debug)]
pub enum GateClock {
    /// Known spells, rising, not overlapping.
    Windows(Vec<(SimTime, SimTime)>),
    /// Own renewal by month.
    Renewal {
        /// 12 open spells.
        open: Vec<OpenSpell>,
        /// 12 laws of closed spells, each of the month in which the spell begins, milliseconds.
        closed: Vec<Distribution>,
    },
    /// Member of a group of storms.
    Member,
}

/// What ends an open spell in a month.
#[derive(Clone, Debug)]
pub enum OpenSpell {
    /// Closings a millisecond of open time; 0: nothing closes. A spell that begins in such a month spends one
    /// unit-exponential draw at the rate of each month that it passes through.
    Rate(f64),
    /// A spell that begins in such a month has this length in milliseconds, whatever month it ends in.
    Law(Distribution),
}

impl OpenSpell {
    /// Closings a millisecond of open time.
    pub fn rate(&self) -> f64 {
        match self {
            Self::Rate(rate) => *rate,
            Self::Law(law) => 1.0 / law.mean(),
        }
    }
}

/// Storms that several gates share.
#[derive(Clone, Debug)]
pub struct StormGroup {
    /// Members with the share closed by month.
    pub members: Vec<(GateId, Vec<f64>)>,
    /// Open spells by month, of the member with the greatest share.
    pub open: Vec<OpenSpell>,
    /// Storms by month (of that member), milliseconds.
    pub closed: Vec<Distribution>,
    /// Named source: entity = ordinal of the storm, blocks 0 open, 1 closed, 2 the u of members.
    pub stream: StreamId,
}

/// A loading ban.
#[derive(Clone, Debug)]
pub struct Ban {
    /// What is watched.
    pub watch: Watch,
    /// Begins at this many.
    pub on: Size,
    /// Ends at this many.
    pub off: Size,
    /// From crossing to effect.
    pub delay: Duration,
    /// By cargo: counted or not.
    pub counts: Vec<bool>,
}

/// What a ban watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// All that is at a node.
    Node(NodeId),
    /// What stands in a storage and outside it.
    Storage(StorageId),
    /// The queue of a station.
    Station(StationId),
}

/// Demand.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Its cargo.
    pub cargo: CargoId,
    /// Identity: shipments are (this, ordinal).
    pub key: StreamId,
    /// How shipments come.
    pub arrivals: Arrivals,
    /// Expected arrivals (not shipments) as a function of time: rising pieces, each (start, expected arrivals
    /// before it, arrivals a millisecond in it). The last piece goes on for ever.
    pub rate: Vec<RatePiece>,
    /// Units of a shipment before rounding; of a timetable, as a multiple of the units of its occasion.
    pub size: Distribution,
    /// Mean units of a shipment as it is made.
    pub mean_size: f64,
    /// Shipments an arrival.
    pub batch: u32,
    /// Routes: cumulated share (the last is 1), program.
    pub routes: Vec<(f64, ProgramId)>,
    /// 1 first.
    pub priority: u8,
    /// Longest wait under a ban.
    pub patience: Option<Duration>,
    /// Bans that hold it.
    pub bans: Vec<crate::ids::BanId>,
    /// Where waiting under a ban is booked.
    pub ban_cell: CellId,
    /// Later than this is late.
    pub deadline: Option<Duration>,
    /// Named source of gaps (entity: the ordinal of the arrival).
    pub gap_stream: StreamId,
    /// Named source of sizes (entity: the shipment).
    pub size_stream: StreamId,
    /// Named source of the choice of a route (entity: the shipment).
    pub route_stream: StreamId,
    /// How its shipments choose their route, if the route that their share gives is not all.
    pub chooses: Option<super::choice::Chooses>,
    /// How much of what is given comes.
    pub volume: super::volume::Volume,
    /// Set where only a pool makes the shipments: delivered, they fill it.
    pub fills: Option<PoolId>,
}

/// A piece of the expected number of arrivals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatePiece {
    /// From this moment on.
    pub start: SimTime,
    /// Expected arrivals before `start`.
    pub before: f64,
    /// Arrivals a millisecond.
    pub per_ms: f64,
}

/// How shipments come.
#[derive(Clone, Debug)]
pub enum Arrivals {
    /// None of its own.
    None,
    /// Exponential gaps of mean 1 on the scale of expected arrivals.
    Poisson,
    /// Gaps of 1 on that scale.
    Regular,
    /// Gaps of this law (mean 1) on that scale.
    Renewal(Distribution),
    /// At known times; sizes of their law then multiply the units of the occasion.
    Times(Vec<Occasion>),
}

/// A time of a flow's timetable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occasion {
    /// When.
    pub time: SimTime,
    /// Mean units of each shipment that comes then.
    pub units: f64,
}
