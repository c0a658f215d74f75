//! Which values are inputs: figures that somebody measured or inferred, and may be wrong about.

use super::scale::{Figure, end, figures};
use super::spread::Spread;
use crate::diagnostic::FileId;
use crate::scenario::format::Kind;
use crate::scenario::leaves::Leaf;
use crate::scenario::normalise;
use crate::scenario::quantity::Dimension;
use crate::scenario::shape::choose;
use crate::scenario::tree::Node;
use crate::scenario::types::Grade;

/// What is done with a value where inputs are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// It is drawn.
    Drawn,
    /// It is drawn only if somebody wrote between which values it lies.
    IfRanged,
    /// It is never drawn.
    Kept,
}

/// The spread of a value, if it is an input.
pub(super) fn spread(leaf: &Leaf<'_>, keys: &[&str], tree: &Node) -> Option<Spread> {
    let part = part(keys, tree);
    let figures = figures(leaf.node, leaf.kind);
    if part == Part::Kept || !is_something(leaf.node, leaf.kind) || is_default(leaf) {
        return None;
    }
    let sd = leaf.said.grade.map(Grade::spread);
    match leaf.said.range.and_then(|range| ends(range, choose(leaf.kind, leaf.node), &figures)) {
        Some((low, high)) => Some(Spread::within(sd.unwrap_or(Grade::C.spread()), low, high)),
        None if part == Part::Drawn => sd.map(Spread::free),
        None => None,
    }
}

/// Whether a factor would act on any figure of a value: zero stays zero.
pub(super) fn is_something(node: &Node, kind: &'static Kind) -> bool {
    figures(node, kind).iter().any(|figure| figure.0 != 0.0)
}

fn part(keys: &[&str], tree: &Node) -> Part {
    match keys {
        _ if is_set(keys) => Part::Kept,
        ["cargo", id, "tonnes-per-unit"] if is_a_mass(tree, id) => Part::Kept,
        ["flow", id, "route", _, "share"] if !splits(tree, id) => Part::Kept,
        // The draught says the same of the deadweight: if one of both were drawn, the other would hold it down.
        ["fleet", id, "load-limit"] if tree.at(&["fleet", id, "draught"]).is_some() => Part::Kept,
        // Shipments and trains are counts of wagons and boxes: by some per cent more or less a full train would wait
        // for its last wagon. A level has no zero that a factor could refer to.
        ["flow", _, "shipment"] | ["node", _, "yard", _, "train"] | ["water", _, "level"] => Part::IfRanged,
        _ => Part::Drawn,
    }
}

/// What is set by people or by the shape of things, not found out.
fn is_set(keys: &[&str]) -> bool {
    // The run, what is shown, what a measure costs. What the timeline sets is drawn where it is set. Seasons are divided
    // by their mean: a factor would change nothing.
    let is_apart =
        matches!(keys, ["schema" | "run" | "period" | "slider" | "source" | "measure" | "timeline" | "season", ..]);
    let is_planned = matches!(
        keys,
        ["flow", _, "season" | "arrivals" | "deadline", ..]
            | ["section", _, "deadline"]
            | ["fleet", _, "timetable", ..]
            | ["node", _, "storage", _, "free-time"]
            // They sum to 1.
            | ["node", _, "facility", _, "type", _, "share"]
            | ["visit", _, "kind", _, "share"]
    );
    // Where a place is on the map, a curve, and how many go on one.
    let is_shape = matches!(
        keys,
        ["node", _, "lat" | "lon"] | ["link", _, "shape", ..] | ["fleet", _, "draught", ..] | ["pool", _, "per"]
    );
    let follows = matches!(keys, ["link", _, "other-trains"] | ["ban", _, "off"] | ["fleet", _, "deadweight"]);
    is_apart || is_planned || is_shape || follows
}

/// What a figure must stay below or goes with, as the last key of its path: both have one factor.
pub(super) fn follower(keys: &[&str]) -> Option<&'static str> {
    match keys {
        ["link", _, "paths-per-day"] => Some("other-trains"),
        ["ban", _, "on"] => Some("off"),
        // Both are the size of one ship.
        ["fleet", _, "capacity"] => Some("deadweight"),
        _ => None,
    }
}

/// A tonne weighs a tonne.
fn is_a_mass(tree: &Node, cargo: &str) -> bool {
    let unit = tree.at(&["cargo", cargo, "unit"]).and_then(Node::text);
    unit.is_some_and(|unit| Dimension::Mass.unit(unit).is_some())
}

/// Whether a flow has several routes that are used.
fn splits(tree: &Node, flow: &str) -> bool {
    let routes = tree.at(&["flow", flow, "route"]).and_then(Node::table).into_iter().flatten();
    let used = |route: &Node| route.get("share").is_some_and(|share| is_something(share, &Kind::Share(0.0, 1.0)));
    routes.filter(|(_, route)| used(route)).count() > 1
}

/// A value that the format gives by itself is no figure that somebody found. Where it was written does not count, so
/// that a resolved scenario, which has every default written out, is drawn as the files that it came from.
fn is_default(leaf: &Leaf<'_>) -> bool {
    leaf.default
        .and_then(|text| normalise::default(text, leaf.kind, FileId::default()))
        .is_some_and(|default| default == *leaf.node)
}

/// The ends of a range as factors of the figures; `None` where it is in another unit, or where a figure is outside: it is
/// then the range of another value than this.
fn ends(range: &Node, kind: &'static Kind, figures: &[Figure]) -> Option<(f64, f64)> {
    let [lowest, highest] = range.list()? else { return None };
    let (lowest, highest) = (end(lowest, kind)?, end(highest, kind)?);
    let mut within = (0.0_f64, f64::INFINITY);
    for (figure, unit) in figures.iter().filter(|(figure, _)| *figure != 0.0) {
        let fits = *unit == lowest.1 && *unit == highest.1 && (lowest.0..=highest.0).contains(figure);
        if !fits {
            return None;
        }
        let (one, other) = (lowest.0 / figure, highest.0 / figure);
        within = (within.0.max(one.min(other)), within.1.min(one.max(other)));
    }
    Some(within)
}

/// Whether a value lies outside the range that is written for it, or that range is in another unit.
pub(in crate::scenario) fn misses_its_range(leaf: &Leaf<'_>) -> bool {
    let figures = figures(leaf.node, leaf.kind);
    let range = leaf.said.range.filter(|_| !figures.is_empty());
    range.is_some_and(|range| ends(range, choose(leaf.kind, leaf.node), &figures).is_none())
}
