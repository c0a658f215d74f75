//! What a route is expected to cost that is charged by time, by distance and by the call.

use super::charge::Charge;
use super::ground::Ground;
use crate::arithmetic::Estimate;
use crate::ids::{ProgramId, RouteId};
use crate::model::{Step, Times};

/// Dollars a unit, by operator: of use at the estimated times, and of vessels that are full.
pub(super) fn by_use(ground: &Ground<'_>, route: RouteId, estimate: &Estimate) -> Vec<Charge> {
    let (labels, prices) = (&ground.plan.labels, &ground.plan.labels.prices[0]);
    let flow = labels.routes[route.index()].flow.index();
    let mut paid = Vec::new();
    for one in read(ground, route, estimate) {
        let usd = one.reading * prices.meters[one.meter.index()][flow];
        paid.push(Charge { operator: labels.meters[one.meter.index()].operator.clone(), usd });
    }
    for step in ground.estimator.steps(ProgramId::new(route.index())) {
        let Step::Board(leg) = step else { continue };
        for (fleet, _, share) in ground.estimator.carriers(*leg, ground.cargo) {
            for owed in ground.estimator.owed(fleet, ground.cargo) {
                let usd = share * owed.per_unit * prices.dues[owed.due.index()];
                paid.push(Charge { operator: labels.dues[owed.due.index()].operator.clone(), usd });
            }
        }
    }
    paid
}

/// The readings that are expected.
fn read(ground: &Ground<'_>, route: RouteId, estimate: &Estimate) -> Vec<crate::model::Expected> {
    let program = ProgramId::new(route.index());
    let steps = ground.estimator.steps(program);
    let until_boarding = |step: usize| match steps.get(step) {
        Some(Step::Board(leg)) => estimate.days_in(step, ground.estimator.wait_cell(*leg)),
        _ => 0.0,
    };
    let days = |steps| estimate.days(steps);
    ground.estimator.readings(program, Times { days: &days, until_boarding: &until_boarding })
}
