//! Switching shipments that are under way.

use super::kind::Kind::{Quantity, Share, Whole};
use super::kind::{Field, Format};
use super::shared::{FLOWS, KEY, NODES};
use crate::scenario::quantity::Dimension::{Price, Time};

pub(super) static REROUTE: Format = Format {
    name: "reroute",
    doc: "Shipments of these flows may leave their route while they are under way.",
    fields: &[
        Field::needed("flows", FLOWS, "Flows whose shipments may switch."),
        Field::or(
            "at",
            NODES,
            "[]",
            "Nodes where a flow without another route may switch, to the quickest way on by another link.",
        ),
        Field::or("informed", Share(0.0, 1.0), "\"50 %\"", "Share of shipments whose forwarder knows and decides."),
        Field::or("delay", Quantity(Time), "\"24 h\"", "From a closure, an opening or a ban until it is known."),
        Field::or("review", Quantity(Time), "\"24 h\"", "How often who waits looks again."),
        Field::or(
            "threshold",
            Quantity(Price),
            "\"0 USD/t\"",
            "Least gain of generalised cost for which one switches.",
        ),
        Field::or("switching-cost", Quantity(Price), "\"0 USD/t\"", "What switching costs."),
        Field::or("hysteresis", Share(0.0, 0.999_999), "\"10 %\"", "Least gain as a share of the cost that is left."),
        Field::or("switches", Whole(1, 9), "2", "How often a shipment may switch."),
        KEY,
    ],
};
