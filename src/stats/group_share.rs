//! The share of an output's variance that rests on a group of inputs.

use super::interval::two_sided_t;
use super::moments::Moments;
use super::nested::Nested;

/// The share of the variance over draws of all inputs that rests on a group of them, alone or together with others: Sobol's total
/// index of the group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupShare {
    /// The share; that of the sample may lie a little outside 0 to 1.
    pub share: f64,
    /// Half the width of its interval, from the draws left out one by one.
    pub half_width: f64,
}

impl GroupShare {
    /// From the replications of each draw (`all`), and of the same draws with the group drawn anew and other random numbers
    /// (`redrawn`). What both have in common is what the inputs outside the group make: the share is 1 − cov ÷ variance over
    /// inputs (Saltelli and others, *Global Sensitivity Analysis: The Primer*, 2008, section 4.6). As the random numbers of
    /// the two are independent, sampling error moves neither.
    ///
    /// Returns `None` for fewer than three draws or one replication in each, and where inputs make no spread beyond sampling error.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn of(all: &[Moments], redrawn: &[Moments], level: f64) -> Option<Self> {
        if all.len() < 3 || all.len() != redrawn.len() {
            return None;
        }
        let share = share(all, redrawn)?;
        let without = |left_out: usize| {
            let others = |draws: &[Moments]| {
                draws
                    .iter()
                    .enumerate()
                    .filter(|(draw, _)| *draw != left_out)
                    .map(|(_, draw)| *draw)
                    .collect::<Vec<_>>()
            };
            self::share(&others(all), &others(redrawn))
        };
        let parts: Vec<f64> = (0..all.len()).map(without).collect::<Option<_>>()?;
        let n = all.len() as f64;
        // The jackknife: (n − 1)² ÷ n times the variance of the parts.
        let error = (n - 1.0) * libm::sqrt(Moments::of(&parts).variance()? / n);
        Some(Self { share, half_width: two_sided_t(level, n - 1.0) * error })
    }
}

fn share(all: &[Moments], redrawn: &[Moments]) -> Option<f64> {
    let variance = f64::midpoint(Nested::of(all)?.inputs, Nested::of(redrawn)?.inputs);
    let means = |draws: &[Moments]| draws.iter().map(Moments::mean).collect::<Option<Vec<f64>>>();
    let (one, other) = (means(all)?, means(redrawn)?);
    let (sums, gaps): (Vec<f64>, Vec<f64>) =
        one.iter().zip(&other).map(|(one, other)| (one + other, one - other)).unzip();
    let covariance = 0.25 * (Moments::of(&sums).variance()? - Moments::of(&gaps).variance()?);
    (variance > 0.0).then(|| 1.0 - covariance / variance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Domain, Entity, RandomNumbers, StreamId, normal_quantile};

    /// Draws of an output 2 a + b + noise, where b may be drawn anew; four replications each.
    fn draws(number: u64, redrawn: u64) -> Vec<Moments> {
        let normal = |of: u64, name: &'static str, draw: u64| {
            normal_quantile(RandomNumbers::new(5, of, Domain::Tests).uniform(
                StreamId::of(name),
                Entity::ordinal(draw),
                0,
            ))
        };
        let value = |draw: u64, replication: u64| {
            let noise = normal(replication + 8 * redrawn, "tests/noise", draw);
            2.0 * normal(0, "tests/a", draw) + normal(redrawn, "tests/b", draw) + noise
        };
        (0..number).map(|draw| Moments::of(&[0, 1, 2, 3].map(|replication| value(draw, replication)))).collect()
    }

    #[test]
    fn the_share_of_a_group_is_found_through_the_noise() {
        let found = GroupShare::of(&draws(2000, 0), &draws(2000, 1), 0.95).unwrap();
        assert!((found.share - 0.2).abs() < found.half_width && found.half_width < 0.06, "{found:?}");
        assert!(
            GroupShare::of(&draws(2000, 0), &draws(2000, 0), 0.95).unwrap().share < 0.0,
            "nothing drawn anew but noise"
        );
    }

    #[test]
    fn too_little_to_tell() {
        assert_eq!(GroupShare::of(&draws(2, 0), &draws(2, 1), 0.95), None);
        assert_eq!(GroupShare::of(&draws(5, 0), &draws(4, 1), 0.95), None);
        let still = vec![Moments::of(&[1.0, 1.0]); 5];
        assert_eq!(GroupShare::of(&still, &still, 0.95), None);
    }
}
