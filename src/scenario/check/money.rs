//! Money: what is charged is paid to somebody.

use super::Check;

impl Check<'_> {
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
