//! What routes and fleets charge and emit, a unit of cargo.

use super::conditions::names;
use super::entry::{Entry, entries};
use super::error::Problem;
use super::facility_at::facilities;
use super::frame::Frame;
use super::programs::cargo_of_flow;
use super::register::Register;
use super::sizes;
use crate::ids::{LegId, StationId};
use crate::model::{FleetLabel, Model, Program, RouteCharge, RouteLabel, Step, UNKNOWN_COUNTRY, Visit};
use crate::network::{Hop, Route};
use crate::scenario::types::{self, Charge, ChargeBasis, Direction, Emission, FacilityKind, PoolPer, Service, Tariff};

/// What travels a route, for prices and times.
#[derive(Clone, Copy)]
pub(super) struct Travelled<'a> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) program: &'a Program,
    pub(super) route: &'a Route,
    pub(super) cargo_id: &'a str,
    pub(super) cargo: &'a types::Cargo,
    pub(super) service: Service,
}

impl<'a> Travelled<'a> {
    pub(super) fn of(frame: &'a Frame<'a>, program: &'a Program, route: &'a Route) -> Option<Self> {
        let base = frame.base();
        let cargo_id = cargo_of_flow(base, program.flow)?;
        let flow = base.flow.get_index(program.flow.index());
        let service = flow.map_or(Service::WagonGroup, |(_, flow)| flow.service);
        Some(Self { frame, program, route, cargo_id, cargo: base.cargo.get(cargo_id)?, service })
    }

    fn tonnes(&self) -> f64 {
        self.cargo.mass_per_unit.tonnes()
    }
}

/// A tariff is for some goods, moved somehow, in some direction; `None` where there is none.
fn applies(tariff: &Tariff, cargo: &str, service: Option<Service>, direction: Option<u8>) -> bool {
    names(tariff.cargo.as_deref(), cargo)
        && tariff.service.as_ref().is_none_or(|services| service.is_some_and(|service| services.contains(&service)))
        && tariff
            .direction
            .is_none_or(|only| direction.is_some_and(|direction| (only == Direction::Forth) == (direction == 0)))
}

/// Dollars a unit; distances need a length.
fn price(charge: Charge, tonnes: f64, length: Option<f64>) -> Option<f64> {
    let amount = match charge.basis {
        ChargeBasis::TonneKm => tonnes * length?,
        ChargeBasis::Tonne => tonnes,
        ChargeBasis::Unit => 1.0,
        ChargeBasis::UnitKm => length?,
    };
    Some(charge.price.get() * amount)
}

fn length(frame: &Frame<'_>, hop: Hop) -> Option<f64> {
    frame.base().link[hop.link.index()].length.map(crate::units::Kilometres::get)
}

fn needs_length(frame: &Frame<'_>, hop: Hop, register: &mut Register) -> f64 {
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
    charges
}

