//! Values of which many are zero, in few bytes.

use serde::{Deserialize, Serialize};

/// A row of reals that keeps only those that are not zero.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sparse {
    len: usize,
    /// By word of 64 places: which are kept, and how many are kept before the word.
    words: Box<[(u64, u32)]>,
    kept: Box<[f64]>,
}

impl Sparse {
    /// The value at a place.
    ///
    /// # Panics
    /// If there is no such place.
    #[inline]
    pub fn get(&self, place: usize) -> f64 {
        let (mask, before) = self.words[place / 64];
        let bit = 1_u64 << (place % 64);
        if mask & bit == 0 {
            return 0.0;
        }
        self.kept[before as usize + (mask & (bit - 1)).count_ones() as usize]
    }

    /// The number of places.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// True without places.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All values in order.
    pub fn iter(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.len).map(|place| self.get(place))
    }
}

impl FromIterator<f64> for Sparse {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let (mut words, mut kept, mut len) = (Vec::new(), Vec::new(), 0);
        for value in values {
            if len % 64 == 0 {
                words.push((0_u64, kept.len() as u32));
            }
            if value != 0.0 {
                if let Some(word) = words.last_mut() {
                    word.0 |= 1 << (len % 64);
                }
                kept.push(value);
            }
            len += 1;
        }
        Self { len, words: words.into_boxed_slice(), kept: kept.into_boxed_slice() }
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
