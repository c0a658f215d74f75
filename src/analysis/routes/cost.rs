//! What a route costs place by place, for the search.

use crate::arithmetic::Estimator;
use crate::compile::Tolls;
use crate::ids::{CargoId, NodeId};
use crate::model::Plan;
use crate::network::{Hop, Prices, Traveller};
use crate::units::MS_PER_DAY;

/// Millionths of a dollar: whole numbers, so that ties are ties.
const PER_USD: f64 = 1e6;

/// Generalised costs of single passages: freight charges and the value of expected time.
pub(super) struct Costs<'a> {
    pub(super) plan: &'a Plan,
    pub(super) tolls: &'a Tolls<'a>,
    pub(super) estimator: &'a Estimator<'a>,
    pub(super) cargo: CargoId,
    pub(super) who: Traveller,
    /// Units of a shipment.
    pub(super) size: f64,
    /// Its priority, 1 first.
    pub(super) priority: u8,
    /// Dollars a unit and day.
    pub(super) value_of_time: f64,
}

impl Costs<'_> {
    fn whole(&self, usd: f64, ms: f64) -> i64 {
        // Where neither money nor time has a worth, hours decide.
        let worth = if self.value_of_time > 0.0 { self.value_of_time } else { 1e-3 };
        ((usd + ms / MS_PER_DAY as f64 * worth) * PER_USD).round() as i64
    }
}

impl Prices for Costs<'_> {
    fn link(&self, hop: Hop) -> i64 {
        let usd: f64 = self.tolls.link_charges(hop).iter().map(|charge| charge.usd_per_unit).sum();
        if let Some(leg) = self.tolls.leg(hop) {
            let fleets = self.estimator.carriers(leg, self.cargo);
            let fare: f64 = fleets
                .iter()
                .map(|&(fleet, call, share)| {
                    share * self.plan.labels.prices[0].fleets[fleet].usd_per_unit[self.cargo.index()][call]
                })
                .sum();
            return self.whole(usd + fare, self.estimator.crossing_ms(leg, self.cargo, self.priority));
        }
        let wait = self.tolls.line(hop).map_or(0.0, |line| self.estimator.line_wait_ms(line, hop.direction));
        let running = self.tolls.network().mean_ms(hop, self.who).unwrap_or(0) as f64;
        self.whole(usd, running + wait)
    }

    fn node(&self, node: NodeId, before: Option<Hop>, after: Option<Hop>) -> i64 {
        let usd = self.tolls.node_charges(node, before, after).iter().map(|charge| charge.usd_per_unit).sum();
        let stations = self.tolls.stations(node, before, after);
        let ms = stations.into_iter().map(|station| self.estimator.passage_ms(station, self.cargo, self.size)).sum();
        self.whole(usd, ms)
    }
}
