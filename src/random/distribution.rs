//! A distribution, checked and ready to draw from.

use super::continuous::{Constant, Pert, Triangular, Uniform};
use super::discrete::Empirical;
use super::family::Family;
use super::key::{Entity, StreamId};
use super::numbers::RandomNumbers;
use super::positive::{Erlang, Exponential, Gamma, Lognormal, Weibull};

/// Points at which the quantile is added up for mean and variance.
const POINTS: u32 = 8192;
/// Halvings that find the share kept, past the precision of a number.
const HALVINGS: usize = 60;

/// Declares the families: a line each, with its meaning. Whatever is the same for all of them follows from the line; the
/// rest is the family's own ([`Family`]).
macro_rules! families {
    ($($(#[$meaning:meta])* $family:ident,)+) => {
        /// A distribution of a quantity whose unit the caller fixes.
        ///
        /// Every draw is made by inversion from a fixed number of uniforms, so two scenarios that share a stream and an
        /// entity share the draw, and a draw rises with its uniforms.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Distribution {
            $($(#[$meaning])* $family($family),)+
        }

        impl Distribution {
            /// The family behind the variant.
            pub(super) fn family(&self) -> &dyn Family {
                match self {
                    $(Self::$family(family) => family,)+
                }
            }

            /// The same family with every value multiplied by `factor`.
            fn times(&self, factor: f64) -> Self {
                match self {
                    $(Self::$family(family) => Self::$family(family.scaled(factor)),)+
                }
            }
        }

        /// The number of families.
        #[cfg(test)]
        const FAMILIES: usize = [$(stringify!($family)),+].len();
    };
}

families! {
    /// One value.
    Constant,
    /// Between two bounds.
    Uniform,
    /// Between two bounds with a most likely value, linear.
    Triangular,
    /// Between two bounds with a most likely value, smooth.
    Pert,
    /// Memoryless.
    Exponential,
    /// A sum of exponential phases.
    Erlang,
    /// Gamma.
    Gamma,
    /// Weibull.
    Weibull,
    /// Lognormal.
    Lognormal,
    /// Listed values with weights.
    Empirical,
    /// Another law without its largest values.
    Cut,
}

impl Distribution {
    /// The draw of a stream and entity: draws from block 0 on.
    #[inline]
    pub fn draw(&self, random: &RandomNumbers, stream: StreamId, entity: Entity) -> f64 {
        self.draw_of(random, stream, || entity)
    }

    /// The same, for an entity that is found out only where the law is not constant.
    #[inline]
    pub fn draw_of(&self, random: &RandomNumbers, stream: StreamId, entity: impl FnOnce() -> Entity) -> f64 {
        if let Self::Constant(constant) = self { constant.mean() } else { self.drawn(random, stream, entity()) }
    }

    /// The draw of a law that is not constant. Apart, so that a constant, as many laws are, is no more than a look.
    #[inline(never)]
    fn drawn(&self, random: &RandomNumbers, stream: StreamId, entity: Entity) -> f64 {
        match self {
            // The usual laws without asking which family it is.
            Self::Exponential(law) => law.drawn(random.first(stream, entity)),
            Self::Lognormal(law) => law.drawn(random.first(stream, entity)),
            other => other.drawn_otherwise(random, stream, entity),
        }
    }

    #[inline(never)]
    fn drawn_otherwise(&self, random: &RandomNumbers, stream: StreamId, entity: Entity) -> f64 {
        self.draw_at(random, stream, entity, 0)
    }

    /// The draw of a stream and entity that starts at lane 0 of block `first_block`; it stays within
    /// [`blocks`](Self::blocks) blocks. A constant does not touch the generator.
    #[inline]
    pub fn draw_at(&self, random: &RandomNumbers, stream: StreamId, entity: Entity, first_block: u64) -> f64 {
        match self {
            Self::Constant(constant) => constant.mean(),
            Self::Erlang(erlang) => {
                let blocks = (0..self.blocks()).map(|n| random.uniforms(stream, entity, first_block + n));
                erlang.sum(blocks.flatten().take(erlang.phases() as usize))
            }
            other => other.family().quantile(random.uniform(stream, entity, 4 * first_block)),
        }
    }

    /// The number of blocks of four uniforms that a draw takes: none for a constant.
    pub fn blocks(&self) -> u64 {
        match self {
            Self::Constant(_) => 0,
            Self::Erlang(erlang) => u64::from(erlang.phases().div_ceil(4)),
            _ => 1,
        }
    }

    /// The value below which a share `u` in (0, 1) of the draws lies, and at once, but for rounding in the last digit, the draw
    /// made from the uniform `u`; none for Erlang, which takes several uniforms.
    pub fn quantile(&self, u: f64) -> Option<f64> {
        match self {
            Self::Erlang(_) => None,
            other => Some(other.family().quantile(u)),
        }
    }

    /// The expected value.
    pub fn mean(&self) -> f64 {
        self.family().mean()
    }

    /// The variance, in the square of the unit.
    pub fn variance(&self) -> f64 {
        self.family().variance()
    }

    /// The greatest value that no draw falls below.
    pub fn lowest(&self) -> f64 {
        self.family().lowest()
    }

    /// The least value that no draw exceeds; infinite for the families without one.
    pub fn highest(&self) -> f64 {
        self.family().highest()
    }

    /// Whether every draw is the same.
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }

    /// The distribution of `factor` times the variable: the mean and all values grow alike, the relative spread stays.
    ///
    /// # Panics
    /// `factor` is negative or not finite.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        assert!(factor >= 0.0 && factor.is_finite(), "a distribution cannot be scaled by {factor}");
        if factor == 0.0 { Self::Constant(Constant::new(0.0)) } else { self.times(factor) }
    }
}

/// What another law draws, given that it is not above a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    whole: Box<Distribution>,
    highest: f64,
    /// Share of the draws of the whole law that are not above `highest`.
    share: f64,
    mean: f64,
    variance: f64,
}

