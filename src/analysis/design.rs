//! Points spread evenly over ranges of parameters: a Latin hypercube.

use crate::random::{Domain, Entity, RandomNumbers, StreamId};
use crate::scenario::Setting;
use crate::scenario::quantity::split;

/// A parameter with the range in which it is unknown: `PATH=LO..HI`, where `+=` and `*=` stand for `=` as in a setting.
/// Where both ends are whole numbers without a unit, so is every value.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    head: String,
    low: f64,
    high: f64,
    unit: String,
    is_whole: bool,
}

/// Why a text is no range of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no range: it wants PATH=LO..HI (or with += or *=), such as fleet.aktau-alat-feeder.mttr=200 h..600 h"
)]
pub struct UnknownError(String);

impl Unknown {
    /// Reads `PATH=LO..HI`; the unit may be written once.
    ///
    /// # Errors
    /// No path, no range of numbers, two units, or an upper end that is not above the lower one.
    pub fn parse(text: &str) -> Result<Self, UnknownError> {
        Self::read(text).ok_or_else(|| UnknownError(text.to_owned()))
    }

    fn read(text: &str) -> Option<Self> {
        let (head, range) = text.split_once('=')?;
        let (low, high) = range.split_once("..")?;
        let ((least, unit), (most, other)) = (split(low.trim()).ok()?, split(high.trim()).ok()?);
        let is_whole = [low, high].iter().all(|end| end.trim().parse::<i64>().is_ok());
        // A step, as a sweep has it, is no unit.
        let is_one_unit = (unit.is_empty() || unit == other) && !other.contains(':');
        let unknown = Self { head: head.trim().to_owned(), low: least, high: most, unit: other.to_owned(), is_whole };
        (is_one_unit && least < most && Setting::parse(&unknown.written(least)).is_ok()).then_some(unknown)
    }

    /// The parameter path with the sign of `+=` or `*=`, where there is one.
    pub fn name(&self) -> &str {
        &self.head
    }

    /// The lower and the upper end.
    pub const fn ends(&self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// The unit of the values; empty for bare numbers.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The value at a share of the range, to four digits of it.
    pub fn at(&self, share: f64) -> f64 {
        let value = self.low + share * (self.high - self.low);
        if self.is_whole {
            return value.round();
        }
        let step = libm::pow(10.0, libm::floor(libm::log10(self.high - self.low)) - 3.0);
        let rounded = (value / step).round() * step;
        // 0.1 + 2 × 0.1 is 0.3, not 0.30000000000000004.
        format!("{rounded:.12e}").parse().unwrap_or(rounded)
    }

    /// The setting that gives the parameter a value.
    ///
    /// # Panics
    /// Never: reading the range has tried its lower end.
    pub fn setting(&self, value: f64) -> Setting {
        Setting::parse(&self.written(value)).expect("a value is written as the lower end is")
    }

    fn written(&self, value: f64) -> String {
        let Self { head, unit, .. } = self;
        format!("{head}={value} {unit}").trim_end().to_owned()
    }
}

/// A Latin hypercube: so many points, by point the value of each parameter. Each range is cut into as many equal strips as there
/// are points, and each strip has one point, at random within it; which strips meet is random too (Stein,
/// Technometrics 29, 1987). A parameter's values depend on seed, its name and the number of points alone.
pub fn latin_hypercube(unknowns: &[Unknown], points: usize, seed: u64) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = unknowns.iter().map(|unknown| column(unknown, points, seed)).collect();
    (0..points).map(|point| columns.iter().map(|column| column[point]).collect()).collect()
}

fn column(unknown: &Unknown, points: usize, seed: u64) -> Vec<f64> {
    let random = RandomNumbers::new(seed, 0, Domain::Calibration);
    let stream = StreamId::of(&format!("match/{}", unknown.name()).to_ascii_lowercase());
    let uniform = |point: usize, number| random.uniform(stream, Entity::ordinal(point as u64), number);
    let mut order: Vec<usize> = (0..points).collect();
    order.sort_by(|&one, &other| uniform(one, 0).total_cmp(&uniform(other, 0)));
    let mut column = vec![0.0; points];
    for (strip, point) in order.into_iter().enumerate() {
        column[point] = unknown.at((strip as f64 + uniform(point, 1)) / points as f64);
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_with_its_unit_and_written_as_a_setting() {
        let mttr = Unknown::parse("fleet.f.mttr = 200 h..600 h").unwrap();
        assert_eq!((mttr.name(), mttr.ends(), mttr.unit()), ("fleet.f.mttr", [200.0, 600.0], "h"));
        assert_eq!(mttr.setting(mttr.at(0.5)), Setting::parse("fleet.f.mttr=400 h").unwrap());
        let at = |text: &str, share| Unknown::parse(text).unwrap().at(share).to_string();
        assert_eq!(
            (at("a.b*=0.9..1.1", 0.123_456), at("pool.p.size=100..200", 0.123)),
            ("0.9247".to_owned(), "112".to_owned())
        );
        assert_eq!(Unknown::parse("a.b=2..5 d").unwrap().unit(), "d");
    }

    #[test]
    fn what_is_no_range_says_what_one_is() {
        for text in ["a.b", "a.b=3", "a.b=5..3", "a.b=1 h..2 d", "=1..2", "a.b=x..y", "a.b=1..2:1"] {
            let error = Unknown::parse(text).unwrap_err().to_string();
            assert!(error.contains(text) && error.contains("PATH=LO..HI"), "{error}");
        }
    }

    #[test]
    fn every_strip_of_every_range_has_one_point_and_parameters_do_not_move_each_other() {
        let unknowns = ["a.b=0..1 h", "c.d=0..1 h"].map(|text| Unknown::parse(text).unwrap());
        let points = latin_hypercube(&unknowns, 20, 7);
        for place in 0..2 {
            let mut strips: Vec<usize> = points.iter().map(|point| (point[place] * 20.0) as usize).collect();
            strips.sort_unstable();
            assert_eq!(strips, (0..20).collect::<Vec<_>>());
        }
        let alone = latin_hypercube(&unknowns[1..], 20, 7);
        assert!(points.iter().zip(&alone).all(|(both, one)| both[1].to_bits() == one[0].to_bits()));
        assert_ne!(alone, latin_hypercube(&unknowns[1..], 20, 8));
    }
}
