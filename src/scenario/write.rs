//! The resolved scenario as a text that loads to an equal scenario.
//!
//! Keys stand in the order of the format, things in the order in which they were first named, so the same scenario
//! always makes the same text, whatever files it came from.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::format::{Format, Kind};
use super::reading::Reading;
use super::shape::choose;
use super::tree::{Node, Value, key_text};
use super::types::{PROVENANCE, SCENARIO};

impl Reading {
    /// The whole resolved scenario as TOML: nothing is included, extended or left to defaults.
    pub fn resolved_toml(&self) -> String {
        tree_toml(&self.tree)
    }

    /// The SHA-256 of [`resolved_toml`](Self::resolved_toml) in hexadecimal: equal scenarios have equal hashes.
    pub fn content_hash(&self) -> String {
        Sha256::digest(self.resolved_toml().as_bytes()).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// A tree of a scenario as TOML: keys in the order of the format, things in their own.
pub fn tree_toml(tree: &Node) -> String {
    let mut text = String::new();
    fields(&mut text, tree, SCENARIO, "");
    text
}

/// First the values, then the tables, as TOML wants it.
fn fields(text: &mut String, node: &Node, format: &'static Format, path: &str) {
    let own = format.fields.iter();
    let said = PROVENANCE.fields.iter().filter(|field| format.field(field.key).is_none());
    let all: Vec<_> = own.chain(said).filter_map(|field| Some((field, node.get(field.key)?))).collect();
    for (field, entry) in all.iter().filter(|(field, _)| !has_header(&field.kind)) {
        let _ = writeln!(text, "{} = {}", field.key, compact(entry, &field.kind));
    }
    for (field, entry) in all.iter().filter(|(field, _)| has_header(&field.kind)) {
        let path = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
        match field.kind {
            Kind::Table(format) => table(text, entry, format, &path),
            Kind::Things(_, format) => {
                for (id, thing) in entry.table().into_iter().flatten() {
                    table(text, thing, format, &format!("{path}.{}", key_text(id)));
                }
            }
            _ => {}
        }
    }
}

fn table(text: &mut String, node: &Node, format: &'static Format, path: &str) {
    let _ = writeln!(text, "\n[{path}]");
    fields(text, node, format, path);
}

const fn has_header(kind: &Kind) -> bool {
    matches!(kind, Kind::Table(_) | Kind::Things(..))
}

/// A value in line, with bare quantities where a distribution is only that.
pub(super) fn compact(node: &Node, kind: &'static Kind) -> String {
    compacted(node, kind).to_string()
}

pub(super) fn compacted(node: &Node, kind: &'static Kind) -> Node {
    let items = |of: &'static Kind| {
        node.list().map(|items| Value::List(items.iter().map(|item| compacted(item, of)).collect()))
    };
    let value = match choose(kind, node) {
        Kind::Random(_, family) => bare(node, family),
        Kind::List(of) | Kind::Exactly(_, of) | Kind::OneOrMore(of) => items(of),
        Kind::Map(_, of) => entries(node, |_| Some(of)),
        Kind::Table(format) => entries(node, |key| format.field(key).map(|field| &field.kind)),
        _ => None,
    };
    Node { value: value.unwrap_or_else(|| node.value.clone()), ..*node }
}

fn entries(node: &Node, kind: impl Fn(&str) -> Option<&'static Kind>) -> Option<Value> {
    let compact = |(key, entry): (&String, &Node)| {
        let entry = kind(key).map_or_else(|| entry.clone(), |kind| compacted(entry, kind));
        (key.clone(), entry)
    };
    Some(Value::Table(node.table()?.iter().map(compact).collect()))
}

/// The quantity that a law of the default family is written as.
fn bare(node: &Node, family: &str) -> Option<Value> {
    let is_bare = node.table()?.len() == 2 && node.get("dist")?.text() == Some(family);
    let mean = node.get("mean")?;
    (is_bare && mean.text().is_some()).then(|| mean.value.clone())
}
