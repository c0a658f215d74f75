//! What is held by those who wait for something else: things of pools and room in storages, by the place waited for.
//!
//! It is counted where waiting is booked. What waits at an end of the horizon is cut there, as if it waited for the place
//! alone: of several cells of one place only the sum is of use.

use super::observer::Observer;
use super::state::body::{Body, Held, WaitsFor};
use super::world::World;
use crate::ids::{CellId, StorageId};
use crate::units::Duration;

impl<O: Observer> World<'_, O> {
    /// Time of a body has passed: if it waited, what it holds was held meanwhile.
    #[inline]
    pub(super) fn body_held(&mut self, body: u32, cell: CellId, time: Duration) {
        if !self.account.outcome.held_waiting.is_empty() && self.account.is_waiting(cell) {
            self.count_held(body, cell, time);
        }
    }

    #[inline(never)]
    fn count_held(&mut self, body: u32, cell: CellId, time: Duration) {
        if !self.bodies[body].is_train() {
            return self.shipment_held(body, cell, time);
        }
        self.all_things_held(body, cell, time);
        for at in 0..self.bodies[body].members.len() {
            let member = self.bodies[body].members[at];
            self.room_held(member, cell, time);
        }
    }

    /// A shipment waited without a body.
    pub(super) fn shipment_held(&mut self, shipment: u32, cell: CellId, time: Duration) {
        self.all_things_held(shipment, cell, time);
        self.room_held(shipment, cell, time);
    }

    #[inline]
    fn all_things_held(&mut self, body: u32, cell: CellId, time: Duration) {
        for at in 0..self.bodies[body].pools.len() {
            let held = self.bodies[body].pools[at];
            self.things_held(held, cell, time);
        }
    }

    #[inline]
    pub(super) fn things_held(&mut self, held: Held, cell: CellId, time: Duration) {
        let subject = held.pool.index();
        self.account.outcome.held_waiting[subject][cell.index()] += i128::from(held.count) * i128::from(time.ms());
    }

    #[inline]
    fn room_held(&mut self, shipment: u32, cell: CellId, time: Duration) {
        let Some(storage) = self.bodies[shipment].inside else { return };
        let room = self.room_of_shipment(shipment, storage.index());
        let subject = self.account.storage_subject(storage);
        self.account.outcome.held_waiting[subject][cell.index()] += i128::from(room) * i128::from(time.ms());
    }

    /// Counts what all who wait now have held so far, by record whether they hold any: added where the horizon ends; taken off
    /// where it begins, as the whole wait is counted when it ends.
    pub(super) fn cut_waits(&mut self, begins: bool, holds: &[bool]) {
        let signed = |time: Duration| if begins { Duration::ZERO - time } else { time };
        for (body, cell, time) in self.waits_of_bodies(holds) {
            self.body_held(body, cell, signed(time));
        }
        for (shipment, cell, time) in self.waits_of_shipments(holds) {
            self.shipment_held(shipment, cell, signed(time));
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
