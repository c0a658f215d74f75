//! Forming places: shipments wait to be one body, and are broken up again.

use super::event::Event;
use super::observer::{Fact, Observer};
use super::queues::QueueAt;
use super::state::body::{Held, WaitsFor, share_out};
use super::state::former::Joining;
use super::world::World;
use crate::ids::{CellId, FormerId};
use crate::units::{Mass, Size};

/// Makes what several hold of one pool one holding since the first was taken; what was lent apart.
fn merge(pools: &mut Vec<Held>) {
    pools.sort_by_key(|held| (held.pool, held.lent, held.since));
    pools.dedup_by(|next, first| {
        let same = (next.pool, next.lent) == (first.pool, first.lent);
        if same {
            first.count += next.count;
        }
        same
    });
}

impl<O: Observer> World<'_, O> {
    /// The body's shipments wait for others; the body is no more.
    #[inline(never)]
    pub(super) fn form(&mut self, body: u32, former: FormerId) {
        let step = self.bodies[body].step;
        self.touch_former(former.index());
        let first = self.formers[former.index()].queue.is_empty();
        self.dissolve(body, |world, member| {
            let state = &mut world.formers[former.index()];
            state.total += world.bodies[member].size;
            state.queue.push_back(Joining { shipment: member, step, since: world.now });
        });
        if first {
            self.start_patience(former);
        }
        while self.formers[former.index()].total >= self.model.formers[former.index()].full {
            self.form_train(former);
        }
    }

    /// Brings a forming place's integral up to now.
    pub(super) fn touch_former(&mut self, index: usize) {
        let state = &mut self.formers[index];
        let elapsed = i128::from(self.now.since(std::mem::replace(&mut state.touched, self.now)).ms());
        self.account.outcome.formers[index].queue += elapsed * state.queue.len() as i128;
    }

    /// True for a lone part of a shipment that was split.
    pub(super) fn is_part(&self, body: u32) -> bool {
        matches!(self.bodies[body].members[..], [only] if self.bodies[only].original().is_some())
    }

    /// A shipment no longer waits for others.
    pub(super) fn leave_former(&mut self, shipment: u32, former: FormerId) {
        self.touch_former(former.index());
        let size = self.bodies[shipment].size;
        let state = &mut self.formers[former.index()];
        let was_first = state.queue.front().is_some_and(|first| first.shipment == shipment);
        state.queue.retain(|other| other.shipment != shipment);
        state.total -= size;
        self.account.outcome.formers[former.index()].left += 1;
        if was_first {
            self.start_patience(former);
        }
        self.book_shipment(shipment, self.model.formers[former.index()].wait);
    }

    /// Sets the clock of the first waiting shipment.
    fn start_patience(&mut self, former: FormerId) {
        let state = &mut self.formers[former.index()];
        state.generation += 1;
        let generation = state.generation;
        let (Some(front), Some(wait)) = (state.queue.front(), self.model.formers[former.index()].max_wait) else {
            return;
        };
        let due = front.since.after(wait).max(self.now);
        self.events.schedule(due, Event::FormTimeout { former: former.index() as u32, generation });
    }

    pub(super) fn form_timeout(&mut self, former: u32, generation: u32) {
        if self.formers[former as usize].generation == generation {
            self.form_train(FormerId::new(former as usize));
        }
    }

    /// Makes one train of what waits, at most a full one.
    fn form_train(&mut self, former: FormerId) {
        self.touch_former(former.index());
        let full = self.model.formers[former.index()].full;
        let mut train = std::mem::take(&mut self.joining);
        let mut size = Size::ZERO;
        while let Some(first) = self.formers[former.index()].queue.pop_front() {
            let member = first.shipment;
            let rest = full - size;
            if self.bodies[member].size <= rest || train.is_empty() && !self.may_split(member, rest) {
                size += self.bodies[member].size;
                train.push(first);
            } else {
                if self.may_split(member, rest) {
                    let part = self.split(member, self.splittable(member, rest));
                    size += self.bodies[part].size;
                    train.push(Joining { shipment: part, ..first });
                }
                self.formers[former.index()].queue.push_front(first);
                break;
            }
            if size >= full {
                break;
            }
        }
        self.formers[former.index()].total -= size;
        self.account.outcome.formers[former.index()].left += train.len() as u64;
        self.start_patience(former);
        if !train.is_empty() {
            self.depart_train(former, &train);
        }
        train.clear();
        self.joining = train;
    }

    /// What may be split off a shipment to fill `rest`: whole units where the shipment is of whole units.
    pub(super) fn splittable(&self, shipment: u32, rest: Size) -> Size {
        let size = self.bodies[shipment].size.milli();
        let step = if size % 1000 == 0 { 1000 } else { 1 };
        Size::from_milli(rest.milli() / step * step)
    }

    /// True if a part of at least one step may be split off to fill `rest`.
    pub(super) fn may_split(&self, shipment: u32, rest: Size) -> bool {
        let flow = self.bodies[shipment].flow;
        let cargo = self.model.flows[flow.index()].cargo;
        !self.model.cargoes[cargo.index()].whole && self.splittable(shipment, rest) > Size::ZERO
    }

    fn depart_train(&mut self, former: FormerId, train: &[Joining]) {
        let wait = self.model.formers[former.index()].wait;
        let (mut size, mut mass) = (Size::ZERO, Mass::ZERO);
        let body = self.claim_body();
        let mut pools = std::mem::take(&mut self.bodies[body].pools);
        for &Joining { shipment: member, step, since } in train {
            self.ends_to_wait(member, QueueAt::Former(former), self.now.since(since));
            self.book_shipment(member, wait);
            let ship = &mut self.bodies[member];
            ship.step = step;
            size += ship.size;
            mass += ship.mass;
            pools.append(&mut ship.pools);
        }
        let Joining { shipment: first, step, .. } = train[0];
        let ship = &self.bodies[first];
        let flow = &self.model.flows[ship.flow.index()];
        let members = train.iter().map(|joining| joining.shipment);
        let priority = members.clone().map(|member| self.model.flows[self.bodies[member].flow.index()].priority).min();
        let (program, route, entity) = (ship.program, ship.route, ship.entity);
        let (flow, cargo, own) = (ship.flow, flow.cargo, flow.priority);
        merge(&mut pools);
        self.trains += 1;
        let number = self.trains;
        let mut several = self.spared.pop().unwrap_or_default();
        several.extend(members);
        let record = &mut self.bodies[body];
        record.members.several = several;
        record.train = number;
        (record.program, record.step, record.base, record.route) = (program, step + 1, step, route);
        (record.flow, record.cargo, record.entity) = (flow, cargo, entity);
        record.priority = priority.unwrap_or(own);
        (record.size, record.mass) = (size, mass);
        (record.since, record.joined) = (self.now, self.now);
        record.pools = pools;
        record.gives = 0;
        self.note_joining(body);
        self.note_body(Fact::Formed, body);
        self.proceed(body);
    }

    /// Books the time that a shipment waited without a body.
    pub(super) fn book_shipment(&mut self, shipment: u32, cell: CellId) {
        let ship = &mut self.bodies[shipment];
        let time = self.now.since(std::mem::replace(&mut ship.since, self.now));
        if time != crate::units::Duration::ZERO {
            ship.tape.push(super::outcome::Segment { cell, time });
            let may_hold = ship.may_hold();
            self.note_body(Fact::Booked(cell, time), shipment);
            if may_hold {
                self.count_held(shipment, cell, time);
            }
        }
    }

    /// Ends a body and goes through its shipments, which keep what was booked, and what it held of pools by their sizes.
    #[inline]
    pub(super) fn dissolve(&mut self, body: u32, mut each: impl FnMut(&mut Self, u32)) {
        if self.bodies[body].is_train() {
            let mut members = self.dissolve_train(body);
            for &member in &members {
                each(self, member);
            }
            members.clear();
            self.spared.push(members);
        } else {
            self.stand_still(body);
            each(self, body);
        }
    }

    /// A shipment that was by itself is in no body from now on.
    #[inline]
    pub(super) fn stand_still(&mut self, shipment: u32) {
        let record = &mut self.bodies[shipment];
        record.since = self.now;
        record.waits = WaitsFor::Nothing;
    }

    fn dissolve_train(&mut self, train: u32) -> Vec<u32> {
        let record = &mut self.bodies[train];
        let members = std::mem::take(&mut record.members.several);
        let mut pools = std::mem::take(&mut record.pools);
        let mut left = record.size;
        for &member in &members {
            let (ship, record) = self.bodies.pair(member, train);
            ship.since = self.now;
            ship.tape.extend_from_slice(&record.tape);
            record.readings().iter().for_each(|reading| ship.read(Some(reading.meter), reading.amount));
            share_out(&mut pools, ship.size, left, &mut ship.pools);
            left -= ship.size;
        }
        self.bodies[train].pools = pools;
        self.bodies.remove(train);
        members
    }

    /// Gives the shipments of all trains what was booked so far.
    pub(super) fn hand_out_tapes(&mut self, trains: &[u32]) {
        for &train in trains {
            for at in 0..self.bodies[train].members.len() {
                let member = self.bodies[train].members[at];
                let (ship, record) = self.bodies.pair(member, train);
                ship.tape.extend_from_slice(&record.tape);
            }
        }
    }

    /// The train is no more; each shipment goes on by its own program.
    #[inline(never)]
    pub(super) fn break_up(&mut self, body: u32) {
        let offset = self.bodies[body].step - self.bodies[body].base;
        self.dissolve(body, |world, member| {
            let step = world.bodies[member].step + offset + 1;
            world.move_alone(member, step);
            world.proceed(member);
        });
    }
}
