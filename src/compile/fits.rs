//! What can never fit: sizes of shipments against the vessels, trains, pools and rooms of their routes.

use super::error::Problem;
use super::register::Register;
use crate::ids::{CargoId, FlowId, LegId};
use crate::model::{Cargo, Customer, Model, Need, Program, Remark, Step};
use crate::scenario::types::{Arrivals, Contents};
use crate::units::Size;

/// A law of sizes that is cut at the largest size that passes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cut {
    pub(super) flow: FlowId,
    /// In units.
    pub(super) most: f64,
    pub(super) remark: Remark,
}

/// The parameters of all epochs, and the names of what they are about.
#[derive(Clone, Copy)]
pub(super) struct Epochs<'a> {
    pub(super) scenario: &'a Contents,
    pub(super) models: &'a [&'a Model],
}

/// A share of sizes that no run ever draws.
const NEVER: f64 = 1e-12;

/// The largest size that something takes.
#[derive(Clone, Debug)]
struct Limit {
    most: Size,
    what: String,
}

/// Finds the sizes of each flow that nothing can ever take. A bounded law is an error, or cut where `cuts_all` is set; one
/// without bound is cut.
pub(super) fn fits(epochs: Epochs<'_>, cuts_all: bool, register: &mut Register) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for index in 0..epochs.scenario.flow.len() {
        let flow = FlowId::new(index);
        let programs = epochs.models[0].programs.iter().filter(|program| program.flow == flow);
        let limits = programs.flat_map(|program| Passing::new(epochs, program).limits());
        if let Some(limit) = limits.min_by_key(|limit| limit.most) {
            cuts.extend(against(epochs, flow, &limit, cuts_all, register));
        }
    }
    cuts
}

/// Compares the sizes of a flow with the least of its limits.
fn against(epochs: Epochs<'_>, flow: FlowId, limit: &Limit, cuts_all: bool, register: &mut Register) -> Option<Cut> {
    let (id, spec) = epochs.scenario.flow.get_index(flow.index())?;
    let (cargo, whole) = epochs.scenario.cargo.get(&spec.cargo).map(|cargo| (&cargo.unit, cargo.whole))?;
    let most = if whole { limit.most.units().floor() } else { limit.most.units() };
    let largest = largest(epochs, flow, whole);
    if largest <= most {
        return None;
    }
    let path = format!("flow.{id}.shipment");
    let is_timetable = matches!(spec.arrivals, Arrivals::Timetable(_));
    let is_bounded = largest.is_finite() && !cuts_all;
    // Values up to here are rounded to what passes.
    let highest = if whole { most + 0.5 - 1e-9 } else { most };
    let above = epochs.models[0].flows[flow.index()].size.share_above(highest);
    if !is_bounded && above < NEVER {
        return None;
    }
    if !is_bounded && above < 0.5 && !is_timetable && most > 0.0 {
        let message = format!(
            "{} % of the shipments of `flow.{id}` would be larger than {most} {cargo}, the most that {} ever takes: they are cut off, and the rate follows the mean of the others",
            percent(above),
            limit.what
        );
        return Some(Cut { flow, most: highest, remark: Remark { path, code: "cut", message, is_note: false } });
    }
    let size = if largest.is_finite() { format!("as large as {largest} {cargo}") } else { "of any size".to_owned() };
    register.fail(path, Problem::NeverFits { size, most: format!("{most} {cargo}"), what: limit.what.clone() });
    None
}

/// Two digits.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = if percent >= 10.0 { 0 } else { (1.0 - percent.log10().floor()).clamp(0.0, 6.0) as usize };
    format!("{percent:.decimals$}")
}

/// The largest size of a flow in any epoch, as it is made, in units.
fn largest(epochs: Epochs<'_>, flow: FlowId, whole: bool) -> f64 {
    let sizes = epochs.models.iter().map(|model| model.flows[flow.index()].size.highest());
    let highest = sizes.fold(0.0, f64::max);
    match (whole, highest.is_finite()) {
        (true, true) => (highest + 0.5).floor().max(1.0),
        (false, true) => (highest * 1000.0).round().max(1.0) / 1000.0,
        (_, false) => f64::INFINITY,
    }
}

/// A shipment on its route.
struct Passing<'a> {
    epochs: Epochs<'a>,
    program: &'a Program,
    cargo: CargoId,
    spec: Cargo,
    /// Size of a full train, while in one.
    train: Option<Size>,
    /// Most that is left of a shipment in one piece, once a vessel split it.
    piece: Option<Size>,
    limits: Vec<Limit>,
}

