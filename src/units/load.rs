//! Loads of cargo.

use std::ops::AddAssign;

use super::{Mass, Size};

/// What is to be carried or handled: so many units that weigh so much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Units.
    pub size: Size,
    /// Mass.
    pub mass: Mass,
}

impl AddAssign for Load {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        self.size += other.size;
        self.mass += other.mass;
    }
}
