//! Fleets and pools.

use indexmap::IndexMap;

use super::demand::timetable;
use super::fields::Fields;
use super::{money, read};
use crate::random::Distribution;
use crate::scenario::quantity::Quantity;
use crate::scenario::tree::{Node, Value};
use crate::scenario::types::{BerthTime, Capacity, Draught, Fleet, Pool, PoolPer, Returns, StartAt, Vessel};
use crate::scenario::when;

pub(super) fn fleet(fields: &Fields<'_>) -> Option<Fleet> {
    let capacity = fields.need("capacity", read::amount)?;
    Some(Fleet {
        ports: fields.each("ports", read::text)?,
        vessels: fields.need("vessels", read::whole)?,
        vessel: fields.parts("vessel", vessel)?,
        carries: carries(fields, &capacity)?,
        capacity: Capacity { amount: capacity.value, unit: capacity.unit },
        load_limit: fields.need("load-limit", read::share)?,
        deadweight: fields.may("deadweight", read::mass)?,
        draught: fields.may("draught", |node| draught(&fields.inner(node, "draught")))?,
        calls: fields.map("calls", texts)?,
        berths: fields.map("berths", texts)?,
        load: berth_time(fields, "load")?,
        unload: berth_time(fields, "unload")?,
        min_load: fields.need("min-load", read::share)?,
        max_wait: fields.may("max-wait", read::duration)?,
        max_idle: fields.may("max-idle", read::duration)?,
        timetable: fields.map("timetable", |node| timetable(fields, node))?,
        sailing: fields.may("sailing", read::time_law)?,
        start_at: fields.need("start-at", start_at)?,
        mtbf: fields.may("mtbf", read::time_law)?,
        mttr: fields.may("mttr", read::time_law)?,
        open_from: fields.may("open-from", when::moment)?,
        open_until: fields.may("open-until", when::moment)?,
        operator: fields.may("operator", read::text)?,
        country: fields.may("country", read::text)?,
        tariff: money::tariffs(fields)?,
        emission: money::emissions(fields)?,
        key: fields.may("key", read::text)?,
    })
}

fn texts(node: &Node) -> Option<Vec<String>> {
    node.items().iter().map(read::text).collect()
}

/// Every cargo with the deck that a unit takes.
fn carries(fields: &Fields<'_>, capacity: &Quantity) -> Option<IndexMap<String, f64>> {
    let node = fields.get("carries")?;
    let Value::Table(entries) = &node.value else {
        let cargoes = fields.cargoes("carries")??;
        return cargoes.into_iter().map(|cargo| room(fields, &cargo, capacity).map(|room| (cargo, room))).collect();
    };
    by_cargo(fields, entries, |entry| Some(read::amount(entry)?.value))
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
fn room(fields: &Fields<'_>, cargo: &str, capacity: &Quantity) -> Option<f64> {
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

fn vessel(fields: &Fields<'_>) -> Option<Vessel> {
    Some(Vessel {
        capacity: fields.may("capacity", |node| Some(read::amount(node)?.value))?,
        deadweight: fields.may("deadweight", read::mass)?,
        sailing: fields.may("sailing", read::time_law)?,
    })
}

fn draught(fields: &Fields<'_>) -> Option<Draught> {
    let point = |pair: &Node| match pair.list()? {
        [level, share] => Some((read::level(level)?, read::share(share)?)),
        _ => None,
    };
    let shares = fields.get("shares")?.list()?.iter().map(point).collect::<Option<_>>()?;
    Some(Draught { water: read::text(fields.get("water")?)?, shares })
}

fn berth_time(fields: &Fields<'_>, key: &str) -> Option<BerthTime> {
    let Some(node) = fields.get(key) else { return Some(BerthTime::None) };
    match node.table().filter(|entries| !entries.contains_key("dist")) {
        Some(entries) => by_cargo(fields, entries, time_or_rate).map(BerthTime::ByCargo),
        None => time_or_rate(node),
    }
}

fn time_or_rate(node: &Node) -> Option<BerthTime> {
    read::rate(node).map(BerthTime::Rate).or_else(|| read::time_law(node).map(BerthTime::PerCall))
}

fn start_at(node: &Node) -> Option<StartAt> {
    match node.text()? {
        "spread" => Some(StartAt::Spread),
        port => Some(StartAt::Port(port.to_owned())),
    }
}

pub(super) fn pool(fields: &Fields<'_>) -> Option<Pool> {
    Some(Pool {
        size: fields.need("size", read::whole)?,
        cargo: fields.cargoes("cargo")?,
        per: fields.need("per", per)?,
        turnaround: fields.need("turnaround", read::time_law)?,
        returns: returns(fields)?,
        key: fields.may("key", read::text)?,
    })
}

fn per(node: &Node) -> Option<PoolPer> {
    if node.text()? == "train" {
        Some(PoolPer::Train)
    } else {
        read::amount(node).map(|amount| PoolPer::Units(amount.value))
    }
}

fn returns(fields: &Fields<'_>) -> Option<Returns> {
    if let Some(cargo) = fields.may("return-as", read::text)? {
        return Some(Returns::As(cargo));
    }
    match fields.may("returns", read::text)?.as_deref() {
        Some("empty") => Some(Returns::Empty(fields.may("return-time", read::time_law)?.map_or_else(no_time, Some)?)),
        _ => Some(Returns::None),
    }
}

/// Stands in for a missing `return-time`, which the checks report.
fn no_time() -> Option<Distribution> {
    Distribution::constant(0.0).ok()
}
