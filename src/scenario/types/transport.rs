//! Fleets and pools.

use indexmap::IndexMap;

use super::demand::{TIMETABLE, TimetableRule, timetable};
use super::infrastructure::Rate;
use super::money::{EMISSION, Emission, TARIFF, Tariff};
use crate::random::Distribution;
use crate::scenario::declare::fields::Fields;
use crate::scenario::declare::{table, value, words};
use crate::scenario::format::Kind::{
    Either, Exactly, Id, List, Map, OneOrMore, Quantity, Random, Share, Table, Text, Things, Whole, Word,
};
use crate::scenario::format::{Allowed, CARGOES, Keys, Kind, NODES, Thing};
use crate::scenario::quantity::Dimension;
use crate::scenario::quantity::Dimension::{Amount, Level, Time};
use crate::scenario::quantity::Quantity as Measured;
use crate::scenario::tree::{Node, Value};
use crate::units::{Duration, Mass};

table! {
    /// Vessels that circle between ports and carry cargo in batches.
    pub Fleet "fleet" {
        /// Name for people; default the id.
        "name" may(Text) => name: Option<String> = may(value::text);
        /// Ports in order; the first follows the last.
        "ports" needed(NODES) => ports: Vec<String> = each(value::text);
        /// Number of like vessels.
        "vessels" or(Whole(0, 1_000), "0") => vessels: u32 = need(value::whole);
        /// Unlike hulls, by name.
        "vessel" or(Things(Thing::Vessel, Vessel::FORMAT), "{}")
            => vessel: IndexMap<String, Vessel> = parts(Vessel::read);
        /// What it carries, perhaps with the deck that a unit takes.
        "carries" needed(Either(&[Map(Keys::CargoOrUnit, &Quantity(Amount)), CARGOES]));
        /// By cargo id the deck that one unit takes, in the unit of `capacity`. Without an own figure: 1 where the cargo's
        /// unit is the capacity's, else converted through tonnes.
        carries: IndexMap<String, f64> = carries;
        /// Deck or hold of a vessel.
        "capacity" needed(Quantity(Amount)) => capacity: Room = need(Room::read);
        /// Share of the capacity that may be used.
        "load-limit" or(Share(0.0, 1.0), "1.0") => load_limit: f64 = need(value::share);
        /// Most that a vessel lifts; absent: no limit.
        "deadweight" may(Quantity(Dimension::Mass)) => deadweight: Option<Mass> = may(value::mass);
        /// How a falling water takes from the deadweight.
        "draught" may(Table(Draught::FORMAT)) => draught: Option<Draught> = may_table(Draught::FORMAT, Draught::read);
        /// By port: facilities passed before the berth.
        "calls" or(PORT_FACILITIES, "{}") => calls: IndexMap<String, Vec<String>> = map(texts);
        /// By port: berth facilities; where there are none, no berth is needed.
        "berths" or(PORT_FACILITIES, "{}") => berths: IndexMap<String, Vec<String>> = map(texts);
        /// By port: facilities passed with the berth held before unloading, such as a tug that brings the vessel in.
        "moors" or(PORT_FACILITIES, "{}") => moors: IndexMap<String, Vec<String>> = map(texts);
        /// By port: facilities passed with the berth held when the vessel is ready, such as a pilot or a tug that takes it out.
        "departs" or(PORT_FACILITIES, "{}") => departs: IndexMap<String, Vec<String>> = map(texts);
        /// By port: facilities that load and unload the vessel at its berth, in place of `load` and `unload`: the first that
        /// is free, else the one with the shortest queue. A `time` of theirs is one for all that is unloaded or loaded in a
        /// call; at a `rate` each amount takes its time. With `per = "unit"` all of its servers work on a vessel.
        "cranes" or(PORT_FACILITIES, "{}") => cranes: IndexMap<String, Vec<String>> = map(texts);
        /// Loading: a duration a call, or a rate; perhaps by cargo.
        "load" may(BERTH_TIME);
        /// Loading.
        load: BerthTime = loading;
        /// Unloading: a duration a call, or a rate; perhaps by cargo.
        "unload" may(BERTH_TIME);
        /// Unloading.
        unload: BerthTime = unloading;
        /// Load at which a vessel may leave if nothing more waits.
        "min-load" or(Share(0.0, 1.0), "1.0") => min_load: f64 = need(value::share);
        /// Longest wait after the first cargo boarded; absent: without end.
        "max-wait" may(Quantity(Time)) => max_wait: Option<Duration> = may(value::duration);
        /// Longest wait of an empty vessel; absent: without end.
        "max-idle" may(Quantity(Time)) => max_idle: Option<Duration> = may(value::duration);
        /// By port: departures at fixed times.
        "timetable" or(Map(Keys::Of(Thing::Node), &TIMETABLE), "{}")
            => timetable: IndexMap<String, TimetableRule> = map_with(timetable);
        /// Sailing time; absent: the link's.
        "sailing" may(Random(Time, "constant")) => sailing: Option<Distribution> = may(value::time_law);
        /// Where vessels are at the clock's zero.
        "start-at" or(Either(&[Word(SPREAD), Id(Thing::Node)]), "\"spread\"") => start_at: StartAt = need(StartAt::read);
        shared failures;
        shared dates;
        shared carriage;
        shared key;
    }
}

