//! The minimum cut: the least that, taken out, lets no counted traffic pass, and so a bound on what can be carried.

use std::collections::BTreeMap;

use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;
use serde::Serialize;

use crate::arithmetic::{Utilisation, Utilised, utilisations};
use crate::ids::{LegId, NodeId};
use crate::model::{Plan, ROOM_PER_UNIT, Step, Visit};
use crate::results::Results;
use crate::units::DAYS_PER_YEAR;
use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

/// Tonnes a year that nothing reaches: what limits nothing lets so much pass.
const WITHOUT_LIMIT: u64 = 1 << 50;

/// Sizes are counted in thousandths of a unit.
const MILLI_PER_UNIT: f64 = 1000.0;

/// A bound on the counted traffic, whatever its mix: no more can pass all of these together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cut {
    /// Tonnes a year.
    pub tonnes: f64,
    /// What makes the cut, the widest first.
    pub limits: Vec<CutLimit>,
}

/// A thing of the cut.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CutLimit {
    /// Parameter path: `node.aktau.facility.crane`, `link.x`, `fleet.f`.
    pub path: Subject,
    /// Ids of the nodes from which and to which, where it has a direction.
    pub direction: Option<(String, String)>,
    /// Tonnes a year of the cargo of which it can do most, beside the traffic that is not counted.
    pub tonnes: f64,
}

/// Why there is no minimum cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoCut {
    /// Results have no rows of single flows, and it asks for the volume of each.
    NoRowsByFlow,
    /// Some route of counted traffic passes nothing that limits it, or there is no counted traffic.
    NoLimit,
    /// A flow cannot be simulated by itself.
    NotAlone,
}

impl NoCut {
    /// In a sentence.
    pub const fn said(self) -> &'static str {
        match self {
            Self::NoRowsByFlow => {
                "The minimum cut is left out: it asks for the volume of each flow, and rows of single flows are not kept; --by flow\nadds them."
            }
            Self::NoLimit => {
                "There is no minimum cut: some route of counted traffic passes nothing that limits it, or none is counted."
            }
            Self::NotAlone => "The minimum cut is left out: the utilisation of some flow by itself cannot be found.",
        }
    }
}

/// A limited thing that routes pass: its path, and from where to where.
type Thing = (Subject, Option<(NodeId, NodeId)>);

/// The minimum cut between the origins and the destinations of counted traffic over the routes that it takes, at the
/// parameters with which the horizon starts.
///
/// What a thing can do in tonnes is that of the cargo and route with which it can do most, less what traffic that is not
/// counted takes of it. Pools, storages and the places on lines are not in it.
///
/// # Errors
/// Where some route has no limit, or where results have no rows of single flows: the utilisations of each would have to be found
/// by itself.
pub(super) fn cut(plan: &Plan, base: &Results) -> Result<Cut, NoCut> {
    if !base.catalogue.has_flows() {
        return Err(NoCut::NoRowsByFlow);
    }
    let widths = Widths::of(plan, base).ok_or(NoCut::NotAlone)?;
    let (graph, things, ends) = network(plan, &widths.by_thing);
    let (most, flows) = dinics(&graph, ends.0, ends.1);
    if most == 0 || most >= WITHOUT_LIMIT {
        return Err(NoCut::NoLimit);
    }
    let within = reached(&graph, &flows, ends.0);
    let mut limits: Vec<CutLimit> = things
        .iter()
        .filter(|(_, (into, out))| within[into.index()] && !within[out.index()])
        .map(|((path, direction), _)| CutLimit {
            path: path.clone(),
            direction: direction
                .map(|(from, to)| (plan.labels.nodes[from.index()].clone(), plan.labels.nodes[to.index()].clone())),
            tonnes: widths.by_thing[&(path.clone(), *direction)],
        })
        .collect();
    limits.sort_by(|one, other| other.tonnes.total_cmp(&one.tonnes).then_with(|| one.path.cmp(&other.path)));
    Ok(Cut { tonnes: limits.iter().map(|limit| limit.tonnes).sum(), limits })
}

