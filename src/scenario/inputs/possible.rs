//! What keeps a drawn scenario one that can run.

use super::scale::{Cap, figures};
use crate::scenario::format::Kind;
use crate::scenario::tree::{Node, Value};
use crate::scenario::types::{Contents, Fleet};

/// How a share that was multiplied ends: a closure must open at times.
pub(super) fn cap(keys: &[String]) -> Cap {
    let is_of_a_closure = keys.len() == 3 && keys[0] == "closure" && keys[2] == "share";
    if is_of_a_closure { Cap::HalfWay } else { Cap::Bound }
}

/// Divides the shares of each flow's routes by their sum.
pub(super) fn shares_sum_to_one(tree: &mut Node) {
    let flows = tree.at_mut(&["flow"]).and_then(Node::table_mut);
    for (_, flow) in flows.into_iter().flatten() {
        let Some(routes) = flow.at_mut(&["route"]).and_then(Node::table_mut) else { continue };
        let share = |route: &Node| route.get("share").map_or(0.0, of_all);
        let sum: f64 = routes.values().map(share).sum();
        for (_, route) in routes.iter_mut().filter(|_| sum > 0.0 && (sum - 1.0).abs() > 1e-12) {
            if let Some(share) = route.at_mut(&["share"]) {
                share.value = Value::Number(of_all(share) / sum);
            }
        }
    }
}

fn of_all(share: &Node) -> f64 {
    figures(share, &Kind::Share(0.0, 1.0)).first().map_or(0.0, |figure| figure.0)
}

/// A shipment that is not to be split and that fits a vessel before the draw fits it after: the vessel is at least so
/// large.
pub(super) fn whole_shipments_fit(drawn: &mut Contents, reading: &Contents) {
    for (id, flow) in &drawn.flow {
        if !drawn.cargo.get(&flow.cargo).is_some_and(|cargo| cargo.whole) {
            continue;
        }
        let Some(before) = reading.flow.get(id).map(|flow| flow.shipment.mean()) else { continue };
        for (name, fleet) in &mut drawn.fleet {
            let Some(known) = reading.fleet.get(name) else { continue };
            let (Some(room), Some(known_room)) = (fleet.carries.get(&flow.cargo), known.carries.get(&flow.cargo))
            else {
                continue;
            };
            make_room(fleet, known, flow.shipment.mean() * room, before * known_room);
        }
    }
}

/// Raises the capacities that took what was needed before and do not take what is needed now.
fn make_room(fleet: &mut Fleet, known: &Fleet, needs: f64, needed: f64) {
    let least = needs / fleet.load_limit;
    let took = |capacity: f64| needed <= capacity * known.load_limit;
    if took(known.capacity.amount) {
        fleet.capacity.amount = fleet.capacity.amount.max(least);
    }
    for (hull, own) in fleet.vessel.values_mut().zip(known.vessel.values()) {
        if let (Some(capacity), Some(before)) = (&mut hull.capacity, own.capacity)
            && took(before)
        {
            *capacity = capacity.max(least);
        }
    }
}
