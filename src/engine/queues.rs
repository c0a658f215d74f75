//! All queues of a world, in the order of [`crate::model::Labels::queues`]: who stands in each, and since when. A stock
//! that has not set out waits on purpose, and is left out.

use super::lane::LaneQueue;
use super::observer::Observer;
use super::outcome::{Outcome, Queue, QueueTally};
use super::state::body::WaitsFor;
use super::state::station::Owner;
use super::world::World;
use crate::ids::{BanId, FormerId, LegId, LineId, PoolId, StationId, StorageId};
use crate::units::{Duration, SimTime};

/// A queue by what it stands at.
#[derive(Clone, Copy, Debug)]
pub(super) enum QueueAt {
    Station(StationId),
    Line(LineId),
    Pool(PoolId),
    Storage(StorageId),
    Leg(LegId),
    Former(FormerId),
    Ban(BanId),
}

/// Somebody who waits.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    /// For how long by now.
    time: Duration,
    /// A stock that has not set out.
    is_on_purpose: bool,
}

impl<O: Observer> World<'_, O> {
    /// By queue: who waits now.
    fn standing(&self) -> Vec<Vec<Waiting>> {
        let stations = self.stations.iter().map(|state| {
            let queue = state.queue.iter().map(|waiter| self.customer(waiter.id));
            queue.chain(state.outside.iter().map(|waiter| self.waiting(waiter.id))).collect()
        });
        let lines = self.lines.iter().map(|state| {
            let both = state.queue.iter().flat_map(LaneQueue::iter);
            both.map(|waiter| self.waiting(waiter.id)).collect()
        });
        let pools = self.pools.iter().map(|state| {
            let queue = state.queue.in_order(&self.storages);
            queue.into_iter().map(|one| self.waiting(one.body)).collect()
        });
        let storages = self.storages.iter().enumerate().map(|(index, state)| {
            let held_back = self.held_back_at(StorageId::new(index)).into_iter();
            state.outside.iter().map(|waiter| waiter.id).chain(held_back).map(|body| self.waiting(body)).collect()
        });
        let legs = self.legs.iter().map(|state| {
            let all = state.lines.iter().flat_map(LaneQueue::iter);
            all.map(|waiter| self.waiting(waiter.id)).collect()
        });
        let formers = self.formers.iter().map(|state| state.waiting().map(|body| self.waiting(body)).collect());
        let bans = self.bans.iter().map(|state| state.held.iter().map(|&body| self.waiting(body)).collect());
        stations.chain(lines).chain(pools).chain(storages).chain(legs).chain(formers).chain(bans).collect()
    }

    fn waiting(&self, body: u32) -> Waiting {
        self.since(body, self.bodies[body].since)
    }

    fn customer(&self, token: u32) -> Waiting {
        let token = &self.tokens[token];
        match token.owner {
            Owner::Body(body) => self.since(body, token.joined()),
            Owner::Vessel(_) => Waiting { time: self.now.since(token.joined()), is_on_purpose: false },
        }
    }

    fn since(&self, body: u32, since: SimTime) -> Waiting {
        Waiting { time: self.now.since(since), is_on_purpose: self.waits_on_purpose(body) }
    }

    /// Whether a body is a stock that has not set out.
    fn waits_on_purpose(&self, body: u32) -> bool {
        let first = &self.bodies[self.bodies[body].members[0]];
        self.account.stocks.get(first.flow.index()).is_some_and(|&is_stock| is_stock) && first.acceptance.is_none()
    }

    /// A body's wait in a queue ends, or a part of it.
    #[inline]
    pub(super) fn ends_to_wait(&mut self, body: u32, queue: QueueAt, waited: Duration, leaves: bool) {
        if !self.account.stocks.is_empty() && self.waits_on_purpose(body) {
            self.leave_out(self.place(queue), waited, leaves);
        }
    }

    /// What waited on purpose is taken off the queue's integral, as far as it lies in the horizon.
    fn leave_out(&mut self, queue: usize, waited: Duration, leaves: bool) {
        if let Some(tally) = self.account.on_purpose.get_mut(queue) {
            let within = waited.min(self.now.since(self.plan.clock.start));
            tally.queue += i128::from(within.ms());
            tally.left += u64::from(leaves);
        }
    }

    /// The place of a queue among all.
    fn place(&self, queue: QueueAt) -> usize {
        let sizes = [
            self.stations.len(),
            self.lines.len(),
            self.pools.len(),
            self.storages.len(),
            self.legs.len(),
            self.formers.len(),
        ];
        let (kind, index) = match queue {
            QueueAt::Station(id) => (0, id.index()),
            QueueAt::Line(id) => (1, id.index()),
            QueueAt::Pool(id) => (2, id.index()),
            QueueAt::Storage(id) => (3, id.index()),
            QueueAt::Leg(id) => (4, id.index()),
            QueueAt::Former(id) => (5, id.index()),
            QueueAt::Ban(id) => (6, id.index()),
        };
        sizes[..kind].iter().sum::<usize>() + index
    }

    /// Bodies that a storage holds back elsewhere now.
    fn held_back_at(&self, storage: StorageId) -> Vec<u32> {
        if !self.storages[storage.index()].holds_back {
            return Vec::new();
        }
        let waiting = self.bodies.iter().filter(|(_, record)| record.waits == WaitsFor::Pools);
        waiting.map(|(body, _)| body).filter(|&body| self.standing_of(body).ahead == Some(storage)).collect()
    }

    /// Notes who waits when the horizon begins.
    pub(super) fn note_queues(&mut self) {
        let standing = self.standing();
        self.account.on_purpose = vec![QueueTally::default(); standing.len()];
        let by_chance = |waits: Vec<Waiting>| waits.iter().filter(|one| !one.is_on_purpose).count() as u64;
        self.account.outcome.queues =
            standing.into_iter().map(|waits| Queue { before: by_chance(waits), ..Queue::default() }).collect();
    }

    /// Notes who waits when it ends, with the integrals of the horizon, which must be up to now.
    pub(super) fn close_queues(&mut self) {
        let standing = self.standing();
        for (queue, waits) in standing.iter().enumerate() {
            for one in waits.iter().filter(|one| one.is_on_purpose) {
                self.leave_out(queue, one.time, false);
            }
        }
        let tallies = tallies(&self.account.outcome);
        let on_purpose = std::mem::take(&mut self.account.on_purpose);
        let queues = self.account.outcome.queues.iter_mut();
        for (((queue, waits), tally), left_out) in queues.zip(standing).zip(tallies).zip(on_purpose) {
            (queue.integral, queue.left) = (tally.queue - left_out.queue, tally.left - left_out.left);
            queue.standing = waits.iter().filter(|one| !one.is_on_purpose).map(|one| one.time).collect();
        }
    }
}

/// By queue: its integral, and those whose wait ended.
fn tallies(outcome: &Outcome) -> Vec<QueueTally> {
    let tally = |queue: i128, left: u64| QueueTally { queue, left };
    let stations = outcome.stations.iter().map(|station| tally(station.queue + station.outside, station.served));
    let lines = outcome.lines.iter().map(|line| tally(line.queue, line.trains[0] + line.trains[1]));
    let pools = outcome.pools.iter().map(|pool| tally(pool.queue, pool.takings));
    let storages = outcome.storages.iter().map(|storage| tally(storage.outside + storage.held_back, storage.let_in));
    let legs = outcome.legs.iter().map(|leg| tally(leg.queue, leg.boarded.count));
    let others = outcome.formers.iter().chain(&outcome.held).copied();
    stations.chain(lines).chain(pools).chain(storages).chain(legs).chain(others).collect()
}
