//! Defaults filled in and bare quantities written out, so that every parameter has one path.

use indexmap::IndexMap;

use super::format::{Format, Kind};
use super::quantity::plain_unit;
use super::read;
use super::shape::choose;
use super::tree::{Entries, Node, Value};
use super::types::SCENARIO;
use crate::diagnostic::{Diagnostics, FileId, Span};

/// Fills a scenario in; what does not fit the format is left as it is. `defaults` is the text to which values
/// that nobody wrote belong.
pub(super) fn normalise(root: &mut Node, defaults: FileId) {
    table(root, SCENARIO, defaults);
}

/// Writes one value out as its kind wants it.
pub(super) fn value(node: &mut Node, kind: &'static Kind, defaults: FileId) {
    match choose(kind, node) {
        Kind::Table(format) => table(node, format, defaults),
        Kind::Things(_, format) => each(node, |thing| table(thing, format, defaults)),
        Kind::Map(_, of) => each(node, |entry| value(entry, of, defaults)),
        Kind::List(of) | Kind::Exactly(_, of) => items(node, of, defaults),
        Kind::OneOrMore(of) if node.list().is_some() => items(node, of, defaults),
        Kind::OneOrMore(of) => value(node, of, defaults),
        Kind::Random(_, family) => write_out(node, family),
        Kind::Settings => flatten(node),
        _ => {}
    }
}

fn table(node: &mut Node, format: &'static Format, defaults: FileId) {
    let Some(entries) = node.table_mut() else { return };
    if format.name == "cargo" {
        counted_in_tonnes(entries, defaults);
    }
    for field in format.fields {
        if let Some(entry) = entries.get_mut(field.key) {
            value(entry, &field.kind, defaults);
        } else if format.stand_in(field.key, entries.keys().map(String::as_str)).is_some() {
            // What stands in its place leaves nothing to fill in.
        } else if let Some(default) = field.default.and_then(|text| default(text, &field.kind, defaults)) {
            entries.insert(field.key.to_owned(), default);
        }
    }
}

/// What is counted in tonnes has one tonne a unit without being told.
fn counted_in_tonnes(cargo: &mut Entries, defaults: FileId) {
    let Some(unit) = cargo.get_mut("unit").filter(|unit| unit.text().is_some_and(|unit| plain_unit(unit) == "t"))
    else {
        return;
    };
    unit.value = Value::Text("t".to_owned());
    let one = Node::new(Value::Whole(1), Span { file: defaults, start: 0, end: 0 });
    cargo.entry("tonnes-per-unit".to_owned()).or_insert(one);
}

/// What a key is where nobody writes it, written out.
pub(super) fn default(text: &str, kind: &'static Kind, defaults: FileId) -> Option<Node> {
    let mut node = read::parse_value(text, defaults, 0, &mut Diagnostics::default())?;
    node.span = Span { file: defaults, start: 0, end: 0 };
    node.key = Some(node.span);
    value(&mut node, kind, defaults);
    Some(node)
}

fn each(node: &mut Node, change: impl FnMut(&mut Node)) {
    if let Some(entries) = node.table_mut() {
        entries.values_mut().for_each(change);
    }
}

fn items(node: &mut Node, of: &'static Kind, defaults: FileId) {
    if let Value::List(items) = &mut node.value {
        for item in items {
            value(item, of, defaults);
        }
    }
}

/// `"9 h"` is `{ dist = "constant", mean = "9 h" }`.
fn write_out(node: &mut Node, family: &str) {
    if node.text().is_none() {
        return;
    }
    let mean = Node { key: None, ..node.clone() };
    let dist = Node::new(Value::Text(family.to_owned()), node.span);
    node.value = Value::Table(IndexMap::from([("dist".to_owned(), dist), ("mean".to_owned(), mean)]));
}

/// `set = { node.a.key = 1 }` is `set = { "node.a.key" = 1 }`; a table below a parameter stays its value.
/// Writes nested tables of paths as one table of dotted paths.
pub(super) fn flatten(node: &mut Node) {
    let Some(entries) = node.table_mut() else { return };
    let mut flat = IndexMap::new();
    for (key, entry) in std::mem::take(entries) {
        flatten_into(&mut flat, key, entry);
    }
    *entries = flat;
}

fn flatten_into(flat: &mut IndexMap<String, Node>, path: String, node: Node) {
    let keys: Vec<&str> = path.split('.').collect();
    match (node.value, super::path::is_within(&keys)) {
        (Value::Table(entries), false) => {
            for (key, entry) in entries {
                flatten_into(flat, format!("{path}.{key}"), entry);
            }
        }
        (value, _) => {
            flat.insert(path, Node { value, ..node });
        }
    }
}
