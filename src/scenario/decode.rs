//! The resolved, validated tree as the types of [`types`](super::types).
//!
//! Every reader gives nothing for a value that does not fit the format: the validation has already said why. So a
//! scenario with a mistake in one thing still has its other things, and the checks of meaning can go on.

use super::declare::fields::{Context, Fields};
use super::index::Index;
use super::provenance::provenance;
use super::tree::Node;
use super::types::{Contents, SCENARIO, unit_masses};

/// What was read, and the paths of things that could not be.
pub(super) struct Decoded {
    pub(super) scenario: Contents,
    pub(super) unread: Vec<String>,
}

/// Reads a tree.
pub(super) fn decode(root: &Node, index: &Index, name: &str) -> Decoded {
    let units = unit_masses(root);
    let context = Context { root, index, units: &units };
    let mut unread = Vec::new();
    let scenario = Contents::read(&Fields::new(root, SCENARIO, &context), &mut unread);
    Decoded { scenario: Contents { name: name.to_owned(), provenance: provenance(root), ..scenario }, unread }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::scenario::Contents;
    use crate::scenario::declare::fields::asked;
    use crate::scenario::reference::reference;

    /// The file has every table and key, so that every reader is at work.
    #[test]
    fn every_declared_key_is_asked_for_by_its_reader_and_no_other() {
        let reading = Contents::parse(include_str!("../../tests/data/every-word.toml"), "every-word");
        assert!(reading.scenario.is_some(), "{}", reading.rendered());
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
