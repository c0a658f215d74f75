//! Special functions: the normal distribution function, the incomplete gamma and beta functions.
//!
//! Everything transcendental comes from `libm`, so that the bits do not depend on the machine.

use std::f64::consts::FRAC_1_SQRT_2;

/// Enough for parameters up to about 10^6: both expansions need some multiple of the square root of the parameter.
const TERMS: u32 = 20_000;
/// Stands for zero where the continued fractions would divide by it.
const TINY: f64 = 1e-300;

/// The standard normal distribution function, with full relative accuracy in the lower tail.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The regularised lower incomplete gamma function P(a, x), a > 0, x >= 0: the distribution function at x of a gamma
/// variable with shape a and scale 1.
///
/// Series below x = a + 1, continued fraction above (Press et al., *Numerical Recipes*, section 6.2); about 14 digits.
pub fn gamma_lower_regularised(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < a + 1.0 {
        gamma_series(a, x)
    } else {
        1.0 - gamma_fraction(a, x)
    }
}

/// The complement Q(a, x) = 1 - P(a, x), accurate where P is close to 1.
pub fn gamma_upper_regularised(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x < a + 1.0 {
        1.0 - gamma_series(a, x)
    } else {
        gamma_fraction(a, x)
    }
}

/// The density at x of a gamma variable with shape a and scale 1, multiplied by x.
pub(crate) fn gamma_density_times_x(a: f64, x: f64) -> f64 {
    libm::exp(a * libm::log(x) - x - libm::lgamma(a))
}

fn gamma_series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for n in 1..TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < sum * f64::EPSILON * 0.25 {
            break;
        }
    }
    sum * gamma_density_times_x(a, x)
}

fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut fraction = ContinuedFraction::new(x + 1.0 - a);
    for n in 1..TERMS {
        let n = f64::from(n);
        if fraction.deepen(-n * (n - a), x + 1.0 - a + 2.0 * n) {
            break;
        }
    }
    fraction.value * gamma_density_times_x(a, x)
}

/// The regularised incomplete beta function `I_x(a, b)`, a, b > 0: the distribution function at x of a beta variable.
///
/// Continued fraction by Lentz's method (Press et al., *Numerical Recipes*, section 6.4); about 13 digits for
/// parameters up to some thousands. Arguments outside [0, 1] give 0 and 1.
pub fn beta_regularised(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    beta_with_complement(a, b, x, 1.0 - x)
}

/// `I_x(a, b)` where the caller knows 1 - x more exactly than subtraction gives it; both must lie in (0, 1).
pub(crate) fn beta_with_complement(a: f64, b: f64, x: f64, complement: f64) -> f64 {
    let front = beta_density_times(a, b, x, complement);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, complement) / b
    }
}

/// x^a (1 - x)^b / B(a, b).
fn beta_density_times(a: f64, b: f64, x: f64, complement: f64) -> f64 {
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    libm::exp(a * libm::log(x) + b * libm::log(complement) - log_beta)
}

/// The density at x of a beta variable.
pub(crate) fn beta_density(a: f64, b: f64, x: f64) -> f64 {
    beta_density_times(a, b, x, 1.0 - x) / (x * (1.0 - x))
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut fraction = ContinuedFraction::new(1.0);
    fraction.deepen(-(a + b) * x / (a + 1.0), 1.0);
    for m in 1..TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        fraction.deepen(even, 1.0);
        if fraction.deepen(odd, 1.0) {
            break;
        }
    }
    fraction.value
}

/// A continued fraction 1/(b0 + a1/(b1 + a2/(b2 + ...))) by Lentz's method.
struct ContinuedFraction {
    value: f64,
    /// The ratio of the last two numerators of the convergents.
    above: f64,
    /// The inverse ratio of their denominators.
    below: f64,
}

impl ContinuedFraction {
    fn new(denominator: f64) -> Self {
        let below = 1.0 / away_from_zero(denominator);
        Self { value: below, above: 1.0 / TINY, below }
    }

    /// Adds a level and says whether it changed nothing any more.
    fn deepen(&mut self, numerator: f64, denominator: f64) -> bool {
        self.below = 1.0 / away_from_zero(numerator * self.below + denominator);
        self.above = away_from_zero(denominator + numerator / self.above);
        let change = self.above * self.below;
        self.value *= change;
        (change - 1.0).abs() < f64::EPSILON
    }
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
    }

    /// Abramowitz and Stegun, table 26.1.
    #[test]
    fn normal_distribution_function() {
        close(normal_cdf(1.96), 0.975_002_104_851_779_6, 1e-14);
        close(normal_cdf(-3.0), 1.349_898_031_630_094_6e-3, 1e-13);
        close(normal_cdf(0.0), 0.5, 1e-16);
    }

    #[test]
    fn incomplete_gamma_equals_the_poisson_sum() {
        // Q(3, x) = exp(-x) (1 + x + x^2/2)
        for x in [0.1, 1.0, 3.9, 4.1, 20.0] {
            let upper = libm::exp(-x) * (1.0 + x + x * x / 2.0);
            close(gamma_upper_regularised(3.0, x), upper, 1e-13);
            close(gamma_lower_regularised(3.0, x), 1.0 - upper, 1e-11);
        }
        assert!(gamma_lower_regularised(3.0, 0.0) <= 0.0);
        assert!(gamma_upper_regularised(3.0, 0.0) >= 1.0);
    }

    #[test]
    fn incomplete_beta_equals_the_binomial_sum() {
        // I_x(2, 3) = 6x^2 - 8x^3 + 3x^4
        for x in [0.01, 0.3, 0.5, 0.9] {
            close(beta_regularised(2.0, 3.0, x), x * x * (6.0 - 8.0 * x + 3.0 * x * x), 1e-13);
        }
        close(beta_regularised(0.5, 0.5, 0.5), 0.5, 1e-13);
        assert!(beta_regularised(2.0, 3.0, -1.0) <= 0.0);
        assert!(beta_regularised(2.0, 3.0, 1.0) >= 1.0);
    }
}
