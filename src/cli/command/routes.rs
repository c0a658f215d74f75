//! `midcor routes`: ranked routes between two places, without simulation.

use crate::analysis::routes::{RouteQuestion, RoutesError, routes as find};
use crate::cli::args::RoutesArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::loading::{Ready, ready};
use crate::cli::output::{place_of, put_answer};
use crate::model::Plan;
use crate::report::Study;
use crate::results::Detail;
use crate::scenario::Scenario;
use crate::scenario::types::Service;

pub(super) fn routes(args: &RoutesArgs, console: &mut Console) -> Result<(), Failure> {
    // Nothing is simulated: the fewest rows will do.
    let ready = ready(&args.scenario, Some(Detail::Together), console)?;
    let question = question(args, &ready)?;
    // The search comes first: a signal ends it as any program, and there is no long run whose results could find no place.
    let answer = find(&ready.world.scenario, &ready.world.plan, &question).map_err(|error| wrong(&error))?;
    let answer = if args.pay { answer.with_pay() } else { answer };
    let place = place_of(&args.output, Study::Routes, (&args.scenario, &ready))?;
    put_answer(console, args.output.format, (place, &ready.loaded.resolved_toml()), &answer, None)
}

fn wrong(error: &RoutesError) -> Failure {
    Failure::Wrong(error.to_string())
}

fn question(args: &RoutesArgs, ready: &Ready) -> Result<RouteQuestion, Failure> {
    let scenario = &ready.world.scenario;
    let number = usize::from(args.number);
    if let Some(id) = &args.flow {
        let unknown = || RoutesError::of_flow(scenario, id);
        let flow = scenario.flow.get(id).ok_or_else(|| wrong(&unknown()))?;
        return Ok(RouteQuestion {
            flow: Some(id.clone()),
            from: flow.from.clone(),
            to: flow.to.clone(),
            cargo: flow.cargo.clone(),
            service: flow.service,
            via: args.via.clone(),
            avoid: [flow.avoid.as_slice(), &args.avoid].concat(),
            number,
        });
    }
    let (from, to) = (args.from.clone().unwrap_or_default(), args.to.clone().unwrap_or_default());
    let usual = usual(scenario, &ready.world.plan, (&from, &to), args.cargo.as_deref());
    Ok(RouteQuestion {
        flow: None,
        cargo: args.cargo.clone().unwrap_or(usual.0),
        service: args.service.map_or(usual.1, Into::into),
        from,
        to,
        via: args.via.clone(),
        avoid: args.avoid.clone(),
        number,
    })
}

/// Cargo and service of the largest flow (of a cargo, if one is asked for) that passes both ends in this order, else of
/// the largest at all.
fn usual(scenario: &Scenario, plan: &Plan, (from, to): (&str, &str), cargo: Option<&str>) -> (String, Service) {
    let labels = &plan.labels;
    let passes = |flow: usize| {
        labels.flows[flow].routes.iter().any(|route| {
            let nodes = &labels.routes[route.index()].nodes;
            let place = |id: &str| nodes.iter().position(|node| labels.nodes[node.index()] == id);
            matches!((place(from), place(to)), (Some(from), Some(to)) if from < to)
        })
    };
    let tonnes = |flow: &crate::scenario::types::Flow| {
        flow.volume.a_year() * scenario.cargo.get(&flow.cargo).map_or(0.0, |cargo| cargo.mass_per_unit.tonnes())
    };
    let flows = scenario.flow.values().enumerate();
    let asked = flows.filter(|(_, flow)| cargo.is_none_or(|cargo| flow.cargo == cargo));
    let best = asked.max_by(|one, other| {
        let key = |(index, flow): &(usize, &crate::scenario::types::Flow)| (passes(*index), tonnes(flow));
        let ((one, size), (other, than)) = (key(one), key(other));
        one.cmp(&other).then(size.total_cmp(&than))
    });
    let first = || scenario.cargo.keys().next().cloned().unwrap_or_default();
    best.map_or_else(|| (first(), Service::WagonGroup), |(_, flow)| (flow.cargo.clone(), flow.service))
}
