//! The network: building it, and asking it.

use petgraph::graph::{DiGraph, NodeIndex};

use super::error::{Closed, NetworkError};
use super::link::{Hop, Link, Traveller, cargo_ids};
use super::window::is_always_open;
use crate::ids::{LinkId, NodeId};
use crate::scenario::types::{Contents, Mode};

/// Nodes and links of a scenario, in its order.
#[derive(Clone, Debug)]
pub struct Network {
    node_ids: Vec<String>,
    node_open: Vec<bool>,
    link_ids: Vec<String>,
    links: Vec<Link>,
    /// Every link once in each direction.
    pub(super) graph: DiGraph<NodeId, Hop>,
    /// Place of each link's id in alphabetical order.
    ranks: Vec<usize>,
}

/// A path through the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Nodes in order, ends included.
    pub nodes: Vec<NodeId>,
    /// Links between them.
    pub hops: Vec<Hop>,
}

impl Network {
    /// Builds the network of a scenario. The nth node of the scenario has index n, the nth link likewise.
    ///
    /// # Errors
    /// All links that end nowhere and all stretches of fleets without a sea link.
    pub fn build(scenario: &Contents) -> Result<Self, Vec<NetworkError>> {
        let mut network = Self::with_nodes(scenario);
        let mut errors = network.add_links(scenario);
        if errors.is_empty() {
            errors = network.add_fleets(scenario);
        }
        if errors.is_empty() { Ok(network) } else { Err(errors) }
    }

    fn with_nodes(scenario: &Contents) -> Self {
        let mut graph = DiGraph::new();
        for index in 0..scenario.node.len() {
            graph.add_node(NodeId::new(index));
        }
        let is_open =
            |node: &crate::scenario::types::Node| is_always_open(&scenario.run, node.open_from, node.open_until);
        Self {
            node_ids: scenario.node.keys().cloned().collect(),
            node_open: scenario.node.values().map(is_open).collect(),
            link_ids: scenario.link.keys().cloned().collect(),
            links: Vec::new(),
            graph,
            ranks: alphabetical_ranks(scenario),
        }
    }

    fn add_links(&mut self, scenario: &Contents) -> Vec<NetworkError> {
        let mut errors = Vec::new();
        for (index, (id, link)) in scenario.link.iter().enumerate() {
            let end = |node: &String| {
                let found = scenario.node.get_index_of(node).map(NodeId::new);
                found.ok_or_else(|| NetworkError::NoNode { link: id.clone(), node: node.clone() })
            };
            match (end(&link.from), end(&link.to)) {
                (Ok(from), Ok(to)) => self.add_link(LinkId::new(index), Link::new(scenario, link, from, to)),
                (from, to) => errors.extend([from, to].into_iter().filter_map(Result::err)),
            }
        }
        errors
    }

    fn add_link(&mut self, id: LinkId, link: Link) {
        let (from, to) = (NodeIndex::new(link.ends.0.index()), NodeIndex::new(link.ends.1.index()));
        self.graph.add_edge(from, to, Hop { link: id, direction: 0 });
        self.graph.add_edge(to, from, Hop { link: id, direction: 1 });
        self.links.push(link);
    }

    fn add_fleets(&mut self, scenario: &Contents) -> Vec<NetworkError> {
        let mut errors = Vec::new();
        for (id, fleet) in &scenario.fleet {
            let cargoes = cargo_ids(scenario, fleet.carries.keys());
            let sailing = fleet.sailing.as_ref().map(|sailing| sailing.mean().round() as i64);
            for (from, to) in stretches(&fleet.ports) {
                match self.sea_hop(from, to) {
                    Some(hop) => self.links[hop.link.index()].add_fleet(hop.direction, &cargoes, sailing),
                    None => {
                        errors.push(NetworkError::NoSeaLink { fleet: id.clone(), from: from.clone(), to: to.clone() });
                    }
                }
            }
        }
        errors
    }

    /// The sea link that a fleet sails from one port to the next: the first of the file that joins them.
    pub fn sea_hop(&self, from: &str, to: &str) -> Option<Hop> {
        let (from, to) = (self.node(from)?, self.node(to)?);
        let mut sea_links = self.links.iter().enumerate().filter(|(_, link)| link.mode == Mode::Sea);
        sea_links.find_map(|(index, link)| {
            let direction = direction_between(link, from, to)?;
            Some(Hop { link: LinkId::new(index), direction })
        })
    }

    /// The node with an id.
    pub fn node(&self, id: &str) -> Option<NodeId> {
        self.node_ids.iter().position(|known| known == id).map(NodeId::new)
    }

    /// A link.
    pub fn link(&self, id: LinkId) -> &Link {
        &self.links[id.index()]
    }

    /// All links in order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Where a hop begins and ends.
    pub fn ends(&self, hop: Hop) -> (NodeId, NodeId) {
        let (from, to) = self.link(hop.link).ends;
        if hop.direction == 0 { (from, to) } else { (to, from) }
    }

    /// Mean time of a hop in milliseconds.
    ///
    /// # Errors
    /// The link is not open to the traveller.
    pub fn mean_ms(&self, hop: Hop, who: Traveller) -> Result<i64, Closed> {
        self.link(hop.link).mean_ms(hop.direction, who)
    }

    /// Links that lead from a node, with their directions.
    pub(super) fn hops_from(&self, node: NodeId) -> impl Iterator<Item = Hop> + '_ {
        self.graph.edges(NodeIndex::new(node.index())).map(|edge| *edge.weight())
    }

    /// Whether a link and where it ends are open over the whole clock; the goal may always be entered.
    pub(super) fn is_passable(&self, hop: Hop, next: NodeId, goal: NodeId) -> bool {
        self.link(hop.link).is_always_open() && (next == goal || self.node_open[next.index()])
    }

    /// Place of a link's id in alphabetical order.
    pub(super) fn rank(&self, hop: Hop) -> usize {
        self.ranks[hop.link.index()]
    }

    /// Id of a node.
    pub fn node_id(&self, node: NodeId) -> &str {
        &self.node_ids[node.index()]
    }

    /// Id of a link.
    pub fn link_id(&self, link: LinkId) -> &str {
        &self.link_ids[link.index()]
    }

    /// The link with an id.
    pub fn link_named(&self, id: &str) -> Option<LinkId> {
        self.link_ids.iter().position(|known| known == id).map(LinkId::new)
    }

    pub(super) fn route_of(&self, from: NodeId, hops: Vec<Hop>) -> Route {
        let nodes = std::iter::once(from).chain(hops.iter().map(|&hop| self.ends(hop).1)).collect();
        Route { nodes, hops }
    }
}

/// Consecutive ports of a fleet; the first follows the last.
pub(crate) fn stretches(ports: &[String]) -> impl Iterator<Item = (&String, &String)> {
    ports.iter().zip(ports.iter().cycle().skip(1))
}

fn direction_between(link: &Link, from: NodeId, to: NodeId) -> Option<u8> {
    if link.ends == (from, to) { Some(0) } else { (link.ends == (to, from) && !link.is_one_way()).then_some(1) }
}

fn alphabetical_ranks(scenario: &Contents) -> Vec<usize> {
    let mut ids: Vec<&String> = scenario.link.keys().collect();
    ids.sort();
    scenario.link.keys().map(|id| ids.partition_point(|other| *other < id)).collect()
}
