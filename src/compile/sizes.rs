//! How large shipments are once their sizes are rounded.

use crate::scenario::types::{Contents, Flow};

/// Units of the smallest step of a size: a whole unit of cargo that is not to be split, else a thousandth.
fn step(scenario: &Contents, flow: &Flow) -> f64 {
    if scenario.cargo.get(&flow.cargo).is_some_and(|cargo| cargo.whole) { 1.0 } else { 0.001 }
}

/// Mean units of a shipment as it is made: rounded, and one step at least.
pub(super) fn mean_size(scenario: &Contents, flow: &Flow) -> f64 {
    let mean = flow.shipment.mean();
    if mean > 0.0 { flow.shipment.mean_in_steps(step(scenario, flow)) } else { 0.0 }
}
