//! How much of the start of a run to leave out.

use super::sum::sum;

const BATCH: usize = 5;

/// Where MSER-5 cuts a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncation {
    /// The number of whole batches of five observations.
    pub batches: usize,
    /// The number of observations to leave out at the start.
    pub observations: usize,
    /// The least value of the criterion.
    pub statistic: f64,
    /// The mean of the batches that stay.
    pub mean: f64,
    /// Whether the cut is at the last place allowed, half of the series: the run is then too short to be used.
    pub is_at_limit: bool,
}

/// The MSER-5 rule: leaves out the batches of five whose removal makes the interval of the rest shortest.
///
/// Over d from 0 to half the number k of batches it takes the first least `sum_{j>d} (z_j - mean)^2 / (k - d)^2` (White,
/// Simulation 69, 1997; White, Cobb, Spratt, WSC 2000). Observations after the last whole batch are ignored. Returns `None` for
/// fewer than two batches.
pub fn mser5(series: &[f64]) -> Option<Truncation> {
    let batches: Vec<f64> = series.chunks_exact(BATCH).map(|batch| sum(batch.iter().copied()) / BATCH as f64).collect();
    let last = batches.len() / 2;
    let criteria = (0..=last).map(|cut| (cut, criterion(&batches[cut..])));
    let (cut, (statistic, mean)) = criteria.min_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
    (batches.len() >= 2).then_some(Truncation {
        batches: batches.len(),
        observations: cut * BATCH,
        statistic,
        mean,
        is_at_limit: cut == last,
    })
}

/// The criterion and the mean of the batches that stay.
fn criterion(rest: &[f64]) -> (f64, f64) {
    let n = rest.len() as f64;
    let mean = sum(rest.iter().copied()) / n;
    (sum(rest.iter().map(|z| (z - mean) * (z - mean))) / (n * n), mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White (1997); the series decays as 50 exp(-t/12) under a sawtooth of period 13. Values computed by an
    /// independent program.
    #[test]
    fn sta_10_mser5() {
        let series: Vec<f64> =
            (0..200).map(|t| 50.0 * libm::exp(-f64::from(t) / 12.0) + f64::from((7919 * t) % 13) / 13.0).collect();
        let truncation = mser5(&series).unwrap();
        assert_eq!((truncation.batches, truncation.observations), (40, 85));
        assert!((truncation.statistic - 0.000_291_791_336_293).abs() < 1e-12);
        assert!((truncation.mean - 0.459_411_346_921).abs() < 1e-9);
        assert!(!truncation.is_at_limit);
        assert!((sum(series.iter().copied()) / 200.0 - 3.584_428_037_24).abs() < 1e-9);
    }

    #[test]
    fn a_trend_is_cut_at_the_limit_and_a_constant_not_at_all() {
        let trend: Vec<f64> = (0..100).map(f64::from).collect();
        assert!(mser5(&trend).unwrap().is_at_limit);
        assert_eq!(mser5(&[3.0; 50]).unwrap().observations, 0);
        assert_eq!(mser5(&[3.0; 9]), None);
        assert_eq!(mser5(&[]), None);
    }
}
