//! Cranes of a port: what loads and unloads a vessel where it does not do so by itself.
//!
//! A vessel holds its berth while it waits for a crane. It is unloaded in one go. What has boarded when a crane turns to it is
//! loaded in one go too, what boards meanwhile in the next; where loading takes a time whatever the amount, all of a call is one.

use super::visit::LOADS;
use crate::engine::observer::Observer;
use crate::engine::world::World;
use crate::random::Entity;
use crate::units::{Load, Size};

impl<O: Observer> World<'_, O> {
    /// Asks for a crane to handle an amount: the first of the call that is free, else the one with the shortest queue.
    pub(super) fn lift(&mut self, vessel: u32, load: Load, number: u64) {
        let state = &self.vessels[vessel as usize];
        let call = state.here.call;
        let Some(crane) = self.choose_station(&call.cranes) else { return };
        let entity = Entity::visit(state.identity, call.node_stream, number);
        self.vessel_is_handled(vessel, crane, entity, load);
    }

    /// An amount has boarded; cranes that are at work or waited for take it when they are through.
    pub(super) fn board_by_crane(&mut self, vessel: u32, load: Load) {
        let crane = self.here(vessel).call.cranes.first();
        let is_once = crane.is_some_and(|crane| self.model.stations[crane.index()].serves_any_amount_alike());
        if is_once && self.vessels[vessel as usize].lifts > 0 {
            return;
        }
        self.vessels[vessel as usize].to_lift += load;
        if !self.vessels[vessel as usize].is_at_crane {
            self.lift_aboard(vessel);
        }
    }

    fn lift_aboard(&mut self, vessel: u32) {
        let state = &mut self.vessels[vessel as usize];
        let load = std::mem::take(&mut state.to_lift);
        state.is_at_crane = true;
        state.lifts += 1;
        let number = LOADS + state.lifts;
        self.lift(vessel, load, number);
    }

    /// Cranes have loaded what they were asked to.
    pub(super) fn lifted(&mut self, vessel: u32) {
        self.count_phase(vessel);
        let state = &mut self.vessels[vessel as usize];
        state.is_at_crane = false;
        state.load_end = self.now;
        if state.to_lift.size > Size::ZERO {
            return self.lift_aboard(vessel);
        }
        let leg = self.here(vessel).call.leg;
        if self.legs[leg.index()].open.contains(&vessel) {
            self.look_whether_ready(vessel);
        } else {
            // Its timetabled departure is past.
            self.ready(vessel);
        }
    }

    /// Sends a vessel off at its time; where cranes are at work, nothing more boards and it leaves when they are through.
    pub(super) fn leave_on_time(&mut self, vessel: u32) {
        if self.vessels[vessel as usize].is_at_crane {
            let leg = self.here(vessel).call.leg;
            self.legs[leg.index()].close(vessel);
        } else {
            self.ready(vessel);
        }
    }
}
