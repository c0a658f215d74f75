//! Departure: when a vessel is ready, what holds it, sailing.

use super::load::log_loading;
use super::{Here, Phase, Trade, VesselState};
use crate::engine::event::Event;
use crate::engine::observer::{Fact, Observer};
use crate::engine::outcome::Loading;
use crate::engine::world::World;
use crate::ids::FleetId;
use crate::model::{Call, Timetable};
use crate::random::Entity;
use crate::units::{Duration, SimTime};

impl<O: Observer> World<'_, O> {
    /// Sends a vessel off if it is ready, else sets the moment at which to look again.
    pub(super) fn look_whether_ready(&mut self, vessel: u32) {
        let here = self.here(vessel);
        let state = &self.vessels[vessel as usize];
        if here.call.timetable.is_some() || state.is_at_crane {
            return;
        }
        if state.cargo.is_empty() {
            let leaves = !here.call.ever_loads || self.now >= state.deadline;
            return if leaves { self.ready(vessel) } else { self.schedule_vessel(vessel, state.deadline) };
        }
        let loaded = state.load_end;
        let wants = state.full || self.now >= state.deadline || self.suffices(state, here);
        if wants && self.now >= loaded {
            return self.ready(vessel);
        }
        let next = if self.now < loaded { loaded } else { state.deadline };
        self.schedule_vessel(vessel, next);
    }

    /// Its load is at least the least one, and nothing more waits for it; or not a step more fits.
    fn suffices(&self, state: &VesselState, Here { fleet, call }: Here<'_>) -> bool {
        let hull = &fleet.vessels[state.ordinal as usize];
        let load = hull.fullness(state.room, state.mass);
        load >= 1.0 - 1e-12 || load >= fleet.min_load && self.nothing_waits(call)
    }

    /// Whether nothing waits that could board at a call.
    fn nothing_waits(&self, call: &Call) -> bool {
        let leg = &self.legs[call.leg.index()];
        call.lines.iter().all(|&line| leg.lines[line as usize].is_empty())
    }

    /// Its loading is over: nothing more boards.
    pub(super) fn ready(&mut self, vessel: u32) {
        let call = self.call_of(vessel);
        let leg = &self.model.legs[call.leg.index()];
        self.legs[call.leg.index()].open.retain(|&other| other != vessel);
        let now = self.now;
        let state = &mut self.vessels[vessel as usize];
        state.expect_nothing();
        log_loading(state, leg.handling, leg.wait, now);
        self.cast_off(vessel, 0);
    }

    /// The berth is freed; repair and weather are waited for outside.
    pub(super) fn leave_berth(&mut self, vessel: u32) {
        let now = self.now;
        let state = &mut self.vessels[vessel as usize];
        let berth = state.berth.take();
        let fails = now >= state.next_failure;
        if let Some((station, _)) = berth {
            self.read_berth(vessel, station);
        }
        self.enter_phase(vessel, if fails { Phase::Down } else { Phase::Held });
        if fails {
            let repair = self.draw_repair(vessel);
            self.schedule_vessel(vessel, now.after(repair));
        } else {
            self.sail_or_wait(vessel);
        }
        if let Some((station, server)) = berth {
            self.free_server(station, server);
        }
    }

    pub(super) fn schedule_vessel_failure(&mut self, vessel: u32) {
        let Some(failure) = &self.fleet_of(vessel).failure else { return };
        let entity = self.failure_entity(vessel);
        let up = Duration::from_real_ms(failure.up.draw(&self.random, failure.stream, entity));
        self.vessels[vessel as usize].next_failure = self.now.after(up);
    }

    fn failure_entity(&self, vessel: u32) -> Entity {
        let state = &self.vessels[vessel as usize];
        self.fleet_of(vessel).vessels[state.ordinal as usize].entity.voyage(state.failures)
    }

    fn draw_repair(&self, vessel: u32) -> Duration {
        let Some(failure) = &self.fleet_of(vessel).failure else { return Duration::ZERO };
        let entity = self.failure_entity(vessel);
        Duration::from_real_ms(failure.down.draw_at(&self.random, failure.stream, entity, 64))
    }

    pub(super) fn repaired(&mut self, vessel: u32) {
        let down = self.model.legs[self.call_of(vessel).leg.index()].down;
        self.vessels[vessel as usize].passed(down, self.now);
        self.vessels[vessel as usize].failures += 1;
        self.schedule_vessel_failure(vessel);
        self.enter_phase(vessel, Phase::Held);
        self.sail_or_wait(vessel);
    }

    fn sail_or_wait(&mut self, vessel: u32) {
        let (fleet, call) = (self.vessels[vessel as usize].fleet.index(), self.vessels[vessel as usize].call);
        if self.fleets[fleet].shut[call] > 0 {
            self.fleets[fleet].held[call].push(vessel);
        } else {
            self.sail(vessel);
        }
    }

    /// A gate over the sailings of a call closes or opens; on opening all held vessels sail.
    pub(in crate::engine) fn shut_sailings(&mut self, fleet: usize, call: usize, closes: bool) {
        if closes {
            self.fleets[fleet].shut[call] += 1;
            return;
        }
        self.fleets[fleet].shut[call] -= 1;
        if self.fleets[fleet].shut[call] == 0 {
            for vessel in std::mem::take(&mut self.fleets[fleet].held[call]) {
                if let Some(leg) = self.model.legs.get(self.call_of(vessel).leg.index()) {
                    self.vessels[vessel as usize].passed(leg.closed, self.now);
                }
                self.sail(vessel);
            }
        }
    }

    fn sail(&mut self, vessel: u32) {
        self.count_call(vessel);
        if self.vessels[vessel as usize].trade == Trade::Visits {
            return self.ship_leaves(vessel);
        }
        self.enter_phase(vessel, Phase::Sailing);
        self.book_cargo(vessel);
        let here = self.here(vessel);
        self.count_sailing(vessel, here);
        for index in 0..self.vessels[vessel as usize].cargo.len() {
            let aboard = self.vessels[vessel as usize].cargo[index];
            let program = self.program_of(aboard.shipment);
            self.read_distance(aboard.shipment, aboard.step);
            self.member_sets_out(program, aboard.shipment, None, aboard.step);
        }
        let state = &self.vessels[vessel as usize];
        let hull = &here.fleet.vessels[state.ordinal as usize];
        let entity = hull.entity.voyage(state.voyage);
        let time = hull.sailing[state.call].draw(&self.random, here.fleet.sailing_stream, entity);
        let time = Duration::from_real_ms(time);
        self.vessels[vessel as usize].set_sail = self.now;
        self.schedule_vessel(vessel, self.now.after(time));
    }

    fn count_sailing(&mut self, vessel: u32, here: Here<'_>) {
        let state = &self.vessels[vessel as usize];
        let (fleet, call, size) = (state.fleet, state.call, state.size);
        let hull = &here.fleet.vessels[state.ordinal as usize];
        let left = !self.nothing_waits(here.call);
        let filled = (hull.fullness(state.room, state.mass) * hull.capacity as f64).round() as i64;
        let load = Loading {
            deck: i128::from(state.room),
            filled: i128::from(filled),
            offered: if here.call.ever_loads { i128::from(hull.capacity) } else { 0 },
        };
        self.fleets[fleet.index()].sailings += 1;
        self.account.sails(fleet.index(), call, load, left);
        self.note_vessel(Fact::Sailed(fleet, call as u32), vessel, size);
    }

    /// The crossing is over: the call at the next port begins.
    pub(super) fn landfall(&mut self, vessel: u32) {
        let sailing = self.model.legs[self.call_of(vessel).leg.index()].sailing;
        let calls = self.fleet_of(vessel).calls.len();
        let state = &mut self.vessels[vessel as usize];
        state.passed(sailing, self.now);
        state.call = (state.call + 1) % calls;
        self.call_begins(vessel);
    }

    pub(super) fn begin_timetables(&mut self, fleet: usize) {
        for call in 0..self.model.fleets[fleet].calls.len() {
            self.schedule_departure(fleet, call);
        }
    }

    /// Schedules the next departure of a call's timetable.
    fn schedule_departure(&mut self, fleet: usize, call: usize) {
        let number = self.fleets[fleet].departures[call];
        let last = self.fleets[fleet].due[call];
        let due = match &self.model.fleets[fleet].calls[call].timetable {
            None => return,
            Some(Timetable::Times(times)) => times.get(number as usize).copied().unwrap_or(SimTime::MAX),
            Some(Timetable::Every { first, .. }) if number == 0 => *first,
            Some(Timetable::Every { every, stream, .. }) => {
                let gap = every.draw(&self.random, *stream, Entity::ordinal(number));
                last.after(Duration::from_real_ms(gap))
            }
        };
        self.fleets[fleet].due[call] = due;
        self.fleets[fleet].departures[call] += 1;
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