impl<'a> Passing<'a> {
    fn new(epochs: Epochs<'a>, program: &'a Program) -> Self {
        let cargo = epochs.models[0].flows[program.flow.index()].cargo;
        let spec = epochs.models[0].cargoes[cargo.index()];
        Self { epochs, program, cargo, spec, train: None, piece: None, limits: Vec::new() }
    }

    fn limits(mut self) -> Vec<Limit> {
        for step in &self.program.steps {
            self.step(step);
        }
        self.limits
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Form(former) => {
                let full = self.epochs.models.iter().map(|model| model.formers[former.index()].full).max();
                self.train = full;
                if let Some(most) = full.filter(|_| self.spec.whole) {
                    self.limits.push(Limit { most, what: "a train of its yard".to_owned() });
                }
            }
            Step::Break => self.train = None,
            Step::Cut(most) => self.piece = Some(self.piece.map_or(*most, |piece| piece.min(*most))),
            Step::Board(leg) => self.leg(*leg),
            Step::Take(needs) => needs.iter().for_each(|need| self.pool(need)),
            Step::Serve(visit) => self.room(visit.station.index()),
            Step::Together(visits) => visits.iter().for_each(|visit| self.room(visit.station.index())),
            _ => {}
        }
    }

    /// The largest vessel that ever sails the leg, each at its least.
    fn leg(&mut self, leg: LegId) {
        let mut best: Option<Limit> = None;
        for (index, id) in self.epochs.scenario.fleet.keys().enumerate() {
            let most = self.largest_vessel(index, leg);
            if most.is_some_and(|most| best.as_ref().is_none_or(|best| most > best.most)) {
                best = most.map(|most| Limit { most, what: format!("`fleet.{id}`") });
            }
        }
        match best {
            Some(limit) if self.spec.whole => self.limits.push(limit),
            Some(limit) => self.piece = Some(self.piece.map_or(limit.most, |piece| piece.min(limit.most))),
            None => {}
        }
    }

    fn largest_vessel(&self, fleet: usize, leg: LegId) -> Option<Size> {
        let models = self.epochs.models;
        let sails = models[0].fleets[fleet].calls.iter().any(|call| call.leg == leg);
        let carries = models[0].fleets[fleet].room_per_milli[self.cargo.index()] > 0;
        let ever = models.iter().map(|model| model.fleets[fleet].in_service).max().unwrap_or(0) as usize;
        let least =
            |hull: usize| models.iter().map(|model| model.fleets[fleet].room_of(hull, self.cargo, self.spec)).min();
        (0..ever).filter(|_| sails && carries).filter_map(least).max()
    }

    /// A body takes what it needs at once: a train what it needs when it is full.
    fn pool(&mut self, need: &Need) {
        let Some(per) = need.per else { return };
        let (id, _) =
            self.epochs.scenario.pool.get_index(need.pool.index()).unwrap_or_else(|| unreachable!("of this plan"));
        let size = self.epochs.models.iter().map(|model| model.pools[need.pool.index()].size).max().unwrap_or(0);
        let most = Size::from_milli(per.milli().saturating_mul(i64::from(size)));
        let is_taken_by_pieces = self.train.or(self.piece).is_some_and(|body| body <= most);
        if !is_taken_by_pieces {
            self.limits.push(Limit { most, what: format!("`pool.{id}`") });
        }
    }

    /// Places of a facility where each unit of whole cargo is a customer.
    fn room(&mut self, station: usize) {
        let stations = self.epochs.models.iter().map(|model| &model.stations[station]);
        let by_unit = self.spec.whole && self.epochs.models[0].stations[station].per == Customer::Unit;
        let rooms: Option<Vec<u32>> = stations.map(|station| station.room).collect();
        if let Some(most) = rooms.filter(|_| by_unit).and_then(|rooms| rooms.into_iter().max()) {
            let path = super::facility_at::facilities(self.epochs.scenario)
                .nth(station)
                .map_or_else(String::new, |at| at.path());
            self.limits.push(Limit { most: Size::from_milli(i64::from(most) * 1000), what: format!("`{path}`") });
        }
    }
}

/// A scenario with its laws cut.
pub(super) fn cut(scenario: &Contents, cuts: &[Cut]) -> Contents {
    let mut scenario = scenario.clone();
    for cut in cuts {
        if let Some((_, flow)) = scenario.flow.get_index_mut(cut.flow.index()) {
            flow.shipment = flow.shipment.cut_above(cut.most);
        }
    }
    scenario
}
