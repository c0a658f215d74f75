//! Numbers for people: rounded to what their interval supports.

use std::fmt;

/// A number rounded for people, with its half-width rounded to the same digit.
#[derive(Clone, Debug, PartialEq)]
pub struct Rounded {
    /// The value.
    pub value: String,
    /// The half-width, where there is one.
    pub half_width: Option<String>,
}

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.half_width {
            Some(half_width) => f.pad(&format!("{} ± {half_width}", self.value)),
            None => f.pad(&self.value),
        }
    }
}

/// Digits that are shown at most: below that, a half-width is noise of the computation.
const MOST_DIGITS: i32 = 7;

/// Digits of a value beside which a difference stands.
const DIGITS_OF_BASE: i32 = 4;

/// The leading digits of a half-width below which it has two of them, as the Particle Data Group rounds errors: so that
/// rounding never changes it by more than a fifth.
const TWO_DIGITS: f64 = 3.55;

/// Rounds to one digit of the half-width, or two where it begins with 1, 2 or 3. Without a half-width (one replication),
/// or with one of 0, three significant digits are shown.
pub fn round_to(value: f64, half_width: Option<f64>) -> Rounded {
    round_to_digits(value, half_width, MOST_DIGITS)
}

/// A value beside which a difference from it stands with its half-width. In the same random numbers a difference may be known to
/// far more digits than the value itself, of which four are enough.
pub(super) fn base_of(value: f64, half_width: Option<f64>) -> String {
    round_to_digits(value, half_width, DIGITS_OF_BASE).value
}

fn round_to_digits(value: f64, half_width: Option<f64>, most: i32) -> Rounded {
    let known = half_width.filter(|half_width| *half_width > 0.0);
    let leading = if value == 0.0 { 0 } else { libm::log10(value.abs()).floor() as i32 };
    let place = match known {
        Some(half_width) => {
            let power = (libm::log10(half_width) + 1e-9).floor() as i32;
            let has_two = half_width / libm::pow(10.0, f64::from(power)) < TWO_DIGITS;
            let supported = if has_two { power - 1 } else { power };
            supported.max(leading - most + 1)
        }
        None if value == 0.0 => 0,
        None => leading - 2,
    };
    // The half-width is rounded up: an interval is never shown narrower than it is.
    Rounded { value: at(value, place, f64::round), half_width: half_width.map(|width| at(width, place, f64::ceil)) }
}

/// A difference rounded in the same way, its value with its sign; what is nothing when rounded has none.
pub(super) fn signed(difference: f64, half_width: Option<f64>) -> Rounded {
    let mut rounded = round_to(difference, half_width);
    let digits = rounded.value.trim_start_matches('-');
    if !digits.contains(|digit| ('1'..='9').contains(&digit)) {
        rounded.value = digits.to_owned();
    } else if difference > 0.0 {
        rounded.value.insert(0, '+');
    }
    rounded
}

/// A number to the digit that stands for 10^`place`.
fn at(value: f64, place: i32, round: impl Fn(f64) -> f64) -> String {
    if place >= 0 {
        let step = libm::pow(10.0, f64::from(place));
        thousands(round(value / step) * step)
    } else {
        let scale = libm::pow(10.0, f64::from(-place));
        format!("{:.*}", (-place) as usize, round(value * scale) / scale)
    }
}

/// A whole number in groups of three: `1 234 567`.
pub fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = if value < 0.0 && digits != "0" { "-".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_width_has_one_digit_or_two() {
        assert_eq!(round_to(23.4567, Some(0.42)).to_string(), "23.5 ± 0.5");
        assert_eq!(round_to(23.4567, Some(1.0)).to_string(), "23.5 ± 1.0");
        assert_eq!(round_to(4_512_345.0, Some(12_345.0)).to_string(), "4 512 000 ± 13 000");
        assert_eq!(round_to(-9.87, Some(24.1)).to_string(), "-10 ± 25");
        assert_eq!(round_to(9.87, Some(61.0)).to_string(), "10 ± 70");
        assert_eq!(round_to(0.01234, Some(0.0005)).to_string(), "0.0123 ± 0.0005");
        assert_eq!(round_to(3.076_923_076_9, Some(4e-16)).to_string(), "3.076923 ± 0.000001");
    }

    #[test]
    fn a_base_has_no_more_digits_than_people_read() {
        assert_eq!(base_of(28.589_203, Some(0.000_02)), "28.59");
        assert_eq!(base_of(4_454_321.0, Some(16_000.0)), "4 454 000");
        assert_eq!(base_of(12.51, Some(0.9)), "12.5");
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(signed(4.26, Some(0.2)).to_string(), "+4.26 ± 0.20");
        assert_eq!(signed(-0.01, Some(5.0)).to_string(), "0 ± 5");
        assert_eq!(signed(-20.4, Some(5.0)).value, "-20");
    }

    #[test]
    fn without_an_interval_three_digits() {
        assert_eq!(round_to(23.4567, None).to_string(), "23.5");
        assert_eq!(round_to(1_234_567.0, None).to_string(), "1 230 000");
        assert_eq!(round_to(0.0, Some(0.0)).to_string(), "0 ± 0");
    }
}
