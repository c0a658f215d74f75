//! What fleets charge and emit, a unit of cargo.

use super::entry::{Entry, entries};
use super::error::Problem;
use super::frame::Frame;
use super::money::{applies, emitted, grams_per_tkm, length, needs_length, price};
use super::register::Register;
use crate::model::{FleetPrices, Model};
use crate::network::Hop;
use crate::scenario::types::{self, Contents};

/// What all fleets charge and emit.
pub(super) fn fleet_prices(
    frame: &Frame<'_>,
    scenario: &Contents,
    model: &Model,
    register: &mut Register,
) -> Vec<FleetPrices> {
    entries(&scenario.fleet).map(|of| of_fleet(frame, scenario, model, register, of)).collect()
}

fn of_fleet(
    frame: &Frame<'_>,
    scenario: &Contents,
    model: &Model,
    register: &mut Register,
    of: Entry<'_, types::Fleet>,
) -> FleetPrices {
    let Entry { index, id, spec: fleet } = of;
    if fleet.tariff.iter().any(|tariff| tariff.service.is_some()) {
        register.fail(
            format!("fleet.{id}.tariff"),
            Problem::Unsupported { what: "a vessel does not see the service: a fleet's tariff has no `service`" },
        );
    }
    let hops: Vec<Hop> = model.fleets[index].calls.iter().map(|call| frame.legs[call.leg.index()]).collect();
    let mut prices = FleetPrices::default();
    for cargo in entries(&scenario.cargo) {
        let legs: &[Hop] = if fleet.carries.contains_key(cargo.id) { &hops } else { &[] };
        let usd = legs.iter().map(|&hop| leg_price(frame, scenario, register, fleet, cargo, hop));
        prices.usd_per_unit.push(padded(hops.len(), usd));
        let per_km = grams_per_tkm(&fleet.emission, cargo.id) * cargo.spec.mass_per_unit.tonnes();
        let grams = legs.iter().map(|&hop| emitted(frame, scenario, hop, per_km, register));
        prices.grams_per_unit.push(padded(hops.len(), grams));
    }
    prices
}

fn padded(length: usize, values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.chain(std::iter::repeat(0.0)).take(length).collect()
}

fn leg_price(
    frame: &Frame<'_>,
    scenario: &Contents,
    register: &mut Register,
    fleet: &types::Fleet,
    cargo: Entry<'_, types::Cargo>,
    hop: Hop,
) -> f64 {
    let tonnes = cargo.spec.mass_per_unit.tonnes();
    let due = fleet.tariff.iter().filter(|tariff| applies(tariff, cargo.id, None, Some(hop.direction)));
    let mut usd = 0.0;
    for line in due {
        usd += price(line, tonnes, length(scenario, hop)).unwrap_or_else(|| needs_length(frame, hop, register));
    }
    usd
}
