//! When enough replications have been made.

use super::interval::t_half_width;

/// The precision a sequential experiment aims at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Precision {
    /// Half the width of the interval, in the unit of the quantity.
    Absolute(f64),
    /// The relative error of the estimate against the truth.
    Relative(f64),
}

impl Precision {
    /// Whether an estimate is precise enough.
    ///
    /// A relative error of at most gamma against the unknown truth follows from half-width / |mean| at most
    /// gamma / (1 + gamma) (Law, *Simulation Modeling and Analysis*, section 9.4.1). A mean of 0 with a half-width of 0
    /// is precise.
    pub fn is_reached(self, mean: f64, half_width: f64) -> bool {
        match self {
            Self::Absolute(most) => half_width <= most,
            Self::Relative(gamma) => half_width <= gamma / (1.0 + gamma) * mean.abs(),
        }
    }

    /// The smallest number of replications, from `first` to `most`, that reaches the precision if mean and standard
    /// deviation stay as they are; `None` where even `most` do not.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn replications(self, mean: f64, sd: f64, level: f64, first: u64, most: u64) -> Option<u64> {
        (first..=most).find(|&n| t_half_width(n, sd, level).is_some_and(|half_width| self.is_reached(mean, half_width)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Law, *Simulation Modeling and Analysis*, section 9.4.1.
    #[test]
    fn sta_13_sequential_stopping() {
        assert!(Precision::Relative(0.05).is_reached(1.0, 0.047_619));
        assert!(!Precision::Relative(0.05).is_reached(-1.0, 0.047_620));
        assert_eq!(Precision::Relative(0.05).replications(100.0, 30.0, 0.95, 20, 1000), Some(155));
    }

    #[test]
    fn absolute_precision() {
        // 1.96 * 30 / sqrt(n) <= 5 for n = 139 with the normal quantile, two more with t.
        assert_eq!(Precision::Absolute(5.0).replications(100.0, 30.0, 0.95, 20, 1000), Some(141));
        assert_eq!(Precision::Absolute(5.0).replications(100.0, 30.0, 0.95, 20, 100), None);
        assert_eq!(Precision::Absolute(5.0).replications(100.0, 0.0, 0.95, 1, 100), Some(2));
        assert!(Precision::Relative(0.05).is_reached(0.0, 0.0));
    }
}
