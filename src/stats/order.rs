//! Intervals for quantiles: from order statistics, and from sections of pooled replications.

use std::ops::Range;

use super::interval::{Interval, two_sided_t};
use super::memo::Memo;
use super::sum::sum;
use crate::random::beta_regularised;

/// The ranks, counted from 1, of the order statistics that enclose a quantile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileRanks {
    /// The rank of the lower end.
    pub low: u64,
    /// The rank of the upper end.
    pub high: u64,
    /// The exact probability that the two enclose the quantile; at least the level asked for.
    pub coverage: f64,
}

thread_local! {
    /// By number, p and level.
    static RANKS: Memo<(u64, [u64; 2]), Option<QuantileRanks>> = const { Memo::new() };
}

/// The ranks that enclose the p-quantile of `n` independent values at the given level.
///
/// With B ~ Bin(n, p): low is the largest rank with P(B <= low - 1) <= (1 - level)/2, high the smallest with
/// P(B <= high - 1) >= (1 + level)/2 (David and Nagaraja, *Order Statistics*). None where `n` is too small for both.
///
/// # Panics
/// `p` is not between 0 and 1.
pub fn quantile_ranks(n: u64, p: f64, level: f64) -> Option<QuantileRanks> {
    assert!(p > 0.0 && p < 1.0, "a quantile lies between 0 and 1, not at {p}");
    RANKS.with(|known| known.get((n, [p, level].map(f64::to_bits)), || ranks(n, p, level)))
}

fn ranks(n: u64, p: f64, level: f64) -> Option<QuantileRanks> {
    let below = |rank: u64| binomial_cdf(rank - 1, n, p);
    let tail = 0.5 * (1.0 - level);
    let low = first_rank(n, |rank| below(rank) > tail).checked_sub(1)?;
    let high = first_rank(n, |rank| below(rank) >= 1.0 - tail);
    (low >= 1 && high <= n).then(|| QuantileRanks { low, high, coverage: below(high) - below(low) })
}

/// The interval for the p-quantile of the distribution that sorted values come from, free of assumptions about its form.
///
/// # Panics
/// `p` is not between 0 and 1.
pub fn order_interval(sorted: &[f64], p: f64, level: f64) -> Option<Interval> {
    let ranks = quantile_ranks(sorted.len() as u64, p, level)?;
    Some(Interval { low: sorted[ranks.low as usize - 1], high: sorted[ranks.high as usize - 1], level })
}

/// The smallest of sorted values at which a share `p` of them is reached (the inverse of their distribution); none of
/// no values.
pub fn order_quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let rank = (p * sorted.len() as f64 * (1.0 - 1e-12)).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

