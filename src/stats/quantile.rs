//! Where the cumulated weights of values reach a share of the whole.

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

    fn places(ps: &[f64], weights: &[u64]) -> Option<Vec<usize>> {
        reaching_each(ps, weights.iter().copied()).map(|all| all.iter().map(|reached| reached.place).collect())
    }

    #[test]
    fn shares_that_are_whole_in_decimals_stay_whole() {
        let ps = [0.0, 0.05, 0.07, 0.5, 0.501, 0.95, 1.0];
        assert_eq!(places(&ps, &[1; 100]), Some(vec![0, 4, 6, 49, 50, 94, 99]));
    }

    #[test]
    fn weights_count_and_what_has_none_is_passed_by() {
        assert_eq!(places(&[0.0, 0.1, 0.2, 0.21], &[0, 1, 1, 0, 8]), Some(vec![1, 1, 2, 4]));
        let last = reaching(0.6, [0, 1, 1, 0, 8].into_iter());
        assert_eq!(last, Some(Reached { place: 4, within: 4, weight: 8 }));
        assert_eq!((places(&[0.5], &[]), places(&[0.5], &[0, 0])), (None, None));
    }
}
