//! Choices for results and studies: names and what is known of each alternative without simulation.

use super::compile::{Market, market};
use super::teu::teu_per_unit;
use super::title::{title, titles};
use crate::compile::frame::Frame;
use crate::ids::LinkId;
use crate::model::{
    AlternativeLabel, ChoiceLabel, ChoiceModel, RouteLabel, RouteLink, RouteTerms, Taken, in_common, path_sizes,
};
use crate::scenario::types::{self, ChargeBasis, Contents};
use crate::units::MS_PER_DAY;

/// Equally likely values of time over which shares are taken.
const VALUES: usize = 200;

/// All choices.
pub(in crate::compile) fn choice_labels(frame: &Frame<'_>, routes: &[RouteLabel]) -> Vec<ChoiceLabel> {
    let base = frame.base();
    let known = Known { base, routes };
    base.choice.iter().filter_map(|(id, spec)| known.choice(id, spec, &market(frame, id)?)).collect()
}

struct Known<'a> {
    base: &'a Contents,
    routes: &'a [RouteLabel],
}

impl Known<'_> {
    fn choice(&self, id: &str, spec: &crate::scenario::types::Choice, market: &Market) -> Option<ChoiceLabel> {
        let cargo = self.base.cargo.get(&self.base.flow.get(spec.flows.first()?)?.cargo)?;
        let tonnes = cargo.mass_per_unit.tonnes();
        let teu_per_unit = teu_per_unit(&cargo.unit, tonnes);
        let mut alternatives: Vec<AlternativeLabel> = market
            .alternatives
            .iter()
            .map(|one| {
                let constant = spec.constant.get(&one.name);
                let constant = constant.map_or(0.0, |charge| per_unit(charge.price.get(), charge.basis, tonnes));
                AlternativeLabel {
                    name: one.name.clone(),
                    title: String::new(),
                    route: one.route,
                    share: one.share,
                    terms: self.terms(one.taken, tonnes, constant),
                    constant,
                    log_path_size: 0.0,
                    in_common: Vec::new(),
                }
            })
            .collect();
        let titles = titles(self.base, &alternatives);
        alternatives.iter_mut().zip(titles).for_each(|(one, title)| one.title = title);
        let law = super::compile::value_of_a_day(Some(spec), cargo)?;
        let values = (0..VALUES).filter_map(|n| law.quantile((n as f64 + 0.5) / VALUES as f64));
        let mut label = ChoiceLabel {
            id: id.to_owned(),
            title: title(self.base, spec),
            model: model_of(spec.model),
            scale_per_usd: spec.scale / teu_per_unit,
            values_of_time: values.collect(),
            unit: cargo.unit.clone(),
            teu_per_unit,
            market_per_year: self.market_per_year(spec),
            alternatives,
        };
        self.add_overlaps(&mut label);
        Some(label)
    }

    fn market_per_year(&self, spec: &crate::scenario::types::Choice) -> f64 {
        let flows = spec.flows.iter().filter_map(|id| self.base.flow.get(id));
        flows.map(|flow| flow.volume.a_year()).sum::<f64>() / (1.0 - spec.outside.values().sum::<f64>())
    }

    fn terms(&self, taken: Taken, tonnes: f64, constant: f64) -> RouteTerms {
        match taken {
            Taken::Route(program) => {
                let route = &self.routes[program.index()];
                let days = route.free_flow_ms / MS_PER_DAY as f64;
                RouteTerms { days, usd: self.routes[program.index()].usd_per_unit + constant, is_open: true }
            }
            Taken::Outside(place) => {
                let outside = &self.base.outside[place as usize];
                let year = self.base.run.start.year();
                let usd = outside.usd_per_unit(year, tonnes);
                RouteTerms { days: outside.days(year), usd: usd + constant, is_open: outside.open }
            }
        }
    }

    /// What routes have in common, and what follows for their path sizes.
    fn add_overlaps(&self, label: &mut ChoiceLabel) {
        let routes: Vec<Route> = label.alternatives.iter().map(|one| self.links(one)).collect();
        let sizes = path_sizes(&routes);
        let taken: Vec<usize> = (0..routes.len()).filter(|&place| label.alternatives[place].share > 0.0).collect();
        for (place, one) in label.alternatives.iter_mut().enumerate() {
            one.in_common = in_common(&routes[place], &routes);
            one.log_path_size = match label.model {
                ChoiceModel::PathSize => libm::log(sizes[place]),
                ChoiceModel::Pivot if one.share <= 0.0 => libm::log(size_beside(&routes, &taken, place)),
                _ => 0.0,
            };
        }
    }

    /// Links with their lengths; none outside the corridor.
    fn links(&self, one: &AlternativeLabel) -> Route {
        let Some((_, route)) = one.route else { return Vec::new() };
        let length = |link: LinkId| self.base.link[link.index()].length.map_or(1.0, crate::units::Kilometres::get);
        self.routes[route.index()].links.iter().map(|&link| RouteLink { link, length: length(link) }).collect()
    }
}

/// Links of a route with their lengths in kilometres.
type Route = Vec<RouteLink>;

/// The path size of a new route among it and those that are taken.
fn size_beside(routes: &[Route], taken: &[usize], new: usize) -> f64 {
    let beside: Vec<Route> = std::iter::once(&new).chain(taken).map(|&place| routes[place].clone()).collect();
    path_sizes(&beside)[0]
}

/// The word of the scenario for the engine and results.
pub(super) const fn model_of(model: types::ChoiceModel) -> ChoiceModel {
    match model {
        types::ChoiceModel::Fixed => ChoiceModel::Fixed,
        types::ChoiceModel::Pivot => ChoiceModel::Pivot,
        types::ChoiceModel::Logit => ChoiceModel::Logit,
        types::ChoiceModel::PathSize => ChoiceModel::PathSize,
    }
}

/// Dollars a unit of cargo of so many tonnes.
pub(in crate::compile) fn per_unit(price: f64, basis: ChargeBasis, tonnes: f64) -> f64 {
    if basis == ChargeBasis::Tonne { price * tonnes } else { price }
}
