//! Names and figures for results.

use std::collections::BTreeSet;

use super::choice::choice_labels;
use super::compiled::Compiled;
use super::entry::{Entry, entries};
use super::error::Problem;
use super::facility_at::facilities;
use super::fares::Fares;
use super::frame::Frame;
use super::lines::paths_left;
use super::meters::{Metered, without_waiting};
use super::money::{Travelled, borders, countries_of, is_border};
use super::prices::prices;
use super::programs::return_flow_id;
use super::register::Register;
use super::stations::kind_word;
use super::timing::free_flow_ms;
use super::visits::kinds;
use crate::ids::{CargoId, FleetId, LinkId, NodeId, RouteId, SectionId};
use crate::model::{
    FleetLabel, FlowLabel, Former, Labels, LinkLabel, Model, OutsideLabel, PoolLabel, Prices, ROOM_PER_UNIT, Response,
    RouteLabel, SectionLabel, StationLabel,
};
use crate::network::Hop;
use crate::scenario::types::{self, Contents, HeadlineStatistic, Mode, Until, VesselOrCargo};
use crate::units::Kilometres;
use crate::words::{Statistic, Subject, SubjectKind};

/// All labels, of what was compiled for each epoch.
pub(super) fn labels(frame: &Frame<'_>, epochs: &[&Compiled], metered: &Metered, register: &mut Register) -> Labels {
    let made = epochs[0];
    let model = &made.model;
    let base = frame.base();
    let fleets = fleet_labels(frame, model);
    let queues = queue_labels(frame, model, register);
    let prices = prices(frame, epochs, metered, &fleets, register);
    let routes = route_labels(frame, made, metered, &prices[0]);
    Labels {
        prices,
        meters: metered.payees(base),
        dues: metered.payees_of_dues(base),
        switches: Vec::new(),
        choices: choice_labels(frame, &routes),
        outsides: outside_labels(base),
        nodes: base.node.keys().cloned().collect(),
        locodes: base.node.values().map(|node| node.locode.clone()).collect(),
        countries: base.node.values().map(|node| node.country.clone()).collect(),
        node_names: base
            .node
            .iter()
            .map(|(id, node)| if node.name.is_empty() { id.clone() } else { node.name.clone() })
            .collect(),
        names: names(base),
        positions: base.node.values().map(|node| node.lat.zip(node.lon)).collect(),
        cargoes: base.cargo.iter().map(|(id, cargo)| (id.clone(), cargo.unit.clone())).collect(),
        cargo_values: base.cargo.values().map(|cargo| (cargo.value.get(), cargo.value_of_time.get())).collect(),
        links: base.link.iter().map(|(id, link)| link_label(base, id, link)).collect(),
        flows: flow_labels(frame, model),
        routes,
        sections: section_labels(base, register),
        headline: headline(base),
        stations: facilities(base).map(station_label).collect(),
        lines: frame.lines.clone(),
        pools: base.pool.keys().map(|id| PoolLabel { id: id.clone() }).collect(),
        storages: storage_labels(base),
        fleets,
        visiting: visiting_labels(base),
        legs: frame.legs.iter().map(|&hop| leg_label(frame, hop)).collect(),
        queues,
        gates: made.gate_paths.iter().map(|path| Subject::at(path)).collect(),
        bans: base.ban.keys().cloned().collect(),
        periods: base.period.iter().map(|(id, period)| (id.clone(), period.months.clone())).collect(),
        places: register.places.clone(),
        cells: register.cells.clone(),
        border: border_cells(base, register),
    }
}

/// What has a name for people besides nodes.
fn names(base: &Contents) -> Vec<(Subject, String)> {
    let sections = base.section.iter().map(|(id, section)| (SubjectKind::Section, id, &section.name));
    let fleets = base.fleet.iter().map(|(id, fleet)| (SubjectKind::Fleet, id, &fleet.name));
    let pools = base.pool.iter().map(|(id, pool)| (SubjectKind::Pool, id, &pool.name));
    let named = sections.chain(fleets).chain(pools);
    named.filter_map(|(kind, id, name)| Some((Subject::of(kind, id), name.clone()?))).collect()
}

/// By cell: whether it is at a facility that does border work.
fn border_cells(base: &Contents, register: &Register) -> Vec<bool> {
    let paths: BTreeSet<String> = facilities(base).filter(|at| is_border(at.spec.kind)).map(|at| at.path()).collect();
    let is_at_border: Vec<bool> = register.places.iter().map(|place| paths.contains(place.as_str())).collect();
    register.cells.iter().map(|cell| is_at_border[cell.place.index()]).collect()
}

