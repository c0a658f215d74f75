//! Who waits at a pool, kept by where he stands and by what may hold him back, so that a storage that fills, empties or
//! holds back changes the order without touching those who wait; and by what he wants, so that nobody looks through those
//! who want the same.

use std::collections::BTreeMap;

use super::storage::StorageState;
use crate::engine::lane::{LaneQueue, Waiter};
use crate::ids::{PoolId, StorageId};
use crate::model::Need;
use crate::units::Size;

/// Where a body stands that wants things of pools, and where it would go with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Standing {
    /// The storage in which it stands.
    pub(in crate::engine) inside: Option<StorageId>,
    /// The storage that may hold it back.
    pub(in crate::engine) ahead: Option<StorageId>,
}

impl Standing {
    /// Whether it comes before all who do not stand in a full storage.
    pub(in crate::engine) fn is_first(self, storages: &[StorageState]) -> bool {
        self.inside.is_some_and(|storage| storages[storage.index()].is_full)
    }

    /// Whether it may take nothing now.
    pub(in crate::engine) fn is_held_back(self, storages: &[StorageState]) -> bool {
        self.ahead.is_some_and(|storage| storages[storage.index()].holds_back)
    }
}

/// How many things of a pool a body of this size needs.
pub(in crate::engine) fn count_of(need: &Need, size: Size) -> u32 {
    need.per.map_or(1, |per| ((size.milli() + per.milli() - 1) / per.milli().max(1)).max(1) as u32)
}

/// So many things of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) struct Things {
    pub(in crate::engine) pool: PoolId,
    pub(in crate::engine) count: u32,
    /// As many as the amount of cargo needs, and not one a body.
    pub(in crate::engine) per_amount: bool,
}

impl Things {
    /// What a body of this size needs.
    #[inline]
    pub(in crate::engine) fn of(need: &Need, size: Size) -> Self {
        Self { pool: need.pool, count: count_of(need, size), per_amount: need.per.is_some() }
    }

    #[inline]
    const fn word(self) -> u64 {
        (self.pool.index() as u64) << 32 | self.count as u64
    }

    const fn none_of(pool: PoolId) -> Self {
        Self { pool, count: 0, per_amount: false }
    }
}

/// A kind of want: all who have it need as many things of the same pools, and so get them or lack them alike. It is where
/// they stand in the list of what is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Want {
    from: u32,
    number: u32,
}

/// Wants that are found without a search.
const RECENT: usize = 256;

/// The kinds of wants that have come up.
#[derive(Debug)]
pub(in crate::engine) struct Wants {
    kinds: BTreeMap<Vec<Things>, Want>,
    /// Of the kinds with one hash the one that came up last.
    recent: [Want; RECENT],
    /// What is needed, kind after kind, so that nobody who waits has to be asked for it.
    things: Vec<Things>,
    /// The things that are asked about, in memory that is used again.
    asked: Vec<Things>,
}

impl Default for Wants {
    fn default() -> Self {
        Self { kinds: BTreeMap::new(), recent: [Want::default(); RECENT], things: Vec::new(), asked: Vec::new() }
    }
}

impl Wants {
    /// The kind of who needs so many things.
    #[inline]
    pub(in crate::engine) fn of(&mut self, things: impl Iterator<Item = Things>) -> Want {
        self.asked.clear();
        let mut hash = 0;
        for one in things {
            hash = (hash ^ one.word()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            self.asked.push(one);
        }
        let slot = (hash >> 32) as usize % RECENT;
        let recent = self.recent[slot];
        if self.things(recent) == self.asked {
            return recent;
        }
        self.recent[slot] = self.find();
        self.recent[slot]
    }

    #[inline(never)]
    fn find(&mut self) -> Want {
        if let Some(want) = self.kinds.get(self.asked.as_slice()) {
            return *want;
        }
        let next = Want { from: self.things.len() as u32, number: self.asked.len() as u32 };
        self.kinds.insert(self.asked.clone(), next);
        self.things.extend_from_slice(&self.asked);
        next
    }

    /// What who has a kind of want needs.
    #[inline]
    pub(in crate::engine) fn things(&self, Want { from, number }: Want) -> &[Things] {
        &self.things[from as usize..][..number as usize]
    }
}

/// One of those who may take now.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Candidate {
    pub(in crate::engine) is_first: bool,
    pub(in crate::engine) body: u32,
    turn: i64,
    sequence: u64,
    pub(in crate::engine) want: Want,
    /// What it needs of the pool at which it waits.
    pub(in crate::engine) here: Things,
    /// What it needs of another pool: none of this one where it needs nothing else.
    pub(in crate::engine) beside: Things,
    /// It needs things of still more pools.
    pub(in crate::engine) has_more: bool,
    /// The place of its group.
    group: u32,
}

