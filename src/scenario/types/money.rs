//! Tariffs, emissions, outside routes, the price of a measure.

use indexmap::IndexMap;

use super::demand::Service;
use crate::random::Distribution;
use crate::scenario::declare::fields::Fields;
use crate::scenario::declare::{table, value, words};
use crate::scenario::format::Kind::{Either, Flag, List, Map, OneOrMore, Quantity, Random, Table, Text, Whole, Word};
use crate::scenario::format::{CARGOES, Keys, Kind};
use crate::scenario::quantity::Dimension;
use crate::scenario::quantity::Dimension::{Age, Length, Money, MoneyRate, Price, Time};
use crate::scenario::quantity::Quantity as Measured;
use crate::scenario::tree::Node;
use crate::units::{Kilometres, MS_PER_DAY, Usd};

/// `tariff`.
pub(in crate::scenario) const TARIFF: Kind = OneOrMore(&Either(&[Table(Tariff::FORMAT), Quantity(Dimension::Tariff)]));
/// `emission`.
pub(in crate::scenario) const EMISSION: Kind =
    OneOrMore(&Either(&[Table(Emission::FORMAT), Quantity(Dimension::Emission)]));

const COST: Kind = Quantity(Price);
const TIME: Kind = Random(Time, "constant");

table! {
    /// One line of a tariff.
    pub Tariff "charge" {
        /// The price; a price a FEU is that of two TEU. Cargo pays by the unit or tonne, over links and with things of pools
        /// perhaps by the kilometre; in storages and with things also by the day. A thing of a pool is paid by the day or the
        /// kilometre, a vessel by the call and, at a berth, by the day or the hour.
        "charge" needed(Quantity(Dimension::Tariff));
        /// The price.
        price: Usd = line_price;
        /// What it is for.
        basis: TariffBasis = line_basis;
        /// Cargoes, if not all. A price a TEU without cargoes holds for every cargo counted in TEU.
        "cargo" may(CARGOES);
        /// Cargo ids, if not all.
        cargo: Option<Vec<String>> = charged;
        /// Services, if not all.
        "service" may(OneOrMore(&Word(Service::WORDS))) => service: Option<Vec<Service>> = may_each(Service::read);
        /// In which direction over a link; absent: in both.
        "direction" may(Word(Direction::WORDS)) => direction: Option<Direction> = may(Direction::read);
    }
}

words! {
    /// `direction` of a tariff.
    pub Direction {
        /// From the link's `from` to its `to`.
        Forth "forth",
        /// From its `to` to its `from`.
        Back "back",
    }
}

/// A line of a tariff as it is read: what it charges, and the cargo unit that it names.
struct Line {
    price: f64,
    basis: TariffBasis,
    unit: Option<String>,
}

/// A line is a table, or a price alone.
fn line(fields: &Fields<'_>) -> Option<Line> {
    let node = fields.get("charge").unwrap_or(fields.node);
    let line = Line::of(&value::quantity(node, Dimension::Tariff)?);
    let is_of_boxes = line.unit.as_deref() == Some(FEU) && fields.context.index.counted_in(FEU).is_empty();
    // A box of forty feet counts as two of twenty.
    Some(if is_of_boxes { Line { price: line.price / 2.0, unit: Some(TEU.to_owned()), ..line } } else { line })
}

impl Line {
    fn of(quantity: &Measured) -> Self {
        let (basis, unit) = match quantity.unit.as_str() {
            "d" => (TariffBasis::ThingDay, None),
            "km" => (TariffBasis::ThingKm, None),
            "call" => (TariffBasis::Call, None),
            word => match word.strip_suffix("/d") {
                Some("t") => (TariffBasis::TonneDay, None),
                Some(unit) => (TariffBasis::UnitDay, Some(unit.to_owned())),
                None => {
                    let (basis, unit) = of_cargo(word);
                    (TariffBasis::Cargo(basis), unit)
                }
            },
        };
        Self { price: quantity.value, basis, unit }
    }
}

const TEU: &str = "TEU";
const FEU: &str = "FEU";

fn line_price(fields: &Fields<'_>) -> Option<Usd> {
    line(fields).map(|line| Usd::new(line.price))
}

fn line_basis(fields: &Fields<'_>) -> Option<TariffBasis> {
    line(fields).map(|line| line.basis)
}

#[expect(clippy::option_option, reason = "cargoes, all, or a value that does not read")]
fn charged(fields: &Fields<'_>) -> Option<Option<Vec<String>>> {
    let unit = line(fields)?.unit;
    let counted = || unit.map(|unit| fields.context.index.counted_in(&unit));
    Some(fields.cargoes("cargo")?.or_else(counted))
}

/// What a line of a tariff is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TariffBasis {
    /// Cargo: by how much there is, perhaps over how far.
    Cargo(ChargeBasis),
    /// A tonne of cargo for a day, `USD/t/d`.
    TonneDay,
    /// A unit of cargo for a day, `USD/TEU/d`.
    UnitDay,
    /// A thing of a pool, or a vessel alongside, for a day, `USD/d`.
    ThingDay,
    /// A thing of a pool over a kilometre, `USD/km`.
    ThingKm,
    /// A vessel each time that it is served, `USD/call`.
    Call,
}

