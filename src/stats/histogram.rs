//! Integer histograms that merge exactly.

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
    /// The least of them.
    pub least: u64,
    /// The greatest of them.
    pub greatest: u64,
    /// Their sum, at most [`u64::MAX`].
    pub sum: u64,
}

impl Bin {
    /// A bin with one value.
    pub fn of(value: u64, mass: u64) -> Self {
        Self { bin: bin_of(value), count: 1, mass, least: value, greatest: value, sum: value }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.mass += other.mass;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        // Saturating addition is associative too; only values that stand for no number come to the end of the range.
        self.sum = self.sum.saturating_add(other.sum);
    }

    /// The mean of its values.
    pub fn mean(&self) -> f64 {
        self.sum as f64 / self.count as f64
    }

    /// The value at which `within` of the bin's whole weight is reached, counted from its least value: values are taken
    /// to stand in even steps from the least to the greatest, which one value and two of one mass do.
    pub fn value_at(&self, within: u128, weight: u64) -> f64 {
        let ranks = within * u128::from(self.count);
        let steps = ranks.div_ceil(u128::from(weight.max(1))).saturating_sub(1) as f64;
        let last = self.count.saturating_sub(1).max(1) as f64;
        self.least as f64 + (self.greatest - self.least) as f64 * (steps / last).min(1.0)
    }

    /// Half the distance between its least and its greatest value, within which a value interpolated between them is
    /// known.
    pub fn resolution(&self) -> f64 {
        0.5 * (self.greatest - self.least) as f64
    }
}

/// How many values, and how much mass, fell into each bin, and from where to where they reach; only bins that hold
/// something are kept.
///
/// All of it is integers, so merging is exact, associative and commutative.
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

    /// A histogram of bins that hold something and ascend.
    pub(super) fn of_ascending(bins: Vec<Bin>) -> Self {
        debug_assert!(bins.is_sorted_by(|one, next| one.bin < next.bin), "bins ascend");
        Self { bins }
    }

    /// Adds a value with the mass it stands for, such as the kilograms of a shipment.
    pub fn add(&mut self, value: u64, mass: u64) {
        self.add_bin(&Bin::of(value, mass));
    }

    /// Adds what fell into a bin elsewhere.
    pub fn add_bin(&mut self, bin: &Bin) {
        // Values often come in ascending order.
        let after_last = self.bins.last().is_none_or(|last| last.bin < bin.bin);
        let place = if after_last { Err(self.bins.len()) } else { self.place(bin.bin) };
        match place {
            Ok(place) => self.bins[place].add(bin),
            Err(place) => self.bins.insert(place, *bin),
        }
    }

    fn place(&self, bin: u32) -> Result<usize, usize> {
        match self.bins.last() {
            Some(last) if last.bin == bin => Ok(self.bins.len() - 1),
            _ => self.bins.binary_search_by_key(&bin, |entry| entry.bin),
        }
    }

    /// The place of a bin among those that hold something, if it does.
    pub(super) fn place_of(&self, bin: u32) -> Option<usize> {
        self.place(bin).ok()
    }

    /// What fell into a bin, if anything did.
    pub fn get(&self, bin: u32) -> Option<&Bin> {
        self.place(bin).ok().map(|place| &self.bins[place])
    }

    /// Adds everything another histogram holds.
    pub fn merge(&mut self, other: &Self) {
        let mut place = 0;
        let mut new = Vec::new();
        for bin in &other.bins {
            place += number_before(&self.bins[place..], bin.bin);
            match self.bins.get_mut(place) {
                Some(entry) if entry.bin == bin.bin => entry.add(bin),
                _ => new.push(*bin),
            }
        }
        if !new.is_empty() {
            // No room for growth: a run keeps hundreds of thousands of bins. Two ascending runs, which a stable sort merges.
            self.bins.reserve_exact(new.len());
            self.bins.extend(new);
            self.bins.sort_by_key(|entry| entry.bin);
        }
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

    /// The weight of each bin in quantiles: its mass, or its count where nothing has mass.
    pub fn weights(&self) -> impl Iterator<Item = u64> + Clone + '_ {
        let by_mass = self.mass() > 0;
        self.bins.iter().map(move |entry| if by_mass { entry.mass } else { entry.count })
    }

    /// The value below or at which a share `p` of the mass lies, interpolated between the least and the greatest value of
    /// its bin, with that bin; by count where all masses are 0, none of an empty histogram.
    pub fn quantile(&self, p: f64) -> Option<(f64, &Bin)> {
        self.quantiles(&[p])?.pop()
    }

    /// [`Self::quantile`] at several rising shares in one walk.
    pub fn quantiles(&self, ps: &[f64]) -> Option<Vec<(f64, &Bin)>> {
        let reached = super::quantile::reaching_each(ps, self.weights())?;
        let value = |reached: &super::Reached| {
            let bin = &self.bins[reached.place];
            (bin.value_at(reached.within, reached.weight), bin)
        };
        Some(reached.iter().map(value).collect())
    }
}

