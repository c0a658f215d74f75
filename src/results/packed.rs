//! Histograms in few bytes, and their pooling.

use crate::stats::{Bin, Histogram, bin_of, middle};

/// What the ranks of quantiles are lowered by, relatively, as in [`crate::stats::weighted_quantile`].
const SLACK: f64 = 1e-12;

/// A histogram as it is kept by the thousand: gaps between bins, counts and masses in as few bytes as they need.
///
/// First stand the greatest common divisor of all masses and the mass of one in the first bin; masses are written in
/// that divisor (wagons weigh whole multiples of a wagon), and only where a bin differs from the mass of one. Most bins
/// hold a single shipment, and share one number for that and the gap before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(Box<[u8]>);

/// Bits of the number that begins a bin.
const SINGLE: u64 = 1;
const DIFFERS: u64 = 2;

impl Packed {
    /// Packs bins that ascend.
    pub fn of<'a>(bins: impl IntoIterator<Item = &'a Bin, IntoIter: Clone>) -> Self {
        let bins = bins.into_iter();
        let mut bytes = Vec::new();
        let Some(first) = bins.clone().next() else { return Self::default() };
        let divisor = bins.clone().fold(0, |divisor, bin| greatest_common_divisor(divisor, bin.mass));
        let each = first.mass / first.count.max(1);
        put(&mut bytes, divisor);
        put(&mut bytes, each);
        let mut next = 0;
        for bin in bins {
            let gap = u64::from(bin.bin - next);
            next = bin.bin + 1;
            let differs = if bin.mass == each.wrapping_mul(bin.count) { 0 } else { DIFFERS };
            if bin.count == 1 {
                put(&mut bytes, gap << 2 | differs | SINGLE);
            } else {
                put(&mut bytes, bin.count << 2 | differs);
                put(&mut bytes, gap);
            }
            if differs > 0 {
                put(&mut bytes, bin.mass / divisor.max(1));
            }
        }
        Self(bytes.into_boxed_slice())
    }

    /// Packs durations in milliseconds with their weights.
    pub(super) fn of_samples(samples: &[(i64, i64)]) -> Self {
        let mut histogram = Histogram::new();
        for &(time, weight) in samples {
            histogram.add(time.max(0).unsigned_abs(), weight.max(0).unsigned_abs());
        }
        Self::of(&histogram)
    }

    /// The bins, ascending.
    pub fn iter(&self) -> Bins<'_> {
        Bins::of(&self.0)
    }
}

impl<'a> IntoIterator for &'a Packed {
    type Item = Bin;
    type IntoIter = Bins<'a>;

    fn into_iter(self) -> Bins<'a> {
        self.iter()
    }
}

/// The bins of a packed histogram.
#[derive(Clone, Debug)]
pub struct Bins<'a> {
    bytes: &'a [u8],
    /// The first bin that may come next.
    next: u32,
    /// What masses are written in.
    divisor: u64,
    /// The usual mass of one.
    each: u64,
}

impl<'a> Bins<'a> {
    fn of(mut bytes: &'a [u8]) -> Self {
        let mut head = || if bytes.is_empty() { 0 } else { take(&mut bytes) };
        let (divisor, each) = (head(), head());
        Self { bytes, next: 0, divisor, each }
    }
}

impl Iterator for Bins<'_> {
    type Item = Bin;

    fn next(&mut self) -> Option<Bin> {
        if self.bytes.is_empty() {
            return None;
        }
        let head = take(&mut self.bytes);
        let (count, gap) = if head & SINGLE != 0 { (1, head >> 2) } else { (head >> 2, take(&mut self.bytes)) };
        let usual = self.each.wrapping_mul(count);
        let mass = if head & DIFFERS != 0 { take(&mut self.bytes).wrapping_mul(self.divisor) } else { usual };
        let bin = self.next + gap as u32;
        self.next = bin + 1;
        Some(Bin { bin, count, mass })
    }
}

const fn greatest_common_divisor(mut one: u64, mut other: u64) -> u64 {
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn put(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn take(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    let mut shift = 0;
    while let [first, rest @ ..] = *bytes {
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            break;
        }
        shift += 7;
    }
    value
}

/// The histograms of a record, one after another in one piece of memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    bytes: Box<[u8]>,
    ends: Box<[u32]>,
}

impl Shelf {
    /// The histogram at an index.
    ///
    /// # Panics
    /// If there is none.
    pub fn get(&self, index: usize) -> Bins<'_> {
        let start = index.checked_sub(1).map_or(0, |last| self.ends[last] as usize);
        Bins::of(&self.bytes[start..self.ends[index] as usize])
    }

    /// All histograms in order.
    pub fn iter(&self) -> impl Iterator<Item = Bins<'_>> {
        (0..self.ends.len()).map(|index| self.get(index))
    }

    /// Its size in memory.
    pub fn bytes(&self) -> usize {
        self.bytes.len() + 4 * self.ends.len()
    }
}

