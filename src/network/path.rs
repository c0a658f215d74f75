//! Least-time paths and the next best ones.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::link::Hop;
use crate::ids::NodeId;

/// Nodes, and every link once in each direction.
pub(super) type Graph = DiGraph<NodeId, Hop>;

/// What a path costs: time, then links, then the places of its link ids in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// Milliseconds.
    pub(super) ms: i64,
    links: usize,
    ranks: Vec<usize>,
}

impl Cost {
    fn plus(&self, ms: i64, rank: usize) -> Self {
        let mut ranks = self.ranks.clone();
        ranks.push(rank);
        // A thousand links of a thousand years each are a path like any other.
        Self { ms: self.ms.saturating_add(ms), links: self.links + 1, ranks }
    }
}

/// A search: the graph, the order of link ids, and what a hop costs (`None`: not open).
pub(super) struct Search<'a, F> {
    pub(super) graph: &'a Graph,
    pub(super) ranks: &'a [usize],
    pub(super) ms: F,
}

/// A path with its cost.
pub(super) type Found = (Cost, Vec<Hop>);

impl<F: Fn(NodeId, Hop, NodeId) -> Option<i64>> Search<'_, F> {
    /// The least-cost path (Dijkstra 1959).
    pub(super) fn shortest(&self, from: NodeId, to: NodeId) -> Option<Found> {
        self.avoiding(from, to, &Avoid::default())
    }

    fn avoiding(&self, from: NodeId, to: NodeId, avoid: &Avoid) -> Option<Found> {
        let mut done = BTreeSet::new();
        let mut open = BinaryHeap::from([Reverse((Cost::default(), from, Vec::new()))]);
        while let Some(Reverse((cost, node, hops))) = open.pop() {
            if node == to {
                return Some((cost, hops));
            }
            if done.insert(node) {
                open.extend(self.onward(&cost, node, &hops, avoid).map(Reverse));
            }
        }
        None
    }

    fn onward<'s>(
        &'s self,
        cost: &'s Cost,
        node: NodeId,
        hops: &'s [Hop],
        avoid: &'s Avoid,
    ) -> impl Iterator<Item = (Cost, NodeId, Vec<Hop>)> + 's {
        self.graph.edges(NodeIndex::new(node.index())).filter_map(move |edge| {
            let (hop, next) = (*edge.weight(), self.graph[edge.target()]);
            if avoid.hops.contains(&hop) || avoid.nodes.contains(&next) {
                return None;
            }
            let ms = (self.ms)(node, hop, next)?;
            let mut path = hops.to_vec();
            path.push(hop);
            Some((cost.plus(ms, self.ranks[hop.link.index()]), next, path))
        })
    }

    /// Up to `k` least-cost paths without loops, best first (Yen 1971).
    pub(super) fn best(&self, from: NodeId, to: NodeId, k: usize) -> Vec<Found> {
        let mut found: Vec<Found> = self.shortest(from, to).into_iter().collect();
        let mut candidates = BTreeSet::new();
        while let Some((_, last)) = found.last().filter(|_| found.len() < k) {
            for spur in 0..last.len() {
                candidates.extend(self.deviation(from, to, last, spur, &found));
            }
            let Some(best) = candidates.pop_first() else { break };
            found.push(best);
        }
        found.truncate(k);
        found
    }

    /// The best path that keeps the first `spur` hops of `last` and then differs from all paths found.
    fn deviation(&self, from: NodeId, to: NodeId, last: &[Hop], spur: usize, found: &[Found]) -> Option<Found> {
        let root = &last[..spur];
        let nodes = self.nodes(from, root);
        let (&at, passed) = nodes.split_last()?;
        let avoid = Avoid {
            nodes: passed.iter().copied().collect(),
            hops: found
                .iter()
                .filter(|(_, hops)| hops.starts_with(root))
                .filter_map(|(_, hops)| hops.get(spur).copied())
                .collect(),
        };
        let (_, rest) = self.avoiding(at, to, &avoid)?;
        let hops = [root, &rest].concat();
        Some((self.cost(from, &hops)?, hops))
    }

    fn cost(&self, from: NodeId, hops: &[Hop]) -> Option<Cost> {
        let nodes = self.nodes(from, hops);
        let mut cost = Cost::default();
        for (hop, ends) in hops.iter().zip(nodes.windows(2)) {
            cost = cost.plus((self.ms)(ends[0], *hop, ends[1])?, self.ranks[hop.link.index()]);
        }
        Some(cost)
    }

    fn nodes(&self, from: NodeId, hops: &[Hop]) -> Vec<NodeId> {
        let mut nodes = vec![from];
        for hop in hops {
            let here = NodeIndex::new(nodes[nodes.len() - 1].index());
            let edge = self.graph.edges(here).find(|edge| edge.weight() == hop);
            nodes.extend(edge.map(|edge| self.graph[edge.target()]));
        }
        nodes
    }
}

/// What a search leaves out.
#[derive(Default)]
struct Avoid {
    nodes: BTreeSet<NodeId>,
    hops: BTreeSet<Hop>,
}
