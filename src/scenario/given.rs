//! What was given of a scenario: its tree without what the format fills in.

use super::format::{Format, Kind};
use super::reading::Reading;
use super::shape::choose;
use super::tree::{Entries, Node, Value};
use super::types::{PROVENANCE, SCENARIO};
use super::write::compacted;
use crate::diagnostic::SourceKind;

impl Reading {
    /// The resolved tree without defaults, bare quantities written as such: the least from which the same scenario is read.
    pub fn given(&self) -> Node {
        self.given_fields(&self.tree, SCENARIO)
    }

    fn given_fields(&self, node: &Node, format: &'static Format) -> Node {
        let mut given = Entries::new();
        for (key, entry) in node.table().into_iter().flatten() {
            let field = format.field(key).or_else(|| PROVENANCE.field(key));
            if let Some(field) = field.filter(|_| !self.is_default(entry)) {
                given.insert(key.clone(), self.given_value(entry, &field.kind));
            }
        }
        Node { value: Value::Table(given), ..*node }
    }

    fn given_value(&self, node: &Node, kind: &'static Kind) -> Node {
        match choose(kind, node) {
            Kind::Table(format) => self.given_fields(node, format),
            Kind::Things(_, format) => {
                let things = node.table().into_iter().flatten();
                let things = things.map(|(id, thing)| (id.clone(), self.given_fields(thing, format)));
                Node { value: Value::Table(things.collect()), ..*node }
            }
            kind => compacted(node, kind),
        }
    }

    /// Whether nobody wrote a value, nor anything in it.
    fn is_default(&self, node: &Node) -> bool {
        let is_own = self.sources.kind(node.span.file) == SourceKind::Default;
        let has_given = |entries: &Entries| entries.values().any(|entry| !self.is_default(entry));
        is_own && !node.table().is_some_and(has_given)
    }
}
