//! What a computer cannot carry through, whatever the corridor: refused before it begins.

use super::entry::{Entry, entries};
use super::error::Problem;
use super::frame::Frame;
use super::register::Register;
use crate::model::{Arrivals, Customer, Flow, Model, Program, RatePiece, Step};
use crate::scenario::types::{self, Contents};
use crate::units::SimTime;

/// Most shipments of a flow over the whole clock.
const MOST_SHIPMENTS: u64 = 20_000_000;
/// Most kilograms of a shipment of mean size.
const MOST_KG: u64 = 1_000_000_000;
/// Most services of one shipment where every unit is served by itself.
const MOST_UNITS: u64 = 100_000;

/// Checks all flows and their programs.
pub(super) fn bounds(frame: &Frame<'_>, scenario: &Contents, model: &Model, register: &mut Register) {
    for (of, flow) in entries(&scenario.flow).zip(&model.flows) {
        shipments(frame, register, of.id, flow);
        mass(register, of, model, flow);
    }
    for program in &model.programs {
        let Some(of) = Entry::at(&scenario.flow, program.flow.index()) else { continue };
        units(register, of, model, program);
        vehicles(register, of, program);
    }
}

fn shipments(frame: &Frame<'_>, register: &mut Register, id: &str, flow: &Flow) {
    if let Some(problem) = too_many_shipments(flow, frame.calendar.clock.end) {
        register.fail(format!("flow.{id}.shipment"), problem);
    }
}

/// What is wrong with the number of shipments that a flow makes until the clock's end.
pub(super) fn too_many_shipments(flow: &Flow, end: SimTime) -> Option<Problem> {
    let arrivals = match &flow.arrivals {
        Arrivals::None => 0.0,
        Arrivals::Times(times) => times.len() as f64,
        Arrivals::Poisson | Arrivals::Regular | Arrivals::Renewal(_) => expected(&flow.rate, end),
    };
    let value = arrivals * f64::from(flow.batch) * flow.volume.factor;
    let what = "shipments over the whole run";
    let is_fine = value <= MOST_SHIPMENTS as f64;
    (!is_fine).then_some(Problem::Excess { what, value, most: MOST_SHIPMENTS })
}

fn expected(rate: &[RatePiece], end: SimTime) -> f64 {
    rate.last().map_or(0.0, |last| last.before + end.since(last.start).ms() as f64 * last.per_ms)
}

fn mass(register: &mut Register, of: Entry<'_, types::Flow>, model: &Model, flow: &Flow) {
    let kilograms = model.cargoes[flow.cargo.index()].mass_per_unit.kg() as f64 * flow.mean_size;
    let value = kilograms.max(flow.mean_size);
    if value.is_nan() || value > MOST_KG as f64 {
        let path = if matches!(of.spec.arrivals, types::Arrivals::Timetable(_)) { "volume" } else { "shipment" };
        let what = "kilograms of a shipment";
        register.fail(format!("flow.{}.{path}", of.id), Problem::Excess { what, value, most: MOST_KG });
    }
}

fn units(register: &mut Register, of: Entry<'_, types::Flow>, model: &Model, program: &Program) {
    let visits = program.steps.iter().flat_map(|step| match step {
        Step::Serve(visit) => std::slice::from_ref(visit),
        Step::Together(visits) => visits,
        _ => &[],
    });
    let by_unit = visits.filter(|visit| model.stations[visit.station.index()].per == Customer::Unit).count();
    let size = of.spec.shipment.mean();
    if by_unit > 0 && size > MOST_UNITS as f64 {
        let what = "services of one shipment, as a facility on its route serves every unit by itself";
        register.fail(format!("flow.{}.shipment", of.id), Problem::Excess { what, value: size, most: MOST_UNITS });
    }
}

fn vehicles(register: &mut Register, of: Entry<'_, types::Flow>, program: &Program) {
    let cuts =
        program.steps.iter().filter_map(|step| if let Step::Cut(most) = step { Some(most.units()) } else { None });
    let most = cuts.map(|most| of.spec.shipment.mean() / most).fold(0.0, f64::max);
    if most > MOST_UNITS as f64 {
        let what = "vehicles of one shipment on a road";
        register.fail(format!("flow.{}.shipment", of.id), Problem::Excess { what, value: most, most: MOST_UNITS });
    }
}
