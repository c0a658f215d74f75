//! All programs of an epoch: those of flows' routes, then those of pools going home.

use super::conditions::names;
use super::error::Problem;
use super::flow_route::FlowRoute;
use super::frame::Frame;
use super::parts::{Parts, WayHome};
use super::register::Register;
use super::reroute::Switched;
use super::route_steps::{Travel, Writer, Written};
use crate::ids::{CargoId, FlowId, PoolId, RouteId, SectionId};
use crate::model::{Ahead, Mark, Program, Step};
use crate::network::{Route, Traveller};
use crate::scenario::types::{Contents, Returns, Section, Service, Until};

/// Programs with what they share.
#[derive(Debug)]
pub(super) struct Programs {
    pub(super) programs: Vec<Program>,
    pub(super) parts: Parts,
}

/// Writes all programs. Route n has program n.
pub(super) fn programs(frame: &Frame<'_>, scenario: &Contents, register: &mut Register) -> Programs {
    let mut parts = Parts::new(frame.number_of_routes());
    let mut programs = Vec::new();
    for (index, route) in frame.all_routes().enumerate() {
        programs.extend(flow_program(frame, scenario, register, &mut parts, index, route));
    }
    // Things on their way home take no pools, so the list does not grow here.
    for (index, home) in parts.homes.clone().into_iter().enumerate() {
        programs.extend(home_program(frame, scenario, register, &mut parts, index, &home));
    }
    Programs { programs, parts }
}

fn flow_program(
    frame: &Frame<'_>,
    scenario: &Contents,
    register: &mut Register,
    parts: &mut Parts,
    index: usize,
    flow_route: &FlowRoute,
) -> Option<Program> {
    let (id, flow) = scenario.flow.get_index(flow_route.flow.index())?;
    let points: Vec<usize> = frame.detours.positions(index);
    let travel = Travel {
        flow: id,
        cargo_id: &flow.cargo,
        service: flow.service,
        route: &flow_route.route,
        is_homeward: false,
        switched: frame.detours.switched(frame.routes.len(), index),
        points: &points,
    };
    let mut written = Writer::new(frame, scenario, register, parts, travel).write();
    resolve_formers(scenario, register, parts, &mut written);
    let marks = marks(scenario, travel, &written);
    let ahead = storages_ahead(&written.steps);
    Some(Program::new(flow_route.flow, RouteId::new(index), written.steps, marks, &ahead))
}

/// By step that takes things per amount: the storage that is the next to be entered by land.
fn storages_ahead(steps: &[Step]) -> Vec<Ahead> {
    let mut ahead = Vec::new();
    let mut next = None;
    for (index, step) in steps.iter().enumerate().rev() {
        match step {
            Step::Enter(storage) => next = Some(*storage),
            Step::Take(needs) if needs.iter().any(|need| need.per.is_some()) => {
                ahead.extend(next.map(|storage| Ahead { step: index as u32, storage }));
            }
            _ => {}
        }
    }
    ahead
}

fn resolve_formers(scenario: &Contents, register: &mut Register, parts: &mut Parts, written: &mut Written) {
    for &(step, yard) in &written.forms {
        let former = parts.former(scenario, register, yard, &written.steps[step + 1..]);
        written.steps[step] = match written.steps[step] {
            Step::FormParts(_) => Step::FormParts(former),
            _ => Step::Form(former),
        };
    }
}

fn home_program(
    frame: &Frame<'_>,
    scenario: &Contents,
    register: &mut Register,
    parts: &mut Parts,
    index: usize,
    home: &WayHome,
) -> Option<Program> {
    let WayHome { pool, route } = home;
    let (id, spec) = scenario.pool.get_index(pool.index())?;
    let Returns::As(cargo_id) = &spec.returns else { return None };
    let path = format!("pool.{id}.return-as");
    let Some(cargo) = scenario.cargo.get_index_of(cargo_id).map(CargoId::new) else {
        register.fail(path, Problem::Unknown { kind: "cargo", id: cargo_id.clone() });
        return None;
    };
    let service = Service::WagonGroup;
    check_home(frame, register, &path, Traveller { cargo, service }, route);
    let name = return_flow_id(id);
    let (switched, points): (&[Switched], &[usize]) = (&[], &[]);
    let travel = Travel { flow: &name, cargo_id, service, route, is_homeward: true, switched, points };
    let written = Writer::new(frame, scenario, register, parts, travel).write();
    let flow = return_flow(scenario, *pool);
    let route = RouteId::new(frame.number_of_routes() + index);
    Some(Program::new(flow, route, written.steps, Vec::new(), &[]))
}

/// Every link of the way home must be open to the things.
fn check_home(frame: &Frame<'_>, register: &mut Register, path: &str, who: Traveller, route: &Route) {
    for &hop in &route.hops {
        if let Err(closed) = frame.network.mean_ms(hop, who) {
            let link = frame.network.link_id(hop.link);
            let message = format!("there is no way home: link.{link} {closed}");
            register.fail(path, Problem::NoRoute { message, help: closed.help().to_owned() });
        }
    }
}

/// Id of the flow that a pool makes.
pub(super) fn return_flow_id(pool: &str) -> String {
    format!("pool.{pool}.return")
}

/// The flow that a pool makes: those come after the scenario's, in order of pools that return as cargo.
pub(super) fn return_flow(scenario: &Contents, pool: PoolId) -> FlowId {
    let before = scenario.pool.values().take(pool.index()).filter(|pool| matches!(pool.returns, Returns::As(_)));
    FlowId::new(scenario.flow.len() + before.count())
}

/// Marks of all sections that a flow's route passes, in order of steps.
fn marks(scenario: &Contents, travel: Travel<'_>, written: &Written) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (index, section) in scenario.section.values().enumerate() {
        let applies = names(section.cargo.as_deref(), travel.cargo_id) && names(section.flows.as_deref(), travel.flow);
        if let Some((start, stop)) = stretch(scenario, section, travel.route, written).filter(|_| applies) {
            let section = SectionId::new(index);
            marks.push(Mark { step: start as u32, section, starts: true });
            marks.push(Mark { step: stop as u32, section, starts: false });
        }
    }
    marks.sort_by_key(|mark| (mark.step, mark.starts));
    marks
}

/// The steps at which a section's clock starts and stops on a route.
fn stretch(scenario: &Contents, section: &Section, route: &Route, written: &Written) -> Option<(usize, usize)> {
    let from = scenario.node.get_index_of(&section.from)?;
    let to = scenario.node.get_index_of(&section.to)?;
    let first = route.nodes.iter().position(|node| node.index() == from)?;
    let later = route.nodes[first + 1..].iter().position(|node| node.index() == to)?;
    let last = first + 1 + later;
    let ends_there = last + 1 == route.nodes.len();
    let stop =
        if section.until == Until::Leaves || ends_there { written.departures[last] } else { written.arrivals[last] };
    Some((written.arrivals[first], stop))
}

/// The cargo of a flow, also of those that pools make.
pub(super) fn cargo_of_flow(scenario: &Contents, flow: FlowId) -> Option<&str> {
    if let Some((_, flow)) = scenario.flow.get_index(flow.index()) {
        return Some(&flow.cargo);
    }
    let mut returning = scenario.pool.values().filter_map(|pool| match &pool.returns {
        Returns::As(cargo) => Some(cargo.as_str()),
        _ => None,
    });
    returning.nth(flow.index() - scenario.flow.len())
}
