//! Keys and kinds that several tables have.

use super::kind::Kind::{CargoOrUnit, Date, FlowPattern, Id, List, Number, OneOrMore, Random, Text};
use super::kind::{Field, Kind, Thing};
use crate::scenario::quantity::Dimension::Time;

/// Words of `service`.
pub(super) const SERVICES: &[&str] = &["block-train", "wagon-group", "vehicle", "parcel"];
/// Where a list of cargoes is meant.
pub(super) const CARGOES: Kind = OneOrMore(&CargoOrUnit);
/// Where a list of flows is meant.
pub(super) const FLOWS: Kind = OneOrMore(&FlowPattern);
/// Key that keeps the draws of a thing that was renamed.
pub(super) const KEY: Field = Field::may("key", Text, "Identity for draws where it differs from the id.");
/// Factors of months.
pub(super) const TWELVE_FACTORS: Kind = Kind::Exactly(12, &Number(0.0, 1e6));
/// Nodes in order.
pub(super) const NODES: Kind = List(&Id(Thing::Node));
/// Nodes and links.
pub(super) const NODES_OR_LINKS: Kind = List(&Kind::NodeOrLink);
/// `open-from`.
pub(super) const OPEN_FROM: Field = Field::may("open-from", Date, "Closed before this day.");
/// `open-until`.
pub(super) const OPEN_UNTIL: Field = Field::may("open-until", Date, "Closed from this day on.");
/// `operator`.
pub(super) const OPERATOR: Field =
    Field::may("operator", Text, "Who runs it and is paid; needed where there is a `tariff`.");
/// `country` of what may lie between two.
pub(super) const COUNTRY: Field =
    Field::may("country", Text, "Whose revenue it makes; absent: of where it lies, half each of two countries.");
/// `mtbf`.
pub(super) const MTBF: Field = Field::may("mtbf", Random(Time, "exponential"), "Time between failures.");
/// `mttr`.
pub(super) const MTTR: Field = Field::may("mttr", Random(Time, "exponential"), "Time to repair.");
