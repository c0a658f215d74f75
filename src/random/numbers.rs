//! The draws that names and identities address.

use std::convert::Infallible;

use rand::TryRng;
use rand::rand_core::utils::fill_bytes_via_next_word;

use super::key::{Entity, StreamId};
use super::philox::{Common, philox4x64_10};

/// What the random numbers are for; numbers that chose a winner never price it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u64)]
pub enum Domain {
    /// Runs whose results are reported.
    Production = 0,
    /// Runs that choose among alternatives.
    Selection,
    /// Runs that price what was chosen.
    Evaluation,
    /// Runs that fit parameters to observations.
    Calibration,
    /// Resampling of results.
    Bootstrap,
    /// Designs of sensitivity studies.
    Sensitivity,
    /// Tests of the program itself.
    Tests,
}

/// All random numbers of one replication: a pure function from (stream, entity, draw number) to uniforms.
///
/// Copying is free and two copies agree for ever; there is no state to advance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomNumbers {
    seed: u64,
    replication: u64,
    domain: u64,
    antithetic: bool,
    common: Common,
}

impl RandomNumbers {
    /// The draws of replication number `replication` (counted from 0) under a master seed.
    pub const fn new(seed: u64, replication: u64, domain: Domain) -> Self {
        // The upper half of the domain word is reserved for the version of this scheme, now 0.
        let domain = domain as u64;
        Self { seed, replication, domain, antithetic: false, common: Common::new(replication, domain, seed) }
    }

    /// The antithetic twin: every uniform u becomes exactly 1 - u.
    #[must_use]
    pub const fn antithetic(self) -> Self {
        Self { antithetic: !self.antithetic, ..self }
    }

    /// The four words of block `index` of a stream and entity.
    #[inline]
    pub fn block(&self, stream: StreamId, entity: Entity, index: u64) -> [u64; 4] {
        let counter = [index, entity.value(), self.replication, self.domain];
        let words = philox4x64_10(counter, [self.seed, stream.value()]);
        if self.antithetic { words.map(|word| !word) } else { words }
    }

    /// Uniform number `k` of a stream and entity, in (0, 1): lane k mod 4 of block k div 4.
    #[inline]
    pub fn uniform(&self, stream: StreamId, entity: Entity, k: u64) -> f64 {
        if k.is_multiple_of(4) {
            return self.first_of(stream, entity, k / 4);
        }
        u01(self.block(stream, entity, k / 4)[(k % 4) as usize])
    }

    /// Uniform number 0 of a stream and entity, the one that nearly all draws are made from.
    #[inline]
    pub fn first(&self, stream: StreamId, entity: Entity) -> f64 {
        self.first_of(stream, entity, 0)
    }

    /// The first uniform of block `index` of a stream and entity.
    #[inline]
    fn first_of(&self, stream: StreamId, entity: Entity, index: u64) -> f64 {
        let word = self.common.first_word(index, entity.value(), stream.value());
        u01(if self.antithetic { !word } else { word })
    }

    /// The four uniforms of block `index` of a stream and entity, each in (0, 1).
    #[inline]
    pub fn uniforms(&self, stream: StreamId, entity: Entity, index: u64) -> [f64; 4] {
        self.block(stream, entity, index).map(u01)
    }
}

/// Maps a word to the open interval (0, 1): `((word >> 12) + 0.5) * 2^-52`.
///
/// The result is never 0 or 1, and `u01(x) + u01(!x)` is exactly 1.
#[inline]
pub fn u01(word: u64) -> f64 {
    // 53 bits would round the largest word to 1 and make ln(1 - u) infinite.
    const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
    ((word >> 12) as f64 + 0.5) * STEP
}

/// The blocks of one stream and entity as a generator of the `rand` crate.
///
/// For uses where the number of words consumed may vary. What is drawn after such a use is not synchronised between
/// scenarios, so the engine does not draw durations from it.
#[derive(Clone, Debug)]
pub struct KeyedRng {
    random: RandomNumbers,
    stream: StreamId,
    entity: Entity,
    next_block: u64,
    words: [u64; 4],
    used: usize,
}

impl KeyedRng {
    /// Starts at block 0 of a stream and entity.
    pub const fn new(random: RandomNumbers, stream: StreamId, entity: Entity) -> Self {
        Self { random, stream, entity, next_block: 0, words: [0; 4], used: 4 }
    }

