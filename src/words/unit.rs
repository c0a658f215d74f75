//! In what a row is counted.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::UnknownWord;
use super::word::{as_text, words};

words! {
    /// A unit that belongs to no cargo.
    FixedUnit "unit":
    One "1" "None: a share, or a count of things present.";
    Tonnes "t" "Tonnes.";
    TonnesPerYear "t/yr" "Tonnes per calendar year.";
    TonneKmPerYear "tkm/yr" "Tonne-kilometres per calendar year.";
    Days "d" "Days.";
    Hours "h" "Hours.";
    HoursPerYear "h/yr" "Hours per calendar year.";
    DaysPerYear "d/yr" "Days per calendar year.";
    KmPerHour "km/h" "Kilometres an hour.";
    Usd "USD" "United States dollars.";
    UsdPerYear "USD/yr" "United States dollars per calendar year.";
    UsdPerTonne "USD/t" "United States dollars per tonne.";
    UsdPer20Tonnes "USD/20t" "United States dollars for 20 tonnes.";
    TrainsPerYear "trains/yr" "Trains per calendar year.";
    TrainsPerDay "trains/d" "Trains a day.";
    SailingsPerYear "sailings/yr" "Sailings per calendar year.";
    DeparturesPerYear "departures/yr" "Departures of a timetable per calendar year.";
    ShipmentsPerYear "shipments/yr" "Shipments per calendar year.";
}

/// The unit of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// One that belongs to no cargo.
    Fixed(FixedUnit),
    /// That of a cargo, such as `TEU`.
    Cargo(Arc<str>),
    /// That of a cargo per calendar year, such as `TEU/yr`.
    CargoPerYear(Arc<str>),
}

/// The unit of cargo in containers of twenty feet.
pub const TEU: &str = "TEU";

impl Unit {
    /// The unit of a cargo if it is counted otherwise than in tonnes.
    pub fn is_own(unit: &&str) -> bool {
        *unit != FixedUnit::Tonnes.word()
    }

    /// Of a cargo counted in a unit: tonnes, or its own.
    pub fn of_cargo(unit: &str) -> Self {
        if unit == FixedUnit::Tonnes.word() { FixedUnit::Tonnes.into() } else { Self::Cargo(unit.into()) }
    }

    /// Of a cargo counted in a unit, per calendar year.
    pub fn of_cargo_per_year(unit: &str) -> Self {
        if unit == FixedUnit::Tonnes.word() { FixedUnit::TonnesPerYear.into() } else { Self::CargoPerYear(unit.into()) }
    }

    /// Containers of twenty feet per calendar year.
    pub fn teu_per_year() -> Self {
        Self::CargoPerYear(TEU.into())
    }
}

impl From<FixedUnit> for Unit {
    fn from(unit: FixedUnit) -> Self {
        Self::Fixed(unit)
    }
}

impl PartialEq<FixedUnit> for Unit {
    fn eq(&self, other: &FixedUnit) -> bool {
        matches!(self, Self::Fixed(unit) if unit == other)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(unit) => f.pad(unit.word()),
            Self::Cargo(unit) => f.pad(unit),
            Self::CargoPerYear(unit) => f.pad(&format!("{unit}/yr")),
        }
    }
}

impl FromStr for Unit {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(fixed) = text.parse::<FixedUnit>() {
            return Ok(fixed.into());
        }
        match text.strip_suffix("/yr").unwrap_or(text) {
            "" => Err(UnknownWord { text: text.to_owned(), what: "unit" }),
            unit if unit.len() < text.len() => Ok(Self::CargoPerYear(unit.into())),
            unit => Ok(Self::Cargo(unit.into())),
        }
    }
}

as_text!(Unit);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_as_they_are_written() {
        for (text, unit) in [
            ("t/yr", Unit::from(FixedUnit::TonnesPerYear)),
            ("TEU/yr", Unit::teu_per_year()),
            ("TEU", Unit::of_cargo("TEU")),
            ("t", Unit::of_cargo("t")),
            ("t/yr", Unit::of_cargo_per_year("t")),
            ("wagon/yr", Unit::of_cargo_per_year("wagon")),
        ] {
            assert_eq!((text.parse(), unit.to_string().as_str()), (Ok(unit.clone()), text));
        }
        assert!("".parse::<Unit>().is_err() && "/yr".parse::<Unit>().is_err());
        assert!(Unit::of_cargo("t") == FixedUnit::Tonnes && Unit::of_cargo("TEU") != FixedUnit::Tonnes);
    }
}
