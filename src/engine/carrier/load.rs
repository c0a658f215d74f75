//! Boarding: shipments wait for the leg, any vessel there that carries them takes them, in order.

use super::{Aboard, Here, Phase};
use crate::engine::lane::Waiter;
use crate::engine::observer::{Fact, Observer};
use crate::engine::queues::QueueAt;
use crate::engine::world::World;
use crate::ids::{CargoId, LegId};
use crate::model::{BerthTime, Call};
use crate::units::{Load, SimTime, Size};

impl<'p, O: Observer> World<'p, O> {
    /// The body's shipments wait for a vessel; the body is no more.
    pub(in crate::engine) fn wait_for_vessel(&mut self, body: u32, leg: LegId) {
        self.touch_leg(leg.index());
        let record = &self.bodies[body];
        let (offset, priority, cargo) = (record.step - record.base, record.priority, record.cargo);
        let is_train = record.is_train();
        let is_on_purpose = self.waits_on_purpose(body);
        let Some(line) = self.model.legs[leg.index()].line_of[cargo.index()] else { return };
        self.dissolve(body, |world, member| {
            if is_train {
                world.bodies[member].step += offset;
            }
            let waiter = world.waiter(priority, member);
            world.legs[leg.index()].push(line, waiter);
        });
        self.load_leg(leg);
        let waiting = self.legs[leg.index()].waiting() as u64;
        self.note_length(QueueAt::Leg(leg), waiting, is_on_purpose);
    }

    /// An empty vessel opens for cargo.
    pub(super) fn open_for_cargo(&mut self, vessel: u32) {
        let fleet = self.fleet_of(vessel);
        let state = &mut self.vessels[vessel as usize];
        state.voyage += 1;
        state.full = false;
        state.load_end = self.now;
        state.lifts = 0;
        state.deadline = fleet.max_idle.map_or(SimTime::MAX, |idle| self.now.after(idle));
        let surplus = state.ordinal >= fleet.in_service;
        self.enter_phase(vessel, Phase::Loading);
        if surplus {
            return self.lay_up(vessel);
        }
        let leg = self.call_of(vessel).leg;
        self.legs[leg.index()].open.push(vessel);
        self.load_leg(leg);
        if self.vessels[vessel as usize].phase == Phase::Loading {
            self.look_whether_ready(vessel);
        }
    }

    /// Takes a vessel out of service.
    pub(super) fn lay_up(&mut self, vessel: u32) {
        let leg = self.call_of(vessel).leg;
        self.legs[leg.index()].open.retain(|&other| other != vessel);
        self.enter_phase(vessel, Phase::Laid);
        self.vessels[vessel as usize].expect_nothing();
        if let Some((berth, server)) = self.vessels[vessel as usize].berth.take() {
            self.read_berth(vessel, berth);
            self.free_server(berth, server);
        }
    }

    /// Lets the open vessels of a leg take what waits, the vessel that came first before the others.
    pub(super) fn load_leg(&mut self, leg: LegId) {
        let mut at = 0;
        while let Some(&vessel) = self.legs[leg.index()].open.get(at) {
            self.load_vessel(vessel, leg);
            if self.legs[leg.index()].open.get(at) == Some(&vessel) {
                at += 1;
            }
        }
    }

    fn load_vessel(&mut self, vessel: u32, leg: LegId) {
        let here = self.here(vessel);
        let before = self.vessels[vessel as usize].cargo.len();
        while !self.vessels[vessel as usize].full {
            let Some((line, waiter)) = self.next_for(here.call, leg) else { break };
            if here.call.timetable.is_some() && !self.is_in_time(vessel, here.call, waiter.id) {
                break;
            }
            self.board_next(vessel, here, leg, (line, waiter));
        }
        if self.vessels[vessel as usize].cargo.len() > before || self.vessels[vessel as usize].full {
            self.look_whether_ready(vessel);
        }
    }

    /// Vessels that load on a leg may have nothing more to wait for.
    pub(in crate::engine) fn look_at_open(&mut self, leg: LegId) {
        for vessel in self.legs[leg.index()].open.clone() {
            self.look_whether_ready(vessel);
        }
    }

    /// At a timetabled call only the first vessel loads, and only what is aboard in time.
    fn is_in_time(&self, vessel: u32, call: &Call, shipment: u32) -> bool {
        let state = &self.vessels[vessel as usize];
        if self.first_open(state.fleet, state.call) != Some(vessel) {
            return false;
        }
        let due = self.fleets[state.fleet.index()].due[state.call];
        let cargo = self.cargo_of(shipment);
        let load = call.load.of(cargo);
        let unit = Size::from_milli(1000);
        let unit = Load { size: unit, mass: self.model.cargoes[cargo.index()].mass(unit) };
        let needed = if matches!(load, BerthTime::PerCall(_)) && self.is_being_loaded(vessel, call, cargo) {
            state.load_end
        } else {
            self.now.after(self.berth_time(vessel, load, unit, 0)).max(state.load_end)
        };
        needed <= due
    }

    fn cargo_of(&self, shipment: u32) -> CargoId {
        self.bodies[shipment].cargo
    }

