//! Comparing two scenarios.

use serde::{Deserialize, Serialize};

use super::interval::{Interval, t_half_width, two_sided_t};
use super::moments::Moments;
use super::student::two_sided_p;
use super::sum::sum;

/// The difference of two scenarios that share their random numbers, replication by replication.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paired {
    /// The number of pairs.
    pub n: u64,
    /// The mean of the differences, first minus second.
    pub mean: f64,
    /// The standard deviation of the differences.
    pub sd: f64,
    /// Half the width of the t interval for the mean difference.
    pub half_width: f64,
    /// The correlation of the two; `None` where one of them does not vary.
    pub correlation: Option<f64>,
    /// The variance of the difference with independent numbers over the variance found; `None` where the difference
    /// does not vary. Below 1 the pairing does harm.
    pub variance_reduction: Option<f64>,
    /// The two-sided probability of so large a mean difference if there were none.
    pub p_value: f64,
    /// The confidence level.
    pub level: f64,
}

impl Paired {
    /// Compares `first` and `second`, one value per replication in the same order.
    ///
    /// Law, *Simulation Modeling and Analysis*, section 10.2.1. Equal lists give exactly 0 with half-width 0 and
    /// p-value 1. Returns `None` for fewer than two pairs or of lists that differ in length.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn of(first: &[f64], second: &[f64], level: f64) -> Option<Self> {
        if first.len() != second.len() {
            return None;
        }
        let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
        let moments = Moments::of(&differences);
        let (n, mean, sd) = (moments.count(), moments.mean()?, moments.sd()?);
        let (a, b) = (Moments::of(first), Moments::of(second));
        let independent = a.variance()? + b.variance()?;
        Some(Self {
            n,
            mean,
            sd,
            half_width: t_half_width(n, sd, level)?,
            correlation: correlation(first, second),
            variance_reduction: (sd > 0.0).then(|| independent / (sd * sd)),
            p_value: p_value(mean, sd / libm::sqrt(n as f64), n as f64 - 1.0),
            level,
        })
    }

    /// The t interval for the mean difference.
    pub fn interval(&self) -> Interval {
        Interval::around(self.mean, self.half_width, self.level)
    }
}

/// The difference of two scenarios with independent random numbers (Welch, Biometrika 34, 1947).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welch {
    /// The difference of the means, first minus second.
    pub mean: f64,
    /// Half the width of its t interval.
    pub half_width: f64,
    /// The degrees of freedom, not necessarily whole.
    pub degrees: f64,
    /// The two-sided probability of so large a difference if there were none.
    pub p_value: f64,
    /// The confidence level.
    pub level: f64,
}

impl Welch {
    /// Compares `first` and `second`, whose lengths may differ; `None` where one has fewer than two values.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn of(first: &[f64], second: &[f64], level: f64) -> Option<Self> {
        let (a, b) = (Moments::of(first), Moments::of(second));
        let (a_n, b_n) = (a.count() as f64, b.count() as f64);
        let (a_share, b_share) = (a.variance()? / a_n, b.variance()? / b_n);
        let mean = a.mean()? - b.mean()?;
        let square = a_share + b_share;
        let degrees = if square > 0.0 {
            square * square / (a_share * a_share / (a_n - 1.0) + b_share * b_share / (b_n - 1.0))
        } else {
            a_n + b_n - 2.0
        };
        let error = libm::sqrt(square);
        let half_width = two_sided_t(level, degrees) * error;
        Some(Self { mean, half_width, degrees, p_value: p_value(mean, error, degrees), level })
    }

    /// The t interval for the difference.
    pub fn interval(&self) -> Interval {
        Interval::around(self.mean, self.half_width, self.level)
    }
}

/// The p-value of a mean with its standard error; a difference without error is certain, no difference is none.
fn p_value(mean: f64, error: f64, degrees: f64) -> f64 {
    if mean == 0.0 {
        1.0
    } else if error > 0.0 {
        two_sided_p(mean / error, degrees)
    } else {
        0.0
    }
}

/// Pearson's correlation; `None` where one of the lists does not vary.
pub(super) fn correlation(first: &[f64], second: &[f64]) -> Option<f64> {
    let (a, b) = (Moments::of(first), Moments::of(second));
    let (a_mean, b_mean) = (a.mean()?, b.mean()?);
    let products = sum(first.iter().zip(second).map(|(x, y)| (x - a_mean) * (y - b_mean)));
    let spread = libm::sqrt(a.variance()? * b.variance()?) * (a.count() as f64 - 1.0);
    // Rounding may pass the bounds by a hair.
    (spread > 0.0).then(|| (products / spread).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: [f64; 5] = [126.97, 124.31, 126.68, 122.66, 127.23];
    const SECOND: [f64; 5] = [118.21, 120.22, 122.45, 122.68, 119.4];

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// Law, *Simulation Modeling and Analysis*, chapter 10, inventory example: 4.98, 2.44, [1.65, 8.31].
    #[test]
    fn sta_06_paired_t() {
        let paired = Paired::of(&FIRST, &SECOND, 0.9).unwrap();
        close(paired.mean, 4.978);
        close(paired.sd * paired.sd / 5.0, 2.438_274);
        close(paired.half_width, 3.328_873_125_16);
        close(paired.interval().low, 1.649_126_874_84);
        close(paired.interval().high, 8.306_873_125_16);
        assert!(paired.p_value < 0.1 && paired.p_value > 0.01);
        // Law's example is one where the pairing does harm.
        assert!(paired.correlation.unwrap() < 0.0 && paired.variance_reduction.unwrap() < 1.0);
    }

    /// The same data as independent samples: df 7.99, [2.67, 7.29].
    #[test]
    fn sta_07_welch() {
        let welch = Welch::of(&FIRST, &SECOND, 0.9).unwrap();
        close(welch.mean, 4.978);
        close(welch.degrees, 7.992_385_930_04);
        close(welch.half_width, 2.317_214_382_27);
        close(welch.interval().low, 2.660_785_617_73);
        close(welch.interval().high, 7.295_214_382_27);
    }

    #[test]
    fn identical_scenarios_differ_by_exactly_nothing() {
        let paired = Paired::of(&FIRST, &FIRST, 0.95).unwrap();
        assert_eq!((paired.mean, paired.sd, paired.half_width, paired.p_value), (0.0, 0.0, 0.0, 1.0));
        assert_eq!(paired.variance_reduction, None);
        close(paired.correlation.unwrap(), 1.0);
    }

    #[test]
    fn a_constant_difference_is_certain() {
        let paired = Paired::of(&[2.0, 3.0, 5.0], &[1.0, 2.0, 4.0], 0.95).unwrap();
        assert_eq!((paired.mean, paired.half_width, paired.p_value), (1.0, 0.0, 0.0));
        let welch = Welch::of(&[2.0, 2.0], &[1.0, 1.0], 0.95).unwrap();
        assert_eq!((welch.half_width, welch.degrees, welch.p_value), (0.0, 2.0, 0.0));
        assert_eq!(Paired::of(&[2.0, 2.0], &[1.0, 1.0], 0.95).unwrap().correlation, None);
    }

    #[test]
    fn too_little_to_compare() {
        assert_eq!(Paired::of(&[1.0], &[2.0], 0.95), None);
        assert_eq!(Paired::of(&[1.0, 2.0], &[2.0], 0.95), None);
        assert_eq!(Welch::of(&[1.0], &[2.0, 3.0], 0.95), None);
    }
}