/// The first rank from 1 to n that satisfies a condition which stays true once true; n + 1 where none does.
fn first_rank(n: u64, satisfies: impl Fn(u64) -> bool) -> u64 {
    let (mut from, mut to) = (1, n + 1);
    while from < to {
        let middle = from + (to - from) / 2;
        if satisfies(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// P(B <= k) for B ~ Bin(n, p) and k < n.
fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    beta_regularised((n - k) as f64, (k + 1) as f64, 1.0 - p)
}

/// Splits `n` replications, in order of index, into at most `most` sections whose sizes differ by at most one.
pub fn sections(n: usize, most: usize) -> Vec<Range<usize>> {
    let number = most.min(n);
    (0..number).map(|section| section * n / number..(section + 1) * n / number).collect()
}

/// The half-width of the interval around a quantile of all replications pooled, from the quantiles of its sections:
/// t sqrt(sum (section - pooled)^2 / (b (b - 1))) with b - 1 degrees of freedom.
///
/// The deviations are taken from the pooled value, which removes the first-order bias of the sections (Asmussen and
/// Glynn, *Stochastic Simulation*, section III.5). Values above 0 are looked at on the logarithm as well, and what reaches
/// farther counts, up to half as much again: where spread grows with the level, sections without a bad winter spread too little
/// (measured in `docs/coverage.md`). Returns `None` for fewer than two sections.
///
/// # Panics
/// `level` is not between 0 and 1.
pub fn section_half_width(pooled: f64, sections: &[f64], level: f64) -> Option<f64> {
    let plain = spread_of_sections(sections.iter().map(|section| section - pooled), level)?;
    if pooled <= 0.0 || sections.iter().any(|section| *section <= 0.0) {
        return Some(plain);
    }
    let relative = spread_of_sections(sections.iter().map(|section| libm::log(section / pooled)), level)?;
    Some((pooled * libm::expm1(relative)).clamp(plain, MOST_BY_LOGARITHM * plain))
}

/// How far the logarithm may widen an interval: of sections that differ by orders of magnitude it says nothing.
const MOST_BY_LOGARITHM: f64 = 1.5;

/// t sqrt(sum deviation^2 / (b (b - 1))) of b deviations; `None` for fewer than two.
fn spread_of_sections(deviations: impl ExactSizeIterator<Item = f64>, level: f64) -> Option<f64> {
    let number = deviations.len() as f64;
    let squares = sum(deviations.map(|deviation| deviation * deviation));
    (number >= 2.0).then(|| two_sided_t(level, number - 1.0) * libm::sqrt(squares / (number * (number - 1.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// David and Nagaraja, *Order Statistics*; the binomial sums are exact.
    #[test]
    fn sta_09_quantile_ranks() {
        for (n, p, low, high, coverage) in [
            (100, 0.5, 40, 61, 0.964_799_799_782),
            (200, 0.95, 184, 197, 0.967_152_163_857),
            (200, 0.05, 4, 17, 0.967_152_163_857),
            (200, 0.9, 171, 189, 0.966_883_900_898),
            (1000, 0.95, 936, 964, 0.958_095_268_223),
        ] {
            let ranks = quantile_ranks(n, p, 0.95).unwrap();
            assert_eq!((ranks.low, ranks.high), (low, high));
            assert!((ranks.coverage - coverage).abs() < 1e-8);
        }
    }

    #[test]
    fn twenty_values_say_nothing_certain_about_the_95th_percentile() {
        assert_eq!(quantile_ranks(20, 0.95, 0.95), None);
        assert_eq!(quantile_ranks(0, 0.5, 0.95), None);
    }

    #[test]
    fn the_interval_takes_the_ordered_values() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        let interval = order_interval(&values, 0.5, 0.95).unwrap();
        assert_eq!(interval, Interval { low: 40.0, high: 61.0, level: 0.95 });
    }

    #[test]
    fn sections_are_even_and_complete() {
        assert_eq!(sections(7, 3), [0..2, 2..4, 4..7]);
        assert_eq!(sections(2, 20), [0..1, 1..2]);
        assert!(sections(0, 20).is_empty());
    }

    #[test]
    fn half_width_of_sections() {
        // Deviations 1 and -1 from the pooled value: t(1; 0.975) = 12.7062. By the logarithm it would be 25.5, which is too much.
        let t = 12.706_204_736_174_7;
        let half_width = section_half_width(10.0, &[9.0, 11.0], 0.95).unwrap();
        assert!((half_width - 1.5 * t).abs() < 1e-9);
        assert_eq!(section_half_width(10.0, &[9.0], 0.95), None);
        // No logarithm of what is not above 0.
        assert!((section_half_width(0.0, &[-1.0, 1.0], 0.95).unwrap() - t).abs() < 1e-9);
        // Where deviations are small both are alike; t(9; 0.975) = 2.2622.
        let sections: Vec<f64> = (0..10).map(|n| if n % 2 == 0 { 99.9 } else { 100.1 }).collect();
        let half_width = section_half_width(100.0, &sections, 0.95).unwrap();
        assert!((half_width - 2.262_157_163 * 0.1 / 3.0).abs() < 1e-4);
        // A tenth of the level each way: log(1.1) and log(0.9) spread more than 0.1 does.
        let wide: Vec<f64> = (0..10).map(|n| if n % 2 == 0 { 90.0 } else { 110.0 }).collect();
        let (plain, wide) = (2.262_157_163 * 10.0 / 3.0, section_half_width(100.0, &wide, 0.95).unwrap());
        let logs = libm::hypot(libm::log(0.9), libm::log(1.1)) / std::f64::consts::SQRT_2;
        assert!((wide - 100.0 * libm::expm1(2.262_157_163 * logs / 3.0)).abs() < 1e-6 && wide > plain);
    }
}
