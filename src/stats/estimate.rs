//! An estimate is a value with its error.

use serde::{Deserialize, Serialize};

use super::interval::{Interval, johnson_shift, t_half_width};
use super::moments::Moments;

/// From so many values on, a sample's own skewness says what the interval lacks.
const ENOUGH: f64 = 20.0;
/// Fewer than so many are not widened further.
const FEWEST: f64 = 10.0;

/// The mean of a quantity over replications, with its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number of replications.
    pub n: u64,
    /// The mean over the replications.
    pub mean: f64,
    /// The standard deviation between replications; `None` for a single one.
    pub sd: Option<f64>,
    /// Half the width of the t interval; `None` for a single replication.
    pub half_width: Option<f64>,
    /// By how much the centre of Johnson's interval lies above the mean: 0 unless a small sample is skewed
    /// ([`johnson_shift`]).
    pub shift: f64,
    /// The confidence level.
    pub level: f64,
}

impl Estimate {
    /// The estimate from one value per replication, in index order; `None` for no replication.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn of(values: &[f64], level: f64) -> Option<Self> {
        let moments = Moments::of(values);
        let sd = moments.sd();
        Some(Self {
            n: moments.count(),
            mean: moments.mean()?,
            sd,
            half_width: sd.and_then(|sd| t_half_width(moments.count(), sd, level)),
            shift: johnson_shift(&moments),
            level,
        })
    }

    /// The confidence interval mean ± [`reach`](Self::reach); `None` for a single replication.
    pub fn interval(&self) -> Option<Interval> {
        Some(Interval::around(self.mean, self.reach()?, self.level))
    }

    /// How far from the mean the truth may lie on the side on which it may lie farther; `None` for a single replication.
    ///
    /// Where mean ± one number is all that is said, this is the number. For a small skewed sample it is what Johnson's modified t
    /// (see [`johnson_shift`]) leaves at its limit, the shift and the term of second order: half-width + shift (1 + 2 t^2).
    /// Years without a bad winter do not know that bad winters exist; their skewness says so before their spread does. Of fewer
    /// than twenty years even the skewness is mostly missing: the term counts (20 / n)^1.5 times, with n at least 10. That power was
    /// fitted so that intervals of ten years hold (`docs/coverage.md`).
    pub fn reach(&self) -> Option<f64> {
        let half_width = self.half_width?;
        if self.shift == 0.0 {
            return Some(half_width);
        }
        let t = half_width / self.standard_error()?;
        let few = ENOUGH / (self.n as f64).clamp(FEWEST, ENOUGH);
        Some(half_width + self.shift.abs() * (1.0 + 2.0 * t * t) * few * libm::sqrt(few))
    }

    /// The standard error of the mean; `None` for a single replication.
    pub fn standard_error(&self) -> Option<f64> {
        self.sd.map(|sd| sd / libm::sqrt(self.n as f64))
    }

    /// The half-width as a share of the absolute mean; `None` for a single replication or a mean of 0.
    pub fn relative_half_width(&self) -> Option<f64> {
        self.half_width.filter(|_| self.mean != 0.0).map(|half_width| half_width / self.mean.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_carries_its_interval() {
        let estimate = Estimate::of(&[9.0, 10.0, 11.0], 0.95).unwrap();
        assert_eq!((estimate.n, estimate.mean, estimate.sd, estimate.shift), (3, 10.0, Some(1.0), 0.0));
        // t(2; 0.975) / sqrt(3)
        assert!((estimate.half_width.unwrap() - 2.484_137_711_719).abs() < 1e-9);
        assert!((estimate.relative_half_width().unwrap() - 0.248_413_771_172).abs() < 1e-9);
        assert!((estimate.standard_error().unwrap() - 0.577_350_269_190).abs() < 1e-9);
        assert!(estimate.interval().unwrap().contains(12.4));
    }

    #[test]
    fn a_small_skewed_sample_reaches_as_far_as_its_skewness_says() {
        for values in [[1.0, 1.0, 1.0, 5.0], [5.0, 5.0, 5.0, 1.0]] {
            let estimate = Estimate::of(&values, 0.95).unwrap();
            // By hand: third moment 6, variance 4, so that the shift is 6 / (6 * 4 * 4); t(3; 0.975) = 3.182446.
            let t = 3.182_446_305_28;
            assert!((estimate.shift.abs() - 0.0625).abs() < 1e-12);
            let reach = t + 0.0625 * (1.0 + 2.0 * t * t) * 2.828_427_124_746;
            assert!((estimate.reach().unwrap() - reach).abs() < 1e-9);
            // What is printed and what is asked of the interval are one thing.
            assert!((estimate.interval().unwrap().half_width() - reach).abs() < 1e-9);
        }
        let even = Estimate::of(&[9.0, 10.0, 11.0], 0.95).unwrap();
        assert_eq!(even.reach(), even.half_width);
        let width = even.interval().unwrap().half_width();
        assert!((width - even.half_width.unwrap()).abs() < 1e-12);
    }

    #[test]
    fn one_replication_has_no_error_and_none_no_estimate() {
        let single = Estimate::of(&[9.0], 0.95).unwrap();
        assert_eq!((single.sd, single.half_width, single.interval()), (None, None, None));
        assert_eq!(single.reach(), None);
        assert_eq!(Estimate::of(&[], 0.95), None);
    }
}
