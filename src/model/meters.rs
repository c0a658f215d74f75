//! Where the use of things is read, for what is charged by how long, how far or how often they are used.
//!
//! The engine reads uses and knows no prices. A meter is read for a unit of each shipment; a due counts the uses of vessels.

use std::ops::Range;

use super::program::{Need, Step};
use super::{Fleet, Lot, Model};
use crate::ids::{CargoId, DueId, LegId, MeterId, PoolId, ProgramId, StationId, StorageId};
use crate::units::MS_PER_DAY;

/// Which uses of which things are read.
#[derive(Clone, Debug, Default)]
pub struct Meters {
    /// By pool: days for which things are held, times the things that a unit has.
    pub hired: Vec<Option<MeterId>>,
    /// By pool: days for which a unit has things.
    pub held: Vec<Option<MeterId>>,
    /// By pool: kilometres over which things are held, times the things that a unit has.
    pub driven: Vec<Option<MeterId>>,
    /// By storage: days of a stay beyond those that cost nothing.
    pub stored: Vec<Option<MeterId>>,
    /// By station that is a berth: times that a unit is loaded or unloaded there.
    pub landed: Vec<Option<MeterId>>,
    /// By station: vessels served.
    pub called: Vec<Option<DueId>>,
    /// By station that is a berth: days for which vessels have it.
    pub alongside: Vec<Option<DueId>>,
    /// By program and step: kilometres of the link; empty where no meter asks for them.
    pub kilometres: Vec<Vec<f64>>,
    /// Number of meters.
    pub number: usize,
    /// Number of dues.
    pub dues: usize,
}

/// How long a unit takes on a route.
#[derive(Clone, Copy)]
pub struct Times<'a> {
    /// Days in a range of steps.
    pub days: &'a dyn Fn(Range<usize>) -> f64,
    /// Days for which it waits for a vessel at a step, its boarding.
    pub until_boarding: &'a dyn Fn(usize) -> f64,
}

/// What a meter is expected to read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Which.
    pub meter: MeterId,
    /// Its reading for a unit.
    pub reading: f64,
}

/// What vessels are expected to owe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Owed {
    /// Which due.
    pub due: DueId,
    /// How much of it falls to a unit aboard.
    pub per_unit: f64,
}

impl Meters {
    /// The expected readings for a unit in shipments of a mean size, if its route takes such times.
    pub fn expected(&self, model: &Model, program: ProgramId, size: f64, times: Times<'_>) -> Vec<Expected> {
        let mut going = Going { meters: self, model, program, size, body: size, times, found: Vec::new() };
        for (at, step) in model.programs[program.index()].steps.iter().enumerate() {
            going.step(at, step);
        }
        going.found
    }

    /// What the vessels of a fleet owe in a round, for a unit of a cargo of which they are full on every leg that has cargo.
    pub fn owed(&self, model: &Model, fleet: usize, cargo: CargoId) -> Vec<Owed> {
        let fleet = &model.fleets[fleet];
        let room = fleet.vessels.first().map_or(0.0, |_| fleet.room_of(0, cargo, model.cargoes[cargo.index()]).units());
        let loads = fleet.calls.iter().filter(|call| call.ever_loads).count();
        let units = room * loads as f64;
        if units <= 0.0 || self.dues == 0 {
            return Vec::new();
        }
        let mut sums = vec![0.0; self.dues];
        let days = days_alongside(model, fleet, cargo, room);
        for call in &fleet.calls {
            let passed = call.stations.iter().chain(&call.moors).chain(&call.departs).map(|&station| (station, 1.0));
            let berths = call.berths.iter().map(|&berth| (berth, 1.0 / call.berths.len() as f64));
            for (station, share) in passed.chain(berths) {
                self.owe(&mut sums, station, share, days);
            }
        }
        let owed = sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0.0);
        owed.map(|(due, sum)| Owed { due: DueId::new(due), per_unit: sum / units }).collect()
    }

    /// Whether it is read for how long things of a pool are held.
    #[inline]
    pub fn reads_hire(&self, pool: PoolId) -> bool {
        self.hired[pool.index()].is_some() || self.held[pool.index()].is_some()
    }

    fn owe(&self, sums: &mut [f64], station: StationId, share: f64, days: f64) {
        if let Some(due) = self.called[station.index()] {
            sums[due.index()] += share;
        }
        if let Some(due) = self.alongside[station.index()] {
            sums[due.index()] += share * days;
        }
    }
}

