//! Kinds of values that several tables have.

use super::kind::Kind::{CargoOrUnit, FlowPattern, Id, List, Number, OneOrMore, Random};
use super::kind::{Kind, Thing};
use crate::scenario::quantity::Dimension::Time;

/// Where a list of cargoes is meant.
pub(in crate::scenario) const CARGOES: Kind = OneOrMore(&CargoOrUnit);
/// Where a list of flows is meant.
pub(in crate::scenario) const FLOWS: Kind = OneOrMore(&FlowPattern);
/// Factors of months.
pub(in crate::scenario) const TWELVE_FACTORS: Kind = Kind::Exactly(12, &Number(0.0, 1e6));
/// Nodes in order.
pub(in crate::scenario) const NODES: Kind = List(&Id(Thing::Node));
/// Nodes and links.
pub(in crate::scenario) const NODES_OR_LINKS: Kind = List(&Kind::NodeOrLink);
/// Times between failures and to repair.
pub(in crate::scenario) const FAILURES: Kind = Random(Time, "exponential");
