//! Comparing several scenarios at once.

use super::interval::Interval;
use super::moments::Moments;
use super::quadrature::gauss_legendre;
use super::student::student_quantile;
use super::sum::sum;
use crate::random::{gamma_quantile, normal_cdf};

/// Points of the integrals behind [`mcb_constant`]; twice as many change nothing in ten digits.
const POINTS: u32 = 96;
/// A standard normal lies beyond this with a probability of 10^-19.
const NORMAL_REACH: f64 = 9.0;
/// The probability cut off at either end of the chi-square variable.
const CUT: f64 = 1e-14;
const STEPS: u32 = 60;

/// P-values adjusted so that the chance of any false alarm stays at the level, in the order given.
///
/// Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let number = p_values.len();
    let mut order: Vec<usize> = (0..number).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![0.0; number];
    let mut greatest = 0.0_f64;
    for (rank, &place) in order.iter().enumerate() {
        greatest = greatest.max((number - rank) as f64 * p_values[place]).min(1.0);
        adjusted[place] = greatest;
    }
    adjusted
}

/// The level of each of several intervals that hold jointly at `level` (Bonferroni's inequality).
pub fn bonferroni_level(level: f64, intervals: usize) -> f64 {
    1.0 - (1.0 - level) / intervals.max(1) as f64
}

