//! Choices among routes.

use super::Check;
use crate::scenario::types::{Choice, ChoiceModel, Flow};

impl Check<'_> {
    pub(super) fn choices(&mut self) {
        for (id, choice) in &self.scenario.choice {
            self.one_market(id, choice);
            self.base_shares(id, choice);
            self.constants(id, choice);
            self.units_outside(id, choice);
        }
        self.one_choice_a_flow();
    }

    /// All flows of a choice have one cargo and one pair of ends.
    fn one_market(&mut self, id: &str, choice: &Choice) {
        let flow = |flow: &String| self.scenario.flow.get_key_value(flow);
        let flows: Vec<(&String, &Flow)> = choice.flows.iter().filter_map(flow).collect();
        let Some(((first_id, first), others)) = flows.split_first() else {
            return self.error("no-flow", &["choice", id, "flows"], format!("`choice.{id}` names no flow"));
        };
        for (other_id, other) in others {
            if (&other.cargo, &other.from, &other.to) != (&first.cargo, &first.from, &first.to) {
                let message = format!(
                    "`flow.{other_id}` ({} from `{}` to `{}`) and `flow.{first_id}` ({} from `{}` to `{}`) are no \
                     alternatives of one shipper",
                    other.cargo, other.from, other.to, first.cargo, first.from, first.to
                );
                let help = "the flows of a choice have one cargo and one pair of ends";
                self.error_help("two-markets", &["choice", id, "flows"], message, help);
            }
        }
    }

    fn base_shares(&mut self, id: &str, choice: &Choice) {
        let outside: f64 = choice.outside.values().sum();
        if outside >= 1.0 {
            let message = format!(
                "the base shares outside the corridor of `choice.{id}` sum to {} %",
                (outside * 1e6).round() / 1e4
            );
            let help = "they are shares of the whole market, of which the flows' volumes are the rest: below 100 %";
            self.error_help("shares", &["choice", id, "outside"], message, help);
        }
        let volume: f64 =
            choice.flows.iter().filter_map(|flow| self.scenario.flow.get(flow)).map(|flow| flow.volume.a_year()).sum();
        if volume <= 0.0 && !choice.outside.is_empty() {
            let message = format!("`choice.{id}` has shares outside the corridor of flows without a volume");
            let help = "the market is the flows' volume ÷ (1 − the shares outside): give the flows a volume";
            self.error_help("shares", &["choice", id, "outside"], message, help);
        }
        let alternatives = self.alternatives(choice).len();
        if alternatives < 2 {
            self.warning("no-choice", &["choice", id], format!("`choice.{id}` has one alternative: nothing is chosen"));
        }
        if choice.model == ChoiceModel::Fixed && !choice.constant.is_empty() {
            let message = format!("`choice.{id}` has fixed shares: its constants do nothing");
            self.warning("no-effect", &["choice", id, "constant"], message);
        }
    }

    fn constants(&mut self, id: &str, choice: &Choice) {
        let names = self.alternatives(choice);
        for name in choice.constant.keys().filter(|name| !names.contains(name)) {
            let message = format!("`choice.{id}` has no alternative `{name}`");
            let help = format!("its alternatives are {}", names.join(", "));
            self.error_help("unknown-alternative", &["choice", id, "constant", name], message, &help);
        }
    }

    /// A price outside the corridor is for the unit of the cargo.
    fn units_outside(&mut self, id: &str, choice: &Choice) {
        let scenario = self.scenario;
        let cargo = choice.flows.first().and_then(|flow| scenario.cargo.get(&scenario.flow.get(flow)?.cargo));
        let Some(cargo) = cargo else { return };
        for name in choice.outside.keys() {
            let unit = scenario.outside.get(name).and_then(|outside| outside.unit.as_ref());
            if let Some(unit) = unit.filter(|unit| **unit != cargo.unit) {
                let message =
                    format!("`outside.{name}` has its cost by {unit}, and `choice.{id}` is of cargo in {}", cargo.unit);
                let help = "give the cost by the tonne, or another outside route for this cargo";
                self.error_help("unit", &["choice", id, "outside", name], message, help);
            }
        }
    }

    /// Names of what can be chosen.
    fn alternatives(&self, choice: &Choice) -> Vec<String> {
        let of_flow = |id: &String| -> Vec<String> {
            let routes = self.scenario.flow.get(id).map(|flow| &flow.route).into_iter().flatten();
            let named: Vec<String> = routes.map(|(route, _)| format!("{id}.{route}")).collect();
            if named.is_empty() { vec![id.clone()] } else { named }
        };
        choice.flows.iter().flat_map(of_flow).chain(choice.outside.keys().cloned()).collect()
    }

    fn one_choice_a_flow(&mut self) {
        for flow in self.scenario.flow.keys() {
            let of = self.scenario.choice.iter().filter(|(_, choice)| choice.flows.contains(flow));
            let ids: Vec<&String> = of.map(|(id, _)| id).collect();
            if let [first, second, ..] = ids[..] {
                let message = format!("`flow.{flow}` stands in `choice.{first}` and in `choice.{second}`");
                self.error("two-choices", &["choice", second, "flows"], message);
            }
        }
    }
}