const SPREAD: &[Allowed] = &[Allowed::new("spread", "Vessels are at the ports in turn.")];
const PORT_FACILITIES: Kind = Map(Keys::Of(Thing::Node), &OneOrMore(&Text));
const TIME_OR_RATE: Kind = Either(&[Quantity(Dimension::Rate), Random(Time, "constant")]);
const BERTH_TIME: Kind =
    Either(&[Quantity(Dimension::Rate), Random(Time, "constant"), Map(Keys::CargoOrUnit, &TIME_OR_RATE)]);

fn texts(node: &Node) -> Option<Vec<String>> {
    node.items().iter().map(value::text).collect()
}

/// Every cargo with the deck that a unit takes.
fn carries(fields: &Fields<'_>) -> Option<IndexMap<String, f64>> {
    let node = fields.get("carries")?;
    let capacity = fields.need("capacity", value::amount)?;
    let Value::Table(entries) = &node.value else {
        let cargoes = fields.cargoes("carries")??;
        return cargoes.into_iter().map(|cargo| room(fields, &cargo, &capacity).map(|room| (cargo, room))).collect();
    };
    by_cargo(fields, entries, |entry| Some(value::amount(entry)?.value))
}

/// Every cargo with the value that a table of cargoes and units gives it. What is named by its id goes before what a unit
/// stands for.
fn by_cargo<T: Clone>(
    fields: &Fields<'_>,
    entries: &IndexMap<String, Node>,
    read: impl Fn(&Node) -> Option<T>,
) -> Option<IndexMap<String, T>> {
    let mut values = IndexMap::new();
    let (ids, units): (Vec<_>, Vec<_>) =
        entries.iter().partition(|(word, _)| fields.context.root.at(&["cargo", word]).is_some());
    for (word, entry) in ids.into_iter().chain(units) {
        let value = read(entry)?;
        for cargo in fields.context.index.cargoes(word) {
            values.entry(cargo).or_insert_with(|| value.clone());
        }
    }
    Some(values)
}

/// How much of the capacity a unit of a cargo takes where nothing says so: through tonnes.
fn room(fields: &Fields<'_>, cargo: &str, capacity: &Measured) -> Option<f64> {
    let own = fields.context.root.at(&["cargo", cargo, "unit"])?.text()?;
    if own == capacity.unit {
        return Some(1.0);
    }
    let tonnes = |cargo: &str| fields.context.units.get(cargo).map(|kilograms| kilograms / 1000.0);
    let of_capacity = match capacity.unit.as_str() {
        "t" => 1.0,
        unit => tonnes(fields.context.index.counted_in(unit).first()?)?,
    };
    (of_capacity > 0.0).then(|| tonnes(cargo).map(|tonnes| tonnes / of_capacity))?
}

