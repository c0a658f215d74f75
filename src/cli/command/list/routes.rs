//! The routes of flows, and why a flow has none.

use super::Line;
use crate::cli::exit::Failure;
use crate::compile::wanted;
use crate::ids::CargoId;
use crate::network::{ItineraryWords, Network, Route, Traveller};
use crate::scenario::Contents;
use crate::scenario::types::{Flow, Mode};
use crate::units::Kilometres;

/// How much is said of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli::command) enum Named {
    /// Every node.
    All,
    /// Its ends, what the flow asks it to pass, and where the mode changes.
    Turns,
}

/// A line for each route of each flow.
pub(in crate::cli::command) fn lines(scenario: &Contents, named: Named) -> Result<Vec<Line>, Failure> {
    let network = Network::build(scenario).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::Wrong(errors.join("\n"))
    })?;
    Ok(scenario.flow.iter().flat_map(|(id, flow)| of_flow(scenario, &network, id, flow, named)).collect())
}

fn of_flow(scenario: &Contents, network: &Network, id: &str, flow: &Flow, named: Named) -> Vec<Line> {
    let Some(cargo) = scenario.cargo.get_index_of(&flow.cargo).map(CargoId::new) else { return Vec::new() };
    let who = Traveller { cargo, service: flow.service };
    let of_route = |wanted: crate::compile::Wanted<'_>| {
        let share = wanted.name.as_ref().map(|name| flow.route[name].share);
        let name = wanted.name.as_ref().map_or_else(|| id.to_owned(), |name| format!("{id}, {name}"));
        let via = wanted.via;
        let words = ItineraryWords { from: &flow.from, to: &flow.to, via, avoid: &wanted.avoid };
        let itinerary = network.itinerary(&wanted.path, words);
        let about = match itinerary.and_then(|itinerary| network.route(&wanted.path, &itinerary, who)) {
            Ok(route) if named == Named::Turns => in_short(scenario, network, &route, share, via),
            Ok(route) => told(scenario, network, &route, share),
            Err(error) => format!("refused: {} ({})", error.message, error.help),
        };
        (name, format!("{}: {about}", flow.cargo))
    };
    wanted(id, flow).into_iter().map(of_route).collect()
}

/// Share, kilometres by mode, and the nodes at which something is decided.
fn in_short(scenario: &Contents, network: &Network, route: &Route, share: Option<f64>, via: &[String]) -> String {
    let mode = |hop: usize| network.link(route.hops[hop].link).mode;
    let last = route.nodes.len() - 1;
    let is_named = |place: usize| {
        let id = network.node_id(route.nodes[place]);
        place == 0 || place == last || mode(place - 1) != mode(place) || via.iter().any(|node| node == id)
    };
    let nodes = (0..=last).filter(|place| is_named(*place)).map(|place| network.node_id(route.nodes[place]));
    format!("{}{}: {}", percent(share), lengths(scenario, network, route), nodes.collect::<Vec<_>>().join(" → "))
}

fn percent(share: Option<f64>) -> String {
    share.map(|share| format!("{:.0} %, ", share * 100.0)).unwrap_or_default()
}

/// Share, kilometres by mode, and the nodes; a link is named where another joins the same nodes.
fn told(scenario: &Contents, network: &Network, route: &Route, share: Option<f64>) -> String {
    let mut text =
        format!("{}{}: {}", percent(share), lengths(scenario, network, route), network.node_id(route.nodes[0]));
    for (hop, &node) in route.hops.iter().zip(&route.nodes[1..]) {
        let (one, other) = network.ends(*hop);
        let is_alone = network.links().iter().filter(|link| link.joins(one, other)).count() == 1;
        let by = if is_alone { String::new() } else { format!(" (link.{})", network.link_id(hop.link)) };
        text = format!("{text}{by} → {}", network.node_id(node));
    }
    text
}

fn lengths(scenario: &Contents, network: &Network, route: &Route) -> String {
    const MODES: [(Mode, &str); 4] =
        [(Mode::Rail, "rail"), (Mode::Sea, "sea"), (Mode::Road, "road"), (Mode::Pipeline, "pipeline")];
    let length = |mode: Mode| {
        let of_mode = route.hops.iter().filter(|hop| network.link(hop.link).mode == mode);
        of_mode.filter_map(|hop| scenario.link[hop.link.index()].length).map(Kilometres::get).sum::<f64>()
    };
    let is_used = |mode: Mode| route.hops.iter().any(|hop| network.link(hop.link).mode == mode);
    let texts = MODES.iter().filter(|(mode, _)| is_used(*mode));
    texts.map(|(mode, word)| format!("{word} {:.0} km", length(*mode))).collect::<Vec<_>>().join(", ")
}
