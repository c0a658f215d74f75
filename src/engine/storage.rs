//! Storages: space that lets nothing more in by land when full; vessels unload in any case.
//!
//! While as much waits outside as its `stabling`, a storage holds back who would take things per amount for it.

use super::observer::{Fact, Observer};
use super::queues::QueueAt;
use super::state::body::WaitsFor;
use super::state::pool_queue::Standing;
use super::world::World;
use crate::ids::StorageId;
use crate::units::{Duration, Size};

impl<O: Observer> World<'_, O> {
    #[inline]
    pub(super) fn room_of(&self, body: u32, storage: usize) -> i64 {
        let record = &self.bodies[body];
        if !record.is_train() {
            return self.room_of_shipment(body, storage);
        }
        record.members.iter().map(|&member| self.room_of_shipment(member, storage)).sum()
    }

    #[inline]
    pub(super) fn room_of_shipment(&self, shipment: u32, storage: usize) -> i64 {
        let ship = &self.bodies[shipment];
        ship.size.milli() * self.model.storages[storage].room_per_milli[ship.cargo.index()]
    }

    fn fits(&self, need: i64, storage: usize) -> bool {
        let used = self.storages[storage].used;
        used + need <= self.model.storages[storage].capacity || used == 0
    }

    /// Waits for space by land and takes it; true if there was some.
    #[inline(never)]
    pub(super) fn enter(&mut self, body: u32, storage: StorageId) -> bool {
        let index = storage.index();
        if self.storages[index].outside.is_empty() {
            let need = self.room_of(body, index);
            if self.fits(need, index) {
                self.occupy(body, index, need);
                return true;
            }
        }
        self.stable(body, storage);
        false
    }

    /// A body waits outside, without what it holds one a body, with what it holds per amount.
    fn stable(&mut self, body: u32, storage: StorageId) {
        let index = storage.index();
        self.give_early(body);
        self.touch_storage(index);
        let (waiter, room) = (self.waiter(self.bodies[body].priority, body), self.room_of(body, index));
        self.begin_to_wait(body, WaitsFor::Storage(storage));
        self.bodies[body].joined = self.now;
        let lends = self.begin_to_lend(body);
        let state = &mut self.storages[index];
        state.outside.push(waiter);
        state.outside_room += room;
        if lends {
            state.lenders.push(waiter);
        }
        let length = state.outside.len() as u64;
        self.account.stabled(index, length);
        self.note_body(Fact::Stabled(storage), body);
        self.watch_storage(storage, body, 1);
        self.look_at_storage(storage);
    }

    /// Takes space from a vessel, whether there is any or not.
    #[inline(never)]
    pub(super) fn enter_over(&mut self, body: u32, storage: StorageId) -> bool {
        let index = storage.index();
        let need = self.room_of(body, index);
        let over = (self.storages[index].used + need - self.model.storages[index].capacity).clamp(0, need);
        if over > 0 {
            let size = self.bodies[body].size.milli();
            let share = (i128::from(size) * i128::from(over) / i128::from(need)) as i64;
            self.account.overflows(index, Size::from_milli(share));
        }
        self.occupy(body, index, need);
        true
    }

    fn occupy(&mut self, body: u32, index: usize, need: i64) {
        self.touch_storage(index);
        self.storages[index].used += need;
        let used = self.storages[index].used;
        let tally = &mut self.account.outcome.storages[index];
        tally.room_max = tally.room_max.max(used);
        let storage = StorageId::new(index);
        for at in 0..self.bodies[body].members.len() {
            let member = self.bodies[body].members[at];
            (self.bodies[member].inside, self.bodies[member].entered) = (Some(storage), self.now);
        }
        self.watch_storage(storage, body, 1);
        self.look_at_storage(storage);
    }

    /// Gives space back; always goes on.
    #[inline(never)]
    pub(super) fn leave(&mut self, body: u32, storage: StorageId) -> bool {
        let need = self.room_of(body, storage.index());
        self.watch_storage(storage, body, -1);
        for at in 0..self.bodies[body].members.len() {
            let member = self.bodies[body].members[at];
            self.read_stay(member, storage);
            self.bodies[member].inside = None;
        }
        self.vacate(storage, need);
        true
    }

    /// A shipment gives its space back (aboard a vessel).
    #[inline]
    pub(super) fn leave_as_shipment(&mut self, shipment: u32, storage: StorageId) {
        let need = self.room_of_shipment(shipment, storage.index());
        self.watch_storage_shipment(storage, shipment, -1);
        self.read_stay(shipment, storage);
        self.bodies[shipment].inside = None;
        self.vacate(storage, need);
    }

    #[inline]
    fn vacate(&mut self, storage: StorageId, room: i64) {
        self.touch_storage(storage.index());
        let state = &mut self.storages[storage.index()];
        state.used -= room;
        if !state.outside.is_empty() {
            self.admit(storage);
        }
        self.look_at_storage(storage);
    }

    /// Lets stabled bodies in, in order, while the next one fits. They go on when what happens now is through.
    fn admit(&mut self, storage: StorageId) {
        let index = storage.index();
        while let Some(waiter) = self.storages[index].outside.front() {
            let need = self.room_of(waiter.id, index);
            if !self.fits(need, index) {
                return;
            }
            self.touch_storage(index);
            self.end_to_lend(waiter.id, storage);
            self.storages[index].outside.pop();
            self.storages[index].outside_room -= need;
            self.watch_storage(storage, waiter.id, -1);
            let cell = self.model.storages[index].wait;
            self.book(waiter.id, cell);
            self.occupy(waiter.id, index, need);
            let waited = self.now.since(self.bodies[waiter.id].joined);
            self.ends_to_wait(waiter.id, QueueAt::Storage(storage), waited);
            self.note_body(Fact::LetIn(storage), waiter.id);
            self.bodies[waiter.id].waits = WaitsFor::Nothing;
            self.ready.push_back(waiter.id);
        }
    }

    /// Notices whether a storage has become full or is so no more, and whether it holds back; those for whom that matters
    /// may take now.
    #[inline]
    fn look_at_storage(&mut self, storage: StorageId) {
        let model = &self.model.storages[storage.index()];
        let state = &self.storages[storage.index()];
        let is_full = !state.outside.is_empty() || state.used >= model.capacity;
        let holds_back = !state.outside.is_empty() && model.stabling.is_some_and(|most| state.outside_room >= most);
        if is_full != state.is_full || holds_back != state.holds_back {
            self.turn_storage(storage, is_full, holds_back);
        }
    }

    // Seldom needed. Not inlined, so that the test before it can be.
    #[inline(never)]
    fn turn_storage(&mut self, storage: StorageId, is_full: bool, holds_back: bool) {
        let index = storage.index();
        let state = &self.storages[index];
        if holds_back != state.holds_back {
            self.turn_holding_back(storage, holds_back);
        }
        self.storages[index].is_full = is_full;
        for pool in 0..self.pools.len() {
            if self.pools[pool].queue.turn(storage, &self.storages) {
                self.wake_pool(pool);
            }
        }
    }

    fn turn_holding_back(&mut self, storage: StorageId, begins: bool) {
        let index = storage.index();
        self.touch_storage(index);
        for pool in 0..self.pools.len() {
            self.touch_pool(pool);
            self.pools[pool].queue.held_back(storage, begins);
        }
        let state = &mut self.storages[index];
        state.held_back = state.held_back(self.now);
        state.changed = self.now;
        state.holds_back = begins;
        self.note_held_back(index);
    }

    /// A body begins to wait for pools and may be held back meanwhile.
    pub(super) fn begin_to_be_held_back(&mut self, body: u32, standing: Standing) {
        let Some(storage) = standing.ahead else { return };
        self.touch_storage(storage.index());
        let state = &mut self.storages[storage.index()];
        state.bound_for += 1;
        self.bodies[body].closed_before = state.held_back(self.now);
        self.note_held_back(storage.index());
    }

    /// Its wait ends: books and returns the time for which it was held back.
    pub(super) fn end_to_be_held_back(&mut self, body: u32, standing: Standing) -> Duration {
        let Some(storage) = standing.ahead else { return Duration::ZERO };
        self.touch_storage(storage.index());
        let state = &mut self.storages[storage.index()];
        state.bound_for -= 1;
        let time = state.held_back(self.now) - self.bodies[body].closed_before;
        self.ends_to_be_kept_away(body, QueueAt::Storage(storage), time);
        self.book_parts(body, [(self.model.storages[storage.index()].wait, time)]);
        time
    }

    fn note_held_back(&mut self, index: usize) {
        let state = &self.storages[index];
        let number = if state.holds_back { u64::from(state.bound_for) } else { 0 };
        let tally = &mut self.account.outcome.storages[index];
        tally.held_back_max = tally.held_back_max.max(number);
    }

    /// Takes over the capacities of a new parameter set.
    pub(super) fn resize_storages(&mut self) {
        for index in 0..self.storages.len() {
            self.admit(StorageId::new(index));
            self.look_at_storage(StorageId::new(index));
        }
    }

    /// Brings a storage's integrals up to now.
    pub(super) fn touch_storage(&mut self, index: usize) {
        let state = &mut self.storages[index];
        if state.touched == self.now {
            return;
        }
        let elapsed = i128::from(self.now.since(std::mem::replace(&mut state.touched, self.now)).ms());
        let tally = &mut self.account.outcome.storages[index];
        tally.room += elapsed * i128::from(state.used);
        tally.outside += elapsed * state.outside.len() as i128;
        if state.holds_back {
            tally.held_back += elapsed * i128::from(state.bound_for);
        }
    }
}