    /// Whether the loading of a cargo has begun: of any, where all have one law.
    fn is_being_loaded(&self, vessel: u32, call: &Call, cargo: CargoId) -> bool {
        let mut aboard = self.vessels[vessel as usize].cargo.iter();
        match call.load {
            BerthTime::ByCargo(_) => aboard.any(|aboard| self.cargo_of(aboard.shipment) == cargo),
            _ => aboard.next().is_some(),
        }
    }

    /// The shipment that boards next: the first of all lines that the fleet serves.
    fn next_for(&self, call: &Call, leg: LegId) -> Option<(u8, Waiter)> {
        let leg = &self.legs[leg.index()];
        if leg.waiting() == 0 {
            return None;
        }
        let mut first: Option<(u8, Waiter)> = None;
        for &line in &call.lines {
            if let Some(waiter) = leg.lines[line as usize].front()
                && first.is_none_or(|(_, first)| waiter.rank() < first.rank())
            {
                first = Some((line, waiter));
            }
        }
        first
    }

    fn board_next(&mut self, vessel: u32, here: Here<'p>, leg: LegId, (line, waiter): (u8, Waiter)) {
        let free = self.free_size(vessel, here, waiter.id);
        self.touch_leg(leg.index());
        let size = self.bodies[waiter.id].size;
        let boards = if size <= free {
            self.legs[leg.index()].pop(line);
            waiter.id
        } else {
            self.vessels[vessel as usize].full = true;
            if !self.may_split(waiter.id, free) {
                return;
            }
            self.split(waiter.id, self.splittable(waiter.id, free))
        };
        self.board(vessel, here, leg, boards);
    }

    /// How much of a shipment's cargo still fits, by deck and by weight.
    fn free_size(&self, vessel: u32, here: Here<'p>, shipment: u32) -> Size {
        let state = &self.vessels[vessel as usize];
        let cargo = self.cargo_of(shipment);
        let spec = self.model.cargoes[cargo.index()];
        here.fleet.room_beside(state.ordinal as usize, cargo, spec, state.room, state.mass)
    }

    fn board(&mut self, vessel: u32, here: Here<'p>, leg: LegId, shipment: u32) {
        let Here { fleet, call } = here;
        let model = &self.model.legs[leg.index()];
        let waited = self.now.since(self.bodies[shipment].since);
        self.book_shipment(shipment, model.wait);
        self.count_phase(vessel);
        let ship = &self.bodies[shipment];
        let (program, cargo, load, step) = (self.program_of(shipment), ship.cargo, ship.load(), ship.step);
        let begins = !self.is_being_loaded(vessel, call, cargo);
        let state = &mut self.vessels[vessel as usize];
        if state.cargo.is_empty() {
            state.deadline = fleet.max_wait.map_or(SimTime::MAX, |wait| self.now.after(wait));
        } else if !state.is_at_crane {
            let cell = if self.now <= state.load_end { model.handling } else { model.wait };
            log_loading(state, model.handling, cell, self.now);
        }
        state.cargo.push(Aboard { shipment, since: self.now, step });
        state.room += load.size.milli() * fleet.room_per_milli[cargo.index()];
        state.mass += load.mass;
        state.size += load.size;
        let (carrier, from) = (state.fleet, state.call);
        let berth = state.berth.map(|(station, _)| station);
        self.note_of(Fact::Boarded(leg), shipment, Some(self.vessels[vessel as usize].name()));
        self.account.boards(leg.index(), load);
        self.ends_to_wait(shipment, QueueAt::Leg(leg), waited);
        self.extend_loading(vessel, call, cargo, begins, load);
        if let Some(storage) = program.stored_before(step) {
            self.leave_as_shipment(shipment, storage);
        }
        self.read_quay(shipment, berth);
        self.account.carried(carrier, from, &self.bodies[shipment]);
    }

    /// Loading begins with the first cargo, of each kind where kinds differ; a rate adds the time of each amount.
    fn extend_loading(&mut self, vessel: u32, call: &Call, cargo: CargoId, begins: bool, load: Load) {
        if !call.cranes.is_empty() {
            return self.board_by_crane(vessel, load);
        }
        let law = call.load.of(cargo);
        if begins || matches!(law, BerthTime::Rate { .. }) {
            let time = self.berth_time(vessel, law, load, 0);
            let state = &mut self.vessels[vessel as usize];
            state.load_end = state.load_end.max(self.now).after(time);
        }
    }

    /// Brings a leg's integrals up to now.
    pub(in crate::engine) fn touch_leg(&mut self, leg: usize) {
        let state = &mut self.legs[leg];
        let elapsed = self.now.since(std::mem::replace(&mut state.touched, self.now)).ms();
        if elapsed > 0 {
            self.account.outcome.legs[leg].queue += i128::from(elapsed) * state.waiting() as i128;
        }
    }
}

/// Logs the time since the last entry: handling while loading goes on, waiting after it.
#[inline]
pub(super) fn log_loading(
    state: &mut super::VesselState,
    handling: crate::ids::CellId,
    waiting: crate::ids::CellId,
    now: SimTime,
) {
    let loaded = state.load_end.min(now);
    state.passed(handling, loaded);
    state.passed(waiting, now);
}
