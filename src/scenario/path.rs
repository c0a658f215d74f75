//! Parameter paths: `node.aktau.facility.crane.servers`, with `*` for any run of characters within one key.

use super::format::{Format, Keys, Kind};
use super::index::fits;
use super::law;
use super::quantity::Dimension;
use super::series::CalendarPeriod;
use super::shape::choose;
use super::tree::{Keyed, Node};
use super::types::{PROVENANCE, SCENARIO};
use crate::diagnostic::nearest;

/// What the format has at a path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// The keys of a table.
    Fields(&'static Format),
    /// The ids of things.
    Things(&'static Format),
    /// The keys of a free table.
    Free(&'static Kind),
    /// A value.
    Value(&'static Kind),
    /// A parameter of a distribution.
    Parameter(Dimension),
}

/// What the format has at a path; `tree` decides among alternatives where it has a value.
pub(super) fn place(path: &[impl AsRef<str>], tree: Option<&Node>) -> Option<Place> {
    let mut node = tree;
    let mut here = Place::Fields(SCENARIO);
    for key in path {
        node = node.and_then(|node| node.get(key.as_ref()));
        here = below(here, key.as_ref(), node)?;
    }
    Some(here)
}

fn below(place: Place, key: &str, node: Option<&Node>) -> Option<Place> {
    match place {
        Place::Fields(format) => field_kind(format, key).map(|kind| of_kind(kind, node)),
        Place::Things(format) => Some(Place::Fields(format)),
        Place::Free(kind) => Some(of_kind(kind, node)),
        Place::Value(Kind::Random(dimension, _)) => parameter(key, *dimension),
        Place::Value(Kind::Series) => CalendarPeriod::parse(key).map(|_| Place::Parameter(Dimension::Amount)),
        Place::Value(Kind::Either(alternatives)) => {
            alternatives.iter().find_map(|kind| below(of_kind(kind, None), key, node))
        }
        Place::Value(_) | Place::Parameter(_) => None,
    }
}

fn parameter(key: &str, dimension: Dimension) -> Option<Place> {
    let known = key == "dist"
        || law::FAMILIES.iter().any(|family| family.needed.contains(&key) || family.optional.contains(&key));
    known.then_some(Place::Parameter(if law::has_dimension(key) { dimension } else { Dimension::Factor }))
}

fn field_kind(format: &'static Format, key: &str) -> Option<&'static Kind> {
    format.field(key).or_else(|| PROVENANCE.field(key)).map(|field| &field.kind)
}

fn of_kind(kind: &'static Kind, node: Option<&Node>) -> Place {
    match node.map_or(kind, |node| choose(kind, node)) {
        Kind::Table(format) => Place::Fields(format),
        Kind::Things(_, format) => Place::Things(format),
        Kind::Map(Keys::Any | Keys::Of(_) | Keys::CargoOrUnit | Keys::Words(_), of) => Place::Free(of),
        other => Place::Value(other),
    }
}

/// Whether a path leads to a value, or into one.
pub(super) fn is_within(path: &[&str]) -> bool {
    matches!(place(path, None), Some(Place::Value(_) | Place::Parameter(_)) | None)
}

/// All paths of the tree that a pattern fits; the pattern's last key may be an optional one that is absent if
/// `absent` is set.
pub(super) fn matches(tree: &Node, pattern: &[String], absent: bool) -> Vec<Keyed> {
    let mut found = Vec::new();
    descend(tree, pattern, &mut Vec::new(), &mut |path| found.push(path));
    if absent
        && let Some((last, parents)) = pattern.split_last()
        && !last.contains('*')
    {
        descend(tree, parents, &mut Vec::new(), &mut |mut path: Keyed| {
            let is_new = tree.at(&path).is_some_and(|node| node.table().is_some() && node.get(last).is_none());
            path.push(last.clone());
            if is_new && may_be_written(tree, &path) {
                found.push(path);
            }
        });
        if let Some((table, owners)) = parents.split_last().filter(|(table, _)| !table.contains('*')) {
            descend(tree, owners, &mut Vec::new(), &mut |mut path: Keyed| {
                path.push(table.clone());
                let whole = [&path[..], std::slice::from_ref(last)].concat();
                if is_absent_table(tree, &path) && place(&whole, Some(tree)).is_some() {
                    path.push(last.clone());
                    found.push(path);
                }
            });
        }
    }
    found
}

/// Whether a path leads to a table of its own that is not there, such as `measure`, in one that is; things and their parts are
/// never made.
pub(super) fn is_absent_table(tree: &Node, path: &[String]) -> bool {
    let Some((table, owner)) = path.split_last() else { return false };
    let is_new = tree.at(owner).is_some_and(|node| node.table().is_some() && node.get(table).is_none());
    let is_of_fields = matches!(place(owner, Some(tree)), Some(Place::Fields(_)));
    is_new && is_of_fields && matches!(place(path, Some(tree)), Some(Place::Fields(_)))
}

fn may_be_written(tree: &Node, path: &[String]) -> bool {
    let (_, parent) = path.split_last().unwrap_or((&path[0], &[]));
    !matches!(place(parent, Some(tree)), Some(Place::Things(_)) | None) && place(path, Some(tree)).is_some()
}

fn descend(node: &Node, pattern: &[String], at: &mut Keyed, found: &mut impl FnMut(Keyed)) {
    let Some((key, rest)) = pattern.split_first() else { return found(at.clone()) };
    for (name, entry) in node.table().into_iter().flatten().filter(|(name, _)| fits(key, name)) {
        at.push(name.clone());
        descend(entry, rest, at, found);
        at.pop();
    }
}

/// The path that was probably meant by one that leads nowhere.
pub(super) fn suggestion(tree: &Node, path: &[String]) -> Option<String> {
    let mut at: Keyed = Vec::new();
    for (index, key) in path.iter().enumerate() {
        let node = tree.at(&at)?;
        let mut known: Vec<&str> = node.keys().collect();
        if let Some(Place::Fields(format)) = place(&at, Some(tree)) {
            known.extend(format.fields.iter().map(|field| field.key));
        }
        if known.iter().any(|name| fits(key, name)) {
            let name = known.iter().find(|name| fits(key, name)).map(|name| (*name).to_owned())?;
            at.push(name);
            continue;
        }
        let near = nearest(key, known.iter().copied());
        let Some(near) = near else { return Some(inventory(tree, &at, &known)) };
        let fixed = [&path[..index], &[near.to_owned()], &path[index + 1..]].concat();
        return Some(format!("did you mean `{}`?", fixed.join(".")));
    }
    None
}

/// What there is at a place; where that is nothing, what there is around it.
fn inventory(tree: &Node, at: &[String], known: &[&str]) -> String {
    let name = |at: &[String]| if at.is_empty() { "the scenario".to_owned() } else { format!("`{}`", at.join(".")) };
    let Some((last, owner)) = at.split_last().filter(|_| known.is_empty()) else {
        return format!("{} has {}", name(at), listed(known));
    };
    let beside: Vec<&str> = tree.at(owner).into_iter().flat_map(Node::keys).filter(|key| key != last).collect();
    format!("{} holds nothing here; {} has {}", name(at), name(owner), listed(&beside))
}

fn listed(known: &[&str]) -> String {
    let mut words: Vec<String> = known.iter().take(12).map(|word| format!("`{word}`")).collect();
    if known.len() > 12 {
        words.push("…".to_owned());
    }
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}
