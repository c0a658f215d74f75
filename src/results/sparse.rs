//! Values of which many are zero, in few bytes.

use serde::{Deserialize, Serialize};

/// A row of reals that keeps only those that are not zero.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sparse {
    len: usize,
    places: Places,
    kept: Box<[f64]>,
}

/// Which places of a row something is kept of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Places {
    /// By word of 64 places: which are kept, and how many are kept before the word.
    words: Box<[(u64, u32)]>,
}

impl Places {
    /// By place whether it is kept.
    pub(super) fn of(places: impl Iterator<Item = bool>) -> Self {
        let (mut words, mut kept) = (Vec::with_capacity(places.size_hint().0.div_ceil(64)), 0);
        for (place, is_kept) in places.enumerate() {
            if place % 64 == 0 {
                words.push((0_u64, kept));
            }
            if let Some(word) = words.last_mut().filter(|_| is_kept) {
                word.0 |= 1 << (place % 64);
                kept += 1;
            }
        }
        Self { words: words.into_boxed_slice() }
    }

    /// The number of a place among those that are kept.
    ///
    /// # Panics
    /// If there is no such place.
    #[inline]
    pub(super) fn find(&self, place: usize) -> Option<usize> {
        let (mask, before) = self.words[place / 64];
        let bit = 1_u64 << (place % 64);
        (mask & bit != 0).then(|| before as usize + (mask & (bit - 1)).count_ones() as usize)
    }

    /// How many are kept.
    pub(super) fn kept(&self) -> usize {
        self.words.last().map_or(0, |(mask, before)| *before as usize + mask.count_ones() as usize)
    }
}

impl Sparse {
    /// The value at a place.
    ///
    /// # Panics
    /// If there is no such place.
    #[inline]
    pub fn get(&self, place: usize) -> f64 {
        self.places.find(place).map_or(0.0, |place| self.kept[place])
    }

    /// The number of places.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// True without places.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its size in memory.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.places.words) + size_of_val(&*self.kept)
    }

    /// All values in order.
    pub fn iter(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.len).map(|place| self.get(place))
    }
}

impl FromIterator<f64> for Sparse {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let values = values.into_iter();
        let (mut kept, mut len) = (Vec::with_capacity(values.size_hint().0), 0);
        let places = Places::of(values.map(|value| {
            len += 1;
            if value != 0.0 {
                kept.push(value);
            }
            value != 0.0
        }));
        Self { len, places, kept: kept.into_boxed_slice() }
    }
}

impl PartialEq for Sparse {
    /// To the bit, so that no number equals no number.
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().zip(other.iter()).all(|(one, two)| one.to_bits() == two.to_bits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out() {
        let values: Vec<f64> = (0..200).map(|n| if n % 3 == 0 { 0.0 } else { f64::from(n) }).collect();
        let sparse: Sparse = values.iter().copied().collect();
        assert_eq!(sparse.len(), 200);
        assert_eq!(sparse.iter().collect::<Vec<f64>>(), values);
    }
}
