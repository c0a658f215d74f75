//! Carrying a stream through its program, adding up what each step asks.

use std::collections::BTreeMap;

use super::crossing::Crossings;
use super::demand::Stream;
use super::queue::Queue;
use super::stations::{Body, PassageLaw, passage, passage_law, work};
use super::vessels;
use crate::ids::{CargoId, FormerId, LegId, PoolId, StationId};
use crate::model::{Draw, Giving, Model, Need, Station, Step};

/// How bodies come that a queue has spread out: variation of gaps, and how many together.
const SPREAD: (f64, f64) = (1.0, 1.0);

/// What all streams together ask, by index of the thing.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Stations: mean busy servers.
    pub(super) busy: Vec<f64>,
    /// Lines and directions: trains a millisecond.
    pub(super) trains: Vec<[f64; 2]>,
    /// Lines: mean trains running.
    pub(super) on_line: Vec<f64>,
    /// Pools: mean things taken or not yet free again.
    pub(super) in_use: Vec<f64>,
    /// Legs and cargoes: what boards.
    pub(super) boarding: Vec<Vec<Boarding>>,
    /// Stations: those served.
    pub(super) stations: Vec<Visits>,
    /// Lines and directions: trains that set out, each for one headway.
    pub(super) paths: Vec<[Visits; 2]>,
    /// Pools: bodies that take things, for as long as they or their turnaround keep them.
    pub(super) pools: Vec<Visits>,
    /// Formers: units a millisecond that come to each.
    pub(super) forming: Vec<f64>,
}

/// What boards vessels on a leg: of one cargo, or of all that a call of a fleet has, counted in its room.
#[derive(Clone, Debug, Default)]
pub(super) struct Boarding {
    /// Units a millisecond.
    pub(super) units: f64,
    /// Bodies a millisecond.
    pub(super) bodies: f64,
    /// By priority, first served first: units a millisecond, and the sum of the squares of the bodies' units.
    pub(super) classes: BTreeMap<u8, (f64, f64)>,
}

impl Boarding {
    fn add(&mut self, priority: u8, bodies: f64, size: f64) {
        self.units += bodies * size;
        self.bodies += bodies;
        let (units, squares) = self.classes.entry(priority).or_default();
        *units += bodies * size;
        *squares += bodies * size * size;
    }

    /// Adds a part of another, of which a unit takes so much room.
    pub(super) fn add_part(&mut self, other: &Self, (part, room): (f64, f64)) {
        self.units += part * other.units * room;
        self.bodies += part * other.bodies;
        for (priority, (units, squares)) in &other.classes {
            let own = self.classes.entry(*priority).or_default();
            own.0 += part * units * room;
            own.1 += part * squares * room * room;
        }
    }

    /// Mean units of a body.
    pub(super) fn size(&self) -> f64 {
        if self.bodies > 0.0 { self.units / self.bodies } else { 1.0 }
    }
}

/// Customers of a thing, by what streams bring together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Visits {
    rate: f64,
    /// The sum of the squares of the streams' rates.
    square_of_rates: f64,
    /// By rate: time, its square, servers held, variation of gaps, bodies that come together.
    time: f64,
    square: f64,
    servers: f64,
    gap_cv2: f64,
    together: f64,
}

impl Visits {
    fn add(&mut self, rate: f64, law: PassageLaw, (gap_cv2, together): (f64, f64)) {
        self.rate += rate;
        self.square_of_rates += rate * rate;
        self.time += rate * law.mean;
        self.square += rate * (law.variance + law.mean * law.mean);
        self.servers += rate * law.servers;
        self.gap_cv2 += rate * gap_cv2;
        self.together += rate * together;
    }

    /// The queue of them before servers of which a share is usable; repairs add to the variation of a service so much
    /// for each of its milliseconds.
    pub(super) fn queue(&self, servers: f64, usable: f64, repairs: f64) -> Queue {
        if self.rate <= 0.0 || self.time <= 0.0 {
            return Queue::poisson(servers.max(1.0), 0.0, 0.0, 0.0);
        }
        let mean = self.time / self.rate;
        let own_cv2 = (self.square / self.rate / (mean * mean) - 1.0).max(0.0);
        self.queue_of(
            (servers / (self.servers / self.rate)).max(1.0),
            mean / usable.max(f64::MIN_POSITIVE),
            own_cv2 + repairs / mean,
        )
    }

