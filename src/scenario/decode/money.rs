//! Tariffs, emissions, outside routes, the price of a measure.

use super::demand::service;
use super::fields::Fields;
use super::read;
use crate::scenario::quantity::Dimension;
use crate::scenario::tree::Node;
use crate::scenario::types::{Charge, ChargeBasis, Emission, MeasureCost, Outside, Tariff};
use crate::units::Usd;

/// A price, and the cargo unit that it names.
pub(super) fn price(node: &Node) -> Option<(Charge, Option<String>)> {
    let quantity = read::quantity(node, Dimension::Price)?;
    let (basis, unit) = match (quantity.unit.as_str(), quantity.unit.strip_suffix("km")) {
        ("t", _) => (ChargeBasis::Tonne, None),
        (_, Some("t")) => (ChargeBasis::TonneKm, None),
        (_, Some(unit)) => (ChargeBasis::UnitKm, Some(unit.to_owned())),
        (unit, None) => (ChargeBasis::Unit, Some(unit.to_owned())),
    };
    Some((Charge { price: Usd::new(quantity.value), basis }, unit))
}

/// `tariff`, absent is none. A price a TEU without cargoes holds for every cargo counted in TEU.
pub(super) fn tariffs(fields: &Fields<'_>) -> Option<Vec<Tariff>> {
    fields.each("tariff", |line| tariff(&fields.inner(line, "charge")))
}

fn tariff(line: &Fields<'_>) -> Option<Tariff> {
    let (charge, unit) = price(line.get("charge").unwrap_or(line.node))?;
    let counted = || unit.map(|unit| line.context.index.counted_in(&unit));
    let forth = read::word(&[("forth", true), ("back", false)]);
    Some(Tariff {
        charge,
        cargo: line.cargoes("cargo")?.or_else(counted),
        service: line.may("service", |node| node.items().iter().map(service).collect())?,
        forth: line.may("direction", forth)?,
    })
}

/// `emission`, absent is none.
pub(super) fn emissions(fields: &Fields<'_>) -> Option<Vec<Emission>> {
    fields.each("emission", |line| {
        let line = fields.inner(line, "grams");
        let grams_per_tkm = read::grams(line.get("emission").unwrap_or(line.node))?;
        Some(Emission { grams_per_tkm, cargo: line.cargoes("cargo")? })
    })
}

pub(super) fn outside(fields: &Fields<'_>) -> Option<Outside> {
    let (cost, unit) = fields.need("cost", price)?;
    let costs = fields.map("costs", price)?;
    let units = unit.into_iter().chain(costs.values().filter_map(|(_, unit)| unit.clone()));
    Some(Outside {
        cost,
        unit: units.into_iter().next(),
        costs: costs.into_iter().map(|(year, (cost, _))| (year, cost)).collect(),
        time: fields.need("time", read::time_law)?,
        times: fields.map("times", read::time_law)?,
        length: fields.may("length", read::length)?,
        grams_per_tkm: fields.may("emission", read::grams)?,
        open: fields.need("open", read::flag)?,
        what: fields.need("what", read::text)?,
    })
}

pub(super) fn measure(fields: &Fields<'_>) -> Option<MeasureCost> {
    Some(MeasureCost {
        capex: fields.may("capex", |node| read::dollars(node, Dimension::Money))?,
        opex: fields.may("opex", |node| read::dollars(node, Dimension::MoneyRate))?,
        life: fields.may("life", read::years)?,
        ready: fields.may("ready", read::whole)?,
        requires: fields.each("requires", read::text)?,
        excludes: fields.each("excludes", read::text)?,
        who: fields.may("who", read::text)?,
    })
}
