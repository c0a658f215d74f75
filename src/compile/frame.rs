//! What all epochs have in common: routes, legs, lines and where things stand in their tables.

use std::collections::BTreeMap;

use super::calendar::Calendar;
use super::error::{PlanError, Problem};
use super::flow_route::FlowRoute;
use super::reroute::Detours;
use super::shut_at_times::is_shut_at_times;
use crate::ids::{CargoId, FlowId, LegId, LineId, LinkId, NodeId, StationId, StorageId};
use crate::network::{Hop, ItineraryWords, Network, Route, Traveller, stretches};
use crate::scenario::types::{self, Contents, Mode};
use crate::units::SimTime;

/// An epoch: its scenario and the moment from which it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Epoch<'a> {
    pub(super) scenario: &'a Contents,
    pub(super) from: SimTime,
}

/// The shape of the corridor.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) calendar: Calendar,
    /// The first from the clock's zero.
    pub(super) stages: Vec<Epoch<'a>>,
    pub(super) network: Network,
    /// Routes, flat over flows.
    pub(super) routes: Vec<FlowRoute>,
    /// Where shipments under way may switch, and by what they go on.
    pub(super) detours: Detours,
    /// Sea links with a direction that some fleet sails.
    pub(super) legs: Vec<Hop>,
    /// Links that trains wait for.
    pub(super) lines: Vec<LinkId>,
    line_of: Vec<Option<LineId>>,
    station_base: Vec<usize>,
    storage_base: Vec<usize>,
}

impl<'a> Frame<'a> {
    /// Finds routes, legs and lines; routes by the times that links have in `routes_of`. Nobody switches.
    ///
    /// # Errors
    /// The network does not hold together, or flows have no route.
    pub(super) fn new(
        calendar: Calendar,
        stages: Vec<Epoch<'a>>,
        routes_of: &Contents,
    ) -> Result<Self, Vec<PlanError>> {
        let base = stages[0].scenario;
        let network =
            Network::build(routes_of).map_err(|errors| errors.into_iter().map(of_network).collect::<Vec<_>>())?;
        let routes = routes(base, &network)?;
        let lines = lines(&stages, &network);
        Ok(Self {
            line_of: index_of_lines(base.link.len(), &lines),
            legs: legs(base, &network),
            station_base: bases(base, |node| node.facility.len()),
            storage_base: bases(base, |node| node.storage.len()),
            calendar,
            stages,
            network,
            routes,
            detours: Detours::default(),
            lines,
        })
    }

    /// The same with where shipments under way may switch.
    pub(super) fn with(self, detours: Detours) -> Self {
        Self { detours, ..self }
    }

    /// All ways that shipments of flows go: their routes, then detours. Number n is that of program n.
    pub(super) fn all_routes(&self) -> impl Iterator<Item = &FlowRoute> {
        self.routes.iter().chain(self.detours.all.iter().map(|detour| &detour.route))
    }

    /// How many there are; the ways home of pools follow them.
    pub(super) fn number_of_routes(&self) -> usize {
        self.routes.len() + self.detours.all.len()
    }

    /// The scenario at the clock's zero.
    pub(super) fn base(&self) -> &'a Contents {
        self.stages[0].scenario
    }

    /// The leg of a hop, where fleets sail it.
    pub(super) fn leg(&self, hop: Hop) -> Option<LegId> {
        self.legs.iter().position(|&leg| leg == hop).map(LegId::new)
    }

    /// The line of a link, where trains wait for it.
    pub(super) fn line(&self, link: LinkId) -> Option<LineId> {
        self.line_of[link.index()]
    }

    /// The station of a facility by its position at its node.
    pub(super) fn station(&self, node: NodeId, position: usize) -> StationId {
        StationId::new(self.station_base[node.index()] + position)
    }

    /// The station of a facility by ids.
    pub(super) fn station_named(&self, node: &str, facility: &str) -> Option<StationId> {
        let base = self.base();
        let position = base.node.get(node)?.facility.get_index_of(facility)?;
        Some(self.station(NodeId::new(base.node.get_index_of(node)?), position))
    }

    /// The nodes of a route joined by `-`.
    pub(super) fn joined(&self, route: &Route) -> String {
        joined(self.base(), route)
    }

    /// The storage at a position of a node.
    pub(super) fn storage(&self, node: NodeId, position: usize) -> StorageId {
        StorageId::new(self.storage_base[node.index()] + position)
    }
}