    /// The queue of them for services of one law.
    pub(super) fn queue_of(&self, servers: f64, mean: f64, service_cv2: f64) -> Queue {
        if self.rate <= 0.0 {
            return Queue::poisson(servers, 0.0, mean, service_cv2);
        }
        let load = (self.rate * mean / servers).min(1.0);
        // Whitt (1983): the more streams come together and the fuller the servers, the more they are like Poisson's.
        let streams = self.rate * self.rate / self.square_of_rates;
        let weight = 1.0 / (1.0 + 4.0 * (1.0 - load) * (1.0 - load) * (streams - 1.0));
        let arrival_cv2 = weight * self.gap_cv2 / self.rate + 1.0 - weight;
        Queue {
            arrival_cv2,
            together: self.together / self.rate,
            ..Queue::poisson(servers, self.rate, mean, service_cv2)
        }
    }
}

/// The share of bodies that have passed none of the stations that a station recognises.
pub(super) fn unknown(station: &Station, passed: &[f64; 64]) -> f64 {
    (0..64).filter(|bit| station.recognises >> bit & 1 == 1).map(|bit| 1.0 - passed[bit]).product()
}

/// Notes a passage for the stations that recognise it.
pub(super) fn note(station: &Station, unknown: f64, passed: &mut [f64; 64]) {
    if let Some(bit) = station.sets {
        let passed = &mut passed[usize::from(bit)];
        *passed += (1.0 - *passed) * (1.0 - unknown * (1.0 - station.share));
    }
}

/// The state of the walk over all streams.
pub(super) struct Walk<'m> {
    model: &'m Model,
    crossings: Option<&'m Crossings>,
    pub(super) asked: Asked,
}

/// A pool held since a moment of the stream's free-flow time.
struct Held {
    pool: PoolId,
    since: f64,
    things: f64,
}

/// Where a stream is in its program.
struct Position {
    stream: Stream,
    cargo: CargoId,
    priority: u8,
    body: Body,
    /// Free-flow time since the start, milliseconds.
    time: f64,
    held: Vec<Held>,
    /// By bit: share of the bodies that passed a station that sets it.
    passed: [f64; 64],
    homeward: Vec<Stream>,
    /// How bodies come: variation of gaps, and how many together.
    bursts: (f64, f64),
}

impl Position {
    fn bodies_per_ms(&self) -> f64 {
        self.stream.units_per_ms / self.body.size
    }

    fn take(&mut self, needs: &[Need]) {
        for need in needs {
            let things = need.per.map_or(1.0, |per| (self.body.size / per.units()).ceil().max(1.0));
            self.held.push(Held { pool: need.pool, since: self.time, things });
        }
    }
}

impl<'m> Walk<'m> {
    pub(super) fn new(model: &'m Model, streams: &[Stream], crossings: Option<&'m Crossings>) -> Self {
        let asked = Asked {
            busy: vec![0.0; model.stations.len()],
            trains: vec![[0.0; 2]; model.lines.len()],
            on_line: vec![0.0; model.lines.len()],
            in_use: vec![0.0; model.pools.len()],
            boarding: vec![vec![Boarding::default(); model.cargoes.len()]; model.legs.len()],
            stations: vec![Visits::default(); model.stations.len()],
            paths: vec![[Visits::default(); 2]; model.lines.len()],
            pools: vec![Visits::default(); model.pools.len()],
            forming: forming(model, streams),
        };
        Self { model, crossings, asked }
    }

    /// Adds what a stream asks; what it sends home as cargo comes back as streams.
    pub(super) fn carry(&mut self, stream: Stream) -> Vec<Stream> {
        let program = &self.model.programs[stream.program.index()];
        let flow = &self.model.flows[program.flow.index()];
        let (cargo, priority) = (flow.cargo, flow.priority);
        let body = Body { cargo: self.model.cargoes[cargo.index()], size: stream.size, shipment: stream.size };
        let (held, homeward) = (Vec::new(), Vec::new());
        let bursts = (stream.gap_cv2, stream.together);
        let mut at = Position { stream, cargo, priority, body, time: 0.0, held, passed: [0.0; 64], homeward, bursts };
        for step in &program.steps {
            self.step(step, &mut at);
        }
        self.give_rest(&mut at);
        self.fill(program.flow.index(), &at);
        at.homeward
    }

