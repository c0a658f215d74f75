//! Integer histograms that merge exactly.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// Each power of two above the exact range is divided into 2^7 bins, which makes them at most 1/128 wide.
const BITS: u32 = 7;
const BINS_PER_OCTAVE: u64 = 1 << BITS;

/// The bin of a value. The layout is fixed for all `u64` values: exact below 256, then bins less than 1 % wide.
pub fn bin_of(value: u64) -> u32 {
    let shift = value.max(1).ilog2().saturating_sub(BITS);
    shift * BINS_PER_OCTAVE as u32 + (value >> shift) as u32
}

/// The smallest value of a bin.
///
/// # Panics
/// No value has the bin.
pub fn lower(bin: u32) -> u64 {
    let (step, shift) = step_and_shift(bin);
    step << shift
}

/// The greatest value of a bin.
///
/// # Panics
/// No value has the bin.
pub fn upper(bin: u32) -> u64 {
    let (_, shift) = step_and_shift(bin);
    lower(bin) + ((1 << shift) - 1)
}

/// The value in the middle of a bin, rounded down.
///
/// # Panics
/// No value has the bin.
pub fn middle(bin: u32) -> u64 {
    let low = lower(bin);
    low + (upper(bin) - low) / 2
}

fn step_and_shift(bin: u32) -> (u64, u32) {
    assert!(bin <= bin_of(u64::MAX), "no value falls into bin {bin}");
    let bin = u64::from(bin);
    let shift = (bin / BINS_PER_OCTAVE).saturating_sub(1);
    (bin - shift * BINS_PER_OCTAVE, shift as u32)
}

/// What fell into one bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// The number of the bin, as [`bin_of`] gives it.
    pub bin: u32,
    /// How many values.
    pub count: u64,
    /// Their total mass.
    pub mass: u64,
}

/// How many values, and how much mass, fell into each bin; only bins that hold something are kept.
///
/// Counts and masses are integers, so merging is exact, associative and commutative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    // Ascending by bin.
    bins: Vec<Bin>,
}

impl Histogram {
    /// An empty histogram.
    pub const fn new() -> Self {
        Self { bins: Vec::new() }
    }

    /// Adds a value with the mass it stands for, such as the kilograms of a shipment.
    pub fn add(&mut self, value: u64, mass: u64) {
        let bin = bin_of(value);
        match self.bins.binary_search_by_key(&bin, |entry| entry.bin) {
            Ok(place) => {
                self.bins[place].count += 1;
                self.bins[place].mass += mass;
            }
            Err(place) => self.bins.insert(place, Bin { bin, count: 1, mass }),
        }
    }

    /// Adds everything another histogram holds.
    pub fn merge(&mut self, other: &Self) {
        let mut merged = Vec::with_capacity(self.bins.len().max(other.bins.len()));
        let (mut left, mut right) = (self.bins.as_slice(), other.bins.as_slice());
        while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
            let order = a.bin.cmp(&b.bin);
            merged.push(match order {
                Ordering::Less => *a,
                Ordering::Greater => *b,
                Ordering::Equal => Bin { bin: a.bin, count: a.count + b.count, mass: a.mass + b.mass },
            });
            left = if order.is_le() { left_rest } else { left };
            right = if order.is_ge() { right_rest } else { right };
        }
        merged.extend_from_slice(left);
        merged.extend_from_slice(right);
        self.bins = merged;
    }

    /// Gives back the memory kept for growth.
    pub fn shrink(&mut self) {
        self.bins.shrink_to_fit();
    }

    /// Empties the histogram and keeps its memory for the next use.
    pub fn clear(&mut self) {
        self.bins.clear();
    }

    /// The number of values.
    pub fn count(&self) -> u64 {
        self.bins.iter().map(|entry| entry.count).sum()
    }

    /// The total mass.
    pub fn mass(&self) -> u64 {
        self.bins.iter().map(|entry| entry.mass).sum()
    }

    /// Whether nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.bins.is_empty()
    }

    /// The bins that hold something, ascending.
    pub fn iter(&self) -> std::slice::Iter<'_, Bin> {
        self.bins.iter()
    }

    /// The smallest value below or at which a share `p` of the mass lies, as the middle of its bin and hence within
    /// 0.4 %; by count where all masses are 0, none of an empty histogram.
    pub fn quantile(&self, p: f64) -> Option<u64> {
        let by_mass = self.mass() > 0;
        let weights = self.bins.iter().map(|entry| if by_mass { entry.mass } else { entry.count });
        super::quantile::first_reaching(p, weights).map(|place| middle(self.bins[place].bin))
    }
}

impl<'a> IntoIterator for &'a Histogram {
    type Item = &'a Bin;
    type IntoIter = std::slice::Iter<'a, Bin>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::mix64;

    #[test]
    fn bins_tile_the_integers() {
        for bin in 0..bin_of(u64::MAX) {
            assert_eq!(upper(bin) + 1, lower(bin + 1));
            assert_eq!((bin_of(lower(bin)), bin_of(middle(bin)), bin_of(upper(bin))), (bin, bin, bin));
        }
        assert_eq!(upper(bin_of(u64::MAX)), u64::MAX);
        assert_eq!(lower(0), 0);
    }

    #[test]
    fn bins_are_exact_below_256_and_within_one_percent_above() {
        assert!((0..256).all(|value| middle(bin_of(value)) == value));
        for n in 0..10_000 {
            let bin = bin_of(mix64(n) >> (n % 56));
            assert!((upper(bin) - lower(bin)) as f64 <= 0.01 * lower(bin) as f64);
        }
    }

    fn filled(range: std::ops::Range<u64>) -> Histogram {
        let mut histogram = Histogram::new();
        for n in range {
            histogram.add(mix64(n) >> 40, n % 7);
        }
        histogram
    }

    #[test]
    fn merging_is_adding() {
        let mut merged = filled(0..300);
        merged.merge(&filled(300..1000));
        assert_eq!(merged, filled(0..1000));
        assert_eq!(merged.count(), 1000);
        assert_eq!(merged.mass(), (0..1000).map(|n| n % 7).sum::<u64>());
        let mut reversed = filled(300..1000);
        reversed.merge(&filled(0..300));
        assert_eq!(reversed, merged);
        merged.merge(&Histogram::new());
        assert_eq!(reversed, merged);
        assert_eq!((&merged).into_iter().count(), merged.iter().count());
    }

    #[test]
    fn quantiles_weigh_by_mass() {
        let mut histogram = Histogram::new();
        histogram.add(10, 1);
        histogram.add(20, 0);
        histogram.add(30, 9);
        assert_eq!([0.0, 0.1, 0.11, 0.5, 1.0].map(|p| histogram.quantile(p)), [10, 10, 30, 30, 30].map(Some));
    }

    #[test]
    fn quantiles_count_where_nothing_has_mass() {
        let mut histogram = Histogram::new();
        for value in 1..=100 {
            histogram.add(value, 0);
        }
        assert_eq!([0.07, 0.5, 0.95].map(|p| histogram.quantile(p)), [7, 50, 95].map(Some));
        histogram.clear();
        assert!(histogram.is_empty());
        assert_eq!(histogram.quantile(0.5), None);
    }
}
