//! Shipments of several replications together, and their quantiles.

use std::cmp::Ordering;

use super::packed::BinCount;
use super::record::PERCENTILES;
use crate::stats::{Bin, Histogram, bin_of, reaching_each, sum};

/// A quantile in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The quantile, interpolated within its bin.
    pub ms: f64,
    /// What a half-width of it is at least: half the distance between the least and the greatest value of the bin.
    pub resolution: f64,
}

impl Quantile {
    /// None where it falls among the unfinished, which have no time.
    fn within(ms: f64, bin: &Bin) -> Option<Self> {
        (bin.bin < unfinished_bin()).then(|| Self { ms, resolution: bin.resolution() })
    }
}

/// The percentiles of all that a histogram holds; `None` for nothing, or where one falls among the unfinished.
pub(super) fn percentiles(whole: &Histogram) -> [Option<Quantile>; 4] {
    let points = whole.quantiles(&PERCENTILES).unwrap_or_default();
    [0, 1, 2, 3].map(|place| points.get(place).and_then(|&(ms, bin)| Quantile::within(ms, bin)))
}

/// Where a percentile of all that a histogram holds cuts it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    bin: u32,
    /// The part of what the bin holds that lies up to it.
    part: f64,
}

impl Cut {
    /// The part of what a bin holds that lies up to it.
    pub(super) fn part_of(&self, bin: u32) -> f64 {
        match bin.cmp(&self.bin) {
            Ordering::Less => 1.0,
            Ordering::Equal => self.part,
            Ordering::Greater => 0.0,
        }
    }
}

/// Where the percentiles cut a histogram; `None` for nothing.
pub(super) fn cuts(whole: &Histogram) -> Option<[Cut; 4]> {
    let reached = reaching_each(&PERCENTILES, whole.weights())?;
    let bins: Vec<u32> = whole.iter().map(|bin| bin.bin).collect();
    let cut = |place: usize| {
        let of = &reached[place];
        Cut { bin: bins[of.place], part: of.within as f64 / of.weight as f64 }
    };
    Some([0, 1, 2, 3].map(cut))
}

/// How far apart the quantiles at two shares are, in milliseconds; `None` for nothing, or where the upper one falls among the
/// unfinished.
pub(super) fn distance(whole: &Histogram, shares: [f64; 2]) -> Option<f64> {
    match whole.quantiles(&shares)?[..] {
        [(low, _), (high, bin)] if bin.bin < unfinished_bin() => Some(high - low),
        _ => None,
    }
}

/// The weighted standard deviation in milliseconds of what was finished, each value at the mean of its bin.
pub(super) fn sd(whole: &Histogram) -> Option<f64> {
    let finished =
        || whole.iter().zip(whole.weights()).filter(|(bin, weight)| bin.bin < unfinished_bin() && *weight > 0);
    let total = sum(finished().map(|(_, weight)| weight as f64));
    if total <= 0.0 {
        return None;
    }
    let mean = sum(finished().map(|(bin, weight)| bin.mean() * weight as f64)) / total;
    let squares = sum(finished().map(|(bin, weight)| (bin.mean() - mean).powi(2) * weight as f64));
    Some(libm::sqrt(squares / total))
}

/// Bins for which a pool makes room at a time, below its first and behind its last.
const AT_A_TIME: usize = 128;

/// How much of some replications lies in each bin.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// The bin with which `bins` begin.
    first: usize,
    bins: Vec<Content>,
}

/// What lies in a bin.
#[derive(Clone, Copy, Debug, Default)]
struct Content {
    count: u64,
    mass: u64,
}

impl Pool {
    /// Adds a histogram.
    pub fn add(&mut self, bins: impl IntoIterator<Item = BinCount>) {
        for bin in bins {
            self.add_bin(bin.bin as usize, Content { count: bin.count, mass: bin.mass });
        }
    }

    /// Adds what another pool holds.
    pub fn merge(&mut self, other: &Self) {
        for (bin, &content) in (other.first..).zip(&other.bins) {
            self.add_bin(bin, content);
        }
    }

