//! Corridor time at the base's weights.

use super::pair::{Both, Pair, Values};
use crate::results::RowKey;
use crate::stats::{Estimate, sum};
use crate::words::{FixedUnit, Measure};

/// The corridor's mean transit time in both runs, each flow with its weight in the base (each cargo, where single flows
/// have no rows).
///
/// A mean over unlike cargoes moves with the mix; at fixed weights it moves only with the times. The flows are those
/// that the base counts as the corridor's, the weights tonnes carried in the base; flows without time in any
/// replication of either run are left out.
pub(super) fn at_base_weights(pair: &Pair<'_>) -> Option<(RowKey, Values)> {
    let rows = &pair.base.catalogue.rows;
    let is_corridor = |key: &RowKey| key.measure == Measure::TransitTime && key.subject.is_corridor() && key.is_whole();
    let whole = rows.iter().position(is_corridor)?;
    let mut weighted: Vec<(f64, Values)> = Vec::new();
    let (parts, carried) = (pair.parts(), pair.carried(&FixedUnit::TonnesPerYear.into()));
    for (row, key) in rows.iter().enumerate() {
        let is_part = key.measure == Measure::TransitTime && key.subject.is(parts) && key.is_whole();
        if !is_part || !pair.base.catalogue.pools(whole, row) {
            continue;
        }
        let (Some(&carried), Some(other)) = (carried.get(&key.subject), pair.row(key)) else { continue };
        let weight = Estimate::of(&pair.base.values(carried), pair.base.manifest.run.level)?.mean;
        let values = pair.values(Both { base: Some(row), other: Some(other) });
        if weight > 0.0 && values.base.len() == pair.len() {
            weighted.push((weight, values));
        }
    }
    let total = sum(weighted.iter().map(|(weight, _)| *weight));
    let replications = weighted.first()?.1.replications.clone();
    let mean = |place: usize, of: fn(&Values) -> &Vec<f64>| {
        sum(weighted.iter().map(|(weight, values)| weight * of(values)[place])) / total
    };
    let of = |run: fn(&Values) -> &Vec<f64>| (0..replications.len()).map(|place| mean(place, run)).collect();
    let values = Values { base: of(|values| &values.base), other: of(|values| &values.other), replications };
    Some((rows[whole].clone(), values))
}
