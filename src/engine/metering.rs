//! Reading what is charged by use: on shipments until they are delivered, on vessels at once.

use super::observer::Observer;
use super::state::body::Held;
use super::world::World;
use crate::ids::{MeterId, PoolId, StationId, StorageId};
use crate::units::Duration;

impl<O: Observer> World<'_, O> {
    /// A body gives back or passes on all that it holds of a pool.
    #[inline]
    pub(super) fn read_hires(&mut self, body: u32, pool: PoolId) {
        if self.plan.meters.reads_hire(pool) {
            self.read_each_hire(body, pool);
        }
    }

    #[inline(never)]
    fn read_each_hire(&mut self, body: u32, pool: PoolId) {
        for at in 0..self.bodies[body].pools.len() {
            let held = self.bodies[body].pools[at];
            if held.pool == pool {
                self.read_hire(body, held);
            }
        }
    }

    /// A body gives back or passes on things that are still among those that it holds.
    pub(super) fn read_hire(&mut self, body: u32, held: Held) {
        let meters = &self.plan.meters;
        let (hired, had) = (meters.hired[held.pool.index()], meters.held[held.pool.index()]);
        if hired.is_none() && had.is_none() {
            return;
        }
        let days = self.now.since(held.since).days();
        let record = &mut self.bodies[body];
        let of_pool = record.pools.iter().filter(|other| other.pool == held.pool);
        let all: u32 = of_pool.map(|other| other.count).sum();
        let count = f64::from(held.count);
        let things_per_unit = count / record.size.units();
        record.read(hired, things_per_unit * days);
        record.read(had, count / f64::from(all.max(1)) * days);
    }

    /// A body sets out on the link of a step with what it holds.
    #[inline]
    pub(super) fn read_distance(&mut self, body: u32, step: u32) {
        if !self.plan.meters.kilometres.is_empty() {
            self.read_kilometres(body, step);
        }
    }

    #[inline(never)]
    fn read_kilometres(&mut self, body: u32, step: u32) {
        let meters = &self.plan.meters;
        let record = &mut self.bodies[body];
        let km = meters.kilometres[record.program.index()][step as usize];
        for at in 0..record.pools.len() {
            let held = record.pools[at];
            let driven = meters.driven[held.pool.index()];
            record.read(driven, km * f64::from(held.count) / record.size.units());
        }
    }

    /// A shipment's stay in a storage ends.
    #[inline]
    pub(super) fn read_stay(&mut self, shipment: u32, storage: StorageId) {
        if let Some(meter) = self.plan.meters.stored[storage.index()] {
            self.read_days_stored(shipment, storage, meter);
        }
    }

    #[inline(never)]
    fn read_days_stored(&mut self, shipment: u32, storage: StorageId, meter: MeterId) {
        let free = self.model.storages[storage.index()].free_time;
        let record = &mut self.bodies[shipment];
        let stay = self.now.since(record.entered);
        record.read(Some(meter), (stay - free).max(Duration::ZERO).days());
    }

    /// A station has served a vessel.
    pub(super) fn read_call(&mut self, vessel: u32, station: StationId) {
        if let Some(due) = self.plan.meters.called[station.index()] {
            let fleet = self.vessels[vessel as usize].fleet;
            self.account.owes(self.now, fleet, due, 1.0);
        }
    }

    /// A vessel gives its berth up.
    pub(super) fn read_berth(&mut self, vessel: u32, berth: StationId) {
        if let Some(due) = self.plan.meters.alongside[berth.index()] {
            let state = &self.vessels[vessel as usize];
            let days = self.now.since(state.moored).days();
            self.account.owes(self.now, state.fleet, due, days);
        }
    }
}
