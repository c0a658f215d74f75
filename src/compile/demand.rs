//! Flows: when shipments come, how large they are, which route they take.

use super::bans::bans_of;
use super::choice::chooses;
use super::entry::{Entry, entries};
use super::error::Problem;
use super::frame::Frame;
use super::occasions::occasions;
use super::programs::return_flow_id;
use super::rates::rates;
use super::register::Register;
use super::sizes::mean_size;
use super::streams;
use crate::ids::{CargoId, FlowId, PoolId, ProgramId};
use crate::model::{Arrivals, Flow, Program, Volume};
use crate::random::{Distribution, StreamId};
use crate::scenario::types::{self, Contents, Returns};
use crate::words::Cause;

/// All flows, those that pools make last.
pub(super) fn flows(
    frame: &Frame<'_>,
    scenario: &Contents,
    programs: &[Program],
    register: &mut Register,
) -> Vec<Flow> {
    let mut flows = Vec::new();
    for of in entries(&scenario.flow) {
        flows.extend(flow(frame, scenario, register, of));
    }
    for pool in entries(&scenario.pool) {
        if let Returns::As(cargo) = &pool.spec.returns {
            let of_pool = FlowId::new(flows.len());
            let routes = programs.iter().enumerate().filter(|(_, program)| program.flow == of_pool);
            let routes: Vec<ProgramId> = routes.map(|(index, _)| ProgramId::new(index)).collect();
            flows.extend(return_flow(scenario, register, pool, cargo, &routes));
        }
    }
    flows
}

fn flow(frame: &Frame<'_>, scenario: &Contents, register: &mut Register, of: Entry<'_, types::Flow>) -> Option<Flow> {
    let Entry { id, spec, .. } = of;
    let key = spec.key.as_ref();
    let arrivals = arrivals(frame, register, of);
    Some(Flow {
        cargo: CargoId::new(scenario.cargo.get_index_of(&spec.cargo)?),
        key: register.stream(&format!("flow.{id}"), &format!("flow/{}", super::register::identity(id, key))),
        mean_size: mean_size_of(scenario, spec, &arrivals),
        arrivals,
        rate: rates(frame, register, FlowId::new(of.index)),
        size: size(register, id, spec),
        batch: spec.batch,
        routes: shares(frame, register, of),
        priority: spec.priority,
        patience: spec.patience,
        bans: bans_of(scenario, id),
        ban_cell: register.cell(&format!("node.{}", spec.from), Cause::Ban),
        deadline: spec.deadline,
        gap_stream: streams::thing(register, "flow", id, key, "gap"),
        size_stream: streams::thing(register, "flow", id, key, "size"),
        route_stream: streams::thing(register, "flow", id, key, "way"),
        chooses: chooses(frame, register, of),
        volume: as_given(|purpose| streams::thing(register, "flow", id, key, purpose)),
        fills: None,
    })
}

fn arrivals(frame: &Frame<'_>, register: &mut Register, of: Entry<'_, types::Flow>) -> Arrivals {
    match &of.spec.arrivals {
        types::Arrivals::Poisson => Arrivals::Poisson,
        types::Arrivals::Regular => Arrivals::Regular,
        types::Arrivals::Renewal(gap) => Arrivals::Renewal(gap.clone()),
        types::Arrivals::Timetable(rule) => {
            let Some(occasions) = occasions(frame, FlowId::new(of.index), rule) else {
                let what = "the gaps of a flow's timetable are fixed; for gaps that vary use `arrivals = { gap = … }`";
                register.fail(format!("flow.{}.arrivals", of.id), Problem::Unsupported { what });
                return Arrivals::None;
            };
            Arrivals::Times(occasions)
        }
    }
}

/// Mean units of a shipment as it is made: of a timetable over all its occasions.
fn mean_size_of(scenario: &Contents, spec: &types::Flow, arrivals: &Arrivals) -> f64 {
    match arrivals {
        Arrivals::Times(occasions) => {
            occasions.iter().map(|occasion| occasion.units).sum::<f64>() / occasions.len().max(1) as f64
        }
        _ => mean_size(scenario, spec),
    }
}

