//! The checked constructors of distributions.

use super::continuous::{Constant, Pert, Triangular, Uniform};
use super::discrete::Empirical;
use super::distribution::Distribution;
use super::error::DistributionError;
use super::positive::{Erlang, Exponential, Gamma, Lognormal, Weibull};

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
        if low < high { Ok(Self::Uniform(Uniform::new(low, high))) } else { Self::constant(low) }
    }

    /// A triangular density with its peak at `mode`.
    ///
    /// # Errors
    /// A parameter is not finite, or they are not in the order low, mode, high.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Checked {
        ordered(("low", low), ("mode", mode))?;
        ordered(("mode", mode), ("high", high))?;
        if low < high { Ok(Self::Triangular(Triangular::new(low, mode, high))) } else { Self::constant(low) }
    }

    /// A beta density from `low` to `high` with mean `(low + 4 mode + high) / 6` (Malcolm et al. 1959).
    ///
    /// # Errors
    /// A parameter is not finite, or they are not in the order low, mode, high.
    pub fn pert(low: f64, mode: f64, high: f64) -> Checked {
        ordered(("low", low), ("mode", mode))?;
        ordered(("mode", mode), ("high", high))?;
        if low < high { Ok(Self::Pert(Pert::new(low, mode, high))) } else { Self::constant(low) }
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
        spread("gamma", mean, cv, 0.01, 10.0, |mean, cv| Self::Gamma(Gamma::new(mean, cv)))
    }

    /// A Weibull distribution with the given mean and coefficient of variation, from which its shape is solved.
    ///
    /// # Errors
    /// `mean` is not finite and above zero, or `cv` is neither 0 nor from 0.001 to 100.
    pub fn weibull(mean: f64, cv: f64) -> Checked {
        spread("weibull", mean, cv, 0.001, 100.0, |mean, cv| Self::Weibull(Weibull::new(mean, cv)))
    }

    /// A lognormal distribution with the given mean and coefficient of variation.
    ///
    /// # Errors
    /// `mean` is not finite and above zero, or `cv` is negative or above 100.
    pub fn lognormal(mean: f64, cv: f64) -> Checked {
        spread("lognormal", mean, cv, 0.0, 100.0, |mean, cv| Self::Lognormal(Lognormal::new(mean, cv)))
    }

    /// The listed values, each with a share in proportion to its weight.
    ///
    /// # Errors
    /// The lists differ in length, a value or weight is not finite, a weight is negative, or none is above zero.
    pub fn empirical(values: &[f64], weights: &[f64]) -> Checked {
        if values.len() != weights.len() {
            return Err(DistributionError::Lengths { values: values.len(), weights: weights.len() });
        }
        for (&value, &weight) in values.iter().zip(weights) {
            finite("value", value)?;
            not_negative("weight", weight)?;
        }
        if !weights.iter().any(|&weight| weight > 0.0) {
            return Err(DistributionError::NoWeight { values: values.len() });
        }
        Ok(Self::Empirical(Empirical::new(values.iter().copied().zip(weights.iter().copied()).collect())))
    }
}

fn finite(name: &'static str, value: f64) -> Result<f64, DistributionError> {
    if value.is_finite() { Ok(value) } else { Err(DistributionError::NotFinite { name, value }) }
}

fn positive(name: &'static str, value: f64) -> Result<f64, DistributionError> {
    finite(name, value)?;
    if value > 0.0 { Ok(value) } else { Err(DistributionError::NotPositive { name, value }) }
}

fn not_negative(name: &'static str, value: f64) -> Result<f64, DistributionError> {
    finite(name, value)?;
    if value >= 0.0 { Ok(value) } else { Err(DistributionError::Negative { name, value }) }
}

fn ordered(
    (first_name, first): (&'static str, f64),
    (second_name, second): (&'static str, f64),
) -> Result<(), DistributionError> {
    finite(first_name, first)?;
    finite(second_name, second)?;
    if first <= second { Ok(()) } else { Err(DistributionError::OutOfOrder { first_name, first, second_name, second }) }
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
        Err(DistributionError::CvOutOfRange { family, cv, least, most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(message(Distribution::constant(f64::NAN)), "value NaN is not a finite number");
        assert_eq!(message(Distribution::exponential(-2.0)), "mean -2 is not above zero");
        assert_eq!(message(Distribution::exponential(f64::INFINITY)), "mean inf is not a finite number");
        assert_eq!(message(Distribution::lognormal(1.0, -0.5)), "cv -0.5 is negative");
        assert_eq!(message(Distribution::gamma(1.0, 11.0)), "cv 11 of a gamma distribution is outside 0.01 to 10");
        assert_eq!(message(Distribution::triangular(1.0, 5.0, 4.0)), "mode 5 is above high 4");
        assert_eq!(message(Distribution::erlang(1.0, 0)), "an erlang distribution has 1 to 1000 phases, not 0");
        assert_eq!(message(Distribution::empirical(&[1.0], &[])), "1 values cannot have 0 weights");
        assert_eq!(message(Distribution::empirical(&[1.0], &[0.0])), "none of the 1 values has a weight above zero");
        assert_eq!(message(Distribution::empirical(&[], &[])), "none of the 0 values has a weight above zero");
    }
}