/// Mean days of a call in which full vessels are unloaded and loaded on the legs that have cargo.
fn days_alongside(model: &Model, fleet: &Fleet, cargo: CargoId, units: f64) -> f64 {
    let kg = units * model.cargoes[cargo.index()].mass_per_unit.kg() as f64;
    let lot = Lot { size: units, kg };
    let loads = (0..fleet.calls.len()).filter(|&call| fleet.calls[call].ever_loads);
    let handling: f64 = loads.map(|call| fleet.berth_ms(call, cargo, lot)).sum();
    handling / fleet.calls.len() as f64 / MS_PER_DAY as f64
}

/// A unit on its route.
struct Going<'a> {
    meters: &'a Meters,
    model: &'a Model,
    program: ProgramId,
    /// Of a shipment, and of what it moves in.
    size: f64,
    body: f64,
    times: Times<'a>,
    found: Vec<Expected>,
}

impl Going<'_> {
    fn steps(&self) -> &[Step] {
        &self.model.programs[self.program.index()].steps
    }

    fn step(&mut self, at: usize, step: &Step) {
        match step {
            Step::Form(former) => self.body = self.model.formers[former.index()].full.units().max(self.size),
            Step::Break => self.body = self.size,
            Step::Cut(most) => {
                self.size = self.size.min(most.units());
                self.body = self.body.min(self.size);
            }
            Step::Take(needs) => needs.iter().for_each(|need| self.hold(at, need)),
            Step::Enter(storage) | Step::EnterOver(storage) => self.stay(at, *storage),
            Step::Board(leg) => self.board(*leg),
            _ => {}
        }
    }

    fn add(&mut self, meter: Option<MeterId>, reading: f64) {
        if let Some(meter) = meter.filter(|_| reading > 0.0) {
            self.found.push(Expected { meter, reading });
        }
    }

    fn hold(&mut self, at: usize, need: &Need) {
        let gives = |step: &Step| matches!(step, Step::Give(all) if all.iter().any(|giving| giving.pool == need.pool));
        let held = at + 1..self.end(at, gives);
        let things = need.per.map_or(1.0, |per| (self.body / per.units()).ceil().max(1.0)) / self.body;
        let km: f64 = self.kilometres(held.clone());
        let (days, pool) = ((self.times.days)(held), need.pool.index());
        self.add(self.meters.hired[pool], things * days);
        self.add(self.meters.held[pool], days);
        self.add(self.meters.driven[pool], things * km);
    }

    /// The step, behind another, that ends something; or the end of all.
    fn end(&self, at: usize, ends: impl Fn(&Step) -> bool) -> usize {
        let steps = self.steps();
        steps[at..].iter().position(ends).map_or(steps.len(), |further| at + further)
    }

    fn kilometres(&self, steps: Range<usize>) -> f64 {
        self.meters.kilometres.get(self.program.index()).map_or(0.0, |km| km[steps].iter().sum())
    }

    fn stay(&mut self, at: usize, storage: StorageId) {
        let end = self.end(at, |step| matches!(step, Step::Board(_)) || *step == Step::Leave(storage));
        let boards = matches!(self.steps().get(end), Some(Step::Board(_)));
        let wait = if boards { (self.times.until_boarding)(end) } else { 0.0 };
        let free = self.model.storages[storage.index()].free_time.days();
        self.add(self.meters.stored[storage.index()], (self.times.days)(at..end) + wait - free);
    }

    /// Over the quays at both ends, of all fleets and berths alike.
    fn board(&mut self, leg: LegId) {
        let cargo = self.model.flows[self.model.programs[self.program.index()].flow.index()].cargo;
        let carriers = self.model.fleets.iter().filter(|fleet| fleet.room_per_milli[cargo.index()] > 0);
        let calls = |fleet: &'_ Fleet| fleet.calls.iter().position(|call| call.leg == leg);
        let sailed: Vec<(&Fleet, usize)> = carriers.filter_map(|fleet| Some((fleet, calls(fleet)?))).collect();
        let share = 1.0 / sailed.len().max(1) as f64;
        for (fleet, call) in sailed {
            for call in [call, (call + 1) % fleet.calls.len()] {
                let berths = &fleet.calls[call].berths;
                for berth in berths {
                    self.add(self.meters.landed[berth.index()], share / berths.len() as f64);
                }
            }
        }
    }
}
