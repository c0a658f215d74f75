//! Tariffs, emissions, outside routes, the price of a measure.

use indexmap::IndexMap;

use crate::random::Distribution;
use crate::units::{Kilometres, MS_PER_DAY, Usd};

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

/// `[outside.ID]`: a route that is not simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// Cost in the years that `costs` does not name.
    pub cost: Charge,
    /// Unit of cargo that a cost names, if any does.
    pub unit: Option<String>,
    /// Cost by calendar year.
    pub costs: IndexMap<String, Charge>,
    /// Time with spread, milliseconds, in the years that `times` does not name.
    pub time: Distribution,
    /// Time by calendar year.
    pub times: IndexMap<String, Distribution>,
    /// Kilometres, for what is charged or emitted by the kilometre.
    pub length: Option<Kilometres>,
    /// Grams of CO2 equivalent a net tonne-kilometre.
    pub grams_per_tkm: Option<f64>,
    /// Whether it can be used.
    pub open: bool,
    /// Its use by how much: free text for the reader.
    pub what: String,
}

impl Outside {
    /// Dollars a unit of cargo of so many tonnes in a calendar year.
    pub fn usd_per_unit(&self, year: i16, tonnes: f64) -> f64 {
        let Charge { price, basis } = *self.costs.get(&year.to_string()).unwrap_or(&self.cost);
        let length = self.length.map_or(0.0, Kilometres::get);
        price.get()
            * match basis {
                ChargeBasis::Unit => 1.0,
                ChargeBasis::Tonne => tonnes,
                ChargeBasis::UnitKm => length,
                ChargeBasis::TonneKm => tonnes * length,
            }
    }

    /// Mean days in a calendar year.
    pub fn days(&self, year: i16) -> f64 {
        self.times.get(&year.to_string()).unwrap_or(&self.time).mean() / MS_PER_DAY as f64
    }

    /// Grams of CO2 equivalent a tonne, where known.
    pub fn grams_per_tonne(&self) -> Option<f64> {
        Some(self.grams_per_tkm? * self.length?.get())
    }
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

impl MeasureCost {
    /// Years for which a measure is used that does not say.
    const LIFE: f64 = 25.0;

    /// Dollars a year of one dollar invested: r ÷ (1 − (1 + r)^−n) over n years of use at an interest of r a year, or
    /// 1 ÷ n without interest. A measure without a life is used for 25 years.
    pub fn annuity(&self, interest: f64) -> f64 {
        let life = self.life.unwrap_or(Self::LIFE);
        if interest == 0.0 { 1.0 / life } else { interest / (1.0 - libm::pow(1.0 + interest, -life)) }
    }

    /// Dollars a year: the annuity of the investment, and the running cost; none where neither is known.
    pub fn annual(&self, interest: f64) -> Option<f64> {
        let is_known = self.capex.is_some() || self.opex.is_some();
        let of = |usd: Option<Usd>| usd.map_or(0.0, Usd::get);
        is_known.then(|| of(self.capex) * self.annuity(interest) + of(self.opex))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_a_year_is_an_annuity_and_what_runs() {
        let cost = MeasureCost {
            capex: Some(Usd::new(100.0)),
            opex: Some(Usd::new(5.0)),
            life: Some(10.0),
            ..MeasureCost::default()
        };
        // The annuity of 1 over 10 years at 6 %: any textbook's table says 0.1359.
        assert!((cost.annuity(0.06) - 0.135_868).abs() < 1e-6);
        assert!((cost.annual(0.06).unwrap() - 18.586_8).abs() < 1e-4);
        assert!((cost.annuity(0.0) - 0.1).abs() < 1e-15);
        assert!((MeasureCost { life: None, ..cost }.annuity(0.0) - 0.04).abs() < 1e-15);
        assert_eq!(MeasureCost::default().annual(0.06), None);
    }
}
