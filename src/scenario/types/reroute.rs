//! Switching shipments that are under way.

use super::money::Charge;
use crate::scenario::declare::{table, value};
use crate::scenario::format::Kind::{Quantity, Share, Whole};
use crate::scenario::format::{FLOWS, NODES};
use crate::scenario::quantity::Dimension::{Price, Time};
use crate::units::Duration;

table! {
    /// Shipments of these flows may leave their route while they are under way.
    pub Reroute "reroute" {
        /// Flows whose shipments may switch.
        "flows" needed(FLOWS) => flows: Vec<String> = all_flows();
        /// Nodes where a flow without another route may switch, to the quickest way on by another link.
        "at" or(NODES, "[]") => at: Vec<String> = each(value::text);
        /// Share of shipments whose forwarder knows and decides.
        "informed" or(Share(0.0, 1.0), "\"50 %\"") => informed: f64 = need(value::share);
        /// From a closure, an opening or a ban until it is known.
        "delay" or(Quantity(Time), "\"24 h\"") => delay: Duration = need(value::duration);
        /// How often who waits looks again.
        "review" or(Quantity(Time), "\"24 h\"") => review: Duration = need(value::duration);
        /// Least gain of generalised cost for which one switches.
        "threshold" or(Quantity(Price), "\"0 USD/t\"") => threshold: Charge = need(Charge::read);
        /// What switching costs.
        "switching-cost" or(Quantity(Price), "\"0 USD/t\"") => switching_cost: Charge = need(Charge::read);
        /// Least gain as a share of the cost that is left.
        "hysteresis" or(Share(0.0, 0.999_999), "\"10 %\"") => hysteresis: f64 = need(value::share);
        /// How often a shipment may switch.
        "switches" or(Whole(1, 9), "2") => switches: u8 = need(value::whole);
        shared key;
    }
}
