//! A vessel's call: stations, berth, unloading.

use std::collections::BTreeMap;

use super::ledger::Ledger;
use super::visit::{DEPARTS, MOORS, UNLOADS};
use super::{Aboard, Here, Phase, Trade, VesselState};
use crate::engine::event::Event;
use crate::engine::event_list::EventList;
use crate::engine::observer::{Fact, Note, Observer};
use crate::engine::outcome::Segment;
use crate::engine::slab::Slab;
use crate::engine::state::body::Body;
use crate::engine::state::customer::Spent;
use crate::engine::world::World;
use crate::ids::{CargoId, CellId, NodeId, StationId};
use crate::model::{BerthTime, Call, StationCells};
use crate::random::{Entity, RandomNumbers};
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
        let state = &mut self.vessels[vessel as usize];
        let start = state.hull().start;
        state.turn_to(start, self.model);
        state.begin_voyage(state.voyage);
        self.schedule_vessel_failure(vessel);
        self.call_begins(vessel);
    }

    #[inline]
    pub(super) fn here(&self, vessel: u32) -> Here<'p> {
        self.vessels[vessel as usize].here
    }

    /// Changes phase; the time in the last one is counted.
    #[inline]
    pub(super) fn enter_phase(&mut self, vessel: u32, phase: Phase) {
        self.vessels[vessel as usize].enter(phase, self.now, &mut self.account.outcome.fleets);
    }

    /// Counts the time in the present phase up to now.
    #[inline]
    pub(in crate::engine) fn count_phase(&mut self, vessel: u32) {
        self.vessels[vessel as usize].count_phase(self.now, &mut self.account.outcome.fleets);
    }

    /// A vessel is at a port: its cargo is at the node.
    pub(super) fn call_begins(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        state.called = self.now;
        let (call, is_empty) = (state.here.call, state.cargo.is_empty());
        if O::LISTENS {
            let (fact, size) = (Fact::Called(state.fleet, state.call as u32), state.size);
            self.note_vessel(fact, vessel, size);
            self.book_cargo(vessel);
        }
        if !is_empty {
            self.cargo_arrives(vessel, call.node);
        }
        self.next_station(vessel, call, 0);
    }

    /// The cargo of a vessel is at a node. What passed at sea is booked to it when it is ashore, unless section clocks ask for it.
    #[inline(never)]
    fn cargo_arrives(&mut self, vessel: u32, node: NodeId) {
        let mut cargo = std::mem::take(&mut self.vessels[vessel as usize].cargo);
        for aboard in &mut cargo {
            let (shipment, step) = (aboard.shipment, aboard.step + 1);
            let program = self.program_of(shipment);
            if !program.marks_at(step).is_empty() {
                aboard.book(&mut self.vessels[vessel as usize].ledger, &mut self.bodies, self.now);
            }
            self.member_arrives(program, shipment, None, node, step);
        }
        self.vessels[vessel as usize].cargo = cargo;
    }

    fn next_station(&mut self, vessel: u32, call: &Call, done: u32) {
        if let Some(&station) = call.stations.get(done as usize) {
            return self.pass_station(vessel, Phase::Calling(done), station, u64::from(done));
        }
        match self.choose_station(&call.berths) {
            Some(berth) => self.pass_station(vessel, Phase::Berthing, berth, 0),
            None => self.moor(vessel, 0),
        }
    }

    /// Joins the queue of a station of a call; its visits to stations of one name are numbered.
    #[inline(never)]
    fn pass_station(&mut self, vessel: u32, phase: Phase, station: StationId, number: u64) {
        let state = &mut self.vessels[vessel as usize];
        state.enter(phase, self.now, &mut self.account.outcome.fleets);
        let entity = Entity::visit(state.identity, state.here.call.node_stream, number);
        let load = state.load();
        self.vessel_joins(vessel, station, entity, load);
    }

    /// Passes the stations that bring the vessel to its berth, then unloads.
    #[expect(clippy::inline_always, reason = "what follows the service at a berth")]
    #[inline(always)]
    fn moor(&mut self, vessel: u32, done: u32) {
        let state = &mut self.vessels[vessel as usize];
        let call = state.here.call;
        if let Some(&station) = call.moors.get(done as usize) {
            return self.pass_station(vessel, Phase::Mooring(done), station, MOORS + u64::from(done));
        }
        state.enter(Phase::Unloading, self.now, &mut self.account.outcome.fleets);
        if state.cargo.is_empty() && state.trade == Trade::Carries {
            return self.open_for_cargo(vessel);
        }
        let load = state.load();
        if !call.cranes.is_empty() {
            return self.lift(vessel, load, UNLOADS);
        }
        let time = match &call.unload {
            BerthTime::ByCargo(laws) => self.time_by_cargo(vessel, laws),
            law => state.berth_time(&self.random, law, load, 1),
        };
        if time == Duration::ZERO {
            return self.unloaded(vessel);
        }
        self.schedule_vessel(vessel, self.now.after(time));
    }

    /// Passes the stations of the departure with the berth held, then leaves it.
    #[inline(never)]
    pub(super) fn cast_off(&mut self, vessel: u32, done: u32) {
        match self.here(vessel).call.departs.get(done as usize) {
            Some(&station) => self.pass_station(vessel, Phase::Leaving(done), station, DEPARTS + u64::from(done)),
            None => self.leave_berth(vessel),
        }
    }

    /// The first station with a free server, else the one with the shortest queue.
    #[inline]
    pub(super) fn choose_station(&self, berths: &[StationId]) -> Option<StationId> {
        if let [only] = berths { Some(*only) } else { self.choose_of_several(berths) }
    }

    #[inline(never)]
    fn choose_of_several(&self, berths: &[StationId]) -> Option<StationId> {
        let free = berths.iter().find(|&&berth| self.has_free_server(berth));
        free.or_else(|| berths.iter().min_by_key(|berth| self.stations[berth.index()].queue.len())).copied()
    }

    /// A station is behind the vessel.
    #[expect(clippy::inline_always, reason = "what a service of a vessel is for")]
    #[inline(always)]
    pub(in crate::engine) fn vessel_served(&mut self, vessel: u32, station: StationId, server: u32, spent: &Spent) {
        let state = &mut self.vessels[vessel as usize];
        let (phase, call) = (state.phase, state.here.call);
        if !state.cargo.is_empty() {
            state.log_station(&self.model.stations[station.index()].cells, spent, self.now);
        }
        self.read_call(vessel, station);
        let moored = match phase {
            Phase::Calling(done) => return self.next_station(vessel, call, done + 1),
            Phase::Leaving(done) => return self.cast_off(vessel, done + 1),
            Phase::Unloading => return self.unloaded(vessel),
            Phase::Loading => return self.lifted(vessel),
            Phase::Mooring(done) => done + 1,
            _ => {
                let state = &mut self.vessels[vessel as usize];
                state.berth = Some((station, server));
                state.moored = SimTime::from_ms(self.now.ms() - spent.service.ms());
                0
            }
        };
        self.moor(vessel, moored);
    }

    /// Time to unload all that is aboard where each kind has its own law: one after the other.
    #[inline(never)]
    fn time_by_cargo(&self, vessel: u32, laws: &[BerthTime]) -> Duration {
        let state = &self.vessels[vessel as usize];
        let mut kinds: BTreeMap<CargoId, Load> = BTreeMap::new();
        for aboard in &state.cargo {
            let ship = &self.bodies[aboard.shipment];
            *kinds.entry(self.model.flows[ship.flow.index()].cargo).or_default() += ship.load();
        }
        let time = |(cargo, load): (CargoId, Load)| state.berth_time(&self.random, &laws[cargo.index()], load, 1);
        kinds.into_iter().map(time).sum()
    }

    /// The vessel's next moment; earlier ones that are still scheduled no longer count.
    pub(super) fn schedule_vessel(&mut self, vessel: u32, time: SimTime) {
        self.vessels[vessel as usize].expect(vessel, time, &mut self.events);
    }

    pub(in crate::engine) fn vessel_event(&mut self, vessel: u32, generation: u32) {
        let state = &mut self.vessels[vessel as usize];
        if state.generation != generation {
            return;
        }
        state.due = SimTime::MAX;
        match state.phase {
            Phase::Unloading => self.unloaded(vessel),
            Phase::Loading => {
                self.look_whether_ready(vessel);
            }
            Phase::Down => self.repaired(vessel),
            Phase::Sailing => self.landfall(vessel),
            Phase::Laid | Phase::Calling(_) | Phase::Berthing | Phase::Mooring(_) | Phase::Leaving(_) | Phase::Held => {
            }
        }
    }

    /// The whole cargo is ashore; then the vessel is open for cargo.
    fn unloaded(&mut self, vessel: u32) {
        let state = &self.vessels[vessel as usize];
        if state.trade == Trade::Visits {
            return self.cast_off(vessel, 0);
        }
        if !state.cargo.is_empty() {
            self.go_ashore(vessel);
        }
        self.open_for_cargo(vessel);
    }

    /// What was aboard goes on, in order of boarding.
    fn go_ashore(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        state.ledger.pass(state.here.call.handling, self.now);
        self.book_cargo(vessel);
        let state = &mut self.vessels[vessel as usize];
        let mut cargo = std::mem::take(&mut state.cargo);
        let (sailed, size, fact) = (state.set_sail, state.size, Fact::Unloaded(state.fleet, state.call as u32));
        let quay = state.berth.and_then(|(station, _)| self.plan.meters.landed[station.index()]);
        (state.room, state.mass, state.size) = (0, Mass::ZERO, Size::ZERO);
        self.note_vessel(fact, vessel, size);
        for &aboard in &cargo {
            self.count_crossing(aboard, sailed);
            if quay.is_some() {
                self.bodies[aboard.shipment].read(quay, 1.0);
            }
            self.move_alone(aboard.shipment, aboard.step + 2);
            self.proceed(aboard.shipment);
        }
        cargo.clear();
        self.vessels[vessel as usize].cargo = cargo;
    }

    #[inline]
    fn count_crossing(&mut self, aboard: Aboard, sailed: SimTime) {
        let ship = &self.bodies[aboard.shipment];
        if ship.in_cohort {
            let crossing = (ship.flow, self.now.since(sailed), ship.mass, ship.size);
            self.account.outcome.legs[aboard.leg.index()].crossings.push(crossing);
        }
    }

    /// Books what passed since the last booking to everything aboard.
    pub(super) fn book_cargo(&mut self, vessel: u32) {
        if O::LISTENS {
            self.tell_what_passed(vessel);
        }
        let VesselState { cargo, ledger, .. } = &mut self.vessels[vessel as usize];
        for aboard in cargo {
            aboard.book(ledger, &mut self.bodies, self.now);
        }
        ledger.clear();
    }

    /// Tells what is about to be booked to everything aboard.
    fn tell_what_passed(&mut self, vessel: u32) {
        let carrier = Some(self.vessels[vessel as usize].name());
        for index in 0..self.vessels[vessel as usize].cargo.len() {
            let VesselState { cargo, ledger, .. } = &mut self.vessels[vessel as usize];
            let Aboard { shipment, since, .. } = cargo[index];
            for Segment { cell, time } in ledger.since(since).to_vec() {
                self.note_of(Fact::Booked(cell, time), shipment, carrier);
            }
        }
    }

    /// Tells a fact about a vessel with so much aboard.
    pub(super) fn note_vessel(&mut self, fact: Fact, vessel: u32, size: Size) {
        if O::LISTENS {
            let carrier = Some(self.vessels[vessel as usize].name());
            self.observer.note(Note { time: self.now, fact, shipment: None, carrier, size, mass: Mass::ZERO });
        }
    }

    /// A new parameter set holds: what it has of vessels is looked up before anything else happens.
    pub(in crate::engine) fn renew_vessels(&mut self) {
        let model = self.model;
        self.vessels.iter_mut().for_each(|state| state.look_up(model));
        (0..self.vessels.len()).for_each(|vessel| self.follow_vessel_failure(vessel as u32));
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

impl Aboard {
    /// Books what passed since the last booking.
    #[inline]
    fn book(&mut self, ledger: &mut Ledger, bodies: &mut Slab<Body>, now: SimTime) {
        let since = std::mem::replace(&mut self.since, now);
        let tape = &mut bodies[self.shipment].tape;
        // One by one: there are one or two.
        ledger.since(since).iter().for_each(|segment| tape.push(*segment));
    }
}

impl VesselState<'_> {
    /// Its next moment; earlier ones that are still scheduled no longer count.
    #[inline]
    pub(super) fn expect(&mut self, vessel: u32, time: SimTime, events: &mut EventList) {
        if self.due != time {
            self.due = time;
            self.generation += 1;
            events.schedule(time, Event::Vessel { vessel, generation: self.generation });
        }
    }

    /// Logs how the time at a station was spent, as it ends now: its parts add up to the time since the last entry.
    fn log_station(&mut self, cells: &StationCells, spent: &Spent, now: SimTime) {
        let is_outside = matches!(self.phase, Phase::Calling(_) | Phase::Berthing);
        let wait = if is_outside { self.here.call.wait_berth } else { cells.wait };
        let parts: [(CellId, Duration); 4] = [
            (cells.closed, spent.hindered.closed),
            (cells.hours, spent.hindered.hours),
            (cells.down, spent.hindered.down + spent.interrupted),
            (cells.service, spent.service),
        ];
        let after_wait: Duration = parts.iter().map(|(_, time)| *time).sum();
        let mut at = now.before(after_wait);
        self.ledger.pass(wait, at);
        if after_wait > Duration::ZERO {
            for (cell, time) in parts {
                if time > Duration::ZERO {
                    at = at.after(time);
                    self.ledger.pass(cell, at);
                }
            }
        }
    }

    /// Loading (kind 0) or unloading (kind 1) time of an amount of one kind, or of all where all have one law.
    pub(super) fn berth_time(&self, random: &RandomNumbers, law: &BerthTime, load: Load, kind: u64) -> Duration {
        match law {
            BerthTime::None | BerthTime::ByCargo(_) => Duration::ZERO,
            BerthTime::PerCall(law) => {
                Duration::from_real_ms(law.time.draw_at(random, law.stream, self.identity, kind * 64))
            }
            BerthTime::Rate { setup, ms_per_milli, ms_per_kg } => {
                let work = load.size.milli() as f64 * ms_per_milli + load.mass.kg() as f64 * ms_per_kg;
                Duration::from_real_ms(setup + work)
            }
        }
    }
}