    fn step(&mut self, step: &Step, at: &mut Position) {
        match step {
            Step::Serve(visit) => at.time += self.visit(visit.station, at),
            Step::Together(visits) => {
                let times: Vec<f64> = visits.iter().map(|visit| self.visit(visit.station, at)).collect();
                at.time += times.into_iter().fold(0.0, f64::max);
            }
            Step::Take(needs) => at.take(needs),
            Step::Give(givings) => self.give(givings, at),
            Step::Form(former) => {
                at.body.size = self.train(*former, at);
                at.bursts = (at.body.shipment / at.body.size, 1.0);
            }
            Step::Break => at.body.size = at.body.size.min(at.body.shipment),
            Step::Line { line, direction, law } => {
                let (trains, time) = (at.bodies_per_ms(), self.law(*law));
                self.asked.trains[line.index()][usize::from(*direction)] += trains;
                self.asked.on_line[line.index()] += trains * time;
                let headway = self.model.lines[line.index()].headway.ms() as f64;
                let law = PassageLaw { mean: headway, variance: 0.0, servers: 1.0 };
                self.asked.paths[line.index()][usize::from(*direction)].add(trains, law, at.bursts);
                if headway > 0.0 {
                    at.bursts = SPREAD;
                }
                at.time += time;
            }
            Step::Run { law, .. } => at.time += self.law(*law),
            Step::Board(leg) => at.time += self.board(*leg, at),
            // Which shipments a vessel splits is not known here: block trains count as whole.
            Step::FormParts(_)
            | Step::Switch
            | Step::Arrive { .. }
            | Step::Enter(_)
            | Step::EnterOver(_)
            | Step::Leave(_)
            | Step::Deliver => {}
        }
    }

    fn law(&self, draw: Draw) -> f64 {
        self.model.laws[draw.law as usize].time.mean()
    }

    /// Mean time of a passage; those who are not served pass at once.
    fn visit(&mut self, station: StationId, at: &mut Position) -> f64 {
        let spec = &self.model.stations[station.index()];
        let unknown = unknown(spec, &at.passed);
        let served = unknown * spec.share * (1.0 - spec.advance);
        note(spec, unknown, &mut at.passed);
        let law = passage_law(spec, at.body);
        let thinned = (served * at.bursts.0 + 1.0 - served, 1.0 + served * (at.bursts.1 - 1.0));
        self.asked.stations[station.index()].add(at.bodies_per_ms() * served, law, thinned);
        if spec.servers.is_some() && law.mean > 0.0 && served > 0.0 {
            at.bursts = SPREAD;
        }
        self.asked.busy[station.index()] += at.bodies_per_ms() * served * work(spec, at.body);
        served * passage(spec, at.body)
    }

    fn give(&mut self, givings: &[Giving], at: &mut Position) {
        for giving in givings {
            let Some(found) = at.held.iter().position(|held| held.pool == giving.pool) else { continue };
            let held = at.held.swap_remove(found);
            self.hold(&held, at);
            if let Some(program) = giving.home {
                let units_per_ms = at.bodies_per_ms() * held.things;
                at.homeward.push(Stream::poisson(program, units_per_ms, held.things));
            }
        }
    }

    fn give_rest(&mut self, at: &mut Position) {
        for held in std::mem::take(&mut at.held) {
            self.hold(&held, at);
        }
    }

    /// Time held and time until free again; the way home as cargo is added by [`fill`](Self::fill).
    fn hold(&mut self, held: &Held, at: &Position) {
        let pool = &self.model.pools[held.pool.index()];
        let home = pool.home.as_ref().map_or(0.0, crate::random::Distribution::mean);
        let time = at.time - held.since + pool.turnaround.mean() + home;
        self.asked.in_use[held.pool.index()] += at.bodies_per_ms() * held.things * time;
        let law = PassageLaw { mean: time, variance: 0.0, servers: held.things };
        self.asked.pools[held.pool.index()].add(at.bodies_per_ms(), law, SPREAD);
    }

    /// Things on their way home as cargo are in use until they arrive.
    fn fill(&mut self, flow: usize, at: &Position) {
        if let Some(pool) = self.model.flows[flow].fills {
            self.asked.in_use[pool.index()] += at.stream.units_per_ms * at.time;
        }
    }

    fn board(&mut self, leg: LegId, at: &mut Position) -> f64 {
        let boarding = &mut self.asked.boarding[leg.index()][at.cargo.index()];
        boarding.add(at.priority, at.bodies_per_ms(), at.body.size);
        let landed =
            self.crossings.map_or(1.0, |crossings| crossings.landed(self.model, leg, (at.cargo, at.bodies_per_ms())));
        at.bursts = (1.0, landed);
        vessels::crossing_ms(self.model, leg, at.cargo, at.body)
    }

    /// Size of a train: full, or what comes within the longest wait of the first.
    fn train(&self, former: FormerId, at: &Position) -> f64 {
        let spec = &self.model.formers[former.index()];
        let coming = self.asked.forming[former.index()];
        let gathered = spec.max_wait.map_or(f64::INFINITY, |wait| at.body.size + coming * wait.ms() as f64);
        spec.full.units().min(gathered)
    }
}

/// Units a millisecond that come to each former.
fn forming(model: &Model, streams: &[Stream]) -> Vec<f64> {
    let mut rates = vec![0.0; model.formers.len()];
    for stream in streams {
        for step in &model.programs[stream.program.index()].steps {
            if let Step::Form(former) = step {
                rates[former.index()] += stream.units_per_ms;
            }
        }
    }
    rates
}