/// Units of a shipment; on a timetable of mean 1, to multiply the units of the occasion.
fn size(register: &mut Register, id: &str, spec: &types::Flow) -> Distribution {
    let mean = spec.shipment.mean();
    if mean <= 0.0 || mean.is_nan() {
        register.fail(
            format!("flow.{id}.shipment"),
            Problem::NotPositive { what: "the mean size of a shipment", value: mean },
        );
        return spec.shipment.clone();
    }
    match &spec.arrivals {
        types::Arrivals::Timetable(_) => spec.shipment.scaled(1.0 / mean),
        _ => spec.shipment.clone(),
    }
}

/// Cumulated shares of a flow's routes with their programs; the last is 1.
fn shares(frame: &Frame<'_>, register: &mut Register, of: Entry<'_, types::Flow>) -> Vec<(f64, ProgramId)> {
    let Entry { id, spec, .. } = of;
    let flow = FlowId::new(of.index);
    // Routes stand in the order of flows.
    let first = frame.routes.partition_point(|route| route.flow < flow);
    let end = frame.routes.partition_point(|route| route.flow <= flow);
    let programs: Vec<ProgramId> = (first..end).map(ProgramId::new).collect();
    if spec.route.is_empty() {
        return programs.into_iter().map(|program| (1.0, program)).collect();
    }
    let sum: f64 = spec.route.values().map(|route| route.share).sum();
    if (sum - 1.0).abs() > 1e-6 {
        register.fail(format!("flow.{id}.route"), Problem::Shares { sum });
    }
    cumulated(spec.route.values().map(|route| route.share / sum), programs)
}

fn cumulated(shares: impl Iterator<Item = f64>, programs: Vec<ProgramId>) -> Vec<(f64, ProgramId)> {
    let cumulated = shares.scan(0.0, |total, share| {
        *total += share;
        Some(*total)
    });
    let mut routes: Vec<(f64, ProgramId)> = cumulated.zip(programs).collect();
    if let Some(last) = routes.last_mut() {
        last.0 = 1.0;
    }
    routes
}

/// The volume as given, with the streams by which it can change.
fn as_given(mut stream: impl FnMut(&str) -> StreamId) -> Volume {
    Volume {
        factor: 1.0,
        stream: stream("response"),
        gained_key: stream("gained"),
        gained_gap_stream: stream("gained/gap"),
    }
}

/// The flow of a pool's things going home; only givings choose its programs.
fn return_flow(
    scenario: &Contents,
    register: &mut Register,
    pool: Entry<'_, types::Pool>,
    cargo: &str,
    routes: &[ProgramId],
) -> Option<Flow> {
    let id = pool.id;
    let key = pool.spec.key.as_ref();
    let name = return_flow_id(id);
    let count = routes.len().max(1) as f64;
    Some(Flow {
        cargo: CargoId::new(scenario.cargo.get_index_of(cargo)?),
        key: streams::thing(register, "pool", id, key, "return"),
        arrivals: Arrivals::None,
        rate: Vec::new(),
        size: register.constant(&name, 1.0),
        mean_size: 1.0,
        batch: 1,
        routes: cumulated(routes.iter().map(|_| 1.0 / count), routes.to_vec()),
        priority: 2,
        patience: None,
        bans: bans_of(scenario, &name),
        ban_cell: register.cell(&format!("pool.{id}"), Cause::Ban),
        deadline: None,
        gap_stream: streams::thing(register, "pool", id, key, "return/gap"),
        size_stream: streams::thing(register, "pool", id, key, "return/size"),
        route_stream: streams::thing(register, "pool", id, key, "return/way"),
        chooses: None,
        volume: as_given(|purpose| streams::thing(register, "pool", id, key, &format!("return/{purpose}"))),
        fills: Some(PoolId::new(pool.index)),
    })
}
