//! Exact quantiles of weighted values.

/// What a target rank is lowered by, relatively, so that ranks that are whole in decimals stay whole: 0.07 of 100 is 7.
const SLACK: f64 = 1e-12;

/// A value with its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sample {
    /// The value.
    pub value: i64,
    /// How much it counts.
    pub weight: i64,
}

impl Sample {
    /// A value with its weight.
    pub const fn new(value: i64, weight: i64) -> Self {
        Self { value, weight }
    }
}

/// The smallest value x with F(x) >= p, where each value counts by its weight (the inverse of the empirical distribution
/// function); by number where all weights are 0, none of no values. Sorts the slice.
///
/// Weights below 0 count as 0.
pub fn weighted_quantile(samples: &mut [Sample], p: f64) -> Option<i64> {
    weighted_quantiles(samples, &[p])?.pop()
}

/// [`weighted_quantile`] at several rising p with one sort and one walk; `None` for no values.
pub fn weighted_quantiles(samples: &mut [Sample], ps: &[f64]) -> Option<Vec<i64>> {
    // By comparison of keys and stable: fast on runs that are sorted already, which pooled series are.
    samples.sort_by(Ord::cmp);
    let is_weighted = samples.iter().any(|sample| sample.weight > 0);
    let weight = |sample: &Sample| {
        if is_weighted { sample.weight.max(0).unsigned_abs() } else { 1 }
    };
    let reached = reaching_each(ps, samples.iter().map(weight))?;
    Some(reached.iter().map(|reached| samples[reached.place].value).collect())
}

/// Where cumulated weights reach a share of their total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The first place with a positive weight at which they do.
    pub place: usize,
    /// How much of its weight is wanted.
    pub within: u128,
    /// Its weight.
    pub weight: u64,
}

/// Where the cumulated weights reach a share `p` of their total; `None` where no weight is positive.
pub fn reaching(p: f64, weights: impl Iterator<Item = u64> + Clone) -> Option<Reached> {
    reaching_each(&[p], weights)?.pop()
}

/// [`reaching`] at several rising shares in one walk.
pub fn reaching_each(ps: &[f64], weights: impl Iterator<Item = u64> + Clone) -> Option<Vec<Reached>> {
    debug_assert!(ps.is_sorted(), "shares rise");
    let total: u128 = weights.clone().map(u128::from).sum();
    let target = |p: f64| libm::ceil(p.min(1.0) * total as f64 * (1.0 - SLACK)) as u128;
    let mut targets = ps.iter().map(|&p| target(p)).peekable();
    let mut reached = Vec::with_capacity(ps.len());
    let mut below = 0_u128;
    for (place, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0) {
        let until = below + u128::from(weight);
        while let Some(target) = targets.next_if(|target| until >= *target) {
            reached.push(Reached { place, within: target.saturating_sub(below), weight });
        }
        if targets.peek().is_none() {
            return Some(reached);
        }
        below = until;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_of_the_empirical_distribution_function() {
        let mut values: Vec<Sample> = (1..=100).rev().map(|value| Sample::new(value, 1)).collect();
        let quantiles = weighted_quantiles(&mut values, &[0.0, 0.05, 0.07, 0.5, 0.501, 0.95, 1.0]);
        assert_eq!(quantiles, Some(vec![1, 5, 7, 50, 51, 95, 100]));
    }

    #[test]
    fn weights_count() {
        let mut values = [(30, 8), (10, 1), (20, 1), (-5, 0)].map(|(value, weight)| Sample { value, weight });
        assert_eq!(weighted_quantiles(&mut values, &[0.0, 0.1, 0.2, 0.21]), Some(vec![10, 10, 20, 30]));
    }

    #[test]
    fn without_weights_values_count_alike() {
        assert_eq!(weighted_quantile(&mut [3, 1, 2].map(|value| Sample::new(value, 0)), 0.5), Some(2));
        assert_eq!(weighted_quantile(&mut [], 0.5), None);
    }
}
