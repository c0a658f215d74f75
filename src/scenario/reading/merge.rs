//! Parts of one scenario put together, and overlays laid over a base.

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFiles};
use crate::scenario::format::{Format, Kind};
use crate::scenario::normalise;
use crate::scenario::tree::{Node, Value};
use crate::scenario::types::SCENARIO;

/// What becomes of two tables at one key.
enum Join {
    /// They are merged key by key, each read by this format or kind.
    Fields(&'static Format),
    Entries(Option<&'static Format>),
    Paths,
    /// They are values.
    Whole,
}

fn join(kind: Option<&'static Kind>, key: &str) -> Join {
    match kind {
        Some(Kind::Table(format)) => Join::Fields(format),
        Some(Kind::Things(_, format)) => Join::Entries(Some(format)),
        Some(Kind::Map(..)) if key != "timetable" => Join::Entries(None),
        Some(Kind::Settings) => Join::Paths,
        None if key == "why" => Join::Entries(None),
        _ => Join::Whole,
    }
}

/// Adds a part: each key is defined once.
pub(super) fn add_part(tree: &mut Node, mut part: Node, sources: &SourceFiles, found: &mut Diagnostics) {
    join_changes(tree, &mut part);
    Parts { sources, found }.fields(tree, part, SCENARIO, "");
}

/// The changes of parts follow those of the file that includes them.
fn join_changes(tree: &mut Node, part: &mut Node) {
    let Some(more) = part.table_mut().and_then(|entries| entries.shift_remove("change")) else { return };
    let Some(entries) = tree.table_mut() else { return };
    match entries.get_mut("change").map(|changes| &mut changes.value) {
        Some(Value::List(changes)) => changes.extend(more.items().to_vec()),
        Some(_) => {}
        None => drop(entries.insert("change".to_owned(), more)),
    }
}

struct Parts<'a> {
    sources: &'a SourceFiles,
    found: &'a mut Diagnostics,
}

impl Parts<'_> {
    fn fields(&mut self, into: &mut Node, part: Node, format: &'static Format, path: &str) {
        self.each(into, part, path, |key| join(format.field(key).map(|field| &field.kind), key));
    }

    fn each(&mut self, into: &mut Node, part: Node, path: &str, join: impl Fn(&str) -> Join) {
        let (Some(entries), Value::Table(more)) = (into.table_mut(), part.value) else { return };
        for (key, node) in more {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match entries.get_mut(&key) {
                Some(here) => self.both(here, node, &path, &join(&key)),
                None => drop(entries.insert(key, node)),
            }
        }
    }

    fn both(&mut self, here: &mut Node, node: Node, path: &str, join: &Join) {
        let are_tables = here.table().is_some() && node.table().is_some();
        match join {
            Join::Fields(format) if are_tables => self.fields(here, node, format, path),
            Join::Entries(Some(format)) if are_tables => self.each(here, node, path, |_| Join::Fields(format)),
            Join::Entries(None) if are_tables => self.each(here, node, path, |_| Join::Whole),
            _ => self.twice(here, &node, path),
        }
    }

    fn twice(&mut self, here: &Node, node: &Node, path: &str) {
        let message = format!("`{path}` is defined twice");
        let help = format!("it is also defined at {}; parts define each key once", self.sources.place(here.key_span()));
        self.found.push(Diagnostic::error("defined-twice", message, Some(node.key_span())).help(help));
    }
}

/// Lays an overlay over a base: tables merge, values are replaced.
pub(super) fn overlay(base: &mut Node, over: Node) {
    lay_fields(base, over, SCENARIO);
}

fn lay_fields(base: &mut Node, over: Node, format: &'static Format) {
    let replaced: Vec<&str> = over.keys().flat_map(|key| format.replaced_by(key)).copied().collect();
    if let Some(entries) = base.table_mut() {
        entries.retain(|key, _| !replaced.contains(&key.as_str()));
    }
    lay(base, over, &|key| join(format.field(key).map(|field| &field.kind), key));
}

fn lay(base: &mut Node, over: Node, join: &dyn Fn(&str) -> Join) {
    let key_span = over.key;
    let (Some(entries), Value::Table(more)) = (base.table_mut(), over.value) else { return };
    for (key, node) in more {
        let joined = join(&key);
        match entries.get_mut(&key) {
            Some(here) if here.table().is_some() && node.table().is_some() => lay_both(here, node, &joined),
            Some(here) => *here = node,
            None => drop(entries.insert(key, node)),
        }
    }
    base.key = key_span.or(base.key);
}

fn lay_both(here: &mut Node, mut node: Node, joined: &Join) {
    match joined {
        Join::Fields(format) => lay_fields(here, node, format),
        Join::Entries(Some(format)) => lay(here, node, &|_| Join::Fields(format)),
        Join::Entries(None) => lay(here, node, &|_| Join::Whole),
        Join::Paths => {
            normalise::flatten(here);
            normalise::flatten(&mut node);
            lay(here, node, &|_| Join::Whole);
        }
        Join::Whole => *here = node,
    }
}
