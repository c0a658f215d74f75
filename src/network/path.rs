//! Least-cost paths over petgraph, with a fixed choice among equals.

use std::ops::Add;

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, EdgeIndex, EdgeReference, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef, Reversed};

/// What a path costs: an amount (milliseconds, or millionths of a dollar), then its number of links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    pub(super) amount: i64,
    pub(super) links: u32,
}

impl Cost {
    /// The cost of one link.
    pub(super) const fn of_link(amount: i64) -> Self {
        Self { amount, links: 1 }
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        // A thousand links of a thousand years each are a path like any other.
        Self { amount: self.amount.saturating_add(other.amount), links: self.links.saturating_add(other.links) }
    }
}

/// A path: its cost and its edges in order.
pub(super) type Path = (Cost, Vec<EdgeIndex>);

/// The least-cost path; of equals the one whose first differing edge ranks lower.
///
/// `cost` is `None` where an edge is not open. Distances to the end come first (Dijkstra 1959, from the end back), and
/// then the path follows them from its beginning, so that the choice among equals does not depend on the order of a
/// search. Every circle of edges must hold a link.
pub(super) fn least<N, E>(
    graph: &DiGraph<N, E>,
    from: NodeIndex,
    to: NodeIndex,
    cost: impl Fn(EdgeReference<'_, E>) -> Option<Cost>,
    rank: impl Fn(&E) -> usize,
) -> Option<Path> {
    let open = EdgeFiltered::from_fn(graph, |edge: EdgeReference<'_, E>| cost(edge).is_some());
    let left = dijkstra(Reversed(&open), to, Some(from), |edge| cost(edge.into_unreversed()).unwrap_or_default());
    let total = *left.get(&from)?;
    let (mut here, mut edges) = (from, Vec::new());
    while here != to {
        let rest = left[&here];
        let leads_on = |edge: &EdgeReference<'_, E>| {
            let onward = left.get(&edge.target()).zip(cost(*edge));
            onward.is_some_and(|(&after, cost)| cost + after == rest)
        };
        let next = graph.edges(here).filter(leads_on).min_by_key(|edge| rank(edge.weight()))?;
        edges.push(next.id());
        here = next.target();
    }
    Some((total, edges))
}
