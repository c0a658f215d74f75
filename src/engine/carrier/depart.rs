//! Departure: when a vessel is ready, what holds it, sailing.

use super::{Aboard, CallState, LegState, Phase, Trade, VesselState};
use crate::engine::event::Event;
use crate::engine::observer::{Fact, Observer};
use crate::engine::outcome::{FleetTally, Loading};
use crate::engine::world::World;
use crate::ids::FleetId;
use crate::model::{Call, Timetable};
use crate::random::Entity;
use crate::units::{Duration, SimTime};

impl<O: Observer> World<'_, O> {
    /// Sends a vessel off if it is ready, else sets the moment at which to look again; true if it is ready.
    pub(super) fn look_whether_ready(&mut self, vessel: u32) -> bool {
        let (state, now) = (&mut self.vessels[vessel as usize], self.now);
        let call = state.here.call;
        if call.timetable.is_some() || state.is_at_crane {
            return false;
        }
        let (is_ready, next) = if state.cargo.is_empty() {
            (!call.ever_loads || now >= state.deadline, state.deadline)
        } else if now < state.load_end {
            (false, state.load_end)
        } else {
            let is_ready = state.full || now >= state.deadline || state.suffices(&self.legs[call.leg.index()]);
            (is_ready, state.deadline)
        };
        if is_ready {
            self.ready(vessel);
        } else {
            state.expect(vessel, next, &mut self.events);
        }
        is_ready
    }

    /// Its loading is over: nothing more boards.
    #[inline(never)]
    pub(super) fn ready(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        let leg = state.here.call.leg.index();
        self.legs[leg].close(vessel);
        state.expect_nothing();
        if !state.cargo.is_empty() {
            let cells = &self.model.legs[leg];
            state.log_loading(cells.handling, cells.wait, self.now);
        }
        if state.here.call.departs.is_empty() {
            self.leave_berth(vessel);
        } else {
            self.cast_off(vessel, 0);
        }
    }

    /// The berth is freed; repair and weather are waited for outside.
    #[expect(clippy::inline_always, reason = "what follows the loading")]
    #[inline(always)]
    pub(super) fn leave_berth(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        let berth = state.berth.take();
        let fails = self.now >= state.next_failure;
        state.enter(if fails { Phase::Down } else { Phase::Held }, self.now, &mut self.account.outcome.fleets);
        if let Some((station, _)) = berth {
            self.read_berth(vessel, station);
        }
        if fails {
            self.begin_repair(vessel);
        } else {
            self.sail_or_wait(vessel);
        }
        if let Some((station, server)) = berth {
            self.leave_server(station, server);
        }
    }

    /// A vessel in service expects to fail, or expects it no more, as the present parameters say.
    pub(super) fn follow_vessel_failure(&mut self, vessel: u32) {
        let state = &self.vessels[vessel as usize];
        let is_in_service = !matches!(state.phase, Phase::Laid | Phase::Down);
        if is_in_service && state.here.fleet.failure.is_some() != (state.next_failure != SimTime::MAX) {
            self.schedule_vessel_failure(vessel);
        }
    }

    pub(super) fn schedule_vessel_failure(&mut self, vessel: u32) {
        self.vessels[vessel as usize].next_failure = SimTime::MAX;
        let Some(failure) = &self.here(vessel).fleet.failure else { return };
        let entity = self.failure_entity(vessel);
        let up = Duration::from_real_ms(failure.up.draw(&self.random, failure.stream, entity));
        self.vessels[vessel as usize].next_failure = self.now.after(up);
    }

    fn failure_entity(&self, vessel: u32) -> Entity {
        let state = &self.vessels[vessel as usize];
        state.hull().entity.voyage(state.failures)
    }

    #[inline(never)]
    fn begin_repair(&mut self, vessel: u32) {
        let repair = self.here(vessel).fleet.failure.as_ref().map_or(Duration::ZERO, |failure| {
            let entity = self.failure_entity(vessel);
            Duration::from_real_ms(failure.down.draw_at(&self.random, failure.stream, entity, 64))
        });
        self.schedule_vessel(vessel, self.now.after(repair));
    }

    #[inline(never)]
    pub(super) fn repaired(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        // Ships from outside have no leg, and do not fail.
        let down = self.model.legs[state.here.call.leg.index()].down;
        state.passed(down, self.now);
        state.failures += 1;
        self.schedule_vessel_failure(vessel);
        self.enter_phase(vessel, Phase::Held);
        self.sail_or_wait(vessel);
    }

    #[expect(clippy::inline_always, reason = "part of leaving the berth")]
    #[inline(always)]
    fn sail_or_wait(&mut self, vessel: u32) {
        let VesselState { fleet, call, .. } = self.vessels[vessel as usize];
        let state = &mut self.fleets[fleet.index()].calls[call];
        if state.shut > 0 {
            state.held.push(vessel);
        } else {
            self.sail(vessel);
        }
    }

    /// A gate over the sailings of a call closes or opens; on opening all held vessels sail.
    pub(in crate::engine) fn shut_sailings(&mut self, fleet: usize, call: usize, closes: bool) {
        let state = &mut self.fleets[fleet].calls[call];
        if closes {
            state.shut += 1;
            return;
        }
        state.shut -= 1;
        if state.shut == 0 {
            let mut held = std::mem::take(&mut state.held);
            for &vessel in &held {
                let state = &mut self.vessels[vessel as usize];
                if let Some(leg) = self.model.legs.get(state.here.call.leg.index()) {
                    state.passed(leg.closed, self.now);
                }
                self.sail(vessel);
            }
            held.clear();
            debug_assert!(self.fleets[fleet].calls[call].held.is_empty(), "no gate closes while vessels sail");
            self.fleets[fleet].calls[call].held = held;
        }
    }

    #[expect(clippy::inline_always, reason = "part of leaving the berth, where no gate is closed")]
    #[inline(always)]
    fn sail(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        let (fleet, call) = (state.fleet.index(), state.call);
        let tally = &mut self.account.outcome.fleets[fleet];
        state.count_call(self.now, tally);
        if state.trade == Trade::Visits {
            return self.ship_leaves(vessel);
        }
        state.enter_in(Phase::Sailing, self.now, tally);
        state.set_sail = self.now;
        let leaves_some = !self.legs[state.here.call.leg.index()].has_nothing_for(state.here.call);
        tally.sails(call, state.loading_of_sailing(), leaves_some);
        self.fleets[fleet].sailings += 1;
        let law = &state.hull().sailing[call];
        let time = Duration::from_real_ms(law.draw(&self.random, state.here.fleet.sailing_stream, state.identity));
        let due = self.now.after(time);
        if state.cargo.is_empty() && !O::LISTENS {
            return state.expect(vessel, due, &mut self.events);
        }
        self.cargo_sets_out(vessel);
        self.schedule_vessel(vessel, due);
    }

    /// What is aboard is at sea from now on.
    #[inline(never)]
    fn cargo_sets_out(&mut self, vessel: u32) {
        self.book_cargo(vessel);
        let state = &mut self.vessels[vessel as usize];
        let (fact, size) = (Fact::Sailed(state.fleet, state.call as u32), state.size);
        let cargo = std::mem::take(&mut state.cargo);
        self.note_vessel(fact, vessel, size);
        for &Aboard { shipment, step, .. } in &cargo {
            self.read_distance(shipment, step);
            self.member_sets_out(self.program_of(shipment), shipment, None, step);
        }
        self.vessels[vessel as usize].cargo = cargo;
    }

    /// The crossing is over: the call at the next port begins.
    pub(super) fn landfall(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        if !state.cargo.is_empty() {
            state.ledger.pass(self.model.legs[state.here.call.leg.index()].sailing, self.now);
        }
        state.turn_to_next();
        self.call_begins(vessel);
    }

    pub(super) fn begin_timetables(&mut self, fleet: usize) {
        for call in 0..self.model.fleets[fleet].calls.len() {
            self.schedule_departure(fleet, call);
        }
    }

    /// Schedules the next departure of a call's timetable.
    fn schedule_departure(&mut self, fleet: usize, call: usize) {
        let CallState { departures: number, due: last, .. } = self.fleets[fleet].calls[call];
        let due = match &self.model.fleets[fleet].calls[call].timetable {
            None => return,
            Some(Timetable::Times(times)) => times.get(number as usize).copied().unwrap_or(SimTime::MAX),
            Some(Timetable::Every { first, .. }) if number == 0 => *first,
            Some(Timetable::Every { every, stream, .. }) => {
                let gap = every.draw(&self.random, *stream, Entity::ordinal(number));
                last.after(Duration::from_real_ms(gap))
            }
        };
        let state = &mut self.fleets[fleet].calls[call];
        (state.due, state.departures) = (due, number + 1);
        self.events.schedule(due, Event::Departure { fleet: fleet as u32, call: call as u32 });
    }

    /// The vessel of a fleet that opened first at a call.
    pub(super) fn first_open(&self, fleet: FleetId, call: usize) -> Option<u32> {
        let leg = self.model.fleets[fleet.index()].calls[call].leg;
        let open = self.legs[leg.index()].open.iter();
        open.copied().find(|&vessel| {
            let state = &self.vessels[vessel as usize];
            state.fleet == fleet && state.call == call
        })
    }

    pub(in crate::engine) fn timetabled_departure(&mut self, fleet: u32, call: u32) {
        let (fleet, call) = (fleet as usize, call as usize);
        let id = FleetId::new(fleet);
        if let Some(vessel) = self.first_open(id, call) {
            self.leave_on_time(vessel);
        } else {
            self.account.misses(fleet, call);
            self.note(Fact::Missed(id));
        }
        self.schedule_departure(fleet, call);
        let leg = self.model.fleets[fleet].calls[call].leg;
        self.load_leg(leg);
    }
}

