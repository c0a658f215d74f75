//! Samples in the bins of their histogram, without sorting them: what several series together have for a mean and for quantiles
//! is exact all the same, since only the samples of the bin in which a quantile lies are looked at one by one.

use super::histogram::{Bin, Histogram, bin_of};
use super::quantile::{Reached, Sample, reaching_each};

/// Up to so many samples are put in order by sorting them.
const FEW: usize = 64;

/// The samples of a series, those of a bin side by side and bins ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binned {
    samples: Vec<Sample>,
    /// By bin of the histogram: the place of its first sample.
    starts: Vec<usize>,
    histogram: Histogram,
    by_weight: Sums,
    by_number: Sums,
}

/// What a mean is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    /// Sum of value × weight.
    total: i128,
    /// Sum of the weights.
    weights: i128,
    /// How many have a weight.
    count: u64,
}

impl Sums {
    fn add(&mut self, value: i64, weight: u64) {
        self.total += i128::from(value) * i128::from(weight);
        self.weights += i128::from(weight);
        self.count += u64::from(weight > 0);
    }

    const fn plus(self, other: Self) -> Self {
        Self { total: self.total + other.total, weights: self.weights + other.weights, count: self.count + other.count }
    }
}

/// The weight of a sample; what is below 0 counts as 0.
fn weight(sample: &Sample) -> u64 {
    sample.weight.max(0).unsigned_abs()
}

fn bin(sample: &Sample) -> u32 {
    bin_of(sample.value.max(0).unsigned_abs())
}

/// Puts samples into bins; one for many series saves its memory.
#[derive(Clone, Debug, Default)]
pub struct Binner {
    bins: Vec<u32>,
    /// By bin from the first: where its next sample goes.
    next: Vec<usize>,
    /// What was found of a series: its bins, and where each begins.
    found: Vec<Bin>,
    starts: Vec<usize>,
}

impl Binner {
    /// The samples of a series, in any order. A value below 0 is in the bin of 0. The greatest value there is stands for none:
    /// it belongs to quantiles and not to the mean.
    pub fn bin(&mut self, samples: &[Sample]) -> Binned {
        let samples = if samples.len() <= FEW {
            let mut few = samples.to_vec();
            few.sort_unstable_by_key(|sample| sample.value);
            few
        } else {
            self.in_bins(samples)
        };
        self.described(samples)
    }

    /// Samples ordered by bin: counted, then each put to its place.
    fn in_bins(&mut self, samples: &[Sample]) -> Vec<Sample> {
        self.bins.clear();
        self.bins.extend(samples.iter().map(bin));
        // What stands for no value lies thousands of bins above all others, and is put right behind them.
        let none = bin_of(i64::MAX.unsigned_abs());
        let finished = || self.bins.iter().copied().filter(|bin| *bin < none);
        let (least, most) = (finished().min().unwrap_or(0), finished().max().unwrap_or(0));
        let behind = most - least + 1;
        self.next.clear();
        self.next.resize(behind as usize + 1, 0);
        for bin in &mut self.bins {
            *bin = if *bin < none { *bin - least } else { behind };
            self.next[*bin as usize] += 1;
        }
        let mut before = 0;
        for next in &mut self.next {
            before += std::mem::replace(next, before);
        }
        let mut ordered = vec![Sample::new(0, 0); samples.len()];
        for (sample, &bin) in samples.iter().zip(&self.bins) {
            let place = &mut self.next[bin as usize];
            ordered[*place] = *sample;
            *place += 1;
        }
        ordered
    }

    /// All else from samples ordered by bin.
    fn described(&mut self, samples: Vec<Sample>) -> Binned {
        self.found.clear();
        self.starts.clear();
        let (mut by_weight, mut by_number) = (Sums::default(), Sums::default());
        for (place, sample) in samples.iter().enumerate() {
            let new = Bin::of(sample.value.max(0).unsigned_abs(), weight(sample));
            match self.found.last_mut() {
                Some(last) if last.bin == new.bin => last.add(&new),
                _ => {
                    self.found.push(new);
                    self.starts.push(place);
                }
            }
            if sample.value < i64::MAX {
                by_weight.add(sample.value, weight(sample));
                by_number.add(sample.value, 1);
            }
        }
        let histogram = Histogram::of_ascending(self.found.clone());
        Binned { samples, starts: self.starts.clone(), histogram, by_weight, by_number }
    }
}

