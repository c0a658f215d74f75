//! Which detours there are: every route that begins as one of a flow's and goes on as another from a switching point.

use std::collections::VecDeque;

use super::detour::{Detour, Detours, SwitchAt, Switched};
use crate::compile::entry::Entry;
use crate::compile::error::{PlanError, Problem};
use crate::compile::flow_route::FlowRoute;
use crate::compile::frame::Frame;
use crate::compile::parts::Parts;
use crate::compile::register::Register;
use crate::compile::route_steps::{Travel, Writer};
use crate::ids::{CargoId, FlowId};
use crate::model::Step;
use crate::network::{Hop, ItineraryWords, Route, Traveller};
use crate::scenario::types::{self, Contents, Flow};

/// Most routes of a flow, its own and detours.
const MOST: usize = 200;

/// A way on from a node.
struct Candidate {
    name: String,
    route: Route,
}

/// A route of the flow that is looked at.
struct Path {
    program: usize,
    name: String,
    route: Route,
    switched: Vec<Switched>,
    steps: Vec<Step>,
    /// Places where it may switch, and the ways on there.
    ways: Vec<(usize, Vec<Candidate>)>,
}

/// A frame with all detours of its scenario.
pub(in crate::compile) fn with_detours(frame: Frame<'_>) -> Result<Frame<'_>, Vec<PlanError>> {
    let detours = detours(&frame)?;
    Ok(frame.with(detours))
}

fn detours(frame: &Frame<'_>) -> Result<Detours, Vec<PlanError>> {
    let base = frame.base();
    let of_each = vec![Vec::new(); frame.routes.len()];
    let mut detours = Detours { all: Vec::new(), switches: of_each, points: vec![Vec::new(); frame.routes.len()] };
    let mut errors = Vec::new();
    for (id, reroute) in &base.reroute {
        for flow_id in &reroute.flows {
            if let Some(index) = base.flow.get_index_of(flow_id) {
                let flow = Entry { index, id: flow_id, spec: &base.flow[index] };
                let mut search = Search::new(frame, flow, reroute);
                match search.run(&mut detours) {
                    true if reroute.at.is_empty() || search.switches_somewhere(&detours) => {}
                    true => errors.push(no_alternative(id, flow_id)),
                    false => errors.push(PlanError::new(
                        format!("reroute.{id}"),
                        Problem::Unsupported {
                            what: "more than 200 ways of switching for one flow: allow fewer `switches`",
                        },
                    )),
                }
            }
        }
    }
    if errors.is_empty() { Ok(detours) } else { Err(errors) }
}

fn no_alternative(reroute: &str, flow: &str) -> PlanError {
    PlanError::new(
        format!("reroute.{reroute}.at"),
        Problem::NoRoute {
            message: format!("`flow.{flow}` can switch at none of the nodes in `reroute.{reroute}.at`"),
            help: "name nodes on its route from which another link leads on, give it a second `route`, or leave it out"
                .to_owned(),
        },
    )
}

/// The search for the detours of one flow.
struct Search<'a> {
    frame: &'a Frame<'a>,
    base: &'a Contents,
    flow: FlowId,
    flow_id: &'a str,
    spec: &'a Flow,
    rule: &'a types::Reroute,
    known: Vec<Candidate>,
    paths: Vec<Path>,
    // What is written for the search only serves to be compared.
    register: Register,
    parts: Parts,
}

impl<'a> Search<'a> {
    fn new(frame: &'a Frame<'a>, flow: Entry<'a, Flow>, rule: &'a types::Reroute) -> Self {
        let base = frame.base();
        let mut search = Self {
            frame,
            base,
            flow: FlowId::new(flow.index),
            flow_id: flow.id,
            spec: flow.spec,
            rule,
            known: Vec::new(),
            paths: Vec::new(),
            register: Register::default(),
            parts: Parts::new(0),
        };
        search.known = search.known_routes();
        search
    }

