//! Half-widths of percentiles over all shipments of some replications.

use std::cell::OnceCell;

use super::pool::{self, Pool, Quantile};
use super::record::PERCENTILES;
use super::summary::Results;
use crate::stats::{Histogram, half_sample_width, section_half_width, sections, share_interval};

/// Sections of pooled replications for the intervals of quantiles.
const SECTIONS: usize = 20;
/// Nobody is told an interval of a percentile below the median.
const LEAST: f64 = 0.5;

/// Percentiles by [`PERCENTILES`].
pub(super) type Points = [Option<Quantile>; 4];
/// Half-widths of these, in milliseconds.
pub(super) type Widths = [Option<f64>; 4];

impl Results {
    /// Half-widths from the shares of replications that lie up to a percentile; from sections of replications where there are
    /// few, and where the upper end lies among the unfinished.
    pub(super) fn widths_of_years(&self, series: &[u32], whole: &Histogram, points: &Points, level: f64) -> Widths {
        let of_sections = OnceCell::new();
        let shares = self.shares(series, whole);
        [0, 1, 2, 3].map(|place| {
            let width = || {
                let shares = share_interval(PERCENTILES[place], &shares.as_ref()?[place], level)?;
                pool::distance(whole, shares).map(|ms| 0.5 * ms)
            };
            points[place]?;
            if PERCENTILES[place] < LEAST {
                return None;
            }
            width().or_else(|| of_sections.get_or_init(|| self.widths_of_sections(series, whole, points, level))[place])
        })
    }

    /// By percentile and record: how much of some series lies up to the percentile of all records, and how much there is.
    fn shares(&self, series: &[u32], whole: &Histogram) -> Option<[Vec<(f64, f64)>; 4]> {
        let cuts = pool::cuts(whole)?;
        let by_mass = whole.mass() > 0;
        let mut shares = [(); 4].map(|()| vec![(0.0, 0.0); self.records.len()]);
        for &of in series {
            for (record, bins) in self.records.histograms(of as usize).iter().enumerate() {
                for bin in bins {
                    let weight = if by_mass { bin.mass } else { bin.count } as f64;
                    for (cut, shares) in cuts.iter().zip(&mut shares) {
                        shares[record].0 += weight * cut.part_of(bin.bin);
                        shares[record].1 += weight;
                    }
                }
            }
        }
        Some(shares)
    }

    fn widths_of_sections(&self, series: &[u32], whole: &Histogram, points: &Points, level: f64) -> Widths {
        let parts = self.pools(&sections(self.records.len(), SECTIONS), series);
        let of_parts: Vec<Points> = parts.iter().map(|part| part.percentiles(whole)).collect();
        [0, 1, 2, 3].map(|place| {
            let quantiles: Option<Vec<f64>> = of_parts.iter().map(|part| Some(part[place]?.ms)).collect();
            section_half_width(points[place]?.ms, &quantiles?, level)
        })
    }

    /// The same where inputs are drawn: the half-widths are of sampling error alone.
    pub(super) fn widths_of_halves(
        &self,
        strata: &[[Vec<usize>; 2]],
        series: &[u32],
        whole: &Histogram,
        points: &Points,
        level: f64,
    ) -> Widths {
        let halves: Vec<_> = strata.iter().flatten().map(|half| half.iter().copied()).collect();
        let pools = self.pools(&halves, series);
        let pools = pools.as_chunks::<2>().0;
        [0, 1, 2, 3].map(|place| {
            half_sample_width(points[place]?.ms, pools.len(), level, |taken| {
                let mut sample = Pool::default();
                for (halves, &half) in pools.iter().zip(taken) {
                    sample.merge(&halves[half]);
                }
                sample.quantile(PERCENTILES[place], whole).map(|quantile| quantile.ms)
            })
        })
    }
}
