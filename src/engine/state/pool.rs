//! The state of a pool.

use super::body::Held;
use super::level::Level;
use super::pool_queue::{Candidate, PoolQueue, Things};
use crate::engine::outcome::PoolTally;
use crate::ids::{PoolId, ProgramId};
use crate::model::Pool;
use crate::units::SimTime;

/// The state of a pool.
#[derive(Debug)]
pub(in crate::engine) struct PoolState {
    pub(in crate::engine) size: u32,
    /// Below zero while a smaller size has not yet taken effect.
    pub(in crate::engine) free: i64,
    pub(in crate::engine) taken: Level,
    /// Of these, what stabled bodies hold and would give back where they wait to come in.
    pub(in crate::engine) lendable: u32,
    /// In turnaround or on the way home.
    pub(in crate::engine) returning: Level,
    pub(in crate::engine) queue: PoolQueue,
    /// Those in it who are not held back, over time.
    waiting: Level,
    /// It is among those to be looked at.
    pub(in crate::engine) is_woken: bool,
    /// Up to when its size is in the integral.
    touched: SimTime,
}

impl PoolState {
    pub(in crate::engine) fn new(model: &Pool) -> Self {
        Self {
            size: model.size,
            free: i64::from(model.size),
            taken: Level::default(),
            lendable: 0,
            returning: Level::default(),
            queue: PoolQueue::default(),
            waiting: Level::default(),
            is_woken: false,
            touched: SimTime::ZERO,
        }
    }

    /// Whether so many things may be taken now: of what is free, and by who stands in a full storage of what stabled bodies may
    /// have to lend. Hardly ever is there anything to lend, so that this is asked last.
    #[inline]
    pub(in crate::engine) fn has(&self, things: &Things, is_first: bool) -> bool {
        let lacking = i64::from(things.count) - self.free.max(0);
        lacking <= 0 || lacking <= i64::from(self.lendable) && is_first && things.per_amount
    }

    /// Whether so many things are free and nobody may come before who asks for them now.
    #[inline]
    pub(in crate::engine) fn gives_at_once(&self, count: u32) -> bool {
        self.free >= i64::from(count) && self.queue.fronts().is_empty()
    }

    /// So many things are taken of what is free.
    #[inline]
    pub(in crate::engine) fn take(&mut self, count: u32, now: SimTime) {
        self.free -= i64::from(count);
        self.taken.rise_by(count, now);
    }

    /// So many things are given back, and will be free later.
    #[inline]
    pub(in crate::engine) fn give(&mut self, count: u32, now: SimTime) {
        self.taken.fall_by(count, now);
        self.returning.rise_by(count, now);
    }

    /// So many things that were returning are free.
    #[inline]
    pub(in crate::engine) fn free(&mut self, count: u32, now: SimTime) {
        self.free += i64::from(count);
        self.returning.fall_by(count, now);
    }

    /// Counts those who wait, after their number may have changed.
    #[inline]
    pub(in crate::engine) fn count_waiting(&mut self, now: SimTime) {
        self.waiting.turn_to(self.queue.len() as u32, now);
    }

    /// Adds what the integrals have come to since this was last asked for.
    pub(in crate::engine) fn enter_integrals(&mut self, tally: &mut PoolTally, now: SimTime) {
        // Within the horizon this is asked for at least at each end of a month: what 2^32 things come to in a month is less than
        // 2^64 ms. What was before does not count.
        let integral = |level: &mut Level| i128::from(level.integral(now) as u64);
        tally.taken += integral(&mut self.taken);
        tally.returning += integral(&mut self.returning);
        tally.queue += integral(&mut self.waiting);
        let elapsed = now.since(std::mem::replace(&mut self.touched, now));
        tally.size += i128::from(elapsed.ms()) * i128::from(self.size);
    }

    /// Whether one of those who wait here lacks things of this very pool.
    #[inline]
    pub(in crate::engine) fn is_short_for(&self, one: &Candidate) -> bool {
        !self.has(&one.here, one.is_first)
    }
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