/// The upper `alpha` point of the greatest of `number` t variables with `degrees` of freedom and correlation 1/2.
///
/// Dunnett's one-sided table (JASA 50, 1955), by integration over the common normal and the common chi-square variable;
/// at least eight digits for up to some hundred variables.
///
/// # Panics
/// `number` is 0, or `alpha` is not between 0 and 1/2.
pub fn mcb_constant(number: u32, degrees: f64, alpha: f64) -> f64 {
    assert!(number > 0, "the greatest of no variables has no distribution");
    assert!(alpha > 0.0 && alpha < 0.5, "an error probability lies between 0 and 1/2, not at {alpha}");
    let law = GreatestT::new(number, degrees);
    // One variable alone bounds the point from below, Bonferroni from above.
    let mut low = student_quantile(1.0 - alpha, degrees);
    let mut high = student_quantile(1.0 - alpha / f64::from(number), degrees);
    for _ in 0..STEPS {
        if high - low <= 1e-11 * high {
            break;
        }
        let middle = 0.5 * (low + high);
        if law.cdf(middle) < 1.0 - alpha {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The law of the greatest of several t variables with correlation 1/2.
struct GreatestT {
    number: f64,
    /// The common normal variable with its probability weights.
    normal: Vec<(f64, f64)>,
    /// The common root of chi-square over its degrees with its probability weights.
    scale: Vec<(f64, f64)>,
}

impl GreatestT {
    fn new(number: u32, degrees: f64) -> Self {
        let root = libm::sqrt(2.0 * std::f64::consts::PI);
        let density = |z: f64| libm::exp(-0.5 * z * z) / root;
        let normal = gauss_legendre(POINTS, -NORMAL_REACH, NORMAL_REACH)
            .into_iter()
            .map(|(z, weight)| (z, weight * density(z)))
            .collect();
        Self { number: f64::from(number), normal, scale: scale_nodes(degrees) }
    }

    /// E over s and z of Phi(sqrt(2) d s + z) to the power `number`.
    fn cdf(&self, d: f64) -> f64 {
        let given_scale = |s: f64| -> f64 {
            let below = |z: f64| normal_cdf(std::f64::consts::SQRT_2 * d * s + z);
            self.normal.iter().map(|&(z, weight)| weight * libm::pow(below(z), self.number)).sum()
        };
        self.scale.iter().map(|&(s, weight)| weight * given_scale(s)).sum()
    }
}

/// Integration over the root g of a gamma variable of shape degrees/2, from which s = g / sqrt(degrees/2).
fn scale_nodes(degrees: f64) -> Vec<(f64, f64)> {
    let shape = 0.5 * degrees;
    let log_constant = libm::log(2.0) - libm::lgamma(shape);
    // In the root the density is smooth at 0 even for one degree of freedom.
    let density = |g: f64| libm::exp(log_constant + (degrees - 1.0) * libm::log(g) - g * g);
    let reach = |p: f64| libm::sqrt(gamma_quantile(shape, p));
    gauss_legendre(POINTS, reach(CUT), reach(1.0 - CUT))
        .into_iter()
        .map(|(g, weight)| (g / libm::sqrt(shape), weight * density(g)))
        .collect()
}

/// What the comparison says of one scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Better than all others.
    Best,
    /// Not told apart from the best.
    PossiblyBest,
    /// Worse than some other.
    NotBest,
}

/// Several scenarios under common random numbers, each against the best of the others; larger is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The mean of each scenario.
    pub means: Vec<f64>,
    /// The pooled variance S^2 of a difference of two scenarios.
    pub variance: f64,
    /// The half-width H = g S / sqrt(n).
    pub half_width: f64,
    /// For each scenario the interval for its lead over the best of the others.
    pub intervals: Vec<Interval>,
}

impl Comparison {
    /// What the interval of scenario `index` says.
    ///
    /// # Panics
    /// There is no such scenario.
    pub fn standing(&self, index: usize) -> Standing {
        let interval = self.intervals[index];
        if interval.low >= 0.0 {
            Standing::Best
        } else if interval.high <= 0.0 {
            Standing::NotBest
        } else {
            Standing::PossiblyBest
        }
    }
}

/// Multiple comparisons with the best: `scenarios` holds one list per scenario, one value per replication in the same
/// order.
///
/// Nelson and Matejcik, "Using common random numbers for indifference-zone selection and multiple comparisons in
/// simulation", Management Science 41 (1995); it takes all differences to vary alike (sphericity). Returns `None` for fewer than
/// two scenarios or replications, or of lists that differ in length.
///
/// # Panics
/// `level` is not between 1/2 and 1.
pub fn compare_with_best(scenarios: &[Vec<f64>], level: f64) -> Option<Comparison> {
    let (k, n) = (scenarios.len(), scenarios.first()?.len());
    if k < 2 || n < 2 || scenarios.iter().any(|values| values.len() != n) {
        return None;
    }
    let means: Vec<f64> = scenarios.iter().filter_map(|values| Moments::of(values).mean()).collect();
    let degrees = (k - 1) as f64 * (n - 1) as f64;
    let variance = 2.0 * interaction_squares(scenarios, &means) / degrees;
    let constant = mcb_constant((k - 1) as u32, degrees, 1.0 - level);
    let half_width = constant * libm::sqrt(variance / n as f64);
    let intervals = (0..k)
        .map(|index| {
            let lead = means[index] - best_other(&means, index);
            Interval { low: (lead - half_width).min(0.0), high: (lead + half_width).max(0.0), level }
        })
        .collect();
    Some(Comparison { means, variance, half_width, intervals })
}

/// The sum of `(Y_ij - Y_i. - Y_.j + Y_..)^2`.
fn interaction_squares(scenarios: &[Vec<f64>], means: &[f64]) -> f64 {
    let k = scenarios.len() as f64;
    let grand = sum(means.iter().copied()) / k;
    let squares_of_replication = |j: usize| {
        let common = sum(scenarios.iter().map(|values| values[j])) / k;
        let residual = |(values, mean): (&Vec<f64>, &f64)| values[j] - mean - common + grand;
        sum(scenarios.iter().zip(means).map(residual).map(|residual| residual * residual))
    };
    sum((0..scenarios[0].len()).map(squares_of_replication))
}

fn best_other(means: &[f64], index: usize) -> f64 {
    let others = means.iter().enumerate().filter(|&(other, _)| other != index);
    others.map(|(_, &mean)| mean).fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, tolerance: f64) {
        assert!((actual - expected).abs() <= tolerance * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// Holm (1979).
    #[test]
    fn sta_17_holm() {
        let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (actual, expected) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            close(*actual, expected, 1e-9);
        }
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn bonferroni_shares_the_error() {
        close(bonferroni_level(0.95, 5), 0.99, 1e-12);
        close(bonferroni_level(0.95, 1), 0.95, 1e-12);
    }

    /// Dunnett (1955), one-sided table: 1.72 2.03 2.19 2.30.
    #[test]
    fn sta_20_constants() {
        for (number, expected) in
            [(1, 1.724_718_242_92), (2, 2.027_318_387_37), (3, 2.192_283_462_39), (4, 2.304_427_589_2)]
        {
            close(mcb_constant(number, 20.0, 0.05), expected, 1e-9);
        }
    }

    #[test]
    fn the_law_is_student_for_a_single_variable() {
        for degrees in [1.0, 2.0, 5.0, 500.0] {
            let point = student_quantile(0.95, degrees);
            close(GreatestT::new(1, degrees).cdf(point), 0.95, 1e-8);
        }
    }

    /// Nelson and Matejcik (1995), Hsu (1984); values computed by an independent program.
    #[test]
    fn sta_21_comparison_with_the_best() {
        let scenarios = [
            vec![10.2, 11.1, 9.8, 10.9, 10.4, 10.0],
            vec![11.0, 11.9, 10.9, 11.5, 11.3, 10.6],
            vec![9.1, 10.3, 9.0, 9.7, 9.5, 9.2],
            vec![10.8, 11.5, 10.3, 11.6, 10.9, 10.7],
        ];
        close(mcb_constant(3, 15.0, 0.05), 2.238_941_052_9, 1e-6);
        let comparison = compare_with_best(&scenarios, 0.95).unwrap();
        close(comparison.variance, 0.045_111_111_111_1, 1e-6);
        close(comparison.half_width, 0.194_137_215_581, 1e-6);
        let expected =
            [(-0.994_137_215_581, 0.0), (0.0, 0.427_470_548_915), (-1.927_470_548_91, 0.0), (-0.427_470_548_915, 0.0)];
        for (interval, (low, high)) in comparison.intervals.iter().zip(expected) {
            close(interval.low, low, 1e-6);
            close(interval.high, high, 1e-6);
        }
        let standings: Vec<Standing> = (0..4).map(|index| comparison.standing(index)).collect();
        assert_eq!(standings, [Standing::NotBest, Standing::Best, Standing::NotBest, Standing::NotBest]);
    }

    #[test]
    fn close_scenarios_are_possibly_best() {
        let comparison = compare_with_best(&[vec![1.0, 2.0, 3.0], vec![1.1, 1.9, 3.1]], 0.95).unwrap();
        assert_eq!(comparison.standing(0), Standing::PossiblyBest);
        assert_eq!(compare_with_best(&[vec![1.0, 2.0]], 0.95), None);
        assert_eq!(compare_with_best(&[vec![1.0, 2.0], vec![1.0]], 0.95), None);
        assert_eq!(compare_with_best(&[], 0.95), None);
    }
}
