//! Nodes with their facilities, storages and yards; links.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use super::disruption::HoursOfDay;
use super::money::{Emission, Tariff};
use crate::random::Distribution;
use crate::units::{Duration, Kilometres, KmPerHour, Size};

/// `[node.ID]`: a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Name for people; default the id.
    pub name: String,
    /// ISO country code; absent: one country for all nodes without.
    pub country: Option<String>,
    /// UN/LOCODE.
    pub locode: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Servers that are passed, in file order.
    pub facility: IndexMap<String, Facility>,
    /// Yard space where cargo changes mode.
    pub storage: IndexMap<String, Storage>,
    /// Where trains are formed.
    pub yard: IndexMap<String, Yard>,
    /// Closed before this day.
    pub open_from: Option<DateTime>,
    /// Closed from this day on.
    pub open_until: Option<DateTime>,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
}

/// `kind` of a facility; sets the cause under which its time is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacilityKind {
    /// Booked as handling.
    Crane,
    /// Booked as customs.
    Customs,
    /// Booked as border.
    Border,
    /// Booked as documents.
    Documents,
    /// Booked as inspection.
    Inspection,
    /// Booked as gauge-change.
    GaugeChange,
    /// Booked as handling.
    LocoChange,
    /// Booked as handling.
    Berth,
    /// Booked as handling.
    Yard,
}

/// `[node.N.facility.ID]`: servers that a train, shipment, unit or vessel passes.
#[derive(Clone, Debug, PartialEq)]
pub struct Facility {
    /// Sets the cause.
    pub kind: FacilityKind,
    /// `None`: `servers = "unlimited"`.
    pub servers: Option<u32>,
    /// How long a service takes.
    pub time: FacilityTime,
    /// Who is a customer. Default `train`: one service for the body.
    pub per: Per,
    /// Which bodies pass it; any of these fits; empty: all.
    pub when: Vec<When>,
    /// Position among the node's facilities; default: file order. Key `order`.
    pub order: Option<i64>,
    /// Where it stands in a change of mode. Default yard.
    pub at: At,
    /// Share of bodies that are served at all, 0 to 1. Default 1.
    pub share: f64,
    /// Of these, the share done before arrival, 0 to 1. Default 0.
    pub advance: f64,
    /// Facilities as `node.facility` paths (`"altynkol.customs"`): what passed one of them passes at once.
    pub recognises: Vec<String>,
    /// Label of facilities done side by side.
    pub together: Option<String>,
    /// UTC opening hours; no service starts outside them.
    pub hours: Option<HoursOfDay>,
    /// Places with those in service; absent: no limit.
    pub room: Option<u32>,
    /// What happens when `room` is full. Default hold.
    pub when_full: WhenFull,
    /// Mean (or law of) time between failures of a server, milliseconds; a bare quantity is exponential here.
    pub mtbf: Option<Distribution>,
    /// Time to repair, milliseconds; a bare quantity is exponential here.
    pub mttr: Option<Distribution>,
    /// A calibrated delay without a mechanism; booked as unexplained.
    pub residual: bool,
    /// Who passes it: `for = "vessel"`, default cargo.
    pub serves: VesselOrCargo,
    /// Who runs it.
    pub operator: Option<String>,
    /// What it charges.
    pub tariff: Vec<Tariff>,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
}

/// `time`, or `rate` with `setup` and `spread`.
#[derive(Clone, Debug, PartialEq)]
pub enum FacilityTime {
    /// A law in milliseconds.
    Time(Distribution),
    /// (`setup` + size ÷ `rate`) × a factor of mean 1.
    Rate {
        /// What a server handles.
        rate: Rate,
        /// Fixed part.
        setup: Duration,
        /// Factor of mean 1. Default constant 1.
        spread: Distribution,
    },
}

/// `"25 TEU/h"`: serves cargoes that are counted in its unit; in tonnes, all.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// Units (or tonnes) an hour.
    pub per_hour: f64,
    /// What it counts: a cargo's unit, or `t`, by which mass counts and not size.
    pub unit: String,
}

impl Rate {
    /// Whether it counts tonnes.
    pub fn is_in_tonnes(&self) -> bool {
        self.unit == "t"
    }

    /// Whether it says how fast a cargo is handled that is counted in `unit`.
    pub fn serves(&self, unit: &str) -> bool {
        self.is_in_tonnes() || self.unit == unit
    }
}

