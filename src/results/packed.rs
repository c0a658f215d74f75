//! Histograms in few bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::stats::Bin;

/// How much fell into one bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BinCount {
    /// The number of the bin.
    pub bin: u32,
    /// How many values.
    pub count: u64,
    /// Their total mass.
    pub mass: u64,
}

impl From<&Bin> for BinCount {
    fn from(bin: &Bin) -> Self {
        Self { bin: bin.bin, count: bin.count, mass: bin.mass }
    }
}

/// How much a histogram holds in each bin, as it is kept by the thousand: gaps between bins, counts and masses in as few bytes as they need.
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
    pub fn of(bins: impl Iterator<Item = BinCount> + Clone) -> Self {
        // A guess of what bins take, so that the list hardly grows.
        let mut bytes = Vec::with_capacity(16 + 5 * bins.size_hint().0 / 2);
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

    /// One from its bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// The bins, ascending.
    pub fn iter(&self) -> Bins<'_> {
        Bins::of(&self.0)
    }
}

impl<'a> IntoIterator for &'a Packed {
    type Item = BinCount;
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
    /// Those of a histogram that is packed in these bytes.
    pub(super) fn of(mut bytes: &'a [u8]) -> Self {
        let mut head = || if bytes.is_empty() { 0 } else { take(&mut bytes) };
        let (divisor, each) = (head(), head());
        Self { bytes, next: 0, divisor, each }
    }
}

impl Iterator for Bins<'_> {
    type Item = BinCount;

    fn next(&mut self) -> Option<BinCount> {
        if self.bytes.is_empty() {
            return None;
        }
        let head = take(&mut self.bytes);
        let (count, gap) = if head & SINGLE != 0 { (1, head >> 2) } else { (head >> 2, take(&mut self.bytes)) };
        let usual = self.each.wrapping_mul(count);
        let mass = if head & DIFFERS != 0 { take(&mut self.bytes).wrapping_mul(self.divisor) } else { usual };
        let bin = self.next + gap as u32;
        self.next = bin + 1;
        Some(BinCount { bin, count, mass })
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

/// The histograms of a record in one piece of memory; like ones, as of a horizon and of its only year, stand there once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    bytes: Box<[u8]>,
    spans: Box<[(u32, u32)]>,
}

impl Shelf {
    /// The histogram at an index.
    ///
    /// # Panics
    /// If there is none.
    pub fn get(&self, index: usize) -> Bins<'_> {
        Bins::of(self.packed(index))
    }

    /// The bytes of the histogram at an index.
    pub(super) fn packed(&self, index: usize) -> &[u8] {
        let (start, end) = self.spans[index];
        &self.bytes[start as usize..end as usize]
    }

    /// The number of histograms.
    pub(super) const fn len(&self) -> usize {
        self.spans.len()
    }

    /// All histograms in order.
    pub fn iter(&self) -> impl Iterator<Item = Bins<'_>> {
        (0..self.spans.len()).map(|index| self.get(index))
    }

    /// The same with the histograms at some indices alone; the others hold nothing.
    #[must_use]
    pub fn only(&self, is_wanted: impl Fn(usize) -> bool) -> Self {
        let of = |index: usize| {
            let kept = if is_wanted(index) { self.packed(index) } else { &[] };
            Packed::from_bytes(kept)
        };
        (0..self.spans.len()).map(of).collect()
    }

    /// Its size in memory.
    pub fn bytes(&self) -> usize {
        self.bytes.len() + 8 * self.spans.len()
    }
}

impl FromIterator<Packed> for Shelf {
    fn from_iter<I: IntoIterator<Item = Packed>>(histograms: I) -> Self {
        let mut bytes = Vec::new();
        let mut known = BTreeMap::new();
        let mut put = |packed: Packed| {
            let start = bytes.len() as u32;
            *known.entry(packed.0).or_insert_with_key(|new| {
                bytes.extend_from_slice(new);
                (start, bytes.len() as u32)
            })
        };
        let spans = histograms.into_iter().map(&mut put).collect();
        Self { bytes: bytes.into_boxed_slice(), spans }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_loses_nothing() {
        let bins = [(0, 1, 3), (5, 1, 0), (3000, 20, 64_000), (3001, 1, 1), (7295, 2, 7)];
        let bins = bins.map(|(bin, count, mass)| BinCount { bin, count, mass });
        let packed = Packed::of(bins.into_iter());
        assert!(packed.iter().eq(bins));
        let shelf: Shelf = [packed.clone(), Packed::default(), packed.clone()].into_iter().collect();
        assert!(shelf.get(0).eq(bins) && shelf.get(1).next().is_none() && shelf.get(2).eq(bins));
        assert_eq!(shelf.bytes.len(), packed.0.len());
        let only = shelf.only(|index| index == 2);
        assert!(only.get(0).next().is_none() && only.get(2).eq(bins));
        assert!(shelf.only(|_| false).bytes.is_empty());
    }
}
