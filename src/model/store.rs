//! Things that are taken and given back, and room: pools, storages, places where trains are formed.

use crate::ids::{CellId, NodeId};
use crate::random::{Distribution, StreamId};
use crate::units::{Duration, Size};

/// A counted pool.
#[derive(Clone, Debug)]
pub struct Pool {
    /// How many.
    pub size: u32,
    /// Counted by the size of a body (wagons), as against one a body (a locomotive).
    pub per_amount: bool,
    /// From given back until free, milliseconds; includes the way home of `returns = "empty"`.
    pub turnaround: Distribution,
    /// The way home, milliseconds, drawn apart.
    pub home: Option<Distribution>,
    /// Named source of both (draws 0 and up of the body's visit; the way home from `home_stream`).
    pub stream: StreamId,
    /// Named source of the way home.
    pub home_stream: StreamId,
    /// Where waiting is booked.
    pub wait: CellId,
}

/// Yard space.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Capacity in room.
    pub capacity: i64,
    /// Room that bodies outside would take from which on nobody takes things per amount for it; `None`: no limit.
    pub stabling: Option<i64>,
    /// By cargo: room of a thousandth of a unit; 0 where it is not held.
    pub room_per_milli: Vec<i64>,
    /// Part of a stay for which nothing is read.
    pub free_time: Duration,
    /// Where waiting outside, and waiting elsewhere to be let set out for it, is booked.
    pub wait: CellId,
    /// Named source for identities of stabled bodies.
    pub node: NodeId,
}

/// A forming place.
#[derive(Clone, Debug)]
pub struct Former {
    /// A full body. Shipments fill it in order; one that is too large for the rest is split unless whole.
    pub full: Size,
    /// Longest wait of the first.
    pub max_wait: Option<Duration>,
    /// Number of steps from the one after `Form` up to and including `Break`.
    pub length: u32,
    /// Where waiting is booked.
    pub wait: CellId,
}
