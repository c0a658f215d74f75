//! A queue that is first come first served within priority, and between priorities in the order of turns.

use std::collections::VecDeque;

/// Who waits: turn, order of coming, and an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waiter {
    pub(super) priority: u8,
    /// In milliseconds.
    pub(super) turn: i64,
    pub(super) sequence: u64,
    pub(super) id: u32,
}

impl Waiter {
    /// The order in which waiters are served.
    pub(super) const fn rank(&self) -> (i64, u64) {
        (self.turn, self.sequence)
    }
}

/// A queue with a lane for each priority in use.
#[derive(Debug, Default)]
pub(super) struct LaneQueue {
    lanes: Vec<(u8, VecDeque<Waiter>)>,
    len: usize,
}

impl LaneQueue {
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn lane(&mut self, priority: u8) -> &mut VecDeque<Waiter> {
        let at = self.lanes.iter().take_while(|(other, _)| *other < priority).count();
        if self.lanes.get(at).is_none_or(|(other, _)| *other != priority) {
            self.lanes.insert(at, (priority, VecDeque::new()));
        }
        &mut self.lanes[at].1
    }

    #[inline]
    pub(super) fn push(&mut self, waiter: Waiter) {
        self.len += 1;
        match &mut self.lanes[..] {
            // Most queues know one priority alone.
            [(priority, lane)] if *priority == waiter.priority => lane.push_back(waiter),
            _ => self.lane(waiter.priority).push_back(waiter),
        }
    }

    /// The lane of who is served next.
    fn first_lane(&self) -> Option<usize> {
        let mut first: Option<(usize, (i64, u64))> = None;
        for (at, (_, lane)) in self.lanes.iter().enumerate() {
            if let Some(waiter) = lane.front()
                && first.is_none_or(|(_, rank)| waiter.rank() < rank)
            {
                first = Some((at, waiter.rank()));
            }
        }
        first.map(|(at, _)| at)
    }

    #[inline]
    pub(super) fn front(&self) -> Option<Waiter> {
        match &self.lanes[..] {
            [(_, lane)] => lane.front().copied(),
            lanes => lanes[self.first_lane()?].1.front().copied(),
        }
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Waiter> {
        let first = match &mut self.lanes[..] {
            [(_, lane)] => lane.pop_front(),
            _ => self.first_lane().and_then(|at| self.lanes[at].1.pop_front()),
        };
        self.len -= usize::from(first.is_some());
        first
    }

    /// All waiters, by priority and coming.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Waiter> {
        self.lanes.iter().flat_map(|lane| lane.1.iter())
    }

    /// Takes one out, who mostly is the first of his lane.
    pub(super) fn remove(&mut self, id: u32) {
        if let Some((_, lane)) =
            self.lanes.iter_mut().find(|(_, lane)| lane.front().is_some_and(|first| first.id == id))
        {
            lane.pop_front();
            self.len -= 1;
            return;
        }
        for (_, lane) in &mut self.lanes {
            if let Some(at) = lane.iter().position(|waiter| waiter.id == id) {
                lane.remove(at);
                self.len -= 1;
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiter(priority: u8, sequence: u64) -> Waiter {
        Waiter { priority, turn: i64::from(priority), sequence, id: sequence as u32 }
    }

    #[test]
    fn serves_priority_first_and_order_of_coming_within_it() {
        let mut queue = LaneQueue::default();
        for w in [waiter(2, 0), waiter(1, 1), waiter(2, 2), waiter(1, 3)] {
            queue.push(w);
        }
        queue.remove(3);
        let order: Vec<u64> = std::iter::from_fn(|| queue.pop()).map(|w| w.sequence).collect();
        assert_eq!(order, [1, 0, 2]);
        assert!(queue.is_empty());
    }

    #[test]
    fn who_came_long_before_is_not_overtaken() {
        let mut queue = LaneQueue::default();
        // A priority is worth 10 ms; they come every 4 ms.
        for (priority, sequence) in [(2, 0), (2, 1), (1, 2), (1, 3), (2, 4)] {
            let turn = 4 * sequence as i64 + 10 * i64::from(priority);
            queue.push(Waiter { turn, ..waiter(priority, sequence) });
        }
        let order: Vec<u64> = std::iter::from_fn(|| queue.pop()).map(|w| w.sequence).collect();
        assert_eq!(order, [2, 0, 3, 1, 4]);
    }
}