impl Binned {
    /// How much lies in each bin.
    pub const fn histogram(&self) -> &Histogram {
        &self.histogram
    }

    /// The histogram alone.
    pub fn into_histogram(self) -> Histogram {
        self.histogram
    }

    /// The samples of a bin.
    fn samples_in(&self, bin: u32) -> &[Sample] {
        let Some(place) = self.histogram.place_of(bin) else { return &[] };
        let end = self.starts.get(place + 1).copied().unwrap_or(self.samples.len());
        &self.samples[self.starts[place]..end]
    }
}

/// Several series as one. Each value counts by its weight, or all alike where no weight is above 0.
#[derive(Clone, Debug)]
pub struct PooledSeries<'a> {
    parts: Vec<&'a Binned>,
    is_weighted: bool,
}

impl<'a> FromIterator<&'a Binned> for PooledSeries<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Binned>>(parts: I) -> Self {
        let parts: Vec<&Binned> = parts.into_iter().filter(|part| !part.samples.is_empty()).collect();
        let is_weighted = parts.iter().any(|part| part.histogram.mass() > 0);
        Self { parts, is_weighted }
    }
}

impl PooledSeries<'_> {
    /// The mean from exact sums, not a number of nothing, and of how many values with a weight it is.
    pub fn mean(&self) -> (f64, u64) {
        let sums = self.parts.iter().map(|part| if self.is_weighted { part.by_weight } else { part.by_number });
        let all = sums.fold(Sums::default(), Sums::plus);
        (all.total as f64 / all.weights as f64, all.count)
    }

    /// At each of some rising p the smallest value x with F(x) >= p (the inverse of the empirical distribution function);
    /// `None` of nothing.
    pub fn quantiles(&self, ps: &[f64]) -> Option<Vec<i64>> {
        let weights = self.weights();
        let reached = reaching_each(ps, weights.iter().map(|(_, weight)| *weight))?;
        Some(reached.iter().map(|reached| self.value_at(weights[reached.place].0, reached)).collect())
    }

    /// The weight of each bin, ascending by bin; some may hold nothing.
    fn weights(&self) -> Vec<(u32, u64)> {
        let weight = |bin: &Bin| if self.is_weighted { bin.mass } else { bin.count };
        if let [part] = self.parts[..] {
            return part.histogram.iter().map(|bin| (bin.bin, weight(bin))).collect();
        }
        // Values that stand for none lie far above all others, and are added behind them.
        let none = bin_of(i64::MAX.unsigned_abs());
        let bins = || self.parts.iter().flat_map(|part| part.histogram.iter());
        let finished = || bins().filter(|bin| bin.bin < none);
        let first = finished().map(|bin| bin.bin).min().unwrap_or(none);
        let end = finished().map(|bin| bin.bin + 1).max().unwrap_or(none);
        let mut weights: Vec<(u32, u64)> = (first..end).chain([none]).map(|bin| (bin, 0)).collect();
        for bin in bins() {
            let place = if bin.bin < none { (bin.bin - first) as usize } else { weights.len() - 1 };
            weights[place].1 += weight(bin);
        }
        weights
    }

    /// The value in a bin at which so much of its weight is reached.
    fn value_at(&self, bin: u32, reached: &Reached) -> i64 {
        let parts: Vec<&[Sample]> = self.parts.iter().map(|part| part.samples_in(bin)).collect();
        let mut samples = parts.concat();
        samples.sort_unstable_by_key(|sample| sample.value);
        let mut until = 0;
        let counted = |sample: &&Sample| {
            let weight = if self.is_weighted { weight(sample) } else { 1 };
            until += u128::from(weight);
            weight > 0 && until >= reached.within
        };
        // What the bin holds adds up to what is wanted of it, or more.
        samples.iter().find(counted).map_or(i64::MAX, |sample| sample.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::mix64;

    /// The definition, on sorted values.
    fn quantile(samples: &[Sample], p: f64) -> Option<i64> {
        let is_weighted = samples.iter().any(|sample| sample.weight > 0);
        let weighed = |sample: &Sample| if is_weighted { weight(sample) } else { 1 };
        let total: u64 = samples.iter().map(weighed).sum();
        let mut until = 0;
        let reaches = |sample: &&Sample| {
            until += weighed(sample);
            weighed(sample) > 0 && until as f64 >= p * total as f64 * (1.0 - 1e-12)
        };
        samples.iter().find(reaches).map(|sample| sample.value)
    }

    /// Values over some octaves with ties, zeros and such as stand for none; weights of which some are 0.
    fn samples(seed: u64, number: u64, has_weights: bool) -> Vec<Sample> {
        let sample = |n: u64| {
            let word = mix64(seed << 32 | n);
            let value = match word % 50 {
                0 => i64::MAX,
                1 => 0,
                _ => (word >> 40 >> (word % 9)) as i64 / 7 * 7,
            };
            Sample::new(value, if has_weights { (word >> 20) as i64 % 4 * 1000 } else { 0 })
        };
        (0..number).map(sample).collect()
    }

    #[test]
    fn several_series_have_the_mean_and_the_quantiles_of_their_samples() {
        let ps = [0.0, 0.05, 0.5, 0.9, 0.95, 1.0];
        for (seed, sizes) in [[5, 0, 900], [1, 1, 1], [65, 64, 63], [4000, 0, 0], [0, 0, 0]].into_iter().enumerate() {
            for has_weights in [false, true] {
                let parts: Vec<Vec<Sample>> = (0..)
                    .zip(sizes)
                    .map(|(part, number)| samples(seed as u64 * 7 + part, number, has_weights))
                    .collect();
                let mut binner = Binner::default();
                let series: Vec<Binned> = parts.iter().map(|part| binner.bin(part)).collect();
                let pooled: PooledSeries<'_> = series.iter().collect();
                let mut all = parts.concat();
                all.sort_unstable();
                let expected: Option<Vec<i64>> = ps.iter().map(|&p| quantile(&all, p)).collect();
                assert_eq!(pooled.quantiles(&ps), expected, "{sizes:?}");
                let is_weighted = all.iter().any(|sample| sample.weight > 0);
                let finished = all.iter().filter(|sample| sample.value < i64::MAX);
                let (total, weights) = finished.fold((0_i128, 0_i128), |(total, weights), sample| {
                    let weight = if is_weighted { i128::from(sample.weight) } else { 1 };
                    (total + i128::from(sample.value) * weight, weights + weight)
                });
                let (mean, _) = pooled.mean();
                assert!(mean.total_cmp(&(total as f64 / weights as f64)).is_eq() || mean.is_nan() && weights == 0);
            }
        }
    }

    #[test]
    fn weights_count_and_without_weights_values_count_alike() {
        let quantiles = |samples: &[(i64, i64)], ps: &[f64]| {
            let samples: Vec<Sample> = samples.iter().map(|&(value, weight)| Sample::new(value, weight)).collect();
            [&Binner::default().bin(&samples)].into_iter().collect::<PooledSeries<'_>>().quantiles(ps)
        };
        let weighted = [(30, 8), (10, 1), (20, 1), (5, 0)];
        assert_eq!(quantiles(&weighted, &[0.0, 0.1, 0.2, 0.21]), Some(vec![10, 10, 20, 30]));
        assert_eq!(quantiles(&[(3, 0), (1, 0), (2, 0)], &[0.5]), Some(vec![2]));
        assert_eq!(quantiles(&[], &[0.5]), None);
    }

    #[test]
    fn the_histogram_is_that_of_the_samples() {
        for number in [0, 10, 64, 65, 3000] {
            let all = samples(number, number, true);
            let mut histogram = Histogram::new();
            for sample in &all {
                histogram.add(sample.value.unsigned_abs(), weight(sample));
            }
            assert_eq!(*Binner::default().bin(&all).histogram(), histogram);
        }
    }
}
