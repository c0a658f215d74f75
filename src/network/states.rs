//! Routes as paths of states, for costs that depend on the links before and after a node.
//!
//! A state is a link with a direction, just passed, and how many of the stops have been passed with it. From each state
//! an edge leads to each link that goes on; it costs the passage of the node between (a change of mode, a border, fees)
//! and then the link.

use std::collections::BTreeMap;

use petgraph::graph::{DiGraph, NodeIndex};

use super::graph::Network;
use super::link::{Hop, Traveller};
use super::path::Cost;
use super::stop::{Itinerary, Stop};
use crate::ids::NodeId;

/// What a route pays for each passage, in millionths of a dollar or any other amount that is not negative.
pub trait Prices {
    /// The passage of a link.
    fn link(&self, hop: Hop) -> i64;
    /// The passage of a node; nothing before where a route begins, nothing after where it ends.
    fn node(&self, node: NodeId, before: Option<Hop>, after: Option<Hop>) -> i64;
}

/// An edge: the node and the link that it passes (none at the end of the route).
#[derive(Clone, Copy, Debug)]
pub(super) struct Onward {
    pub(super) hop: Option<Hop>,
    /// Where the link ends.
    pub(super) to: NodeId,
    pub(super) cost: Cost,
    pub(super) rank: usize,
}

/// All states that can be reached.
pub(super) struct States {
    pub(super) graph: DiGraph<(), Onward>,
    pub(super) begin: NodeIndex,
    pub(super) end: NodeIndex,
    pub(super) from: NodeId,
}

/// Where a route stands: the link that it came by, where that ends, and the stops passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    came_by: Option<Hop>,
    at: NodeId,
    passed: usize,
}

impl States {
    /// `None` if the first and last stop are not two nodes.
    pub(super) fn new<P: Prices>(network: &Network, itinerary: &Itinerary, who: Traveller, prices: &P) -> Option<Self> {
        let (Some(&Stop::Node(from)), Some(&Stop::Node(to))) = (itinerary.stops.first(), itinerary.stops.last()) else {
            return None;
        };
        let mut graph = DiGraph::new();
        let (begin, end) = (graph.add_node(()), graph.add_node(()));
        let states = Self { graph, begin, end, from };
        let search = Expansion { network, itinerary, who, prices, to };
        (from != to).then(|| search.expand(states))
    }
}

struct Expansion<'a, P> {
    network: &'a Network,
    itinerary: &'a Itinerary,
    who: Traveller,
    prices: &'a P,
    to: NodeId,
}

impl<P: Prices> Expansion<'_, P> {
    fn expand(&self, mut states: States) -> States {
        let first = State { came_by: None, at: states.from, passed: self.passed(0, None, states.from) };
        let mut known = BTreeMap::from([(first, states.begin)]);
        let mut open = vec![first];
        while let Some(state) = open.pop() {
            let here = known[&state];
            if state.at == self.to {
                self.finish(&mut states, state, here);
                continue;
            }
            for (next, onward) in self.onward(state, states.from) {
                let target = *known.entry(next).or_insert_with(|| {
                    open.push(next);
                    states.graph.add_node(())
                });
                states.graph.add_edge(here, target, onward);
            }
        }
        states
    }

    /// The route may end where it stands, if it has passed all stops.
    fn finish(&self, states: &mut States, state: State, here: NodeIndex) {
        if state.passed + 1 < self.itinerary.stops.len() - 1 {
            return;
        }
        let amount = self.prices.node(state.at, state.came_by, None).max(0);
        let onward = Onward { hop: None, to: state.at, cost: Cost { amount, links: 0 }, rank: 0 };
        states.graph.add_edge(here, states.end, onward);
    }

    fn onward(&self, state: State, from: NodeId) -> Vec<(State, Onward)> {
        let before = state.came_by.map(|hop| self.network.ends(hop).0);
        let hops = self.network.hops_from(state.at);
        let goes_on = |&hop: &Hop| {
            let next = self.network.ends(hop).1;
            next != from && Some(next) != before && self.is_open(hop, next)
        };
        hops.filter(goes_on).map(|hop| self.step(state, hop)).collect()
    }

    fn is_open(&self, hop: Hop, next: NodeId) -> bool {
        let refused = self.itinerary.avoids(Stop::Link(hop.link)) || self.itinerary.avoids(Stop::Node(next));
        !refused && self.network.is_passable(hop, next, self.to) && self.network.mean_ms(hop, self.who).is_ok()
    }

    fn step(&self, state: State, hop: Hop) -> (State, Onward) {
        let to = self.network.ends(hop).1;
        let amount = self.prices.node(state.at, state.came_by, Some(hop)).max(0);
        let cost = Cost::of_link(amount.saturating_add(self.prices.link(hop).max(0)));
        let onward = Onward { hop: Some(hop), to, cost, rank: self.network.rank(hop) };
        (State { came_by: Some(hop), at: to, passed: self.passed(state.passed, Some(hop), to) }, onward)
    }

    /// Stops between the ends that are passed after a link and its end.
    fn passed(&self, before: usize, hop: Option<Hop>, at: NodeId) -> usize {
        let between = &self.itinerary.stops[1..self.itinerary.stops.len() - 1];
        let mut passed = before;
        for place in [hop.map(|hop| Stop::Link(hop.link)), Some(Stop::Node(at))].into_iter().flatten() {
            passed += usize::from(between.get(passed) == Some(&place));
        }
        passed
    }
}

impl States {
    /// The links of a path.
    pub(super) fn hops(&self, edges: &[petgraph::graph::EdgeIndex]) -> Vec<Hop> {
        edges.iter().filter_map(|&edge| self.graph[edge].hop).collect()
    }
}
