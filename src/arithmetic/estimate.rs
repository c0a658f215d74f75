//! How long a route takes, by place and cause, without simulating.
//!
//! Each step of a route's program is a queue of its own (or a vessel to wait for, a train to be filled), in the mean traffic of
//! the horizon; waits are added up, and their variances as if they were independent. What is not in it: space in storages,
//! loading bans, months, and what one queue does to the arrivals of the next.

use super::asked::Asked;
use super::crossing::{Crossings, carriers};
use super::demand;
use super::open::{Openness, in_order, outside_hours};
use super::queue::{Queue, residual};
use super::stations::{Body, passage_law};
use crate::ids::{CargoId, CellId, FlowId, LegId, LineId, ProgramId, StationId};
use crate::model::{Draw, Expected, Model, Need, Owed, Plan, Program, Station, Step, Times};
use crate::random::Distribution;
use crate::units::MS_PER_DAY;
use crate::words::Cause;

/// Time at one place for one cause. Milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The step of the program.
    pub step: usize,
    /// Nodes of the route reached so far, this one included.
    pub nodes: usize,
    /// It passes between nodes.
    pub on_link: bool,
    /// Where and why.
    pub cell: CellId,
    /// The mean.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

/// Time that is booked to a cell. Milliseconds.
#[derive(Clone, Copy, Debug)]
struct CellTime {
    cell: CellId,
    mean: f64,
    variance: f64,
}

impl CellTime {
    const fn new(cell: CellId, mean: f64, variance: f64) -> Self {
        Self { cell, mean, variance }
    }
}

/// The time of a route, part by part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// In the order of the route.
    pub parts: Vec<Part>,
}

impl Estimate {
    /// Mean of the parts of some steps, in days.
    pub fn days(&self, steps: std::ops::Range<usize>) -> f64 {
        let within = self.parts.iter().filter(|part| steps.contains(&part.step));
        within.map(|part| part.mean).sum::<f64>() / MS_PER_DAY as f64
    }

    /// Mean of what is booked to a cell at a step, in days.
    pub fn days_in(&self, step: usize, cell: CellId) -> f64 {
        let there = self.parts.iter().filter(|part| part.step == step && part.cell == cell);
        there.map(|part| part.mean).sum::<f64>() / MS_PER_DAY as f64
    }

    /// Mean of the whole, in days.
    pub fn mean_days(&self) -> f64 {
        self.days(0..usize::MAX)
    }

    /// Standard deviation of the whole, in days.
    pub fn sd_days(&self) -> f64 {
        self.parts.iter().map(|part| part.variance).sum::<f64>().max(0.0).sqrt() / MS_PER_DAY as f64
    }

    /// Days by cause, in the order in which causes are shown; those without time are left out.
    pub fn by_cause(&self, plan: &Plan) -> Vec<(Cause, f64)> {
        let of = |cause: Cause| {
            let parts = self.parts.iter().filter(|part| plan.labels.cells[part.cell.index()].cause == cause);
            parts.map(|part| part.mean).sum::<f64>() / MS_PER_DAY as f64
        };
        Cause::ALL.into_iter().map(|cause| (cause, of(cause))).filter(|(_, days)| *days > 0.0).collect()
    }
}

/// A plan in its mean traffic.
pub struct Estimator<'a> {
    plan: &'a Plan,
    model: &'a Model,
    asked: Asked,
    open: Openness,
    crossings: Crossings,
    /// The time over which queues can grow.
    span: f64,
}

impl<'a> Estimator<'a> {
    /// At the parameters with which the horizon starts. `None` if the plan has none.
    pub fn new(plan: &'a Plan) -> Option<Self> {
        let model = super::utilisations::at_start(plan)?;
        let open = Openness::of(model, &plan.clock);
        // Half of it is the age of a queue in the middle of the horizon.
        let span = (plan.clock.start.ms() + plan.clock.horizon_end.ms()) as f64;
        let first = super::utilisations::asked(plan, model, None);
        let crossings = Crossings::of(plan, model, &first, &open, span);
        let asked = super::utilisations::asked(plan, model, Some(&crossings));
        Some(Self { plan, model, asked, open, crossings, span })
    }

