//! The state of gates and of groups of storms.

use crate::units::SimTime;

/// The state of a gate.
#[derive(Debug, Default)]
pub(in crate::engine) struct GateState {
    pub(in crate::engine) closed: bool,
    /// Spells so far: the ordinal of the open spell and of the closed one after it.
    pub(in crate::engine) spells: u64,
    pub(in crate::engine) since: SimTime,
}

/// The state of a group of storms.
#[derive(Debug, Default)]
pub(in crate::engine) struct StormState {
    pub(in crate::engine) storming: bool,
    pub(in crate::engine) storms: u64,
}
