//! The state of a ban.

use crate::units::SimTime;

/// The state of a ban.
#[derive(Debug, Default)]
pub(in crate::engine) struct BanState {
    /// Thousandths of units in the watched queue.
    pub(in crate::engine) count: i64,
    /// What the threshold last crossed asks for.
    pub(in crate::engine) wanted: bool,
    pub(in crate::engine) in_effect: bool,
    pub(in crate::engine) since: SimTime,
    /// Bodies that wait at their origins.
    pub(in crate::engine) held: Vec<u32>,
    pub(in crate::engine) touched: SimTime,
}
