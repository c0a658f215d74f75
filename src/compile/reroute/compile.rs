//! From `[reroute.ID]` to what the engine needs.

use super::detours::switching_positions;
use crate::compile::choice::{per_unit, value_of_a_day};
use crate::compile::compiled::Compiled;
use crate::compile::entry::{Entry, entries};
use crate::compile::fares::Fares;
use crate::compile::frame::Frame;
use crate::compile::money::{Travelled, facility_charge, link_charges};
use crate::compile::register::Register;
use crate::compile::streams;
use crate::ids::{FlowId, GateId, ProgramId};
use crate::model::{Labels, Meters, Model, Onward, Program, Reroutes, RouteLabel, Rule, Step, Switch, SwitchLabel};
use crate::network::Route;
use crate::scenario::types::{self, Charge};
use crate::units::Duration;

/// How shipments switch, with their switches for results.
pub(in crate::compile) fn reroutes(
    frame: &Frame<'_>,
    made: &Compiled,
    meters: &Meters,
    labels: &mut Labels,
    register: &mut Register,
) -> Reroutes {
    let base = frame.base();
    if base.reroute.is_empty() {
        return Reroutes::default();
    }
    let closures = base.closure.values().map(|closure| closure.announced);
    let by_dates = made.model.gates.len() - base.closure.len();
    let mut reroutes = Reroutes {
        rules: vec![None; made.model.flows.len()],
        switches: Vec::new(),
        announced: closures.chain(std::iter::repeat_n(Duration::MAX, by_dates)).collect(),
        reviews: base.reroute.values().map(|reroute| reroute.review).collect(),
        ..gates_over(&made.model)
    };
    for of in entries(&base.reroute) {
        for flow in of.spec.flows.iter().filter_map(|flow| base.flow.get_index_of(flow)) {
            reroutes.rules[flow] = rule(frame, register, of, flow);
        }
    }
    let fares = Fares { model: &made.model, meters, prices: &labels.prices[0] };
    let switches = Switches { frame, made, fares, labels: &labels.routes };
    let (switches, switch_labels) = switches.all();
    reroutes.switches = switches;
    labels.switches = switch_labels;
    reroutes
}

/// By thing: the gates that shut it.
fn gates_over(model: &Model) -> Reroutes {
    let mut over = Reroutes {
        over_stations: vec![Vec::new(); model.stations.len()],
        over_lines: vec![[Vec::new(), Vec::new()]; model.lines.len()],
        over_sailings: model.fleets.iter().map(|fleet| vec![Vec::new(); fleet.calls.len()]).collect(),
        ..Reroutes::default()
    };
    for (index, gate) in model.gates.iter().enumerate() {
        let id = GateId::new(index);
        gate.stations.iter().for_each(|station| over.over_stations[station.index()].push(id));
        gate.lines.iter().for_each(|(line, direction)| over.over_lines[line.index()][*direction as usize].push(id));
        gate.sailings.iter().for_each(|(fleet, call)| over.over_sailings[fleet.index()][*call as usize].push(id));
    }
    over
}

/// How the shipments of a flow decide.
fn rule(frame: &Frame<'_>, register: &mut Register, of: Entry<'_, types::Reroute>, flow: usize) -> Option<Rule> {
    let Entry { index: review, id, spec: reroute } = of;
    let base = frame.base();
    let (flow_id, flow) = base.flow.get_index(flow)?;
    let cargo = base.cargo.get(&flow.cargo)?;
    let mut choices = base.choice.iter().filter(|(_, choice)| choice.flows.iter().any(|other| other == flow_id));
    let choice = choices.next();
    let value_stream = match choice {
        Some((choice_id, choice)) => {
            streams::thing(register, "choice", choice_id, choice.key.as_ref(), "value-of-time")
        }
        None => streams::thing(register, "reroute", id, reroute.key.as_ref(), "value-of-time"),
    };
    let usd = |charge: Charge| per_unit(charge.price.get(), charge.basis, cargo.mass_per_unit.tonnes());
    Some(Rule {
        informed: reroute.informed,
        informed_stream: streams::thing(register, "reroute", id, reroute.key.as_ref(), "informed"),
        value_of_time: value_of_a_day(choice.map(|(_, choice)| choice), cargo)?,
        value_stream,
        delay: reroute.delay,
        review,
        threshold: usd(reroute.threshold),
        switching_cost: usd(reroute.switching_cost),
        hysteresis: reroute.hysteresis,
        most: reroute.switches,
    })
}

