//! The utilisation of berths and their cranes: how long vessels lie there if they call no oftener than the cargo needs.

use super::asked::Asked;
use super::open::{Openness, in_order};
use super::stations::{passage, vessel_body};
use super::utilisation::{Utilisation, Utilised};
use super::vessels::{Mix, berth_ms, full_load, in_service, mixes};
use crate::model::{Customer, Fleet, Model, Plan};

/// Berths held against berths and cranes at work against cranes, of the facilities for vessels.
///
/// A fleet makes as many rounds as its busiest leg needs with full vessels; at each call a vessel lies for mooring and for
/// unloading and loading what then is aboard. The berths of a call have equal parts. Waiting alongside for cargo is not
/// in it, which only a vessel that nothing presses does.
pub(super) fn utilisations(plan: &Plan, model: &Model, asked: &Asked, open: &Openness) -> Vec<Utilisation> {
    let mut held = vec![0.0; model.stations.len()];
    for fleet in &model.fleets {
        hold(model, asked, fleet, &mut held);
    }
    let stations = model.stations.iter().enumerate();
    let berths = stations.filter(|(index, _)| plan.labels.stations[*index].vessels);
    let utilisation = |(index, station): (usize, &crate::model::Station)| {
        Some(Utilisation {
            of: Utilised::Facility,
            path: plan.labels.stations[index].path.clone(),
            direction: None,
            offered: held[index],
            capacity: f64::from(station.servers?) * in_order(station.failure.as_ref()) * open.station(index),
            bodies: None,
            unit: String::from(if station.held { "berths" } else { "servers" }),
        })
    };
    berths.filter_map(utilisation).collect()
}

/// Adds the berths that a fleet holds on average.
fn hold(model: &Model, asked: &Asked, fleet: &Fleet, held: &mut [f64]) {
    let mixes = mixes(model, asked, fleet);
    let vessels = in_service(fleet);
    let mean_load = |mix: &Mix| vessels.iter().map(|vessel| full_load(vessel, mix)).sum::<f64>() / vessels.len() as f64;
    let needed = mixes.iter().map(|mix| (mix.room_per_ms > 0.0).then(|| mix.room_per_ms / mean_load(mix)));
    let rounds = needed.flatten().filter(|rounds| rounds.is_finite()).fold(0.0, f64::max);
    if rounds <= 0.0 {
        return;
    }
    for (at, call) in fleet.calls.iter().enumerate() {
        let (before, after) = (&mixes[(at + mixes.len() - 1) % mixes.len()], &mixes[at]);
        let aboard = |mix: &Mix| mix.room_per_ms / rounds;
        let handled = berth_ms(&call.unload, aboard(before), before) + berth_ms(&call.load, aboard(after), after);
        for crane in &call.cranes {
            // Where a vessel is served unit by unit, all of them work on it.
            let station = &model.stations[crane.index()];
            let at_work = if station.per == Customer::Unit { f64::from(station.servers.unwrap_or(1)) } else { 1.0 };
            held[crane.index()] += rounds * handled * at_work / call.cranes.len() as f64;
        }
        for berth in &call.berths {
            let mooring = passage(&model.stations[berth.index()], vessel_body());
            held[berth.index()] += rounds * (mooring + handled) / call.berths.len() as f64;
        }
    }
}