impl<'a> IntoIterator for &'a Histogram {
    type Item = &'a Bin;
    type IntoIter = std::slice::Iter<'a, Bin>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// How many of some ascending entries come before a bin. Quick where they are few, as they mostly are where one year is added to
/// many (exponential search: Bentley and Yao, "An almost optimal algorithm for unbounded searching", Information Processing
/// Letters 5, 1976).
fn number_before(entries: &[Bin], bin: u32) -> usize {
    let mut reach = 1;
    while entries.get(reach - 1).is_some_and(|entry| entry.bin < bin) {
        reach *= 2;
    }
    let from = reach / 2;
    from + entries[from..reach.min(entries.len())].partition_point(|entry| entry.bin < bin)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "what is whole milliseconds is to be exact")]
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
    fn those_before_a_bin_are_counted_wherever_it_is() {
        for length in 0..40 {
            let entries: Vec<Bin> = (0..length).map(|n| Bin { bin: 2 * n + 1, ..Bin::of(0, 0) }).collect();
            for bin in 0..=2 * length {
                assert_eq!(number_before(&entries, bin) as u32, bin / 2, "{bin} among {length}");
            }
        }
    }

    fn quantiles<const N: usize>(histogram: &Histogram, ps: [f64; N]) -> [f64; N] {
        ps.map(|p| histogram.quantile(p).unwrap().0)
    }

    #[test]
    fn quantiles_weigh_by_mass() {
        let mut histogram = Histogram::new();
        histogram.add(10, 1);
        histogram.add(20, 0);
        histogram.add(30, 9);
        assert_eq!(quantiles(&histogram, [0.0, 0.1, 0.11, 0.5, 1.0]), [10.0, 10.0, 30.0, 30.0, 30.0]);
    }

    #[test]
    fn quantiles_count_where_nothing_has_mass() {
        let mut histogram = Histogram::new();
        for value in 1..=100 {
            histogram.add(value, 0);
        }
        assert_eq!(quantiles(&histogram, [0.07, 0.5, 0.95]), [7.0, 50.0, 95.0]);
        histogram.clear();
        assert!(histogram.is_empty());
        assert_eq!(histogram.quantile(0.5), None);
    }

    /// Ten hours are no bound of a bin, and a second more falls into the same bin.
    #[test]
    fn a_constant_and_two_constants_of_one_bin_are_exact() {
        let mut histogram = Histogram::new();
        for _ in 0..366 {
            histogram.add(36_000_000, 10_000);
        }
        let (value, bin) = histogram.quantile(0.5).unwrap();
        assert_eq!((value, bin.resolution(), bin.mean()), (36_000_000.0, 0.0, 36_000_000.0));
        let mut two = Histogram::new();
        two.add(36_001_000, 7);
        two.add(36_000_000, 7);
        assert_eq!(two.iter().count(), 1);
        assert_eq!(quantiles(&two, [0.5, 0.51, 0.95]), [36_000_000.0, 36_001_000.0, 36_001_000.0]);
        assert_eq!(two.quantile(0.5).unwrap().1.resolution(), 500.0);
    }

    #[test]
    fn many_values_of_a_bin_stand_in_even_steps() {
        let mut histogram = Histogram::new();
        for step in 0..=100 {
            histogram.add(36_000_000 + 1000 * step, 3);
        }
        assert_eq!(histogram.iter().count(), 1);
        assert_eq!(quantiles(&histogram, [0.0, 0.5, 1.0]), [36_000_000.0, 36_050_000.0, 36_100_000.0]);
    }

    #[test]
    fn values_without_number_saturate_in_any_order() {
        let unknown = Bin::of(i64::MAX.unsigned_abs(), 1);
        let mut one = Histogram::new();
        for _ in 0..5 {
            one.add_bin(&unknown);
        }
        let mut other = one.clone();
        other.merge(&one);
        assert_eq!(other.get(unknown.bin).unwrap().sum, u64::MAX);
        assert_eq!(other.count(), 10);
    }
}
