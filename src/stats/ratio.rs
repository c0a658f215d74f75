//! Ratios of sums, such as cost per tonne.

use super::interval::{Interval, two_sided_t};
use super::sum::sum;

/// The ratio of two sums over replications, with its errors by the delta method and by the jackknife.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Sum of the numerators over sum of the denominators.
    pub value: f64,
    /// The standard error by the delta method: sqrt(sum (x - R y)^2 / ((n - 1) n mean(y)^2)).
    pub standard_error: f64,
    /// Half the width of the t interval by the delta method.
    pub half_width: f64,
    /// The jackknife's value, nearly free of bias.
    pub jackknife: f64,
    /// The jackknife's standard error, a check of the delta method.
    pub jackknife_error: f64,
    /// The confidence level.
    pub level: f64,
}

impl Ratio {
    /// The ratio of sum `x` to sum `y`, one value of each per replication.
    ///
    /// Law, *Simulation Modeling and Analysis*, chapter 9; Iglehart (1975). Returns `None` for fewer than two replications, of
    /// lists that differ in length, or where the denominators, all or all but one, sum to 0.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn of(x: &[f64], y: &[f64], level: f64) -> Option<Self> {
        let n = x.len() as f64;
        let (total_x, total_y) = (sum(x.iter().copied()), sum(y.iter().copied()));
        let without_one = |y: &f64| total_y - y != 0.0;
        if x.len() != y.len() || x.len() < 2 || total_y == 0.0 || !y.iter().all(without_one) {
            return None;
        }
        let value = total_x / total_y;
        let squares = sum(x.iter().zip(y).map(|(x, y)| (x - value * y) * (x - value * y)));
        let standard_error = libm::sqrt(squares * n / (n - 1.0)) / total_y.abs();
        let pseudo: Vec<f64> =
            x.iter().zip(y).map(|(x, y)| n * value - (n - 1.0) * (total_x - x) / (total_y - y)).collect();
        let jackknife = sum(pseudo.iter().copied()) / n;
        let spread = sum(pseudo.iter().map(|one| (one - jackknife) * (one - jackknife)));
        Some(Self {
            value,
            standard_error,
            half_width: two_sided_t(level, n - 1.0) * standard_error,
            jackknife,
            jackknife_error: libm::sqrt(spread / (n * (n - 1.0))),
            level,
        })
    }

    /// The t interval by the delta method.
    pub fn interval(&self) -> Interval {
        Interval::around(self.value, self.half_width, self.level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Law, chapter 9; values computed by an independent program.
    #[test]
    fn sta_14_ratio() {
        let x = [102.0, 95.0, 110.0, 99.0, 104.0, 98.0, 107.0, 101.0];
        let y = [10.0, 9.2, 11.1, 9.7, 10.5, 9.6, 10.6, 10.2];
        let ratio = Ratio::of(&x, &y, 0.95).unwrap();
        for (actual, expected) in [
            (ratio.value, 10.086_526_576),
            (ratio.standard_error, 0.058_943_299_192_8),
            (ratio.half_width, 0.139_378_754_74),
            (ratio.jackknife, 10.085_476_201),
            (ratio.jackknife_error, 0.058_936_798_640_2),
        ] {
            assert!((actual - expected).abs() <= 1e-9 * expected.max(1.0), "{actual} is not {expected}");
        }
        assert!(ratio.interval().contains(ratio.value));
    }

    #[test]
    fn a_ratio_needs_a_denominator() {
        assert_eq!(Ratio::of(&[1.0], &[1.0], 0.95), None);
        assert_eq!(Ratio::of(&[1.0, 2.0], &[0.0, 0.0], 0.95), None);
        assert_eq!(Ratio::of(&[1.0, 2.0], &[1.0, 0.0], 0.95), None);
        assert_eq!(Ratio::of(&[1.0, 2.0], &[1.0], 0.95), None);
    }
}
