//! A distribution, checked and ready to draw from.

use thiserror::Error;

use super::continuous::{Constant, Pert, Triangular, Uniform};
use super::discrete::Empirical;
use super::family::Family;
use super::key::{Draws, Entity, StreamId};
use super::positive::{Erlang, Exponential, Gamma, Lognormal, Weibull};

/// Why a set of parameters makes no distribution.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum DistributionError {
    /// A parameter is NaN or infinite.
    #[error("{name} {value} is not a finite number")]
    NotFinite {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A parameter must be above zero and is not.
    #[error("{name} {value} is not above zero")]
    NotPositive {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A parameter must not be below zero and is.
    #[error("{name} {value} is negative")]
    Negative {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// Two parameters are in the wrong order.
    #[error("{first_name} {first} is above {second_name} {second}")]
    OutOfOrder {
        /// The parameter that should be the smaller one.
        first_name: &'static str,
        /// What was given for it.
        first: f64,
        /// The parameter that should be the greater one.
        second_name: &'static str,
        /// What was given for it.
        second: f64,
    },
    /// The coefficient of variation is outside what the family can be computed for.
    #[error("cv {cv} of a {family} distribution is outside {least} to {most}")]
    CvOutOfRange {
        /// The family.
        family: &'static str,
        /// What was given.
        cv: f64,
        /// The least possible.
        least: f64,
        /// The greatest possible.
        most: f64,
    },
    /// The number of phases is outside 1 to 1000.
    #[error("an erlang distribution has 1 to 1000 phases, not {phases}")]
    Phases {
        /// What was given.
        phases: u32,
    },
    /// There are not as many weights as values.
    #[error("{values} values cannot have {weights} weights")]
    Lengths {
        /// The number of values.
        values: usize,
        /// The number of weights.
        weights: usize,
    },
    /// No value has a weight above zero.
    #[error("none of the {values} values has a weight above zero")]
    NoWeight {
        /// The number of values.
        values: usize,
    },
}

/// A distribution of a quantity whose unit the caller fixes.
///
/// Every draw is made by inversion from a fixed number of uniforms, so two scenarios that share a stream and an entity
/// share the draw, and a draw rises with its uniforms.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// One value.
    Constant(Constant),
    /// Between two bounds.
    Uniform(Uniform),
    /// Between two bounds with a most likely value, linear.
    Triangular(Triangular),
    /// Between two bounds with a most likely value, smooth.
    Pert(Pert),
    /// Memoryless.
    Exponential(Exponential),
    /// A sum of exponential phases.
    Erlang(Erlang),
    /// Gamma.
    Gamma(Gamma),
    /// Weibull.
    Weibull(Weibull),
    /// Lognormal.
    Lognormal(Lognormal),
    /// Listed values with weights.
    Empirical(Empirical),
}

type Checked = Result<Distribution, DistributionError>;

/// Constructors. Equal bounds and a coefficient of variation of 0 give a constant. The families given by bounds or
/// values admit negative numbers: whether those make sense is for the caller to ask through
/// [`lowest`](Distribution::lowest).
impl Distribution {
    /// Always `value`.
    ///
    /// # Errors
    /// `value` is not finite.
    pub fn constant(value: f64) -> Checked {
        Ok(Self::Constant(Constant::new(finite("value", value)?)))
    }

    /// Every value from `low` to `high` alike.
    ///
    /// # Errors
    /// A bound is not finite, or `low` is above `high`.
    pub fn uniform(low: f64, high: f64) -> Checked {
        ordered(("low", low), ("high", high))?;
        if low < high {
            Ok(Self::Uniform(Uniform::new(low, high)))
        } else {
            Self::constant(low)
        }
    }

    /// A triangular density with its peak at `mode`.
    ///
    /// # Errors
    /// A parameter is not finite, or they are not in the order low, mode, high.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Checked {
        ordered(("low", low), ("mode", mode))?;
        ordered(("mode", mode), ("high", high))?;
        if low < high {
            Ok(Self::Triangular(Triangular::new(low, mode, high)))
        } else {
            Self::constant(low)
        }
    }

    /// A beta density from `low` to `high` with mean `(low + 4 mode + high) / 6` (Malcolm et al. 1959).
    ///
    /// # Errors
    /// A parameter is not finite, or they are not in the order low, mode, high.
    pub fn pert(low: f64, mode: f64, high: f64) -> Checked {
        ordered(("low", low), ("mode", mode))?;
        ordered(("mode", mode), ("high", high))?;
        if low < high {
            Ok(Self::Pert(Pert::new(low, mode, high)))
        } else {
            Self::constant(low)
        }
    }

    /// An exponential distribution.
    ///
    /// # Errors
    /// `mean` is not finite and above zero.
    pub fn exponential(mean: f64) -> Checked {
        Ok(Self::Exponential(Exponential::new(positive("mean", mean)?)))
    }

    /// The sum of `k` exponential phases with total mean `mean`.
    ///
    /// # Errors
    /// `mean` is not finite and above zero, or `k` is not 1 to 1000.
    pub fn erlang(mean: f64, k: u32) -> Checked {
        let mean = positive("mean", mean)?;
        if (1..=1000).contains(&k) {
            Ok(Self::Erlang(Erlang::new(mean, k)))
        } else {
            Err(DistributionError::Phases { phases: k })
        }
    }

    /// A gamma distribution with the given mean and coefficient of variation (standard deviation / mean).
    ///
    /// # Errors
    /// `mean` is not finite and above zero, or `cv` is neither 0 nor from 0.01 to 10.
    pub fn gamma(mean: f64, cv: f64) -> Checked {
        spread("gamma", mean, cv, 0.01, 10.0, |mean, cv| {
            Self::Gamma(Gamma::new(mean, cv))
        })
    }

    /// A Weibull distribution with the given mean and coefficient of variation, from which its shape is solved.
    ///
    /// # Errors
    /// `mean` is not finite and above zero, or `cv` is neither 0 nor from 0.001 to 100.
    pub fn weibull(mean: f64, cv: f64) -> Checked {
        spread("weibull", mean, cv, 0.001, 100.0, |mean, cv| {
            Self::Weibull(Weibull::new(mean, cv))
        })
    }

    /// A lognormal distribution with the given mean and coefficient of variation.
    ///
    /// # Errors
    /// `mean` is not finite and above zero, or `cv` is negative or above 100.
    pub fn lognormal(mean: f64, cv: f64) -> Checked {
        spread("lognormal", mean, cv, 0.0, 100.0, |mean, cv| {
            Self::Lognormal(Lognormal::new(mean, cv))
        })
    }

    /// The listed values, each with a share in proportion to its weight.
    ///
    /// # Errors
    /// The lists differ in length, a value or weight is not finite, a weight is negative, or none is above zero.
    pub fn empirical(values: &[f64], weights: &[f64]) -> Checked {
        if values.len() != weights.len() {
            return Err(DistributionError::Lengths {
                values: values.len(),
                weights: weights.len(),
            });
        }
        for (&value, &weight) in values.iter().zip(weights) {
            finite("value", value)?;
            not_negative("weight", weight)?;
        }
        if !weights.iter().any(|&weight| weight > 0.0) {
            return Err(DistributionError::NoWeight {
                values: values.len(),
            });
        }
        Ok(Self::Empirical(Empirical::new(
            values
                .iter()
                .copied()
                .zip(weights.iter().copied())
                .collect(),
        )))
    }
}

