//! Switching shipments that are under way.

use super::Check;
use crate::scenario::quantity::Dimension;
use crate::scenario::types::{ChargeBasis, Flow, Reroute};

impl Check<'_> {
    pub(super) fn reroutes(&mut self) {
        for (id, reroute) in &self.scenario.reroute {
            self.has_flows(id, reroute);
            self.prices(id, reroute);
            if reroute.review.hours() < 1.0 {
                let message = format!("`reroute.{id}.review` must be at least 1 h");
                self.error("out-of-range", &["reroute", id, "review"], message);
            }
            if reroute.informed <= 0.0 {
                let message = format!("nobody is informed: `reroute.{id}` switches nobody");
                self.warning("no-effect", &["reroute", id, "informed"], message);
            }
        }
        self.one_reroute_a_flow();
    }

    fn has_flows(&mut self, id: &str, reroute: &Reroute) {
        if reroute.flows.is_empty() {
            self.error("no-flow", &["reroute", id, "flows"], format!("`reroute.{id}` names no flow"));
        }
        let flows = reroute.flows.iter().filter_map(|flow| self.scenario.flow.get_key_value(flow));
        let stuck = flows.filter(|(id, flow)| reroute.at.is_empty() && self.known(id, flow) < 2);
        for flow_id in stuck.map(|(id, _)| id).collect::<Vec<_>>() {
            let message = format!("`flow.{flow_id}` of `reroute.{id}` has one route: it has nothing to switch to");
            let help = "give the flow a second `route` (with a share of 0 %, if nobody sets out on it), or name in `at` \
                        the nodes where it may take another link";
            self.error_help("no-alternative", &["reroute", id, "flows"], message, help);
        }
    }

    /// How many routes a shipment of a flow knows: those of the flow and of flows in its choice.
    fn known(&self, id: &str, flow: &Flow) -> usize {
        let own = |flow: &Flow| flow.route.len().max(1);
        let choices = self.scenario.choice.values().filter(|choice| choice.flows.iter().any(|other| other == id));
        let others = choices.flat_map(|choice| &choice.flows).filter(|other| *other != id);
        own(flow) + others.filter_map(|other| self.scenario.flow.get(other)).map(own).sum::<usize>()
    }

    /// Prices are of an amount of each flow's cargo, whatever way it goes.
    fn prices(&mut self, id: &str, reroute: &Reroute) {
        for (key, charge) in [("threshold", reroute.threshold), ("switching-cost", reroute.switching_cost)] {
            let is_of_distance = matches!(charge.basis, ChargeBasis::TonneKm | ChargeBasis::UnitKm);
            if is_of_distance || charge.price.get() < 0.0 {
                let message =
                    format!("`reroute.{id}.{key}` must be 0 or more by the tonne or by the unit of the cargo");
                self.error_help("price", &["reroute", id, key], message, "for example \"5 USD/t\" or \"80 USD/TEU\"");
            } else if let Some((flow, unit)) = self.other_unit(id, reroute, key) {
                let message = format!("`reroute.{id}.{key}` is no price for `flow.{flow}`, which is counted in {unit}");
                self.error_help("other-unit", &["reroute", id, key], message, "give it by the tonne");
            }
        }
    }

    /// A flow that is not counted in the unit of a price, and its own unit.
    fn other_unit(&self, id: &str, reroute: &Reroute, key: &str) -> Option<(String, String)> {
        let written = Dimension::Price.parse(self.tree.at(&["reroute", id, key])?.text()?).ok()?.unit;
        let cargo_of = |flow: &String| self.scenario.cargo.get(&self.scenario.flow.get(flow)?.cargo);
        let mut units = reroute.flows.iter().filter_map(|flow| Some((flow.clone(), cargo_of(flow)?.unit.clone())));
        units.find(|(_, unit)| written != "t" && *unit != written)
    }

    fn one_reroute_a_flow(&mut self) {
        for flow in self.scenario.flow.keys() {
            let of = self.scenario.reroute.iter().filter(|(_, reroute)| reroute.flows.contains(flow));
            let ids: Vec<&String> = of.map(|(id, _)| id).collect();
            if let [first, second, ..] = ids[..] {
                let message = format!("`flow.{flow}` stands in `reroute.{first}` and in `reroute.{second}`");
                self.error("two-reroutes", &["reroute", second, "flows"], message);
            }
        }
    }
}
