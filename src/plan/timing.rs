//! How long a route takes when nothing has to be waited for.

use super::model::{BerthTime, Customer, Model, Service, Station, Step};
use super::money::{Travelled, mean_size};
use crate::ids::LegId;

/// Mean milliseconds on links and in services without any waiting.
pub(super) fn free_flow_ms(model: &Model, travel: Travelled<'_>) -> f64 {
    let size = mean_size(travel.frame, travel.program);
    let load = Load { size, kg: size * travel.cargo.mass_per_unit.kg() as f64 };
    travel.program.steps.iter().map(|step| step_ms(model, travel, load, step)).sum()
}

/// So much cargo.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Units.
    pub size: f64,
    /// Kilograms.
    pub kg: f64,
}

fn step_ms(model: &Model, travel: Travelled<'_>, load: Load, step: &Step) -> f64 {
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

/// Mean milliseconds that a station takes for a body of so much cargo, without its queue.
pub fn service_ms(station: &Station, load: Load) -> f64 {
    let (of_one, rounds) = match station.per {
        Customer::Body | Customer::Shipment => (load, 1.0),
        Customer::Unit => (Load { size: 1.0, kg: load.kg / load.size }, rounds(station.servers, load.size)),
    };
    let once = match &station.service {
        Service::Time(time) => time.mean(),
        Service::Rate { setup, ms_per_milli, ms_per_kg, spread } => {
            (setup + work(of_one, *ms_per_milli, *ms_per_kg)) * spread.mean()
        }
    };
    once * rounds * station.share * (1.0 - station.advance)
}

/// How many services follow one another where so many units are served side by side.
fn rounds(servers: Option<u32>, units: f64) -> f64 {
    servers.map_or(1.0, |servers| (units / f64::from(servers.max(1))).ceil().max(1.0))
}

fn work(load: Load, ms_per_milli: f64, ms_per_kg: f64) -> f64 {
    load.size * 1000.0 * ms_per_milli + load.kg * ms_per_kg
}

/// The quickest fleet that carries it: loading, sailing, unloading.
fn crossing_ms(model: &Model, travel: Travelled<'_>, load: Load, leg: LegId) -> f64 {
    let base = travel.frame.base();
    let cargo = model.flows[travel.program.flow.index()].cargo;
    let carriers =
        base.fleet.values().zip(&model.fleets).filter(|(spec, _)| spec.carries.contains_key(travel.cargo_id));
    let crossings = carriers.flat_map(|(_, fleet)| {
        let berth = berth_ms(fleet.load.of(cargo), load) + berth_ms(fleet.unload.of(cargo), load);
        let calls = fleet.calls.iter().enumerate().filter(move |(_, call)| call.leg == leg);
        calls.flat_map(move |(call, _)| fleet.vessels.iter().map(move |vessel| berth + vessel.sailing[call].mean()))
    });
    let least = crossings.fold(f64::INFINITY, f64::min);
    if least.is_finite() { least } else { 0.0 }
}

/// Mean milliseconds of loading or unloading so much of one cargo.
pub fn berth_ms(time: &BerthTime, load: Load) -> f64 {
    match time {
        BerthTime::None | BerthTime::ByCargo(_) => 0.0,
        BerthTime::PerCall(law) => law.time.mean(),
        BerthTime::Rate { ms_per_milli, ms_per_kg } => work(load, *ms_per_milli, *ms_per_kg),
    }
}
