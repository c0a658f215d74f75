//! Names of the sources of randomness. They are normative: a changed name changes every stored result.

use super::facility_at::FacilityAt;
use super::register::{Register, identity};
use crate::ids::NodeId;
use crate::random::StreamId;
use crate::scenario::types::Contents;

/// Identity of a node in stream names.
pub(super) fn node_identity(scenario: &Contents, node: NodeId) -> &str {
    scenario.node.get_index(node.index()).map_or("", |(id, node)| identity(id, node.key.as_ref()))
}

/// `node/N`: names visits of a node.
pub(super) fn node(scenario: &Contents, register: &mut Register, node: NodeId) -> StreamId {
    let owner = scenario.node.get_index(node.index()).map_or("", |(id, _)| id);
    register.stream(&format!("node.{owner}"), &format!("node/{}", node_identity(scenario, node)))
}

/// `node/N/facility/F/PURPOSE`.
pub(super) fn facility(scenario: &Contents, register: &mut Register, at: &FacilityAt<'_>, purpose: &str) -> StreamId {
    let node = node_identity(scenario, at.node);
    let own = identity(at.id, at.spec.key.as_ref());
    register.stream(&at.path(), &format!("node/{node}/facility/{own}/{purpose}"))
}

/// `KIND/ID/PURPOSE` of a thing with a table of its own.
pub(super) fn thing(register: &mut Register, kind: &str, id: &str, key: Option<&String>, purpose: &str) -> StreamId {
    let own = identity(id, key);
    register.stream(&format!("{kind}.{id}"), &format!("{kind}/{own}/{purpose}"))
}
