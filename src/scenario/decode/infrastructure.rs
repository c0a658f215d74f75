//! Nodes with their facilities, storages and yards; links.

use super::demand::service;
use super::fields::Fields;
use super::{money, read};
use crate::scenario::tree::Node;
use crate::scenario::types::{
    At, Facility, FacilityKind, FacilityTime, Link, Mode, Movement, Node as Place, Per, Service, Stabling, Storage,
    VesselOrCargo, When, WhenFull, Yard,
};
use crate::scenario::when;
use crate::units::{KmPerHour, Size};

pub(super) fn node(fields: &Fields<'_>) -> Option<Place> {
    Some(Place {
        name: fields.may("name", read::text)?.unwrap_or_default(),
        country: fields.may("country", read::text)?,
        locode: fields.may("locode", read::text)?,
        lat: fields.may("lat", read::number)?,
        lon: fields.may("lon", read::number)?,
        facility: fields.parts("facility", facility)?,
        storage: fields.parts("storage", storage)?,
        yard: fields.parts("yard", yard)?,
        open_from: fields.may("open-from", when::moment)?,
        open_until: fields.may("open-until", when::moment)?,
        key: fields.may("key", read::text)?,
    })
}

fn facility(fields: &Fields<'_>) -> Option<Facility> {
    Some(Facility {
        kind: fields.need("kind", kind)?,
        servers: fields.need("servers", servers)?,
        time: facility_time(fields)?,
        per: fields
            .need("per", read::word(&[("train", Per::Train), ("shipment", Per::Shipment), ("unit", Per::Unit)]))?,
        when: fields.each("when", |node| condition(&fields.inner(node, "condition")))?,
        order: fields.may("order", read::whole)?,
        at: fields
            .need("at", read::word(&[("in", At::In), ("yard", At::Yard), ("out", At::Out), ("train", At::Train)]))?,
        share: fields.need("share", read::share)?,
        advance: fields.need("advance", read::share)?,
        recognises: fields.each("recognises", read::text)?,
        together: fields.may("together", read::text)?,
        hours: fields.may("hours", |node| when::hours(node.text()?))?,
        room: fields.may("room", read::whole)?,
        when_full: fields.need("when-full", read::word(&[("hold", WhenFull::Hold), ("divert", WhenFull::Divert)]))?,
        mtbf: fields.may("mtbf", read::time_law)?,
        mttr: fields.may("mttr", read::time_law)?,
        residual: fields.need("residual", read::flag)?,
        serves: fields
            .need("for", read::word(&[("cargo", VesselOrCargo::Cargo), ("vessel", VesselOrCargo::Vessel)]))?,
        operator: fields.may("operator", read::text)?,
        tariff: money::tariffs(fields)?,
        key: fields.may("key", read::text)?,
    })
}

fn kind(node: &Node) -> Option<FacilityKind> {
    read::word(&[
        ("crane", FacilityKind::Crane),
        ("customs", FacilityKind::Customs),
        ("border", FacilityKind::Border),
        ("documents", FacilityKind::Documents),
        ("inspection", FacilityKind::Inspection),
        ("gauge-change", FacilityKind::GaugeChange),
        ("loco-change", FacilityKind::LocoChange),
        ("berth", FacilityKind::Berth),
        ("yard", FacilityKind::Yard),
    ])(node)
}

#[expect(clippy::option_option, reason = "a number, no limit, or a value that does not read")]
fn servers(node: &Node) -> Option<Option<u32>> {
    if node.text() == Some("unlimited") { Some(None) } else { read::whole(node).map(Some) }
}

/// `time` or `rate`; that it is exactly one of them is checked apart, and a berth may have neither.
fn facility_time(fields: &Fields<'_>) -> Option<FacilityTime> {
    if let Some(rate) = fields.may("rate", read::rate)? {
        return Some(FacilityTime::Rate {
            rate,
            setup: fields.need("setup", read::duration)?,
            spread: fields.need("spread", read::factor_law)?,
        });
    }
    match fields.may("time", read::time_law)? {
        Some(time) => Some(FacilityTime::Time(time)),
        None => crate::random::Distribution::constant(0.0).ok().map(FacilityTime::Time),
    }
}

