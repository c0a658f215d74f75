//! Storages that are small for the line before them: what is held back where wagons are taken takes days to come.

use crate::words::Subject;
use serde::Serialize;

use super::demand::{Stream, streams};
use crate::model::{Model, Plan, ROOM_PER_UNIT, Step};
use crate::units::MS_PER_DAY;

/// A storage that, with what may be stabled outside, takes less than what is on the way to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filling {
    /// Its path.
    pub path: Subject,
    /// Unit of the amounts.
    pub unit: String,
    /// What it holds.
    pub capacity: f64,
    /// What may wait outside before those are held back who take things per amount for it.
    pub stabling: f64,
    /// What comes in a day, times the days from where the things are taken.
    pub on_the_way: f64,
    /// Mean days from there, by amount.
    pub days: f64,
}

/// All of them, at the parameters with which the horizon starts and the mean demand over the horizon.
pub fn fillings(plan: &Plan) -> Vec<Filling> {
    let at_start = plan.epochs.partition_point(|(from, _)| *from <= plan.clock.start).saturating_sub(1);
    let Some((_, model)) = plan.epochs.get(at_start) else { return Vec::new() };
    let mut coming = vec![(0.0, 0.0); model.storages.len()];
    for stream in streams(model, &plan.clock) {
        for (storage, a_day, days) in on_the_way(model, stream) {
            let (units, unit_days) = &mut coming[storage];
            *units += a_day;
            *unit_days += a_day * days;
        }
    }
    let storages = model.storages.iter().zip(&plan.labels.storages).zip(coming);
    let filling = storages.filter_map(|((storage, (path, _, unit)), (a_day, on_the_way))| {
        let (capacity, stabling) = (storage.capacity as f64 / ROOM_PER_UNIT, storage.stabling? as f64 / ROOM_PER_UNIT);
        let (path, unit, days) = (path.clone(), unit.clone(), on_the_way / a_day);
        (capacity + stabling < on_the_way).then_some(Filling { path, unit, capacity, stabling, on_the_way, days })
    });
    filling.collect()
}

/// By storage that a stream enters with things per amount: units of its capacity a day, and days of travel from the last
/// place where such things are taken for it.
fn on_the_way(model: &Model, stream: Stream) -> Vec<(usize, f64, f64)> {
    let program = &model.programs[stream.program.index()];
    let cargo = model.flows[program.flow.index()].cargo.index();
    let mut found = Vec::new();
    let mut since_taken: Option<f64> = None;
    for (at, step) in program.steps.iter().enumerate() {
        match step {
            Step::Take(_) if program.ahead_of(at as u32).is_some() => since_taken = Some(0.0),
            Step::Line { law, .. } | Step::Run { law, .. } => {
                let ms = model.laws[law.law as usize].time.mean();
                since_taken = since_taken.map(|days| days + ms / MS_PER_DAY as f64);
            }
            Step::Enter(storage) => {
                let room = model.storages[storage.index()].room_per_milli[cargo] as f64 * 1000.0 / ROOM_PER_UNIT;
                let a_day = stream.units_per_ms * MS_PER_DAY as f64 * room;
                found.extend(since_taken.take().map(|days| (storage.index(), a_day, days)));
            }
            _ => {}
        }
    }
    found
}
