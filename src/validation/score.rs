//! How far simulated figures are from observed ones.

use serde::{Deserialize, Serialize};

use crate::stats::sum;

/// An observed figure, the simulated one, and whether that is in the band, where there is a band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// As observed.
    pub observed: f64,
    /// As simulated.
    pub simulated: f64,
    /// Whether the simulated one lies in the observed band.
    pub is_in_band: Option<bool>,
}

impl Pair {
    /// (simulated − observed) / |observed|; `None` for an observed 0.
    pub fn relative_error(&self) -> Option<f64> {
        (self.observed != 0.0).then(|| (self.simulated - self.observed) / self.observed.abs())
    }
}

/// Errors over some figures. What adds up values needs one unit: it is absent over figures of several.
///
/// Theil's coefficient is U1 of Theil, *Economic Forecasts and Policy* (1958): 0 where all is met, at most 1. The share of
/// bias is that part of the mean square error that comes from the difference of the means (Theil 1966); the rest comes
/// from unlike spread and from figures that do not go together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The unit of the figures; none: of several units.
    pub unit: Option<String>,
    /// Number of figures.
    pub n: usize,
    /// Number of figures that have a band.
    pub with_band: usize,
    /// Number of those in it.
    pub in_band: usize,
    /// Mean absolute error, in the unit.
    pub mae: Option<f64>,
    /// Mean absolute relative error, a share.
    pub mape: Option<f64>,
    /// Mean relative error, a share: above 0 where too much is simulated.
    pub bias: Option<f64>,
    /// Sum of absolute errors over the sum of absolute observed values.
    pub weighted_ape: Option<f64>,
    /// Root mean square error / (root mean square observed + root mean square simulated).
    pub theil_u1: Option<f64>,
    /// (mean simulated − mean observed)² / mean square error.
    pub theil_um: Option<f64>,
}

impl Score {
    /// Of figures in one unit, or in several (`unit` none).
    pub fn of(pairs: &[Pair], unit: Option<&str>) -> Self {
        let relative: Vec<f64> = pairs.iter().filter_map(Pair::relative_error).collect();
        let sums = unit.is_some();
        let of = |verdict| pairs.iter().filter(|pair| pair.is_in_band == Some(verdict)).count();
        Self {
            unit: unit.map(str::to_owned),
            n: pairs.len(),
            with_band: of(true) + of(false),
            in_band: of(true),
            mae: mean(pairs.iter().map(|pair| (pair.simulated - pair.observed).abs())).filter(|_| sums),
            mape: mean(relative.iter().map(|error| error.abs())),
            bias: mean(relative.iter().copied()),
            weighted_ape: weighted_ape(pairs).filter(|_| sums),
            theil_u1: theil_u1(pairs).filter(|_| sums),
            theil_um: theil_um(pairs).filter(|_| sums),
        }
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let n = values.len();
    (n > 0).then(|| sum(values) / n as f64)
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

fn weighted_ape(pairs: &[Pair]) -> Option<f64> {
    let errors = sum(pairs.iter().map(|pair| (pair.simulated - pair.observed).abs()));
    ratio(errors, sum(pairs.iter().map(|pair| pair.observed.abs())))
}

/// Mean square of something of each pair.
fn mean_square(pairs: &[Pair], of: impl Fn(&Pair) -> f64) -> Option<f64> {
    mean(pairs.iter().map(|pair| of(pair) * of(pair)))
}

fn theil_u1(pairs: &[Pair]) -> Option<f64> {
    let error = mean_square(pairs, |pair| pair.simulated - pair.observed)?;
    let (observed, simulated) = (mean_square(pairs, |pair| pair.observed)?, mean_square(pairs, |pair| pair.simulated)?);
    ratio(libm::sqrt(error), libm::sqrt(observed) + libm::sqrt(simulated))
}

fn theil_um(pairs: &[Pair]) -> Option<f64> {
    let error = mean(pairs.iter().map(|pair| pair.simulated - pair.observed))?;
    ratio(error * error, mean_square(pairs, |pair| pair.simulated - pair.observed)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(observed: f64, simulated: f64) -> Pair {
        Pair { observed, simulated, is_in_band: Some((simulated - observed).abs() < 1.5) }
    }

    fn near(one: Option<f64>, other: f64) {
        assert!(one.is_some_and(|one| (one - other).abs() < 1e-12), "{one:?} is not {other}");
    }

    /// Yearly tonnage, actual and of a model: Sterman, "Appropriate summary statistics for evaluating the historical fit of
    /// system dynamics models", Dynamica 10 (1984), has the decomposition.
    #[test]
    fn sta_27_goodness_of_fit() {
        let actual = [100.0, 110.0, 121.0, 140.0, 150.0, 165.0];
        let model = [104.0, 108.0, 125.0, 133.0, 155.0, 160.0];
        let pairs: Vec<Pair> = actual.iter().zip(model).map(|(&actual, model)| pair(actual, model)).collect();
        let score = Score::of(&pairs, Some("kt"));
        near_to(score.mape, 0.034_146_005_509_6);
        near_to(score.theil_u1, 0.017_865_394_461_7);
        near_to(score.theil_um, 0.001_234_567_901_23);
    }

    fn near_to(one: Option<f64>, other: f64) {
        assert!(one.is_some_and(|one| (one - other).abs() < 1e-9), "{one:?} is not {other}");
    }

    #[test]
    fn the_formulas_give_what_a_hand_gives() {
        // Errors +1 and −2 of 10 and 20.
        let score = Score::of(&[pair(10.0, 11.0), pair(20.0, 18.0)], Some("d"));
        near(score.mape, 0.1);
        near(score.bias, 0.0);
        near(score.weighted_ape, 3.0 / 30.0);
        // RMSE = √2.5; rms observed = √250; rms simulated = √222.5.
        near(score.theil_u1, 2.5_f64.sqrt() / (250.0_f64.sqrt() + 222.5_f64.sqrt()));
        // Means 15 and 14.5.
        near(score.theil_um, 0.25 / 2.5);
        assert_eq!((score.n, score.with_band, score.in_band), (2, 2, 1));
    }

    #[test]
    fn an_equal_shift_is_all_bias() {
        let score = Score::of(&[pair(1.0, 2.0), pair(5.0, 6.0), pair(3.0, 4.0)], Some("d"));
        near(score.theil_um, 1.0);
    }

    #[test]
    fn what_is_met_has_no_error_and_nothing_has_no_score() {
        let score = Score::of(&[pair(5.0, 5.0)], Some("d"));
        assert_eq!((score.mape, score.theil_u1, score.theil_um), (Some(0.0), Some(0.0), None));
        let score = Score::of(&[], None);
        assert_eq!((score.n, score.mape, score.bias, score.theil_u1), (0, None, None, None));
    }

    #[test]
    fn several_units_are_not_added_up_and_a_zero_has_no_relative_error() {
        let score = Score::of(&[pair(10.0, 12.0), pair(0.0, 1.0)], None);
        near(score.mape, 0.2);
        assert_eq!((score.weighted_ape, score.theil_u1, score.theil_um), (None, None, None));
        assert_eq!(pair(0.0, 1.0).relative_error(), None);
        near(pair(-10.0, -5.0).relative_error(), 0.5);
    }
}