/// A price with what it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charge {
    /// Dollars.
    pub price: Usd,
    /// For what.
    pub basis: ChargeBasis,
}

impl Charge {
    pub(in crate::scenario) fn read(node: &Node) -> Option<Self> {
        price(node).map(|(charge, _)| charge)
    }
}

/// A price, and the cargo unit that it names.
fn price(node: &Node) -> Option<(Charge, Option<String>)> {
    let quantity = value::quantity(node, Price)?;
    let (basis, unit) = of_cargo(&quantity.unit);
    Some((Charge { price: Usd::new(quantity.value), basis }, unit))
}

/// What the unit of a price of cargo says, and the cargo unit in it.
fn of_cargo(word: &str) -> (ChargeBasis, Option<String>) {
    match (word, word.strip_suffix("km")) {
        ("t", _) => (ChargeBasis::Tonne, None),
        (_, Some("t")) => (ChargeBasis::TonneKm, None),
        (_, Some(unit)) => (ChargeBasis::UnitKm, Some(unit.to_owned())),
        (unit, None) => (ChargeBasis::Unit, Some(unit.to_owned())),
    }
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

table! {
    /// One line of an emission.
    pub Emission "grams" {
        /// Grams of CO2 equivalent a net tonne-kilometre.
        "emission" needed(Quantity(Dimension::Emission));
        /// Grams of CO2 equivalent a net tonne-kilometre.
        grams_per_tkm: f64 = grams;
        /// Cargoes, if not all.
        "cargo" may(CARGOES) => cargo: Option<Vec<String>> = cargoes();
    }
}

/// A line is a table, or a figure alone.
fn grams(fields: &Fields<'_>) -> Option<f64> {
    value::grams(fields.get("emission").unwrap_or(fields.node))
}

table! {
    /// A route that is not simulated.
    pub Outside "outside" {
        /// Cost a unit or a tonne, in every year that `costs` does not name.
        "cost" needed(COST) => cost: Charge = need(Charge::read);
        /// Unit of cargo that a cost names, if any does.
        unit: Option<String> = unit_of_costs;
        /// Cost by calendar year; that of `run.start` is simulated.
        "costs" or(Map(Keys::Any, &COST), "{}") => costs: IndexMap<String, Charge> = map(Charge::read);
        /// Time with its spread, in every year that `times` does not name.
        "time" needed(TIME) => time: Distribution = need(value::time_law);
        /// Time by calendar year; that of `run.start` is simulated.
        "times" or(Map(Keys::Any, &TIME), "{}") => times: IndexMap<String, Distribution> = map(value::time_law);
        /// Length, for what is charged or emitted by the kilometre.
        "length" may(Quantity(Length)) => length: Option<Kilometres> = may(value::length);
        /// Grams of CO2 equivalent a net tonne-kilometre.
        "emission" may(Quantity(Dimension::Emission)) => grams_per_tkm: Option<f64> = may(value::grams);
        /// Whether it can be used.
        "open" or(Flag, "true") => open: bool = need(value::flag);
        /// What it is, for the reader.
        "what" or(Text, "\"\"") => what: String = need(value::text);
    }
}

#[expect(clippy::option_option, reason = "a unit, none, or a value that does not read")]
fn unit_of_costs(fields: &Fields<'_>) -> Option<Option<String>> {
    let (_, unit) = fields.need("cost", price)?;
    let costs = fields.map("costs", price)?;
    Some(unit.or_else(|| costs.into_values().find_map(|(_, unit)| unit)))
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

table! {
    /// What a what-if costs and who acts.
    pub default MeasureCost "measure" {
        /// Investment.
        "capex" may(Quantity(Money)) => capex: Option<Usd> = may(investment);
        /// Running cost a year.
        "opex" may(Quantity(MoneyRate)) => opex: Option<Usd> = may(running_cost);
        /// Years of use.
        "life" may(Quantity(Age)) => life: Option<f64> = may(value::years);
        /// Year in which it can be ready.
        "ready" may(Whole(1900, 2200)) => ready: Option<i64> = may(value::whole);
        /// Overlays that it needs.
        "requires" or(List(&Text), "[]") => requires: Vec<String> = each(value::text);
        /// Overlays that it rules out.
        "excludes" or(List(&Text), "[]") => excludes: Vec<String> = each(value::text);
        /// Who acts.
        "who" may(Text) => who: Option<String> = may(value::text);
    }
}

fn investment(node: &Node) -> Option<Usd> {
    value::dollars(node, Money)
}

fn running_cost(node: &Node) -> Option<Usd> {
    value::dollars(node, MoneyRate)
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

    /// Dollars a year: the annuity of the investment, and the running cost; `None` where neither is known.
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
