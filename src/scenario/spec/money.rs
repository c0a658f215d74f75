//! Tariffs, emissions, outside ways, the price of a measure.

use crate::random::Distribution;
use crate::units::Usd;

/// One line of a `tariff`: `tariff = "0.03 USD/tkm"`, or a list of tables
/// `{ charge = "600 USD/TEU", cargo = […], service = […], direction = "forth" }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tariff {
    /// The price.
    pub charge: Charge,
    /// Cargo ids (units expanded), if not all.
    pub cargo: Option<Vec<String>>,
    /// Services, if not all.
    pub service: Option<Vec<super::demand::Service>>,
    /// `true`: only from the link's `from` to its `to` (`"forth"`); `false`: only `"back"`; absent: both.
    pub forth: Option<bool>,
}

/// A price with what it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charge {
    /// Dollars.
    pub price: Usd,
    /// For what.
    pub basis: ChargeBasis,
}

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeBasis {
    /// A tonne over a kilometre, `USD/tkm`.
    TonneKm,
    /// A tonne, `USD/t`.
    Tonne,
    /// A unit of the cargo, `USD/TEU`, `USD/wagon`.
    Unit,
    /// A unit of the cargo over a kilometre, `USD/TEUkm`.
    UnitKm,
}

/// One line of an `emission`: `"18 g/tkm"`, or tables with `cargo`.
#[derive(Clone, Debug, PartialEq)]
pub struct Emission {
    /// Grams of CO2 equivalent a net tonne-kilometre.
    pub grams_per_tkm: f64,
    /// Cargo ids (units expanded), if not all.
    pub cargo: Option<Vec<String>>,
}

/// `[outside.ID]`: a way that is not simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// Cost, in dollars of `cost`'s basis (a unit or a tonne).
    pub cost: Charge,
    /// Time with spread, milliseconds.
    pub time: Distribution,
    /// Its use by how much: free text for the reader.
    pub what: String,
}

/// `[measure]` of an overlay: what it costs and who acts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeasureCost {
    /// Investment in dollars, `"38 MUSD"`.
    pub capex: Option<Usd>,
    /// Dollars a year, `"2 MUSD/yr"`.
    pub opex: Option<Usd>,
    /// Years of use.
    pub life: Option<f64>,
    /// Year in which it can be ready.
    pub ready: Option<i64>,
    /// Names of overlays that it needs.
    pub requires: Vec<String>,
    /// Names of overlays that it rules out.
    pub excludes: Vec<String>,
    /// Who acts.
    pub who: Option<String>,
}
