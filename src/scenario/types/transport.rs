//! Fleets and pools.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use super::demand::TimetableRule;
use super::infrastructure::Rate;
use super::money::{Emission, Tariff};
use crate::random::Distribution;
use crate::units::{Duration, Mass};

/// `[fleet.ID]`: vessels that circle between ports and carry cargo in batches.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// Node ids; the first follows the last.
    pub ports: Vec<String>,
    /// Number of like vessels, ordinals 1 to n. Key `vessels`.
    pub vessels: u32,
    /// Unlike hulls, by name.
    pub vessel: IndexMap<String, Vessel>,
    /// What it carries: cargo id (units expanded) and the deck that one unit takes, in the unit of `capacity`
    /// (a number of metres, TEU, tonnes…). Without an own figure: 1 where the cargo's unit is the capacity's,
    /// else converted through tonnes (`capacity` in another cargo's unit uses that cargo's `tonnes-per-unit`).
    pub carries: IndexMap<String, f64>,
    /// Deck or hold of a vessel.
    pub capacity: Capacity,
    /// Share of `capacity` that may be used, 0 to 1. Default 1.
    pub load_limit: f64,
    /// Most that a vessel lifts; absent: no limit.
    pub deadweight: Option<Mass>,
    /// How a falling water takes from `deadweight`.
    pub draught: Option<Draught>,
    /// By port: facilities (`for = "vessel"`) passed before the berth, ids within that node.
    pub calls: IndexMap<String, Vec<String>>,
    /// By port: berth facilities (`for = "vessel"`), ids within that node; empty: no berth is needed.
    pub berths: IndexMap<String, Vec<String>>,
    /// Loading: a duration a call or a rate, perhaps by cargo. Default none.
    pub load: BerthTime,
    /// Unloading: a duration a call or a rate, perhaps by cargo. Default none.
    pub unload: BerthTime,
    /// Load at which a vessel may leave if nothing more waits, share of a full load 0 to 1. Default 1.
    pub min_load: f64,
    /// Longest wait after the first cargo boarded; absent: without end.
    pub max_wait: Option<Duration>,
    /// Longest wait of an empty vessel; absent: without end.
    pub max_idle: Option<Duration>,
    /// By port: departures at fixed times.
    pub timetable: IndexMap<String, TimetableRule>,
    /// Sailing time in milliseconds; absent: the link's `time` or length ÷ speed.
    pub sailing: Option<Distribution>,
    /// Where vessels are at the clock's zero.
    pub start_at: StartAt,
    /// Time between failures of a vessel, milliseconds; a bare quantity is exponential here.
    pub mtbf: Option<Distribution>,
    /// Time to repair, milliseconds; a bare quantity is exponential here.
    pub mttr: Option<Distribution>,
    /// Not in service before this day.
    pub open_from: Option<DateTime>,
    /// Not in service from this day on.
    pub open_until: Option<DateTime>,
    /// Who runs it.
    pub operator: Option<String>,
    /// Whose revenue it makes; absent: of where it lies, half each of two countries.
    pub country: Option<String>,
    /// What it charges.
    pub tariff: Vec<Tariff>,
    /// What it emits.
    pub emission: Vec<Emission>,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
}

/// `[fleet.F.vessel.NAME]`: a hull unlike the others; what is absent is the fleet's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vessel {
    /// Deck or hold, same unit as the fleet's.
    pub capacity: Option<f64>,
    /// Most that it lifts.
    pub deadweight: Option<Mass>,
    /// Sailing time in milliseconds.
    pub sailing: Option<Distribution>,
}

/// `capacity = "190 TEU"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// How much.
    pub amount: f64,
    /// In what: a cargo's unit, `t` or `m`.
    pub unit: String,
}

/// `load`, `unload`.
#[derive(Clone, Debug, PartialEq)]
pub enum BerthTime {
    /// Takes no time.
    None,
    /// A duration a call, milliseconds.
    PerCall(Distribution),
    /// By size or mass.
    Rate(Rate),
    /// By cargo id (units expanded), each a duration or a rate: one kind is handled after the other.
    ByCargo(IndexMap<String, BerthTime>),
}

impl BerthTime {
    /// How a cargo is handled; nothing where a table leaves it out.
    pub fn of(&self, cargo: &str) -> Option<&Self> {
        match self {
            Self::ByCargo(times) => times.get(cargo),
            time => Some(time),
        }
    }
}

/// `draught = { water, shares }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Draught {
    /// Id of a `[water.ID]`.
    pub water: String,
    /// Level in metres and share of `deadweight` there, levels rising; straight between, level outside.
    pub shares: Vec<(f64, f64)>,
}

/// `start-at`.
#[derive(Clone, Debug, PartialEq)]
pub enum StartAt {
    /// All at this port.
    Port(String),
    /// Ordinal i at port i modulo ports (default).
    Spread,
}

/// `[pool.ID]`: things taken and given back.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// How many. Key `size`.
    pub size: u32,
    /// Cargo ids that need it (units expanded); absent: all.
    pub cargo: Option<Vec<String>>,
    /// How many a body takes.
    pub per: PoolPer,
    /// Time after it was given back until it can be taken, milliseconds.
    pub turnaround: Distribution,
    /// What becomes of it.
    pub returns: Returns,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
}

/// `per` of a pool.
#[derive(Clone, Debug, PartialEq)]
pub enum PoolPer {
    /// One a body.
    Train,
    /// One for so many units of the cargo (`"3 TEU"`), rounded up.
    Units(f64),
}

/// `returns`, `return-time`, `return-as`.
#[derive(Clone, Debug, PartialEq)]
pub enum Returns {
    /// Free where it was given back.
    None,
    /// Free after the way home, milliseconds.
    Empty(Distribution),
    /// Goes back as this cargo to where it was taken, over the real route.
    As(String),
}
