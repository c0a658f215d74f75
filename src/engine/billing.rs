//! What is charged within the horizon: amounts and readings, not money.

use super::outcome::Bill;
use super::state::account::{Account, add};
use super::state::body::Body;
use crate::ids::{DueId, FleetId, FlowId, RouteId};
use crate::units::{Load, SimTime};

impl Account {
    /// The bill of what is charged by the prices of a moment.
    fn bill(&mut self, time: SimTime) -> &mut Bill {
        let bill = match &self.prices_from[..] {
            // Most often they never change.
            [_] => 0,
            all => all.iter().rposition(|from| *from <= time).unwrap_or(0),
        };
        &mut self.outcome.bills[bill]
    }

    /// A part that is delivered within the horizon is charged.
    pub(super) fn charge(&mut self, ship: &Body, route: RouteId) {
        let bill = self.bill(ship.made);
        add(&mut bill.delivered[route.index()], ship.mass, ship.size, 1);
        for reading in ship.readings() {
            bill.readings[reading.meter.index()][ship.flow.index()] += reading.amount * ship.size.units();
        }
    }

    /// A part of a flow that was made at a moment boards a vessel of a fleet at a call.
    #[inline]
    pub(super) fn carried(&mut self, (fleet, call): (FleetId, usize), (flow, made): (FlowId, SimTime), load: Load) {
        if self.in_horizon {
            let carried = &mut self.bill(made).carried[fleet.index()][call];
            add(&mut carried[flow.index()], load.mass, load.size, 1);
        }
    }

    /// A vessel of a fleet owes so much of a due; ships from outside have no fleet, and pay by themselves.
    pub(super) fn owes(&mut self, now: SimTime, fleet: FleetId, due: DueId, amount: f64) {
        if !self.in_horizon {
            return;
        }
        if let Some(dues) = self.bill(now).dues.get_mut(fleet.index()) {
            dues[due.index()] += amount;
        }
    }
}