    fn next_word(&mut self) -> u64 {
        if self.used == self.words.len() {
            self.words = self.random.block(self.stream, self.entity, self.next_block);
            self.next_block = self.next_block.wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        self.words[self.used - 1]
    }
}

impl TryRng for KeyedRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_word() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these identities are exact")]
mod tests {
    use rand::Rng;

    use super::*;
    use crate::random::mix64;

    const BERTH: StreamId = StreamId::of("port/aktau/berth/handling");

    /// Words and uniforms computed from the definition by an independent program.
    #[test]
    fn rng_05_keyed_draws() {
        let random = RandomNumbers::new(20_260_101, 0, Domain::Production);
        let block = random.block(BERTH, Entity::ordinal(0), 0);
        assert_eq!(block, [0x2696_4afe_9fb3_8824, 0x46dc_479e_b40d_37aa, 0xa6be_4d37_59e6_632d, 0xcffa_2277_f5dd_8a23]);
        let uniforms =
            [0.150_730_788_387_319_35, 0.276_798_702_474_526_74, 0.651_341_272_366_971_7, 0.812_410_501_754_007_2];
        assert_eq!(random.uniforms(BERTH, Entity::ordinal(0), 0), uniforms);
        assert_eq!(random.uniform(BERTH, Entity::ordinal(0), 2), uniforms[2]);
        assert_eq!(random.uniform(BERTH, Entity::ordinal(0), 6), 0.007_000_866_439_636_266);

        let later = RandomNumbers::new(20_260_101, 7, Domain::Production);
        assert_eq!(later.block(BERTH, Entity::ordinal(5123), 0)[0], 0x297b_b6c6_07db_93b6);
        let weather = RandomNumbers::new(20_260_101, 199, Domain::Evaluation);
        assert_eq!(
            weather.uniforms(StreamId::of("sea/caspian-north/weather"), Entity::ordinal(364), 0),
            [0.429_129_782_929_203_45, 0.209_979_497_533_604_56, 0.708_026_781_883_338, 0.627_164_492_312_744_5]
        );
    }

    #[test]
    fn rng_06_open_interval_and_exact_antithetic() {
        assert_eq!(u01(0), 1.110_223_024_625_156_5e-16);
        assert_eq!(u01(u64::MAX), 0.999_999_999_999_999_9);
        assert_eq!(u01(1 << 63), 0.500_000_000_000_000_1);
        for n in 0..100_000 {
            let word = mix64(n);
            assert_eq!(u01(word) + u01(!word), 1.0);
        }
        let random = RandomNumbers::new(1, 2, Domain::Tests);
        let plain = random.uniform(BERTH, Entity::ordinal(3), 4);
        assert_eq!(random.antithetic().uniform(BERTH, Entity::ordinal(3), 4), 1.0 - plain);
        assert_eq!(random.antithetic().antithetic(), random);
    }

    #[test]
    fn streams_of_entities_and_domains_differ() {
        let random = RandomNumbers::new(1, 0, Domain::Tests);
        let first = random.block(BERTH, Entity::ordinal(0), 0);
        assert_ne!(first, random.block(BERTH, Entity::ordinal(1), 0));
        assert_ne!(first, random.block(BERTH, Entity::ordinal(0), 1));
        assert_ne!(first, RandomNumbers::new(1, 0, Domain::Production).block(BERTH, Entity::ordinal(0), 0));
        assert_ne!(first, RandomNumbers::new(1, 1, Domain::Tests).block(BERTH, Entity::ordinal(0), 0));
    }

    #[test]
    fn keyed_rng_walks_the_blocks_in_order() {
        let random = RandomNumbers::new(8, 0, Domain::Tests);
        let mut rng = KeyedRng::new(random, BERTH, Entity::ordinal(0));
        let words: Vec<u64> = (0..8).map(|_| rng.next_u64()).collect();
        assert_eq!(words[..4], random.block(BERTH, Entity::ordinal(0), 0));
        assert_eq!(words[4..], random.block(BERTH, Entity::ordinal(0), 1));
        let mut bytes = [0; 4];
        KeyedRng::new(random, BERTH, Entity::ordinal(0)).fill_bytes(&mut bytes);
        assert_eq!(bytes, words[0].to_le_bytes()[..4]);
        let mut halves = KeyedRng::new(random, BERTH, Entity::ordinal(0));
        assert_eq!(u64::from(halves.next_u32()), words[0] >> 32);
    }
}
