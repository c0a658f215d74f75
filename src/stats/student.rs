//! Student's t distribution.

use super::memo::Memo;
use crate::random::{beta_regularised, normal_quantile};

const STEPS: u32 = 100;

thread_local! {
    /// By p and degrees.
    static QUANTILES: Memo<[u64; 2], f64> = const { Memo::new() };
}

/// The share of Student's t with `degrees` of freedom (> 0, not necessarily whole) at or below `t`.
///
/// Through the incomplete beta function: `P(T > t) = I_x(degrees/2, 1/2) / 2` at x = degrees / (degrees + t^2).
pub fn student_cdf(t: f64, degrees: f64) -> f64 {
    if t > 0.0 { 1.0 - upper_tail(t, degrees) } else { upper_tail(-t, degrees) }
}

/// The probability that |T| is at least |t|.
pub fn two_sided_p(t: f64, degrees: f64) -> f64 {
    (2.0 * upper_tail(t.abs(), degrees)).min(1.0)
}

/// The quantile of Student's t with `degrees` of freedom (> 0), for p in (0, 1); about 12 digits.
pub fn student_quantile(p: f64, degrees: f64) -> f64 {
    let quantile = || if p < 0.5 { -tail_quantile(p, degrees) } else { tail_quantile(1.0 - p, degrees) };
    QUANTILES.with(|known| known.get([p, degrees].map(f64::to_bits), quantile))
}

/// P(T > t) for t >= 0.
fn upper_tail(t: f64, degrees: f64) -> f64 {
    let square = t * t;
    if square < degrees {
        // The other half of the beta function: x close to 1 would lose the digits of t.
        0.5 - 0.5 * beta_regularised(0.5, 0.5 * degrees, square / (degrees + square))
    } else {
        0.5 * beta_regularised(0.5 * degrees, 0.5, degrees / (degrees + square))
    }
}

fn density(t: f64, degrees: f64) -> f64 {
    let log_constant = libm::lgamma(0.5 * (degrees + 1.0))
        - libm::lgamma(0.5 * degrees)
        - 0.5 * libm::log(degrees * std::f64::consts::PI);
    libm::exp(log_constant - 0.5 * (degrees + 1.0) * libm::log1p(t * t / degrees))
}

/// The t >= 0 with P(T > t) = tail, for tail in (0, 1/2].
///
/// The tail is convex there, so Newton's steps from the left never pass the solution, and the normal quantile is to its
/// left because t has the heavier tail.
fn tail_quantile(tail: f64, degrees: f64) -> f64 {
    let mut t = -normal_quantile(tail);
    for _ in 0..STEPS {
        let step = (upper_tail(t, degrees) - tail) / density(t, degrees);
        t += step;
        if step.abs() <= 4.0 * f64::EPSILON * t {
            break;
        }
    }
    t.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, relative: f64) {
        assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
    }

    /// One and two degrees of freedom have closed forms: tan(pi (p - 1/2)) and (2p - 1) sqrt(2 / (4p(1 - p))).
    #[test]
    fn closed_forms() {
        for p in [0.5001, 0.6, 0.9, 0.975, 0.9995, 0.999_999] {
            close(student_quantile(p, 1.0), libm::tan(std::f64::consts::PI * (p - 0.5)), 1e-10);
            close(student_quantile(p, 2.0), (2.0 * p - 1.0) * libm::sqrt(1.0 / (2.0 * p * (1.0 - p))), 1e-10);
        }
        close(student_quantile(0.025, 1.0), -student_quantile(0.975, 1.0), 1e-10);
        assert!(student_quantile(0.5, 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for degrees in [1.0, 1.5, 3.0, 7.992, 19.0, 199.0, 9999.0] {
            for p in [1e-6, 0.01, 0.3, 0.5, 0.7, 0.95, 0.999] {
                close(student_cdf(student_quantile(p, degrees), degrees), p, 1e-10);
            }
        }
    }

    /// Computed with mpmath in 30 digits.
    #[test]
    fn known_quantiles() {
        for (p, degrees, expected) in [
            (0.975, 19.0, 2.093_024_054_408_309_8),
            (0.95, 9.0, 1.833_112_932_656_237_2),
            (0.95, 4.0, 2.131_846_786_326_650_3),
            (0.999_5, 199.0, 3.340_086_556_161_431),
            (0.975, 7.992, 2.306_405_989_755_875),
            (0.975, 999.0, 1.962_341_461_133_45),
            (0.999_999_5, 5.0, 28.478_473_462_984_2),
        ] {
            close(student_quantile(p, degrees), expected, 1e-10);
        }
    }

    #[test]
    fn many_degrees_are_normal() {
        close(student_quantile(0.975, 1e6), normal_quantile(0.975), 3e-6);
        close(two_sided_p(1.959_963_984_540_054, 1e6), 0.05, 1e-5);
    }
}
