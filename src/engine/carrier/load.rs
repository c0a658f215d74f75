//! Boarding: shipments wait for the leg, any vessel there that carries them takes them, in order.

use super::{Aboard, Here, LegState, Phase, VesselState};
use crate::engine::lane::Waiter;
use crate::engine::observer::{Fact, Observer};
use crate::engine::queues::QueueAt;
use crate::engine::slab::Slab;
use crate::engine::state::body::Body;
use crate::engine::world::World;
use crate::ids::{CargoId, CellId, LegId};
use crate::model::{BerthTime, Call};
use crate::units::{Duration, Load, SimTime, Size};

impl<'p, O: Observer> World<'p, O> {
    /// The body's shipments wait for a vessel; the body is no more.
    pub(in crate::engine) fn wait_for_vessel(&mut self, body: u32, leg: LegId) {
        let record = &self.bodies[body];
        let (offset, priority, cargo) = (record.step - record.base, record.priority, record.cargo);
        let is_train = record.is_train();
        let Some(line) = self.model.legs[leg.index()].line_of[cargo.index()] else { return };
        if !is_train && self.boards_at_once(body, leg, line) {
            return;
        }
        let is_on_purpose = self.waits_on_purpose(body);
        self.dissolve(body, |world, member| {
            if is_train {
                world.bodies[member].step += offset;
            }
            let waiter = world.waiter(priority, member);
            world.legs[leg.index()].push(line, waiter, world.now);
        });
        self.load_leg(leg);
        let waiting = self.legs[leg.index()].waiting() as u64;
        self.note_length(QueueAt::Leg(leg), waiting, is_on_purpose);
    }

    /// Lets a lone body board the vessel that came first without a wait, if nobody waits and it takes all of it: true if it has.
    fn boards_at_once(&mut self, body: u32, leg: LegId, line: u8) -> bool {
        let queues = &self.legs[leg.index()];
        let Some(&vessel) = queues.open.first() else { return false };
        let state = &self.vessels[vessel as usize];
        let here = state.here;
        let is_open = queues.waiting() == 0 && !state.full && here.call.timetable.is_none();
        if !is_open || !here.call.lines.contains(&line) || !self.has_room_for(state, body) {
            return false;
        }
        self.stand_still(body);
        self.board(vessel, here, leg, body);
        self.look_whether_ready(vessel);
        // Others may have nothing more to wait for.
        if !self.legs[leg.index()].is_only_about(vessel) {
            self.load_leg(leg);
        }
        true
    }

    /// An empty vessel opens for cargo.
    pub(super) fn open_for_cargo(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        state.enter(Phase::Loading, self.now, &mut self.account.outcome.fleets);
        let Here { fleet, call, .. } = state.here;
        state.begin_voyage(state.voyage + 1);
        state.full = false;
        state.load_end = self.now;
        state.lifts = 0;
        state.deadline = fleet.max_idle.map_or(SimTime::MAX, |idle| self.now.after(idle));
        if state.ordinal >= fleet.in_service {
            return self.lay_up(vessel);
        }
        let queues = &mut self.legs[call.leg.index()];
        queues.open.push(vessel);
        if !queues.is_only_about(vessel) {
            self.load_leg(call.leg);
            if self.vessels[vessel as usize].phase != Phase::Loading {
                return;
            }
        }
        self.look_whether_ready(vessel);
    }

    /// Takes a vessel out of service.
    pub(super) fn lay_up(&mut self, vessel: u32) {
        let leg = self.here(vessel).call.leg;
        self.legs[leg.index()].close(vessel);
        self.enter_phase(vessel, Phase::Laid);
        self.vessels[vessel as usize].expect_nothing();
        if let Some((berth, server)) = self.vessels[vessel as usize].berth.take() {
            self.read_berth(vessel, berth);
            self.leave_server(berth, server);
        }
    }

    /// Lets the open vessels of a leg take what waits, the vessel that came first before the others.
    pub(super) fn load_leg(&mut self, leg: LegId) {
        let mut at = 0;
        loop {
            let queues = &self.legs[leg.index()];
            let Some(&vessel) = queues.open.get(at) else { return };
            let state = &self.vessels[vessel as usize];
            let is_over = if state.full {
                self.look_whether_ready(vessel)
            } else {
                !queues.has_nothing_for(state.here.call) && self.load_vessel(vessel, leg)
            };
            at += usize::from(!is_over);
        }
    }

