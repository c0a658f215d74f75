//! Finding a standstill: waiters that can only be freed by each other.
//!
//! A body that waits holds things: pools, a server behind it, a place on a line, room in a storage. It can go on if, of
//! everything it waits for, there is enough apart from what those hold who cannot be shown to go on. Whoever is left when
//! no more can be shown to go on stands in a cycle.

use std::collections::BTreeMap;

use super::body::{Hold, WaitsFor};
use super::event::Event;
use super::observer::Observer;
use super::world::{EngineError, World};
use crate::ids::{LineId, PoolId, StationId, StorageId};
use crate::units::{Duration, MS_PER_DAY, SimTime};

/// Something that bodies hold and wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Resource {
    Pool(PoolId),
    Station(StationId),
    Line(LineId),
    Storage(StorageId),
}

/// A body that holds something while it waits for something: so much of each.
struct Stuck {
    body: u32,
    wants: Vec<(Resource, i64)>,
}

impl<O: Observer> World<'_, O> {
    /// Looks for a cycle of waiters; if there is one, the run ends with its description.
    pub(super) fn look_for_standstill(&mut self) {
        self.events.schedule(self.now.after(Duration::from_ms(30 * MS_PER_DAY)), Event::Standstill);
        let mut stuck = self.waiters();
        if stuck.is_empty() {
            return;
        }
        loop {
            let before = stuck.len();
            // Summed once for all: thousands may wait.
            let held = self.held_by(&stuck);
            stuck.retain(|one| !one.wants.iter().all(|&(want, amount)| self.comes_free(want, amount, &held)));
            if stuck.len() == before {
                break;
            }
        }
        if !stuck.is_empty() {
            let cycle = self.describe(&stuck);
            self.fail(EngineError::Standstill { time: self.now.since(SimTime::ZERO), cycle });
        }
    }

    fn waiters(&self) -> Vec<Stuck> {
        self.bodies
            .iter()
            .filter_map(|(body, record)| {
                let wants = match record.waits {
                    WaitsFor::Pools => self.wants_of_pools(body),
                    WaitsFor::Room(station) => vec![(Resource::Station(station), 1)],
                    WaitsFor::Line(line, _) => vec![(Resource::Line(line), 1)],
                    WaitsFor::Storage(storage) => vec![self.entrance(storage)],
                    WaitsFor::Nothing | WaitsFor::Ban => return None,
                };
                Some(Stuck { body, wants })
            })
            .collect()
    }

    /// What a body wants that waits to take: room at the storage that holds it back, or things that it lacks.
    fn wants_of_pools(&self, body: u32) -> Vec<(Resource, i64)> {
        let standing = self.standing_of(body);
        match standing.ahead.filter(|_| standing.is_held_back(&self.storages)) {
            Some(storage) => vec![self.entrance(storage)],
            None => self.lacking(body).into_iter().map(|(pool, things)| (Resource::Pool(pool), things)).collect(),
        }
    }

    /// Room for the one who is next to come in: all others wait for him first.
    fn entrance(&self, storage: StorageId) -> (Resource, i64) {
        let next = self.storages[storage.index()].outside.front();
        (Resource::Storage(storage), next.map_or(0, |next| self.room_of(next.id, storage.index())))
    }

    /// True if there is so much of a resource apart from what the stuck hold.
    fn comes_free(&self, resource: Resource, amount: i64, held: &BTreeMap<Resource, i64>) -> bool {
        let by_stuck = held.get(&resource).copied().unwrap_or(0);
        match resource {
            Resource::Pool(pool) => i64::from(self.pools[pool.index()].size) - by_stuck >= amount,
            Resource::Station(station) => i64::from(self.stations[station.index()].inside) > by_stuck,
            Resource::Line(line) => {
                let limit = self.model.lines[line.index()].at_once;
                let on = self.lines[line.index()].on;
                limit.is_none_or(|limit| on < limit) || i64::from(on) > by_stuck
            }
            // Whoever is larger than the storage enters an empty one.
            Resource::Storage(storage) => {
                by_stuck == 0 || self.model.storages[storage.index()].capacity - by_stuck >= amount
            }
        }
    }

    /// How much of each resource some bodies hold.
    fn held_by(&self, stuck: &[Stuck]) -> BTreeMap<Resource, i64> {
        let mut held = BTreeMap::new();
        for one in stuck {
            let record = &self.bodies[one.body];
            for pool in &record.pools {
                *held.entry(Resource::Pool(pool.pool)).or_insert(0) += i64::from(pool.count);
            }
            for &member in &*record.members {
                if let Some(storage) = self.shipments[member].inside {
                    let room = self.room_of_shipment(member, storage.index());
                    *held.entry(Resource::Storage(storage)).or_insert(0) += room;
                }
            }
            match record.hold {
                Hold::Server(station, _) => *held.entry(Resource::Station(station)).or_insert(0) += 1,
                Hold::Line(line) => *held.entry(Resource::Line(line)).or_insert(0) += 1,
                Hold::Nothing => {}
            }
        }
        held
    }

    fn describe(&self, stuck: &[Stuck]) -> String {
        let labels = &self.plan.labels;
        let name = |resource: &Resource| match resource {
            Resource::Pool(pool) => format!("pool.{}", labels.pools[pool.index()].id),
            Resource::Station(station) => labels.stations[station.index()].path.to_string(),
            Resource::Line(line) => format!("link.{}", labels.links[labels.lines[line.index()].index()].id),
            Resource::Storage(storage) => labels.storages[storage.index()].0.to_string(),
        };
        let mut lines: Vec<String> = stuck
            .iter()
            .map(|one| {
                let flow = &labels.flows[self.bodies[one.body].flow.index()].id;
                let wants: Vec<String> = one.wants.iter().map(|(want, _)| name(want)).collect();
                format!("flow.{flow} waits for {}", wants.join(" and "))
            })
            .collect();
        lines.sort();
        lines.dedup();
        lines.truncate(6);
        lines.join("; ")
    }
}
