//! Nodes with their facilities, storages and yards; links.

use indexmap::IndexMap;
use jiff::tz::TimeZone;

use super::demand::{Service, Vehicle};
use super::money::{EMISSION, Emission, TARIFF, Tariff};
use crate::random::Distribution;
use crate::scenario::declare::fields::Fields;
use crate::scenario::declare::{table, value, words};
use crate::scenario::format::Kind::{
    Either, Exactly, FacilityOfNode, Flag, Holidays, Hours, Id, List, Map, Number, OneOrMore, Quantity, Random, Share,
    Table, Text, Things, Whole, Word, Zone,
};
use crate::scenario::format::{Allowed, CARGOES, FLOWS, Keys, Kind, Thing};
use crate::scenario::hours::{self, Holiday, HoursSpan};
use crate::scenario::quantity::Dimension;
use crate::scenario::quantity::Dimension::{Amount, Factor, Length, Speed, Time};
use crate::scenario::quantity::Quantity as Measured;
use crate::scenario::tree::{Node as Tree, Value};
use crate::units::{Duration, Kilometres, KmPerHour, Size};

table! {
    /// A place: terminal, junction, border crossing, port.
    pub Node "node" {
        /// Name for people; default the id.
        "name" may(Text) => name: String = or_default(value::text);
        /// ISO country code; absent: one country for all nodes without.
        "country" may(Text) => country: Option<String> = may(value::text);
        /// UN/LOCODE.
        "locode" may(Text) => locode: Option<String> = may(value::text);
        /// Degrees north.
        "lat" may(Number(-90.0, 90.0)) => lat: Option<f64> = may(value::number);
        /// Degrees east.
        "lon" may(Number(-180.0, 180.0)) => lon: Option<f64> = may(value::number);
        /// Of the opening hours and weekly timetables of the place: an offset, or a zone of the tz database; absent: UTC.
        "time-zone" may(Zone) => time_zone: Option<TimeZone> = may(hours::time_zone);
        /// Servers that are passed, in file order.
        "facility" or(Things(Thing::Facility, Facility::FORMAT), "{}")
            => facility: IndexMap<String, Facility> = parts(Facility::read);
        /// Yard space where cargo changes mode.
        "storage" or(Things(Thing::Storage, Storage::FORMAT), "{}")
            => storage: IndexMap<String, Storage> = parts(Storage::read);
        /// Where trains are formed and broken up.
        "yard" or(Things(Thing::Yard, Yard::FORMAT), "{}") => yard: IndexMap<String, Yard> = parts(Yard::read);
        shared dates;
        shared key;
    }
}

words! {
    /// `kind` of a facility; sets the cause under which its time is booked.
    pub FacilityKind {
        /// Booked as handling.
        Crane "crane",
        /// Booked as customs.
        Customs "customs",
        /// Booked as border.
        Border "border",
        /// Booked as documents.
        Documents "documents",
        /// Booked as inspection.
        Inspection "inspection",
        /// Booked as gauge-change.
        GaugeChange "gauge-change",
        /// A change of locomotives, booked as handling.
        LocoChange "loco-change",
        /// Booked as handling.
        Berth "berth",
        /// Shunting, booked as handling.
        Yard "yard",
    }
}

const UNLIMITED: &[Allowed] = &[Allowed::new("unlimited", "There is no limit.")];

