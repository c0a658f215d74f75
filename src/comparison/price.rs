//! What a measure costs beside what it brings.

use crate::words::{FixedUnit, Measure, Statistic, Unit};
use serde::{Deserialize, Serialize};

use super::difference::Difference;
use super::pair::Pair;
use crate::stats::sum;

/// What a measure costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// Dollars a year: annuity of the investment and running cost; `None` where no cost is known.
    pub annual: Option<f64>,
    /// Dollars a year of one dollar invested.
    pub annuity: f64,
}

/// A measure's cost against its effects. A ratio stands only where the effect is statistically significant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// Dollars a year: annuity of the investment and running cost; `None` where no cost is known.
    pub annual_cost: Option<f64>,
    /// Tonnes more a year.
    pub extra_tonnes: f64,
    /// TEU-days saved a year at the base's traffic.
    pub teu_days_saved: f64,
    /// Dollars by tonne more.
    pub usd_per_extra_tonne: Option<f64>,
    /// Dollars by TEU-day saved.
    pub usd_per_teu_day: Option<f64>,
    /// What shippers save in a year at the base's traffic, charges and value of time: a measure that costs less a year
    /// than this pays.
    pub break_even_annual_cost: f64,
    /// The same as an investment.
    pub break_even_capex: f64,
}

impl Worth {
    pub(super) fn of(price: &Price, pair: &Pair<'_>, differences: &[Difference]) -> Self {
        let level = pair.base.manifest.run.level;
        let throughput = differences.iter().find(|difference| {
            difference.measure == Measure::Throughput
                && difference.subject.is_corridor()
                && difference.period.is_horizon()
        });
        let extra_tonnes = throughput.map_or(0.0, |difference| difference.difference);
        let is_significant = throughput.is_some_and(|difference| difference.is_significant(level));
        let (teu_days_saved, is_time_told) =
            saved(pair, differences, Measure::TransitTime, FixedUnit::Days, &Unit::teu_per_year());
        let tonnes = FixedUnit::TonnesPerYear.into();
        let (usd_saved, _) = saved(pair, differences, Measure::GeneralisedCost, FixedUnit::UsdPerTonne, &tonnes);
        let annual_cost = price.annual;
        let ratio = |effect: f64, is_significant: bool| {
            annual_cost.filter(|_| is_significant && effect > 0.0).map(|cost| cost / effect)
        };
        Self {
            annual_cost,
            extra_tonnes,
            teu_days_saved,
            usd_per_extra_tonne: ratio(extra_tonnes, is_significant),
            usd_per_teu_day: ratio(teu_days_saved, is_time_told),
            break_even_annual_cost: usd_saved,
            break_even_capex: usd_saved / price.annuity,
        }
    }
}

/// How much less of a measure by unit the flows of the base need (its cargoes, where single flows have no rows), times the
/// units that they carry there; and whether the fall of one at least is statistically significant.
fn saved(pair: &Pair<'_>, differences: &[Difference], measure: Measure, by: FixedUnit, unit: &Unit) -> (f64, bool) {
    let level = pair.base.manifest.run.level;
    let (parts, carried) = (pair.parts(), pair.carried(unit));
    let by_part = differences.iter().filter(|difference| {
        let is_part = difference.measure == measure && difference.unit == by && difference.subject.is(parts);
        is_part && difference.period.is_horizon() && difference.statistic == Statistic::Mean
    });
    let saved: Vec<(f64, bool)> = by_part
        .filter_map(|difference| {
            let values = pair.base.values(*carried.get(&difference.subject)?);
            let carried = sum(values.iter().copied()) / values.len().max(1) as f64;
            let is_fall = difference.difference < 0.0 && difference.is_significant(level);
            Some((-difference.difference * carried, is_fall && carried > 0.0))
        })
        .collect();
    (sum(saved.iter().map(|flow| flow.0)), saved.iter().any(|flow| flow.1))
}
