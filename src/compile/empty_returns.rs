//! The way home of things that return as cargo, which is charged to the load that caused it.

use super::frame::Frame;
use super::money::{add, mean_size};
use crate::ids::LegId;
use crate::model::{FleetLabel, Model, Prices, Program, RouteCharge, Step};
use crate::scenario::types::PoolPer;

/// Charges ways home to the loads.
pub(super) fn add_empty_returns(frame: &Frame<'_>, model: &Model, fleets: &[FleetLabel], prices: &mut Prices) {
    for (index, program) in model.programs.iter().enumerate() {
        let givings =
            program.steps.iter().filter_map(|step| if let Step::Give(givings) = step { Some(givings) } else { None });
        let homes = givings.flatten().filter_map(|giving| Some((giving.pool, giving.home?)));
        for (pool, home) in homes {
            let things = things_per_unit(frame, program, &frame.base().pool[pool.index()].per);
            let at_sea = charges_at_sea(frame, model, fleets, prices, &model.programs[home.index()]);
            for charge in prices.routes[home.index()].clone().into_iter().chain(at_sea) {
                let of_load = RouteCharge {
                    usd_per_unit: charge.usd_per_unit * things,
                    tonne_km_per_unit: 0.0,
                    grams_per_unit: charge.grams_per_unit * things,
                    ..charge
                };
                add(&mut prices.routes[index], of_load);
            }
        }
    }
}

/// What a unit pays to fleets on a route, and what it emits aboard: on each leg the mean of the fleets that may carry it.
fn charges_at_sea(
    frame: &Frame<'_>,
    model: &Model,
    fleets: &[FleetLabel],
    prices: &Prices,
    program: &Program,
) -> Vec<RouteCharge> {
    let cargo = model.flows[program.flow.index()].cargo.index();
    let mut charges = Vec::new();
    for leg in program.steps.iter().filter_map(|step| if let Step::Board(leg) = step { Some(leg) } else { None }) {
        let carriers: Vec<(usize, usize)> = carriers(frame, model, cargo, *leg);
        let share = 1.0 / carriers.len() as f64;
        for (fleet, call) in carriers {
            let (label, of) = (&fleets[fleet], &prices.fleets[fleet]);
            for (country, part) in &label.countries[call] {
                add(
                    &mut charges,
                    RouteCharge {
                        operator: label.operator.clone(),
                        country: country.clone(),
                        usd_per_unit: of.usd_per_unit[cargo][call] * share * part,
                        border: false,
                        tonne_km_per_unit: 0.0,
                        grams_per_unit: of.grams_per_unit[cargo][call] * share * part,
                    },
                );
            }
        }
    }
    charges
}

/// Fleets that carry a cargo on a leg, each with the call from which it does.
fn carriers(frame: &Frame<'_>, model: &Model, cargo: usize, leg: LegId) -> Vec<(usize, usize)> {
    let carries = |fleet: usize| {
        let id = frame.base().cargo.get_index(cargo).map(|(id, _)| id.as_str());
        id.is_some_and(|id| frame.base().fleet[fleet].carries.contains_key(id))
    };
    let fleets = model.fleets.iter().enumerate().filter(|(index, _)| carries(*index));
    fleets.filter_map(|(index, fleet)| Some((index, fleet.calls.iter().position(|call| call.leg == leg)?))).collect()
}

/// Things that a unit takes: its share of one where a body takes one.
fn things_per_unit(frame: &Frame<'_>, program: &Program, per: &PoolPer) -> f64 {
    match per {
        PoolPer::Units(units) => 1.0 / units,
        PoolPer::Train => 1.0 / mean_size(frame, program),
    }
}