impl Distribution {
    /// The share of draws above a value.
    pub fn share_above(&self, value: f64) -> f64 {
        if self.highest() <= value { 0.0 } else { 1.0 - share_below(self, value) }
    }

    /// This law without what lies above a value; the law itself where nothing or all lies above.
    #[must_use]
    pub fn cut_above(&self, highest: f64) -> Self {
        let share = 1.0 - self.share_above(highest);
        let cuts = share > 0.0 && share < 1.0;
        if cuts { Self::Cut(Cut::new(self.clone(), highest, share)) } else { self.clone() }
    }
}

/// The share of draws of a law that are not above a value.
fn share_below(law: &Distribution, value: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        *(if law.family().quantile(middle) <= value { &mut low } else { &mut high }) = middle;
    }
    low
}

impl Cut {
    fn new(whole: Distribution, highest: f64, share: f64) -> Self {
        let n = f64::from(POINTS);
        let values: Vec<f64> =
            (0..POINTS).map(|k| whole.family().quantile((f64::from(k) + 0.5) / n * share).min(highest)).collect();
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
        Self { whole: Box::new(whole), highest, share, mean, variance }
    }
}

impl Family for Cut {
    fn scaled(&self, factor: f64) -> Self {
        Self {
            whole: Box::new(self.whole.scaled(factor)),
            highest: self.highest * factor,
            share: self.share,
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
        }
    }

    fn quantile(&self, u: f64) -> f64 {
        self.whole.family().quantile(u * self.share).min(self.highest)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.variance
    }

    fn lowest(&self) -> f64 {
        self.whole.lowest()
    }