    /// The flow's own routes, and those of the flows among which its shippers choose.
    fn known_routes(&self) -> Vec<Candidate> {
        let choice = self.base.choice.values().find(|choice| choice.flows.iter().any(|id| id == self.flow_id));
        let others = choice.map(|choice| choice.flows.as_slice()).unwrap_or_default();
        let is_known = |route: &&FlowRoute| {
            let id = self.base.flow.get_index(route.flow.index()).map(|(id, _)| id);
            route.flow == self.flow || id.is_some_and(|id| others.contains(id))
        };
        let routes = self.frame.routes.iter().filter(is_known);
        routes.map(|route| Candidate { name: self.name_of(route), route: route.route.clone() }).collect()
    }

    /// A route's id within its flow; the flow's where it has no name.
    fn name_of(&self, route: &FlowRoute) -> String {
        let (flow_id, flow) =
            self.base.flow.get_index(route.flow.index()).unwrap_or_else(|| unreachable!("its flow is there"));
        match (flow.route.is_empty(), route.flow == self.flow) {
            (true, _) => flow_id.clone(),
            (false, true) => route.id.clone(),
            (false, false) => format!("{flow_id}-{}", route.id),
        }
    }

    /// Looks for all detours; false where there are too many.
    fn run(&mut self, detours: &mut Detours) -> bool {
        let (routes, flow) = (&self.frame.routes, self.flow);
        for (program, route) in routes.iter().enumerate().filter(|(_, route)| route.flow == flow) {
            let name = self.name_of(route);
            self.add(program, name, route.route.clone(), Vec::new(), Vec::new());
        }
        let mut queue: VecDeque<usize> = (0..self.paths.len()).collect();
        while let Some(at) = queue.pop_front() {
            let before = self.paths.len();
            let switches = self.switches_of(at, detours);
            detours.switches[self.paths[at].program] = switches;
            if self.paths.len() > MOST {
                return false;
            }
            queue.extend(before..self.paths.len());
        }
        true
    }

    fn switches_somewhere(&self, detours: &Detours) -> bool {
        self.paths.iter().any(|path| !detours.switches[path.program].is_empty())
    }

    /// Takes a path up, with its steps and the places where it may switch.
    fn add(
        &mut self,
        program: usize,
        name: String,
        route: Route,
        switched: Vec<Switched>,
        inherited: Vec<usize>,
    ) -> usize {
        let ways = self.ways(&route, &switched);
        let points: Vec<usize> = inherited.into_iter().chain(ways.iter().map(|(position, _)| *position)).collect();
        let travel = Travel {
            flow: self.flow_id,
            cargo_id: &self.spec.cargo,
            service: self.spec.service,
            route: &route,
            is_homeward: false,
            switched: &switched,
            points: &points,
        };
        let written = Writer::new(self.frame, self.base, &mut self.register, &mut self.parts, travel).write();
        self.paths.push(Path { program, name, route, switched, steps: written.steps, ways });
        self.paths.len() - 1
    }

    /// The places of a route behind its last switch where another way leads on, and the ways.
    fn ways(&self, route: &Route, switched: &[Switched]) -> Vec<(usize, Vec<Candidate>)> {
        if switched.len() >= usize::from(self.rule.switches) {
            return Vec::new();
        }
        let first = switched.last().map_or(0, |switch| switch.position + 1);
        let places = first..route.hops.len();
        places.map(|position| (position, self.ways_at(route, position))).filter(|(_, ways)| !ways.is_empty()).collect()
    }