/// `per`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// The body, or the vessel.
    Train,
    /// Each shipment of the body.
    Shipment,
    /// Each unit of the body.
    Unit,
}

/// `at`: where a facility stands in a change of mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// On what brought the cargo.
    In,
    /// In the yard (default).
    Yard,
    /// On what takes the cargo away.
    Out,
    /// `in` for what comes by rail, `out` for what leaves by rail.
    Train,
}

/// `for`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VesselOrCargo {
    /// Trains, shipments, units.
    Cargo,
    /// Vessels, named in `calls` and `berths` of fleets.
    Vessel,
}

/// `when-full`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// What is behind is blocked.
    Hold,
    /// Lost to outside.
    Divert,
}

/// A word of movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// The route begins here.
    Origin,
    /// The route ends here.
    Destination,
    /// Neither.
    Transit,
    /// The country changes on the link before.
    Enters,
    /// The country changes on the link after.
    Leaves,
}

/// One condition of `when`; every key that is given must fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    /// Mode of the link before.
    pub from: Option<Mode>,
    /// Mode of the link after.
    pub to: Option<Mode>,
    /// A word of movement.
    pub movement: Option<Movement>,
    /// Cargo ids (units already expanded).
    pub cargo: Option<Vec<String>>,
    /// Services.
    pub service: Option<Vec<super::demand::Service>>,
    /// Flow ids (patterns already expanded).
    pub flow: Option<Vec<String>>,
}

/// `[node.N.storage.ID]`: yard space where cargo changes mode.
#[derive(Clone, Debug, PartialEq)]
pub struct Storage {
    /// Space in its own unit, thousandths. Key `capacity = "2500 TEU"`.
    pub capacity: Size,
    /// The unit of `capacity` and of `stabling`.
    pub unit: String,
    /// Cargo ids that it holds (units expanded). Default: every cargo counted in `unit`.
    pub cargo: Vec<String>,
    /// Which bodies enter it; any of these fits; empty: all. The first storage that fits is entered.
    pub when: Vec<When>,
    /// What may stand outside before nobody sets out for it any more.
    pub stabling: Stabling,
}

/// `stabling` of a storage: the cargo outside from which on nobody takes wagons for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stabling {
    /// As much as its capacity: the default.
    #[default]
    AsCapacity,
    /// An amount in the unit of the storage, thousandths.
    Amount(Size),
    /// Whatever stands outside.
    Unlimited,
}

/// `[node.N.yard.ID]`: where trains are formed and broken up.
#[derive(Clone, Debug, PartialEq)]
pub struct Yard {
    /// Size of a full train in the cargo's unit. Key `train = "50 wagon"`.
    pub train: Size,
    /// Longest wait of the first shipment of a train; absent: until full.
    pub max_wait: Option<Duration>,
    /// Cargo ids that it forms trains of (units expanded). Default: every cargo counted in the unit of `train`.
    pub cargo: Vec<String>,
}

/// `mode` of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// Railway.
    Rail,
    /// Sea.
    Sea,
    /// Road.
    Road,
    /// Pipeline.
    Pipeline,
}

/// `[link.ID]`: a line between two nodes, both directions.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Node id.
    pub from: String,
    /// Node id.
    pub to: String,
    /// Mode.
    pub mode: Mode,
    /// `one-way = true`: only from `from` to `to`. Default false.
    pub one_way: bool,
    /// Length; needed where `time` is absent.
    pub length: Option<Kilometres>,
    /// Running time in milliseconds, if given.
    pub time: Option<Distribution>,
    /// Speed of all services, or by service: `speed = "40 km/h"` or `{ block-train = "40 km/h", wagon-group = … }`.
    pub speed: Vec<(Option<super::demand::Service>, KmPerHour)>,
    /// Factor of mean 1 on length ÷ speed. Default constant 1.
    pub spread: Distribution,
    /// Trains a day in each direction; absent: no limit. Rail only.
    pub paths_per_day: Option<f64>,
    /// Paths a day that other traffic takes. Default 0.
    pub other_trains: f64,
    /// Trains on the line at once, both directions together; absent: no limit.
    pub trains_at_once: Option<u32>,
    /// Pools taken for it.
    pub pools: Vec<String>,
    /// Cargo ids that may use it (units expanded); absent: all by rail and sea, none by road and pipeline.
    pub carries: Option<Vec<String>>,
    /// Closed before this day.
    pub open_from: Option<DateTime>,
    /// Closed from this day on.
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
