//! Which inputs make most of the spread of an output.

use super::paired::correlation;
use super::student::{student_quantile, two_sided_p};
use crate::random::normal_quantile;

/// What an input has to do with the spread of an output over draws of all inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Driver {
    /// Which input.
    pub input: usize,
    /// The correlation of its deviate with the output's normal score, -1 to 1: above zero where more of it makes more.
    pub correlation: f64,
    /// The probability of so large a correlation with any of the inputs if the output depended on none of them.
    pub p_value: f64,
    /// Whether it is distinguished from chance at the level that was asked for.
    pub is_significant: bool,
}

impl Driver {
    /// The share of the output's spread (the variance of its normal scores) that goes with the input.
    pub fn share(&self) -> f64 {
        self.correlation * self.correlation
    }
}

/// Inputs by what they have to do with the spread of an output.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// Inputs, the largest correlation first; those that did not vary are left out.
    pub inputs: Vec<Driver>,
    /// The smallest correlation, without its sign, that is distinguished from chance.
    pub threshold: f64,
}

impl Drivers {
    /// Ranks inputs, given the `deviates` of each draw (independent standard normal, one an input) and the `outputs`, one
    /// a draw; `level` is the confidence that what is told is not chance.
    ///
    /// The correlation is that of deviates with the normal scores Φ⁻¹(rank / (n + 1)) of the outputs (van der Waerden;
    /// Hájek, Šidák, *Theory of Rank Tests*, 1967): a rank correlation, which neither a skewed output nor a single wild
    /// draw decides, and whose square is the input's share of variance where the output is a rising function of a sum of
    /// inputs. Deviates that have nothing to do with the output have a spherical law, so `r sqrt(n - 2) / sqrt(1 - r²)`
    /// is Student's t with n - 2 degrees of freedom exactly, for any output and any number of draws (Muirhead, *Aspects
    /// of Multivariate Statistical Theory*, theorem 5.1.1); Spearman's coefficient has this law only nearly, and least so
    /// far out. There, with hundreds of inputs, the largest of all correlations stands even by chance: p-values are
    /// multiplied by the number of inputs (Bonferroni).
    ///
    /// Returns `None` for fewer than three draws, of lists that differ in length, and where the output does not vary.
    ///
    /// # Panics
    /// `level` is not between 0 and 1.
    pub fn of(deviates: &[Vec<f64>], outputs: &[f64], level: f64) -> Option<Self> {
        let count = deviates.first()?.len();
        let is_table = deviates.len() == outputs.len() && deviates.iter().all(|draw| draw.len() == count);
        let is_varied = outputs.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_ne());
        if outputs.len() < 3 || !is_table || !is_varied {
            return None;
        }
        let scores = normal_scores(outputs);
        let degrees = outputs.len() as f64 - 2.0;
        let column = |input: usize| deviates.iter().map(|draw| draw[input]).collect::<Vec<f64>>();
        let found: Vec<(usize, f64)> =
            (0..count).filter_map(|input| Some((input, correlation(&column(input), &scores)?))).collect();
        let tried = found.len().max(1) as f64;
        let driver = |(input, correlation): (usize, f64)| {
            let p_value = (tried * p_value(correlation, degrees)).min(1.0);
            Driver { input, correlation, p_value, is_significant: p_value < 1.0 - level }
        };
        let mut inputs: Vec<Driver> = found.into_iter().map(driver).collect();
        inputs.sort_by(|one, other| other.correlation.abs().total_cmp(&one.correlation.abs()));
        Some(Self { inputs, threshold: threshold(1.0 - 0.5 * (1.0 - level) / tried, degrees) })
    }
}

fn p_value(correlation: f64, degrees: f64) -> f64 {
    let rest = 1.0 - correlation * correlation;
    if rest > 0.0 { two_sided_p(correlation * libm::sqrt(degrees / rest), degrees) } else { 0.0 }
}

/// The correlation whose t is the quantile at `p`.
fn threshold(p: f64, degrees: f64) -> f64 {
    let t = student_quantile(p, degrees);
    t / libm::sqrt(degrees + t * t)
}