    fn add_bin(&mut self, bin: usize, content: Content) {
        if content.count == 0 {
            return;
        }
        let place = self.place(bin);
        self.bins[place].count += content.count;
        self.bins[place].mass += content.mass;
    }

    /// The place of a bin, for which there is room now.
    fn place(&mut self, bin: usize) -> usize {
        if self.bins.is_empty() {
            self.first = bin;
        }
        if bin < self.first {
            let more = (self.first - bin).max(AT_A_TIME).min(self.first);
            self.bins.splice(0..0, std::iter::repeat_n(Content::default(), more));
            self.first -= more;
        }
        let place = bin - self.first;
        if self.bins.len() <= place {
            self.bins.resize(place + AT_A_TIME, Content::default());
        }
        place
    }

    /// The quantile, interpolated between the values that `reach`, the histogram of at least these replications, has in
    /// the bin; `None` for nothing, or where it falls among the unfinished.
    pub fn quantile(&self, p: f64, reach: &Histogram) -> Option<Quantile> {
        self.quantiles([p], reach)[0]
    }

    /// [`Self::quantile`] at all percentiles.
    pub fn percentiles(&self, reach: &Histogram) -> [Option<Quantile>; 4] {
        self.quantiles(PERCENTILES, reach)
    }

    fn quantiles<const N: usize>(&self, ps: [f64; N], reach: &Histogram) -> [Option<Quantile>; N] {
        let by_mass = self.bins.iter().any(|bin| bin.mass > 0);
        let weights = self.bins.iter().map(|bin| if by_mass { bin.mass } else { bin.count });
        let reached = reaching_each(&ps, weights).unwrap_or_default();
        std::array::from_fn(|at| {
            let reached = reached.get(at)?;
            let bin = reach.get((self.first + reached.place) as u32)?;
            Quantile::within(bin.value_at(reached.within, reached.weight), bin)
        })
    }
}

/// The bin of [`crate::units::Duration::MAX`], which stands for the time of what was not finished.
pub fn unfinished_bin() -> u32 {
    bin_of(i64::MAX.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::lower;

    fn histogram(samples: &[(u64, u64)]) -> Histogram {
        let mut histogram = Histogram::new();
        for &(time, mass) in samples {
            histogram.add(time, mass);
        }
        histogram
    }

    #[test]
    fn a_pool_of_all_has_the_quantiles_of_all() {
        let samples: Vec<(u64, u64)> = (1..1000).map(|n| (n * n * 1000, n % 5)).collect();
        let whole = histogram(&samples);
        let mut pool = Pool::default();
        for half in samples.chunks(500) {
            pool.add(histogram(half).iter().map(BinCount::from));
        }
        assert_eq!(pool.percentiles(&whole), percentiles(&whole));
        assert_eq!(pool.quantile(0.9, &whole), percentiles(&whole)[2]);
    }

    #[test]
    fn bins_come_in_any_order() {
        let bins = [900, 5000, 3, 890, 4999, 5000, 3].map(|bin| BinCount { bin, count: 1, mass: u64::from(bin) });
        let (mut pool, mut whole) = (Pool::default(), Histogram::new());
        for bin in bins {
            let mut one = Pool::default();
            one.add([bin]);
            pool.merge(&one);
            whole.add(lower(bin.bin), bin.mass);
        }
        let places: Vec<(u32, u64)> = (0..)
            .zip(&pool.bins)
            .filter(|(_, content)| content.count > 0)
            .map(|(place, content)| (place + pool.first as u32, content.count))
            .collect();
        assert_eq!(places, [(3, 2), (890, 1), (900, 1), (4999, 1), (5000, 2)]);
        assert_eq!(pool.percentiles(&whole), percentiles(&whole));
    }

    #[test]
    fn the_unfinished_are_slowest_and_have_no_time() {
        let whole = histogram(&[(100, 9), (i64::MAX.unsigned_abs(), 1)]);
        let points = percentiles(&whole).map(|point| point.map(|point| point.ms));
        assert_eq!((points[2], points[3]), (Some(100.0), None));
        assert_eq!(sd(&whole), Some(0.0));
    }
}