impl Distribution {
    /// The draw of a stream and entity: draws from block 0 on.
    pub fn draw(&self, draws: &Draws, stream: StreamId, entity: Entity) -> f64 {
        self.draw_at(draws, stream, entity, 0)
    }

    /// The draw of a stream and entity that starts at lane 0 of block `first_block`; it stays within
    /// [`blocks`](Self::blocks) blocks. A constant does not touch the generator.
    pub fn draw_at(
        &self,
        draws: &Draws,
        stream: StreamId,
        entity: Entity,
        first_block: u64,
    ) -> f64 {
        match self {
            Self::Constant(constant) => constant.mean(),
            Self::Erlang(erlang) => {
                let blocks =
                    (0..self.blocks()).map(|n| draws.uniforms(stream, entity, first_block + n));
                erlang.sum(blocks.flatten().take(erlang.phases() as usize))
            }
            other => other
                .family()
                .quantile(draws.uniform(stream, entity, 4 * first_block)),
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

    /// The value below which a share `u` in (0, 1) of the draws lies, and at once the draw made from the uniform `u`;
    /// none for Erlang, which takes several uniforms.
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
        assert!(
            factor >= 0.0 && factor.is_finite(),
            "a distribution cannot be scaled by {factor}"
        );
        if factor == 0.0 {
            return Self::Constant(Constant::new(0.0));
        }
        match self {
            Self::Constant(family) => Self::Constant(Constant::new(family.mean() * factor)),
            Self::Uniform(family) => Self::Uniform(family.scaled(factor)),
            Self::Triangular(family) => Self::Triangular(family.scaled(factor)),
            Self::Pert(family) => Self::Pert(family.scaled(factor)),
            Self::Exponential(family) => Self::Exponential(family.scaled(factor)),
            Self::Erlang(family) => Self::Erlang(family.scaled(factor)),
            Self::Gamma(family) => Self::Gamma(family.scaled(factor)),
            Self::Weibull(family) => Self::Weibull(family.scaled(factor)),
            Self::Lognormal(family) => Self::Lognormal(family.scaled(factor)),
            Self::Empirical(family) => Self::Empirical(family.scaled(factor)),
        }
    }

    /// The family behind the variant.
    fn family(&self) -> &dyn Family {
        match self {
            Self::Constant(family) => family,
            Self::Uniform(family) => family,
            Self::Triangular(family) => family,
            Self::Pert(family) => family,
            Self::Exponential(family) => family,
            Self::Erlang(family) => family,
            Self::Gamma(family) => family,
            Self::Weibull(family) => family,
            Self::Lognormal(family) => family,
            Self::Empirical(family) => family,
        }
    }
}

fn finite(name: &'static str, value: f64) -> Result<f64, DistributionError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(DistributionError::NotFinite { name, value })
    }
}