fn of_network(error: crate::network::NetworkError) -> PlanError {
    use crate::network::NetworkError::{NoNode, NoSeaLink};
    let path = match &error {
        NoNode { link, .. } => format!("link.{link}"),
        NoSeaLink { fleet, .. } => format!("fleet.{fleet}.ports"),
    };
    PlanError::new(path, Problem::Network(error))
}

fn bases(scenario: &Contents, count: impl Fn(&types::Node) -> usize) -> Vec<usize> {
    let counts = scenario.node.values().map(count);
    counts.scan(0, |total, count| Some(std::mem::replace(total, *total + count))).collect()
}

fn routes(base: &Contents, network: &Network) -> Result<Vec<FlowRoute>, Vec<PlanError>> {
    let (mut routes, mut errors) = (Vec::new(), Vec::new());
    for (index, (id, flow)) in base.flow.iter().enumerate() {
        let Some(cargo) = base.cargo.get_index_of(&flow.cargo) else {
            errors.push(PlanError::new(
                format!("flow.{id}.cargo"),
                Problem::Unknown { kind: "cargo", id: flow.cargo.clone() },
            ));
            continue;
        };
        let who = Traveller { cargo: CargoId::new(cargo), service: flow.service };
        for Wanted { path, name, via, avoid } in wanted(id, flow) {
            let itinerary =
                network.itinerary(&path, ItineraryWords { from: &flow.from, to: &flow.to, via, avoid: &avoid });
            match itinerary.and_then(|itinerary| network.route(&path, &itinerary, who)) {
                Ok(route) => {
                    routes.push(FlowRoute {
                        flow: FlowId::new(index),
                        id: name.unwrap_or_else(|| joined(base, &route)),
                        route,
                    });
                }
                Err(error) => errors.push(error.into()),
            }
        }
    }
    if errors.is_empty() { Ok(routes) } else { Err(errors) }
}

/// A route that a flow asks for.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Parameter path: `flow.F` or `flow.F.route.W`.
    pub path: String,
    /// Id, where it has one.
    pub name: Option<String>,
    /// What it passes, in order.
    pub via: &'a [String],
    /// What it leaves aside.
    pub avoid: Vec<String>,
}

/// The routes that a flow asks for, in order.
pub fn wanted<'a>(id: &str, flow: &'a types::Flow) -> Vec<Wanted<'a>> {
    if flow.route.is_empty() {
        return vec![Wanted { path: format!("flow.{id}"), name: None, via: &flow.via, avoid: flow.avoid.clone() }];
    }
    let route = |(name, route): (&String, &'a types::Route)| Wanted {
        path: format!("flow.{id}.route.{name}"),
        name: Some(name.clone()),
        via: &route.via,
        avoid: [flow.avoid.as_slice(), &route.avoid].concat(),
    };
    flow.route.iter().map(route).collect()
}

fn joined(base: &Contents, route: &Route) -> String {
    let ids = route.nodes.iter().filter_map(|node| base.node.get_index(node.index()));
    ids.map(|(id, _)| id.as_str()).collect::<Vec<_>>().join("-")
}

fn legs(base: &Contents, network: &Network) -> Vec<Hop> {
    let mut legs = Vec::new();
    for fleet in base.fleet.values() {
        for (from, to) in stretches(&fleet.ports) {
            legs.extend(network.sea_hop(from, to).filter(|hop| !legs.contains(hop)));
        }
    }
    legs
}

/// Links for which bodies wait: rail with paths or places, and whatever is shut at times, in any epoch.
fn lines(stages: &[Epoch<'_>], network: &Network) -> Vec<LinkId> {
    let waited_for = |link: LinkId| {
        let limits = |scenario: &Contents| has_limit(&scenario.link[link.index()]) || is_shut_at_times(scenario, link);
        stages.iter().any(|stage| limits(stage.scenario))
    };
    let by_fleet = |link: LinkId| network.link(link).mode == Mode::Sea && network.link(link).is_served();
    (0..network.links().len()).map(LinkId::new).filter(|&link| !by_fleet(link) && waited_for(link)).collect()
}

fn has_limit(link: &types::Link) -> bool {
    link.mode == Mode::Rail && (link.paths_per_day.is_some() || link.trains_at_once.is_some())
}

fn index_of_lines(count: usize, lines: &[LinkId]) -> Vec<Option<LineId>> {
    let known: BTreeMap<LinkId, LineId> = lines.iter().enumerate().map(|(n, &link)| (link, LineId::new(n))).collect();
    (0..count).map(|link| known.get(&LinkId::new(link)).copied()).collect()
}
