//! Ships from outside: they come, lie at a berth for a time of their own, and leave for good.

use super::{Phase, Trade, VesselState};
use crate::engine::event::Event;
use crate::engine::observer::{Fact, Observer};
use crate::engine::outcome::Loading;
use crate::engine::state::visit::VisitState;
use crate::engine::world::World;
use crate::ids::FleetId;
use crate::model::{Coming, Timetable};
use crate::random::Entity;
use crate::units::{Duration, SimTime, Size};

/// Numbers of the visits of one voyage to the stations of a port begin here for those passed at the berth, so that a tug
/// which serves a vessel twice draws twice.
pub(super) const MOORS: u64 = 1 << 16;
/// The same for those of the departure.
pub(super) const DEPARTS: u64 = 1 << 17;
/// The same for the cranes that unload.
pub(super) const UNLOADS: u64 = 1 << 18;
/// The same for those that load.
pub(super) const LOADS: u64 = 1 << 19;

impl<O: Observer> World<'_, O> {
    /// Schedules the next ship of a visit.
    pub(super) fn schedule_ship(&mut self, visit: usize) {
        let VisitState { scheduled, due } = self.visits[visit];
        let gap = |every: &crate::random::Distribution, stream| {
            due.after(Duration::from_real_ms(every.draw(&self.random, stream, Entity::ordinal(scheduled))))
        };
        let time = match &self.model.visits[visit].coming {
            Coming::Times(Timetable::Times(times)) => times.get(scheduled as usize).copied().unwrap_or(SimTime::MAX),
            Coming::Times(Timetable::Every { first, .. }) if scheduled == 0 => *first,
            Coming::Times(Timetable::Every { every, stream, .. }) | Coming::Gaps { every, stream } => {
                gap(every, *stream)
            }
        };
        self.visits[visit] = VisitState { scheduled: scheduled + 1, due: time };
        self.events.schedule(time, Event::Ship { visit: visit as u32 });
    }

    /// A ship comes; its kind is drawn.
    pub(in crate::engine) fn ship_comes(&mut self, visit: u32) {
        let visit = visit as usize;
        let ordinal = self.visits[visit].scheduled - 1;
        let spec = &self.model.visits[visit];
        let u = self.random.uniform(spec.kind_stream, Entity::ordinal(ordinal), 0);
        let drawn = spec.kinds.partition_point(|kind| kind.0 <= u).min(spec.kinds.len() - 1);
        let fleet = FleetId::new(self.model.fleets.len() + spec.kinds[drawn].1 as usize);
        let vessel = self.fleets[fleet.index()].left.pop().unwrap_or_else(|| {
            self.vessels.push(VesselState::new(self.model, fleet, Trade::Visits, 0));
            self.vessels.len() as u32 - 1
        });
        self.vessels[vessel as usize].begin_voyage(ordinal);
        self.call_begins(vessel);
        self.schedule_ship(visit);
    }

    /// A ship from outside is gone.
    pub(super) fn ship_leaves(&mut self, vessel: u32) {
        self.enter_phase(vessel, Phase::Laid);
        let state = &self.vessels[vessel as usize];
        let (kind, fleet) = (state.fleet, state.fleet.index());
        self.note_vessel(Fact::Sailed(kind, 0), vessel, Size::ZERO);
        self.fleets[fleet].sailings += 1;
        self.fleets[fleet].left.push(vessel);
        self.account.outcome.fleets[fleet].sails(0, Loading::default(), false);
    }
}
