//! Sampling error and parameter uncertainty: the spread of an output over draws of its inputs, split.

use super::interval::two_sided_t;
use super::moments::Moments;
use super::sum::sum;

/// Where the spread of an output comes from, in draws of the inputs with several replications each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nested {
    /// The number of draws.
    pub draws: u64,
    /// The mean of the draws' means.
    pub mean: f64,
    /// Variance between the draws' means.
    pub between: f64,
    /// Variance of the output's mean over inputs: what is not known of the inputs. Not below 0.
    pub inputs: f64,
    /// Variance of [`mean`](Self::mean) from the sampling error of the simulated years alone: what more years would take away.
    pub noise: f64,
    /// Degrees of freedom of [`noise`](Self::noise): replications less draws.
    pub degrees: u64,
}

impl Nested {
    /// Splits the variance, given the replications of each draw; `None` for fewer than two draws, and where a draw has fewer
    /// than two replications.
    ///
    /// With draw means of variance S² and replications of variance `S_j²` in draw j, n of each of m draws: noise of one
    /// draw's mean is mean(`S_j²`) ÷ n, inputs = max(0, S² − mean(`S_j²`) ÷ n), noise = mean(`S_j²`) ÷ (m n), the
    /// estimator of the one-way analysis of variance with random effects (Searle, Casella, `McCulloch`, *Variance
    /// Components*, 1992, section 3.5). With unequal numbers each draw counts with its own `S_j²` ÷ `n_j`.
    pub fn of(draws: &[Moments]) -> Option<Self> {
        let means: Option<Vec<f64>> = draws.iter().map(Moments::mean).collect();
        let noises: Option<Vec<f64>> =
            draws.iter().map(|draw| draw.variance().map(|variance| variance / draw.count() as f64)).collect();
        let (means, noises) = (Moments::of(&means?), noises?);
        let (mean, between) = (means.mean()?, means.variance()?);
        let of_one = sum(noises.iter().copied()) / draws.len() as f64;
        Some(Self {
            draws: means.count(),
            mean,
            between,
            inputs: (between - of_one).max(0.0),
            noise: of_one / draws.len() as f64,
            degrees: draws.iter().map(|draw| draw.count() - 1).sum(),
        })
    }

    /// Half the width of the t interval for the mean at these very draws: sampling error alone.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn half_width(&self, level: f64) -> f64 {
        two_sided_t(level, self.degrees as f64) * libm::sqrt(self.noise)
    }

    /// [`half_width`](Self::half_width) from those draws that have several replications; `None` where fewer than two have.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn sampling_error(draws: &[Moments], level: f64) -> Option<f64> {
        let several: Vec<Moments> = draws.iter().filter(|draw| draw.count() >= 2).copied().collect();
        Self::of(&several).map(|split| split.half_width(level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Domain, Entity, RandomNumbers, StreamId, normal_quantile};

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-12, "{actual} is not {expected}");
    }

    /// By hand: means 2, 6, 10 (variance 16), variances within 2, 8, 2 (mean 4), two replications each.
    #[test]
    fn the_split_by_hand() {
        let draws = [[1.0, 3.0], [4.0, 8.0], [9.0, 11.0]].map(|draw| Moments::of(&draw));
        let split = Nested::of(&draws).unwrap();
        assert_eq!(split.draws, 3);
        close(split.mean, 6.0);
        close(split.between, 16.0);
        close(split.inputs, 14.0);
        close(split.noise, 2.0 / 3.0);
        assert_eq!(split.degrees, 3);
        // t(0.975, 3) = 3.1824 of any table.
        assert!((split.half_width(0.95) - 3.182_446 * libm::sqrt(2.0 / 3.0)).abs() < 1e-5);
    }

    #[test]
    fn inputs_that_do_nothing_have_no_variance() {
        let draws = [[1.0, 9.0], [2.0, 8.0], [4.0, 6.0]].map(|draw| Moments::of(&draw));
        let split = Nested::of(&draws).unwrap();
        assert!(split.inputs <= 0.0 && split.noise > 0.0);
    }

    /// Variance 4 of inputs and 9 of sampling error, 4000 draws of five years: the estimate is within four standard errors.
    #[test]
    fn known_variances_come_back() {
        let of = RandomNumbers::new(11, 0, Domain::Tests);
        let stream = StreamId::of("tests/nested");
        let normal = |draw: u64, k: u64| normal_quantile(of.uniform(stream, Entity::ordinal(draw), k));
        let draw = |draw: u64| {
            let years: Vec<f64> = (1..=5).map(|k| 2.0 * normal(draw, 0) + 3.0 * normal(draw, k)).collect();
            Moments::of(&years)
        };
        let split = Nested::of(&(0..4000).map(draw).collect::<Vec<_>>()).unwrap();
        let error = 4.0 * (4.0 + 9.0 / 5.0) * libm::sqrt(2.0 / 4000.0);
        assert!((split.inputs - 4.0).abs() < error, "{}", split.inputs);
        assert!((split.noise - 9.0 / 20_000.0).abs() < 0.05 * 9.0 / 20_000.0, "{}", split.noise);
    }

    #[test]
    fn too_little_to_split() {
        assert_eq!(Nested::of(&[]), None);
        assert_eq!(Nested::of(&[Moments::of(&[1.0, 2.0])]), None);
        assert_eq!(Nested::of(&[Moments::of(&[1.0, 2.0]), Moments::of(&[1.0])]), None);
    }
}
