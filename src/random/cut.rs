//! A law whose largest values are cut off.

use super::distribution::Distribution;
use super::family::Family;

/// Points at which the quantile is added up for mean and variance.
const POINTS: u32 = 8192;
/// Halvings that find the share kept, past the precision of a number.
const HALVINGS: usize = 60;

/// What another law draws, given that it is not above a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    whole: Box<Distribution>,
    highest: f64,
    /// Share of the draws of the whole law that are not above `highest`.
    share: f64,
    mean: f64,
    variance: f64,
}

impl Distribution {
    /// The share of draws above a value.
    pub fn share_above(&self, value: f64) -> f64 {
        if self.highest() <= value { 0.0 } else { 1.0 - share_below(self, value) }
    }

    /// This law without what lies above a value; the law itself where nothing or all lies above.
    #[must_use]
    pub fn cut_above(&self, highest: f64) -> Self {
        let share = 1.0 - self.share_above(highest);
        let cuts = share > 0.0 && share < 1.0;
        if cuts { Self::Cut(Cut::new(self.clone(), highest, share)) } else { self.clone() }
    }
}

/// The share of draws of a law that are not above a value.
fn share_below(law: &Distribution, value: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        *(if law.family().quantile(middle) <= value { &mut low } else { &mut high }) = middle;
    }
    low
}

impl Cut {
    fn new(whole: Distribution, highest: f64, share: f64) -> Self {
        let n = f64::from(POINTS);
        let values: Vec<f64> =
            (0..POINTS).map(|k| whole.family().quantile((f64::from(k) + 0.5) / n * share).min(highest)).collect();
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
        Self { whole: Box::new(whole), highest, share, mean, variance }
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self {
            whole: Box::new(self.whole.scaled(factor)),
            highest: self.highest * factor,
            share: self.share,
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
        }
    }
}

impl Family for Cut {
    fn quantile(&self, u: f64) -> f64 {
        self.whole.family().quantile(u * self.share).min(self.highest)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.variance
    }

    fn lowest(&self) -> f64 {
        self.whole.lowest()
    }

    fn highest(&self) -> f64 {
        self.highest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_exponential_has_its_known_mean() {
        // E[X | X < m] = 1 − m e^−m ÷ (1 − e^−m) for the mean 1.
        let whole = Distribution::exponential(1.0).unwrap();
        let cut = whole.cut_above(2.0);
        let tail = libm::exp(-2.0);
        assert!((whole.share_above(2.0) - tail).abs() < 1e-12, "{}", whole.share_above(2.0));
        assert!((cut.mean() - (1.0 - 2.0 * tail / (1.0 - tail))).abs() < 1e-6, "{}", cut.mean());
        assert!(cut.quantile(1.0 - 1e-12).unwrap() <= 2.0);
        assert!((cut.scaled(3.0).mean() - 3.0 * cut.mean()).abs() < 1e-12);
    }

    #[test]
    fn a_law_below_the_value_is_not_cut() {
        let law = Distribution::uniform(1.0, 3.0).unwrap();
        assert_eq!(law.cut_above(3.0), law);
        assert_eq!(law.cut_above(0.5), law);
        assert!((law.cut_above(2.0).mean() - 1.5).abs() < 1e-9 && (law.share_above(2.0) - 0.5).abs() < 1e-9);
    }
}