/// What each thing can do, tonnes a year.
struct Widths {
    by_thing: BTreeMap<Thing, f64>,
}

impl Widths {
    fn of(plan: &Plan, base: &Results) -> Option<Self> {
        let summary = base.summary();
        let taken = alone(plan, |flow| !plan.labels.flows[flow].counted)?;
        let free = |utilisation: &Utilisation| {
            (1.0 - taken.iter().find(|other| is_same(utilisation, other)).map_or(0.0, Utilisation::ratio)).max(0.0)
        };
        let mut by_thing: BTreeMap<Thing, f64> = BTreeMap::new();
        for (flow, label) in plan.labels.flows.iter().enumerate().filter(|(_, label)| label.counted) {
            let subject = Subject::of(SubjectKind::Flow, &label.id);
            let offered = summary
                .of(Measure::Offered)
                .find(|row| row.key.subject == subject && row.key.unit == FixedUnit::TonnesPerYear);
            let Some(offered) = offered.and_then(|row| row.mean).filter(|tonnes| *tonnes > 0.0) else { continue };
            for utilisation in alone(plan, |other| other == flow)? {
                let thing = (utilisation.path.clone(), utilisation.direction);
                let tonnes = match utilisation.of {
                    Utilised::Facility | Utilised::Paths => offered * passing(plan, flow, &thing) / utilisation.ratio(),
                    Utilised::FleetLeg => aboard(plan, flow, &utilisation) / utilisation.ratio(),
                    Utilised::Places | Utilised::Pool => continue,
                };
                if tonnes.is_finite() && tonnes > 0.0 {
                    let width = by_thing.entry(thing).or_default();
                    *width = width.max(tonnes * free(&utilisation));
                }
            }
        }
        Some(Self { by_thing })
    }
}

fn is_same(one: &Utilisation, other: &Utilisation) -> bool {
    (one.of, &one.path, one.direction) == (other.of, &other.path, other.direction)
}

/// Utilisations where some flows alone come, at the volumes that are given.
fn alone(plan: &Plan, comes: impl Fn(usize) -> bool) -> Option<Vec<Utilisation>> {
    let factors: Vec<f64> = (0..plan.labels.flows.len()).map(|flow| f64::from(u8::from(comes(flow)))).collect();
    plan.with_volume_factors(&factors).ok().map(|plan| utilisations(&plan))
}

/// The share of a flow that passes a thing.
fn passing(plan: &Plan, flow: usize, thing: &Thing) -> f64 {
    let routes = plan.labels.routes.iter().enumerate().filter(|(_, route)| route.flow.index() == flow);
    routes.filter(|(program, _)| passed(plan, *program).contains(thing)).map(|(program, _)| share(plan, program)).sum()
}

/// The share of a flow's shipments that take a route.
fn share(plan: &Plan, program: usize) -> f64 {
    let model = plan.model_at(plan.clock.start);
    let flow = &model.flows[plan.labels.routes[program].flow.index()];
    let place = flow.routes.iter().position(|(_, other)| other.index() == program);
    let up_to = |place: usize| flow.routes[place].0;
    place.map_or(0.0, |place| up_to(place) - place.checked_sub(1).map_or(0.0, up_to))
}

/// Tonnes a year of a flow that a fleet carries on a leg, by the room that they ask for.
fn aboard(plan: &Plan, flow: usize, utilisation: &Utilisation) -> f64 {
    let model = plan.model_at(plan.clock.start);
    let cargo = model.flows[flow].cargo.index();
    let fleet =
        plan.labels.fleets.iter().position(|fleet| utilisation.path.id_of(SubjectKind::Fleet) == Some(&fleet.id));
    let room = fleet.map_or(0, |fleet| model.fleets[fleet].room_per_milli[cargo]);
    if room <= 0 {
        return 0.0;
    }
    let units_a_day = utilisation.offered * ROOM_PER_UNIT / (room as f64 * MILLI_PER_UNIT);
    units_a_day * model.cargoes[cargo].mass_per_unit.tonnes() * DAYS_PER_YEAR as f64
}

