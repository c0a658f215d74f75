//! What a corridor has a limited number of, and what one more of each would be.

use crate::words::{CapacityKind, Subject, SubjectKind};
use serde::Serialize;

use crate::scenario::Contents;
use crate::scenario::types::VesselOrCargo;
use crate::units::Size;

/// One more of something of which there are hundreds is no step that anybody could see.
const SHARE: f64 = 0.05;

/// Kinds of capacity, and where each is in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Servers { node: String, facility: String, is_berth: bool },
    Storage { node: String, storage: String },
    Vessels { fleet: String },
    Pool { pool: String },
    Paths { link: String },
    AtOnce { link: String },
}

/// Something of which there is a limited number, and the step by which it would be enlarged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Capacity {
    /// The thing: `node.aktau.facility.crane`, `fleet.aktau-alat-feeder`, `link.x`.
    pub path: Subject,
    /// The parameter that says how many: `node.aktau.facility.crane.servers`.
    pub parameter: String,
    /// What it is.
    pub kind: CapacityKind,
    /// How many there are when the horizon begins, or space.
    pub amount: f64,
    /// How many more make a step.
    pub step: f64,
    /// What they are counted in: `servers`, `berths`, `vessels`, `things`, `trains/d`, `trains`, or a cargo's unit.
    pub unit: String,
    #[serde(skip)]
    place: Place,
}

impl Capacity {
    /// The step as one would write it: `fleet.aktau-alat-feeder.vessels += 1`.
    pub fn change(&self) -> String {
        match self.place {
            Place::Storage { .. } => format!("{} += {} {}", self.parameter, self.step, self.unit),
            _ => format!("{} += {}", self.parameter, self.step),
        }
    }

    /// Makes the step; where the number is not limited there is nothing to enlarge.
    pub(super) fn enlarge(&self, scenario: &mut Contents) {
        // Whole numbers up to some ten thousand.
        let whole = self.step as u32;
        match &self.place {
            Place::Servers { node, facility, .. } => {
                let facility = scenario.node.get_mut(node).and_then(|node| node.facility.get_mut(facility));
                grow(facility.and_then(|facility| facility.servers.as_mut()), whole);
            }
            Place::Storage { node, storage } => {
                let storage = scenario.node.get_mut(node).and_then(|node| node.storage.get_mut(storage));
                if let Some(storage) = storage {
                    storage.capacity += Size::from_units(self.step);
                }
            }
            Place::Vessels { fleet } => grow(scenario.fleet.get_mut(fleet).map(|fleet| &mut fleet.vessels), whole),
            Place::Pool { pool } => grow(scenario.pool.get_mut(pool).map(|pool| &mut pool.size), whole),
            Place::Paths { link } => {
                if let Some(paths) = scenario.link.get_mut(link).and_then(|link| link.paths_per_day.as_mut()) {
                    *paths += self.step;
                }
            }
            Place::AtOnce { link } => {
                grow(scenario.link.get_mut(link).and_then(|link| link.trains_at_once.as_mut()), whole);
            }
        }
    }
}

fn grow(number: Option<&mut u32>, step: u32) {
    if let Some(number) = number {
        *number = number.saturating_add(step);
    }
}

/// 5 %, at least one.
fn sensible(amount: f64) -> f64 {
    (amount * SHARE).round().max(1.0)
}

/// Everything of which a scenario has a limited number: servers and berths, space, vessels, things of pools, paths and
/// places on lines. Of servers, vessels, paths and places on a line a step is one more; of pools and of space it is
/// 5 %, at least one.
pub fn capacities(scenario: &Contents) -> Vec<Capacity> {
    // What holds when the horizon begins.
    let start = scenario.run.start;
    let now = scenario.epochs.iter().take_while(|epoch| epoch.on <= start).last();
    let now = now.map_or(scenario, |epoch| &epoch.scenario);
    let mut found = at_nodes(now);
    found.extend(on_lines(now));
    found.extend(now.fleet.iter().map(|(id, fleet)| {
        let vessels = f64::from(fleet.vessels) + fleet.vessel.len() as f64;
        let place = Place::Vessels { fleet: id.clone() };
        capacity(
            place,
            Subject::of(SubjectKind::Fleet, id),
            "vessels",
            CapacityKind::Fleet,
            &Amount::of(vessels, "vessels"),
        )
    }));
    found.extend(now.pool.iter().map(|(id, pool)| {
        let size = f64::from(pool.size);
        let place = Place::Pool { pool: id.clone() };
        capacity(
            place,
            Subject::of(SubjectKind::Pool, id),
            "size",
            CapacityKind::Pool,
            &Amount::of_many(size, "things"),
        )
    }));
    found
}

