//! A vessel's call: stations, berth, unloading.

use std::collections::BTreeMap;

use super::visit::{DEPARTS, MOORS, UNLOADS};
use super::{Here, Phase, Trade};
use crate::engine::event::Event;
use crate::engine::observer::{Fact, Note, Observer};
use crate::engine::outcome::Segment;
use crate::engine::state::station::Spent;
use crate::engine::world::World;
use crate::ids::{CargoId, CellId, StationId};
use crate::model::{BerthTime, Call, Fleet, Step};
use crate::random::Entity;
use crate::units::{Duration, Load, Mass, SimTime, Size};

impl<'p, O: Observer> World<'p, O> {
    pub(in crate::engine) fn begin_vessels(&mut self) {
        for fleet in 0..self.model.fleets.len() {
            self.begin_timetables(fleet);
            for ordinal in 0..self.model.fleets[fleet].in_service {
                self.enter_service(self.fleets[fleet].first + ordinal);
            }
        }
        (0..self.model.visits.len()).for_each(|visit| self.schedule_ship(visit));
    }

    /// Puts a vessel into service at its starting port.
    fn enter_service(&mut self, vessel: u32) {
        let state = &self.vessels[vessel as usize];
        let fleet = &self.model.fleets[state.fleet.index()];
        self.vessels[vessel as usize].call = fleet.vessels[state.ordinal as usize].start;
        self.schedule_vessel_failure(vessel);
        self.call_begins(vessel);
    }

