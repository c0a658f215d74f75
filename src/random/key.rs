//! Names and identities.

const GOLDEN_GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
const PART: u64 = StreamId::of("part").0;

/// The finaliser of `SplitMix64`: a bijection of 64-bit words that lets every input bit reach every output bit.
///
/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA (2014); constants of Vigna's
/// `splitmix64.c`.
pub const fn mix64(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// The 64-bit FNV-1a hash of a byte string (Fowler, Noll, Vo).
pub const fn fnv1a64(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut next = 0;
    while next < bytes.len() {
        hash = (hash ^ bytes[next] as u64).wrapping_mul(0x0000_0100_0000_01B3);
        next += 1;
    }
    hash
}

/// The identity of a named source of randomness, such as `port/aktau/berth/handling`.
///
/// The name is canonical: lower-case ASCII, `kind/place/object/purpose`, free of anything a what-if can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId(u64);

impl StreamId {
    /// The stream of a canonical name: `mix64(fnv1a64(name) + 0x9E3779B97F4A7C15)`.
    pub const fn of(name: &str) -> Self {
        Self(mix64(fnv1a64(name.as_bytes()).wrapping_add(GOLDEN_GAMMA)))
    }

    /// The word that stands for the stream in keys.
    pub const fn value(self) -> u64 {
        self.0
    }
}

/// The identity of the thing a draw belongs to; it does not depend on the order of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entity(u64);

impl Entity {
    /// The `ordinal`-th shipment of a flow.
    pub const fn shipment(flow: StreamId, ordinal: u64) -> Self {
        Self(mix64(flow.0 ^ mix64(ordinal)))
    }

    /// Part `k` of a shipment that was split.
    #[must_use]
    pub const fn part(self, k: u64) -> Self {
        Self(mix64(self.0 ^ mix64(PART.wrapping_add(k))))
    }

    /// The `ordinal`-th vessel of a fleet.
    pub const fn vessel(fleet: StreamId, ordinal: u64) -> Self {
        Self(mix64(fleet.0.wrapping_add(ordinal)))
    }

    /// A thing with a name of its own, hashed as a stream name is.
    pub const fn named(name: &str) -> Self {
        Self(StreamId::of(name).0)
    }

    /// Voyage `n` of a vessel.
    #[must_use]
    pub const fn voyage(self, n: u64) -> Self {
        Self(mix64(self.0 ^ mix64(n)))
    }

    /// The visit of a shipment to a place for the `number`-th time.
    #[must_use]
    pub const fn visit(self, place: StreamId, number: u64) -> Self {
        Self(mix64(self.0 ^ mix64(place.0.wrapping_add(number))))
    }

    /// A thing that is nothing but a number in its stream: the n-th breakdown, storm or closure.
    pub const fn ordinal(n: u64) -> Self {
        Self(n)
    }

    /// The word that stands for the entity in counters.
    pub const fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERTH: StreamId = StreamId::of("port/aktau/berth/handling");

    /// Output of Vigna's `splitmix64.c` seeded with 1234567, a widely used check vector.
    #[test]
    fn rng_03_splitmix64_sequence() {
        let words: Vec<u64> =
            (1..=5).map(|n| mix64(1_234_567_u64.wrapping_add(GOLDEN_GAMMA.wrapping_mul(n)))).collect();
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(words, expected);
    }

    /// FNV values from Noll's test suite; stream values computed from the definition by an independent program.
    #[test]
    fn rng_04_stream_identities() {
        assert_eq!(fnv1a64(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a64(b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(BERTH.value(), 0x1240_27f2_1449_61ff);
        assert_eq!(StreamId::of("sea/caspian-north/weather").value(), 0x2cf3_6106_38db_93eb);
        assert_eq!(StreamId::of("demand/khorgos-poti/container/arrivals").value(), 0x3ed4_12b2_8bdd_992e);
        assert_eq!(StreamId::of("vessel/alat-ferry-03/breakdown").value(), 0xafbe_edea_e171_c52c);
    }

    /// Changing one of these changes every stored result.
    #[test]
    fn entity_identities_are_pinned() {
        let shipment = Entity::shipment(StreamId::of("demand/khorgos-poti/container"), 17);
        let vessel = Entity::vessel(StreamId::of("fleet/alat-ferry"), 3);
        assert_eq!(shipment.value(), 0x18da_a41b_2f36_d2da);
        assert_eq!(shipment.part(2).value(), 0x915d_3ac1_8ec5_5552);
        assert_eq!(shipment.visit(StreamId::of("node/aktau"), 1).value(), 0xe11a_cf29_017e_edd0);
        assert_eq!(vessel.value(), 0x7668_d332_3ffa_a181);
        assert_eq!(vessel.voyage(5).value(), 0x4a52_b6cd_fdef_32bb);
        assert_eq!(Entity::named("akademik-topchubashov").value(), 0x15a4_45d2_5cde_da3c);
        assert_eq!(Entity::ordinal(9).value(), 9);
    }
}
