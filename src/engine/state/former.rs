//! The state of a forming place.

use std::collections::VecDeque;

use crate::units::{SimTime, Size};

/// A shipment that waits to be of a train.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Joining {
    pub(in crate::engine) shipment: u32,
    /// Its own step of forming.
    pub(in crate::engine) step: u32,
    /// Since when it waits.
    pub(in crate::engine) since: SimTime,
}

/// The state of a forming place.
#[derive(Debug, Default)]
pub(in crate::engine) struct FormerState {
    pub(in crate::engine) queue: VecDeque<Joining>,
    pub(in crate::engine) total: Size,
    pub(in crate::engine) generation: u32,
    pub(in crate::engine) touched: SimTime,
}

impl FormerState {
    /// Shipments that wait.
    pub(in crate::engine) fn waiting(&self) -> impl Iterator<Item = u32> + '_ {
        self.queue.iter().map(|joining| joining.shipment)
    }
}
