//! Rounds that take no time: the clock would never go on.

use super::error::Problem;
use super::register::Register;
use crate::model::{Call, Fleet, Model, Service};
use crate::scenario::types::Contents;
use crate::units::Duration;

/// Refuses fleets whose empty vessels go round in no time, and whatever fails again the moment it is repaired.
pub(super) fn rounds(scenario: &Contents, model: &Model, register: &mut Register) {
    for (id, fleet) in scenario.fleet.keys().zip(&model.fleets) {
        let goes_round = !fleet.calls.is_empty() && fleet.calls.iter().all(|call| passes_at_once(model, fleet, call));
        let sails_at_once = fleet.vessels.iter().any(|vessel| vessel.sailing.iter().all(|law| law.highest() <= 0.0));
        if goes_round && sails_at_once {
            register.fail(format!("fleet.{id}"), Problem::NoTime { what: "a round of an empty vessel" });
        }
        if fleet.failure.as_ref().is_some_and(|failure| failure.up.highest() <= 0.0) {
            register.fail(format!("fleet.{id}.mtbf"), Problem::NoTime { what: "the time between two failures" });
        }
    }
    for (at, station) in super::facility_at::facilities(scenario).zip(&model.stations) {
        if station.failure.as_ref().is_some_and(|failure| failure.up.highest() <= 0.0) {
            register.fail(format!("{}.mtbf", at.path()), Problem::NoTime { what: "the time between two failures" });
        }
    }
}

/// Whether an empty vessel is through a call at the moment it comes.
fn passes_at_once(model: &Model, fleet: &Fleet, call: &Call) -> bool {
    let leaves = call.timetable.is_none() && (!call.ever_loads || fleet.max_idle == Some(Duration::ZERO));
    let no_time = |service: &Service| match service {
        Service::Time(law) => law.highest() <= 0.0,
        Service::Types { types, .. } => types.iter().all(|one| one.time.highest() <= 0.0),
        Service::Rate { setup, .. } => *setup <= 0.0,
    };
    leaves
        && [&call.stations, &call.berths, &call.moors, &call.departs]
            .into_iter()
            .flatten()
            .all(|station| no_time(&model.stations[station.index()].service))
}
