//! Bans: while a watched queue is long, some flows load nothing.

use super::event::Event;
use super::observer::Observer;
use super::queues::QueueAt;
use super::state::body::WaitsFor;
use super::world::World;
use crate::ids::{BanId, NodeId, StationId, StorageId};
use crate::model::Watch;
use crate::units::SimTime;

impl<O: Observer> World<'_, O> {
    /// Lets a new body set off, unless a ban holds it.
    #[inline]
    pub(super) fn set_off(&mut self, body: u32) {
        if self.bans.is_empty() { self.proceed(body) } else { self.set_off_under_bans(body) }
    }

    #[inline(never)]
    fn set_off_under_bans(&mut self, body: u32) {
        let flow = &self.model.flows[self.bodies[body].flow.index()];
        let Some(ban) = flow.bans.iter().find(|ban| self.bans[ban.index()].in_effect) else {
            return self.proceed(body);
        };
        if self.switches_from_ban(body, ban.index()) {
            return self.set_off_after_ban(body);
        }
        self.touch_ban(ban.index());
        self.bans[ban.index()].held.push(body);
        let record = &mut self.bodies[body];
        if record.waits != WaitsFor::Ban {
            record.waits = WaitsFor::Ban;
            record.generation += 1;
            let generation = record.generation;
            let ends = flow.patience.map_or(SimTime::MAX, |patience| self.now.after(patience));
            self.events.schedule(ends, Event::Patience { body, generation });
        }
    }

    pub(super) fn patience_ends(&mut self, body: u32, generation: u32) {
        let record = &self.bodies[body];
        if record.waits != WaitsFor::Ban || record.generation != generation {
            return;
        }
        for index in 0..self.bans.len() {
            self.touch_ban(index);
            let held = &mut self.bans[index].held;
            // The first to lose patience are among the first that came.
            if let Some(at) = held.iter().position(|&other| other == body) {
                held.remove(at);
                self.account.outcome.held[index].left += 1;
            }
        }
        self.bodies[body].waits = WaitsFor::Nothing;
        self.bodies[body].generation += 1;
        self.refuse(body);
    }

    pub(super) fn ban_switches(&mut self, ban: u32) {
        let index = ban as usize;
        if self.bans[index].in_effect == self.bans[index].wanted {
            return;
        }
        self.count_ban(index);
        if self.bans[index].in_effect {
            self.known.ban_ended(index, self.now.since(self.bans[index].since));
        }
        let state = &mut self.bans[index];
        state.in_effect = state.wanted;
        state.since = self.now;
        if state.in_effect {
            return;
        }
        self.touch_ban(index);
        let held = std::mem::take(&mut self.bans[index].held);
        self.account.outcome.held[index].left += held.len() as u64;
        for body in held {
            let waited = self.now.since(self.bodies[body].since);
            self.ends_to_wait(body, QueueAt::Ban(BanId::new(index)), waited);
            let flow = &self.model.flows[self.bodies[body].flow.index()];
            if flow.bans.iter().any(|ban| self.bans[ban.index()].in_effect) {
                self.set_off(body);
                continue;
            }
            self.set_off_after_ban(body);
        }
    }

    /// A body that a ban has held goes on.
    pub(super) fn set_off_after_ban(&mut self, body: u32) {
        let cell = self.model.flows[self.bodies[body].flow.index()].ban_cell;
        self.book(body, cell);
        let record = &mut self.bodies[body];
        record.waits = WaitsFor::Nothing;
        record.generation += 1;
        self.proceed(body);
    }

    /// Brings the integral of those that a ban holds up to now.
    pub(super) fn touch_ban(&mut self, index: usize) {
        let state = &mut self.bans[index];
        let elapsed = i128::from(self.now.since(std::mem::replace(&mut state.touched, self.now)).ms());
        self.account.outcome.held[index].queue += elapsed * state.held.len() as i128;
    }

    /// Adds the time in effect up to now, as far as it lies in the horizon.
    pub(super) fn count_ban(&mut self, index: usize) {
        if !self.bans[index].in_effect {
            return;
        }
        let clock = &self.plan.clock;
        let (from, until) = (self.bans[index].since.max(clock.start), self.now.min(clock.horizon_end));
        if until > from {
            self.account.outcome.bans[index] += until.since(from);
        }
    }

    fn watch(&mut self, what: Watch, shipment: u32, sign: i64) {
        for index in 0..self.bans.len() {
            let model = &self.model.bans[index];
            let ship = &self.bodies[shipment];
            let cargo = self.model.flows[ship.flow.index()].cargo;
            if model.watch == what && model.counts[cargo.index()] {
                self.bans[index].count += sign * ship.size.milli();
                self.look_at_threshold(index);
            }
        }
    }

    fn look_at_threshold(&mut self, index: usize) {
        let model = &self.model.bans[index];
        let state = &mut self.bans[index];
        let wanted = if state.wanted { state.count > model.off.milli() } else { state.count >= model.on.milli() };
        if wanted != state.wanted {
            state.wanted = wanted;
            let due = self.now.after(model.delay);
            self.events.schedule(due, Event::Ban { ban: index as u32 });
        }
    }

    #[inline]
    pub(super) fn watch_node(&mut self, node: NodeId, shipment: u32, sign: i64) {
        if !self.bans.is_empty() {
            self.watch(Watch::Node(node), shipment, sign);
        }
    }

    #[inline]
    pub(super) fn watch_storage(&mut self, storage: StorageId, body: u32, sign: i64) {
        self.watch_members(Watch::Storage(storage), body, sign);
    }

    pub(super) fn watch_storage_shipment(&mut self, storage: StorageId, shipment: u32, sign: i64) {
        if !self.bans.is_empty() {
            self.watch(Watch::Storage(storage), shipment, sign);
        }
    }

    #[inline]
    pub(super) fn watch_station(&mut self, station: StationId, body: u32, sign: i64) {
        self.watch_members(Watch::Station(station), body, sign);
    }

    #[inline]
    fn watch_members(&mut self, what: Watch, body: u32, sign: i64) {
        if !self.bans.is_empty() {
            self.watch_each(what, body, sign);
        }
    }

    #[inline(never)]
    fn watch_each(&mut self, what: Watch, body: u32, sign: i64) {
        for index in 0..self.bodies[body].members.len() {
            self.watch(what, self.bodies[body].members[index], sign);
        }
    }
}
