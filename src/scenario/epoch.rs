//! The scenario as it is from a date on: the timeline's settings, applied in order of date.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::tree::{Node, keys};
use super::types::{Contents, Epoch};
use super::{normalise, path, when};
use crate::diagnostic::FileId;

/// The parameters from each date of the timeline on; `read` turns a tree into a scenario.
pub(super) fn epochs(tree: &Node, defaults: FileId, mut read: impl FnMut(&Node) -> Contents) -> Vec<Epoch> {
    let trees = trees(tree, defaults).into_iter();
    trees.map(|(on, tree)| Epoch { on, scenario: read(&tree) }).collect()
}

/// The tree from each date of the timeline on.
pub(super) fn trees(tree: &Node, defaults: FileId) -> Vec<(DateTime, Node)> {
    let mut current = tree.clone();
    let mut trees = Vec::new();
    for (on, settings) in by_date(tree) {
        for (path, value) in settings {
            set(&mut current, &keys(path), value);
        }
        normalise::normalise(&mut current, defaults);
        trees.push((on, current.clone()));
    }
    trees
}

/// Settings by date; of one date in file order.
fn by_date(tree: &Node) -> BTreeMap<DateTime, Vec<(&String, &Node)>> {
    let mut dates: BTreeMap<DateTime, Vec<(&String, &Node)>> = BTreeMap::new();
    for (_, entry) in tree.get("timeline").and_then(Node::table).into_iter().flatten() {
        if let (Some(on), Some(settings)) =
            (entry.get("on").and_then(when::moment), entry.get("set").and_then(Node::table))
        {
            dates.entry(on).or_default().extend(settings);
        }
    }
    dates
}

fn set(tree: &mut Node, pattern: &[String], value: &Node) {
    for path in path::matches(tree, pattern, true) {
        super::change::write(tree, &path, value.clone());
    }
}