impl FleetTally {
    /// A vessel sails from a call with so much aboard, and may leave some behind.
    #[expect(clippy::inline_always, reason = "it has one caller that matters, which is long")]
    #[inline(always)]
    pub(super) fn sails(&mut self, call: usize, load: Loading, leaves_some: bool) {
        self.voyages[call] += 1;
        self.loaded[call].add(load);
        self.left_behind += u64::from(leaves_some);
    }
}

impl LegState {
    /// Whether nothing waits that could board at a call.
    #[inline]
    pub(super) fn has_nothing_for(&self, call: &Call) -> bool {
        self.waiting() == 0 || call.lines.iter().all(|&line| self.lines[line as usize].is_empty())
    }
}

impl VesselState<'_> {
    /// Its load is at least the least one, and nothing more waits for it; or not a step more fits.
    #[inline]
    fn suffices(&self, leg: &LegState) -> bool {
        let load = self.hull().fullness(self.room, self.mass);
        load >= 1.0 - 1e-12 || load >= self.here.fleet.min_load && leg.has_nothing_for(self.here.call)
    }

    /// Counts its time at a port, from the beginning of its call until it sails.
    #[inline]
    fn count_call(&self, now: SimTime, tally: &mut FleetTally) {
        let (time, calls) = &mut tally.in_port[self.call];
        *time += now.since(self.called);
        *calls += 1;
    }

    /// With how much it sails.
    #[expect(clippy::inline_always, reason = "it has one caller that matters, which is long")]
    #[inline(always)]
    fn loading_of_sailing(&self) -> Loading {
        let hull = self.hull();
        // A vessel that weight never fills is as full as its deck.
        let by_weight = |_| (hull.fullness(self.room, self.mass) * hull.capacity as f64).round() as i64;
        Loading {
            deck: i128::from(self.room),
            filled: i128::from(hull.deadweight.map_or(self.room, by_weight)),
            offered: if self.here.call.ever_loads { i128::from(hull.capacity) } else { 0 },
        }
    }
}