table! {
    /// A hull unlike the others; what is absent is the fleet's.
    pub default Vessel "vessel" {
        /// Deck or hold, in the fleet's unit.
        "capacity" may(Quantity(Amount)) => capacity: Option<f64> = may(deck);
        /// Most that it lifts.
        "deadweight" may(Quantity(Dimension::Mass)) => deadweight: Option<Mass> = may(value::mass);
        /// Sailing time.
        "sailing" may(Random(Time, "constant")) => sailing: Option<Distribution> = may(value::time_law);
    }
}

fn deck(node: &Node) -> Option<f64> {
    Some(value::amount(node)?.value)
}

table! {
    /// How a falling water takes from the deadweight.
    pub Draught "draught" {
        /// The water whose level counts.
        "water" needed(Id(Thing::Water)) => water: String = need(value::text);
        /// Level and share of the deadweight there, levels rising; straight between them, and level outside.
        "shares" needed(List(&Exactly(2, &LEVEL_OR_SHARE))) => shares: Vec<DraughtPoint> = some(level_and_share);
    }
}

/// What a vessel may lift at a level of the water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DraughtPoint {
    /// The level, metres.
    pub level: f64,
    /// The share of the deadweight.
    pub share: f64,
}

const LEVEL_OR_SHARE: Kind = Either(&[Quantity(Level), Share(0.0, 1.0)]);

fn level_and_share(pair: &Node) -> Option<DraughtPoint> {
    match pair.list()? {
        [level, share] => Some(DraughtPoint { level: value::level(level)?, share: value::share(share)? }),
        _ => None,
    }
}

/// `capacity = "190 TEU"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// How much.
    pub amount: f64,
    /// In what: a cargo's unit, `t` or `m`.
    pub unit: String,
}

