//! The logarithm and the exponential for draws: the operations of `libm`, and so its bits, without the looks at arguments that no
//! draw has, in half as many instructions. The exponential may differ from that of `libm` in the last place where that takes another
//! way: for an argument that is less than 2^-28, and in the 10^-9 above half of ln 2 and below its negative.
//!
//! Both follow FreeBSD's msun (`e_log.c`, `e_exp.c`; Sun Microsystems 1993 and 2004), as `libm` does: the argument is reduced to an
//! interval round 1 or 0, on which a polynomial by Remez is in error by less than one unit in the last place. They add,
//! multiply and divide only, so that every machine computes the same bits.

/// ln 2 in two parts, of which whole multiples of the first are exact.
const LN_2: (f64, f64) = (6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10);
/// Where the exponential neither overflows nor loses digits.
const MOST: f64 = 700.0;
/// Added to a number below 2^51, it rounds it to a whole one, which then is in its lowest bits.
const ROUNDING: f64 = 6_755_399_441_055_744.0;
/// Bits of the fraction of a number.
const FRACTION: u32 = 52;
/// What exponents are written above their value.
const BIAS: u64 = 1023;

/// The natural logarithm of a number that is positive and neither subnormal nor infinite.
#[inline]
pub(super) fn ln(x: f64) -> f64 {
    const ODD: [f64; 4] =
        [6.666_666_666_666_735e-1, 2.857_142_874_366_239e-1, 1.818_357_216_161_805e-1, 1.479_819_860_511_658_6e-1];
    const EVEN: [f64; 3] = [3.999_999_999_940_942e-1, 2.222_219_843_214_978_4e-1, 1.531_383_769_920_937_3e-1];
    /// The upper half of the square root of 1/2, from which 1 + f goes on to its double, and of 1.
    const ROOT: u64 = 0x3fe6_a09e << 32;
    const ONE: u64 = 0x3ff0_0000 << 32;

    // x = 2^power (1 + f)
    let bits = x.to_bits() + (ONE - ROOT);
    let power = (bits >> FRACTION) as i32 - BIAS as i32;
    let f = f64::from_bits((bits & ((1 << FRACTION) - 1)) + ROOT) - 1.0;
    // ln(1 + f) = 2 atanh s = f - f^2/2 + s (f^2/2 + R(s^2)), s = f/(2 + f)
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let square = s * s;
    let fourth = square * square;
    let even = fourth * (EVEN[0] + fourth * (EVEN[1] + fourth * EVEN[2]));
    let odd = square * (ODD[0] + fourth * (ODD[1] + fourth * (ODD[2] + fourth * ODD[3])));
    let power = f64::from(power);
    s * (half_square + (odd + even)) + power * LN_2.1 - half_square + f + power * LN_2.0
}

/// The exponential.
#[inline]
pub(super) fn exp(x: f64) -> f64 {
    if x.abs() < MOST { exp_within(x) } else { libm::exp(x) }
}

#[inline]
fn exp_within(x: f64) -> f64 {
    const P: [f64; 5] = [
        1.666_666_666_666_660_2e-1,
        -2.777_777_777_701_559_3e-3,
        6.613_756_321_437_934e-5,
        -1.653_390_220_546_525_2e-6,
        4.138_136_797_057_238_5e-8,
    ];

    // x = power ln 2 + r
    let rounded = std::f64::consts::LOG2_E * x + ROUNDING;
    let power = rounded - ROUNDING;
    let (high, low) = (x - power * LN_2.0, power * LN_2.1);
    let r = high - low;
    // e^r = 1 + r + r c/(2 - c)
    let square = r * r;
    let c = r - square * (P[0] + square * (P[1] + square * (P[2] + square * (P[3] + square * P[4]))));
    let within = 1.0 + (r * c / (2.0 - c) - low + high);
    within * f64::from_bits(rounded.to_bits().wrapping_add(BIAS) << FRACTION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{mix64, u01};

    /// The same bits as `libm` at a million points: those from which draws are made, and all powers of two between.
    #[test]
    fn the_logarithm_is_that_of_libm() {
        for n in 0..1_000_000 {
            let u = u01(mix64(n));
            let x = if n % 2 == 0 { u } else { f64::from_bits(u.to_bits() - ((n % 1000) << FRACTION)) };
            assert_eq!(ln(x).to_bits(), libm::log(x).to_bits(), "{x:e}");
        }
        for x in [1.0, 1.0 - f64::EPSILON / 2.0, f64::EPSILON / 2.0, f64::MIN_POSITIVE, f64::MAX, 2.0, 0.5] {
            assert_eq!(ln(x).to_bits(), libm::log(x).to_bits(), "{x:e}");
        }
    }

    #[test]
    fn the_exponential_is_that_of_libm() {
        for n in 0..1_000_000 {
            let range = [1e-12, 1e-3, 0.5, 2.0, 30.0, 1400.0, 1600.0][n as usize % 7];
            let x = (u01(mix64(n)) - 0.5) * range;
            assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x:e}");
        }
        for x in [0.0, -0.0, 1.0, -1.0, 709.0, -745.0, 1e4, -1e4] {
            assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x:e}");
        }
        assert!(exp(f64::NAN).is_nan());
    }

    /// Where `libm` takes another way than for its neighbours.
    #[test]
    fn the_exponential_is_within_the_last_place_where_libm_has_a_way_of_its_own() {
        let half = std::f64::consts::LN_2 / 2.0;
        for n in 0..100_000 {
            let u = u01(mix64(n));
            for x in [half + u * 2e-9, -half - u * 2e-9, u * 8e-9, -u * 8e-9] {
                let (own, theirs) = (exp(x).to_bits(), libm::exp(x).to_bits());
                assert!(own.abs_diff(theirs) <= 1, "{x:e}");
            }
        }
    }
}
