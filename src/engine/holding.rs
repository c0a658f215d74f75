//! What is held by those who wait for something else: things of pools and room in storages, by the place waited for.
//!
//! It is counted where waiting is booked. What waits at an end of the horizon is cut there, as if it waited for the place
//! alone: of several cells of one place only the sum is of use.

use super::observer::Observer;
use super::state::body::{Body, Held, WaitsFor};
use super::state::pool::PoolState;
use super::storage::room_of_one;
use super::world::World;
use crate::ids::{CellId, StorageId};
use crate::units::Duration;

/// Adds what was held of a subject for a time: pools come first, then storages.
#[inline]
fn add_held(sums: &mut [Vec<i128>], subject: usize, cell: CellId, amount: i64, time: Duration) {
    sums[subject][cell.index()] += i128::from(amount) * i128::from(time.ms());
}

/// The subject that a storage is of what is held.
#[inline]
const fn storage_subject(pools: &[PoolState], storage: StorageId) -> usize {
    pools.len() + storage.index()
}

impl<O: Observer> World<'_, O> {
    /// Time of a body has passed: if it waited, what it holds was held meanwhile.
    #[inline]
    pub(super) fn body_held(&mut self, body: u32, cell: CellId, time: Duration) {
        if self.account.is_waiting(cell) {
            self.count_held(body, cell, time);
        }
    }

    /// A body waited for something else than what it holds.
    #[inline(never)]
    pub(super) fn count_held(&mut self, body: u32, cell: CellId, time: Duration) {
        let record = &self.bodies[body];
        let sums = &mut self.account.outcome.held_waiting;
        for held in &record.pools {
            add_held(sums, held.pool.index(), cell, held.count.into(), time);
        }
        if record.is_train() {
            self.count_rooms_held(body, cell, time);
        } else if let Some(storage) = record.inside {
            let room = room_of_one(record, &self.model.storages[storage.index()]);
            add_held(sums, storage_subject(&self.pools, storage), cell, room, time);
        }
    }

    /// The same of the room that the shipments of a train take. Apart, as most are by themselves.
    #[inline(never)]
    fn count_rooms_held(&mut self, train: u32, cell: CellId, time: Duration) {
        let sums = &mut self.account.outcome.held_waiting;
        for &member in &*self.bodies[train].members {
            let ship = &self.bodies[member];
            if let Some(storage) = ship.inside {
                let room = room_of_one(ship, &self.model.storages[storage.index()]);
                add_held(sums, storage_subject(&self.pools, storage), cell, room, time);
            }
        }
    }

    /// Things were held while time passed that is booked to a cell.
    #[inline]
    pub(super) fn things_held(&mut self, held: Held, cell: CellId, time: Duration) {
        let sums = &mut self.account.outcome.held_waiting;
        add_held(sums, held.pool.index(), cell, held.count.into(), time);
    }

    /// Counts what all who wait now have held so far, by record whether they hold any: added where the horizon ends; taken off
    /// where it begins, as the whole wait is counted when it ends.
    pub(super) fn cut_waits(&mut self, begins: bool, holds: &[bool]) {
        let signed = |time: Duration| if begins { Duration::ZERO - time } else { time };
        for (body, cell, time) in self.waits_of_bodies(holds) {
            self.body_held(body, cell, signed(time));
        }
        for (shipment, cell, time) in self.waits_of_shipments(holds) {
            self.count_held(shipment, cell, signed(time));
        }
    }

    fn waits_of_bodies(&self, holds: &[bool]) -> Vec<(u32, CellId, Duration)> {
        let mut waits = Vec::new();
        for body in (0..self.bodies.most() as u32).filter(|&body| holds[body as usize]) {
            let record = &self.bodies[body];
            let time = self.now.since(record.since);
            match record.waits {
                WaitsFor::Pools => waits.extend(self.wait_for_pools_so_far(body)),
                WaitsFor::Storage(storage) => waits.push((body, self.model.storages[storage.index()].wait, time)),
                WaitsFor::Room(station) => waits.push((body, self.model.stations[station.index()].cells.space, time)),
                WaitsFor::Line(line, _) => waits.push((body, self.model.lines[line.index()].cells.wait, time)),
                WaitsFor::Nothing | WaitsFor::Ban => {}
            }
        }
        for (station, model) in self.model.stations.iter().enumerate() {
            let queue = self.waits_at_station(station).filter(|(body, _)| holds[*body as usize]);
            waits.extend(queue.map(|(body, time)| (body, model.cells.wait, time)));
        }
        waits
    }

    /// Whether a body holds things or room. Of hundreds of thousands that wait at their origins none does.
    pub(super) fn holds_any(&self, record: &Body) -> bool {
        record.may_hold()
            && (!record.pools.is_empty() || record.members.iter().any(|&member| self.bodies[member].inside.is_some()))
    }

    fn wait_for_pools_so_far(&self, body: u32) -> [(u32, CellId, Duration); 2] {
        let record = &self.bodies[body];
        let storage = self.standing_of(body).ahead.map(StorageId::index);
        let held_back =
            storage.map_or(Duration::ZERO, |storage| self.storages[storage].held_back(self.now) - record.closed_before);
        let space = storage.map_or(record.cell, |storage| self.model.storages[storage].wait);
        [(body, space, held_back), (body, record.cell, self.now.since(record.since) - held_back)]
    }

    fn waits_of_shipments(&self, holds: &[bool]) -> Vec<(u32, CellId, Duration)> {
        let so_far = |shipment: u32| self.now.since(self.bodies[shipment].since);
        let mut waits = Vec::new();
        for (state, model) in self.legs.iter().zip(&self.model.legs) {
            let waiting = state.lines.iter().flat_map(super::lane::LaneQueue::iter).map(|waiter| waiter.id);
            let waiting = waiting.filter(|&shipment| holds[shipment as usize]);
            waits.extend(waiting.map(|shipment| (shipment, model.wait, so_far(shipment))));
        }
        for (state, model) in self.formers.iter().zip(&self.model.formers) {
            let waiting = state.waiting().filter(|&shipment| holds[shipment as usize]);
            waits.extend(waiting.map(|shipment| (shipment, model.wait, so_far(shipment))));
        }
        waits
    }
}
