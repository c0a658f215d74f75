//! Linear scales with round marks.

use super::geometry::{Extent, Pixel};

/// Pixels between marks, at least about so many.
const PITCH: f64 = 110.0;

/// A linear scale on pixels, from 0 or another least value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Pixels of the least and of the greatest value.
    pub ends: Extent,
    /// The greatest value.
    pub most: f64,
    least: f64,
    step: f64,
}

impl Scale {
    /// A scale from 0 that holds `most`.
    pub(super) fn new(ends: Extent, most: f64) -> Self {
        Self::between(ends, 0.0, most)
    }

    /// The same with marks at least about so many pixels apart.
    pub(super) fn with_marks(ends: Extent, most: f64, pitch: f64) -> Self {
        Self::spaced(ends, 0.0, most, pitch)
    }

    /// A scale that holds both values, with as many marks as there is room for.
    pub(super) fn between(ends: Extent, least: f64, most: f64) -> Self {
        Self::spaced(ends, least, most, PITCH)
    }

    fn spaced(ends: Extent, least: f64, most: f64, pitch: f64) -> Self {
        let most = if most > least && most.is_finite() { most } else { least + 1.0 };
        let marks = (f64::from((ends.to - ends.from).abs()) / pitch).max(1.0);
        let step = round_step((most - least) / marks);
        Self { ends, most: (most / step).ceil() * step, least: (least / step).floor() * step, step }
    }

    /// The pixel of a value; what lies outside is plotted at the edge.
    pub(super) fn at(&self, value: f64) -> i32 {
        let share = ((value - self.least) / (self.most - self.least)).clamp(0.0, 1.0);
        self.ends.from + (share * f64::from(self.ends.to - self.ends.from)).round() as i32
    }

    /// Whether a value lies on it.
    pub(super) fn holds(&self, value: f64) -> bool {
        (self.least..=self.most).contains(&value)
    }

    /// The marks with their texts.
    pub(super) fn marks(&self) -> Vec<(f64, String)> {
        let decimals = (-libm::log10(self.step)).ceil().max(0.0) as usize;
        let number = ((self.most - self.least) / self.step).round() as usize;
        (0..=number)
            .map(|mark| {
                let value = self.least + mark as f64 * self.step;
                let text = if decimals == 0 { crate::report::thousands(value) } else { format!("{value:.decimals$}") };
                (value, text)
            })
            .collect()
    }
}

/// A scale across and one upwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    pub(super) across: Scale,
    pub(super) up: Scale,
}

impl Plane {
    /// The point of two values.
    pub(super) fn at(&self, across: f64, up: f64) -> Pixel {
        Pixel::new(self.across.at(across), self.up.at(up))
    }
}

/// 1, 2 or 5 times a power of ten, not less than `least`.
fn round_step(least: f64) -> f64 {
    let power = libm::pow(10.0, libm::log10(least).floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| step * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round() {
        let texts =
            |most| Scale::new(Extent::new(0, 550), most).marks().into_iter().map(|mark| mark.1).collect::<Vec<_>>();
        assert_eq!(texts(47.0), ["0", "10", "20", "30", "40", "50"]);
        assert_eq!(texts(0.9), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(Scale::new(Extent::new(100, 0), 50.0).at(25.0), 50);
        let scale = Scale::between(Extent::new(0, 550), 83.0, 118.0);
        assert_eq!((scale.at(80.0), scale.at(100.0), scale.marks()[0].1.as_str()), (0, 275, "80"));
    }
}
