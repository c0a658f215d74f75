//! Carrying a stream through its program, adding up what each step asks.

use super::asked::{Asked, Boarding, Coming, PassageLaw, Visits};
use super::crossing::Crossings;
use super::demand::Stream;
use super::stations::{Body, passage, passage_law, work};
use super::vessels;
use crate::ids::{CargoId, FormerId, LegId, PoolId, StationId};
use crate::model::{Draw, Giving, Model, Need, Station, Step};

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
    coming: Coming,
}

impl Position {
    fn bodies_per_ms(&self) -> f64 {
        self.stream.units_per_ms / self.body.size
    }

    /// Goes on in vehicles, which come together.
    fn cut(&mut self, most: f64) {
        let vehicles = self.body.cut(most);
        self.held.iter_mut().for_each(|held| held.things /= vehicles);
        self.coming.together *= vehicles;
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
        let coming = stream.coming;
        let mut at = Position { stream, cargo, priority, body, time: 0.0, held, passed: [0.0; 64], homeward, coming };
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
                at.coming = Coming { gap_cv2: at.body.shipment / at.body.size, together: 1.0 };
            }
            Step::Break => at.body.size = at.body.size.min(at.body.shipment),
            Step::Cut(most) => at.cut(most.units()),
            Step::Line { line, direction, law } => {
                let (trains, time) = (at.bodies_per_ms(), self.law(*law));
                self.asked.trains[line.index()][usize::from(*direction)] += trains;
                self.asked.on_line[line.index()] += trains * time;
                let headway = self.model.lines[line.index()].headway.ms() as f64;
                let law = PassageLaw { mean: headway, variance: 0.0, servers: 1.0 };
                self.asked.paths[line.index()][usize::from(*direction)].add(trains, law, at.coming);
                if headway > 0.0 {
                    at.coming = Coming::SPREAD;
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
        self.asked.stations[station.index()].add(at.bodies_per_ms() * served, law, at.coming.thinned(served));
        if spec.servers.is_some() && law.mean > 0.0 && served > 0.0 {
            at.coming = Coming::SPREAD;
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
        self.asked.pools[held.pool.index()].add(at.bodies_per_ms(), law, Coming::SPREAD);
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
        let landed = |crossings: &Crossings| crossings.landed(self.model, leg, at.cargo, at.bodies_per_ms());
        at.coming = Coming { gap_cv2: 1.0, together: self.crossings.map_or(1.0, landed) };
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
