//! What one drawing of the network shows, and how wide that is.

use super::figures::Figures;
use crate::comparison::WhatIf;
use crate::results::{Network, Summary};

/// Width of a link that carries nothing, and of the one that carries most.
pub(super) const THINNEST: f64 = 0.9;
const THICKEST: f64 = 9.0;
/// Radius of the ring of the place where most is waited.
pub(super) const WIDEST_RING: f64 = 20.0;

/// What one drawing of the network shows.
#[derive(Clone, Debug)]
pub(in crate::report) struct Layer {
    pub(super) figures: Figures,
    pub(super) is_difference: bool,
}

impl Layer {
    /// Traffic, use and waiting of a scenario.
    pub(in crate::report) fn of_run(summary: &Summary) -> Self {
        Self { figures: Figures::of_run(summary), is_difference: false }
    }

    /// What a what-if changes.
    pub(in crate::report) fn of_what_if(network: &Network, what_if: &WhatIf) -> Self {
        Self { figures: Figures::of_what_if(network, what_if), is_difference: true }
    }

    /// Width of a link that carries so many tonnes: its square is in proportion to them.
    pub(super) fn width(&self, tonnes: f64) -> f64 {
        let most = self.figures.most_tonnes();
        if most > 0.0 { THINNEST + (THICKEST - THINNEST) * libm::sqrt(tonnes / most) } else { THINNEST }
    }

    /// Radius of the ring of so many hours: its area is in proportion to them.
    pub(super) fn radius(&self, hours: f64) -> f64 {
        let most = self.figures.most_hours();
        if most > 0.0 { WIDEST_RING * libm::sqrt(hours.abs() / most) } else { 0.0 }
    }

    /// What is carried to and from each node, by which names are chosen.
    pub(super) fn weights(&self, network: &Network) -> Vec<f64> {
        let mut weights = vec![0.0; network.nodes.len()];
        for (link, figures) in network.links.iter().zip(&self.figures.links) {
            let tonnes = figures.tonnes.map_or(0.0, |tonnes| tonnes.value.abs());
            for end in [link.from, link.to] {
                if let Some(weight) = weights.get_mut(end) {
                    *weight += tonnes;
                }
            }
        }
        weights
    }
}
