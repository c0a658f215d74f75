//! From `[choice.ID]` to the engine's choices.

use super::teu::{USD_PER_TEU_DAY, teu_per_unit};
use crate::compile::entry::Entry;
use crate::compile::error::Problem;
use crate::compile::frame::Frame;
use crate::compile::register::{Register, identity};
use crate::ids::{FlowId, ProgramId, RouteId};
use crate::model::{Alternative, Choice, Chooses, Outsiders, Taken, Weight};
use crate::random::Distribution;
use crate::scenario::types::{self, ChoiceModel};

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;
/// 95th percentile of the value of time over its median where no choice says another.
const SPREAD: f64 = 4.0;

/// The alternatives of a choice, before anything is drawn.
pub(super) struct Market {
    pub(super) alternatives: Vec<Candidate>,
}

/// An alternative of a market.
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) taken: Taken,
    pub(super) route: Option<(FlowId, RouteId)>,
    pub(super) share: f64,
}

/// The market of a choice: routes of its flows by volume and share, then those outside.
pub(super) fn market(frame: &Frame<'_>, id: &str) -> Option<Market> {
    let base = frame.base();
    let choice = base.choice.get(id)?;
    let outside: f64 = choice.outside.values().sum();
    let volume = |flow: &String| base.flow.get(flow).map_or(0.0, |flow| flow.volume.a_year());
    let total: f64 = choice.flows.iter().map(volume).sum();
    let mut alternatives = Vec::new();
    for flow_id in &choice.flows {
        let (index, _, flow) = base.flow.get_full(flow_id)?;
        let of_flow = if total > 0.0 { flow.volume.a_year() / total * (1.0 - outside) } else { 0.0 };
        for (place, found) in routes_of(frame, FlowId::new(index)) {
            let within = flow.route.get(&found.id).map_or(1.0, |route| route.share);
            let is_one = flow.route.is_empty();
            alternatives.push(Candidate {
                name: if is_one { flow_id.clone() } else { format!("{flow_id}.{}", found.id) },
                taken: Taken::Route(ProgramId::new(place)),
                route: Some((FlowId::new(index), RouteId::new(place))),
                share: of_flow * within,
            });
        }
    }
    for (name, &share) in &choice.outside {
        let place = base.outside.get_index_of(name)? as u32;
        alternatives.push(Candidate { name: name.clone(), taken: Taken::Outside(place), route: None, share });
    }
    Some(Market { alternatives })
}

fn routes_of<'f>(
    frame: &'f Frame<'_>,
    flow: FlowId,
) -> impl Iterator<Item = (usize, &'f crate::compile::flow_route::FlowRoute)> {
    frame.routes.iter().enumerate().filter(move |(_, route)| route.flow == flow)
}

/// All choices, in the order of the scenario.
pub(in crate::compile) fn choices(frame: &Frame<'_>, register: &mut Register) -> Vec<Choice> {
    let ids: Vec<&String> = frame.base().choice.keys().collect();
    ids.into_iter().filter_map(|id| choice(frame, register, id)).collect()
}

fn choice(frame: &Frame<'_>, register: &mut Register, id: &str) -> Option<Choice> {
    let base = frame.base();
    let spec = &base.choice[id];
    let market = market(frame, id)?;
    let cargo = base.cargo.get(&base.flow.get(spec.flows.first()?)?.cargo)?;
    let Some(value_of_time) = value_of_a_day(Some(spec), cargo) else {
        let what = "the spread of the value of time";
        register.fail(
            format!("choice.{id}.value-of-time-spread"),
            Problem::NotPositive { what, value: spec.value_of_time_spread },
        );
        return None;
    };
    let key = spec.key.as_ref();
    let mut stream = |purpose: &str| crate::compile::streams::thing(register, "choice", id, key, purpose);
    let (value_stream, first_stream) = (stream("value-of-time"), stream("first"));
    let alternatives = market.alternatives.iter().map(|one| Alternative {
        taken: one.taken,
        share: one.share,
        weight: Weight::of_share(one.share),
        stream: alternative_stream(frame, register, one),
    });
    let alternatives = alternatives.collect();
    let is_given = matches!(spec.model, ChoiceModel::Fixed | ChoiceModel::Pivot);
    Some(Choice { alternatives, value_of_time, value_stream, first_stream, is_given })
}

/// Keyed by the flow and its route, or by the outside route: an alternative that joins a choice changes no other's draws.
fn alternative_stream(frame: &Frame<'_>, register: &mut Register, one: &Candidate) -> crate::random::StreamId {
    let base = frame.base();
    match one.route {
        Some((flow, route)) => {
            let (id, spec) = base.flow.get_index(flow.index()).map_or(("", None), |(id, flow)| (id, Some(flow)));
            let own = identity(id, spec.and_then(|flow| flow.key.as_ref()));
            let route = &frame.routes[route.index()].id;
            register.stream(&format!("flow.{id}"), &format!("flow/{own}/choice/{route}"))
        }
        None => register.stream(&format!("outside.{}", one.name), &format!("outside/{}/choice", one.name)),
    }
}

/// The value of a unit's day in dollars: lognormal with the median and 95th percentile that the choice gives, or with
/// those that hold where nothing else is said.
pub(in crate::compile) fn value_of_a_day(choice: Option<&types::Choice>, cargo: &types::Cargo) -> Option<Distribution> {
    let tonnes = cargo.mass_per_unit.tonnes();
    let of_teu = USD_PER_TEU_DAY * teu_per_unit(&cargo.unit, tonnes);
    let median = choice.and_then(|choice| choice.value_of_time).map_or(of_teu, |usd| usd.get() * tonnes);
    let sigma = libm::log(choice.map_or(SPREAD, |choice| choice.value_of_time_spread)) / Z95;
    if sigma <= 0.0 || median <= 0.0 {
        return Distribution::constant(median).ok();
    }
    let mean = median * libm::exp(0.5 * sigma * sigma);
    Distribution::lognormal(mean, libm::sqrt(libm::expm1(sigma * sigma))).ok()
}

/// How the shipments of a flow choose, if they do.
pub(in crate::compile) fn chooses(
    frame: &Frame<'_>,
    register: &mut Register,
    flow: Entry<'_, types::Flow>,
) -> Option<Chooses> {
    let id = flow.id;
    let mut choices = frame.base().choice.iter().enumerate();
    let (place, (choice_id, choice)) = choices.find(|(_, (_, choice))| choice.flows.iter().any(|other| other == id))?;
    let market = market(frame, choice_id)?;
    let own = |one: &Candidate| one.route.is_some_and(|(of, _)| of.index() == flow.index);
    let first = market.alternatives.iter().position(own)? as u32;
    let inside = 1.0 - choice.outside.values().sum::<f64>();
    let outside = market.alternatives.iter().enumerate().filter(|(_, one)| one.route.is_none() && one.share > 0.0);
    let outsiders = outside.map(|(at, one)| {
        let mut stream = |purpose: &str| {
            crate::compile::streams::thing(
                register,
                "flow",
                id,
                flow.spec.key.as_ref(),
                &format!("outside/{}{purpose}", one.name),
            )
        };
        Outsiders {
            alternative: at as u32,
            per_shipment: one.share / inside,
            key: stream(""),
            gap_stream: stream("/gap"),
        }
    });
    Some(Chooses { choice: place as u32, first, outsiders: outsiders.collect() })
}
