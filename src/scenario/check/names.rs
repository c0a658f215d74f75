//! Names and identities that must not coincide; sources that do not exist.

use std::collections::HashMap;

use super::Check;
use crate::diagnostic::{Diagnostic, nearest};
use crate::scenario::tree::{Node, is_bare};

impl Check<'_> {
    pub(super) fn names(&mut self) {
        for table in ["cargo", "node", "link", "fleet", "visit", "pool", "flow", "closure"] {
            self.identities(table);
        }
        self.node_names();
        self.sources();
        for (id, season) in &self.scenario.season {
            if season.factors.iter().sum::<f64>() <= 0.0 {
                self.error(
                    "out-of-range",
                    &["season", id, "factors"],
                    format!("`season.{id}` has no month above zero"),
                );
            }
        }
        for (id, period) in &self.scenario.period {
            if period.months.is_empty() {
                self.error("out-of-range", &["period", id, "months"], format!("`period.{id}` has no month"));
            }
        }
    }

    /// Two things of one identity would share their random numbers.
    fn identities(&mut self, table: &str) {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for (id, thing) in self.tree.get(table).and_then(Node::table).into_iter().flatten() {
            let identity = thing.get("key").and_then(Node::text).unwrap_or(id);
            if let Some(first) = seen.insert(identity, id) {
                let message = format!("`{table}.{id}` and `{table}.{first}` both have the identity `{identity}`");
                self.error("same-identity", &[table, id, "key"], message);
            }
        }
    }

    fn node_names(&mut self) {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for (id, node) in &self.scenario.node {
            if let Some(first) = (!node.name.is_empty()).then(|| seen.insert(&node.name, id)).flatten() {
                self.warning(
                    "same-name",
                    &["node", id, "name"],
                    format!("`node.{id}` and `node.{first}` have the same name `{}`", node.name),
                );
            }
        }
    }

    /// A source may be a free text; a word that is nearly an id is a misspelt one.
    fn sources(&mut self) {
        for (path, said) in &self.scenario.provenance {
            let all = said.source.iter().chain(said.why.iter().filter_map(|(_, why)| why.source.as_ref()));
            for source in all.filter(|source| is_bare(source) && !self.scenario.source.contains_key(*source)) {
                let Some(near) = nearest(source, self.scenario.source.keys().map(String::as_str)) else { continue };
                let keys: Vec<&str> = path.split('.').chain(["source"]).collect();
                let span = self.span(&keys);
                self.found.push(
                    Diagnostic::warning("dangling-id", format!("there is no source `{source}` (in `{path}`)"), span)
                        .help(format!("did you mean `{near}`?")),
                );
            }
        }
    }
}
