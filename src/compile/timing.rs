//! How long a route takes when nothing has to be waited for.

use super::money::{Travelled, mean_size};
use crate::ids::LegId;
use crate::model::{Lot, Model, Step, service_ms};

/// Mean milliseconds on links and in services without any waiting.
pub(super) fn free_flow_ms(model: &Model, travel: Travelled<'_>) -> f64 {
    by_step(model, travel).iter().sum()
}

/// The same by step.
pub(super) fn by_step(model: &Model, travel: Travelled<'_>) -> Vec<f64> {
    let size = mean_size(travel.frame, travel.program);
    let load = Lot { size, kg: size * travel.cargo.mass_per_unit.kg() as f64 };
    travel.program.steps.iter().map(|step| step_ms(model, travel, load, step)).collect()
}

fn step_ms(model: &Model, travel: Travelled<'_>, load: Lot, step: &Step) -> f64 {
    match step {
        Step::Serve(visit) => service_ms(&model.stations[visit.station.index()], load),
        Step::Together(visits) => {
            visits.iter().map(|visit| service_ms(&model.stations[visit.station.index()], load)).fold(0.0, f64::max)
        }
        Step::Line { law, .. } | Step::Run { law, .. } => model.laws[law.law as usize].time.mean(),
        Step::Board(leg) => crossing_ms(model, travel, load, *leg),
        _ => 0.0,
    }
}

/// The quickest fleet that carries it: loading, sailing, unloading.
fn crossing_ms(model: &Model, travel: Travelled<'_>, load: Lot, leg: LegId) -> f64 {
    let base = travel.frame.base();
    let cargo = model.flows[travel.program.flow.index()].cargo;
    let carriers =
        base.fleet.values().zip(&model.fleets).filter(|(spec, _)| spec.carries.contains_key(travel.cargo_id));
    let crossings = carriers.flat_map(|(_, fleet)| {
        let calls = fleet.calls.iter().enumerate().filter(move |(_, call)| call.leg == leg);
        calls.flat_map(move |(call, _)| {
            let berth = fleet.berth_ms(call, cargo, load);
            fleet.vessels.iter().map(move |vessel| berth + vessel.sailing[call].mean())
        })
    });
    let least = crossings.fold(f64::INFINITY, f64::min);
    if least.is_finite() { least } else { 0.0 }
}