    /// Lets what waits board a vessel; true if that is open no more.
    #[inline(never)]
    fn load_vessel(&mut self, vessel: u32, leg: LegId) -> bool {
        let state = &self.vessels[vessel as usize];
        let (here, before) = (state.here, state.cargo.len());
        self.take_aboard(vessel, here, leg);
        let state = &self.vessels[vessel as usize];
        (state.full || state.cargo.len() > before) && self.look_whether_ready(vessel)
    }

    /// Lets what waits board a vessel as far as it may and fits.
    fn take_aboard(&mut self, vessel: u32, here: Here<'p>, leg: LegId) {
        while let Some((line, next)) = self.legs[leg.index()].next_for(here.call) {
            let is_late = here.call.timetable.is_some() && !self.is_in_time(vessel, next);
            if is_late || !self.board_next(vessel, here, leg, line, next) {
                return;
            }
        }
    }

    /// Vessels that load on a leg may have nothing more to wait for.
    pub(in crate::engine) fn look_at_open(&mut self, leg: LegId) {
        for vessel in self.legs[leg.index()].open.clone() {
            self.look_whether_ready(vessel);
        }
    }

    /// At a timetabled call only the first vessel loads, and only what is aboard in time.
    fn is_in_time(&self, vessel: u32, shipment: u32) -> bool {
        let state = &self.vessels[vessel as usize];
        if self.first_open(state.fleet, state.call) != Some(vessel) {
            return false;
        }
        let due = self.fleets[state.fleet.index()].calls[state.call].due;
        let cargo = self.bodies[shipment].cargo;
        let load = state.here.call.load.of(cargo);
        let unit = Size::from_milli(1000);
        let unit = Load { size: unit, mass: self.model.cargoes[cargo.index()].mass(unit) };
        let needed = if matches!(load, BerthTime::PerCall(_)) && state.is_being_loaded(cargo, &self.bodies) {
            state.load_end
        } else {
            self.now.after(state.berth_time(&self.random, load, unit, 0)).max(state.load_end)
        };
        needed <= due
    }

    /// Lets the next one, of a line, board; whether more may after it.
    #[inline]
    fn board_next(&mut self, vessel: u32, here: Here<'p>, leg: LegId, line: u8, shipment: u32) -> bool {
        if !self.has_room_for(&self.vessels[vessel as usize], shipment) {
            self.fill_up(vessel, here, leg, shipment);
            return false;
        }
        let queues = &mut self.legs[leg.index()];
        queues.pop(line, self.now);
        let are_more = queues.waiting() > 0;
        self.board(vessel, here, leg, shipment);
        are_more
    }

    /// The next one does not fit: no further cargo boards than as much of it as may be split off.
    #[inline(never)]
    fn fill_up(&mut self, vessel: u32, here: Here<'p>, leg: LegId, shipment: u32) {
        let state = &mut self.vessels[vessel as usize];
        state.full = true;
        let (hull, cargo) = (state.ordinal as usize, self.bodies[shipment].cargo);
        let spec = self.model.cargoes[cargo.index()];
        let free = here.fleet.room_beside(hull, cargo, spec, state.room, state.mass);
        if self.may_split(shipment, free) {
            let part = self.split(shipment, self.splittable(shipment, free));
            self.board(vessel, here, leg, part);
        }
    }

    /// Whether all of a shipment fits, by deck and by weight.
    #[inline]
    fn has_room_for(&self, state: &VesselState<'p>, shipment: u32) -> bool {
        let ship = &self.bodies[shipment];
        let (cargo, fleet) = (ship.cargo, state.here.fleet);
        let spec = self.model.cargoes[cargo.index()];
        state.hull().fits(ship.size, fleet.room_per_milli[cargo.index()], spec, state.room, state.mass)
    }

