//! What a unit of cargo pays on a whole route, a crossing at the mean of the fleets that may carry it and as if they were full.

use crate::ids::{CargoId, LegId};
use crate::model::{Meters, Model, Prices, Step};

/// Charges of routes and fleets.
#[derive(Clone, Copy)]
pub(super) struct Fares<'a> {
    pub(super) model: &'a Model,
    pub(super) meters: &'a Meters,
    pub(super) prices: &'a Prices,
}

impl Fares<'_> {
    /// Dollars a unit on the route of a program, but for what is charged by time.
    pub(super) fn of_route(&self, program: usize) -> f64 {
        let by_land: f64 = self.prices.routes[program].iter().map(|charge| charge.usd_per_unit).sum();
        let steps = &self.model.programs[program].steps;
        let cargo = self.model.flows[self.model.programs[program].flow.index()].cargo.index();
        let legs = steps.iter().filter_map(|step| if let Step::Board(leg) = step { Some(*leg) } else { None });
        by_land + legs.map(|leg| self.crossing(leg, cargo)).sum::<f64>()
    }

    /// Dollars a unit of a cargo on a leg.
    pub(super) fn crossing(&self, leg: LegId, cargo: usize) -> f64 {
        let mut prices = Vec::new();
        for (index, (fleet, of)) in self.model.fleets.iter().zip(&self.prices.fleets).enumerate() {
            if fleet.room_per_milli[cargo] > 0 {
                let owed = self.meters.owed(self.model, index, CargoId::new(cargo));
                let dues: f64 = owed.iter().map(|owed| owed.per_unit * self.prices.dues[owed.due.index()]).sum();
                let calls = fleet.calls.iter().enumerate().filter(|(_, call)| call.leg == leg);
                prices.extend(calls.map(|(call, _)| of.usd_per_unit[cargo][call] + dues));
            }
        }
        prices.iter().sum::<f64>() / prices.len().max(1) as f64
    }
}
