//! The network: building it, and finding routes on it.

use petgraph::graph::NodeIndex;

use super::error::{Closed, NetworkError, RouteError};
use super::link::{Hop, Link, Traveller, cargo_ids};
use super::path::{Graph, Search};
use super::window::is_always_open;
use crate::ids::{LinkId, NodeId};
use crate::scenario::spec::{Mode, Scenario};

/// Nodes and links of a scenario, in its order.
#[derive(Clone, Debug)]
pub struct Network {
    node_ids: Vec<String>,
    node_open: Vec<bool>,
    link_ids: Vec<String>,
    links: Vec<Link>,
    graph: Graph,
    /// Place of each link's id in alphabetical order.
    ranks: Vec<usize>,
}

/// A path through the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Nodes in order, ends included.
    pub nodes: Vec<NodeId>,
    /// Links between them.
    pub hops: Vec<Hop>,
}

/// A route with its mean time on links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedRoute {
    /// The route.
    pub route: Route,
    /// Mean time on its links, milliseconds.
    pub mean_ms: i64,
}

impl Network {
    /// Builds the network of a scenario. The nth node of the scenario has index n, the nth link likewise.
    ///
    /// # Errors
    /// All links that end nowhere and all stretches of fleets without a sea link.
    pub fn build(scenario: &Scenario) -> Result<Self, Vec<NetworkError>> {
        let mut network = Self::with_nodes(scenario);
        let mut errors = network.add_links(scenario);
        if errors.is_empty() {
            errors = network.add_fleets(scenario);
        }
        if errors.is_empty() { Ok(network) } else { Err(errors) }
    }

    fn with_nodes(scenario: &Scenario) -> Self {
        let mut graph = Graph::new();
        for index in 0..scenario.node.len() {
            graph.add_node(NodeId::new(index));
        }
        let is_open =
            |node: &crate::scenario::spec::Node| is_always_open(&scenario.run, node.open_from, node.open_until);
        Self {
            node_ids: scenario.node.keys().cloned().collect(),
            node_open: scenario.node.values().map(is_open).collect(),
            link_ids: scenario.link.keys().cloned().collect(),
            links: Vec::new(),
            graph,
            ranks: alphabetical_ranks(scenario),
        }
    }

