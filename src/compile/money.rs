//! What routes charge and emit, a unit of cargo, whatever its time.

use super::conditions::names;
use super::error::Problem;
use super::facility_at::facilities;
use super::frame::Frame;
use super::programs::cargo_of_flow;
use super::register::Register;
use super::sizes;
use crate::ids::{PoolId, StationId, StorageId};
use crate::model::{Need, Program, RouteCharge, Step, UNKNOWN_COUNTRY, Visit};
use crate::network::{Hop, Route};
use crate::scenario::types::{
    self, ChargeBasis, Contents, Direction, Emission, FacilityKind, Service, Tariff, TariffBasis,
};

/// What travels a route, for prices and times.
#[derive(Clone, Copy)]
pub(super) struct Travelled<'a> {
    pub(super) frame: &'a Frame<'a>,
    /// As it is when it is charged.
    pub(super) scenario: &'a Contents,
    pub(super) program: &'a Program,
    pub(super) route: &'a Route,
    pub(super) cargo_id: &'a str,
    pub(super) cargo: &'a types::Cargo,
    pub(super) service: Service,
}

impl<'a> Travelled<'a> {
    /// As the clock begins.
    pub(super) fn of(frame: &'a Frame<'a>, program: &'a Program, route: &'a Route) -> Option<Self> {
        Self::at(frame, frame.base(), program, route)
    }

    pub(super) fn at(
        frame: &'a Frame<'a>,
        scenario: &'a Contents,
        program: &'a Program,
        route: &'a Route,
    ) -> Option<Self> {
        let cargo_id = cargo_of_flow(scenario, program.flow)?;
        let flow = scenario.flow.get_index(program.flow.index());
        let service = flow.map_or(Service::WagonGroup, |(_, flow)| flow.service);
        Some(Self { frame, scenario, program, route, cargo_id, cargo: scenario.cargo.get(cargo_id)?, service })
    }

    pub(super) fn tonnes(&self) -> f64 {
        self.cargo.mass_per_unit.tonnes()
    }
}

/// A tariff is for some goods, moved somehow, in some direction; `None` where there is none.
pub(super) fn applies(tariff: &Tariff, cargo: &str, service: Option<Service>, direction: Option<u8>) -> bool {
    names(tariff.cargo.as_deref(), cargo)
        && tariff.service.as_ref().is_none_or(|services| service.is_some_and(|service| services.contains(&service)))
        && tariff
            .direction
            .is_none_or(|only| direction.is_some_and(|direction| (only == Direction::Forth) == (direction == 0)))
}

/// Dollars a unit for what is charged by the amount of cargo; distances need a length.
pub(super) fn price(line: &Tariff, tonnes: f64, length: Option<f64>) -> Option<f64> {
    let amount = match line.basis {
        TariffBasis::Cargo(ChargeBasis::TonneKm) => tonnes * length?,
        TariffBasis::Cargo(ChargeBasis::Tonne) => tonnes,
        TariffBasis::Cargo(ChargeBasis::Unit) => 1.0,
        TariffBasis::Cargo(ChargeBasis::UnitKm) => length?,
        _ => 0.0,
    };
    Some(line.price.get() * amount)
}

pub(super) fn length(scenario: &Contents, hop: Hop) -> Option<f64> {
    scenario.link[hop.link.index()].length.map(crate::units::Kilometres::get)
}

pub(super) fn needs_length(frame: &Frame<'_>, hop: Hop, register: &mut Register) -> f64 {
    let link = frame.base().link.get_index(hop.link.index()).map_or("", |(id, _)| id);
    register.fail(
        format!("link.{link}"),
        Problem::Missing { what: "for what is charged or emitted by the kilometre, `length`" },
    );
    0.0
}

/// What a unit pays on a route, one line a payee; fleets excluded.
pub(super) fn route_charges(travel: Travelled<'_>, register: &mut Register) -> Vec<RouteCharge> {
    let mut charges = Vec::new();
    for &hop in &travel.route.hops {
        for charge in link_charges(travel, hop, register) {
            add(&mut charges, charge);
        }
    }
    for station in stations_passed(travel.program) {
        if let Some(charge) = facility_charge(travel, station) {
            add(&mut charges, charge);
        }
    }
    for charge in storage_charges(travel).into_iter().chain(pool_charges(travel, register)) {
        add(&mut charges, charge);
    }
    charges
}

/// What a unit pays when it is put into storages.
fn storage_charges(travel: Travelled<'_>) -> Vec<RouteCharge> {
    let entered = travel.program.steps.iter().filter_map(|step| match step {
        Step::Enter(storage) | Step::EnterOver(storage) => Some(*storage),
        _ => None,
    });
    entered.filter_map(|storage| storage_charge(travel, storage)).collect()
}

