//! The state of a forming place.

use std::collections::VecDeque;

use crate::units::{SimTime, Size};

/// The state of a forming place.
#[derive(Debug, Default)]
pub(in crate::engine) struct FormerState {
    /// Shipments with their own step of forming and the moment since which they wait.
    pub(in crate::engine) queue: VecDeque<(u32, u32, SimTime)>,
    pub(in crate::engine) total: Size,
    pub(in crate::engine) generation: u32,
    pub(in crate::engine) touched: SimTime,
}

impl FormerState {
    /// Since when each waits.
    pub(in crate::engine) fn since(&self) -> impl Iterator<Item = SimTime> + '_ {
        self.queue.iter().map(|waiter| waiter.2)
    }
}

impl FormerState {
    /// Shipments that wait, with their own step of forming.
    pub(in crate::engine) fn with_steps(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.queue.iter().map(|waiting| (waiting.0, waiting.1))
    }

    /// Shipments that wait.
    pub(in crate::engine) fn waiting(&self) -> impl Iterator<Item = u32> + '_ {
        self.queue.iter().map(|waiting| waiting.0)
    }
}
