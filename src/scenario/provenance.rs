//! All that a scenario says of where its values come from.

use indexmap::IndexMap;

use super::declare::value;
use super::format::{Format, Keys, Kind};
use super::quantity::Dimension;
use super::shape::choose;
use super::tree::{Node, Value};
use super::types::{Grade, Provenance, Rate, SCENARIO, Why};

/// All that tables say of where their values come from, by path.
pub(in crate::scenario) fn provenance(root: &Node) -> IndexMap<String, Provenance> {
    let mut found = IndexMap::new();
    collect(root, SCENARIO, "", &mut found);
    found
}

fn collect(node: &Node, format: &'static Format, path: &str, found: &mut IndexMap<String, Provenance>) {
    let said = of_table(node, format);
    if said != Provenance::default() {
        found.insert(path.to_owned(), said);
    }
    for (key, entry) in node.table().into_iter().flatten() {
        if let Some(field) = format.field(key) {
            collect_value(entry, &field.kind, &joined(path, key), found);
        }
    }
}

fn collect_value(node: &Node, kind: &'static Kind, path: &str, found: &mut IndexMap<String, Provenance>) {
    match choose(kind, node) {
        Kind::Table(format) => collect(node, format, path, found),
        Kind::Random(..) => collect(node, &LAW, path, found),
        Kind::Things(_, format) => {
            for (id, entry) in node.table().into_iter().flatten() {
                collect(entry, format, &joined(path, id), found);
            }
        }
        Kind::Map(Keys::Of(_), of) => {
            for (id, entry) in node.table().into_iter().flatten() {
                collect_value(entry, of, &joined(path, id), found);
            }
        }
        _ => {}
    }
}

/// A distribution has no tables within.
static LAW: Format = Format { name: "law", doc: "", fields: &[] };

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn of_table(node: &Node, format: &'static Format) -> Provenance {
    let get = |key: &str| if format.field(key).is_some() { None } else { node.get(key) };
    let why = get("why").and_then(Node::table).into_iter().flatten();
    Provenance {
        source: get("source").and_then(value::text),
        grade: get("grade").and_then(Grade::read),
        note: get("note").and_then(value::text),
        vary_with: get("vary-with").and_then(value::text),
        why: why.map(|(key, entry)| (key.clone(), reason(entry, format.field(key).map(|field| &field.kind)))).collect(),
    }
}

fn reason(node: &Node, kind: Option<&'static Kind>) -> Why {
    let get = |key: &str| node.get(key);
    Why {
        source: get("source").and_then(value::text),
        grade: get("grade").and_then(Grade::read),
        note: get("note").and_then(value::text),
        range: get("range").and_then(|range| ends(range, kind?)),
    }
}

fn ends(range: &Node, kind: &'static Kind) -> Option<(f64, f64)> {
    let [low, high] = range.list()? else { return None };
    let end = |node: &Node| match &node.value {
        Value::Text(_) => inner(node, kind),
        _ => node.number(),
    };
    Some((end(low)?, end(high)?))
}

/// In the value's inner unit; the units of flows' volumes are a year in the types, not an hour.
fn inner(node: &Node, kind: &'static Kind) -> Option<f64> {
    match super::validate::ranged(kind) {
        Some(Dimension::Rate) => Some(Rate::read(node)?.per_hour),
        Some(dimension) => value::quantity(node, dimension).map(|quantity| quantity.value),
        None => value::share(node),
    }
}