/// The things that a route passes.
fn passed(plan: &Plan, program: usize) -> Vec<Thing> {
    sequence(plan, program).into_iter().flatten().collect()
}

/// The same in order: facilities, directions of lines, legs of fleets, those that sail one leg side by side.
fn sequence(plan: &Plan, program: usize) -> Vec<Vec<Thing>> {
    let (model, labels) = (plan.model_at(plan.clock.start), &plan.labels);
    let station = |visit: &Visit| vec![(labels.stations[visit.station.index()].path.clone(), None)];
    let mut things = Vec::new();
    for step in &model.programs[program].steps {
        match step {
            Step::Serve(visit) => things.push(station(visit)),
            Step::Together(visits) => things.extend(visits.iter().map(station)),
            Step::Line { line, direction, .. } => {
                let link = &labels.links[labels.lines[line.index()].index()];
                let ends = if *direction == 0 { link.ends } else { (link.ends.1, link.ends.0) };
                things.push(vec![(Subject::of(SubjectKind::Link, &link.id), Some(ends))]);
            }
            Step::Board(leg) => things.push(fleets_on(plan, *leg)),
            _ => {}
        }
    }
    things
}

fn fleets_on(plan: &Plan, leg: LegId) -> Vec<Thing> {
    let (model, labels) = (plan.model_at(plan.clock.start), &plan.labels);
    let (_, from, to) = labels.legs[leg.index()];
    let sailing = model.fleets.iter().zip(&labels.fleets);
    let sailing = sailing.filter(|(fleet, _)| fleet.calls.iter().any(|call| call.leg == leg));
    sailing.map(|(_, label)| (Subject::of(SubjectKind::Fleet, &label.id), Some((from, to)))).collect()
}

type Ends = (NodeIndex, NodeIndex);

/// Things as edges between their own two nodes, joined in the order in which routes pass them.
fn network(plan: &Plan, widths: &BTreeMap<Thing, f64>) -> (DiGraph<(), u64>, BTreeMap<Thing, Ends>, Ends) {
    let mut graph = DiGraph::new();
    let ends = (graph.add_node(()), graph.add_node(()));
    let mut things: BTreeMap<Thing, Ends> = BTreeMap::new();
    for (thing, width) in widths {
        let own = (graph.add_node(()), graph.add_node(()));
        graph.add_edge(own.0, own.1, *width as u64);
        things.insert(thing.clone(), own);
    }
    for program in 0..plan.labels.routes.len() {
        let flow = plan.labels.routes[program].flow.index();
        if !plan.labels.flows[flow].counted || share(plan, program) <= 0.0 {
            continue;
        }
        let mut before = vec![ends.0];
        for side_by_side in sequence(plan, program) {
            let own: Vec<Ends> = side_by_side.iter().filter_map(|thing| things.get(thing).copied()).collect();
            if own.is_empty() {
                continue;
            }
            for (from, (into, _)) in before.iter().flat_map(|from| own.iter().map(move |own| (*from, *own))) {
                graph.update_edge(from, into, WITHOUT_LIMIT);
            }
            before = own.into_iter().map(|(_, out)| out).collect();
        }
        for from in before {
            graph.update_edge(from, ends.1, WITHOUT_LIMIT);
        }
    }
    (graph, things, ends)
}

