//! A route of a flow.

use crate::ids::FlowId;
use crate::network::Route;

/// A route of a flow.
#[derive(Clone, Debug)]
pub(super) struct FlowRoute {
    pub(super) flow: FlowId,
    /// Id of the route, or its nodes joined by `-`.
    pub(super) id: String,
    pub(super) route: Route,
}
