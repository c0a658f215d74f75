//! A what-if of a comparison.

use crate::comparison::Price;
use crate::questions::what_if::price;
use crate::study::Scenario;

/// A what-if, ready to be simulated.
pub struct WhatIf {
    pub(super) name: String,
    /// What people call it.
    pub(super) title: String,
    pub(super) scenario: Scenario,
    /// The same with its residual delays as in the base, where it changes any.
    pub(super) alone: Option<Scenario>,
    /// The key of the base that it has of its own.
    pub(super) own_base: Option<String>,
}

impl WhatIf {
    /// What it costs, where it is a measure.
    pub(super) fn price(&self, interest: f64) -> Option<Price> {
        price(&self.scenario, interest)
    }
}