table! {
    /// Servers that a train, shipment, unit or vessel passes.
    pub Facility "facility" {
        /// Sets the cause under which its time is booked.
        "kind" needed(Word(FacilityKind::WORDS)) => kind: FacilityKind = need(FacilityKind::read);
        /// How many at once, or "unlimited".
        "servers" needed(Either(&[Word(UNLIMITED), Whole(0, 1_000_000)])) => servers: Option<u32> = need(servers);
        /// How long a service takes; or give `rate` or `type`.
        "time" may(Random(Time, "constant"));
        /// Units or tonnes an hour; or give `time` or `type`.
        "rate" may(Quantity(Dimension::Rate));
        /// Types of service, of which each customer has one at random; or give `time` or `rate`.
        "type" or(Things(Thing::ServiceType, ServiceType::FORMAT), "{}");
        /// Fixed part, with `rate`.
        "setup" or(Quantity(Time), "\"0 h\"");
        /// Factor of mean 1, with `rate`.
        "spread" or(Random(Factor, "constant"), "{ dist = \"constant\", mean = 1.0 }");
        /// How long a service takes.
        time: FacilityTime = facility_time;
        /// Who is a customer.
        "per" or(Word(Per::WORDS), "\"train\"") => per: Per = need(Per::read);
        /// Which bodies pass it: any of these fits; absent: all.
        "when" may(OneOrMore(&WHEN)) => when: Vec<When> = each_table(When::FORMAT, condition);
        /// Position among the node's facilities; absent: file order.
        "order" may(Whole(i64::MIN, i64::MAX)) => order: Option<i64> = may(value::whole);
        /// Where it stands in a change of mode.
        "at" or(Word(At::WORDS), "\"yard\"") => at: At = need(At::read);
        /// Share of bodies that are served at all.
        "share" or(Share(0.0, 1.0), "1.0") => share: f64 = need(value::share);
        /// Of these, the share done before arrival.
        "advance" or(Share(0.0, 1.0), "0.0") => advance: f64 = need(value::share);
        /// What passed one of these passes at once, as `node.facility`.
        "recognises" or(List(&FacilityOfNode), "[]") => recognises: Vec<String> = each(value::text);
        /// Label of facilities done side by side.
        "together" may(Text) => together: Option<String> = may(value::text);
        /// Opening hours in the time zone of the node, on days of the week or on all; may cross midnight, and belong to the day
        /// on which they begin. No service starts outside them; absent: always open.
        "hours" may(OneOrMore(&Hours)) => hours: Vec<HoursSpan> = each(hours::span);
        /// Days on which no hours begin, each year (month and day) or once.
        "holidays" may(OneOrMore(&Holidays)) => holidays: Vec<Holiday> = each(hours::holiday);
        /// Places with those in service; absent: no limit.
        "room" may(Whole(1, 1_000_000_000)) => room: Option<u32> = may(value::whole);
        /// What happens when `room` is full.
        "when-full" or(Word(WhenFull::WORDS), "\"hold\"") => when_full: WhenFull = need(WhenFull::read);
        shared failures;
        /// A calibrated delay without a mechanism; booked as unexplained.
        "residual" or(Flag, "false") => residual: bool = need(value::flag);
        /// Who passes it.
        "for" or(Word(VesselOrCargo::WORDS), "\"cargo\"") => serves: VesselOrCargo = need(VesselOrCargo::read);
        shared operator;
        shared key;
    }
}

#[expect(clippy::option_option, reason = "a number, no limit, or a value that does not read")]
fn servers(node: &Tree) -> Option<Option<u32>> {
    if node.text() == Some("unlimited") { Some(None) } else { value::whole(node).map(Some) }
}

table! {
    /// A type of service: one customer is like another until its type is known.
    pub ServiceType "service" {
        /// Share of the customers; those of all types sum to 1.
        "share" needed(Share(0.0, 1.0)) => share: f64 = need(value::share);
        /// How long the service takes.
        "time" needed(Random(Time, "constant")) => time: Distribution = need(value::time_law);
    }
}

/// `time`, `type`, or `rate` with `setup` and `spread`.
#[derive(Clone, Debug, PartialEq)]
pub enum FacilityTime {
    /// A law in milliseconds.
    Time(Distribution),
    /// By type of service.
    Types(IndexMap<String, ServiceType>),
    /// (`setup` + size ÷ `rate`) × a factor of mean 1.
    Rate {
        /// What a server handles.
        rate: Rate,
        /// Fixed part.
        setup: Duration,
        /// Factor of mean 1.
        spread: Distribution,
    },
}

/// `time`, `rate` or `type`; that it is exactly one of them is checked apart, and a berth may have neither.
fn facility_time(fields: &Fields<'_>) -> Option<FacilityTime> {
    if let Some(rate) = fields.may("rate", Rate::read)? {
        return Some(FacilityTime::Rate {
            rate,
            setup: fields.need("setup", value::duration)?,
            spread: fields.need("spread", value::factor_law)?,
        });
    }
    let types = fields.parts("type", ServiceType::read)?;
    if !types.is_empty() {
        return Some(FacilityTime::Types(types));
    }
    match fields.may("time", value::time_law)? {
        Some(time) => Some(FacilityTime::Time(time)),
        None => Distribution::constant(0.0).ok().map(FacilityTime::Time),
    }
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

    pub(in crate::scenario) fn read(node: &Tree) -> Option<Self> {
        value::quantity(node, Dimension::Rate).map(|rate| Self { per_hour: rate.value, unit: rate.unit })
    }
}

words! {
    /// `per` of a facility.
    pub Per {
        /// One service for the body, or the vessel.
        Train "train",
        /// One for each shipment of the body.
        Shipment "shipment",
        /// One for each unit of the body.
        Unit "unit",
    }
}