/// By node: whether more could come to it than the flows bring.
fn reached(graph: &DiGraph<(), u64>, flows: &[u64], from: NodeIndex) -> Vec<bool> {
    let mut within = vec![false; graph.node_count()];
    within[from.index()] = true;
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        let forth =
            graph.edges(node).filter(|edge| flows[edge.id().index()] < *edge.weight()).map(|edge| edge.target());
        let back = graph
            .edges_directed(node, petgraph::Direction::Incoming)
            .filter(|edge| flows[edge.id().index()] > 0)
            .map(|edge| edge.source());
        for next in forth.chain(back) {
            if !std::mem::replace(&mut within[next.index()], true) {
                open.push(next);
            }
        }
    }
    within
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::random::Domain;
    use crate::scenario::ScenarioReader;
    use crate::study::{Lab, Prepared, Years};

    /// The network of Cormen, Leiserson, Rivest and Stein, *Introduction to Algorithms*: paths a day of each arc.
    const ARCS: [(&str, &str, u32); 9] = [
        ("s", "v1", 16),
        ("s", "v2", 13),
        ("v1", "v3", 12),
        ("v2", "v1", 4),
        ("v2", "v4", 14),
        ("v3", "v2", 9),
        ("v3", "t", 20),
        ("v4", "v3", 7),
        ("v4", "t", 4),
    ];

    /// One train of a tonne a path; two units of the demand on each route that the published cut is about.
    fn textbook(more: &str) -> String {
        let mut text = String::from(
            "schema = 1\ntitle = 'Cut'\n[run]\nhorizon = '100 d'\n[cargo.goods]\nunit = 't'\ntonnes-per-unit = 1\n",
        );
        for node in ["s", "v1", "v2", "v3", "v4", "t"] {
            writeln!(text, "[node.{node}]").unwrap();
        }
        for (from, to, paths) in ARCS {
            let ends = format!("from = '{from}'\nto = '{to}'");
            writeln!(text, "[link.{from}-{to}]\n{ends}\nmode = 'rail'\ntime = '1 h'\npaths-per-day = {paths}").unwrap();
        }
        text += "[flow.all]\ncargo = 'goods'\nfrom = 's'\nto = 't'\nvolume = '2 t/d'\nshipment = '1 t'\nservice = 'block-train'\n\
                 arrivals = 'regular'\n";
        for (route, via) in
            [("a", "'v1', 'v3'"), ("b", "'v2', 'v4'"), ("c", "'v2', 'v1', 'v3'"), ("d", "'v2', 'v4', 'v3'")]
        {
            writeln!(text, "route.{route} = {{ via = [{via}], share = '25 %' }}").unwrap();
        }
        text + more
    }

    fn cut_of(text: &str) -> Result<Cut, NoCut> {
        let mut reading = ScenarioReader::default().read_text(text, "cut", &[]);
        let findings = reading.rendered();
        let scenario = reading.scenario.take().unwrap_or_else(|| panic!("{findings}"));
        let prepared = Prepared::of(&reading, scenario).unwrap();
        let lab = Lab { threads: 1, ..Lab::new(Years::Fixed(0..1), 1) }.drawing_for(Domain::Tests);
        let results = lab.simulate(&prepared).unwrap().results;
        cut(&prepared.plan, &results)
    }

    #[test]
    fn the_textbook_network_has_its_cut() {
        let cut = cut_of(&textbook("")).unwrap();
        assert!((cut.tonnes / 365.0 - 23.0).abs() < 0.25, "{}", cut.tonnes / 365.0);
        let mut paths: Vec<&str> = cut.limits.iter().map(|limit| limit.path.as_str()).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["link.v1-v3", "link.v4-t", "link.v4-v3"]);
        assert_eq!(cut.limits[0].direction, Some(("v1".to_owned(), "v3".to_owned())));
    }

    #[test]
    fn traffic_that_is_not_counted_takes_its_part() {
        let other = "[flow.other]\ncargo = 'goods'\nfrom = 'v1'\nto = 'v3'\nvolume = '3 t/d'\nshipment = '1 t'\n\
                     service = 'block-train'\narrivals = 'regular'\ncounted = false\n";
        let cut = cut_of(&textbook(other)).unwrap();
        assert!((cut.tonnes / 365.0 - 20.0).abs() < 0.25, "{}", cut.tonnes / 365.0);
    }

    #[test]
    fn a_route_without_a_limit_has_no_bound() {
        let free = "[link.free]\nfrom = 's'\nto = 't'\nmode = 'rail'\ntime = '9 h'\n\
                    [flow.free]\ncargo = 'goods'\nfrom = 's'\nto = 't'\nvia = ['link.free']\nvolume = '1 t/d'\nshipment = '1 t'\n";
        assert_eq!(cut_of(&textbook(free)), Err(NoCut::NoLimit));
    }
}
