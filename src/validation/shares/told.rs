//! What was observed, by the alternatives of a choice.

use super::period::Period;
use super::read::Level;

/// Alternatives, and those among which their share is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Which {
    pub(super) own: Vec<usize>,
    pub(super) of: Vec<usize>,
}

impl Which {
    /// Their share, where all alternatives have these.
    pub(super) fn share_in(&self, shares: &[f64]) -> f64 {
        let sum = |places: &[usize]| places.iter().map(|&place| shares[place]).sum::<f64>();
        sum(&self.own) / sum(&self.of)
    }
}

/// Terms that were observed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) choice: usize,
    pub(super) alternative: usize,
    pub(super) period: Period,
    pub(super) usd: Option<Level>,
    pub(super) days: Option<Level>,
}

impl Level {
    /// The level where the base has so much.
    pub(super) fn on(self, base: f64) -> f64 {
        match self {
            Self::Is(level) => level,
            Self::More(change) => base + change,
        }
    }
}
