//! Facilities with their nodes, in the order of stations.

use crate::ids::NodeId;
use crate::scenario::types::{self, Contents};

/// A facility with its node.
#[derive(Clone, Copy, Debug)]
pub(super) struct FacilityAt<'a> {
    pub(super) node: NodeId,
    pub(super) node_id: &'a str,
    pub(super) id: &'a str,
    pub(super) spec: &'a types::Facility,
}

impl FacilityAt<'_> {
    /// Parameter path.
    pub(super) fn path(&self) -> String {
        format!("node.{}.facility.{}", self.node_id, self.id)
    }
}

/// All facilities in the order of stations.
pub(super) fn facilities(scenario: &Contents) -> impl Iterator<Item = FacilityAt<'_>> {
    scenario.node.iter().enumerate().flat_map(|(index, (node_id, node))| {
        let at = NodeId::new(index);
        node.facility.iter().map(move |(id, spec)| FacilityAt { node: at, node_id, id, spec })
    })
}
