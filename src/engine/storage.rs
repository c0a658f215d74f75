//! Storages: space that lets nothing more in by land when full; vessels unload in any case.

use super::body::WaitsFor;
use super::lane::{LaneQueue, Waiter};
use super::observer::{Fact, Observer};
use super::world::World;
use crate::ids::StorageId;
use crate::units::{SimTime, Size};

/// The state of a storage.
#[derive(Debug, Default)]
pub(super) struct StorageState {
    /// Room taken.
    pub(super) used: i64,
    /// Bodies stabled outside.
    pub(super) outside: LaneQueue,
    touched: SimTime,
}

impl<O: Observer> World<'_, O> {
    fn room_of(&self, body: u32, storage: usize) -> i64 {
        self.bodies[body].members.iter().map(|&member| self.room_of_shipment(member, storage)).sum()
    }

    fn room_of_shipment(&self, shipment: u32, storage: usize) -> i64 {
        let ship = &self.shipments[shipment];
        let cargo = self.model.flows[ship.flow.index()].cargo;
        ship.size.milli() * self.model.storages[storage].room_per_milli[cargo.index()]
    }

    fn fits(&self, body: u32, storage: usize) -> bool {
        let (used, need) = (self.storages[storage].used, self.room_of(body, storage));
        used + need <= self.model.storages[storage].capacity || used == 0
    }

    /// Waits for space by land and takes it; true if there was some.
    pub(super) fn enter(&mut self, body: u32, storage: StorageId) -> bool {
        let index = storage.index();
        if self.storages[index].outside.is_empty() && self.fits(body, index) {
            self.occupy(body, index);
            return true;
        }
        self.give_early(body);
        self.touch_storage(index);
        let sequence = self.next_sequence();
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Storage;
        record.joined = self.now;
        let waiter = Waiter { priority: record.priority, sequence, id: body };
        self.storages[index].outside.push(waiter);
        let length = self.storages[index].outside.len() as u64;
        self.account.stabled(index, length);
        self.note_body(Fact::Stabled(storage), body);
        self.watch_storage(storage, body, 1);
        false
    }

    /// Takes space from a vessel, whether there is any or not.
    pub(super) fn enter_over(&mut self, body: u32, storage: StorageId) -> bool {
        let index = storage.index();
        let need = self.room_of(body, index);
        let over = (self.storages[index].used + need - self.model.storages[index].capacity).clamp(0, need);
        if over > 0 {
            let size = self.bodies[body].size.milli();
            let share = (i128::from(size) * i128::from(over) / i128::from(need)) as i64;
            self.account.overflows(index, Size::from_milli(share));
        }
        self.occupy(body, index);
        true
    }

    fn occupy(&mut self, body: u32, index: usize) {
        self.touch_storage(index);
        let need = self.room_of(body, index);
        self.storages[index].used += need;
        let used = self.storages[index].used;
        let tally = &mut self.account.outcome.storages[index];
        tally.room_max = tally.room_max.max(used);
        self.watch_storage(StorageId::new(index), body, 1);
    }

    /// Gives space back; always goes on.
    pub(super) fn leave(&mut self, body: u32, storage: StorageId) -> bool {
        let need = self.room_of(body, storage.index());
        self.watch_storage(storage, body, -1);
        self.vacate(storage, need);
        true
    }

    /// A shipment gives its space back (aboard a vessel).
    pub(super) fn leave_as_shipment(&mut self, shipment: u32, storage: StorageId) {
        let need = self.room_of_shipment(shipment, storage.index());
        self.watch_storage_shipment(storage, shipment, -1);
        self.vacate(storage, need);
    }

    fn vacate(&mut self, storage: StorageId, room: i64) {
        self.touch_storage(storage.index());
        self.storages[storage.index()].used -= room;
        self.admit(storage);
    }

    /// Lets stabled bodies in, in order, while the next one fits.
    fn admit(&mut self, storage: StorageId) {
        let index = storage.index();
        while let Some(waiter) = self.storages[index].outside.front() {
            if !self.fits(waiter.id, index) {
                return;
            }
            self.touch_storage(index);
            self.storages[index].outside.pop();
            self.watch_storage(storage, waiter.id, -1);
            self.occupy(waiter.id, index);
            let waited = self.now.since(self.bodies[waiter.id].joined);
            self.account.let_in(index, waited);
            self.note_body(Fact::LetIn(storage), waiter.id);
            let cell = self.model.storages[index].wait;
            self.book(waiter.id, cell);
            self.step_done(waiter.id);
        }
    }

    /// Takes over the capacities of a new parameter set.
    pub(super) fn resize_storages(&mut self) {
        for index in 0..self.storages.len() {
            self.admit(StorageId::new(index));
        }
    }

    /// Brings a storage's integrals up to now.
    pub(super) fn touch_storage(&mut self, index: usize) {
        let state = &mut self.storages[index];
        let elapsed = i128::from(self.now.since(std::mem::replace(&mut state.touched, self.now)).ms());
        let tally = &mut self.account.outcome.storages[index];
        tally.room += elapsed * i128::from(state.used);
        tally.outside += elapsed * state.outside.len() as i128;
    }
}
