//! Families of positive values given by mean and coefficient of variation.

use std::f64::consts::LN_10;

use super::elementary::exp;
use super::family::Family;
use super::inversion::{
    bracketed_newton, exponential_draw, exponential_quantile, gamma_quantile, normal_quantile, weibull_quantile,
};

/// Memoryless times: coefficient of variation 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Exponential {
    pub(super) const fn new(mean: f64) -> Self {
        Self { mean }
    }

    /// The draw made from a uniform.
    #[inline]
    pub(super) fn drawn(self, u: f64) -> f64 {
        self.mean * exponential_draw(u)
    }
}

impl Family for Exponential {
    fn scaled(&self, factor: f64) -> Self {
        Self::new(self.mean * factor)
    }

    fn quantile(&self, u: f64) -> f64 {
        exponential_quantile(self.mean, u)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * self.mean
    }
}

/// A sum of `k` independent exponential phases of equal mean.
///
/// A draw takes one uniform for each phase, so it has no quantile function of a single uniform; [`Gamma`] with
/// coefficient of variation `1/sqrt(k)` is the same law with one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Erlang {
    mean: f64,
    phases: u32,
}

impl Erlang {
    pub(super) const fn new(mean: f64, phases: u32) -> Self {
        Self { mean, phases }
    }

    pub(super) const fn phases(&self) -> u32 {
        self.phases
    }

    /// The sum of the phases, one for each uniform.
    pub(super) fn sum(&self, uniforms: impl Iterator<Item = f64>) -> f64 {
        let phase = self.mean / f64::from(self.phases);
        uniforms.map(|u| exponential_quantile(phase, u)).sum()
    }
}

impl Family for Erlang {
    fn scaled(&self, factor: f64) -> Self {
        Self::new(self.mean * factor, self.phases)
    }

    /// Not the draw, which takes one uniform a phase, but the same law.
    fn quantile(&self, u: f64) -> f64 {
        let phases = f64::from(self.phases);
        self.mean / phases * gamma_quantile(phases, u)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * self.mean / f64::from(self.phases)
    }
}

/// A gamma variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    mean: f64,
    shape: f64,
}

impl Gamma {
    pub(super) fn new(mean: f64, cv: f64) -> Self {
        Self { mean, shape: 1.0 / (cv * cv) }
    }
}

impl Family for Gamma {
    fn scaled(&self, factor: f64) -> Self {
        Self { mean: self.mean * factor, ..*self }
    }

    fn quantile(&self, u: f64) -> f64 {
        self.mean / self.shape * gamma_quantile(self.shape, u)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * self.mean / self.shape
    }
}

/// A Weibull variable; its shape is solved from the coefficient of variation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    mean: f64,
    cv: f64,
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// The logarithms of the shapes among which the solution is sought: 0.1 to 10 000.
    const LOG_SHAPES: (f64, f64) = (-LN_10, 4.0 * LN_10);

    pub(super) fn new(mean: f64, cv: f64) -> Self {
        let shape = Self::shape_of(cv);
        Self { mean, cv, shape, scale: mean / libm::tgamma(1.0 + 1.0 / shape) }
    }

    /// The shape whose coefficient of variation is `cv`: cv^2 = G(1 + 2/shape) / G(1 + 1/shape)^2 - 1.
    fn shape_of(cv: f64) -> f64 {
        let target = libm::log1p(cv * cv);
        let shortfall = |log_shape: f64| {
            let inverse = libm::exp(-log_shape);
            let log_ratio = libm::lgamma(1.0 + 2.0 * inverse) - 2.0 * libm::lgamma(1.0 + inverse);
            // Slope 0 makes every step a bisection: this is solved once and needs no derivative.
            (target - log_ratio, 0.0)
        };
        let (low, high) = Self::LOG_SHAPES;
        libm::exp(bracketed_newton(shortfall, 0.0, low, high))
    }
}

impl Family for Weibull {
    fn scaled(&self, factor: f64) -> Self {
        Self { mean: self.mean * factor, scale: self.scale * factor, ..*self }
    }

    fn quantile(&self, u: f64) -> f64 {
        weibull_quantile(self.scale, self.shape, u)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        (self.mean * self.cv) * (self.mean * self.cv)
    }
}

/// A lognormal variable: sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2/2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    mean: f64,
    cv: f64,
    sigma: f64,
    // The median rather than its logarithm, so that scaling by a power of two is exact.
    median: f64,
}

impl Lognormal {
    pub(super) fn new(mean: f64, cv: f64) -> Self {
        Self { mean, cv, sigma: libm::sqrt(libm::log1p(cv * cv)), median: mean / libm::sqrt(1.0 + cv * cv) }
    }

    /// The draw made from a uniform.
    #[inline]
    pub(super) fn drawn(&self, u: f64) -> f64 {
        self.median * exp(self.sigma * normal_quantile(u))
    }
}

impl Family for Lognormal {
    fn scaled(&self, factor: f64) -> Self {
        Self { mean: self.mean * factor, median: self.median * factor, ..*self }
    }

    fn quantile(&self, u: f64) -> f64 {
        self.drawn(u)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        (self.mean * self.cv) * (self.mean * self.cv)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::lognormal_quantile;

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
    }

    /// The definition, with mean 2 and coefficient of variation 0.5.
    #[test]
    fn rng_10_lognormal_parameters() {
        let lognormal = Lognormal::new(2.0, 0.5);
        close(libm::log(lognormal.median), 0.581_575_404_903, 1e-9);
        close(lognormal.sigma, 0.472_380_727_077, 1e-9);
        close(lognormal.quantile(0.5), 1.788_854_382, 1e-9);
        close(lognormal.quantile(0.95), 3.890_635_676_02, 1e-9);
        close(lognormal.quantile(0.95), lognormal_quantile(0.581_575_404_903, 0.472_380_727_077, 0.95), 1e-9);
    }

    #[test]
    fn weibull_shape_solves_its_equation() {
        // With shape 1 the law is exponential, with shape 2 it is Rayleigh's.
        close(Weibull::new(3.0, 1.0).shape, 1.0, 1e-12);
        close(Weibull::new(3.0, libm::sqrt(4.0 / std::f64::consts::PI - 1.0)).shape, 2.0, 1e-12);
        close(Weibull::new(3.0, 1.0).quantile(0.5), 3.0 * std::f64::consts::LN_2, 1e-12);
    }

    #[test]
    fn gamma_of_shape_one_is_exponential() {
        close(Gamma::new(3.0, 1.0).quantile(0.8), Exponential::new(3.0).quantile(0.8), 1e-12);
    }

    #[test]
    fn erlang_adds_its_phases() {
        let erlang = Erlang::new(4.0, 2);
        close(erlang.sum([0.5, 0.5].into_iter()), 4.0 * std::f64::consts::LN_2, 1e-15);
        close(erlang.variance(), 8.0, 1e-15);
    }
}