fn outside_labels(base: &Contents) -> Vec<OutsideLabel> {
    let year = base.run.start.year();
    let label = |(id, outside): (&String, &types::Outside)| OutsideLabel {
        id: id.clone(),
        usd_per_unit: base
            .cargo
            .values()
            .map(|cargo| outside.usd_per_unit(year, cargo.mass_per_unit.tonnes()))
            .collect(),
        length: outside.length,
        grams_per_tonne: outside.grams_per_tonne(),
    };
    base.outside.iter().map(label).collect()
}

fn node_of(scenario: &Contents, id: &str) -> NodeId {
    // The network was built, so every end is a node.
    NodeId::new(scenario.node.get_index_of(id).unwrap_or_default())
}

fn link_label(base: &Contents, id: &str, link: &types::Link) -> LinkLabel {
    LinkLabel {
        id: id.to_owned(),
        ends: (node_of(base, &link.from), node_of(base, &link.to)),
        mode: mode_word(link.mode),
        length: link.length,
        shape: link.shape.clone(),
        paths_per_day: paths_left(link),
        operator: link.operator.clone(),
    }
}

/// The word of a mode.
const fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Rail => "rail",
        Mode::Sea => "sea",
        Mode::Road => "road",
        Mode::Pipeline => "pipeline",
    }
}

fn flow_labels(frame: &Frame<'_>, model: &Model) -> Vec<FlowLabel> {
    let base = frame.base();
    let of_flows = base.flow.iter().map(|(id, flow)| FlowLabel {
        id: id.clone(),
        cargo: CargoId::new(0),
        counted: flow.counted && !flow.stock,
        of_pool: false,
        stock: flow.stock,
        tags: flow.tags.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        deadline: flow.deadline,
        response: flow.response.as_ref().map(|response| Response { day: response.day, cost: response.cost }),
        routes: Vec::new(),
    });
    let returning = base.pool.iter().filter(|(_, pool)| matches!(pool.returns, types::Returns::As(_)));
    let of_pools = returning.map(|(id, _)| FlowLabel {
        id: return_flow_id(id),
        cargo: CargoId::new(0),
        counted: false,
        of_pool: true,
        stock: false,
        tags: Vec::new(),
        deadline: None,
        response: None,
        routes: Vec::new(),
    });
    let mut routes: Vec<Vec<RouteId>> = vec![Vec::new(); model.flows.len()];
    let is_detour = |route: RouteId| (frame.routes.len()..frame.number_of_routes()).contains(&route.index());
    for program in model.programs.iter().filter(|program| !is_detour(program.route)) {
        routes[program.flow.index()].push(program.route);
    }
    let labels = of_flows.chain(of_pools).zip(&model.flows).zip(routes);
    labels.map(|((label, flow), routes)| FlowLabel { cargo: flow.cargo, routes, ..label }).collect()
}

fn route_labels(frame: &Frame<'_>, made: &Compiled, metered: &Metered, prices: &Prices) -> Vec<RouteLabel> {
    let fares = Fares { model: &made.model, meters: &metered.meters, prices };
    let mut labels: Vec<RouteLabel> = Vec::new();
    for (index, (program, route)) in made.model.programs.iter().zip(&made.routes).enumerate() {
        let Some(travel) = Travelled::of(frame, program, route) else { continue };
        let by_use = without_waiting(metered, &made.model, travel, prices, index);
        labels.push(RouteLabel {
            flow: program.flow,
            id: frame
                .all_routes()
                .nth(program.route.index())
                .map_or_else(|| frame.joined(route), |route| route.id.clone()),
            borders: borders(travel),
            usd_per_unit: fares.of_route(index) + by_use,
            grams_per_unit: prices.routes[index].iter().map(|charge| charge.grams_per_unit).sum(),
            length: Kilometres::new(route.hops.iter().map(|hop| length(frame, *hop)).sum()),
            free_flow_ms: free_flow_ms(&made.model, travel),
            nodes: route.nodes.clone(),
            links: route.hops.iter().map(|hop| hop.link).collect(),
        });
    }
    labels
}

fn length(frame: &Frame<'_>, hop: Hop) -> f64 {
    frame.base().link[hop.link.index()].length.map_or(0.0, Kilometres::get)
}

fn section_labels(base: &Contents, register: &mut Register) -> Vec<SectionLabel> {
    let mut labels = Vec::new();
    for (index, (id, section)) in base.section.iter().enumerate() {
        for (key, end) in [("from", &section.from), ("to", &section.to)] {
            if !base.node.contains_key(end) {
                register.fail(format!("section.{id}.{key}"), Problem::Unknown { kind: "node", id: end.clone() });
            }
        }
        labels.push(SectionLabel {
            id: id.clone(),
            ends: (node_of(base, &section.from), node_of(base, &section.to)),
            until_leaves: section.until == Until::Leaves,
            deadline: section.deadline,
            index: SectionId::new(index),
        });
    }
    labels
}