impl Room {
    fn read(node: &Node) -> Option<Self> {
        value::amount(node).map(|amount| Self { amount: amount.value, unit: amount.unit })
    }
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

fn loading(fields: &Fields<'_>) -> Option<BerthTime> {
    berth_time(fields, "load")
}

fn unloading(fields: &Fields<'_>) -> Option<BerthTime> {
    berth_time(fields, "unload")
}

fn berth_time(fields: &Fields<'_>, key: &str) -> Option<BerthTime> {
    let Some(node) = fields.get(key) else { return Some(BerthTime::None) };
    match node.table().filter(|entries| !entries.contains_key("dist")) {
        Some(entries) => by_cargo(fields, entries, time_or_rate).map(BerthTime::ByCargo),
        None => time_or_rate(node),
    }
}

fn time_or_rate(node: &Node) -> Option<BerthTime> {
    Rate::read(node).map(BerthTime::Rate).or_else(|| value::time_law(node).map(BerthTime::PerCall))
}

/// `start-at`.
#[derive(Clone, Debug, PartialEq)]
pub enum StartAt {
    /// All at this port.
    Port(String),
    /// Ordinal i at port i modulo ports (default).
    Spread,
}

impl StartAt {
    fn read(node: &Node) -> Option<Self> {
        match node.text()? {
            "spread" => Some(Self::Spread),
            port => Some(Self::Port(port.to_owned())),
        }
    }
}

table! {
    /// Ships from outside that come to a port and lie at its berths with no cargo of the scenario.
    pub Visit "visit" {
        /// The port.
        "at" needed(Id(Thing::Node)) => at: String = need(value::text);
        /// Facilities passed before the berth.
        "calls" may(LIST_OF_FACILITIES) => calls: Vec<String> = each(value::text);
        /// Berth facilities; the first free one is taken, else the one with the shortest queue.
        "berths" may(LIST_OF_FACILITIES) => berths: Vec<String> = each(value::text);
        /// Facilities passed with the berth held before the time at the berth begins.
        "moors" may(LIST_OF_FACILITIES) => moors: Vec<String> = each(value::text);
        /// Facilities passed with the berth held when that time is over.
        "departs" may(LIST_OF_FACILITIES) => departs: Vec<String> = each(value::text);
        /// Time at the berth of all ships; or give `kind`.
        "time" may(Random(Time, "constant")) => time: Option<Distribution> = may(value::time_law);
        /// Kinds of ships, by which the time at the berth differs; or give `time`.
        "kind" or(Things(Thing::ShipKind, ShipKind::FORMAT), "{}")
            => kind: IndexMap<String, ShipKind> = parts(ShipKind::read);
        /// Ships that come at random, as a Poisson stream: "2 ship/d"; or give `timetable`.
        "rate" may(Quantity(Dimension::Frequency)) => rate: Option<f64> = may(ships_an_hour);
        /// When ships come: `{ every, first }`, where `every` may be random, or `{ days, at }`.
        "timetable" may(TIMETABLE) => timetable: Option<TimetableRule> = may_with(timetable);
        /// 1 is served first.
        "priority" or(Whole(1, 9), "2") => priority: u8 = need(value::whole);
        shared key;
    }
}

fn ships_an_hour(node: &Node) -> Option<f64> {
    value::quantity(node, Dimension::Frequency).map(|rate| rate.value)
}

const LIST_OF_FACILITIES: Kind = OneOrMore(&Text);

table! {
    /// A kind of ships from outside.
    pub ShipKind "ship" {
        /// Share of the ships; those of all kinds sum to 1.
        "share" needed(Share(0.0, 1.0)) => share: f64 = need(value::share);
        /// Time at the berth.
        "time" needed(Random(Time, "constant")) => time: Distribution = need(value::time_law);
    }
}

table! {
    /// Things taken and given back.
    pub Pool "pool" {
        /// Name for people; default the id.
        "name" may(Text) => name: Option<String> = may(value::text);
        /// How many.
        "size" needed(Whole(0, 10_000_000)) => size: u32 = need(value::whole);
        /// What needs it; absent: all.
        "cargo" may(CARGOES) => cargo: Option<Vec<String>> = cargoes();
        /// How many a body takes: one, or one for so many units.
        "per" or(Either(&[Word(A_TRAIN), Quantity(Amount)]), "\"train\"") => per: PoolPer = need(PoolPer::read);
        /// Time from given back to free.
        "turnaround" or(Random(Time, "constant"), "{ dist = \"constant\", mean = \"0 h\" }")
            => turnaround: Distribution = need(value::time_law);
        /// What becomes of it where it is given back.
        "returns" may(Word(Home::WORDS));
        /// The way home, with `returns = "empty"`.
        "return-time" may(Random(Time, "constant"));
        /// Goes back as this cargo over the real route.
        "return-as" may(Id(Thing::Cargo));
        /// What becomes of it.
        returns: Returns = returns;
        /// Whose revenue it makes; absent: of no country that is named.
        "country" may(Text) => country: Option<String> = may(value::text);
        shared operator;
        shared key;
    }
}

const A_TRAIN: &[Allowed] = &[Allowed::new("train", "One for each body.")];

words! {
    /// `returns` of a pool.
    Home {
        /// It is free where it was given back.
        None "none",
        /// It is free after the way home.
        Empty "empty",
    }
}

/// `per` of a pool.
#[derive(Clone, Debug, PartialEq)]
pub enum PoolPer {
    /// One a body.
    Train,
    /// One for so many units of the cargo (`"3 TEU"`), rounded up.
    Units(f64),
}

impl PoolPer {
    fn read(node: &Node) -> Option<Self> {
        if node.text()? == "train" {
            Some(Self::Train)
        } else {
            value::amount(node).map(|amount| Self::Units(amount.value))
        }
    }
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

fn returns(fields: &Fields<'_>) -> Option<Returns> {
    if let Some(cargo) = fields.may("return-as", value::text)? {
        return Some(Returns::As(cargo));
    }
    match fields.may("returns", Home::read)? {
        Some(Home::Empty) => fields.may("return-time", value::time_law)?.map_or_else(no_time, Some).map(Returns::Empty),
        Some(Home::None) | None => Some(Returns::None),
    }
}

/// Stands in for a missing `return-time`, which the checks report.
fn no_time() -> Option<Distribution> {
    Distribution::constant(0.0).ok()
}
