//! Shipments, and the bodies in which they move.

use super::pool_queue::Want;
use crate::engine::outcome::Segment;
use crate::ids::{CargoId, CellId, FlowId, LineId, PoolId, ProgramId, RouteId, SectionId, StationId, StorageId};
use crate::random::Entity;
use crate::units::{Duration, Mass, SimTime, Size};

/// A shipment, or a part of one.
#[derive(Debug)]
pub(in crate::engine) struct Shipment {
    pub(in crate::engine) flow: FlowId,
    pub(in crate::engine) program: ProgramId,
    pub(in crate::engine) route: RouteId,
    /// Own step that corresponds to its body's `base`.
    pub(in crate::engine) base: u32,
    pub(in crate::engine) entity: Entity,
    /// Set once it was split.
    pub(in crate::engine) original: Option<u32>,
    pub(in crate::engine) size: Size,
    pub(in crate::engine) mass: Mass,
    pub(in crate::engine) made: SimTime,
    /// Of things that go home as cargo: since when they have been away.
    pub(in crate::engine) taken: Option<SimTime>,
    /// Time is booked up to this moment while it waits without a body.
    pub(in crate::engine) since: SimTime,
    /// What was booked before it joined the body in which it is; of a lone body, nothing: there the tape has it.
    pub(in crate::engine) ledger: Vec<Segment>,
    /// Section clocks that run.
    pub(in crate::engine) clocks: Vec<SectionClock>,
    /// Stations passed, for recognition.
    pub(in crate::engine) passed: u64,
    /// Waiting for acceptance, once it has set out.
    pub(in crate::engine) acceptance: Option<Duration>,
    pub(in crate::engine) arrived: SimTime,
    /// Made within the horizon.
    pub(in crate::engine) in_cohort: bool,
    /// Things of pools that it holds while it waits without a body.
    pub(in crate::engine) pools: Vec<Held>,
    /// The storage in which it stands.
    pub(in crate::engine) inside: Option<StorageId>,
    pub(in crate::engine) switched: Switched,
}

/// The clock of a section that a shipment is passing.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct SectionClock {
    pub(in crate::engine) section: SectionId,
    pub(in crate::engine) start: SimTime,
    /// Entries booked before it started, in the ledger and then on the tape.
    pub(in crate::engine) booked: usize,
}

/// The shipments of a body, at least one. A lone one, as nearly all are, takes no memory of its own.
#[derive(Debug, Default)]
pub(in crate::engine) struct Members {
    pub(in crate::engine) lone: [u32; 1],
    pub(in crate::engine) several: Vec<u32>,
}

impl Members {
    pub(in crate::engine) const fn lone(shipment: u32) -> Self {
        Self { lone: [shipment], several: Vec::new() }
    }

    pub(in crate::engine) const fn several(shipments: Vec<u32>) -> Self {
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
pub(in crate::engine) struct Original {
    pub(in crate::engine) entity: Entity,
    /// Parts made so far.
    pub(in crate::engine) parts: u64,
    /// Parts not yet delivered, refused or lost.
    pub(in crate::engine) left: u32,
    pub(in crate::engine) mass: Mass,
}

/// What a body keeps occupied behind it until it has found a place ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Hold {
    Nothing,
    Server(StationId, u32),
    Line(LineId),
}

/// What a body waits for (kept to find standstills).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) enum WaitsFor {
    Nothing,
    Pools,
    Room(StationId),
    Line(LineId, u8),
    Storage(StorageId),
    Ban,
}

/// Things of a pool that a body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Held {
    pub(in crate::engine) pool: PoolId,
    pub(in crate::engine) count: u32,
    pub(in crate::engine) since: SimTime,
    /// Passed over from another body: they owe no way home.
    pub(in crate::engine) lent: bool,
}

/// What moves as one: a lone shipment or a formed train.
#[derive(Debug)]
pub(in crate::engine) struct Body {
    pub(in crate::engine) members: Members,
    pub(in crate::engine) program: ProgramId,
    pub(in crate::engine) step: u32,
    /// Step of `program` at which it was formed; 0 for a lone shipment.
    pub(in crate::engine) base: u32,
    /// Formed at a yard, to be broken up.
    pub(in crate::engine) formed: bool,
    pub(in crate::engine) entity: Entity,
    pub(in crate::engine) flow: FlowId,
    pub(in crate::engine) cargo: CargoId,
    pub(in crate::engine) priority: u8,
    pub(in crate::engine) size: Size,
    pub(in crate::engine) mass: Mass,
    /// Time is booked up to this moment.
    pub(in crate::engine) since: SimTime,
    /// What was booked to all members alike: once for a train, however many it carries.
    pub(in crate::engine) tape: Vec<Segment>,
    pub(in crate::engine) pools: Vec<Held>,
    /// Times that it gave pools back.
    pub(in crate::engine) gives: u32,
    pub(in crate::engine) hold: Hold,
    pub(in crate::engine) waits: WaitsFor,
    /// What it waits to take of pools.
    pub(in crate::engine) want: Want,
    /// When it joined the queue it is in, and what that queue's clock of hindrances (a line that is shut, a storage that
    /// holds back) showed then.
    pub(in crate::engine) joined: SimTime,
    pub(in crate::engine) closed_before: Duration,
    /// Invalidates events of a wait that ended.
    pub(in crate::engine) generation: u32,
    /// Cell to which the present wait is booked, where it is one.
    pub(in crate::engine) cell: CellId,
}

/// Takes from `pools` what falls to `part` of `whole`, rounded down; the parts taken one after another from
/// what is left add up to all.
pub(in crate::engine) fn share_out(pools: &mut Vec<Held>, part: Size, whole: Size) -> Vec<Held> {
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

/// How often a shipment has switched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Switched {
    pub(in crate::engine) times: u8,
    /// The step at which it did last.
    pub(in crate::engine) at: u32,
}
