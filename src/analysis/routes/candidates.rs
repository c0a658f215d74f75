//! Routes worth a closer look, and a scenario in which they are routes of one flow.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::cost::Costs;
use super::{RouteQuestion, RoutesError};
use crate::arithmetic::Estimator;
use crate::compile::{Payer, PlanError, Problem, Tolls, wanted};
use crate::ids::CargoId;
use crate::model::Plan;
use crate::network::{ItineraryWords, Network, Route, RouteError, Traveller};
use crate::random::Distribution;
use crate::scenario::types::{self, Contents, Flow};

/// Routes that are compiled and estimated whole, for each that is asked for, and some more.
const CLOSER_LOOKS: usize = 2;
const MORE_LOOKS: usize = 6;

/// A scenario with all candidates as routes of one flow.
pub(super) struct Extended {
    pub(super) scenario: Contents,
    /// The flow.
    pub(super) flow: String,
    pub(super) cargo: CargoId,
}

/// A candidate.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) route: Route,
    /// Id and share, where the flow takes it already.
    pub(super) taken: Option<(Option<String>, f64)>,
}

/// The candidates of a question, as routes of the flow (or of one of no volume) in a scenario that is else the same:
/// loads stay what they are.
pub(super) fn with_routes(
    scenario: &Contents,
    plan: &Plan,
    question: &RouteQuestion,
) -> Result<(Extended, Vec<Known>), RoutesError> {
    exist(scenario, question)?;
    let flow = template(scenario, question)?;
    let id = question.flow.clone().unwrap_or_else(|| free_id(scenario));
    let payer = Payer {
        flow: question.flow.as_deref().unwrap_or_default(),
        cargo_id: &question.cargo,
        cargo: &scenario.cargo[&question.cargo],
        service: question.service,
    };
    let tolls = Tolls::new(scenario, payer).map_err(RoutesError::Plan)?;
    let cargo = CargoId::new(scenario.cargo.get_index_of(&question.cargo).unwrap_or_default());
    let who = Traveller { cargo, service: question.service };
    let mut known = taken(scenario, tolls.network(), question, who);
    for route in searched(plan, &tolls, question, &flow, who)? {
        if known.iter().all(|one| one.route != route) {
            known.push(Known { route, taken: None });
        }
    }
    let flow = Flow { route: as_routes(tolls.network(), &known), via: Vec::new(), avoid: Vec::new(), ..flow };
    let mut extended = scenario.clone();
    for epoch in &mut extended.epochs {
        epoch.scenario.flow.insert(id.clone(), flow.clone());
    }
    extended.flow.insert(id.clone(), flow);
    Ok((Extended { scenario: extended, flow: id, cargo }, known))
}

fn exist(scenario: &Contents, question: &RouteQuestion) -> Result<(), RoutesError> {
    let check = |kind: &'static str, id: &String, known: Vec<&String>| {
        if known.contains(&id) {
            return Ok(());
        }
        Err(RoutesError::unknown(kind, id, known.into_iter()))
    };
    check("node", &question.from, scenario.node.keys().collect())?;
    check("node", &question.to, scenario.node.keys().collect())?;
    check("cargo", &question.cargo, scenario.cargo.keys().collect())?;
    if let Some(flow) = &question.flow {
        check("flow", flow, scenario.flow.keys().collect())?;
    }
    let ends = [&question.from, &question.to].into_iter().chain(&question.via);
    if let Some(both) = ends.into_iter().find(|place| question.avoid.contains(place)) {
        return Err(RoutesError::PassedAndAvoided(both.clone()));
    }
    if question.from == question.to { Err(RoutesError::SameEnds(question.from.clone())) } else { Ok(()) }
}

/// The flow, or one of no volume with shipments (their size and priority) like those of the cargo's largest flow of the same
/// service.
fn template(scenario: &Contents, question: &RouteQuestion) -> Result<Flow, RoutesError> {
    if let Some(flow) = question.flow.as_ref().and_then(|id| scenario.flow.get(id)) {
        return Ok(flow.clone());
    }
    let alike = |flow: &&Flow| flow.cargo == question.cargo && flow.service == question.service;
    let largest =
        scenario.flow.values().filter(alike).max_by(|one, other| one.volume.a_year().total_cmp(&other.volume.a_year()));
    let shipment = largest.map_or_else(|| Distribution::constant(1.0), |flow| Ok(flow.shipment.clone()));
    let wrong = |error| PlanError { path: "shipment".to_owned(), problem: Problem::Law(error) };
    Ok(Flow {
        cargo: question.cargo.clone(),
        from: question.from.clone(),
        to: question.to.clone(),
        volume: types::Volume::PerYear(0.0),
        shipment: shipment.map_err(|error| RoutesError::Plan(vec![wrong(error)]))?,
        season: types::Season { factors: [1.0; 12] },
        growth: 0.0,
        stock: false,
        vehicle: largest.and_then(|flow| flow.vehicle.clone()),
        arrivals: types::Arrivals::Poisson,
        batch: 1,
        service: question.service,
        via: Vec::new(),
        avoid: Vec::new(),
        route: IndexMap::new(),
        tags: IndexMap::new(),
        counted: false,
        deadline: None,
        priority: largest.map_or(2, |flow| flow.priority),
        patience: None,
        from_date: None,
        until_date: None,
        outside: None,
        response: None,
        key: None,
    })
}

