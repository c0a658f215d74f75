//! Which part of the waiting stands before which capacity.

use std::collections::BTreeMap;

use super::capacities::Capacity;
use super::rows::Rows;
use super::traffic::{Waits, waits_for_vessels};
use super::uses::{carries, legs_by_flow};
use crate::ids::LegId;
use crate::model::{Fleet, Model, Plan};
use crate::results::Results;
use crate::stats::sum;
use crate::words::{CapacityKind, Cause, Measure, Subject, SubjectKind};

const HOURS_PER_DAY: f64 = 24.0;

/// Waiting of a subject (the corridor, a section), by what it waits for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting {
    /// Mean hours from made to delivered.
    pub total: f64,
    /// By path of a capacity: mean hours of waiting before it, none of 0.
    pub before: BTreeMap<Subject, f64>,
    /// By cause: mean hours of waiting that more of no capacity would end (for opening hours, for a train to fill,
    /// for a storm to pass), and of waiting at what is not limited; `None` for 0.
    pub other: BTreeMap<Cause, f64>,
}

impl Waiting {
    /// Mean hours before a capacity.
    pub fn hours(&self, capacity: &Capacity) -> f64 {
        self.before.get(&capacity.path).copied().unwrap_or(0.0)
    }

    /// The same as a share of the whole time.
    pub fn share(&self, capacity: &Capacity) -> f64 {
        if self.total > 0.0 { self.hours(capacity) / self.total } else { 0.0 }
    }
}

/// Who the waiting at ports is shared among.
pub(super) struct Sharing {
    /// Path of the fleet and of the port, and the fleet's share of the waiting for vessels there.
    fleets: Vec<WaitedFor>,
    /// Path of the fleet and subject of the leg, and the fleet's share of the waiting for it.
    legs: Vec<WaitedFor>,
    /// Path of the berth and of the port, and the berth's share of the waiting for berths there.
    berths: Vec<WaitedFor>,
}

impl Sharing {
    /// Waiting for a vessel is booked to the port. It is shared among the fleets that sail from there: that of each
    /// flow among those that carry its cargo on its legs, by the deck that they have for it. Waiting for a berth, in
    /// the same way, by the vessels that wait before each.
    pub(super) fn of(plan: &Plan, results: &Results) -> Self {
        let rows = Rows::of(results);
        Self { fleets: fleets(plan, &rows), legs: legs(plan, &rows), berths: berths(plan, &rows) }
    }

    /// Hours a year that all together waited before a capacity: the integrals of the queues there.
    pub(super) fn hours_waited(&self, capacity: &Capacity, results: &Results) -> f64 {
        let rows = Rows::of(results);
        let hours = |subject: &Subject| rows.mean_of(Measure::HoursWaited, subject).unwrap_or(0.0);
        let legs = self.legs_of(capacity).map(|(subject, share)| hours(&subject) * share);
        if capacity.kind == CapacityKind::Fleet { sum(legs) } else { hours(&capacity.path) }
    }

    /// Mean hours that those have waited who wait when the horizon ends, where nobody who waited there was served.
    pub(super) fn unserved(&self, capacity: &Capacity, results: &Results) -> Option<f64> {
        let rows = Rows::of(results);
        let at = |subject: &Subject| {
            let so_far = rows.mean_of(Measure::WaitingSoFar, subject)?;
            rows.mean_of(Measure::WaitingTime, subject).is_none().then_some(so_far)
        };
        let legs = self.legs_of(capacity).filter_map(|(subject, _)| at(&subject));
        if capacity.kind == CapacityKind::Fleet { legs.reduce(f64::max) } else { at(&capacity.path) }
    }

    /// The legs on which a fleet is waited for, each with the fleet's share of the waiting there.
    fn legs_of(&self, capacity: &Capacity) -> impl Iterator<Item = (Subject, f64)> {
        let own = self.legs.iter().filter(move |one| one.what == capacity.path);
        own.map(|one| (one.at.clone(), one.weight))
    }

    /// How the waiting of a subject is spread over what it waits for.
    pub(super) fn waiting(&self, capacities: &[Capacity], results: &Results, subject: &Subject) -> Waiting {
        let mut waiting = Waiting::default();
        for (key, days) in Rows::of(results).time(subject) {
            let hours = days * HOURS_PER_DAY;
            waiting.total += hours;
            let (Some(place), Some(cause)) = (&key.place, key.cause.filter(|cause| cause.is_waiting())) else {
                continue;
            };
            let shares = self.shares(capacities, place, cause);
            if shares.is_empty() {
                *waiting.other.entry(cause).or_default() += hours;
            }
            for (path, share) in shares {
                *waiting.before.entry(path).or_default() += hours * share;
            }
        }
        waiting
    }

