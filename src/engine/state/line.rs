//! The state of a line.

use crate::engine::lane::LaneQueue;
use crate::units::{Duration, SimTime};

/// The state of a line; arrays are by direction.
#[derive(Debug, Default)]
pub(in crate::engine) struct LineState {
    pub(in crate::engine) queue: [LaneQueue; 2],
    /// Earliest moment of the next setting out.
    pub(in crate::engine) next: [SimTime; 2],
    /// A wake-up is scheduled for that moment.
    pub(in crate::engine) woken: [bool; 2],
    pub(in crate::engine) on: u32,
    /// Gates that are closed.
    pub(in crate::engine) shut: [u32; 2],
    pub(in crate::engine) shut_since: [SimTime; 2],
    pub(in crate::engine) shut_total: [Duration; 2],
    pub(in crate::engine) touched: SimTime,
}

impl LineState {
    /// Trains that wait in both directions.
    #[inline]
    pub(in crate::engine) const fn waiting(&self) -> usize {
        self.queue[0].len() + self.queue[1].len()
    }

    /// Whether who comes may set out at once: nobody waits in its direction, and whoever waits in the other one could not.
    #[inline]
    pub(in crate::engine) fn is_free(&self, at_once: Option<u32>, direction: usize, now: SimTime) -> bool {
        self.queue[direction].is_empty()
            && self.shut[direction] == 0
            && self.next[direction] <= now
            && at_once.is_none_or(|limit| self.on < limit)
    }

    /// Time for which a direction was shut, up to now.
    pub(in crate::engine) fn shut_time(&self, direction: usize, now: SimTime) -> Duration {
        if self.shut[direction] > 0 {
            self.shut_total[direction] + now.since(self.shut_since[direction])
        } else {
            self.shut_total[direction]
        }
    }
}
