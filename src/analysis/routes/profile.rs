//! Days and dollars along a route, as its distance grows.

use serde::Serialize;

use super::ground::Ground;
use crate::arithmetic::Estimate;
use crate::network::{Hop, Route};
use crate::units::MS_PER_DAY;

/// A place on the way: a route stands in it for a while and pays there, so each has what was before and what is after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Name of the place; empty for what is charged for the whole route.
    pub name: String,
    /// Id of the node.
    pub node: String,
    /// Kilometres from the beginning.
    pub km: f64,
    /// Days on arrival and on leaving.
    pub days: (f64, f64),
    /// Dollars a unit, on arrival and on leaving.
    pub usd: (f64, f64),
}

/// All places of a route. What is charged for no single passage (the way home of wagons) is added at the end.
pub(super) fn profile(ground: &Ground<'_>, route: &Route, estimate: &Estimate, total_usd: f64) -> Vec<Point> {
    let labels = &ground.plan.labels;
    let (mut km, mut days, mut usd) = (0.0, 0.0, 0.0);
    let mut points = Vec::new();
    for (place, &node) in route.nodes.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| route.hops[before]);
        let after = route.hops.get(place).copied();
        let arrived = (days, usd);
        days += time(estimate, place + 1, false);
        usd += ground.tolls.node_charges(node, before, after).iter().map(|charge| charge.usd_per_unit).sum::<f64>();
        if after.is_none() {
            usd = usd.max(total_usd);
        }
        points.push(Point {
            name: labels.node_names[node.index()].clone(),
            node: labels.nodes[node.index()].clone(),
            km,
            days: (arrived.0, days),
            usd: (arrived.1, usd),
        });
        let Some(hop) = after else { break };
        km += labels.links[hop.link.index()].length.map_or(0.0, crate::units::Kilometres::get);
        days += time(estimate, place + 1, true);
        usd += fare(ground, hop);
    }
    points
}

/// Days at the nth node, or on the link after it.
fn time(estimate: &Estimate, nodes: usize, on_link: bool) -> f64 {
    let parts = estimate.parts.iter().filter(|part| part.nodes == nodes && part.on_link == on_link);
    parts.map(|part| part.mean).sum::<f64>() / MS_PER_DAY as f64
}

fn fare(ground: &Ground<'_>, hop: Hop) -> f64 {
    let charge: f64 = ground.tolls.link_charges(hop).iter().map(|charge| charge.usd_per_unit).sum();
    let fleets = ground.tolls.leg(hop).map(|leg| ground.estimator.carriers(leg, ground.cargo)).unwrap_or_default();
    let fares = fleets.into_iter().map(|(fleet, call, share)| {
        share * ground.plan.labels.prices[0].fleets[fleet].usd_per_unit[ground.cargo.index()][call]
    });
    charge + fares.sum::<f64>()
}
