//! Finding a standstill: waiters that can only be freed by each other.
//!
//! A body that waits holds things: pools, a server behind it, a place on a line. It can go on if, for everything
//! it waits for, some part is free or is held by someone who can go on. Whoever is left when no more can be shown
//! to go on stands in a cycle.

use std::collections::BTreeMap;

use super::body::{Hold, WaitsFor};
use super::event::Event;
use super::observer::Observer;
use super::world::{EngineError, World};
use crate::ids::{LineId, PoolId, StationId};
use crate::units::{Duration, MS_PER_DAY, SimTime};

/// Something that bodies hold and wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Resource {
    Pool(PoolId),
    Station(StationId),
    Line(LineId),
}

/// A body that holds something while it waits for something.
struct Stuck {
    body: u32,
    wants: Vec<Resource>,
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
            stuck.retain(|one| !one.wants.iter().all(|want| self.comes_free(*want, &held)));
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
                let wants = match &record.waits {
                    WaitsFor::Pools => self.lacking(body).into_iter().map(Resource::Pool).collect(),
                    WaitsFor::Room(station) => vec![Resource::Station(*station)],
                    WaitsFor::Line(line, _) => vec![Resource::Line(*line)],
                    WaitsFor::Nothing | WaitsFor::Storage | WaitsFor::Ban => return None,
                };
                Some(Stuck { body, wants })
            })
            .collect()
    }

    /// True if a resource is free in part, or held in part by someone who is not stuck.
    fn comes_free(&self, resource: Resource, held: &BTreeMap<Resource, u32>) -> bool {
        let by_stuck = held.get(&resource).copied().unwrap_or(0);
        match resource {
            Resource::Pool(pool) => {
                let state = &self.pools[pool.index()];
                state.free > 0 || state.returning > 0 || state.taken > by_stuck
            }
            Resource::Station(station) => self.stations[station.index()].inside > by_stuck,
            Resource::Line(line) => {
                let limit = self.model.lines[line.index()].at_once;
                let on = self.lines[line.index()].on;
                limit.is_none_or(|limit| on < limit) || on > by_stuck
            }
        }
    }

    /// How much of each resource some bodies hold.
    fn held_by(&self, stuck: &[Stuck]) -> BTreeMap<Resource, u32> {
        let mut held = BTreeMap::new();
        for one in stuck {
            let record = &self.bodies[one.body];
            for pool in &record.pools {
                *held.entry(Resource::Pool(pool.pool)).or_insert(0) += pool.count;
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
            Resource::Station(station) => labels.stations[station.index()].path.clone(),
            Resource::Line(line) => format!("link.{}", labels.links[labels.lines[line.index()].index()].id),
        };
        let mut lines: Vec<String> = stuck
            .iter()
            .map(|one| {
                let flow = &labels.flows[self.bodies[one.body].flow.index()].id;
                let wants: Vec<String> = one.wants.iter().map(name).collect();
                format!("flow.{flow} waits for {}", wants.join(" and "))
            })
            .collect();
        lines.sort();
        lines.dedup();
        lines.truncate(6);
        lines.join("; ")
    }
}