fn positive(name: &'static str, value: f64) -> Result<f64, DistributionError> {
    finite(name, value)?;
    if value > 0.0 {
        Ok(value)
    } else {
        Err(DistributionError::NotPositive { name, value })
    }
}

fn not_negative(name: &'static str, value: f64) -> Result<f64, DistributionError> {
    finite(name, value)?;
    if value >= 0.0 {
        Ok(value)
    } else {
        Err(DistributionError::Negative { name, value })
    }
}

fn ordered(
    (first_name, first): (&'static str, f64),
    (second_name, second): (&'static str, f64),
) -> Result<(), DistributionError> {
    finite(first_name, first)?;
    finite(second_name, second)?;
    if first <= second {
        Ok(())
    } else {
        Err(DistributionError::OutOfOrder {
            first_name,
            first,
            second_name,
            second,
        })
    }
}

/// A family of mean and coefficient of variation; cv 0 is the constant.
fn spread(
    family: &'static str,
    mean: f64,
    cv: f64,
    least: f64,
    most: f64,
    make: impl Fn(f64, f64) -> Distribution,
) -> Checked {
    let mean = positive("mean", mean)?;
    let cv = not_negative("cv", cv)?;
    if cv == 0.0 {
        Distribution::constant(mean)
    } else if (least..=most).contains(&cv) {
        Ok(make(mean, cv))
    } else {
        Err(DistributionError::CvOutOfRange {
            family,
            cv,
            least,
            most,
        })
    }
}

#[cfg(test)]
mod tests {
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
        .collect()
    }

    #[test]
    fn draws_have_the_mean_and_variance_they_claim() {
        const NUMBER: u32 = 20_000;
        let draws = Draws::new(20_260_101, 0, Domain::Tests);
        let n = f64::from(NUMBER);
        for distribution in one_of_each() {
            let values: Vec<f64> = (0..NUMBER)
                .map(|k| distribution.draw(&draws, STREAM, Entity::ordinal(k.into())))
                .collect();
            let mean = values.iter().sum::<f64>() / n;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
            let error = libm::sqrt(distribution.variance() / n);
            assert!(
                (mean - distribution.mean()).abs() <= 5.0 * error,
                "{distribution:?} has mean {mean}"
            );
            assert!(
                (variance - distribution.variance()).abs() <= 0.1 * distribution.variance(),
                "{distribution:?}"
            );
            assert!(
                values
                    .iter()
                    .all(|x| (distribution.lowest()..=distribution.highest()).contains(x))
            );
        }
    }

    #[test]
    fn a_draw_is_the_quantile_of_its_uniform() {
        let draws = Draws::new(1, 2, Domain::Tests);
        let entity = Entity::ordinal(7);
        for distribution in one_of_each() {
            if let Some(value) = distribution.quantile(draws.uniform(STREAM, entity, 12)) {
                assert_eq!(
                    value.to_bits(),
                    distribution.draw_at(&draws, STREAM, entity, 3).to_bits()
                );
            }
        }
    }

    #[test]
    fn draws_are_monotone() {
        for distribution in one_of_each() {
            let values: Vec<_> = (1..1000)
                .map(|n| distribution.quantile(f64::from(n) / 1000.0))
                .collect();
            assert!(
                values.windows(2).all(|pair| pair[0] <= pair[1]),
                "{distribution:?}"
            );
        }
    }

    #[test]
    fn erlang_takes_one_uniform_a_phase() {
        let draws = Draws::new(1, 0, Domain::Tests);
        let entity = Entity::ordinal(0);
        let erlang = Distribution::erlang(6.0, 6).unwrap();
        let expected: f64 = (8..14)
            .map(|k| -libm::log1p(-draws.uniform(STREAM, entity, k)))
            .sum();
        assert!((erlang.draw_at(&draws, STREAM, entity, 2) - expected).abs() < 1e-12);
        assert_eq!(erlang.blocks(), 2);
        assert_eq!(erlang.quantile(0.5), None);
    }

    #[test]
    fn scaling_multiplies_every_draw() {
        let draws = Draws::new(3, 0, Domain::Tests);
        for distribution in one_of_each() {
            let plain = distribution.draw(&draws, STREAM, Entity::ordinal(1));
            let scaled = distribution.scaled(1.5);
            assert!(
                (scaled.draw(&draws, STREAM, Entity::ordinal(1)) - 1.5 * plain).abs()
                    < 1e-9 * plain
            );
            assert!((scaled.mean() - 1.5 * distribution.mean()).abs() < 1e-9);
            assert!(
                (scaled.variance() - 2.25 * distribution.variance()).abs()
                    < 1e-9 * scaled.variance().max(1.0)
            );
            assert_eq!(
                distribution.scaled(0.0),
                Distribution::constant(0.0).unwrap()
            );
        }
    }

    #[test]
    fn no_spread_is_a_constant() {
        let constant = Distribution::constant(3.0);
        assert_eq!(Distribution::uniform(3.0, 3.0), constant);
        assert_eq!(Distribution::pert(3.0, 3.0, 3.0), constant);
        assert_eq!(Distribution::lognormal(3.0, 0.0), constant);
        assert!(constant.unwrap().is_constant());
    }

    #[test]
    fn errors_name_the_offending_value() {
        let message = |checked: Checked| checked.unwrap_err().to_string();
        assert_eq!(
            message(Distribution::constant(f64::NAN)),
            "value NaN is not a finite number"
        );
        assert_eq!(
            message(Distribution::exponential(-2.0)),
            "mean -2 is not above zero"
        );
        assert_eq!(
            message(Distribution::exponential(f64::INFINITY)),
            "mean inf is not a finite number"
        );
        assert_eq!(
            message(Distribution::lognormal(1.0, -0.5)),
            "cv -0.5 is negative"
        );
        assert_eq!(
            message(Distribution::gamma(1.0, 11.0)),
            "cv 11 of a gamma distribution is outside 0.01 to 10"
        );
        assert_eq!(
            message(Distribution::triangular(1.0, 5.0, 4.0)),
            "mode 5 is above high 4"
        );
        assert_eq!(
            message(Distribution::erlang(1.0, 0)),
            "an erlang distribution has 1 to 1000 phases, not 0"
        );
        assert_eq!(
            message(Distribution::empirical(&[1.0], &[])),
            "1 values cannot have 0 weights"
        );
        assert_eq!(
            message(Distribution::empirical(&[1.0], &[0.0])),
            "none of the 1 values has a weight above zero"
        );
        assert_eq!(
            message(Distribution::empirical(&[], &[])),
            "none of the 0 values has a weight above zero"
        );
    }
}