struct Switches<'a> {
    frame: &'a Frame<'a>,
    made: &'a Compiled,
    fares: Fares<'a>,
    labels: &'a [RouteLabel],
}

impl Switches<'_> {
    /// The switching points of all programs, and their labels.
    fn all(&self) -> (Vec<Vec<Switch>>, Vec<SwitchLabel>) {
        let (mut switches, mut labels) = (Vec::new(), Vec::new());
        for program in 0..self.frame.number_of_routes() {
            switches.push(self.of_program(program, &mut labels));
        }
        (switches, labels)
    }

    fn of_program(&self, index: usize, labels: &mut Vec<SwitchLabel>) -> Vec<Switch> {
        let program = &self.made.model.programs[index];
        let route = &self.made.routes[index];
        let positions = switching_positions(&program.steps);
        let steps = program.steps.iter().enumerate().filter(|(_, step)| **step == Step::Switch);
        let steps: Vec<(usize, usize)> = positions.into_iter().zip(steps.map(|(step, _)| step)).collect();
        let mut switches = Vec::new();
        for at in &self.frame.detours.switches[index] {
            let Some((_, step)) = steps.iter().find(|(position, _)| *position == at.position) else { continue };
            let spent = self.spent(program, route, *step);
            let node = route.nodes[at.position];
            let onwards = at.onwards.iter().map(|(onward, to)| {
                labels.push(SwitchLabel { flow: program.flow, from: self.name(index), node, to: to.clone() });
                let usd = self.usd(*onward) - spent;
                Onward {
                    program: ProgramId::new(*onward),
                    usd,
                    free_flow_ms: self.labels[*onward].free_flow_ms,
                    label: labels.len() as u32 - 1,
                }
            });
            let onwards = onwards.collect();
            switches.push(Switch {
                step: *step as u32,
                node,
                usd: self.usd(index) - spent,
                free_flow_ms: self.labels[index].free_flow_ms,
                onwards,
            });
        }
        switches
    }

    /// Dollars a unit on the whole route of a program.
    fn usd(&self, program: usize) -> f64 {
        self.labels[program].usd_per_unit
    }

    /// The id of a program's route; of a flow with a single one that of the flow.
    fn name(&self, program: usize) -> String {
        let flow: FlowId = self.made.model.programs[program].flow;
        let unnamed = self.frame.base().flow.get_index(flow.index()).filter(|(_, flow)| flow.route.is_empty());
        match unnamed.filter(|_| program < self.frame.routes.len()) {
            Some((id, _)) => id.clone(),
            None => self.frame.all_routes().nth(program).map_or_else(String::new, |route| route.id.clone()),
        }
    }

    /// Dollars a unit that are paid before a step of a program.
    fn spent(&self, program: &Program, route: &Route, step: usize) -> f64 {
        let Some(travel) = Travelled::of(self.frame, program, route) else { return 0.0 };
        let cargo = self.made.model.flows[program.flow.index()].cargo.index();
        let mut hops = route.hops.iter();
        let mut link = || {
            let charges = hops.next().map(|&hop| link_charges(travel, hop, &mut Register::default()));
            charges.into_iter().flatten().map(|charge| charge.usd_per_unit).sum::<f64>()
        };
        let at = |station| facility_charge(travel, station).map_or(0.0, |charge| charge.usd_per_unit);
        let of_step = |step: &Step| match step {
            Step::Line { .. } | Step::Run { .. } => link(),
            Step::Board(leg) => link() + self.fares.crossing(*leg, cargo),
            Step::Serve(visit) => at(visit.station),
            Step::Together(visits) => visits.iter().map(|visit| at(visit.station)).sum(),
            _ => 0.0,
        };
        program.steps[..step].iter().map(of_step).sum()
    }
}
