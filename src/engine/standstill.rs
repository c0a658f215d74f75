//! Finding a standstill: waiters that can only be freed by each other.
//!
//! A body that waits holds things: pools, a server behind it, a place on a line, room in a storage. It can go on if, of
//! everything it waits for, there is enough apart from what those hold who cannot be shown to go on. Whoever is left when
//! no more can be shown to go on stands in a cycle.

use super::event::Event;
use super::lane::LaneQueue;
use super::observer::Observer;
use super::state::body::{Hold, WaitsFor};
use super::state::pool_queue::count_of;
use super::world::{EngineError, World};
use crate::ids::{LineId, PoolId, StationId, StorageId};
use crate::units::{Duration, MS_PER_DAY, SimTime};

/// Something that bodies hold and wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resource {
    Pool(PoolId),
    Station(StationId),
    Line(LineId),
    Storage(StorageId),
}

/// How much some bodies hold: of each pool, station, line and storage.
struct Holdings {
    pools: Vec<i64>,
    stations: Vec<i64>,
    lines: Vec<i64>,
    storages: Vec<i64>,
}

impl Holdings {
    fn of(&mut self, resource: Resource) -> &mut i64 {
        match resource {
            Resource::Pool(pool) => &mut self.pools[pool.index()],
            Resource::Station(station) => &mut self.stations[station.index()],
            Resource::Line(line) => &mut self.lines[line.index()],
            Resource::Storage(storage) => &mut self.storages[storage.index()],
        }
    }
}

