//! The resolved, validated tree as the types of [`types`](super::types).
//!
//! Every reader gives nothing for a value that does not fit the format: the validation has already said why. So a
//! scenario with a mistake in one thing still has its other things, and the checks of meaning can go on.

mod choice;
mod demand;
mod disruption;
mod fields;
mod infrastructure;
mod money;
mod read;
mod reroute;
mod run;
mod transport;

use super::format::SCENARIO;
use super::index::Index;
use super::tree::Node;
use super::types::Scenario;
use fields::Fields;

/// What was read, and the paths of things that could not be.
pub(super) struct Decoded {
    pub(super) scenario: Scenario,
    pub(super) unread: Vec<String>,
}

/// Reads a tree.
pub(super) fn decode(root: &Node, index: &Index, name: &str) -> Decoded {
    let units = demand::unit_masses(root);
    let context = fields::Context { root, index, units: &units };
    let all = Fields::new(root, &SCENARIO, &context);
    let mut unread = Vec::new();
    let scenario = Scenario {
        name: name.to_owned(),
        title: all.need("title", read::text).unwrap_or_default(),
        description: all.need("description", read::text).unwrap_or_default(),
        run: all.table("run", run::run).unwrap_or_else(|| missed("run", &mut unread, run::standard())),
        cargo: all.things("cargo", demand::cargo, &mut unread),
        node: all.things("node", infrastructure::node, &mut unread),
        link: all.things("link", infrastructure::link, &mut unread),
        fleet: all.things("fleet", transport::fleet, &mut unread),
        pool: all.things("pool", transport::pool, &mut unread),
        flow: all.things("flow", demand::flow, &mut unread),
        section: all.things("section", demand::section, &mut unread),
        closure: all.things("closure", disruption::closure, &mut unread),
        ban: all.things("ban", disruption::ban, &mut unread),
        water: all.things("water", disruption::water, &mut unread),
        timeline: all.things("timeline", disruption::timeline, &mut unread),
        season: all.things("season", demand::season, &mut unread),
        outside: all.things("outside", money::outside, &mut unread),
        choice: all.things("choice", choice::choice, &mut unread),
        reroute: all.things("reroute", reroute::reroute, &mut unread),
        period: all.things("period", run::period, &mut unread),
        source: all.things("source", run::source, &mut unread),
        measure: all.table("measure", money::measure),
        provenance: run::provenance(root),
        epochs: Vec::new(),
    };
    Decoded { scenario, unread }
}

fn missed<T>(path: &str, unread: &mut Vec<String>, standard: T) -> T {
    unread.push(path.to_owned());
    standard
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::fields::asked;
    use crate::scenario::Scenario;
    use crate::scenario::reference::reference;

    /// The file has every table and key, so that every reader is at work.
    #[test]
    fn every_declared_key_is_asked_for_by_its_reader_and_no_other() {
        let loaded = Scenario::parse(include_str!("../../../tests/data/every-word.toml"), "every-word");
        assert!(loaded.scenario.is_some(), "{}", loaded.rendered());
        let asked = asked::all();
        let declared: BTreeSet<(&str, String)> = reference()
            .tables
            .iter()
            .flat_map(|table| table.keys.iter().map(move |key| (table.name, key.key.to_owned())))
            .collect();
        // Where values come from, and what makes one file of several, is read for all tables alike.
        let elsewhere = |(table, key): &&(&str, String)| {
            *table == "provenance"
                || *table == "scenario" && ["schema", "include", "extends", "change"].contains(&key.as_str())
        };
        let forgotten: Vec<_> = declared.difference(&asked).filter(|of| !elsewhere(of)).collect();
        let unknown: Vec<_> = asked.difference(&declared).collect();
        assert!(forgotten.is_empty(), "declared and never read: {forgotten:?}");
        assert!(unknown.is_empty(), "read and never declared: {unknown:?}");
    }
}
