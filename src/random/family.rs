//! What every family of distributions answers.

/// A family with its parameters fixed.
pub(super) trait Family {
    /// The family of `factor` times the variable; `factor` is above zero and finite.
    fn scaled(&self, factor: f64) -> Self
    where
        Self: Sized;
    /// The value below which a share `u` of the draws lies.
    fn quantile(&self, u: f64) -> f64;
    /// The expected value.
    fn mean(&self) -> f64;
    /// The variance.
    fn variance(&self) -> f64;
    /// The greatest value no draw falls below.
    fn lowest(&self) -> f64 {
        0.0
    }
    /// The least value no draw exceeds, which may be infinite.
    fn highest(&self) -> f64 {
        f64::INFINITY
    }
}
