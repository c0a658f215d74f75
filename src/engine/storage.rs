//! Storages: space that lets nothing more in by land when full; vessels unload in any case.
//!
//! While as much waits outside as its `stabling`, a storage holds back who would take things per amount for it.

use super::observer::{Fact, Observer};
use super::queues::QueueAt;
use super::state::body::{Body, WaitsFor};
use super::state::pool_queue::Standing;
use super::world::World;
use crate::ids::StorageId;
use crate::model::Storage;
use crate::units::{Duration, Size};

/// Room that a shipment takes in a storage.
#[inline]
pub(super) fn room_of_one(ship: &Body, model: &Storage) -> i64 {
    ship.size.milli() * model.room_per_milli[ship.cargo.index()]
}

impl<'p, O: Observer> World<'p, O> {
    /// What the present parameter set has of a storage.
    #[inline]
    fn storage_model(&self, storage: StorageId) -> &'p Storage {
        let model = self.model;
        &model.storages[storage.index()]
    }

    #[inline]
    pub(super) fn room_of(&self, body: u32, storage: usize) -> i64 {
        self.room_in(body, &self.model.storages[storage])
    }

    #[inline]
    pub(super) fn room_of_shipment(&self, shipment: u32, storage: usize) -> i64 {
        room_of_one(&self.bodies[shipment], &self.model.storages[storage])
    }

    /// Room that a body takes in a storage.
    #[inline]
    fn room_in(&self, body: u32, model: &Storage) -> i64 {
        let record = &self.bodies[body];
        if record.is_train() { self.room_of_train(record, model) } else { room_of_one(record, model) }
    }

    #[inline(never)]
    fn room_of_train(&self, train: &Body, model: &Storage) -> i64 {
        train.members.iter().map(|&member| room_of_one(&self.bodies[member], model)).sum()
    }

    /// Waits for space by land and takes it; true if there was some.
    #[inline(never)]
    pub(super) fn enter(&mut self, body: u32, storage: StorageId) -> bool {
        let model = self.storage_model(storage);
        let room = self.room_in(body, model);
        let is_open = self.storages[storage.index()].is_open_for(room, model);
        if is_open {
            self.occupy(body, storage, model, room);
        } else {
            self.stable(body, storage, room);
        }
        is_open
    }

    /// A body waits outside, without what it holds one a body, with what it holds per amount.
    #[inline(never)]
    fn stable(&mut self, body: u32, storage: StorageId, room: i64) {
        self.give_early(body);
        let waiter = self.waiter(self.bodies[body].priority, body);
        self.begin_to_wait(body, WaitsFor::Storage(storage));
        self.bodies[body].joined = self.now;
        let lends = self.begin_to_lend(body);
        let state = &mut self.storages[storage.index()];
        state.push(waiter, room, self.now);
        if lends {
            state.lenders.push(waiter);
        }
        let length = state.outside.len() as u64;
        self.account.stabled(storage.index(), length);
        self.note_body(Fact::Stabled(storage), body);
        self.watch_storage(storage, body, 1);
        self.look_at_storage(storage);
    }

    /// Takes space from a vessel, whether there is any or not.
    #[inline(never)]
    pub(super) fn enter_over(&mut self, body: u32, storage: StorageId) -> bool {
        let model = self.storage_model(storage);
        let room = self.room_in(body, model);
        let over = self.storages[storage.index()].over(room, model).min(room);
        if over > 0 {
            self.flow_over(body, storage, over, room);
        }
        self.occupy(body, storage, model, room);
        true
    }

    /// Of the room that a body takes so much is over the capacity.
    #[inline(never)]
    fn flow_over(&mut self, body: u32, storage: StorageId, over: i64, room: i64) {
        let size = self.bodies[body].size.milli();
        let share = (i128::from(size) * i128::from(over) / i128::from(room)) as i64;
        self.account.overflows(storage.index(), Size::from_milli(share));
    }

    /// A body takes room.
    #[expect(clippy::inline_always, reason = "nearly all of what it is for a body to come in")]
    #[inline(always)]
    fn occupy(&mut self, body: u32, storage: StorageId, model: &Storage, room: i64) {
        let (state, record) = (&mut self.storages[storage.index()], &mut self.bodies[body]);
        state.take(room, self.now);
        let has_filled = state.has_filled(model);
        if record.is_train() {
            self.each_enters(body, storage);
        } else {
            (record.inside, record.entered) = (Some(storage), self.now);
        }
        self.watch_storage(storage, body, 1);
        if has_filled {
            self.turn_storage(storage, model);
        }
    }

    #[inline(never)]
    fn each_enters(&mut self, train: u32, storage: StorageId) {
        for at in 0..self.bodies[train].members.len() {
            let member = self.bodies[train].members[at];
            (self.bodies[member].inside, self.bodies[member].entered) = (Some(storage), self.now);
        }
    }

    /// Gives space back; always goes on.
    #[inline(never)]
    pub(super) fn leave(&mut self, body: u32, storage: StorageId) -> bool {
        if self.bodies[body].is_train() {
            self.leave_as_train(body, storage);
        } else {
            self.leave_as_shipment(body, storage);
        }
        true
    }

    #[inline(never)]
    fn leave_as_train(&mut self, train: u32, storage: StorageId) {
        let model = self.storage_model(storage);
        let room = self.room_of_train(&self.bodies[train], model);
        self.watch_storage(storage, train, -1);
        for at in 0..self.bodies[train].members.len() {
            let member = self.bodies[train].members[at];
            self.read_stay(member, storage);
            self.bodies[member].inside = None;
        }
        self.vacate(storage, model, room);
    }

    /// A shipment by itself, or one that boards a vessel, gives its space back.
    #[inline(never)]
    pub(super) fn leave_as_shipment(&mut self, shipment: u32, storage: StorageId) {
        self.watch_storage_shipment(storage, shipment, -1);
        self.read_stay(shipment, storage);
        let model = self.storage_model(storage);
        let ship = &mut self.bodies[shipment];
        ship.inside = None;
        let room = room_of_one(ship, model);
        self.vacate(storage, model, room);
    }

    #[inline]
    fn vacate(&mut self, storage: StorageId, model: &'p Storage, room: i64) {
        let state = &mut self.storages[storage.index()];
        state.give(room, self.now);
        if state.admits(model).is_some() {
            self.admit(storage);
        } else if state.has_emptied(model) {
            self.turn_storage(storage, model);
        }
    }

    /// Lets stabled bodies in, in order, while the next one fits. They go on when what happens now is through.
    #[inline(never)]
    fn admit(&mut self, storage: StorageId) {
        let (index, model) = (storage.index(), self.storage_model(storage));
        while let Some(body) = self.storages[index].admits(model) {
            self.end_to_lend(body, storage);
            let room = self.storages[index].pop(self.now);
            self.look_at_next(storage);
            self.watch_storage(storage, body, -1);
            self.book(body, model.wait);
            self.occupy(body, storage, model, room);
            self.look_at_storage(storage);
            let waited = self.now.since(self.bodies[body].joined);
            self.ends_to_wait(body, QueueAt::Storage(storage), waited);
            self.note_body(Fact::LetIn(storage), body);
            self.bodies[body].waits = WaitsFor::Nothing;
            self.ready.push_back(body);
        }
        self.look_at_storage(storage);
    }

    /// Takes note of the room that the next of those outside would take.
    fn look_at_next(&mut self, storage: StorageId) {
        let next = self.storages[storage.index()].next();
        let room = next.map_or(0, |body| self.room_of(body, storage.index()));
        self.storages[storage.index()].expect(room);
    }

    /// Notices whether a storage has become full or is so no more, and whether it holds back; those for whom that matters
    /// may take now.
    #[inline]
    fn look_at_storage(&mut self, storage: StorageId) {
        let (state, model) = (&self.storages[storage.index()], self.storage_model(storage));
        if state.is_full_now(model) != state.is_full || state.holds_back_now(model) != state.holds_back {
            self.turn_storage(storage, model);
        }
    }

    // Seldom needed. Not inlined, so that the test before it can be.
    #[inline(never)]
    fn turn_storage(&mut self, storage: StorageId, model: &Storage) {
        let state = &mut self.storages[storage.index()];
        let holds_back = state.holds_back_now(model);
        let turns_holding_back = holds_back != state.holds_back;
        state.is_full = state.is_full_now(model);
        if turns_holding_back {
            self.turn_holding_back(storage, holds_back);
        }
        for pool in 0..self.pools.len() {
            if self.pools[pool].queue.turn(storage, &self.storages) {
                self.wake_pool(pool);
            }
        }
    }

    fn turn_holding_back(&mut self, storage: StorageId, begins: bool) {
        for pool in &mut self.pools {
            pool.queue.held_back(storage, begins);
            pool.count_waiting(self.now);
        }
        let state = &mut self.storages[storage.index()];
        state.held_back = state.held_back(self.now);
        state.changed = self.now;
        state.holds_back = begins;
        state.count_held_back(self.now);
        self.note_held_back(storage.index());
    }

    /// A body begins to wait for pools and may be held back meanwhile.
    pub(super) fn begin_to_be_held_back(&mut self, body: u32, standing: Standing) {
        let Some(storage) = standing.ahead else { return };
        let state = &mut self.storages[storage.index()];
        state.bound_for += 1;
        state.count_held_back(self.now);
        self.bodies[body].closed_before = state.held_back(self.now);
        self.note_held_back(storage.index());
    }

    /// Its wait ends: books and returns the time for which it was held back.
    pub(super) fn end_to_be_held_back(&mut self, body: u32, standing: Standing) -> Duration {
        let Some(storage) = standing.ahead else { return Duration::ZERO };
        let state = &mut self.storages[storage.index()];
        state.bound_for -= 1;
        state.count_held_back(self.now);
        let time = state.held_back(self.now) - self.bodies[body].closed_before;
        self.ends_to_be_kept_away(body, QueueAt::Storage(storage), time);
        self.book_parts(body, [(self.model.storages[storage.index()].wait, time)]);
        time
    }

    fn note_held_back(&mut self, index: usize) {
        let number = self.storages[index].kept_back.number();
        let tally = &mut self.account.outcome.storages[index];
        tally.held_back_max = tally.held_back_max.max(u64::from(number));
    }

    /// Takes over the capacities of a new parameter set.
    pub(super) fn resize_storages(&mut self) {
        (0..self.storages.len()).for_each(|storage| self.admit(StorageId::new(storage)));
    }

    /// Other parameters hold from now on, by which something may take other room.
    pub(super) fn renew_storages(&mut self) {
        (0..self.storages.len()).for_each(|storage| self.look_at_next(StorageId::new(storage)));
    }

    /// Brings a storage's integrals up to now.
    pub(super) fn touch_storage(&mut self, index: usize) {
        let (state, tally) = (&mut self.storages[index], &mut self.account.outcome.storages[index]);
        let (integral, most) = state.room_taken(self.now);
        tally.room += integral;
        tally.room_max = tally.room_max.max(most);
        tally.outside += i128::from(state.stabled.integral(self.now));
        tally.held_back += i128::from(state.kept_back.integral(self.now));
    }
}
