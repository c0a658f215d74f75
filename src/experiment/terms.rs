//! What a flow's shippers go by: how long carriage took, and what it cost.

use std::collections::BTreeMap;

use crate::model::{Labels, Response};
use crate::results::{Catalogue, Records, RowKey};
use crate::stats::Moments;
use crate::words::{FixedUnit, Measure, SubjectKind};

/// The terms on which a flow was carried, as means over replications. NaN is what is not known: nothing came, or the
/// cargo has no mass to pay for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Days: the measure `transit_time`, the mean by weight over the cohort's finished journeys.
    pub transit_time: f64,
    /// USD a tonne: the measure `freight_charge` for a tonne carried within the horizon. The value of time is not in it.
    pub freight_charge: f64,
}

impl Terms {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { transit_time: f64::NAN, freight_charge: f64::NAN };

    /// The terms by flow of `labels` as the measures of some records have them, the flows found by their ids: a flow that
    /// the records do not know has unknown terms.
    pub fn by_flow(catalogue: &Catalogue, records: &Records, labels: &Labels) -> Vec<Self> {
        let rows = rows_of_terms(&catalogue.rows);
        let mean = |row: usize| {
            let values = records.column(row).into_iter().filter(|value| !value.is_nan());
            Moments::of(&values.collect::<Vec<f64>>()).mean()
        };
        let terms = |flow: &str| {
            let [transit_time, freight_charge] = rows.get(flow).copied().unwrap_or_default();
            Self {
                transit_time: transit_time.and_then(mean).unwrap_or(f64::NAN),
                freight_charge: freight_charge.and_then(mean).unwrap_or(f64::NAN),
            }
        };
        labels.flows.iter().map(|flow| terms(&flow.id)).collect()
    }

    /// Volume ÷ given volume that these terms induce where the given volume came on the terms of the base:
    ///
    /// (1 + day) ^ (transit time − its base) × (freight charge ÷ its base) ^ cost.
    ///
    /// What is not known, or has a base of 0 USD, changes nothing; terms equal to those of the base give exactly 1.
    /// Infinite where an elasticity below 0 meets carriage for nothing.
    pub fn factor(&self, base: &Self, response: Response) -> f64 {
        let days = self.transit_time - base.transit_time;
        let ratio = if base.freight_charge > 0.0 { self.freight_charge / base.freight_charge } else { f64::NAN };
        let by_time = libm::pow(1.0 + response.day, days);
        let by_cost = libm::pow(ratio, response.cost);
        [by_time, by_cost].into_iter().filter(|factor| !factor.is_nan()).product()
    }

    /// Goes from here a share of the way to what was seen; what is not known on one side is taken from the other.
    pub(super) fn towards(&self, seen: &Self, share: f64) -> Self {
        let step = |from: f64, to: f64| match (from.is_nan(), to.is_nan()) {
            (true, _) => to,
            (_, true) => from,
            _ => from + (to - from) * share,
        };
        Self {
            transit_time: step(self.transit_time, seen.transit_time),
            freight_charge: step(self.freight_charge, seen.freight_charge),
        }
    }
}

/// By id of a flow its rows over the horizon of transit time and freight charge.
fn rows_of_terms(rows: &[RowKey]) -> BTreeMap<&str, [Option<usize>; 2]> {
    let mut found: BTreeMap<&str, [Option<usize>; 2]> = BTreeMap::new();
    for (row, key) in rows.iter().enumerate().filter(|(_, key)| key.period.is_horizon()) {
        let term = match key.measure {
            Measure::TransitTime if key.unit == FixedUnit::Days => 0,
            Measure::FreightCharge if key.unit == FixedUnit::UsdPerTonne => 1,
            _ => continue,
        };
        if let Some(flow) = key.subject.id_of(SubjectKind::Flow) {
            found.entry(flow).or_default()[term].get_or_insert(row);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESPONSE: Response = Response { day: -0.052, cost: -0.6 };
    const BASE: Terms = Terms { transit_time: 15.0, freight_charge: 80.0 };

    fn factor(transit_time: f64, freight_charge: f64) -> f64 {
        Terms { transit_time, freight_charge }.factor(&BASE, RESPONSE)
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "no change is exactly none")]
    fn the_base_induces_what_is_given() {
        assert_eq!(factor(15.0, 80.0), 1.0);
        assert_eq!(Terms::UNKNOWN.factor(&BASE, RESPONSE), 1.0);
        assert_eq!(BASE.factor(&Terms::UNKNOWN, RESPONSE), 1.0);
        let free = Terms { freight_charge: 0.0, ..BASE };
        assert_eq!(BASE.factor(&free, RESPONSE), 1.0);
        assert_eq!(free.factor(&free, RESPONSE), 1.0);
    }

    #[test]
    fn days_and_dollars_multiply() {
        assert!((factor(16.0, 80.0) - 0.948).abs() < 1e-12);
        assert!((factor(13.0, 80.0) - 1.0 / (0.948 * 0.948)).abs() < 1e-12);
        // Twice the price at an elasticity of -0.6 leaves 2^-0.6.
        assert!((factor(15.0, 160.0) - 0.659_753_955_386_447).abs() < 1e-12);
        assert!((factor(16.0, 160.0) - 0.948 * 0.659_753_955_386_447).abs() < 1e-12);
        assert!(factor(15.0, 0.0).is_infinite());
    }

    #[test]
    fn unknown_terms_move_no_average() {
        let half = BASE.towards(&Terms { transit_time: 17.0, freight_charge: f64::NAN }, 0.5);
        assert_eq!(half, Terms { transit_time: 16.0, freight_charge: 80.0 });
        assert_eq!(Terms::UNKNOWN.towards(&BASE, 0.5), BASE);
    }
}
