//! Philox4x64-10: a keyed bijection of four words.

const MULTIPLIER_0: u64 = 0xD2E7_470E_E14C_6C93;
const MULTIPLIER_1: u64 = 0xCA5A_8263_9512_1157;
const WEYL_0: u64 = 0x9E37_79B9_7F4A_7C15;
const WEYL_1: u64 = 0xBB67_AE85_84CA_A73B;
const ROUNDS: usize = 10;

/// Maps a counter of four words to four random words under a key of two words.
///
/// Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011). Distinct counters under one
/// key give distinct blocks; the output is the same on every machine and will never change.
#[inline]
pub fn philox4x64_10(counter: [u64; 4], key: [u64; 2]) -> [u64; 4] {
    let mut words = counter;
    let mut key = key;
    for _ in 0..ROUNDS {
        words = round(words, key);
        key = [key[0].wrapping_add(WEYL_0), key[1].wrapping_add(WEYL_1)];
    }
    words
}

/// What is the same for all blocks of one replication: the product of the first round that the third word of the counter
/// enters alone, and what the first word of the key is in each round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Common {
    product: (u64, u64),
    fourth: u64,
    keys: [u64; ROUNDS],
    /// By how much the second word of the key grows from round to round. It is read from here, as the sums of a constant known to
    /// the compiler would be ten more constants, each loaded in an instruction of its own.
    step: u64,
}

impl Common {
    /// Of counters that end with these words, under keys that begin with this one.
    pub(super) const fn new(third: u64, fourth: u64, key: u64) -> Self {
        let mut keys = [key; ROUNDS];
        let mut round = 1;
        while round < ROUNDS {
            keys[round] = keys[round - 1].wrapping_add(WEYL_0);
            round += 1;
        }
        Self { product: wide_product(MULTIPLIER_1, third), fourth, keys, step: WEYL_1 }
    }

    /// The first word of [`philox4x64_10`] for the counter `[first, second, third, fourth]`: 18 products in place of 20, as the
    /// first round and the last one have only one to make; and 17 of the first block, where the counter begins with 0.
    #[inline]
    pub(super) fn first_word(&self, first: u64, second: u64, k1: u64) -> u64 {
        let (high, low) = self.product;
        let of_first = wide_product(MULTIPLIER_0, first);
        let [k0, middle @ .., last] = &self.keys;
        let mut words = [high ^ second ^ k0, low, of_first.0 ^ self.fourth ^ k1, of_first.1];
        let mut k1 = k1;
        for &k0 in middle {
            k1 = k1.wrapping_add(self.step);
            words = round(words, [k0, k1]);
        }
        wide_product(MULTIPLIER_1, words[2]).0 ^ words[1] ^ last
    }
}

#[inline]
fn round([c0, c1, c2, c3]: [u64; 4], [k0, k1]: [u64; 2]) -> [u64; 4] {
    let (high_0, low_0) = wide_product(MULTIPLIER_0, c0);
    let (high_1, low_1) = wide_product(MULTIPLIER_1, c2);
    [high_1 ^ c1 ^ k0, low_1, high_0 ^ c3 ^ k1, low_0]
}

#[inline]
const fn wide_product(a: u64, b: u64) -> (u64, u64) {
    let product = a as u128 * b as u128;
    ((product >> 64) as u64, product as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of the Random123 distribution, `tests/kat_vectors`, philox4x64 with 10 rounds.
    #[test]
    fn rng_02_philox_known_answers() {
        assert_eq!(
            philox4x64_10([0; 4], [0; 2]),
            [0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b]
        );
        assert_eq!(
            philox4x64_10([u64::MAX; 4], [u64::MAX; 2]),
            [0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0]
        );
        assert_eq!(
            philox4x64_10(
                [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89],
                [0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c]
            ),
            [0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6]
        );
    }

    #[test]
    fn the_first_word_is_that_of_the_whole_block() {
        for n in 0..1000_u64 {
            let [second, third, fourth, k0, k1] = [1, 2, 3, 4, 5].map(|k| crate::random::mix64(n * 8 + k));
            for first in [0, 16, third] {
                let block = philox4x64_10([first, second, third, fourth], [k0, k1]);
                assert_eq!(Common::new(third, fourth, k0).first_word(first, second, k1), block[0]);
            }
        }
    }
}
