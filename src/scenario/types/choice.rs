//! Choices among routes.

use indexmap::IndexMap;

use super::money::Charge;
use crate::units::Usd;

/// `[choice.ID]`: shippers choose among the routes of these flows and routes outside the corridor.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Flow ids (patterns expanded), of one cargo and one pair of ends. All routes of all of them are alternatives; their
    /// volumes and shares are the base shares.
    pub flows: Vec<String>,
    /// How shares follow from costs.
    pub model: ChoiceModel,
    /// Scale of the logit per USD per TEU (or 14 t of cargo that is not counted in TEU), above 0.
    pub scale: f64,
    /// Median value of time of a tonne, dollars a day; `None`: 60 USD a TEU and day, or 14 t and day.
    pub value_of_time: Option<Usd>,
    /// 95th percentile of the value of time over its median, 1 or more.
    pub value_of_time_spread: f64,
    /// Base share of the market by id of an `[outside.ID]`, each below 1 and together below 1.
    pub outside: IndexMap<String, f64>,
    /// What an alternative costs besides charges and time, by its name: the flow's id, `FLOW.ROUTE` where the flow has
    /// several routes, or the id of an outside route.
    pub constant: IndexMap<String, Charge>,
    /// Identity for draws where it differs from the id.
    pub key: Option<String>,
}

/// How shares follow from costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceModel {
    /// Base shares, whatever the costs.
    Fixed,
    /// Logit on changes of cost from base shares (the default): P = P0 exp(−θ ΔGC) ÷ sum.
    Pivot,
    /// Multinomial logit on costs: P = exp(−θ GC) ÷ sum.
    Logit,
    /// Multinomial logit with the logarithm of the path size added (Ben-Akiva and Bierlaire, 1999).
    PathSize,
}