    // Not inlined: what would be kept at hand from one to the next costs more than it saves.
    #[inline(never)]
    fn board(&mut self, vessel: u32, here: Here<'p>, leg: LegId, shipment: u32) {
        let model = &self.model.legs[leg.index()];
        let ship = &self.bodies[shipment];
        let (flow, made, cargo, load, step) = (ship.flow, ship.made, ship.cargo, ship.load(), ship.step);
        let stored = self.model.programs[ship.program.index()].stored_before(step);
        let waited = self.now.since(ship.since);
        if waited > Duration::ZERO {
            self.book_shipment(shipment, model.wait);
        }
        let state = &mut self.vessels[vessel as usize];
        let law = here.call.load.of(cargo);
        // Loading begins with the first cargo, of each kind where kinds differ; a rate adds the time of each amount.
        let takes_time = matches!(law, BerthTime::Rate { .. }) || !state.is_being_loaded(cargo, &self.bodies);
        state.count_phase(self.now, &mut self.account.outcome.fleets);
        state.log_boarding(here, (model.handling, model.wait), self.now);
        state.cargo.push(Aboard { shipment, since: self.now, step, leg });
        state.room += load.size.milli() * here.fleet.room_per_milli[cargo.index()];
        state.mass += load.mass;
        state.size += load.size;
        let is_by_itself = here.call.cranes.is_empty();
        if takes_time && is_by_itself {
            let time = state.berth_time(&self.random, law, load, 0);
            state.load_end = state.load_end.max(self.now).after(time);
        }
        self.account.carried((state.fleet, state.call), (flow, made), load);
        let (berth, name) = (state.berth, state.name());
        self.note_of(Fact::Boarded(leg), shipment, Some(name));
        self.account.boards(leg.index(), load);
        self.ends_to_wait(shipment, QueueAt::Leg(leg), waited);
        if !is_by_itself {
            self.board_by_crane(vessel, load);
        }
        if let Some(storage) = stored {
            self.leave_as_shipment(shipment, storage);
        }
        if let Some(meter) = berth.and_then(|(station, _)| self.plan.meters.landed[station.index()]) {
            self.bodies[shipment].read(Some(meter), 1.0);
        }
    }

    /// Brings a leg's integrals up to now.
    pub(in crate::engine) fn touch_leg(&mut self, leg: usize) {
        self.account.outcome.legs[leg].queue += i128::from(self.legs[leg].waiting.integral(self.now));
    }
}

impl LegState {
    /// The shipment that boards next, and its line: the first of all lines that are served at a call.
    #[inline]
    fn next_for(&self, call: &Call) -> Option<(u8, u32)> {
        if self.waiting() == 0 {
            return None;
        }
        let mut first: Option<(u8, Waiter)> = None;
        for &line in &call.lines {
            if let Some(waiter) = self.lines[line as usize].front()
                && first.is_none_or(|(_, first)| waiter.rank() < first.rank())
            {
                first = Some((line, waiter));
            }
        }
        first.map(|(line, waiter)| (line, waiter.id))
    }
}

impl VesselState<'_> {
    /// Whether the loading of a cargo has begun: of any, where all have one law.
    #[inline]
    fn is_being_loaded(&self, cargo: CargoId, bodies: &Slab<Body>) -> bool {
        match self.here.call.load {
            BerthTime::ByCargo(_) => self.cargo.iter().any(|aboard| bodies[aboard.shipment].cargo == cargo),
            _ => !self.cargo.is_empty(),
        }
    }

    /// A part boards: what passed since the one before it is closed, and its patience begins with the first.
    #[inline]
    fn log_boarding(&mut self, here: Here<'_>, (handling, waiting): (CellId, CellId), now: SimTime) {
        if self.cargo.is_empty() {
            self.deadline = here.fleet.max_wait.map_or(SimTime::MAX, |wait| now.after(wait));
        } else if !self.is_at_crane {
            self.log_loading(handling, if now <= self.load_end { handling } else { waiting }, now);
        }
    }

    /// Logs the time since the last entry: handling while loading goes on, waiting after it.
    #[inline]
    pub(super) fn log_loading(&mut self, handling: CellId, waiting: CellId, now: SimTime) {
        self.passed(handling, self.load_end.min(now));
        self.passed(waiting, now);
    }
}
