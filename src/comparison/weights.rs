//! Means of the corridor at the base's weights.

use super::pair::{Both, Pair, Values};
use crate::results::RowKey;
use crate::stats::{Estimate, sum};
use crate::words::{FixedUnit, Measure, Subject};

/// A mean of the corridor in both runs, each flow with its weight in the base (each cargo, where single flows have no rows): of
/// the transit time, or of what a tonne costs its shipper.
///
/// A mean over unlike cargoes moves with the mix; at fixed weights it moves only with the figures themselves. The flows are those
/// that the base counts as the corridor's, the weights tonnes carried in the base; flows without the figure in any
/// replication of either run are left out.
pub(super) fn at_base_weights(pair: &Pair<'_>, measure: Measure, unit: FixedUnit) -> Option<(RowKey, Values)> {
    let rows = &pair.base.catalogue.rows;
    let is_of = |key: &RowKey| key.measure == measure && key.unit == unit && key.is_whole();
    let whole = rows.iter().position(|key| is_of(key) && key.subject.is_corridor())?;
    let times = rows.iter().position(|key| is_corridor_time(key) && key.is_whole())?;
    let mut weighted: Vec<(f64, Values)> = Vec::new();
    let (parts, carried) = (pair.parts(), pair.carried(&FixedUnit::TonnesPerYear.into()));
    for (row, key) in rows.iter().enumerate() {
        if !is_of(key) || !key.subject.is(parts) || !is_counted(pair, times, &key.subject) {
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

/// The mean transit time of the corridor.
pub(super) fn is_corridor_time(key: &RowKey) -> bool {
    key.measure == Measure::TransitTime && key.subject.is_corridor()
}

/// Whether the times of a flow or cargo are part of the corridor's.
fn is_counted(pair: &Pair<'_>, times: usize, subject: &Subject) -> bool {
    let catalogue = &pair.base.catalogue;
    let is_time = |key: &RowKey| key.measure == Measure::TransitTime && key.subject == *subject && key.is_whole();
    catalogue.rows.iter().position(is_time).is_some_and(|row| catalogue.pools(times, row))
}