/// The figure that the scenario asks for; the median of the first section where it asks for none.
fn headline(base: &Contents) -> Option<(SectionId, Statistic)> {
    let wanted = base.run.headline.as_ref();
    let statistic = match wanted.map_or(HeadlineStatistic::P50, |wanted| wanted.statistic) {
        HeadlineStatistic::Carried => return None,
        HeadlineStatistic::Mean => Statistic::Mean,
        HeadlineStatistic::P50 => Statistic::P50,
        HeadlineStatistic::P90 => Statistic::P90,
        HeadlineStatistic::P95 => Statistic::P95,
    };
    let section = wanted.and_then(|wanted| base.section.get_index_of(wanted.section.as_ref()?)).unwrap_or(0);
    (!base.section.is_empty()).then(|| (SectionId::new(section), statistic))
}

fn station_label(at: super::facility_at::FacilityAt<'_>) -> StationLabel {
    StationLabel {
        path: Subject::at(&at.path()),
        node: at.node,
        kind: kind_word(at.spec.kind),
        vessels: at.spec.serves == VesselOrCargo::Vessel,
    }
}

/// In the order of the engine.
fn queue_labels(frame: &Frame<'_>, model: &Model, register: &Register) -> Vec<Subject> {
    let base = frame.base();
    let link = |id: LinkId| base.link.get_index(id.index()).map_or("", |(id, _)| id.as_str());
    let stations = facilities(base).map(|at| Subject::at(&at.path()));
    let lines = frame.lines.iter().map(|&id| Subject::of(SubjectKind::Link, link(id)));
    let pools = base.pool.keys().map(|id| Subject::of(SubjectKind::Pool, id));
    let storages = storage_labels(base).into_iter().map(|(path, _, _)| path);
    let legs = frame.legs.iter().map(|&hop| {
        let port = base.node.get_index(frame.network.ends(hop).0.index()).map_or("", |(id, _)| id.as_str());
        Subject::of(SubjectKind::Link, format_args!("{}.from.{port}", link(hop.link)))
    });
    let yard = |former: &Former| register.places[register.cells[former.wait.index()].place.index()].clone();
    let formers = model.formers.iter().map(yard);
    let bans = base.ban.keys().map(|id| Subject::of(SubjectKind::Ban, id));
    stations.chain(lines).chain(pools).chain(storages).chain(legs).chain(formers).chain(bans).collect()
}

fn storage_labels(base: &Contents) -> Vec<(Subject, f64, String)> {
    let nodes = base.node.iter();
    nodes
        .flat_map(|(node_id, node)| {
            let storages = node.storage.iter();
            storages.map(move |(id, storage)| {
                (
                    Subject::of(SubjectKind::Node, format_args!("{node_id}.storage.{id}")),
                    storage.capacity.units(),
                    storage.unit.clone(),
                )
            })
        })
        .collect()
}

fn fleet_labels(frame: &Frame<'_>, model: &Model) -> Vec<FleetLabel> {
    let mut labels = Vec::new();
    for Entry { index, id, spec: fleet } in entries(&frame.base().fleet) {
        let legs: Vec<Hop> = model.fleets[index].calls.iter().map(|call| frame.legs[call.leg.index()]).collect();
        let first = fleet.vessel.values().next().and_then(|hull| hull.capacity).filter(|_| fleet.vessels == 0);
        let capacity = first.unwrap_or(fleet.capacity.amount) * fleet.load_limit;
        labels.push(FleetLabel {
            id: id.to_owned(),
            index: FleetId::new(index),
            operator: fleet.operator.clone(),
            countries: legs.iter().map(|&hop| countries_of(frame, fleet.country.as_ref(), hop)).collect(),
            room_per_unit: model.fleets[index]
                .room_per_milli
                .iter()
                .map(|&room| room as f64 * 1e3 / ROOM_PER_UNIT)
                .collect(),
            kilometres: legs.iter().map(|&hop| length(frame, hop)).collect(),
            capacity: (capacity, fleet.capacity.unit.clone()),
        });
    }
    labels
}

/// By kind of ships: its subject, and that of the visit.
fn visiting_labels(base: &Contents) -> Vec<(Subject, Subject)> {
    let mut labels = Vec::new();
    for (id, visit) in &base.visit {
        let whole = Subject::of(SubjectKind::Visit, id);
        for (kind, ..) in kinds(visit) {
            let own = kind.map_or_else(|| whole.clone(), |kind| whole.with(format_args!("kind.{kind}")));
            labels.push((own, whole.clone()));
        }
    }
    labels
}

fn leg_label(frame: &Frame<'_>, hop: Hop) -> (LinkId, NodeId, NodeId) {
    let (from, to) = frame.network.ends(hop);
    (hop.link, from, to)
}
