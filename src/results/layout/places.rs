//! Rows of places: how facilities, storages, closures and bans are used.

use super::builder::Builder;
use crate::engine::outcome::{StationTally, StorageTally};
use crate::model::{ROOM_PER_UNIT, StationLabel};
use crate::results::catalogue::RowKey;
use crate::units::Duration;
use crate::words::{FixedUnit, Measure, Period, Subject, SubjectKind, Unit};

type OfStation = fn(&StationTally, f64) -> f64;
type OfStorage = fn(&StorageTally, f64) -> f64;

/// Measures of every station, by its tally and the milliseconds of the horizon.
const STATION: [(Measure, OfStation); 4] = [
    (Measure::Waited, |tally, _| tally.waiting.share()),
    (Measure::QueueLength, |tally, ms| tally.queue as f64 / ms),
    (Measure::QueueMax, |tally, _| tally.queue_max as f64),
    (Measure::Number, |tally, ms| tally.present as f64 / ms),
];
/// Shares of server-time of stations with limited servers.
const SERVERS: [(Measure, OfStation); 5] = [
    (Measure::Utilisation, |tally, _| share(tally, tally.busy)),
    (Measure::Blocked, |tally, _| share(tally, tally.blocked)),
    (Measure::Down, |tally, _| share(tally, tally.down)),
    (Measure::Closed, |tally, _| share(tally, tally.closed)),
    (Measure::SpareCapacity, |tally, _| share(tally, tally.idle)),
];
const STORAGE: [(Measure, OfStorage); 4] = [
    (Measure::QueueLength, |tally, ms| tally.outside as f64 / ms),
    (Measure::QueueMax, |tally, _| tally.outside_max as f64),
    (Measure::HeldBack, |tally, ms| tally.held_back as f64 / ms),
    (Measure::HeldBackMax, |tally, _| tally.held_back_max as f64),
];

pub(super) fn add(builder: &mut Builder<'_>) {
    for (station, label) in builder.labels.stations.iter().enumerate() {
        facility(builder, station, label);
    }
    for (storage, (path, capacity, unit)) in builder.labels.storages.iter().enumerate() {
        yard(builder, storage, path, *capacity);
        overflow(builder, storage, path, unit);
    }
    closures(builder);
    bans(builder);
}

fn share(tally: &StationTally, part: Duration) -> f64 {
    let all = tally.busy + tally.blocked + tally.down + tally.closed + tally.idle;
    part.ms() as f64 / all.ms() as f64
}

fn facility(builder: &mut Builder<'_>, station: usize, label: &StationLabel) {
    let horizon = builder.horizon().ms() as f64;
    let servers = if builder.is_limited(station) { SERVERS.as_slice() } else { &[] };
    for &(measure, compute) in STATION.iter().chain(servers) {
        builder.value(RowKey::new(measure, &label.path, FixedUnit::One), move |facts| {
            compute(&facts.outcome.stations[station], horizon)
        });
    }
    let series = builder.series(Measure::WaitingTime, &label.path, &Period::Horizon);
    builder.sampler.waits[station] = Some(series);
    builder.durations(RowKey::new(Measure::WaitingTime, &label.path, FixedUnit::Hours), vec![series]);
}

fn yard(builder: &mut Builder<'_>, storage: usize, path: &Subject, capacity: f64) {
    let horizon = builder.horizon().ms() as f64;
    let per_year = builder.per_year();
    let room = horizon * capacity * ROOM_PER_UNIT;
    builder.value(RowKey::new(Measure::Utilisation, path, FixedUnit::One), move |facts| {
        facts.outcome.storages[storage].room as f64 / room
    });
    builder.value(RowKey::new(Measure::Stabled, path, FixedUnit::TrainsPerYear), move |facts| {
        facts.outcome.storages[storage].stabled as f64 * per_year
    });
    builder.value(RowKey::new(Measure::WaitingTime, path, FixedUnit::Hours), move |facts| {
        facts.outcome.storages[storage].waiting.mean_hours()
    });
    for (measure, compute) in STORAGE {
        builder.value(RowKey::new(measure, path, FixedUnit::One), move |facts| {
            compute(&facts.outcome.storages[storage], horizon)
        });
    }
}

fn overflow(builder: &mut Builder<'_>, storage: usize, path: &Subject, unit: &str) {
    let per_year = builder.per_year();
    builder.value(RowKey::new(Measure::Overflow, path, Unit::of_cargo_per_year(unit)), move |facts| {
        facts.outcome.storages[storage].overflow.units() * per_year
    });
}

fn closures(builder: &mut Builder<'_>) {
    let horizon = builder.horizon();
    for (gate, path) in builder.labels.gates.iter().enumerate() {
        builder.value(RowKey::new(Measure::Closed, path, FixedUnit::One), move |facts| {
            facts.outcome.gates[gate].ms() as f64 / horizon.ms() as f64
        });
    }
}

fn bans(builder: &mut Builder<'_>) {
    let per_year = builder.per_year();
    for (ban, id) in builder.labels.bans.iter().enumerate() {
        builder.value(
            RowKey::new(Measure::BanDays, &Subject::of(SubjectKind::Ban, id), FixedUnit::DaysPerYear),
            move |facts| facts.outcome.bans[ban].days() * per_year,
        );
    }
}