    fn add_links(&mut self, scenario: &Scenario) -> Vec<NetworkError> {
        let mut errors = Vec::new();
        for (index, (id, link)) in scenario.link.iter().enumerate() {
            let end = |node: &String| {
                let found = scenario.node.get_index_of(node).map(NodeId::new);
                found.ok_or_else(|| NetworkError::NoNode { link: id.clone(), node: node.clone() })
            };
            match (end(&link.from), end(&link.to)) {
                (Ok(from), Ok(to)) => self.add_link(LinkId::new(index), Link::new(scenario, link, (from, to))),
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

    fn add_fleets(&mut self, scenario: &Scenario) -> Vec<NetworkError> {
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

    /// The route through `stops` in order (ends included), gaps filled by least mean time on links; ties go to fewer
    /// links, then to ids in alphabetical order. Gaps are not filled with what is not open over the whole clock,
    /// save a link between two neighbours of a route that names nodes between its ends.
    ///
    /// # Errors
    /// There is none; the error says where the route ends.
    pub fn route(&self, path: &str, stops: &[String], who: Traveller) -> Result<Route, RouteError> {
        let mut nodes = Vec::new();
        for stop in stops {
            nodes.push(self.node(stop).ok_or_else(|| no_node(path, stop))?);
        }
        let mut route = Route { nodes: nodes.first().copied().into_iter().collect(), hops: Vec::new() };
        for gap in nodes.windows(2).filter(|gap| gap[0] != gap[1]) {
            let named = nodes.len() > 2;
            let (_, hops) = self.fill(gap[0], gap[1], who, named).ok_or_else(|| self.dead_end(path, gap, who))?;
            route.nodes.extend(hops.iter().map(|&hop| self.ends(hop).1));
            route.hops.extend(hops);
        }
        Ok(route)
    }

    fn fill(&self, from: NodeId, to: NodeId, who: Traveller, named: bool) -> Option<super::path::Found> {
        let ms = |here: NodeId, hop: Hop, next: NodeId| {
            let asked_for = named && here == from && next == to;
            let passable = next == to || self.node_open[next.index()];
            let open = asked_for || (passable && self.link(hop.link).is_always_open());
            self.mean_ms(hop, who).ok().filter(|_| open)
        };
        Search { graph: &self.graph, ranks: &self.ranks, ms }.shortest(from, to)
    }

    /// Up to `k` routes by least mean time on links, best first, without loops.
    pub fn routes(&self, from: NodeId, to: NodeId, who: Traveller, k: usize) -> Vec<RankedRoute> {
        let ms = |_: NodeId, hop: Hop, next: NodeId| {
            let open = self.link(hop.link).is_always_open() && (next == to || self.node_open[next.index()]);
            self.mean_ms(hop, who).ok().filter(|_| open)
        };
        let found = Search { graph: &self.graph, ranks: &self.ranks, ms }.best(from, to, k);
        found
            .into_iter()
            .map(|(cost, hops)| RankedRoute { mean_ms: cost.ms, route: self.route_of(from, hops) })
            .collect()
    }

    fn route_of(&self, from: NodeId, hops: Vec<Hop>) -> Route {
        let nodes = std::iter::once(from).chain(hops.iter().map(|&hop| self.ends(hop).1)).collect();
        Route { nodes, hops }
    }

    /// Says where a gap cannot be crossed: the first closed link on the way there would be if all were open.
    fn dead_end(&self, path: &str, gap: &[NodeId], who: Traveller) -> RouteError {
        let (from, to) = (&self.node_ids[gap[0].index()], &self.node_ids[gap[1].index()]);
        let any = Search { graph: &self.graph, ranks: &self.ranks, ms: |_: NodeId, _: Hop, _: NodeId| Some(1) };
        let blocked = any.shortest(gap[0], gap[1]).and_then(|(_, hops)| self.first_closed(&hops, gap[1], who));
        let (why, help) = match blocked {
            Some((at, link, why)) => {
                let why = format!("the route ends at `{}`: link.{link} {why}", self.node_ids[at.index()]);
                (why, blocked.map_or("", |(_, _, why)| why.help()))
            }
            None => ("no links join them".to_owned(), "add the missing links"),
        };
        RouteError {
            path: path.to_owned(),
            message: format!("no route from `{from}` to `{to}`: {why}"),
            help: help.to_owned(),
        }
    }

    fn first_closed(&self, hops: &[Hop], to: NodeId, who: Traveller) -> Option<(NodeId, &str, Closed)> {
        hops.iter().find_map(|&hop| {
            let (here, next) = self.ends(hop);
            let open = self.link(hop.link).is_always_open() && (next == to || self.node_open[next.index()]);
            let why = match self.mean_ms(hop, who) {
                Err(why) => why,
                Ok(_) if !open => Closed::NotAlwaysOpen,
                Ok(_) => return None,
            };
            Some((here, self.link_ids[hop.link.index()].as_str(), why))
        })
    }
}

/// Consecutive ports of a fleet; the first follows the last.
pub(crate) fn stretches(ports: &[String]) -> impl Iterator<Item = (&String, &String)> {
    ports.iter().zip(ports.iter().cycle().skip(1))
}

fn direction_between(link: &Link, from: NodeId, to: NodeId) -> Option<u8> {
    if link.ends == (from, to) { Some(0) } else { (link.ends == (to, from) && !link.is_one_way()).then_some(1) }
}

fn alphabetical_ranks(scenario: &Scenario) -> Vec<usize> {
    let mut ids: Vec<&String> = scenario.link.keys().collect();
    ids.sort();
    scenario.link.keys().map(|id| ids.partition_point(|other| *other < id)).collect()
}

fn no_node(path: &str, node: &str) -> RouteError {
    RouteError { path: path.to_owned(), message: format!("there is no node `{node}`"), help: "name a node".to_owned() }
}