fn storage_charge(travel: Travelled<'_>, storage: StorageId) -> Option<RouteCharge> {
    let nodes = travel.scenario.node.values();
    let (node, spec) = nodes.flat_map(|node| node.storage.values().map(move |of| (node, of))).nth(storage.index())?;
    let usd = due(travel, &spec.tariff, None).filter_map(|line| price(line, travel.tonnes(), None)).sum();
    Some(paid(spec.operator.clone(), country_of(node), usd))
}

/// What a unit pays for the things of pools, by its amount and by how far it has them.
fn pool_charges(travel: Travelled<'_>, register: &mut Register) -> Vec<RouteCharge> {
    let mut charges = Vec::new();
    for (at, step) in travel.program.steps.iter().enumerate() {
        let needs = if let Step::Take(needs) = step { needs.as_slice() } else { &[] };
        charges.extend(needs.iter().map(|need| pool_charge(travel, at, need, register)));
    }
    charges
}

fn pool_charge(travel: Travelled<'_>, at: usize, need: &Need, register: &mut Register) -> RouteCharge {
    let pool = &travel.scenario.pool[need.pool.index()];
    let mut usd = 0.0;
    for line in due(travel, &pool.tariff, None) {
        let is_by_distance = matches!(line.basis, TariffBasis::Cargo(ChargeBasis::TonneKm | ChargeBasis::UnitKm));
        let km = if is_by_distance { held_km(travel, at, need.pool, register) } else { 0.0 };
        usd += price(line, travel.tonnes(), Some(km)).unwrap_or(0.0);
    }
    paid(pool.operator.clone(), country_or_unknown(pool.country.as_ref()), usd)
}

/// Kilometres over which things are held that are taken at a step.
fn held_km(travel: Travelled<'_>, taken: usize, pool: PoolId, register: &mut Register) -> f64 {
    let steps = &travel.program.steps;
    let gives = |step: &Step| matches!(step, Step::Give(all) if all.iter().any(|giving| giving.pool == pool));
    let end = steps[taken..].iter().position(gives).map_or(steps.len(), |further| taken + further);
    let moves = steps.iter().enumerate().filter(|(_, step)| step.moves());
    let held = moves.zip(&travel.route.hops).filter(|((at, _), _)| (taken..end).contains(at));
    let mut km = 0.0;
    for (_, &hop) in held {
        km += length(travel.scenario, hop).unwrap_or_else(|| needs_length(travel.frame, hop, register));
    }
    km
}

/// The lines of a tariff that a traveller meets.
fn due<'a>(travel: Travelled<'a>, tariff: &'a [Tariff], direction: Option<u8>) -> impl Iterator<Item = &'a Tariff> {
    tariff.iter().filter(move |line| applies(line, travel.cargo_id, Some(travel.service), direction))
}

/// What is paid where nothing is carried.
const fn paid(operator: Option<String>, country: String, usd_per_unit: f64) -> RouteCharge {
    RouteCharge { operator, country, usd_per_unit, border: false, tonne_km_per_unit: 0.0, grams_per_unit: 0.0 }
}

pub(super) fn add(charges: &mut Vec<RouteCharge>, charge: RouteCharge) {
    if (charge.usd_per_unit, charge.tonne_km_per_unit, charge.grams_per_unit) == (0.0, 0.0, 0.0) {
        return;
    }
    let same = |known: &&mut RouteCharge| {
        (&known.operator, &known.country, known.border) == (&charge.operator, &charge.country, charge.border)
    };
    match charges.iter_mut().find(same) {
        Some(known) => {
            known.usd_per_unit += charge.usd_per_unit;
            known.tonne_km_per_unit += charge.tonne_km_per_unit;
            known.grams_per_unit += charge.grams_per_unit;
        }
        None => charges.push(charge),
    }
}

/// What a unit pays on a link, and the work that is done there; aboard a vessel the work is the fleet's.
pub(super) fn link_charges(travel: Travelled<'_>, hop: Hop, register: &mut Register) -> Vec<RouteCharge> {
    let link = &travel.scenario.link[hop.link.index()];
    let mut usd = 0.0;
    for line in due(travel, &link.tariff, Some(hop.direction)) {
        let price = price(line, travel.tonnes(), length(travel.scenario, hop));
        usd += price.unwrap_or_else(|| needs_length(travel.frame, hop, register));
    }
    let is_aboard = travel.program.steps.iter().any(|step| match step {
        Step::Board(leg) => travel.frame.legs[leg.index()] == hop,
        _ => false,
    });
    let kilometres = length(travel.scenario, hop).filter(|_| !is_aboard).unwrap_or(0.0);
    let per_tkm = grams_per_tkm(&link.emission, travel.cargo_id);
    let grams = emitted(travel.frame, travel.scenario, hop, per_tkm * travel.tonnes(), register);
    let countries = countries_of(travel.frame, link.country.as_ref(), hop);
    let charge = |(country, share): (String, f64)| RouteCharge {
        operator: link.operator.clone(),
        country,
        usd_per_unit: usd * share,
        border: false,
        tonne_km_per_unit: travel.tonnes() * kilometres * share,
        grams_per_unit: grams * share,
    };
    countries.into_iter().map(charge).collect()
}

