//! Colours of maps, the darker the more also in grey.

pub(super) const WATER: &str = "#e8eff4";
pub(super) const LAND: &str = "#fbfaf7";
pub(super) const COAST: &str = "#9fb2bf";
pub(super) const BORDER: &str = "#c9c3b8";
pub(super) const INK: &str = "#222222";
pub(super) const PALE_INK: &str = "#5f5f5f";
pub(super) const HALO: &str = "#ffffff";
/// A link that carries nothing, or on which nothing changes.
pub(super) const IDLE: &str = "#b9bec3";
/// A link of which the shade is not known, as one without a limit.
pub(super) const PLAIN: &str = "#6f8fa6";
pub(super) const RING: &str = "#5b3a86";
/// Of differences (Okabe and Ito).
pub(super) const MORE: &str = "#0072b2";
pub(super) const LESS: &str = "#d55e00";

/// Of differences for the less, and of a link without a shade: what differs in hue alone would look alike in grey.
pub(super) const LESS_DASHES: &str = "5 5";
pub(super) const PLAIN_DASHES: &str = "8 2";

/// From little to all.
pub(super) const SHADES: [&str; 5] = ["#a8bccb", "#e0912a", "#cf5a14", "#9a2a17", "#4f0c1c"];
/// Shares of a capacity at which the next shade begins.
pub(super) const USED: [f64; 4] = [0.5, 0.7, 0.85, 0.95];
/// Hours of waiting at which the next shade begins.
pub(super) const WAITED: [f64; 4] = [1.0, 6.0, 24.0, 72.0];

/// The shade of a number.
pub(super) fn shade(value: f64, steps: &[f64; 4]) -> &'static str {
    SHADES[steps.iter().filter(|step| value >= **step).count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Luminance from 0 to 1, roughly.
    fn grey(colour: &str) -> f64 {
        let part = |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        0.3 * part(1) + 0.59 * part(3) + 0.11 * part(5)
    }

    #[test]
    fn shades_grow_darker_in_grey_too() {
        assert!(SHADES.windows(2).all(|pair| grey(pair[1]) < grey(pair[0]) - 0.09), "{:?}", SHADES.map(grey));
        assert!(grey(LAND) - grey(SHADES[0]) > 0.2);
        assert_eq!([shade(0.2, &USED), shade(0.5, &USED), shade(2.0, &USED)], [SHADES[0], SHADES[1], SHADES[4]]);
    }
}