fn free_id(scenario: &Contents) -> String {
    let ids = (0..).map(|number| format!("asked-{number}"));
    ids.into_iter().find(|id| !scenario.flow.contains_key(id)).unwrap_or_default()
}

/// The routes that the flow takes.
fn taken(scenario: &Contents, network: &Network, question: &RouteQuestion, who: Traveller) -> Vec<Known> {
    let Some((id, flow)) = question.flow.as_ref().and_then(|id| scenario.flow.get_key_value(id)) else {
        return Vec::new();
    };
    let of_flow = wanted(id, flow).into_iter().filter_map(|wanted| {
        let words = ItineraryWords { from: &flow.from, to: &flow.to, via: wanted.via, avoid: &wanted.avoid };
        let itinerary = network.itinerary(&wanted.path, words).ok()?;
        let route = network.route(&wanted.path, &itinerary, who).ok()?;
        let share = wanted.name.as_ref().map_or(1.0, |name| flow.route[name].share);
        Some(Known { route, taken: Some((wanted.name, share)) })
    });
    of_flow.collect()
}

/// The best routes by the costs of their single passages.
fn searched(
    plan: &Plan,
    tolls: &Tolls<'_>,
    question: &RouteQuestion,
    flow: &Flow,
    who: Traveller,
) -> Result<Vec<Route>, RoutesError> {
    let network = tolls.network();
    let RouteQuestion { from, to, via, avoid, .. } = question;
    let itinerary =
        network.itinerary("the question", ItineraryWords { from, to, via, avoid }).map_err(RoutesError::None)?;
    let estimator = Estimator::new(plan).ok_or_else(|| RoutesError::Plan(Vec::new()))?;
    let (tonnes, value_of_time) = plan
        .labels
        .cargo_values
        .get(who.cargo.index())
        .map_or((0.0, 0.0), |values| (tolls.tonnes_per_unit(), values.1));
    let costs = Costs {
        plan,
        tolls,
        estimator: &estimator,
        cargo: who.cargo,
        who,
        size: flow.shipment.mean(),
        priority: flow.priority,
        value_of_time: tonnes * value_of_time,
    };
    let found = network.routes(&itinerary, who, &costs, CLOSER_LOOKS * question.number + MORE_LOOKS);
    if found.is_empty() {
        // Its dead end says where the route ends; one that exists only by passing a place twice is none.
        let shortest = network.route("the question", &itinerary, who);
        return Err(RoutesError::None(shortest.map_or_else(|error| error, |route| again(network, question, &route))));
    }
    Ok(found.into_iter().map(|found| found.route).collect())
}

/// Every way passes a place twice: which, and what to ask for instead.
fn again(network: &Network, question: &RouteQuestion, shortest: &Route) -> RouteError {
    let mut passed = HashSet::new();
    let twice = shortest.nodes.iter().find(|node| !passed.insert(**node)).map_or("", |node| network.node_id(*node));
    let RouteQuestion { from, to, via, .. } = question;
    let via: Vec<String> = via.iter().map(|place| format!("`{place}`")).collect();
    let end = question.via.last().filter(|last| shortest.nodes.iter().any(|node| network.node_id(*node) == *last));
    let end =
        end.map_or_else(String::new, |last| format!("; routes that end at `{last}` are found with `--to {last}`"));
    RouteError {
        path: String::new(),
        message: format!(
            "every way from `{from}` by {} to `{to}` passes `{twice}` twice, and a route passes no place twice",
            via.join(", ")
        ),
        help: format!("take {} from `--via`, or name the places in the order of the way{end}", via.join(" or ")),
    }
}

/// Routes that name every link, so that nothing is left to fill.
fn as_routes(network: &Network, known: &[Known]) -> IndexMap<String, types::Route> {
    let route = |(place, known): (usize, &Known)| {
        let links = known.route.hops.iter().map(|hop| format!("link.{}", network.link_id(hop.link)));
        let share = known.taken.as_ref().map_or(0.0, |taken| taken.1);
        // Of a flow of no volume the shares only have to add up.
        let share = if place == 0 && known.taken.is_none() { 1.0 } else { share };
        (format!("candidate-{place}"), types::Route { via: links.collect(), avoid: Vec::new(), share })
    };
    known.iter().enumerate().map(route).collect()
}