    fn ways_at(&self, route: &Route, position: usize) -> Vec<Candidate> {
        let (node, meant) = (route.nodes[position], route.hops[position]);
        let mut ways: Vec<Candidate> = Vec::new();
        for known in &self.known {
            let Some(at) = known.route.nodes.iter().position(|&other| other == node) else { continue };
            let onward = Route { nodes: known.route.nodes[at..].to_vec(), hops: known.route.hops[at..].to_vec() };
            let is_other = onward.hops.first().is_some_and(|&hop| hop != meant);
            if is_other && self.is_open(&onward) && ways.iter().all(|way| way.route != onward) {
                ways.push(Candidate { name: known.name.clone(), route: onward });
            }
        }
        let node_id = self.frame.network.node_id(node);
        if ways.is_empty() && self.rule.at.iter().any(|id| id == node_id) {
            ways.extend(self.way_around(node_id, meant));
        }
        ways
    }

    fn traveller(&self) -> Option<Traveller> {
        let cargo = CargoId::new(self.base.cargo.get_index_of(&self.spec.cargo)?);
        Some(Traveller { cargo, service: self.spec.service })
    }

    fn is_open(&self, route: &Route) -> bool {
        let Some(who) = self.traveller() else { return false };
        route.hops.iter().all(|&hop| self.frame.network.mean_ms(hop, who).is_ok())
    }

    /// The quickest way to the end that leaves the next link aside.
    fn way_around(&self, node: &str, meant: Hop) -> Option<Candidate> {
        let link = self.frame.network.link_id(meant.link);
        let (path, avoid) = (format!("flow.{}", self.flow_id), [format!("link.{link}")]);
        let words = ItineraryWords { from: node, to: &self.spec.to, via: &[], avoid: &avoid };
        let itinerary = self.frame.network.itinerary(&path, words).ok()?;
        let route = self.frame.network.route(&path, &itinerary, self.traveller()?).ok()?;
        Some(Candidate { name: format!("around-{link}"), route })
    }

    /// The switching points of a path, with the detours that they lead to, which are taken up where they are new.
    fn switches_of(&mut self, at: usize, detours: &mut Detours) -> Vec<SwitchAt> {
        let reached = switching_positions(&self.paths[at].steps);
        detours.points[self.paths[at].program].clone_from(&reached);
        let mut switches = Vec::new();
        for (position, ways) in std::mem::take(&mut self.paths[at].ways) {
            if reached.contains(&position) {
                let onwards = ways.into_iter().map(|way| self.onward(at, position, way, detours)).collect();
                switches.push(SwitchAt { position, onwards });
            }
        }
        switches
    }

    fn onward(&mut self, at: usize, position: usize, way: Candidate, detours: &mut Detours) -> (usize, String) {
        let path = &self.paths[at];
        let nodes = [&path.route.nodes[..position], &way.route.nodes].concat();
        let hops = [&path.route.hops[..position], &way.route.hops].concat();
        let switched = Switched { position, meant: path.route.hops[position], to: path.route.nodes[position + 1] };
        let switched = [path.switched.as_slice(), &[switched]].concat();
        let reached = switching_positions(&path.steps);
        let inherited = reached.into_iter().filter(|&other| other <= position).collect();
        let node = self.frame.network.node_id(path.route.nodes[position]);
        let id = format!("{}@{node}>{}", path.name, way.name);
        let program = self.frame.routes.len() + detours.all.len();
        let new = self.add(program, id.clone(), Route { nodes, hops }, switched, inherited);
        let made = &self.paths[new];
        let same = self.paths[..new].iter().find(|path| path.steps == made.steps);
        if let Some(known) = same.map(|path| path.program) {
            self.paths.pop();
            return (known, way.name);
        }
        let route = FlowRoute { flow: self.flow, id, route: made.route.clone() };
        detours.all.push(Detour { route, switched: made.switched.clone() });
        detours.switches.push(Vec::new());
        detours.points.push(Vec::new());
        (program, way.name)
    }
}

/// The places of a program's route at which it has a switching point.
pub(super) fn switching_positions(steps: &[Step]) -> Vec<usize> {
    let mut arrivals = 0;
    let mut found = Vec::new();
    for step in steps {
        match step {
            Step::Arrive { .. } => arrivals += 1,
            Step::Switch => found.push(arrivals - 1),
            _ => {}
        }
    }
    found
}
