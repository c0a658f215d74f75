//! The state of a pool.

use super::body::Held;
use super::pool_queue::{Candidate, PoolQueue};
use crate::ids::{PoolId, ProgramId};
use crate::model::{Need, Pool};
use crate::units::{SimTime, Size};

/// The state of a pool.
#[derive(Debug)]
pub(in crate::engine) struct PoolState {
    pub(in crate::engine) size: u32,
    /// Below zero while a smaller size has not yet taken effect.
    pub(in crate::engine) free: i64,
    pub(in crate::engine) taken: u32,
    /// Of these, what stabled bodies hold and would give back where they wait to come in.
    pub(in crate::engine) lendable: u32,
    /// In turnaround or on the way home.
    pub(in crate::engine) returning: u32,
    pub(in crate::engine) queue: PoolQueue,
    /// It is among those to be looked at.
    pub(in crate::engine) is_woken: bool,
    pub(in crate::engine) touched: SimTime,
}

impl PoolState {
    pub(in crate::engine) fn new(model: &Pool) -> Self {
        Self {
            size: model.size,
            free: i64::from(model.size),
            taken: 0,
            lendable: 0,
            returning: 0,
            queue: PoolQueue::default(),
            is_woken: false,
            touched: SimTime::ZERO,
        }
    }

    /// Things that may be taken now: what is free, and by who stands in a full storage what stabled bodies may have to lend.
    #[inline]
    pub(in crate::engine) fn at_hand(&self, per_amount: bool, is_first: bool) -> i64 {
        let lendable = if is_first && per_amount { self.lendable } else { 0 };
        self.free.max(0) + i64::from(lendable)
    }

    /// Whether one of those who wait here lacks things of this very pool.
    #[inline]
    pub(in crate::engine) fn is_short_for(&self, one: &Candidate) -> bool {
        self.at_hand(one.here.per_amount, one.is_first) < i64::from(one.here.count)
    }
}

/// How many things of a pool a body of this size needs.
pub(in crate::engine) fn count_of(need: &Need, size: Size) -> u32 {
    need.per.map_or(1, |per| ((size.milli() + per.milli() - 1) / per.milli().max(1)).max(1) as u32)
}

/// Things that a body gives back, with the program by which they would go home as cargo.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Offer {
    pub(in crate::engine) held: Held,
    pub(in crate::engine) home: Option<ProgramId>,
}

impl Offer {
    pub(in crate::engine) const fn pool(&self) -> PoolId {
        self.held.pool
    }

    pub(in crate::engine) const fn count(&self) -> u32 {
        self.held.count
    }
}