    /// The time of a route.
    pub fn route(&self, program: ProgramId) -> Estimate {
        let program = &self.model.programs[program.index()];
        let flow = &self.model.flows[program.flow.index()];
        let size = flow.mean_size;
        let cargo = self.model.cargoes[flow.cargo.index()];
        let mut walk = Along {
            at: self,
            program,
            body: Body { cargo, size, shipment: size },
            own: demand::units_per_ms(flow, &self.plan.clock),
            passed: [0.0; 64],
            nodes: 0,
            estimate: Estimate::default(),
        };
        for (index, step) in program.steps.iter().enumerate() {
            walk.step(index, step);
        }
        walk.estimate
    }

    /// The expected days of a flow, its routes by their shares.
    pub fn flow_days(&self, flow: FlowId) -> f64 {
        let mut before = 0.0;
        let mut days = 0.0;
        for &(until, program) in &self.model.flows[flow.index()].routes {
            if until > before {
                days += (until - before) * self.route(program).mean_days();
            }
            before = until;
        }
        days
    }

    /// The mean wait before a station and in it, for a body that is surely served: what a passage costs where the route
    /// is not yet known.
    pub fn passage_ms(&self, station: StationId, cargo: CargoId, size: f64) -> f64 {
        let spec = &self.model.stations[station.index()];
        let body = Body { cargo: self.model.cargoes[cargo.index()], size, shipment: size };
        let served = spec.share * (1.0 - spec.advance);
        let waits: f64 = self.station_waits(station).iter().map(|wait| wait.mean).sum();
        served * (passage_law(spec, body).mean + waits)
    }

    /// The mean wait before a line.
    pub fn line_wait_ms(&self, line: LineId, direction: u8) -> f64 {
        self.line_waits(line.index(), usize::from(direction), None).iter().map(|wait| wait.mean).sum()
    }

    /// The mean time of a crossing, with all its waits.
    pub fn crossing_ms(&self, leg: LegId, cargo: CargoId, priority: u8) -> f64 {
        self.crossings.on(self.model, leg, cargo).map_or(0.0, |crossing| crossing.total(priority))
    }

    /// Fleets (by index) and calls that carry a cargo on a leg, with their shares of it.
    pub fn carriers(&self, leg: LegId, cargo: CargoId) -> Vec<(usize, usize, f64)> {
        carriers(self.model, leg, cargo)
    }

    /// What meters are expected to read on a route that takes such times.
    pub fn readings(&self, program: ProgramId, times: Times<'_>) -> Vec<Expected> {
        let flow = self.model.programs[program.index()].flow;
        let size = self.model.flows[flow.index()].mean_size;
        self.plan.meters.expected(self.model, program, size, times)
    }

    /// What full vessels of a fleet owe for a unit aboard.
    pub fn owed(&self, fleet: usize, cargo: CargoId) -> Vec<Owed> {
        self.plan.meters.owed(self.model, fleet, cargo)
    }

    /// Where waiting for a vessel is booked.
    pub fn wait_cell(&self, leg: LegId) -> CellId {
        self.model.legs[leg.index()].wait
    }

    /// The steps of a route.
    pub fn steps(&self, program: ProgramId) -> &[Step] {
        &self.model.programs[program.index()].steps
    }

    /// Waits before a station that serves.
    fn station_waits(&self, station: StationId) -> Vec<CellTime> {
        let index = station.index();
        let spec = &self.model.stations[index];
        let Some(servers) = spec.servers else { return Vec::new() };
        let (hours, closed) = (outside_hours(spec.hours.as_ref(), &self.plan.clock), self.open.station_spell(index));
        let usable = hours.open() * in_order(spec.failure.as_ref()) * self.open.station(index);
        let queue = self.asked.stations[index].queue(f64::from(servers), usable, down_cv2(spec));
        let wait = queue.wait_within(self.span);
        let all_down = spec.failure.as_ref().map_or(0.0, |failure| {
            let share = 1.0 - in_order(Some(failure));
            libm::pow(share, f64::from(servers)) * residual(failure.down.mean(), failure.down.variance())
        });
        vec![
            CellTime::new(spec.cells.wait, wait, variance_of_wait(&queue, wait)),
            CellTime::new(spec.cells.hours, hours.wait(), hours.variance()),
            CellTime::new(spec.cells.closed, closed.wait(), closed.variance()),
            CellTime::new(spec.cells.down, all_down, all_down * all_down),
        ]
    }

