//! Routes by what they cost, best first.

use super::graph::{Network, Route};
use super::link::{Hop, Traveller};
use super::states::{Prices, States};
use super::stop::Itinerary;
use super::yen::Candidate;
use crate::ids::NodeId;

/// A route with its cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedRoute {
    /// The route.
    pub route: Route,
    /// The sum of its prices.
    pub cost: i64,
}

impl Network {
    /// Up to `k` routes along an itinerary by what `prices` say, best first; none passes a node twice. Routes use only
    /// what is open over the whole clock. Ties go to fewer links, then to ids in alphabetical order.
    pub fn routes<P: Prices>(&self, itinerary: &Itinerary, who: Traveller, prices: &P, k: usize) -> Vec<RankedRoute> {
        let Some(states) = States::new(self, itinerary, who, prices) else { return Vec::new() };
        let ranked = |found: &Candidate| RankedRoute {
            cost: found.cost.amount,
            route: self.route_of(states.from, states.hops(&found.edges)),
        };
        states.best(k).iter().map(ranked).collect()
    }

    /// The price of a route that is its mean time on links, in milliseconds.
    pub fn times(&self, who: Traveller) -> impl Prices + '_ {
        Times { network: self, who }
    }
}

struct Times<'a> {
    network: &'a Network,
    who: Traveller,
}

impl Prices for Times<'_> {
    fn link(&self, hop: Hop) -> i64 {
        self.network.mean_ms(hop, self.who).unwrap_or(i64::MAX)
    }

    fn node(&self, _: NodeId, _: Option<Hop>, _: Option<Hop>) -> i64 {
        0
    }
}
