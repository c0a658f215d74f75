//! Cargo.

use crate::units::{Mass, Size};

/// What the engine needs of a cargo.
#[derive(Clone, Copy, Debug)]
pub struct Cargo {
    /// Mass of one unit.
    pub mass_per_unit: Mass,
    /// Not to be split.
    pub whole: bool,
}

impl Cargo {
    /// The mass of a size, to the nearest kilogram.
    #[inline]
    pub fn mass(self, size: Size) -> Mass {
        Mass::from_kg((size.milli() * self.mass_per_unit.kg() + 500).div_euclid(1000))
    }
}
