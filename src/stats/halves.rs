//! Balanced half samples: the sampling error of an estimate that is no mean, where replications come in draws of the inputs.

use std::ops::Range;

use super::interval::two_sided_t;
use super::sum::sum;

/// Half samples that are taken, the order of Sylvester's Hadamard matrix.
const SAMPLES: usize = 16;
/// Strata that these half samples balance: its columns but for the constant one.
const STRATA: usize = SAMPLES - 1;

/// The replications of all draws in strata of two like halves: of every draw one half of its years each. Draws of a single
/// year have no halves and are left out.
///
/// `draws` are ranges of places; the result are places.
pub fn halves(draws: &[Range<usize>]) -> Vec<[Vec<usize>; 2]> {
    let mut strata: Vec<[Vec<usize>; 2]> = Vec::new();
    for (number, draw) in draws.iter().filter(|draw| draw.len() >= 2).enumerate() {
        if number < STRATA {
            strata.push([Vec::new(), Vec::new()]);
        }
        let middle = draw.start + draw.len().div_ceil(2);
        let stratum = &mut strata[number % STRATA];
        stratum[0].extend(draw.start..middle);
        stratum[1].extend(middle..draw.end);
    }
    strata
}

/// The half-width of the interval around an estimate from all strata, by what it is in half samples: `estimate` has for
/// each stratum which of its halves to take.
///
/// The variance is the mean square of the half samples' deviations from `whole`, with as many degrees of freedom as
/// strata (`McCarthy`, "Pseudo-replication: half samples", Review of the International Statistical Institute 37, 1969). What
/// the strata differ by, the inputs, is in no deviation. `None` without strata, and where a half sample has no estimate.
///
/// # Panics
/// `level` is not between 0 and 1, or there are more strata than [`halves`] makes.
pub fn half_sample_width(
    whole: f64,
    strata: usize,
    level: f64,
    mut estimate: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<f64> {
    assert!(strata <= STRATA, "half samples balance at most {STRATA} strata, not {strata}");
    if strata == 0 {
        return None;
    }
    let samples: Option<Vec<f64>> = (0..SAMPLES)
        .map(|sample| {
            let taken: Vec<usize> = (1..=strata).map(|column| (sample & column).count_ones() as usize % 2).collect();
            estimate(&taken)
        })
        .collect();
    let squares = sum(samples?.iter().map(|sample| (sample - whole) * (sample - whole)));
    Some(two_sided_t(level, strata as f64) * libm::sqrt(squares / SAMPLES as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_halved_within_themselves() {
        let strata = halves(&[0..3, 3..4, 4..6]);
        assert_eq!(strata, [[vec![0, 1], vec![2]], [vec![4], vec![5]]]);
        assert_eq!(halves(&(0..40).map(|draw| 2 * draw..2 * draw + 2).collect::<Vec<_>>()).len(), 15);
    }

    /// Of a mean, balanced half samples give the variance of stratified sampling exactly: sum of d² ÷ 4 over S² for
    /// halves that differ by d in S strata.
    #[test]
    fn of_a_mean_it_is_the_stratified_variance() {
        let strata = [[1.0, 3.0], [10.0, 9.0], [100.0, 106.0], [5.0, 5.0]];
        let mean = |values: &mut dyn Iterator<Item = f64>| sum(values) / 4.0;
        let whole = mean(&mut strata.iter().map(|halves| f64::midpoint(halves[0], halves[1])));
        let of = |taken: &[usize]| Some(mean(&mut strata.iter().zip(taken).map(|(halves, &half)| halves[half])));
        let width = half_sample_width(whole, 4, 0.95, of).unwrap();
        let sd = libm::sqrt((4.0 + 1.0 + 36.0) / 4.0) / 4.0;
        assert!((width - two_sided_t(0.95, 4.0) * sd).abs() < 1e-12, "{width}");
        assert_eq!(half_sample_width(1.0, 0, 0.95, |_| Some(1.0)), None);
        assert_eq!(half_sample_width(1.0, 2, 0.95, |_| None), None);
    }
}