/// The order in which they take: who stands in a full storage first, then by turn and coming.
pub(in crate::engine) type Rank = (bool, i64, u64);

impl Candidate {
    #[inline]
    pub(in crate::engine) const fn rank(&self) -> Rank {
        (!self.is_first, self.turn, self.sequence)
    }
}

/// Those who stand alike and want alike: if the first gets nothing, nobody does.
#[derive(Debug)]
struct Group {
    standing: Standing,
    want: Want,
    here: Things,
    beside: Things,
    has_more: bool,
    waiters: LaneQueue,
    /// The first of them.
    first: Option<Waiter>,
}

impl Group {
    /// Nobody yet, who stand so at a pool and need such things.
    fn new(standing: Standing, pool: PoolId, want: Want, things: &[Things]) -> Self {
        let nothing = Things::none_of(pool);
        let here = things.iter().find(|things| things.pool == pool);
        let mut others = things.iter().filter(|things| things.pool != pool);
        Self {
            standing,
            want,
            here: *here.unwrap_or(&nothing),
            beside: *others.next().unwrap_or(&nothing),
            has_more: others.next().is_some(),
            waiters: LaneQueue::default(),
            first: None,
        }
    }

    /// Somebody joins; true if he is the first.
    fn push(&mut self, waiter: Waiter) -> bool {
        self.waiters.push(waiter);
        let may_be_first = self.first.is_none_or(|first| waiter.rank() < first.rank());
        may_be_first && self.finds_first()
    }

    /// Takes one out, if he is there; true if another is the first then.
    fn remove(&mut self, body: u32) -> bool {
        self.waiters.remove(body);
        self.first.is_some_and(|first| first.id == body) && self.finds_first()
    }

    /// Finds out who is the first; true if it is another than before.
    fn finds_first(&mut self) -> bool {
        let before = std::mem::replace(&mut self.first, self.waiters.front());
        self.first != before
    }
}

/// Those who wait at a pool.
#[derive(Debug, Default)]
pub(in crate::engine) struct PoolQueue {
    groups: Vec<Group>,
    /// The first of each group of those who may take now, in their order: renewed when a group gets another first, so that nobody
    /// looks through all groups for who is next.
    fronts: Vec<Candidate>,
    /// Those who are not held back.
    waiting: usize,
}

impl PoolQueue {
    /// How many wait and are not held back.
    pub(in crate::engine) const fn len(&self) -> usize {
        self.waiting
    }

    /// Somebody joins the queue of a pool who stands so, wants so, and so needs these things.
    pub(in crate::engine) fn push(
        &mut self,
        standing: Standing,
        pool: PoolId,
        (want, things): (Want, &[Things]),
        waiter: Waiter,
        storages: &[StorageState],
    ) {
        self.waiting += usize::from(!standing.is_held_back(storages));
        let at = self.position(standing, want).unwrap_or_else(|| {
            self.groups.push(Group::new(standing, pool, want, things));
            self.groups.len() - 1
        });
        if self.groups[at].push(waiter) {
            self.renew_front(at, storages);
        }
    }

    fn position(&self, standing: Standing, want: Want) -> Option<usize> {
        self.groups.iter().position(|group| group.want == want && group.standing == standing)
    }

