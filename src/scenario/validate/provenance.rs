//! `why.KEY`: where one value comes from.

use super::Validator;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::scenario::format::{Format, Kind};
use crate::scenario::quantity::{Dimension, share};
use crate::scenario::tree::Node;
use crate::scenario::types::WHY;

impl Validator<'_> {
    pub(super) fn why(&mut self, node: &Node, format: &'static Format) {
        let Some(entries) = node.table() else { return self.wrong_type(node, "a table by key") };
        for (key, entry) in entries {
            self.path.push(key.clone());
            match format.field(key) {
                Some(field) => self.reason(entry, &field.kind),
                None => self.no_such_key(key, entry, format),
            }
            self.path.pop();
        }
    }

    fn no_such_key(&mut self, key: &str, entry: &Node, format: &'static Format) {
        let near = did_you_mean(key, format.fields.iter().map(|field| field.key));
        let message = format!("`{key}` in `why` is no key of this table");
        self.push(Diagnostic::error("unknown-key", message, Some(entry.key_span())).maybe_help(near));
    }

    fn reason(&mut self, node: &Node, kind: &'static Kind) {
        self.table(node, WHY);
        let Some(range) = node.get("range") else { return };
        self.path.push("range".to_owned());
        match range.list() {
            Some([low, high]) => {
                for end in [low, high] {
                    self.end_of_range(end, kind);
                }
                self.in_order(range, low, high, kind);
            }
            _ => self.wrong_type(range, "a list of the lowest and the highest value"),
        }
        self.path.pop();
    }

    fn in_order(&mut self, range: &Node, low: &Node, high: &Node, kind: &'static Kind) {
        let value = |node: &Node| match (node.text(), ranged(kind)) {
            (Some(text), Some(dimension)) => dimension.parse(text).ok().map(|quantity| quantity.value),
            (Some(text), None) => share(text).ok(),
            (None, _) => node.number(),
        };
        if let (Some(least), Some(most)) = (value(low), value(high))
            && least > most
        {
            let message = format!("`{}` begins at {low}, above its end {high}", self.name());
            self.push(Diagnostic::error("range", message, Some(range.span)).help("the lowest value goes first"));
        }
    }

    fn end_of_range(&mut self, end: &Node, kind: &'static Kind) {
        match ranged(kind) {
            Some(dimension) if dimension != Dimension::Factor => self.quantity(end, dimension),
            _ if matches!(kind, Kind::Share(..)) => self.share(end, f64::MIN, f64::MAX),
            _ if end.number().is_none() => self.wrong_type(end, "a number"),
            _ => {}
        }
    }
}

/// The dimension in which a range of a value is written.
pub(in crate::scenario) fn ranged(kind: &Kind) -> Option<Dimension> {
    match kind {
        Kind::Quantity(dimension) | Kind::Random(dimension, _) => Some(*dimension),
        // A counted series has the range of its mean rate.
        Kind::Series => Some(Dimension::Rate),
        Kind::Either(kinds) => kinds.iter().find_map(ranged),
        Kind::OneOrMore(kind) | Kind::Exactly(_, kind) => ranged(kind),
        _ => None,
    }
}
