//! Switching shipments that are under way.

use super::money::Charge;
use crate::units::Duration;

/// `[reroute.ID]`: shipments of these flows may leave their route while they are under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Reroute {
    /// Flow ids (patterns expanded).
    pub flows: Vec<String>,
    /// Nodes where a flow without another route may switch.
    pub at: Vec<String>,
    /// Share of shipments whose forwarder knows and decides.
    pub informed: f64,
    /// From a closure, an opening or a ban until it is known.
    pub delay: Duration,
    /// How often who waits looks again, 1 h or more.
    pub review: Duration,
    /// Least gain of generalised cost.
    pub threshold: Charge,
    /// What switching costs.
    pub switching_cost: Charge,
    /// Least gain as a share of the generalised cost that is left.
    pub hysteresis: f64,
    /// How often a shipment may switch.
    pub switches: u8,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
}
