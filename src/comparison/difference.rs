//! What a what-if changes, measure by measure.

use crate::words::{FixedUnit, Measure, Period, Statistic, Subject, Unit};
use serde::{Deserialize, Serialize};

use super::pair::{Both, Pair, Values};
use super::weights::{at_base_weights, is_corridor_time};
use crate::results::{RowKey, draws_of};
use crate::stats::{Estimate, Moments, Nested, Paired, order_quantile, two_sided_p};

/// What a what-if changes in one measure: the what-if's value less the base's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The what-if.
    pub what_if: String,
    /// As in the results of a run.
    pub measure: Measure,
    /// As in the results of a run.
    pub subject: Subject,
    /// As in the results of a run.
    pub period: Period,
    /// As in the results of a run.
    pub unit: Unit,
    /// Of what the values are.
    pub statistic: Statistic,
    /// Pairs of replications.
    pub n: u64,
    /// The base's value.
    pub base: f64,
    /// The what-if's.
    pub what_if_value: f64,
    /// The what-if's less the base's.
    pub difference: f64,
    /// Half the width of its interval. Where inputs are drawn with several years in each draw,
    /// of sampling error alone: what more years would take away.
    pub half_width: Option<f64>,
    /// The difference as a share of the base's value.
    pub relative: Option<f64>,
    /// The probability of so large a difference if there were none; by Holm over all what-ifs of the comparison. Where
    /// inputs are drawn, over the draws: of sampling error and parameter uncertainty together.
    pub p_value: Option<f64>,
    /// The correlation of the two runs over replications.
    pub correlation: Option<f64>,
    /// The variance of the difference under independent numbers over that found; `None` where the difference does not vary.
    pub variance_reduction: Option<f64>,
    /// The part of the difference that is simulated.
    pub simulated: Option<f64>,
    /// The part that comes from changing residual delays.
    pub assumed: Option<f64>,
    /// 5 % of the differences of the draws of the inputs, where inputs are drawn.
    pub low: Option<f64>,
    /// 95 % of them.
    pub high: Option<f64>,
    /// Draws of the inputs in which the difference has the sign that it has over all, and their number.
    pub same_sign: Option<(u32, u32)>,
}

impl Difference {
    /// Which measure it is of, whatever the what-if.
    pub(super) fn key(&self) -> (Measure, Subject, Period, Unit, Statistic) {
        (self.measure, self.subject.clone(), self.period.clone(), self.unit.clone(), self.statistic)
    }

    /// Whether it is statistically significant: p-value below 1 − level.
    pub fn is_significant(&self, level: f64) -> bool {
        self.difference != 0.0 && self.p_value.is_some_and(|p| p < 1.0 - level)
    }

    /// Whether it is one of those that a comparison is about: mean times of sections and the corridor's throughput, over
    /// the horizon.
    pub(super) fn is_headline(&self) -> bool {
        let is_traffic = self.measure == Measure::Throughput && self.subject.is_corridor();
        let is_whole = self.period.is_horizon() && self.statistic == Statistic::Mean;
        is_whole && (is_traffic || self.measure == Measure::SectionTime)
    }

    /// Traffic in units beside that in tonnes, in `offered` and `carried`.
    pub fn is_by_size(&self) -> bool {
        matches!(self.measure, Measure::Offered | Measure::Carried | Measure::Refused | Measure::LostToOutside)
            && self.unit != FixedUnit::TonnesPerYear
    }
}

/// Means of the corridor that are compared at the base's weights over the horizon, so that they do not move with the mix.
const AT_BASE_WEIGHTS: [(Measure, FixedUnit); 2] =
    [(Measure::TransitTime, FixedUnit::Days), (Measure::GeneralisedCost, FixedUnit::UsdPerTonne)];

/// All differences of a pair: measures over the horizon, years and named periods.
pub(super) fn differences(name: &str, pair: &Pair<'_>, only: Option<fn(&RowKey) -> bool>) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (row, key) in pair.base.catalogue.rows.iter().enumerate() {
        let is_at_base_weights = key.is_whole()
            && key.subject.is_corridor()
            && AT_BASE_WEIGHTS.iter().any(|(measure, unit)| key.measure == *measure && key.unit == *unit);
        if !is_compared(key)
            || only.is_some_and(|is_wanted| !is_wanted(key))
            || is_at_base_weights
            || is_corridor_time(key)
        {
            continue;
        }
        let Some(other) = pair.row(key) else { continue };
        differences.extend(mean(name, key, pair, &pair.values(Both { base: Some(row), other: Some(other) })));
        if pair.is_pooled(row) && matches!(key.measure, Measure::SectionTime | Measure::TransitTime) {
            let rows = Both { base: row, other };
            let of = |statistic: Statistic| percentile(name, key, pair, rows, statistic);
            differences.extend([Statistic::P50, Statistic::P95].into_iter().filter_map(of));
        }
    }
    let at_base_weights = |(measure, unit)| {
        let (key, values) = at_base_weights(pair, measure, unit)?;
        mean(name, &key, pair, &values)
    };
    differences.extend(AT_BASE_WEIGHTS.into_iter().filter_map(at_base_weights));
    differences
}

fn is_compared(key: &RowKey) -> bool {
    key.place.is_none() && key.cause.is_none() && !key.period.is_month()
}