fn add(charges: &mut Vec<RouteCharge>, charge: RouteCharge) {
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
    let link = &travel.frame.base().link[hop.link.index()];
    let tariffs = link.tariff.iter();
    let due = tariffs.filter(|tariff| applies(tariff, travel.cargo_id, Some(travel.service), Some(hop.direction)));
    let mut usd = 0.0;
    for tariff in due {
        let price = price(tariff.charge, travel.tonnes(), length(travel.frame, hop));
        usd += price.unwrap_or_else(|| needs_length(travel.frame, hop, register));
    }
    let is_aboard = travel.program.steps.iter().any(|step| match step {
        Step::Board(leg) => travel.frame.legs[leg.index()] == hop,
        _ => false,
    });
    let kilometres = length(travel.frame, hop).filter(|_| !is_aboard).unwrap_or(0.0);
    let per_tkm = grams_per_tkm(&link.emission, travel.cargo_id);
    let grams = emitted(travel.frame, hop, per_tkm * travel.tonnes(), register);
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

fn country_of(node: &types::Node) -> String {
    node.country.clone().unwrap_or_else(|| UNKNOWN_COUNTRY.to_owned())
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
    let base = travel.frame.base();
    let at = facilities(base).nth(station.index())?;
    let due = at.spec.tariff.iter().filter(|tariff| applies(tariff, travel.cargo_id, Some(travel.service), None));
    // Only the share that is served pays.
    let usd: f64 = due.filter_map(|tariff| price(tariff.charge, travel.tonnes(), None)).sum::<f64>() * at.spec.share;
    Some(RouteCharge {
        operator: at.spec.operator.clone(),
        country: country_of(&base.node[at.node.index()]),
        usd_per_unit: usd,
        border: is_border(at.spec.kind),
        tonne_km_per_unit: 0.0,
        grams_per_unit: 0.0,
    })
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

fn grams_per_tkm(emissions: &[Emission], cargo: &str) -> f64 {
    emissions
        .iter()
        .filter(|emission| names(emission.cargo.as_deref(), cargo))
        .map(|emission| emission.grams_per_tkm)
        .sum()
}

fn emitted(frame: &Frame<'_>, hop: Hop, grams_per_km: f64, register: &mut Register) -> f64 {
    if grams_per_km == 0.0 {
        return 0.0;
    }
    length(frame, hop).map_or_else(|| needs_length(frame, hop, register), |length| grams_per_km * length)
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

/// By cargo and call: dollars and grams a unit.
type FleetPrices = (Vec<Vec<f64>>, Vec<Vec<f64>>);

/// What a fleet charges and emits.
pub(super) fn fleet_prices(
    frame: &Frame<'_>,
    model: &Model,
    register: &mut Register,
    of: Entry<'_, types::Fleet>,
) -> FleetPrices {
    let Entry { index, id, spec: fleet } = of;
    if fleet.tariff.iter().any(|tariff| tariff.service.is_some()) {
        register.fail(
            format!("fleet.{id}.tariff"),
            Problem::Unsupported { what: "a vessel does not see the service: a fleet's tariff has no `service`" },
        );
    }
    let hops: Vec<Hop> = model.fleets[index].calls.iter().map(|call| frame.legs[call.leg.index()]).collect();
    let (mut usd, mut grams) = (Vec::new(), Vec::new());
    for cargo in entries(&frame.base().cargo) {
        let carried = fleet.carries.contains_key(cargo.id);
        let legs: &[Hop] = if carried { &hops } else { &[] };
        usd.push(padded(hops.len(), legs.iter().map(|&hop| leg_price(frame, register, fleet, cargo, hop))));
        let per_km = grams_per_tkm(&fleet.emission, cargo.id) * cargo.spec.mass_per_unit.tonnes();
        grams.push(padded(hops.len(), legs.iter().map(|&hop| emitted(frame, hop, per_km, register))));
    }
    (usd, grams)
}

fn padded(length: usize, values: impl Iterator<Item = f64>) -> Vec<f64> {
    values.chain(std::iter::repeat(0.0)).take(length).collect()
}

fn leg_price(
    frame: &Frame<'_>,
    register: &mut Register,
    fleet: &types::Fleet,
    cargo: Entry<'_, types::Cargo>,
    hop: Hop,
) -> f64 {
    let tonnes = cargo.spec.mass_per_unit.tonnes();
    let due = fleet.tariff.iter().filter(|tariff| applies(tariff, cargo.id, None, Some(hop.direction)));
    let mut usd = 0.0;
    for tariff in due {
        usd += price(tariff.charge, tonnes, length(frame, hop)).unwrap_or_else(|| needs_length(frame, hop, register));
    }
    usd
}

/// Charges the way home of things that return as cargo to the load that caused it.
pub(super) fn add_empty_returns(frame: &Frame<'_>, model: &Model, fleets: &[FleetLabel], labels: &mut [RouteLabel]) {
    for (index, program) in model.programs.iter().enumerate() {
        let givings =
            program.steps.iter().filter_map(|step| if let Step::Give(givings) = step { Some(givings) } else { None });
        let homes = givings.flatten().filter_map(|giving| Some((giving.pool, giving.home?)));
        for (pool, home) in homes.collect::<Vec<_>>() {
            let things = things_per_unit(frame, program, &frame.base().pool[pool.index()].per);
            let at_sea = charges_at_sea(frame, model, fleets, &model.programs[home.index()]);
            for charge in labels[home.index()].charges.clone().into_iter().chain(at_sea) {
                let of_load = RouteCharge {
                    usd_per_unit: charge.usd_per_unit * things,
                    tonne_km_per_unit: 0.0,
                    grams_per_unit: charge.grams_per_unit * things,
                    ..charge
                };
                add(&mut labels[index].charges, of_load);
            }
        }
    }
}

/// What a unit pays to fleets on a route, and what it emits aboard: on each leg the mean of the fleets that may carry it.
fn charges_at_sea(frame: &Frame<'_>, model: &Model, fleets: &[FleetLabel], program: &Program) -> Vec<RouteCharge> {
    let cargo = model.flows[program.flow.index()].cargo.index();
    let mut charges = Vec::new();
    for leg in program.steps.iter().filter_map(|step| if let Step::Board(leg) = step { Some(leg) } else { None }) {
        let carriers: Vec<(usize, usize)> = carriers(frame, model, cargo, *leg);
        let share = 1.0 / carriers.len() as f64;
        for (fleet, call) in carriers {
            let label = &fleets[fleet];
            for (country, part) in &label.countries[call] {
                add(
                    &mut charges,
                    RouteCharge {
                        operator: label.operator.clone(),
                        country: country.clone(),
                        usd_per_unit: label.usd_per_unit[cargo][call] * share * part,
                        border: false,
                        tonne_km_per_unit: 0.0,
                        grams_per_unit: label.grams_per_unit[cargo][call] * share * part,
                    },
                );
            }
        }
    }
    charges
}

/// Fleets that carry a cargo on a leg, each with the call from which it does.
fn carriers(frame: &Frame<'_>, model: &Model, cargo: usize, leg: LegId) -> Vec<(usize, usize)> {
    let carries = |fleet: usize| {
        let id = frame.base().cargo.get_index(cargo).map(|(id, _)| id.as_str());
        id.is_some_and(|id| frame.base().fleet[fleet].carries.contains_key(id))
    };
    let fleets = model.fleets.iter().enumerate().filter(|(index, _)| carries(*index));
    fleets.filter_map(|(index, fleet)| Some((index, fleet.calls.iter().position(|call| call.leg == leg)?))).collect()
}

/// Things that a unit takes: its share of one where a body takes one.
fn things_per_unit(frame: &Frame<'_>, program: &Program, per: &PoolPer) -> f64 {
    match per {
        PoolPer::Units(units) => 1.0 / units,
        PoolPer::Train => 1.0 / mean_size(frame, program),
    }
}

/// Mean units of a shipment of a program's flow.
pub(super) fn mean_size(frame: &Frame<'_>, program: &Program) -> f64 {
    let flow = frame.base().flow.get_index(program.flow.index());
    flow.map_or(1.0, |(_, flow)| sizes::mean_size(frame.base(), flow))
}
