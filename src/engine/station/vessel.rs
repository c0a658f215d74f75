//! Vessels at stations: berths, what they pass on their way, cranes. A vessel is one customer, but where it has units handled one by
//! one, and has its stay in its own record, as it is at one station at a time besides its berth.

use super::service::{draw_service, end_service};
use crate::engine::observer::Observer;
use crate::engine::state::customer::{CustomerId, Owner, Spent};
use crate::engine::world::World;
use crate::ids::StationId;
use crate::model::Customer;
use crate::random::Entity;
use crate::units::Load;

impl<O: Observer> World<'_, O> {
    /// A vessel has an amount handled at a station, which serves it as a whole or unit by unit.
    pub(in crate::engine) fn vessel_is_handled(&mut self, vessel: u32, station: StationId, entity: Entity, load: Load) {
        match self.model.stations[station.index()].per {
            Customer::Unit => {
                let mut tokens = Vec::new();
                self.unit_tokens(Owner::Vessel(vessel), station, entity, load, &mut tokens);
                self.join_all(&tokens);
            }
            Customer::Body | Customer::Shipment => self.vessel_joins(vessel, station, entity, load),
        }
    }

    /// A vessel comes to a station for an amount: a free server takes it at once, else it waits.
    #[expect(clippy::inline_always, reason = "nearly all of what it is to come to a station")]
    #[inline(always)]
    pub(in crate::engine) fn vessel_joins(&mut self, vessel: u32, station: StationId, entity: Entity, load: Load) {
        let (index, now) = (station.index(), self.now);
        self.before_change(index);
        let (state, record) = (&mut self.stations[index], &mut self.vessels[vessel as usize]);
        record.stay.begin(station, entity, now);
        record.stay.hindered = state.hindrances(now);
        record.handled = load;
        if let Some(server) = state.server_at_once() {
            state.busy.rise(now);
            return self.serve_vessel(vessel, index, server);
        }
        let priority = record.priority();
        self.line_up(CustomerId::vessel(vessel), priority, false, index);
    }

    /// A service of a vessel begins at a server that counts as busy.
    #[inline(never)]
    pub(super) fn start_with_vessel(&mut self, vessel: u32, index: usize, server: u32) {
        self.serve_vessel(vessel, index, server);
    }

    #[expect(clippy::inline_always, reason = "half of all vessels need not wait; for these it is part of coming")]
    #[inline(always)]
    fn serve_vessel(&mut self, vessel: u32, index: usize, server: u32) {
        let (state, record) = (&mut self.stations[index], &mut self.vessels[vessel as usize]);
        let time = draw_service(&self.random, state.model, record.stay.entity, record.handled);
        let (customer, ends) = (CustomerId::vessel(vessel), self.now.after(time));
        let waited = state.start(customer, &mut record.stay, server, self.now, ends);
        let generation = record.stay.generation;
        self.schedule_end(customer, generation, ends);
        self.account.waited_for_service(index, waited);
    }

    /// A vessel has been served, and goes on.
    #[inline(never)]
    pub(super) fn vessel_is_served(&mut self, vessel: u32) {
        let stay = &mut self.vessels[vessel as usize].stay;
        let (station, server, spent) = end_service(&mut self.stations, stay, self.now);
        self.server_is_done_with_vessel(station, server);
        self.vessel_served(vessel, station, server, &spent);
    }

    /// All units of a vessel have been handled, of which the last ends here. Apart, so that what follows is inlined once.
    #[inline(never)]
    pub(super) fn vessel_is_through(&mut self, vessel: u32, station: StationId, server: u32, spent: &Spent) {
        self.vessel_served(vessel, station, server, spent);
    }

    /// A server has served a vessel, which keeps it where it is a berth.
    #[expect(clippy::inline_always, reason = "part of the end of a vessel's service")]
    #[inline(always)]
    pub(super) fn server_is_done_with_vessel(&mut self, station: StationId, server: u32) {
        if self.stations[station.index()].model.held {
            self.keep_server(station, server);
        } else {
            self.leave_server(station, server);
        }
    }
}
