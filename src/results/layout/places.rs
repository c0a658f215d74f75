//! Rows of places: how facilities, storages, closures and bans are used.

use super::builder::Builder;
use crate::engine::outcome::{StationTally, StorageTally};
use crate::plan::StationLabel;
use crate::plan::model::ROOM_PER_UNIT;
use crate::results::frame::RowKey;
use crate::units::Duration;

type OfStation = fn(&StationTally, f64) -> f64;
type OfStorage = fn(&StorageTally, f64) -> f64;

/// Measures of every station, by its tally and the milliseconds of the horizon.
const STATION: [(&str, OfStation); 4] = [
    ("waited", |tally, _| tally.waited as f64 / tally.served as f64),
    ("queue_length", |tally, ms| tally.queue as f64 / ms),
    ("queue_max", |tally, _| tally.queue_max as f64),
    ("number", |tally, ms| tally.present as f64 / ms),
];
/// Shares of server-time of stations with limited servers.
const SERVERS: [(&str, OfStation); 5] = [
    ("utilisation", |tally, _| share(tally, tally.busy)),
    ("blocked", |tally, _| share(tally, tally.blocked)),
    ("down", |tally, _| share(tally, tally.down)),
    ("closed", |tally, _| share(tally, tally.closed)),
    ("spare_capacity", |tally, _| share(tally, tally.idle)),
];
const STORAGE: [(&str, OfStorage); 4] = [
    ("queue_length", |tally, ms| tally.outside as f64 / ms),
    ("queue_max", |tally, _| tally.outside_max as f64),
    ("held_back", |tally, ms| tally.held_back as f64 / ms),
    ("held_back_max", |tally, _| tally.held_back_max as f64),
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
        builder.value(RowKey::new(measure, &label.path, "1"), move |facts| {
            compute(&facts.outcome.stations[station], horizon)
        });
    }
    let series = builder.series("waiting_time", &label.path, "horizon");
    builder.sampler.waits[station] = Some(series);
    builder.durations(RowKey::new("waiting_time", &label.path, "h"), vec![series]);
}

fn yard(builder: &mut Builder<'_>, storage: usize, path: &str, capacity: f64) {
    let horizon = builder.horizon().ms() as f64;
    let per_year = builder.per_year();
    let room = horizon * capacity * ROOM_PER_UNIT;
    builder
        .value(RowKey::new("utilisation", path, "1"), move |facts| facts.outcome.storages[storage].room as f64 / room);
    builder.value(RowKey::new("stabled", path, "trains/yr"), move |facts| {
        facts.outcome.storages[storage].stabled as f64 * per_year
    });
    builder.value(RowKey::new("waiting_time", path, "h"), move |facts| {
        let tally = &facts.outcome.storages[storage];
        tally.waiting.hours() / tally.let_in as f64
    });
    for (measure, compute) in STORAGE {
        builder.value(RowKey::new(measure, path, "1"), move |facts| compute(&facts.outcome.storages[storage], horizon));
    }
}

fn overflow(builder: &mut Builder<'_>, storage: usize, path: &str, unit: &str) {
    let per_year = builder.per_year();
    builder.value(RowKey::new("overflow", path, &format!("{unit}/yr")), move |facts| {
        facts.outcome.storages[storage].overflow.units() * per_year
    });
}

fn closures(builder: &mut Builder<'_>) {
    let horizon = builder.horizon();
    for (gate, path) in builder.labels.gates.iter().enumerate() {
        builder.value(RowKey::new("closed", path, "1"), move |facts| {
            facts.outcome.gates[gate].ms() as f64 / horizon.ms() as f64
        });
    }
}

fn bans(builder: &mut Builder<'_>) {
    let per_year = builder.per_year();
    for (ban, id) in builder.labels.bans.iter().enumerate() {
        builder.value(RowKey::new("ban_days", &format!("ban.{id}"), "d/yr"), move |facts| {
            facts.outcome.bans[ban].days() * per_year
        });
    }
}
