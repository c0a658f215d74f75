//! How wrong a value may be: the law of the factor by which it is multiplied.

use crate::random::{lognormal_quantile, normal_cdf, normal_quantile};
use crate::scenario::types::Grade;

impl Grade {
    /// The standard deviation of the factor by which a value of this grade is multiplied where inputs are drawn:
    /// 3 % for an official figure, 10 % for press, 30 % for inference.
    pub const fn spread(self) -> f64 {
        match self {
            Self::A => 0.03,
            Self::B => 0.1,
            Self::C => 0.3,
        }
    }
}

/// Law of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Lognormal of mean 1: exp(σz − σ²/2).
    Free {
        /// Standard deviation of its logarithm: σ² = ln(1 + sd²).
        sigma: f64,
    },
    /// A lognormal exp(μ + σz) cut off outside `low` and `high` by mapping the uniform into [F(low), F(high)].
    Within {
        /// Mean of the logarithm before the cut, chosen so that the cut law has mean 1.
        mu: f64,
        /// Standard deviation of the logarithm before the cut.
        sigma: f64,
        /// Smallest factor.
        low: f64,
        /// Largest factor.
        high: f64,
    },
}

/// Normal deviates beyond which the tail is smaller than a double holds: Φ(−37) is 6e-300.
const FARTHEST: f64 = 37.0;

impl Spread {
    /// A factor of mean 1 and standard deviation `sd`.
    pub(super) fn free(sd: f64) -> Self {
        Self::Free { sigma: sigma(sd) }
    }

    /// A factor between `low` and `high` of mean 1, spread within as one of standard deviation `sd` is.
    ///
    /// The mean is 1 for `low < 1 < high`, unless 1 lies within about σ/37 of an end. It cannot be where 1 is not
    /// between the ends; then the law of standard deviation `sd` is cut.
    pub(super) fn within(sd: f64, low: f64, high: f64) -> Self {
        let sigma = sigma(sd);
        let mu = if low < 1.0 && 1.0 < high { centre(sigma, low, high) } else { -0.5 * sigma * sigma };
        Self::Within { mu, sigma, low, high }
    }

    /// The factor of a uniform number in (0, 1); it rises with it.
    pub fn factor(&self, u: f64) -> f64 {
        match *self {
            Self::Free { sigma } => lognormal_quantile(-0.5 * sigma * sigma, sigma, u),
            Self::Within { mu, sigma, low, high } => {
                let deviate = within(u, deviate(low, mu, sigma), deviate(high, mu, sigma));
                let factor = libm::exp(mu + sigma * deviate);
                // Rounding may pass an end by a hair, and a range without width has no law.
                if factor.is_nan() { low } else { factor.clamp(low, high) }
            }
        }
    }
}

fn sigma(sd: f64) -> f64 {
    libm::sqrt(libm::log1p(sd * sd))
}

fn deviate(factor: f64, mu: f64, sigma: f64) -> f64 {
    (libm::log(factor) - mu) / sigma
}

/// The normal deviate between two ends; above zero through the other tail, which keeps its digits.
fn within(u: f64, low: f64, high: f64) -> f64 {
    if low > 0.0 {
        let (first, last) = (normal_cdf(-low), normal_cdf(-high));
        return -normal_quantile(first - u * (first - last));
    }
    let (first, last) = (normal_cdf(low), normal_cdf(high));
    normal_quantile(first + u * (last - first))
}

/// The μ for which the cut law has mean 1: the mean rises with μ, from `low` to `high`.
fn centre(sigma: f64, low: f64, high: f64) -> f64 {
    let lowest = if low > 0.0 { libm::log(low) } else { -FARTHEST };
    let (mut below, mut above) = (lowest - FARTHEST * sigma, libm::log(high) + FARTHEST * sigma);
    for _ in 0..100 {
        let middle = 0.5 * (below + above);
        if mean(middle, sigma, low, high) < 1.0 {
            below = middle;
        } else {
            above = middle;
        }
    }
    0.5 * (below + above)
}

/// Mean of a lognormal cut off outside two ends: exp(μ + σ²/2) P(z + σ within) / P(z within).
fn mean(mu: f64, sigma: f64, low: f64, high: f64) -> f64 {
    let (low, high) = (deviate(low, mu, sigma), deviate(high, mu, sigma));
    libm::exp(mu + 0.5 * sigma * sigma) * probability(low - sigma, high - sigma) / probability(low, high)
}

fn probability(low: f64, high: f64) -> f64 {
    if low > 0.0 { normal_cdf(-low) - normal_cdf(-high) } else { normal_cdf(high) - normal_cdf(low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTS: u32 = 20_000;

    /// The factors at the middles of equal stretches of the uniform: means over them are integrals.
    fn factors(spread: Spread) -> Vec<f64> {
        (0..POINTS).map(|n| spread.factor((f64::from(n) + 0.5) / f64::from(POINTS))).collect()
    }

    fn moments(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let square = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
        (mean, libm::sqrt(square))
    }

    #[test]
    fn grades_have_the_spread_of_the_format() {
        for (grade, expected) in [(Grade::A, 0.03), (Grade::B, 0.1), (Grade::C, 0.3)] {
            let (mean, sd) = moments(&factors(Spread::free(grade.spread())));
            assert!((mean - 1.0).abs() < 1e-4, "{mean}");
            assert!((sd / expected - 1.0).abs() < 0.01, "{sd} of {grade:?}");
        }
    }

    #[test]
    fn within_a_range_factors_rise_stay_inside_and_have_mean_one() {
        for (low, high) in [(0.895, 1.138), (0.5, 1.1), (0.97, 4.0), (0.0, 1.3), (0.2, 1.01), (0.999, 1.001)] {
            for sd in [0.03, 0.1, 0.3] {
                let all = factors(Spread::within(sd, low, high));
                assert!(all.iter().all(|factor| (low..=high).contains(factor)), "{low} {high} {sd}");
                assert!(all.windows(2).all(|pair| pair[0] <= pair[1]), "{low} {high} {sd}");
                let (mean, spread) = moments(&all);
                assert!((mean - 1.0).abs() < 2e-4, "{mean} for {low} {high} {sd}");
                assert!(spread < 1.02 * sd && spread > 0.0, "{spread} for {low} {high} {sd}");
            }
        }
    }

    #[test]
    fn a_wide_range_cuts_nothing_and_a_narrow_one_leaves_nearly_equal_chances() {
        let (free, wide) = (Spread::free(0.1), Spread::within(0.1, 0.3, 3.0));
        assert!((free.factor(0.9) - wide.factor(0.9)).abs() < 1e-9);
        let narrow = Spread::within(0.3, 0.98, 1.02);
        assert!((narrow.factor(0.75) - 1.01).abs() < 1e-3);
    }

    #[test]
    fn ranges_without_room_on_both_sides_still_bound_the_factor() {
        for (low, high) in [(1.0, 1.0), (1.0, 1.2), (0.8, 1.0), (1.0 - 1e-12, 1.5)] {
            let all = factors(Spread::within(0.3, low, high));
            assert!(all.iter().all(|factor| (low..=high).contains(factor)), "{low} {high}");
        }
    }
}