    /// Waits before a line: for a path, for a place on it, while it is shut.
    fn line_waits(&self, index: usize, direction: usize, running: Option<&Distribution>) -> Vec<CellTime> {
        let line = &self.model.lines[index];
        let closed = self.open.line_spell(index, direction);
        let headway = line.headway.ms() as f64 / self.open.line(index, direction).max(f64::MIN_POSITIVE);
        let paths = self.asked.paths[index][direction].queue_of(1.0, headway, 0.0);
        let wait = if headway > 0.0 { paths.wait_within(self.span) } else { 0.0 };
        let trains = self.asked.trains[index][0] + self.asked.trains[index][1];
        let mean = if trains > 0.0 { self.asked.on_line[index] / trains } else { 0.0 };
        let cv2 = running.map_or(0.0, |law| law.variance() / (law.mean() * law.mean()).max(f64::MIN_POSITIVE));
        let places = line.at_once.map(|places| Queue::poisson(f64::from(places), trains, mean, cv2));
        let place = places.map_or(0.0, |places| places.wait_within(self.span));
        vec![
            CellTime::new(line.cells.wait, wait + place, variance_of_wait(&paths, wait) + place * place),
            CellTime::new(line.cells.closed, closed.wait(), closed.variance()),
        ]
    }

    fn pool_wait(&self, need: &Need) -> CellTime {
        let pool = &self.model.pools[need.pool.index()];
        let visits = &self.asked.pools[need.pool.index()];
        let queue = visits.queue(f64::from(pool.size), 1.0, 0.0);
        let wait = queue.wait_within(self.span);
        CellTime::new(pool.wait, wait, variance_of_wait(&queue, wait))
    }
}

/// The variance of a wait that some have and that is exponential for them.
fn variance_of_wait(queue: &Queue, wait: f64) -> f64 {
    let delayed = queue.delayed(queue.utilisation()).max(1e-6);
    // Few wait long: no more than if one in a thousand did.
    wait * wait * (2.0 / delayed.max(1e-3) - 1.0).max(0.0)
}

/// What repairs add to the squared coefficient of variation of a service of mean 1 ms.
fn down_cv2(station: &Station) -> f64 {
    station.failure.as_ref().map_or(0.0, |failure| {
        let up = in_order(Some(failure));
        let mean = failure.down.mean();
        let cv2 = if mean > 0.0 { failure.down.variance() / (mean * mean) } else { 0.0 };
        (1.0 + cv2) * up * (1.0 - up) * mean
    })
}

/// A walk along one route.
struct Along<'e, 'a> {
    at: &'e Estimator<'a>,
    program: &'e Program,
    body: Body,
    /// Units a millisecond of the route's flow.
    own: f64,
    /// By bit: share of the bodies that passed a station that sets it.
    passed: [f64; 64],
    nodes: usize,
    estimate: Estimate,
}

impl Along<'_, '_> {
    fn step(&mut self, index: usize, step: &Step) {
        match step {
            Step::Arrive { .. } => self.nodes += 1,
            Step::Serve(visit) => {
                let parts = self.visit(visit.station);
                self.add(index, false, &parts);
            }
            Step::Together(visits) => {
                let all: Vec<_> = visits.iter().map(|visit| self.visit(visit.station)).collect();
                let total = |parts: &Vec<CellTime>| parts.iter().map(|part| part.mean).sum::<f64>();
                let longest = all.into_iter().max_by(|one, other| total(one).total_cmp(&total(other)));
                self.add(index, false, &longest.unwrap_or_default());
            }
            Step::Take(needs) => {
                let parts: Vec<_> = needs.iter().map(|need| self.at.pool_wait(need)).collect();
                self.add(index, false, &parts);
            }
            Step::Form(former) => self.form(index, former.index()),
            Step::Break => self.body.size = self.body.size.min(self.body.shipment),
            Step::Cut(most) => {
                self.body.cut(most.units());
            }
            Step::Line { line, direction, law } => self.line(index, line.index(), usize::from(*direction), *law),
            Step::Run { law, cell } => {
                let time = self.law(*law);
                self.add(index, true, &[CellTime::new(*cell, time.mean(), time.variance())]);
            }
            Step::Board(leg) => self.board(index, *leg),
            Step::FormParts(_)
            | Step::Switch
            | Step::Give(_)
            | Step::Enter(_)
            | Step::EnterOver(_)
            | Step::Leave(_)
            | Step::Deliver => {}
        }
    }

