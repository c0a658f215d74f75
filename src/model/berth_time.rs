//! How long a vessel is loaded or unloaded.

use super::program::Law;
use crate::ids::CargoId;

/// Loading or unloading.
#[derive(Clone, Debug)]
pub enum BerthTime {
    /// No time.
    None,
    /// A law a call.
    PerCall(Law),
    /// Work by size and mass.
    Rate {
        /// Milliseconds, whatever the amount.
        setup: f64,
        /// Milliseconds a thousandth of a unit.
        ms_per_milli: f64,
        /// Milliseconds a kilogram.
        ms_per_kg: f64,
    },
    /// By cargo, one kind after the other.
    ByCargo(Vec<BerthTime>),
}

impl BerthTime {
    /// How a cargo is handled.
    pub fn of(&self, cargo: CargoId) -> &Self {
        match self {
            Self::ByCargo(times) => &times[cargo.index()],
            time => time,
        }
    }
}