fn mean(name: &str, key: &RowKey, pair: &Pair<'_>, values: &Values) -> Option<Difference> {
    let level = pair.base.manifest.run.level;
    let base = Estimate::of(&values.base, level)?.mean;
    let other = Estimate::of(&values.other, level)?.mean;
    Some(paired(name, key, pair, values, Statistic::Mean, Both { base, other }))
}

/// A percentile of all shipments. The difference is the mean of those of the replications' own percentiles, which are exact
/// and share their random numbers; the base's value is that of its results, and the what-if's stands off it by the
/// difference. Where the percentile of a single replication falls among the unfinished, the difference is that of the two
/// results, without an interval.
fn percentile(
    name: &str,
    key: &RowKey,
    pair: &Pair<'_>,
    rows: Both<usize>,
    statistic: Statistic,
) -> Option<Difference> {
    let place = statistic.percentile()?;
    let whole @ Both { base, other } = pair.pooled(rows, place)?;
    match pair.own(rows, place) {
        Some(values) => {
            let difference = paired(name, key, pair, &values, statistic, whole);
            Some(Difference { what_if_value: base + difference.difference, ..difference })
        }
        None => Some(plain(name, key, statistic, &Gap { n: pair.len(), of: whole, difference: other - base }, None)),
    }
}

/// The mean difference of values by replication.
fn paired(
    name: &str,
    key: &RowKey,
    pair: &Pair<'_>,
    values: &Values,
    statistic: Statistic,
    of: Both<f64>,
) -> Difference {
    let level = pair.base.manifest.run.level;
    let paired = Paired::of(&values.other, &values.base, level);
    let draws = by_draw(pair, values);
    let means = draws.as_ref().map(|draws| draws.iter().filter_map(Moments::mean).collect::<Vec<f64>>());
    let sampling = draws.as_ref().and_then(|draws| Nested::sampling_error(draws, level));
    let difference =
        paired.map_or_else(|| values.differences().first().copied().unwrap_or(of.other - of.base), |p| p.mean);
    let gap = Gap { n: values.base.len(), of, difference };
    Difference {
        half_width: sampling.or(paired.map(|paired| paired.half_width)),
        p_value: means.as_deref().and_then(p_over_draws).or(paired.map(|paired| paired.p_value)),
        correlation: paired.and_then(|paired| paired.correlation),
        variance_reduction: paired.and_then(|paired| paired.variance_reduction),
        ..plain(name, key, statistic, &gap, means.as_deref())
    }
}

/// The differences of each draw of the inputs, where inputs are drawn.
pub(super) fn by_draw(pair: &Pair<'_>, values: &Values) -> Option<Vec<Moments>> {
    let years = pair.base.manifest.run.years_per_draw?;
    let differences = values.differences();
    let draws = draws_of(values.replications.iter().copied(), years);
    Some(draws.into_iter().map(|draw| Moments::of(&differences[draw])).collect())
}

/// The p-value of differences by draw: inputs and sampling error are both chance. Returns `None` for fewer than two draws.
fn p_over_draws(differences: &[f64]) -> Option<f64> {
    let draws = Moments::of(differences);
    let (n, mean, sd) = (draws.count() as f64, draws.mean()?, draws.sd()?);
    Some(match (mean == 0.0, sd > 0.0) {
        (true, _) => 1.0,
        (false, false) => 0.0,
        (false, true) => two_sided_p(mean / (sd / libm::sqrt(n)), n - 1.0),
    })
}

/// Both values of a row with their difference, from so many replications.
struct Gap {
    n: usize,
    of: Both<f64>,
    difference: f64,
}

fn plain(name: &str, key: &RowKey, statistic: Statistic, gap: &Gap, by_draw: Option<&[f64]>) -> Difference {
    let Gap { n, of: Both { base, other }, difference } = *gap;
    let mut sorted = by_draw.unwrap_or_default().to_vec();
    sorted.sort_by(f64::total_cmp);
    let same = |draws: &[f64]| draws.iter().filter(|gap| **gap * difference > 0.0).count() as u32;
    Difference {
        what_if: name.to_owned(),
        measure: key.measure,
        subject: key.subject.clone(),
        period: key.period.clone(),
        unit: key.unit.clone(),
        statistic,
        n: n as u64,
        base,
        what_if_value: other,
        difference,
        half_width: None,
        relative: (base != 0.0).then(|| difference / base),
        p_value: None,
        correlation: None,
        variance_reduction: None,
        simulated: Some(difference),
        assumed: Some(0.0),
        low: order_quantile(&sorted, 0.05),
        high: order_quantile(&sorted, 0.95),
        same_sign: by_draw.map(|draws| (same(draws), draws.len() as u32)),
    }
}

/// Splits each difference by what the what-if does with its residual delays as in the base.
pub(super) fn tell_assumed_apart(differences: &mut [Difference], alone: Option<&Pair<'_>>) {
    let Some(alone) = alone else { return };
    let simulated: std::collections::BTreeMap<_, f64> = self::differences("", alone, None)
        .into_iter()
        .map(|difference| (difference.key(), difference.difference))
        .collect();
    for difference in differences {
        difference.simulated = simulated.get(&difference.key()).copied();
        difference.assumed = difference.simulated.map(|simulated| difference.difference - simulated);
    }
}