    fn law(&self, draw: Draw) -> &'_ Distribution {
        &self.at.model.laws[draw.law as usize].time
    }

    fn add(&mut self, step: usize, on_link: bool, parts: &[CellTime]) {
        let nodes = self.nodes;
        let parts = parts.iter().filter(|part| part.mean > 0.0);
        self.estimate.parts.extend(parts.map(|&CellTime { cell, mean, variance }| Part {
            step,
            nodes,
            on_link,
            cell,
            mean,
            variance,
        }));
    }

    /// Waits and service, of the share that is served.
    fn visit(&mut self, station: StationId) -> Vec<CellTime> {
        let spec = &self.at.model.stations[station.index()];
        let unknown = super::walk::unknown(spec, &self.passed);
        let served = unknown * spec.share * (1.0 - spec.advance);
        super::walk::note(spec, unknown, &mut self.passed);
        let law = passage_law(spec, self.body);
        let mut parts = self.at.station_waits(station);
        parts.push(CellTime::new(spec.cells.service, law.mean, law.variance));
        // Of a share p with mean m and variance v: mean p m, variance p (v + m²) − p² m².
        let thinned = |&CellTime { cell, mean, variance }: &CellTime| {
            CellTime::new(cell, served * mean, served * (variance + mean * mean) - served * served * mean * mean)
        };
        parts.iter().map(thinned).collect()
    }

    fn form(&mut self, index: usize, former: usize) {
        let spec = &self.at.model.formers[former];
        let coming = self.at.asked.forming[former].max(self.own);
        let lacking = (spec.full.units() - self.body.size).max(0.0);
        let full = if coming > 0.0 { lacking / coming } else { f64::INFINITY };
        let most = spec.max_wait.map_or(f64::INFINITY, |wait| wait.ms() as f64);
        let wait = if full <= most {
            full / 2.0
        } else if most.is_finite() {
            let others = most * coming / self.body.size;
            most * (1.0 + others / 2.0) / (1.0 + others)
        } else {
            0.0
        };
        self.add(index, false, &[CellTime::new(spec.wait, wait, wait * wait / 3.0)]);
        let gathered = if most.is_finite() { self.body.size + coming * most } else { f64::INFINITY };
        self.body.size = spec.full.units().min(gathered);
    }

    fn line(&mut self, index: usize, line: usize, direction: usize, law: Draw) {
        let time = self.law(law).clone();
        let waits = self.at.line_waits(line, direction, Some(&time));
        self.add(index, false, &waits);
        let cell = self.at.model.lines[line].cells.running;
        self.add(index, true, &[CellTime::new(cell, time.mean(), time.variance())]);
    }

    fn board(&mut self, index: usize, leg: LegId) {
        let flow = &self.at.model.flows[self.program.flow.index()];
        let Some(crossing) = self.at.crossings.on(self.at.model, leg, flow.cargo) else { return };
        let cells = &self.at.model.legs[leg.index()];
        let behind = crossing.behind(flow.priority);
        let wait = CellTime::new(cells.wait, crossing.wait.0 + behind, crossing.wait.1 + behind * behind);
        self.add(index, false, &[wait, CellTime::new(cells.handling, crossing.loading, 0.0)]);
        let closed = CellTime::new(cells.closed, crossing.closed.wait(), crossing.closed.variance());
        let down = CellTime::new(cells.down, crossing.down.0, crossing.down.1);
        self.add(index, true, &[closed, down, CellTime::new(cells.sailing, crossing.sailing.0, crossing.sailing.1)]);
        let Some((wait_berth, handling, shut)) = self.landing(leg) else { return };
        self.nodes += 1;
        let taken = CellTime::new(wait_berth, crossing.berth, crossing.berth * crossing.berth);
        let shut = shut.map(|cell| CellTime::new(cell, crossing.berth_closed.wait(), crossing.berth_closed.variance()));
        let at_port: Vec<_> =
            [Some(taken), shut, Some(CellTime::new(handling, crossing.unloading, 0.0))].into_iter().flatten().collect();
        self.add(index, false, &at_port);
        self.nodes -= 1;
    }

    /// Where waiting for a berth, unloading, and waiting for a berth that is shut are booked at the end of a leg.
    fn landing(&self, leg: LegId) -> Option<(CellId, CellId, Option<CellId>)> {
        let fleets = self.at.model.fleets.iter();
        let mut calls = fleets.filter_map(|fleet| {
            let at = fleet.calls.iter().position(|call| call.leg == leg)?;
            let next = &fleet.calls[(at + 1) % fleet.calls.len()];
            let berth = next.berths.first().map(|berth| self.at.model.stations[berth.index()].cells.closed);
            Some((next.wait_berth, next.handling, berth))
        });
        calls.next()
    }
}
