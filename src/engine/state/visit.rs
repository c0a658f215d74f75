//! The state of a visit.

use crate::units::SimTime;

/// The ships of a visit so far.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct VisitState {
    /// Ships scheduled.
    pub(in crate::engine) scheduled: u64,
    /// When the last of them comes.
    pub(in crate::engine) due: SimTime,
}