    /// Takes one out who may take now.
    pub(in crate::engine) fn remove(&mut self, standing: Standing, want: Want, body: u32, storages: &[StorageState]) {
        if let Some(at) = self.position(standing, want) {
            let group = &mut self.groups[at];
            let before = group.waiters.len();
            let is_renewed = group.remove(body);
            self.waiting -= before - group.waiters.len();
            if is_renewed {
                self.renew_front(at, storages);
            }
        }
    }

    /// Puts the present first of a group in its place in the order.
    fn renew_front(&mut self, at: usize, storages: &[StorageState]) {
        let before = self.fronts.iter().position(|front| front.group == at as u32);
        let Some(front) = self.front_of(at, storages) else {
            if let Some(place) = before {
                self.fronts.remove(place);
            }
            return;
        };
        let place = self.fronts.partition_point(|other| other.rank() < front.rank());
        match before {
            None => self.fronts.insert(place, front),
            // Mostly it is later in the order than the one before it; those between move up.
            Some(before) if before < place => {
                self.fronts.copy_within(before + 1..place, before);
                self.fronts[place - 1] = front;
            }
            Some(before) => {
                self.fronts.copy_within(place..before, place + 1);
                self.fronts[place] = front;
            }
        }
    }

    /// The first of a group whose waiters may take now.
    fn front_of(&self, at: usize, storages: &[StorageState]) -> Option<Candidate> {
        let group = &self.groups[at];
        if group.standing.is_held_back(storages) {
            return None;
        }
        Some(self.candidate(at, group.first?, storages))
    }

    fn candidate(&self, at: usize, waiter: Waiter, storages: &[StorageState]) -> Candidate {
        let Group { standing, want, here, beside, has_more, .. } = self.groups[at];
        let Waiter { turn, sequence, id: body, .. } = waiter;
        let is_first = standing.is_first(storages);
        Candidate { is_first, body, turn, sequence, want, here, beside, has_more, group: at as u32 }
    }

    /// A storage begins or ends to hold back.
    pub(in crate::engine) fn held_back(&mut self, storage: StorageId, begins: bool) {
        let of_it = self.groups.iter().filter(|group| group.standing.ahead == Some(storage));
        let number: usize = of_it.map(|group| group.waiters.len()).sum();
        self.waiting = if begins { self.waiting - number } else { self.waiting + number };
    }

    /// Takes over what has become of a storage; true if that matters to somebody who waits.
    pub(in crate::engine) fn turn(&mut self, storage: StorageId, storages: &[StorageState]) -> bool {
        let is_of = |standing: Standing| [standing.inside, standing.ahead].contains(&Some(storage));
        let concerns = self.groups.iter().any(|group| is_of(group.standing) && !group.waiters.is_empty());
        if concerns {
            self.fronts = (0..self.groups.len()).filter_map(|at| self.front_of(at, storages)).collect();
            self.fronts.sort_unstable_by_key(Candidate::rank);
        }
        concerns
    }