impl<O: Observer> World<'_, O> {
    /// Looks for a cycle of waiters; if there is one, the run ends with its description.
    pub(super) fn look_for_standstill(&mut self) {
        self.events.schedule(self.now.after(Duration::from_ms(30 * MS_PER_DAY)), Event::Standstill);
        let stuck = self.stuck();
        if !stuck.is_empty() {
            let cycle = self.describe(&stuck);
            self.fail(EngineError::Standstill { time: self.now.since(SimTime::ZERO), cycle });
        }
    }

    /// A body begins to wait for others.
    #[inline]
    pub(super) fn begin_to_wait(&mut self, body: u32, waits: WaitsFor) {
        self.bodies[body].waits = waits;
        if self.holds_something(body) {
            self.held_up.push(body);
        }
    }

    /// Those who wait and cannot be shown to go on.
    ///
    /// Whoever holds nothing keeps nobody from going on. Hundreds of thousands may wait so, and the first of a queue speaks for
    /// all; only those who hold something are gone through until nothing changes.
    fn stuck(&mut self) -> Vec<u32> {
        let mut holders = self.holders_that_wait();
        let mut held = self.held_by(&holders);
        loop {
            let before = holders.len();
            holders.retain(|&body| !self.goes_on(body, &mut held));
            if holders.len() == before {
                break;
            }
            held = self.held_by(&holders);
        }
        if holders.is_empty() && self.firsts().all(|body| self.goes_on(body, &mut held)) {
            return Vec::new();
        }
        let waiting = self.bodies.iter().filter(|(_, record)| record.waits.for_others()).map(|(body, _)| body);
        waiting.filter(|&body| !self.goes_on(body, &mut held)).collect()
    }

    /// Bodies that wait and hold something, in order of their records.
    fn holders_that_wait(&mut self) -> Vec<u32> {
        let mut holders = std::mem::take(&mut self.held_up);
        // Hardly any of them waits still, so that the rest is put in order.
        holders.retain(|&body| {
            self.bodies.is_live(body) && self.bodies[body].waits.for_others() && self.holds_something(body)
        });
        holders.sort_unstable();
        holders.dedup();
        self.held_up.clone_from(&holders);
        holders
    }

    /// Whether a body holds anything that others may wait for.
    fn holds_something(&self, body: u32) -> bool {
        let record = &self.bodies[body];
        !record.pools.is_empty() || record.hold != Hold::Nothing || self.inside(body).is_some()
    }

    /// The first of each queue whose waiters wait alike.
    fn firsts(&self) -> impl Iterator<Item = u32> {
        let pools = self.pools.iter().flat_map(|pool| pool.queue.firsts());
        let storages = self.storages.iter().filter_map(|storage| storage.outside.front());
        let stations = self.stations.iter().filter_map(|station| station.outside.front());
        let lines = self.lines.iter().flat_map(|line| line.queue.iter().filter_map(LaneQueue::front));
        pools.chain(storages.chain(stations).chain(lines).map(|waiter| waiter.id))
    }

    /// Whether all that a body waits for comes free apart from what those hold who are stuck.
    fn goes_on(&self, body: u32, held: &mut Holdings) -> bool {
        self.all_wants(body, |want, amount| self.comes_free(want, amount, held))
    }

    /// Whether something is true of all that a body waits for, of so much of each.
    fn all_wants(&self, body: u32, mut is_true: impl FnMut(Resource, i64) -> bool) -> bool {
        match self.bodies[body].waits {
            WaitsFor::Pools => self.all_wants_of_pools(body, is_true),
            WaitsFor::Room(station) => is_true(Resource::Station(station), 1),
            WaitsFor::Line(line, _) => is_true(Resource::Line(line), 1),
            WaitsFor::Storage(storage) => is_true(Resource::Storage(storage), self.entrance(storage)),
            WaitsFor::Nothing | WaitsFor::Ban => true,
        }
    }

    /// What a body wants that waits to take: room at the storage that holds it back, or things that it lacks, apart from those
    /// that others would have to lend it.
    fn all_wants_of_pools(&self, body: u32, mut is_true: impl FnMut(Resource, i64) -> bool) -> bool {
        let standing = self.standing_of(body);
        if let Some(storage) = standing.ahead.filter(|_| standing.is_held_back(&self.storages)) {
            return is_true(Resource::Storage(storage), self.entrance(storage));
        }
        let (is_first, size) = (standing.is_first(&self.storages), self.bodies[body].size);
        let mut needs = self.needs_of(body).iter().filter(|need| self.lacks(body, need, is_first));
        needs.all(|need| {
            let lendable = if is_first && need.per.is_some() { self.pools[need.pool.index()].lendable } else { 0 };
            is_true(Resource::Pool(need.pool), i64::from(count_of(need, size)) - i64::from(lendable))
        })
    }

    /// Room for the one who is next to come in: all others wait for him first.
    fn entrance(&self, storage: StorageId) -> i64 {
        let next = self.storages[storage.index()].next();
        next.map_or(0, |next| self.room_of(next, storage.index()))
    }

    /// True if there is so much of a resource apart from what the stuck hold.
    fn comes_free(&self, resource: Resource, amount: i64, held: &mut Holdings) -> bool {
        let by_stuck = *held.of(resource);
        match resource {
            Resource::Pool(pool) => i64::from(self.pools[pool.index()].size) - by_stuck >= amount,
            Resource::Station(station) => i64::from(self.stations[station.index()].inside()) > by_stuck,
            Resource::Line(line) => {
                let limit = self.model.lines[line.index()].at_once;
                let on = self.lines[line.index()].on.number();
                limit.is_none_or(|limit| on < limit) || i64::from(on) > by_stuck
            }
            // Whoever is larger than the storage enters an empty one.
            Resource::Storage(storage) => {
                by_stuck == 0 || self.model.storages[storage.index()].capacity - by_stuck >= amount
            }
        }
    }

    /// How much of each resource some bodies hold.
    fn held_by(&self, stuck: &[u32]) -> Holdings {
        let none = |number: usize| vec![0; number];
        let mut held = Holdings {
            pools: none(self.pools.len()),
            stations: none(self.stations.len()),
            lines: none(self.lines.len()),
            storages: none(self.storages.len()),
        };
        for &body in stuck {
            let record = &self.bodies[body];
            for pool in &record.pools {
                *held.of(Resource::Pool(pool.pool)) += i64::from(pool.count);
            }
            for &member in &*record.members {
                if let Some(storage) = self.bodies[member].inside {
                    *held.of(Resource::Storage(storage)) += self.room_of_shipment(member, storage.index());
                }
            }
            match record.hold {
                Hold::Server(station, _) => *held.of(Resource::Station(station)) += 1,
                Hold::Line(line) => *held.of(Resource::Line(line)) += 1,
                Hold::Nothing => {}
            }
        }
        held
    }

    fn describe(&self, stuck: &[u32]) -> String {
        let labels = &self.plan.labels;
        let name = |resource: &Resource| match resource {
            Resource::Pool(pool) => format!("pool.{}", labels.pools[pool.index()].id),
            Resource::Station(station) => labels.stations[station.index()].path.to_string(),
            Resource::Line(line) => format!("link.{}", labels.links[labels.lines[line.index()].index()].id),
            Resource::Storage(storage) => labels.storages[storage.index()].0.to_string(),
        };
        let mut lines: Vec<String> = stuck
            .iter()
            .map(|&body| {
                let flow = &labels.flows[self.bodies[body].flow.index()].id;
                let mut wants = Vec::new();
                self.all_wants(body, |want, _| {
                    wants.push(name(&want));
                    true
                });
                format!("flow.{flow} waits for {}", wants.join(" and "))
            })
            .collect();
        lines.sort();
        lines.dedup();
        lines.truncate(6);
        lines.join("; ")
    }
}
