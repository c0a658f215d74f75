//! Shipments, and the bodies in which they move.

use super::observer::{Carrier, End, Ended, Fact, Note, Observer, ShipmentName};
use super::state::body::{Body, Hold, Original, WaitsFor, share_out};
use super::world::World;
use crate::ids::{CellId, StorageId};
use crate::units::{Duration, Mass, Size};

impl<O: Observer> World<'_, O> {
    /// A record for what moves, with nothing left of who had it before.
    #[inline]
    pub(super) fn claim_body(&mut self) -> u32 {
        let body = self.bodies.claim(Body::empty);
        self.bodies[body].clear();
        body
    }

    /// A shipment moves by itself from now on, standing before `step` of its program.
    #[inline]
    pub(super) fn move_alone(&mut self, shipment: u32, step: u32) {
        let record = &mut self.bodies[shipment];
        let flow = &self.model.flows[record.flow.index()];
        record.cargo = flow.cargo;
        record.priority = flow.priority;
        record.step = step;
        record.since = self.now;
        record.gives = 0;
        record.hold = Hold::Nothing;
        record.waits = WaitsFor::Nothing;
        record.joined = self.now;
    }

    /// The storage in which a body stands: that of any of its shipments.
    #[inline]
    pub(super) fn inside(&self, body: u32) -> Option<StorageId> {
        let record = &self.bodies[body];
        if !record.is_train() {
            return record.inside;
        }
        record.members.iter().find_map(|&member| self.bodies[member].inside)
    }

    /// Books the time since the last booking to a cell, for every member.
    #[inline]
    pub(super) fn book(&mut self, body: u32, cell: CellId) {
        let time = self.now.since(self.bodies[body].since);
        self.book_parts(body, [(cell, time)]);
    }

    /// Books parts of the time since the last booking.
    #[inline]
    pub(super) fn book_parts<const N: usize>(&mut self, body: u32, parts: [(CellId, Duration); N]) {
        let record = &mut self.bodies[body];
        record.since = record.since.after(parts.iter().map(|(_, time)| *time).sum());
        for (cell, time) in parts {
            record.enter(cell, time);
        }
        if O::LISTENS || record.may_hold() {
            for (cell, time) in parts {
                self.tell_booked(body, cell, time);
            }
        }
    }

    /// Tells what was booked, and counts what was held meanwhile.
    #[inline]
    fn tell_booked(&mut self, body: u32, cell: CellId, time: Duration) {
        if time != Duration::ZERO {
            self.note_body(Fact::Booked(cell, time), body);
            self.body_held(body, cell, time);
        }
    }

    /// The name of a body for facts: that of its first shipment.
    #[inline]
    pub(super) fn name_of(&self, body: u32) -> ShipmentName {
        let body = &self.bodies[body];
        ShipmentName { flow: body.flow, identity: body.entity.value() }
    }

    /// Tells a fact about a body.
    #[inline]
    pub(super) fn note_body(&mut self, fact: Fact, body: u32) {
        if O::LISTENS {
            let train = self.bodies[body].train;
            let carrier = (train > 0).then_some(Carrier::Train(train));
            self.note_of(fact, body, carrier);
        }
    }

    /// Tells a fact about a body and what carries it.
    pub(super) fn note_of(&mut self, fact: Fact, body: u32, carrier: Option<Carrier>) {
        if O::LISTENS {
            let (shipment, record) = (Some(self.name_of(body)), &self.bodies[body]);
            let (size, mass) = (record.size, record.mass);
            self.observer.note(Note { time: self.now, fact, shipment, carrier, size, mass });
        }
    }

    /// Tells which shipments a train is made of.
    pub(super) fn note_joining(&mut self, train: u32) {
        if O::LISTENS {
            let carrier = Some(Carrier::Train(self.bodies[train].train));
            for at in 0..self.bodies[train].members.len() {
                self.note_of(Fact::Joined, self.bodies[train].members[at], carrier);
            }
        }
    }

    /// Tells how a part ended; while it is still among its original's parts.
    #[inline]
    pub(super) fn note_end(&mut self, how: End, shipment: u32) {
        if !O::LISTENS {
            return;
        }
        let ship = &self.bodies[shipment];
        let whole = ship.original().map_or(ship.entity, |original| self.originals[original].entity);
        let ended = Ended {
            time: self.now,
            made: ship.made,
            how,
            flow: ship.flow,
            route: self.model.programs[ship.program.index()].route,
            shipment: whole.value(),
            mass: ship.mass,
            size: ship.size,
        };
        self.observer.ended(ended, &self.bodies[shipment].tape);
    }

    /// Splits `taken` off a shipment and returns it; the rest keeps its identity.
    pub(super) fn split(&mut self, shipment: u32, taken: Size) -> u32 {
        let original = self.original_of(shipment);
        let record = &mut self.originals[original];
        record.parts += 1;
        record.left += 1;
        let entity = record.entity.part(record.parts);
        let part = self.claim_body();
        let (record, ship) = self.bodies.pair(part, shipment);
        share_out(&mut ship.pools, taken, ship.size, &mut record.pools);
        let mass = Mass::from_kg(
            (i128::from(ship.mass.kg()) * i128::from(taken.milli()) / i128::from(ship.size.milli())) as i64,
        );
        ship.size -= taken;
        ship.mass -= mass;
        record.be_part_of(ship);
        record.entity = entity;
        record.set_original(original);
        record.size = taken;
        record.mass = mass;
        let made = record.made;
        self.account.appears(made);
        part
    }

    /// Whether a lone shipment is larger than a size.
    pub(super) fn is_larger(&self, body: u32, most: Size) -> bool {
        !self.bodies[body].is_train() && self.bodies[body].size > most
    }

    /// Cuts a lone shipment into bodies of a size, of which the last has the rest; each goes on by itself.
    #[inline(never)]
    pub(super) fn cut(&mut self, shipment: u32, most: Size) {
        let step = self.bodies[shipment].step + 1;
        self.stand_still(shipment);
        let mut parts = Vec::new();
        while self.bodies[shipment].size > most {
            parts.push(self.cut_off(shipment, most));
        }
        parts.push(shipment);
        for part in parts {
            self.move_alone(part, step);
            self.proceed(part);
        }
    }

    /// The next piece of a shipment: piece k of a part is (part, "part", k), while those of a whole shipment are numbered
    /// with all its other parts.
    fn cut_off(&mut self, shipment: u32, taken: Size) -> u32 {
        let own = self.bodies[shipment].entity;
        let is_part = self.bodies[shipment].original().is_some_and(|original| self.originals[original].entity != own);
        let piece = self.split(shipment, taken);
        if is_part {
            let number = self.bodies[shipment].next_piece();
            self.bodies[piece].entity = own.part(u64::from(number));
        }
        piece
    }

    fn original_of(&mut self, shipment: u32) -> u32 {
        let ship = &self.bodies[shipment];
        if let Some(original) = ship.original() {
            return original;
        }
        let original = self.originals.insert(Original { entity: ship.entity, parts: 0, left: 1, mass: ship.mass });
        self.bodies[shipment].set_original(original);
        original
    }
}
