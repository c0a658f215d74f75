//! Values with weights.

use super::family::Family;

/// A list of values, each drawn with a share in proportion to its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    // Ascending, so that the draw is monotone in its uniform.
    values: Box<[f64]>,
    /// The share at or below each value; the last is 1.
    cumulated: Box<[f64]>,
}

impl Empirical {
    /// Takes pairs of finite value and weight >= 0, not all weights 0.
    pub(super) fn new(mut pairs: Vec<(f64, f64)>) -> Self {
        pairs.retain(|&(_, weight)| weight > 0.0);
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = pairs.iter().map(|pair| pair.1).sum();
        let mut sum = 0.0;
        let mut cumulated: Vec<f64> = pairs
            .iter()
            .map(|pair| {
                sum += pair.1;
                sum / total
            })
            .collect();
        if let Some(last) = cumulated.last_mut() {
            *last = 1.0;
        }
        Self { values: pairs.iter().map(|pair| pair.0).collect(), cumulated: cumulated.into() }
    }

    /// The expected value of a function of the variable.
    pub(super) fn expectation(&self, function: impl Fn(f64) -> f64) -> f64 {
        let before = std::iter::once(0.0).chain(self.cumulated.iter().copied());
        let shares = self.cumulated.iter().zip(before).map(|(up_to, before)| up_to - before);
        self.values.iter().zip(shares).map(|(&value, share)| function(value) * share).sum()
    }
}

impl Family for Empirical {
    fn scaled(&self, factor: f64) -> Self {
        Self { values: self.values.iter().map(|value| value * factor).collect(), cumulated: self.cumulated.clone() }
    }

    fn quantile(&self, u: f64) -> f64 {
        let index = self.cumulated.partition_point(|&share| share < u);
        self.values[index.min(self.values.len() - 1)]
    }

    fn mean(&self) -> f64 {
        self.expectation(|value| value)
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.expectation(|value| (value - mean) * (value - mean))
    }

    fn lowest(&self) -> f64 {
        self.values[0]
    }

    fn highest(&self) -> f64 {
        self.values[self.values.len() - 1]
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these identities are exact")]
mod tests {
    use super::*;

    #[test]
    fn draws_by_cumulated_weight_in_ascending_order() {
        let sizes = Empirical::new(vec![(40.0, 3.0), (20.0, 1.0), (99.0, 0.0)]);
        assert_eq!([0.1, 0.25, 0.26, 0.999].map(|u| sizes.quantile(u)), [20.0, 20.0, 40.0, 40.0]);
        assert_eq!((sizes.lowest(), sizes.highest()), (20.0, 40.0));
        assert_eq!((sizes.mean(), sizes.variance()), (35.0, 75.0));
        assert_eq!(sizes.scaled(0.5).mean(), 17.5);
    }
}
