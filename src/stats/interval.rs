//! Confidence intervals for means and shares.

use serde::{Deserialize, Serialize};

use super::moments::Moments;
use super::student::student_quantile;
use crate::random::normal_quantile;

/// Below this number of replications a skewed sample moves the centre of its interval.
const SHIFT_BELOW: u64 = 50;
/// The absolute skewness above which it does.
const SHIFT_ABOVE: f64 = 0.5;

/// A confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The share of experiments whose interval covers the truth, such as 0.95.
    pub level: f64,
}

impl Interval {
    /// The interval from `centre - half_width` to `centre + half_width`.
    pub fn around(centre: f64, half_width: f64, level: f64) -> Self {
        Self { low: centre - half_width, high: centre + half_width, level }
    }

    /// Half the distance between the ends.
    pub fn half_width(&self) -> f64 {
        0.5 * (self.high - self.low)
    }

    /// Whether a value lies in the interval, ends included.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// The point below which a standard normal lies with the probability of a two-sided interval's upper end.
pub(super) fn two_sided_z(level: f64) -> f64 {
    normal_quantile(upper_probability(level))
}

/// The same for Student's t.
pub(super) fn two_sided_t(level: f64, degrees: f64) -> f64 {
    student_quantile(upper_probability(level), degrees)
}

fn upper_probability(level: f64) -> f64 {
    assert!(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1, not at {level}");
    0.5 + 0.5 * level
}

/// The half-width t sd / sqrt(n) of the interval for a mean of `n` independent values; `None` for fewer than two.
///
/// # Panics
/// `level` is not between 0 and 1.
pub fn t_half_width(n: u64, sd: f64, level: f64) -> Option<f64> {
    let n = n as f64;
    (n >= 2.0).then(|| two_sided_t(level, n - 1.0) * sd / libm::sqrt(n))
}

/// By how much the centre of the t interval moves away from the mean: m3 / (6 S^2 n) where fewer than 50 values have a
/// skewness beyond 0.5, else 0.
///
/// Johnson, "Modified t tests and confidence intervals for asymmetrical populations", JASA 73 (1978).
pub fn johnson_shift(moments: &Moments) -> f64 {
    let skewed = moments.skewness().is_some_and(|skewness| skewness.abs() > SHIFT_ABOVE);
    match (moments.third_central_moment(), moments.variance()) {
        (Some(third), Some(variance)) if skewed && moments.count() < SHIFT_BELOW => {
            third / (6.0 * variance * moments.count() as f64)
        }
        _ => 0.0,
    }
}

/// The t interval for the mean of independent values, with [`johnson_shift`]; `None` for fewer than two.
///
/// Small skewed samples are covered less often than the level says, even so.
///
/// # Panics
/// `level` is not between 0 and 1.
pub fn t_interval(values: &[f64], level: f64) -> Option<Interval> {
    let moments = Moments::of(values);
    let half_width = t_half_width(moments.count(), moments.sd()?, level)?;
    Some(Interval::around(moments.mean()? + johnson_shift(&moments), half_width, level))
}

/// Wilson's score interval for the probability of an event seen in `events` of `trials` independent trials.
///
/// Wilson, JASA 22 (1927); Newcombe, Statistics in Medicine 17 (1998), method 3. Returns `None` for no trials.
///
/// # Panics
/// `level` is not between 0 and 1.
pub fn wilson(events: u64, trials: u64, level: f64) -> Option<Interval> {
    if trials == 0 {
        return None;
    }
    let trials = trials as f64;
    wilson_share(events as f64 / trials, trials, level)
}

/// Wilson's interval for a share that is worth `trials` independent trials, not necessarily a whole number.
///
/// # Panics
/// `level` is not between 0 and 1.
pub fn wilson_share(share: f64, trials: f64, level: f64) -> Option<Interval> {
    let z = two_sided_z(level);
    let z2 = z * z;
    let scale = 1.0 + z2 / trials;
    let centre = (share + z2 / (2.0 * trials)) / scale;
    let spread = share * (1.0 - share) / trials + z2 / (4.0 * trials * trials);
    let interval = Interval::around(centre, z * libm::sqrt(spread) / scale, level);
    // Rounding may leave the exact ends 0 and 1 by a hair.
    let low = if share <= 0.0 { 0.0 } else { interval.low };
    let high = if share >= 1.0 { 1.0 } else { interval.high };
    (trials > 0.0).then_some(Interval { low, high, level })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// Law, *Simulation Modeling and Analysis*, chapter 4: 1.34 +- 0.24. The skewness is -0.66, so the centre moves.
    #[test]
    fn sta_05_t_interval_of_ten_observations() {
        let values = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
        let moments = Moments::of(&values);
        close(moments.mean().unwrap(), 1.343);
        close(moments.sd().unwrap(), 0.409_282_570_142);
        close(moments.variance().unwrap(), 0.167_512_222_222);
        close(t_half_width(10, moments.sd().unwrap(), 0.9).unwrap(), 0.237_253_414_489);
        let interval = t_interval(&values, 0.9).unwrap();
        let shift = johnson_shift(&moments);
        assert!(shift < 0.0 && shift > -0.01);
        close(interval.low - shift, 1.105_746_585_51);
        close(interval.high - shift, 1.580_253_414_49);
        assert!(interval.contains(1.343));
        close(interval.half_width(), 0.237_253_414_489);
    }

    #[test]
    fn a_symmetric_sample_is_not_shifted() {
        let interval = t_interval(&[1.0, 2.0, 3.0], 0.95).unwrap();
        close(0.5 * (interval.low + interval.high), 2.0);
        assert_eq!(t_interval(&[1.0], 0.95), None);
    }

    /// Newcombe (1998), table I, method 3.
    #[test]
    fn sta_08_wilson() {
        for (events, trials, low, high) in [
            (81, 263, 0.255_288_519_878, 0.366_209_576_983),
            (15, 148, 0.062_386_399_530_7, 0.160_487_241_723),
            (0, 20, 0.0, 0.161_125_158_053),
            (1, 29, 0.006_113_214_292_76, 0.171_755_218_793),
            (10, 200, 0.027_382_645_600_8, 0.089_578_148_138_8),
        ] {
            let interval = wilson(events, trials, 0.95).unwrap();
            close(interval.low, low);
            close(interval.high, high);
        }
        assert_eq!(wilson(0, 0, 0.95), None);
        close(wilson(20, 20, 0.95).unwrap().high, 1.0);
    }
}
