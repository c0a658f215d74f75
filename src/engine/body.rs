//! Shipments, and the bodies in which they move.

use super::observer::{End, Ended, Fact, Observer};
use super::outcome::Segment;
use super::state::body::{Body, Hold, Members, Original, Shipment, WaitsFor, share_out};
use super::state::pool_queue::Want;
use super::world::World;
use crate::ids::{CellId, FlowId, StorageId};
use crate::units::{Duration, Mass, Size};

impl<O: Observer> World<'_, O> {
    /// A new body of one shipment, standing before `step` of the shipment's own program.
    pub(super) fn lone_body(&mut self, shipment: u32, step: u32) -> u32 {
        let ship = &mut self.shipments[shipment];
        ship.base = 0;
        let (pools, tape) = (std::mem::take(&mut ship.pools), std::mem::take(&mut ship.ledger));
        let flow = &self.model.flows[ship.flow.index()];
        self.bodies.insert(Body {
            members: Members::lone(shipment),
            program: ship.program,
            step,
            base: 0,
            formed: false,
            entity: ship.entity,
            flow: ship.flow,
            cargo: flow.cargo,
            priority: flow.priority,
            size: ship.size,
            mass: ship.mass,
            since: self.now,
            tape,
            pools,
            gives: 0,
            hold: Hold::Nothing,
            waits: WaitsFor::Nothing,
            want: Want::default(),
            joined: self.now,
            closed_before: Duration::ZERO,
            generation: 0,
            cell: CellId::new(0),
        })
    }

    /// The storage in which a body stands: that of any of its shipments.
    #[inline]
    pub(super) fn inside(&self, body: u32) -> Option<StorageId> {
        self.bodies[body].members.iter().find_map(|&member| self.shipments[member].inside)
    }

    /// Books the time since the last booking to a cell, for every member.
    #[inline]
    pub(super) fn book(&mut self, body: u32, cell: CellId) {
        let time = self.now.since(self.bodies[body].since);
        self.book_part(body, cell, time);
    }

    /// Books a part of the time since the last booking; the parts must add up.
    #[inline]
    pub(super) fn book_part(&mut self, body: u32, cell: CellId, time: Duration) {
        if time == Duration::ZERO {
            return;
        }
        let record = &mut self.bodies[body];
        record.since = record.since.after(time);
        record.tape.push(Segment { cell, time });
        if self.account.is_waiting(cell) {
            self.body_held(body, cell, time);
        }
    }

    /// The name of a body for facts: flow and identity of its first shipment.
    #[inline]
    pub(super) fn name_of(&self, body: u32) -> (FlowId, u64) {
        let body = &self.bodies[body];
        (body.flow, body.entity.value())
    }

    /// Tells a fact about a body.
    #[inline]
    pub(super) fn note_body(&mut self, fact: Fact, body: u32) {
        if O::LISTENS {
            let (name, size) = (self.name_of(body), self.bodies[body].size);
            self.note(fact, Some(name), size);
        }
    }

    /// Tells how a part ended; while it is still among its original's parts.
    #[inline]
    pub(super) fn note_end(&mut self, how: End, shipment: u32) {
        if !O::LISTENS {
            return;
        }
        let ship = &self.shipments[shipment];
        let whole = ship.original.map_or(ship.entity, |original| self.originals[original].entity);
        self.observer.ended(Ended {
            time: self.now,
            how,
            flow: ship.flow,
            route: self.model.programs[ship.program.index()].route,
            shipment: whole.value(),
            mass: ship.mass,
            size: ship.size,
        });
    }

    /// Splits `taken` off a shipment and returns it; the rest keeps its identity.
    pub(super) fn split(&mut self, shipment: u32, taken: Size) -> u32 {
        let original = self.original_of(shipment);
        let record = &mut self.originals[original];
        record.parts += 1;
        record.left += 1;
        let entity = record.entity.part(record.parts);
        let ship = &mut self.shipments[shipment];
        let pools = share_out(&mut ship.pools, taken, ship.size);
        let mass = Mass::from_kg(
            (i128::from(ship.mass.kg()) * i128::from(taken.milli()) / i128::from(ship.size.milli())) as i64,
        );
        ship.size -= taken;
        ship.mass -= mass;
        let part = Shipment {
            flow: ship.flow,
            program: ship.program,
            route: ship.route,
            base: ship.base,
            entity,
            original: Some(original),
            size: taken,
            mass,
            made: ship.made,
            taken: ship.taken,
            since: ship.since,
            ledger: ship.ledger.clone(),
            clocks: ship.clocks.clone(),
            passed: ship.passed,
            acceptance: ship.acceptance,
            arrived: ship.arrived,
            in_cohort: ship.in_cohort,
            pools,
            inside: ship.inside,
            switched: ship.switched,
        };
        self.account.present_changes(self.now, 1);
        self.account.part_made(part.made, self.now);
        self.shipments.insert(part)
    }

    fn original_of(&mut self, shipment: u32) -> u32 {
        let ship = &self.shipments[shipment];
        if let Some(original) = ship.original {
            return original;
        }
        let original = self.originals.insert(Original { entity: ship.entity, parts: 0, left: 1, mass: ship.mass });
        self.shipments[shipment].original = Some(original);
        original
    }
}
