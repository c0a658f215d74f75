//! The least-cost routes, best first (Yen 1971).

use std::collections::BTreeSet;

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::path::{Cost, least};
use super::states::States;
use crate::ids::NodeId;

/// Routes that pass a node twice are set aside; at most so many for each route that is wanted.
const SET_ASIDE: usize = 200;

/// A path of states: by cost, then by the places of its links in alphabetical order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) cost: Cost,
    ranks: Vec<usize>,
    pub(super) edges: Vec<EdgeIndex>,
}

impl States {
    /// Up to `k` routes that pass no node twice, best first.
    ///
    /// A least-cost path of states may pass a node twice where that spares a costly passage of it. Such a path is set
    /// aside, and those that leave it before its second passage are looked at in its place, so that no route is missed.
    pub(super) fn best(&self, k: usize) -> Vec<Candidate> {
        let mut candidates: BTreeSet<Candidate> = self.deviation(&[], &[]).into_iter().collect();
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        while found.len() < k && seen.len() < SET_ASIDE * (k + 10) {
            let Some(best) = candidates.pop_first() else { break };
            let length = self.first_return(&best.edges);
            seen.push(best);
            let best = &seen[seen.len() - 1];
            for spur in 0..length.unwrap_or(best.edges.len()) {
                candidates.extend(self.deviation(&best.edges[..spur], &seen));
            }
            if length.is_none() {
                found.push(best.clone());
            }
        }
        found
    }

    /// How many edges it takes until a path is at a node for the second time.
    fn first_return(&self, edges: &[EdgeIndex]) -> Option<usize> {
        let mut passed = BTreeSet::from([self.from]);
        let links = edges.iter().take_while(|&&edge| self.graph[edge].hop.is_some());
        links.map(|&edge| self.graph[edge].to).position(|node| !passed.insert(node)).map(|index| index + 1)
    }

    /// The best path that begins with `root` and then differs from all paths seen.
    fn deviation(&self, root: &[EdgeIndex], seen: &[Candidate]) -> Option<Candidate> {
        let same_root = seen.iter().filter(|path| path.edges.starts_with(root));
        let taken: BTreeSet<EdgeIndex> = same_root.filter_map(|path| path.edges.get(root.len()).copied()).collect();
        let passed = self.passed(root);
        let spur = root.last().map_or(Some(self.begin), |&edge| self.target(edge))?;
        let open = |id: EdgeIndex| {
            let onward = &self.graph[id];
            let returns = onward.hop.is_some() && passed.contains(&onward.to);
            !returns && !taken.contains(&id)
        };
        let cost = |edge: petgraph::graph::EdgeReference<'_, super::states::Onward>| {
            open(edge.id()).then_some(edge.weight().cost)
        };
        let (_, rest) = least(&self.graph, spur, self.end, cost, |onward| onward.rank)?;
        Some(self.candidate([root, &rest].concat()))
    }

    fn passed(&self, root: &[EdgeIndex]) -> BTreeSet<NodeId> {
        std::iter::once(self.from).chain(root.iter().map(|&edge| self.graph[edge].to)).collect()
    }

    fn target(&self, edge: EdgeIndex) -> Option<NodeIndex> {
        self.graph.edge_endpoints(edge).map(|(_, target)| target)
    }

    fn candidate(&self, edges: Vec<EdgeIndex>) -> Candidate {
        let cost = edges.iter().fold(Cost::default(), |cost, &edge| cost + self.graph[edge].cost);
        let ranks = edges.iter().map(|&edge| self.graph[edge].rank).collect();
        Candidate { cost, ranks, edges }
    }
}