impl FromIterator<Packed> for Shelf {
    fn from_iter<I: IntoIterator<Item = Packed>>(histograms: I) -> Self {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for packed in histograms {
            bytes.extend_from_slice(&packed.0);
            ends.push(bytes.len() as u32);
        }
        Self { bytes: bytes.into_boxed_slice(), ends: ends.into_boxed_slice() }
    }
}

/// Bins of many histograms added up.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// Count and mass by bin.
    bins: Vec<(u64, u64)>,
}

impl Pool {
    /// Adds a histogram.
    pub fn add(&mut self, bins: impl IntoIterator<Item = Bin>) {
        for bin in bins {
            self.add_bin(bin.bin as usize, (bin.count, bin.mass));
        }
    }

    /// Adds what another pool holds.
    pub fn merge(&mut self, other: &Self) {
        for (bin, &content) in other.bins.iter().enumerate() {
            self.add_bin(bin, content);
        }
    }

    fn add_bin(&mut self, bin: usize, (count, mass): (u64, u64)) {
        if count == 0 {
            return;
        }
        if self.bins.len() <= bin {
            self.bins.resize(bin + 1, (0, 0));
        }
        self.bins[bin].0 += count;
        self.bins[bin].1 += mass;
    }

    /// The weight of each bin: its mass, or its count where nothing has mass.
    fn weights(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let by_mass = self.bins.iter().any(|bin| bin.1 > 0);
        self.bins.iter().enumerate().map(move |(place, bin)| (place, if by_mass { bin.1 } else { bin.0 }))
    }

    /// The quantile in milliseconds, within 0.4 %; none of nothing, or where it falls among the unfinished.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let total: u128 = self.weights().map(|(_, weight)| u128::from(weight)).sum();
        let target = libm::ceil(p * total as f64 * (1.0 - SLACK)) as u128;
        let mut below = 0_u128;
        let (bin, _) = self.weights().find(|&(_, weight)| {
            below += u128::from(weight);
            weight > 0 && below >= target
        })?;
        (bin < unfinished_bin()).then(|| middle(bin as u32) as f64)
    }

    /// The weighted standard deviation in milliseconds of what was finished, from the middles of the bins.
    pub fn sd(&self) -> Option<f64> {
        let finished = || self.weights().filter(|&(bin, weight)| bin < unfinished_bin() && weight > 0);
        let value = |bin: usize| middle(bin as u32) as f64;
        let total = crate::stats::sum(finished().map(|(_, weight)| weight as f64));
        if total <= 0.0 {
            return None;
        }
        let mean = crate::stats::sum(finished().map(|(bin, weight)| value(bin) * weight as f64)) / total;
        let squares = crate::stats::sum(finished().map(|(bin, weight)| (value(bin) - mean).powi(2) * weight as f64));
        Some(libm::sqrt(squares / total))
    }
}

/// The bin of [`crate::units::Duration::MAX`].
fn unfinished_bin() -> usize {
    bin_of(i64::MAX.unsigned_abs()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_loses_nothing() {
        let samples = [(0_i64, 3_i64), (5, 0), (86_400_000, 64_000), (86_400_001, 1), (i64::MAX, 7)];
        let mut histogram = Histogram::new();
        for (time, weight) in samples {
            histogram.add(time.unsigned_abs(), weight.unsigned_abs());
        }
        let packed = Packed::of_samples(&samples);
        assert!(packed.iter().eq(histogram.iter().copied()));
    }

    #[test]
    fn pooled_quantiles_are_those_of_the_histogram() {
        let samples: Vec<(i64, i64)> = (1..1000).map(|n| (n * n * 1000, n % 5)).collect();
        let mut histogram = Histogram::new();
        let mut pool = Pool::default();
        for half in samples.chunks(500) {
            pool.add(&Packed::of_samples(half));
            for &(time, mass) in half {
                histogram.add(time.unsigned_abs(), mass.unsigned_abs());
            }
        }
        for p in [0.05, 0.5, 0.9, 0.95] {
            assert_eq!(pool.quantile(p), histogram.quantile(p).map(|ms| ms as f64));
        }
    }

    #[test]
    fn the_unfinished_are_slowest_and_have_no_time() {
        let mut pool = Pool::default();
        pool.add(&Packed::of_samples(&[(100, 9), (i64::MAX, 1)]));
        assert_eq!((pool.quantile(0.9), pool.quantile(0.95)), (Some(100.0), None));
        assert_eq!(pool.sd(), Some(0.0));
    }
}