    /// What is waited for at a place, with shares that add up to 1; nothing where more of nothing would help.
    fn shares(&self, capacities: &[Capacity], place: &Subject, cause: Cause) -> Vec<(Subject, f64)> {
        let among = |list: &[WaitedFor]| -> Vec<(Subject, f64)> {
            let here = list.iter().filter(|one| one.at == *place);
            here.map(|one| (one.what.clone(), one.weight)).collect()
        };
        match cause {
            Cause::WaitVessel => among(&self.fleets),
            Cause::WaitBerth => among(&self.berths),
            Cause::WaitServer | Cause::WaitSpace | Cause::WaitPath | Cause::WaitPool => {
                let is_limited = capacities.iter().any(|capacity| capacity.path == *place);
                if is_limited { vec![(place.clone(), 1.0)] } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }
}

/// What is waited for at a port or in the queue of a leg, and how much of the waiting there is for it.
struct WaitedFor {
    what: Subject,
    at: Subject,
    weight: f64,
}

/// Weights of each place's entries that add up to 1; equal ones where nothing was measured.
fn normalised(mut list: Vec<WaitedFor>) -> Vec<WaitedFor> {
    let mut totals: BTreeMap<Subject, (f64, f64)> = BTreeMap::new();
    for WaitedFor { at, weight, .. } in &list {
        let total = totals.entry(at.clone()).or_default();
        *total = (total.0 + weight, total.1 + 1.0);
    }
    for WaitedFor { at, weight, .. } in &mut list {
        let (total, number) = totals[at];
        *weight = if total > 0.0 { *weight / total } else { 1.0 / number };
    }
    list
}

fn berths(plan: &Plan, rows: &Rows<'_>) -> Vec<WaitedFor> {
    let of_vessels = plan.labels.stations.iter().filter(|station| station.vessels);
    normalised(
        of_vessels
            .map(|station| {
                let weight = rows.mean_of(Measure::QueueLength, &station.path).unwrap_or(0.0);
                let at = Subject::of(SubjectKind::Node, &plan.labels.nodes[station.node.index()]);
                WaitedFor { what: station.path.clone(), at, weight }
            })
            .collect(),
    )
}

fn fleets(plan: &Plan, rows: &Rows<'_>) -> Vec<WaitedFor> {
    let at_start = plan.epochs.partition_point(|(from, _)| *from <= plan.clock.start).saturating_sub(1);
    let Some((_, model)) = plan.epochs.get(at_start) else { return Vec::new() };
    let ports = waits_of_ports(plan, rows);
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let waits = waits_for_vessels(plan, rows).into_iter().zip(legs_by_flow(plan));
    for (flow, (Waits { offered, days }, legs)) in plan.labels.flows.iter().zip(waits) {
        if days * offered <= 0.0 {
            continue;
        }
        let all = sum(legs.iter().map(|&leg| ports[plan.labels.legs[leg.index()].1.index()]));
        for &leg in &legs {
            let port = plan.labels.legs[leg.index()].1.index();
            let weight = if all > 0.0 { ports[port] / all } else { 1.0 / legs.len() as f64 };
            for (fleet, share) in decks(model, leg, flow.cargo.index()) {
                *weights.entry((fleet, port)).or_default() += days * offered * weight * share;
            }
        }
    }
    let named = |((fleet, port), weight): ((usize, usize), f64)| {
        let labels = &plan.labels;
        let at = Subject::of(SubjectKind::Node, &labels.nodes[port]);
        WaitedFor { what: Subject::of(SubjectKind::Fleet, &labels.fleets[fleet].id), at, weight }
    };
    normalised(weights.into_iter().map(named).collect())
}

/// Shares of fleets in the queues of legs: of what each flow offers there, by the deck that they have for it.
fn legs(plan: &Plan, rows: &Rows<'_>) -> Vec<WaitedFor> {
    let at_start = plan.epochs.partition_point(|(from, _)| *from <= plan.clock.start).saturating_sub(1);
    let Some((_, model)) = plan.epochs.get(at_start) else { return Vec::new() };
    let labels = &plan.labels;
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let waits = waits_for_vessels(plan, rows).into_iter().zip(legs_by_flow(plan));
    for (flow, (Waits { offered, .. }, legs)) in labels.flows.iter().zip(waits) {
        for leg in legs {
            for (fleet, share) in decks(model, leg, flow.cargo.index()) {
                *weights.entry((fleet, leg.index())).or_default() += offered * share;
            }
        }
    }
    let named = |((fleet, leg), weight): ((usize, usize), f64)| {
        let (link, from, _) = labels.legs[leg];
        let leg = format_args!("{}.from.{}", labels.links[link.index()].id, labels.nodes[from.index()]);
        let at = Subject::of(SubjectKind::Link, leg);
        WaitedFor { what: Subject::of(SubjectKind::Fleet, &labels.fleets[fleet].id), at, weight }
    };
    normalised(weights.into_iter().map(named).collect())
}

/// By node: days that the corridor waits for vessels there.
fn waits_of_ports(plan: &Plan, rows: &Rows<'_>) -> Vec<f64> {
    let mut days = vec![0.0; plan.labels.nodes.len()];
    let waited = rows.time(&Subject::corridor()).into_iter().filter(|(key, _)| key.cause == Some(Cause::WaitVessel));
    for (key, mean) in waited {
        let port = key.place.as_ref().and_then(|place| place.id_of(SubjectKind::Node));
        let node = plan.labels.nodes.iter().position(|id| port == Some(id));
        if let Some(node) = node {
            days[node] += mean;
        }
    }
    days
}

/// The fleets that carry a cargo on a leg, with their shares of the deck for it.
fn decks(model: &Model, leg: LegId, cargo: usize) -> Vec<(usize, f64)> {
    let deck = |fleet: &Fleet| {
        let room = fleet.room_per_milli.get(cargo).copied().unwrap_or(0);
        let in_service = fleet.vessels.iter().take(fleet.in_service as usize);
        let decks = in_service.map(|vessel| vessel.capacity as f64 / room as f64);
        if carries(fleet, leg, cargo) { decks.sum() } else { 0.0 }
    };
    let decks: Vec<(usize, f64)> = model.fleets.iter().map(deck).enumerate().filter(|deck| deck.1 > 0.0).collect();
    let all = sum(decks.iter().map(|deck| deck.1));
    decks.into_iter().map(|(fleet, deck)| (fleet, deck / all)).collect()
}
