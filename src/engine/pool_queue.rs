//! Who waits at a pool, kept by where he stands and by what may hold him back, so that a storage that fills, empties or
//! holds back changes the order without touching those who wait.

use super::lane::{LaneQueue, Waiter};
use super::storage::StorageState;
use crate::ids::StorageId;

/// Where a body stands that wants things of pools, and where it would go with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// The storage in which it stands.
    pub(super) inside: Option<StorageId>,
    /// The storage that may hold it back.
    pub(super) ahead: Option<StorageId>,
}

impl Standing {
    /// Whether it comes before all who do not stand in a full storage.
    pub(super) fn is_first(self, storages: &[StorageState]) -> bool {
        self.inside.is_some_and(|storage| storages[storage.index()].is_full)
    }

    /// Whether it may take nothing now.
    pub(super) fn is_held_back(self, storages: &[StorageState]) -> bool {
        self.ahead.is_some_and(|storage| storages[storage.index()].holds_back)
    }
}

/// One of those who may take now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) is_first: bool,
    pub(super) priority: u8,
    pub(super) body: u32,
}

/// Those who wait at a pool.
#[derive(Debug, Default)]
pub(super) struct PoolQueue {
    groups: Vec<(Standing, LaneQueue)>,
    /// Those who are not held back.
    waiting: usize,
}

impl PoolQueue {
    /// How many wait and are not held back.
    pub(super) const fn len(&self) -> usize {
        self.waiting
    }

    pub(super) fn push(&mut self, standing: Standing, waiter: Waiter, is_held_back: bool) {
        self.waiting += usize::from(!is_held_back);
        let at = self.groups.iter().position(|group| group.0 == standing).unwrap_or_else(|| {
            self.groups.push((standing, LaneQueue::default()));
            self.groups.len() - 1
        });
        self.groups[at].1.push(waiter);
    }

    /// Takes one out who may take now.
    pub(super) fn remove(&mut self, standing: Standing, body: u32) {
        if let Some((_, waiters)) = self.groups.iter_mut().find(|group| group.0 == standing) {
            let before = waiters.len();
            waiters.remove(body);
            self.waiting -= before - waiters.len();
        }
    }

    /// A storage begins or ends to hold back.
    pub(super) fn held_back(&mut self, storage: StorageId, begins: bool) {
        let of_it = self.groups.iter().filter(|(standing, _)| standing.ahead == Some(storage));
        let number: usize = of_it.map(|(_, waiters)| waiters.len()).sum();
        self.waiting = if begins { self.waiting - number } else { self.waiting + number };
    }

    /// Whether somebody waits for whom it matters what becomes of a storage.
    pub(super) fn concerns(&self, storage: StorageId) -> bool {
        let is_of = |standing: Standing| [standing.inside, standing.ahead].contains(&Some(storage));
        self.groups.iter().any(|(standing, waiters)| is_of(*standing) && !waiters.is_empty())
    }

    /// Those who may take now, in their order: who stands in a full storage first, then by priority and coming.
    pub(super) fn in_order<'q>(&'q self, storages: &'q [StorageState]) -> impl Iterator<Item = Candidate> + 'q {
        self.of(storages, |_| true)
    }

    /// Those of them who stand in a storage.
    pub(super) fn inside<'q>(
        &'q self,
        storage: StorageId,
        storages: &'q [StorageState],
    ) -> impl Iterator<Item = Candidate> + 'q {
        self.of(storages, move |standing| standing.inside == Some(storage))
    }

    fn of<'q>(
        &'q self,
        storages: &'q [StorageState],
        fits: impl Fn(Standing) -> bool,
    ) -> impl Iterator<Item = Candidate> + 'q {
        let may_take = |(standing, waiters): &&(Standing, LaneQueue)| {
            !waiters.is_empty() && fits(*standing) && !standing.is_held_back(storages)
        };
        let groups = self.groups.iter().filter(may_take);
        let mut groups: Vec<_> =
            groups.map(|(standing, waiters)| (standing.is_first(storages), waiters.iter().peekable())).collect();
        std::iter::from_fn(move || {
            let fronts = groups.iter_mut().enumerate().filter_map(|(at, (is_first, waiters))| {
                let rank = waiters.peek()?.rank();
                Some(((!*is_first, rank), at))
            });
            let (_, at) = fronts.min()?;
            let (is_first, waiters) = &mut groups[at];
            let waiter = waiters.next()?;
            Some(Candidate { is_first: *is_first, priority: waiter.priority, body: waiter.id })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(queue: &PoolQueue, storages: &[StorageState]) -> Vec<u32> {
        queue.in_order(storages).map(|one| one.body).collect()
    }

    #[test]
    fn who_stands_in_a_full_storage_comes_before_every_priority_and_who_is_held_back_not_at_all() {
        let mut storages = vec![StorageState::default(), StorageState::default()];
        let (yard, next) = (Some(StorageId::new(0)), Some(StorageId::new(1)));
        let mut queue = PoolQueue::default();
        let standings = [(None, None), (yard, None), (None, next), (yard, next)];
        for (body, (inside, ahead)) in (0..8).zip(standings.into_iter().cycle()) {
            let waiter = Waiter { priority: if body < 4 { 2 } else { 1 }, sequence: u64::from(body), id: body };
            queue.push(Standing { inside, ahead }, waiter, false);
        }
        assert_eq!(order(&queue, &storages), [4, 5, 6, 7, 0, 1, 2, 3]);
        storages[0].is_full = true;
        assert_eq!(order(&queue, &storages), [5, 7, 1, 3, 4, 6, 0, 2]);
        storages[1].holds_back = true;
        queue.held_back(StorageId::new(1), true);
        assert_eq!((order(&queue, &storages), queue.len()), (vec![5, 1, 4, 0], 4));
        queue.remove(Standing { inside: yard, ahead: None }, 5);
        assert_eq!((order(&queue, &storages), queue.len()), (vec![1, 4, 0], 3));
        queue.held_back(StorageId::new(1), false);
        assert_eq!(queue.len(), 7);
        assert!(queue.concerns(StorageId::new(1)) && !queue.concerns(StorageId::new(2)));
    }
}
