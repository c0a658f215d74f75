//! Choices for results and studies: names and what is known of each alternative without simulation.

use super::Taken;
use super::compile::{Market, market};
use super::weights::{Terms, path_sizes};
use crate::ids::{FlowId, LinkId, RouteId};
use crate::plan::frame::Frame;
use crate::plan::labels::RouteLabel;
use crate::scenario::spec::{ChargeBasis, ChoiceModel, Scenario};
use crate::units::MS_PER_DAY;

/// Tonnes that a TEU stands for where cargo is not counted in TEU.
const TONNES_PER_TEU: f64 = 14.0;
/// Dollars that the day of a TEU is worth where nothing else is said, the median.
pub(super) const USD_PER_TEU_DAY: f64 = 60.0;
/// Equally likely values of time over which shares are taken.
const VALUES: usize = 200;

/// A choice for results.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceLabel {
    /// Id.
    pub id: String,
    /// How shares follow from costs.
    pub model: ChoiceModel,
    /// Scale of the logit per dollar a unit of the cargo.
    pub scale_per_usd: f64,
    /// Equally likely values of time, rising: dollars a unit and day.
    pub values_of_time: Vec<f64>,
    /// Unit of the cargo.
    pub unit: String,
    /// TEU that a unit stands for.
    pub teu_per_unit: f64,
    /// The market in units a year: volumes of the flows ÷ (1 − the shares outside).
    pub market_per_year: f64,
    /// In the order of the model's alternatives.
    pub alternatives: Vec<AlternativeLabel>,
}

/// An alternative for results.
#[derive(Clone, Debug, PartialEq)]
pub struct AlternativeLabel {
    /// The flow's id, `FLOW.ROUTE`, or the id of an outside route.
    pub name: String,
    /// The flow and route; `None` outside the corridor.
    pub route: Option<(FlowId, RouteId)>,
    /// Base share of the market.
    pub share: f64,
    /// What is known of it without simulation: charges with its constant, and the time without any waiting, or, outside the
    /// corridor, the mean time.
    pub terms: Terms,
    /// Dollars a unit of the charges in `terms` that are its constant.
    pub constant: f64,
    /// Logarithm of its path size; 0 but for the path-size logit.
    pub log_path_size: f64,
}

impl AlternativeLabel {
    /// Days that were simulated of a route; those of an outside route are its own.
    pub fn days_or(&self, simulated: f64) -> f64 {
        if self.route.is_some() { simulated } else { self.terms.days }
    }
}

/// All choices.
pub(in crate::plan) fn choice_labels(frame: &Frame<'_>, routes: &[RouteLabel]) -> Vec<ChoiceLabel> {
    let base = frame.base();
    let known = Known { base, routes };
    base.choice.iter().filter_map(|(id, spec)| known.choice(id, spec, &market(frame, id)?)).collect()
}

struct Known<'a> {
    base: &'a Scenario,
    routes: &'a [RouteLabel],
}

impl Known<'_> {
    fn choice(&self, id: &str, spec: &crate::scenario::spec::Choice, market: &Market) -> Option<ChoiceLabel> {
        let cargo = self.base.cargo.get(&self.base.flow.get(spec.flows.first()?)?.cargo)?;
        let tonnes = cargo.mass_per_unit.tonnes();
        let teu_per_unit = teu_per_unit(&cargo.unit, tonnes);
        let alternatives: Vec<AlternativeLabel> = market
            .alternatives
            .iter()
            .map(|one| {
                let constant = spec.constant.get(&one.name);
                let constant = constant.map_or(0.0, |charge| per_unit(charge.price.get(), charge.basis, tonnes));
                AlternativeLabel {
                    name: one.name.clone(),
                    route: one.route,
                    share: one.share,
                    terms: self.terms(one.taken, tonnes, constant),
                    constant,
                    log_path_size: 0.0,
                }
            })
            .collect();
        let law = super::compile::value_of_a_day(Some(spec), cargo)?;
        let values = (0..VALUES).filter_map(|n| law.quantile((n as f64 + 0.5) / VALUES as f64));
        let mut label = ChoiceLabel {
            id: id.to_owned(),
            model: spec.model,
            scale_per_usd: spec.scale / teu_per_unit,
            values_of_time: values.collect(),
            unit: cargo.unit.clone(),
            teu_per_unit,
            market_per_year: self.market_per_year(spec),
            alternatives,
        };
        if spec.model == ChoiceModel::PathSize {
            self.add_path_sizes(&mut label);
        }
        Some(label)
    }

    fn market_per_year(&self, spec: &crate::scenario::spec::Choice) -> f64 {
        let flows = spec.flows.iter().filter_map(|id| self.base.flow.get(id));
        flows.map(|flow| flow.volume.a_year()).sum::<f64>() / (1.0 - spec.outside.values().sum::<f64>())
    }

    fn terms(&self, taken: Taken, tonnes: f64, constant: f64) -> Terms {
        match taken {
            Taken::Route(program) => {
                let route = &self.routes[program.index()];
                let days = route.free_flow_ms / MS_PER_DAY as f64;
                Terms { days, usd: self.routes[program.index()].usd_per_unit + constant, is_open: true }
            }
            Taken::Outside(place) => {
                let outside = &self.base.outside[place as usize];
                let year = self.base.run.start.year();
                let usd = outside.usd_per_unit(year, tonnes);
                Terms { days: outside.days(year), usd: usd + constant, is_open: outside.open }
            }
        }
    }

    fn add_path_sizes(&self, label: &mut ChoiceLabel) {
        let links = |one: &AlternativeLabel| -> Vec<(LinkId, f64)> {
            let Some((_, route)) = one.route else { return Vec::new() };
            let length = |link: LinkId| self.base.link[link.index()].length.map_or(1.0, crate::units::Kilometres::get);
            self.routes[route.index()].links.iter().map(|&link| (link, length(link))).collect()
        };
        let sizes = path_sizes(&label.alternatives.iter().map(links).collect::<Vec<_>>());
        for (one, size) in label.alternatives.iter_mut().zip(sizes) {
            one.log_path_size = libm::log(size);
        }
    }
}

/// TEU that a unit of cargo stands for: itself, or its tonnes at 14 t a TEU; 1 for cargo without mass.
pub(super) fn teu_per_unit(unit: &str, tonnes: f64) -> f64 {
    if unit == "TEU" || tonnes <= 0.0 { 1.0 } else { tonnes / TONNES_PER_TEU }
}

/// Dollars a unit of cargo of so many tonnes.
pub(in crate::plan) fn per_unit(price: f64, basis: ChargeBasis, tonnes: f64) -> f64 {
    if basis == ChargeBasis::Tonne { price * tonnes } else { price }
}

#[cfg(test)]
impl ChoiceLabel {
    pub(super) fn for_tests(model: ChoiceModel, scale_per_usd: f64, shares: &[f64]) -> Self {
        let alternative = |&share: &f64| AlternativeLabel {
            name: String::new(),
            route: None,
            share,
            terms: Terms { days: 0.0, usd: 0.0, is_open: true },
            constant: 0.0,
            log_path_size: 0.0,
        };
        Self {
            id: "test".to_owned(),
            model,
            scale_per_usd,
            values_of_time: vec![60.0],
            unit: "TEU".to_owned(),
            teu_per_unit: 1.0,
            market_per_year: 1000.0,
            alternatives: shares.iter().map(alternative).collect(),
        }
    }
}
