//! Choices among routes.

use indexmap::IndexMap;

use super::demand::worth_of_time;
use super::money::Charge;
use crate::scenario::declare::{table, value, words};
use crate::scenario::format::Kind::{Map, Number, Quantity, Share, Word};
use crate::scenario::format::{FLOWS, Keys, Kind, Thing};
use crate::scenario::quantity::Dimension::{Price, WorthOfTime};
use crate::units::Usd;

const SHARE: Kind = Share(0.0, 0.999_999);
const CONSTANT: Kind = Quantity(Price);

table! {
    /// Shippers choose among the routes of these flows and routes outside the corridor.
    pub Choice "choice" {
        /// Flows of one cargo and one pair of ends; their volumes are the base shares.
        "flows" needed(FLOWS) => flows: Vec<String> = all_flows();
        /// How shares follow from costs.
        "model" or(Word(ChoiceModel::WORDS), "\"pivot\"") => model: ChoiceModel = need(ChoiceModel::read);
        /// Scale of the logit per USD per TEU, or per 14 t.
        "scale" or(Number(1e-9, 1.0), "0.00085") => scale: f64 = need(value::number);
        /// Median worth of a tonne's day; default 60 USD per 14 t.
        "value-of-time" may(Quantity(WorthOfTime)) => value_of_time: Option<Usd> = may(worth_of_time);
        /// 95th percentile of the value of time over its median.
        "value-of-time-spread" or(Number(1.0, 1000.0), "4.0") => value_of_time_spread: f64 = need(value::number);
        /// Base shares of routes outside the corridor.
        "outside" or(Map(Keys::Of(Thing::Outside), &SHARE), "{}") => outside: IndexMap<String, f64> = map(value::share);
        /// Cost besides charges and time, by flow, FLOW.ROUTE or outside route.
        "constant" or(Map(Keys::Any, &CONSTANT), "{}") => constant: IndexMap<String, Charge> = map(Charge::read);
        shared key;
    }
}

words! {
    /// `model` of a choice.
    pub ChoiceModel {
        /// Base shares, whatever the costs.
        Fixed "fixed",
        /// Logit on changes of cost from base shares: P = P0 exp(−θ ΔGC) ÷ sum.
        Pivot "pivot",
        /// Multinomial logit on costs: P = exp(−θ GC) ÷ sum.
        Logit "logit",
        /// Multinomial logit with the logarithm of the path size added (Ben-Akiva and Bierlaire, 1999).
        PathSize "path-size",
    }
}
