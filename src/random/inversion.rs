//! Inverse distribution functions: one uniform in, one variate out, monotone.

use super::elementary::{exp, ln};
use super::special::{
    beta_density, beta_regularised, gamma_density_times_x, gamma_lower_regularised, gamma_upper_regularised,
};

/// Newton converges in a handful of steps; the cap bounds the worst case, which bisection alone would solve.
const STEPS: u32 = 100;

/// The standard normal quantile, routine PPND16 with about 16 digits, for p in (0, 1).
///
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988).
#[inline]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE_NUMERATOR, &CENTRE_DENOMINATOR, r);
    }
    tail_quantile(p, q)
}

/// The same far from the middle, by `q` above it. Apart, as most draws are near it.
#[inline(never)]
fn tail_quantile(p: f64, q: f64) -> f64 {
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let log = if tail >= f64::MIN_POSITIVE { ln(tail) } else { libm::log(tail) };
    let r = libm::sqrt(-log);
    let size = if r <= 5.0 {
        ratio(&MIDDLE_NUMERATOR, &MIDDLE_DENOMINATOR, r - 1.6)
    } else {
        ratio(&TAIL_NUMERATOR, &TAIL_DENOMINATOR, r - 5.0)
    };
    if q < 0.0 { -size } else { size }
}

#[inline]
fn ratio(numerator: &[f64; 8], denominator: &[f64; 8], r: f64) -> f64 {
    horner(numerator, r) / horner(denominator, r)
}

#[inline]
fn horner([c0, c1, c2, c3, c4, c5, c6, c7]: &[f64; 8], r: f64) -> f64 {
    ((((((c7 * r + c6) * r + c5) * r + c4) * r + c3) * r + c2) * r + c1) * r + c0
}

/// The exponential quantile with the given mean: `-mean ln(1 - u)`.
pub fn exponential_quantile(mean: f64, u: f64) -> f64 {
    -mean * log_of_rest(u)
}

/// The same for a uniform that was drawn, with mean 1: `1 - u` is exact for these ([`super::u01`]), and the plain logarithm
/// takes half the work.
#[inline]
pub fn exponential_draw(u: f64) -> f64 {
    -ln(1.0 - u)
}

/// `ln(1 - u)`, with the bits of `libm`'s `log1p(-u)`. Where `1 - u` is exact, as of a uniform that was drawn, the plain logarithm
/// takes the very same steps in half as many instructions, but right at the root of 1/2, where the two part their intervals.
#[inline]
fn log_of_rest(u: f64) -> f64 {
    let rest = 1.0 - u;
    let is_exact = (1.0 - rest).to_bits() == u.to_bits();
    let is_alike = rest > 0.0 && rest < 1.0 && is_exact && (rest - std::f64::consts::FRAC_1_SQRT_2).abs() > 1e-6;
    if is_alike { ln(rest) } else { libm::log1p(-u) }
}

/// The lognormal quantile `exp(mu + sigma z)`, with z the standard normal quantile of u.
pub fn lognormal_quantile(mu: f64, sigma: f64, u: f64) -> f64 {
    exp(mu + sigma * normal_quantile(u))
}

/// The Weibull quantile `scale (-ln(1 - u))^(1/shape)`.
pub fn weibull_quantile(scale: f64, shape: f64, u: f64) -> f64 {
    scale * libm::pow(-libm::log1p(-u), 1.0 / shape)
}

/// The standard Gumbel quantile `-ln(-ln u)`, for choices among alternatives.
pub fn gumbel_quantile(u: f64) -> f64 {
    -libm::log(-libm::log(u))
}

/// The triangular quantile, for low <= mode <= high and low < high.
pub fn triangular_quantile(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if u * width < mode - low {
        low + libm::sqrt(u * width * (mode - low))
    } else {
        high - libm::sqrt((1.0 - u) * width * (high - mode))
    }
}

/// The quantile of a Poisson count, by summing probabilities from 0 upwards; meant for means below about 30.
pub fn poisson_quantile(mean: f64, u: f64) -> u64 {
    let mut probability = libm::exp(-mean);
    let mut cumulated = probability;
    let mut count = 0;
    // Where the probabilities underflow the sum can stop short of u; the count then stays where it is.
    while cumulated < u && probability > 0.0 {
        count += 1;
        probability *= mean / count as f64;
        cumulated += probability;
    }
    count
}

/// The quantile of a gamma variable with the given shape (> 0) and scale 1, for u in (0, 1).
///
/// Bracketed Newton on the incomplete gamma function, in the logarithm of the variable.
pub fn gamma_quantile(shape: f64, u: f64) -> f64 {
    let excess = |log_x: f64| {
        let x = libm::exp(log_x);
        // The smaller tail carries the digits.
        let difference =
            if u < 0.5 { gamma_lower_regularised(shape, x) - u } else { (1.0 - u) - gamma_upper_regularised(shape, x) };
        (difference, gamma_density_times_x(shape, x))
    };
    let top = libm::log(shape + 60.0 * libm::sqrt(shape) + 800.0);
    libm::exp(bracketed_newton(excess, gamma_start(shape, u).min(top), -745.0, top))
}

/// The logarithm of a first guess: Wilson and Hilferty's cube where it is positive, else the leading power of x.
fn gamma_start(shape: f64, u: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    let root = 1.0 - ninth + normal_quantile(u) * libm::sqrt(ninth);
    if shape > 0.3 && root > 0.1 {
        libm::log(shape) + 3.0 * libm::log(root)
    } else {
        (libm::log(u) + libm::lgamma(shape + 1.0)) / shape
    }
}

