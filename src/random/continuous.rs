//! Families given by their bounds: constant, uniform, triangular, PERT.

use super::family::Family;
use super::inversion::{beta_quantile, triangular_quantile};

/// Always the same value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constant {
    value: f64,
}

impl Constant {
    pub(super) const fn new(value: f64) -> Self {
        Self { value }
    }
}

impl Family for Constant {
    fn scaled(&self, factor: f64) -> Self {
        Self::new(self.value * factor)
    }

    fn quantile(&self, _: f64) -> f64 {
        self.value
    }

    fn mean(&self) -> f64 {
        self.value
    }

    fn variance(&self) -> f64 {
        0.0
    }

    fn lowest(&self) -> f64 {
        self.value
    }

    fn highest(&self) -> f64 {
        self.value
    }
}

/// Every value between two bounds alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    pub(super) const fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }
}

impl Family for Uniform {
    fn scaled(&self, factor: f64) -> Self {
        Self::new(self.low * factor, self.high * factor)
    }

    fn quantile(&self, u: f64) -> f64 {
        self.low + u * (self.high - self.low)
    }

    fn mean(&self) -> f64 {
        0.5 * (self.low + self.high)
    }

    fn variance(&self) -> f64 {
        square(self.high - self.low) / 12.0
    }

    fn lowest(&self) -> f64 {
        self.low
    }

    fn highest(&self) -> f64 {
        self.high
    }
}

/// A density that rises linearly from `low` to `mode` and falls linearly to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

impl Triangular {
    pub(super) const fn new(low: f64, mode: f64, high: f64) -> Self {
        Self { low, mode, high }
    }
}

impl Family for Triangular {
    fn scaled(&self, factor: f64) -> Self {
        Self::new(self.low * factor, self.mode * factor, self.high * factor)
    }

    fn quantile(&self, u: f64) -> f64 {
        triangular_quantile(self.low, self.mode, self.high, u)
    }

    fn mean(&self) -> f64 {
        (self.low + self.mode + self.high) / 3.0
    }

    fn variance(&self) -> f64 {
        let (left, right) = (self.mode - self.low, self.high - self.mode);
        (left * left + left * right + right * right) / 18.0
    }

    fn lowest(&self) -> f64 {
        self.low
    }

    fn highest(&self) -> f64 {
        self.high
    }
}

/// A beta variable stretched to [`low`, `high`] with mean `(low + 4 mode + high) / 6` (Malcolm et al. 1959).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pert {
    low: f64,
    mode: f64,
    high: f64,
    alpha: f64,
    beta: f64,
}

impl Pert {
    pub(super) fn new(low: f64, mode: f64, high: f64) -> Self {
        let width = high - low;
        let alpha = 1.0 + 4.0 * (mode - low) / width;
        let beta = 1.0 + 4.0 * (high - mode) / width;
        Self { low, mode, high, alpha, beta }
    }
}

impl Family for Pert {
    fn scaled(&self, factor: f64) -> Self {
        Self { low: self.low * factor, mode: self.mode * factor, high: self.high * factor, ..*self }
    }

    fn quantile(&self, u: f64) -> f64 {
        self.low + (self.high - self.low) * beta_quantile(self.alpha, self.beta, u)
    }

    fn mean(&self) -> f64 {
        (self.low + 4.0 * self.mode + self.high) / 6.0
    }

    fn variance(&self) -> f64 {
        // The two parameters always sum to 6.
        square(self.high - self.low) * self.alpha * self.beta / 252.0
    }

    fn lowest(&self) -> f64 {
        self.low
    }

    fn highest(&self) -> f64 {
        self.high
    }
}

fn square(x: f64) -> f64 {
    x * x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-8 * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    /// Malcolm et al. (1959); quantile computed by an independent program.
    #[test]
    fn rng_11_triangular_and_pert() {
        let triangular = Triangular::new(2.0, 3.0, 7.0);
        close(triangular.mean(), 4.0);
        close(triangular.variance(), 1.166_666_666_67);
        close(triangular.quantile(0.5), 3.837_722_339_83);
        let pert = Pert::new(2.0, 3.0, 7.0);
        close(pert.alpha, 1.8);
        close(pert.beta, 4.2);
        close(pert.mean(), 3.5);
        close(pert.variance(), 0.75);
        close(pert.quantile(0.5), 3.383_361_296_96);
    }

    #[test]
    fn a_mode_at_the_bound_is_allowed() {
        close(Triangular::new(0.0, 0.0, 1.0).quantile(0.75), 0.5);
        close(Triangular::new(0.0, 1.0, 1.0).quantile(0.25), 0.5);
        // A beta(1, 5) variable: 1 - (1 - u)^(1/5)
        close(Pert::new(0.0, 0.0, 1.0).quantile(0.5), 1.0 - libm::pow(0.5, 0.2));
    }

    #[test]
    fn scaling_stretches_every_quantile() {
        close(Pert::new(2.0, 3.0, 7.0).scaled(2.0).quantile(0.3), 2.0 * Pert::new(2.0, 3.0, 7.0).quantile(0.3));
        close(Uniform::new(2.0, 7.0).scaled(2.0).quantile(0.3), 7.0);
        close(Triangular::new(2.0, 3.0, 7.0).scaled(2.0).mean(), 8.0);
    }
}
