//! Numerical integration.

const STEPS: u32 = 20;

/// The nodes and weights of Gauss-Legendre integration with `number` points from `low` to `high`.
///
/// Newton's iteration on the Legendre polynomial (Press et al., *Numerical Recipes*, section 4.6).
pub(super) fn gauss_legendre(number: u32, low: f64, high: f64) -> Vec<(f64, f64)> {
    let (centre, radius) = (0.5 * (high + low), 0.5 * (high - low));
    (0..number)
        .map(|index| {
            let (root, slope) = legendre_root(index, number);
            (centre - radius * root, 2.0 * radius / ((1.0 - root * root) * slope * slope))
        })
        .collect()
}

/// A root of the Legendre polynomial of degree `degree` and the slope there, the greatest root first.
fn legendre_root(index: u32, degree: u32) -> (f64, f64) {
    let angle = std::f64::consts::PI * (f64::from(index) + 0.75) / (f64::from(degree) + 0.5);
    let mut root = libm::cos(angle);
    let mut slope = 1.0;
    for _ in 0..STEPS {
        let value;
        (value, slope) = legendre(degree, root);
        root -= value / slope;
        if (value / slope).abs() < f64::EPSILON {
            break;
        }
    }
    (root, slope)
}

/// The Legendre polynomial and its slope.
fn legendre(degree: u32, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for k in 1..=degree {
        let k = f64::from(k);
        (before, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k);
    }
    (value, f64::from(degree) * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrates_polynomials_and_waves() {
        let integral = |number, low, high, function: fn(f64) -> f64| -> f64 {
            gauss_legendre(number, low, high).iter().map(|&(x, weight)| weight * function(x)).sum()
        };
        assert!((integral(3, 0.0, 2.0, |x| x * x * x * x * x) - 64.0 / 6.0).abs() < 1e-12);
        assert!((integral(40, 0.0, 3.0, libm::exp) - (libm::exp(3.0) - 1.0)).abs() < 1e-12);
        assert!((integral(201, -5.0, 5.0, |_| 1.0) - 10.0).abs() < 1e-11);
    }
}