/// Φ⁻¹(rank / (n + 1)); equal values have the mean of their ranks.
fn normal_scores(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| values[one].total_cmp(&values[other]));
    let mut scores = vec![0.0; values.len()];
    let mut first = 0;
    for equal in order.chunk_by(|&one, &other| values[one].total_cmp(&values[other]).is_eq()) {
        let rank = first as f64 + 0.5 * (equal.len() as f64 + 1.0);
        let score = normal_quantile(rank / (values.len() as f64 + 1.0));
        for &at in equal {
            scores[at] = score;
        }
        first += equal.len();
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Domain, Entity, RandomNumbers, StreamId};

    const STREAM: StreamId = StreamId::of("tests/drivers");

    fn deviates(experiment: u64, draws: usize, inputs: usize) -> Vec<Vec<f64>> {
        let of = RandomNumbers::new(7, experiment, Domain::Tests);
        let one =
            |draw: usize, input: usize| normal_quantile(of.uniform(STREAM, Entity::ordinal(draw as u64), input as u64));
        (0..draws).map(|draw| (0..inputs).map(|input| one(draw, input)).collect()).collect()
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
    }

    /// By hand: scores of ranks 1, 2.5, 2.5, 4 among four.
    #[test]
    fn equal_outputs_share_their_rank() {
        let scores = normal_scores(&[3.0, 5.0, 5.0, 9.0]);
        close(scores[0], normal_quantile(0.2));
        close(scores[1], 0.0);
        close(scores[2], 0.0);
        close(scores[3], normal_quantile(0.8));
    }

    #[test]
    fn what_makes_the_spread_is_named_with_its_share_whatever_the_scale() {
        let draws = deviates(1, 2000, 50);
        // Shares 0.64, 0.32 and 0.04, seen through a steep rising function.
        let outputs: Vec<f64> = draws.iter().map(|z| libm::exp(4.0 * z[7] - 2.828 * z[20] + z[33])).collect();
        let drivers = Drivers::of(&draws, &outputs, 0.95).unwrap();
        let first = &drivers.inputs[..3];
        assert_eq!(first.iter().map(|driver| driver.input).collect::<Vec<_>>(), [7, 20, 33]);
        assert!(first.iter().all(|driver| driver.is_significant));
        assert!(first[0].correlation > 0.0 && first[1].correlation < 0.0);
        // Four standard errors of a correlation of 2000 pairs.
        for (driver, share) in first.iter().zip([0.64, 0.32, 0.04]) {
            let error = 4.0 * 2.0 * libm::sqrt(share) * (1.0 - share) / libm::sqrt(2000.0);
            assert!((driver.share() - share).abs() < error, "{} for {share}", driver.share());
        }
    }

    /// Of 400 experiments in which nothing matters one in twenty may name an input: up to 37 with probability 0.9998.
    #[test]
    fn with_many_inputs_and_few_draws_chance_is_not_taken_for_a_cause() {
        for draws in [4, 8, 20] {
            let mut named = 0;
            for experiment in 0..400 {
                let all = deviates(experiment + 1000 * draws as u64, draws, 101);
                let inputs: Vec<Vec<f64>> = all.iter().map(|draw| draw[..100].to_vec()).collect();
                let outputs: Vec<f64> = all.iter().map(|draw| libm::exp(3.0 * draw[100])).collect();
                named += u32::from(Drivers::of(&inputs, &outputs, 0.95).unwrap().inputs[0].is_significant);
            }
            assert!((5..=37).contains(&named), "{named} of 400 with {draws} draws");
        }
    }

    #[test]
    fn the_threshold_is_where_telling_begins() {
        let draws = deviates(3, 40, 30);
        let outputs: Vec<f64> = draws.iter().map(|z| z[0] + z[1] + z[2] + z[3]).collect();
        let drivers = Drivers::of(&draws, &outputs, 0.9).unwrap();
        for driver in &drivers.inputs {
            assert_eq!(driver.is_significant, driver.correlation.abs() > drivers.threshold, "{driver:?}");
        }
        assert!(drivers.inputs[0].is_significant && !drivers.inputs[29].is_significant);
    }

    #[test]
    fn too_little_to_name_anything() {
        let draws = deviates(4, 3, 2);
        assert_eq!(Drivers::of(&draws[..2], &[1.0, 2.0], 0.95), None);
        assert_eq!(Drivers::of(&draws, &[1.0, 2.0], 0.95), None);
        assert_eq!(Drivers::of(&draws, &[1.0, 1.0, 1.0], 0.95), None);
        assert_eq!(Drivers::of(&[], &[], 0.95), None);
        let still = vec![vec![1.0], vec![1.0], vec![1.0]];
        assert!(Drivers::of(&still, &[1.0, 2.0, 3.0], 0.95).unwrap().inputs.is_empty());
    }
}
