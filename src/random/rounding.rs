//! The mean of draws that are rounded.

use super::distribution::Distribution;

/// Most steps over which the probability of each is worked out; a law spread over more is smooth beside its steps.
const MOST_STEPS: f64 = 4096.0;
/// Shares left out at both ends of a law while its steps are counted.
const TAIL: f64 = 1e-12;

impl Distribution {
    /// The expected value of draws that are rounded to the nearest multiple of a step, halves up, and are one step at
    /// least. To nine digits for laws spread over at most some thousands of steps, for listed values and constants to
    /// all; where a law spreads over more, what rounding adds above the first step is below a hundred-millionth.
    pub fn mean_in_steps(&self, step: f64) -> f64 {
        let rounded = |value: f64| (value / step + 0.5).floor().max(1.0) * step;
        match self {
            Self::Constant(_) => rounded(self.mean()),
            Self::Empirical(values) => values.expectation(rounded),
            _ => self.sum_of_steps(step),
        }
    }

    /// One step, and one more for each threshold (half-way between multiples) times the share above it.
    fn sum_of_steps(&self, step: f64) -> f64 {
        let family = self.family();
        let steps = |u: f64| (family.quantile(u) / step + 0.5).floor().max(1.0);
        let (first, last) = (steps(TAIL), steps(1.0 - TAIL));
        if last - first > MOST_STEPS {
            // Below half a step nothing is left out: it is one step.
            let share = self.share_below(step / 2.0);
            return self.mean() + step * share;
        }
        let above = |k: u64| 1.0 - self.share_below((first + k as f64 + 0.5) * step);
        step * (first + (0..(last - first) as u64).map(above).sum::<f64>())
    }

    /// The share of draws below a value.
    fn share_below(&self, value: f64) -> f64 {
        let family = self.family();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..50 {
            let middle = f64::midpoint(low, high);
            *(if family.quantile(middle) < value { &mut low } else { &mut high }) = middle;
        }
        f64::midpoint(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Domain, Entity, RandomNumbers, StreamId};

    #[test]
    fn closed_forms() {
        let mean = |law: Result<Distribution, _>, step| law.unwrap().mean_in_steps(step);
        let close = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-9 * wanted, "{found} {wanted}");
        close(mean(Distribution::constant(2.5), 1.0), 3.0);
        close(mean(Distribution::constant(0.2), 1.0), 1.0);
        close(mean(Distribution::constant(2.0005), 0.001), 2.001);
        close(mean(Distribution::empirical(&[0.4, 2.6, 7.0], &[1.0, 2.0, 1.0]), 1.0), (1.0 + 6.0 + 7.0) / 4.0);
        // 0.5 to 2.5: half of the draws are 1, half are 2.
        close(mean(Distribution::uniform(0.5, 2.5), 1.0), 1.5);
        // Exponential of mean 1: 1 + e^-1.5 ÷ (1 - e^-1).
        close(mean(Distribution::exponential(1.0), 1.0), 1.0 + libm::exp(-1.5) / -libm::expm1(-1.0));
    }

    #[test]
    fn rounded_draws_have_the_mean_that_is_claimed() {
        let random = RandomNumbers::new(20_260_101, 0, Domain::Tests);
        let stream = StreamId::of("test/rounding");
        for law in [
            Distribution::exponential(0.4),
            Distribution::uniform(0.0, 3.7),
            Distribution::triangular(0.1, 0.2, 4.0),
            Distribution::pert(0.5, 1.5, 6.0),
            Distribution::erlang(2.3, 3),
            Distribution::gamma(1.7, 2.0),
            Distribution::weibull(1.2, 0.8),
            Distribution::lognormal(2.4, 0.9),
            Distribution::lognormal(900.0, 2.0),
        ] {
            let law = law.unwrap();
            let n = 20_000_u32;
            let rounded = |k: u32| (law.draw(&random, stream, Entity::ordinal(k.into())) + 0.5).floor().max(1.0);
            let mean = (0..n).map(rounded).sum::<f64>() / f64::from(n);
            let error = libm::sqrt((law.variance() + 0.25) / f64::from(n));
            assert!((mean - law.mean_in_steps(1.0)).abs() < 4.0 * error, "{law:?}: {mean} {}", law.mean_in_steps(1.0));
        }
    }

    #[test]
    fn fine_steps_change_little() {
        for law in [Distribution::exponential(30.0), Distribution::lognormal(40.0, 0.5), Distribution::gamma(10.0, 1.5)]
        {
            let law = law.unwrap();
            assert!((law.mean_in_steps(0.001) / law.mean() - 1.0).abs() < 1e-5, "{law:?}");
        }
    }
}
