//! Spells of time.

use super::SimTime;

/// A spell of time: from a moment until before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spell {
    /// Its first moment.
    pub from: SimTime,
    /// The first moment after it.
    pub until: SimTime,
}

impl Spell {
    /// From a moment until before another.
    #[inline]
    pub const fn new(from: SimTime, until: SimTime) -> Self {
        Self { from, until }
    }

    /// Whether a moment lies in it.
    #[inline]
    pub fn holds(self, time: SimTime) -> bool {
        self.from <= time && time < self.until
    }
}