    #[inline]
    pub(super) fn fleet_of(&self, vessel: u32) -> &'p Fleet {
        self.model.carrier(self.vessels[vessel as usize].fleet)
    }

    #[inline]
    pub(super) fn here(&self, vessel: u32) -> Here<'p> {
        let state = &self.vessels[vessel as usize];
        let fleet = self.model.carrier(state.fleet);
        Here { fleet, call: &fleet.calls[state.call] }
    }

    #[inline]
    pub(super) fn call_of(&self, vessel: u32) -> &'p Call {
        self.here(vessel).call
    }

    /// The identity of the present voyage.
    #[inline]
    pub(super) fn voyage(&self, vessel: u32) -> Entity {
        let state = &self.vessels[vessel as usize];
        self.model.carrier(state.fleet).vessels[state.ordinal as usize].entity.voyage(state.voyage)
    }

    /// Changes phase; the time in the last one is counted.
    #[inline]
    pub(super) fn enter_phase(&mut self, vessel: u32, phase: Phase) {
        self.count_phase(vessel);
        self.vessels[vessel as usize].phase = phase;
    }

    /// Counts the time in the present phase up to now.
    #[inline]
    pub(in crate::engine) fn count_phase(&mut self, vessel: u32) {
        // Most phases end when they begin.
        if self.vessels[vessel as usize].phase_since != self.now {
            self.count_time_in_phase(vessel);
        }
    }

    // Seldom needed. Not inlined, so that the test before it can be.
    #[inline(never)]
    fn count_time_in_phase(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        let time = state.in_phase(self.now);
        let tally = &mut self.account.outcome.fleets[state.fleet.index()];
        match state.phase {
            Phase::Sailing => tally.at_sea += time,
            Phase::Calling(_) | Phase::Berthing => tally.waiting += time,
            Phase::Mooring(_) | Phase::Unloading | Phase::Leaving(_) => tally.at_berth += time,
            Phase::Loading => {
                let loading = state.loading(self.now);
                tally.at_berth += time;
                tally.loading += loading;
                tally.for_cargo += time - loading;
            }
            Phase::Held => tally.held += time,
            Phase::Down => tally.down += time,
            Phase::Laid => {}
        }
        state.phase_since = self.now;
    }

    /// A vessel is at a port: its cargo is at the node.
    pub(super) fn call_begins(&mut self, vessel: u32) {
        let call = self.call_of(vessel);
        self.vessels[vessel as usize].called = self.now;
        let state = &self.vessels[vessel as usize];
        self.note_vessel(Fact::Called(state.fleet, state.call as u32), vessel, state.size);
        self.book_cargo(vessel);
        for index in 0..self.vessels[vessel as usize].cargo.len() {
            let aboard = self.vessels[vessel as usize].cargo[index];
            let program = self.program_of(aboard.shipment);
            self.member_arrives(program, aboard.shipment, None, call.node, aboard.step + 1);
        }
        self.enter_phase(vessel, Phase::Calling(0));
        self.next_station(vessel, 0);
    }

    fn next_station(&mut self, vessel: u32, done: u32) {
        let call = self.call_of(vessel);
        self.vessels[vessel as usize].phase = Phase::Calling(done);
        if let Some(&station) = call.stations.get(done as usize) {
            return self.join_station(vessel, call, station, u64::from(done));
        }
        self.enter_phase(vessel, Phase::Berthing);
        match self.choose_station(&call.berths) {
            Some(berth) => self.join_station(vessel, call, berth, 0),
            None => self.moor(vessel, 0),
        }
    }

    /// Joins the queue of a station of a call; its visits to stations of one name are numbered.
    fn join_station(&mut self, vessel: u32, call: &Call, station: StationId, number: u64) {
        let entity = Entity::visit(self.voyage(vessel), call.node_stream, number);
        self.vessel_joins(vessel, station, entity);
    }

    /// Passes the stations that bring the vessel to its berth, then unloads.
    fn moor(&mut self, vessel: u32, done: u32) {
        let call = self.call_of(vessel);
        let Some(&station) = call.moors.get(done as usize) else { return self.unload(vessel) };
        self.enter_phase(vessel, Phase::Mooring(done));
        self.join_station(vessel, call, station, MOORS + u64::from(done));
    }

    /// Passes the stations of the departure with the berth held, then leaves it.
    pub(super) fn cast_off(&mut self, vessel: u32, done: u32) {
        let call = self.call_of(vessel);
        let Some(&station) = call.departs.get(done as usize) else { return self.leave_berth(vessel) };
        self.enter_phase(vessel, Phase::Leaving(done));
        self.join_station(vessel, call, station, DEPARTS + u64::from(done));
    }

    /// The first station with a free server, else the one with the shortest queue.
    pub(super) fn choose_station(&self, berths: &[StationId]) -> Option<StationId> {
        let free = berths.iter().find(|&&berth| self.has_free_server(berth));
        free.or_else(|| berths.iter().min_by_key(|berth| self.stations[berth.index()].queue.len())).copied()
    }

    /// A station is behind the vessel.
    pub(in crate::engine) fn vessel_served(&mut self, vessel: u32, station: StationId, server: u32, spent: Spent) {
        let cells = self.model.stations[station.index()].cells;
        let phase = self.vessels[vessel as usize].phase;
        let is_outside = matches!(phase, Phase::Calling(_) | Phase::Berthing);
        let wait = if is_outside { self.call_of(vessel).wait_berth } else { cells.wait };
        let parts = [
            (wait, spent.wait),
            (cells.closed, spent.hindered.closed),
            (cells.hours, spent.hindered.hours),
            (cells.down, spent.hindered.down + spent.interrupted),
            (cells.service, spent.service),
        ];
        self.log_parts(vessel, &parts);
        self.read_call(vessel, station);
        match phase {
            Phase::Calling(done) => self.next_station(vessel, done + 1),
            Phase::Mooring(done) => self.moor(vessel, done + 1),
            Phase::Leaving(done) => self.cast_off(vessel, done + 1),
            Phase::Unloading => self.unloaded(vessel),
            Phase::Loading => self.lifted(vessel),
            _ => {
                let state = &mut self.vessels[vessel as usize];
                state.berth = Some((station, server));
                state.moored = SimTime::from_ms(self.now.ms() - spent.service.ms());
                self.moor(vessel, 0);
            }
        }
    }

    /// Logs parts of the time since the last entry; they add up to it.
    fn log_parts(&mut self, vessel: u32, parts: &[(CellId, Duration)]) {
        let state = &mut self.vessels[vessel as usize];
        let mut at = self.now;
        for &(_, time) in parts {
            at = at.before(time);
        }
        for &(cell, time) in parts {
            at = at.after(time);
            state.passed(cell, at);
        }
    }

    fn unload(&mut self, vessel: u32) {
        self.enter_phase(vessel, Phase::Unloading);
        let state = &self.vessels[vessel as usize];
        let is_idle = state.cargo.is_empty() && state.trade == Trade::Carries;
        if !is_idle && !self.call_of(vessel).cranes.is_empty() {
            return self.lift(vessel, state.load(), UNLOADS);
        }
        let time = if is_idle { Duration::ZERO } else { self.unloading_time(vessel) };
        if time == Duration::ZERO {
            return self.unloaded(vessel);
        }
        self.schedule_vessel(vessel, self.now.after(time));
    }

    /// Of all that is aboard; where each kind has its own law, one after the other.
    fn unloading_time(&self, vessel: u32) -> Duration {
        let (law, state) = (&self.call_of(vessel).unload, &self.vessels[vessel as usize]);
        if !matches!(law, BerthTime::ByCargo(_)) {
            return self.berth_time(vessel, law, state.load(), 1);
        }
        let mut kinds: BTreeMap<CargoId, Load> = BTreeMap::new();
        for aboard in &state.cargo {
            let ship = &self.bodies[aboard.shipment];
            *kinds.entry(self.model.flows[ship.flow.index()].cargo).or_default() += ship.load();
        }
        kinds.into_iter().map(|(cargo, load)| self.berth_time(vessel, law.of(cargo), load, 1)).sum()
    }

    /// Loading (kind 0) or unloading (kind 1) time of an amount of one kind, or of all where all have one law.
    pub(super) fn berth_time(&self, vessel: u32, law: &BerthTime, load: Load, kind: u64) -> Duration {
        match law {
            BerthTime::None | BerthTime::ByCargo(_) => Duration::ZERO,
            BerthTime::PerCall(law) => {
                let draw = law.time.draw_at(&self.random, law.stream, self.voyage(vessel), kind * 64);
                Duration::from_real_ms(draw)
            }
            BerthTime::Rate { setup, ms_per_milli, ms_per_kg } => {
                let work = load.size.milli() as f64 * ms_per_milli + load.mass.kg() as f64 * ms_per_kg;
                Duration::from_real_ms(setup + work)
            }
        }
    }

    /// The vessel's next moment; earlier ones that are still scheduled no longer count.
    pub(super) fn schedule_vessel(&mut self, vessel: u32, time: SimTime) {
        let state = &mut self.vessels[vessel as usize];
        if state.due == Some(time) {
            return;
        }
        state.due = Some(time);
        state.generation += 1;
        let generation = state.generation;
        self.events.schedule(time, Event::Vessel { vessel, generation });
    }

    pub(in crate::engine) fn vessel_event(&mut self, vessel: u32, generation: u32) {
        if self.vessels[vessel as usize].generation != generation {
            return;
        }
        self.vessels[vessel as usize].due = None;
        match self.vessels[vessel as usize].phase {
            Phase::Unloading => self.unloaded(vessel),
            Phase::Loading => self.look_whether_ready(vessel),
            Phase::Down => self.repaired(vessel),
            Phase::Sailing => self.landfall(vessel),
            Phase::Laid | Phase::Calling(_) | Phase::Berthing | Phase::Mooring(_) | Phase::Leaving(_) | Phase::Held => {
            }
        }
    }

    /// The whole cargo is ashore and goes on, in order of boarding; then the vessel is open for cargo.
    fn unloaded(&mut self, vessel: u32) {
        if self.vessels[vessel as usize].trade == Trade::Visits {
            return self.cast_off(vessel, 0);
        }
        let handling = self.call_of(vessel).handling;
        self.vessels[vessel as usize].passed(handling, self.now);
        self.book_cargo(vessel);
        let state = &mut self.vessels[vessel as usize];
        let (fleet, call) = (state.fleet, state.call as u32);
        let mut cargo = std::mem::take(&mut state.cargo);
        let (sailed, size) = (state.set_sail, state.size);
        let berth = state.berth.map(|(station, _)| station);
        (state.room, state.mass, state.size) = (0, Mass::ZERO, Size::ZERO);
        if !cargo.is_empty() {
            self.note_vessel(Fact::Unloaded(fleet, call), vessel, size);
        }
        for aboard in &cargo {
            self.count_crossing(aboard.shipment, aboard.step, sailed);
            self.read_quay(aboard.shipment, berth);
            self.move_alone(aboard.shipment, aboard.step + 2);
            self.proceed(aboard.shipment);
        }
        cargo.clear();
        self.vessels[vessel as usize].cargo = cargo;
        self.open_for_cargo(vessel);
    }

    fn count_crossing(&mut self, shipment: u32, step: u32, sailed: SimTime) {
        let ship = &self.bodies[shipment];
        let program = &self.model.programs[ship.program.index()];
        if let (true, Step::Board(leg)) = (ship.in_cohort, &program.steps[step as usize]) {
            let crossing = (ship.flow, self.now.since(sailed), ship.mass, ship.size);
            self.account.outcome.legs[leg.index()].crossings.push(crossing);
        }
    }

    /// Books what passed since the last booking to everything aboard.
    pub(super) fn book_cargo(&mut self, vessel: u32) {
        let now = self.now;
        for index in 0..self.vessels[vessel as usize].cargo.len() {
            let state = &mut self.vessels[vessel as usize];
            let aboard = state.cargo[index];
            state.cargo[index].since = now;
            let tape = &mut self.bodies[aboard.shipment].tape;
            let before = tape.len();
            state.stretch(aboard.since, tape);
            if O::LISTENS {
                self.note_passage(vessel, aboard.shipment, before);
            }
        }
        self.vessels[vessel as usize].log.clear();
    }

    /// Tells what was booked to a shipment aboard.
    fn note_passage(&mut self, vessel: u32, shipment: u32, from: usize) {
        let carrier = Some(self.vessels[vessel as usize].name());
        for at in from..self.bodies[shipment].tape.len() {
            let Segment { cell, time } = self.bodies[shipment].tape[at];
            self.note_of(Fact::Booked(cell, time), shipment, carrier);
        }
    }

    /// Tells a fact about a vessel with so much aboard.
    pub(super) fn note_vessel(&mut self, fact: Fact, vessel: u32, size: Size) {
        if O::LISTENS {
            let carrier = Some(self.vessels[vessel as usize].name());
            self.observer.note(Note { time: self.now, fact, shipment: None, carrier, size, mass: Mass::ZERO });
        }
    }

    /// Takes over the numbers of vessels of a new parameter set: more at once, fewer when next empty.
    pub(in crate::engine) fn resize_fleets(&mut self) {
        for fleet in 0..self.model.fleets.len() {
            for ordinal in 0..self.model.fleets[fleet].in_service {
                let vessel = self.fleets[fleet].first + ordinal;
                if self.vessels[vessel as usize].phase == Phase::Laid {
                    self.enter_service(vessel);
                }
            }
            let first = self.fleets[fleet].first;
            let surplus = self.model.fleets[fleet].in_service..self.model.fleets[fleet].vessels.len() as u32;
            for vessel in surplus.map(|ordinal| first + ordinal) {
                let state = &self.vessels[vessel as usize];
                if state.phase == Phase::Loading && state.cargo.is_empty() {
                    self.lay_up(vessel);
                }
            }
        }
    }
}
