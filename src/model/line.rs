//! Rail lines.

use crate::ids::CellId;
use crate::units::Duration;

/// Both directions of a rail line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Least time between two trains of one direction.
    pub headway: Duration,
    /// Trains on it at once.
    pub at_once: Option<u32>,
    /// Where its time is booked.
    pub cells: LineCells,
}

/// Where the time of a line is booked.
#[derive(Clone, Copy, Debug)]
pub struct LineCells {
    /// Running.
    pub running: CellId,
    /// Waiting for a path or a place.
    pub wait: CellId,
    /// Waiting while shut.
    pub closed: CellId,
}
