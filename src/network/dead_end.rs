//! Where a route ends that does not reach its goal, and why each link that would lead on does not.

use std::collections::BTreeSet;

use petgraph::algo::dijkstra;
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeFiltered, Reversed};

use super::error::{Closed, RouteError};
use super::fill::Journey;
use super::graph::Network;
use super::link::Hop;
use super::stop::Stop;
use crate::ids::NodeId;

/// A link that does not lead on.
struct Blocked {
    hop: Hop,
    why: Closed,
}

impl Network {
    /// Says where a gap cannot be crossed: of the nodes that can be reached the one with the fewest links to the goal,
    /// if all were open, and why each of its links does not lead on.
    pub(super) fn dead_end(&self, path: &str, from: NodeId, stop: Stop, journey: Journey<'_>) -> RouteError {
        let goals = match stop {
            Stop::Node(node) => vec![node],
            Stop::Link(link) => vec![self.link(link).ends.0, self.link(link).ends.1],
        };
        let (at, blocked) = self.blocked(from, &goals, stop, journey);
        let is_avoided = blocked.iter().any(|one| one.why == Closed::Avoided);
        let (why, help) = match blocked.first() {
            Some(first) => {
                let help = if is_avoided { Closed::Avoided } else { first.why }.help();
                (self.told(at, &blocked), help)
            }
            None => ("no links join them".to_owned(), "add the missing links"),
        };
        RouteError {
            path: if is_avoided { format!("{}.avoid", path.trim_end_matches(".via")) } else { path.to_owned() },
            message: format!("no route from `{}` to {}: {why}", self.node_id(from), self.stop_name(stop)),
            help: help.to_owned(),
        }
    }

    fn told(&self, at: NodeId, blocked: &[Blocked]) -> String {
        let each = blocked.iter().map(|one| format!("link.{} {}", self.link_id(one.hop.link), one.why));
        format!("the route ends at `{}`: {}", self.node_id(at), each.collect::<Vec<_>>().join("; "))
    }

    /// Where the route ends, and the links that do not lead on from there.
    fn blocked(&self, from: NodeId, goals: &[NodeId], stop: Stop, journey: Journey<'_>) -> (NodeId, Vec<Blocked>) {
        let reached = self.reached(from, goals, journey);
        let ends = goals.iter().filter_map(|&goal| self.nearest(&reached, goal).map(|(left, at)| (left, at, goal)));
        let Some((_, at, goal)) = ends.min_by_key(|&(left, at, _)| (left, at)) else { return (from, Vec::new()) };
        let why = |hop: Hop| match stop {
            Stop::Link(link) if link == hop.link => self.mean_ms(hop, journey.who).err(),
            _ => self.opening(hop, at, goal, journey).err(),
        };
        let mut blocked: Vec<Blocked> = self
            .hops_from(at)
            .filter(|&hop| !reached.contains(&self.ends(hop).1) || Stop::Link(hop.link) == stop)
            .filter_map(|hop| Some(Blocked { hop, why: why(hop)? }))
            .collect();
        blocked.sort_by_key(|one| self.rank(one.hop));
        (at, blocked)
    }

    fn reached(&self, from: NodeId, goals: &[NodeId], journey: Journey<'_>) -> BTreeSet<NodeId> {
        let goal = goals.first().copied().unwrap_or(from);
        let open = EdgeFiltered::from_fn(&self.graph, |edge: petgraph::graph::EdgeReference<'_, Hop>| {
            self.opening(*edge.weight(), from, goal, journey).is_ok()
        });
        let reached = dijkstra(&open, NodeIndex::new(from.index()), None, |_| 1_u32);
        (0..self.graph.node_count())
            .filter(|&index| reached.contains_key(&NodeIndex::new(index)))
            .map(NodeId::new)
            .collect()
    }

    /// The reached node with the fewest links to a goal, if all were open.
    fn nearest(&self, reached: &BTreeSet<NodeId>, goal: NodeId) -> Option<(u32, NodeId)> {
        let left = dijkstra(Reversed(&self.graph), NodeIndex::new(goal.index()), None, |_| 1_u32);
        let known = reached.iter().filter_map(|&node| Some((*left.get(&NodeIndex::new(node.index()))?, node)));
        known.min()
    }

    fn stop_name(&self, stop: Stop) -> String {
        match stop {
            Stop::Node(node) => format!("`{}`", self.node_id(node)),
            Stop::Link(link) => format!("`link.{}`", self.link_id(link)),
        }
    }
}
