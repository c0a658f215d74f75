//! What histograms add up to, and whether that can be counted.

use super::catalogue::Catalogue;
use crate::stats::Histogram;

/// Greater counts are those of no run, and have no room where histograms are kept.
pub(super) const MOST_COUNT: u64 = 1 << 60;

/// Count and mass.
type Total = (u128, u128);

/// Whether the histograms of some results together, by series, and what rows pool of them can be added up.
///
/// # Errors
/// What cannot be, in words.
pub(super) fn check<'h>(catalogue: &Catalogue, parts: impl Iterator<Item = &'h [Histogram]>) -> Result<(), String> {
    let mut totals: Vec<Total> = vec![(0, 0); catalogue.series.len()];
    for part in parts {
        totals.iter_mut().zip(part).for_each(|(total, histogram)| *total = and(*total, of(histogram)));
    }
    for (total, series) in totals.iter().zip(&catalogue.series) {
        within(*total, || format!("{} of {}", series.measure, series.subject))?;
    }
    for pooled in &catalogue.pooled {
        let total = pooled.series.iter().fold((0, 0), |sum, &of| and(sum, totals[of as usize]));
        let row = &catalogue.rows[pooled.row as usize];
        within(total, || format!("{} of {}", row.measure, row.subject))?;
    }
    Ok(())
}

fn of(histogram: &Histogram) -> Total {
    histogram.iter().fold((0, 0), |sum, bin| and(sum, (u128::from(bin.count), u128::from(bin.mass))))
}

const fn and(one: Total, other: Total) -> Total {
    (one.0 + other.0, one.1 + other.1)
}

fn within((count, mass): Total, of: impl FnOnce() -> String) -> Result<(), String> {
    let is_within = count <= u128::from(MOST_COUNT) && mass <= u128::from(u64::MAX);
    is_within.then_some(()).ok_or_else(|| format!("`count` or `mass` of {} adds up to more than can be", of()))
}
