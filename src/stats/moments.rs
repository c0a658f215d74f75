//! Mean, variance and skewness in one pass.

use serde::{Deserialize, Serialize};

use super::sum::sum;

/// Count, mean, central moments and extremes of the values added so far.
///
/// Welford's recurrence, extended to the third moment; [`merge`](Self::merge) after Chan, Golub, `LeVeque`, "Algorithms
/// for computing the sample variance", The American Statistician 37 (1983), and Terriberry's form for the third moment.
/// Merging in a fixed order gives the same bits whoever computed the parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    count: u64,
    mean: f64,
    /// The sum of the squared deviations.
    squares: f64,
    /// The sum of the cubed deviations.
    cubes: f64,
    min: f64,
    max: f64,
}

impl Moments {
    /// The moments of a list of values.
    pub fn of(values: &[f64]) -> Self {
        let mut moments = Self::default();
        for &value in values {
            moments.add(value);
        }
        moments
    }

    /// Adds a value.
    pub fn add(&mut self, value: f64) {
        self.merge(&Self { count: 1, mean: value, squares: 0.0, cubes: 0.0, min: value, max: value });
    }

    /// Adds all values of another list.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = *other;
            return;
        }
        let (a, b) = (self.count as f64, other.count as f64);
        let n = a + b;
        let gap = other.mean - self.mean;
        self.cubes += other.cubes
            + gap * gap * gap * a * b * (a - b) / (n * n)
            + 3.0 * gap * (a * other.squares - b * self.squares) / n;
        self.squares += other.squares + gap * gap * a * b / n;
        self.mean += gap * b / n;
        self.count += other.count;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// The number of values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The arithmetic mean; `None` for no values.
    pub fn mean(&self) -> Option<f64> {
        self.at_least(1).then_some(self.mean)
    }

    /// The sample variance, divisor n - 1; `None` for fewer than two values.
    pub fn variance(&self) -> Option<f64> {
        self.at_least(2).then(|| self.squares / (self.count as f64 - 1.0))
    }

    /// The square root of the sample variance.
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(libm::sqrt)
    }

    /// The third central moment, divisor n; `None` for fewer than two values.
    pub fn third_central_moment(&self) -> Option<f64> {
        self.at_least(2).then(|| self.cubes / self.count as f64)
    }

    /// The skewness m3 / m2^(3/2), both moments with divisor n; `None` where all values are the same.
    pub fn skewness(&self) -> Option<f64> {
        let second = self.squares / self.count.max(1) as f64;
        let third = self.third_central_moment()?;
        (second > 0.0).then(|| third / (second * libm::sqrt(second)))
    }

    /// The smallest value.
    pub fn min(&self) -> Option<f64> {
        self.at_least(1).then_some(self.min)
    }

    /// The greatest value.
    pub fn max(&self) -> Option<f64> {
        self.at_least(1).then_some(self.max)
    }

    fn at_least(&self, count: u64) -> bool {
        self.count >= count
    }
}

/// The correlation of a series with itself one step later; `None` where it does not vary.
pub fn lag_one_autocorrelation(values: &[f64]) -> Option<f64> {
    let mean = Moments::of(values).mean()?;
    let products = sum(values.windows(2).map(|pair| (pair[0] - mean) * (pair[1] - mean)));
    let squares = sum(values.iter().map(|value| (value - mean) * (value - mean)));
    (squares > 0.0).then(|| products / squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// The values of a NIST Statistical Reference Dataset: the mean once, then the two others 500 times in turn.
    fn nist(mean: f64, low: f64, high: f64) -> Vec<f64> {
        std::iter::once(mean).chain([low, high].into_iter().cycle().take(1000)).collect()
    }

    fn certified(values: &[f64], mean: f64, sd: f64, autocorrelation: f64, relative: f64) {
        let moments = Moments::of(values);
        close(moments.mean().unwrap(), mean, relative);
        close(moments.sd().unwrap(), sd, relative);
        close(lag_one_autocorrelation(values).unwrap(), autocorrelation, relative);
    }

    /// NIST `StRD` univariate summary statistics, `NumAcc1`.
    #[test]
    fn sta_01_numacc1() {
        certified(&[10_000_001.0, 10_000_003.0, 10_000_002.0], 10_000_002.0, 1.0, -0.5, 1e-12);
    }

    #[test]
    fn sta_02_numacc2() {
        certified(&nist(1.2, 1.1, 1.3), 1.2, 0.1, -0.999, 1e-12);
    }

    #[test]
    fn sta_03_numacc3() {
        certified(&nist(1_000_000.2, 1_000_000.1, 1_000_000.3), 1_000_000.2, 0.1, -0.999, 1e-8);
    }

    #[test]
    fn sta_04_numacc4() {
        certified(&nist(10_000_000.2, 10_000_000.1, 10_000_000.3), 10_000_000.2, 0.1, -0.999, 1e-7);
    }

    /// Chan, Golub, `LeVeque` (1983).
    #[test]
    fn sta_16_merge() {
        let mut merged = Moments::of(&[1.0, 2.0, 3.0, 4.0]);
        merged.merge(&Moments::of(&[10.0, 20.0, 30.0]));
        assert_eq!(merged.count(), 7);
        close(merged.mean().unwrap(), 10.0, 1e-13);
        close(merged.squares, 730.0, 1e-13);
        close(merged.variance().unwrap(), 121.666_666_666_666_67, 1e-13);
        assert_eq!((merged.min(), merged.max()), (Some(1.0), Some(30.0)));
        // Sum of (x - 10)^3 over the seven values: -729 - 512 - 343 - 216 + 0 + 1000 + 8000.
        close(merged.third_central_moment().unwrap(), 7200.0 / 7.0, 1e-12);
        close(Moments::of(&[1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 30.0]).cubes, 7200.0, 1e-12);
    }

    #[test]
    fn too_few_values_have_no_moments() {
        assert_eq!(Moments::default().mean(), None);
        assert_eq!(Moments::of(&[2.0]).variance(), None);
        assert_eq!(Moments::of(&[2.0, 2.0]).skewness(), None);
        let mut empty = Moments::default();
        empty.merge(&Moments::of(&[3.0]));
        empty.merge(&Moments::default());
        assert_eq!(empty, Moments::of(&[3.0]));
        close(Moments::of(&[0.0, 0.0, 3.0]).skewness().unwrap(), std::f64::consts::FRAC_1_SQRT_2, 1e-12);
    }
}
