//! Rows of queues: hours waited, those who still wait, and whether more wait at the end than at the beginning.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::builder::Builder;
use crate::engine::outcome::Queue;
use crate::model::{Model, Plan, Step};
use crate::results::catalogue::RowKey;
use crate::results::facts::Facts;
use crate::units::MS_PER_HOUR;
use crate::words::{FixedUnit, Measure, Period, Subject};

pub(super) fn add(builder: &mut Builder<'_>) {
    for (subject, queues) in queues(builder) {
        hours(builder, subject, queues.clone().into());
        so_far(builder, subject, &queues);
        growth(builder, subject, queues.into());
    }
}

/// The queues of each subject in which somebody waits who would rather go on.
pub(super) fn queues<'b>(builder: &Builder<'b>) -> BTreeMap<&'b Subject, Vec<usize>> {
    // Forming places of one yard are one queue to those who read.
    let mut subjects: BTreeMap<&Subject, Vec<usize>> = BTreeMap::new();
    let on_purpose = on_purpose(builder.plan);
    for (queue, subject) in builder.labels.queues.iter().enumerate().filter(|(queue, _)| !on_purpose.contains(queue)) {
        subjects.entry(subject).or_default().push(queue);
    }
    subjects
}

/// Queues in which nobody waits but stocks at their origins: that is what they are for. Where others wait too, the rows are
/// of those.
fn on_purpose(plan: &Plan) -> BTreeSet<usize> {
    let Some((_, model)) = plan.epochs.first() else { return BTreeSet::new() };
    let of_vessels = plan.labels.stations.iter().enumerate().filter(|(_, station)| station.vessels);
    let mut of_others: BTreeSet<usize> = of_vessels.map(|(station, _)| station).collect();
    let mut of_stocks = BTreeSet::new();
    for program in &model.programs {
        let is_stock = plan.labels.flows[program.flow.index()].stock;
        let sets_out = program.steps.iter().position(Step::moves).map_or(0, |step| step + 1);
        let (at_origin, later) = program.steps.split_at(if is_stock { sets_out } else { 0 });
        of_stocks.extend(at_origin.iter().flat_map(|step| joined(model, step)));
        of_others.extend(later.iter().flat_map(|step| joined(model, step)));
    }
    of_stocks.difference(&of_others).copied().collect()
}

/// The queues of a step, in the order of [`crate::model::Labels::queues`].
fn joined(model: &Model, step: &Step) -> Vec<usize> {
    let lines = model.stations.len();
    let pools = lines + model.lines.len();
    let storages = pools + model.pools.len();
    let legs = storages + model.storages.len();
    let formers = legs + model.legs.len();
    match step {
        Step::Serve(visit) => vec![visit.station.index()],
        Step::Together(visits) => visits.iter().map(|visit| visit.station.index()).collect(),
        Step::Line { line, .. } => vec![lines + line.index()],
        Step::Take(needs) => needs.iter().map(|need| pools + need.pool.index()).collect(),
        Step::Enter(storage) => vec![storages + storage.index()],
        Step::Board(leg) => vec![legs + leg.index()],
        Step::Form(former) | Step::FormParts(former) => vec![formers + former.index()],
        _ => Vec::new(),
    }
}

fn sum(facts: &Facts<'_>, queues: &[usize], of: impl Fn(&Queue) -> f64) -> f64 {
    queues.iter().map(|&queue| of(&facts.outcome.queues[queue])).sum()
}

/// Hours waited by all together, a year.
fn hours(builder: &mut Builder<'_>, subject: &Subject, queues: Arc<[usize]>) {
    let per_year = builder.per_year();
    builder.value(RowKey::new(Measure::HoursWaited, subject, FixedUnit::HoursPerYear), move |facts| {
        sum(facts, &queues, |queue| queue.integral as f64) / MS_PER_HOUR as f64 * per_year
    });
}

/// How long those have waited whose wait has no end yet.
fn so_far(builder: &mut Builder<'_>, subject: &Subject, queues: &[usize]) {
    let series = builder.series(Measure::WaitingSoFar, subject, &Period::Horizon);
    for &queue in queues {
        builder.sampler.standing[queue] = Some(series);
    }
    builder.durations(RowKey::new(Measure::WaitingSoFar, subject, FixedUnit::Hours), vec![series]);
    let queues: Arc<[usize]> = queues.into();
    builder.value(RowKey::new(Measure::WaitingSoFarMax, subject, FixedUnit::Hours), move |facts| {
        let waits = queues.iter().flat_map(|&queue| &facts.outcome.queues[queue].standing);
        waits.max().map_or(0.0, |longest| longest.hours())
    });
}

/// By how many more wait at the end of the horizon than at its beginning, and what share that is of those who came.
fn growth(builder: &mut Builder<'_>, subject: &Subject, queues: Arc<[usize]>) {
    let more = |queue: &Queue| queue.standing.len() as f64 - queue.before as f64;
    let of = Arc::clone(&queues);
    builder.value(RowKey::new(Measure::QueueGrowth, subject, FixedUnit::One), move |facts| sum(facts, &of, more));
    builder.value(RowKey::new(Measure::QueueGrowthShare, subject, FixedUnit::One), move |facts| {
        let more = sum(facts, &queues, more);
        let came = more + sum(facts, &queues, |queue| queue.left as f64);
        if came > 0.0 { more / came } else { 0.0 }
    });
}
