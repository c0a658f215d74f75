//! What every part of a map is drawn from.

use super::projection::Place;
use crate::report::phrases::MapPhrases;
use crate::results::Network;

/// What all frames of a map share.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) network: &'a Network,
    pub(super) phrases: &'static MapPhrases,
}

impl Shown<'_> {
    /// A node's place, where it is known.
    pub(super) fn place(&self, node: usize) -> Option<Place> {
        let (latitude, longitude) = self.network.nodes.get(node)?.position?;
        Some(Place { latitude, longitude })
    }
}
