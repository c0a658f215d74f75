//! Shipments, and the bodies in which they move.

use super::observer::{End, Ended, Fact, Observer};
use super::outcome::Segment;
use super::pool_queue::Want;
use super::reroute::Switched;
use super::world::World;
use crate::ids::{CargoId, CellId, FlowId, LineId, PoolId, ProgramId, RouteId, SectionId, StationId, StorageId};
use crate::random::Entity;
use crate::units::{Duration, Mass, SimTime, Size};

/// A shipment, or a part of one.
#[derive(Debug)]
pub(super) struct Shipment {
    pub(super) flow: FlowId,
    pub(super) program: ProgramId,
    pub(super) route: RouteId,
    /// Own step that corresponds to its body's `base`.
    pub(super) base: u32,
    pub(super) entity: Entity,
    /// Set once it was split.
    pub(super) original: Option<u32>,
    pub(super) size: Size,
    pub(super) mass: Mass,
    pub(super) made: SimTime,
    /// Of things that go home as cargo: since when they have been away.
    pub(super) taken: Option<SimTime>,
    /// Time is booked up to this moment while it waits without a body.
    pub(super) since: SimTime,
    /// What was booked before it joined the body in which it is; of a lone body, nothing: there the tape has it.
    pub(super) ledger: Vec<Segment>,
    /// Section clocks that run.
    pub(super) clocks: Vec<SectionClock>,
    /// Stations passed, for recognition.
    pub(super) passed: u64,
    /// Waiting for acceptance, once it has set out.
    pub(super) acceptance: Option<Duration>,
    pub(super) arrived: SimTime,
    /// Made within the horizon.
    pub(super) in_cohort: bool,
    /// Things of pools that it holds while it waits without a body.
    pub(super) pools: Vec<Held>,
    /// The storage in which it stands.
    pub(super) inside: Option<StorageId>,
    pub(super) switched: Switched,
}

/// The clock of a section that a shipment is passing.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionClock {
    pub(super) section: SectionId,
    pub(super) start: SimTime,
    /// Entries booked before it started, in the ledger and then on the tape.
    pub(super) booked: usize,
}

/// The shipments of a body, at least one. A lone one, as nearly all are, takes no memory of its own.
#[derive(Debug, Default)]
pub(super) struct Members {
    lone: [u32; 1],
    several: Vec<u32>,
}

impl Members {
    pub(super) const fn lone(shipment: u32) -> Self {
        Self { lone: [shipment], several: Vec::new() }
    }

    pub(super) const fn several(shipments: Vec<u32>) -> Self {
        Self { lone: [0], several: shipments }
    }
}

impl std::ops::Deref for Members {
    type Target = [u32];
    #[inline]
    fn deref(&self) -> &[u32] {
        if self.several.is_empty() { &self.lone } else { &self.several }
    }
}

/// A shipment that was split.
#[derive(Debug)]
pub(super) struct Original {
    pub(super) entity: Entity,
    /// Parts made so far.
    pub(super) parts: u64,
    /// Parts not yet delivered, refused or lost.
    pub(super) left: u32,
    pub(super) mass: Mass,
}

/// What a body keeps occupied behind it until it has found a place ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    Nothing,
    Server(StationId, u32),
    Line(LineId),
}

/// What a body waits for (kept to find standstills).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WaitsFor {
    Nothing,
    Pools,
    Room(StationId),
    Line(LineId, u8),
    Storage(StorageId),
    Ban,
}

/// Things of a pool that a body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) pool: PoolId,
    pub(super) count: u32,
    pub(super) since: SimTime,
    /// Passed over from another body: they owe no way home.
    pub(super) lent: bool,
}

/// What moves as one: a lone shipment or a formed train.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) members: Members,
    pub(super) program: ProgramId,
    pub(super) step: u32,
    /// Step of `program` at which it was formed; 0 for a lone shipment.
    pub(super) base: u32,
    /// Formed at a yard, to be broken up.
    pub(super) formed: bool,
    pub(super) entity: Entity,
    pub(super) flow: FlowId,
    pub(super) cargo: CargoId,
    pub(super) priority: u8,
    pub(super) size: Size,
    pub(super) mass: Mass,
    /// Time is booked up to this moment.
    pub(super) since: SimTime,
    /// What was booked to all members alike: once for a train, however many it carries.
    pub(super) tape: Vec<Segment>,
    pub(super) pools: Vec<Held>,
    /// Times that it gave pools back.
    pub(super) gives: u32,
    pub(super) hold: Hold,
    pub(super) waits: WaitsFor,
    /// What it waits to take of pools.
    pub(super) want: Want,
    /// When it joined the queue it is in, and what that queue's clock of hindrances (a line that is shut, a storage that
    /// holds back) showed then.
    pub(super) joined: SimTime,
    pub(super) closed_before: Duration,
    /// Invalidates events of a wait that ended.
    pub(super) generation: u32,
    /// Cell to which the present wait is booked, where it is one.
    pub(super) cell: CellId,
}

/// Takes from `pools` what falls to `part` of `whole`, rounded down; the parts taken one after another from
/// what is left add up to all.
pub(super) fn share_out(pools: &mut Vec<Held>, part: Size, whole: Size) -> Vec<Held> {
    let mut shares = Vec::new();
    for held in pools.iter_mut() {
        let count = (i64::from(held.count) * part.milli() / whole.milli().max(1)) as u32;
        if count > 0 {
            held.count -= count;
            shares.push(Held { count, ..*held });
        }
    }
    pools.retain(|held| held.count > 0);
    shares
}

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
        let (name, size) = (self.name_of(body), self.bodies[body].size);
        self.note(fact, Some(name), size);
    }

    /// Tells how a part ended; while it is still among its original's parts.
    #[inline]
    pub(super) fn note_end(&mut self, how: End, shipment: u32) {
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
