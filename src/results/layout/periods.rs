//! Rows of use and of waiting by period: closures, servers, space, lines, pools, vessels and queues.

use std::sync::Arc;

use super::builder::{Builder, Stretch};
use super::transport::ports;
use super::waiting::queues;
use crate::engine::outcome::MonthUse;
use crate::model::ROOM_PER_UNIT;
use crate::results::catalogue::RowKey;
use crate::results::facts::Facts;
use crate::units::{MS_PER_DAY, MS_PER_HOUR};
use crate::words::{FixedUnit, Measure, Period, Subject, SubjectKind};

pub(super) fn add(builder: &mut Builder<'_>) {
    for period in builder.periods() {
        closures(builder, &period);
        shares(builder, &period);
        storages(builder, &period);
        lines(builder, &period);
        waits(builder, &period);
        for fleet in 0..builder.labels.fleets.len() {
            sailings(builder, &period, fleet);
        }
    }
}

/// A row whose value is computed from pairs added up over the months of a period.
fn row(
    builder: &mut Builder<'_>,
    key: RowKey,
    period: &Stretch,
    pair: impl Fn(&MonthUse) -> Option<[i128; 2]> + Send + Sync + 'static,
    compute: impl Fn(f64, f64) -> f64 + Send + Sync + 'static,
) {
    let months = Arc::clone(&period.months);
    builder.value(key.during(&period.id), move |facts| {
        let [part, whole] = total(facts, &months, &pair);
        compute(part as f64, whole as f64)
    });
}

fn total(facts: &Facts<'_>, months: &[usize], pair: impl Fn(&MonthUse) -> Option<[i128; 2]>) -> [i128; 2] {
    let used = months.iter().filter_map(|&month| pair(facts.outcome.months.get(month)?));
    used.fold([0, 0], |sum, pair| [sum[0] + pair[0], sum[1] + pair[1]])
}

fn closures(builder: &mut Builder<'_>, period: &Stretch) {
    let ms = builder.within(period);
    for (gate, path) in builder.labels.gates.iter().enumerate() {
        let months = Arc::clone(&period.months);
        builder.value(RowKey::new(Measure::Closed, path, FixedUnit::One).during(&period.id), move |facts| {
            let by_month = &facts.outcome.gates_by_month[gate];
            months.iter().map(|&month| by_month[month].ms()).sum::<i64>() as f64 / ms
        });
    }
}

/// Shares of server-time, of things and of vessel-time.
fn shares(builder: &mut Builder<'_>, period: &Stretch) {
    let share = |part: f64, whole: f64| part / whole;
    for (station, label) in builder.labels.stations.iter().enumerate() {
        if builder.is_limited(station) {
            let key = RowKey::new(Measure::Utilisation, &label.path, FixedUnit::One);
            row(builder, key, period, move |used| used.stations.get(station).copied(), share);
        }
    }
    for (pool, label) in builder.labels.pools.iter().enumerate() {
        let key = RowKey::new(Measure::Utilisation, &Subject::of(SubjectKind::Pool, &label.id), FixedUnit::One);
        row(builder, key, period, move |used| used.pools.get(pool).copied(), share);
    }
    for (fleet, label) in builder.labels.fleets.iter().enumerate() {
        let key = RowKey::new(Measure::Utilisation, &Subject::of(SubjectKind::Fleet, &label.id), FixedUnit::One);
        row(builder, key, period, move |used| used.fleets.get(fleet).copied(), share);
    }
}

fn storages(builder: &mut Builder<'_>, period: &Stretch) {
    let ms = builder.within(period);
    for (storage, (path, capacity, _)) in builder.labels.storages.iter().enumerate() {
        let room = ms * capacity * ROOM_PER_UNIT;
        let key = RowKey::new(Measure::Utilisation, path, FixedUnit::One);
        row(builder, key, period, move |used| Some([*used.storages.get(storage)?, 0]), move |taken, _| taken / room);
    }
}

/// The busier direction against the paths that there are.
fn lines(builder: &mut Builder<'_>, period: &Stretch) {
    let days = builder.within(period) / MS_PER_DAY as f64;
    for (line, &link) in builder.labels.lines.iter().enumerate() {
        let label = &builder.labels.links[link.index()];
        if let Some(paths) = label.paths_per_day {
            let key = RowKey::new(Measure::Utilisation, &Subject::of(SubjectKind::Link, &label.id), FixedUnit::One);
            let trains = move |used: &MonthUse| used.lines.get(line).copied();
            row(builder, key, period, trains, move |forth, back| forth.max(back) / days / paths);
        }
    }
}

/// Hours that all together waited, of each queue, by month and by year.
fn waits(builder: &mut Builder<'_>, period: &Stretch) {
    if matches!(period.id, Period::Named(_)) {
        return;
    }
    let hours = MS_PER_HOUR as f64 * period.span.years;
    for (subject, queues) in queues(builder) {
        let sum = move |used: &MonthUse| Some([queues.iter().filter_map(|&queue| used.queues.get(queue)).sum(), 0]);
        let key = RowKey::new(Measure::HoursWaited, subject, FixedUnit::HoursPerYear);
        row(builder, key, period, sum, move |waited, _| waited / hours);
    }
}

/// Sailings and missed departures of a fleet and of each of its calls.
fn sailings(builder: &mut Builder<'_>, period: &Stretch, fleet: usize) {
    let years = period.span.years;
    let subject = Subject::of(SubjectKind::Fleet, &builder.labels.fleets[fleet].id);
    let calls = ports(builder, fleet);
    let all = (0..calls.len(), None);
    let each = calls.into_iter().enumerate().map(|(call, place)| (call..call + 1, Some(place)));
    for (calls, place) in std::iter::once(all).chain(each) {
        let sum = move |used: &MonthUse| {
            let of = used.calls.get(fleet)?.get(calls.clone())?;
            Some(of.iter().fold([0, 0], |sum, pair| [sum[0] + pair[0], sum[1] + pair[1]]))
        };
        let voyages = RowKey::new(Measure::Voyages, &subject, FixedUnit::SailingsPerYear).at_any(place.as_ref());
        row(builder, voyages, period, sum.clone(), move |sailings, _| sailings / years);
        let missed =
            RowKey::new(Measure::MissedDepartures, &subject, FixedUnit::DeparturesPerYear).at_any(place.as_ref());
        row(builder, missed, period, sum, move |_, missed| missed / years);
    }
}
