//! In which turn who begins to wait is served.
//!
//! A turn is the moment of coming, put back by a step of time for each priority: who waits is overtaken by who comes later and has
//! a higher priority only as long as the other has not come too late for it (Jackson, "Some problems in queueing with
//! dynamic priorities", Naval Research Logistics Quarterly 7, 1960). Where the step is longer than any wait, priorities are strict.

use super::lane::Waiter;
use super::observer::Observer;
use super::world::World;

impl<O: Observer> World<'_, O> {
    /// The turn of who comes now.
    #[inline]
    pub(super) fn turn(&self, priority: u8) -> i64 {
        self.now.ms() + i64::from(priority) * self.model.priority_step.ms()
    }

    /// Somebody who begins to wait now.
    #[inline]
    pub(super) fn waiter(&mut self, priority: u8, id: u32) -> Waiter {
        let sequence = self.next_sequence();
        Waiter { priority, turn: self.turn(priority), sequence, id }
    }
}
