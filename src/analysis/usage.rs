//! How much of a capacity is used.

use crate::words::{CapacityKind, Measure};
use serde::Serialize;

use super::capacities::Capacity;
use super::rows::Rows;
use crate::arithmetic::{Utilisation, utilisations};
use crate::model::Plan;
use crate::results::Results;

/// How much of a capacity is used, as shares of it; absent where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Usage {
    /// What is asked of it against what it can do, by arithmetic on means, without any queue; of a fleet the fullest
    /// leg, of a line the busier direction. Above 1 its queue grows without end.
    pub utilisation: Option<f64>,
    /// Busy: of servers in service, of vessels at sea or at a berth, of paths run, of space and things taken.
    pub busy: Option<f64>,
    /// Stopped by what follows: servers held after their service, vessels waiting for a berth.
    pub blocked: Option<f64>,
    /// Out of order.
    pub down: Option<f64>,
    /// Shut by closures or outside opening hours.
    pub closed: Option<f64>,
}

impl Usage {
    /// The greater of utilisation and busy share: of a fleet the utilisation alone, as a vessel that waits for cargo lies at a berth.
    pub(super) fn most(&self, capacity: &Capacity) -> f64 {
        let busy = self.busy.filter(|_| capacity.kind != CapacityKind::Fleet).unwrap_or(0.0);
        self.utilisation.unwrap_or(0.0).max(busy)
    }
}

/// The use of each capacity.
pub(super) fn usage(capacities: &[Capacity], plan: &Plan, results: &Results) -> Vec<Usage> {
    let (utilisations, rows) = (utilisations(plan), Rows::of(results));
    capacities.iter().map(|capacity| of_one(capacity, &utilisations, &rows)).collect()
}

fn of_one(capacity: &Capacity, utilisations: &[Utilisation], rows: &Rows<'_>) -> Usage {
    let share = |measure: Measure| rows.mean_of(measure, &capacity.path);
    let is_own = |utilisation: &&Utilisation| {
        utilisation.path == capacity.path && (capacity.kind != CapacityKind::Line || utilisation.unit == capacity.unit)
    };
    let utilisation = utilisations.iter().filter(is_own).map(Utilisation::ratio).reduce(f64::max);
    let mut usage = Usage { utilisation, ..Usage::default() };
    match capacity.kind {
        CapacityKind::Facility | CapacityKind::Berth => {
            usage.busy = share(Measure::Utilisation);
            usage.blocked = share(Measure::Blocked);
            usage.down = share(Measure::Down);
            usage.closed = share(Measure::Closed);
        }
        CapacityKind::Fleet => {
            usage.busy = share(Measure::Utilisation);
            usage.down = share(Measure::Down);
            usage.closed = share(Measure::Closed);
            // At sea, at a berth, held, out of order, or waiting for a berth: nothing else.
            let known = usage.busy.zip(usage.down).zip(usage.closed);
            usage.blocked = known.map(|((busy, down), closed)| (1.0 - busy - down - closed).max(0.0));
        }
        CapacityKind::Line if capacity.unit == "trains" => {
            usage.busy = share(Measure::Number).map(|number| number / capacity.amount);
        }
        _ => usage.busy = share(Measure::Utilisation),
    }
    usage
}
