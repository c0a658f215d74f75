//! The queue of a station: first come, first served within a priority, and between priorities in the order of turns.
//!
//! Nobody leaves it but to be served. So it is a chain, of which each customer's stay has the link to the one behind: no other memory
//! is touched than the records of who comes, of the last before him, and of who is served.

use super::customer::CustomerId;

/// The queue of a station, with a lane for each priority in use.
#[derive(Debug, Default)]
pub(in crate::engine) struct ServiceQueue {
    /// The only lane of most queues.
    usual: Lane,
    /// Those of other priorities, where there were any.
    others: Vec<Lane>,
    len: u32,
}

/// Those of one priority.
#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    priority: u8,
    first: CustomerId,
    last: CustomerId,
}

impl Lane {
    const fn of(priority: u8) -> Self {
        Self { priority, first: CustomerId::NOBODY, last: CustomerId::NOBODY }
    }

    /// Puts a customer at its end; returns whom he stands behind.
    #[inline]
    const fn push(&mut self, customer: CustomerId) -> CustomerId {
        let last = std::mem::replace(&mut self.last, customer);
        if last.is_nobody() {
            self.first = customer;
        }
        last
    }

    /// The first leaves it; who stood behind him is the first now.
    #[inline]
    const fn pop(&mut self, behind: CustomerId) {
        self.first = behind;
        if behind.is_nobody() {
            self.last = CustomerId::NOBODY;
        }
    }
}

impl ServiceQueue {
    #[inline]
    pub(in crate::engine) const fn len(&self) -> u32 {
        self.len
    }

    #[inline]
    pub(in crate::engine) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A customer of a priority joins it; returns whom he stands behind, if anybody. Nobody may stand behind him by his stay.
    #[inline]
    pub(in crate::engine) fn push(&mut self, customer: CustomerId, priority: u8) -> CustomerId {
        self.len += 1;
        if self.usual.priority == priority {
            self.usual.push(customer)
        } else {
            self.push_elsewhere(customer, priority)
        }
    }

    #[inline(never)]
    fn push_elsewhere(&mut self, customer: CustomerId, priority: u8) -> CustomerId {
        if self.usual.first.is_nobody() && self.others.is_empty() {
            self.usual.priority = priority;
            return self.usual.push(customer);
        }
        let at = self.others.iter().position(|lane| lane.priority == priority).unwrap_or_else(|| {
            self.others.push(Lane::of(priority));
            self.others.len() - 1
        });
        self.others[at].push(customer)
    }

