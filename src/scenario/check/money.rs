//! Money: what is charged is paid to somebody.

use super::Check;
use crate::scenario::series::CalendarPeriod;
use crate::scenario::types::{Charge, ChargeBasis};

impl Check<'_> {
    /// Prices and times of routes outside the corridor: by calendar year, with a length for what counts kilometres.
    pub(super) fn outsides(&mut self) {
        let scenario = self.scenario;
        for (id, outside) in &scenario.outside {
            let years = outside.costs.keys().map(|year| ("costs", year));
            for (key, year) in years.chain(outside.times.keys().map(|year| ("times", year))) {
                if CalendarPeriod::parse(year).is_none_or(|period| period.months != 12) {
                    let message = format!("`outside.{id}.{key}` has the key `{year}`, which is no calendar year");
                    self.error_help("no-year", &["outside", id, key, year], message, "a year such as \"2024\"");
                }
            }
            let by_km = |cost: &Charge| matches!(cost.basis, ChargeBasis::TonneKm | ChargeBasis::UnitKm);
            let costs = std::iter::once(&outside.cost).chain(outside.costs.values());
            let wanting = [("cost", costs.into_iter().any(by_km)), ("emission", outside.grams_per_tkm.is_some())];
            for (key, _) in wanting.into_iter().filter(|(_, wants)| *wants && outside.length.is_none()) {
                let message = format!("`outside.{id}.{key}` counts kilometres, and the route has no `length`");
                self.error_help("no-length", &["outside", id, key], message, "give it one: length = \"9000 km\"");
            }
        }
    }

    /// Revenue without an operator would stand in no table of revenue.
    pub(super) fn operators(&mut self) {
        let nodes = self.scenario.node.iter();
        let facilities = nodes.flat_map(|(node, of)| {
            let facilities = of.facility.iter().filter(|(_, facility)| !facility.tariff.is_empty());
            facilities.map(move |(id, facility)| {
                (vec!["node", node.as_str(), "facility", id.as_str()], facility.operator.is_some())
            })
        });
        let links = self.scenario.link.iter().filter(|(_, link)| !link.tariff.is_empty());
        let links = links.map(|(id, link)| (vec!["link", id.as_str()], link.operator.is_some()));
        let fleets = self.scenario.fleet.iter().filter(|(_, fleet)| !fleet.tariff.is_empty());
        let fleets = fleets.map(|(id, fleet)| (vec!["fleet", id.as_str()], fleet.operator.is_some()));
        let unpaid = facilities.chain(links).chain(fleets).filter(|(_, has_operator)| !has_operator);
        for path in unpaid.map(|(path, _)| path).collect::<Vec<_>>() {
            let name = path.join(".");
            self.error_help(
                "no-operator",
                &[path.as_slice(), &["tariff"]].concat(),
                format!("`{name}` has a tariff and no operator: nobody would have the revenue"),
                "name who is paid: operator = \"KTZ\"",
            );
        }
    }
}
