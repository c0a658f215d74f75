//! All queues of a world, in the order of [`crate::model::Labels::queues`]: who stands in each, and since when.

use super::lane::LaneQueue;
use super::observer::Observer;
use super::outcome::{Outcome, Queue, QueueTally};
use super::state::body::WaitsFor;
use super::world::World;
use crate::ids::StorageId;
use crate::units::{Duration, SimTime};

impl<O: Observer> World<'_, O> {
    /// By queue: how long each has waited who waits now.
    fn standing(&self) -> Vec<Vec<Duration>> {
        let bodies = |id: u32| self.bodies[id].since;
        let stations = self.stations.iter().map(|state| {
            let queue = state.queue.iter().map(|waiter| self.tokens[waiter.id].joined());
            self.waited(queue.chain(state.outside.iter().map(|waiter| bodies(waiter.id))))
        });
        let lines = self.lines.iter().map(|state| {
            let both = state.queue.iter().flat_map(LaneQueue::iter);
            self.waited(both.map(|waiter| bodies(waiter.id)))
        });
        let pools = self.pools.iter().map(|state| {
            let queue = state.queue.in_order(&self.storages);
            self.waited(queue.into_iter().map(|one| bodies(one.body)))
        });
        let storages = self.storages.iter().enumerate().map(|(index, state)| {
            let held_back = self.held_back_at(StorageId::new(index)).into_iter();
            self.waited(state.outside.iter().map(|waiter| waiter.id).chain(held_back).map(bodies))
        });
        let legs = self.legs.iter().map(|state| {
            let all = state.lines.iter().flat_map(LaneQueue::iter);
            self.waited(all.map(|waiter| self.bodies[waiter.id].since))
        });
        let formers = self.formers.iter().map(|state| self.waited(state.since()));
        let bans = self.bans.iter().map(|state| self.waited(state.held.iter().map(|&body| bodies(body))));
        stations.chain(lines).chain(pools).chain(storages).chain(legs).chain(formers).chain(bans).collect()
    }

    /// Bodies that a storage holds back elsewhere now.
    fn held_back_at(&self, storage: StorageId) -> Vec<u32> {
        if !self.storages[storage.index()].holds_back {
            return Vec::new();
        }
        let waiting = self.bodies.iter().filter(|(_, record)| record.waits == WaitsFor::Pools);
        waiting.map(|(body, _)| body).filter(|&body| self.standing_of(body).ahead == Some(storage)).collect()
    }

    fn waited(&self, since: impl Iterator<Item = SimTime>) -> Vec<Duration> {
        since.map(|since| self.now.since(since)).collect()
    }

    /// Notes who waits when the horizon begins.
    pub(super) fn note_queues(&mut self) {
        let standing = self.standing().into_iter();
        self.account.outcome.queues =
            standing.map(|waits| Queue { before: waits.len() as u64, ..Queue::default() }).collect();
    }

    /// Notes who waits when it ends, with the integrals of the horizon, which must be up to now.
    pub(super) fn close_queues(&mut self) {
        let (standing, tallies) = (self.standing(), tallies(&self.account.outcome));
        let queues = self.account.outcome.queues.iter_mut();
        for (queue, (standing, tally)) in queues.zip(standing.into_iter().zip(tallies)) {
            (queue.integral, queue.left, queue.standing) = (tally.queue, tally.left, standing);
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
