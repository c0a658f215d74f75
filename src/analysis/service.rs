//! A service that must be kept: `section.altynkol-poti P95 <= 20 d`.

use crate::results::{MeasureRef, RowKey};
use crate::scenario::quantity::{Dimension, share};
use crate::units::{MS_PER_DAY, MS_PER_HOUR};
use crate::words::{FixedUnit, Unit};

/// A figure of the results with the bound that it must keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Which figure.
    pub figure: MeasureRef,
    /// The bound, in the unit of the figure.
    pub bound: f64,
    /// True: the figure must not be above the bound; false: not below.
    pub at_most: bool,
    /// As it was written.
    pub text: String,
}

/// Why a text is no service, with what would fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ServiceError(String);

impl Service {
    /// Reads a figure (see [`MeasureRef::parse`]), `<=` or `>=`, and a bound with its unit.
    ///
    /// # Errors
    /// There is no comparison, no such figure among the rows, or the bound is no quantity of the figure's dimension.
    pub fn parse(text: &str, rows: &[RowKey]) -> Result<Self, ServiceError> {
        let split = |sign: &str| text.split_once(sign);
        let parts = split("<=").map(|parts| (parts, true)).or_else(|| split(">=").map(|parts| (parts, false)));
        let Some(((figure, bound), at_most)) = parts else {
            let message =
                format!("`{text}` is no service: it wants a figure, <= or >=, and a bound, such as {EXAMPLE}");
            return Err(ServiceError(message));
        };
        let figure = MeasureRef::parse(figure, rows).map_err(|error| ServiceError(error.to_string()))?;
        let bound = bound.trim();
        let unit = &figure.key.unit;
        let known = in_unit(bound, unit).ok_or_else(|| {
            let wants = if *unit == FixedUnit::One {
                "a share, such as 60 %".to_owned()
            } else {
                format!("{unit}, such as 20 {unit}")
            };
            ServiceError(format!("`{bound}` in `{text}` is no bound for {figure}: it wants {wants}"))
        })?;
        Ok(Self { figure, bound: known, at_most, text: text.trim().to_owned() })
    }

    /// Whether a value keeps the bound.
    pub fn is_kept(&self, value: f64) -> bool {
        if self.at_most { value <= self.bound } else { value >= self.bound }
    }
}

const EXAMPLE: &str = "\"section.altynkol-poti P95 <= 20 d\"";

/// A text as a number of a unit of results.
fn in_unit(text: &str, unit: &Unit) -> Option<f64> {
    match unit {
        Unit::Fixed(FixedUnit::Days | FixedUnit::Hours) => {
            let ms = Dimension::Time.parse(text).ok()?.value;
            Some(ms / if *unit == FixedUnit::Days { MS_PER_DAY as f64 } else { MS_PER_HOUR as f64 })
        }
        Unit::Fixed(FixedUnit::One) => {
            share(text).ok().or_else(|| text.parse().ok().filter(|share: &f64| share.is_finite()))
        }
        _ => rate(text, &unit.to_string()).or_else(|| exact(text, &unit.to_string())),
    }
}

/// A rate of cargo a year.
fn rate(text: &str, unit: &str) -> Option<f64> {
    let of = unit.strip_suffix("/yr")?;
    let rate = Dimension::Rate.parse(text).ok().filter(|rate| rate.unit == of)?;
    let hours = Dimension::Time.parse("1 yr").ok()?.value / MS_PER_HOUR as f64;
    Some(rate.value * hours)
}

/// A number with the very unit.
fn exact(text: &str, unit: &str) -> Option<f64> {
    let number = text.strip_suffix(unit)?.trim_end();
    number.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ScenarioReader;
    use crate::study::Prepared;

    #[test]
    fn bounds_are_read_in_the_unit_of_the_figure() {
        let reading = ScenarioReader::default().read("baseline-2024", &[]);
        let prepared = Prepared::of(&reading, reading.scenario.clone().unwrap()).unwrap();
        let rows = &prepared.layout.catalogue().rows;
        for (text, bound, at_most) in [
            ("section.altynkol-poti P95 <= 20 d", 20.0, true),
            ("section.altynkol-poti P95<=2 wk", 14.0, true),
            ("border_time section.altynkol-poti <= 1.5 d", 36.0, true),
            ("on_time_share section.altynkol-poti >= 60 %", 0.6, false),
            ("throughput >= 4.5 Mt/yr", 4.5e6, false),
            ("throughput_teu >= 200 TEU/d", 73_000.0, false),
            ("freight_charge corridor <= 1 MUSD/yr", f64::NAN, true),
        ] {
            let parsed = Service::parse(text, rows);
            if bound.is_nan() {
                assert!(parsed.unwrap_err().to_string().contains("it wants"), "{text}");
                continue;
            }
            let parsed = parsed.unwrap();
            assert!((parsed.bound - bound).abs() < 1e-9 * bound && parsed.at_most == at_most, "{parsed:?}");
        }
        for (text, part) in [
            ("section.altynkol-poti P95", "it wants a figure, <= or >="),
            ("section.altynkol-poty P95 <= 20 d", "did you mean"),
            ("section.altynkol-poti P95 <= 20", "such as 20 d"),
            ("section.altynkol-poti P95 <= 20 t", "such as 20 d"),
        ] {
            let error = Service::parse(text, rows).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