fn mode(node: &Node) -> Option<Mode> {
    read::word(&[("rail", Mode::Rail), ("sea", Mode::Sea), ("road", Mode::Road), ("pipeline", Mode::Pipeline)])(node)
}

fn movement(node: &Node) -> Option<Movement> {
    read::word(&[
        ("origin", Movement::Origin),
        ("destination", Movement::Destination),
        ("transit", Movement::Transit),
        ("enters", Movement::Enters),
        ("leaves", Movement::Leaves),
    ])(node)
}

/// A word of movement, or a table.
fn condition(fields: &Fields<'_>) -> Option<When> {
    if fields.node.text().is_some() {
        return Some(When { movement: Some(movement(fields.node)?), ..When::default() });
    }
    Some(When {
        from: fields.may("from", mode)?,
        to: fields.may("to", mode)?,
        movement: fields.may("movement", movement)?,
        cargo: fields.cargoes("cargo")?,
        service: fields.may("service", |node| node.items().iter().map(service).collect())?,
        flow: fields.flows("flow")?,
    })
}

fn storage(fields: &Fields<'_>) -> Option<Storage> {
    let capacity = fields.need("capacity", read::amount)?;
    let counted = || fields.context.index.counted_in(&capacity.unit);
    Some(Storage {
        capacity: Size::from_units(capacity.value),
        cargo: fields.cargoes("cargo")?.unwrap_or_else(counted),
        when: fields.each("when", |node| condition(&fields.inner(node, "condition")))?,
        unit: capacity.unit,
        stabling: fields.may("stabling", stabling)?.unwrap_or_default(),
    })
}

fn stabling(node: &Node) -> Option<Stabling> {
    if node.text() == Some("unlimited") {
        return Some(Stabling::Unlimited);
    }
    read::amount(node).map(|amount| Stabling::Amount(Size::from_units(amount.value)))
}

fn yard(fields: &Fields<'_>) -> Option<Yard> {
    let train = fields.need("train", read::amount)?;
    let counted = || fields.context.index.counted_in(&train.unit);
    Some(Yard {
        train: Size::from_units(train.value),
        max_wait: fields.may("max-wait", read::duration)?,
        cargo: fields.cargoes("cargo")?.unwrap_or_else(counted),
    })
}

pub(super) fn link(fields: &Fields<'_>) -> Option<Link> {
    Some(Link {
        from: fields.need("from", read::text)?,
        to: fields.need("to", read::text)?,
        mode: fields.need("mode", mode)?,
        one_way: fields.need("one-way", read::flag)?,
        length: fields.may("length", read::length)?,
        time: fields.may("time", read::time_law)?,
        speed: fields.may("speed", speeds)?.unwrap_or_default(),
        spread: fields.need("spread", read::factor_law)?,
        paths_per_day: fields.may("paths-per-day", read::number)?,
        other_trains: fields.need("other-trains", read::number)?,
        trains_at_once: fields.may("trains-at-once", read::whole)?,
        pools: fields.each("pools", read::text)?,
        carries: fields.cargoes("carries")?,
        open_from: fields.may("open-from", when::moment)?,
        open_until: fields.may("open-until", when::moment)?,
        operator: fields.may("operator", read::text)?,
        country: fields.may("country", read::text)?,
        tariff: money::tariffs(fields)?,
        emission: money::emissions(fields)?,
        key: fields.may("key", read::text)?,
    })
}

fn speeds(node: &Node) -> Option<Vec<(Option<Service>, KmPerHour)>> {
    let Some(entries) = node.table() else { return Some(vec![(None, read::speed(node)?)]) };
    let by_service = |(key, entry): (&String, &Node)| {
        let word = Node::new(crate::scenario::tree::Value::Text(key.clone()), entry.span);
        Some((Some(service(&word)?), read::speed(entry)?))
    };
    entries.iter().map(by_service).collect()
}