/// The quantile of a beta variable with parameters a and b (> 0), for u in (0, 1).
///
/// Bracketed Newton on the incomplete beta function.
pub fn beta_quantile(a: f64, b: f64, u: f64) -> f64 {
    beta_quantile_near(a, b, u, a / (a + b))
}

/// The same where it is known about where it lies, which spares steps.
pub fn beta_quantile_near(a: f64, b: f64, u: f64, start: f64) -> f64 {
    let excess = |x: f64| (beta_regularised(a, b, x) - u, beta_density(a, b, x));
    bracketed_newton(excess, start, 0.0, 1.0)
}

/// The root in (low, high) of an increasing function that returns its value and its slope.
///
/// A Newton step that leaves the bracket is replaced by the middle of the bracket.
pub(crate) fn bracketed_newton(function: impl Fn(f64) -> (f64, f64), start: f64, low: f64, high: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut x = if start > low && start < high { start } else { 0.5 * (low + high) };
    for _ in 0..STEPS {
        let (value, slope) = function(x);
        if value > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - value / slope;
        if value == 0.0 {
            return x;
        }
        if (newton - x).abs() <= 2.0 * f64::EPSILON * x.abs() {
            return newton;
        }
        x = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
    }
    x
}

#[expect(clippy::unreadable_literal, clippy::excessive_precision, reason = "digits as printed in AS 241")]
mod as241 {
    pub(super) const CENTRE_NUMERATOR: [f64; 8] = [
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ];
    pub(super) const CENTRE_DENOMINATOR: [f64; 8] = [
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ];
    pub(super) const MIDDLE_NUMERATOR: [f64; 8] = [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ];
    pub(super) const MIDDLE_DENOMINATOR: [f64; 8] = [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ];
    pub(super) const TAIL_NUMERATOR: [f64; 8] = [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ];
    pub(super) const TAIL_DENOMINATOR: [f64; 8] = [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ];
}
use as241::{
    CENTRE_DENOMINATOR, CENTRE_NUMERATOR, MIDDLE_DENOMINATOR, MIDDLE_NUMERATOR, TAIL_DENOMINATOR, TAIL_NUMERATOR,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::special::normal_cdf;

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
    }

    /// The check values printed with AS 241.
    #[test]
    fn rng_07_inverse_normal() {
        close(normal_quantile(0.25), -0.674_489_750_196_081_7, 1e-14);
        close(normal_quantile(0.001), -3.090_232_306_167_813, 1e-14);
        close(normal_quantile(1e-20), -9.262_340_089_798_405, 1e-14);
        close(normal_quantile(0.975), 1.959_963_984_540_053_6, 1e-14);
    }

    /// At uniforms that were drawn and at others, and round the root of 1/2.
    #[test]
    fn the_logarithm_of_the_rest_is_that_of_libm() {
        let (root, step) = (1.0 - std::f64::consts::FRAC_1_SQRT_2, 1e-11);
        for n in 0..1_000_000 {
            let word = crate::random::mix64(n);
            let drawn = crate::random::u01(word);
            let near = root + step * (n as f64 - 500_000.0);
            for u in [drawn, drawn * 1e-9, drawn * 0.6, 1.0 - drawn * 1e-7, near, f64::from_bits(word >> 2)] {
                assert_eq!(log_of_rest(u).to_bits(), libm::log1p(-u).to_bits(), "{u:e}");
            }
        }
    }

    #[test]
    fn inverse_normal_undoes_the_distribution_function() {
        for step in 1..2000 {
            let p = f64::from(step) / 2000.0;
            close(normal_cdf(normal_quantile(p)), p, 1e-14);
        }
        for exponent in 5..280 {
            let p = libm::pow(10.0, -f64::from(exponent));
            close(normal_cdf(normal_quantile(p)), p, 1e-12);
        }
    }

    #[test]
    fn closed_forms() {
        close(exponential_quantile(2.0, 0.5), 2.0 * std::f64::consts::LN_2, 1e-15);
        close(weibull_quantile(3.0, 2.0, 0.5), 3.0 * libm::sqrt(std::f64::consts::LN_2), 1e-15);
        close(weibull_quantile(3.0, 1.0, 0.3), exponential_quantile(3.0, 0.3), 1e-15);
        close(gumbel_quantile(libm::exp(-1.0 / std::f64::consts::E)), 1.0, 1e-14);
        close(triangular_quantile(2.0, 3.0, 7.0, 0.2), 3.0, 1e-15);
    }

    #[test]
    fn poisson_counts() {
        // exp(-2) = 0.1353, cumulated 0.4060, 0.6767
        assert_eq!([0.1, 0.2, 0.5, 0.67].map(|u| poisson_quantile(2.0, u)), [0, 1, 2, 2]);
        assert_eq!(poisson_quantile(0.0, 0.999), 0);
        assert!(poisson_quantile(20.0, 1.0 - 1e-16) < 100);
    }

    #[test]
    fn gamma_quantile_undoes_the_distribution_function() {
        for shape in [0.02, 0.3, 1.0, 2.5, 44.0, 1e4] {
            for u in [1e-9, 0.001, 0.2, 0.5, 0.9, 0.999] {
                let x = gamma_quantile(shape, u);
                if x > 1e-300 {
                    close(gamma_lower_regularised(shape, x), u, 1e-10);
                }
            }
        }
        close(gamma_quantile(1.0, 0.3), exponential_quantile(1.0, 0.3), 1e-13);
    }

    #[test]
    fn beta_quantile_undoes_the_distribution_function() {
        for (a, b) in [(1.0, 5.0), (1.8, 4.2), (3.0, 3.0), (0.5, 0.5)] {
            for u in [1e-6, 0.001, 0.2, 0.5, 0.9, 0.999_999] {
                close(beta_regularised(a, b, beta_quantile(a, b, u)), u, 1e-10);
            }
        }
    }
}
