//! Choices for results and studies: names and what is known of each alternative without simulation.

use super::terms::RouteTerms;
use crate::ids::{FlowId, RouteId};

/// How shares follow from costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceModel {
    /// Base shares, whatever it costs.
    Fixed,
    /// Base shares, moved by the differences of costs to those of the base.
    Pivot,
    /// By costs alone.
    Logit,
    /// By costs and by what routes share.
    PathSize,
}

/// A choice for results.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceLabel {
    /// Id.
    pub id: String,
    /// What is chosen for: cargo and ends, as people read them.
    pub title: String,
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
    /// What it is called where people read it: by the places that its route names.
    pub title: String,
    /// The flow and route; `None` outside the corridor.
    pub route: Option<(FlowId, RouteId)>,
    /// Base share of the market.
    pub share: f64,
    /// What is known of it without simulation: charges with its constant, and the time without any waiting, or, outside the
    /// corridor, the mean time.
    pub terms: RouteTerms,
    /// Dollars a unit of the charges in `terms` that are its constant.
    pub constant: f64,
    /// Logarithm of its path size: among all for the path-size logit; of a new route of a pivot among it and those that have a
    /// base share; otherwise 0.
    pub log_path_size: f64,
    /// By alternative: the share of its length that it has in common with it; empty where there is no route.
    pub in_common: Vec<f64>,
}

impl AlternativeLabel {
    /// Days that were simulated of a route; those of an outside route are its own.
    pub fn days_or(&self, simulated: f64) -> f64 {
        if self.route.is_some() { simulated } else { self.terms.days }
    }
}

#[cfg(test)]
impl ChoiceLabel {
    pub(in crate::model) fn for_tests(model: ChoiceModel, scale_per_usd: f64, shares: &[f64]) -> Self {
        let alternative = |&share: &f64| AlternativeLabel {
            name: String::new(),
            title: String::new(),
            route: None,
            share,
            terms: RouteTerms { days: 0.0, usd: 0.0, is_open: true },
            constant: 0.0,
            log_path_size: 0.0,
            in_common: Vec::new(),
        };
        Self {
            id: "test".to_owned(),
            title: String::new(),
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
