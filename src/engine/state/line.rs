//! The state of a line.

use super::level::Level;
use crate::engine::lane::{LaneQueue, Waiter};
use crate::units::{Duration, SimTime};

/// The state of a line; arrays are by direction.
#[derive(Debug, Default)]
pub(in crate::engine) struct LineState {
    pub(in crate::engine) queue: [LaneQueue; 2],
    /// Earliest moment of the next setting out.
    pub(in crate::engine) next: [SimTime; 2],
    /// A wake-up is scheduled for that moment.
    pub(in crate::engine) woken: [bool; 2],
    /// Those on it.
    pub(in crate::engine) on: Level,
    /// Those that wait in both directions.
    pub(in crate::engine) waiting: Level,
    /// Gates that are closed.
    pub(in crate::engine) shut: [u32; 2],
    pub(in crate::engine) shut_since: [SimTime; 2],
    pub(in crate::engine) shut_total: [Duration; 2],
}

impl LineState {
    /// Somebody begins to wait.
    #[inline]
    pub(in crate::engine) fn line_up(&mut self, direction: usize, waiter: Waiter, now: SimTime) {
        self.waiting.rise(now);
        self.queue[direction].push(waiter);
    }

    /// The next of a direction waits no more.
    #[inline]
    pub(in crate::engine) fn next_in_line(&mut self, direction: usize, now: SimTime) -> Option<Waiter> {
        let next = self.queue[direction].pop();
        if next.is_some() {
            self.waiting.fall(now);
        }
        next
    }

    /// Somebody who waits in a direction does so no more.
    pub(in crate::engine) fn leave_queue(&mut self, direction: usize, body: u32, now: SimTime) {
        let before = self.queue[direction].len();
        self.queue[direction].remove(body);
        if self.queue[direction].len() < before {
            self.waiting.fall(now);
        }
    }

    /// Whether there is a place for another one.
    #[inline]
    pub(in crate::engine) fn has_place(&self, at_once: Option<u32>) -> bool {
        at_once.is_none_or(|limit| self.on.number() < limit)
    }

    /// Whether who comes may set out at once: nobody waits in its direction, and whoever waits in the other one could not.
    #[inline]
    pub(in crate::engine) fn is_free(&self, at_once: Option<u32>, direction: usize, now: SimTime) -> bool {
        self.queue[direction].is_empty()
            && self.shut[direction] == 0
            && self.next[direction] <= now
            && self.has_place(at_once)
    }

    /// Whether somebody waits in an open direction.
    #[inline]
    const fn is_asked_for(&self, direction: usize) -> bool {
        !self.queue[direction].is_empty() && self.shut[direction] == 0
    }

    /// Whether somebody waits in any direction who may set out in it now, or who was not told yet when he may.
    #[inline]
    pub(in crate::engine) fn is_due(&self, now: SimTime) -> bool {
        let is_due =
            |direction: usize| self.is_asked_for(direction) && (self.next[direction] <= now || !self.woken[direction]);
        is_due(0) || is_due(1)
    }

    /// Whether somebody waits in a direction who may set out in it now.
    #[inline]
    pub(in crate::engine) fn may_set_out(&self, direction: usize, now: SimTime) -> bool {
        self.is_asked_for(direction) && self.next[direction] <= now
    }

    /// When who waits in a direction may set out as the headway is over, if nobody was told that yet.
    #[inline]
    pub(in crate::engine) fn wake(&mut self, direction: usize, now: SimTime) -> Option<SimTime> {
        let is_later = self.is_asked_for(direction) && self.next[direction] > now;
        let is_new = is_later && !std::mem::replace(&mut self.woken[direction], true);
        is_new.then_some(self.next[direction])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_the_headway_is_told_once_when_it_is_over() {
        let (now, later) = (SimTime::from_ms(5), SimTime::from_ms(9));
        let mut line = LineState { next: [later, SimTime::ZERO], ..LineState::default() };
        assert!(line.is_free(None, 1, now) && !line.is_free(None, 0, now) && !line.is_due(now));
        line.line_up(0, Waiter { priority: 1, turn: 0, sequence: 1, id: 7 }, now);
        assert!(line.is_due(now) && !line.may_set_out(0, now));
        assert_eq!((line.wake(0, now), line.wake(0, now), line.wake(1, now)), (Some(later), None, None));
        assert!(!line.is_due(now) && line.is_due(later) && line.may_set_out(0, later));
        line.shut[0] = 1;
        assert!(!line.is_due(later));
    }

    #[test]
    fn those_who_wait_in_both_directions_are_counted_together() {
        let (now, mut line) = (SimTime::from_ms(5), LineState::default());
        for id in 0..3 {
            line.line_up(id % 2, Waiter { priority: 1, turn: 0, sequence: id as u64, id: id as u32 }, now);
        }
        line.leave_queue(0, 2, now);
        line.leave_queue(0, 2, now);
        assert_eq!(line.next_in_line(1, now).map(|waiter| waiter.id), Some(1));
        assert!(line.next_in_line(1, now).is_none());
        assert_eq!((line.waiting.number(), line.queue[0].len()), (1, 1));
    }
}
