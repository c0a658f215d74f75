//! The state of a storage.

use crate::engine::lane::LaneQueue;
use crate::units::{Duration, SimTime};

/// The state of a storage.
#[derive(Debug, Default)]
pub(in crate::engine) struct StorageState {
    /// Room taken.
    pub(in crate::engine) used: i64,
    /// Bodies stabled outside.
    pub(in crate::engine) outside: LaneQueue,
    /// Room that they would take.
    pub(in crate::engine) outside_room: i64,
    /// Those of them that have things to lend.
    pub(in crate::engine) lenders: LaneQueue,
    /// Bodies are outside, or there is no room.
    pub(in crate::engine) is_full: bool,
    /// Nobody takes things per amount for it.
    pub(in crate::engine) holds_back: bool,
    /// Bodies that wait for pools and are held back when it does.
    pub(in crate::engine) bound_for: u32,
    /// Time for which it held back, up to the last change.
    pub(in crate::engine) held_back: Duration,
    pub(in crate::engine) changed: SimTime,
    pub(in crate::engine) touched: SimTime,
}

impl StorageState {
    /// Room that those who wait outside would take.
    pub(in crate::engine) const fn outside_room(&self) -> i64 {
        self.outside_room
    }

    /// Time for which it has held back.
    pub(in crate::engine) fn held_back(&self, now: SimTime) -> Duration {
        if self.holds_back { self.held_back + now.since(self.changed) } else { self.held_back }
    }
}