fn at_nodes(scenario: &Contents) -> Vec<Capacity> {
    let mut found = Vec::new();
    for (node, of) in &scenario.node {
        for (id, facility) in &of.facility {
            let Some(servers) = facility.servers else { continue };
            let is_berth = facility.serves == VesselOrCargo::Vessel;
            let (kind, unit) =
                if is_berth { (CapacityKind::Berth, "berths") } else { (CapacityKind::Facility, "servers") };
            let place = Place::Servers { node: node.clone(), facility: id.clone(), is_berth };
            let path = Subject::of(SubjectKind::Node, format_args!("{node}.facility.{id}"));
            found.push(capacity(place, path, "servers", kind, &Amount::of(f64::from(servers), unit)));
        }
        for (id, storage) in &of.storage {
            let room = storage.capacity.units();
            let place = Place::Storage { node: node.clone(), storage: id.clone() };
            let path = Subject::of(SubjectKind::Node, format_args!("{node}.storage.{id}"));
            found.push(capacity(place, path, "capacity", CapacityKind::Storage, &Amount::of_many(room, &storage.unit)));
        }
    }
    found
}

fn on_lines(scenario: &Contents) -> Vec<Capacity> {
    let mut found = Vec::new();
    for (id, link) in &scenario.link {
        let path = Subject::of(SubjectKind::Link, id);
        if let Some(paths) = link.paths_per_day {
            let place = Place::Paths { link: id.clone() };
            found.push(capacity(
                place,
                path.clone(),
                "paths-per-day",
                CapacityKind::Line,
                &Amount::of(paths, "trains/d"),
            ));
        }
        if let Some(places) = link.trains_at_once {
            let place = Place::AtOnce { link: id.clone() };
            found.push(capacity(
                place,
                path,
                "trains-at-once",
                CapacityKind::Line,
                &Amount::of(f64::from(places), "trains"),
            ));
        }
    }
    found
}

/// How much there is of a capacity, and one more.
struct Amount<'a> {
    now: f64,
    step: f64,
    unit: &'a str,
}

impl<'a> Amount<'a> {
    /// Of what comes in ones.
    const fn of(now: f64, unit: &'a str) -> Self {
        Self { now, step: 1.0, unit }
    }

    /// Of what there is so much that one more would not be felt.
    fn of_many(now: f64, unit: &'a str) -> Self {
        Self { now, step: sensible(now), unit }
    }
}

fn capacity(place: Place, path: Subject, key: &str, kind: CapacityKind, amount: &Amount<'_>) -> Capacity {
    let Amount { now, step, unit } = *amount;
    Capacity { parameter: format!("{path}.{key}"), path, kind, amount: now, step, unit: unit.to_owned(), place }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: &str = r#"
schema = 1
title = "Port"
[run]
horizon = "365 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.west]
[node.port]
facility.crane = { kind = "crane", servers = 2, time = "1 h", when = { to = "sea" } }
facility.quay = { kind = "berth", servers = 1, time = "0 h", for = "vessel" }
facility.gate = { kind = "customs", servers = "unlimited", time = "1 h" }
storage.yard = { capacity = "400 TEU" }
[node.east]
[link.line]
from = "west"
to = "port"
mode = "rail"
time = "12 h"
paths-per-day = 8
trains-at-once = 2
pools = ["wagons"]
[link.sea]
from = "port"
to = "east"
mode = "sea"
time = "10 h"
[pool.wagons]
size = 90
[fleet.ferry]
ports = ["port", "east"]
vessels = 1
capacity = "40 TEU"
carries = ["boxes"]
berths = { port = ["quay"] }
max-wait = "1 d"
[timeline.second]
on = "2024-07-01"
set = { "fleet.ferry.vessels" = 3 }
[flow.west-east]
cargo = "boxes"
from = "west"
to = "east"
volume = "100 TEU/yr"
shipment = "1 TEU"
"#;

    #[test]
    fn all_that_is_limited_has_a_step() {
        let scenario = Contents::parse(PORT, "port").into_contents().unwrap();
        let changes: Vec<String> = capacities(&scenario).iter().map(Capacity::change).collect();
        let expected = [
            "node.port.facility.crane.servers += 1",
            "node.port.facility.quay.servers += 1",
            "node.port.storage.yard.capacity += 20 TEU",
            "link.line.paths-per-day += 1",
            "link.line.trains-at-once += 1",
            "fleet.ferry.vessels += 1",
            "pool.wagons.size += 5",
        ];
        assert_eq!(changes, expected);
    }

    #[test]
    fn a_step_reaches_what_the_timeline_sets_anew() {
        let scenario = Contents::parse(PORT, "port").into_contents().unwrap();
        let prepared = crate::study::Prepared::of(&Contents::parse(PORT, "port"), scenario.clone()).unwrap();
        for capacity in capacities(&scenario) {
            let changed = prepared.variant(|scenario| capacity.enlarge(scenario)).unwrap().scenario;
            let all = [&changed, &changed.epochs[0].scenario];
            for (scenario, before) in all.into_iter().zip([0.0, 2.0]) {
                let now = capacities(scenario).into_iter().find(|now| now.parameter == capacity.parameter).unwrap();
                let later = if capacity.kind == CapacityKind::Fleet { before } else { 0.0 };
                let expected = capacity.amount + later + capacity.step;
                assert!((now.amount - expected).abs() < 1e-9, "{}: {}", capacity.parameter, now.amount);
            }
        }
    }
}