words! {
    /// `at`: where a facility stands in a change of mode.
    pub At {
        /// On what brought the cargo.
        In "in",
        /// In the yard.
        Yard "yard",
        /// On what takes the cargo away.
        Out "out",
        /// `in` for what comes by rail, `out` for what leaves by rail.
        Train "train",
    }
}

words! {
    /// `for` of a facility.
    pub VesselOrCargo {
        /// Trains, shipments, units.
        Cargo "cargo",
        /// Vessels: it is named in `calls` and `berths` of fleets.
        Vessel "vessel",
    }
}

words! {
    /// `when-full` of a facility.
    pub WhenFull {
        /// What is behind is blocked.
        Hold "hold",
        /// It is lost to the route outside the corridor.
        Divert "divert",
    }
}

words! {
    /// How a body moves at a node.
    pub Movement {
        /// The route begins here.
        Origin "origin",
        /// The route ends here.
        Destination "destination",
        /// Neither.
        Transit "transit",
        /// The country changes on the link before.
        Enters "enters",
        /// The country changes on the link after.
        Leaves "leaves",
    }
}

const WHEN: Kind = Either(&[Table(When::FORMAT), Word(Movement::WORDS)]);

table! {
    /// Which bodies pass; every key that is given must fit.
    pub default When "condition" {
        /// Mode of the link before.
        "from" may(Word(Mode::WORDS)) => from: Option<Mode> = may(Mode::read);
        /// Mode of the link after.
        "to" may(Word(Mode::WORDS)) => to: Option<Mode> = may(Mode::read);
        /// How it moves here.
        "movement" may(Word(Movement::WORDS)) => movement: Option<Movement> = may(Movement::read);
        /// Cargoes.
        "cargo" may(CARGOES) => cargo: Option<Vec<String>> = cargoes();
        /// Services.
        "service" may(OneOrMore(&Word(Service::WORDS))) => service: Option<Vec<Service>> = may_each(Service::read);
        /// Flows.
        "flow" may(FLOWS) => flow: Option<Vec<String>> = flows();
    }
}

/// A table, or a word of movement alone.
fn condition(fields: &Fields<'_>) -> Option<When> {
    if fields.node.text().is_none() {
        return When::read(fields);
    }
    let movement = Some(Movement::read(fields.node)?);
    Some(When { movement, ..When::default() })
}

table! {
    /// Yard space where cargo changes mode.
    pub Storage "storage" {
        /// Space in its own unit.
        "capacity" needed(Quantity(Amount)) => capacity: Size = need(size);
        /// The unit of `capacity` and of `stabling`.
        unit: String = unit_of_space;
        /// What it holds; absent: every cargo counted in its unit.
        "cargo" may(CARGOES);
        /// Cargo ids that it holds.
        cargo: Vec<String> = stored;
        /// Which bodies enter it: any of these fits; absent: all. The first storage that fits is entered.
        "when" may(OneOrMore(&WHEN)) => when: Vec<When> = each_table(When::FORMAT, condition);
        /// While so much waits outside, nobody takes wagons for it; absent: its capacity; or "unlimited".
        "stabling" may(Either(&[Word(UNLIMITED), Quantity(Amount)])) => stabling: Stabling = or_default(Stabling::read);
        /// For so long a stay costs nothing by the day.
        "free-time" or(Quantity(Time), "\"0 d\"") => free_time: Duration = need(value::duration);
        shared operator;
    }
}

fn size(node: &Tree) -> Option<Size> {
    value::amount(node).map(|amount| Size::from_units(amount.value))
}

fn unit_of_space(fields: &Fields<'_>) -> Option<String> {
    Some(fields.need("capacity", value::amount)?.unit)
}

fn stored(fields: &Fields<'_>) -> Option<Vec<String>> {
    cargo_or_counted_in(fields, &fields.need("capacity", value::amount)?)
}