/// The countries that have the revenue of a leg or link, with their shares: the one that is named, the one in which it
/// lies, or half each of two.
pub(super) fn countries_of(frame: &Frame<'_>, named: Option<&String>, hop: Hop) -> Vec<(String, f64)> {
    if let Some(named) = named {
        return vec![(named.clone(), 1.0)];
    }
    let (from, to) = frame.network.ends(hop);
    let ends = [from, to].map(|node| country_of(&frame.base().node[node.index()]));
    if ends[0] == ends[1] { vec![(ends[0].clone(), 1.0)] } else { ends.map(|country| (country, 0.5)).to_vec() }
}

pub(super) fn country_of(node: &types::Node) -> String {
    country_or_unknown(node.country.as_ref())
}

pub(super) fn country_or_unknown(country: Option<&String>) -> String {
    country.cloned().unwrap_or_else(|| UNKNOWN_COUNTRY.to_owned())
}

/// Stations in the order in which a program passes them.
pub(super) fn stations_passed(program: &Program) -> Vec<StationId> {
    let visits = program.steps.iter().flat_map(|step| match step {
        Step::Serve(visit) => std::slice::from_ref(visit),
        Step::Together(visits) => visits.as_slice(),
        _ => &[],
    });
    visits.map(|visit| visit.station).collect()
}

pub(super) fn facility_charge(travel: Travelled<'_>, station: StationId) -> Option<RouteCharge> {
    let at = facilities(travel.scenario).nth(station.index())?;
    let all: f64 = due(travel, &at.spec.tariff, None).filter_map(|line| price(line, travel.tonnes(), None)).sum();
    let country = country_of(&travel.scenario.node[at.node.index()]);
    // Only the share that is served pays.
    let charge = paid(at.spec.operator.clone(), country, all * at.spec.share);
    Some(RouteCharge { border: is_border(at.spec.kind), ..charge })
}

/// Whether a facility does border work, as CAREC's corridor performance measurement counts it: with the change of gauge.
pub(super) const fn is_border(kind: FacilityKind) -> bool {
    matches!(
        kind,
        FacilityKind::Border
            | FacilityKind::Customs
            | FacilityKind::Documents
            | FacilityKind::Inspection
            | FacilityKind::GaugeChange
    )
}

pub(super) fn grams_per_tkm(emissions: &[Emission], cargo: &str) -> f64 {
    emissions
        .iter()
        .filter(|emission| names(emission.cargo.as_deref(), cargo))
        .map(|emission| emission.grams_per_tkm)
        .sum()
}

pub(super) fn emitted(
    frame: &Frame<'_>,
    scenario: &Contents,
    hop: Hop,
    grams_per_km: f64,
    register: &mut Register,
) -> f64 {
    if grams_per_km == 0.0 {
        return 0.0;
    }
    length(scenario, hop).map_or_else(|| needs_length(frame, hop, register), |length| grams_per_km * length)
}

/// Places in a route's nodes where something that travels it meets border work.
pub(super) fn borders(travel: Travelled<'_>) -> Vec<usize> {
    let base = travel.frame.base();
    let kinds: Vec<FacilityKind> = facilities(base).map(|at| at.spec.kind).collect();
    let is_at_border = |visits: &[Visit]| visits.iter().any(|visit| is_border(kinds[visit.station.index()]));
    let (mut place, mut found) = (0, Vec::new());
    for step in &travel.program.steps {
        let meets = match step {
            Step::Arrive { node, .. } => {
                let later = travel.route.nodes[place..].iter().position(|at| at == node);
                place += later.unwrap_or(0);
                false
            }
            Step::Serve(visit) => is_at_border(std::slice::from_ref(visit)),
            Step::Together(visits) => is_at_border(visits),
            _ => false,
        };
        if meets && found.last() != Some(&place) {
            found.push(place);
        }
    }
    found
}

/// Mean units of a shipment of a program's flow.
pub(super) fn mean_size(frame: &Frame<'_>, program: &Program) -> f64 {
    let flow = frame.base().flow.get_index(program.flow.index());
    flow.map_or(1.0, |(_, flow)| sizes::mean_size(frame.base(), flow))
}
