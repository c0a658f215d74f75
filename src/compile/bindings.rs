//! Rates bind to their unit: each cargo that meets one must be counted in it, or the rate be in tonnes.

use super::error::Problem;
use super::facility_at::facilities;
use super::programs::cargo_of_flow;
use super::register::Register;
use crate::ids::{LegId, StationId};
use crate::model::{Model, Step};
use crate::scenario::types::{self, BerthTime, Contents, FacilityTime, Rate};

/// Checks what the cargo of each program meets: facilities, and the fleets of its legs.
pub(super) fn bindings(scenario: &Contents, model: &Model, register: &mut Register) {
    for program in &model.programs {
        let Some((id, cargo)) = cargo_of_flow(scenario, program.flow).and_then(|id| scenario.cargo.get_key_value(id))
        else {
            continue;
        };
        let mut meets = Meets { scenario, model, register, id, cargo };
        program.steps.iter().for_each(|step| meets.step(step));
    }
}

/// A cargo on its route.
struct Meets<'a, 'p> {
    scenario: &'a Contents,
    model: &'a Model,
    register: &'p mut Register,
    id: &'a str,
    cargo: &'a types::Cargo,
}

impl Meets<'_, '_> {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Serve(visit) => self.facility(visit.station),
            Step::Together(visits) => visits.iter().for_each(|visit| self.facility(visit.station)),
            Step::Board(leg) => self.leg(*leg),
            _ => {}
        }
    }

    fn facility(&mut self, station: StationId) {
        let Some(at) = facilities(self.scenario).nth(station.index()) else { return };
        if let FacilityTime::Rate { rate, .. } = &at.spec.time {
            let help = "keep it off with `when`, or give it a facility with a rate of its own";
            self.rate(&format!("{}.rate", at.path()), rate, help);
        }
    }

    fn leg(&mut self, leg: LegId) {
        let scenario = self.scenario;
        for ((fleet, spec), model) in scenario.fleet.iter().zip(&self.model.fleets) {
            let calls = model.calls.iter().enumerate().filter(|(_, call)| call.leg == leg);
            for (at, call) in calls.filter(|_| spec.carries.contains_key(self.id)) {
                let next = &model.calls[(at + 1) % model.calls.len()];
                for (key, time, call) in [("load", &spec.load, call), ("unload", &spec.unload, next)] {
                    if call.cranes.is_empty() {
                        self.handled(&format!("fleet.{fleet}.{key}"), time);
                    }
                    call.cranes.iter().for_each(|crane| self.facility(*crane));
                }
            }
        }
    }

    fn handled(&mut self, path: &str, time: &BerthTime) {
        match time.of(self.id) {
            None => self.register.fail(path, Problem::NotHandled { cargo: self.id.to_owned() }),
            Some(BerthTime::Rate(rate)) => {
                let example = format!("write times by cargo, such as {{ {} = \"25 {}/h\" }}", self.id, self.cargo.unit);
                self.rate(path, rate, &example);
            }
            Some(_) => {}
        }
    }

    fn rate(&mut self, path: &str, rate: &Rate, help: &str) {
        if !rate.serves(&self.cargo.unit) {
            let problem = Problem::OtherUnit {
                rate: rate.unit.clone(),
                cargo: self.id.to_owned(),
                unit: self.cargo.unit.clone(),
                help: help.to_owned(),
            };
            self.register.fail(path, problem);
        }
    }
}