    fn highest(&self) -> f64 {
        self.highest
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::random::Domain;

    const STREAM: StreamId = StreamId::of("test/distribution");

    fn one_of_each() -> Vec<Distribution> {
        [
            Distribution::constant(5.0),
            Distribution::uniform(2.0, 7.0),
            Distribution::triangular(2.0, 3.0, 7.0),
            Distribution::pert(2.0, 3.0, 7.0),
            Distribution::exponential(4.0),
            Distribution::erlang(4.0, 6),
            Distribution::gamma(4.0, 0.7),
            Distribution::weibull(4.0, 0.6),
            Distribution::lognormal(4.0, 0.8),
            Distribution::empirical(&[20.0, 40.0, 45.0], &[2.0, 5.0, 1.0]),
        ]
        .into_iter()
        .map(Result::unwrap)
        .chain([Distribution::exponential(4.0).unwrap().cut_above(9.0)])
        .collect()
    }

    #[test]
    fn every_family_is_among_the_tested() {
        let tested: HashSet<_> = one_of_each().iter().map(std::mem::discriminant).collect();
        assert_eq!(tested.len(), FAMILIES);
    }

    #[test]
    fn draws_have_the_mean_and_variance_they_claim() {
        const NUMBER: u32 = 20_000;
        let random = RandomNumbers::new(20_260_101, 0, Domain::Tests);
        let n = f64::from(NUMBER);
        for distribution in one_of_each() {
            let values: Vec<f64> =
                (0..NUMBER).map(|k| distribution.draw(&random, STREAM, Entity::ordinal(k.into()))).collect();
            let mean = values.iter().sum::<f64>() / n;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
            let error = libm::sqrt(distribution.variance() / n);
            assert!((mean - distribution.mean()).abs() <= 5.0 * error, "{distribution:?} has mean {mean}");
            assert!((variance - distribution.variance()).abs() <= 0.1 * distribution.variance(), "{distribution:?}");
            assert!(values.iter().all(|x| (distribution.lowest()..=distribution.highest()).contains(x)));
        }
    }

    #[test]
    fn a_draw_is_the_quantile_of_its_uniform() {
        let random = RandomNumbers::new(1, 2, Domain::Tests);
        let entity = Entity::ordinal(7);
        for distribution in one_of_each() {
            if let Some(value) = distribution.quantile(random.uniform(STREAM, entity, 12)) {
                assert_eq!(value.to_bits(), distribution.draw_at(&random, STREAM, entity, 3).to_bits());
            }
        }
    }

    #[test]
    fn draws_are_monotone() {
        for distribution in one_of_each() {
            let values: Vec<_> = (1..1000).map(|n| distribution.quantile(f64::from(n) / 1000.0)).collect();
            assert!(values.windows(2).all(|pair| pair[0] <= pair[1]), "{distribution:?}");
        }
    }

    #[test]
    fn erlang_takes_one_uniform_a_phase() {
        let random = RandomNumbers::new(1, 0, Domain::Tests);
        let entity = Entity::ordinal(0);
        let erlang = Distribution::erlang(6.0, 6).unwrap();
        let expected: f64 = (8..14).map(|k| -libm::log1p(-random.uniform(STREAM, entity, k))).sum();
        assert!((erlang.draw_at(&random, STREAM, entity, 2) - expected).abs() < 1e-12);
        assert_eq!(erlang.blocks(), 2);
        assert_eq!(erlang.quantile(0.5), None);
    }

    #[test]
    fn scaling_multiplies_every_draw() {
        let random = RandomNumbers::new(3, 0, Domain::Tests);
        for distribution in one_of_each() {
            let plain = distribution.draw(&random, STREAM, Entity::ordinal(1));
            let scaled = distribution.scaled(1.5);
            assert!((scaled.draw(&random, STREAM, Entity::ordinal(1)) - 1.5 * plain).abs() < 1e-9 * plain);
            assert!((scaled.mean() - 1.5 * distribution.mean()).abs() < 1e-9);
            assert!((scaled.variance() - 2.25 * distribution.variance()).abs() < 1e-9 * scaled.variance().max(1.0));
            assert_eq!(distribution.scaled(0.0), Distribution::constant(0.0).unwrap());
        }
    }

    #[test]
    fn a_cut_exponential_has_its_known_mean() {
        // E[X | X < m] = 1 − m e^−m ÷ (1 − e^−m) for the mean 1.
        let whole = Distribution::exponential(1.0).unwrap();
        let cut = whole.cut_above(2.0);
        let tail = libm::exp(-2.0);
        assert!((whole.share_above(2.0) - tail).abs() < 1e-12, "{}", whole.share_above(2.0));
        assert!((cut.mean() - (1.0 - 2.0 * tail / (1.0 - tail))).abs() < 1e-6, "{}", cut.mean());
        assert!(cut.quantile(1.0 - 1e-12).unwrap() <= 2.0);
        assert!((cut.scaled(3.0).mean() - 3.0 * cut.mean()).abs() < 1e-12);
    }

    #[test]
    fn a_law_below_the_value_is_not_cut() {
        let law = Distribution::uniform(1.0, 3.0).unwrap();
        assert_eq!(law.cut_above(3.0), law);
        assert_eq!(law.cut_above(0.5), law);
        assert!((law.cut_above(2.0).mean() - 1.5).abs() < 1e-9 && (law.share_above(2.0) - 0.5).abs() < 1e-9);
    }
}