/// `cargo`, or every cargo that is counted in the unit of an amount.
fn cargo_or_counted_in(fields: &Fields<'_>, amount: &Measured) -> Option<Vec<String>> {
    let counted = || fields.context.index.counted_in(&amount.unit);
    Some(fields.cargoes("cargo")?.unwrap_or_else(counted))
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

impl Stabling {
    fn read(node: &Tree) -> Option<Self> {
        if node.text() == Some("unlimited") { Some(Self::Unlimited) } else { size(node).map(Self::Amount) }
    }
}

table! {
    /// Where trains are formed and broken up.
    pub Yard "yard" {
        /// Size of a full train.
        "train" needed(Quantity(Amount)) => train: Size = need(size);
        /// Longest wait of the first shipment of a train; absent: until full.
        "max-wait" may(Quantity(Time)) => max_wait: Option<Duration> = may(value::duration);
        /// What it forms trains of; absent: every cargo counted in the unit of `train`.
        "cargo" may(CARGOES);
        /// Cargo ids that it forms trains of.
        cargo: Vec<String> = formed;
    }
}

fn formed(fields: &Fields<'_>) -> Option<Vec<String>> {
    cargo_or_counted_in(fields, &fields.need("train", value::amount)?)
}

words! {
    /// `mode` of a link.
    pub Mode {
        /// Railway: open to all cargoes; yards form trains for it, which `paths-per-day` and `trains-at-once` keep apart.
        Rail "rail",
        /// Sea: crossed aboard a fleet that carries the cargo and has both ends as ports; a plain delay where there is none and `time` is given.
        Sea "sea",
        /// Road: open to the cargoes of `carries` alone; what comes from elsewhere goes on in vehicles of `vehicle`.
        Road "road",
        /// Pipeline: open to the cargoes of `carries` alone.
        Pipeline "pipeline",
    }
}

table! {
    /// A line between two nodes, both directions.
    pub Link "link" {
        /// One end.
        "from" needed(Id(Thing::Node)) => from: String = need(value::text);
        /// The other end.
        "to" needed(Id(Thing::Node)) => to: String = need(value::text);
        /// Rail, sea, road, pipeline.
        "mode" needed(Word(Mode::WORDS)) => mode: Mode = need(Mode::read);
        /// Only from `from` to `to`.
        "one-way" or(Flag, "false") => one_way: bool = need(value::flag);
        /// Needed where `time` is absent.
        "length" may(Quantity(Length)) => length: Option<Kilometres> = may(value::length);
        /// Running time.
        "time" may(Random(Time, "constant")) => time: Option<Distribution> = may(value::time_law);
        /// Of all services, or by service.
        "speed" may(Either(&[Map(Keys::Words(Service::WORDS), &Quantity(Speed)), Quantity(Speed)]))
            => speed: Vec<(Option<Service>, KmPerHour)> = or_default(speeds);
        /// Factor of mean 1 on length ÷ speed.
        "spread" or(Random(Factor, "constant"), "{ dist = \"constant\", mean = 1.0 }")
            => spread: Distribution = need(value::factor_law);
        /// Longitude and latitude of points along the line, from `from` to `to`, for maps; absent: a curve. Distances and times do not
        /// follow from it.
        "shape" or(List(&Exactly(2, &Number(-180.0, 180.0))), "[]") => shape: Vec<[f64; 2]> = each(point);
        /// Trains a day in each direction; absent: no limit. Rail only.
        "paths-per-day" may(Number(0.0, 1e5)) => paths_per_day: Option<f64> = may(value::number);
        /// Paths a day that other traffic takes. Rail only.
        "other-trains" or(Number(0.0, 1e5), "0.0") => other_trains: f64 = need(value::number);
        /// Trains on the line, both directions together; absent: no limit. Rail only.
        "trains-at-once" may(Whole(1, 1_000_000)) => trains_at_once: Option<u32> = may(value::whole);
        /// What a vehicle takes, on a road; absent: what the cargo says. What a flow says goes before.
        "vehicle" may(Quantity(Amount)) => vehicle: Option<Vehicle> = may(Vehicle::read);
        /// Pools taken for it.
        "pools" or(List(&Id(Thing::Pool)), "[]") => pools: Vec<String> = each(value::text);
        /// Cargoes that may use it; absent: all by rail and sea, none by road and pipeline.
        "carries" may(CARGOES) => carries: Option<Vec<String>> = cargoes();
        shared dates;
        shared carriage;
        shared key;
    }
}

/// Longitude and latitude.
fn point(pair: &Tree) -> Option<[f64; 2]> {
    match pair.list()? {
        [longitude, latitude] => Some([value::number(longitude)?, value::number(latitude)?]),
        _ => None,
    }
}

fn speeds(node: &Tree) -> Option<Vec<(Option<Service>, KmPerHour)>> {
    let Some(entries) = node.table() else { return Some(vec![(None, value::speed(node)?)]) };
    let by_service = |(key, entry): (&String, &Tree)| {
        let word = Tree::new(Value::Text(key.clone()), entry.span);
        Some((Some(Service::read(&word)?), value::speed(entry)?))
    };
    entries.iter().map(by_service).collect()
}
