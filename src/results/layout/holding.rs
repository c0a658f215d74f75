//! Rows of what is held by those who wait for something else.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::Builder;
use crate::ids::{CellId, PoolId, StationId, StorageId};
use crate::model::{Model, Plan, Program, ROOM_PER_UNIT, Step};
use crate::results::catalogue::RowKey;
use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

/// A pool or a storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Holder {
    Pool(PoolId),
    Storage(StorageId),
}

pub(super) fn add(builder: &mut Builder<'_>) {
    let labels = builder.labels;
    let (pools, horizon) = (labels.pools.len(), builder.horizon().ms() as f64);
    for (subject, places) in waits(builder.plan) {
        let (index, path) = match subject {
            Holder::Pool(pool) => (pool.index(), Subject::of(SubjectKind::Pool, &labels.pools[pool.index()].id)),
            Holder::Storage(storage) => (pools + storage.index(), labels.storages[storage.index()].0.clone()),
        };
        for (place, cells) in places {
            let name = &labels.places[place];
            if *name == path {
                continue;
            }
            let room = match subject {
                Holder::Pool(_) => None,
                Holder::Storage(storage) => Some(horizon * labels.storages[storage.index()].1 * ROOM_PER_UNIT),
            };
            builder.value(RowKey::new(Measure::HeldWaiting, &path, FixedUnit::One).at(name), move |facts| {
                let all = room.unwrap_or_else(|| facts.outcome.pools[index].size as f64);
                let held = facts.outcome.held_waiting.get(index);
                held.map_or(0.0, |held| cells.iter().map(|&cell| held[cell]).sum::<i128>() as f64 / all)
            });
        }
    }
}

/// By subject and by place that its holders may have to wait for: the cells of waiting there.
fn waits(plan: &Plan) -> BTreeMap<Holder, BTreeMap<usize, Vec<usize>>> {
    let model = &plan.epochs[0].1;
    let mut pairs = BTreeSet::new();
    for program in &model.programs {
        walk(model, program, |subject, cell| {
            pairs.insert((subject, plan.labels.cells[cell.index()].place.index()));
        });
    }
    let mut waits: BTreeMap<Holder, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (subject, place) in pairs {
        let cells = plan.labels.cells.iter().enumerate();
        let here = cells.filter(|(_, cell)| cell.place.index() == place && cell.cause.is_waiting());
        waits.entry(subject).or_default().insert(place, here.map(|(index, _)| index).collect());
    }
    waits
}

/// Follows what a body holds along its program.
fn walk(model: &Model, program: &Program, mut found: impl FnMut(Holder, CellId)) {
    let mut pools: Vec<PoolId> = Vec::new();
    let mut inside: Option<StorageId> = None;
    for (at, step) in program.steps.iter().enumerate() {
        let held = pools.iter().map(|&pool| Holder::Pool(pool)).chain(inside.map(Holder::Storage));
        let held: Vec<Holder> = held.collect();
        for cell in waited_for(model, program, at as u32, step) {
            for &subject in &held {
                found(subject, cell);
            }
        }
        match step {
            Step::Take(needs) => pools.extend(needs.iter().map(|need| need.pool)),
            Step::Give(givings) => pools.retain(|pool| givings.iter().all(|giving| giving.pool != *pool)),
            Step::Enter(storage) | Step::EnterOver(storage) => inside = Some(*storage),
            Step::Leave(_) | Step::Board(_) => inside = None,
            _ => {}
        }
    }
}

/// The cells to which a wait at a step is booked.
fn waited_for(model: &Model, program: &Program, at: u32, step: &Step) -> Vec<CellId> {
    let station = |station: StationId| model.stations[station.index()].cells.wait;
    match step {
        Step::Serve(visit) => vec![station(visit.station)],
        Step::Together(visits) => visits.iter().map(|visit| station(visit.station)).collect(),
        Step::Take(needs) => {
            let pools = needs.iter().map(|need| model.pools[need.pool.index()].wait);
            pools.chain(program.ahead_of(at).map(|storage| model.storages[storage.index()].wait)).collect()
        }
        Step::Enter(storage) => vec![model.storages[storage.index()].wait],
        Step::Form(former) | Step::FormParts(former) => vec![model.formers[former.index()].wait],
        Step::Line { line, .. } => vec![model.lines[line.index()].cells.wait],
        Step::Board(leg) => vec![model.legs[leg.index()].wait],
        Step::Arrive { .. }
        | Step::Give(_)
        | Step::EnterOver(_)
        | Step::Leave(_)
        | Step::Break
        | Step::Switch
        | Step::Cut(_)
        | Step::Run { .. }
        | Step::Deliver => Vec::new(),
    }
}