    /// The first of each group, held back or not.
    pub(in crate::engine) fn firsts(&self) -> impl Iterator<Item = u32> + '_ {
        self.groups.iter().filter_map(|group| Some(group.first?.id))
    }

    /// The first of each group of those who may take now, in their order.
    #[inline]
    pub(in crate::engine) fn fronts(&self) -> &[Candidate] {
        &self.fronts
    }

    /// The same of those who stand in a storage.
    pub(in crate::engine) fn fronts_inside(&self, storage: StorageId) -> impl Iterator<Item = &Candidate> {
        let inside = move |front: &&Candidate| self.groups[front.group as usize].standing.inside == Some(storage);
        self.fronts.iter().filter(inside)
    }

    /// All who may take now, in no order.
    pub(in crate::engine) fn waiting(&self, storages: &[StorageState]) -> impl Iterator<Item = u32> {
        let open = self.groups.iter().filter(|group| !group.standing.is_held_back(storages));
        open.flat_map(|group| group.waiters.iter().map(|waiter| waiter.id))
    }

    /// All who wait and are held back by a storage when it holds back, in no order.
    pub(in crate::engine) fn bound_for(&self, storage: StorageId) -> impl Iterator<Item = u32> {
        let of_it = self.groups.iter().filter(move |group| group.standing.ahead == Some(storage));
        of_it.flat_map(|group| group.waiters.iter().map(|waiter| waiter.id))
    }

    /// All who may take now, in their order.
    pub(in crate::engine) fn in_order(&self, storages: &[StorageState]) -> Vec<u32> {
        let mut all: Vec<Candidate> = self
            .fronts
            .iter()
            .flat_map(|front| {
                let at = front.group as usize;
                self.groups[at].waiters.iter().map(move |waiter| self.candidate(at, *waiter, storages))
            })
            .collect();
        all.sort_unstable_by_key(Candidate::rank);
        all.into_iter().map(|one| one.body).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> Things {
        Things { pool: PoolId::new(0), count: 1, per_amount: false }
    }

    fn order(queue: &PoolQueue, storages: &[StorageState]) -> Vec<u32> {
        let mut fronts: Vec<u32> = queue.fronts().iter().map(|one| one.body).collect();
        let order = queue.in_order(storages);
        fronts.truncate(1);
        assert_eq!(fronts, order[..fronts.len()]);
        order
    }

    #[test]
    fn who_stands_in_a_full_storage_comes_before_every_priority_and_who_is_held_back_not_at_all() {
        let mut storages = vec![StorageState::default(), StorageState::default()];
        let (yard, next) = (Some(StorageId::new(0)), Some(StorageId::new(1)));
        let mut queue = PoolQueue::default();
        let standings = [(None, None), (yard, None), (None, next), (yard, next)];
        for (body, (inside, ahead)) in (0..8).zip(standings.into_iter().cycle()) {
            let priority = if body < 4 { 2 } else { 1 };
            let waiter = Waiter { priority, turn: i64::from(priority), sequence: u64::from(body), id: body };
            queue.push(Standing { inside, ahead }, one().pool, (Want::default(), &[one()]), waiter, &storages);
        }
        assert_eq!(order(&queue, &storages), [4, 5, 6, 7, 0, 1, 2, 3]);
        storages[0].is_full = true;
        assert!(queue.turn(StorageId::new(0), &storages));
        assert_eq!(order(&queue, &storages), [5, 7, 1, 3, 4, 6, 0, 2]);
        storages[1].holds_back = true;
        queue.held_back(StorageId::new(1), true);
        assert!(queue.turn(StorageId::new(1), &storages));
        assert_eq!((order(&queue, &storages), queue.len()), (vec![5, 1, 4, 0], 4));
        queue.remove(Standing { inside: yard, ahead: None }, Want::default(), 5, &storages);
        assert_eq!((order(&queue, &storages), queue.len()), (vec![1, 4, 0], 3));
        queue.held_back(StorageId::new(1), false);
        assert_eq!(queue.len(), 7);
        assert!(!queue.turn(StorageId::new(2), &storages));
    }

    #[test]
    fn who_wants_the_same_is_asked_once() {
        let (mut wants, mut queue) = (Wants::default(), PoolQueue::default());
        let things = |count| {
            [(0, 1), (1, count)].map(|(pool, count)| Things { pool: PoolId::new(pool), count, per_amount: true })
        };
        for body in 0..6 {
            let want = wants.of(things(body % 2).into_iter());
            assert_eq!(wants.things(want), things(body % 2));
            let waiter = Waiter { priority: 2, turn: 0, sequence: u64::from(body), id: body };
            queue.push(Standing::default(), one().pool, (want, wants.things(want)), waiter, &[]);
        }
        let fronts: Vec<u32> = queue.fronts().iter().map(|one| one.body).collect();
        assert_eq!(fronts, [0, 1]);
        assert_eq!(order(&queue, &[]).len(), 6);
    }
}
