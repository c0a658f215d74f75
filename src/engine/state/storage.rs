//! The state of a storage.

use super::level::Level;
use crate::engine::lane::{LaneQueue, Waiter};
use crate::model::Storage;
use crate::units::{Duration, SimTime};

/// The state of a storage.
#[derive(Debug, Default)]
pub(in crate::engine) struct StorageState {
    /// Room taken.
    used: i64,
    /// The room taken × the moment when its integral was last asked for, and since then change × moment.
    moments: i128,
    /// The most that was taken right after more was taken, since this was last asked for.
    most: i64,
    /// Bodies stabled outside.
    pub(in crate::engine) outside: LaneQueue,
    /// Their number over time.
    pub(in crate::engine) stabled: Level,
    /// Room that they would take.
    outside_room: i64,
    /// The next of them to come in, and the room that it would take.
    next: Option<Waiter>,
    next_room: i64,
    /// Those of them that have things to lend.
    pub(in crate::engine) lenders: LaneQueue,
    /// Bodies are outside, or there is no room.
    pub(in crate::engine) is_full: bool,
    /// Nobody takes things per amount for it.
    pub(in crate::engine) holds_back: bool,
    /// Bodies that wait for pools and are held back when it does.
    pub(in crate::engine) bound_for: u32,
    /// Those that it holds back, over time.
    pub(in crate::engine) kept_back: Level,
    /// Time for which it held back, up to the last change.
    pub(in crate::engine) held_back: Duration,
    pub(in crate::engine) changed: SimTime,
}

impl StorageState {
    /// Room that those who wait outside would take.
    pub(in crate::engine) const fn outside_room(&self) -> i64 {
        self.outside_room
    }

    /// Room that would be taken over the capacity if so much more were taken.
    #[inline]
    pub(in crate::engine) const fn over(&self, room: i64, model: &Storage) -> i64 {
        self.used + room - model.capacity
    }

    /// Whether something has room; in an empty storage whatever it is.
    #[inline]
    fn fits(&self, room: i64, model: &Storage) -> bool {
        self.used + room <= model.capacity || self.used == 0
    }

    /// Whether a body that comes by land may come in.
    #[inline]
    pub(in crate::engine) fn is_open_for(&self, room: i64, model: &Storage) -> bool {
        self.outside.is_empty() && self.fits(room, model)
    }

    /// The next of those outside.
    pub(in crate::engine) fn next(&self) -> Option<u32> {
        Some(self.next?.id)
    }

    /// The same if there is room for it.
    #[inline]
    pub(in crate::engine) fn admits(&self, model: &Storage) -> Option<u32> {
        self.next().filter(|_| self.fits(self.next_room, model))
    }

    /// Room is taken from now on.
    #[inline]
    pub(in crate::engine) fn take(&mut self, room: i64, now: SimTime) {
        self.used += room;
        self.moments += i128::from(room) * i128::from(now.ms());
        self.most = self.most.max(self.used);
    }

    /// Room is free from now on.
    #[inline]
    pub(in crate::engine) fn give(&mut self, room: i64, now: SimTime) {
        self.used -= room;
        self.moments -= i128::from(room) * i128::from(now.ms());
    }

    /// The integral of the room taken, and the most of it right after more was taken, since they were last asked for.
    pub(in crate::engine) fn room_taken(&mut self, now: SimTime) -> (i128, i64) {
        let up_to_now = i128::from(self.used) * i128::from(now.ms());
        let integral = up_to_now - std::mem::replace(&mut self.moments, up_to_now);
        (integral, std::mem::take(&mut self.most))
    }

    /// Somebody waits outside from now on, who would take so much room.
    pub(in crate::engine) fn push(&mut self, waiter: Waiter, room: i64, now: SimTime) {
        self.outside.push(waiter);
        self.stabled.rise(now);
        self.outside_room += room;
        if self.next.is_none_or(|next| waiter.rank() < next.rank()) && self.outside.front() == Some(waiter) {
            (self.next, self.next_room) = (Some(waiter), room);
        }
    }

    /// The next of those outside waits there no more; returns the room that it takes.
    pub(in crate::engine) fn pop(&mut self, now: SimTime) -> i64 {
        self.outside.pop();
        self.stabled.fall(now);
        self.outside_room -= self.next_room;
        self.next = self.outside.front();
        self.next_room
    }

    /// Takes note of the room that the next of those outside would take.
    pub(in crate::engine) const fn expect(&mut self, room: i64) {
        self.next_room = room;
    }

    /// Whether it is full.
    #[inline]
    pub(in crate::engine) fn is_full_now(&self, model: &Storage) -> bool {
        !self.outside.is_empty() || self.used >= model.capacity
    }

    /// Whether it has become full, as more room is taken than before.
    #[inline]
    pub(in crate::engine) const fn has_filled(&self, model: &Storage) -> bool {
        !self.is_full && self.used >= model.capacity
    }

    /// Whether it is full no more, as less room is taken than before.
    #[inline]
    pub(in crate::engine) fn has_emptied(&self, model: &Storage) -> bool {
        self.is_full && !self.is_full_now(model)
    }

    /// Whether it holds back.
    #[inline]
    pub(in crate::engine) fn holds_back_now(&self, model: &Storage) -> bool {
        !self.outside.is_empty() && model.stabling.is_some_and(|most| self.outside_room >= most)
    }

    /// Counts those whom it holds back.
    pub(in crate::engine) fn count_held_back(&mut self, now: SimTime) {
        self.kept_back.turn_to(if self.holds_back { self.bound_for } else { 0 }, now);
    }

    /// Time for which it has held back.
    pub(in crate::engine) fn held_back(&self, now: SimTime) -> Duration {
        if self.holds_back { self.held_back + now.since(self.changed) } else { self.held_back }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integral_and_the_most_of_the_room_that_is_taken() {
        let at = SimTime::from_ms;
        let mut state = StorageState::default();
        state.take(i64::MAX / 2, at(10));
        state.give(i64::MAX / 2 - 5, at(1010));
        assert_eq!(state.room_taken(at(1020)), (1000 * i128::from(i64::MAX / 2) + 50, i64::MAX / 2));
        state.take(2, at(1030));
        state.give(3, at(1040));
        assert_eq!(state.room_taken(at(1050)), (5 * 10 + 7 * 10 + 4 * 10, 7));
    }
}
