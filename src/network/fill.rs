//! Routes through given stops, gaps filled by least mean time on links.

use petgraph::graph::{EdgeReference, NodeIndex};

use super::error::RouteError;
use super::graph::{Network, Route};
use super::link::{Hop, Traveller};
use super::path::{Cost, least};
use super::stop::{Itinerary, Stop};
use crate::ids::NodeId;

/// A route so far: what it costs, its links, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Begun {
    cost: Cost,
    ranks: Vec<usize>,
    hops: Vec<Hop>,
    at: NodeId,
}

impl Begun {
    fn key(&self) -> (Cost, &[usize]) {
        (self.cost, &self.ranks)
    }
}

/// Who travels where.
#[derive(Clone, Copy)]
pub(super) struct Journey<'a> {
    pub(super) itinerary: &'a Itinerary,
    pub(super) who: Traveller,
}

impl Journey<'_> {
    /// A route that names what it passes may use it even where it is not open over the whole clock.
    fn names_places(&self) -> bool {
        self.itinerary.stops.len() > 2
    }
}

impl Network {
    /// The route through the stops in order (ends included), gaps filled by least mean time on links; ties go to fewer
    /// links, then to ids in alphabetical order. Gaps are not filled with what is not open over the whole clock, save
    /// a link that is named and a link between two neighbours of a route that names what lies between its ends.
    ///
    /// # Errors
    /// There is none; the error says where the route ends.
    pub fn route(&self, path: &str, itinerary: &Itinerary, who: Traveller) -> Result<Route, RouteError> {
        let journey = Journey { itinerary, who };
        let Some(&Stop::Node(first)) = itinerary.stops.first() else { return Ok(Route::default()) };
        let begun = Begun { cost: Cost::default(), ranks: Vec::new(), hops: Vec::new(), at: first };
        let mut begun = vec![begun];
        for (place, &stop) in itinerary.stops.iter().enumerate().skip(1) {
            let on = self.on_to(&begun, stop, journey);
            if on.is_empty() {
                let path = if place + 1 < itinerary.stops.len() { format!("{path}.via") } else { path.to_owned() };
                return Err(self.dead_end(&path, begun[0].at, stop, journey));
            }
            begun = on;
        }
        begun.sort_by(|one, other| one.key().cmp(&other.key()));
        Ok(self.route_of(first, begun.swap_remove(0).hops))
    }

    /// The best routes that go on to a stop: one for each node at which it can be left.
    fn on_to(&self, begun: &[Begun], stop: Stop, journey: Journey<'_>) -> Vec<Begun> {
        let on = begun.iter().flat_map(|begun| match stop {
            Stop::Node(node) => self.gap(begun, node, journey).into_iter().collect::<Vec<_>>(),
            Stop::Link(link) => {
                let both = [0, 1].map(|direction| Hop { link, direction });
                both.into_iter().filter_map(|hop| self.over(begun, hop, journey)).collect()
            }
        });
        let mut best: Vec<Begun> = Vec::new();
        for candidate in on {
            match best.iter_mut().find(|known| known.at == candidate.at) {
                Some(known) if candidate.key() < known.key() => *known = candidate,
                Some(_) => {}
                None => best.push(candidate),
            }
        }
        best
    }

    /// To a link and over it.
    fn over(&self, begun: &Begun, hop: Hop, journey: Journey<'_>) -> Option<Begun> {
        let ms = self.mean_ms(hop, journey.who).ok()?;
        let to_link = self.gap(begun, self.ends(hop).0, journey)?;
        Some(self.extended(to_link, &[hop], Cost::of_link(ms)))
    }

    fn gap(&self, begun: &Begun, to: NodeId, journey: Journey<'_>) -> Option<Begun> {
        if begun.at == to {
            return Some(begun.clone());
        }
        let open = |hop: Hop| self.opening(hop, begun.at, to, journey);
        let cost = |edge: EdgeReference<'_, Hop>| open(*edge.weight()).ok().map(Cost::of_link);
        let [from, goal] = [begun.at, to].map(|node| NodeIndex::new(node.index()));
        let (cost, edges) = least(&self.graph, from, goal, cost, |&hop| self.rank(hop))?;
        let hops: Vec<Hop> = edges.into_iter().map(|edge| self.graph[edge]).collect();
        Some(self.extended(begun.clone(), &hops, cost))
    }

    fn extended(&self, mut begun: Begun, hops: &[Hop], cost: Cost) -> Begun {
        begun.cost = begun.cost + cost;
        begun.ranks.extend(hops.iter().map(|&hop| self.rank(hop)));
        begun.hops.extend(hops);
        begun.at = hops.last().map_or(begun.at, |&hop| self.ends(hop).1);
        begun
    }

    /// The mean time of a link in a gap, or why it does not fill it.
    pub(super) fn opening(
        &self,
        hop: Hop,
        from: NodeId,
        to: NodeId,
        journey: Journey<'_>,
    ) -> Result<i64, super::Closed> {
        let (here, next) = self.ends(hop);
        let itinerary = journey.itinerary;
        if itinerary.avoids(Stop::Link(hop.link)) || (next != to && itinerary.avoids(Stop::Node(next))) {
            return Err(super::Closed::Avoided);
        }
        let ms = self.mean_ms(hop, journey.who)?;
        let asked_for = journey.names_places() && here == from && next == to;
        if asked_for || self.is_passable(hop, next, to) { Ok(ms) } else { Err(super::Closed::NotAlwaysOpen) }
    }
}
