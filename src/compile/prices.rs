//! What is charged, date by date.

use super::compiled::Compiled;
use super::empty_returns::add_empty_returns;
use super::fleet_prices::fleet_prices;
use super::frame::{Epoch, Frame};
use super::meters::Metered;
use super::money::{Travelled, route_charges};
use super::register::Register;
use crate::model::{FleetLabel, Prices, RouteCharge};

/// What is charged as the clock begins, and from each date on at which that changes.
pub(super) fn prices(
    frame: &Frame<'_>,
    made: &[&Compiled],
    metered: &Metered,
    fleets: &[FleetLabel],
    register: &mut Register,
) -> Vec<Prices> {
    let mut all: Vec<Prices> = Vec::new();
    for (&stage, made) in frame.stages.iter().zip(made) {
        let prices = of_stage(frame, stage, made, metered, fleets, register);
        if all.last().is_none_or(|last| !prices.are_those_of(last)) {
            all.push(prices);
        }
    }
    all
}

fn of_stage(
    frame: &Frame<'_>,
    stage: Epoch<'_>,
    made: &Compiled,
    metered: &Metered,
    fleets: &[FleetLabel],
    register: &mut Register,
) -> Prices {
    let scenario = stage.scenario;
    let mut of_route = |(program, route)| -> Vec<RouteCharge> {
        let travel = Travelled::at(frame, scenario, program, route);
        travel.map(|travel| route_charges(travel, register)).unwrap_or_default()
    };
    let routes = made.model.programs.iter().zip(&made.routes).map(&mut of_route).collect();
    let mut prices = Prices {
        from: stage.from,
        routes,
        fleets: fleet_prices(frame, scenario, &made.model, register),
        meters: metered.prices(scenario, made.model.flows.len()),
        dues: metered.prices_of_dues(scenario),
    };
    add_empty_returns(frame, &made.model, fleets, &mut prices);
    prices
}
