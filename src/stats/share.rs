//! Intervals for quantiles of all shipments together, of which those of one replication hang together.

use super::interval::{two_sided_t, two_sided_z};
use super::moments::Moments;
use super::sum::sum;
use crate::random::beta_quantile_near;

/// Of more shipments than so many their share up to a quantile is normal to a thousandth of its interval.
const MANY: f64 = 1e6;
/// Fewer replications say too little of how much the share below a quantile differs between them.
const FEWEST: usize = 10;
/// The absolute skewness of the shares above which it counts.
const SKEWED: f64 = 0.5;

/// The shares of all weight between which a quantile's own share p lies at a level, from what each replication has of it: its
/// weight up to the quantile of all replications together, and its whole weight. The quantiles of all together at these shares
/// are the ends of the interval about theirs at p.
///
/// Nobody is asked for a quantile of a single replication, which would be a biased stand-in for that of all: what differs
/// between replications is the share of their shipments that lies up to it (Woodruff, "Confidence intervals for medians and
/// other position measures", JASA 47, 1952). The interval of the share is Clopper and Pearson's of as many independent
/// shipments as would have its standard error (Korn and Graubard, "Confidence intervals for proportions with small expected
/// number of positive counts estimated from survey data", Survey Methodology 24, 1998). Where shares are skewed, the error is
/// widened by the term of second order by which a two-sided t interval falls short (Hall, *The Bootstrap and Edgeworth
/// Expansion*, 1992, section 2.6).
///
/// `None` for fewer than ten replications, and where there is no weight.
///
/// # Panics
/// `level` is not between 0 and 1.
pub fn share_interval(p: f64, parts: &[(f64, f64)], level: f64) -> Option<[f64; 2]> {
    let n = parts.len() as f64;
    let mean = sum(parts.iter().map(|part| part.1)) / n;
    if parts.len() < FEWEST || mean <= 0.0 {
        return None;
    }
    let deviations: Vec<f64> = parts.iter().map(|(below, weight)| (below - p * weight) / mean).collect();
    let moments = Moments::of(&deviations);
    let t = two_sided_t(level, n - 1.0);
    let skewness = moments.skewness().filter(|skewness| skewness.abs() > SKEWED).unwrap_or(0.0);
    let second_order = 1.0 + skewness * skewness * (t.powi(4) + 2.0 * t * t - 3.0) / (18.0 * n);
    let error = moments.sd()? / libm::sqrt(n) * second_order;
    let (low, high) = (p - t * error, p + t * error);
    let trials = p * (1.0 - p) * (two_sided_z(level) / (t * error)).powi(2);
    // Of so many, or of no differences at all, a share is normal.
    if error == 0.0 || trials > MANY {
        return Some([low, high]);
    }
    let (reached, tail) = (p * trials, 0.5 * (1.0 - level));
    // Of fewer, both ends lie about there still.
    Some([
        beta_quantile_near(reached, trials - reached + 1.0, tail, low),
        beta_quantile_near(reached + 1.0, trials - reached, 1.0 - tail, high),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() <= tolerance, "{value} is not {expected}");
    }

    /// Shipments that are independent: a tenth of them up to the quantile on average, in replications of 1,000. The interval is
    /// that of a binomial share of all of them, as wide as t is above z.
    #[test]
    fn independent_shipments_give_the_interval_of_a_binomial_share() {
        // Of mean 100 and variance 90, as a binomial number has, and not skewed.
        let sd = libm::sqrt(90.0 * 39.0 / 40.0);
        let parts: Vec<(f64, f64)> =
            (0..40).map(|n| (if n % 2 == 0 { 100.0 + sd } else { 100.0 - sd }, 1000.0)).collect();
        let [low, high] = share_interval(0.1, &parts, 0.95).unwrap();
        let error = libm::sqrt(0.1 * 0.9 / 40_000.0) * 2.022_690_9;
        close(low, 0.1 - error, 0.03 * error);
        close(high, 0.1 + error, 0.03 * error);
    }

    #[test]
    fn skewed_shares_widen_it() {
        let even: Vec<(f64, f64)> = (0..10).map(|n| (f64::from(40 + n * 2), 100.0)).collect();
        let skewed: Vec<(f64, f64)> = (0..10).map(|n| (if n == 0 { 20.0 } else { 53.0 }, 100.0)).collect();
        let width = |parts: &[(f64, f64)]| {
            let [low, high] = share_interval(0.5, parts, 0.95).unwrap();
            let shares: Vec<f64> = parts.iter().map(|part| part.0 / part.1).collect();
            (high - low) / Moments::of(&shares).sd().unwrap()
        };
        assert!(width(&skewed) > 1.5 * width(&even), "{} {}", width(&skewed), width(&even));
    }

    /// What differs by the rounding of numbers alone is as certain as what does not differ; the ends rise however the shares lie.
    #[test]
    fn the_ends_rise_and_lie_between_nothing_and_all() {
        for spread in [0.0, 1e-16, 1e-12, 1e-6, 1e-3, 0.1, 0.9] {
            for p in [0.05, 0.5, 0.95] {
                let of = |n: i32| p * (1.0 + spread * f64::from(n % 3 - 1));
                let parts: Vec<(f64, f64)> = (0..12).map(|n| (of(n), 1.0)).collect();
                let [low, high] = share_interval(p, &parts, 0.95).unwrap();
                assert!(0.0 <= low && low <= p && p <= high && high <= 1.0, "{spread} {p}: {low} {high}");
            }
        }
    }

    #[test]
    fn what_all_have_alike_is_known_and_few_say_nothing() {
        assert_eq!(share_interval(0.5, &[(1.0, 2.0); 10], 0.95), Some([0.5, 0.5]));
        assert_eq!(share_interval(0.5, &[(1.0, 2.0); 9], 0.95), None);
        assert_eq!(share_interval(0.5, &[(0.0, 0.0); 10], 0.95), None);
    }
}