    /// Takes out who is served next; `rank` tells the turn of a customer, and `behind` who stands behind him.
    #[inline]
    pub(in crate::engine) fn pop(
        &mut self,
        rank: impl Fn(CustomerId) -> (i64, u64),
        behind: impl Fn(CustomerId) -> CustomerId,
    ) -> Option<CustomerId> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        let lane = if self.others.is_empty() { &mut self.usual } else { self.next_lane(rank)? };
        let first = lane.first;
        lane.pop(behind(first));
        Some(first)
    }

    /// The lane of who is served next.
    #[inline(never)]
    fn next_lane(&mut self, rank: impl Fn(CustomerId) -> (i64, u64)) -> Option<&mut Lane> {
        let lanes = std::iter::once(&mut self.usual).chain(&mut self.others);
        lanes.filter(|lane| !lane.first.is_nobody()).min_by_key(|lane| rank(lane.first))
    }

    /// All who wait, by priority and coming; `behind` tells who stands behind a customer.
    pub(in crate::engine) fn iter(
        &self,
        behind: impl Fn(CustomerId) -> CustomerId,
    ) -> impl Iterator<Item = CustomerId> {
        let mut lanes: Vec<Lane> = std::iter::once(self.usual).chain(self.others.iter().copied()).collect();
        lanes.sort_by_key(|lane| lane.priority);
        let firsts = lanes.into_iter().map(|lane| lane.first);
        let mut firsts = firsts.filter(|first| !first.is_nobody());
        let mut next = CustomerId::NOBODY;
        std::iter::from_fn(move || {
            let customer = if next.is_nobody() { firsts.next()? } else { next };
            next = behind(customer);
            Some(customer)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::lane::{LaneQueue, Waiter};
    use crate::random::mix64;

    /// Customers numbered as they come, each with a priority and a turn.
    struct Comers {
        queue: ServiceQueue,
        turns: Vec<i64>,
        behind: Vec<CustomerId>,
    }

    impl Comers {
        fn new(priorities_and_turns: &[(u8, i64)]) -> Self {
            let mut comers = Self { queue: ServiceQueue::default(), turns: Vec::new(), behind: Vec::new() };
            for &(priority, turn) in priorities_and_turns {
                comers.come(priority, turn);
            }
            comers
        }

        fn come(&mut self, priority: u8, turn: i64) {
            let number = self.turns.len() as u32;
            self.turns.push(turn);
            self.behind.push(CustomerId::NOBODY);
            let before = self.queue.push(CustomerId::body(number), priority);
            if !before.is_nobody() {
                self.behind[before.number() as usize] = CustomerId::body(number);
            }
        }

        fn next(&mut self) -> Option<u32> {
            let Self { queue, turns, behind } = self;
            let rank = |customer: CustomerId| (turns[customer.number() as usize], u64::from(customer.number()));
            queue.pop(rank, |customer| behind[customer.number() as usize]).map(CustomerId::number)
        }

        fn all(&self) -> Vec<u32> {
            let behind = |customer: CustomerId| self.behind[customer.number() as usize];
            self.queue.iter(behind).map(CustomerId::number).collect()
        }
    }

    #[test]
    fn serves_priority_first_and_order_of_coming_within_it() {
        let mut comers = Comers::new(&[(2, 2), (1, 1), (2, 2), (1, 1)]);
        assert_eq!(comers.all(), [1, 3, 0, 2]);
        assert_eq!([comers.next(), comers.next()], [Some(1), Some(3)]);
        comers.come(1, 1);
        assert_eq!((comers.all(), comers.queue.len()), (vec![4, 0, 2], 3));
        assert_eq!(std::iter::from_fn(|| comers.next()).collect::<Vec<_>>(), [4, 0, 2]);
        assert!(comers.queue.is_empty() && comers.all().is_empty());
    }

    #[test]
    fn who_came_long_before_is_not_overtaken() {
        // A priority is worth 10 ms; they come every 4 ms.
        let turns: Vec<(u8, i64)> =
            (0..).map(|n| 4 * n).zip([2, 2, 1, 1, 2]).map(|(time, p)| (p, time + 10 * i64::from(p))).collect();
        let mut comers = Comers::new(&turns);
        assert_eq!(std::iter::from_fn(|| comers.next()).collect::<Vec<_>>(), [2, 0, 3, 1, 4]);
    }

    /// Both kinds of queues keep one rule, whoever comes and goes when.
    #[test]
    fn serves_as_a_queue_of_lanes_does() {
        let (mut comers, mut lanes) = (Comers::new(&[]), LaneQueue::default());
        for step in 0..2000_u64 {
            let word = mix64(step);
            if word % 5 < 3 - step / 1000 {
                let (priority, id) = ((word >> 8) as u8 % 3, comers.turns.len() as u32);
                let turn = (step / 7) as i64 + 20 * i64::from(priority);
                comers.come(priority, turn);
                lanes.push(Waiter { priority, turn, sequence: id.into(), id });
            } else {
                assert_eq!(comers.next(), lanes.pop().map(|waiter| waiter.id));
            }
            assert_eq!(comers.all(), lanes.iter().map(|waiter| waiter.id).collect::<Vec<_>>());
            assert_eq!(comers.queue.len() as usize, lanes.len());
        }
        assert!(comers.turns.len() > 500);
    }

    #[test]
    fn a_queue_that_is_empty_may_begin_again_with_another_priority() {
        let mut comers = Comers::new(&[(3, 3)]);
        assert_eq!((comers.next(), comers.next()), (Some(0), None));
        comers.come(1, 1);
        comers.come(1, 1);
        assert!(comers.queue.others.is_empty());
        assert_eq!([comers.next(), comers.next(), comers.next()], [Some(1), Some(2), None]);
    }
}
